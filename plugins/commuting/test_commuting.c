/* Commuting with expected values: shares, means, jobs and reliability computed by hand. */
#include "world.h"

enum { A, B, C, D, M, N };
enum { HOME = 1, WALK, BICYCLE, TWO_WHEELER, CAR, TRANSIT };
#define OUTSIDE WORK_OUTSIDE
static const world_place places[] = {
    {.code = "77001", .population = 500, .lat = 48.0, .epci = "E1", .basin = "B1"},
    {.code = "77002", .population = 100, .lat = 48.1, .epci = "E1", .basin = "B1"},
    {.code = "77003", .population = 50, .lat = 48.2, .epci = "E2", .basin = "B1"},
    {.code = "77004", .population = 3000, .lat = 48.3, .epci = "E2", .basin = "B2"},
    {.code = "77005", .population = 900, .lat = 48.4, .margin = true},
    {.code = "77006", .population = 300, .no_point = true, .epci = "E3", .basin = "B2"},
};
static const world_venue offer[] = {{.id = "l:1", .place = A, .functions = "a"}};
static const world_flow commutes[] = {
    /* o, j, mode, cs, workers, variance, crow km, minutes, km */
    {A, A, HOME, 2, 20, 30, 0, 0, 0},        {A, A, CAR, 3, 100, 150, 0, 6, 3},
    {A, B, TRANSIT, 4, 50, 75, 10, 30, 14},  {A, C, WALK, 5, 10, 15, 20, 40, 26},
    {A, OUTSIDE, CAR, 6, 40, 60, 0, 0, 0},   {B, A, 0, 0, 30, 1000, 10, 30, 14},
    {D, D, BICYCLE, 1, 1000, 2400, 0, 5, 2}, {M, A, CAR, 3, 500, 500, 40, 60, 50},
    {N, A, CAR, 3, 100, 225, 0, 20, 15},
};
static const world_spec spec = {.places = places,
                                .place_count = COUNT_OF(places),
                                .venues = offer,
                                .venue_count = 1,
                                .flows = commutes,
                                .flow_count = COUNT_OF(commutes),
                                .limit_min = 60};
static const indicator asked = {.plugin = "commuting"};

static void workers_and_jobs_of_a_commune(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "employed"), 220, 0);
    assert_near(value_of(&w, "places", "77001", "jobs"), 120 + 30 + 500 + 100,
                0); /* the margin's workers too */
    assert_near(value_of(&w, "places", "77001", "jobs_per_100"), 100.0 * 750 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77003", "jobs"), 10, 0);
    assert_int_equal(state_of(&w, "places", "77003", "jobs_per_100"),
                     VALUE_NOT_APPLICABLE); /* nobody employed */
    world_close(&w);
}

/* 40 and 10 workers over the border, at 30 and 200 km: the second are too far; 5 are nowhere known.
 */
static const world_flow over_the_border[] = {
    {A, A, CAR, 3, 100, 150, 0, 6, 3},      {A, B, CAR, 3, 50, 75, 10, 30, 14},
    {A, OUTSIDE, CAR, 3, 40, 60, 30, 0, 0}, {A, OUTSIDE, CAR, 3, 10, 15, 200, 0, 0},
    {A, OUTSIDE, CAR, 3, 5, 7, 0, 0, 0},
};

static void frontier_workers_are_a_line_apart_unless_asked(void **state)
{
    static const char *const added[] = {"added"};
    static const indicator_setting setting = {
        .name = "frontier", .values = added, .value_count = 1};
    static const indicator asked_added = {
        .plugin = "commuting", .settings = &setting, .setting_count = 1};
    world_spec near_border = spec;
    (void)state;
    near_border.flows = over_the_border;
    near_border.flow_count = COUNT_OF(over_the_border);
    for (int with = 0; with < 2; with++) {
        world w;
        world_open(&w, &near_border);
        world_run(&w, with ? &asked_added : &asked, 1, 1);
        assert_near(total_of(&w, "commuting", "outside"), 55, 0);
        assert_near(total_of(&w, "commuting", "frontier_workers"), 50, 0);
        assert_near(total_of(&w, "commuting", "frontier_located"), 40, 0);
        assert_near(total_of(&w, "commuting", "frontier_beyond_100_km"), 10, 0);
        assert_near(total_of(&w, "commuting", "frontier_crow_km"), 1200, 1e-14);
        assert_near(total_of(&w, "commuting", "frontier_mean_crow_km"), 30, 1e-14);
        assert_near(total_of(&w, "commuting", "crow_km"), with ? 1700 : 500, 1e-14);
        assert_near(value_of(&w, "places", "77001", "workers_located"), with ? 190 : 150, 0);
        world_close(&w);
    }
}

static void where_they_work(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "share_same_commune"), 100.0 * 120 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77001", "share_same_epci"), 100.0 * 170 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77001", "share_same_bassin_vie"), 100.0 * 180 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77002", "share_same_commune"), 0, 0);
    assert_int_equal(state_of(&w, "places", "77003", "share_same_commune"), VALUE_NOT_APPLICABLE);
    world_close(&w);
}

/* Those whose work place is not loaded count in employed, not in distances. */
static void how_far(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "workers_located"), 180, 0);
    assert_near(value_of(&w, "places", "77001", "crow_km"), 50 * 10 + 10 * 20, 0);
    assert_near(value_of(&w, "places", "77001", "mean_crow_km"), 700.0 / 180, 1e-14);
    assert_near(value_of(&w, "places", "77001", "path_km"), 100 * 3 + 50 * 14 + 10 * 26, 0);
    assert_near(value_of(&w, "places", "77001", "mean_path_km"), 1260.0 / 160,
                1e-14); /* the 20 at home make no trip */
    assert_near(value_of(&w, "places", "77001", "mean_path_minutes"),
                (100 * 6 + 50 * 30 + 10 * 40) / 160.0, 1e-14);
    assert_near(value_of(&w, "places", "77006", "workers_located"), 0, 0); /* no point */
    assert_int_equal(state_of(&w, "places", "77006", "mean_crow_km"), VALUE_NOT_APPLICABLE);
    world_close(&w);
}

static void by_which_mode(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "share_car"), 100.0 * 140 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77001", "share_transit"), 100.0 * 50 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77001", "share_active"), 100.0 * 10 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77001", "share_home"), 100.0 * 20 / 220, 1e-14);
    assert_near(value_of(&w, "places", "77004", "share_active"), 100, 0);
    assert_int_equal(state_of(&w, "places", "77002", "share_car"),
                     VALUE_NOT_APPLICABLE); /* no mode is known */
    world_close(&w);
}

/* Coefficients of variation: sqrt(330)/220 = 8.3 %, sqrt(1000)/30, sqrt(2400)/1000 = 4.9 %, 15/100.
 */
static void how_sure(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_string_equal(text_of(&w, "places", "77001", "reliability"), "correcte");
    assert_string_equal(text_of(&w, "places", "77002", "reliability"), "insuffisante");
    assert_string_equal(text_of(&w, "places", "77003", "reliability"), "insuffisante"); /* nobody */
    assert_string_equal(text_of(&w, "places", "77004", "reliability"), "bonne");
    assert_string_equal(text_of(&w, "places", "77006", "reliability"), "fragile");
    assert_string_equal(text_of(&w, "territories", "E1", "reliability"),
                        "fragile"); /* sqrt(1330)/250 = 14.6 % */
    world_close(&w);
}

static void territories_recombine_ratios_with_their_weights(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "territories", "E1", "employed"), 250, 0);
    assert_near(value_of(&w, "territories", "E1", "mean_crow_km"), (700.0 + 300.0) / (180 + 30),
                1e-14);
    assert_near(value_of(&w, "territories", "E1", "jobs_per_100"), 100.0 * (750 + 50) / 250, 1e-14);
    assert_near(value_of(&w, "territories", "E1", "share_same_commune"), 100.0 * 120 / 250, 1e-14);
    world_close(&w);
}

static void totals_are_of_residents_of_kept_communes(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(total_of(&w, "commuting", "workers"), 220 + 30 + 1000 + 100, 0);
    assert_near(total_of(&w, "commuting", "crow_km"), 700 + 300, 0);
    assert_near(total_of(&w, "commuting", "mean_crow_km"), 1000.0 / (180 + 30 + 1000), 1e-14);
    assert_near(total_of(&w, "commuting", "mean_km"), (1260.0 + 30 * 14 + 1000 * 2) / 1190, 1e-14);
    assert_near(total_of(&w, "commuting", "share_same_commune"), 100.0 * 1120 / 1350, 1e-14);
    assert_near(total_of(&w, "commuting", "share_car"), 100.0 * 240 / 1320, 1e-14);
    assert_near(total_of(&w, "commuting", "outside"), 40,
                0); /* a place without a point is loaded all the same */
    world_close(&w);
}

static void the_table_by_mode_and_occupation(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    const result_table *t = results_find(w.r, "commuting_modes");
    assert_int_equal(t->rows->rows, 7);
    assert_near(value_of(&w, "commuting_modes", "car-3", "workers"), 200,
                0); /* without the margin's 500 */
    assert_near(value_of(&w, "commuting_modes", "car-3", "share"), 100.0 * 200 / 1350, 1e-14);
    assert_near(value_of(&w, "commuting_modes", "transit-4", "mean_crow_km"), 10, 0);
    assert_int_equal(state_of(&w, "commuting_modes", "car-6", "mean_crow_km"),
                     VALUE_NOT_APPLICABLE);
    assert_int_equal(state_of(&w, "commuting_modes", "unknown-0", "occupation"), VALUE_MISSING);
    assert_string_equal(text_of(&w, "commuting_modes", "bicycle-1", "mode"), "bicycle");
    world_close(&w);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_any_threads(world_large(), &asked, 1);
}

/* A work place in the margin is in its EPCI all the same: residents of the edge are not outsiders.
 */
static void the_margin_belongs_to_its_epci(void **state)
{
    static const world_place edge[] = {
        {.code = "77001", .population = 100, .lat = 48.0, .epci = "E1", .basin = "B1"},
        {.code = "91001",
         .population = 100,
         .lat = 48.1,
         .epci = "E1",
         .basin = "B2",
         .margin = true}};
    static const world_flow across[] = {{0, 0, CAR, 3, 80, 80, 0, 6, 3},
                                        {0, 1, CAR, 3, 20, 20, 10, 30, 14}};
    static const world_spec two = {.places = edge,
                                   .place_count = COUNT_OF(edge),
                                   .venues = offer,
                                   .venue_count = 1,
                                   .flows = across,
                                   .flow_count = COUNT_OF(across),
                                   .limit_min = 60};
    world w;
    (void)state;
    world_open(&w, &two);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "share_same_epci"), 100.0, 1e-12);
    assert_near(value_of(&w, "territories", "E1", "employed"), 100, 0); /* kept residents alone */
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_and_jobs_of_a_commune),
        cmocka_unit_test(frontier_workers_are_a_line_apart_unless_asked),
        cmocka_unit_test(where_they_work),
        cmocka_unit_test(how_far),
        cmocka_unit_test(the_margin_belongs_to_its_epci),
        cmocka_unit_test(by_which_mode),
        cmocka_unit_test(how_sure),
        cmocka_unit_test(territories_recombine_ratios_with_their_weights),
        cmocka_unit_test(totals_are_of_residents_of_kept_communes),
        cmocka_unit_test(the_table_by_mode_and_occupation),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
