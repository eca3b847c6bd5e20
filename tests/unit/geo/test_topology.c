#include <stdlib.h>

#include "geo/topology.h"
#include "shapes.h"

enum { SIDE = 12, CELLS = SIDE * SIDE };

static polygons_builder *builder(void)
{
    error err;
    polygons_builder *b = NULL;
    OK(polygons_builder_new(&b, &err));
    return b;
}

static topology *woven(const polygons *p, double snap)
{
    error err;
    topology *t = NULL;
    OK(topology_build(p, snap, &t, &err));
    return t;
}

static polygons *dissolved(const topology *t, const uint32_t *group, size_t count)
{
    error err;
    polygons *p = NULL;
    OK(topology_dissolve(t, group, count, &p, &err));
    return p;
}

static double total_area(const polygons *p)
{
    double sum = 0;
    for (size_t r = 0; r < p->rows; r++)
        sum += polygons_area(p, r);
    return sum;
}

/* GEOS finds nothing to repair. */
static void assert_valid(const polygons *p)
{
    error err;
    faults *list = NULL;
    polygons *same = NULL;
    const char **codes = memory_new(p->rows, sizeof *codes);
    for (size_t i = 0; i < p->rows; i++)
        codes[i] = "row";
    OK(faults_new(&list, &err));
    OK(polygons_repair(p, codes, "test", &same, list));
    for (size_t i = 0; i < faults_count(list); i++)
        if (!strstr(faults_at(list, i)->en, "empty"))
            fail_msg("%s", faults_at(list, i)->en);
    faults_free(list);
    polygons_free(same);
    memory_free(codes);
}

/* A grid of quadrilaterals whose shared corners are moved at random. */
static polygons *crooked_grid(stream *s)
{
    double x[SIDE + 1][SIDE + 1], y[SIDE + 1][SIDE + 1];
    polygons_builder *b = builder();
    for (int j = 0; j <= SIDE; j++)
        for (int i = 0; i <= SIDE; i++) {
            x[j][i] = i + 0.8 * (stream_uniform(s) - 0.5);
            y[j][i] = j + 0.8 * (stream_uniform(s) - 0.5);
        }
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double xy[] = {x[j][i],         y[j][i],         x[j][i + 1], y[j][i + 1],
                                 x[j + 1][i + 1], y[j + 1][i + 1], x[j + 1][i], y[j + 1][i]};
            add_ring(b, "r", xy, 4);
        }
    return built(b);
}

/* Groups of cells: some large with holes and enclaves, some in several parts, some cells in none.
 */
static void random_groups(stream *s, uint32_t *group, size_t rows, size_t groups)
{
    for (size_t i = 0; i < rows; i++) {
        double u = stream_uniform(s);
        group[i] = u < 0.5 ? 0 : u < 0.97 ? (uint32_t)stream_below(s, groups) : UINT32_MAX;
    }
}

static polygons *tessellation(stream *s, size_t groups)
{
    uint32_t group[CELLS];
    polygons *cells = crooked_grid(s);
    topology *t = woven(cells, 0);
    random_groups(s, group, CELLS, groups);
    polygons *p = dissolved(t, group, groups);
    topology_free(t);
    polygons_free(cells);
    return p;
}

/* --- arcs --- */

static void test_a_shared_border_is_one_arc(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    add_box(b, "r", 0, 0, 1, 1);
    add_box(b, "r", 1, 0, 2, 1);
    polygons *p = built(b);
    topology *t = woven(p, 0);
    assert_int_equal(t->arc_count, 3);
    size_t shared = 0;
    for (size_t a = 0; a < t->arc_count; a++) {
        bool both = t->left[a] != UINT32_MAX && t->right[a] != UINT32_MAX;
        shared += both;
        assert_int_equal(t->arc_start[a + 1] - t->arc_start[a], both ? 2 : 4);
        if (both)
            assert_true(t->left[a] + t->right[a] == 1);
    }
    assert_int_equal(shared, 1);
    topology_free(t);
    polygons_free(p);
}

static void test_an_enclave_shares_one_closed_arc(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    add_box(b, "r", 0, 0, 10, 10);
    add_box(b, "", 4, 4, 6, 6);
    const double shifted[] = {6, 6, 4, 6, 4, 4, 6, 4}; /* begins elsewhere */
    add_ring(b, "r", shifted, 4);
    polygons *p = built(b);
    topology *t = woven(p, 0);
    assert_int_equal(t->arc_count, 2);
    assert_true(t->ring_arc[1] == ~t->ring_arc[2]);
    topology_free(t);
    polygons_free(p);
}

static void test_minus_zero_is_zero(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    add_box(b, "r", -1, 0, 0.0, 1);
    add_box(b, "r", -0.0, -0.0, 1, 1);
    polygons *p = built(b);
    topology *t = woven(p, 0);
    assert_int_equal(t->arc_count, 3);
    topology_free(t);
    polygons_free(p);
}

static void test_snapping_glues_what_nearly_touches(void **state)
{
    (void)state;
    stream s = stream_new("snap");
    polygons *p = crooked_grid(&s);
    polygons_builder *b = builder();
    for (size_t r = 0; r < p->rows; r++) {
        double xy[8];
        for (size_t i = 0; i < 4; i++) {
            xy[2 * i] = p->x[p->point_start[r] + i] + 1e-9 * (stream_uniform(&s) - 0.5);
            xy[2 * i + 1] = p->y[p->point_start[r] + i] + 1e-9 * (stream_uniform(&s) - 0.5);
        }
        add_ring(b, "r", xy, 4);
    }
    polygons *loose = built(b);
    topology *exact = woven(p, 0), *apart = woven(loose, 0), *glued = woven(loose, 1e-6);
    assert_int_equal(glued->arc_count, exact->arc_count);
    assert_true(apart->arc_count == CELLS);
    topology_free(exact);
    topology_free(apart);
    topology_free(glued);
    polygons_free(p);
    polygons_free(loose);
}

/* --- there and back --- */

static void test_outlines_come_back(void **state)
{
    (void)state;
    stream s = stream_new("round trip");
    for (int k = 0; k < 40; k++) {
        error err;
        polygons *p = tessellation(&s, 2 + stream_below(&s, 30)), *q = NULL;
        topology *t = woven(p, 0);
        OK(topology_to_polygons(t, &q, &err));
        assert_int_equal(q->rows, p->rows);
        for (size_t r = 0; r < p->rows; r++) {
            assert_close(polygons_area(q, r), polygons_area(p, r), 1e-12 * CELLS);
            assert_int_equal(q->part_start[r], p->part_start[r]);
        }
        assert_valid(q);
        polygons_free(p);
        polygons_free(q);
        topology_free(t);
    }
}

/* --- neighbours --- */

static bool share_a_vertex(const polygons *p, size_t a, size_t b)
{
    uint64_t a0 = p->point_start[p->ring_start[p->part_start[a]]];
    uint64_t a1 = p->point_start[p->ring_start[p->part_start[a + 1]]];
    uint64_t b0 = p->point_start[p->ring_start[p->part_start[b]]];
    uint64_t b1 = p->point_start[p->ring_start[p->part_start[b + 1]]];
    for (uint64_t i = a0; i < a1; i++)
        for (uint64_t k = b0; k < b1; k++)
            if (p->x[i] == p->x[k] && p->y[i] == p->y[k])
                return true;
    return false;
}

static void test_neighbours_equal_brute_force(void **state)
{
    (void)state;
    stream s = stream_new("neighbours");
    for (int k = 0; k < 20; k++) {
        error err;
        arena *a = NULL;
        const uint64_t *start = NULL;
        const uint32_t *to = NULL;
        polygons *p = k % 2 ? tessellation(&s, 25) : crooked_grid(&s);
        topology *t = woven(p, 0);
        OK(arena_new(&a, &err));
        OK(topology_neighbours(t, a, &start, &to, &err));
        for (size_t i = 0; i < p->rows; i++) {
            uint64_t at = start[i];
            for (size_t j = 0; j < p->rows; j++)
                if (i != j && share_a_vertex(p, i, j)) {
                    assert_true(at < start[i + 1]);
                    assert_int_equal(to[at++], j);
                }
            assert_int_equal(at, start[i + 1]);
        }
        arena_free(a);
        topology_free(t);
        polygons_free(p);
    }
}

/* --- union --- */

static void test_a_union_has_the_area_of_its_rows_and_is_valid(void **state)
{
    (void)state;
    stream s = stream_new("dissolve");
    for (int k = 0; k < 60; k++) {
        uint32_t group[CELLS];
        size_t groups = 1 + stream_below(&s, 12);
        double sum[12] = {0};
        polygons *cells = crooked_grid(&s);
        topology *t = woven(cells, 0);
        random_groups(&s, group, CELLS, groups);
        for (size_t i = 0; i < CELLS; i++)
            if (group[i] != UINT32_MAX)
                sum[group[i]] += polygons_area(cells, i);
        polygons *p = dissolved(t, group, groups);
        assert_int_equal(p->rows, groups);
        for (size_t g = 0; g < groups; g++)
            assert_close(polygons_area(p, g), sum[g], 1e-11);
        assert_valid(p);
        polygons_free(p);
        topology_free(t);
        polygons_free(cells);
    }
}

/* A set that holds what another holds too has the outline that it would have alone. */
static void test_sets_that_overlap_are_each_their_own_union(void **state)
{
    (void)state;
    enum { SETS = 12 };
    error err;
    stream s = stream_new("dissolve-sets");
    polygons *grid = crooked_grid(&s), *p = NULL;
    topology *t = woven(grid, 0);
    uint64_t start[SETS + 1] = {0};
    uint32_t row[SETS * CELLS], group[CELLS];
    for (size_t set = 0; set < SETS; set++) {
        start[set + 1] = start[set];
        for (uint32_t r = 0; r < CELLS; r++) /* the first one holds nothing, the last all */
            if (stream_uniform(&s) * (SETS - 1) < (double)set)
                row[start[set + 1]++] = r;
    }
    OK(topology_dissolve_sets(t, start, row, SETS, &p, &err));
    assert_int_equal(p->rows, SETS);
    assert_int_equal(p->part_start[1], 0);
    assert_valid(p);
    for (size_t set = 0; set < SETS; set++) {
        for (size_t r = 0; r < CELLS; r++)
            group[r] = UINT32_MAX;
        for (uint64_t i = start[set]; i < start[set + 1]; i++)
            group[row[i]] = 0;
        polygons *alone = dissolved(t, group, 1), *own = NULL;
        OK(polygons_select(p, &set, 1, &own, &err));
        assert_int_equal(own->memory.size, alone->memory.size);
        assert_memory_equal(own->memory.at, alone->memory.at, own->memory.size);
        polygons_free(own);
        polygons_free(alone);
    }
    polygons_free(p);
    topology_free(t);
    polygons_free(grid);
}

static void test_a_union_of_all_is_one_outline(void **state)
{
    (void)state;
    stream s = stream_new("all");
    uint32_t group[CELLS] = {0};
    polygons *cells = crooked_grid(&s);
    topology *t = woven(cells, 0);
    polygons *p = dissolved(t, group, 1);
    assert_int_equal(p->part_start[1], 1);
    assert_int_equal(p->ring_start[1], 1);
    assert_int_equal(p->point_start[1], 4 * SIDE + 1);
    group[3] = 7;
    error err;
    polygons *none = NULL;
    assert_int_not_equal(topology_dissolve(t, group, 1, &none, &err), STATUS_OK);
    polygons_free(p);
    topology_free(t);
    polygons_free(cells);
}

/* Boxes within boxes, two groups in turn: each hole belongs to the shell just around it. */
static void test_nested_rings_keep_their_own_holes(void **state)
{
    (void)state;
    polygons_builder *b = builder();
    for (int i = 0; i < 6; i++) {
        add_box(b, "r", i, i, 20 - i, 20 - i);
        if (i < 5)
            add_box(b, "", i + 1, i + 1, 19 - i, 19 - i);
    }
    polygons *p = built(b);
    topology *t = woven(p, 0);
    const uint32_t group[] = {0, 1, 0, 1, 0, 1};
    polygons *q = dissolved(t, group, 2);
    for (size_t g = 0; g < 2; g++) {
        assert_close(polygons_area(q, g),
                     polygons_area(p, g) + polygons_area(p, g + 2) + polygons_area(p, g + 4),
                     1e-12);
        assert_int_equal(q->part_start[g + 1] - q->part_start[g], 3);
    }
    assert_valid(q);
    polygons_free(q);
    topology_free(t);
    polygons_free(p);
}

static void test_borders_part_two_groups(void **state)
{
    (void)state;
    stream s = stream_new("borders");
    error err;
    uint32_t group[CELLS];
    polygons *cells = crooked_grid(&s);
    topology *t = woven(cells, 0);
    arena *a = NULL;
    const uint32_t *arcs = NULL;
    size_t count = 0, next = 0;
    OK(arena_new(&a, &err));
    random_groups(&s, group, CELLS, 5);
    OK(topology_borders(t, group, a, &arcs, &count, &err));
    for (uint32_t arc = 0; arc < t->arc_count; arc++) {
        uint32_t l = t->left[arc], r = t->right[arc];
        uint32_t gl = l == UINT32_MAX ? l : group[l], gr = r == UINT32_MAX ? r : group[r];
        if (gl != gr)
            assert_int_equal(arcs[next++], arc);
    }
    assert_int_equal(next, count);
    arena_free(a);
    topology_free(t);
    polygons_free(cells);
}

/* --- simplification --- */

/* A grid of boxes whose sides are fine waves: neighbours share every point. */
static polygons *wavy_grid(void)
{
    enum { N = 5, STEPS = 16 };
    polygons_builder *b = builder();
    for (int j = 0; j < N; j++)
        for (int i = 0; i < N; i++) {
            double xy[2 * 4 * STEPS];
            for (int k = 0; k < 4 * STEPS; k++) {
                int side = k / STEPS, step = k % STEPS;
                double along = step / (double)STEPS;
                double u = side == 0 ? along : side == 1 ? 1 : side == 2 ? 1 - along : 0;
                double v = side == 0 ? 0 : side == 1 ? along : side == 2 ? 1 : 1 - along;
                int steps = side % 2 == 0 ? (int)(u * STEPS) : (int)(v * STEPS);
                double wave = 0.02 * (steps % 2 ? 1 : 0);
                xy[2 * k] = i + u + (side % 2 ? wave : 0);
                xy[2 * k + 1] = j + v + (side % 2 ? 0 : wave);
            }
            add_ring(b, "r", xy, 4 * STEPS);
        }
    return built(b);
}

static void test_simplifying_keeps_neighbours_glued(void **state)
{
    (void)state;
    error err;
    static const double areas[] = {0, 1e-6, 0.0005, 0.01, 1, 1e9};
    polygons *p = wavy_grid();
    topology *t = woven(p, 0);
    uint64_t before = UINT64_MAX;
    for (size_t k = 0; k < sizeof areas / sizeof areas[0]; k++) {
        topology *thin = NULL;
        polygons *q = NULL;
        uint32_t group[25] = {0};
        OK(topology_simplify(t, areas[k], 0, &thin, &err));
        assert_int_equal(thin->arc_count, t->arc_count);
        assert_int_equal(thin->ring_count, t->ring_count);
        assert_true(thin->arc_start[thin->arc_count] <= before);
        before = thin->arc_start[thin->arc_count];
        OK(topology_to_polygons(thin, &q, &err));
        polygons *outline = dissolved(thin, group, 1);
        /* No gap and no overlap: the rows fill their union. */
        assert_close(total_area(q), total_area(outline), 1e-12);
        assert_int_equal(outline->ring_start[1], 1);
        for (size_t ring = 0; ring < q->ring_start[q->part_start[q->rows]]; ring++)
            assert_true(q->point_start[ring + 1] - q->point_start[ring] >= 4);
        if (areas[k] <= 0)
            assert_memory_equal(thin->x, t->x, t->arc_start[t->arc_count] * sizeof(double));
        polygons_free(outline);
        polygons_free(q);
        topology_free(thin);
    }
    topology_free(t);
    polygons_free(p);
}

static void test_rings_never_collapse(void **state)
{
    (void)state;
    stream s = stream_new("collapse");
    for (int k = 0; k < 20; k++) {
        error err;
        polygons *p = tessellation(&s, 12), *q = NULL;
        topology *t = woven(p, 0), *thin = NULL;
        OK(topology_simplify(t, 1e9, 0, &thin, &err));
        OK(topology_to_polygons(thin, &q, &err));
        for (size_t ring = 0; ring < q->ring_start[q->part_start[q->rows]]; ring++)
            assert_true(q->point_start[ring + 1] - q->point_start[ring] >= 4);
        topology_free(thin);
        topology_free(t);
        polygons_free(p);
        polygons_free(q);
    }
}

static void test_small_parts_go_but_never_the_largest(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    add_box(b, "r", 0, 0, 10, 10);
    add_box(b, "", 4, 4, 5, 5); /* a hole filled by a small part of row 1 */
    add_box(b, "", 7, 7, 8, 8); /* a hole filled by row 2, whose largest part it is */
    add_box(b, "p", 20, 0, 20.5, 0.5);
    add_box(b, "r", 4, 4, 5, 5);
    add_box(b, "p", 30, 0, 40, 10);
    add_box(b, "r", 7, 7, 8, 8);
    add_box(b, "r", 50, 0, 50.1, 0.1);
    polygons *p = built(b), *q = NULL;
    topology *t = woven(p, 0), *thin = NULL;
    OK(topology_simplify(t, 0, 2, &thin, &err));
    OK(topology_to_polygons(thin, &q, &err));
    assert_close(polygons_area(q, 0), 99, 1e-12);
    assert_close(polygons_area(q, 1), 100, 1e-12);
    assert_close(polygons_area(q, 2), 1, 1e-12);
    assert_close(polygons_area(q, 3), 0.01, 1e-12);
    for (size_t a = 0; a < thin->arc_count; a++)
        assert_true(thin->left[a] != UINT32_MAX || thin->right[a] != UINT32_MAX);
    topology_free(thin);
    topology_free(t);
    polygons_free(p);
    polygons_free(q);
}

/* --- damaged outlines --- */

static void run_everything(const polygons *p, double snap, stream *s)
{
    error err;
    topology *t = woven(p, snap), *thin = NULL;
    polygons *q = NULL;
    arena *a = NULL;
    const uint64_t *start = NULL;
    const uint32_t *to = NULL, *arcs = NULL;
    size_t count = 0;
    uint32_t group[64];
    for (size_t i = 0; i < p->rows; i++)
        group[i] = (uint32_t)stream_below(s, 3);
    OK(arena_new(&a, &err));
    OK(topology_to_polygons(t, &q, &err));
    assert_int_equal(q->rows, p->rows);
    polygons_free(q);
    OK(topology_neighbours(t, a, &start, &to, &err));
    OK(topology_borders(t, group, a, &arcs, &count, &err));
    polygons_free(dissolved(t, group, 3));
    OK(topology_simplify(t, stream_uniform(s), stream_uniform(s), &thin, &err));
    polygons_free(dissolved(thin, group, 3));
    topology_free(thin);
    topology_free(t);
    arena_free(a);
}

/* Rings of few points on a small lattice cross, overlap, repeat and double back in every way. */
static void test_any_rings_at_all_are_survived(void **state)
{
    (void)state;
    stream s = stream_new("garbage");
    for (int k = 0; k < 3000; k++) {
        error err;
        polygons_builder *b = builder();
        size_t rows = stream_below(&s, 6), lattice = 2 + stream_below(&s, 4);
        for (size_t r = 0; r < rows; r++) {
            size_t rings = stream_below(&s, 4);
            OK(polygons_builder_row(b, &err));
            for (size_t i = 0; i < rings; i++) {
                double xy[24];
                size_t points = stream_below(&s, 12);
                for (size_t j = 0; j < 2 * points; j++)
                    xy[j] = (double)stream_below(&s, lattice);
                add_ring(b, i == 0 || stream_uniform(&s) < 0.5 ? "p" : "", xy, points);
            }
        }
        polygons *p = built(b);
        run_everything(p, k % 3 ? 0 : 1.2 * stream_uniform(&s), &s);
        polygons_free(p);
    }
}

/* One side of a border misses a vertex: two borders with the outside, and still neighbours. */
static void test_a_vertex_missing_on_one_side(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    add_box(b, "r", 0, 0, 1, 1);
    const double other[] = {1, 0, 2, 0, 2, 1, 1, 1, 1.001, 0.5};
    add_ring(b, "r", other, 5);
    polygons *p = built(b);
    topology *t = woven(p, 0);
    arena *a = NULL;
    const uint64_t *start = NULL;
    const uint32_t *to = NULL;
    const uint32_t group[] = {0, 0};
    OK(arena_new(&a, &err));
    OK(topology_neighbours(t, a, &start, &to, &err));
    assert_int_equal(start[1], 1);
    assert_int_equal(to[0], 1);
    polygons *all = dissolved(t, group, 1);
    assert_close(polygons_area(all, 0), total_area(p), 1e-12);
    polygons_free(all);
    arena_free(a);
    topology_free(t);
    polygons_free(p);
}

static void test_a_coordinate_that_is_no_number_is_refused(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = builder();
    const double xy[] = {0, 0, 1, 0, NAN, 1};
    add_ring(b, "r", xy, 3);
    polygons *p = built(b);
    topology *t = NULL;
    assert_int_equal(topology_build(p, 0, &t, &err), STATUS_INPUT);
    assert_null(t);
    polygons_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_shared_border_is_one_arc),
        cmocka_unit_test(test_an_enclave_shares_one_closed_arc),
        cmocka_unit_test(test_minus_zero_is_zero),
        cmocka_unit_test(test_snapping_glues_what_nearly_touches),
        cmocka_unit_test(test_outlines_come_back),
        cmocka_unit_test(test_neighbours_equal_brute_force),
        cmocka_unit_test(test_a_union_has_the_area_of_its_rows_and_is_valid),
        cmocka_unit_test(test_sets_that_overlap_are_each_their_own_union),
        cmocka_unit_test(test_a_union_of_all_is_one_outline),
        cmocka_unit_test(test_nested_rings_keep_their_own_holes),
        cmocka_unit_test(test_borders_part_two_groups),
        cmocka_unit_test(test_simplifying_keeps_neighbours_glued),
        cmocka_unit_test(test_rings_never_collapse),
        cmocka_unit_test(test_small_parts_go_but_never_the_largest),
        cmocka_unit_test(test_any_rings_at_all_are_survived),
        cmocka_unit_test(test_a_vertex_missing_on_one_side),
        cmocka_unit_test(test_a_coordinate_that_is_no_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
