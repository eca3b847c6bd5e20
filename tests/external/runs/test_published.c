/* Published figures, from the published files through the program: Île-de-France 2014 and the
 * France Services desks. */
#include "tests/golden/run/program.h"
#include "tests/golden/whole/process.h"

#include <math.h>

#include "datasets/importers.h"
#include "figures.h"
#include "geo/layer.h"
#include "territory/flows.h"

static void run_file(const char *run, const char *folder, const char *name, char results[256])
{
    static char text[1 << 16];
    char data[256];
    assert_true(shared_file(data, "data"));
    const ending e =
        process_run((const char *const[]){"run", run, "--data", data, "-o",
                                          in_folder(results, folder, name), "--lang", "en", NULL},
                    text, sizeof text);
    if (e.code != 0)
        print_error("exit %d\n%s\n", e.code, text);
    assert_int_equal(e.code, 0);
    print_message("%s: %.1f s, %ld MiB\n", run, e.seconds, e.peak_kib / 1024);
}

/* The example of the tree, with machine tables alone: the other formats are another test's. */
static void run_example(const char *name, char folder[64], char results[256])
{
    char from[256], to[256];
    folder_new(folder);
    (void)snprintf(from, sizeof from, "%s/examples/%s", BASSIN_SOURCE_DIR, name);
    copy_with(from, in_folder(to, folder, "run.yaml"), "formats: [", "formats: [csv]} # [");
    run_file(to, folder, "out", results);
}

/* Rows and weight: read, less used, rejected and ignored. */
static void balance_closes(const char *results)
{
    static const char *const measures[] = {"rows", "weight"};
    char path[256];
    table *t = read_texts(in_folder(path, results, "tables/balance.csv"));
    assert_true(t->rows > 0);
    for (size_t row = 0; row < t->rows; row++)
        for (size_t m = 0; strcmp(text_in(t, row, "outcome"), "read") == 0 && m < 2; m++) {
            double left = 0.0;
            for (size_t k = 0; k < t->rows; k++)
                if (strcmp(text_in(t, k, "file"), text_in(t, row, "file")) == 0 &&
                    strcmp(text_in(t, k, "role"), text_in(t, row, "role")) == 0)
                    left += (strcmp(text_in(t, k, "outcome"), "read") == 0 ? 1.0 : -1.0) *
                            number_in(t, k, measures[m]);
            if (fabs(left) > (m == 0 ? 0.0 : 0.01))
                fail_msg("%s: %g %s not accounted for", text_in(t, row, "file"), left, measures[m]);
        }
    table_free(t);
}

/* Census 2014, base and detail files; straight lines between the points of communes, nothing within
 * a commune. */
static void ile_de_france_2014(void **state)
{
    char folder[64], results[256], data[256];
    (void)state;
    SKIP_WITHOUT_SHARED(data, "data/communes_idf_2014_with_arm.geojson.gz");
    run_example("ile-de-france.yaml", folder, results);
    assert_true(fabs(total_in(results, "commuting", "workers") - 5323745.4363) < 0.1);
    assert_true(fabs(total_in(results, "commuting", "crow_km") - 49992104.5136) < 0.1);
    balance_closes(results);
    folder_drop(folder);
}

/* 2,726 desks of metropolitan France; haversine to the nearest, from the chef-lieu of each commune.
 */
static void france_services(void **state)
{
    char folder[64], results[256], path[256];
    double population = 0.0;
    size_t open = 0;
    (void)state;
    SKIP_WITHOUT_SHARED(path, "data/communes_2023_aav_chefslieux.csv.gz");
    run_example("france-services.yaml", folder, results);
    assert_true(fabs(total_in(results, "coverage", "beyond_5_km") - 29.1799) <= 0.00005);
    assert_true(fabs(total_in(results, "coverage", "beyond_10_km") - 6.0792) <= 0.00005);
    assert_true(fabs(total_in(results, "coverage", "beyond_5_km_places") - 22110) <= 0.0);
    assert_true(fabs(total_in(results, "coverage", "beyond_10_km_places") - 4646) <= 0.0);
    table *t = read_texts(in_folder(path, results, "tables/places.csv"));
    for (size_t row = 0; row < t->rows; row++) {
        const double persons = number_in(t, row, "population");
        population += isnan(persons) ? 0.0 : persons;
    }
    table_free(t);
    assert_true(fabs(population - 65505213) <= 0.0);
    t = read_texts(in_folder(path, results, "tables/venues.csv"));
    for (size_t row = 0; row < t->rows; row++)
        open += strcmp(text_in(t, row, "placement"), "none") != 0;
    assert_int_equal(open, 2726);
    table_free(t);
    balance_closes(results);
    folder_drop(folder);
}

/* A density grid made for the test: a class by population, 7 the smallest. */
static void write_density(const char *path, const table *places)
{
    static const double above[] = {50000, 20000, 10000, 5000, 2000, 500};
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    (void)fprintf(out, "CODGEO;DENS\n");
    for (size_t row = 0; row < places->rows; row++) {
        const double persons = number_in(places, row, "population");
        size_t class = 0;
        while (class < sizeof above / sizeof above[0] && !(persons > above[class]))
            class ++;
        (void)fprintf(out, "%s;%zu\n", text_in(places, row, "code"), class + 1);
    }
    assert_int_equal(fclose(out), 0);
}

/* Communes of 2023 and their population brought to 2024: 13 join others, and the three restored on
 * 2024-01-01 (60694, 85165, 85212) stay with those they left, for want of a population of their
 * own. With a density grid, times change and straight lines do not. */
static void france_services_in_2024_geography(void **state)
{
    char folder[64], results[256], path[256], line[400], run[256], again[256];
    double population = 0.0;
    (void)state;
    SKIP_WITHOUT_SHARED(path, "data/cog2024_mouvements-communes.csv.gz");
    run_example("france-services-2024.yaml", folder, results);
    table *t = read_texts(in_folder(path, results, "tables/places.csv"));
    assert_int_equal(t->rows, 34816 - 13);
    for (size_t row = 0; row < t->rows; row++)
        population += isnan(number_in(t, row, "population")) ? 0 : number_in(t, row, "population");
    assert_true(fabs(population - 65505213) <= 0.0);
    write_density(in_folder(path, folder, "densite.csv"), t);
    table_free(t);
    t = read_texts(in_folder(path, results, "tables/vintages.csv"));
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(text_in(t, row, "role"), "population") == 0) {
            assert_true(fabs(number_in(t, row, "weight_after") - 67408052) <= 0.0);
            assert_int_equal((int)number_in(t, row, "merged"), 13);
            assert_int_equal((int)number_in(t, row, "lost"), 0);
        }
    table_free(t);
    (void)snprintf(line, sizeof line, "density: {file: %s, vintage: 2024}\n  keep: metropole",
                   in_folder(path, folder, "densite.csv"));
    copy_with(in_folder(path, folder, "run.yaml"), in_folder(run, folder, "dense.yaml"),
              "keep: metropole", line);
    run_file(run, folder, "dense", again);
    const double far = total_in(results, "coverage", "beyond_5_km");
    assert_true(far > 29.1 && far < 29.3); /* 29.18 in 2023 */
    assert_true(fabs(total_in(again, "coverage", "beyond_5_km") - far) <= 0.0);
    assert_true(total_in(again, "catchment", "within_10_min") !=
                total_in(results, "catchment", "within_10_min"));
    balance_closes(results);
    balance_closes(again);
    folder_drop(folder);
}

/* --- the 7,905 pairs of 100 workers and more that INSEE publishes as integers --- */

typedef struct pair {
    uint32_t o, j;
    double workers;
} pair;

static int by_codes(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->o != y->o)
        return x->o < y->o ? -1 : 1;
    return x->j < y->j ? -1 : x->j > y->j;
}

static imported read_input(zygote *workers, const char *role, const char *path, faults *list)
{
    imported out;
    const import_request request = {
        .path = path, .role = role, .workers = workers, .where = source_at("run.yaml", 1, 1)};
    const status s = import_file(dataset_importers, &request, &out, list);
    for (size_t i = 0; s != STATUS_OK && i < faults_count(list); i++)
        print_error("%s\n", faults_at(list, i)->en);
    assert_int_equal(s, STATUS_OK);
    return out;
}

/* Sums of the flows by residence-work pair, in the order of places. */
static pair *pairs_of(const flows *f)
{
    const column *workers = table_find(f->rows, "workers");
    pair *pairs = malloc((f->pair_count + 1) * sizeof *pairs);
    assert_non_null(pairs);
    assert_non_null(workers);
    for (size_t i = 0; i < f->pair_count; i++) {
        pairs[i] = (pair){.o = f->o[f->pair_start[i]], .j = f->j[f->pair_start[i]]};
        for (uint64_t row = f->pair_start[i]; row < f->pair_start[i + 1]; row++)
            pairs[i].workers += workers->at.f64[row];
    }
    qsort(pairs, f->pair_count, sizeof *pairs, by_codes);
    return pairs;
}

static void compare_pairs(const territory *t, const flows *f, const table *official)
{
    pair *pairs = pairs_of(f);
    size_t wrong = 0;
    for (size_t row = 0; row < official->rows; row++) {
        const pair wanted = {.o = territory_place(t, text_in(official, row, "CODGEO")),
                             .j = territory_place(t, text_in(official, row, "DCLT"))};
        const pair *found = bsearch(&wanted, pairs, f->pair_count, sizeof *pairs, by_codes);
        const double published = number_in(official, row, "NBFLUX_C14_ACTOCC15P");
        if (found != NULL && fabs(found->workers - published) <= 0.5)
            continue;
        if (wrong++ < 5)
            print_error("%s -> %s: %g published, %g here\n", text_in(official, row, "CODGEO"),
                        text_in(official, row, "DCLT"), published,
                        found != NULL ? found->workers : -1.0);
    }
    free(pairs);
    assert_int_equal(wrong, 0);
}

static void the_official_pairs_of_ile_de_france(void **state)
{
    static const worker_job *const job = &layer_job;
    char communes_path[256], base_path[256], detail_path[256], official_path[256];
    zygote *workers = NULL;
    faults *list = NULL;
    ledger *balance = NULL;
    territory *t = NULL;
    flows *commuting = NULL;
    error err;
    (void)state;
    SKIP_WITHOUT_SHARED(official_path, "data/tab_IDF_mobpro_over100_official.csv");
    assert_true(shared_file(communes_path, "data/communes_idf_2014_with_arm.geojson.gz"));
    assert_true(
        shared_file(base_path, "data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz"));
    assert_true(shared_file(detail_path, "data/mobpro_idf_2014_mode_csp.csv.gz"));
    assert_int_equal(zygote_start(&workers, job, 1, true, &err), STATUS_OK);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(ledger_new(&balance, &err), STATUS_OK);
    imported communes = read_input(workers, "communes", communes_path, list);
    imported base = read_input(workers, "flows", base_path, list),
             detail = read_input(workers, "detail", detail_path, list);
    const territory_inputs in = {.communes = &communes};
    assert_int_equal(territory_build(&in, balance, &t, list), STATUS_OK);
    const flows_inputs inputs = {.base = &base, .detail = &detail, .weight = 2.5};
    assert_int_equal(flows_build(t, &inputs, balance, &commuting, list), STATUS_OK);
    table *official = read_texts(official_path);
    assert_int_equal(official->rows, 7905);
    compare_pairs(t, commuting, official);
    table_free(official);
    flows_free(commuting);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    imported_clear(&detail);
    ledger_free(balance);
    faults_free(list);
    zygote_stop(workers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_official_pairs_of_ile_de_france),
        cmocka_unit_test(ile_de_france_2014),
        cmocka_unit_test(france_services),
        cmocka_unit_test(france_services_in_2024_geography),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
