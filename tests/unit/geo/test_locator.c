#include "geo/locator.h"
#include "shapes.h"
#include "slow_locator.h"

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

/* --- the same rows as GEOS prepared geometries --- */

static void assert_same_rows(const polygons *p, const double *x, const double *y, size_t count)
{
    error err;
    locator *l = NULL;
    slow_locator *slow = NULL;
    uint32_t *wanted = memory_new(count, sizeof *wanted), *got = memory_new(count, sizeof *got);
    assert_true(wanted && got);
    OK(locator_new(&l, p, &err));
    OK(slow_locator_new(&slow, p, &err));
    for (size_t i = 0; i < count; i++) {
        OK(slow_locator_find(slow, x[i], y[i], &wanted[i], &err));
        if (find(l, x[i], y[i]) != wanted[i])
            fail_msg("%.17g, %.17g is not in row %u", x[i], y[i], wanted[i]);
    }
    for (int threads = 1; threads <= 8; threads *= 2) {
        memset(got, 0x55, count * sizeof *got);
        OK(locator_find_all(l, x, y, count, threads, got, &err));
        assert_memory_equal(got, wanted, count * sizeof *got);
    }
    locator_free(l);
    slow_locator_free(slow);
    memory_free(wanted);
    memory_free(got);
}

typedef struct cloud {
    double x[60000], y[60000];
    size_t count;
} cloud;

static void cloud_add(cloud *c, double x, double y)
{
    if (c->count < sizeof c->x / sizeof *c->x) {
        c->x[c->count] = x;
        c->y[c->count++] = y;
    }
}

/* Every vertex, points that rounding puts on or beside each edge, and the next numbers around. */
static void cloud_of_borders(cloud *c, const polygons *p, stream *s)
{
    size_t points = (size_t)p->point_start[p->ring_start[p->part_start[p->rows]]];
    for (size_t k = 0; k + 1 < points; k++) {
        double t = stream_uniform(s);
        double x = p->x[k] + t * (p->x[k + 1] - p->x[k]);
        double y = p->y[k] + t * (p->y[k + 1] - p->y[k]);
        cloud_add(c, p->x[k], p->y[k]);
        cloud_add(c, (p->x[k] + p->x[k + 1]) / 2, (p->y[k] + p->y[k + 1]) / 2);
        cloud_add(c, x, y);
        cloud_add(c, nextafter(x, INFINITY), y);
        cloud_add(c, x, nextafter(y, -INFINITY));
        cloud_add(c, x - 1, p->y[k]); /* a ray through a vertex */
    }
}

/* Jagged outlines on a grid of vertices that neighbours share, some with a hole, a second part, a
 * ring that crosses itself, or none at all. */
static polygons *jagged(stream *s, size_t side, double scale, double origin)
{
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    double vx[13][13], vy[13][13];
    for (size_t j = 0; j <= side; j++)
        for (size_t i = 0; i <= side; i++) {
            vx[j][i] = origin + scale * ((double)i + 0.4 * stream_uniform(s));
            vy[j][i] = origin + scale * ((double)j + 0.4 * stream_uniform(s));
        }
    for (size_t j = 0; j < side; j++)
        for (size_t i = 0; i < side; i++) {
            const double xy[] = {vx[j][i],         vy[j][i],         vx[j][i + 1], vy[j][i + 1],
                                 vx[j + 1][i + 1], vy[j + 1][i + 1], vx[j + 1][i], vy[j + 1][i]};
            const double crossed[] = {xy[0], xy[1], xy[4], xy[5], xy[2], xy[3], xy[6], xy[7]};
            double cx = (xy[0] + xy[4]) / 2, cy = (xy[1] + xy[5]) / 2, d = 0.05 * scale;
            size_t what = stream_below(s, 8);
            if (what == 0) {
                OK(polygons_builder_row(b, &err));
                continue;
            }
            add_ring(b, "r", what == 1 ? crossed : xy, 4);
            if (what == 2)
                add_box(b, "", cx - d, cy - d, cx + d, cy + d);
            if (what == 3)
                add_box(b, "p", cx - d, cy - d, cx + 3 * scale, cy + d);
        }
    return built(b);
}

static void test_rows_are_those_of_geos(void **state)
{
    (void)state;
    stream s = stream_new("locator-geos");
    static const double scales[] = {1, 0.1, 1e-7, 1234.567}, origins[] = {0, 2.3, 48.8, 652000.1};
    cloud *c = memory_new(1, sizeof *c);
    assert_non_null(c);
    for (size_t i = 0; i < 12; i++) {
        double scale = scales[i % 4], origin = origins[(i + i / 4) % 4];
        polygons *p = jagged(&s, 12, scale, origin);
        c->count = 0;
        cloud_of_borders(c, p, &s);
        for (size_t k = 0; k < 3000; k++)
            cloud_add(c, origin + scale * (14 * stream_uniform(&s) - 1),
                      origin + scale * (14 * stream_uniform(&s) - 1));
        cloud_add(c, NAN, origin);
        cloud_add(c, origin, -INFINITY);
        assert_same_rows(p, c->x, c->y, c->count);
        polygons_free(p);
    }
    memory_free(c);
}

static void test_no_outline_holds_nothing(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    OK(polygons_builder_row(b, &err));
    polygons *p = built(b);
    const double x[] = {0, 1}, y[] = {0, 1};
    assert_same_rows(p, x, y, 2);
    polygons_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_fall_in_their_row),
        cmocka_unit_test(test_borders_belong_to_the_lowest_row),
        cmocka_unit_test(test_outside_is_nowhere),
        cmocka_unit_test(test_rows_are_those_of_geos),
        cmocka_unit_test(test_no_outline_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
