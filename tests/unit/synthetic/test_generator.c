/* The synthetic territory: the same bytes each time, and close to French orders of magnitude. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/files.h"
#include "base/hash.h"
#include "datasets/synthetic/synthetic.h"
#include "geo/projection.h"
#include "table/reader.h"

enum { COMMUNES = 345 };
static const char *const files[] = {"communes.geojson",
                                    "cog_communes.csv",
                                    "populations.csv",
                                    "appartenance.csv",
                                    "base-flux-domicile-travail-2021.csv",
                                    "FD_MOBPRO_2021.csv",
                                    "routes.osm.pbf",
                                    "tiers_lieux.csv",
                                    "france_services.csv",
                                    "code_postal.csv",
                                    "carreaux_200m.csv",
                                    "carreaux_1km.csv",
                                    "run.yaml",
                                    "run-carreaux.yaml"};
enum { FILES = sizeof files / sizeof *files };

static void generate(const char *folder, size_t communes, uint64_t seed)
{
    error err = {0};
    const synthetic_options options = {
        .folder = folder, .communes = communes, .seed = seed, .threads = 1};
    const status s = synthetic_generate(&options, &err);
    if (s != STATUS_OK)
        fail_msg("%s", err.en);
}

static const char *folder_of(const char *name)
{
    static char path[256];
    (void)snprintf(path, sizeof path, "%s/test-synthetic-%s", BASSIN_BINARY_DIR, name);
    return path;
}

static void same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    char a[256], b[256], path[512];
    (void)snprintf(a, sizeof a, "%s", folder_of("a"));
    (void)snprintf(b, sizeof b, "%s", folder_of("b"));
    generate(a, 60, 7);
    generate(b, 60, 7);
    for (size_t f = 0; f < FILES; f++) {
        error err = {0};
        sha256_hex x, y;
        (void)snprintf(path, sizeof path, "%s/%s", a, files[f]);
        assert_int_equal(sha256_of_file(path, &x, &err), STATUS_OK);
        (void)snprintf(path, sizeof path, "%s/%s", b, files[f]);
        assert_int_equal(sha256_of_file(path, &y, &err), STATUS_OK);
        assert_string_equal(x.hex, y.hex);
    }
}

static table *read_all(const char *name)
{
    error err = {0};
    faults *list = NULL;
    table *t = NULL;
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder_of("france"), name);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = path};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    faults_free(list);
    return t;
}

static double number(const table *t, const char *name, size_t row)
{
    double v = 0.0;
    const char *text = column_text(table_find(t, name), row);
    assert_true(text_to_f64(text_slice_of(text, strlen(text)), '.', &v));
    return v;
}

static int descending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* Slope of log population on log rank over the upper half. */
static void populations_follow_rank_size(void **state)
{
    (void)state;
    table *t = read_all("populations.csv");
    assert_int_equal(t->rows, COMMUNES);
    double population[COMMUNES], sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (size_t r = 0; r < COMMUNES; r++)
        population[r] = number(t, "PMUN", r);
    qsort(population, COMMUNES, sizeof *population, descending);
    const size_t n = COMMUNES / 2;
    for (size_t r = 0; r < n; r++) {
        const double x = log((double)r + 1.0), y = log(population[r]);
        sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    const double slope = ((double)n * sxy - sx * sy) / ((double)n * sxx - sx * sx);
    assert_true(slope > -1.15 && slope < -0.85);
    table_free(t);
}

/* National shares of the census, datasets/reference/factors.csv; within five points. */
static void modes_are_near_national_shares(void **state)
{
    (void)state;
    static const double national[7] = {0, 0.035, 0.06, 0.025, 0.02, 0.71, 0.15};
    table *t = read_all("FD_MOBPRO_2021.csv");
    double by_mode[7] = {0}, all = 0.0, same = 0.0;
    for (size_t r = 0; r < t->rows; r++) {
        const double weight = number(t, "IPONDI", r);
        by_mode[(size_t)number(t, "TRANS", r)] += weight;
        all += weight;
        same += strcmp(column_text(table_find(t, "COMMUNE"), r),
                       column_text(table_find(t, "DCLT"), r)) == 0
                    ? weight
                    : 0.0;
    }
    for (size_t m = 1; m < 7; m++)
        if (fabs(by_mode[m] / all - national[m]) > 0.05)
            fail_msg("mode %zu: %.3f against %.3f", m, by_mode[m] / all, national[m]);
    if (!(same / all > 0.20 && same / all < 0.45))
        fail_msg("working in their commune: %.3f", same / all);
    table_free(t);
}

/* Base totals are the sums of the detail, pair by pair: the same sample. */
static void base_flows_are_the_sums_of_the_detail(void **state)
{
    (void)state;
    table *base = read_all("base-flux-domicile-travail-2021.csv"),
          *detail = read_all("FD_MOBPRO_2021.csv");
    double a = 0.0, b = 0.0;
    for (size_t r = 0; r < base->rows; r++)
        a += number(base, "NBFLUX_C21_ACTOCC15P", r);
    for (size_t r = 0; r < detail->rows; r++)
        b += number(detail, "IPONDI", r);
    assert_true(a > 0.0 && fabs(a - b) < 1e-6 * a);
    table_free(base);
    table_free(detail);
}

/* Mean road distance of those who work in the territory: straight line x 1.3, 0.905 R within a
 * commune. */
static void commutes_are_of_a_plausible_length(void **state)
{
    (void)state;
    table *t = read_all("base-flux-domicile-travail-2021.csv");
    char path[512];
    (void)snprintf(path, sizeof path, "%s/communes.geojson", folder_of("france"));
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    static double lon[COMMUNES], lat[COMMUNES];
    static char line[1 << 20];
    size_t rows = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        const char *at = strstr(line, "\"LON\":");
        if (at != NULL && sscanf(at, "\"LON\":%lf,\"LAT\":%lf", &lon[rows], &lat[rows]) == 2)
            rows++;
    }
    fclose(f);
    assert_int_equal(rows, COMMUNES);
    double workers = 0.0, km = 0.0;
    for (size_t r = 0; r < t->rows; r++) {
        const char *o = column_text(table_find(t, "CODGEO"), r),
                   *j = column_text(table_find(t, "DCLT"), r);
        if (strncmp(j, "96", 2) != 0)
            continue;
        const size_t a = (size_t)strtoul(o + 2, NULL, 10) - 1,
                     b = (size_t)strtoul(j + 2, NULL, 10) - 1;
        const double n = number(t, "NBFLUX_C21_ACTOCC15P", r);
        workers += n;
        km += n * 1.3 * (a == b ? 0.905 * 2.2 : haversine_km(lon[a], lat[a], lon[b], lat[b]));
    }
    if (!(km / workers > 10.0 && km / workers < 18.0))
        fail_msg("mean commute %.2f km", km / workers);
    table_free(t);
}

static void too_many_communes_are_refused(void **state)
{
    (void)state;
    error err = {0};
    const synthetic_options options = {.folder = folder_of("refused"), .communes = 3, .seed = 1};
    assert_int_equal(synthetic_generate(&options, &err), STATUS_USAGE);
    assert_non_null(strstr(err.en, "3"));
}

int main(void)
{
    generate(folder_of("france"), COMMUNES, 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_gives_the_same_bytes),
        cmocka_unit_test(populations_follow_rank_size),
        cmocka_unit_test(modes_are_near_national_shares),
        cmocka_unit_test(base_flows_are_the_sums_of_the_detail),
        cmocka_unit_test(commutes_are_of_a_plausible_length),
        cmocka_unit_test(too_many_communes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
