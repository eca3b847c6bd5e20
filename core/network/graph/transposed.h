/* network/graph/transposed.h: the same arcs by their other end. */
#ifndef NETWORK_TRANSPOSED_H
#define NETWORK_TRANSPOSED_H

#include "base/memory.h"
#include "network/graph/road_arcs.h"

typedef struct transposed {
    road_arcs arcs; /* those of one node by link.node, then as in the source */
    uint32_t *start;
    road_link *link;
} transposed;

/* From the arcs that end in each node, those that leave each node; or back. 12 bytes an arc and 4 a
 * node. Cleared with transposed_clear, also after a failure. */
MUST_CHECK status transposed_make(transposed *out, const road_arcs *arcs, error *err);
void transposed_clear(transposed *t);

#endif
