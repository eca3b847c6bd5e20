/* network/search/sweep.h: costs from a set of nodes to as many venues at once as a row has lanes,
 * by a hierarchy. Private to this room (docs/decisions/028).
 *
 * The part of the hierarchy that the from-nodes see, and the part that the to-nodes see, are made
 * once for a request (closures). For each batch of to-nodes a climb brings the costs from every
 * node above them down to them, in lanes; where it meets the part of the from-nodes, these costs
 * begin a sweep downwards: the cost of a node is the least, over its arcs upwards, of the arc and
 * the cost of the node above. */
#ifndef NETWORK_SWEEP_H
#define NETWORK_SWEEP_H

#include "network/search/closure.h"
#include "network/search/lanes.h"

typedef enum sweep_kind {
    SWEEP_WHOLE,  /* every from-node for each batch */
    SWEEP_CUT,    /* those within a limit */
    SWEEP_CHOSEN, /* those that the caller names for each batch */
} sweep_kind;

/* Immutable once made. */
typedef struct sweep_plan {
    sweep_kind kind;
    const lanes_kernel *kernel;
    const atomic_int *cancel;
    closure from, to;
    uint32_t *meet;       /* of each node of `to`, the node of `from` at the same place */
    uint32_t *row;        /* SWEEP_WHOLE: of each node of `from`; its links lead to rows too */
    uint32_t from_rows;   /* rows that a sweep may take */
    uint32_t *from_rank;  /* SWEEP_CUT: of each node of `from`, the given node; CLOSURE_NONE */
    uint32_t *user_start; /* SWEEP_CUT: the nodes with an arc to each node of `from` */
    uint32_t *user;
} sweep_plan;

MUST_CHECK status sweep_plan_make(sweep_plan *out, const road_hierarchy *h, const node_set *from,
                                  const node_set *to, sweep_kind kind, const lanes_kernel *kernel,
                                  int threads, const atomic_int *cancel, error *err);
void sweep_plan_clear(sweep_plan *p);
/* Bytes of a plan, and of one sweep over it, bounds; the kernel's lanes do not matter. */
typedef struct sweep_sizes {
    uint64_t plan, sweep;
} sweep_sizes;
sweep_sizes sweep_memory(const road_hierarchy *h, const uint32_t *from, size_t from_count,
                         const uint32_t *to, size_t to_count, sweep_kind kind,
                         const atomic_int *cancel);

/* Rows of one batch, used again and again. [one thread at a time] */
typedef struct sweep {
    const sweep_plan *plan;
    void *rows; /* of the nodes of `from`; row 0: no path in any lane */
    /* SWEEP_CUT and SWEEP_CHOSEN: the row of each node of `from`, 0 where it has none. */
    uint32_t *from_row;
    uint32_t *live; /* those that have one, ascending */
    uint32_t live_count;
    struct sweep_climb *climb;
} sweep;
MUST_CHECK status sweep_new(sweep **out, const sweep_plan *plan, error *err);
void sweep_free(sweep *s); /* takes NULL */

/* Lane i holds the costs to to[i], a given node of plan->to (its rank), NODE_SET_NONE: no path.
 * limit: SWEEP_CUT, inclusive. chosen: SWEEP_CHOSEN, ranks of from-nodes, which may repeat. The
 * rows last until the next run. */
MUST_CHECK status sweep_run(sweep *s, const uint32_t *to, size_t to_count, uint32_t limit,
                            const uint32_t *chosen, size_t chosen_count, error *err);
/* The row of a from-node given by its rank. */
static inline uint32_t sweep_row(const sweep *s, uint32_t rank)
{
    uint32_t node = s->plan->from.given[rank];
    return s->plan->kind == SWEEP_WHOLE ? s->plan->row[node] : s->from_row[node];
}

#endif
