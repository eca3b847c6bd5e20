/* The same bits for any number of threads; the lowest failure; numbers that depend on their counter
 * alone. */
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include "base/blocks.h"
#include "base/memory.h"
#include "base/random.h"

typedef struct work {
    const double *values;
    double *parts;
    atomic_size_t rows_seen;
    size_t fail_from; /* blocks from this one on fail */
    atomic_int cancel;
    size_t cancel_at;
} work;

static status sum_block(void *context, block b, error *err)
{
    work *w = context;
    double sum = 0.0;
    for (size_t i = b.begin; i < b.end; i++)
        sum += w->values[i];
    w->parts[b.index] = sum;
    atomic_fetch_add(&w->rows_seen, b.end - b.begin);
    if (b.index == w->cancel_at)
        atomic_store(&w->cancel, 1);
    if (b.index >= w->fail_from)
        return error_set(err, STATUS_PLUGIN, "bloc %zu", "block %zu", b.index);
    return STATUS_OK;
}

static double *random_values(size_t count, uint64_t seed)
{
    double *values = memory_new(count, sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < count; i++)
        values[i] = ldexp((double)(int64_t)next_random(&seed), (int)(next_random(&seed) % 40) - 80);
    return values;
}

static void a_sum_has_the_same_bits_for_any_thread_count(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 255, 256, 257, 1000, 100000, 123457};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t rows = sizes[s], count = blocks_count(rows, BLOCK_ROWS);
        double *values = random_values(rows, s + 1), *parts = memory_new(count, sizeof *parts);
        double direct = blocks_sum(values, rows);
        for (int threads = 1; threads <= 8; threads++) {
            work w = {
                .values = values, .parts = parts, .fail_from = SIZE_MAX, .cancel_at = SIZE_MAX};
            error err;
            assert_int_equal(blocks_run(rows, BLOCK_ROWS, threads, &w.cancel, sum_block, &w, &err),
                             STATUS_OK);
            assert_int_equal(atomic_load(&w.rows_seen), rows);
            double sum = pairwise_sum(parts, count);
            assert_memory_equal(&sum, &direct, sizeof sum);
        }
        memory_free(parts);
        memory_free(values);
    }
}

static void an_aligned_range_of_parts_is_a_subtree(void **state)
{
    (void)state;
    double *parts = random_values(1000, 9), merged[4];
    for (size_t i = 0; i < 4; i++) /* machines that hold 256 parts each, the last one fewer */
        merged[i] = pairwise_sum(parts + 256 * i, i < 3 ? 256 : 1000 - 768);
    double whole = pairwise_sum(parts, 1000), cut = pairwise_sum(merged, 4);
    assert_memory_equal(&whole, &cut, sizeof whole);
    memory_free(parts);
}

static void the_lowest_failed_block_speaks(void **state)
{
    (void)state;
    enum { ROWS = 50000 };
    double *values = random_values(ROWS, 3), *parts = memory_new(ROWS, sizeof *parts);
    for (int turn = 0; turn < 40; turn++) {
        work w = {.values = values, .parts = parts, .fail_from = 17, .cancel_at = SIZE_MAX};
        error err;
        assert_int_equal(blocks_run(ROWS, 100, 1 + turn % 8, NULL, sum_block, &w, &err),
                         STATUS_PLUGIN);
        assert_string_equal(err.en, "block 17");
    }
    memory_free(parts);
    memory_free(values);
}

static void a_cancelled_run_stops_and_says_so(void **state)
{
    (void)state;
    enum { ROWS = 50000 };
    double *values = random_values(ROWS, 3), *parts = memory_new(ROWS, sizeof *parts);
    work w = {.values = values, .parts = parts, .fail_from = SIZE_MAX, .cancel_at = 5};
    error err;
    assert_int_equal(blocks_run(ROWS, 100, 2, &w.cancel, sum_block, &w, &err), STATUS_INTERRUPTED);
    assert_true(atomic_load(&w.rows_seen) < ROWS);
    memory_free(parts);
    memory_free(values);
}

/* Random123's published known answers (kat_vectors, philox4x32 10). */
static void philox_gives_the_published_words(void **state)
{
    (void)state;
    static const uint32_t cases[][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d,
         0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09,
         0x94fdcceb, 0x5001e420, 0x24126ea1},
    };
    for (size_t i = 0; i < 3; i++) {
        const uint32_t *c = cases[i];
        random_key key = {{c[4], c[5]}};
        random_words w = random_philox(key, c[0], c[1], c[2], c[3]);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(w.word[k], c[6 + k]);
    }
}

static void uniforms_stay_inside_and_spread(void **state)
{
    (void)state;
    random_key key = random_key_of(1, "fr.bassin.avoided_km");
    double sum = 0.0, squares = 0.0;
    enum { DRAWS = 100000 };
    for (uint64_t i = 0; i < DRAWS; i++) {
        double u = random_uniform(key, i, 7, 0);
        assert_true(u > 0.0 && u < 1.0);
        sum += u;
        squares += u * u;
    }
    /* 5 standard errors: 1/sqrt(12 n) and sqrt(4/45/n). */
    assert_true(fabs(sum / DRAWS - 0.5) < 5.0 / sqrt(12.0 * DRAWS));
    assert_true(fabs(squares / DRAWS - 1.0 / 3.0) < 5.0 * sqrt(4.0 / 45.0 / DRAWS));
}

static void each_counter_has_its_own_number(void **state)
{
    (void)state;
    random_key key = random_key_of(1, "a");
    double base = random_uniform(key, 1, 2, 3);
    assert_true(base == random_uniform(random_key_of(1, "a"), 1, 2, 3));
    assert_true(base != random_uniform(key, 2, 1, 3));
    assert_true(base != random_uniform(key, 1, 2, 4));
    assert_true(base != random_uniform(key, 1 + (UINT64_C(1) << 32), 2, 3));
    assert_true(base != random_uniform(key, 1, 2 + (UINT64_C(1) << 32), 3));
    assert_true(base != random_uniform(random_key_of(2, "a"), 1, 2, 3));
    assert_true(base != random_uniform(random_key_of(1, "b"), 1, 2, 3));
}

static void normals_have_their_quantiles(void **state)
{
    (void)state;
    random_key key = random_key_of(3, "normal");
    enum { DRAWS = 40000 };
    size_t below[3] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        double z = random_normal(key, i, 0, 0);
        below[0] += z < -1.959963984540054;
        below[1] += z < 0.0;
        below[2] += z < 1.2815515655446004;
        /* Phi(z) is the uniform it came from: erfc is the independent path. */
        double back = 0.5 * erfc(-z / sqrt(2.0));
        assert_true(fabs(back - random_uniform(key, i, 0, 0)) < 1e-14);
    }
    static const double shares[] = {0.025, 0.5, 0.9};
    for (size_t i = 0; i < 3; i++) {
        double spread = sqrt(shares[i] * (1.0 - shares[i]) / DRAWS);
        assert_true(fabs((double)below[i] / DRAWS - shares[i]) < 5.0 * spread);
    }
}

static void triangular_follows_its_formula(void **state)
{
    (void)state;
    assert_true(fabs(random_triangular(0.5, 0.0, 0.5, 1.0) - 0.5) < 1e-15);
    assert_true(fabs(random_triangular(0.125, 0.0, 0.5, 1.0) - 0.25) < 1e-15);
    assert_true(fabs(random_triangular(0.25, 0.0, 0.0, 1.0) - (1.0 - sqrt(0.75))) < 1e-15);
    assert_true(fabs(random_triangular(0.25, 0.0, 1.0, 1.0) - 0.5) < 1e-15);
    assert_true(random_triangular(0.3, 2.0, 2.0, 2.0) == 2.0);
    assert_true(random_triangular(1e-16, 1.0, 1.4, 2.1) >= 1.0);
    assert_true(random_triangular(1.0 - 1e-16, 1.0, 1.4, 2.1) <= 2.1);
}

/* scipy.stats.beta(a, b).ppf, scipy 1.10. */
static void pert_follows_the_beta_distribution(void **state)
{
    (void)state;
    /* u, low, mode, high, expected */
    static const double cases[][5] = {
        {1e-09, 0.0, 0.0, 0.02, 4.0000000016e-12},
        {0.001, 0.0, 0.0, 0.02, 4.001600960672511e-06},
        {0.05, 0.0, 0.0, 0.02, 0.00020412436626022993},
        {0.5, 0.0, 0.0, 0.02, 0.002588988734077517},
        {0.95, 0.0, 0.0, 0.02, 0.009014394566938819},
        {0.999999, 0.0, 0.0, 0.02, 0.018738085311032354},
        {1e-09, 0.0, 0.1, 0.3, 1.5055400996918886e-05},
        {0.001, 0.0, 0.1, 0.3, 0.0056982239454149},
        {0.05, 0.0, 0.1, 0.3, 0.032849717599498326},
        {0.5, 0.0, 0.1, 0.3, 0.11274375210123633},
        {0.95, 0.0, 0.1, 0.3, 0.21398621596396433},
        {0.999999, 0.0, 0.1, 0.3, 0.2958834022689363},
        {1e-09, 0.45, 0.522, 0.6, 0.4500559597407898},
        {0.001, 0.45, 0.522, 0.6, 0.4564970646043983},
        {0.05, 0.45, 0.522, 0.6, 0.476813615362099},
        {0.5, 0.45, 0.522, 0.6, 0.5227638684778544},
        {0.95, 0.45, 0.522, 0.6, 0.5699992650517423},
        {0.999999, 0.45, 0.522, 0.6, 0.5991899027042655},
        {1e-09, 0.2, 0.5, 0.9, 0.20014128525114824},
        {0.001, 0.2, 0.5, 0.9, 0.223421298934152},
        {0.05, 0.2, 0.5, 0.9, 0.3070413401563964},
        {0.5, 0.2, 0.5, 0.9, 0.5127332067642996},
        {0.95, 0.2, 0.5, 0.9, 0.7398325778568189},
        {0.999999, 0.2, 0.5, 0.9, 0.8946011493674921},
        {1e-09, 1.0, 1.0, 1.25, 1.00000000005},
        {0.001, 1.0, 1.0, 1.25, 1.0000500200120084},
        {0.05, 1.0, 1.0, 1.25, 1.0025515545782528},
        {0.5, 1.0, 1.0, 1.25, 1.032362359175969},
        {0.95, 1.0, 1.0, 1.25, 1.1126799320867353},
        {0.999999, 1.0, 1.0, 1.25, 1.2342260663879046},
        {1e-09, 0.0, 1.0, 1.0, 0.01584893192461113},
        {0.001, 0.0, 1.0, 1.0, 0.251188643150958},
        {0.05, 0.0, 1.0, 1.0, 0.5492802716530588},
        {0.5, 0.0, 1.0, 1.0, 0.8705505632961241},
        {0.95, 0.0, 1.0, 1.0, 0.9897937816869885},
        {0.999999, 0.0, 1.0, 1.0, 0.99999979999992},
        {1e-09, 44.0, 46.0, 47.0, 44.006235954975004},
        {0.001, 44.0, 46.0, 47.0, 44.277272529264394},
        {0.05, 44.0, 46.0, 47.0, 44.86013784036036},
        {0.5, 44.0, 46.0, 47.0, 45.87256247898764},
        {0.95, 44.0, 46.0, 47.0, 46.67150282400502},
        {0.999999, 44.0, 46.0, 47.0, 46.99709111765725},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double *c = cases[i];
        double got = random_pert(c[0], c[1], c[2], c[3]);
        if (!(fabs(got - c[4]) <= 1e-12 * (c[3] - c[1])))
            fail_msg("case %zu: %.17g, not %.17g", i, got, c[4]);
    }
    assert_true(random_pert(0.3, 2.0, 2.0, 2.0) == 2.0);
    for (double u = 1e-12; u < 1.0; u += 0.001) {
        double x = random_pert(u, 0.0, 0.1, 0.3);
        assert_true(x >= 0.0 && x <= 0.3 && x <= random_pert(u + 1e-6, 0.0, 0.1, 0.3));
    }
}

static void a_quantile_is_one_of_the_values(void **state)
{
    (void)state;
    double values[100];
    for (size_t i = 0; i < 100; i++)
        values[i] = (double)((i * 37) % 100 + 1);
    assert_true(quantile_nearest_rank(values, 100, 0.05) == 5.0);
    assert_true(quantile_nearest_rank(values, 100, 0.07) == 7.0); /* 0.07 * 100 > 7 in binary */
    assert_true(quantile_nearest_rank(values, 100, 0.501) == 51.0);
    assert_true(quantile_nearest_rank(values, 100, 0.0) == 1.0);
    assert_true(quantile_nearest_rank(values, 100, 1.0) == 100.0);
    double odd[] = {(double)NAN, 3.0, -0.0, 0.0, -1.0};
    assert_true(quantile_nearest_rank(odd, 5, 0.8) == 3.0); /* NaN is past every number */
    assert_true(odd[0] == -1.0 && signbit(odd[1]) && !signbit(odd[2]) && isnan(odd[4]));
    double one[] = {4.0};
    assert_true(quantile_nearest_rank(one, 1, 0.5) == 4.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_has_the_same_bits_for_any_thread_count),
        cmocka_unit_test(an_aligned_range_of_parts_is_a_subtree),
        cmocka_unit_test(the_lowest_failed_block_speaks),
        cmocka_unit_test(a_cancelled_run_stops_and_says_so),
        cmocka_unit_test(philox_gives_the_published_words),
        cmocka_unit_test(uniforms_stay_inside_and_spread),
        cmocka_unit_test(each_counter_has_its_own_number),
        cmocka_unit_test(normals_have_their_quantiles),
        cmocka_unit_test(triangular_follows_its_formula),
        cmocka_unit_test(pert_follows_the_beta_distribution),
        cmocka_unit_test(a_quantile_is_one_of_the_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
