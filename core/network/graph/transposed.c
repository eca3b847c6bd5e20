#include "network/graph/transposed.h"

#include <string.h>

/* Counting sort: nodes are taken in order, so that those of one node come in order too. */
static void links_turn(uint32_t *start, road_link *link, const road_arcs *arcs)
{
    const size_t nodes = arcs->node_count;
    const uint32_t count = arcs->start[nodes];
    for (uint32_t i = 0; i < count; i++)
        start[arcs->link[i].node + 1]++;
    for (size_t n = 0; n < nodes; n++)
        start[n + 1] += start[n];
    for (uint32_t n = 0; n < arcs->node_count; n++)
        for (uint32_t i = arcs->start[n]; i < arcs->start[n + 1]; i++) {
            road_link turned = arcs->link[i];
            turned.node = n;
            link[start[arcs->link[i].node]++] = turned;
        }
    memmove(start + 1, start, nodes * sizeof *start); /* each start moved to the next one's */
    start[0] = 0;
}

status transposed_make(transposed *out, const road_arcs *arcs, error *err)
{
    const size_t nodes = arcs->node_count, count = arcs->start[nodes];
    *out = (transposed){.start = memory_new(nodes + 1, sizeof *out->start),
                        .link = memory_new(count, sizeof *out->link)};
    if (!out->start || !out->link)
        return memory_error(err, (nodes + 1) * sizeof *out->start + count * sizeof *out->link);
    links_turn(out->start, out->link, arcs);
    out->arcs = (road_arcs){.node_count = arcs->node_count, .start = out->start, .link = out->link};
    return STATUS_OK;
}

void transposed_clear(transposed *t)
{
    memory_free(t->start);
    memory_free(t->link);
    *t = (transposed){0};
}
