#include "network/graph/network_ids.h"

#include "network/graph/key_sort.h"

struct network_ids {
    const network *network;
    uint32_t *order; /* nodes by id, then number */
};

/* The order of int64_t as that of uint64_t. */
static uint64_t id_key(int64_t id)
{
    return (uint64_t)id ^ UINT64_C(1) << 63;
}

static status ids_sort(network_ids *ids, error *err)
{
    const network *n = ids->network;
    const size_t count = n->node_count;
    keyed_node *items = memory_new(count, sizeof *items), *other = memory_new(count, sizeof *other);
    status result = items && other ? STATUS_OK : memory_error(err, 2 * count * sizeof *items);
    if (result == STATUS_OK) {
        for (uint32_t i = 0; i < n->node_count; i++)
            items[i] = (keyed_node){.key = id_key(n->node_id[i]), .node = i};
        const keyed_node *sorted = key_sort(items, other, count);
        for (size_t i = 0; i < count; i++)
            ids->order[i] = sorted[i].node;
    }
    memory_free(items);
    memory_free(other);
    return result;
}

status network_ids_new(network_ids **out, const network *n, error *err)
{
    network_ids *ids = memory_new(1, sizeof *ids);
    if (!ids)
        return memory_error(err, sizeof *ids);
    ids->network = n;
    ids->order = memory_new(n->node_count, sizeof *ids->order);
    status result =
        ids->order ? ids_sort(ids, err) : memory_error(err, n->node_count * sizeof *ids->order);
    if (result)
        network_ids_free(ids);
    else
        *out = ids;
    return result;
}

void network_ids_free(network_ids *ids)
{
    if (!ids)
        return;
    memory_free(ids->order);
    memory_free(ids);
}

const uint32_t *network_ids_find(const network_ids *ids, int64_t id, size_t *count)
{
    const network *n = ids->network;
    size_t low = 0, high = n->node_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->node_id[ids->order[middle]] < id)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < n->node_count && n->node_id[ids->order[low + *count]] == id)
        ++*count;
    return ids->order + low;
}

uint32_t network_ids_trips(const network_ids *ids, int64_t id)
{
    size_t count = 0;
    const uint32_t *node = network_ids_find(ids, id, &count);
    for (size_t i = 0; i < count; i++)
        if (node_takes_trips(ids->network->node_flags[node[i]]))
            return node[i];
    return NETWORK_NONE;
}
