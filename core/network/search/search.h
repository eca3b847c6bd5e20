/* network/search/search.h: fastest paths from one node, exact, bounded by time or by targets.
 *
 * Searched over the arcs that end in each node (network.to) the answer is the cost *to* the node.
 * The engine behind this header can be swapped: callers only see costs. */
#ifndef NETWORK_SEARCH_H
#define NETWORK_SEARCH_H

#include "base/error.h"
#include "network/graph/road_arcs.h"

/* Scratch memory for searches over one graph, used again and again. [one thread at a time] */
typedef struct search search;
MUST_CHECK status search_new(search **out, const road_arcs *arcs, error *err);
void search_free(search *s);

#define SEARCH_UNBOUNDED UINT32_MAX
/* Every node within limit_ds (inclusive). */
MUST_CHECK status search_within(search *s, uint32_t source, uint32_t limit_ds, error *err);
/* Until every target has its cost, or nothing is left to reach. Targets may repeat. */
MUST_CHECK status search_targets(search *s, uint32_t source, const uint32_t *targets, size_t count,
                                 error *err);
/* Of the latest search: ROAD_COST_NONE when not reached. After search_targets: targets only. */
road_cost search_cost(const search *s, uint32_t node);
/* After search_within: the nodes reached, in no useful order. Borrowed until the next search. */
const uint32_t *search_reached(const search *s, size_t *count);

/* Searches lent to threads, made when first wanted. */
typedef struct search_pool search_pool;
MUST_CHECK status search_pool_new(search_pool **out, const road_arcs *arcs, int threads,
                                  error *err);
void search_pool_free(search_pool *p);
/* [any thread] As many at once as `threads`; give back with search_pool_return. */
MUST_CHECK status search_pool_borrow(search_pool *p, search **out, error *err);
void search_pool_return(search_pool *p, search *s);

#endif
