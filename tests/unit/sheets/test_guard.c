/* What libxlsxwriter would accept and Excel would not. */
#include "bench.h"

#include <math.h>

#include "geo/layer.h"
#include "reports/xlsx/guard.h"

static void becomes(const char *given, const char *wanted)
{
    text_buffer b = {.at = NULL};
    guard_text(&b, given);
    assert_false(b.failed);
    assert_string_equal(b.at, wanted);
    text_buffer_clear(&b);
}

static void texts_are_clean(void **state)
{
    (void)state;
    becomes("", "");
    becomes("Évry\tet\nŒuvres 𝄞", "Évry\tet\nŒuvres 𝄞");
    becomes("a\x01\x1f\x7f"
            "b\r",
            "ab");
    becomes("\xe9vry", "\xef\xbf\xbdvry"); /* Latin-1 */
    becomes("cut \xc3", "cut \xef\xbf\xbd");
    becomes("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* a surrogate */
    becomes("\xef\xbf\xbe!", "!");                                   /* U+FFFE is not in XML */
    becomes("_x0041_ and _x41_", "_x005F_x0041_ and _x41_");
    becomes("=1+1", "=1+1");
}

static void a_text_is_as_long_as_a_cell(void **state)
{
    (void)state;
    enum { LONG = 40000 };
    char *given = memory_new(LONG + 1, 1);
    text_buffer b = {.at = NULL};
    memset(given, 'a', LONG);
    given[GUARD_TEXT_MAX - 1] = '\0';
    guard_text(&b, given);
    assert_int_equal(b.size, GUARD_TEXT_MAX - 1); /* left as it is */
    given[GUARD_TEXT_MAX - 1] = 'a';
    guard_text(&b, given);
    assert_int_equal(b.size, GUARD_TEXT_MAX - 1 + strlen("…"));
    assert_string_equal(b.at + b.size - strlen("…"), "…");
    text_buffer_clear(&b);
    memory_free(given);
}

static void names_of_sheets_are_legal_and_unique(void **state)
{
    (void)state;
    guard_name taken[4];
    taken[0] = guard_sheet_name("Zones blanches", NULL, 0);
    assert_string_equal(taken[0].text, "Zones blanches");
    taken[1] = guard_sheet_name("zones BLANCHES", taken, 1);
    assert_string_equal(taken[1].text, "zones BLANCHES (2)");
    taken[2] = guard_sheet_name("a[b]:c*d?e/f\\g", taken, 2);
    assert_string_equal(taken[2].text, "a b  c d e f g");
    taken[3] = guard_sheet_name("''", taken, 3);
    assert_string_equal(taken[3].text, "Feuille");
    guard_name name = guard_sheet_name("Accessibilité aux équipements et services", taken, 4);
    assert_string_equal(name.text, "Accessibilité aux équipements e");
    name = guard_sheet_name("History", taken, 4);
    assert_string_equal(name.text, "History (2)");
    name = guard_sheet_name("\xe9", taken, 4);
    assert_string_equal(name.text, "\xef\xbf\xbd");
}

static void a_number_that_is_not_finite_is_a_sign(void **state)
{
    const bench *b = *state;
    error err;
    char folder[256], path[300];
    bench_folder(b, "finite", folder);
    (void)snprintf(path, sizeof path, "%s/guard.xlsx", folder);
    const book about = {.path = path,
                        .title = "Essai",
                        .subject = "",
                        .comments = "",
                        .keywords = "",
                        .created_s = 946684800};
    const book_sheet s = {.name = "Essai"};
    guarded_book *g = NULL;
    lxw_worksheet *to = NULL;
    OK(guarded_open(&g, &about, folder, &err));
    OK(guarded_sheet(g, &s, &to, &err));
    const double values[] = {NAN, INFINITY, -INFINITY, 1.5};
    const book_cell title = {.kind = CELL_TEXT, .look = LOOK_TITLE, .text = "Titre"};
    OK(guarded_cell(g, to, 0, 0, &title, &err));
    for (size_t i = 0; i < 4; i++) {
        const book_cell cell = {
            .kind = CELL_NUMBER, .look = LOOK_NUMBER, .format = "0.0", .number = values[i]};
        OK(guarded_cell(g, to, i + 1, 0, &cell, &err));
    }
    assert_int_equal(guarded_cell(g, to, GUARD_ROWS_MAX, 0, &title, &err), STATUS_ENVIRONMENT);
    assert_int_equal(guarded_cell(g, to, 2, 0, &title, &err),
                     STATUS_ENVIRONMENT); /* out of order: lost */
    OK(guarded_close(g, &err));
    faults *found = NULL;
    layer *l = NULL;
    OK(faults_new(&found, &err));
    const layer_options options = {.path = path, .header_row = 1};
    assert_int_equal(layer_read(b->z, &options, &l, found), STATUS_OK);
    assert_string_equal(column_text(&l->cells->columns[0], 0), "…");
    assert_string_equal(column_text(&l->cells->columns[0], 2), "…");
    assert_string_equal(column_text(&l->cells->columns[0], 3), "1.5");
    layer_free(l);
    faults_free(found);
}

static void a_bad_name_is_refused(void **state)
{
    const bench *b = *state;
    error err;
    char folder[256], path[300];
    bench_folder(b, "name", folder);
    (void)snprintf(path, sizeof path, "%s/guard.xlsx", folder);
    const book about = {.path = path,
                        .title = "",
                        .subject = "",
                        .comments = "",
                        .keywords = "",
                        .created_s = 946684800};
    const book_sheet bad = {.name = "a name of more than thirty-one characters"},
                     good = {.name = "x"};
    guarded_book *g = NULL;
    lxw_worksheet *to = NULL;
    OK(guarded_open(&g, &about, folder, &err));
    assert_int_equal(guarded_sheet(g, &bad, &to, &err), STATUS_ENVIRONMENT);
    OK(guarded_sheet(g, &good, &to, &err));
    OK(guarded_close(g, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_clean),
        cmocka_unit_test(a_text_is_as_long_as_a_cell),
        cmocka_unit_test(names_of_sheets_are_legal_and_unique),
        cmocka_unit_test(a_number_that_is_not_finite_is_a_sign),
        cmocka_unit_test(a_bad_name_is_refused),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
