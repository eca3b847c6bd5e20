/* network/graph/road_arcs.h: exact travel costs, and arcs between numbered nodes.
 *
 * A cost is one 64-bit number, time units above and metres below: adding and comparing such numbers
 * is adding and comparing (time, length) lexicographically, exactly. A path may be 2^32 metres long
 * (four million km) before lengths would spill into times. The time unit is the network's: 0.1 s
 * for roads (docs/decisions/004), the file's own for a DIMACS graph. */
#ifndef NETWORK_ROAD_ARCS_H
#define NETWORK_ROAD_ARCS_H

#include <stdint.h>

typedef uint64_t road_cost;
#define ROAD_COST_NONE UINT64_MAX /* no path */
static inline road_cost road_cost_of(uint32_t time, uint32_t length_m)
{
    return (uint64_t)time << 32 | length_m;
}
static inline uint32_t road_cost_time(road_cost c)
{
    return (uint32_t)(c >> 32);
}
static inline uint32_t road_cost_m(road_cost c)
{
    return (uint32_t)c;
}

/* An arc as one of its two ends sees it. */
typedef struct road_link {
    uint32_t node; /* the other end */
    uint32_t time; /* units of the network */
    uint32_t length_m;
} road_link;
static inline road_cost road_link_cost(const road_link *l)
{
    return road_cost_of(l->time, l->length_m);
}

/* Arcs by node: those of node n are link[start[n]] .. link[start[n + 1] - 1]. Either the arcs that
 * leave n (link.node: where they end) or the arcs that end in n (link.node: where they begin);
 * parallel arcs, loops and arcs of no time are allowed. Borrowed. */
typedef struct road_arcs {
    uint32_t node_count;
    const uint32_t *start; /* node_count + 1 */
    const road_link *link; /* start[node_count] */
} road_arcs;

#endif
