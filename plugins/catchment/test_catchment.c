/* Catchments with expected values: the floating-catchment example of the literature, and every rule
 * that a planner relies on when reading "the nearest venue". */
#include "world.h"

static indicator_setting set_to(const char *name, const char *const *values, size_t count)
{
    return (indicator_setting){
        .name = name, .values = values, .value_count = count, .where = {"run.yaml", 4, 3}};
}

/* --- the example of three places and two venues (METHODS section 4) --- */

/* Demand 5, 10, 50; supply 5 and 10; minutes (place, venue) 5 55 / 35 15 / 40 25. A venue of bassin
 * supplies 1, and accessibility is linear in the supplies: only the first venue is a third place,
 * so access_tl is its part. */
static const world_place fca_places[] = {{.code = "23001", .population = 5, .lat = 46.0},
                                         {.code = "23002", .population = 10, .lat = 46.1},
                                         {.code = "23003", .population = 50, .lat = 46.2}};
static const world_venue fca_venues[] = {
    {.id = "v:1", .place = 0, .functions = "a"},
    {.id = "v:2", .place = 1, .functions = "a", .other = true}};
static const world_trip fca_trips[] = {{0, 0, 5, 5},   {0, 1, 55, 55}, {1, 0, 35, 35},
                                       {1, 1, 15, 15}, {2, 0, 40, 40}, {2, 1, 25, 25}};
static const world_spec fca = {.places = fca_places,
                               .place_count = 3,
                               .venues = fca_venues,
                               .venue_count = 2,
                               .trips = fca_trips,
                               .trip_count = 6,
                               .limit_min = 60};
static const double fca_supply[] = {5, 10};

typedef struct golden {
    const char *method, *limits[3];
    size_t limit_count;
    double ratio[2], access[3], sum;
} golden;
static const golden fca_golden[] = {
    {"2sfca", {"30 min"}, 1, {1, 0.166666666667}, {1, 0.166666666667, 0.166666666667}, 15},
    {"e2sfca",
     {"20 min", "40 min", "60 min"},
     3,
     {0.109170305677, 0.221729490022},
     {0.157950793482, 0.295965297882, 0.225011861075},
     15},
    {"m2sfca",
     {"20 min", "40 min", "60 min"},
     3,
     {0.109170305677, 0.221729490022},
     {0.119902012994, 0.272209839367, 0.153008065531},
     10.9720117352},
    {"3sfca",
     {"20 min", "40 min", "60 min"},
     3,
     {0.209637087272, 0.431951605235},
     {0.188970118824, 0.314814163327, 0.218140155452},
     15},
};

static void check_golden(const golden *g)
{
    static const char *const venue_ids[] = {"v:1", "v:2"}, *const codes[] = {"23001", "23002",
                                                                             "23003"};
    const indicator_setting settings[] = {set_to("method", &g->method, 1),
                                          set_to("limits", g->limits, g->limit_count)};
    const indicator asked = {.plugin = "catchment", .settings = settings, .setting_count = 2};
    double sum = 0.0;
    world w;
    world_open(&w, &fca);
    world_run(&w, &asked, 1, 1);
    for (size_t v = 0; v < 2; v++)
        assert_near(value_of(&w, "venues", venue_ids[v], "supply_ratio") / 1000.0 * fca_supply[v],
                    g->ratio[v], 1e-10);
    for (size_t p = 0; p < 3; p++) {
        const double first = value_of(&w, "places", codes[p], "access_tl");
        const double second = value_of(&w, "places", codes[p], "access") - first;
        const double access = (fca_supply[0] * first + fca_supply[1] * second) / 1000.0;
        assert_near(access, g->access[p], 1e-10);
        sum += access * fca_places[p].population;
    }
    assert_near(sum, g->sum, 1e-10);
    world_close(&w);
}

static void the_example_of_the_literature_gives_its_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(fca_golden); i++)
        check_golden(&fca_golden[i]);
}

/* Every venue with somebody within reach shares out its whole supply, but for M2SFCA. */
static void supply_is_conserved(void **state)
{
    static const char *const methods[] = {"2sfca", "e2sfca", "3sfca", "m2sfca"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(methods); i++) {
        static const char *const limits[] = {"20 min", "40 min", "60 min"};
        const indicator_setting settings[] = {set_to("method", &methods[i], 1),
                                              set_to("limits", limits, 3)};
        const indicator asked = {.plugin = "catchment", .settings = settings, .setting_count = 2};
        world w;
        world_open(&w, &fca);
        world_run(&w, &asked, 1, 2);
        char name[32]; /* the method stands in the name of the figure */
        (void)snprintf(name, sizeof name, "access_supply_%s", methods[i]);
        if (i < 3)
            assert_near(total_of(&w, "catchment", name), 2.0, 1e-12);
        else
            assert_true(total_of(&w, "catchment", name) < 1.9);
        world_close(&w);
    }
}

/* The published supplies, 5 and 10, told as opening hours: in mean venues of 7.5 h, the
 * accessibility of the literature is found again; so are they as seats. */
static void supplies_told_as_hours_give_the_same_values(void **state)
{
    static const char *const codes[] = {"23001", "23002", "23003"};
    static const char *const limits[] = {"20 min", "40 min", "60 min"};
    static const char *const rules[] = {"hours", "hours-seats", "venue"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        world_venue with[2] = {fca_venues[0], fca_venues[1]};
        world_spec spec = fca;
        for (size_t v = 0; v < 2; v++) {
            with[v].hours_week = i == 0 ? fca_supply[v] : 0.0;
            with[v].capacity = i == 1 ? fca_supply[v] : 0.0;
        }
        spec.venues = with;
        const indicator_setting settings[] = {set_to("limits", limits, 3),
                                              set_to("supply", &rules[i], 1)};
        const indicator asked = {.plugin = "catchment", .settings = settings, .setting_count = 2};
        world w;
        world_open(&w, &spec);
        world_run(&w, &asked, 1, 1);
        for (size_t p = 0; p < 3 && i < 2; p++)
            assert_near(value_of(&w, "places", codes[p], "access") / 1000.0 * 7.5,
                        fca_golden[1].access[p], 1e-10);
        assert_near(total_of(&w, "catchment", "access_supply_e2sfca"), 2.0, 1e-10);
        world_close(&w);
    }
}

/* A venue that declares no hours counts for a mean one, and is flagged. */
static void undeclared_hours_count_for_a_mean_venue(void **state)
{
    world_venue with[2] = {fca_venues[0], fca_venues[1]};
    world_spec spec = fca;
    (void)state;
    with[1].hours_week = 29.0; /* alone to declare: it is the mean */
    spec.venues = with;
    const indicator asked = {.plugin = "catchment"};
    world plain, w;
    world_open(&plain, &fca);
    world_run(&plain, &asked, 1, 1);
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "23002", "access"),
                value_of(&plain, "places", "23002", "access"), 1e-12);
    assert_near(total_of(&w, "catchment", "access_without_hours"), 1.0, 1e-12);
    world_close(&plain);
    world_close(&w);
}

/* --- nearest, limits, states --- */

enum { NEAR, TIED, FAR, NOWHERE, UNKNOWN, MARGIN, NOBODY };
static const world_place places[] = {
    {.code = "77001", .population = 1000, .lat = 48.00, .epci = "E1"},
    {.code = "77002", .population = 400, .lat = 48.01, .epci = "E1"},
    {.code = "77003", .population = 100, .lat = 48.02, .epci = "E1"},
    {.code = "77004", .population = 70, .no_point = true, .epci = "E2"},
    {.code = "77005", .population = NAN, .lat = 48.04, .epci = "E2"},
    {.code = "77006", .population = 5000, .lat = 48.05, .margin = true},
    {.code = "77007", .population = 0, .lat = 48.06, .epci = "E2"},
};
static const world_venue offer[] = {
    {.id = "l:1", .place = NEAR, .functions = "aB"},
    {.id = "l:2", .place = TIED, .functions = "aG", .other = true},
    {.id = "l:3", .place = TIED, .functions = "abcdefgh", .status = "closed"},
    {.id = "l:4", .place = UNKNOWN, .functions = "a"},
    {.id = "l:5", .place = PLACE_NONE, .functions = "h"},
    {.id = "l:6", .place = MARGIN, .functions = "c"},
};
static const world_trip trips[] = {
    {NEAR, 0, 10, 8},
    {NEAR, 1, 9, 12},
    {NEAR, 2, 1, 1},
    {NEAR, 3, 31, 20}, /* the closed one is at the door */
    {TIED, 0, 20, 15},
    {TIED, 1, 20, 15},
    {TIED, 3, 20, 14}, /* equal minutes: the least km, then the first id */
    {UNKNOWN, 0, 12, 9},
    {UNKNOWN, 3, 12, 9},
    {MARGIN, 0, 30, 25},
    {MARGIN, 5, 2, 1},
    {NOBODY, 0, 30.000001, 22},
};
static const world_spec spec = {.places = places,
                                .place_count = COUNT_OF(places),
                                .venues = offer,
                                .venue_count = COUNT_OF(offer),
                                .trips = trips,
                                .trip_count = COUNT_OF(trips),
                                .limit_min = 60};
static const indicator asked_default = {.plugin = "catchment"};

static void the_nearest_is_open_and_ties_go_to_fewer_km_then_the_first_id(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 2);
    assert_near(value_of(&w, "places", "77001", "minutes_nearest"), 9, 0);
    assert_near(value_of(&w, "places", "77001", "km_nearest"), 12, 0);
    assert_string_equal(text_of(&w, "places", "77001", "venue_nearest"), "l:2");
    assert_string_equal(text_of(&w, "places", "77002", "venue_nearest"), "l:4");
    assert_string_equal(text_of(&w, "places", "77005", "venue_nearest"), "l:1");
    /* third places only */
    assert_near(value_of(&w, "places", "77001", "minutes_nearest_tl"), 10, 0);
    assert_string_equal(text_of(&w, "places", "77001", "venue_nearest_tl"), "l:1");
    world_close(&w);
}

static void a_function_needs_a_weight_of_one_half(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    assert_near(value_of(&w, "places", "77001", "minutes_a"), 9, 0);
    assert_near(value_of(&w, "places", "77001", "minutes_a_tl"), 10, 0);
    assert_near(value_of(&w, "places", "77001", "minutes_b"), 10, 0); /* one half is enough */
    assert_string_equal(text_of(&w, "places", "77001", "venue_g"), "l:2");
    assert_int_equal(state_of(&w, "places", "77001", "minutes_g_tl"), VALUE_BEYOND_LIMIT);
    assert_int_equal(state_of(&w, "places", "77001", "minutes_c"),
                     VALUE_BEYOND_LIMIT); /* only a closed one has c */
    assert_int_equal(state_of(&w, "places", "77001", "venue_c"), VALUE_MISSING);
    world_close(&w);
}

static void beyond_the_limit_is_said_and_is_never_a_zero(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    assert_int_equal(state_of(&w, "places", "77003", "minutes_nearest"), VALUE_BEYOND_LIMIT);
    assert_int_equal(state_of(&w, "places", "77003", "km_nearest"), VALUE_BEYOND_LIMIT);
    assert_near(value_of(&w, "places", "77003", "within_30"), 0, 0);
    assert_near(value_of(&w, "places", "77003", "access"), 0, 0);
    /* no point: not known, which is something else */
    assert_int_equal(state_of(&w, "places", "77004", "minutes_nearest"), VALUE_MISSING);
    assert_int_equal(state_of(&w, "places", "77004", "within_30"), VALUE_MISSING);
    assert_int_equal(state_of(&w, "places", "77004", "access"), VALUE_MISSING);
    world_close(&w);
}

static void limits_are_inclusive_and_count_the_margin(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    assert_near(value_of(&w, "places", "77002", "within_20"), 1, 0);
    assert_near(value_of(&w, "places", "77002", "within_10"), 0, 0);
    assert_near(value_of(&w, "places", "77007", "within_30"), 0, 0); /* a ten-millionth beyond */
    assert_near(value_of(&w, "venues", "l:1", "population_10"), 1000, 0);
    assert_near(value_of(&w, "venues", "l:1", "population_20"), 1400,
                0); /* an unknown population adds nobody */
    assert_near(value_of(&w, "venues", "l:1", "population_30"), 6400,
                0); /* the margin is served too */
    assert_int_equal(state_of(&w, "venues", "l:5", "population_30"),
                     VALUE_MISSING); /* not placed */
    world_close(&w);
}

/* E2SFCA, weights 1 / 0.68 / 0.22 at 10 / 20 / 30 min. Demand of l:1: 1000 + 0.68 400 + 0.22 5000 =
 * 2372; of l:2: 1000 + 0.68 400 = 1272; of l:4: 0.68 400 = 272 (UNKNOWN counts for nobody, NEAR is
 * beyond 30 min). */
static void accessibility_counts_open_venues_and_known_inhabitants(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    assert_near(value_of(&w, "venues", "l:1", "supply_ratio"), 1000.0 / 2372.0, 1e-14);
    assert_int_equal(state_of(&w, "venues", "l:3", "supply_ratio"),
                     VALUE_NOT_APPLICABLE); /* closed */
    assert_near(value_of(&w, "places", "77001", "access"), 1000.0 / 2372.0 + 1000.0 / 1272.0,
                1e-14);
    assert_near(value_of(&w, "places", "77001", "access_tl"), 1000.0 / 2372.0, 1e-14);
    assert_near(value_of(&w, "places", "77002", "access"),
                0.68 * (1000.0 / 2372.0 + 1000.0 / 1272.0 + 1000.0 / 272.0), 1e-14);
    world_close(&w);
}

static void territories_weigh_by_population(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    assert_near(value_of(&w, "territories", "E1", "within_10"), 1000.0 / 1500.0, 1e-14);
    assert_near(value_of(&w, "territories", "E1", "within_20"), 1400.0 / 1500.0, 1e-14);
    /* of the inhabitants that have a time: read beside within */
    assert_near(value_of(&w, "territories", "E1", "minutes_nearest"),
                (1000.0 * 9 + 400.0 * 20) / 1400.0, 1e-14);
    /* E2: a place without a point, one without a population, one without inhabitants */
    assert_int_not_equal(state_of(&w, "territories", "E2", "minutes_nearest"), VALUE_PRESENT);
    assert_near(total_of(&w, "catchment", "within_10_min"), 100.0 * 1000.0 / 1500.0, 1e-14);
    /* third places only: 77001 has one at 10 minutes, the limit included */
    assert_near(total_of(&w, "catchment", "within_10_min_tl"), 100.0 * 1000.0 / 1500.0, 1e-14);
    world_close(&w);
}

static void catchments_are_those_of_open_third_places(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    const result_table *t = results_find(w.r, "catchments");
    assert_int_equal(t->rows->rows, 2 * 3); /* l:1 and l:4; l:6 stands in the margin */
    assert_near(value_of(&w, "catchments", "l:1@20", "population"), 1400, 0);
    assert_near(value_of(&w, "catchments", "l:1@20", "places"), 3, 0);
    assert_near(value_of(&w, "catchments", "l:4@10", "places"), 0, 0);
    world_close(&w);
}

static void the_nearest_open_venue_has_its_areas_the_longest_first(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked_default, 1, 1);
    const result_table *t = results_find(w.r, "reach");
    assert_int_equal(t->rows->rows, 3);
    assert_string_equal(column_text(table_find(t->rows, "id"), 0), "30");
    assert_string_equal(column_text(table_find(t->rows, "id"), 2), "10");
    for (size_t i = 0; i < 3; i++) {
        char name[32];
        double population = 0;
        const double limit = table_find(t->rows, "limit_min")->at.f64[i];
        (void)snprintf(name, sizeof name, "within_%g_min", limit);
        population = table_find(t->rows, "population")->at.f64[i];
        assert_near(100.0 * population / 1500.0, total_of(&w, "catchment", name), 1e-12);
        assert_near(table_find(t->rows, "share")->at.f64[i], total_of(&w, "catchment", name),
                    1e-12);
    }
    assert_null(results_find(w.r, "catchment_members")); /* not asked for */
    world_close(&w);
}

/* As many rows of a venue and a limit, shorter ones included, as places in its catchment. */
static void the_places_of_each_catchment_are_listed_where_asked(void **state)
{
    static const char *const list[] = {"list"};
    const indicator_setting setting = set_to("members", list, 1);
    const indicator asked = {.plugin = "catchment", .settings = &setting, .setting_count = 1};
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    const table *areas = results_find(w.r, "catchments")->rows,
                *members = results_find(w.r, "catchment_members")->rows;
    assert_true(members->rows > 0);
    for (size_t a = 0; a < areas->rows; a++) {
        const double limit = table_find(areas, "limit_min")->at.f64[a];
        size_t held = 0;
        for (size_t i = 0; i < members->rows; i++) {
            assert_true(table_find(members, "minutes")->at.f64[i] <=
                        table_find(members, "limit_min")->at.f64[i]);
            held += strcmp(column_text(table_find(members, "venue"), i),
                           column_text(table_find(areas, "venue"), a)) == 0 &&
                    table_find(members, "limit_min")->at.f64[i] <= limit;
        }
        const result_table *t = results_find(w.r, "catchments");
        assert_int_equal(held, t->set_start[a + 1] - t->set_start[a]);
    }
    world_close(&w);
}

static void what_cannot_be_computed_is_refused(void **state)
{
    static const char *const far_limits[] = {"10 min", "20 min", "90 min"}, *const falling[] = {
                                                                                "20 min", "10 min"};
    static const char *const two_weights[] = {"1", "0.5"}, *const km[] = {"5 km"},
                             *const method[] = {"2sfcaa"};
    static const struct {
        const char *name;
        const char *const *values;
        size_t count;
        const char *says;
    } cases[] = {
        {"limits", far_limits, 3, "limit 90 min is beyond the travel limit of 60 min"},
        {"limits", falling, 2, "limits must rise"},
        {"weights", two_weights, 2, "one weight a limit"},
        {"limits", km, 1, "5 km"},
        {"method", method, 1, "did you mean '2sfca'"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const indicator_setting setting = set_to(cases[i].name, cases[i].values, cases[i].count);
        const indicator asked = {.plugin = "catchment", .settings = &setting, .setting_count = 1};
        world w;
        world_open(&w, &spec);
        assert_int_not_equal(world_try(&w, &asked, 1, 1), STATUS_OK);
        assert_true(world_said(&w, cases[i].says));
        world_close(&w);
    }
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    static const char *const methods[] = {"e2sfca", "3sfca"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(methods); i++) {
        const indicator_setting setting = set_to("method", &methods[i], 1);
        const indicator asked = {.plugin = "catchment", .settings = &setting, .setting_count = 1};
        assert_any_threads(world_large(), &asked, 1);
    }
}

static void a_decimal_limit_has_its_figure(void **state)
{
    static const char *const limits[] = {"20 min", "37.5 min", "60 min"};
    const indicator_setting setting = set_to("limits", limits, 3);
    const indicator asked = {.plugin = "catchment", .settings = &setting, .setting_count = 1};
    world w;
    (void)state;
    world_open(&w, &fca);
    world_run(&w, &asked, 1, 1);
    assert_true(total_of(&w, "catchment", "within_37_5_min") >= 0);
    world_close(&w);
}

/* METHODS: a kind that covers no function never covers anything. */
static void a_venue_that_offers_nothing_covers_nobody(void **state)
{
    static const world_venue list[] = {{.id = "v:1", .place = 0, .functions = ""},
                                       {.id = "v:2", .place = 1, .functions = "a", .other = true}};
    world_spec spec_of_list = fca;
    world w;
    (void)state;
    spec_of_list.venues = list;
    world_open(&w, &spec_of_list);
    world_run(&w, &asked_default, 1, 1);
    assert_int_equal(state_of(&w, "venues", "v:1", "supply_ratio"), VALUE_NOT_APPLICABLE);
    assert_string_equal(text_of(&w, "places", "23002", "venue_nearest"), "v:2");
    assert_int_not_equal(state_of(&w, "places", "23001", "minutes_nearest_tl"), VALUE_PRESENT);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_literature_gives_its_values),
        cmocka_unit_test(supply_is_conserved),
        cmocka_unit_test(supplies_told_as_hours_give_the_same_values),
        cmocka_unit_test(undeclared_hours_count_for_a_mean_venue),
        cmocka_unit_test(a_venue_that_offers_nothing_covers_nobody),
        cmocka_unit_test(a_decimal_limit_has_its_figure),
        cmocka_unit_test(the_nearest_is_open_and_ties_go_to_fewer_km_then_the_first_id),
        cmocka_unit_test(a_function_needs_a_weight_of_one_half),
        cmocka_unit_test(beyond_the_limit_is_said_and_is_never_a_zero),
        cmocka_unit_test(limits_are_inclusive_and_count_the_margin),
        cmocka_unit_test(accessibility_counts_open_venues_and_known_inhabitants),
        cmocka_unit_test(territories_weigh_by_population),
        cmocka_unit_test(catchments_are_those_of_open_third_places),
        cmocka_unit_test(the_nearest_open_venue_has_its_areas_the_longest_first),
        cmocka_unit_test(the_places_of_each_catchment_are_listed_where_asked),
        cmocka_unit_test(what_cannot_be_computed_is_refused),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
