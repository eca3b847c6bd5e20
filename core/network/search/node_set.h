/* network/search/node_set.h: the different nodes of a list, and where each entry stands among them.
 * Private to this room. */
#ifndef NETWORK_NODE_SET_H
#define NETWORK_NODE_SET_H

#include "base/memory.h"

#define NODE_SET_NONE UINT32_MAX

/* The list's nodes once each, ascending: along the curve that numbers a network. */
typedef struct node_set {
    size_t count, entries;
    uint32_t *node;  /* count */
    uint32_t *rank;  /* of each entry, its node's place in `node`; NODE_SET_NONE: no node */
    size_t *start;   /* count + 1: where the entries of each node begin in `entry` */
    uint32_t *entry; /* the entries by node, ascending within each; those without a node last */
    uint32_t node_limit;
    uint64_t *bit;    /* of each node of the network: whether it is one of them */
    uint32_t *before; /* how many are, before each word of bits */
} node_set;

/* Entries of `nodes` are below node_count; any other stands for no node. Fewer than 2^32 - 1. */
MUST_CHECK status node_set_make(node_set *out, const uint32_t *nodes, size_t entries,
                                uint32_t node_count, error *err);
void node_set_clear(node_set *s);
/* The rank of a node of the network; NODE_SET_NONE: not one of them. */
static inline uint32_t node_set_rank(const node_set *s, uint32_t node)
{
    uint64_t word = s->bit[node / 64], bit = UINT64_C(1) << node % 64;
    if (!(word & bit))
        return NODE_SET_NONE;
    return s->before[node / 64] + (uint32_t)__builtin_popcountll(word & (bit - 1));
}
/* What a set takes. */
uint64_t node_set_memory(size_t entries, uint32_t node_count);

#endif
