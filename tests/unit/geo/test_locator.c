#include "geo/locator.h"
#include "shapes.h"

/* A grid of boxes with shared borders, of which one has a hole filled by another row. */
static polygons *grid(void)
{
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    for (int j = 0; j < 5; j++)
        for (int i = 0; i < 5; i++) {
            add_box(b, "r", i, j, i + 1, j + 1);
            if (i == 2 && j == 2)
                add_box(b, "", 2.25, 2.25, 2.75, 2.75);
        }
    add_box(b, "r", 2.25, 2.25, 2.75, 2.75);
    OK(polygons_builder_row(b, &err));
    return built(b);
}

static uint32_t find(locator *l, double x, double y)
{
    error err;
    uint32_t row = 0;
    OK(locator_find(l, x, y, &row, &err));
    return row;
}

static void test_points_fall_in_their_row(void **state)
{
    (void)state;
    error err;
    polygons *p = grid();
    locator *l = NULL;
    OK(locator_new(&l, p, &err));
    stream s = stream_new("locator");
    for (int i = 0; i < 2000; i++) {
        double x = 5 * stream_uniform(&s), y = 5 * stream_uniform(&s);
        bool hole = fabs(x - 2.5) < 0.25 && fabs(y - 2.5) < 0.25;
        uint32_t wanted = hole ? 25 : (uint32_t)(5 * (int)y + (int)x);
        assert_int_equal(find(l, x, y), wanted);
    }
    locator_free(l);
    polygons_free(p);
}

static void test_borders_belong_to_the_lowest_row(void **state)
{
    (void)state;
    error err;
    polygons *p = grid();
    locator *l = NULL;
    OK(locator_new(&l, p, &err));
    assert_int_equal(find(l, 1, 1), 0);
    assert_int_equal(find(l, 5, 5), 24);
    assert_int_equal(find(l, 2, 0.5), 1);
    assert_int_equal(find(l, 2.25, 2.5), 12);
    locator_free(l);
    polygons_free(p);
}

static void test_outside_is_nowhere(void **state)
{
    (void)state;
    error err;
    polygons *p = grid();
    locator *l = NULL;
    OK(locator_new(&l, p, &err));
    assert_true(find(l, -1e-9, 1) == LOCATED_NOWHERE);
    assert_true(find(l, 1e300, 1) == LOCATED_NOWHERE);
    assert_true(find(l, NAN, NAN) == LOCATED_NOWHERE);
    assert_true(find(l, INFINITY, 0) == LOCATED_NOWHERE);
    locator_free(l);
    polygons_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_fall_in_their_row),
        cmocka_unit_test(test_borders_belong_to_the_lowest_row),
        cmocka_unit_test(test_outside_is_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
