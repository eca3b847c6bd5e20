/* Fastest paths equal those of the slow reference, on graphs of many shapes and with every oddity:
 * parallel arcs, loops, arcs of no time or no length, nodes without arcs, times near 2^32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blocks.h"
#include "base/memory.h"
#include "base/random.h"
#include "network/search/search.h"
#include "network/search/search_state.h"
#include "slow_search.h"

enum { NODES_MAX = 400, ARCS_MAX = 1600, TRIALS = 40 };

static uint32_t draw(uint32_t trial, uint32_t row, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(7, "test_search"), trial, row, k, 0);
    return w.word[0] % below;
}

/* --- shapes --- */

typedef struct drawn {
    uint32_t nodes;
    size_t count;
    slow_arc arc[ARCS_MAX];
} drawn;

typedef void (*shape)(drawn *g, uint32_t trial);

static void arc_add(drawn *g, uint32_t from, uint32_t to, uint32_t time, uint32_t length_m)
{
    if (g->count < ARCS_MAX)
        g->arc[g->count++] = (slow_arc){.from = from, .to = to, .time = time, .length_m = length_m};
}

static void random_arcs(drawn *g, uint32_t trial, uint32_t time_below, uint32_t length_below)
{
    size_t count = draw(trial, 1, 0, 4 * g->nodes);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t time = draw(trial, i, 3, 6) == 0 ? 0 : draw(trial, i, 4, time_below);
        uint32_t m = draw(trial, i, 5, 6) == 0 ? 0 : draw(trial, i, 6, length_below);
        arc_add(g, draw(trial, i, 1, g->nodes), draw(trial, i, 2, g->nodes), time, m);
    }
}

static void odd(drawn *g, uint32_t trial)
{
    g->nodes = 1 + draw(trial, 0, 0, 60);
    random_arcs(g, trial, 40, 500);
}

/* Milliseconds: buckets of many units. */
static void fine_unit(drawn *g, uint32_t trial)
{
    g->nodes = 1 + draw(trial, 0, 0, NODES_MAX);
    random_arcs(g, trial, 120000, 3000);
}

/* Only lengths tell paths apart; then nothing does. */
static void timeless(drawn *g, uint32_t trial)
{
    g->nodes = 1 + draw(trial, 0, 0, 200);
    random_arcs(g, trial, 1, trial % 2 == 0 ? 1 : 50);
}

/* Sums that leave 32 bits of time must not come back as short ones. */
static void huge(drawn *g, uint32_t trial)
{
    g->nodes = 1 + draw(trial, 0, 0, 60);
    random_arcs(g, trial, UINT32_MAX, UINT32_MAX / 64);
    arc_add(g, 0, g->nodes - 1, UINT32_MAX, UINT32_MAX);
    arc_add(g, 0, g->nodes / 2, UINT32_MAX - 1, 7);
}

/* A town of short streets among arcs a million times as long: many passes over one wide bucket. */
static void town_far_away(drawn *g, uint32_t trial)
{
    g->nodes = NODES_MAX;
    for (uint32_t i = 0; i + 1 < 200; i++)
        arc_add(g, i, i + 1, 1 + draw(trial, i, 1, 3), draw(trial, i, 2, 9));
    for (uint32_t i = 0; i < 400; i++)
        arc_add(g, draw(trial, i, 3, 200), draw(trial, i, 4, 200), 1 + draw(trial, i, 5, 300), 5);
    for (uint32_t i = 0; i < 900; i++)
        arc_add(g, draw(trial, i, 6, NODES_MAX), draw(trial, i, 7, NODES_MAX),
                1000000 + draw(trial, i, 8, 1000000), 5);
}

/* Streets of seconds, and a few ferries of hours: beyond the ring of buckets. */
static void ferries(drawn *g, uint32_t trial)
{
    g->nodes = NODES_MAX;
    for (uint32_t i = 0; i < 1400; i++) {
        uint32_t island = draw(trial, i, 0, 20) * 20;
        arc_add(g, island + draw(trial, i, 1, 20), island + draw(trial, i, 2, 20),
                1 + draw(trial, i, 3, 30), draw(trial, i, 4, 200));
    }
    for (uint32_t i = 0; i < 120; i++)
        arc_add(g, draw(trial, i, 5, NODES_MAX), draw(trial, i, 6, NODES_MAX),
                36000 + draw(trial, i, 7, 3600000), draw(trial, i, 8, 9000));
}

/* Every leaf waits in one bucket. */
static void star(drawn *g, uint32_t trial)
{
    g->nodes = NODES_MAX;
    for (uint32_t i = 1; i < NODES_MAX; i++) {
        arc_add(g, 0, i, 600 + trial % 2, i);
        arc_add(g, i, 0, 600, i);
        arc_add(g, i, 1 + i * 7 % (NODES_MAX - 1), draw(trial, i, 1, 3), 1);
    }
}

/* Streets in rows and columns, some one-way. */
static void grid(drawn *g, uint32_t trial)
{
    const uint32_t side = 20;
    g->nodes = side * side;
    for (uint32_t i = 0; i < g->nodes; i++) {
        uint32_t right = i + 1, below = i + side;
        if (right % side != 0 && draw(trial, i, 1, 9) > 0)
            arc_add(g, i, right, 20 + draw(trial, i, 2, 200), 100);
        if (right % side != 0 && draw(trial, i, 3, 9) > 1)
            arc_add(g, right, i, 20 + draw(trial, i, 4, 200), 100);
        if (below < g->nodes)
            arc_add(g, i, below, 20 + draw(trial, i, 5, 200), 120);
        if (below < g->nodes && draw(trial, i, 6, 9) > 1)
            arc_add(g, below, i, 20 + draw(trial, i, 7, 200), 120);
    }
}

static const shape shapes[] = {odd, fine_unit, timeless, huge, town_far_away, ferries, star, grid};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static road_arcs arcs_of(drawn *g, uint32_t trial)
{
    road_arcs arcs;
    *g = (drawn){.nodes = 0};
    shapes[trial % SHAPES](g, trial);
    slow_arcs_build(&arcs, g->nodes, g->arc, g->count, trial / SHAPES % 2 == 1);
    return arcs;
}

static search *search_made(const road_arcs *arcs, search_labels labels)
{
    error err = {0};
    search *s = NULL;
    const search_options options = {.labels = labels};
    assert_int_equal(search_new(&s, arcs, &options, &err), STATUS_OK);
    return s;
}

/* --- costs --- */

static void expect_costs(const search *s, const road_cost *expected, uint32_t nodes, bool times)
{
    size_t count = 0, within = 0;
    const uint32_t *reached = search_reached(s, &count);
    for (uint32_t n = 0; n < nodes; n++) {
        road_cost cost = expected[n];
        within += cost != ROAD_COST_NONE;
        assert_int_equal(search_time(s, n), road_cost_time(cost));
        if (times && cost != ROAD_COST_NONE)
            cost = road_cost_of(road_cost_time(cost), 0);
        assert_true(search_cost(s, n) == cost);
    }
    assert_int_equal(count, within);
    for (size_t i = 0; i < count; i++)
        assert_true(expected[reached[i]] != ROAD_COST_NONE);
}

/* A limit: none, one drawn, or the very time of some node, or one unit below it. */
static uint32_t limit_drawn(const road_cost *unbounded, uint32_t nodes, uint32_t trial, uint32_t k)
{
    uint32_t some = road_cost_time(unbounded[draw(trial, k, 9, nodes)]);
    if (k == 0 || some == UINT32_MAX)
        return SEARCH_UNBOUNDED;
    if (k == 1)
        return draw(trial, k, 10, some + 1);
    return k % 2 == 0 || some == 0 ? some : some - 1;
}

/* The scratch of `s` is used again and again. */
static void expect_searches(search *s, const road_arcs *arcs, uint32_t trial, bool times)
{
    static road_cost unbounded[NODES_MAX], expected[NODES_MAX];
    error err = {0};
    for (uint32_t k = 0; k < 6; k++) {
        uint32_t source = draw(trial, k, 8, arcs->node_count);
        slow_search(arcs, source, SEARCH_UNBOUNDED, unbounded);
        uint32_t limit = limit_drawn(unbounded, arcs->node_count, trial, k);
        slow_search(arcs, source, limit, expected);
        assert_int_equal(search_within(s, source, limit, &err), STATUS_OK);
        expect_costs(s, expected, arcs->node_count, times);
    }
}

static void bounded_search_equals_the_reference(void **state)
{
    (void)state;
    static drawn g;
    for (uint32_t trial = 0; trial < TRIALS * SHAPES; trial++) {
        road_arcs arcs = arcs_of(&g, trial);
        for (int times = 0; times < 2; times++) {
            search *s = search_made(&arcs, times ? SEARCH_TIMES : SEARCH_COSTS);
            expect_searches(s, &arcs, trial, times == 1);
            search_free(s);
        }
        slow_arcs_clear(&arcs);
    }
}

static void the_width_of_buckets_changes_no_cost(void **state)
{
    (void)state;
    static drawn g;
    for (uint32_t trial = 0; trial < 2 * SHAPES; trial++) {
        road_arcs arcs = arcs_of(&g, trial);
        for (unsigned width = 0; width <= 31; width++)
            for (int times = 0; times < 2; times++) {
                search *s = search_made(&arcs, times ? SEARCH_TIMES : SEARCH_COSTS);
                /* One unit in buckets of one is 2^32 buckets of a time near its end. */
                s->queue.shift = width + (times ? 0 : 32);
                expect_searches(s, &arcs, trial, times == 1);
                search_free(s);
            }
        slow_arcs_clear(&arcs);
    }
}

static void targets_get_their_costs(void **state)
{
    (void)state;
    static drawn g;
    static road_cost expected[NODES_MAX];
    for (uint32_t trial = 0; trial < TRIALS * SHAPES; trial++) {
        error err = {0};
        road_arcs arcs = arcs_of(&g, trial);
        search *s = search_made(&arcs, trial % 3 == 0 ? SEARCH_TIMES : SEARCH_COSTS);
        for (uint32_t k = 0; k < 5; k++) {
            uint32_t target[6], source = draw(trial, k, 8, g.nodes);
            size_t count = draw(trial, k, 9, 7);
            for (uint32_t i = 0; i < count; i++)
                target[i] = draw(trial, k * 8 + i, 10, g.nodes); /* may repeat */
            slow_search(&arcs, source, SEARCH_UNBOUNDED, expected);
            assert_int_equal(search_targets(s, source, target, count, &err), STATUS_OK);
            for (size_t i = 0; i < count; i++) {
                assert_int_equal(search_time(s, target[i]), road_cost_time(expected[target[i]]));
                if (trial % 3 != 0)
                    assert_true(search_cost(s, target[i]) == expected[target[i]]);
            }
        }
        expect_searches(s, &arcs, trial, trial % 3 == 0); /* nothing is left of the targets */
        search_free(s);
        slow_arcs_clear(&arcs);
    }
}

/* --- paths --- */

static void expect_path(const road_arcs *arcs, uint32_t source, uint32_t node, road_cost expected,
                        const search_step *steps, size_t count)
{
    road_cost whole = 0;
    uint32_t at = node;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(steps[i].node, at);
        assert_int_equal(arcs->link[steps[i].link].node, at);
        whole += road_link_cost(&arcs->link[steps[i].link]);
        for (at = 0; arcs->start[at + 1] <= steps[i].link;)
            at++;
    }
    assert_int_equal(at, source);
    assert_true(whole == expected);
}

static void a_path_adds_up_to_its_cost(void **state)
{
    (void)state;
    static drawn g;
    static road_cost expected[NODES_MAX];
    for (uint32_t trial = 0; trial < TRIALS * SHAPES; trial++) {
        error err = {0};
        road_arcs arcs = arcs_of(&g, trial);
        search *s = search_made(&arcs, SEARCH_COSTS);
        for (uint32_t k = 0; k < 8; k++) {
            uint32_t source = draw(trial, k, 11, g.nodes), node = draw(trial, k, 12, g.nodes);
            search_step *steps = NULL;
            size_t count = 0;
            slow_search(&arcs, source, SEARCH_UNBOUNDED, expected);
            assert_int_equal(search_path(s, source, node, &steps, &count, &err), STATUS_OK);
            if (expected[node] == ROAD_COST_NONE || source == node)
                assert_true(!steps && count == 0);
            else
                expect_path(&arcs, source, node, expected[node], steps, count);
            memory_free(steps);
        }
        search_free(s);
        slow_arcs_clear(&arcs);
    }
}

/* 4 leads to 0 over 3, 2 or 1, in the same time and length; twice over 1. */
static void equal_paths_are_told_apart_by_the_lowest_neighbour(void **state)
{
    (void)state;
    const slow_arc arc[] = {
        {.from = 0, .to = 3, .time = 5, .length_m = 9},
        {.from = 0, .to = 2, .time = 7, .length_m = 3},
        {.from = 0, .to = 1, .time = 6, .length_m = 4},
        {.from = 3, .to = 4, .time = 5, .length_m = 1},
        {.from = 2, .to = 4, .time = 3, .length_m = 7},
        {.from = 1, .to = 4, .time = 4, .length_m = 6},
        {.from = 1, .to = 4, .time = 4, .length_m = 6},
        {.from = 4, .to = 5, .time = 0, .length_m = 0}, /* two nodes on one spot */
        {.from = 5, .to = 4, .time = 0, .length_m = 0},
        {.from = 5, .to = 5, .time = 0, .length_m = 0},
    };
    error err = {0};
    road_arcs arcs;
    search_step *steps = NULL;
    size_t count = 0;
    slow_arcs_build(&arcs, 6, arc, sizeof arc / sizeof *arc, 0);
    search *s = search_made(&arcs, SEARCH_COSTS);
    assert_int_equal(search_path(s, 0, 5, &steps, &count, &err), STATUS_OK);
    assert_int_equal(count, 3);
    assert_int_equal(steps[0].node, 5);
    assert_int_equal(steps[1].node, 4);
    assert_int_equal(steps[1].link, arcs.start[1]); /* the first of the two */
    assert_int_equal(steps[2].node, 1);
    memory_free(steps);
    search_free(s);
    slow_arcs_clear(&arcs);
}

/* --- interruption, size, threads --- */

static void an_interrupted_search_can_be_used_again(void **state)
{
    (void)state;
    static drawn g;
    for (uint32_t trial = 0; trial < 2 * SHAPES; trial++) {
        error err = {0};
        atomic_int cancel = 1;
        search *s = NULL;
        road_arcs arcs = arcs_of(&g, trial);
        const search_options options = {.labels = SEARCH_COSTS, .cancel = &cancel};
        assert_int_equal(search_new(&s, &arcs, &options, &err), STATUS_OK);
        assert_int_equal(search_within(s, 0, SEARCH_UNBOUNDED, &err), STATUS_INTERRUPTED);
        assert_true(err.fr[0] && err.en[0]);
        atomic_store(&cancel, 0);
        expect_searches(s, &arcs, trial, false);
        search_free(s);
        slow_arcs_clear(&arcs);
    }
}

/* More nodes in one bucket than it first has room for; then a path of as many arcs. */
static void large_buckets_and_long_paths(void **state)
{
    (void)state;
    enum { LARGE = 200000 };
    error err = {0};
    slow_arc *arc = memory_new(2 * LARGE, sizeof *arc);
    road_cost *expected = memory_new(LARGE, sizeof *expected);
    assert_true(arc && expected);
    for (uint32_t n = 0; n < LARGE; n++) {
        arc[2 * n] = (slow_arc){.from = 0, .to = n, .time = 5000000, .length_m = n};
        arc[2 * n + 1] = (slow_arc){
            .from = n, .to = (n + 1) % LARGE, .time = n % 20 == 0 ? 0 : n % 50, .length_m = n % 3};
    }
    road_arcs arcs;
    slow_arcs_build(&arcs, LARGE, arc, (size_t)2 * LARGE, 0);
    search *s = search_made(&arcs, SEARCH_COSTS);
    for (uint32_t source = 0; source < LARGE; source += 71999) {
        slow_search(&arcs, source, SEARCH_UNBOUNDED, expected);
        assert_int_equal(search_within(s, source, SEARCH_UNBOUNDED, &err), STATUS_OK);
        for (uint32_t n = 0; n < LARGE; n++)
            assert_true(search_cost(s, n) == expected[n]);
    }
    search_free(s);
    slow_arcs_clear(&arcs);
    memory_free(arc);
    memory_free(expected);
}

typedef struct shared_work {
    const road_arcs *arcs;
    road_cost *cost; /* node_count x node_count */
} shared_work;

static status search_block(void *context, block b, error *err)
{
    const shared_work *w = context;
    search *s = NULL;
    status result = search_new(&s, w->arcs, NULL, err);
    if (result)
        return result;
    size_t n = w->arcs->node_count;
    for (size_t source = b.begin; source < b.end && result == STATUS_OK; source++) {
        result = search_within(s, (uint32_t)source, 5000, err);
        for (uint32_t k = 0; k < n; k++)
            w->cost[source * n + k] = search_cost(s, k);
    }
    search_free(s);
    return result;
}

static void threads_find_the_same(void **state)
{
    (void)state;
    static drawn g;
    static road_cost expected[NODES_MAX];
    error err = {0};
    road_arcs arcs = arcs_of(&g, SHAPES - 1);
    size_t n = g.nodes;
    road_cost *cost = memory_new(n * n, sizeof *cost);
    assert_non_null(cost);
    for (int threads = 1; threads <= 4; threads++) {
        shared_work w = {.arcs = &arcs, .cost = cost};
        assert_int_equal(blocks_run(n, BLOCK_VENUES, threads, NULL, search_block, &w, &err),
                         STATUS_OK);
        for (uint32_t source = 0; source < n; source++) {
            slow_search(&arcs, source, 5000, expected);
            assert_memory_equal(expected, cost + source * n, n * sizeof *cost);
        }
    }
    memory_free(cost);
    slow_arcs_clear(&arcs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounded_search_equals_the_reference),
        cmocka_unit_test(the_width_of_buckets_changes_no_cost),
        cmocka_unit_test(targets_get_their_costs),
        cmocka_unit_test(a_path_adds_up_to_its_cost),
        cmocka_unit_test(equal_paths_are_told_apart_by_the_lowest_neighbour),
        cmocka_unit_test(an_interrupted_search_can_be_used_again),
        cmocka_unit_test(large_buckets_and_long_paths),
        cmocka_unit_test(threads_find_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
