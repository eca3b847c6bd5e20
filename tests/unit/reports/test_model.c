/* What every report shows: sheets, classes, counts, the four lines. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "fake_results.h"
#include "reports/model/classes.h"
#include "reports/model/build.h"

typedef struct fixture {
    fake_results *fake;
    report_model *model;
} fixture;

static fixture make(fake_options options)
{
    error err;
    fixture x = {.fake = fake_results_new(&options)};
    assert_int_equal(report_model_build(fake_results_view(x.fake), &x.model, &err), STATUS_OK);
    return x;
}

static void clear(fixture *x)
{
    report_model_free(x->model);
    fake_results_free(x->fake);
}

static void the_expected_sheets_come_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {"01_offre",
                                        "02_temps_acces",
                                        "03_zones_blanches",
                                        "04_nombre_fonctions",
                                        "06_flux_domicile_travail",
                                        "08_km_evites"};
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    assert_int_equal(x.model->sheet_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(x.model->sheets[i].name, names[i]);
    assert_int_equal(report_model_sheet(x.model, "03_zones_blanches")->panel_count, 8);
    assert_true(report_model_sheet(x.model, "03_zones_blanches")->same_classes);
    assert_string_equal(report_model_sheet(x.model, "03_zones_blanches")->panels[7].title,
                        "h. Appropriation du numérique");
    assert_null(report_model_sheet(x.model, "05_rien"));
    clear(&x);
}

/* A map of what no list offers tells of the lists: one class that says so, and no red territory. */
static void a_function_that_no_venue_offers_has_no_classes(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR, .nobody_offers = 'a'});
    const map_sheet *const sheet = report_model_sheet(x.model, "03_zones_blanches");
    const map_panel *const none = &sheet->panels[0], *const some = &sheet->panels[1];
    assert_false(x.model->function_offered[0]);
    assert_false(none->offered);
    assert_int_equal(none->value_class_count, 0);
    assert_int_equal(none->class_count, 1);
    assert_int_equal(none->classes[0].count, none->table->rows->rows);
    assert_string_equal(none->classes[0].label, "aucun lieu des listes n’offre cette fonction");
    assert_true(some->offered && some->value_class_count > 1);
    assert_int_equal(sheet->key_panel, 1);
    assert_null(strstr(sheet->lines.reading, "carte a"));
    clear(&x);
}

/* No venue of the table is drawn: only what residents reach tells, as with venues of the margin. */
static void a_function_reached_from_the_margin_is_offered(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR, .nobody_offers = 'a'});
    report_model m = *x.model;
    uint8_t *const drawn = arena_take(m.memory, m.venues->rows->rows + 1, sizeof *drawn);
    assert_non_null(drawn);
    memset(drawn, 0, m.venues->rows->rows);
    m.venue_drawn = drawn;
    functions_offered(&m);
    for (size_t f = 0; f < 8; f++)
        assert_int_equal(m.function_offered[f], f != 0);
    clear(&x);
}

static void assert_panel_counts(const report_model *m, const map_panel *p)
{
    const table *const t = p->table->rows;
    size_t counts[MAP_CLASSES_CAPACITY] = {0};
    double people = 0, all = 0;
    assert_in_range(p->value_class_count, 1, CLASSES_MAX);
    for (size_t row = 0; row < t->rows; row++) {
        const map_class *const k = &p->classes[p->class_of_row[row]];
        double v = 0;
        assert_in_range(p->class_of_row[row], 0, p->class_count - 1);
        counts[p->class_of_row[row]]++;
        if (value_number(&t->columns[p->column], row, &v))
            assert_true(k->state == VALUE_PRESENT && v >= k->lower && v < k->upper);
        else
            assert_int_equal(k->state, column_state(&t->columns[p->column], row));
    }
    for (size_t k = 0; k < p->class_count; k++) {
        assert_int_equal(counts[k], p->classes[k].count);
        people += p->classes[k].population;
    }
    for (size_t row = 0; p->table == m->places && row < t->rows; row++)
        all += m->population[row];
    assert_true(fabs(people - all) < 1e-6);
}

static void every_row_is_in_the_class_that_its_value_says(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    for (size_t i = 0; i < x.model->sheet_count; i++) {
        for (size_t p = 0; p < x.model->sheets[i].panel_count; p++)
            assert_panel_counts(x.model, &x.model->sheets[i].panels[p]);
    }
    clear(&x);
}

static void classes_read_as_people_say_them(void **state)
{
    (void)state;
    static const char *const minutes[] = {"moins de 10", "10 à 15", "15 à 20",
                                          "20 à 30",     "30 à 45", "45 et plus"},
                             *const functions[] = {"0", "1 à 2", "3 à 4", "5 à 6", "7", "8"},
                             *const supply[] = {"moins de 0,5", "0,5 à 1", "1 à 2", "2 à 5",
                                                "5 et plus"};
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    for (size_t k = 0; k < 6; k++) {
        assert_string_equal(
            report_model_sheet(x.model, "02_temps_acces")->panels[0].classes[k].label, minutes[k]);
        assert_string_equal(
            report_model_sheet(x.model, "04_nombre_fonctions")->panels[0].classes[k].label,
            functions[k]);
    }
    for (size_t k = 0; k < 5; k++)
        assert_string_equal(report_model_sheet(x.model, "01_offre")->panels[0].classes[k].label,
                            supply[k]);
    const map_panel *const gap = &report_model_sheet(x.model, "03_zones_blanches")->panels[0];
    assert_string_equal(gap->classes[0].label, "0\xc2\xa0: dans la norme");
    assert_string_equal(gap->classes[5].label, "1\xc2\xa0: zone blanche");
    clear(&x);
}

/* A column that no report knows, with words of its own for some classes. */
static void a_legend_speaks_the_words_of_the_indicator(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_EN});
    const map_panel *const gap = &report_model_sheet(x.model, "03_zones_blanches")->panels[0];
    assert_string_equal(gap->classes[0].label, "0: within the standard");
    assert_string_equal(gap->classes[1].label, "0.01 to 0.25");
    assert_string_equal(gap->classes[5].label, "1: white zone");
    clear(&x);
}

static void english_results_read_in_english(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_EN});
    const map_sheet *const s = report_model_sheet(x.model, "02_temps_acces");
    assert_string_equal(s->panels[0].classes[0].label, "under 10");
    assert_string_equal(s->panels[0].classes[5].label, "45 and over");
    assert_string_equal(s->title, "Travel time to the nearest open venue");
    assert_non_null(strstr(s->lines.reading, "the inhabitants of "));
    assert_string_equal(line_word_text(LINE_CHAMP, LANGUAGE_EN), "Scope");
    clear(&x);
}

static void a_state_keeps_its_sign_in_the_legend(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    const map_panel *const gap = &report_model_sheet(x.model, "03_zones_blanches")->panels[0];
    assert_int_equal(gap->class_count, gap->value_class_count + 1);
    assert_string_equal(gap->classes[gap->value_class_count].sign, "…");
    assert_string_equal(gap->classes[gap->value_class_count].label, "non disponible");
    assert_int_not_equal(gap->classes[gap->value_class_count].fill, FILL_COLOUR);
    const map_panel *const supply = &report_model_sheet(x.model, "01_offre")->panels[0];
    assert_string_equal(supply->classes[supply->class_count - 1].sign, "///");
    clear(&x);
}

static void the_four_lines_are_there_on_every_sheet(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    for (size_t i = 0; i < x.model->sheet_count; i++) {
        const four_lines *const l = &x.model->sheets[i].lines;
        assert_true(l->reading[0] && l->champ[0] && l->source[0] && l->note[0]);
        assert_null(strstr(l->reading, "{name}"));
        assert_null(strstr(l->reading, "{value}"));
        assert_non_null(strstr(l->source, "calculs bassin"));
        /* French marks never begin a line. */
        assert_null(strstr(l->source, " ;"));
        assert_null(strstr(l->note, " :"));
    }
    clear(&x);
}

static void a_white_zone_is_defined_where_it_is_printed(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    assert_non_null(strstr(report_model_sheet(x.model, "03_zones_blanches")->lines.note,
                           "Zone blanche\xc2\xa0: commune"));
    assert_non_null(
        strstr(report_model_sheet(x.model, "03_zones_blanches")->lines.note, "30\xc2\xa0min"));
    assert_null(strstr(report_model_sheet(x.model, "02_temps_acces")->lines.note, "Zone blanche"));
    clear(&x);
}

static void the_reading_tells_the_most_populated_place_of_the_highest_class(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    const map_sheet *const s = report_model_sheet(x.model, "02_temps_acces");
    const map_panel *const p = &s->panels[0];
    size_t k = p->value_class_count, best = SIZE_MAX;
    while (p->classes[k - 1].count == 0)
        k--;
    for (size_t row = 0; row < p->table->rows->rows; row++) {
        if (p->class_of_row[row] == k - 1 &&
            (best == SIZE_MAX || x.model->population[row] > x.model->population[best]))
            best = row;
    }
    assert_non_null(strstr(s->lines.reading, x.model->place_name[best]));
    clear(&x);
}

static void estimates_are_marked(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR, .estimate = true});
    const map_sheet *const s = report_model_sheet(x.model, "02_temps_acces");
    assert_true(s->estimate && s->panels[0].estimate);
    assert_non_null(strstr(s->subtitle, "estimation (e)"));
    assert_non_null(strstr(s->lines.note, "vol d’oiseau"));
    clear(&x);
    x = make((fake_options){.lang = LANGUAGE_FR});
    assert_null(strstr(report_model_sheet(x.model, "02_temps_acces")->subtitle, "estimation"));
    clear(&x);
}

static void one_flow_a_commune_of_two_hundred_and_more_and_the_largest_come_first(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    assert_in_range(x.model->flow_count, 1, FLOW_LINES_MAX);
    size_t outside = 0;
    for (size_t i = 0; i < x.model->flow_count; i++) {
        outside += x.model->flows[i].work == ROW_NONE;
        if (x.model->flows[i].work == ROW_NONE)
            assert_string_equal(x.model->flows[i].work_name, "Paris");
        else
            assert_string_equal(x.model->flows[i].work_name,
                                x.model->place_name[x.model->flows[i].work]);
        assert_true(x.model->flows[i].workers >= FLOW_SHOWN_FROM);
        assert_int_not_equal(x.model->flows[i].residence, x.model->flows[i].work);
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(x.model->flows[i].residence, x.model->flows[k].residence);
        if (i > 0)
            assert_true(x.model->flows[i].workers <= x.model->flows[i - 1].workers);
    }
    /* A work place outside the perimeter has its line too. */
    assert_int_equal(outside, 1);
    clear(&x);
    x = make((fake_options){.lang = LANGUAGE_FR, .no_flows = true});
    assert_null(report_model_sheet(x.model, "06_flux_domicile_travail"));
    clear(&x);
}

static void texts_hide_nothing(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    assert_string_equal(x.model->place_name[7], "Abbayeevren-sur-Mer");
    assert_string_equal(x.model->place_name[4], fake_nasty_places[0]);
    clear(&x);
}

static void outlines_stay_one_a_place_and_borders_shared(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    assert_int_equal(x.model->outlines->rows, x.model->places->rows->rows);
    for (size_t row = 0; row < x.model->outlines->rows; row++)
        assert_true(polygons_area(x.model->outlines, row) > 0);
    assert_int_equal(x.model->region_count, 1);
    clear(&x);
    x = make((fake_options){.lang = LANGUAGE_FR, .no_outlines = true});
    assert_null(x.model->outlines);
    assert_true(x.model->regions[0].extent.x_max > x.model->regions[0].extent.x_min);
    clear(&x);
}

/* A plugin's sheet name must not leave the folder of maps. */
static void a_sheet_name_is_a_plain_file_name(void **state)
{
    (void)state;
    const fake_options options = {.lang = LANGUAGE_FR};
    fake_results *const fake = fake_results_new(&options);
    results copy = *fake_results_view(fake);
    const result_table *const places = results_find(&copy, "places");
    result_table tables[1] = {*places};
    result_column columns[80];
    result_map map = {0};
    report_model *m = NULL;
    error err;
    memcpy(columns, places->columns, places->rows->column_count * sizeof *columns);
    for (size_t c = 0; c < places->rows->column_count; c++) {
        if (columns[c].map && strcmp(columns[c].map->sheet, "02_temps_acces") == 0) {
            map = *columns[c].map;
            map.sheet = "../../etc/Été\n";
            columns[c].map = &map;
            columns[c].mode = "bike";
        }
    }
    tables[0].columns = columns;
    copy.tables = tables;
    copy.table_count = 1;
    assert_int_equal(report_model_build(&copy, &m, &err), STATUS_OK);
    bool found = false;
    for (size_t i = 0; i < m->sheet_count; i++) {
        assert_int_equal(strspn(m->sheets[i].name, "abcdefghijklmnopqrstuvwxyz0123456789_-"),
                         strlen(m->sheets[i].name));
        found = found || strstr(m->sheets[i].name, "_bike");
        if (strstr(m->sheets[i].name, "_bike"))
            assert_non_null(strstr(m->sheets[i].subtitle, "à vélo"));
    }
    assert_true(found);
    report_model_free(m);
    fake_results_free(fake);
}

static void results_without_tables_make_no_sheet(void **state)
{
    (void)state;
    const results nothing = {.language = LANGUAGE_FR};
    report_model *m = NULL;
    error err;
    assert_int_equal(report_model_build(&nothing, &m, &err), STATUS_OK);
    assert_int_equal(m->sheet_count, 0);
    report_model_free(m);
}

static void lines_of_a_column_serve_other_reports(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    arena *memory = NULL;
    four_lines lines;
    error err;
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    for (size_t t = 0; t < x.model->results->table_count; t++) {
        const result_table *const table_at = &x.model->results->tables[t];
        for (size_t c = 0; c < table_at->rows->column_count; c++)
            assert_int_equal(four_lines_of(x.model, table_at, c, NULL, memory, &lines, &err),
                             STATUS_OK);
    }
    arena_free(memory);
    clear(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_expected_sheets_come_in_order),
        cmocka_unit_test(a_function_that_no_venue_offers_has_no_classes),
        cmocka_unit_test(a_function_reached_from_the_margin_is_offered),
        cmocka_unit_test(every_row_is_in_the_class_that_its_value_says),
        cmocka_unit_test(classes_read_as_people_say_them),
        cmocka_unit_test(a_legend_speaks_the_words_of_the_indicator),
        cmocka_unit_test(english_results_read_in_english),
        cmocka_unit_test(a_state_keeps_its_sign_in_the_legend),
        cmocka_unit_test(the_four_lines_are_there_on_every_sheet),
        cmocka_unit_test(a_white_zone_is_defined_where_it_is_printed),
        cmocka_unit_test(the_reading_tells_the_most_populated_place_of_the_highest_class),
        cmocka_unit_test(estimates_are_marked),
        cmocka_unit_test(one_flow_a_commune_of_two_hundred_and_more_and_the_largest_come_first),
        cmocka_unit_test(texts_hide_nothing),
        cmocka_unit_test(outlines_stay_one_a_place_and_borders_shared),
        cmocka_unit_test(a_sheet_name_is_a_plain_file_name),
        cmocka_unit_test(results_without_tables_make_no_sheet),
        cmocka_unit_test(lines_of_a_column_serve_other_reports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
