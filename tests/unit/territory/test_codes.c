/* Codes of communes are text: what is one, what was one before a spreadsheet, and what lies abroad.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "territory/codes.h"
#include "territory/french_names.h"

static void forms(void **state)
{
    (void)state;
    const char *const communes[] = {"01004", "2A004", "2B033", "75056", "75101", "97411", "98818"};
    const char *const abroad[] = {"99999", "ZZZZZ", "BE25F", "MO001", "LU000", "2C001"};
    const char *const malformed[] = {"", "1", "010041", "0100", "2a004", "01 04", "01-04", "é0001"};
    for (size_t i = 0; i < sizeof communes / sizeof communes[0]; i++) {
        assert_int_equal(commune_code_form(communes[i]), CODE_COMMUNE);
    }
    for (size_t i = 0; i < sizeof abroad / sizeof abroad[0]; i++) {
        assert_int_equal(commune_code_form(abroad[i]), CODE_ABROAD);
    }
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        assert_true(commune_code_form(malformed[i]) != CODE_COMMUNE);
        assert_true(commune_code_form(malformed[i]) != CODE_ABROAD);
    }
    assert_int_equal(commune_code_form("1004"), CODE_ZERO_LOST);
}

static void departements(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"77288", "77"}, {"2A004", "2A"}, {"97411", "974"}, {"98818", "988"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[DEPARTEMENT_CODE_BYTES];
        departement_of_commune(cases[i][0], code);
        assert_string_equal(code, cases[i][1]);
    }
    size_t count = 0;
    const french_departement *all = french_departements(&count);
    assert_int_equal(count, 101);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(french_region_find(all[i].region));
        assert_true(i == 0 || strcmp(all[i - 1].code, all[i].code) < 0);
    }
    (void)french_regions(&count);
    assert_int_equal(count, 18);
}

static void arrondissements(void **state)
{
    (void)state;
    const char *const inside[][2] = {{"75101", "75056"}, {"75120", "75056"}, {"69381", "69123"},
                                     {"69389", "69123"}, {"13201", "13055"}, {"13216", "13055"}};
    const char *const outside[] = {"75100", "75121", "75056", "69380",
                                   "69390", "13200", "13217", "1320"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        assert_string_equal(commune_of_arrondissement(inside[i][0]), inside[i][1]);
    }
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        assert_null(commune_of_arrondissement(outside[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms), cmocka_unit_test(departements),
                                       cmocka_unit_test(arrondissements)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
