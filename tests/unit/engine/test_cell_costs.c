/* Where places are cells: means of communes against values worked out by hand. Everything lies on
 * one meridian, where 0.1 degree of latitude is 11.1195 km (R = 6371.0088 km). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/travel/cell_costs.h"

enum { CELLS = 6, COMMUNES = 3, VENUES = 2 };
static const double km_a_degree = 6371.0088 * 3.14159265358979323846 / 180;

/* Commune 0: 10, 30 and 0 inhabitants at 48.0, 48.1, 48.2; commune 1: 5 and 15 at 48.5, 48.6;
 * commune 2: one cell that nobody counted at 47.0. */
static const double lon[CELLS] = {2, 2, 2, 2, 2, 2};
static const double lat[CELLS] = {48.0, 48.1, 48.2, 48.5, 48.6, 47.0};
static const double persons[CELLS] = {10, 30, 0, 5, 15, NAN};
static const uint32_t commune[CELLS] = {0, 0, 0, 1, 1, 2};
static const uint64_t cell_start[COMMUNES + 1] = {0, 3, 5, 6};
static const uint32_t cell[CELLS] = {0, 1, 2, 3, 4, 5};
static const uint32_t density[CELLS] = {5, 5, 5, 5, 5, 5};
static const uint8_t kept[CELLS] = {1, 1, 1, 1, 1, 0};
static const double venue_lon[VENUES] = {2, 2}, venue_lat[VENUES] = {48.4, 48.12};
static const uint32_t venue_commune[VENUES] = {1, 0};

static const territory communes = {.place_count = COMMUNES, .kept = (const uint8_t[]){1, 1, 0}};
static const territory cells = {.place_count = CELLS,
                                .lon = lon,
                                .lat = lat,
                                .population = persons,
                                .density = density,
                                .kept = kept,
                                .communes = &communes,
                                .commune = commune,
                                .cell_start = cell_start,
                                .cell = cell,
                                .cell_m = 200};

static const travel_mode mode = {
    .id = "car", .source = TRAVEL_ESTIMATE, .limit_min = 60, .circuity = 1.3};

static cost_engine *engine_of(double limit_min, const uint32_t *venue_cell)
{
    faults *list = NULL;
    error err;
    cost_engine *e = NULL;
    travel_mode own = mode;
    own.limit_min = limit_min;
    const travel_points points = {.place_count = CELLS,
                                  .venue_count = VENUES,
                                  .place_lon = lon,
                                  .place_lat = lat,
                                  .venue_lon = venue_lon,
                                  .venue_lat = venue_lat,
                                  .place_density = density,
                                  .venue_place = venue_cell};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(cost_engine_new(&e, &own, &points, 1, NULL, NULL, list), STATUS_OK);
    faults_free(list);
    return e;
}

static void a_venue_has_the_nearest_cell_of_its_commune(void **state)
{
    (void)state;
    error err;
    arena *memory = NULL;
    uint32_t *found = NULL;
    const venues v = {.count = VENUES, .place = venue_commune, .lon = venue_lon, .lat = venue_lat};
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(venue_cells(&cells, &v, memory, &found, &err), STATUS_OK);
    assert_int_equal(found[0], 3);
    assert_int_equal(found[1], 1);
    arena_free(memory);
}

static costs *by_commune(double limit_min, int threads)
{
    error err;
    costs *of_cells = NULL, *of_communes = NULL;
    const uint32_t venue_cell[VENUES] = {3, 1};
    travel_mode own = mode;
    own.limit_min = limit_min;
    cost_engine *e = engine_of(limit_min, venue_cell);
    assert_int_equal(cost_engine_venues(e, &of_cells, &err), STATUS_OK);
    assert_int_equal(commune_costs(&cells, &own, of_cells, threads, &of_communes, &err), STATUS_OK);
    costs_free(of_cells);
    cost_engine_free(e);
    return of_communes;
}

/* From 48.4: 0.4, 0.3, 0.2 degrees; 10 and 30 inhabitants: 0.325 degrees on average. */
static void distances_to_venues_are_weighted_by_inhabitants(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads *= 2) {
        costs *c = by_commune(60, threads);
        assert_int_equal(c->place_count, COMMUNES);
        assert_int_equal(c->venue_place[c->venue_start[0]], 0);
        const double line_km = 0.325 * km_a_degree;
        assert_true(fabs(c->venue_km[0] - 1.3 * line_km) < 1e-9);
        assert_true(fabs(c->venue_minutes[0] - line_km / 45 * 60) < 1e-9);
        costs_free(c);
    }
}

/* 50 min are 37.5 km: the cell of 30 and the empty one are within, three quarters of the commune;
 * at 40 min only the empty one is, and the commune is beyond the limit. */
static void half_of_the_inhabitants_must_be_within_the_limit(void **state)
{
    (void)state;
    costs *c = by_commune(50, 1);
    assert_int_equal(c->venue_place[0], 0);
    assert_true(fabs(c->venue_km[0] - 1.3 * 0.3 * km_a_degree) < 1e-9);
    costs_free(c);
    c = by_commune(40, 1);
    for (uint64_t i = c->venue_start[0]; i < c->venue_start[1]; i++)
        assert_int_not_equal(c->venue_place[i], 0);
    costs_free(c);
}

/* 48.075 to 48.575 on average: half a degree. */
static void distances_between_communes_are_means_over_both(void **state)
{
    (void)state;
    error err;
    arena *memory = NULL;
    cell_points points;
    const uint32_t venue_cell[VENUES] = {3, 1};
    const uint32_t o[] = {0, 1, 2}, j[] = {1, 0, 0};
    double minutes[3], km[3];
    uint8_t states[3];
    cost_engine *e = engine_of(60, venue_cell);
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(cell_points_new(&cells, PAIR_POINTS, memory, &points, &err), STATUS_OK);
    assert_int_equal(commune_pairs(e, &points, o, j, 3, minutes, km, states, &err), STATUS_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(states[i], VALUE_PRESENT);
        assert_true(fabs(km[i] - 1.3 * 0.5 * km_a_degree) < 1e-9);
        assert_true(fabs(minutes[i] - 0.5 * km_a_degree / 45 * 60) < 1e-9);
    }
    /* nobody counted: the cell stands for its commune */
    assert_true(fabs(km[2] - 1.3 * 1.075 * km_a_degree) < 1e-9);
    cost_engine_free(e);
    arena_free(memory);
}

/* METHODS.md section 3: sum of p_a p_b d_ab over (sum of p)^2. Two inhabitants of one square of
 * 200 m are 0.5214 x 200 m apart. (2 x 10 x 30 x 11.1195 + (100 + 900) x 0.10428) / 1600. */
static void distance_within_a_commune_is_over_its_cells(void **state)
{
    (void)state;
    error err;
    arena *memory = NULL;
    cell_points points;
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(cell_points_new(&cells, INNER_POINTS, memory, &points, &err), STATUS_OK);
    const double expected =
        (2 * 10 * 30 * 0.1 * km_a_degree + (100 + 900) * 0.521405433164720678 * 0.2) / 1600;
    assert_true(fabs(expected - 4.2350) < 1e-3);
    assert_true(fabs(within_commune_km(&cells, &points, 0) - expected) < 1e-9);
    arena_free(memory);
}

/* Forty cells of a commune become four groups of ten, whose middle stands for them. */
static void many_cells_become_a_few_points_of_equal_weight(void **state)
{
    enum { MANY = 40 };
    (void)state;
    error err;
    arena *memory = NULL;
    cell_points points;
    double many_lon[MANY], many_lat[MANY], many_persons[MANY], weight = 0;
    uint32_t many_commune[MANY] = {0}, many_cell[MANY];
    const uint64_t start[] = {0, MANY};
    const territory one = {.place_count = 1};
    for (uint32_t i = 0; i < MANY; i++) {
        many_lon[i] = 2.0;
        many_lat[i] = 48.0 + 0.002 * i;
        many_persons[i] = 7;
        many_cell[i] = i;
    }
    const territory t = {.place_count = MANY,
                         .lon = many_lon,
                         .lat = many_lat,
                         .population = many_persons,
                         .communes = &one,
                         .commune = many_commune,
                         .cell_start = start,
                         .cell = many_cell,
                         .cell_m = 200};
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(cell_points_new(&t, PAIR_POINTS, memory, &points, &err), STATUS_OK);
    assert_int_equal(points.start[1], PAIR_POINTS);
    for (size_t i = 0; i < PAIR_POINTS; i++) {
        weight += points.weight[i];
        assert_true(fabs(points.weight[i] - 70) < 1e-9);
    }
    assert_true(fabs(weight - 280) < 1e-9);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_venue_has_the_nearest_cell_of_its_commune),
        cmocka_unit_test(distances_to_venues_are_weighted_by_inhabitants),
        cmocka_unit_test(half_of_the_inhabitants_must_be_within_the_limit),
        cmocka_unit_test(distances_between_communes_are_means_over_both),
        cmocka_unit_test(distance_within_a_commune_is_over_its_cells),
        cmocka_unit_test(many_cells_become_a_few_points_of_equal_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
