#include <string.h>

#include "geo/messages.h"
#include "geo/polygons_block.h"

typedef struct starts {
    uint64_t *at;
    size_t count, capacity;
} starts;

struct polygons_builder {
    starts rows, parts, rings; /* the first part of each row, the first ring of each part... */
    double *x, *y;
    size_t points, capacity;
};

status polygons_builder_new(polygons_builder **out, error *err)
{
    *out = memory_new(1, sizeof **out);
    return *out ? STATUS_OK : memory_error(err, sizeof **out);
}

void polygons_builder_free(polygons_builder *b)
{
    if (!b)
        return;
    memory_free(b->rows.at);
    memory_free(b->parts.at);
    memory_free(b->rings.at);
    memory_free(b->x);
    memory_free(b->y);
    memory_free(b);
}

static status starts_add(starts *s, uint64_t value, error *err)
{
    if (s->count == s->capacity) {
        size_t wanted = s->capacity ? 2 * s->capacity : 256;
        uint64_t *more = memory_resize(s->at, wanted, sizeof *more);
        if (!more)
            return memory_error(err, wanted * sizeof *more);
        s->at = more;
        s->capacity = wanted;
    }
    s->at[s->count++] = value;
    return STATUS_OK;
}

status polygons_builder_row(polygons_builder *b, error *err)
{
    return starts_add(&b->rows, b->parts.count, err);
}

status polygons_builder_part(polygons_builder *b, error *err)
{
    if (b->rows.count == 0)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ORDER);
    return starts_add(&b->parts, b->rings.count, err);
}

status polygons_builder_ring(polygons_builder *b, error *err)
{
    if (b->parts.count == 0 || b->rows.at[b->rows.count - 1] == b->parts.count)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ORDER);
    return starts_add(&b->rings, b->points, err);
}

static status points_reserve(polygons_builder *b, error *err)
{
    size_t wanted = b->capacity ? 2 * b->capacity : 1024;
    double *more = memory_resize(b->x, wanted, sizeof *more);
    if (!more)
        return memory_error(err, wanted * sizeof *more);
    b->x = more;
    more = memory_resize(b->y, wanted, sizeof *more);
    if (!more)
        return memory_error(err, wanted * sizeof *more);
    b->y = more;
    b->capacity = wanted;
    return STATUS_OK;
}

status polygons_builder_point(polygons_builder *b, double x, double y, error *err)
{
    if (b->rings.count == 0 || b->parts.at[b->parts.count - 1] == b->rings.count)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ORDER);
    if (b->points == b->capacity) {
        status s = points_reserve(b, err);
        if (s)
            return s;
    }
    b->x[b->points] = x;
    b->y[b->points++] = y;
    return STATUS_OK;
}

/* --- building --- */

static size_t ring_end(const polygons_builder *b, size_t ring)
{
    return ring + 1 < b->rings.count ? (size_t)b->rings.at[ring + 1] : b->points;
}

static bool ring_is_open(const polygons_builder *b, size_t ring)
{
    size_t first = (size_t)b->rings.at[ring], end = ring_end(b, ring);
    return end > first && (b->x[first] != b->x[end - 1] || b->y[first] != b->y[end - 1]);
}

static polygons_header built_size(const polygons_builder *b)
{
    polygons_header h = {.rows = b->rows.count,
                         .parts = b->parts.count,
                         .rings = b->rings.count,
                         .points = b->points};
    for (size_t k = 0; k < b->rings.count; k++)
        h.points += ring_is_open(b, k);
    return h;
}

static void reverse(double *values, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        double kept = values[i];
        values[i] = values[count - 1 - i];
        values[count - 1 - i] = kept;
    }
}

/* Copies a ring, closes it and turns it: shells counter-clockwise, holes clockwise. */
static size_t ring_copy(const polygons_builder *b, size_t ring, bool hole, double *x, double *y)
{
    size_t first = (size_t)b->rings.at[ring], count = ring_end(b, ring) - first;
    if (count == 0)
        return 0;
    memcpy(x, b->x + first, count * sizeof *x);
    memcpy(y, b->y + first, count * sizeof *y);
    if (ring_is_open(b, ring)) {
        x[count] = x[0];
        y[count++] = y[0];
    }
    double area = ring_signed_area(x, y, count);
    if (hole ? area > 0 : area < 0) {
        reverse(x, count);
        reverse(y, count);
    }
    return count;
}

static void built_fill(const polygons_builder *b, polygons_arrays a)
{
    memcpy(a.part_start, b->rows.at, b->rows.count * sizeof *a.part_start);
    a.part_start[b->rows.count] = b->parts.count;
    memcpy(a.ring_start, b->parts.at, b->parts.count * sizeof *a.ring_start);
    a.ring_start[b->parts.count] = b->rings.count;
    size_t part = 0, done = 0;
    for (size_t k = 0; k < b->rings.count; k++) {
        while (a.ring_start[part + 1] <= k)
            part++;
        a.point_start[k] = done;
        done += ring_copy(b, k, a.ring_start[part] != k, a.x + done, a.y + done);
    }
    a.point_start[b->rings.count] = done;
}

status polygons_build(polygons_builder *b, polygons **out, error *err)
{
    *out = NULL;
    /* memcpy from NULL is undefined even for nothing: an empty list still gets its array. */
    starts *lists[] = {&b->rows, &b->parts, &b->rings};
    for (size_t i = 0; i < 3; i++) {
        if (lists[i]->at)
            continue;
        lists[i]->at = memory_new(1, sizeof(uint64_t));
        if (!lists[i]->at)
            return memory_error(err, sizeof(uint64_t));
        lists[i]->capacity = 1;
    }
    polygons_arrays arrays = {.x = NULL};
    polygons *p = NULL;
    status s = polygons_block_new(&p, built_size(b), &arrays, err);
    if (s)
        return s;
    built_fill(b, arrays);
    s = polygons_block_freeze(p, err);
    if (s) {
        polygons_free(p);
        return s;
    }
    *out = p;
    return STATUS_OK;
}
