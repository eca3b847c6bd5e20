/* Partials of blocks give the same bytes whatever the order in which the blocks finish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blocks.h"
#include "engine/job/block_merge.h"

static status add(void *context, void *into, const void *from, error *err)
{
    double *a = into;
    const double *b = from;
    (*(size_t *)context)++;
    *a += *b;
    (void)err;
    return STATUS_OK;
}

/* Room for one double, or for 64 bytes. */
static void *room_new(void *context)
{
    (void)context;
    return memory_new(1, 64);
}

static void room_free(void *context, void *partial)
{
    (void)context;
    memory_free(partial);
}

static block_merge_calls calls_of(size_t *merges)
{
    return (block_merge_calls){
        .merge = add, .partial_new = room_new, .partial_free = room_free, .context = merges};
}

/* Magnitudes far apart: another tree rounds otherwise. */
static double part(size_t i)
{
    return 1.0 / (double)(i + 3) + (i % 7 == 0 ? 1e12 : 0.0);
}

static double merged(const size_t *order, size_t count)
{
    block_merge m;
    error err;
    size_t merges = 0;
    const block_merge_calls calls = calls_of(&merges);
    void *whole = NULL;
    assert_int_equal(block_merge_init(&m, sizeof(double), count, &calls, &err), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        void *p = NULL;
        assert_int_equal(block_merge_take(&m, &p, &err), STATUS_OK);
        assert_true(*(double *)p == 0.0);
        *(double *)p = part(order[i]);
        assert_int_equal(block_merge_give(&m, order[i], p, &err), STATUS_OK);
    }
    assert_int_equal(block_merge_total(&m, &whole, &err), STATUS_OK);
    assert_int_equal(merges, count > 0 ? count - 1 : 0);
    double value = *(double *)whole;
    memory_free(whole);
    block_merge_clear(&m);
    return value;
}

static void the_tree_is_that_of_pairwise_sums(void **state)
{
    double parts[100];
    size_t order[100];
    (void)state;
    for (size_t count = 0; count <= 100; count++) {
        for (size_t i = 0; i < count; i++) {
            parts[i] = part(i);
            order[i] = count - 1 - i; /* last first */
        }
        double wanted = pairwise_sum(parts, count);
        assert_true(merged(order, count) == wanted);
        for (size_t i = 0; i < count; i++)
            order[i] = i;
        assert_true(merged(order, count) == wanted);
        for (size_t i = 0; i < count;
             i++) /* a shuffle: 37 is prime to no count but its multiples */
            order[i] = count % 37 != 0 ? i * 37 % count : i;
        assert_true(merged(order, count) == wanted);
    }
}

/* In order, few partials live: the pool never holds more than a path of the tree and its siblings.
 */
static void memory_is_bounded(void **state)
{
    block_merge m;
    error err;
    size_t merges = 0;
    const block_merge_calls calls = calls_of(&merges);
    void *whole = NULL;
    (void)state;
    assert_int_equal(block_merge_init(&m, 64, 1024, &calls, &err), STATUS_OK);
    for (size_t i = 0; i < 1024; i++) {
        void *p = NULL;
        assert_int_equal(block_merge_take(&m, &p, &err), STATUS_OK);
        assert_int_equal(block_merge_give(&m, i, p, &err), STATUS_OK);
        assert_true(m.spare_count <= 12);
    }
    assert_int_equal(block_merge_total(&m, &whole, &err), STATUS_OK);
    memory_free(whole);
    block_merge_clear(&m);
}

/* --- ranges --- */

enum { KEPT_MAX = 128 };

/* What was told of each range: its nodes, as values. */
typedef struct kept_ranges {
    size_t merges; /* first: add() counts there */
    size_t count;
    block_range range[KEPT_MAX];
    block_node nodes[KEPT_MAX][BLOCK_NODES_MAX];
    double values[KEPT_MAX][BLOCK_NODES_MAX];
} kept_ranges;

static void keep_values(void *context, const block_range *whole)
{
    kept_ranges *kept = context;
    const size_t k = kept->count++;
    kept->range[k] = *whole;
    for (size_t i = 0; i < whole->node_count; i++) {
        kept->values[k][i] = *(const double *)whole->nodes[i].partial;
        kept->nodes[k][i] = whole->nodes[i];
        kept->nodes[k][i].partial = &kept->values[k][i];
    }
    kept->range[k].nodes = kept->nodes[k];
}

static void give(block_merge *m, size_t block_index)
{
    error err;
    void *p = NULL;
    assert_int_equal(block_merge_take(m, &p, &err), STATUS_OK);
    *(double *)p = part(block_index);
    assert_int_equal(block_merge_give(m, block_index, p, &err), STATUS_OK);
}

/* Every block from the last to the first, but those of the ranges that are put back. */
static double merged_from(const kept_ranges *from, uint64_t put_back, size_t blocks, uint8_t level,
                          kept_ranges *kept)
{
    block_merge m;
    error err;
    void *whole = NULL;
    bool there[KEPT_MAX] = {false};
    const block_merge_calls calls = {.merge = add,
                                     .partial_new = room_new,
                                     .partial_free = room_free,
                                     .range_whole = keep_values,
                                     .context = kept,
                                     .range_level = level};
    kept->merges = kept->count = 0;
    assert_int_equal(block_merge_init(&m, sizeof(double), blocks, &calls, &err), STATUS_OK);
    for (size_t i = 0; from != NULL && i < from->count; i++) {
        const block_range *range = &from->range[i];
        if ((put_back >> (i % 64) & 1) == 0)
            continue;
        assert_int_equal(block_merge_restore(&m, range, &err), STATUS_OK);
        for (size_t b = range->first; b < range->first + range->count; b++)
            there[b] = true;
    }
    for (size_t i = blocks; i-- > 0;) {
        if (!there[i])
            give(&m, i);
    }
    assert_int_equal(block_merge_total(&m, &whole, &err), STATUS_OK);
    const double value = *(double *)whole;
    memory_free(whole);
    block_merge_clear(&m);
    return value;
}

static void ranges_put_back_give_the_same_bits(void **state)
{
    static const uint64_t choices[] = {0, 1, 2, 0x5555555555555555, 0xaaaaaaaaaaaaaaaa, UINT64_MAX};
    static kept_ranges all, again;
    double parts[100];
    (void)state;
    for (size_t i = 0; i < 100; i++)
        parts[i] = part(i);
    for (size_t blocks = 1; blocks <= 100; blocks++) {
        const double wanted = pairwise_sum(parts, blocks);
        for (uint8_t level = 0; level < 8; level++) {
            const size_t size = (size_t)1 << level;
            assert_true(merged_from(NULL, 0, blocks, level, &all) == wanted);
            assert_int_equal(all.count, (blocks + size - 1) / size);
            for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
                assert_true(merged_from(&all, choices[i], blocks, level, &again) == wanted);
                assert_true(again.merges <= blocks);
            }
        }
    }
}

/* Without partials a range is told all the same, once, when its last block gave. */
static void ranges_without_partials_are_told(void **state)
{
    static kept_ranges kept;
    block_merge m;
    error err;
    const block_merge_calls calls = {
        .range_whole = keep_values, .context = &kept, .range_level = 2};
    (void)state;
    kept.count = 0;
    assert_int_equal(block_merge_init(&m, 0, 6, &calls, &err), STATUS_OK);
    static const size_t order[] = {5, 0, 2, 3, 1, 4};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(block_merge_give(&m, order[i], NULL, &err), STATUS_OK);
        assert_int_equal(kept.count, i < 4 ? 0 : i - 3);
    }
    assert_int_equal(kept.range[0].first, 0);
    assert_int_equal(kept.range[1].first, 4);
    assert_int_equal(kept.range[1].count, 2);
    block_merge_clear(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_that_of_pairwise_sums),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(ranges_put_back_give_the_same_bits),
        cmocka_unit_test(ranges_without_partials_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
