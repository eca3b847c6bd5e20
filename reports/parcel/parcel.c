#include "reports/parcel/parcel.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "reports/parcel/messages.h"

enum { ITEM_TABLE = 1, ITEM_SHAPE = 2, BY_BYTES = 0, BY_DESCRIPTOR = 1 };

typedef struct thing {
    const void *is;
    uint64_t kind;
    int fd; /* borrowed; -1: nothing in it */
    size_t size;
} thing;

struct parcel {
    thing *things;
    size_t count, capacity;
};

status parcel_new(parcel **out, error *err)
{
    *out = memory_new(1, sizeof **out);
    return *out ? STATUS_OK : memory_error(err, sizeof **out);
}

void parcel_free(parcel *p)
{
    if (p)
        memory_free(p->things);
    memory_free(p);
}

static status add(parcel *p, thing t, uint64_t *number, error *err)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->things[i].is == t.is) {
            *number = i;
            return STATUS_OK;
        }
    }
    if (p->count == p->capacity) {
        size_t wanted = p->capacity ? 2 * p->capacity : 16;
        thing *grown = memory_resize(p->things, wanted, sizeof *grown);
        if (!grown)
            return memory_error(err, wanted * sizeof *grown);
        p->things = grown;
        p->capacity = wanted;
    }
    struct stat facts;
    if (t.fd >= 0) {
        if (fstat(t.fd, &facts))
            return error_set(err, STATUS_ENVIRONMENT, M_PARCEL_MAP, SYSTEM_CAUSE(errno));
        t.size = (size_t)facts.st_size;
    }
    *number = p->count;
    p->things[p->count++] = t;
    return STATUS_OK;
}

status parcel_table(parcel *p, const table *t, uint64_t *number, error *err)
{
    return add(p, (thing){.is = t, .kind = ITEM_TABLE, .fd = table_fd(t)}, number, err);
}

status parcel_shape(parcel *p, const polygons *shape, uint64_t *number, error *err)
{
    return add(p, (thing){.is = shape, .kind = ITEM_SHAPE, .fd = shape->memory.fd}, number, err);
}

/* Whether fewer than WORKER_MAX_FDS things are larger; of equal ones, the first goes first. */
static bool by_descriptor(const parcel *p, size_t index)
{
    size_t larger = 0;
    for (size_t i = 0; i < p->count; i++)
        larger += p->things[i].size > p->things[index].size ||
                  (p->things[i].size == p->things[index].size && i < index);
    return p->things[index].fd >= 0 && larger < WORKER_MAX_FDS;
}

static status pack_thing(pack_writer *w, const thing *t, error *err)
{
    if (t->fd < 0 || t->size == 0) {
        pack_bytes(w, NULL, 0);
        return STATUS_OK;
    }
    void *at = mmap(NULL, t->size, PROT_READ, MAP_SHARED, t->fd, 0);
    if (at == MAP_FAILED)
        return error_set(err, STATUS_ENVIRONMENT, M_PARCEL_MAP, SYSTEM_CAUSE(errno));
    pack_bytes(w, at, t->size);
    (void)munmap(at, t->size);
    return STATUS_OK;
}

status parcel_send(const parcel *p, zygote *z, const char *job, const pack_writer *body,
                   worker_limits limits, worker_answer *out, error *err)
{
    worker_message request = {.fd_count = 0};
    pack_writer w = {.at = NULL};
    status s = STATUS_OK;
    pack_u64(&w, p->count);
    for (size_t i = 0; !s && i < p->count; i++) {
        bool mapped = by_descriptor(p, i);
        pack_u64(&w, p->things[i].kind);
        pack_u64(&w, mapped ? BY_DESCRIPTOR : BY_BYTES);
        if (mapped)
            request.fds[request.fd_count++] = p->things[i].fd;
        else
            s = pack_thing(&w, &p->things[i], err);
    }
    pack_bytes(&w, body->at, body->size);
    if (!s && (w.failed || body->failed))
        s = memory_error(err, w.size);
    request.bytes = w.at;
    request.size = w.size;
    if (!s) {
        s = zygote_run(z, job, &request, limits, out, err);
        if (s == STATUS_INPUT)
            s = err->status = STATUS_ENVIRONMENT;
    }
    pack_writer_clear(&w);
    return s;
}

/* --- the other end --- */

/* A descriptor of the same bytes, to open them like those that came by descriptor. */
static status descriptor_of(const void *bytes, size_t size, int *fd, error *err)
{
    shared_memory copy;
    status s = shared_memory_new(&copy, "bassin-parcel", size, err);
    if (s)
        return s;
    memcpy(copy.at, bytes, size);
    *fd = dup(copy.fd);
    if (*fd < 0)
        s = error_set(err, STATUS_ENVIRONMENT, M_PARCEL_MAP, SYSTEM_CAUSE(errno));
    shared_memory_clear(&copy);
    return s;
}

static status item_open(parcel_item *item, uint64_t kind, int fd, error *err)
{
    status s = kind == ITEM_TABLE   ? table_open(&item->rows, fd, err)
               : kind == ITEM_SHAPE ? polygons_open(&item->shape, fd, err)
                                    : error_set(err, STATUS_ENVIRONMENT, M_PARCEL_BAD);
    if (s)
        (void)close(fd);
    return s;
}

static status item_read(const worker_message *m, size_t *next_fd, pack_reader *r, parcel_item *item,
                        error *err)
{
    uint64_t kind = unpack_u64(r), way = unpack_u64(r);
    int fd = -1;
    if (way == BY_DESCRIPTOR && *next_fd < m->fd_count) {
        fd = m->fds[(*next_fd)++];
    } else if (way == BY_BYTES) {
        size_t size = 0;
        const void *bytes = unpack_bytes(r, &size);
        if (!r->failed && size == 0)
            return STATUS_OK;
        status s = r->failed ? STATUS_OK : descriptor_of(bytes, size, &fd, err);
        if (s)
            return s;
    }
    return fd < 0 ? error_set(err, STATUS_ENVIRONMENT, M_PARCEL_BAD)
                  : item_open(item, kind, fd, err);
}

status parcel_open(const worker_message *m, parcel_content *out, error *err)
{
    enum { THINGS_MAX = 1 << 16 };
    pack_reader r = {.at = m->bytes, .size = m->size};
    *out = (parcel_content){.items = NULL};
    size_t next_fd = 0;
    uint64_t count = unpack_u64(&r);
    status s = STATUS_OK;
    if (r.failed || count > THINGS_MAX)
        s = error_set(err, STATUS_ENVIRONMENT, M_PARCEL_BAD);
    if (!s) {
        out->items = memory_new((size_t)count, sizeof *out->items);
        s = out->items ? STATUS_OK : memory_error(err, (size_t)count * sizeof *out->items);
    }
    for (size_t i = 0; !s && i < count; i++) {
        out->count = i + 1;
        s = item_read(m, &next_fd, &r, &out->items[i], err);
    }
    for (; next_fd < m->fd_count; next_fd++)
        (void)close(m->fds[next_fd]);
    if (!s) {
        size_t size = 0;
        const void *body = unpack_bytes(&r, &size);
        out->body = (pack_reader){.at = body, .size = size};
        if (r.failed)
            s = error_set(err, STATUS_ENVIRONMENT, M_PARCEL_BAD);
    }
    return s;
}

void parcel_content_clear(parcel_content *c)
{
    for (size_t i = 0; i < c->count; i++) {
        table_free(c->items[i].rows);
        polygons_free(c->items[i].shape);
    }
    memory_free(c->items);
    *c = (parcel_content){.items = NULL};
}

const table *parcel_table_at(const parcel_content *c, uint64_t number)
{
    return number < c->count ? c->items[number].rows : NULL;
}

const polygons *parcel_shape_at(const parcel_content *c, uint64_t number)
{
    return number < c->count ? c->items[number].shape : NULL;
}
