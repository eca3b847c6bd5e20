/* geo/topology_edges.h: every edge once, with the rows on its two sides, and the vertices where a
 * border begins or ends. For this room only. */
#ifndef GEO_TOPOLOGY_EDGES_H
#define GEO_TOPOLOGY_EDGES_H

#include "geo/topology_rings.h"

#define ROW_OUTSIDE UINT32_MAX

/* From the lower vertex number to the higher: side 0 is on the left, side 1 on the right. */
typedef struct edge {
    uint32_t low, high;
    uint32_t side[2];  /* the first row seen, ROW_OUTSIDE when none */
    uint8_t contested; /* a side has several rows, or one twice: outlines overlap here */
} edge;

typedef struct edges {
    edge *at;
    size_t count;
    uint32_t *of;      /* the edge that leaves position i of the rings */
    uint8_t *junction; /* a vertex number's: 1 where borders meet, end or change sides */
} edges;

MUST_CHECK status edges_find(edges *out, const vertex_rings *r, size_t vertex_count, error *err);
void edges_clear(edges *e);

#endif
