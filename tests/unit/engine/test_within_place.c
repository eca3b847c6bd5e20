/* Trips within a commune: METHODS.md section 3. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/travel/costs_build.h"

static void mean_distance_of_a_disc_made_longer_by_the_road(void **state)
{
    (void)state;
    /* pi km2: R = 1 km, 128 / (45 pi) = 0.9054 km in line, 1.177 km by road */
    within_place trip = within_place_trip("car", 3.14159265358979323846, 5, 1.3);
    assert_true(fabs(trip.km - 1.3 * 0.905414787) < 1e-8);
    /* density 5: 45 km/h on the straight line */
    assert_true(fabs(trip.minutes - 0.905414787 / 45 * 60) < 1e-7);
}

static void denser_communes_are_slower_and_unknown_is_class_5(void **state)
{
    (void)state;
    assert_true(within_place_trip("car", 10, 1, 1.3).minutes >
                within_place_trip("car", 10, 7, 1.3).minutes);
    assert_true(within_place_trip("car", 10, 0, 1.3).minutes ==
                within_place_trip("car", 10, 5, 1.3).minutes);
    assert_true(within_place_trip("car", 10, 99, 1.3).minutes ==
                within_place_trip("car", 10, 5, 1.3).minutes);
}

static void others_go_at_their_own_speed(void **state)
{
    (void)state;
    const double line_km = 0.905414787;
    assert_true(fabs(within_place_trip("bike", 3.14159265358979323846, 1, 1.3).minutes -
                     line_km / 15 * 60) < 1e-7);
    assert_true(fabs(within_place_trip("transit", 3.14159265358979323846, 7, 1.3).minutes -
                     line_km / 4 * 60) < 1e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_distance_of_a_disc_made_longer_by_the_road),
        cmocka_unit_test(others_go_at_their_own_speed),
        cmocka_unit_test(denser_communes_are_slower_and_unknown_is_class_5),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
