/* White zones with expected values: the formulas at their borders, and what makes one zone of
 * several communes. */
#include "world.h"

#include "geo/projection.h"

static indicator_setting set_to(const char *name, const char *const *values, size_t count)
{
    return (indicator_setting){
        .name = name, .values = values, .value_count = count, .where = {"run.yaml", 4, 3}};
}

/* --- the formulas at their borders: standard 20 min, white zone 30 min --- */

static const world_place places[] = {
    {.code = "77001", .population = 100, .lat = 48.00, .density = 5},
    {.code = "77002", .population = 200, .lat = 48.01, .density = 5},
    {.code = "77003", .population = 300, .lat = 48.02, .density = 1},
    {.code = "77004", .population = 400, .lat = 48.03, .density = 6},
    {.code = "77005", .population = 500, .lat = 48.04, .density = 1},
    {.code = "77006", .population = 600, .no_point = true, .density = 1},
    {.code = "77007", .population = 0, .lat = 48.06, .density = 7},
    {.code = "77008", .population = 900, .lat = 48.07, .margin = true, .density = 5},
};
static const world_venue offer[] = {
    {.id = "l:1", .place = 0, .functions = "abcdefg"},
    {.id = "l:2", .place = 0, .functions = "gh", .other = true},
    {.id = "l:3", .place = 4, .functions = "abcdefgh", .status = "closed"},
};
static const world_trip trips[] = {
    {0, 0, 20, 20},
    {0, 1, 20, 20},
    {1, 0, 25, 25},
    {1, 1, 10, 10},
    {2, 0, 30, 30},
    {2, 1, 30, 30},
    {3, 0, 30.000000000000004, 31},
    {3, 1, 29, 29},
    {4, 2, 0, 0},
    /* only the closed one */ {6, 0, 5, 5},
    {6, 1, 5, 5},
};
static const world_spec spec = {.places = places,
                                .place_count = COUNT_OF(places),
                                .venues = offer,
                                .venue_count = COUNT_OF(offer),
                                .trips = trips,
                                .trip_count = COUNT_OF(trips),
                                .limit_min = 60};
static const indicator asked[] = {{.plugin = "catchment"}, {.plugin = "coverage"}};

static void gap_and_white_zone_at_their_borders(void **state)
{
    static const struct {
        const char *code;
        double gap, white;
    } wanted[] = {{"77001", 0.0, 0.0},
                  {"77002", 0.5, 0.0},
                  {"77003", 1.0, 0.0},
                  {"77004", 1.0, 1.0},
                  {"77007", 0.0, 0.0}};
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_near(value_of(&w, "places", wanted[i].code, "gap_a"), wanted[i].gap, 0);
        assert_near(value_of(&w, "places", wanted[i].code, "white_a"), wanted[i].white, 0);
    }
    world_close(&w);
}

static void beyond_the_travel_limit_is_white_and_an_unknown_point_is_missing(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    assert_int_equal(state_of(&w, "places", "77005", "minutes_a"), VALUE_BEYOND_LIMIT);
    assert_near(value_of(&w, "places", "77005", "gap_a"), 1, 0);
    assert_near(value_of(&w, "places", "77005", "white_a"), 1, 0);
    assert_int_equal(state_of(&w, "places", "77006", "gap_a"), VALUE_MISSING);
    assert_int_equal(state_of(&w, "places", "77006", "white_a"), VALUE_MISSING);
    assert_int_equal(state_of(&w, "places", "77006", "gap_index"), VALUE_MISSING);
    world_close(&w);
}

/* 77002: seven functions at 25 min (g: 10 min at the desk), h at 10 min. */
static void the_composite_is_the_mean_of_eight(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    assert_near(value_of(&w, "places", "77002", "gap_index"), 6 * 0.5 / 8, 1e-15);
    assert_near(value_of(&w, "places", "77002", "functions_within"), 8, 0);
    assert_near(value_of(&w, "places", "77002", "severity"), 200 * 6 * 0.5 / 8, 1e-15);
    assert_near(value_of(&w, "places", "77004", "functions_within"), 2,
                0); /* g and h at the desk, 29 min */
    world_close(&w);
}

/* The desk makes g and h look covered: without it they are not. */
static void third_places_only_is_another_answer(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    assert_near(value_of(&w, "places", "77002", "white_h"), 0, 0);
    assert_near(value_of(&w, "places", "77002", "white_h_tl"), 1, 0);
    assert_near(value_of(&w, "places", "77002", "gap_h_tl"), 1, 0);
    assert_near(value_of(&w, "places", "77002", "gap_g"), 0, 0);
    assert_near(value_of(&w, "places", "77002", "gap_g_tl"), 0.5, 0);
    assert_near(value_of(&w, "places", "77002", "gap_index_tl"), (7 * 0.5 + 1) / 8, 1e-15);
    assert_near(value_of(&w, "places", "77002", "functions_within_tl"), 7, 0);
    world_close(&w);
}

/* White for a: 77004 (400) and 77005 (500), of 1,500 kept inhabitants with a known answer; rural
 * (density 5 to 7): 400 of 700. */
static void shares_are_of_the_kept_population(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    assert_near(total_of(&w, "coverage", "white_share_a"), 100.0 * 900 / 1500, 1e-14);
    assert_near(total_of(&w, "coverage", "white_population_a"), 900, 0);
    assert_near(total_of(&w, "coverage", "white_share_rural_a"), 100.0 * 400 / 700, 1e-14);
    world_close(&w);
}

static void a_threshold_may_differ_by_function(void **state)
{
    static const char *const standard[] = {"20 min", "c=10 min"}, *const white[] = {"30 min",
                                                                                    "c=24 min",
                                                                                    "h=45 min"};
    const indicator_setting settings[] = {set_to("standard", standard, 2),
                                          set_to("white-zone", white, 3)};
    const indicator own[] = {{.plugin = "catchment"},
                             {.plugin = "coverage", .settings = settings, .setting_count = 2}};
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, own, 2, 1);
    assert_near(value_of(&w, "places", "77002", "white_a"), 0, 0);
    assert_near(value_of(&w, "places", "77002", "white_c"), 1, 0); /* 25 min, threshold 24 */
    assert_near(value_of(&w, "places", "77001", "gap_c"), (20.0 - 10.0) / (24.0 - 10.0), 1e-15);
    assert_near(value_of(&w, "places", "77003", "gap_h"), (30.0 - 20.0) / (45.0 - 20.0), 1e-15);
    world_close(&w);
}

static void thresholds_that_make_no_sense_are_refused(void **state)
{
    static const char *const low[] = {"20 min"}, *const far_away[] = {"90 min"};
    static const struct {
        const char *const *value;
        const char *says;
    } cases[] = {{low, "must be beyond standard"}, {far_away, "beyond the travel limit"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const indicator_setting setting = set_to("white-zone", cases[i].value, 1);
        const indicator own[] = {{.plugin = "catchment"},
                                 {.plugin = "coverage", .settings = &setting, .setting_count = 1}};
        world w;
        world_open(&w, &spec);
        assert_int_not_equal(world_try(&w, own, 2, 1), STATUS_OK);
        assert_true(world_said(&w, cases[i].says));
        world_close(&w);
    }
}

/* --- distances in line: strictly greater --- */

/* The least latitude, going up from `from`, at which the distance is not below `km`. */
static double latitude_at(double from, double km)
{
    double low = from, high = from + 1.0;
    for (int i = 0; i < 200; i++) {
        const double middle = low + (high - low) / 2;
        if (haversine_km(0.0, middle, 0.0, from) < km)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void a_distance_is_passed_only_when_strictly_greater(void **state)
{
    const double at = latitude_at(48.0, 5.0), exact = haversine_km(0.0, at, 0.0, 48.0);
    const world_place towns[] = {{.code = "77001", .population = 10, .lat = 48.0},
                                 {.code = "77002", .population = 20, .lat = at},
                                 {.code = "77003", .population = 30, .lat = at + 0.001},
                                 {.code = "77004", .population = 40, .lat = 49.0},
                                 {.code = "77005", .population = NAN, .lat = 50.0}};
    const world_venue one[] = {{.id = "l:1", .place = 0, .functions = "a"},
                               {.id = "l:2", .place = 3, .functions = "a", .status = "closed"}};
    const world_spec line = {
        .places = towns, .place_count = 5, .venues = one, .venue_count = 2, .limit_min = 60};
    char threshold[64];
    const char *const values[] = {threshold, "10 km"};
    const indicator_setting setting = set_to("distances", values, 2);
    const indicator own[] = {{.plugin = "catchment"},
                             {.plugin = "coverage", .settings = &setting, .setting_count = 1}};
    world w;
    (void)state;
    (void)snprintf(threshold, sizeof threshold, "%.17g km", exact);
    world_open(&w, &line);
    world_run(&w, own, 2, 1);
    assert_near(value_of(&w, "places", "77002", "crow_km_nearest"), exact, 1e-15);
    const result_table *t = results_find(w.r, "places");
    const column *beyond = NULL;
    for (size_t c = 0; c < t->rows->column_count && beyond == NULL; c++)
        if (strncmp(t->rows->columns[c].name, "beyond_", 7) == 0)
            beyond = &t->rows->columns[c];
    assert_non_null(beyond);
    assert_near(beyond->at.f64[0], 0, 0);
    assert_near(beyond->at.f64[1], 0, 0); /* at the distance: not beyond */
    assert_near(beyond->at.f64[2], 1, 0);
    assert_near(value_of(&w, "places", "77003", "beyond_10_km"), 0, 0);
    assert_near(value_of(&w, "places", "77004", "beyond_10_km"), 1,
                0); /* its own venue is closed */
    assert_near(total_of(&w, "coverage", "beyond_10_km"), 40.0,
                1e-14); /* % of the known population */
    world_close(&w);
}

static void without_any_open_venue_everyone_is_beyond(void **state)
{
    static const world_venue closed[] = {
        {.id = "l:1", .place = 0, .functions = "a", .status = "closed"}};
    const world_spec none = {.places = places,
                             .place_count = COUNT_OF(places),
                             .venues = closed,
                             .venue_count = 1,
                             .limit_min = 60};
    world w;
    (void)state;
    world_open(&w, &none);
    world_run(&w, asked, 2, 1);
    assert_int_equal(state_of(&w, "places", "77001", "crow_km_nearest"), VALUE_UNREACHABLE);
    assert_near(value_of(&w, "places", "77001", "beyond_10_km"), 1, 0);
    assert_near(value_of(&w, "places", "77001", "white_a"), 1, 0);
    world_close(&w);
}

/* --- clusters --- */

/* 0-1-2 in a chain and 5-6 are white for a; 3 is served, so is 4; 7 is white but in the margin and
 * must not join. */
static void white_communes_that_touch_make_one_zone(void **state)
{
    static const world_place towns[] = {
        {.code = "77001", .population = 10, .lat = 48.0},
        {.code = "77002", .population = 500, .lat = 48.01},
        {.code = "77003", .population = 20, .lat = 48.02},
        {.code = "77004", .population = 90, .lat = 48.03},
        {.code = "77005", .population = 90, .lat = 48.04},
        {.code = "77006", .population = 300, .lat = 48.05},
        {.code = "77007", .population = 250, .lat = 48.06},
        {.code = "77008", .population = 900, .lat = 48.07, .margin = true},
    };
    static const world_venue one[] = {{.id = "l:1", .place = 3, .functions = "a"}};
    static const world_trip served[] = {
        {3, 0, 1, 1}, {4, 0, 12, 10}, {5, 0, 40, 33}, {6, 0, 50, 42}};
    static const uint32_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}};
    static const world_spec chain = {.places = towns,
                                     .place_count = 8,
                                     .venues = one,
                                     .venue_count = 1,
                                     .trips = served,
                                     .trip_count = 4,
                                     .edges = edges,
                                     .edge_count = COUNT_OF(edges),
                                     .limit_min = 60};
    world w;
    (void)state;
    world_open(&w, &chain);
    world_run(&w, asked, 2, 2);
    /* ranked by population: 5 and 6 (550) before 0, 1 and 2 (530) */
    assert_near(value_of(&w, "gaps", "a-all-001", "population"), 550, 0);
    assert_near(value_of(&w, "gaps", "a-all-001", "places"), 2, 0);
    assert_near(value_of(&w, "gaps", "a-all-001", "rank"), 1, 0);
    assert_near(value_of(&w, "gaps", "a-all-001", "minutes_max"), 50, 0);
    assert_string_equal(text_of(&w, "gaps", "a-all-001", "code"), "77006");
    assert_near(value_of(&w, "gaps", "a-all-002", "population"), 530, 0);
    assert_near(value_of(&w, "gaps", "a-all-002", "places"), 3, 0);
    assert_int_equal(state_of(&w, "gaps", "a-all-002", "minutes_max"), VALUE_BEYOND_LIMIT);
    assert_string_equal(text_of(&w, "gaps", "a-all-002", "code"),
                        "77002"); /* the most populated commune */
    /* nobody has b to h: one zone of all seven kept communes for each */
    assert_near(value_of(&w, "gaps", "b-all-001", "places"), 7, 0);
    const result_table *t = results_find(w.r, "gaps");
    assert_int_equal(t->rows->rows, 2 * (2 + 7));
    const size_t row = row_of(&w, "gaps", "a-all-001");
    assert_int_equal(t->set_start[row + 1] - t->set_start[row], 2);
    world_close(&w);
}

static void without_outlines_there_are_no_zones_to_join(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, asked, 2, 1);
    const result_table *t = results_find(w.r, "gaps");
    assert_true(t == NULL || t->rows->rows == 0);
    world_close(&w);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_any_threads(world_large(), asked, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gap_and_white_zone_at_their_borders),
        cmocka_unit_test(beyond_the_travel_limit_is_white_and_an_unknown_point_is_missing),
        cmocka_unit_test(the_composite_is_the_mean_of_eight),
        cmocka_unit_test(third_places_only_is_another_answer),
        cmocka_unit_test(shares_are_of_the_kept_population),
        cmocka_unit_test(a_threshold_may_differ_by_function),
        cmocka_unit_test(thresholds_that_make_no_sense_are_refused),
        cmocka_unit_test(a_distance_is_passed_only_when_strictly_greater),
        cmocka_unit_test(without_any_open_venue_everyone_is_beyond),
        cmocka_unit_test(white_communes_that_touch_make_one_zone),
        cmocka_unit_test(without_outlines_there_are_no_zones_to_join),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
