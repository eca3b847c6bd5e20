/* Supply with expected values: counts by commune, and rates that do not exist over nobody. */
#include <string.h>

#include "world.h"

static const world_place places[] = {
    {.code = "77001", .population = 20000, .lat = 48.0, .epci = "E1"},
    {.code = "77002", .population = 0, .lat = 48.1, .epci = "E1"},
    {.code = "77003", .population = NAN, .lat = 48.2, .epci = "E1"},
    {.code = "77004", .population = 5000, .lat = 48.3, .epci = "E2"},
    {.code = "77005", .population = 9000, .lat = 48.4, .margin = true},
};
static const world_venue offer[] = {
    {.id = "l:1", .place = 0, .functions = "aE", .kind = "ACT.COWORK"},
    {.id = "l:2", .place = 0, .functions = "cdBH", .kind = "ART.FABLAB"},
    {.id = "l:3", .place = 0, .functions = "g", .kind = "ACT.FS", .other = true},
    {.id = "l:4", .place = 0, .functions = "d", .kind = "ART.FABLAB", .status = "project"},
    {.id = "l:5", .place = 0, .functions = "d", .kind = "ART.FABLAB", .status = "closed"},
    {.id = "l:6", .place = 1, .functions = "f", .kind = "AGR.PROD"},
    {.id = "l:7", .place = 2, .functions = "b", .kind = "EDU.MICROFOLIE"},
    {.id = "l:8", .place = 4, .functions = "a", .kind = "ACT.COWORK"},
    {.id = "l:9", .place = PLACE_NONE, .functions = "a", .kind = "ACT.COWORK"},
    {.id = "l:a", .place = 3, .functions = "", .kind = "XXX.AUTRE", .status = "candidate"},
};
static const world_spec spec = {.places = places,
                                .place_count = COUNT_OF(places),
                                .venues = offer,
                                .venue_count = COUNT_OF(offer),
                                .limit_min = 60};
static const indicator asked = {.plugin = "supply"};

static void open_venues_are_counted_where_they_stand(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "venues_open"), 3, 0);
    assert_near(value_of(&w, "places", "77001", "third_places_open"), 2, 0);
    assert_near(value_of(&w, "places", "77001", "venues_act"), 2, 0);
    assert_near(value_of(&w, "places", "77001", "venues_art"), 1, 0);
    assert_near(value_of(&w, "places", "77001", "venues_project"), 1, 0);
    assert_near(value_of(&w, "places", "77001", "venues_function_b"), 1,
                0); /* one half is enough */
    assert_near(value_of(&w, "places", "77001", "venues_function_d"), 1,
                0); /* neither the project nor the closed one */
    assert_near(value_of(&w, "places", "77002", "venues_agr"), 1, 0);
    assert_near(value_of(&w, "places", "77003", "venues_edu"), 1, 0);
    assert_near(value_of(&w, "places", "77004", "venues_open"), 0,
                0); /* none, not missing; a candidate is not open */
    world_close(&w);
}

/* Hours are summed over the venues that tell them: missing where none does, 0 where there is none.
 */
static void hours_are_those_of_the_venues_that_tell_them(void **state)
{
    world_venue told[COUNT_OF(offer)];
    world_spec with = spec;
    world w;
    (void)state;
    memcpy(told, offer, sizeof told);
    told[0].hours_week = 35.0;
    told[1].hours_week = 12.5;
    told[4].hours_week = 40.0; /* closed */
    told[7].hours_week = 20.0; /* in the margin */
    with.venues = told;
    world_open(&w, &with);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "venues_hours_week"), 47.5, 1e-12);
    assert_int_equal(state_of(&w, "places", "77002", "venues_hours_week"), VALUE_MISSING);
    assert_near(value_of(&w, "places", "77004", "venues_hours_week"), 0, 0);
    assert_int_equal(state_of(&w, "places", "77001", "venues_saturday"), VALUE_MISSING);
    assert_near(total_of(&w, "supply", "hours_week"), 47.5, 1e-12);
    world_close(&w);
}

static void a_rate_over_nobody_does_not_exist(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(value_of(&w, "places", "77001", "venues_per_10000"), 1.5, 1e-15);
    assert_near(value_of(&w, "places", "77001", "third_places_per_10000"), 1.0, 1e-15);
    assert_int_equal(state_of(&w, "places", "77002", "venues_per_10000"), VALUE_NOT_APPLICABLE);
    assert_int_equal(state_of(&w, "places", "77003", "venues_per_10000"), VALUE_MISSING);
    assert_near(value_of(&w, "places", "77004", "venues_per_10000"), 0, 0);
    world_close(&w);
}

static void totals_are_over_kept_communes(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    assert_near(total_of(&w, "supply", "venues"), 5,
                0); /* neither the margin's nor the one that is not placed */
    assert_near(total_of(&w, "supply", "third_places"), 4, 0);
    assert_near(total_of(&w, "supply", "projects"), 1, 0);
    /* third places of the communes with a known population: 77001 two, 77002 one; 25,000
     * inhabitants */
    assert_near(total_of(&w, "supply", "third_places_per_10000"), 10000.0 * 3 / 25000.0, 1e-15);
    assert_near(value_of(&w, "territories", "E1", "venues_open"), 5, 0);
    assert_near(value_of(&w, "territories", "E2", "venues_open"), 0, 0);
    world_close(&w);
}

static void kinds_are_listed_by_status(void **state)
{
    world w;
    (void)state;
    world_open(&w, &spec);
    world_run(&w, &asked, 1, 1);
    const result_table *t = results_find(w.r, "supply_kinds");
    assert_int_equal(t->rows->rows, 6);
    assert_string_equal(column_text(&t->rows->columns[0], 0),
                        "ACT.COWORK"); /* in the order of codes */
    assert_near(value_of(&w, "supply_kinds", "ACT.COWORK", "open"), 1, 0);
    assert_near(value_of(&w, "supply_kinds", "ART.FABLAB", "open"), 1, 0);
    assert_near(value_of(&w, "supply_kinds", "ART.FABLAB", "project"), 1, 0);
    assert_near(value_of(&w, "supply_kinds", "ART.FABLAB", "closed"), 1, 0);
    assert_near(value_of(&w, "supply_kinds", "XXX.AUTRE", "candidate"), 1, 0);
    assert_string_equal(text_of(&w, "supply_kinds", "EDU.MICROFOLIE", "family"), "EDU");
    world_close(&w);
}

static void nobody_at_all_has_no_rate(void **state)
{
    static const world_place empty[] = {{.code = "55039", .population = 0, .lat = 49.2},
                                        {.code = "55050", .population = 0, .lat = 49.3}};
    static const world_spec nobody = {
        .places = empty, .place_count = 2, .venues = offer, .venue_count = 1, .limit_min = 60};
    world w;
    (void)state;
    world_open(&w, &nobody);
    world_run(&w, &asked, 1, 1);
    assert_false(total_is_present(&w, "supply", "third_places_per_10000"));
    world_close(&w);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_any_threads(world_large(), &asked, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_venues_are_counted_where_they_stand),
        cmocka_unit_test(hours_are_those_of_the_venues_that_tell_them),
        cmocka_unit_test(a_rate_over_nobody_does_not_exist),
        cmocka_unit_test(totals_are_over_kept_communes),
        cmocka_unit_test(kinds_are_listed_by_status),
        cmocka_unit_test(nobody_at_all_has_no_rate),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
