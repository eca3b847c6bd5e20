/* Cells as places: whose they are, where they are, who is near, and what is refused. */
#include "files.h"

#include <math.h>

#include "geo/projection.h"

enum { SOUTH_M = 2850000, NORTH_M = 2852000 };

/* Two communes side by side, squares of the European grid: 77001 from x = 3800000 to 3801700,
 * 77002 on to 3804000; both 2 km from south to north. */
static void outlines(char *text, size_t size)
{
    static const double west[] = {3800000, 3801700}, east[] = {3801700, 3804000};
    error err;
    projection *p = NULL;
    size_t used = 0;
    assert_int_equal(projection_new(&p, 3035, 4326, &err), STATUS_OK);
    used += (size_t)snprintf(text, size, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < 2; i++) {
        double x[5] = {west[i], east[i], east[i], west[i], west[i]};
        double y[5] = {SOUTH_M, SOUTH_M, NORTH_M, NORTH_M, SOUTH_M};
        assert_int_equal(projection_apply(p, x, y, 5, NULL, &err), STATUS_OK);
        used += (size_t)snprintf(text + used, size - used,
                                 "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"7700%zu\"},"
                                 "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[",
                                 i ? "," : "", i + 1);
        for (size_t k = 0; k < 5; k++) {
            used += (size_t)snprintf(text + used, size - used, "%s[%.9f,%.9f]", k ? "," : "", x[k],
                                     y[k]);
        }
        used += (size_t)snprintf(text + used, size - used, "]]}}");
    }
    (void)snprintf(text + used, size - used, "]}");
    projection_free(p);
}

#define CELL(size, north, east) "CRS3035RES" #size "mN" #north "E" #east

/* The second cell is 70 % in 77001, the third wholly in 77002; the fourth is of a commune that is
 * not loaded. */
static const char kilometres[] =
    "idcar_1km,i_est_1km,lcog_geo,ind\n" CELL(1000, 2850000, 3800000) ",0,77001,100\n" CELL(
        1000, 2850000,
        3801000) ",1,7700277001,30.5\n" CELL(1000, 2851000,
                                             3802000) ",0,77002,9\n" CELL(1000, 2850000,
                                                                          3803000) ",0,77002,"
                                                                                   "11\n" CELL(
                                                                                       1000,
                                                                                       2850000,
                                                                                       3804000) ",0"
                                                                                                ",7"
                                                                                                "75"
                                                                                                "55"
                                                                                                ",5"
                                                                                                "0"
                                                                                                "\n";

static const char kilometres_shuffled[] =
    "idcar_1km,i_est_1km,lcog_geo,ind\n" CELL(1000, 2850000, 3804000) ",0,77555,50\n" CELL(
        1000, 2851000,
        3802000) ",0,77002,9\n" CELL(1000, 2850000,
                                     3803000) ",0,77002,11\n" CELL(1000, 2850000,
                                                                   3801000) ",1,7700277001,30."
                                                                            "5\n" CELL(
                                                                                1000, 2850000,
                                                                                3800000) ",0"
                                                                                         ",7"
                                                                                         "70"
                                                                                         "01"
                                                                                         ",1"
                                                                                         "00"
                                                                                         "\n";

static const char no_codes[] = "idcar_1km,ind\n" CELL(1000, 2850000, 3800000) ",100\n" CELL(
    1000, 2850000, 3801000) ",30.5\n" CELL(1000, 2851000, 3802000) ",9\n" CELL(1000, 2850000,
                                                                               3803000) ",11\n"
    /* the centre is in no commune, and so is half of the square */
    CELL(1000, 2852000, 3800000) ",50\n";

typedef struct made {
    imported communes, cells;
    territory *land, *places;
} made;

static status try_cells(fixture *f, made *m, const char *outline_text, const char *cells_text)
{
    m->communes = import_good(f, "communes", "c.geojson", outline_text);
    m->cells = import_good(f, "cells", "cells.csv", cells_text);
    const territory_inputs in = {
        .communes = &m->communes, .cells = &m->cells, .cells_are_places = true};
    m->land = build(f, &in);
    m->places = NULL;
    return territory_cells(m->land, &m->cells, f->balance, &m->places, f->list);
}

static made make(fixture *f, const char *cells_text)
{
    made m;
    error err;
    char text[4096];
    outlines(text, sizeof text);
    const status rc = try_cells(f, &m, text, cells_text);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    return m;
}

static void made_clear(made *m)
{
    territory_free(m->places);
    territory_free(m->land);
    imported_clear(&m->cells);
    imported_clear(&m->communes);
}

static void a_cell_belongs_to_the_commune_that_holds_most_of_it(void **state)
{
    static const char *const files[] = {kilometres, kilometres_shuffled, no_codes};
    fixture *f = *state;
    for (size_t k = 0; k < 3; k++) {
        made m = make(f, files[k]);
        const territory *t = m.places;
        assert_int_equal(t->place_count, 4);
        assert_string_equal(t->code[0], CELL(1000, 2850000, 3800000));
        assert_string_equal(t->code[3], CELL(1000, 2851000, 3802000));
        static const uint32_t expected[] = {0, 0, 1, 1};
        static const double persons[] = {100, 30.5, 11, 9};
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(t->commune[i], expected[i]);
            assert_true(fabs(t->population[i] - persons[i]) < 1e-12);
            assert_string_equal(text_of(t->places, "commune", i), expected[i] ? "77002" : "77001");
        }
        assert_int_equal(t->cell_start[1], 2);
        assert_int_equal(t->cell_start[2], 4);
        assert_int_equal(t->cell[2], 2);
        assert_int_equal(t->imputed[1], k < 2);
        made_clear(&m);
    }
}

static void a_cell_has_its_own_square_and_its_commune_s_everything_else(void **state)
{
    fixture *f = *state;
    made m = make(f, kilometres);
    const territory *t = m.places;
    double x = 3800500, y = 2850500;
    error err;
    projection *p = NULL;
    assert_int_equal(projection_new(&p, 3035, 4326, &err), STATUS_OK);
    assert_int_equal(projection_apply(p, &x, &y, 1, NULL, &err), STATUS_OK);
    projection_free(p);
    assert_true(fabs(t->lon[0] - x) < 1e-12 && fabs(t->lat[0] - y) < 1e-12);
    assert_int_equal(t->epsg, 2154);
    assert_true(fabs(t->cell_m - 1000) < 1e-12);
    assert_true(fabs(number_of(t->places, "area_km2", 0) - 1) < 1e-12);
    assert_string_equal(text_of(t->places, "departement", 0), "77");
    assert_string_equal(text_of(t->places, "point_class", 0), "given");
    /* Lambert-93 keeps a kilometre within 3 per mille here */
    const double km = hypot(t->x_m[1] - t->x_m[0], t->y_m[1] - t->y_m[0]) / 1000;
    assert_true(fabs(km - 1) < 0.003);
    /* 0.5 km to the south edge of the communes, not of the cells */
    assert_true(fabs(number_of(t->places, "border_km", 0) - 0.5) < 0.01);
    assert_int_equal(t->borders->row_count, 4);
    made_clear(&m);
}

/* Squares that touch by a corner are 1.41 km apart: not neighbours on a grid of 1 km. */
static void cells_within_one_kilometre_are_neighbours(void **state)
{
    fixture *f = *state;
    made m = make(f, kilometres);
    const territory *t = m.places;
    static const uint64_t start[] = {0, 1, 2, 2, 2};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(t->neighbour_start[i], start[i]);
    }
    assert_int_equal(t->neighbour[0], 1);
    assert_int_equal(t->neighbour[1], 0);
    made_clear(&m);
    /* 200 m: 3-4-5, five steps straight, not five and one */
    m = make(f, "idcar_200m,lcog_geo,ind\n" CELL(200, 2850000, 3800000) ",77001,1\n" CELL(
                    200, 2850600,
                    3800800) ",77001,1\n" CELL(200, 2851000,
                                               3800000) ",77001,1\n" CELL(200, 2850200,
                                                                          3801000) ",77001,1\n");
    t = m.places;
    assert_int_equal(t->neighbour_start[1], 2);
    assert_int_equal(t->neighbour[0], 2); /* N2850600E3800800 */
    assert_int_equal(t->neighbour[1], 3); /* N2851000E3800000 */
    made_clear(&m);
}

static void groups_are_those_of_the_communes(void **state)
{
    fixture *f = *state;
    made m = make(f, kilometres);
    assert_int_equal(m.places->grouping_count, m.land->grouping_count);
    for (size_t g = 0; g < m.land->grouping_count; g++) {
        assert_int_equal(m.places->groupings[g].group_count, m.land->groupings[g].group_count);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(m.places->groupings[g].of_place[i],
                             m.land->groupings[g].of_place[m.places->commune[i]]);
        }
    }
    made_clear(&m);
}

static void what_is_no_grid_of_squares_is_refused(void **state)
{
    static const struct {
        const char *text, *why;
    } files[] = {
        {"id,ind,x,y\nA,1,3800100,2850100\n", "needs an INSPIRE id"},
        {"idcar_200m,lcog_geo,ind\n" CELL(200, 2850000, 3800000) ",77001,1\n" CELL(
             1000, 2850000, 3801000) ",77001,1\n",
         "one file holds one size"},
        {"idcar_200m,lcog_geo,ind\n" CELL(200, 2850000, 3800000) ",77555,1\n",
         "no cell of the file is in a loaded commune"},
    };
    fixture *f = *state;
    char text[4096];
    outlines(text, sizeof text);
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        made m;
        if (k == 0) {
            static const column_binding xy[] = {{"x", "x"}, {"y", "y"}};
            m.communes = import_good(f, "communes", "c.geojson", text);
            assert_int_equal(import_text(f, "cells", "insee-grid-200m", "cells.csv", files[k].text,
                                         xy, 2, &m.cells),
                             STATUS_OK);
            const territory_inputs in = {.communes = &m.communes};
            m.land = build(f, &in);
            m.places = NULL;
            assert_int_equal(territory_cells(m.land, &m.cells, f->balance, &m.places, f->list),
                             STATUS_INPUT);
        } else {
            assert_int_equal(try_cells(f, &m, text, files[k].text), STATUS_INPUT);
        }
        assert_true(says(f->list, files[k].why));
        made_clear(&m);
    }
}

/* Réunion's own grid: ids and centres in EPSG:2975. */
static void overseas_cells_are_in_their_own_grid(void **state)
{
    fixture *f = *state;
    error err;
    imported communes = import_good(f, "communes", "c.csv", "code,lon,lat\n97411,55.45,-20.88\n");
    imported cells =
        import_good(f, "cells", "cells.csv",
                    "idcar_1km,lcog_geo,ind\nCRS2975RES1000mN7690000E338000,97411,9\n");
    const territory_inputs in = {.communes = &communes, .cells = &cells, .cells_are_places = true};
    territory *land = build(f, &in);
    territory *places = NULL;
    assert_int_equal(territory_cells(land, &cells, f->balance, &places, f->list), STATUS_OK);
    assert_int_equal(places->epsg, 2975);
    assert_true(fabs(places->x_m[0] - 338500) < 0.001 && fabs(places->y_m[0] - 7690500) < 0.001);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    territory_free(places);
    territory_free(land);
    imported_clear(&cells);
    imported_clear(&communes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(a_cell_belongs_to_the_commune_that_holds_most_of_it),
        TEST(a_cell_has_its_own_square_and_its_commune_s_everything_else),
        TEST(cells_within_one_kilometre_are_neighbours),
        TEST(groups_are_those_of_the_communes),
        TEST(what_is_no_grid_of_squares_is_refused),
        TEST(overseas_cells_are_in_their_own_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
