/* What crosses the border must not move within a major: sizes, and the places of fields, are
 * frozen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <bassin/plugin.h>

static void sizes_of_abi_1_are_frozen(void **state)
{
    (void)state;
    assert_int_equal(sizeof(bassin_error), 512);
    assert_int_equal(sizeof(bassin_list), 16);
    assert_int_equal(sizeof(bassin_param), 112);
    assert_int_equal(sizeof(bassin_input), 32);
    assert_int_equal(sizeof(bassin_map), 56);
    assert_int_equal(sizeof(bassin_output), 112);
    assert_int_equal(sizeof(bassin_table), 48);
    assert_int_equal(sizeof(bassin_words), 24);
    assert_int_equal(sizeof(bassin_column), 56);
    assert_int_equal(sizeof(bassin_slot), 32);
    assert_int_equal(sizeof(bassin_columns), 16);
    assert_int_equal(sizeof(bassin_slots), 16);
    assert_int_equal(sizeof(bassin_value), 24);
    assert_int_equal(sizeof(bassin_costs), 120);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_abi_1_are_frozen),
        cmocka_unit_test(the_first_fields_tell_the_abi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
