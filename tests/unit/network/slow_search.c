#include "slow_search.h"

#include <stdbool.h>
#include <stdlib.h>

typedef struct entry {
    road_cost cost;
    uint32_t node;
} entry;

typedef struct heap {
    entry *at;
    size_t count;
} heap;

static void *room(size_t count, size_t size)
{
    void *p = calloc(count + 1, size);
    if (!p)
        abort();
    return p;
}

void slow_arcs_build(road_arcs *out, uint32_t nodes, const slow_arc *arcs, size_t count,
                     int reversed)
{
    uint32_t *start = room(nodes + (size_t)1, sizeof *start);
    uint32_t *next = room(nodes, sizeof *next);
    road_link *link = room(count, sizeof *link);
    for (size_t i = 0; i < count; i++)
        start[(reversed ? arcs[i].to : arcs[i].from) + 1]++;
    for (uint32_t n = 0; n < nodes; n++) {
        start[n + 1] += start[n];
        next[n] = start[n];
    }
    for (size_t i = 0; i < count; i++)
        link[next[reversed ? arcs[i].to : arcs[i].from]++] =
            (road_link){.node = reversed ? arcs[i].from : arcs[i].to,
                        .time = arcs[i].time,
                        .length_m = arcs[i].length_m};
    free(next);
    *out = (road_arcs){.node_count = nodes, .start = start, .link = link};
}

void slow_arcs_clear(road_arcs *arcs)
{
    free((void *)(uintptr_t)arcs->start);
    free((void *)(uintptr_t)arcs->link);
    *arcs = (road_arcs){.node_count = 0};
}

static void push(heap *h, entry e)
{
    size_t at = h->count++;
    while (at > 0 && e.cost < h->at[(at - 1) / 4].cost) {
        h->at[at] = h->at[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    h->at[at] = e;
}

static entry pop(heap *h)
{
    const entry first = h->at[0], last = h->at[--h->count];
    size_t at = 0;
    for (;;) {
        size_t child = 4 * at + 1, end = child + 4 < h->count ? child + 4 : h->count;
        if (child >= h->count)
            break;
        size_t least = child;
        for (size_t c = child + 1; c < end; c++)
            if (h->at[c].cost < h->at[least].cost)
                least = c;
        if (last.cost <= h->at[least].cost)
            break;
        h->at[at] = h->at[least];
        at = least;
    }
    h->at[at] = last;
    return first;
}

void slow_search(const road_arcs *arcs, uint32_t source, uint32_t limit, road_cost *cost)
{
    const uint32_t most = limit < UINT32_MAX - 1 ? limit : UINT32_MAX - 1;
    heap h = {.at = room(arcs->start[arcs->node_count] + (size_t)1, sizeof(entry))};
    for (uint32_t n = 0; n < arcs->node_count; n++)
        cost[n] = ROAD_COST_NONE;
    cost[source] = 0;
    push(&h, (entry){.cost = 0, .node = source});
    while (h.count > 0) {
        const entry e = pop(&h);
        if (e.cost > cost[e.node])
            continue;
        for (uint32_t i = arcs->start[e.node]; i < arcs->start[e.node + 1]; i++) {
            const road_link *l = &arcs->link[i];
            road_cost reached = 0;
            bool beyond = __builtin_add_overflow(e.cost, road_link_cost(l), &reached);
            if (beyond || road_cost_time(reached) > most || reached >= cost[l->node])
                continue;
            cost[l->node] = reached;
            push(&h, (entry){.cost = reached, .node = l->node});
        }
    }
    free(h.at);
}
