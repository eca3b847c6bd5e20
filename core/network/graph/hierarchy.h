/* network/graph/hierarchy.h: a contraction hierarchy of a road network, immutable.
 *
 * Every node has a rank. An arc of the hierarchy leads from a lower to a higher node: `up`, the
 * arcs that leave a node upwards; `down`, the arcs that end in it and come from above (link.node:
 * the higher end). A fastest path of the network is one climb by `up` arcs, then one descent by
 * `down` arcs, of the same cost to the last bit (Geisberger et al. 2008). Nodes are numbered by
 * position: 0 is the highest, so that a sweep over positions is a sweep down the ranks. */
#ifndef NETWORK_HIERARCHY_H
#define NETWORK_HIERARCHY_H

#include "base/error.h"
#include "network/graph/road_arcs.h"

typedef struct road_hierarchy {
    uint32_t node_count;
    const uint32_t *position; /* of each node of the network */
    road_arcs up, down;       /* between positions; link.node < the node it belongs to */
} road_hierarchy;

/* Whether searches may trust a hierarchy read from a file: `position` holds each number below
 * node_count once, `start` begins with 0 and never descends, every link leads to a higher node
 * (link.node less than its own), the links of a node ascend, and no link costs ROAD_COST_NONE. The
 * caller has compared start[node_count] with the room of `link`. STATUS_INPUT names the first node
 * at fault. [any thread] */
MUST_CHECK status hierarchy_check(const road_hierarchy *h, error *err);

#endif
