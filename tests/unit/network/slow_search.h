/* The slow reference of travel costs: Dijkstra's algorithm with a plain 4-ary heap. */
#ifndef TESTS_SLOW_SEARCH_H
#define TESTS_SLOW_SEARCH_H

#include <stddef.h>

#include "network/graph/road_arcs.h"

typedef struct slow_arc {
    uint32_t from, to;
    uint32_t time, length_m;
} slow_arc;

/* The arcs by the node where they begin, or, reversed, by the one where they end; arcs of one node
 * in the order given. Aborts without memory. */
void slow_arcs_build(road_arcs *out, uint32_t nodes, const slow_arc *arcs, size_t count,
                     int reversed);
void slow_arcs_clear(road_arcs *arcs);

/* cost[node_count]: from `source` along the arcs; ROAD_COST_NONE: no path within `limit` units of
 * time, nor within UINT32_MAX - 1. */
void slow_search(const road_arcs *arcs, uint32_t source, uint32_t limit, road_cost *cost);

#endif
