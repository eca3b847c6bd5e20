/* The whole job on the demonstration's files turned into Parquet: the same tables, and a manifest
 * that names the library. */
#include "tests/golden/run/program.h"

#include "duck.h"

#include "base/files.h"

/* Texts as texts, and numbers where INSEE's Parquet files have numbers. */
static const char *const inputs[][2] = {
    {"FD_MOBPRO_2021", "* REPLACE (IPONDI::DOUBLE AS IPONDI, CS1::TINYINT AS CS1)"},
    {"appartenance", "*"},
    {"base-flux-domicile-travail-2021",
     "* REPLACE (NBFLUX_C21_ACTOCC15P::DOUBLE AS NBFLUX_C21_ACTOCC15P)"},
    {"code_postal", "*"},
    {"cog_communes", "*"},
    {"france_services", "* REPLACE (latitude::DOUBLE AS latitude, longitude::DOUBLE AS longitude)"},
    {"populations", "* REPLACE (PMUN::INTEGER AS PMUN)"},
    {"tiers_lieux", "*"},
};

static char *text_read(const char *path)
{
    error err;
    file_view v;
    assert_int_equal(file_map(path, &v, &err), STATUS_OK);
    char *text = calloc(v.size + 1, 1);
    memcpy(text, v.at, v.size);
    file_unmap(&v);
    return text;
}

/* run.yaml with every .csv named .parquet. */
static void turn_run_file(const duck *d)
{
    char path[256];
    duck_path(d, "demo/data/run.yaml", path, sizeof path);
    char *text = text_read(path), *next = NULL;
    duck_path(d, "demo/data/turned.yaml", path, sizeof path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    const char *at = text;
    for (; (next = strstr(at, ".csv")) != NULL; at = next + 4)
        assert_true(fprintf(out, "%.*s.parquet", (int)(next - at), at) > 0);
    assert_true(fputs(at, out) >= 0);
    assert_int_equal(fclose(out), 0);
    free(text);
}

static void run_well(const char *const *arguments)
{
    static said s;
    program_run(&s, arguments, 0);
    if (s.code != 0)
        print_error("%s\n", s.text);
    assert_int_equal(s.code, 0);
}
#define RUN(...) run_well((const char *const[]){__VA_ARGS__, NULL})

static void assert_same_text(const duck *d, const char *name)
{
    char a[256], b[256];
    (void)snprintf(a, sizeof a, "%s/demo/results/tables/%s.csv", d->files->folder, name);
    (void)snprintf(b, sizeof b, "%s/turned/tables/%s.csv", d->files->folder, name);
    char *x = text_read(a), *y = text_read(b);
    if (strcmp(x, y) != 0)
        fail_msg("%s differs", name);
    free(x);
    free(y);
}

static void the_whole_run_is_the_same(void **state)
{
    duck *d = *state;
    char demo[256], run_file[256], results[256];
    duck_path(d, "demo", demo, sizeof demo);
    duck_path(d, "demo/data/turned.yaml", run_file, sizeof run_file);
    duck_path(d, "turned", results, sizeof results);
    RUN("demo", "--communes", "60", "-j", "1", "-o", demo, "--lang", "en");
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        duck_run(d,
                 "COPY (SELECT %s FROM read_csv('$F/demo/data/%s.csv', all_varchar = true, header "
                 "= true)) TO '$F/demo/data/%s.parquet' (FORMAT parquet)",
                 inputs[i][1], inputs[i][0], inputs[i][0]);
    turn_run_file(d);
    RUN("check", run_file);
    RUN("run", run_file, "-o", results, "-j", "1");
    const char *const same[] = {"places", "venues",          "territories", "totals",      "flows",
                                "gaps",   "commuting_modes", "catchments",  "supply_kinds"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_same_text(d, same[i]);
    duck_path(d, "turned/run.json", results, sizeof results);
    char *manifest = text_read(results), expected[64];
    (void)snprintf(expected, sizeof expected, "\"duckdb\": \"%s\"", d->api.library_version());
    assert_non_null(strstr(manifest, expected));
    free(manifest);
}

/* The first run file names a Parquet detail as it names a CSV one, and passes. */
static void the_first_run_file_takes_parquet(void **state)
{
    duck *d = *state;
    char demo[256], data[256], from[256], to[256], run_file[256];
    error err;
    duck_path(d, "first-demo", demo, sizeof demo);
    duck_path(d, "first", data, sizeof data);
    duck_path(d, "first.yaml", run_file, sizeof run_file);
    RUN("demo", "--communes", "40", "-j", "1", "-o", demo, "--lang", "en");
    assert_int_equal(folder_make(data, &err), STATUS_OK);
    duck_path(d, "first-demo/data/communes.geojson", from, sizeof from);
    duck_path(d, "first/communes.geojson", to, sizeof to);
    assert_int_equal(rename(from, to), 0);
    static const char *const turned[] = {"base-flux-domicile-travail-2021", "FD_MOBPRO_2021"};
    for (size_t i = 0; i < 2; i++)
        duck_run(d,
                 "COPY (SELECT * FROM read_csv('$F/first-demo/data/%s.csv', all_varchar = true, "
                 "header = true)) TO '$F/first/%s.parquet' (FORMAT parquet)",
                 turned[i], turned[i]);
    RUN("init", "france", "--data", data, "-o", run_file, "--lang", "en");
    char *text = text_read(run_file);
    assert_non_null(strstr(text, "  file: first/base-flux-domicile-travail-2021.parquet\n"));
    assert_non_null(strstr(text, "  detail: {file: first/FD_MOBPRO_2021.parquet"));
    free(text);
    RUN("check", run_file);
}

int main(void)
{
    if (!duck_is_here())
        return 77;
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_whole_run_is_the_same),
                                       cmocka_unit_test(the_first_run_file_takes_parquet)};
    return cmocka_run_group_tests(tests, duck_open, duck_close);
}
