/* geo/topology_arcs.h: small questions about arcs that several topics ask. For this room only. */
#ifndef GEO_TOPOLOGY_ARCS_H
#define GEO_TOPOLOGY_ARCS_H

#include "geo/topology.h"
#include "geo/vertices.h"

static inline size_t arc_of(int32_t signed_arc)
{
    return (size_t)(signed_arc < 0 ? ~signed_arc : signed_arc);
}
static inline size_t arc_points(const topology *t, size_t arc)
{
    return (size_t)(t->arc_start[arc + 1] - t->arc_start[arc]);
}
/* Where point k of a signed arc lies in t->x, t->y. */
static inline size_t arc_point(const topology *t, int32_t signed_arc, size_t k)
{
    size_t arc = arc_of(signed_arc);
    return (size_t)(signed_arc < 0 ? t->arc_start[arc + 1] - 1 - k : t->arc_start[arc] + k);
}
/* Both ends of every arc as vertex numbers: end[2 a] the first, end[2 a + 1] the last. The caller
 * frees both; `v` holds 2 * arc_count points at most. */
MUST_CHECK status arc_ends(const topology *t, vertices *v, uint32_t **end, error *err);
/* The signed area under a chain of signed arcs, relative to its first point. */
double arcs_signed_area(const topology *t, const int32_t *signed_arcs, size_t count);
/* Ascending, total: equal values are alike. */
void sort_u64(uint64_t *values, size_t count);

#endif
