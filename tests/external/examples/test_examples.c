/* The run files of examples/, from the published files to their headline figures. */
#include "tests/golden/run/program.h"

#include <math.h>

#include "table/reader.h"

static const char *shared(void)
{
    const char *folder = getenv("BASSIN_SHARED");
    return folder != NULL ? folder : getenv("BASSIN_SHARED_DEFAULT");
}

/* tables/totals.csv of a results folder: the value of one headline figure. */
static double total(const char *results, const char *indicator, const char *name)
{
    static const wanted_column columns[] = {
        {.name = "indicator", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
        {.name = "name", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
        {.name = "value", .type = COLUMN_F64, .decimals = -1, .unit = "1", .required = true},
    };
    char path[256];
    error err;
    faults *list = NULL;
    table *t = NULL;
    double found = NAN;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = in_folder(path, results, "tables/totals.csv"),
                                  .columns = columns,
                                  .column_count = 3};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(column_text(table_find(t, "indicator"), row), indicator) == 0 &&
            strcmp(column_text(table_find(t, "name"), row), name) == 0) {
            found = table_find(t, "value")->at.f64[row];
        }
    }
    table_free(t);
    faults_free(list);
    return found;
}

/* False (and a word) without the shared data. */
static bool run_example(const char *name, char folder[64], char results[256])
{
    static said s;
    char data[256], example[256];
    (void)snprintf(data, sizeof data, "%s/data", shared() != NULL ? shared() : "");
    (void)snprintf(example, sizeof example, "%s/examples/%s", BASSIN_SOURCE_DIR, name);
    if (shared() == NULL || !file_there(data)) {
        print_message("skipped: no shared data\n");
        return false;
    }
    folder_new(folder);
    PROGRAM(&s, "run", example, "--data", data, "-o", in_folder(results, folder, "out"));
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    return true;
}

static void ile_de_france_gives_the_published_totals(void **state)
{
    char folder[64], results[256];
    (void)state;
    if (!run_example("ile-de-france.yaml", folder, results)) {
        skip();
    }
    /* census 2014, both ends in the region; crow-fly with nothing within a commune */
    assert_true(fabs(total(results, "commuting", "workers") - 5323745.4363) < 1e-3);
    assert_true(fabs(total(results, "commuting", "crow_km") - 49992104.5136) < 1e-3);
    folder_drop(folder);
}

static bool lists_place(const char *results, const char *code)
{
    static const wanted_column columns[] = {
        {.name = "code", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true}};
    char path[256];
    error err;
    faults *list = NULL;
    table *t = NULL;
    bool found = false;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = in_folder(path, results, "tables/places.csv"),
                                  .columns = columns,
                                  .column_count = 1};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    for (size_t row = 0; row < t->rows; row++) {
        found = found || strcmp(column_text(&t->columns[0], row), code) == 0;
    }
    table_free(t);
    faults_free(list);
    return found;
}

/* The same files at the pivot 2024: the codes that mergers ended (quirk 15) are in their heirs. */
static void ile_de_france_in_the_geography_of_2024(void **state)
{
    static const char *const gone[] = {"77028", "77149", "77399", "77491", "78251", "78503",
                                       "78524", "91182", "91222", "95259", "95282"};
    static const char *const heirs[] = {"77433", "77109", "77504", "77316", "78551", "78320",
                                        "78158", "91228", "91390", "95040", "95169"};
    char folder[64], results[256];
    (void)state;
    if (!run_example("ile-de-france-2024.yaml", folder, results)) {
        skip();
    }
    const double workers = 5323745.436314;
    assert_true(fabs(total(results, "commuting", "workers") - workers) <= 1e-9 * workers);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        assert_false(lists_place(results, gone[i]));
        assert_true(lists_place(results, heirs[i]));
    }
    folder_drop(folder);
}

static void france_services_by_distance(void **state)
{
    char folder[64], results[256];
    (void)state;
    if (!run_example("france-services.yaml", folder, results)) {
        skip();
    }
    /* the same figures come from a k-d tree over unit vectors (scipy), 34 816 communes */
    double five = total(results, "coverage", "beyond_5_km"),
           ten = total(results, "coverage", "beyond_10_km");
    assert_true(fabs(five - 29.1799) < 1e-3);
    assert_true(fabs(ten - 6.0792) < 1e-3);
    folder_drop(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ile_de_france_gives_the_published_totals),
        cmocka_unit_test(ile_de_france_in_the_geography_of_2024),
        cmocka_unit_test(france_services_by_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
