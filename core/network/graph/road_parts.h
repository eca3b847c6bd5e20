/* network/graph/road_parts.h: strongly connected components. */
#ifndef NETWORK_ROAD_PARTS_H
#define NETWORK_ROAD_PARTS_H

#include <stdatomic.h>

#include "base/error.h"
#include "network/graph/road_arcs.h"

/* part[node_count] numbered 0.. in the order found; *parts of them. The same components, whichever
 * way round the arcs are. `cancel` (may be NULL) non-zero: STATUS_INTERRUPTED. */
MUST_CHECK status road_parts_find(const road_arcs *arcs, const atomic_int *cancel, uint32_t *part,
                                  uint32_t *parts, error *err);

#endif
