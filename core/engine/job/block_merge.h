/* engine/job/block_merge.h: partial results of blocks, merged pairwise in the order of the
 * blocks.
 *
 * Blocks finish in any order; two neighbours are merged as soon as both are there. The tree is that
 * of pairwise_sum (base/blocks.h) and depends on the number of blocks alone, so the bytes do too.
 * Few partials are alive at once: about one a thread and one a level of the tree.
 *
 * Aligned ranges of 2^k blocks are subtrees: whoever keeps finished work is told of each as it
 * becomes whole, and may put one back instead of its blocks. Private. */
#ifndef ENGINE_BLOCK_MERGE_H
#define ENGINE_BLOCK_MERGE_H

#include <pthread.h>

#include "base/memory.h"

/* Adds `from` to `into`; `into` holds the earlier blocks. Called under a lock: never two at once.
 */
typedef status (*merge_function)(void *context, void *into, const void *from, error *err);
/* A whole subtree: 2^level blocks from `block` on. */
typedef struct block_node {
    size_t block;
    uint8_t level;
    void *partial;
} block_node;
enum { BLOCK_NODES_MAX = 64 };
/* Blocks [first, first + count) are whole. `nodes`: what they merged to, in order; one, or several
 * in the last range; none without partials. */
typedef struct block_range {
    size_t first, count;
    const block_node *nodes;
    size_t node_count;
} block_range;

typedef struct block_merge_calls {
    merge_function merge;                /* NULL: partials are not merged */
    void *(*partial_new)(void *context); /* NULL: out of memory; zeroed by the caller */
    void (*partial_free)(void *context, void *partial);
    /* NULL: nobody keeps ranges. Called outside the lock, once a range. [any thread] */
    void (*range_whole)(void *context, const block_range *range);
    void *context;
    uint8_t range_level; /* ranges are of 2^range_level blocks */
} block_merge_calls;

typedef struct block_merge {
    size_t bytes, blocks;
    block_merge_calls calls;
    void **node;    /* of the subtree that starts at this block; NULL: not there (yet) */
    uint8_t *level; /* of that subtree: it spans 2^level blocks */
    size_t *left;   /* blocks of each range that did not give yet; NULL: nobody keeps ranges */
    void **spare;   /* partials to use again */
    size_t spare_count, spare_capacity;
    pthread_mutex_t lock;
    bool ready;
} block_merge;

MUST_CHECK status block_merge_init(block_merge *m, size_t bytes, size_t blocks,
                                   const block_merge_calls *calls, error *err);
void block_merge_clear(block_merge *m);
/* A zeroed partial; NULL *out when bytes is 0. [any thread] */
MUST_CHECK status block_merge_take(block_merge *m, void **out, error *err);
/* Hands the partial of a block over. Every block gives once. [any thread] */
MUST_CHECK status block_merge_give(block_merge *m, size_t index, void *partial, error *err);
/* Puts a range back: its blocks do not give. The partials of its nodes are copied. Before the first
 * block gives. */
MUST_CHECK status block_merge_restore(block_merge *m, const block_range *range, error *err);
/* Hands back a partial that counts for nothing; takes NULL. [any thread] */
void block_merge_spare(block_merge *m, void *partial);
/* The merged whole once every block gave; the caller frees it with partial_free. Without any block:
 * a zeroed partial. */
MUST_CHECK status block_merge_total(block_merge *m, void **out, error *err);

#endif
