/* Contraction in a matrix of costs. */
#include "slow_hierarchy.h"

#include <stdlib.h>

typedef struct matrix {
    uint32_t nodes;
    road_cost *at;
} matrix;

static void *wanted(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size);
    if (!p)
        abort();
    return p;
}

static road_cost *cell(const matrix *m, uint32_t from, uint32_t to)
{
    return &m->at[(size_t)from * m->nodes + to];
}

static void lower(const matrix *m, uint32_t from, uint32_t to, road_cost cost)
{
    if (from != to && cost < *cell(m, from, to))
        *cell(m, from, to) = cost;
}

/* Paths through `node` between two nodes that come after it. */
static void contract(const matrix *m, const uint32_t *order, uint32_t turn)
{
    uint32_t node = order[turn];
    for (uint32_t i = turn + 1; i < m->nodes; i++)
        for (uint32_t k = turn + 1; k < m->nodes; k++) {
            road_cost first = *cell(m, order[i], node), second = *cell(m, node, order[k]), sum = 0;
            if (first != ROAD_COST_NONE && second != ROAD_COST_NONE &&
                !__builtin_add_overflow(first, second, &sum))
                lower(m, order[i], order[k], sum);
        }
}

static void link_add(road_link *link, uint32_t *count, uint32_t node, road_cost cost)
{
    if (cost != ROAD_COST_NONE)
        link[(*count)++] =
            (road_link){.node = node, .time = road_cost_time(cost), .length_m = road_cost_m(cost)};
}

/* Arcs of each position to those above it; `turned`: that come from them. */
static void arcs_listed(road_arcs *out, const matrix *m, const uint32_t *order, int turned,
                        int twice)
{
    uint32_t count = 0, n = m->nodes;
    uint32_t *start = wanted((size_t)n + 1, sizeof *start);
    road_link *link = wanted((size_t)n * n, sizeof *link);
    for (uint32_t position = 0; position < n; position++) {
        uint32_t node = order[n - 1 - position];
        start[position] = count;
        for (uint32_t above = 0; above < position; above++) {
            uint32_t other = order[n - 1 - above];
            road_cost cost = turned ? *cell(m, other, node) : *cell(m, node, other);
            if (twice && cost < ROAD_COST_NONE - 3)
                link_add(link, &count, above, cost + 3);
            link_add(link, &count, above, cost);
        }
    }
    start[n] = count;
    *out = (road_arcs){.node_count = n, .start = start, .link = link};
}

void slow_hierarchy_build(road_hierarchy *out, uint32_t nodes, const slow_arc *arcs, size_t count,
                          const uint32_t *order, int twice)
{
    matrix m = {.nodes = nodes, .at = wanted((size_t)nodes * nodes, sizeof *m.at)};
    uint32_t *position = wanted(nodes, sizeof *position);
    for (size_t i = 0; i < (size_t)nodes * nodes; i++)
        m.at[i] = ROAD_COST_NONE;
    for (size_t i = 0; i < count; i++)
        lower(&m, arcs[i].from, arcs[i].to, road_cost_of(arcs[i].time, arcs[i].length_m));
    for (uint32_t turn = 0; turn < nodes; turn++) {
        contract(&m, order, turn);
        position[order[turn]] = nodes - 1 - turn;
    }
    *out = (road_hierarchy){.node_count = nodes, .position = position};
    arcs_listed(&out->up, &m, order, 0, twice);
    arcs_listed(&out->down, &m, order, 1, twice);
    free(m.at);
}

void slow_hierarchy_clear(road_hierarchy *h)
{
    free((void *)(uintptr_t)h->position);
    slow_arcs_clear(&h->up);
    slow_arcs_clear(&h->down);
    *h = (road_hierarchy){0};
}
