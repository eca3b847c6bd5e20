/* The components of a network are what its arcs make of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "network/graph/network.h"
#include "network/graph/road_parts.h"

typedef struct random_graph {
    size_t nodes, arcs;
    draft_arc arc[400];
} random_graph;

static uint32_t draw(uint32_t trial, uint32_t row, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(7, "test_parts"), trial, row, k, 0);
    return w.word[0] % below;
}

/* Parallel arcs, loops, arcs of no length or no time, nodes without arcs. */
static random_graph graph_draw(uint32_t trial)
{
    random_graph g = {.nodes = 1 + draw(trial, 0, 0, 60), .arcs = draw(trial, 1, 0, 400)};
    for (uint32_t i = 0; i < g.arcs; i++) {
        uint32_t from = draw(trial, i, 1, (uint32_t)g.nodes);
        uint32_t to = draw(trial, i, 2, (uint32_t)g.nodes);
        uint32_t ds = draw(trial, i, 3, 6) == 0 ? 0 : draw(trial, i, 4, 40);
        uint32_t m = draw(trial, i, 5, 6) == 0 ? 0 : draw(trial, i, 6, 500);
        g.arc[i] = (draft_arc){.from = from, .to = to, .time = ds, .length_m = m};
    }
    return g;
}

/* Without positions: nodes keep their numbers. */
static network *network_of(const draft_arc *arcs, size_t nodes, size_t count)
{
    error err = {0};
    network *n = NULL;
    road_draft draft = {.node_count = nodes, .arc_count = count, .units_per_minute = 600};
    draft.node_id = memory_new(nodes, sizeof *draft.node_id);
    draft.arcs = memory_new(count, sizeof *draft.arcs);
    assert_true(draft.node_id && draft.arcs);
    memcpy(draft.arcs, arcs, count * sizeof *arcs);
    assert_int_equal(network_make(&n, &draft, 1, NULL, &err), STATUS_OK);
    return n;
}

/* Bellman and Ford: relax until nothing moves. */
static void naive(const random_graph *r, uint32_t source, road_cost *cost)
{
    bool moved = true;
    for (size_t n = 0; n < r->nodes; n++)
        cost[n] = n == source ? 0 : ROAD_COST_NONE;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < r->arcs; i++) {
            uint32_t from = r->arc[i].from, to = r->arc[i].to;
            road_cost arc = road_cost_of(r->arc[i].time, r->arc[i].length_m);
            if (cost[from] == ROAD_COST_NONE || cost[from] + arc >= cost[to])
                continue;
            cost[to] = cost[from] + arc;
            moved = true;
        }
    }
}

static void parts_are_mutually_reachable_nodes(void **state)
{
    (void)state;
    for (uint32_t trial = 2000; trial < 2150; trial++) {
        const random_graph r = graph_draw(trial);
        error err = {0};
        network *g = network_of(r.arc, r.nodes, r.arcs);
        static road_cost cost[60][60];
        uint32_t part[60], parts = 0, largest = 0;
        size_t size[60] = {0};
        assert_int_equal(road_parts_find(&g->to, NULL, part, &parts, &err), STATUS_OK);
        assert_int_equal(parts, g->component_count);
        for (uint32_t n = 0; n < r.nodes; n++)
            naive(&r, n, cost[n]);
        for (uint32_t a = 0; a < r.nodes; a++)
            for (uint32_t b = 0; b < r.nodes; b++)
                assert_int_equal(part[a] == part[b],
                                 cost[a][b] != ROAD_COST_NONE && cost[b][a] != ROAD_COST_NONE);
        for (uint32_t a = 0; a < r.nodes; a++)
            size[part[a]]++;
        for (uint32_t a = 0; a < r.nodes; a++) /* the earliest node of a largest part */
            largest = size[part[a]] > size[part[largest]] ? a : largest;
        assert_int_equal(size[part[largest]], g->main_size);
        for (uint32_t a = 0; a < r.nodes; a++)
            assert_int_equal(g->node_flags[a] == NODE_MAIN, part[a] == part[largest]);
        network_free(g);
    }
}

static void a_raised_flag_ends_the_search_for_parts(void **state)
{
    (void)state;
    enum { LENGTH = 200000 };
    error err = {0};
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    network *n = NULL;
    road_draft draft = {.node_count = LENGTH, .arc_count = LENGTH, .units_per_minute = 600};
    draft.node_id = memory_new(LENGTH, sizeof *draft.node_id);
    draft.arcs = memory_new(LENGTH, sizeof *draft.arcs);
    assert_true(draft.node_id && draft.arcs);
    for (uint32_t i = 0; i < LENGTH; i++)
        draft.arcs[i] = (draft_arc){.from = i, .to = (i + 1) % LENGTH, .time = 1};
    assert_int_equal(network_make(&n, &draft, 1, &p, &err), STATUS_INTERRUPTED);
    assert_null(n);
}

/* A path that is deeper than any stack would be. */
static void a_long_chain_is_walked_without_recursion(void **state)
{
    (void)state;
    enum { LENGTH = 300000 };
    draft_arc *arc = memory_new(LENGTH, sizeof *arc);
    assert_non_null(arc);
    for (uint32_t n = 0; n < LENGTH; n++)
        arc[n] =
            (draft_arc){.from = n, .to = (n + 1) % LENGTH, .time = n % 2, .length_m = 1 + n % 3};
    network *g = network_of(arc, LENGTH, LENGTH);
    assert_int_equal(g->component_count, 1);
    network_free(g);
    memory_free(arc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_mutually_reachable_nodes),
        cmocka_unit_test(a_raised_flag_ends_the_search_for_parts),
        cmocka_unit_test(a_long_chain_is_walked_without_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
