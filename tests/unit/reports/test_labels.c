/* Names on a map: by priority, never over each other, a dot or the edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "reports/maps/labels.h"

static const rect frame_all = {0, 0, 200, 100};

static void a_lone_name_stands_on_its_point(void **state)
{
    (void)state;
    label l = {.x = 100, .y = 50, .w = 40, .h = 10};
    labels_place(&l, 1, NULL, 0, frame_all, 3, 2, 10);
    assert_true(l.placed && l.at.x == 80 && l.at.y == 45);
}

static void a_name_beside_its_point_leaves_it_free(void **state)
{
    (void)state;
    label l = {.x = 100, .y = 50, .w = 40, .h = 10, .beside = true};
    labels_place(&l, 1, NULL, 0, frame_all, 3, 2, 10);
    assert_true(l.placed && l.at.y + l.at.h <= 47);
}

static void a_dot_pushes_the_name_aside(void **state)
{
    (void)state;
    const rect dot = {97, 47, 6, 6};
    label l = {.x = 100, .y = 50, .w = 40, .h = 10};
    labels_place(&l, 1, &dot, 1, frame_all, 3, 2, 10);
    assert_true(l.placed && !rect_overlap(l.at, dot));
}

static void the_first_name_wins(void **state)
{
    (void)state;
    label l[2] = {{.x = 100, .y = 5, .w = 190, .h = 9}, {.x = 100, .y = 6, .w = 190, .h = 9}};
    const rect low = {0, 0, 200, 12};
    labels_place(l, 2, NULL, 0, low, 3, 2, 10);
    assert_true(l[0].placed && !l[1].placed);
}

static void nothing_crosses_the_edge_and_the_limit_holds(void **state)
{
    (void)state;
    label l[50];
    size_t placed = 0;
    for (size_t i = 0; i < 50; i++)
        l[i] = (label){.x = (double)(i * 37 % 200), .y = (double)(i * 53 % 100), .w = 30, .h = 8};
    labels_place(l, 50, NULL, 0, frame_all, 3, 2, 12);
    for (size_t i = 0; i < 50; i++) {
        placed += l[i].placed;
        if (!l[i].placed)
            continue;
        assert_true(rect_inside(l[i].at, frame_all));
        for (size_t j = 0; j < i; j++)
            assert_false(l[j].placed && rect_overlap(l[i].at, l[j].at));
    }
    assert_int_equal(placed, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lone_name_stands_on_its_point),
        cmocka_unit_test(a_name_beside_its_point_leaves_it_free),
        cmocka_unit_test(a_dot_pushes_the_name_aside),
        cmocka_unit_test(the_first_name_wins),
        cmocka_unit_test(nothing_crosses_the_edge_and_the_limit_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
