/* Blocks on threads, and sums whose tree depends on the data alone. */
#include "base/blocks.h"

#include <omp.h>

#include "base/messages.h"

/* The lowest failure of a parallel run; the index is also read without the lock, to skip work. */
typedef struct first_failure {
    _Atomic size_t block;
    status status;
    error err;
} first_failure;

static void keep_lowest(first_failure *f, size_t index, status s, const error *err)
{
#pragma omp critical(bassin_blocks_failure)
    {
        if (index < atomic_load(&f->block)) {
            f->status = s;
            f->err = *err;
            atomic_store(&f->block, index);
        }
    }
}

static bool stopped(const atomic_int *cancel)
{
    return cancel != NULL && atomic_load(cancel) != 0;
}

int blocks_threads(int threads)
{
    return threads < 1 ? omp_get_max_threads() : threads;
}

status blocks_run(size_t rows, size_t per_block, int threads, const atomic_int *cancel,
                  block_function run, void *context, error *err)
{
    size_t count = blocks_count(rows, per_block);
    first_failure failure = {.block = SIZE_MAX};
    omp_set_max_active_levels(2); /* a block may run blocks of its own: a report, its maps */
    threads = blocks_threads(threads);
    if ((size_t)threads > count)
        threads = count == 0 ? 1 : (int)count;
        /* A block above the lowest failure cannot change the answer; one below still can. */
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (size_t i = 0; i < count; i++) {
        error own = {.status = STATUS_OK};
        if (stopped(cancel) || i > atomic_load(&failure.block))
            continue;
        size_t begin = i * per_block, left = rows - begin;
        block b = {
            .index = i, .begin = begin, .end = begin + (left < per_block ? left : per_block)};
        status s = run(context, b, &own);
        if (s != STATUS_OK)
            keep_lowest(&failure, i, s, &own);
    }
    if (atomic_load(&failure.block) != SIZE_MAX) {
        if (err != NULL)
            *err = failure.err;
        return failure.status;
    }
    return stopped(cancel) ? error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED) : STATUS_OK;
}

/* The largest power of two below `count` goes left: an aligned range of parts is a subtree, so that
 * a machine which holds one can sum it alone. count > 1. */
static size_t left_share(size_t count)
{
    size_t left = 1;
    while (left < count - left)
        left *= 2;
    return left;
}

double pairwise_sum(const double *parts, size_t count)
{
    if (count == 0)
        return 0.0;
    if (count == 1)
        return parts[0];
    size_t left = left_share(count);
    return pairwise_sum(parts, left) + pairwise_sum(parts + left, count - left);
}

static double plain_sum(const double *values, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

double blocks_sum(const double *values, size_t count)
{
    if (count <= BLOCK_ROWS)
        return plain_sum(values, count);
    size_t left = left_share(blocks_count(count, BLOCK_ROWS)) * BLOCK_ROWS;
    return blocks_sum(values, left) + blocks_sum(values + left, count - left);
}
