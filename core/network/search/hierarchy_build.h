/* network/search/hierarchy_build.h: the contraction hierarchy of a network.
 *
 * Made once, when a network is built (docs/decisions/027). The same network gives the same bytes
 * for any number of threads. */
#ifndef NETWORK_HIERARCHY_BUILD_H
#define NETWORK_HIERARCHY_BUILD_H

#include "base/progress.h"
#include "network/graph/network.h"

/* Owns a hierarchy in plain memory. [any thread] once made. */
typedef struct hierarchy_store hierarchy_store;

/* `to`: the arcs that end in each node. Every fastest cost is kept to the last bit; loops are
 * dropped, and of parallel arcs all but the cheapest. A path whose cost does not fit below
 * ROAD_COST_NONE is no path. threads 0: as many as the machine gives. `p` (may be NULL) hears of
 * nodes contracted, within a step that the caller began; its cancel flag ends the work within a
 * second: STATUS_INTERRUPTED. */
MUST_CHECK status hierarchy_build(const road_arcs *to, int threads, progress *p,
                                  hierarchy_store **out, error *err);
void hierarchy_free(hierarchy_store *s); /* takes NULL */
/* The network that it was made of takes it; `s` is gone. */
void hierarchy_give(hierarchy_store *s, network *n);
const road_hierarchy *hierarchy_of(const hierarchy_store *s); /* borrowed */
/* What making one takes beside the network, the result included: a bound for networks of roads,
 * bytes. It holds up to nine arcs a node in the hierarchy; roads have three. */
uint64_t hierarchy_memory(uint64_t nodes, uint64_t arcs);

#endif
