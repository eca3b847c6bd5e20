/* How far a point is from an outline, and where an outline's centre is. */
#include "shapes.h"

#include "geo/outline_distance.h"
#include "geo/projection.h"

static polygons *box_with_a_hole(void)
{
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    add_box(b, "r", 2, 48, 3, 49);
    add_box(b, "", 2.1, 48.4, 2.3, 48.6); /* a hole to the west */
    OK(polygons_builder_row(b, &err));    /* no geometry */
    return built(b);
}

/* The nearest border, outside, inside and in the hole, as the sphere measures it. */
static void the_nearest_border_is_measured(void **state)
{
    (void)state;
    polygons *p = box_with_a_hole();
    assert_close(outline_distance_km(p, 0, 3.1, 48.5), haversine_km(3.1, 48.5, 3, 48.5), 0.01);
    assert_close(outline_distance_km(p, 0, 2.5, 47.9), haversine_km(2.5, 47.9, 2.5, 48), 0.01);
    assert_close(outline_distance_km(p, 0, 3.1, 49.1), haversine_km(3.1, 49.1, 3, 49), 0.05);
    assert_close(outline_distance_km(p, 0, 2.2, 48.5), haversine_km(2.2, 48.5, 2.1, 48.5), 0.01);
    assert_close(outline_distance_km(p, 0, 2, 48.3), 0, 1e-9);
    assert_true(isinf(outline_distance_km(p, 1, 2.5, 48.5)));
    polygons_free(p);
}

/* (1 x 2.5 - 0.04 x 2.2) / 0.96 */
static void holes_pull_the_centre_away(void **state)
{
    (void)state;
    polygons *p = box_with_a_hole();
    double lon = 0, lat = 0;
    assert_true(outline_centre(p, 0, &lon, &lat));
    assert_close(lon, (2.5 - 0.04 * 2.2) / 0.96, 1e-9);
    assert_close(lat, 48.5, 1e-9);
    assert_false(outline_centre(p, 1, &lon, &lat));
    polygons_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_border_is_measured),
        cmocka_unit_test(holes_pull_the_centre_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
