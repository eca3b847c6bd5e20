#include "geo/topology_arcs.h"

#include <stdlib.h>

#include "base/memory.h"

status arc_ends(const topology *t, vertices *v, uint32_t **end, error *err)
{
    *end = NULL;
    status s = vertices_init(v, 2 * t->arc_count, 0, err);
    if (s)
        return s;
    uint32_t *of = memory_new(t->arc_count, 2 * sizeof *of);
    if (!of) {
        vertices_clear(v);
        return memory_error(err, t->arc_count * 2 * sizeof *of);
    }
    for (size_t a = 0; a < t->arc_count; a++) {
        size_t first = (size_t)t->arc_start[a], last = (size_t)t->arc_start[a + 1] - 1;
        of[2 * a] = vertices_add(v, t->x[first], t->y[first]);
        of[2 * a + 1] = vertices_add(v, t->x[last], t->y[last]);
    }
    *end = of;
    return STATUS_OK;
}

double arcs_signed_area(const topology *t, const int32_t *signed_arcs, size_t count)
{
    double twice = 0;
    if (count == 0)
        return 0;
    size_t origin = arc_point(t, signed_arcs[0], 0);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k + 1 < arc_points(t, arc_of(signed_arcs[i])); k++) {
            size_t a = arc_point(t, signed_arcs[i], k), b = arc_point(t, signed_arcs[i], k + 1);
            twice += (t->x[a] - t->x[origin]) * (t->y[b] - t->y[origin]) -
                     (t->x[b] - t->x[origin]) * (t->y[a] - t->y[origin]);
        }
    }
    return twice / 2;
}

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void sort_u64(uint64_t *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_u64);
}
