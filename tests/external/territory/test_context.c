/* Zonings and numbers by commune from the published files, on Île-de-France. */
#include "shared.h"

#include "territory/context.h"

static imported read_shared(fixture *f, const char *role, const char *name)
{
    imported out;
    char relative[256];
    (void)snprintf(relative, sizeof relative, "data/%s", name);
    const import_request request = {.path = shared_path(relative),
                                    .role = role,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    const status rc = import_file(dataset_importers, &request, &out, f->list);
    if (rc != STATUS_OK) {
        fail_msg("%s: %s", name, faults_at(f->list, faults_count(f->list) - 1)->en);
    }
    return out;
}

static double sum_of(const table *t, const char *name)
{
    double sum = 0;
    const column *c = table_find(t, name);
    assert_non_null(c);
    for (size_t i = 0; i < t->rows; i++) {
        sum += column_state(c, i) == VALUE_PRESENT ? c->at.f64[i] : 0;
    }
    return sum;
}

static size_t count_of(const table *t, const char *name, value_state state)
{
    size_t count = 0;
    const column *c = table_find(t, name);
    assert_non_null(c);
    for (size_t i = 0; i < t->rows; i++) {
        count += column_state(c, i) == state;
    }
    return count;
}

static size_t ones_of(const table *t, const char *name)
{
    size_t count = 0;
    const column *c = table_find(t, name);
    assert_non_null(c);
    for (size_t i = 0; i < t->rows; i++) {
        count += column_state(c, i) == VALUE_PRESENT && c->at.u32[i] == 1;
    }
    return count;
}

/* Rows of a two-column file `code;0|1` that are 1 and name a place, by another way: by hand. */
static size_t ones_in_file(const char *path, const territory *t)
{
    char line[64];
    size_t count = 0;
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in) != NULL) {
        char *separator = strchr(line, ';');
        if (separator != NULL && separator[1] == '1') {
            *separator = '\0';
            count += territory_place(t, line) != PLACE_NONE;
        }
    }
    (void)fclose(in);
    return count;
}

static void published_zonings_and_numbers_meet_their_communes(void **state)
{
    error err;
    fixture f;
    territory *t = NULL;
    table *places = NULL;
    (void)state;
    SKIP_WITHOUT("data/communes_idf_2018.geojson");
    fixture_open(&f);
    imported communes = read_shared(&f, "communes", "communes_idf_2018.geojson");
    const territory_inputs base = {.communes = &communes};
    assert_int_equal(territory_build(&base, f.balance, &t, f.list), STATUS_OK);
    imported frr = read_shared(&f, "zoning", "frr_77.csv");
    imported incomes = read_shared(&f, "context", "cc_filosofi_2020_COM.csv.gz");
    imported facilities = read_shared(&f, "context", "bpe2019_94.csv.gz");
    assert_string_equal(facilities.by->id, "insee-bpe-points-counted");
    const zoning_input zonings[] = {{.name = "FRR", .year = 2025, .rows = &frr}};
    const context_input tables[] = {{.rows = &incomes}, {.rows = &facilities}};
    const context_inputs in = {
        .zonings = zonings, .zoning_count = 1, .tables = tables, .table_count = 2};
    assert_int_equal(context_of_places(t, &in, f.balance, &places, f.list), STATUS_OK);
    assert_int_equal(places->rows, 1276);
    /* Val-de-Marne is whole in the outlines: every facility of its file has a commune here */
    assert_true(sum_of(places, "facilities") == 47171);
    double domains = 0;
    for (char domain = 'a'; domain <= 'g'; domain++) {
        const char name[] = {'f', 'a', 'c', 'i', 'l', 'i', 't', 'i', 'e', 's', '_', domain, '\0'};
        domains += sum_of(places, name);
    }
    assert_true(domains == 47171);
    const size_t ones = ones_in_file(shared_path("data/frr_77.csv"), t);
    assert_true(ones > 0);
    assert_int_equal(ones_of(places, "zoning_frr"), ones);
    assert_true(count_of(places, "median_income_eur", VALUE_SECRET) > 0);
    assert_true(count_of(places, "median_income_eur", VALUE_PRESENT) > 1200);
    assert_int_equal(ledger_check(f.balance, &err), STATUS_OK);
    table_free(places);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&frr);
    imported_clear(&incomes);
    imported_clear(&facilities);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_zonings_and_numbers_meet_their_communes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
