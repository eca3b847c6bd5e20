/* What people rely on when they run bassin: exit codes, complete or absent results, the same bytes.
 */
#include "base/files.h"
#include "tests/golden/run/program.h"

#define COMMUNES "24"

/* A small synthetic territory, made once: its folder of data and its first results. */
typedef struct demo {
    char folder[64];
    char run_file[256], results[256];
} demo;

static int make_demo(void **state)
{
    static said s;
    static demo d;
    folder_new(d.folder);
    (void)in_folder(d.run_file, d.folder, "data/run.yaml");
    (void)in_folder(d.results, d.folder, "results");
    PROGRAM(&s, "demo", "--communes", COMMUNES, "-j", "1", "-o", d.folder, "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    *state = &d;
    return s.code;
}

static int drop_demo(void **state)
{
    const demo *d = *state;
    folder_drop(d->folder);
    return 0;
}

static void misuse_gives_64_and_a_hint(void **state)
{
    static said s;
    (void)state;
    PROGRAM(&s, "chek", "a.yaml");
    assert_int_equal(s.code, 64);
    assert_non_null(strstr(s.text, "did you mean 'check'?"));
    assert_non_null(strstr(
        s.text, "commands: run, check, demo, fetch, init, plugins, plugin new, plugin check, "
                "vintage, network, travel, explain, cache, schema"));
    PROGRAM(&s, "run", "--outptu", "x");
    assert_int_equal(s.code, 64);
    assert_non_null(strstr(s.text, "did you mean '--output'?"));
    PROGRAM(&s, "run");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "run", "a", "b");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "run", "-j", "0", "a");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "run", "-j", "257", "a");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "check", "-o", "x", "a");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "run", "a", "--lang");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "run", "a", "--lang", "de");
    assert_int_equal(s.code, 64);
}

static void help_and_version_need_nothing(void **state)
{
    static said s;
    (void)state;
    PROGRAM(&s, "--version");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "bassin 0."));
    PROGRAM(&s, "--help", "--lang", "fr");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "Codes de sortie"));
    static const char *const commands[] = {"run",  "check",   "demo",    "fetch",
                                           "init", "plugins", "vintage", "schema"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        PROGRAM(&s, commands[i], "--help");
        assert_int_equal(s.code, 0);
        assert_non_null(strstr(s.text, "--lang"));
    }
}

static void a_run_leaves_results_and_timings_beside_them(void **state)
{
    const demo *d = *state;
    char path[256];
    assert_true(file_there(in_folder(path, d->results, "run.json")));
    assert_true(file_there(in_folder(path, d->folder, "results.log")));
    assert_false(file_there(in_folder(path, d->results, "results.log")));
}

static void any_thread_count_gives_the_same_bytes(void **state)
{
    static said s;
    const demo *d = *state;
    char one[65], four[65], out[256];
    cache_at(d->folder, "cache-four");
    PROGRAM(&s, "run", d->run_file, "-j", "4", "-o", in_folder(out, d->folder, "again"), "--lang",
            "en");
    assert_int_equal(s.code, 0);
    tree_digest(one, d->results);
    tree_digest(four, out);
    assert_string_equal(one, four);
}

/* Faults of the run file, absent files, and faults inside the files that are there: in one go, so
 * that they are mended in one go. */
static void check_tells_every_fault_at_once(void **state)
{
    static said s;
    const demo *d = *state;
    char bad[256], file[256];
    file_put(in_folder(file, d->folder, "data/people.csv"), "COM;PMUN\n77001;12\n77002;douze\n");
    file_put(in_folder(bad, d->folder, "data/many.yaml"),
             "bassin: 1\n"
             "territoire: {communes: {file: absent.geojson}}\n"
             "population: {file: people.csv, code: COM, valeur: PMUN}\n"
             "travel: [{mode: car, estimate: crow-fly, limit: 60 km}]\n"
             "indicators: {coverage: {standart: 20 min}}\n");
    PROGRAM(&s, "check", bad, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "many.yaml:2:1: unknown key territoire"));
    assert_non_null(strstr(s.text, "many.yaml:3:43: unknown key valeur"));
    assert_non_null(strstr(s.text, "many.yaml:4:"));
    assert_non_null(strstr(s.text, "absent.geojson"));
    assert_non_null(strstr(s.text, "people.csv:3:7"));
    assert_non_null(strstr(s.text, "standart"));
}

static void a_refused_run_leaves_the_earlier_results(void **state)
{
    static said s;
    const demo *d = *state;
    char before[65], after[65], bad[256], inside[256];
    file_put(in_folder(bad, d->folder, "data/bad.yaml"),
             "bassin: 1\nterritory: {communes: {file: absent.geojson}}\n");
    tree_digest(before, d->results);
    PROGRAM(&s, "run", bad, "-o", d->results);
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "absent.geojson"));
    assert_non_null(strstr(s.text, "bad.yaml:2:30"));
    tree_digest(after, d->results);
    assert_string_equal(before, after);
    /* and nothing else is left: neither lock nor staging folder */
    assert_false(file_there(in_folder(inside, d->folder, "results.lock")));
}

static void a_folder_that_is_no_results_folder_is_refused(void **state)
{
    static said s;
    const demo *d = *state;
    char data[256], before[65], after[65];
    (void)in_folder(data, d->folder, "data");
    tree_digest(before, data);
    PROGRAM(&s, "run", d->run_file, "-o", data);
    assert_int_equal(s.code, 1);
    tree_digest(after, data);
    assert_string_equal(before, after);
}

static void check_writes_nothing(void **state)
{
    static said s;
    const demo *d = *state;
    char before[65], after[65];
    tree_digest(before, d->folder);
    PROGRAM(&s, "check", d->run_file);
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "no fault: "));
    tree_digest(after, d->folder);
    assert_string_equal(before, after);
}

static void an_unknown_parameter_is_refused_with_a_suggestion(void **state)
{
    static said s;
    const demo *d = *state;
    PROGRAM(&s, "check", d->run_file, "--param", "coverage.standart=15 min");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "did you mean 'standard'?"));
    PROGRAM(&s, "check", d->run_file, "--param", "coverage.standard=15 km");
    assert_int_equal(s.code, 1);
    PROGRAM(&s, "check", d->run_file, "--only", "coverage", "--param", "coverage.standard=15 min");
    assert_int_equal(s.code, 0);
}

static void strict_refuses_a_rejected_row(void **state)
{
    static said s;
    const demo *d = *state;
    char bad[256], run[256], out[256];
    /* two flows of the demo, and one from a commune that does not exist */
    file_put(in_folder(bad, d->folder, "data/flux-bad.csv"),
             "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C21_ACTOCC15P\n"
             "96001;A;96001;A;10.5\n96001;A;96002;B;3.25\n96999;Nulle-Part;96001;A;12.5\n");
    file_put(in_folder(run, d->folder, "data/strict.yaml"),
             "bassin: 1\n"
             "territory: {communes: {file: communes.geojson, code: CODGEO}}\n"
             "population: {file: populations.csv, code: COM, value: PMUN}\n"
             "flows: {file: flux-bad.csv, format: insee-base-flux}\n"
             "indicators: {commuting: {}}\nreports: {formats: [csv]}\n");
    PROGRAM(&s, "run", run, "-o", in_folder(out, d->folder, "strict"));
    assert_int_equal(s.code, 0);
    PROGRAM(&s, "run", run, "-o", in_folder(out, d->folder, "stricter"), "--strict");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "96999"));
    assert_false(file_there(out));
}

static bool file_says(const char *path, const char *text)
{
    error err;
    file_view file = {0};
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    const bool found = memmem(file.at, file.size, text, strlen(text)) != NULL;
    file_unmap(&file);
    return found;
}

/* METHODS.md section 4: an estimate in a straight line is never refused, but says what it is worth.
 */
static void estimated_times_say_what_they_are_worth(void **state)
{
    static said s;
    const demo *d = *state;
    char path[256], run[256], out[256];
    file_put(in_folder(path, d->folder, "data/points.csv"),
             "code,nom,lon,lat,population\n01004,Ambérieu,5.35,45.96,100\n"
             "2A004,Ajaccio,8.73,41.92,200\n01007,Ambronay,5.36,46.0,50\n");
    file_put(in_folder(path, d->folder, "data/density.csv"), "COM;DENS\n01004;4\n2A004;2\n");
    file_put(in_folder(path, d->folder, "data/one.csv"), "id,nom,type,code_commune,lon,lat\n"
                                                         "1,A,ART.FABLAB,01004,5.35,45.96\n");
    file_put(in_folder(run, d->folder, "data/estimate.yaml"),
             "bassin: 1\n"
             "territory:\n"
             "  communes: {file: points.csv, code: code, point: [lon, lat]}\n"
             "  density: {file: density.csv, code: COM, value: DENS}\n"
             "population: {file: points.csv, code: code, value: population}\n"
             "venues: [{file: one.csv, id: id}]\n"
             "travel: [{mode: car, estimate: crow-fly, limit: 60 min}]\n"
             "indicators: {coverage: {}}\nreports: {language: fr, formats: [csv]}\n");
    PROGRAM(&s, "run", run, "-o", in_folder(out, d->folder, "estimate"), "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "class 5, 45 km/h) in estimated times: 1;"));
    assert_non_null(strstr(s.text, "no fault, "));
    (void)in_folder(path, out, "tables/places.csv");
    assert_true(file_says(path, ",travel_reliability"));
    assert_true(file_says(path, ",insuffisante"));
    assert_true(file_says(path, ",fragile"));
    assert_true(file_says(in_folder(path, out, "tables/datapackage.json"),
                          "insufficient reliability (mountains, islands): 1."));
    assert_true(file_says(in_folder(path, out, "run.json"), "\"proj\""));
    /* by road: no such column */
    (void)in_folder(path, d->results, "tables/places.csv");
    assert_false(file_says(path, "travel_reliability"));
}

static void json_events_are_one_object_a_line(void **state)
{
    static said s;
    const demo *d = *state;
    PROGRAM(&s, "check", d->run_file, "--json");
    assert_int_equal(s.code, 0);
    for (const char *line = s.text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        assert_true(size > 1 && line[0] == '{' && line[size - 1] == '}');
        line += size + (line[size] == '\n');
    }
}

static void an_interrupted_run_gives_130_and_keeps_the_results(void **state)
{
    static said s;
    const demo *d = *state;
    char before[65], after[65], staging[256];
    tree_digest(before, d->results);
    const char *const arguments[] = {"run", d->run_file, "-o", d->results, NULL};
    program_run(&s, arguments, 150);
    if (s.code == 0) {
        print_message("skipped: the run ended before the signal\n");
        skip();
    }
    assert_int_equal(s.code, 130);
    tree_digest(after, d->results);
    assert_string_equal(before, after);
    assert_false(file_there(in_folder(staging, d->folder, "results.lock")));
}

static void plugins_are_listed_and_described(void **state)
{
    static said s;
    (void)state;
    PROGRAM(&s, "plugins");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "coverage"));
    PROGRAM(&s, "plugins", "coverage", "--lang", "fr");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "white-zone"));
    PROGRAM(&s, "plugins", "covrage");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "did you mean 'coverage'?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misuse_gives_64_and_a_hint),
        cmocka_unit_test(help_and_version_need_nothing),
        cmocka_unit_test(a_run_leaves_results_and_timings_beside_them),
        cmocka_unit_test(any_thread_count_gives_the_same_bytes),
        cmocka_unit_test(check_tells_every_fault_at_once),
        cmocka_unit_test(a_refused_run_leaves_the_earlier_results),
        cmocka_unit_test(a_folder_that_is_no_results_folder_is_refused),
        cmocka_unit_test(check_writes_nothing),
        cmocka_unit_test(an_unknown_parameter_is_refused_with_a_suggestion),
        cmocka_unit_test(strict_refuses_a_rejected_row),
        cmocka_unit_test(estimated_times_say_what_they_are_worth),
        cmocka_unit_test(json_events_are_one_object_a_line),
        cmocka_unit_test(an_interrupted_run_gives_130_and_keeps_the_results),
        cmocka_unit_test(plugins_are_listed_and_described),
    };
    return cmocka_run_group_tests(tests, make_demo, drop_demo);
}
