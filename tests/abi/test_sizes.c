/* What crosses the border must not move within a major: sizes, and the places of fields, are
 * frozen. Members of 1.1: test_old.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <bassin/plugin.h>

static void sizes_of_abi_1_2_are_frozen(void **state)
{
    (void)state;
    assert_int_equal(sizeof(bassin_error), 512);
    assert_int_equal(sizeof(bassin_list), 16);
    assert_int_equal(sizeof(bassin_param), 120);
    assert_int_equal(sizeof(bassin_input), 32);
    assert_int_equal(sizeof(bassin_map), 72);
    assert_int_equal(sizeof(bassin_output), 120);
    assert_int_equal(sizeof(bassin_table), 56);
    assert_int_equal(sizeof(bassin_words), 24);
    assert_int_equal(sizeof(bassin_column), 56);
    assert_int_equal(sizeof(bassin_slot), 32);
    assert_int_equal(sizeof(bassin_columns), 16);
    assert_int_equal(sizeof(bassin_slots), 16);
    assert_int_equal(sizeof(bassin_value), 24);
    assert_int_equal(sizeof(bassin_costs), 136);
    assert_int_equal(sizeof(bassin_flows), 136);
    assert_int_equal(sizeof(bassin_neighbours), 16);
    assert_int_equal(sizeof(bassin_level), 40);
    assert_int_equal(sizeof(bassin_groups), 24);
    assert_int_equal(sizeof(bassin_job), 216);
    assert_int_equal(sizeof(bassin_block), 24);
    assert_int_equal(sizeof(bassin_total), 72);
    assert_int_equal(sizeof(bassin_host), 112);
    assert_int_equal(sizeof(bassin_stage), 40);
    assert_int_equal(sizeof(bassin_plugin), 168);
    assert_int_equal(sizeof(bassin_reach), 16);
}

static void the_first_fields_tell_the_abi(void **state)
{
    (void)state;
    assert_int_equal(offsetof(bassin_plugin, size), 0);
    assert_int_equal(offsetof(bassin_plugin, abi_major), 4);
    assert_int_equal(offsetof(bassin_plugin, abi_minor), 6);
    assert_int_equal(offsetof(bassin_plugin, id), 8);
    assert_int_equal(offsetof(bassin_plugin, params), 64);
    assert_int_equal(offsetof(bassin_plugin, stages), 128);
    assert_int_equal(offsetof(bassin_job, host), 8);
    assert_int_equal(offsetof(bassin_job, context), 200);
    assert_int_equal(offsetof(bassin_host, partial), 8);
    assert_int_equal(offsetof(bassin_host, service), 104);
}

/* Where the structs of 1.1 ended, so that no padding of theirs is read as a member. */
static void what_is_new_lies_behind_what_was(void **state)
{
    (void)state;
    assert_int_equal(BASSIN_ABI_MINOR, 2);
    assert_int_equal(offsetof(bassin_param, basis_en), 112);
    assert_int_equal(offsetof(bassin_map, labels_fr), 56);
    assert_int_equal(offsetof(bassin_map, labels_en), 64);
    assert_int_equal(offsetof(bassin_output, sheet_en), 112);
    assert_int_equal(offsetof(bassin_table, sheet_en), 48);
    assert_int_equal(offsetof(bassin_costs, mode_title_fr), 120);
    assert_int_equal(offsetof(bassin_costs, mode_title_en), 128);
}

/* Nearest rank: a value of the sample, never between two. */
static void quantiles_are_values_of_the_sample(void **state)
{
    static const double five[] = {15, 20, 35, 40, 50};
    static const struct {
        double q, value;
    } cases[] = {{0.0, 15}, {0.05, 15}, {0.2, 15}, {0.3, 20}, {0.4, 20}, {0.41, 35},
                 {0.5, 35}, {0.8, 40},  {1.0, 50}, {2.0, 50}, {-1.0, 15}};
    double thousand[1000];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(bassin_quantile(five, 5, cases[i].q) == cases[i].value);
    for (size_t i = 0; i < 1000; i++)
        thousand[i] = (double)(i + 1);
    assert_true(bassin_quantile(thousand, 1000, 0.05) == 50.0);
    assert_true(bassin_quantile(thousand, 1000, 0.5) == 500.0);
    assert_true(bassin_quantile(thousand, 1000, 0.95) == 950.0);
    assert_true(bassin_quantile(five, 1, 0.5) == 15.0);
    assert_true(isnan(bassin_quantile(five, 0, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_abi_1_2_are_frozen),
        cmocka_unit_test(the_first_fields_tell_the_abi),
        cmocka_unit_test(what_is_new_lies_behind_what_was),
        cmocka_unit_test(quantiles_are_values_of_the_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
