/* network/search/search.h: fastest paths from one node, exact, bounded by time or by targets; no
 * preprocessing (docs/decisions/029).
 *
 * Searched over the arcs that end in each node (network.to), the answer is the cost *to* the node
 * from everywhere; over those that leave it, from the node. Times up to SEARCH_TIME_MAX are exact;
 * what is farther counts as out of reach. */
#ifndef NETWORK_SEARCH_H
#define NETWORK_SEARCH_H

#include <stdatomic.h>

#include "base/error.h"
#include "network/graph/road_arcs.h"

#define SEARCH_UNBOUNDED UINT32_MAX
#define SEARCH_TIME_MAX (UINT32_MAX - 1)

typedef enum search_labels {
    SEARCH_COSTS = 0, /* time and length */
    SEARCH_TIMES = 1  /* the same times, in half the memory; every length 0 */
} search_labels;

typedef struct search_options {
    search_labels labels;
    const atomic_int *cancel; /* NULL: never; read every few nodes, STATUS_INTERRUPTED when set */
    bool many; /* many searches are to come: the labels are taken at once. Pages that are read as
                  zeros before they are written cost two faults, and stop the other threads. */
} search_options;

/* Scratch memory for searches over one graph, used again and again: 8 bytes a node (4 for times
 * alone) that are only touched where a search comes, and 4 for each node reached. [one thread at a
 * time] options NULL: costs, never cancelled. Arcs are borrowed. */
typedef struct search search;
MUST_CHECK status search_new(search **out, const road_arcs *arcs, const search_options *options,
                             error *err);
void search_free(search *s); /* takes NULL */

/* Every node within `limit` time units (inclusive), whatever the length. */
MUST_CHECK status search_within(search *s, uint32_t source, uint32_t limit, error *err);
/* Until every target has its cost, or nothing is left to reach. Targets may repeat. */
MUST_CHECK status search_targets(search *s, uint32_t source, const uint32_t *targets, size_t count,
                                 error *err);
/* Of the latest search: ROAD_COST_NONE when not reached. After search_targets: targets only. */
road_cost search_cost(const search *s, uint32_t node);
/* The time alone; UINT32_MAX when not reached. */
uint32_t search_time(const search *s, uint32_t node);
/* After search_within: the nodes reached, the source first, then in no useful order. Borrowed until
 * the next search. */
const uint32_t *search_reached(const search *s, size_t *count);

/* --- one path --- */

typedef struct search_step {
    uint32_t node; /* where the step begins */
    uint32_t link; /* index in arcs->link of the arc from there towards the source */
} search_step;
/* The path between `node` and `source`, in the order met from `node`; the last step ends in
 * `source`. *steps is of memory_new, the caller's; NULL and *count 0 without a path, or when the
 * two are one. Among paths of one cost it leaves each node by the lowest neighbour, then by the
 * lowest arc; arcs of no cost only where nothing else leads on. Needs SEARCH_COSTS. */
MUST_CHECK status search_path(search *s, uint32_t source, uint32_t node, search_step **steps,
                              size_t *count, error *err);

#endif
