/* The parts of a road graph are what its arcs make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "network/graph/road_graph.h"

typedef struct random_graph {
    size_t nodes, arcs;
    road_arc arc[400];
    double lon[60], lat[60];
    int64_t id[60];
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
    for (size_t n = 0; n < g.nodes; n++)
        g.id[n] = (int64_t)n * 3;
    for (uint32_t i = 0; i < g.arcs; i++) {
        uint32_t from = draw(trial, i, 1, (uint32_t)g.nodes);
        uint32_t to = draw(trial, i, 2, (uint32_t)g.nodes);
        uint32_t ds = draw(trial, i, 3, 6) == 0 ? 0 : draw(trial, i, 4, 40);
        uint32_t m = draw(trial, i, 5, 6) == 0 ? 0 : draw(trial, i, 6, 500);
        g.arc[i] = (road_arc){.from = from, .to = to, .cost = road_cost_of(ds, m)};
    }
    return g;
}

static road_graph *graph_built(const random_graph *r)
{
    error err = {0};
    road_graph *g = NULL;
    assert_int_equal(road_graph_build(&g, r->id, r->lon, r->lat, r->nodes, r->arc, r->arcs, &err),
                     STATUS_OK);
    return g;
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
            if (cost[from] == ROAD_COST_NONE || cost[from] + r->arc[i].cost >= cost[to])
                continue;
            cost[to] = cost[from] + r->arc[i].cost;
            moved = true;
        }
    }
}

static void parts_are_mutually_reachable_nodes(void **state)
{
    (void)state;
    for (uint32_t trial = 2000; trial < 2150; trial++) {
        const random_graph r = graph_draw(trial);
        road_graph *g = graph_built(&r);
        static road_cost cost[60][60];
        size_t size[60] = {0};
        for (uint32_t n = 0; n < r.nodes; n++)
            naive(&r, n, cost[n]);
        for (uint32_t a = 0; a < r.nodes; a++)
            for (uint32_t b = 0; b < r.nodes; b++)
                assert_int_equal(g->part[a] == g->part[b],
                                 cost[a][b] != ROAD_COST_NONE && cost[b][a] != ROAD_COST_NONE);
        for (uint32_t a = 0; a < r.nodes; a++)
            size[g->part[a]]++;
        for (uint32_t p = 0; p < g->part_count; p++)
            assert_true(size[p] > 0 && size[p] <= g->main_size);
        assert_int_equal(size[g->main_part], g->main_size);
        road_graph_free(g);
    }
}

/* A path that is deeper than any stack would be. */
static void a_long_chain_is_walked_without_recursion(void **state)
{
    (void)state;
    enum { LENGTH = 300000 };
    error err = {0};
    road_graph *g = NULL;
    int64_t *id = memory_new(LENGTH, sizeof *id);
    double *zero = memory_new(LENGTH, sizeof *zero);
    road_arc *arc = memory_new(LENGTH, sizeof *arc);
    assert_true(id && zero && arc);
    for (uint32_t n = 0; n < LENGTH; n++) {
        id[n] = n;
        arc[n] =
            (road_arc){.from = n, .to = (n + 1) % LENGTH, .cost = road_cost_of(n % 2, 1 + n % 3)};
    }
    assert_int_equal(road_graph_build(&g, id, zero, zero, LENGTH, arc, LENGTH, &err), STATUS_OK);
    assert_int_equal(g->part_count, 1);
    road_graph_free(g);
    memory_free(id);
    memory_free(zero);
    memory_free(arc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_mutually_reachable_nodes),
        cmocka_unit_test(a_long_chain_is_walked_without_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
