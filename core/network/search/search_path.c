/* The path behind one cost: found again from the labels, so that searches keep no parents. An arc
 * is tight when it leads from one label exactly to another; a path is a chain of tight arcs. */
#include "network/search/search.h"

#include <stdlib.h>

#include "base/memory.h"
#include "network/search/search_state.h"

/* search.onward: per node, 1 + the index of the arc that a path takes from it; 0: none yet. */

static bool is_settled(const search *s, uint32_t node, uint32_t end)
{
    return search_cost(s, node) <= search_cost(s, end);
}

/* The lowest tight arc of some cost from each node; lower arcs belong to lower neighbours. */
static void onward_mark(search *s, uint32_t end)
{
    const road_arcs *a = s->arcs;
    for (size_t k = 0; k < s->reached_count; k++) {
        uint32_t node = s->reached[k];
        road_cost cost = search_cost(s, node);
        for (uint32_t i = a->start[node]; is_settled(s, node, end) && i < a->start[node + 1]; i++) {
            road_cost step = road_link_cost(&a->link[i]);
            uint32_t *onward = &s->onward[a->link[i].node];
            if (step > 0 && is_settled(s, a->link[i].node, end) &&
                search_cost(s, a->link[i].node) - cost == step && (*onward == 0 || i + 1 < *onward))
                *onward = i + 1;
        }
    }
}

/* --- nodes that only arcs of no cost lead on from: by fewest such arcs, then by the lowest --- */

static bool is_stranded(const search *s, uint32_t node, const road_link *link)
{
    return road_link_cost(link) == 0 && search_cost(s, link->node) == search_cost(s, node) &&
           s->onward[link->node] == 0 && link->node != s->reached[0];
}

static bool leads_on(const search *s, uint32_t node)
{
    const road_arcs *a = s->arcs;
    if (s->onward[node] == 0 && node != s->reached[0])
        return false;
    for (uint32_t i = a->start[node]; i < a->start[node + 1]; i++)
        if (is_stranded(s, node, &a->link[i]))
            return true;
    return false;
}

static int compare_nodes(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The settled nodes from which such arcs begin, then those found from them, ring by ring; each ring
 * ascending, so that the first arc to come to a node is its lowest. */
static status stranded_mark(search *s, uint32_t end, error *err)
{
    const road_arcs *a = s->arcs;
    size_t begin = 0, count = 0;
    uint32_t *ring = memory_new(s->reached_count, sizeof *ring);
    if (!ring)
        return memory_error(err, s->reached_count * sizeof *ring);
    for (size_t k = 0; k < s->reached_count; k++)
        if (is_settled(s, s->reached[k], end) && leads_on(s, s->reached[k]))
            ring[count++] = s->reached[k];
    while (begin < count) {
        size_t ring_end = count;
        qsort(ring + begin, ring_end - begin, sizeof *ring, compare_nodes);
        for (; begin < ring_end; begin++)
            for (uint32_t i = a->start[ring[begin]]; i < a->start[ring[begin] + 1]; i++)
                if (is_stranded(s, ring[begin], &a->link[i])) {
                    s->onward[a->link[i].node] = i + 1;
                    ring[count++] = a->link[i].node;
                }
    }
    memory_free(ring);
    return STATUS_OK;
}

/* --- walking it --- */

/* The node that an arc is kept by: the last one whose arcs begin at it or before. */
static uint32_t owner_of(const road_arcs *a, uint32_t link)
{
    uint32_t low = 0, high = a->node_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (a->start[middle] <= link)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static status steps_walk(const search *s, uint32_t source, uint32_t node, search_step **steps,
                         size_t *count, error *err)
{
    size_t found = 0;
    for (uint32_t n = node; n != source; n = owner_of(s->arcs, s->onward[n] - 1))
        found++;
    search_step *step = memory_new(found, sizeof *step);
    if (!step)
        return memory_error(err, found * sizeof *step);
    uint32_t n = node;
    for (size_t i = 0; i < found; i++) {
        step[i] = (search_step){.node = n, .link = s->onward[n] - 1};
        n = owner_of(s->arcs, step[i].link);
    }
    *steps = step;
    *count = found;
    return STATUS_OK;
}

status search_path(search *s, uint32_t source, uint32_t node, search_step **steps, size_t *count,
                   error *err)
{
    *steps = NULL;
    *count = 0;
    if (!s->onward)
        s->onward = memory_new(s->arcs->node_count, sizeof *s->onward);
    if (!s->onward)
        return memory_error(err, s->arcs->node_count * sizeof *s->onward);
    status result = search_targets(s, source, &node, 1, err);
    if (result || node == source || search_cost(s, node) == ROAD_COST_NONE)
        return result;
    onward_mark(s, node);
    result = stranded_mark(s, node, err);
    if (result == STATUS_OK)
        result = steps_walk(s, source, node, steps, count, err);
    for (size_t k = 0; k < s->reached_count; k++)
        s->onward[s->reached[k]] = 0;
    return result;
}
