/* What results hold: kept rows, aggregates, place sets, facts; and the same bytes for any threads.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "small_run.h"

static const plugin_search search = {.builtin_folder = TEST_PLUGINS "/builtin"};
static const indicator asked[] = {{.plugin = "reach"}, {.plugin = "modes"}};

typedef struct done {
    small_run run;
    plan *p;
    results *r;
    faults *list;
} done;

static void run_in(done *d, const plugin_search *where, language lang, int threads,
                   const indicator *indicators, size_t count, status wanted)
{
    error err = {.status = STATUS_OK};
    static const importer by = {.id = "insee-x",
                                .role = "communes",
                                .title_fr = "Communes",
                                .title_en = "Communes",
                                .producer = "Insee",
                                .licence = "LO"};
    imported in = {.by = &by,
                   .facts = {.rows = 600, .encoding = ENCODING_UTF8, .sha256 = "ab"},
                   .vintage = 2024};
    const imported *inputs[] = {&in};
    const char *const roles[] = {"communes"};
    small_run_open(&d->run);
    small_run_ask(&d->run, indicators, count);
    d->run.scenario.language = lang;
    assert_int_equal(faults_new(&d->list, &err), STATUS_OK);
    assert_int_equal(plan_build(&d->run.data, where, &d->p, d->list), STATUS_OK);
    assert_int_equal(plan_run(d->p, threads, NULL, d->list), wanted);
    status s = results_build(&d->run.data, d->p, inputs, roles, 1, NULL, &d->r, &err);
    if (s != STATUS_OK)
        print_error("%s\n", err.en);
    assert_int_equal(s, STATUS_OK);
    plan_free(d->p); /* results live without the plan and its libraries */
    d->p = NULL;
}

static void run_with(done *d, int threads, const indicator *indicators, size_t count, status wanted)
{
    run_in(d, &search, LANGUAGE_FR, threads, indicators, count, wanted);
}

static void close_done(done *d)
{
    results_free(d->r);
    faults_free(d->list);
    small_run_close(&d->run);
}

static const column *column_of(const results *r, const char *table_name, const char *name)
{
    const result_table *t = results_find(r, table_name);
    assert_non_null(t);
    const column *c = table_find(t->rows, name);
    if (c == NULL)
        fail_msg("no %s.%s", table_name, name);
    return c;
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    char *first = NULL;
    (void)state;
    for (int threads = 1; threads <= 4; threads *= 2) {
        done d;
        run_with(&d, threads, asked, 2, STATUS_OK);
        char *digest = results_digest(d.r);
        if (first == NULL) {
            first = digest;
        } else {
            assert_string_equal(digest, first);
            memory_free(digest);
        }
        close_done(&d);
    }
    memory_free(first);
}

static void tables_hold_kept_rows(void **state)
{
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    assert_int_equal(results_find(d.r, "places")->rows->rows, SMALL_KEPT);
    assert_string_equal(column_text(column_of(d.r, "places", "code"), 499), "77499");
    const column *ids = column_of(d.r, "venues", "id");
    size_t unplaced = 0, kept = 0;
    for (size_t v = 0; v < SMALL_VENUES; v++)
        kept += v == 5 || v * 59 % SMALL_PLACES < SMALL_KEPT;
    for (size_t i = 0; i < results_find(d.r, "venues")->rows->rows; i++)
        unplaced += strcmp(column_text(ids, i), "liste:005") == 0;
    assert_int_equal(results_find(d.r, "venues")->rows->rows, kept);
    assert_int_equal(unplaced, 1); /* a venue that could not be placed still shows */
    const column *workers = column_of(d.r, "flows", "workers");
    assert_true(results_find(d.r, "flows")->rows->rows > 0);
    for (size_t i = 0; i < results_find(d.r, "flows")->rows->rows; i++)
        assert_true(workers->at.f64[i] >= 200.0);
    assert_int_equal(d.r->outlines->rows, SMALL_KEPT);
    assert_int_equal(d.r->borders->row_count, SMALL_KEPT);
    assert_int_equal(d.r->context->rows, SMALL_PLACES - SMALL_KEPT);
    assert_int_equal(d.r->level_count, 2);
    close_done(&d);
}

static void territories_aggregate_kept_places(void **state)
{
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    const column *code = column_of(d.r, "territories", "code");
    const column *mean = column_of(d.r, "territories", "within_5_km");
    const column *sum = column_of(d.r, "territories", "reachable_bike");
    const column *place_mean = column_of(d.r, "places", "within_5_km");
    const column *place_sum = column_of(d.r, "places", "reachable_bike");
    assert_string_equal(column_text(code, 3), "200003"); /* the fourth EPCI: places 75 to 99 */
    double weight = 0.0, weighed = 0.0, total = 0.0;
    for (size_t p = 75; p < 100; p++) {
        double w = d.run.territory.population[p];
        total += place_sum->at.u32[p];
        if (isnan(w))
            continue; /* a place without a known population does not count */
        weight += w;
        weighed += w * place_mean->at.f64[p];
    }
    assert_true(fabs(mean->at.f64[3] - weighed / weight) <= 1e-12);
    assert_true(fabs(sum->at.f64[3] - total) <= 0.0);
    assert_true(column_of(d.r, "territories", "rank")->at.f64[20] == 20.0);
    close_done(&d);
}

static void place_sets_are_dissolved_one_by_one(void **state)
{
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    const result_table *t = results_find(d.r, "clusters");
    assert_int_equal(t->geometry, RESULT_PLACE_SETS);
    assert_int_equal(t->rows->rows, 3);
    assert_int_equal(t->set_start[3], 3 * 64);
    assert_int_equal(t->set_place[64], 40);
    for (size_t row = 0; row < 3; row++) /* 64 squares of 2 km: the sets overlap, each is whole */
        assert_true(fabs(polygons_area(t->set_outlines, row) - 64 * 4e6) <= 1e-3);
    assert_string_equal(column_text(column_of(d.r, "clusters", "label"), 1), "groupe 2");
    close_done(&d);
}

static void columns_know_where_they_come_from(void **state)
{
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    const result_table *t = results_find(d.r, "places");
    const column *c = column_of(d.r, "places", "score_c");
    const result_column *k = &t->columns[c - t->rows->columns];
    assert_string_equal(k->plugin, "reach");
    assert_string_equal(k->output, "score_{function}");
    assert_int_equal(k->member, 2);
    assert_true(k->estimate); /* travel is estimated */
    assert_string_equal(k->map->sheet, "score");
    assert_int_equal(k->map->break_count, 2);
    assert_true(k->map->breaks[1] == 2.5);
    assert_non_null(strstr(k->reading_fr, "{name}"));
    assert_null(strstr(k->reading_fr, "{function}"));
    const result_column *bike =
        &t->columns[column_of(d.r, "places", "reachable_bike") - t->rows->columns];
    assert_string_equal(bike->mode, "bike");
    assert_string_equal(t->columns[0].plugin, "");
    close_done(&d);
}

/* METHODS.md section 4; no list of départements was given here. */
static void estimated_times_are_fragile_and_libraries_are_named(void **state)
{
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    const column *c = column_of(d.r, "places", "travel_reliability");
    for (size_t i = 0; i < SMALL_KEPT; i++)
        assert_string_equal(column_text(c, i), "fragile");
    assert_null(strstr(d.r->note_fr, "insuffisante"));
    assert_null(strstr(d.r->note_fr, "densité inconnue"));
    assert_non_null(strstr(d.r->manifest_json, "\"libraries\""));
    assert_non_null(strstr(d.r->manifest_json, "\"geos\""));
    close_done(&d);
}

static void the_facts_of_the_run_are_tables(void **state)
{
    double value = 0.0;
    done d;
    (void)state;
    run_with(&d, 2, asked, 2, STATUS_OK);
    assert_true(results_total(d.r, "reach", "workers", &value));
    double expected = 0.0;
    const column *workers = table_find(d.run.flows.rows, "workers");
    for (size_t i = 0; i < SMALL_FLOWS; i++)
        expected += workers->at.f64[i];
    assert_true(fabs(value - expected) <= 1e-6);
    assert_false(results_total(d.r, "reach", "nothing", &value));
    assert_true(results_total(d.r, "modes", "limit_bike", &value));
    assert_string_equal(column_text(column_of(d.r, "parameters", "value"), 0), "5;12.5");
    const column *assumed = column_of(d.r, "parameters", "assumed");
    assert_int_equal(assumed->at.u32[3], 1);
    assert_string_equal(column_text(column_of(d.r, "sources", "producer"), 0), "Insee");
    assert_true(results_find(d.r, "dictionary")->rows->rows > 50);
    assert_non_null(strstr(d.r->note_fr, "vol d’oiseau"));
    assert_non_null(strstr(d.r->champ_fr, "Petit pays"));
    assert_non_null(strstr(d.r->source_en, "Insee, Communes 2024"));
    assert_int_equal(strlen(d.r->fingerprint), 12);
    assert_null(strstr(d.r->manifest_json, "/somewhere"));
    assert_non_null(strstr(d.r->manifest_json, "\"run.yaml\""));
    close_done(&d);
}

static void a_failed_plugin_is_told_and_its_columns_are_not_there(void **state)
{
    static const char *const word[] = {"nan"};
    static const indicator_setting setting = {.name = "fault", .values = word, .value_count = 1};
    static const indicator failing[] = {
        {.plugin = "misbehave", .settings = &setting, .setting_count = 1}, {.plugin = "modes"}};
    done d;
    (void)state;
    run_with(&d, 2, failing, 2, STATUS_PLUGIN);
    assert_null(table_find(results_find(d.r, "places")->rows, "misbehaved"));
    assert_non_null(table_find(results_find(d.r, "places")->rows, "reachable"));
    assert_non_null(strstr(d.r->manifest_json, "misbehave"));
    assert_non_null(strstr(d.r->note_en, "could not be computed"));
    assert_int_equal(results_find(d.r, "warnings")->rows->rows, 1);
    close_done(&d);
}

static const char *parameter_basis(const results *r, const char *name)
{
    const column *names = column_of(r, "parameters", "parameter");
    const column *basis = column_of(r, "parameters", "basis");
    for (size_t row = 0; row < results_find(r, "parameters")->rows->rows; row++) {
        if (strcmp(column_text(names, row), name) == 0)
            return column_text(basis, row);
    }
    fail_msg("no parameter %s", name);
    return "";
}

/* What a plugin says in two languages reaches the reports, which choose. */
static void texts_are_in_the_language_of_the_run(void **state)
{
    static const char *const folder = TEST_PLUGINS "/newer", *const value[] = {"3"};
    static const indicator_setting factor = {.name = "factor", .values = value, .value_count = 1};
    static const indicator newer[] = {{.plugin = "fr.test.newer"}},
                           set[] = {{.plugin = "fr.test.newer",
                                     .settings = &factor,
                                     .setting_count = 1}};
    static const plugin_search where = {.folders = &folder, .folder_count = 1};
    done d;
    (void)state;
    run_in(&d, &where, LANGUAGE_FR, 2, newer, 1, STATUS_OK);
    assert_string_equal(parameter_basis(d.r, "factor"), "assumed : un nombre rond");
    assert_int_equal(column_of(d.r, "parameters", "assumed")->at.u32[0], 1);
    close_done(&d);
    run_in(&d, &where, LANGUAGE_EN, 2, set, 1, STATUS_OK);
    assert_string_equal(parameter_basis(d.r, "factor"), "given for this run");
    assert_int_equal(column_of(d.r, "parameters", "assumed")->at.u32[0], 0);
    close_done(&d);
    run_in(&d, &where, LANGUAGE_EN, 2, newer, 1, STATUS_OK);
    assert_string_equal(parameter_basis(d.r, "factor"), "assumed: a round number");
    const result_table *places = results_find(d.r, "places");
    const column *made = column_of(d.r, "places", "newer_value");
    const result_column *hint = &places->columns[made - places->rows->columns];
    assert_string_equal(hint->sheet_fr, "Récent");
    assert_string_equal(hint->sheet_en, "Newer");
    assert_string_equal(hint->map->labels_fr, "peu||beaucoup");
    assert_string_equal(hint->map->labels_en, "little||much");
    assert_string_equal(results_find(d.r, "totals")->sheet_en, "Summary");
    close_done(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_in_the_language_of_the_run),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(tables_hold_kept_rows),
        cmocka_unit_test(territories_aggregate_kept_places),
        cmocka_unit_test(place_sets_are_dissolved_one_by_one),
        cmocka_unit_test(columns_know_where_they_come_from),
        cmocka_unit_test(estimated_times_are_fragile_and_libraries_are_named),
        cmocka_unit_test(the_facts_of_the_run_are_tables),
        cmocka_unit_test(a_failed_plugin_is_told_and_its_columns_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
