/* network/build/line_join.h: which ends of lines are one node. Private to the room.
 *
 * Positions are whole 1e-7 degrees. Each position of an end, in the order of longitude then
 * latitude, that no earlier one took founds a node and takes every position of an end within the
 * tolerance of it that no earlier one took: no end is joined with another farther than twice the
 * tolerance, however the ends lie, and the order of the features changes nothing. */
#ifndef NETWORK_LINE_JOIN_H
#define NETWORK_LINE_JOIN_H

#include "base/progress.h"
#include "geo/polylines.h"
#include "network/graph/network.h"

typedef struct line_join_facts {
    size_t ends;          /* of open polylines */
    size_t apart;         /* joined with a node that lies elsewhere */
    double apart_max_m;   /* the farthest of these */
    size_t dangling;      /* alone at their node */
    size_t dangling_near; /* ... with another node within near_m */
    double near_m;
    size_t on_vertices; /* nodes of ends that lie on a vertex of another line */
} line_join_facts;

/* The nodes of the ends, 0 .. count - 1, then those of inner vertices as they come. */
typedef struct line_joined {
    uint32_t *first, *last; /* by part: the nodes of its ends; NETWORK_NONE: closed */
    size_t count;
    int32_t *x, *y; /* count */
    uint32_t *ends; /* how many ends meet at each */
    uint8_t *on_vertex;
    uint64_t *slot_key; /* positions of ends, hashed */
    uint32_t *slot_node;
    size_t slot_mask;
    line_join_facts facts;
} line_joined;

/* Degrees to whole 1e-7 degrees. */
int32_t line_position(double degrees);
/* `open`: 1 for the parts that count. */
MUST_CHECK status line_join(const polylines *l, const uint8_t *open, double tolerance_m,
                            const progress *p, line_joined *out, error *err);
void line_joined_clear(line_joined *j);
/* The node of the ends that lie exactly here; NETWORK_NONE: none. */
uint32_t line_joined_at(const line_joined *j, int32_t x, int32_t y);
/* Once the vertices were seen: counts dangling ends, and those that have another node near. `p` may
 * be NULL; its cancel flag ends it. */
MUST_CHECK status line_joined_dangling(line_joined *j, const progress *p, error *err);

#endif
