/* Metropolitan France by points: communes 2023, population 2021, France services 2024. */
#include "shared.h"

#include <math.h>

#define COMMUNES "data/communes_2023_aav_chefslieux.csv.gz"
#define POPULATION "data/cog2024_donnees_communes.csv.gz"
#define MEMBERSHIP "data/table-appartenance-geo-communes-22.xlsx"
#define DESKS "data/liste-fs-20240801.csv"
#define LABELS "data/fabt_geom.geojson"

static const column_binding chef_lieux[] = {
    {"code", "geo_code"}, {"lon", "cheflieu_x"}, {"lat", "cheflieu_y"}};

static imported communes_of(fixture *f, const column_binding *bindings, size_t count)
{
    imported out;
    const status rc =
        import(f, "communes", shared_path(COMMUNES), NULL, bindings, count, 3857, &out);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return out;
}

static void population_and_desks_of_metropolitan_france(void **state)
{
    (void)state;
    SKIP_WITHOUT(COMMUNES);
    fixture f = {0};
    territory *t = NULL;
    taxonomy *kinds = NULL;
    venues *desks = NULL;
    error err;
    double population = 0;
    size_t coordinates = 0;
    size_t itinerant = 0;
    fixture_open(&f);
    imported communes = communes_of(&f, chef_lieux, 3);
    imported persons = import_ok(&f, "population", POPULATION);
    imported list = import_ok(&f, "venues", DESKS);
    assert_int_equal(communes.rows->rows, 34945);
    assert_string_equal(list.by->id, "france-services");
    const territory_inputs in = {.communes = &communes,
                                 .population = &persons,
                                 .fold_arrondissements = true,
                                 .perimeter = {.keep = "metropole"}};
    status rc = territory_build(&in, f.balance, &t, f.list);
    print_faults(f.list);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(t->place_count, 34816);
    assert_string_equal(t->title, "France métropolitaine");
    for (size_t i = 0; i < t->place_count; i++) {
        population += isnan(t->population[i]) ? 0 : t->population[i];
    }
    print_message("population %.0f\n", population);
    assert_true(fabs(population - 65505213) < 0.5);
    assert_true(fabs(t->population[territory_place(t, "75056")] - 2133111) < 0.5);
    assert_int_equal(territory_place(t, "75113"), territory_place(t, "75056"));
    assert_int_equal(
        taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &kinds, f.list),
        STATUS_OK);
    const venue_list lists[] = {{.id = "liste-fs", .rows = &list}};
    const venues_inputs wanted = {.lists = lists, .list_count = 1};
    rc = venues_place(t, kinds, &wanted, f.balance, &desks, f.list);
    print_faults(f.list);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(desks->count, 2726);
    const column *how = table_find(desks->rows, "placement");
    const column *moving = table_find(desks->rows, "itinerant");
    for (size_t i = 0; i < desks->count; i++) {
        coordinates += strcmp(column_text(how, i), "coordinates") == 0;
        itinerant += moving->at.u32[i];
        assert_true(desks->place[i] != PLACE_NONE);
        assert_true(desks->function[i][6] >= 1 && desks->function[i][7] >= 0.5 &&
                    !desks->in_scope[i]);
    }
    assert_int_equal(coordinates, 2726);
    assert_int_equal(itinerant, 147);
    assert_int_equal(ledger_check(f.balance, &err), STATUS_OK);
    venues_free(desks);
    taxonomy_free(kinds);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&persons);
    imported_clear(&list);
    fixture_close(&f);
}

static const grouping *grouping_of(const territory *t, const char *level)
{
    for (size_t i = 0; i < t->grouping_count; i++) {
        if (strcmp(t->groupings[i].level, level) == 0) {
            return &t->groupings[i];
        }
    }
    return NULL;
}

static void zones_take_their_names_from_the_second_sheet(void **state)
{
    (void)state;
    SKIP_WITHOUT(MEMBERSHIP);
    fixture f = {0};
    territory *t = NULL;
    fixture_open(&f);
    imported communes = communes_of(&f, chef_lieux, 3);
    imported membership = import_ok(&f, "membership", MEMBERSHIP);
    assert_int_equal(membership.rows->rows, 34955 + 45); /* sheets COM and ARM */
    const territory_inputs in = {
        .communes = &communes, .membership = &membership, .perimeter = {.keep = "region:Bretagne"}};
    const status rc = territory_build(&in, f.balance, &t, f.list);
    print_faults(f.list);
    assert_int_equal(rc, STATUS_OK);
    assert_string_equal(t->title, "Bretagne");
    const grouping *epci = grouping_of(t, "epci");
    assert_non_null(epci);
    const grouping *departement = grouping_of(t, "departement");
    assert_int_equal(departement->group_count, 4);
    assert_string_equal(departement->name[0], "Côtes-d’Armor");
    const uint32_t rennes = territory_place(t, "35238");
    assert_string_equal(epci->name[epci->of_place[rennes]], "Rennes Métropole");
    assert_non_null(grouping_of(t, "bassin_vie"));
    assert_non_null(grouping_of(t, "zone_emploi"));
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&membership);
    fixture_close(&f);
}

static void features_that_hold_several_venues_are_split(void **state)
{
    (void)state;
    SKIP_WITHOUT(LABELS);
    fixture f = {0};
    fixture_open(&f);
    imported labels = import_ok(&f, "venues", LABELS);
    assert_string_equal(labels.by->id, "anct-labels");
    assert_int_equal(labels.rows->rows, 382);
    assert_non_null(table_find(labels.rows, "lon"));
    imported_clear(&labels);
    fixture_close(&f);
}

static void the_official_names_keep_communes_only(void **state)
{
    (void)state;
    SKIP_WITHOUT("data/cog2024_communes.csv.gz");
    fixture f = {0};
    fixture_open(&f);
    imported names = import_ok(&f, "names", "data/cog2024_communes.csv.gz");
    assert_int_equal(names.rows->rows + names.left_out, 37544);
    /* 34,935 communes and 45 arrondissements */
    assert_int_equal(names.rows->rows, 34980);
    code_index *index = NULL;
    assert_int_equal(code_index_new(&index, names.rows, "code", f.list), STATUS_OK);
    code_index_free(index);
    imported_clear(&names);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(population_and_desks_of_metropolitan_france),
        cmocka_unit_test(zones_take_their_names_from_the_second_sheet),
        cmocka_unit_test(features_that_hold_several_venues_are_split),
        cmocka_unit_test(the_official_names_keep_communes_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
