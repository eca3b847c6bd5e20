/* Places in the order of their code, with what each file says of them, whatever the order of its
 * rows. */
#include "files.h"

#include <math.h>

/* A row of four squares of 0.1 degree in Seine-et-Marne, and one island square apart. */
static const char squares[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"77003\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[2.7,48.5],[2.8,48.5],[2.8,48.6],[2.7,48.6],[2.7,48.5]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"77001\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[2.5,48.5],[2.6,48.5],[2.6,48.6],[2.5,48.6],[2.5,48.5]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"77002\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[2.6,48.5],[2.7,48.5],[2.7,48.6],[2.6,48.6],[2.6,48.5]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"91004\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[2.4,48.5],[2.5,48.5],[2.5,48.6],[2.4,48.6],[2.4,48.5]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"77009\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[3.2,48.5],[3.3,48.5],[3.3,48.6],[3.2,48.6],[3.2,48.5]]]}}]}";

static const grouping *grouping_of(const territory *t, const char *level)
{
    for (size_t i = 0; i < t->grouping_count; i++) {
        if (strcmp(t->groupings[i].level, level) == 0) {
            return &t->groupings[i];
        }
    }
    return NULL;
}

static void outlines_give_points_areas_and_neighbours(void **state)
{
    fixture *f = *state;
    error err;
    imported communes = import_good(f, "communes", "c.geojson", squares);
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    assert_int_equal(t->place_count, 5);
    assert_string_equal(t->code[0], "77001");
    assert_string_equal(t->code[4], "91004");
    assert_string_equal(t->name[0], "77001");
    assert_string_equal(text_of(t->places, "point_class", 0), "surface");
    assert_int_equal(t->epsg, 2154);
    assert_string_equal(t->title, "Île-de-France");
    /* 0.1 degree of latitude by 0.1 degree of longitude at 48.55 north */
    const double km2 = 0.1 * 111.2 * 0.1 * 111.2 * cos(48.55 * 3.14159265358979 / 180);
    for (size_t i = 0; i < 5; i++) {
        assert_true(fabs(number_of(t->places, "area_km2", i) / km2 - 1) < 0.01);
        /* half a square: 5.56 km to the north where both sides are shared, else 3.69 km */
        const double border_km = i < 2 ? 5.56 : 3.69;
        assert_true(fabs(number_of(t->places, "border_km", i) - border_km) < 0.05);
    }
    /* 77001 touches 77002 and 91004; 77009 nobody */
    assert_int_equal(t->neighbour_start[1], 2);
    assert_int_equal(t->neighbour[0], 1);
    assert_int_equal(t->neighbour[1], 4);
    assert_int_equal(t->neighbour_start[4] - t->neighbour_start[3], 0);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    territory_free(t);
    imported_clear(&communes);
}

static void a_perimeter_keeps_its_margin(void **state)
{
    fixture *f = *state;
    error err;
    imported communes = import_good(f, "communes", "c.geojson", squares);
    const territory_inputs in = {.communes = &communes,
                                 .perimeter = {.keep = "departement:91", .margin_km = 10}};
    territory *t = build(f, &in);
    /* the next square is 7.4 km away, the one after 14.7 */
    assert_int_equal(t->place_count, 2);
    assert_string_equal(t->code[0], "77001");
    assert_int_equal(t->kept[0], 0);
    assert_int_equal(t->kept[1], 1);
    assert_string_equal(t->title, "Essonne");
    const grouping *departements = grouping_of(t, "departement");
    assert_int_equal(departements->group_count, 1);
    assert_string_equal(departements->name[0], "Essonne");
    assert_int_equal(departements->of_place[0], GROUP_NONE); /* none of the groups kept */
    assert_int_equal(departements->of_place[1], 0);
    assert_true(territory_knows(t, "77003"));
    assert_false(territory_knows(t, "77555"));
    assert_true(territory_knows(t, "33063"));
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    territory_free(t);
    imported_clear(&communes);
}

static void keep_is_told_by_name_and_refused_with_what_there_is(void **state)
{
    fixture *f = *state;
    territory *t = NULL;
    imported communes = import_good(f, "communes", "c.geojson", squares);
    territory_inputs in = {.communes = &communes, .perimeter = {.keep = "Seine-et-Marne"}};
    t = build(f, &in);
    assert_int_equal(t->place_count, 4);
    territory_free(t);
    const struct {
        const char *keep, *told;
    } refused[] = {
        {"departement:33", "departement:77 (Seine-et-Marne)"},
        {"canton:7701", "unknown level"},
        {"epci:200033173", "membership"},
        {"Atlantide", "names no loaded commune"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        in.perimeter.keep = refused[i].keep;
        assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_INPUT);
        assert_null(t);
        assert_true(says(f->list, refused[i].told));
    }
    imported_clear(&communes);
}

/* "11" is Aude and Île-de-France. */
static void a_bare_code_with_two_readings_is_refused(void **state)
{
    fixture *f = *state;
    territory *t = NULL;
    imported communes =
        import_good(f, "communes", "c.csv", "code,lon,lat\n11001,2.3,43.2\n77001,2.5,48.5\n");
    const territory_inputs in = {.communes = &communes, .perimeter = {.keep = "11"}};
    assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_INPUT);
    assert_true(says(f->list, "departement:11 (Aude) or region:11"));
    imported_clear(&communes);
}

static void a_code_twice_is_refused_with_both_lines(void **state)
{
    fixture *f = *state;
    territory *t = NULL;
    imported communes =
        import_good(f, "communes", "c.csv",
                    "code,nom,lon,lat\n77001,A,2.5,48.5\n77002,B,2.6,48.5\n77001,C,2.7,48.5\n");
    const territory_inputs in = {.communes = &communes};
    assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_INPUT);
    assert_true(says(f->list, "77001: lines 2 and 4"));
    imported_clear(&communes);
}

static const char paris[] = "code,nom,lon,lat\n75056,Paris,2.35,48.86\n77001,Achères,2.5,48.3\n";

static void arrondissements_fold_into_their_commune(void **state)
{
    fixture *f = *state;
    error err;
    imported communes = import_good(f, "communes", "c.csv", paris);
    imported population =
        import_good(f, "population", "p.csv", "COM;PMUN\n75101;10\n75102;20\n77001;5\n97411;7\n");
    const territory_inputs in = {
        .communes = &communes, .population = &population, .fold_arrondissements = true};
    territory *t = build(f, &in);
    assert_true(t->population[0] == 30);
    assert_true(t->population[1] == 5);
    assert_int_equal(territory_place(t, "75113"), 0);
    assert_int_equal(territory_place(t, "13201"), PLACE_NONE);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    table *balance = NULL;
    table *rejects = NULL;
    assert_int_equal(ledger_tables(f->balance, &balance, &rejects, &err), STATUS_OK);
    bool ignored = false;
    for (size_t i = 0; i < balance->rows; i++) {
        ignored = ignored || (strcmp(text_of(balance, "reason_en", i), "commune not loaded") == 0 &&
                              number_of(balance, "weight", i) == 7);
    }
    assert_true(ignored);
    table_free(balance);
    table_free(rejects);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&population);
}

/* A file with the commune and its arrondissements counts the inhabitants once. */
static void arrondissements_are_not_counted_twice(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", paris);
    imported population =
        import_good(f, "population", "p.csv", "COM;PMUN\n75101;10\n75102;20\n75056;30\n");
    const territory_inputs in = {
        .communes = &communes, .population = &population, .fold_arrondissements = true};
    territory *t = build(f, &in);
    assert_true(t->population[0] == 30);
    assert_true(isnan(t->population[1]));
    assert_true(says(f->list, "1 communes without population"));
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&population);
}

/* Two cells of Guéret (nasty grid): the point is their mean weighted by inhabitants, in EPSG:3035.
 */
static void cells_give_population_weighted_points(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", "code\n23096\n23008\n");
    imported cells = import_good(f, "cells", "g.csv",
                                 "idcar_200m,ind,lcog_geo\n"
                                 "CRS3035RES200mN2546400E3668600,30,23096\n"
                                 "CRS3035RES200mN2546400E3668800,10,23096\n");
    assert_true(number_of(cells.rows, "x", 0) == 3668700 &&
                number_of(cells.rows, "y", 0) == 2546500);
    const territory_inputs in = {.communes = &communes, .cells = &cells};
    territory *t = build(f, &in);
    assert_string_equal(text_of(t->places, "point_class", 1), "cells");
    assert_string_equal(text_of(t->places, "point_class", 0), "none");
    assert_true(isnan(t->lon[0]));
    assert_true(says(f->list, "has neither point nor outline"));
    /* gdaltransform -s_srs EPSG:3035 -t_srs EPSG:4326 of the mean, 3668750 2546500 */
    assert_true(fabs(t->lon[1] - 1.61644769395625) < 1e-6);
    assert_true(fabs(t->lat[1] - 45.7002652849458) < 1e-6);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&cells);
}

static void groups_and_memberships(void **state)
{
    fixture *f = *state;
    imported communes = import_good(
        f, "communes", "c.csv", "code,lon,lat\n77001,2.5,48.5\n77002,2.6,48.5\n77003,2.7,48.5\n");
    imported membership =
        import_good(f, "membership", "m.csv",
                    "CODGEO,LIBGEO,EPCI,LIBEPCI,ZE2020,DENS\n77001,Un,200,CC deux cents,1101,5\n"
                    "77002,Deux,100,CC cent,1101,7\n77003,Trois,200,CC deux cents,1102,\n");
    imported scot =
        import_good(f, "group", "s.csv", "code,group,group_name\n77001,S1,Nord\n33063,S2,Sud\n");
    const group_input groups[] = {{"SCoT", &scot}};
    const territory_inputs in = {
        .communes = &communes, .membership = &membership, .groups = groups, .group_count = 1};
    territory *t = build(f, &in);
    assert_string_equal(t->name[0], "Un");
    const grouping *epci = grouping_of(t, "epci");
    assert_int_equal(epci->group_count, 2);
    assert_string_equal(epci->code[0], "100");
    assert_string_equal(epci->name[1], "CC deux cents");
    assert_int_equal(epci->of_place[0], 1);
    const grouping *density = grouping_of(t, "densite");
    assert_int_equal(density->group_count, 2);
    assert_string_equal(density->name[0], "Bourgs ruraux");
    assert_int_equal(density->of_place[2], GROUP_NONE);
    const grouping *own = grouping_of(t, "group_1");
    assert_string_equal(own->title_fr, "SCoT");
    assert_int_equal(own->group_count, 1);
    assert_string_equal(own->name[0], "Nord");
    assert_null(grouping_of(t, "bassin_vie"));
    assert_int_equal(grouping_of(t, "france")->group_count, 1);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&membership);
    imported_clear(&scot);
}

static void same_tables(const table *a, const table *b)
{
    assert_int_equal(a->rows, b->rows);
    for (size_t c = 0; c < a->column_count; c++) {
        const column *x = &a->columns[c];
        const column *y = table_find(b, x->name);
        for (size_t r = 0; r < a->rows; r++) {
            assert_int_equal(column_state(x, r), column_state(y, r));
            if (x->type == COLUMN_TEXT) {
                assert_string_equal(column_text(x, r), column_text(y, r));
            } else if (x->type == COLUMN_F64) {
                assert_memory_equal(&x->at.f64[r], &y->at.f64[r], sizeof(double));
            } else {
                assert_int_equal(x->at.u32[r], y->at.u32[r]);
            }
        }
    }
}

/* An EPCI astride the perimeter is shown for a part only: how many communes are left out is told,
 * loaded or not; the code of another year (77555) is not taken for one. */
static void a_territory_astride_the_perimeter_says_so(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.geojson", squares);
    imported membership = import_good(f, "membership", "m.csv",
                                      "CODGEO;DEP;REG;EPCI\n91004;91;11;E1\n77001;77;11;E1\n"
                                      "95001;95;11;E1\n77555;77;11;E1\n77002;77;11;E2\n");
    const territory_inputs in = {.communes = &communes,
                                 .membership = &membership,
                                 .perimeter = {.keep = "departement:91", .margin_km = 10}};
    territory *t = build(f, &in);
    const grouping *epci = grouping_of(t, "epci"), *whole = grouping_of(t, "france");
    assert_int_equal(epci->group_count, 1);
    assert_int_equal(epci->outside[0], 2); /* 77001 in the margin, 95001 not loaded */
    assert_int_equal(grouping_of(t, "departement")->outside[0], 0);
    assert_int_equal(grouping_of(t, "region")->outside[0], 5); /* 77001, 2, 3, 9 and 95001 */
    assert_int_equal(whole->outside[0], 0);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&membership);
}

static void the_order_of_rows_never_matters(void **state)
{
    fixture *f = *state;
    imported a =
        import_good(f, "communes", "a.csv", "code,lon,lat\n75056,2.3,48.8\n77002,2.6,48.5\n");
    imported b =
        import_good(f, "communes", "b.csv", "lat,code,lon\n48.5,77002,2.6\n48.8,75056,2.3\n");
    imported p =
        import_good(f, "population", "p.csv", "COM;PMUN\n75101;0.1\n75102;0.2\n75103;0.7\n");
    imported q =
        import_good(f, "population", "q.csv", "COM;PMUN\n75103;0.7\n75101;0.1\n75102;0.2\n");
    const territory_inputs in_a = {.communes = &a, .population = &p, .fold_arrondissements = true};
    const territory_inputs in_b = {.communes = &b, .population = &q, .fold_arrondissements = true};
    territory *t = build(f, &in_a);
    territory *u = build(f, &in_b);
    same_tables(t->places, u->places);
    territory_free(t);
    territory_free(u);
    imported *const all[] = {&a, &b, &p, &q};
    for (size_t i = 0; i < 4; i++) {
        imported_clear(all[i]);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(outlines_give_points_areas_and_neighbours),
        TEST(a_perimeter_keeps_its_margin),
        TEST(keep_is_told_by_name_and_refused_with_what_there_is),
        TEST(a_bare_code_with_two_readings_is_refused),
        TEST(a_code_twice_is_refused_with_both_lines),
        TEST(arrondissements_fold_into_their_commune),
        TEST(arrondissements_are_not_counted_twice),
        TEST(cells_give_population_weighted_points),
        TEST(groups_and_memberships),
        TEST(a_territory_astride_the_perimeter_says_so),
        TEST(the_order_of_rows_never_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
