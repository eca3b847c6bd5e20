#include "network/graph/road_graph.h"

#include <string.h>

#include "base/arrays.h"
#include "network/messages.h"

/* Offsets of the arrays in the block. */
typedef struct graph_layout {
    size_t id, lon, lat, part, forward_start, forward_link, reversed_start, reversed_link, size;
    bool failed;
} graph_layout;

static graph_layout layout_of(size_t nodes, size_t arcs)
{
    layout l = {0};
    graph_layout g = {
        .id = layout_take(&l, nodes, sizeof(int64_t)),
        .lon = layout_take(&l, nodes, sizeof(double)),
        .lat = layout_take(&l, nodes, sizeof(double)),
        .part = layout_take(&l, nodes, sizeof(uint32_t)),
        .forward_start = layout_take(&l, nodes + 1, sizeof(uint32_t)),
        .forward_link = layout_take(&l, arcs, sizeof(road_link)),
        .reversed_start = layout_take(&l, nodes + 1, sizeof(uint32_t)),
        .reversed_link = layout_take(&l, arcs, sizeof(road_link)),
    };
    g.size = l.size;
    g.failed = l.failed;
    return g;
}

/* Counting sort by tail: arcs of one node stay in the order given. */
static void arcs_fill(uint32_t *start, road_link *link, size_t nodes, const road_arc *arcs,
                      size_t count, bool reversed)
{
    for (size_t i = 0; i < count; i++)
        start[(reversed ? arcs[i].to : arcs[i].from) + 1]++;
    for (size_t n = 0; n < nodes; n++)
        start[n + 1] += start[n];
    for (size_t i = 0; i < count; i++) {
        uint32_t at = start[reversed ? arcs[i].to : arcs[i].from]++;
        link[at] = (road_link){.node = reversed ? arcs[i].from : arcs[i].to,
                               .time = road_cost_time(arcs[i].cost),
                               .length_m = road_cost_m(arcs[i].cost)};
    }
    memmove(start + 1, start, nodes * sizeof *start); /* each start moved to the next one's */
    start[0] = 0;
}

static void graph_point(road_graph *g, const graph_layout *l)
{
    const char *block = g->memory.at;
    g->node_id = (const void *)(block + l->id);
    g->lon = (const void *)(block + l->lon);
    g->lat = (const void *)(block + l->lat);
    g->part = (const void *)(block + l->part);
    g->forward = (road_arcs){.node_count = g->node_count,
                             .start = (const void *)(block + l->forward_start),
                             .link = (const void *)(block + l->forward_link)};
    g->reversed = (road_arcs){.node_count = g->node_count,
                              .start = (const void *)(block + l->reversed_start),
                              .link = (const void *)(block + l->reversed_link)};
}

static status main_part_find(road_graph *g, error *err)
{
    uint32_t *size = memory_new(g->part_count, sizeof *size);
    if (!size)
        return memory_error(err, g->part_count * sizeof *size);
    for (uint32_t n = 0; n < g->node_count; n++)
        size[g->part[n]]++;
    for (uint32_t n = 0; n < g->node_count; n++)
        if (size[g->part[n]] > g->main_size) {
            g->main_size = size[g->part[n]];
            g->main_part = g->part[n];
        }
    memory_free(size);
    return STATUS_OK;
}

static void copy_nodes(char *block, const graph_layout *l, const int64_t *node_id,
                       const double *lon, const double *lat, size_t count)
{
    if (count == 0)
        return;
    memcpy(block + l->id, node_id, count * sizeof *node_id);
    memcpy(block + l->lon, lon, count * sizeof *lon);
    memcpy(block + l->lat, lat, count * sizeof *lat);
}

status road_graph_build(road_graph **out, const int64_t *node_id, const double *lon,
                        const double *lat, size_t node_count, const road_arc *arcs,
                        size_t arc_count, error *err)
{
    status result = STATUS_OK;
    road_graph *g = NULL;
    graph_layout l = layout_of(node_count, arc_count);
    if (node_count >= UINT32_MAX || arc_count >= UINT32_MAX || l.failed)
        return error_set(err, STATUS_INPUT, M_GRAPH_LARGE, (unsigned long long)node_count,
                         (unsigned long long)arc_count);
    g = memory_new(1, sizeof *g);
    if (!g)
        return memory_error(err, sizeof *g);
    g->memory.fd = -1;
    g->node_count = (uint32_t)node_count;
    g->arc_count = (uint32_t)arc_count;
    result = shared_memory_new(&g->memory, "bassin-road-graph", l.size, err);
    if (result)
        goto done;
    char *block = g->memory.at;
    copy_nodes(block, &l, node_id, lon, lat, node_count);
    arcs_fill((void *)(block + l.forward_start), (void *)(block + l.forward_link), node_count, arcs,
              arc_count, false);
    arcs_fill((void *)(block + l.reversed_start), (void *)(block + l.reversed_link), node_count,
              arcs, arc_count, true);
    graph_point(g, &l);
    result = road_parts_find(&g->forward, (void *)(block + l.part), &g->part_count, err);
    if (result == STATUS_OK)
        result = main_part_find(g, err);
    if (result == STATUS_OK)
        result = shared_memory_freeze(&g->memory, err);
    if (result)
        goto done;
    *out = g;
    g = NULL;
done:
    road_graph_free(g);
    return result;
}

void road_graph_free(road_graph *g)
{
    if (!g)
        return;
    shared_memory_clear(&g->memory);
    memory_free(g);
}
