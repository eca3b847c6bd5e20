/* network/search/hierarchy_core.h: what is left of a network while its hierarchy is made.
 *
 * The core holds the nodes that are not contracted yet, with the costs between them. It is read by
 * all threads during a round and replaced between two rounds: nodes keep their order, and each
 * node's edges stay sorted, so that nothing depends on who found what first. */
#ifndef NETWORK_HIERARCHY_CORE_H
#define NETWORK_HIERARCHY_CORE_H

#include <stdatomic.h>

#include "base/memory.h"
#include "network/graph/road_arcs.h"

/* Both directions between a node and another one. */
typedef struct core_edge {
    uint32_t node;              /* the other end, in the core */
    uint16_t out_hops, in_hops; /* network arcs that each stands for; stays at the largest */
    road_cost out, in;          /* to and from the other end; ROAD_COST_NONE: no arc */
} core_edge;

enum {
    CORE_STALE = 1, /* a neighbour went: the key is to be found again */
    CORE_CHOSEN = 2 /* contracted in this round */
};

typedef struct core {
    uint32_t node_count;
    uint32_t *id;    /* node of the network */
    uint32_t *level; /* more than that of every contracted neighbour */
    uint64_t *key;   /* the lower, the sooner contracted; all different */
    uint8_t *mark;   /* CORE_ bits */
    size_t *start;   /* node_count + 1; the room of a node, of which it uses degree */
    uint32_t *degree;
    core_edge *edge; /* one per other end, ascending */
} core;

/* A new arc of the core: from -> to by a node that is contracted. */
typedef struct core_shortcut {
    uint32_t from, to;
    road_cost cost;
    uint32_t hops;
} core_shortcut;

/* The shortcuts that one thread found. */
typedef struct shortcut_list {
    core_shortcut *at;
    size_t count, capacity;
} shortcut_list;

static inline const core_edge *core_edges(const core *c, uint32_t node)
{
    return c->edge + c->start[node];
}

/* Long loops look at `cancel` (may be NULL) every so many nodes. */
enum { CANCEL_NODES = 1 << 16 };
static inline bool cancel_asked(const atomic_int *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed) != 0;
}
static inline bool cancel_now(const atomic_int *cancel, uint32_t node)
{
    return node % CANCEL_NODES == 0 && cancel_asked(cancel);
}

/* Loops are dropped; of parallel arcs the cheapest stays. All nodes are stale. This and core_next
 * give STATUS_INTERRUPTED when cancelled. */
MUST_CHECK status core_new(core *out, const road_arcs *to, const atomic_int *cancel, error *err);
/* The core without its chosen nodes and with the shortcuts of `lists`, which may come in any order.
 * `out` is a new core; neighbours of chosen nodes are stale in it. */
MUST_CHECK status core_next(core *out, const core *c, const shortcut_list *lists, int list_count,
                            int threads, const atomic_int *cancel, error *err);
/* Takes the arcs of `lists` away. */
void core_drop(core *c, const shortcut_list *lists, int list_count);
void core_clear(core *c); /* takes a zeroed one */

#endif
