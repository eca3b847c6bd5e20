/* network/graph/road_graph.h: a road network as arcs between nodes, forward and reversed,
 * immutable. */
#ifndef NETWORK_ROAD_GRAPH_H
#define NETWORK_ROAD_GRAPH_H

#include "base/memory.h"
#include "network/graph/road_arcs.h"

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
