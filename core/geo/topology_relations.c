/* Which rows touch, which arcs part two groups, and the rows' outlines again. */
#include <string.h>

#include "geo/messages.h"
#include "geo/topology_arcs.h"

/* --- outlines again --- */

static status add_ring(const topology *t, size_t ring, polygons_builder *b, error *err)
{
    status s = polygons_builder_ring(b, err);
    for (uint64_t i = t->ring_start[ring]; !s && i < t->ring_start[ring + 1]; i++) {
        int32_t arc = t->ring_arc[i];
        size_t count = arc_points(t, arc_of(arc));
        /* The last point of an arc is the first of the next; the builder closes the ring. */
        for (size_t k = 0; !s && k + 1 < count; k++) {
            size_t at = arc_point(t, arc, k);
            s = polygons_builder_point(b, t->x[at], t->y[at], err);
        }
    }
    return s;
}

status topology_to_polygons(const topology *t, polygons **out, error *err)
{
    *out = NULL;
    polygons_builder *b = NULL;
    status s = polygons_builder_new(&b, err);
    for (size_t row = 0; !s && row < t->row_count; row++) {
        s = polygons_builder_row(b, err);
        for (uint64_t k = t->row_start[row]; !s && k < t->row_start[row + 1]; k++) {
            if (!t->ring_hole[k])
                s = polygons_builder_part(b, err);
            if (!s)
                s = add_ring(t, (size_t)k, b, err);
        }
    }
    if (!s)
        s = polygons_build(b, out, err);
    polygons_builder_free(b);
    return s;
}

/* --- neighbours: rows that meet at an arc's end; a shared arc has its ends in common --- */

static size_t unique_u64(uint64_t *values, size_t count)
{
    size_t kept = 0;
    sort_u64(values, count);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || values[kept - 1] != values[i])
            values[kept++] = values[i];
    return kept;
}

/* (vertex, row) for both ends of every arc of every row, each pair once, ascending. */
static status rows_at_vertices(const topology *t, uint64_t **out, size_t *count, error *err)
{
    vertices v = {.count = 0};
    uint32_t *end = NULL;
    size_t n = 0, uses = (size_t)t->ring_start[t->ring_count];
    uint64_t *pairs = memory_new(uses, 2 * sizeof *pairs);
    status s = pairs ? arc_ends(t, &v, &end, err) : memory_error(err, uses * 2 * sizeof *pairs);
    for (size_t row = 0; !s && row < t->row_count; row++) {
        uint64_t first = t->ring_start[t->row_start[row]];
        uint64_t last = t->ring_start[t->row_start[row + 1]];
        for (uint64_t i = first; i < last; i++) {
            size_t arc = arc_of(t->ring_arc[i]);
            pairs[n++] = (uint64_t)end[2 * arc] << 32 | row;
            pairs[n++] = (uint64_t)end[2 * arc + 1] << 32 | row;
        }
    }
    memory_free(end);
    vertices_clear(&v);
    if (s) {
        memory_free(pairs);
        return s;
    }
    *count = unique_u64(pairs, n);
    *out = pairs;
    return STATUS_OK;
}

static size_t vertex_end(const uint64_t *pairs, size_t count, size_t first)
{
    size_t end = first;
    while (end < count && pairs[end] >> 32 == pairs[first] >> 32)
        end++;
    return end;
}

static status row_pairs(const uint64_t *pairs, size_t count, uint64_t **out, size_t *found,
                        error *err)
{
    size_t wanted = 0, n = 0;
    for (size_t first = 0, end; first < count; first = end) {
        size_t here = (end = vertex_end(pairs, count, first)) - first, more = 0;
        if (__builtin_mul_overflow(here, here - 1, &more) ||
            __builtin_add_overflow(wanted, more, &wanted))
            return memory_error(err, SIZE_MAX);
    }
    uint64_t *both = memory_new(wanted, sizeof *both);
    if (!both)
        return memory_error(err, wanted * sizeof *both);
    for (size_t first = 0, end; first < count; first = end) {
        end = vertex_end(pairs, count, first);
        for (size_t i = first; i < end; i++)
            for (size_t k = first; k < end; k++)
                if (i != k)
                    both[n++] = (pairs[i] & UINT32_MAX) << 32 | (pairs[k] & UINT32_MAX);
    }
    *found = unique_u64(both, n);
    *out = both;
    return STATUS_OK;
}

status topology_neighbours(const topology *t, arena *into, const uint64_t **start,
                           const uint32_t **neighbour, error *err)
{
    uint64_t *pairs = NULL, *both = NULL;
    size_t count = 0, found = 0;
    status s = rows_at_vertices(t, &pairs, &count, err);
    if (!s)
        s = row_pairs(pairs, count, &both, &found, err);
    if (s)
        goto done;
    uint64_t *from = arena_take(into, t->row_count + 1, sizeof *from);
    uint32_t *to = arena_take(into, found, sizeof *to);
    if (!from || !to) {
        s = memory_error(err, found * sizeof *to);
        goto done;
    }
    for (size_t i = 0; i < found; i++) {
        from[(both[i] >> 32) + 1]++;
        to[i] = (uint32_t)both[i];
    }
    for (size_t row = 0; row < t->row_count; row++)
        from[row + 1] += from[row];
    *start = from;
    *neighbour = to;
done:
    memory_free(pairs);
    memory_free(both);
    return s;
}

/* --- borders between groups --- */

static uint32_t group_of(const uint32_t *group_of_row, uint32_t row)
{
    return row == UINT32_MAX ? UINT32_MAX : group_of_row[row];
}

status topology_borders(const topology *t, const uint32_t *group_of_row, arena *into,
                        const uint32_t **arcs, size_t *count, error *err)
{
    size_t n = 0;
    uint32_t *chosen = arena_take(into, t->arc_count, sizeof *chosen);
    if (!chosen)
        return memory_error(err, t->arc_count * sizeof *chosen);
    for (size_t a = 0; a < t->arc_count; a++)
        if (group_of(group_of_row, t->left[a]) != group_of(group_of_row, t->right[a]))
            chosen[n++] = (uint32_t)a;
    *arcs = chosen;
    *count = n;
    return STATUS_OK;
}
