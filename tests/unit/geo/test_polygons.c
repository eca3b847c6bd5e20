#include <unistd.h>

#include "shapes.h"

static polygons_builder *builder(void)
{
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    return b;
}

/* A box with a hole (given the wrong way round and unclosed), an empty row, two separate parts. */
static polygons *three_rows(void)
{
    error err;
    polygons_builder *b = builder();
    const double clockwise[] = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
    add_ring(b, "r", clockwise, 5);
    add_box(b, "", 2, 2, 4, 4);
    OK(polygons_builder_row(b, &err));
    add_box(b, "r", 20, 0, 21, 1);
    add_box(b, "p", 30, 0, 33, 1);
    return built(b);
}

static double turn(const polygons *p, size_t ring)
{
    double twice = 0;
    for (uint64_t i = p->point_start[ring]; i + 1 < p->point_start[ring + 1]; i++)
        twice += p->x[i] * p->y[i + 1] - p->x[i + 1] * p->y[i];
    return twice;
}

static void test_rings_are_closed_and_turned(void **state)
{
    (void)state;
    polygons *p = three_rows();
    assert_int_equal(p->rows, 3);
    assert_true(turn(p, 0) > 0);
    assert_true(turn(p, 1) < 0);
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(p->point_start[k + 1] - p->point_start[k], 5);
        assert_true(p->x[p->point_start[k]] == p->x[p->point_start[k + 1] - 1]);
    }
    polygons_free(p);
}

static void test_area_and_bounds(void **state)
{
    (void)state;
    polygons *p = three_rows();
    assert_close(polygons_area(p, 0), 96, 1e-12);
    assert_close(polygons_area(p, 1), 0, 0);
    assert_close(polygons_area(p, 2), 4, 1e-12);
    bounds all = polygons_bounds(p, NULL);
    assert_true(all.x_min == 0 && all.x_max == 33 && all.y_min == 0 && all.y_max == 10);
    const uint8_t kept[] = {0, 1, 1};
    bounds some = polygons_bounds(p, kept);
    assert_true(some.x_min == 20 && some.y_max == 1);
    polygons_free(p);
}

static void test_another_process_maps_the_same_outlines(void **state)
{
    (void)state;
    error err;
    polygons *p = three_rows(), *q = NULL;
    int fd = dup(p->memory.fd);
    OK(polygons_open(&q, fd, &err));
    assert_int_equal(q->rows, 3);
    assert_close(polygons_area(q, 0), 96, 1e-12);
    assert_memory_equal(p->x, q->x, p->point_start[4] * sizeof(double));
    polygons_free(p);
    polygons_free(q);
}

static void test_a_damaged_block_is_refused(void **state)
{
    (void)state;
    for (size_t word = 0; word < 14; word++) {
        error err;
        polygons *p = three_rows(), *q = NULL;
        shared_memory damaged;
        OK(shared_memory_new(&damaged, "damaged", p->memory.size, &err));
        memcpy(damaged.at, p->memory.at, p->memory.size);
        ((uint64_t *)damaged.at)[word] += UINT64_C(1) << 33;
        OK(shared_memory_freeze(&damaged, &err));
        int fd = dup(damaged.fd);
        assert_int_equal(polygons_open(&q, fd, &err), STATUS_INPUT);
        assert_null(q);
        close(fd);
        shared_memory_clear(&damaged);
        polygons_free(p);
    }
}

static void test_rows_are_chosen_in_any_order(void **state)
{
    (void)state;
    error err;
    polygons *p = three_rows(), *q = NULL;
    const size_t rows[] = {2, 1, 0, 2};
    OK(polygons_select(p, rows, 4, &q, &err));
    assert_int_equal(q->rows, 4);
    assert_close(polygons_area(q, 0), 4, 1e-12);
    assert_close(polygons_area(q, 1), 0, 0);
    assert_close(polygons_area(q, 2), 96, 1e-12);
    assert_close(polygons_area(q, 3), 4, 1e-12);
    const size_t beyond[] = {3};
    polygons *none = NULL;
    assert_int_not_equal(polygons_select(p, beyond, 1, &none, &err), STATUS_OK);
    polygons_free(p);
    polygons_free(q);
}

static void test_nothing_is_a_set_of_outlines_too(void **state)
{
    (void)state;
    polygons *p = built(builder());
    assert_int_equal(p->rows, 0);
    bounds b = polygons_bounds(p, NULL);
    assert_true(b.x_min > b.x_max);
    polygons_free(p);
}

static void test_the_order_of_building_is_judged(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    assert_int_not_equal(polygons_builder_part(b, &err), STATUS_OK);
    assert_int_not_equal(polygons_builder_ring(b, &err), STATUS_OK);
    assert_int_not_equal(polygons_builder_point(b, 0, 0, &err), STATUS_OK);
    OK(polygons_builder_row(b, &err));
    assert_int_not_equal(polygons_builder_ring(b, &err), STATUS_OK);
    polygons_builder_free(b);
}

/* --- repair --- */

static faults *no_faults(void)
{
    error err;
    faults *list = NULL;
    OK(faults_new(&list, &err));
    return list;
}

static void test_sound_outlines_pass_unchanged(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    const char *codes[] = {"01001", "01002"};
    add_box(b, "r", 0, 0, 10, 10);
    add_box(b, "", 2, 2, 4, 4);
    add_box(b, "r", 10, 0, 20, 10);
    polygons *p = built(b), *q = NULL;
    faults *list = no_faults();
    OK(polygons_repair(p, codes, "f.geojson", &q, list));
    assert_int_equal(faults_count(list), 0);
    assert_int_equal(p->memory.size, q->memory.size);
    assert_memory_equal(p->memory.at, q->memory.at, p->memory.size);
    faults_free(list);
    polygons_free(p);
    polygons_free(q);
}

static void test_a_bowtie_is_repaired_with_a_warning_that_names_it(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    const double bowtie[] = {0, 0, 2, 2, 2, 0, 0, 2};
    const double lopsided[] = {0, 0, 4, 4, 4, 0, 0, 3};
    const char *codes[] = {"14174", "14175"};
    add_ring(b, "r", bowtie, 4);
    add_ring(b, "r", lopsided, 4);
    polygons *p = built(b), *q = NULL;
    faults *list = no_faults();
    OK(polygons_repair(p, codes, "f.geojson", &q, list));
    assert_int_equal(faults_count(list), 2);
    assert_int_equal(faults_at(list, 0)->severity, SEVERITY_WARNING);
    assert_non_null(strstr(faults_at(list, 0)->fr, "14174"));
    assert_non_null(strstr(faults_at(list, 1)->en, "14175"));
    assert_non_null(strstr(faults_at(list, 1)->en, "%"));
    assert_close(polygons_area(q, 0), 2, 1e-9);
    assert_true(polygons_area(q, 1) > polygons_area(p, 1));
    faults_free(list);
    polygons_free(p);
    polygons_free(q);
}

static void test_an_empty_outline_is_a_warning(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    const char *codes[] = {"97501"};
    OK(polygons_builder_row(b, &err));
    polygons *p = built(b), *q = NULL;
    faults *list = no_faults();
    OK(polygons_repair(p, codes, "f.geojson", &q, list));
    assert_int_equal(faults_count(list), 1);
    assert_int_equal(faults_at(list, 0)->severity, SEVERITY_WARNING);
    assert_int_equal(q->rows, 1);
    faults_free(list);
    polygons_free(p);
    polygons_free(q);
}

static void refused(const double *xy, size_t count, const char *word)
{
    polygons_builder *b = builder();
    const char *codes[] = {"01001", "2A004"};
    add_box(b, "r", 0, 0, 1, 1);
    add_ring(b, "r", xy, count);
    polygons *p = built(b), *q = NULL;
    faults *list = no_faults();
    assert_int_equal(polygons_repair(p, codes, "f.geojson", &q, list), STATUS_INPUT);
    assert_null(q);
    assert_int_equal(faults_count(list), 1);
    assert_non_null(strstr(faults_at(list, 0)->en, "2A004"));
    assert_non_null(strstr(faults_at(list, 0)->en, word));
    faults_free(list);
    polygons_free(p);
}

static void test_outlines_without_area_or_number_are_refused(void **state)
{
    (void)state;
    const double flat[] = {0, 0, 1, 0, 2, 0, 1, 0};
    const double two[] = {0, 0, 1, 0};
    const double one[] = {5, 5};
    const double nan_inside[] = {0, 0, 1, 0, NAN, 1};
    const double infinite[] = {0, 0, 1, 0, INFINITY, 1};
    refused(flat, 4, "area");
    refused(two, 2, "area");
    refused(one, 1, "area");
    refused(nan_inside, 3, "finite");
    refused(infinite, 3, "finite");
}

static void test_a_point_is_inside_even_of_a_crescent(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    const double crescent[] = {0, 0, 10, 0, 10, 10, 0, 10, 0, 9, 9, 9, 9, 1, 0, 1};
    add_ring(b, "r", crescent, 8);
    OK(polygons_builder_row(b, &err));
    polygons *p = built(b);
    double x[2], y[2];
    uint8_t has[2];
    OK(polygons_point_on_surface(p, x, y, has, &err));
    assert_true(has[0] && !has[1]);
    assert_true(x[0] > 9 || y[0] < 1 || y[0] > 9);
    polygons_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rings_are_closed_and_turned),
        cmocka_unit_test(test_area_and_bounds),
        cmocka_unit_test(test_another_process_maps_the_same_outlines),
        cmocka_unit_test(test_a_damaged_block_is_refused),
        cmocka_unit_test(test_rows_are_chosen_in_any_order),
        cmocka_unit_test(test_nothing_is_a_set_of_outlines_too),
        cmocka_unit_test(test_the_order_of_building_is_judged),
        cmocka_unit_test(test_sound_outlines_pass_unchanged),
        cmocka_unit_test(test_a_bowtie_is_repaired_with_a_warning_that_names_it),
        cmocka_unit_test(test_an_empty_outline_is_a_warning),
        cmocka_unit_test(test_outlines_without_area_or_number_are_refused),
        cmocka_unit_test(test_a_point_is_inside_even_of_a_crescent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
