/* An indicator that no report knows: yes or no of places, a share of groups, its parameters. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reports/model/model.h"

enum { PLACES, TERRITORIES, INDICATORS, PARAMETERS, TABLES };
enum { CODE, NAME, POPULATION, TWO, COUNT, COLUMNS };

static const double half[] = {0.5};
static const result_map served = {.kind = MAP_CHOROPLETH,
                                  .palette = PALETTE_VIRIDIS,
                                  .sheet = "served",
                                  .title_fr = "Desserte",
                                  .title_en = "Service",
                                  .breaks = half,
                                  .break_count = 1,
                                  .labels_fr = "non desservi|desservi",
                                  .labels_en = "not served|served"};

typedef struct bench {
    result_table tables[TABLES];
    result_column of_places[COLUMNS], of_groups[COLUMNS];
    double nowhere[3];
    results is;
    report_model *model;
    arena *memory;
} bench;

static table *texts(const char *name, const char *const *titles, size_t columns,
                    const char *const *cells, size_t rows)
{
    error err;
    table_builder *b = NULL;
    table *out = NULL;
    size_t at = 0;
    assert_int_equal(table_builder_new(&b, name, &err), STATUS_OK);
    for (size_t c = 0; c < columns; c++) {
        const column_spec spec = {titles[c], titles[c], titles[c], "", COLUMN_TEXT, -1};
        assert_int_equal(table_builder_column(b, &spec, &at, &err), STATUS_OK);
    }
    assert_int_equal(table_builder_rows(b, rows, &at, &err), STATUS_OK);
    for (size_t i = 0; i < rows * columns; i++)
        assert_int_equal(table_builder_text(b, i % columns, i / columns,
                                            text_slice_of(cells[i], strlen(cells[i])), &err),
                         STATUS_OK);
    assert_int_equal(table_build(b, &out, &err), STATUS_OK);
    table_builder_free(b);
    return out;
}

typedef struct valued {
    const char *code, *name;
    double population, two;
} valued;

static table *values(const char *table_name, const valued *rows, size_t count)
{
    static const column_spec specs[COLUMNS] = {
        [CODE] = {"code", "Code", "Code", "", COLUMN_TEXT, -1},
        [NAME] = {"name", "Nom", "Name", "", COLUMN_TEXT, -1},
        [POPULATION] = {"population", "Population", "Population", "{person}", COLUMN_F64, 0},
        [TWO] = {"x_two", "Desserte", "Service", "1", COLUMN_F64, 3},
        [COUNT] = {"x_count", "Nombre", "Count", "1", COLUMN_U32, -1}};
    error err;
    table_builder *b = NULL;
    table *out = NULL;
    size_t at = 0;
    assert_int_equal(table_builder_new(&b, table_name, &err), STATUS_OK);
    for (size_t c = 0; c < COLUMNS; c++)
        assert_int_equal(table_builder_column(b, &specs[c], &at, &err), STATUS_OK);
    assert_int_equal(table_builder_rows(b, count, &at, &err), STATUS_OK);
    for (size_t r = 0; r < count; r++) {
        const char *const cells[] = {rows[r].code, rows[r].name};
        for (size_t c = 0; c < 2; c++)
            assert_int_equal(
                table_builder_text(b, c, r, text_slice_of(cells[c], strlen(cells[c])), &err),
                STATUS_OK);
        table_builder_f64(b, POPULATION, r, rows[r].population);
        table_builder_f64(b, TWO, r, rows[r].two);
        table_builder_u32(b, COUNT, r, r % 2);
    }
    assert_int_equal(table_build(b, &out, &err), STATUS_OK);
    table_builder_free(b);
    return out;
}

static table *parameters(void)
{
    static const char *const titles[] = {"plugin", "parameter", "title", "value", "unit", "basis"};
    static const char *const cells[8][6] = {
        {"fr.lab.x", "limit", "Temps limite", "20", "min", "assumed"},
        {"fr.lab.x", "p2", "P2", "1", "1", ""},
        {"fr.lab.x", "p3", "P3", "10;20", "min", ""},
        {"fr.lab.x", "p4", "P4", "1", "1", ""},
        {"fr.lab.x", "p5", "P5", "1", "1", ""},
        {"fr.lab.x", "p6", "P6", "1", "1", ""},
        {"fr.lab.x", "p7", "P7", "1", "1", ""},
        {"supply", "limit", "Temps limite", "5", "min", ""},
    };
    return texts("parameters", titles, 6, cells[0], 8);
}

static bench make(language lang)
{
    static const valued places[] = {{"01001", "Aix", 900, 1},
                                    {"01002", "Bé", 100, 0},
                                    {"01003", "Cô", 50, 1}},
                        groups[] = {{"1", "Nord", 950, 1}, {"2", "Sud", 100, 1}};
    static const char *const titles[] = {"indicator", "title", "origin"},
                             *const cells[] = {"fr.lab.x", "Desserte", "program",
                                               "supply",   "Offre",    "built_in"};
    error err;
    bench b = {.nowhere = {NAN, NAN, NAN}};
    b.tables[PLACES] = (result_table){.name = "places", .rows = values("places", places, 3)};
    b.tables[TERRITORIES] =
        (result_table){.name = "territories", .rows = values("territories", groups, 2)};
    b.tables[INDICATORS] =
        (result_table){.name = "indicators", .rows = texts("indicators", titles, 3, cells, 2)};
    b.tables[PARAMETERS] = (result_table){.name = "parameters", .rows = parameters()};
    b.is = (results){.title = "", .territory_title = "", .language = lang, .epsg = 2154};
    assert_int_equal(arena_new(&b.memory, &err), STATUS_OK);
    return b;
}

/* Once `b` has its last address. */
static void build(bench *b, const char *reading)
{
    error err;
    for (size_t c = 0; c < COLUMNS; c++) {
        const char *const plugin = c >= TWO ? "fr.lab.x" : "";
        b->of_places[c] = (result_column){.plugin = plugin, .output = "two", .mode = ""};
        b->of_groups[c] = b->of_places[c];
    }
    b->of_places[TWO].map = &served;
    b->of_places[TWO].reading_fr = b->of_places[TWO].reading_en = reading;
    b->tables[PLACES].columns = b->of_places;
    b->tables[TERRITORIES].columns = b->of_groups;
    b->is.tables = b->tables;
    b->is.table_count = TABLES;
    b->is.place_x_m = b->is.place_y_m = b->is.place_lon = b->is.place_lat = b->nowhere;
    assert_int_equal(report_model_build(&b->is, &b->model, &err), STATUS_OK);
}

static void clear(bench *b)
{
    report_model_free(b->model);
    for (size_t t = 0; t < TABLES; t++)
        table_free((table *)(uintptr_t)b->tables[t].rows);
    arena_free(b->memory);
}

static four_lines lines_of(bench *b, size_t t, const size_t *row)
{
    error err;
    four_lines out;
    const rows_shown shown = {row, 1};
    assert_int_equal(
        four_lines_of(b->model, &b->tables[t], TWO, row ? &shown : NULL, b->memory, &out, &err),
        STATUS_OK);
    return out;
}

static void a_yes_or_no_is_said_in_the_words_of_its_map(void **state)
{
    (void)state;
    char text[64];
    bench b = make(LANGUAGE_FR);
    build(&b, NULL);
    assert_int_equal(number_sense_of(b.model, &b.tables[PLACES], TWO), SENSE_YES_NO);
    (void)value_in_words(b.model, &b.tables[PLACES], TWO, 0, true, text, sizeof text);
    assert_string_equal(text, "desservi");
    (void)value_in_words(b.model, &b.tables[PLACES], TWO, 1, true, text, sizeof text);
    assert_string_equal(text, "non desservi");
    assert_string_equal(lines_of(&b, PLACES, NULL).reading,
                        "à Aix, «\u00a0Desserte\u00a0»\u00a0: desservi.");
    clear(&b);
}

/* 1 everywhere, and yet a mean. */
static void a_mean_of_yes_or_no_is_a_share(void **state)
{
    (void)state;
    char text[64];
    bench b = make(LANGUAGE_FR);
    build(&b, "à {name}, desserte : {value}.");
    assert_int_equal(number_sense_of(b.model, &b.tables[TERRITORIES], TWO), SENSE_SHARE);
    (void)value_in_words(b.model, &b.tables[TERRITORIES], TWO, 0, true, text, sizeof text);
    assert_string_equal(text, "100,0\u00a0%");
    clear(&b);
}

static void a_count_of_none_or_one_stays_a_count(void **state)
{
    (void)state;
    bench b = make(LANGUAGE_EN);
    build(&b, NULL);
    assert_int_equal(number_sense_of(b.model, &b.tables[PLACES], COUNT), SENSE_NUMBER);
    clear(&b);
}

static void a_row_that_is_shown_is_read_in_the_indicators_own_words(void **state)
{
    (void)state;
    static const size_t second = 1;
    bench b = make(LANGUAGE_EN);
    build(&b, "{name} has it: {value}.");
    assert_string_equal(lines_of(&b, PLACES, NULL).reading, "Aix has it: served.");
    assert_string_equal(lines_of(&b, PLACES, &second).reading, "Bé has it: not served.");
    assert_string_equal(lines_of(&b, TERRITORIES, &second).reading, "Sud has it: 100.0%.");
    assert_true(has_sentence(b.model, &b.tables[TERRITORIES], TWO));
    assert_false(has_sentence(b.model, &b.tables[TERRITORIES], COUNT));
    clear(&b);
}

static void its_parameters_are_told_six_at_most(void **state)
{
    (void)state;
    static const char note[] = "Parameters: Temps limite 20\u00a0min (assumption), P2 1, P3 10; "
                               "20\u00a0min, P4 1, P5 1, P6 1, …";
    bench b = make(LANGUAGE_EN);
    build(&b, NULL);
    assert_non_null(strstr(report_model_sheet(b.model, "served")->lines.note, note));
    assert_string_equal(lines_of(&b, TERRITORIES, NULL).note, note);
    assert_true(is_added_indicator(b.model, "fr.lab.x"));
    assert_false(is_added_indicator(b.model, "supply"));
    clear(&b);
}

static void a_title_that_two_indicators_bear_says_whose_it_is(void **state)
{
    (void)state;
    bench b = make(LANGUAGE_FR);
    build(&b, NULL);
    assert_string_equal(parameter_title_at(b.model, 0, b.memory), "Temps limite (Desserte)");
    assert_string_equal(parameter_title_at(b.model, 7, b.memory), "Temps limite (Offre)");
    assert_string_equal(parameter_title_at(b.model, 1, b.memory), "P2");
    clear(&b);
}

static void a_no_is_pale_on_its_map(void **state)
{
    (void)state;
    uint32_t pair[2];
    bench b = make(LANGUAGE_FR);
    build(&b, NULL);
    const map_panel *const p = &report_model_sheet(b.model, "served")->panels[0];
    palette_pair(PALETTE_VIRIDIS, pair);
    assert_int_equal(p->value_class_count, 2);
    assert_int_equal(p->classes[0].colour, pair[0]);
    assert_int_equal(p->classes[1].colour, pair[1]);
    clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes_or_no_is_said_in_the_words_of_its_map),
        cmocka_unit_test(a_mean_of_yes_or_no_is_a_share),
        cmocka_unit_test(a_count_of_none_or_one_stays_a_count),
        cmocka_unit_test(a_row_that_is_shown_is_read_in_the_indicators_own_words),
        cmocka_unit_test(its_parameters_are_told_six_at_most),
        cmocka_unit_test(a_title_that_two_indicators_bear_says_whose_it_is),
        cmocka_unit_test(a_no_is_pale_on_its_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
