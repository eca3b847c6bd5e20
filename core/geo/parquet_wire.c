#include "geo/parquet_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "geo/messages.h"

enum { ALIASES_MAX = 4096 };

static void pack_wanted(const wanted_column *w, pack_writer *to)
{
    size_t count = 0;
    while (w->aliases && w->aliases[count])
        count++;
    pack_text(to, w->name);
    pack_text(to, w->title_fr);
    pack_text(to, w->title_en);
    pack_text(to, w->unit);
    pack_u64(to, w->type);
    pack_u64(to, (uint64_t)w->decimals);
    pack_u64(to, w->required);
    pack_f64(to, w->lowest);
    pack_f64(to, w->highest);
    pack_u64(to, w->aliases ? count + 1 : 0);
    for (size_t i = 0; i < count; i++)
        pack_text(to, w->aliases[i]);
}

void parquet_request_pack(const parquet_request *request, pack_writer *w)
{
    pack_text(w, request->file);
    pack_text(w, request->places.told);
    pack_text(w, request->places.folder);
    pack_u64(w, request->memory_bytes);
    pack_u64(w, request->wanted != NULL);
    pack_u64(w, request->wanted_count);
    for (size_t i = 0; request->wanted && i < request->wanted_count; i++)
        pack_wanted(&request->wanted[i], w);
}

static status unpack_wanted(pack_reader *from, arena *memory, wanted_column *out, error *err)
{
    *out = (wanted_column){.name = unpack_text(from)};
    out->title_fr = unpack_text(from);
    out->title_en = unpack_text(from);
    out->unit = unpack_text(from);
    out->type = (column_type)unpack_u64(from);
    out->decimals = (int32_t)unpack_u64(from);
    out->required = unpack_u64(from) != 0;
    out->lowest = unpack_f64(from);
    out->highest = unpack_f64(from);
    const uint64_t count = unpack_u64(from);
    if (from->failed || count > ALIASES_MAX)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_LAYER_REPLY);
    if (count == 0)
        return STATUS_OK;
    const char **aliases = arena_take(memory, (size_t)count, sizeof *aliases);
    if (!aliases)
        return memory_error(err, (size_t)count * sizeof *aliases);
    for (size_t i = 0; i + 1 < count; i++)
        aliases[i] = unpack_text(from);
    out->aliases = (const char *const *)aliases;
    return STATUS_OK;
}

status parquet_request_unpack(const worker_message *m, arena *memory, parquet_request *out,
                              error *err)
{
    pack_reader r = {.at = m->bytes, .size = m->size};
    *out = (parquet_request){.file = unpack_text(&r)};
    out->places.told = unpack_text(&r);
    out->places.folder = unpack_text(&r);
    out->memory_bytes = unpack_u64(&r);
    const bool rows = unpack_u64(&r) != 0;
    out->wanted_count = (size_t)unpack_u64(&r);
    if (r.failed || !out->file || m->fd_count != 1 || out->wanted_count > READER_MAX_COLUMNS)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_LAYER_REPLY);
    wanted_column *wanted = arena_take(memory, out->wanted_count, sizeof *wanted);
    if (!wanted)
        return memory_error(err, out->wanted_count * sizeof *wanted);
    status s = STATUS_OK;
    for (size_t i = 0; rows && s == STATUS_OK && i < out->wanted_count; i++)
        s = unpack_wanted(&r, memory, &wanted[i], err);
    out->wanted = rows ? wanted : NULL;
    return s == STATUS_OK && r.failed ? error_set(err, STATUS_ENVIRONMENT, M_GEO_LAYER_REPLY) : s;
}

static status send_table(const table *made, worker_reply *out, error *err)
{
    const int copy = fcntl(table_fd(made), F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_DESCRIPTOR, strerror(errno));
    return worker_reply_fd(out, copy, err);
}

status parquet_reply_pack(const parquet_reply *r, worker_reply *out, error *err)
{
    void *found = NULL;
    size_t found_size = 0;
    pack_writer w = {.at = NULL};
    status s = faults_pack(r->found, &found, &found_size, err);
    if (s != STATUS_OK)
        return s;
    pack_bytes(&w, found, found_size);
    pack_u64(&w, r->absent);
    pack_text(&w, r->library);
    pack_u64(&w, r->rows);
    pack_u64(&w, r->made != NULL);
    s = w.failed ? memory_error(err, w.size) : worker_reply_bytes(out, w.at, w.size, err);
    if (s == STATUS_OK && r->made)
        s = send_table(r->made, out, err);
    pack_writer_clear(&w);
    memory_free(found);
    return s;
}

/* --- back in the caller: the worker ran foreign code on foreign bytes --- */

static status inconsistent(error *err)
{
    return error_set(err, STATUS_INPUT, M_GEO_LAYER_REPLY);
}

static status take_table(worker_answer *a, table **made, error *err)
{
    if (a->fd_count != 1)
        return inconsistent(err);
    status s = table_open(made, a->fds[0], err);
    if (s == STATUS_OK)
        a->fds[0] = -1;
    return s;
}

static status first_refusal(const faults *list, size_t known, error *err)
{
    for (size_t i = known; i < faults_count(list); i++)
        if (faults_at(list, i)->severity == SEVERITY_FAULT)
            return faults_at(list, i)->status;
    return inconsistent(err);
}

status parquet_reply_unpack(worker_answer *a, table **made, parquet_facts *facts,
                            faults *faults_list, error *err)
{
    pack_reader r = {.at = a->bytes, .size = a->size};
    size_t size = 0;
    const size_t known = faults_count(faults_list);
    const void *found = unpack_bytes(&r, &size);
    if (r.failed)
        return inconsistent(err);
    status s = faults_unpack(faults_list, found, size, err);
    if (s != STATUS_OK)
        return s;
    facts->absent = unpack_u64(&r) != 0;
    const char *library = unpack_text(&r);
    facts->rows = (size_t)unpack_u64(&r);
    const bool whole = unpack_u64(&r) != 0;
    if (r.failed)
        return inconsistent(err);
    (void)snprintf(facts->library, sizeof facts->library, "%s", library ? library : "");
    if (facts->absent)
        return STATUS_INPUT;
    return whole ? take_table(a, made, err) : first_refusal(faults_list, known, err);
}
