/* network/search/closure.h: the part of a hierarchy that a set of nodes sees when it climbs.
 * Private to this room.
 *
 * Its nodes are numbered anew and closely, each after those above it, in the order of a walk in
 * depth from the given nodes: given nodes that are neighbours on the curve climb to nodes that are
 * neighbours here. A loop over ascending numbers is a sweep down, and over descending ones a climb.
 * Immutable once made. [any thread] */
#ifndef NETWORK_CLOSURE_H
#define NETWORK_CLOSURE_H

#include <stdatomic.h>

#include "network/graph/hierarchy.h"
#include "network/search/node_set.h"

#define CLOSURE_NONE UINT32_MAX

typedef struct closure {
    uint32_t count;
    uint32_t *given; /* the node of each given one */
    size_t given_count;
    uint32_t *start; /* count + 1 */
    road_link *link; /* arcs to the nodes above, of smaller numbers */
    /* Positions of the hierarchy: whether each is here, how many are before each word of these
     * bits, and the nodes by position. A number for each position would be as large as the
     * hierarchy, and never in the cache. */
    uint64_t *seen;
    uint32_t *before, *node_by_position;
} closure;

/* Climbs by `arcs` (hierarchy->up or ->down) from the nodes of `set`. */
MUST_CHECK status closure_make(closure *out, const road_hierarchy *h, const road_arcs *arcs,
                               const node_set *set, const atomic_int *cancel, error *err);
void closure_clear(closure *c);
static inline road_arcs closure_arcs(const closure *c)
{
    return (road_arcs){.node_count = c->count, .start = c->start, .link = c->link};
}
/* The node at a position of the hierarchy; CLOSURE_NONE: not seen. */
static inline uint32_t closure_at(const closure *c, uint32_t position)
{
    uint64_t word = c->seen[position / 64], bit = UINT64_C(1) << position % 64;
    if (!(word & bit))
        return CLOSURE_NONE;
    uint64_t lower = word & (bit - 1);
    return c->node_by_position[c->before[position / 64] + (uint32_t)__builtin_popcountll(lower)];
}

/* How large a closure will be, without making it. */
typedef struct closure_size {
    uint64_t nodes, arcs;
} closure_size;
/* Of all the hierarchy when there is no memory to count with; less once `cancel` (may be NULL) is
 * set, when nobody wants to know. */
closure_size closure_measure(const road_hierarchy *h, const road_arcs *arcs, const uint32_t *nodes,
                             size_t count, const atomic_int *cancel);
/* What closure_make takes, itself and what it leaves. */
uint64_t closure_memory(const road_hierarchy *h, closure_size size, size_t given);

#endif
