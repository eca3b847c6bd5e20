/* Words for codes and figures for readers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/files.h"
#include "fake_results.h"
#include "reports/html/numbers.h"
#include "reports/html/words.h"

typedef struct bench {
    fake_results *fake;
    page page;
} bench;

static bench bench_new(language lang)
{
    error err;
    bench b = {.fake = fake_results_new(&(fake_options){.lang = lang})};
    report_model *m = NULL;
    assert_int_equal(report_model_build(fake_results_view(b.fake), &m, &err), STATUS_OK);
    b.page = (page){.results = fake_results_view(b.fake), .model = m, .lang = lang};
    assert_int_equal(arena_new(&b.page.memory, &err), STATUS_OK);
    return b;
}

static void bench_free(bench *b)
{
    report_model *const m = (report_model *)(uintptr_t)b->page.model;
    arena_free(b->page.memory);
    report_model_free(m);
    fake_results_free(b->fake);
}

/* datasets/reference/taxonomy.csv is where kinds are named. */
static void kinds_are_named_as_in_the_taxonomy(void **state)
{
    (void)state;
    error err;
    file_view file;
    bench b = bench_new(LANGUAGE_FR);
    assert_int_equal(file_map(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &file, &err),
                     STATUS_OK);
    const char *at = memchr(file.at, '\n', file.size), *const end = file.at + file.size;
    size_t kinds = 0;
    for (; at && at + 1 < end; at = memchr(at + 1, '\n', (size_t)(end - at - 1)), kinds++) {
        char code[64] = "", label[256] = "";
        const char *const fields[3] = {at + 1,
                                       (const char *)memchr(at, ';', (size_t)(end - at)) + 1, NULL};
        const char *const third =
            (const char *)memchr(fields[1], ';', (size_t)(end - fields[1])) + 1;
        memcpy(code, fields[0], (size_t)(fields[1] - 1 - fields[0]));
        memcpy(label, third,
               (size_t)((const char *)memchr(third, ';', (size_t)(end - third)) - third));
        assert_string_equal(word_of_code(&b.page, "kind", code), label);
    }
    assert_true(kinds >= 28);
    file_unmap(&file);
    bench_free(&b);
}

static void values_of_parameters_read_well(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_FR);
    assert_string_equal(value_said(&b.page, "0.5", ""), "0,5");
    assert_string_equal(value_said(&b.page, "30", "min"), "30\u00a0min");
    assert_string_equal(value_said(&b.page, "10;20;30", "min"), "10\u00a0; 20\u00a0; 30\u00a0min");
    assert_string_equal(value_said(&b.page, "a=20;b=20;c=20", "min"), "20\u00a0min");
    assert_string_equal(value_said(&b.page, "a=20;b=45", "min"),
                        "a\u00a0: 20, b\u00a0: 45\u00a0min");
    assert_string_equal(value_said(&b.page, "e2sfca", ""), "e2sfca");
    assert_string_equal(value_said(&b.page, "", ""), "");
    bench_free(&b);
}

static void figures_have_as_few_decimals_as_needed(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_FR);
    assert_string_equal(figure_short(&b.page, 0.02), "0,02");
    assert_string_equal(figure_short(&b.page, 5), "5");
    assert_string_equal(figure_short(&b.page, 0.522), "0,522");
    assert_string_equal(figure_count(&b.page, 12345), "12\u202f345");
    bench_free(&b);
}

static void a_code_without_a_word_stays(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_EN);
    assert_string_equal(word_of_code(&b.page, "status", "open"), "open");
    assert_string_equal(word_of_code(&b.page, "status", "<b>"), "<b>");
    assert_string_equal(word_of_code(&b.page, "net_km_reliability", "insuffisante"),
                        "insufficient");
    bench_free(&b);
}

static void small_rates_keep_two_digits(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_FR);
    assert_string_equal(figure_rate(&b.page, 0), "0,0");
    assert_string_equal(figure_rate(&b.page, 0.0342), "0,034");
    assert_string_equal(figure_rate(&b.page, 0.0996), "0,10");
    assert_string_equal(figure_rate(&b.page, 0.46), "0,46");
    assert_string_equal(figure_rate(&b.page, 0.998), "1,0");
    assert_string_equal(figure_rate(&b.page, 12.34), "12,3");
    bench_free(&b);
}

static void one_commune_is_singular(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_FR);
    assert_string_equal(places_counted(&b.page, 0), "commune");
    assert_string_equal(places_counted(&b.page, 1), "commune");
    assert_string_equal(places_counted(&b.page, 2), "communes");
    assert_string_equal(venues_counted(&b.page, 1), "lieu");
    assert_string_equal(venues_counted(&b.page, 2), "lieux");
    bench_free(&b);
    b = bench_new(LANGUAGE_EN);
    assert_string_equal(places_counted(&b.page, 0), "communes");
    assert_string_equal(places_counted(&b.page, 1), "commune");
    bench_free(&b);
}

static void the_balance_is_told_in_words(void **state)
{
    (void)state;
    bench b = bench_new(LANGUAGE_FR);
    assert_string_equal(word_of_code(&b.page, "outcome", "rejected"), "rejetées");
    assert_string_equal(word_of_code(&b.page, "outcome", "read"), "lues");
    assert_string_equal(word_of_code(&b.page, "role", "roads"), "réseau routier");
    bench_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_named_as_in_the_taxonomy),
        cmocka_unit_test(values_of_parameters_read_well),
        cmocka_unit_test(figures_have_as_few_decimals_as_needed),
        cmocka_unit_test(small_rates_keep_two_digits),
        cmocka_unit_test(one_commune_is_singular),
        cmocka_unit_test(the_balance_is_told_in_words),
        cmocka_unit_test(a_code_without_a_word_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
