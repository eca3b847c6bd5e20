/* Partials of blocks give the same bytes whatever the order in which the blocks finish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blocks.h"
#include "engine/plugin/block_merge.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_that_of_pairwise_sums),
        cmocka_unit_test(memory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
