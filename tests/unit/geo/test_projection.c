#include "geo/projection.h"
#include "shapes.h"

static void test_one_degree_of_the_equator(void **state)
{
    (void)state;
    assert_close(haversine_km(0, 0, 1, 0), 6371.0088 * 3.14159265358979323846 / 180, 1e-9);
    assert_true(haversine_km(2.35, 48.85, 2.35, 48.85) == 0);
}

static void test_antipodes_are_half_a_turn_apart(void **state)
{
    (void)state;
    assert_close(haversine_km(10, 20, -170, -20), 6371.0088 * 3.14159265358979323846, 1e-3);
    assert_close(haversine_km(0, 90, 123, -90), 6371.0088 * 3.14159265358979323846, 1e-3);
}

static void test_the_antimeridian_is_crossed(void **state)
{
    (void)state;
    assert_close(haversine_km(179.5, 0, -179.5, 0), haversine_km(0, 0, 1, 0), 1e-9);
}

/* The origin of Lambert-93: 3 degrees east, 46.5 degrees north, is (700000, 6600000) by definition.
 */
static void test_lambert_93_origin(void **state)
{
    (void)state;
    error err;
    projection *p = NULL;
    double x[] = {3, NAN}, y[] = {46.5, 46.5};
    size_t failed = 0;
    OK(projection_new(&p, 4326, 2154, &err));
    OK(projection_apply(p, x, y, 2, &failed, &err));
    assert_close(x[0], 700000, 1e-3);
    assert_close(y[0], 6600000, 1e-3);
    assert_true(isnan(x[1]) && isnan(y[1]));
    assert_int_equal(failed, 1);
    projection_free(p);
}

static void test_there_and_back(void **state)
{
    (void)state;
    static const int32_t systems[] = {2154, 5490, 2972, 2975, 4471, 4467, 3857, 3035};
    static const double places[][2] = {{2.35, 48.85}, {-61.5, 16.2}, {-52.3, 4.9},  {55.5, -21.1},
                                       {45.2, -12.8}, {-56.2, 46.8}, {2.35, 48.85}, {2.35, 48.85}};
    for (size_t i = 0; i < 8; i++) {
        error err;
        projection *there = NULL, *back = NULL;
        double x = places[i][0], y = places[i][1];
        OK(projection_new(&there, 4326, systems[i], &err));
        OK(projection_new(&back, systems[i], 4326, &err));
        OK(projection_apply(there, &x, &y, 1, NULL, &err));
        OK(projection_apply(back, &x, &y, 1, NULL, &err));
        assert_close(x, places[i][0], 1e-8);
        assert_close(y, places[i][1], 1e-8);
        projection_free(there);
        projection_free(back);
    }
}

static void test_an_unknown_system_is_refused(void **state)
{
    (void)state;
    error err = {.fr = ""};
    projection *p = NULL;
    assert_int_equal(projection_new(&p, 4326, 999999, &err), STATUS_INPUT);
    assert_null(p);
    assert_non_null(strstr(err.fr, "EPSG:999999"));
}

static void test_legal_systems(void **state)
{
    (void)state;
    assert_int_equal(projection_of_departement("77"), 2154);
    assert_int_equal(projection_of_departement("2A"), 2154);
    assert_int_equal(projection_of_departement("972"), 5490);
    assert_int_equal(projection_of_departement("973"), 2972);
    assert_int_equal(projection_of_departement("974"), 2975);
    assert_int_equal(projection_of_departement("976"), 4471);
    assert_int_equal(projection_of_departement("96"), 2154);
    assert_int_equal(projection_of_departement("97"), 0);
    assert_int_equal(projection_of_departement(""), 0);
    assert_string_equal(projection_title(2154), "Lambert-93 (EPSG:2154)");
    assert_string_equal(projection_title(1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_degree_of_the_equator),
        cmocka_unit_test(test_antipodes_are_half_a_turn_apart),
        cmocka_unit_test(test_the_antimeridian_is_crossed),
        cmocka_unit_test(test_lambert_93_origin),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_an_unknown_system_is_refused),
        cmocka_unit_test(test_legal_systems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
