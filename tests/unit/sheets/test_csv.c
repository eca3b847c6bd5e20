/* Tables as text: every table twice, described so that a machine can check them. */
#include "bench.h"

#include <jansson.h>

#include "reports/csv/csv.h"

static char *slurp(const char *folder, const char *file)
{
    error err;
    char path[400];
    file_view view;
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    OK(file_map(path, &view, &err));
    char *text = memory_new(view.size + 1, 1);
    memcpy(text, view.at, view.size);
    file_unmap(&view);
    return text;
}

static void the_package_describes_every_table(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    const results *r = fake_results_view(f);
    OK(bench_write(*state, &csv_writer, r, "package", folder, &err));
    char *text = slurp(folder, "tables/datapackage.json");
    json_t *package = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(package);
    const json_t *resources = json_object_get(package, "resources");
    assert_int_equal(json_array_size(resources),
                     r->table_count + 1); /* and the places of the gaps */
    for (size_t i = 0; i < json_array_size(resources); i++) {
        const json_t *one = json_array_get(resources, i);
        char file[300], hash[80];
        (void)snprintf(file, sizeof file, "tables/%s",
                       json_string_value(json_object_get(one, "path")));
        sha256_hex digest = bench_digest(folder, file);
        (void)snprintf(hash, sizeof hash, "sha256:%s", digest.hex);
        assert_string_equal(hash, json_string_value(json_object_get(one, "hash")));
        char *csv = slurp(folder, file);
        assert_int_equal(strlen(csv), json_integer_value(json_object_get(one, "bytes")));
        memory_free(csv);
    }
    assert_true(json_array_size(json_object_get(package, "sources")) == 2);
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(package, "licenses"), 0), "name")),
                        "etalab-2.0");
    json_decref(package);
    memory_free(text);
    fake_results_free(f);
}

static void fields_have_names_units_and_titles(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &csv_writer, fake_results_view(f), "fields", folder, &err));
    char *text = slurp(folder, "tables/datapackage.json");
    json_t *package = json_loads(text, 0, NULL);
    const json_t *fields = json_object_get(
        json_object_get(json_array_get(json_object_get(package, "resources"), 0), "schema"),
        "fields");
    const table *places = results_find(fake_results_view(f), "places")->rows;
    assert_int_equal(json_array_size(fields), places->column_count);
    for (size_t i = 0; i < places->column_count; i++) {
        const json_t *field = json_array_get(fields, i);
        assert_string_equal(json_string_value(json_object_get(field, "name")),
                            places->columns[i].name);
        assert_string_equal(json_string_value(json_object_get(field, "title")),
                            places->columns[i].title_fr);
        if (*places->columns[i].unit)
            assert_string_equal(json_string_value(json_object_get(field, "unit")),
                                places->columns[i].unit);
    }
    json_decref(package);
    memory_free(text);
    fake_results_free(f);
}

static void the_places_of_each_gap_are_listed(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    const results *r = fake_results_view(f);
    const result_table *gaps = results_find(r, "gaps");
    OK(bench_write(*state, &csv_writer, r, "sets", folder, &err));
    char *text = slurp(folder, "tables/gaps_places.csv");
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    assert_int_equal(lines, 1 + gaps->set_start[gaps->rows->rows]);
    assert_int_equal(strncmp(text, "set,code\nc1,77001\n", 18), 0);
    memory_free(text);
    fake_results_free(f);
}

static void formulas_are_defused_for_spreadsheets_only(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &csv_writer, fake_results_view(f), "defused", folder, &err));
    char *machine = slurp(folder, "tables/venues.csv"), *people = slurp(folder, "excel/venues.csv");
    assert_non_null(strstr(machine, ",=1+cmd"));
    assert_non_null(strstr(people, ";'=1+cmd"));
    assert_null(strstr(people, ";=1+cmd"));
    memory_free(machine);
    memory_free(people);
    fake_results_free(f);
}

static void two_runs_give_the_same_bytes(void **state)
{
    error err;
    char first[256], second[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_EN});
    OK(bench_write(*state, &csv_writer, fake_results_view(f), "one", first, &err));
    OK(bench_write(*state, &csv_writer, fake_results_view(f), "two", second, &err));
    sha256_hex a = bench_digest(first, "tables/datapackage.json"),
               b = bench_digest(second, "tables/datapackage.json");
    assert_string_equal(a.hex, b.hex);
    a = bench_digest(first, "excel/places.csv");
    b = bench_digest(second, "excel/places.csv");
    assert_string_equal(a.hex, b.hex);
    fake_results_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_package_describes_every_table),
        cmocka_unit_test(fields_have_names_units_and_titles),
        cmocka_unit_test(the_places_of_each_gap_are_listed),
        cmocka_unit_test(formulas_are_defused_for_spreadsheets_only),
        cmocka_unit_test(two_runs_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
