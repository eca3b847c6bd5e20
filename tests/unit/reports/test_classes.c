/* Each way to cut classes against the plain definition, on many small random sets. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "reports/model/classes.h"

static uint64_t next(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15u;
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int by_value(const void *a, const void *b)
{
    const double *const x = a, *const y = b;
    return (*x > *y) - (*x < *y);
}

/* Few distinct values, so that ties are common. */
static size_t values_draw(uint64_t *seed, double *values, size_t most, double range)
{
    const size_t count = 1 + (size_t)(next(seed) % most);
    for (size_t i = 0; i < count; i++)
        values[i] = floor((double)(next(seed) % 1000) / 1000 * range) / 2;
    qsort(values, count, sizeof *values, by_value);
    return count;
}

static double spread(const double *sorted, size_t begin, size_t end)
{
    double mean = 0, sum = 0;
    for (size_t i = begin; i < end; i++)
        mean += sorted[i] / (double)(end - begin);
    for (size_t i = begin; i < end; i++)
        sum += (sorted[i] - mean) * (sorted[i] - mean);
    return sum;
}

/* Least spread of values begin.. in exactly `classes` classes, equal values together, by trying
 * all. */
static double least(const double *sorted, size_t begin, size_t count, size_t classes)
{
    if (classes == 1)
        return begin < count ? spread(sorted, begin, count) : INFINITY;
    double best = INFINITY;
    for (size_t cut = begin + 1; cut < count; cut++) {
        if (sorted[cut] > sorted[cut - 1])
            best = fmin(best, spread(sorted, begin, cut) + least(sorted, cut, count, classes - 1));
    }
    return best;
}

static double cost_of(const double *sorted, size_t count, const double *breaks, size_t break_count)
{
    double sum = 0;
    for (size_t begin = 0, k = 0; k <= break_count; k++) {
        size_t end = begin;
        while (end < count && class_of(sorted[end], breaks, break_count) == k)
            end++;
        assert_true(end > begin);
        sum += spread(sorted, begin, end);
        begin = end;
    }
    return sum;
}

static size_t distinct(const double *sorted, size_t count)
{
    size_t n = 1;
    for (size_t i = 1; i < count; i++)
        n += sorted[i] > sorted[i - 1];
    return n;
}

static void jenks_is_never_worse_than_trying_all(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 400; round++) {
        double values[12], breaks[6];
        size_t break_count = 0;
        error err;
        const size_t count = values_draw(&seed, values, 12, 40),
                     classes = 2 + (size_t)(next(&seed) % 4);
        assert_int_equal(classes_jenks(values, count, classes, breaks, &break_count, &err),
                         STATUS_OK);
        const size_t n = distinct(values, count), expected = classes < n ? classes : n;
        assert_int_equal(break_count, expected - 1);
        if (expected > 1)
            assert_true(cost_of(values, count, breaks, break_count) <=
                        least(values, 0, count, expected) + 1e-9);
    }
}

static void jenks_keeps_its_sense_on_many_values(void **state)
{
    (void)state;
    enum { MANY = 9000 };
    double *const values = malloc(MANY * sizeof *values);
    double breaks[6];
    size_t break_count = 0;
    error err;
    uint64_t seed = 7;
    assert_non_null(values);
    for (size_t i = 0; i < MANY; i++)
        values[i] = (double)(i % 3) * 100 + (double)(next(&seed) % 100000) / 10000;
    qsort(values, MANY, sizeof *values, by_value);
    assert_int_equal(classes_jenks(values, MANY, 3, breaks, &break_count, &err), STATUS_OK);
    assert_int_equal(break_count, 2);
    assert_true(breaks[0] > 10 && breaks[0] <= 100.1 && breaks[1] > 110 && breaks[1] <= 200.1);
    free(values);
}

static void quantile_breaks_are_the_nearest_ranks(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 400; round++) {
        double values[40], breaks[6];
        const size_t count = values_draw(&seed, values, 40, 60),
                     classes = 2 + (size_t)(next(&seed) % 5);
        const size_t found = classes_quantile(values, count, classes, breaks);
        size_t at = 0;
        for (size_t k = 1; k < classes; k++) {
            /* The value that k/classes of the values come before. */
            const double wanted = values[(size_t)ceil((double)(k * count) / (double)classes) < count
                                             ? (size_t)ceil((double)(k * count) / (double)classes)
                                             : count - 1];
            if (wanted > values[0] && (at == 0 || wanted > breaks[at - 1]))
                assert_true(breaks[at++] == wanted);
        }
        assert_int_equal(found, at);
    }
}

static void distinct_values_fall_evenly_into_quantiles(void **state)
{
    (void)state;
    double values[60], breaks[6];
    size_t counts[5] = {0};
    for (size_t i = 0; i < 60; i++)
        values[i] = (double)(i * i);
    assert_int_equal(classes_quantile(values, 60, 5, breaks), 4);
    for (size_t i = 0; i < 60; i++)
        counts[class_of(values[i], breaks, 4)]++;
    for (size_t k = 0; k < 5; k++)
        assert_int_equal(counts[k], 12);
}

static void equal_intervals_have_one_width(void **state)
{
    (void)state;
    const double values[] = {0, 1, 2, 10};
    double breaks[6];
    assert_int_equal(classes_equal(values, 4, 5, breaks), 4);
    for (size_t k = 0; k < 4; k++)
        assert_true(fabs(breaks[k] - 2.0 * (double)(k + 1)) < 1e-12);
}

static void one_value_makes_one_class(void **state)
{
    (void)state;
    const double values[] = {3, 3, 3};
    double breaks[6];
    size_t break_count = 9;
    error err;
    assert_int_equal(classes_quantile(values, 3, 5, breaks), 0);
    assert_int_equal(classes_equal(values, 3, 5, breaks), 0);
    assert_int_equal(classes_jenks(values, 3, 5, breaks, &break_count, &err), STATUS_OK);
    assert_int_equal(break_count, 0);
    assert_int_equal(classes_quantile(values, 0, 5, breaks), 0);
}

static void a_class_holds_its_lower_bound(void **state)
{
    (void)state;
    const double breaks[] = {10, 15};
    assert_int_equal(class_of(9.999, breaks, 2), 0);
    assert_int_equal(class_of(10, breaks, 2), 1);
    assert_int_equal(class_of(15, breaks, 2), 2);
}

static void rounded_breaks_are_short_and_keep_the_classes(void **state)
{
    (void)state;
    double values[200], breaks[] = {41.87, 83.2, 120.9};
    size_t count = 3;
    for (size_t i = 0; i < 200; i++)
        values[i] = (double)i * 0.83;
    classes_round(values, 200, breaks, &count);
    assert_int_equal(count, 3);
    assert_true(breaks[0] == 42 || breaks[0] == 40);
    for (size_t k = 1; k < 3; k++)
        assert_true(breaks[k] > breaks[k - 1] && breaks[k] == floor(breaks[k]));
}

/* Far apart values leave room for the roundest number between them. */
static void few_values_still_give_round_breaks(void **state)
{
    (void)state;
    const double values[] = {-2900, 120, 1610, 1655, 2900, 3034, 7800, 8123, 12920, 17000};
    double breaks[] = {1655, 8123};
    size_t count = 2;
    classes_round(values, 10, breaks, &count);
    assert_int_equal(count, 2);
    assert_true(breaks[0] == 1650 && breaks[1] == 8000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jenks_is_never_worse_than_trying_all),
        cmocka_unit_test(jenks_keeps_its_sense_on_many_values),
        cmocka_unit_test(quantile_breaks_are_the_nearest_ranks),
        cmocka_unit_test(distinct_values_fall_evenly_into_quantiles),
        cmocka_unit_test(equal_intervals_have_one_width),
        cmocka_unit_test(one_value_makes_one_class),
        cmocka_unit_test(a_class_holds_its_lower_bound),
        cmocka_unit_test(few_values_still_give_round_breaks),
        cmocka_unit_test(rounded_breaks_are_short_and_keep_the_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
