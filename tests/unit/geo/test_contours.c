/* Curves of all levels of a surface: nested, valid, right about every corner and mark, thinned or
 * not. Judged by GEOS. */
#include <stdlib.h>

#include "geo/contours.h"
#include "geo/geos_work.h"
#include "shapes.h"

enum { LEVELS = 3, FAR = 4000 };
static const uint32_t levels[LEVELS] = {600, 1200, 1800};

/* A lattice of width x height corners, its rim far; squares cut along one diagonal. */
typedef struct sheet {
    size_t width, height;
    uint32_t *value;
} sheet;

typedef struct spot {
    double x, y;
} spot;

static sheet sheet_new(size_t width, size_t height)
{
    sheet s = {width, height, memory_new(width * height, sizeof(uint32_t))};
    assert_non_null(s.value);
    for (size_t i = 0; i < width * height; i++)
        s.value[i] = FAR;
    return s;
}

static contour_corner corner_at(const sheet *s, size_t i, size_t j)
{
    return (contour_corner){j * s->width + i, s->value[j * s->width + i], (double)i, (double)j};
}

static contours *drawn(const sheet *s, const spot *marks, size_t mark_count,
                       const contour_rule *rule)
{
    error err;
    contours *c = NULL;
    OK(contours_new(&c, levels, LEVELS, &err));
    for (size_t j = 0; j + 1 < s->height; j++) {
        for (size_t i = 0; i + 1 < s->width; i++) {
            const contour_corner low[3] = {corner_at(s, i, j), corner_at(s, i + 1, j),
                                           corner_at(s, i + 1, j + 1)};
            const contour_corner high[3] = {low[0], low[2], corner_at(s, i, j + 1)};
            OK(contours_triangle(c, low, &err));
            OK(contours_triangle(c, high, &err));
        }
    }
    for (size_t m = 0; m < mark_count; m++)
        OK(contours_mark(c, marks[m].x, marks[m].y, &err));
    OK(contours_draw(c, rule, &err));
    return c;
}

/* One row a level. */
static polygons *outlined(const contours *c)
{
    error err;
    polygons_builder *b = NULL;
    const contour_rings *r = contours_rings(c);
    OK(polygons_builder_new(&b, &err));
    size_t k = 0;
    for (uint32_t level = 0; level < LEVELS; level++) {
        OK(polygons_builder_row(b, &err));
        for (; k < r->count && r->level[k] == level; k++) {
            if (!r->hole[k])
                OK(polygons_builder_part(b, &err));
            OK(polygons_builder_ring(b, &err));
            for (size_t i = r->start[k]; i < r->start[k + 1]; i++)
                OK(polygons_builder_point(b, r->x[i], r->y[i], &err));
        }
    }
    assert_int_equal(k, r->count);
    return built(b);
}

static size_t parts_of(const polygons *p, size_t row)
{
    return (size_t)(p->part_start[row + 1] - p->part_start[row]);
}

static size_t holes_of(const polygons *p, size_t row)
{
    return (size_t)(p->ring_start[p->part_start[row + 1]] - p->ring_start[p->part_start[row]]) -
           parts_of(p, row);
}

static void assert_valid_and_nested(const polygons *p)
{
    error err;
    geos_work g;
    GEOSGeometry *shape[LEVELS];
    OK(geos_work_init(&g, &err));
    for (size_t i = 0; i < LEVELS; i++) {
        shape[i] = geos_of_row(&g, p, i, NULL);
        assert_non_null(shape[i]);
        assert_int_equal(GEOSisValid_r(g.handle, shape[i]), 1);
        if (i > 0 && !GEOSisEmpty_r(g.handle, shape[i - 1]))
            assert_int_equal(GEOSCovers_r(g.handle, shape[i], shape[i - 1]), 1);
    }
    for (size_t i = 0; i < LEVELS; i++)
        GEOSGeom_destroy_r(g.handle, shape[i]);
    geos_work_clear(&g);
}

static bool holds(geos_work *g, const GEOSPreparedGeometry *shape, double x, double y)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g->handle, x, y);
    const char inside = GEOSPreparedContains_r(g->handle, shape, point);
    GEOSGeom_destroy_r(g->handle, point);
    return inside == 1;
}

/* Every corner that is a mark is inside exactly when its value says so. */
static void assert_agrees(const polygons *p, const sheet *s, const spot *marks, size_t count)
{
    error err;
    geos_work g;
    OK(geos_work_init(&g, &err));
    for (size_t level = 0; level < LEVELS; level++) {
        GEOSGeometry *shape = geos_of_row(&g, p, level, NULL);
        const GEOSPreparedGeometry *ready = GEOSPrepare_r(g.handle, shape);
        for (size_t m = 0; m < count; m++) {
            const uint32_t value = s->value[(size_t)marks[m].y * s->width + (size_t)marks[m].x];
            assert_int_equal(holds(&g, ready, marks[m].x, marks[m].y), value <= levels[level]);
        }
        GEOSPreparedGeom_destroy_r(g.handle, ready);
        GEOSGeom_destroy_r(g.handle, shape);
    }
    geos_work_clear(&g);
}

static const contour_rule untouched = {0, 0}, usual = {3, 1}, hard = {40, 30};

/* A disc of slope 100 a unit, with noise. */
static sheet noisy(stream *s, size_t side, double noise)
{
    sheet made = sheet_new(side, side);
    const double middle = (double)side / 2;
    for (size_t j = 1; j + 1 < side; j++) {
        for (size_t i = 1; i + 1 < side; i++) {
            const double far = hypot((double)i - middle, (double)j - middle);
            const double value = fmax(0, 100 * far + noise * stream_uniform(s));
            made.value[j * side + i] = (uint32_t)fmin(value, FAR);
        }
    }
    return made;
}

static void any_surface_gives_valid_nested_outlines_that_agree(void **state)
{
    (void)state;
    enum { SIDE = 48, MARKS = 300 };
    stream s = stream_new("contours");
    const contour_rule *rules[] = {&untouched, &usual, &hard};
    for (size_t round = 0; round < 24; round++) {
        sheet made = noisy(&s, SIDE, 300 * (double)(round % 8));
        spot marks[MARKS];
        for (size_t m = 0; m < MARKS; m++) {
            marks[m].x = floor(SIDE * stream_uniform(&s));
            marks[m].y = floor(SIDE * stream_uniform(&s));
        }
        for (size_t k = 0; k < 3; k++) {
            contours *c = drawn(&made, marks, MARKS, rules[k]);
            polygons *p = outlined(c);
            assert_valid_and_nested(p);
            assert_agrees(p, &made, marks, MARKS);
            polygons_free(p);
            contours_free(c);
        }
        memory_free(made.value);
    }
}

/* A ring road around a park, and an island in its lake. */
static void holes_and_islands_stay(void **state)
{
    (void)state;
    sheet made = sheet_new(40, 40);
    for (size_t j = 5; j < 35; j++)
        for (size_t i = 5; i < 35; i++)
            made.value[j * 40 + i] = i >= 12 && i < 28 && j >= 12 && j < 28 ? 3000 : 300;
    for (size_t j = 18; j < 22; j++)
        for (size_t i = 18; i < 22; i++)
            made.value[j * 40 + i] = 900;
    contours *c = drawn(&made, NULL, 0, &usual);
    polygons *p = outlined(c);
    assert_valid_and_nested(p);
    assert_int_equal(parts_of(p, 0), 1);
    assert_int_equal(holes_of(p, 0), 1);
    assert_int_equal(parts_of(p, 1), 2); /* 20 min: the island too */
    assert_int_equal(holes_of(p, 1), 1);
    assert_true(contours_rings(c)->start[contours_rings(c)->count] < 60); /* and few vertices */
    polygons_free(p);
    contours_free(c);
    memory_free(made.value);
}

static void small_rings_go_unless_a_mark_is_inside(void **state)
{
    (void)state;
    sheet made = sheet_new(30, 20);
    made.value[10 * 30 + 5] = 100;
    made.value[10 * 30 + 15] = 100;
    for (size_t j = 5; j < 15; j++)
        for (size_t i = 20; i < 28; i++)
            made.value[j * 30 + i] = 100;
    made.value[8 * 30 + 23] = FAR;
    made.value[12 * 30 + 25] = FAR;
    const spot marks[] = {{15, 10}, {25, 12}};
    contours *c = drawn(&made, marks, 2, &usual);
    polygons *p = outlined(c);
    for (size_t level = 0; level < LEVELS; level++) {
        assert_int_equal(parts_of(p, level), 2);
        assert_int_equal(holes_of(p, level), 1);
    }
    assert_agrees(p, &made, marks, 2);
    polygons_free(p);
    contours_free(c);
    memory_free(made.value);
}

/* Used again, and by triangles in any order: the same rings. */
static void outlines_do_not_depend_on_the_order_of_triangles(void **state)
{
    (void)state;
    error err;
    stream s = stream_new("contours-order");
    sheet made = noisy(&s, 30, 700);
    contours *c = drawn(&made, NULL, 0, &untouched);
    polygons *p = outlined(c);
    contours_restart(c);
    for (size_t j = made.height - 1; j-- > 0;) {
        for (size_t i = made.width - 1; i-- > 0;) {
            const contour_corner high[3] = {corner_at(&made, i + 1, j + 1),
                                            corner_at(&made, i, j + 1), corner_at(&made, i, j)};
            const contour_corner low[3] = {high[2], corner_at(&made, i + 1, j), high[0]};
            OK(contours_triangle(c, high, &err));
            OK(contours_triangle(c, low, &err));
        }
    }
    OK(contours_draw(c, &untouched, &err));
    polygons *q = outlined(c);
    assert_int_equal(p->memory.size, q->memory.size);
    assert_memory_equal(p->memory.at, q->memory.at, p->memory.size);
    polygons_free(p);
    polygons_free(q);
    contours_free(c);
    memory_free(made.value);
}

static void nothing_within_is_no_outline(void **state)
{
    (void)state;
    sheet made = sheet_new(10, 10);
    contours *c = drawn(&made, NULL, 0, &usual);
    polygons *p = outlined(c);
    for (size_t level = 0; level < LEVELS; level++)
        assert_int_equal(parts_of(p, level), 0);
    polygons_free(p);
    contours_free(c);
    memory_free(made.value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_surface_gives_valid_nested_outlines_that_agree),
        cmocka_unit_test(holes_and_islands_stay),
        cmocka_unit_test(small_rings_go_unless_a_mark_is_inside),
        cmocka_unit_test(outlines_do_not_depend_on_the_order_of_triangles),
        cmocka_unit_test(nothing_within_is_no_outline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
