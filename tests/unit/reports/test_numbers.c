/* Figures and signs as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "reports/model/numbers.h"

#define NNBSP "\xe2\x80\xaf"
#define NBSP "\xc2\xa0"

static void assert_number(double value, const char *unit_code, int decimals, bool estimate,
                          const char *expected)
{
    char text[64];
    (void)number_for_people(value, unit_code, decimals, estimate, LANGUAGE_FR, text, sizeof text);
    assert_string_equal(text, expected);
}

static void decimals_follow_the_unit(void **state)
{
    (void)state;
    assert_number(17.6, "min", 1, false, "18");
    assert_number(3.25, "km", 3, false, "3,3");
    assert_number(143.7, "km", 3, false, "144");
    assert_number(88.125, "%", 3, false, "88,1");
    assert_number(1234567, "{person}", 0, false, "1" NNBSP "234" NNBSP "567");
    assert_number(0.5, "{index}", 3, false, "0,50");
    assert_number(4, "1", -1, false, "4");
}

static void only_estimates_are_rounded(void **state)
{
    (void)state;
    assert_number(1234, "{person}", 0, false, "1" NNBSP "234");
    assert_number(1234, "{person}", 0, true, "1" NNBSP "230");
    assert_number(18432, "km/a", 1, true, "18" NNBSP "000");
    assert_number(-18432, "km/a", 1, true,
                  "\xe2\x88\x92"
                  "18" NNBSP "000");
    assert_number(18432, "km/a", 1, false, "18" NNBSP "432");
    assert_number(0, "km/a", 1, true, "0");
}

static void a_unit_stays_with_its_figure(void **state)
{
    (void)state;
    char text[64];
    (void)quantity_for_people(12.2, "min", 1, false, LANGUAGE_FR, text, sizeof text);
    assert_string_equal(text, "12" NBSP "min");
    (void)quantity_for_people(45, "%", 0, false, LANGUAGE_EN, text, sizeof text);
    assert_string_equal(text, "45%");
    (void)quantity_for_people(45, "{person}", 0, false, LANGUAGE_FR, text, sizeof text);
    assert_string_equal(text, "45");
}

static void no_cell_is_ever_blank(void **state)
{
    (void)state;
    static const char *const signs[] = {"…", "inaccessible", "hors limite", "///", "s", "n.s."};
    for (int s = VALUE_MISSING; s <= VALUE_NOT_SIGNIFICANT; s++) {
        assert_string_equal(state_sign((value_state)s, LANGUAGE_FR), signs[s - 1]);
        assert_true(state_title((value_state)s, LANGUAGE_FR)[0] &&
                    state_title((value_state)s, LANGUAGE_EN)[0]);
    }
}

static void a_value_prints_its_state(void **state)
{
    (void)state;
    const double minutes[] = {12.4, 0, 0};
    const uint8_t states[] = {VALUE_PRESENT, VALUE_BEYOND_LIMIT, VALUE_NOT_APPLICABLE};
    const column c = {.name = "m",
                      .unit = "min",
                      .type = COLUMN_F64,
                      .decimals = 1,
                      .at = {.f64 = minutes},
                      .state = states};
    static const char *const expected[] = {"12" NBSP "min", "beyond limit", "///"};
    for (size_t row = 0; row < 3; row++) {
        char text[64];
        (void)value_for_people(&c, row, false, true, LANGUAGE_EN, text, sizeof text);
        assert_string_equal(text, expected[row]);
    }
}

static void hidden_characters_are_dropped(void **state)
{
    (void)state;
    char text[64];
    (void)text_clean("a\xe2\x80\xae"
                     "b\x01\xe2\x80\x8b"
                     "c\td\xc2\xad\xc3\xa9",
                     text, sizeof text);
    assert_string_equal(text, "abc d\xc3\xa9");
    (void)text_clean("bon\xff"
                     "mauvais",
                     text, sizeof text);
    assert_string_equal(text, "bon");
}

static void a_cut_text_stays_whole_characters(void **state)
{
    (void)state;
    char text[5];
    assert_int_equal(text_clean("ab\xc3\xa9\xc3\xa9\xc3\xa9", text, sizeof text), 8);
    assert_string_equal(text, "ab\xc3\xa9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_follow_the_unit),
        cmocka_unit_test(only_estimates_are_rounded),
        cmocka_unit_test(a_unit_stays_with_its_figure),
        cmocka_unit_test(no_cell_is_ever_blank),
        cmocka_unit_test(a_value_prints_its_state),
        cmocka_unit_test(hidden_characters_are_dropped),
        cmocka_unit_test(a_cut_text_stays_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
