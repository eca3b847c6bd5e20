/* Numbers a hierarchy so that what a climb or a sweep reads lies together. */
#include "network/search/hierarchy_arcs.h"

#include <stdlib.h>

#include "base/arrays.h"
#include "base/messages.h"
#include "network/messages.h"

struct hierarchy_store {
    road_hierarchy view;
    hierarchy_arrays arrays;
};

void hierarchy_free(hierarchy_store *s)
{
    if (!s)
        return;
    memory_free(s->arrays.position);
    memory_free(s->arrays.up_start);
    memory_free(s->arrays.down_start);
    memory_free(s->arrays.up);
    memory_free(s->arrays.down);
    memory_free(s);
}

void hierarchy_give(hierarchy_store *s, network *n)
{
    network_take_hierarchy(n, &s->arrays);
    memory_free(s);
}

const road_hierarchy *hierarchy_of(const hierarchy_store *s)
{
    return &s->view;
}

/* --- gathering --- */

status gathered_new(gathered_arcs *out, uint32_t node_count, error *err)
{
    *out = (gathered_arcs){.node = memory_new(node_count, sizeof *out->node),
                           .up_end = memory_new(node_count, sizeof *out->up_end),
                           .down_end = memory_new(node_count, sizeof *out->down_end)};
    if (out->node && out->up_end && out->down_end)
        return STATUS_OK;
    gathered_clear(out);
    return memory_error(err, (size_t)node_count * 3 * sizeof *out->node);
}

void gathered_clear(gathered_arcs *g)
{
    memory_free(g->node);
    memory_free(g->up_end);
    memory_free(g->down_end);
    memory_free(g->up);
    memory_free(g->down);
    *g = (gathered_arcs){0};
}

static status links_room(road_link **at, size_t *capacity, size_t wanted, error *err)
{
    if (wanted > UINT32_MAX)
        return error_set(err, STATUS_INPUT, M_HIERARCHY_LARGE);
    road_link *grown = array_grown(*at, capacity, wanted, sizeof *grown);
    if (!grown)
        return memory_error(err, wanted * sizeof *grown);
    *at = grown;
    return STATUS_OK;
}

static road_link link_of(uint32_t node, road_cost cost)
{
    return (road_link){.node = node, .time = road_cost_time(cost), .length_m = road_cost_m(cost)};
}

static status gathered_add_node(gathered_arcs *g, const core *c, uint32_t node, error *err)
{
    const core_edge *edge = core_edges(c, node);
    status result = links_room(&g->up, &g->up_capacity, g->up_count + c->degree[node], err);
    if (result == STATUS_OK)
        result = links_room(&g->down, &g->down_capacity, g->down_count + c->degree[node], err);
    if (result != STATUS_OK)
        return result;
    for (uint32_t i = 0; i < c->degree[node]; i++) {
        uint32_t other = c->id[edge[i].node];
        if (edge[i].out != ROAD_COST_NONE)
            g->up[g->up_count++] = link_of(other, edge[i].out);
        if (edge[i].in != ROAD_COST_NONE)
            g->down[g->down_count++] = link_of(other, edge[i].in);
    }
    g->node[g->node_count] = c->id[node];
    g->up_end[g->node_count] = (uint32_t)g->up_count;
    g->down_end[g->node_count++] = (uint32_t)g->down_count;
    return STATUS_OK;
}

status gathered_add(gathered_arcs *g, const core *c, error *err)
{
    status result = STATUS_OK;
    for (uint32_t n = 0; n < c->node_count && result == STATUS_OK; n++) {
        if (c->mark[n] & CORE_CHOSEN)
            result = gathered_add_node(g, c, n, err);
    }
    return result;
}

/* --- numbering --- */

/* The arcs of one direction: up, or down. */
typedef struct half {
    const uint32_t *end;
    const road_link *link;
    size_t count;
} half;

static uint32_t half_begin(const half *h, uint32_t turn)
{
    return turn == 0 ? 0 : h->end[turn - 1];
}

/* For each node of the network the turns (places in the order of contraction) of the lower nodes
 * that have a link to it. */
typedef struct lower_nodes {
    uint32_t *start, *turn;
    uint32_t *waits; /* of each turn: links to nodes without a position yet */
} lower_nodes;

static void lower_count(lower_nodes *l, const half *h)
{
    for (size_t i = 0; i < h->count; i++)
        l->start[h->link[i].node]++;
}

/* Filled from the end: start[n] comes down to where it belongs. Turns of one node: descending. */
static void lower_fill(lower_nodes *l, const half *h, uint32_t turns)
{
    for (uint32_t t = 0; t < turns; t++) {
        for (uint32_t i = half_begin(h, t); i < h->end[t]; i++)
            l->turn[--l->start[h->link[i].node]] = t;
        l->waits[t] += h->end[t] - half_begin(h, t);
    }
}

static void lower_clear(lower_nodes *l)
{
    memory_free(l->start);
    memory_free(l->turn);
    memory_free(l->waits);
}

static status lower_make(lower_nodes *l, const gathered_arcs *g, const half *up, const half *down,
                         const atomic_int *cancel, error *err)
{
    size_t n = g->node_count, links = up->count + down->count;
    if (links > UINT32_MAX)
        return error_set(err, STATUS_INPUT, M_HIERARCHY_LARGE);
    l->start = memory_new(n + 1, sizeof *l->start);
    l->turn = memory_new(links, sizeof *l->turn);
    l->waits = memory_new(n, sizeof *l->waits);
    if (!l->start || !l->turn || !l->waits)
        return memory_error(err, (2 * n + links) * sizeof *l->turn);
    lower_count(l, up);
    lower_count(l, down);
    for (size_t i = 0; i < n; i++)
        l->start[i + 1] += l->start[i];
    if (cancel_asked(cancel))
        return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
    lower_fill(l, up, g->node_count);
    if (cancel_asked(cancel))
        return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
    lower_fill(l, down, g->node_count);
    return STATUS_OK;
}

/* A node gets its position once all above it have theirs, the latest freed first: depth first, so
 * that the nodes of a region follow each other, right below what they climb to. */
static status positions_give(const gathered_arcs *g, const lower_nodes *l, uint32_t *position,
                             uint32_t *turn_at, const atomic_int *cancel, error *err)
{
    size_t n = g->node_count, stacked = 0;
    uint32_t next = 0, *stack = memory_new(n, sizeof *stack);
    if (!stack)
        return memory_error(err, n * sizeof *stack);
    for (uint32_t t = 0; t < n; t++)
        if (l->waits[t] == 0)
            stack[stacked++] = t;
    while (stacked > 0 && !cancel_now(cancel, next)) {
        uint32_t turn = stack[--stacked], node = g->node[turn];
        turn_at[next] = turn;
        position[node] = next++;
        for (uint32_t i = l->start[node]; i < l->start[node + 1]; i++) {
            uint32_t below = l->turn[i];
            if (--l->waits[below] == 0)
                stack[stacked++] = below;
        }
    }
    memory_free(stack);
    return next == n ? STATUS_OK : error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
}

/* --- the hierarchy --- */

static int by_node(const void *a, const void *b)
{
    const road_link *p = a, *q = b;
    return (p->node > q->node) - (p->node < q->node);
}

/* The links of each position, by the other end's position. */
static status half_renumber(const half *h, const uint32_t *position, const uint32_t *turn_at,
                            uint32_t node_count, const atomic_int *cancel, uint32_t **start,
                            road_link **link, error *err)
{
    *start = memory_new((size_t)node_count + 1, sizeof **start);
    *link = memory_new(h->count, sizeof **link);
    if (!*start || !*link)
        return memory_error(err, h->count * sizeof **link);
    uint32_t next = 0;
    for (uint32_t at = 0; at < node_count; at++) {
        uint32_t turn = turn_at[at];
        if (cancel_now(cancel, at))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
        (*start)[at] = next;
        for (uint32_t i = half_begin(h, turn); i < h->end[turn]; i++) {
            (*link)[next] = h->link[i];
            (*link)[next++].node = position[h->link[i].node];
        }
        qsort(*link + (*start)[at], next - (*start)[at], sizeof **link, by_node);
    }
    (*start)[node_count] = next;
    return STATUS_OK;
}

static void store_show(hierarchy_store *s, uint32_t node_count)
{
    s->view = (road_hierarchy){
        .node_count = node_count,
        .position = s->arrays.position,
        .up = {.node_count = node_count, .start = s->arrays.up_start, .link = s->arrays.up},
        .down = {.node_count = node_count, .start = s->arrays.down_start, .link = s->arrays.down}};
}

status gathered_finish(gathered_arcs *g, const atomic_int *cancel, hierarchy_store **out,
                       error *err)
{
    uint32_t n = g->node_count, *turn_at = memory_new(n, sizeof *turn_at);
    half up = {.end = g->up_end, .link = g->up, .count = g->up_count};
    half down = {.end = g->down_end, .link = g->down, .count = g->down_count};
    lower_nodes lower = {0};
    hierarchy_store *s = memory_new(1, sizeof *s);
    status result = STATUS_OK;
    *out = NULL;
    if (s)
        s->arrays.position = memory_new(n, sizeof *s->arrays.position);
    if (!turn_at || !s || !s->arrays.position) {
        result = memory_error(err, (size_t)n * 2 * sizeof *turn_at);
        goto done;
    }
    result = lower_make(&lower, g, &up, &down, cancel, err);
    if (result == STATUS_OK)
        result = positions_give(g, &lower, s->arrays.position, turn_at, cancel, err);
    lower_clear(&lower);
    if (result != STATUS_OK)
        goto done;
    result = half_renumber(&up, s->arrays.position, turn_at, n, cancel, &s->arrays.up_start,
                           &s->arrays.up, err);
    memory_free(g->up);
    g->up = NULL;
    if (result == STATUS_OK)
        result = half_renumber(&down, s->arrays.position, turn_at, n, cancel, &s->arrays.down_start,
                               &s->arrays.down, err);
    store_show(s, n);
done:
    gathered_clear(g);
    memory_free(turn_at);
    if (result != STATUS_OK) {
        hierarchy_free(s);
        s = NULL;
    }
    *out = s;
    return result;
}
