/* A fault shows the line it is about, and a caret under the place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/scenario/excerpt.h"

static void check(const char *text, uint64_t line, uint64_t column, const char *wanted)
{
    char shown[640];
    bool made = excerpt_make(text_slice_of(text, strlen(text)), line, column, shown, sizeof shown);
    assert_int_equal(made, wanted != NULL);
    assert_string_equal(shown, wanted != NULL ? wanted : "");
}

static void caret_stands_under_the_column(void **state)
{
    (void)state;
    check("a: 1\nbb: 2\n", 2, 1, "bb: 2\n^");
    check("a: 1\nbb: 2\n", 2, 5, "bb: 2\n    ^");
    check("a: 1\r\nbb: 2", 1, 4, "a: 1\n   ^");
    check("é: 1\n", 1, 4, "é: 1\n   ^"); /* characters, not bytes */
}

static void no_such_line_gives_nothing(void **state)
{
    (void)state;
    check("a: 1\n", 3, 1, NULL);
    check("a: 1\n", 0, 1, NULL);
    check("", 1, 1, NULL);
}

static void control_characters_are_shown_not_sent(void **state)
{
    char shown[640];
    (void)state;
    assert_true(excerpt_make(text_slice_of("a\x1b[31m: 1", 9), 1, 8, shown, sizeof shown));
    assert_null(strchr(shown, '\x1b'));
}

static void long_lines_are_cut_around_the_column(void **state)
{
    char text[4001], shown[640];
    (void)state;
    memset(text, 'x', 4000);
    text[4000] = '\0';
    text[2000] = 'Y';
    assert_true(excerpt_make(text_slice_of(text, 4000), 1, 2001, shown, sizeof shown));
    const char *caret = strchr(shown, '\n');
    assert_non_null(caret);
    assert_true(strlen(shown) < 300);
    size_t place = strlen(caret + 1) - 1;
    /* the ellipsis is one character of three bytes */
    assert_int_equal(shown[place + 2], 'Y');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caret_stands_under_the_column),
        cmocka_unit_test(no_such_line_gives_nothing),
        cmocka_unit_test(control_characters_are_shown_not_sent),
        cmocka_unit_test(long_lines_are_cut_around_the_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
