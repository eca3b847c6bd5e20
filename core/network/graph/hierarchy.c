/* What a hierarchy must be for searches to stay inside its arrays, and to end. */
#include "network/graph/hierarchy.h"

#include "base/memory.h"
#include "network/messages.h"

static status damaged(uint32_t node, error *err)
{
    return error_set(err, STATUS_INPUT, M_HIERARCHY_DAMAGED, node);
}

static status positions_check(const road_hierarchy *h, error *err)
{
    size_t words = (size_t)h->node_count / 64 + 1;
    uint64_t *taken = memory_new(words, sizeof *taken);
    status result = STATUS_OK;
    if (!taken)
        return memory_error(err, words * sizeof *taken);
    for (uint32_t n = 0; n < h->node_count && result == STATUS_OK; n++) {
        uint32_t at = h->position[n];
        if (at >= h->node_count || taken[at / 64] >> at % 64 & 1)
            result = damaged(n, err);
        else
            taken[at / 64] |= UINT64_C(1) << at % 64;
    }
    memory_free(taken);
    return result;
}

/* First every start, then the links: none is read before its place is known to be there. */
static status half_check(const road_arcs *half, uint32_t node_count, error *err)
{
    if (half->node_count != node_count || half->start[0] != 0)
        return damaged(0, err);
    for (uint32_t n = 0; n < node_count; n++)
        if (half->start[n] > half->start[n + 1])
            return damaged(n, err);
    for (uint32_t n = 0; n < node_count; n++) {
        uint32_t least = 0;
        for (uint32_t i = half->start[n]; i < half->start[n + 1]; i++) {
            const road_link *l = &half->link[i];
            if (l->node < least || l->node >= n || road_link_cost(l) == ROAD_COST_NONE)
                return damaged(n, err);
            least = l->node + 1;
        }
    }
    return STATUS_OK;
}

status hierarchy_check(const road_hierarchy *h, error *err)
{
    status result = positions_check(h, err);
    if (result == STATUS_OK)
        result = half_check(&h->up, h->node_count, err);
    if (result == STATUS_OK)
        result = half_check(&h->down, h->node_count, err);
    return result;
}
