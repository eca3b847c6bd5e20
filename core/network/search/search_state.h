/* network/search/search_state.h: what a search holds. Internal to search/. */
#ifndef NETWORK_SEARCH_STATE_H
#define NETWORK_SEARCH_STATE_H

#include "network/search/search.h"
#include "network/search/search_queue.h"

enum {
    SEARCH_DEGREE_MAX = 4 /* of the nodes whose arcs are followed together, a chunk at a time */
};

/* An arc to follow from a node with that label. */
typedef struct search_arc {
    uint64_t label;
    uint32_t link;
} search_arc;

/* The nodes of a chunk, and what is to follow from them. Not on the stack, which hardened builds
 * fill with zeros each time. */
typedef struct search_chunk {
    uint32_t node[QUEUE_CHUNK], large[QUEUE_CHUNK]; /* large: those of many arcs */
    search_arc arc[SEARCH_DEGREE_MAX * QUEUE_CHUNK];
    size_t count, large_count, arc_count;
} search_chunk;

/* Labels are kept as the complement of what they say, so that memory which the system hands out
 * zeroed reads "not reached": a search in a large network touches only the pages it comes to. */
struct search {
    const road_arcs *arcs;
    search_options options;
    uint64_t *cost;    /* per node: ~cost, 0 when not reached; NULL for SEARCH_TIMES */
    uint32_t *time;    /* per node: ~time, 0 when not reached; NULL for SEARCH_COSTS */
    uint32_t *reached; /* nodes with a label; one word more than nodes */
    size_t reached_count;
    uint8_t *target; /* per node: wanted and not settled yet; NULL until a search has targets */
    size_t targets_left;
    uint64_t limit; /* of labels, inclusive */
    search_queue queue;
    search_chunk chunk; /* being read */
    uint32_t *onward;   /* see search_path.c; NULL until a path is wanted */
};

/* From nothing reached: labels within s->limit, until no target is left of s->targets_left. */
MUST_CHECK status search_run(search *s, uint32_t source, error *err);

#endif
