/* geo/topology_rings.h: rings as vertex numbers, freed of what encloses nothing. For this room
 * only. */
#ifndef GEO_TOPOLOGY_RINGS_H
#define GEO_TOPOLOGY_RINGS_H

#include "geo/polygons.h"
#include "geo/vertices.h"

/* Ring k has the vertices at[start[k]] .. at[start[k + 1]], not closed, at least three, none twice
 * in a row and no way back along the edge just walked. */
typedef struct vertex_rings {
    uint32_t *at;
    size_t *start;
    uint32_t *row, *part; /* of each ring; part counts within the row */
    uint8_t *hole;
    size_t count;
} vertex_rings;

MUST_CHECK status vertex_rings_read(vertex_rings *out, vertices *v, const polygons *p, error *err);
void vertex_rings_clear(vertex_rings *r);

#endif
