#include "geo/json_scan.h"
#include "shapes.h"

static status scan(const char *text, uint64_t *line, uint64_t *column)
{
    error err;
    faults *list = NULL;
    OK(faults_new(&list, &err));
    /* A copy without its NUL: reading past the end is seen by the sanitizer. */
    size_t size = strlen(text);
    char *bytes = memory_new(size, 1);
    memcpy(bytes, text, size);
    status s = json_scan(bytes, size, "f.json", list);
    assert_int_equal(faults_count(list), s ? 1 : 0);
    if (s && line) {
        *line = faults_at(list, 0)->line;
        *column = faults_at(list, 0)->column;
    }
    memory_free(bytes);
    faults_free(list);
    return s;
}

static void test_json_is_accepted(void **state)
{
    (void)state;
    static const char *const good[] = {"{}",
                                       " [ ] ",
                                       "0",
                                       "-0.5e+3",
                                       "\"NaN\"",
                                       "{\"a\":[1,2.5,{\"b\":null}],\"c\":true}",
                                       "[1e300]",
                                       "\xef\xbb\xbf{}",
                                       "\"\\u00e9\\n\"",
                                       "[\"Infinity\", false]",
                                       "[1e-999]"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(scan(good[i], NULL, NULL), STATUS_OK);
}

static void test_what_is_no_json_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "[",
                                      "{",
                                      "]",
                                      "[1,]",
                                      "[1 2]",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{a:1}",
                                      "{\"a\":1,}",
                                      "[01]",
                                      "[1.]",
                                      "[.5]",
                                      "[+1]",
                                      "[-]",
                                      "[1e]",
                                      "[NaN]",
                                      "[-Infinity]",
                                      "[Infinity]",
                                      "[1e999]",
                                      "[nul]",
                                      "[truee]",
                                      "\"abc",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"a\nb\"",
                                      "[1}",
                                      "{]",
                                      "{} {}",
                                      "[\"\xff\"]",
                                      "[0x10]",
                                      "[,1]",
                                      "{,}",
                                      "\"\\",
                                      "\"\\u1",
                                      "[1]]",
                                      "[1e99999999999]"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (scan(bad[i], NULL, NULL) != STATUS_INPUT)
            fail_msg("accepted: %s", bad[i]);
}

static void test_the_place_of_the_fault_is_told(void **state)
{
    (void)state;
    uint64_t line = 0, column = 0;
    assert_int_equal(scan("{\n \"x\": [1,\n  NaN]}", &line, &column), STATUS_INPUT);
    assert_int_equal(line, 3);
    assert_int_equal(column, 3);
}

static void nested(size_t depth, status wanted)
{
    char text[400];
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[2 * depth] = 0;
    assert_int_equal(scan(text, NULL, NULL), wanted);
}

static void test_nesting_has_a_limit(void **state)
{
    (void)state;
    nested(JSON_MAX_DEPTH, STATUS_OK);
    nested(JSON_MAX_DEPTH + 1, STATUS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_is_accepted),
        cmocka_unit_test(test_what_is_no_json_is_refused),
        cmocka_unit_test(test_the_place_of_the_fault_is_told),
        cmocka_unit_test(test_nesting_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
