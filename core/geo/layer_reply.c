#include "geo/layer_reply.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "geo/messages.h"

void layer_request_pack(const layer_options *options, pack_writer *w)
{
    pack_text(w, options->path);
    pack_text(w, options->name);
    pack_u64(w, options->header_row);
    pack_text(w, options->osm_rules);
    pack_text(w, options->osm_keys);
    pack_text(w, options->prefer);
    pack_text(w, options->only);
    pack_u64(w, options->threads > 0 ? (uint64_t)options->threads : 1);
}

status layer_request_unpack(const worker_message *m, layer_options *out, error *err)
{
    pack_reader r = {.at = m->bytes, .size = m->size};
    out->path = unpack_text(&r);
    out->name = unpack_text(&r);
    out->header_row = (uint32_t)unpack_u64(&r);
    out->osm_rules = unpack_text(&r);
    out->osm_keys = unpack_text(&r);
    out->prefer = unpack_text(&r);
    out->only = unpack_text(&r);
    out->threads = (int)(unpack_u64(&r) & 1023);
    if (r.failed || !out->path)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_LAYER_REPLY);
    return STATUS_OK;
}

static status send_copy(worker_reply *out, int fd, error *err)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_DESCRIPTOR, strerror(errno));
    status s = worker_reply_fd(out, copy, err);
    if (s)
        close(copy);
    return s;
}

status layer_reply_pack(const layer_reply *r, worker_reply *out, error *err)
{
    void *found = NULL;
    size_t found_size = 0;
    pack_writer w = {.at = NULL};
    status s = faults_pack(r->found, &found, &found_size, err);
    if (s)
        return s;
    pack_bytes(&w, found, found_size);
    pack_u64(&w, r->cells != NULL);
    pack_u64(&w, (uint64_t)r->kind);
    pack_u64(&w, (uint64_t)r->epsg);
    pack_u64(&w, r->header_row);
    pack_text(&w, r->name);
    pack_text(&w, r->fields);
    pack_u64(&w, r->layer_count);
    for (size_t i = 0; i < r->layer_count; i++)
        pack_text(&w, r->layers[i]);
    if (r->cells && r->kind == GEOMETRY_POINT) {
        pack_bytes(&w, r->lon, r->cells->rows * sizeof *r->lon);
        pack_bytes(&w, r->lat, r->cells->rows * sizeof *r->lat);
    }
    s = w.failed ? memory_error(err, w.size) : worker_reply_bytes(out, w.at, w.size, err);
    if (!s && r->cells)
        s = send_copy(out, table_fd(r->cells), err);
    if (!s && r->outlines)
        s = send_copy(out, r->outlines->memory.fd, err);
    if (!s && r->lines)
        s = send_copy(out, r->lines->memory.fd, err);
    pack_writer_clear(&w);
    memory_free(found);
    return s;
}

/* --- back in the caller: the worker may have been broken by what it read --- */

static status inconsistent(error *err)
{
    return error_set(err, STATUS_INPUT, M_GEO_LAYER_REPLY);
}

static status take_coordinates(pack_reader *r, size_t rows, double **out, error *err)
{
    size_t size = 0;
    const void *bytes = unpack_bytes(r, &size);
    if (r->failed || size != rows * sizeof **out)
        return inconsistent(err);
    *out = memory_new(rows, sizeof **out);
    if (!*out)
        return memory_error(err, size);
    if (size)
        memcpy(*out, bytes, size);
    return STATUS_OK;
}

static status take_table(worker_answer *a, layer *out, error *err)
{
    if (a->fd_count < 1)
        return inconsistent(err);
    status s = table_open(&out->cells, a->fds[0], err);
    if (!s)
        a->fds[0] = -1;
    return s;
}

static status take_outlines(worker_answer *a, layer *out, error *err)
{
    if (a->fd_count < 2)
        return inconsistent(err);
    status s = polygons_open(&out->outlines, a->fds[1], err);
    if (!s)
        a->fds[1] = -1;
    if (!s && out->outlines->rows != out->cells->rows)
        s = inconsistent(err);
    return s;
}

static status take_lines(worker_answer *a, layer *out, error *err)
{
    if (a->fd_count < 2)
        return inconsistent(err);
    status s = polylines_open(&out->lines, a->fds[1], err);
    if (!s)
        a->fds[1] = -1;
    if (!s && out->lines->rows != out->cells->rows)
        s = inconsistent(err);
    return s;
}

static char *text_of(const char *text)
{
    size_t size = text ? strlen(text) : 0;
    char *own = memory_new(size + 1, 1);
    if (own && size)
        memcpy(own, text, size);
    return own;
}

static status take_names(pack_reader *r, layer *out, error *err)
{
    out->header_row = unpack_u64(r);
    out->name = text_of(unpack_text(r));
    out->fields = text_of(unpack_text(r));
    uint64_t count = unpack_u64(r);
    if (r->failed || count > LAYERS_MAX)
        return inconsistent(err);
    out->layers = memory_new((size_t)count + 1, sizeof *out->layers);
    bool whole = out->name && out->fields && out->layers;
    for (size_t i = 0; whole && i < count; i++) {
        out->layers[i] = text_of(unpack_text(r));
        whole = out->layers[i] != NULL;
        out->layer_count += whole;
    }
    if (!whole)
        return memory_error(err, (size_t)count);
    return r->failed ? inconsistent(err) : STATUS_OK;
}

static status take_layer(worker_answer *a, pack_reader *r, layer *out, error *err)
{
    uint64_t kind = unpack_u64(r), epsg = unpack_u64(r);
    if (r->failed || kind > GEOMETRY_OTHER || epsg > INT32_MAX)
        return inconsistent(err);
    out->kind = (geometry_kind)kind;
    out->epsg = (int32_t)epsg;
    status s = take_names(r, out, err);
    if (!s)
        s = take_table(a, out, err);
    if (!s && out->kind == GEOMETRY_POLYGON)
        s = take_outlines(a, out, err);
    if (!s && out->kind == GEOMETRY_LINE)
        s = take_lines(a, out, err);
    if (!s && out->kind == GEOMETRY_POINT)
        s = take_coordinates(r, out->cells->rows, &out->lon, err);
    if (!s && out->kind == GEOMETRY_POINT)
        s = take_coordinates(r, out->cells->rows, &out->lat, err);
    return s;
}

status layer_reply_unpack(worker_answer *a, layer *out, faults *faults_list, error *err)
{
    pack_reader r = {.at = a->bytes, .size = a->size};
    size_t size = 0;
    size_t known = faults_count(faults_list);
    const void *found = unpack_bytes(&r, &size);
    if (r.failed)
        return inconsistent(err);
    status s = faults_unpack(faults_list, found, size, err);
    if (s)
        return s;
    if (unpack_u64(&r))
        return take_layer(a, &r, out, err);
    for (size_t i = known; i < faults_count(faults_list); i++)
        if (faults_at(faults_list, i)->severity == SEVERITY_FAULT)
            return faults_at(faults_list, i)->status;
    return inconsistent(err);
}
