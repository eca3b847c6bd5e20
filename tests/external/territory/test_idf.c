/* Île-de-France, RP2014: what every run on it relies on. */
#include "shared.h"

#include <math.h>

#include "base/blocks.h"

#define COMMUNES "data/communes_idf_2014_with_arm.geojson.gz"
#define BASE "data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz"
#define DETAIL "data/mobpro_idf_2014_mode_csp.csv.gz"

static double sum_of(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    double total = 0;
    for (size_t i = 0; i < t->rows; i++) {
        total += column_state(c, i) == VALUE_PRESENT ? c->at.f64[i] : 0;
    }
    return total;
}

static double passenger_km(const table *t)
{
    const column *workers = table_find(t, "workers");
    const column *km = table_find(t, "crow_km");
    double total = 0;
    for (size_t i = 0; i < t->rows; i++) {
        total += column_state(km, i) == VALUE_PRESENT ? workers->at.f64[i] * km->at.f64[i] : 0;
    }
    return total;
}

static void workers_and_passenger_km_of_the_region(void **state)
{
    (void)state;
    SKIP_WITHOUT(COMMUNES);
    fixture f = {0};
    territory *t = NULL;
    flows *commuting = NULL;
    error err;
    fixture_open(&f);
    imported communes = import_ok(&f, "communes", COMMUNES);
    imported base = import_ok(&f, "flows", BASE);
    imported detail = import_ok(&f, "detail", DETAIL);
    assert_int_equal(communes.rows->rows, 1297);
    assert_int_equal(base.rows->rows, 126125);
    assert_int_equal(base.vintage, 2014);
    assert_int_equal(detail.rows->rows, 383932);
    const territory_inputs in = {.communes = &communes};
    assert_int_equal(territory_build(&in, f.balance, &t, f.list), STATUS_OK);
    assert_int_equal(t->place_count, 1297);
    assert_int_equal(t->epsg, 2154);
    assert_string_equal(t->title, "Île-de-France");
    assert_true(territory_place(t, "75101") != PLACE_NONE);
    const flows_inputs inputs = {.base = &base, .detail = &detail, .weight = 2.5};
    assert_int_equal(flows_build(t, &inputs, f.balance, &commuting, f.list), STATUS_OK);
    print_faults(f.list);
    assert_int_equal(commuting->pair_count, 126125);
    assert_int_equal(commuting->count, 383932);
    assert_true(fabs(sum_of(commuting->rows, "workers") - 5323745.4363) < 1e-3);
    assert_true(fabs(passenger_km(commuting->rows) - 49992104.5136) < 0.1);
    assert_int_equal(ledger_check(f.balance, &err), STATUS_OK);
    /* 12,012 km²: the region's area as the outlines give it */
    assert_true(fabs(sum_of(t->places, "area_km2") - 12070) < 100);
    for (size_t i = 0; i < t->place_count; i++) {
        assert_true(t->neighbour_start[i + 1] > t->neighbour_start[i]);
    }
    flows_free(commuting);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    imported_clear(&detail);
    fixture_close(&f);
}

static void a_departement_is_kept_with_its_margin(void **state)
{
    (void)state;
    SKIP_WITHOUT(COMMUNES);
    fixture f = {0};
    territory *t = NULL;
    flows *commuting = NULL;
    error err;
    size_t kept = 0;
    fixture_open(&f);
    imported communes = import_ok(&f, "communes", COMMUNES);
    imported base = import_ok(&f, "flows", BASE);
    const territory_inputs in = {.communes = &communes,
                                 .perimeter = {.keep = "departement:77", .margin_km = 10}};
    assert_int_equal(territory_build(&in, f.balance, &t, f.list), STATUS_OK);
    for (size_t i = 0; i < t->place_count; i++) {
        kept += t->kept[i];
        assert_true(!t->kept[i] || strncmp(t->code[i], "77", 2) == 0);
    }
    assert_int_equal(kept, 511);
    assert_true(t->place_count > kept && t->place_count < 1297);
    assert_string_equal(t->title, "Seine-et-Marne");
    assert_int_equal(t->groupings[0].group_count, 1);
    assert_true(territory_knows(t, "78646"));
    assert_false(territory_knows(t, "77999"));
    const double modes[COMMUTE_MODE_COUNT] = {0, 0.035, 0.06, 0.025, 0.02, 0.71, 0.15, 0};
    const double cs[7] = {0, 0.015, 0.068, 0.216, 0.247, 0.262, 0.192};
    const flows_inputs inputs = {.base = &base, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    assert_int_equal(flows_build(t, &inputs, f.balance, &commuting, f.list), STATUS_OK);
    assert_false(commuting->detailed);
    assert_int_equal(commuting->count, commuting->pair_count * 36);
    assert_int_equal(ledger_check(f.balance, &err), STATUS_OK);
    flows_free(commuting);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_and_passenger_km_of_the_region),
        cmocka_unit_test(a_departement_is_kept_with_its_margin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
