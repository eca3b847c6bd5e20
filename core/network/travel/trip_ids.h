/* network/travel/trip_ids.h: the nodes that bear given ids of the source. */
#ifndef NETWORK_TRIP_IDS_H
#define NETWORK_TRIP_IDS_H

#include "network/graph/network.h"

enum { TRIP_ID_ABSENT = 0, TRIP_ID_FOUND = 1, TRIP_ID_SPLIT = 2 };

/* For each id its lowest node that no turn restriction has split, and what was found: TRIP_ID_SPLIT
 * when every node of the id is one of a split junction, where a trip has no single place to begin.
 * Nodes outside the main component count. One pass over the network, whatever `count`; ids may
 * repeat. node[i] is NETWORK_NONE unless found. */
MUST_CHECK status trip_ids_find(const network *n, const int64_t *id, size_t count, int threads,
                                uint32_t *node, uint8_t *found, error *err);

#endif
