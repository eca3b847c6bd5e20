/* network/road_graph.h: a road network as arcs between nodes, forward and reversed, immutable.
 *
 * The cost of an arc is one 64-bit number, deciseconds above and metres below: adding and comparing
 * such numbers is adding and comparing (time, length) lexicographically, exactly. A path may be
 * 2^32 metres long (four million km) before lengths would spill into times. */
#ifndef NETWORK_ROAD_GRAPH_H
#define NETWORK_ROAD_GRAPH_H

#include "base/memory.h"

typedef uint64_t road_cost;
#define ROAD_COST_NONE UINT64_MAX /* no path */
static inline road_cost road_cost_of(uint32_t time_ds, uint32_t length_m)
{
    return (uint64_t)time_ds << 32 | length_m;
}
static inline uint32_t road_cost_ds(road_cost c)
{
    return (uint32_t)(c >> 32);
}
static inline uint32_t road_cost_m(road_cost c)
{
    return (uint32_t)c;
}

/* Arcs leaving node n: start[n] .. start[n + 1]. */
typedef struct road_arcs {
    uint32_t node_count;
    const uint32_t *start; /* node_count + 1 */
    const uint32_t *head;
    const road_cost *cost;
} road_arcs;

typedef struct road_arc {
    uint32_t from, to;
    road_cost cost;
} road_arc;

typedef struct road_graph {
    uint32_t node_count, arc_count;
    const int64_t *node_id; /* of the source file, ascending */
    const double *lon, *lat;
    road_arcs forward, reversed; /* the same arcs, each with its two ends exchanged in `reversed` */
    const uint32_t *part;        /* strongly connected component of each node */
    uint32_t part_count, main_part; /* main: most nodes, ties by lowest node */
    uint32_t main_size;
    shared_memory memory; /* holds every array */
} road_graph;

/* Nodes ascending by id; arcs in any order (parallel arcs and loops are kept). All copied. */
MUST_CHECK status road_graph_build(road_graph **out, const int64_t *node_id, const double *lon,
                                   const double *lat, size_t node_count, const road_arc *arcs,
                                   size_t arc_count, error *err);
void road_graph_free(road_graph *g);

/* Strongly connected components: part[node_count] numbered 0.. in the order found; *parts of them.
 */
MUST_CHECK status road_parts_find(const road_arcs *arcs, uint32_t *part, uint32_t *parts,
                                  error *err);

#endif
