/* A hierarchy gives the costs of plain searches, to the last bit, whatever the shape. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/memory.h"
#include "hierarchy_reference.h"
#include "network/search/hierarchy_build.h"
#include "network/search/search.h"

static hierarchy_store *built(const road_arcs *to, int threads)
{
    error err = {0};
    hierarchy_store *s = NULL;
    assert_int_equal(hierarchy_build(to, threads, NULL, &s, &err), STATUS_OK);
    assert_int_equal(hierarchy_check(hierarchy_of(s), &err), STATUS_OK);
    return s;
}

/* The pairs (from, to) with from = 0, step, 2 step... */
static void assert_costs_equal(const road_arcs *to, const road_hierarchy *h, uint32_t step)
{
    error err = {0};
    search *s = NULL;
    assert_int_equal(search_new(&s, to, NULL, &err), STATUS_OK);
    for (uint32_t target = 0; target < to->node_count; target += step) {
        assert_int_equal(search_within(s, target, SEARCH_UNBOUNDED, &err), STATUS_OK);
        for (uint32_t from = 0; from < to->node_count; from += step)
            assert_true(hierarchy_cost(h, from, target) == search_cost(s, from));
    }
    search_free(s);
}

static void every_shape_keeps_all_pairs(void **state)
{
    (void)state;
    for (int s = 0; s < SHAPE_COUNT; s++) {
        for (uint32_t trial = 0; trial < 12; trial++) {
            arc_list l = {0};
            shape_draw(&l, (shape)s, trial, 1 + trial * 7 % 37);
            road_arcs to = arc_list_to(&l);
            hierarchy_store *h = built(&to, 1 + (int)(trial % 4));
            assert_costs_equal(&to, hierarchy_of(h), 1);
            hierarchy_free(h);
            arc_list_clear(&l);
        }
    }
}

static void no_node_and_one_node_are_networks(void **state)
{
    (void)state;
    for (uint32_t nodes = 0; nodes < 2; nodes++) {
        arc_list l = {.node_count = nodes};
        if (nodes == 1)
            arc_list_add(&l, 0, 0, 5, 5);
        road_arcs to = arc_list_to(&l);
        hierarchy_store *h = built(&to, 2);
        assert_int_equal(hierarchy_of(h)->node_count, nodes);
        assert_int_equal(hierarchy_of(h)->up.start[nodes], 0);
        if (nodes == 1)
            assert_true(hierarchy_cost(hierarchy_of(h), 0, 0) == 0);
        hierarchy_free(h);
        arc_list_clear(&l);
    }
}

/* 2^32 - 1 units an arc: two of them fit in 64 bits as one arc does; three are no path. */
static void paths_past_64_bits_are_no_paths(void **state)
{
    (void)state;
    arc_list l = {.node_count = 6};
    for (uint32_t n = 0; n < 5; n++)
        arc_list_add(&l, n, n + 1, n == 2 ? 7 : UINT32_MAX / 2, n == 2 ? UINT32_MAX : 0);
    road_arcs to = arc_list_to(&l);
    hierarchy_store *h = built(&to, 1);
    const road_hierarchy *all = hierarchy_of(h);
    assert_true(hierarchy_cost(all, 0, 2) == road_cost_of(UINT32_MAX - 1, 0));
    assert_true(hierarchy_cost(all, 1, 3) == road_cost_of(UINT32_MAX / 2 + 7, UINT32_MAX));
    assert_true(hierarchy_cost(all, 0, 3) == ROAD_COST_NONE);
    assert_true(hierarchy_cost(all, 0, 5) == ROAD_COST_NONE);
    hierarchy_free(h);
    arc_list_clear(&l);
}

static void assert_same(const road_hierarchy *a, const road_hierarchy *b)
{
    size_t n = a->node_count;
    assert_memory_equal(a->position, b->position, n * sizeof *a->position);
    assert_memory_equal(a->up.start, b->up.start, (n + 1) * sizeof *a->up.start);
    assert_memory_equal(a->down.start, b->down.start, (n + 1) * sizeof *a->down.start);
    assert_memory_equal(a->up.link, b->up.link, a->up.start[n] * sizeof *a->up.link);
    assert_memory_equal(a->down.link, b->down.link, a->down.start[n] * sizeof *a->down.link);
}

static void threads_do_not_change_a_byte(void **state)
{
    (void)state;
    static const int threads[] = {2, 4, 8};
    arc_list l = {0};
    roads_draw(&l, 100);
    road_arcs to = arc_list_to(&l);
    hierarchy_store *one = built(&to, 1);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        hierarchy_store *other = built(&to, threads[i]);
        assert_same(hierarchy_of(one), hierarchy_of(other));
        hierarchy_free(other);
    }
    assert_costs_equal(&to, hierarchy_of(one), 499);
    hierarchy_free(one);
    arc_list_clear(&l);
}

/* To every `step`-th node from all. */
static void assert_sweeps_equal(const road_arcs *to, const road_hierarchy *h, uint32_t step)
{
    error err = {0};
    search *s = NULL;
    road_cost *cost = memory_new(h->node_count, sizeof *cost);
    assert_non_null(cost);
    assert_int_equal(search_new(&s, to, NULL, &err), STATUS_OK);
    for (uint32_t target = 0; target < to->node_count; target += step) {
        assert_int_equal(search_within(s, target, SEARCH_UNBOUNDED, &err), STATUS_OK);
        hierarchy_costs_to(h, target, cost);
        for (uint32_t n = 0; n < to->node_count; n++)
            assert_true(cost[n] == search_cost(s, n));
    }
    search_free(s);
    memory_free(cost);
}

static void a_large_network_keeps_its_costs(void **state)
{
    (void)state;
    arc_list l = {0};
    roads_draw(&l, 316);
    road_arcs to = arc_list_to(&l);
    hierarchy_store *h = built(&to, 2);
    assert_sweeps_equal(&to, hierarchy_of(h), 19973);
    hierarchy_free(h);
    arc_list_clear(&l);
}

/* Hubs of thousands of arcs, and lines without a junction. */
static void hubs_and_long_lines_end(void **state)
{
    (void)state;
    static const shape shapes[] = {SHAPE_STAR, SHAPE_WHEEL, SHAPE_CHAIN, SHAPE_ROUND};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        arc_list l = {0};
        shape_draw(&l, shapes[i], 3, 3000);
        road_arcs to = arc_list_to(&l);
        hierarchy_store *h = built(&to, 2);
        assert_sweeps_equal(&to, hierarchy_of(h), 907);
        hierarchy_free(h);
        arc_list_clear(&l);
    }
}

/* The dense core is where a search takes long: complete, it is nothing but that. */
static void *cancel_later(void *flag)
{
    const struct timespec wait = {.tv_nsec = 30000000};
    (void)nanosleep(&wait, NULL);
    atomic_store((atomic_int *)flag, 1);
    return NULL;
}

static void a_build_is_cancelled_on_the_way(void **state)
{
    (void)state;
    error err = {0};
    arc_list l = {0};
    atomic_int cancel = 0;
    progress p = {.cancel = &cancel};
    hierarchy_store *h = NULL;
    pthread_t other;
    shape_draw(&l, SHAPE_COMPLETE, 1, 1000);
    road_arcs to = arc_list_to(&l);
    assert_int_equal(pthread_create(&other, NULL, cancel_later, &cancel), 0);
    assert_int_equal(hierarchy_build(&to, 2, &p, &h, &err), STATUS_INTERRUPTED);
    assert_int_equal(pthread_join(other, NULL), 0);
    assert_null(h);
    arc_list_clear(&l);
}

static void a_cancelled_build_stops(void **state)
{
    (void)state;
    error err = {0};
    arc_list l = {0};
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    hierarchy_store *h = NULL;
    roads_draw(&l, 50);
    road_arcs to = arc_list_to(&l);
    assert_int_equal(hierarchy_build(&to, 2, &p, &h, &err), STATUS_INTERRUPTED);
    assert_null(h);
    assert_true(err.fr[0] != '\0' && err.en[0] != '\0');
    arc_list_clear(&l);
}

/* --- hierarchies from a file --- */

/* 2 is the highest; 0 climbs to it, 1 is reached from it. */
typedef struct small_hierarchy {
    uint32_t position[3], up_start[4], down_start[4];
    road_link up[2], down[2];
    uint32_t up_nodes, down_nodes;
} small_hierarchy;

static const small_hierarchy sound = {.position = {2, 1, 0},
                                      .up_start = {0, 0, 0, 2},
                                      .down_start = {0, 0, 1, 2},
                                      .up = {{0, 1, 1}, {1, 1, 1}},
                                      .down = {{0, 1, 1}, {0, 1, 1}},
                                      .up_nodes = 3,
                                      .down_nodes = 3};

static status checked(const small_hierarchy *s)
{
    error err = {0};
    road_hierarchy h = {
        .node_count = 3,
        .position = s->position,
        .up = {.node_count = s->up_nodes, .start = s->up_start, .link = s->up},
        .down = {.node_count = s->down_nodes, .start = s->down_start, .link = s->down}};
    return hierarchy_check(&h, &err);
}

static void damage_is_refused(void **state)
{
    (void)state;
    small_hierarchy bad[10];
    assert_int_equal(checked(&sound), STATUS_OK);
    for (size_t i = 0; i < 10; i++)
        bad[i] = sound;
    bad[0].position[1] = 2;
    bad[1].position[0] = 3;
    bad[2].up_start[0] = 1;
    bad[3].up_start[2] = 3;
    bad[4].up[1].node = 2;
    bad[5].down[0].node = 1;
    bad[6].up[1].node = 0;
    bad[7].down[1] = (road_link){0, UINT32_MAX, UINT32_MAX};
    bad[8].up_nodes = 2;
    bad[9].down_nodes = 4;
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(checked(&bad[i]), STATUS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_keeps_all_pairs),
        cmocka_unit_test(no_node_and_one_node_are_networks),
        cmocka_unit_test(paths_past_64_bits_are_no_paths),
        cmocka_unit_test(threads_do_not_change_a_byte),
        cmocka_unit_test(a_large_network_keeps_its_costs),
        cmocka_unit_test(hubs_and_long_lines_end),
        cmocka_unit_test(a_cancelled_build_stops),
        cmocka_unit_test(a_build_is_cancelled_on_the_way),
        cmocka_unit_test(damage_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
