/* network/search/witness.h: whether a way through a node can be avoided.
 *
 * A shortcut u -> w past a contracted node v may be left out where another path from u to w, a
 * witness, costs no more. Witnesses are looked for by a short search from each u; not finding one
 * costs an arc, never exactness. */
#ifndef NETWORK_WITNESS_H
#define NETWORK_WITNESS_H

#include "network/search/hierarchy_core.h"

/* Scratch of one thread. */
typedef struct witness witness;
MUST_CHECK status witness_new(witness **out, error *err);
void witness_free(witness *w); /* takes NULL */

typedef struct witness_limit {
    uint32_t settled;         /* nodes of one search */
    uint32_t scanned;         /* edges of one search */
    uint8_t barred;           /* marks of nodes that no witness may pass; 0: none but v */
    const atomic_int *cancel; /* may be NULL */
} witness_limit;

/* What contracting a node adds to the core and takes from it. */
typedef struct contraction {
    uint64_t added, added_hops, removed, removed_hops;
} contraction;

/* Counts the shortcuts past `node`, and adds them to `list` unless NULL. STATUS_INTERRUPTED when
 * cancelled. */
MUST_CHECK status witness_contract(witness *w, const core *c, uint32_t node,
                                   const witness_limit *limit, contraction *out,
                                   shortcut_list *list, error *err);

/* Adds to `list` the arcs that leave `node` and cost more than another path to their end: no
 * fastest path takes them. */
MUST_CHECK status witness_detours(witness *w, const core *c, uint32_t node,
                                  const witness_limit *limit, shortcut_list *list, error *err);

#endif
