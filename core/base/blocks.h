/* base/blocks.h: parallel work over blocks, and sums that do not depend on the thread count. */
#ifndef BASE_BLOCKS_H
#define BASE_BLOCKS_H

#include <stdatomic.h>

#include "base/error.h"

enum { BLOCK_ROWS = 256, BLOCK_VENUES = 16 };

typedef struct block {
    size_t index, begin, end;
} block; /* rows [begin, end) */
static inline size_t blocks_count(size_t rows, size_t per_block)
{
    return rows / per_block + (rows % per_block != 0);
}
/* The threads that blocks_run takes when asked for `threads`: as many as the machine gives when
 * below 1. */
int blocks_threads(int threads);
/* [any thread] */
typedef status (*block_function)(void *context, block b, error *err);
/* Runs every block on up to `threads` OpenMP threads. The error returned is that of the lowest
 * failed block. `cancel` (may be NULL) non-zero stops before the next block: STATUS_INTERRUPTED. */
MUST_CHECK status blocks_run(size_t rows, size_t per_block, int threads, const atomic_int *cancel,
                             block_function run, void *context, error *err);
/* Pairwise over the parts in order: the same bits for any cut into the same parts. */
double pairwise_sum(const double *parts, size_t count);
/* Plain within blocks of BLOCK_ROWS, pairwise over blocks. */
double blocks_sum(const double *values, size_t count);

#endif
