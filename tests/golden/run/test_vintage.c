/* A run at a pivot vintage, and `bassin vintage`, as people run them. */
#include "tests/golden/run/program.h"

#include <math.h>

#include "base/files.h"
#include "table/reader.h"

#define MOVEMENTS                                                                                  \
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"                                           \
    "32,2025-01-01,COM,96001,COM,96001\n"                                                          \
    "32,2025-01-01,COM,96002,COM,96001\n"                                                          \
    "32,2025-01-01,COM,96002,COMD,96002\n"                                                         \
    "41,2025-01-01,COM,96005,COM,97005\n"

static table *read_all(const char *path, const wanted_column *columns, size_t count)
{
    error err;
    faults *list = NULL;
    table *t = NULL;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = path, .columns = columns, .column_count = count};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    faults_free(list);
    return t;
}

static double total(const char *results, const char *indicator, const char *name)
{
    static const wanted_column columns[] = {
        {.name = "indicator", .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "name", .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "value", .unit = "", .type = COLUMN_F64, .decimals = -1, .required = true},
    };
    char path[256];
    double found = (double)NAN;
    table *t = read_all(in_folder(path, results, "tables/totals.csv"), columns, 3);
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(column_text(&t->columns[0], row), indicator) == 0 &&
            strcmp(column_text(&t->columns[1], row), name) == 0) {
            found = t->columns[2].at.f64[row];
        }
    }
    table_free(t);
    return found;
}

static bool text_holds(const char *path, const char *wanted)
{
    error err;
    file_view f;
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    const size_t size = strlen(wanted);
    bool found = false;
    for (size_t i = 0; !found && i + size <= f.size; i++) {
        found = memcmp(f.at + i, wanted, size) == 0;
    }
    file_unmap(&f);
    return found;
}

/* The demonstration's run file, at the pivot 2025, with or without the movements. */
static void write_run_file(const char *folder, const char *name, const char *movements)
{
    static char text[4096];
    char path[256];
    (void)snprintf(
        text, sizeof text,
        "bassin: 1\nterritory:\n"
        "  communes: {file: communes.geojson, code: CODGEO, name: LIBGEO, point: [LON, LAT]}\n"
        "  names: {file: cog_communes.csv, code: COM}\n  membership: appartenance.csv\n"
        "%s  vintage: 2025\n  zonings: [{name: FRR, file: frr.csv}]\n"
        "population: {file: populations.csv, code: COM, value: PMUN}\n"
        "flows: {file: base-flux-domicile-travail-2021.csv, vintage: 2024,"
        " detail: {file: FD_MOBPRO_2021.csv, vintage: 2021}}\n"
        "venues:\n  - {file: france_services.csv, kind: ACT.FS}\n"
        "travel:\n  - {mode: car, estimate: crow-fly, limit: 60 min}\n"
        "indicators: {commuting: {}, coverage: {}}\n"
        "reports: {language: fr, formats: [csv, html]}\n",
        movements);
    file_put(in_folder(path, folder, name), text);
}

static void a_run_brings_its_files_to_the_pivot(void **state)
{
    static said s;
    char folder[64], path[256], run_file[256], without[256], with[256], again[256];
    char one[65], four[65];
    (void)state;
    folder_new(folder);
    PROGRAM(&s, "demo", "--communes", "24", "-j", "1", "-o", folder, "--lang", "en");
    assert_int_equal(s.code, 0);
    file_put(in_folder(path, folder, "data/movements.csv"), MOVEMENTS);
    file_put(in_folder(path, folder, "data/frr.csv"), "CODGEO;FRR\n96002;FRR+\n96005;FRR\n");
    write_run_file(folder, "data/without.yaml", "");
    write_run_file(folder, "data/with.yaml", "  movements: movements.csv\n");
    PROGRAM(&s, "run", in_folder(run_file, folder, "data/without.yaml"), "-o",
            in_folder(without, folder, "without"), "--lang", "en");
    assert_int_equal(s.code, 0);
    PROGRAM(&s, "run", in_folder(run_file, folder, "data/with.yaml"), "-j", "1", "-o",
            in_folder(with, folder, "with"), "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    assert_non_null(
        strstr(s.text, "travail-2021.csv: note: codes carried from vintage 2024 to 2025"));
    const double workers = total(without, "commuting", "workers");
    assert_true(fabs(total(with, "commuting", "workers") - workers) <= 1e-9 * workers);
    assert_true(text_holds(in_folder(path, without, "tables/places.csv"), "96002"));
    assert_false(file_there(in_folder(path, without, "tables/vintages.csv")));
    assert_false(text_holds(in_folder(path, with, "tables/places.csv"), "96002"));
    assert_true(text_holds(path, "97005"));
    assert_true(text_holds(in_folder(path, with, "tables/vintage_links.csv"), "96002,96001,merge"));
    assert_true(text_holds(in_folder(path, with, "tables/vintages.csv"), "population"));
    assert_true(text_holds(path, "zoning,frr.csv,2024,2025,2,2,1,1,1"));
    assert_true(text_holds(in_folder(path, with, "run.json"), "\"vintages\""));
    assert_true(text_holds(in_folder(path, with, "report.html"), "Changes of vintage"));
    cache_at(folder, "cache-four");
    PROGRAM(&s, "run", run_file, "-j", "4", "-o", in_folder(again, folder, "again"), "--lang",
            "en");
    assert_int_equal(s.code, 0);
    tree_digest(one, with);
    tree_digest(four, again);
    assert_string_equal(one, four);
    folder_drop(folder);
}

static void a_denied_vintage_and_an_absent_pivot_refuse_the_run(void **state)
{
    static said s;
    char folder[64], path[256];
    (void)state;
    folder_new(folder);
    file_put(in_folder(path, folder, "movements.csv"), MOVEMENTS);
    file_put(in_folder(path, folder, "c.csv"),
             "CODGEO,LIBGEO,LON,LAT\n96001,A,2,46\n96002,B,2,46\n");
    file_put(in_folder(path, folder, "a.yaml"),
             "bassin: 1\nterritory:\n"
             "  communes: {file: c.csv, code: CODGEO, point: [LON, LAT], vintage: 2025}\n"
             "  movements: movements.csv\n  vintage: 2025\n");
    PROGRAM(&s, "check", path, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "c.csv:3: the file is not of vintage 2025: 1 codes do not "
                                   "exist then (96002); it may be of: 2024"));
    file_put(in_folder(path, folder, "b.yaml"),
             "bassin: 1\nterritory:\n"
             "  communes: {file: c.csv, code: CODGEO, point: [LON, LAT]}\n"
             "  movements: movements.csv\n");
    PROGRAM(&s, "check", path, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "want the pivot vintage"));
    folder_drop(folder);
}

/* --- a series of censuses --- */

static void write_series(const char *folder, const char *second_header)
{
    char path[256], text[512];
    file_put(in_folder(path, folder, "movements.csv"), MOVEMENTS);
    file_put(in_folder(path, folder, "c.csv"),
             "CODGEO,LIBGEO,LON,LAT\n96001,A,2,46\n96003,C,2.1,46\n");
    file_put(in_folder(path, folder, "f14.csv"),
             "CODGEO;DCLT;NBFLUX_C14_ACTOCC15P\n96001;96001;10\n"
             "96001;96002;20\n96002;96003;30\n"
             "96003;96002;5\n96003;99999;1\n");
    (void)snprintf(text, sizeof text,
                   "CODGEO;DCLT;%s\n96001;96001;35\n96001;96003;35\n96003;96001;8\n",
                   second_header);
    file_put(in_folder(path, folder, "f21.csv"), text);
    file_put(in_folder(path, folder, "run.yaml"),
             "bassin: 1\nterritory:\n"
             "  communes: {file: c.csv, code: CODGEO, name: LIBGEO, point: [LON, LAT]}\n"
             "  movements: movements.csv\n  vintage: 2025\n"
             "flows:\n  file: f21.csv\n  series:\n    - {file: f21.csv, vintage: 2025}\n"
             "    - {file: f14.csv, vintage: 2024}\n"
             "travel:\n  - {mode: car, estimate: crow-fly}\n"
             "indicators: {commuting: {}}\nreports: {language: fr, formats: [csv]}\n");
}

/* 96002 joined 96001 between the two: what it had in 2014 is counted with its heir, and flows
 * between the two are within one commune. */
static void two_censuses_meet_in_one_geography(void **state)
{
    static said s;
    char folder[64], path[256], out[256];
    (void)state;
    folder_new(folder);
    write_series(folder, "NBFLUX_C21_ACTOCC15P");
    PROGRAM(&s, "run", in_folder(path, folder, "run.yaml"), "-o", in_folder(out, folder, "out"),
            "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    (void)in_folder(path, out, "tables/series.csv");
    assert_true(text_holds(path, "level,code,name,year,employed_residents,jobs,own_commune,"
                                 "share_own_commune"));
    assert_true(text_holds(path, "commune,96001,A,2014,60.0000,35.0000,30.0000,50.00"));
    assert_true(text_holds(path, "commune,96001,A,2021,70.0000,43.0000,35.0000,50.00"));
    assert_true(text_holds(path, "commune,96003,C,2014,6.0000,30.0000,0.0000,0.00"));
    assert_true(text_holds(path, ",2014,66.0000,65.0000,30.0000,45.45")); /* the whole territory */
    assert_true(text_holds(in_folder(path, out, "tables/balance.csv"), "series"));
    folder_drop(folder);
}

static void censuses_less_than_five_years_apart_are_refused(void **state)
{
    static said s;
    char folder[64], path[256];
    (void)state;
    folder_new(folder);
    write_series(folder, "NBFLUX_C18_ACTOCC15P");
    PROGRAM(&s, "check", in_folder(path, folder, "run.yaml"), "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "2014 and 2018: less than five years apart"));
    folder_drop(folder);
}

/* --- bassin vintage --- */

static void a_table_goes_to_another_year_with_a_report(void **state)
{
    static said s;
    static const wanted_column columns[] = {
        {.name = "code", .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "jobs", .unit = "", .type = COLUMN_F64, .decimals = -1, .required = true},
        {.name = "share", .unit = "", .type = COLUMN_F64, .decimals = -1, .required = true},
        {.name = "median", .unit = "", .type = COLUMN_F64, .decimals = -1, .required = true},
    };
    char folder[64], path[256], file[256], out[256];
    (void)state;
    folder_new(folder);
    file_put(in_folder(path, folder, "movements.csv"), MOVEMENTS);
    file_put(in_folder(file, folder, "t.csv"),
             "code;jobs;share;median\n96001;10;0,5;7\n96002;30;0,1;8\n96005;5;0,9;9\n");
    PROGRAM(&s, "vintage", file, "--code", "code", "--from", "2024", "--to", "2025", "--sum",
            "jobs", "--mean", "share:jobs", "--median", "median", "-o",
            in_folder(out, folder, "out.csv"), "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "2024 → 2025: 3 rows read, 2 written; communes merged: 1; "
                                   "codes changed: 1; communes split (estimate): 0; rows lost: 0"));
    table *t = read_all(out, columns, 4);
    assert_int_equal(t->rows, 2);
    assert_true(t->columns[1].at.f64[0] == 40 && fabs(t->columns[2].at.f64[0] - 0.2) < 1e-15);
    assert_int_equal(column_state(&t->columns[3], 0), VALUE_MISSING);
    assert_string_equal(column_text(&t->columns[0], 1), "97005");
    assert_true(t->columns[3].at.f64[1] == 9);
    table_free(t);
    assert_true(text_holds(in_folder(path, folder, "out-report.csv"), "merge,96002,96001,2024,1,"));
    assert_true(text_holds(path, "missing_merged"));
    folder_drop(folder);
}

/* The order of the rows changes nothing; flows convert both ends. */
static void flows_too_and_in_any_order(void **state)
{
    static said s;
    char folder[64], path[256], file[256], out[256], one[65], two[65];
    (void)state;
    folder_new(folder);
    file_put(in_folder(path, folder, "movements.csv"), MOVEMENTS);
    const char *const texts[] = {"o,d,sex,n\n96001,96002,1,0.1\n96002,96001,1,0.7\n"
                                 "96002,96002,2,0.3\n96001,96001,1,0.2\n96005,99999,1,4\n",
                                 "o,d,sex,n\n96005,99999,1,4\n96001,96001,1,0.2\n"
                                 "96002,96002,2,0.3\n96002,96001,1,0.7\n96001,96002,1,0.1\n"};
    for (size_t i = 0; i < 2; i++) {
        file_put(in_folder(file, folder, "t.csv"), texts[i]);
        PROGRAM(&s, "vintage", file, "--code", "o,d", "--by", "sex", "--sum", "n", "--to", "2025",
                "-o", in_folder(out, folder, "out/t.csv"), "--lang", "en");
        assert_int_equal(s.code, i == 0 ? 3 : 0); /* the folder is not made for a typing slip */
        assert_int_equal(folder_make(in_folder(path, folder, "out"), &(error){0}), STATUS_OK);
        PROGRAM(&s, "vintage", file, "--code", "o,d", "--by", "sex", "--sum", "n", "--to", "2025",
                "-o", out, "--lang", "en");
        assert_int_equal(s.code, 0);
        tree_digest(i == 0 ? one : two, path);
    }
    assert_string_equal(one, two);
    assert_true(text_holds(out, "96001,96001,1,"));
    assert_true(text_holds(out, "97005,99999,1,4"));
    folder_drop(folder);
}

static void every_misuse_and_fault_at_once(void **state)
{
    static said s;
    char folder[64], path[256], file[256], out[256];
    (void)state;
    folder_new(folder);
    (void)in_folder(file, folder, "t.csv");
    (void)in_folder(out, folder, "out.csv");
    PROGRAM(&s, "vintage", "--mean", "a", "--class", "b:biggest", "--code", "x,y,z", "--sum", "x",
            "--lang", "en");
    assert_int_equal(s.code, 64);
    const char *const told[] = {"the file to carry is missing",
                                "--to (the vintage wanted) is",
                                "-o (the file to write) is",
                                "wants COLUMN:WEIGHT, not \"a\"",
                                "not \"b:biggest\"",
                                "one or two columns",
                                "column \"x\" is named twice"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (strstr(s.text, told[i]) == NULL) {
            print_message("%s\n%s\n", told[i], s.text);
        }
        assert_non_null(strstr(s.text, told[i]));
    }
    file_put(file, "code,jobs\n96001,1\n9602,2\n960021,3\n");
    PROGRAM(&s, "vintage", file, "--code", "code", "--sum", "jobs", "--to", "2025", "-o", out,
            "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "t.csv:3: \"9602\" is not the code"));
    assert_non_null(strstr(s.text, "t.csv:4: \"960021\" is not the code"));
    assert_non_null(strstr(s.text, "no file of commune movements in"));
    assert_false(file_there(out));
    file_put(in_folder(path, folder, "movements.csv"), MOVEMENTS);
    file_put(file, "code,jobs\n96001,1\n");
    PROGRAM(&s, "vintage", file, "--code", "code", "--sum", "jobs", "--to", "2025", "-o", file,
            "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "would be the file read"));
    folder_drop(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_brings_its_files_to_the_pivot),
        cmocka_unit_test(a_denied_vintage_and_an_absent_pivot_refuse_the_run),
        cmocka_unit_test(two_censuses_meet_in_one_geography),
        cmocka_unit_test(censuses_less_than_five_years_apart_are_refused),
        cmocka_unit_test(a_table_goes_to_another_year_with_a_report),
        cmocka_unit_test(flows_too_and_in_any_order),
        cmocka_unit_test(every_misuse_and_fault_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
