/* network/search/search_state.h: what a search holds. Internal to search/. */
#ifndef NETWORK_SEARCH_STATE_H
#define NETWORK_SEARCH_STATE_H

#include "network/search/search.h"
#include "network/search/search_queue.h"

/* Labels are kept as the complement of what they say, so that memory which the system hands out
 * zeroed reads "not reached": a search in a large network touches only the pages it comes to. */
struct search {
    const road_arcs *arcs;
    search_options options;
    uint64_t *cost;    /* per node: ~cost, 0 when not reached; NULL for SEARCH_TIMES */
    uint32_t *time;    /* per node: ~time, 0 when not reached; NULL for SEARCH_COSTS */
    uint32_t *reached; /* nodes with a label */
    size_t reached_count;
    uint8_t *target; /* per node: wanted and not settled yet; NULL until a search has targets */
    size_t targets_left;
    uint64_t limit; /* of labels, inclusive */
    search_queue queue;
    uint32_t *onward; /* see search_path.c; NULL until a path is wanted */
    size_t slot;      /* in the pool that lends it */
};

#endif
