/* geo/topology.h: shared borders. Outlines become arcs between junctions, each stored once, so that
 * neighbours stay glued when a border is simplified, dissolved or drawn. */
#ifndef GEO_TOPOLOGY_H
#define GEO_TOPOLOGY_H

#include "geo/polygons.h"

typedef struct topology {
    size_t arc_count;
    const uint64_t *arc_start; /* arc_count + 1, into x, y */
    const double *x, *y;
    const uint32_t *left, *right; /* rows on each side of an arc; UINT32_MAX: outside */
    /* Rings of rows as signed arcs (index, or ~index when walked backwards): row r has rings
     * row_start[r]..row_start[r+1]; ring k has arcs ring_start[k]..; ring_hole[k] 1 for a hole;
     * ring_part[k] the part number within the row. */
    size_t row_count, ring_count;
    const uint64_t *row_start, *ring_start;
    const int32_t *ring_arc;
    const uint8_t *ring_hole;
    const uint32_t *ring_part;
    arena *memory;
} topology;

/* Vertices closer than `snap` (units of the coordinates; 0: exact equality) are one. */
MUST_CHECK status topology_build(const polygons *p, double snap, topology **out, error *err);
void topology_free(topology *t);
/* Visvalingam per arc: drops points whose triangle is under `area` (squared units); junctions stay;
 * a ring keeps at least four points; a part below `min_part_area` goes unless it is the row's
 * largest. */
MUST_CHECK status topology_simplify(const topology *t, double area, double min_part_area,
                                    topology **out, error *err);
MUST_CHECK status topology_to_polygons(const topology *t, polygons **out, error *err);
/* Rows that share a border or a vertex (queen): CSR, ascending, symmetric, no self. Arrays are
 * taken from `into`. */
MUST_CHECK status topology_neighbours(const topology *t, arena *into, const uint64_t **start,
                                      const uint32_t **neighbour, error *err);
/* The union of the rows of each group (group_of_row[r], UINT32_MAX none) as outlines, one row a
 * group. */
MUST_CHECK status topology_dissolve(const topology *t, const uint32_t *group_of_row,
                                    size_t group_count, polygons **out, error *err);
/* The same of sets that may overlap: set i is rows row[start[i]] .. row[start[i + 1] - 1], each
 * once. Takes the time of what the sets hold. */
MUST_CHECK status topology_dissolve_sets(const topology *t, const uint64_t *start,
                                         const uint32_t *row, size_t count, polygons **out,
                                         error *err);
/* Length of border shared by each neighbour pair is not needed; arcs between two groups are:
 * indices of arcs whose two sides are in different groups (outside counts as a group of its own).
 */
MUST_CHECK status topology_borders(const topology *t, const uint32_t *group_of_row, arena *into,
                                   const uint32_t **arcs, size_t *count, error *err);
#endif
