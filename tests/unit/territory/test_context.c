/* Zonings and numbers by commune, beside places and venues. */
#include "files.h"

#include "territory/context.h"

/* Three communes in a row, squares of a tenth of a degree. */
static const char communes[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"CODGEO\":\"77001\",\"LIBGEO\":\"A\"},\"geometry\":{"
    "\"type\":\"Polygon\",\"coordinates\":[[[2.0,48.0],[2.1,48.0],[2.1,48.1],[2.0,48.1],[2.0,48.0]]"
    "]"
    "}},"
    "{\"type\":\"Feature\",\"properties\":{\"CODGEO\":\"77002\",\"LIBGEO\":\"B\"},\"geometry\":{"
    "\"type\":\"Polygon\",\"coordinates\":[[[2.1,48.0],[2.2,48.0],[2.2,48.1],[2.1,48.1],[2.1,48.0]]"
    "]"
    "}},"
    "{\"type\":\"Feature\",\"properties\":{\"CODGEO\":\"77003\",\"LIBGEO\":\"C\"},\"geometry\":{"
    "\"type\":\"Polygon\",\"coordinates\":[[[2.2,48.0],[2.3,48.0],[2.3,48.1],[2.2,48.1],[2.2,48.0]]"
    "]"
    "}}]}";

/* Two neighbourhoods that share a side, in the first commune; `swapped` gives them in the other
 * order. */
#define QPV_WEST                                                                                   \
    "{\"type\":\"Feature\",\"properties\":{\"code_qp\":\"QN07701M\",\"insee_com\":\"77001, "       \
    "77002\"},"                                                                                    \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[2.02,48.02],[2.04,48.02],[2.04,48.04]," \
    "[2.02,48.04],[2.02,48.02]]]}}"
#define QPV_EAST                                                                                   \
    "{\"type\":\"Feature\",\"properties\":{\"code_qp\":\"QN07702M\",\"insee_com\":\"77001\"},"     \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[2.04,48.02],[2.06,48.02],[2.06,48.04]," \
    "[2.04,48.04],[2.04,48.02]]]}}"
#define COLLECTION(a, b) "{\"type\":\"FeatureCollection\",\"features\":[" a "," b "]}"

typedef struct world {
    imported communes, venues;
    territory *t;
    taxonomy *kinds;
    venues *v;
} world;

static void world_open(fixture *f, world *w)
{
    w->communes = import_good(f, "communes", "communes.geojson", communes);
    const territory_inputs in = {.communes = &w->communes};
    w->t = build(f, &in);
    w->venues = import_good(f, "venues", "venues.csv",
                            "id,nom,type,code_commune,lon,lat\n"
                            "1,in the west,ACT.COWORK,77001,2.03,48.03\n"
                            "2,on the side,ACT.COWORK,77001,2.04,48.03\n"
                            "3,out,ACT.COWORK,77003,2.25,48.05\n");
    assert_int_equal(taxonomy_read(TAXONOMY, &w->kinds, f->list), STATUS_OK);
    const venue_list list = {.id = "l", .rows = &w->venues};
    const venues_inputs wanted = {.lists = &list, .list_count = 1};
    assert_int_equal(venues_place(w->t, w->kinds, &wanted, f->balance, &w->v, f->list), STATUS_OK);
    assert_int_equal(w->v->count, 3);
}

static void world_close(world *w)
{
    venues_free(w->v);
    taxonomy_free(w->kinds);
    territory_free(w->t);
    imported_clear(&w->venues);
    imported_clear(&w->communes);
}

static uint32_t flag(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    assert_int_equal(column_state(c, row), VALUE_PRESENT);
    return c->at.u32[row];
}

static bool is_missing(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_state(c, row) == VALUE_MISSING;
}

static void a_point_tells_the_neighbourhood_of_a_venue(void **state)
{
    fixture *f = *state;
    const char *const orders[] = {COLLECTION(QPV_WEST, QPV_EAST), COLLECTION(QPV_EAST, QPV_WEST)};
    world w = {0};
    world_open(f, &w);
    for (size_t i = 0; i < 2; i++) {
        table *places = NULL;
        table *held = NULL;
        imported qpv = import_good(f, "zoning", "qpv_2024.geojson", orders[i]);
        const zoning_input zoning = {.name = "QPV", .rows = &qpv};
        const context_inputs in = {.zonings = &zoning, .zoning_count = 1};
        assert_int_equal(context_of_places(w.t, &in, f->balance, &places, f->list), STATUS_OK);
        assert_int_equal(context_of_venues(w.t, w.v, places, &in, &held, f->list), STATUS_OK);
        assert_int_equal(flag(places, "zoning_qpv", 0), 1);
        assert_int_equal(flag(places, "zoning_qpv", 1), 1);
        assert_int_equal(flag(places, "zoning_qpv", 2), 0);
        assert_int_equal(flag(held, "zoning_qpv", 0), 1);
        assert_string_equal(text_of(held, "zoning_qpv_zone", 0), "QN07701M");
        /* on the common side: the first code, whatever the order of the file */
        assert_string_equal(text_of(held, "zoning_qpv_zone", 1), "QN07701M");
        assert_int_equal(flag(held, "zoning_qpv", 2), 0);
        assert_string_equal(table_find(places, "zoning_qpv")->title_fr, "QPV (2024)");
        table_free(places);
        table_free(held);
        imported_clear(&qpv);
    }
    assert_int_equal(ledger_check(f->balance, &(error){0}), STATUS_OK);
    world_close(&w);
}

/* A file of ins and outs says nothing of a commune that it lacks; a list of members does. */
static void silence_is_out_only_for_a_list_of_members(void **state)
{
    fixture *f = *state;
    table *places = NULL;
    table *held = NULL;
    world w = {0};
    world_open(f, &w);
    imported frr = import_good(f, "zoning", "frr.csv", "CODGEO;FRR\n77001;FRR+\n77002;0\n");
    imported pvd = import_good(f, "zoning", "pvd.csv",
                               "insee_com;id_pvd\n77002;pvd-1\n"
                               "60001;pvd-2\n");
    const zoning_input zonings[] = {{.name = "FRR", .year = 2025, .rows = &frr},
                                    {.name = "Petites villes de demain", .rows = &pvd}};
    const context_inputs in = {.zonings = zonings, .zoning_count = 2};
    assert_int_equal(context_of_places(w.t, &in, f->balance, &places, f->list), STATUS_OK);
    assert_int_equal(context_of_venues(w.t, w.v, places, &in, &held, f->list), STATUS_OK);
    assert_int_equal(flag(places, "zoning_frr", 0), 1);
    assert_string_equal(text_of(places, "zoning_frr_class", 0), "FRR+");
    assert_int_equal(flag(places, "zoning_frr", 1), 0);
    assert_true(is_missing(places, "zoning_frr", 2));
    assert_string_equal(table_find(places, "zoning_frr")->title_fr, "FRR (2025)");
    assert_int_equal(flag(places, "zoning_petites_villes_de_demain", 0), 0);
    assert_int_equal(flag(places, "zoning_petites_villes_de_demain", 1), 1);
    assert_int_equal(flag(held, "zoning_frr", 0), 1);
    assert_true(is_missing(held, "zoning_frr", 2));
    assert_int_equal(ledger_check(f->balance, &(error){0}), STATUS_OK);
    table_free(places);
    table_free(held);
    imported_clear(&frr);
    imported_clear(&pvd);
    world_close(&w);
}

static void numbers_follow_their_commune_and_keep_their_state(void **state)
{
    fixture *f = *state;
    table *places = NULL;
    world w = {0};
    world_open(f, &w);
    imported incomes = import_good(f, "context", "cc_filosofi_2021_COM.csv",
                                   "CODGEO;NBMENFISC21;MED21\n77002;331;s\n77001;12;21500\n");
    const context_input tables[] = {{.rows = &incomes}};
    const context_inputs in = {.tables = tables, .table_count = 1};
    assert_int_equal(context_of_places(w.t, &in, f->balance, &places, f->list), STATUS_OK);
    assert_true(number_of(places, "median_income_eur", 0) == 21500);
    assert_int_equal(column_state(table_find(places, "median_income_eur"), 1), VALUE_SECRET);
    assert_true(is_missing(places, "median_income_eur", 2));
    assert_string_equal(table_find(places, "median_income_eur")->title_fr,
                        "Niveau de vie médian (2021)");
    assert_string_equal(table_find(places, "median_income_eur")->unit, "EUR");
    assert_true(says(f->list, "1 communes have no row in this file (the first: 77003)"));
    table_free(places);
    const context_input twice[] = {{.rows = &incomes}, {.rows = &incomes}};
    const context_inputs again = {.tables = twice, .table_count = 2};
    assert_int_equal(context_of_places(w.t, &again, f->balance, &places, f->list), STATUS_INPUT);
    assert_true(says(f->list, "column \"median_income_eur\" is given twice"));
    imported_clear(&incomes);
    world_close(&w);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(a_point_tells_the_neighbourhood_of_a_venue),
        TEST(silence_is_out_only_for_a_list_of_members),
        TEST(numbers_follow_their_commune_and_keep_their_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
