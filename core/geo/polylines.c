#include "geo/polylines.h"

#include <string.h>

#include "base/arrays.h"
#include "geo/messages.h"

#define LINES_MAGIC UINT64_C(0x313053454e494c42) /* "BLINES01" */

/* One block: header, then the arrays, each aligned by being made of 8-byte values. */
typedef struct polylines_header {
    uint64_t magic, rows, parts, points;
} polylines_header;

typedef struct starts {
    uint64_t *at;
    size_t count, capacity;
} starts;

struct polylines_builder {
    starts rows, parts; /* the first part of each row, the first point of each part */
    double *x, *y;
    size_t points, x_capacity, y_capacity;
};

/* --- building --- */

status polylines_builder_new(polylines_builder **out, error *err)
{
    *out = memory_new(1, sizeof **out);
    return *out ? STATUS_OK : memory_error(err, sizeof **out);
}

void polylines_builder_free(polylines_builder *b)
{
    if (!b)
        return;
    memory_free(b->rows.at);
    memory_free(b->parts.at);
    memory_free(b->x);
    memory_free(b->y);
    memory_free(b);
}

static status starts_add(starts *s, uint64_t value, error *err)
{
    uint64_t *grown = array_grown(s->at, &s->capacity, s->count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (s->count + 1) * sizeof *grown);
    s->at = grown;
    s->at[s->count++] = value;
    return STATUS_OK;
}

status polylines_builder_row(polylines_builder *b, error *err)
{
    return starts_add(&b->rows, b->parts.count, err);
}

status polylines_builder_part(polylines_builder *b, error *err)
{
    return b->rows.count == 0 ? error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ORDER)
                              : starts_add(&b->parts, b->points, err);
}

status polylines_builder_point(polylines_builder *b, double x, double y, error *err)
{
    if (b->parts.count == 0 || b->rows.at[b->rows.count - 1] == b->parts.count)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ORDER);
    double *grown = array_grown(b->x, &b->x_capacity, b->points + 1, sizeof *grown);
    if (grown) {
        b->x = grown;
        grown = array_grown(b->y, &b->y_capacity, b->points + 1, sizeof *grown);
    }
    if (!grown)
        return memory_error(err, (b->points + 1) * sizeof *grown);
    b->y = grown;
    b->x[b->points] = x;
    b->y[b->points++] = y;
    return STATUS_OK;
}

/* --- the block --- */

static bool block_size(const polylines_header *h, size_t *size)
{
    /* 2^40 items of 8 bytes in each of four arrays cannot overflow 64 bits. */
    const uint64_t most = UINT64_C(1) << 40;
    if (h->rows > most || h->parts > most || h->points > most)
        return false;
    *size = sizeof *h + (size_t)((h->rows + 1) + (h->parts + 1) + 2 * h->points) * 8;
    return true;
}

static void polylines_point_into(polylines *l)
{
    const polylines_header *h = l->memory.at;
    l->rows = (size_t)h->rows;
    l->parts = (size_t)h->parts;
    l->points = (size_t)h->points;
    l->part_start = (const void *)(h + 1);
    l->point_start = l->part_start + h->rows + 1;
    l->x = (const void *)(l->point_start + h->parts + 1);
    l->y = l->x + h->points;
}

static void copy_starts(uint64_t *to, const starts *from, uint64_t end)
{
    if (from->count > 0)
        memcpy(to, from->at, from->count * sizeof *to);
    to[from->count] = end;
}

static void block_fill(const polylines_builder *b, polylines_header *h)
{
    uint64_t *part_start = (uint64_t *)(h + 1), *point_start = part_start + h->rows + 1;
    double *x = (double *)(void *)(point_start + h->parts + 1), *y = x + h->points;
    copy_starts(part_start, &b->rows, b->parts.count);
    copy_starts(point_start, &b->parts, b->points);
    if (b->points > 0) {
        memcpy(x, b->x, b->points * sizeof *x);
        memcpy(y, b->y, b->points * sizeof *y);
    }
}

status polylines_build(const polylines_builder *b, polylines **out, error *err)
{
    const polylines_header h = {
        .magic = LINES_MAGIC, .rows = b->rows.count, .parts = b->parts.count, .points = b->points};
    size_t size = 0;
    polylines *l = memory_new(1, sizeof *l);
    if (!l || !block_size(&h, &size)) {
        memory_free(l);
        return memory_error(err, size);
    }
    l->memory.fd = -1;
    status s = shared_memory_new(&l->memory, "lines", size, err);
    if (s == STATUS_OK) {
        polylines_header *at = l->memory.at;
        *at = h;
        block_fill(b, at);
        s = shared_memory_freeze(&l->memory, err);
    }
    if (s) {
        polylines_free(l);
        return s;
    }
    polylines_point_into(l);
    *out = l;
    return STATUS_OK;
}

/* --- opening --- */

static bool starts_are_sound(const uint64_t *start, uint64_t count, uint64_t last, bool empty_too)
{
    if (start[0] != 0 || start[count] != last)
        return false;
    for (uint64_t i = 0; i < count; i++)
        if (start[i] > start[i + 1] || (!empty_too && start[i] == start[i + 1]))
            return false;
    return true;
}

static status block_judge(polylines *l, error *err)
{
    const polylines_header *h = l->memory.at;
    size_t size = 0;
    if (l->memory.size < sizeof *h || h->magic != LINES_MAGIC)
        return error_set(err, STATUS_INPUT, M_GEO_LINES_BLOCK, "header");
    if (!block_size(h, &size) || size > l->memory.size)
        return error_set(err, STATUS_INPUT, M_GEO_LINES_BLOCK, "size");
    polylines_point_into(l);
    if (!starts_are_sound(l->part_start, h->rows, h->parts, true) ||
        !starts_are_sound(l->point_start, h->parts, h->points, false))
        return error_set(err, STATUS_INPUT, M_GEO_LINES_BLOCK, "offsets");
    return STATUS_OK;
}

status polylines_open(polylines **out, int fd, error *err)
{
    polylines *l = memory_new(1, sizeof *l);
    if (!l)
        return memory_error(err, sizeof *l);
    status s = shared_memory_open(&l->memory, fd, err);
    if (s) {
        memory_free(l);
        return s;
    }
    s = block_judge(l, err);
    if (s) {
        l->memory.fd = -1; /* the descriptor stays the caller's */
        polylines_free(l);
        return s;
    }
    *out = l;
    return STATUS_OK;
}

void polylines_free(polylines *l)
{
    if (!l)
        return;
    shared_memory_clear(&l->memory);
    memory_free(l);
}
