/* Foreign plugins as people meet them: one that fails is named everywhere and the others are
 * delivered; one that cannot load stops the run before it starts; --in-process says so. */
#include "base/files.h"
#include "tests/golden/run/program.h"

#define FAILED "fr.hostile.too_many_rows"

typedef struct foreign {
    char folder[64], data[256], results[256];
} foreign;

static const char run_file[] =
    "bassin: 1\n"
    "territory:\n"
    "  communes: {file: communes.geojson, code: CODGEO, name: LIBGEO, point: [LON, LAT]}\n"
    "population: {file: populations.csv, code: COM, value: PMUN}\n"
    "venues:\n"
    "  - {file: france_services.csv, kind: ACT.FS, status: open}\n"
    "travel:\n"
    "  - {mode: car, estimate: crow-fly, limit: 30 min}\n"
    "indicators: {supply: {}}\n"
    "plugins:\n"
    "  - fr.test.foreign\n"
    "  - {id: %s, memory: 1 GiB, time: 30 s}\n";

static void run_file_put(const foreign *f, const char *id)
{
    char text[sizeof run_file + 64], path[256];
    (void)snprintf(text, sizeof text, run_file, id);
    file_put(in_folder(path, f->data, "foreign.yaml"), text);
}

static void run(const foreign *f, const char *lang, const char *more, said *out)
{
    char path[256];
    PROGRAM(out, "run", in_folder(path, f->data, "foreign.yaml"), "-o", f->results, "-j", "2",
            "--lang", lang, more);
}

static int make_foreign(void **state)
{
    static said s;
    static foreign f;
    folder_new(f.folder);
    (void)in_folder(f.data, f.folder, "data");
    (void)in_folder(f.results, f.folder, "foreign");
    assert_int_equal(
        setenv("BASSIN_PLUGIN_PATH", TEST_PLUGINS "/foreign:" TEST_PLUGINS "/hostile", 1), 0);
    PROGRAM(&s, "demo", "--communes", "24", "-j", "2", "-o", f.folder, "--lang", "en");
    *state = &f;
    return s.code;
}

static int drop_foreign(void **state)
{
    const foreign *f = *state;
    folder_drop(f->folder);
    return 0;
}

static bool holds(const foreign *f, const char *file, const char *text)
{
    char path[256];
    error err;
    file_view view = {0};
    assert_int_equal(file_map(in_folder(path, f->results, file), &view, &err), STATUS_OK);
    const bool found = memmem(view.at, view.size, text, strlen(text)) != NULL;
    file_unmap(&view);
    if (!found)
        print_error("%s does not say %s\n", file, text);
    return found;
}

/* The terminal, the table of warnings, run.json and the report; the good plugin's column is there.
 */
static void one_that_fails_is_named_and_the_others_delivered(void **state)
{
    static said s;
    const foreign *f = *state;
    char first[65], second[65];
    run_file_put(f, FAILED);
    run(f, "en", NULL, &s);
    assert_int_equal(s.code, 2);
    assert_non_null(strstr(s.text, "indicator " FAILED ": stage 1 (finish): table_rows: too many "
                                   "rows for table"));
    assert_null(strstr(s.text, "without isolation"));
    assert_true(holds(f, "tables/warnings.csv", "indicator " FAILED ": stage 1 (finish)"));
    assert_true(holds(f, "run.json", "\"plugin_failures\""));
    assert_true(holds(f, "run.json", "\"plugin\": \"" FAILED "\""));
    assert_true(holds(f, "report.html", "The indicator “Hostile” could not be computed."));
    assert_true(holds(f, "report.html", "indicator " FAILED ": stage 1 (finish)"));
    assert_true(holds(f, "tables/places.csv", "foreign_green"));
    tree_digest(first, f->results);
    run(f, "en", NULL, &s);
    tree_digest(second, f->results);
    assert_string_equal(first, second); /* nothing of the machine, of a process, of an address */
    run(f, "fr", NULL, &s);
    assert_non_null(strstr(s.text, "indicateur " FAILED));
    assert_true(holds(f, "report.html", "n’a pas pu être calculé."));
}

static void one_that_cannot_load_is_refused_before_the_run(void **state)
{
    static said s;
    const foreign *f = *state;
    folder_drop(f->results);
    run_file_put(f, "fr.hostile.load_crash");
    run(f, "en", NULL, &s);
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "foreign.yaml:12:"));
    assert_non_null(strstr(s.text, "fr.hostile.load_crash.so': as it was loaded, it followed a "
                                   "null pointer"));
    assert_false(file_there(f->results));
}

static void in_process_is_said(void **state)
{
    static said s;
    const foreign *f = *state;
    run_file_put(f, FAILED);
    run(f, "en", "--in-process", &s);
    assert_int_equal(s.code, 2);
    assert_non_null(strstr(s.text, "plugin 'fr.test.foreign' does not ship with bassin: it runs "
                                   "without isolation, with your rights"));
}

static void the_list_says_how_it_is_held(void **state)
{
    static said s;
    (void)state;
    PROGRAM(&s, "plugins", "fr.test.foreign", "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "runs isolated, in processes of its own (seccomp"));
    assert_non_null(strstr(s.text, "places.green (foreign_green) "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_fails_is_named_and_the_others_delivered),
        cmocka_unit_test(one_that_cannot_load_is_refused_before_the_run),
        cmocka_unit_test(in_process_is_said),
        cmocka_unit_test(the_list_says_how_it_is_held),
    };
    return cmocka_run_group_tests(tests, make_foreign, drop_foreign);
}
