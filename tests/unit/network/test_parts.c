/* Strongly connected parts are sets of nodes that reach each other, and as large as can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/random.h"
#include "network/graph/road_parts.h"

enum { NODES_MAX = 60, ARCS_MAX = 150, CHAIN = 300000 };

static uint32_t draw(uint32_t trial, uint32_t row, uint32_t k, uint32_t below)
{
    return random_philox(random_key_of(7, "test_parts"), trial, row, k, 0).word[0] % below;
}

typedef struct graph {
    uint32_t nodes, start[NODES_MAX + 1];
    road_link link[ARCS_MAX];
    bool reaches[NODES_MAX][NODES_MAX];
} graph;

/* Parallel arcs, loops, nodes without arcs: each node in turn has a few. */
static void graph_draw(graph *g, uint32_t trial)
{
    uint32_t arcs = 0;
    *g = (graph){.nodes = 1 + draw(trial, 0, 0, NODES_MAX)};
    for (uint32_t n = 0; n < g->nodes; n++) {
        for (uint32_t k = draw(trial, n, 1, 3 + trial % 2); k > 0 && arcs < ARCS_MAX; k--) {
            g->link[arcs].node = draw(trial, n, 1 + k, g->nodes);
            g->reaches[n][g->link[arcs++].node] = true;
        }
        g->reaches[n][n] = true;
        g->start[n + 1] = arcs;
    }
    for (uint32_t through = 0; through < g->nodes; through++)
        for (uint32_t a = 0; a < g->nodes; a++)
            for (uint32_t b = 0; b < g->nodes; b++)
                g->reaches[a][b] |= g->reaches[a][through] && g->reaches[through][b];
}

static void parts_are_the_nodes_that_reach_each_other(void **state)
{
    (void)state;
    static graph g;
    uint32_t several = 0;
    for (uint32_t trial = 0; trial < 200; trial++) {
        error err = {0};
        uint32_t part[NODES_MAX], parts = 0, seen = 0;
        graph_draw(&g, trial);
        const road_arcs arcs = {.node_count = g.nodes, .start = g.start, .link = g.link};
        assert_int_equal(road_parts_find(&arcs, NULL, part, &parts, &err), STATUS_OK);
        for (uint32_t a = 0; a < g.nodes; a++) {
            assert_true(part[a] < parts);
            seen = part[a] + 1 > seen ? part[a] + 1 : seen;
            for (uint32_t b = 0; b < g.nodes; b++)
                assert_int_equal(part[a] == part[b], g.reaches[a][b] && g.reaches[b][a]);
        }
        assert_int_equal(seen, parts);
        several += parts > 1 && parts < g.nodes;
    }
    assert_true(several > 50); /* or nothing was shown */
}

/* A ring that is deeper than any stack would be. */
static void a_long_chain_is_walked_without_recursion(void **state)
{
    (void)state;
    error err = {0};
    uint32_t parts = 0;
    uint32_t *start = memory_new(CHAIN + 1, sizeof *start), *part = memory_new(CHAIN, sizeof *part);
    road_link *link = memory_new(CHAIN, sizeof *link);
    assert_true(start && part && link);
    for (uint32_t n = 0; n < CHAIN; n++) {
        start[n + 1] = n + 1;
        link[n].node = (n + 1) % CHAIN;
    }
    const road_arcs arcs = {.node_count = CHAIN, .start = start, .link = link};
    assert_int_equal(road_parts_find(&arcs, NULL, part, &parts, &err), STATUS_OK);
    assert_int_equal(parts, 1);
    memory_free(start);
    memory_free(part);
    memory_free(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_nodes_that_reach_each_other),
        cmocka_unit_test(a_long_chain_is_walked_without_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
