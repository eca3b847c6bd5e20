#include "network/graph/network_store.h"

#include <assert.h>

status network_new(network **out, error *err)
{
    network *n = memory_new(1, sizeof *n);
    network_store *store = memory_new(1, sizeof *store);
    if (!n || !store) {
        memory_free(n);
        memory_free(store);
        return memory_error(err, sizeof *n + sizeof *store);
    }
    n->store = store;
    *out = n;
    return STATUS_OK;
}

void *network_own(network *n, void *array)
{
    assert(n->store->owned_count < STORE_ARRAYS);
    n->store->owned[n->store->owned_count++] = array;
    return array;
}

void network_take_hierarchy(network *n, const hierarchy_arrays *arrays)
{
    road_hierarchy *h = &n->store->hierarchy;
    assert(!n->hierarchy);
    *h = (road_hierarchy){
        .node_count = n->node_count,
        .position = network_own(n, arrays->position),
        .up = {.node_count = n->node_count,
               .start = network_own(n, arrays->up_start),
               .link = network_own(n, arrays->up)},
        .down = {.node_count = n->node_count,
                 .start = network_own(n, arrays->down_start),
                 .link = network_own(n, arrays->down)},
    };
    n->hierarchy = h;
}

void network_free(network *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->store->owned_count; i++)
        memory_free(n->store->owned[i]);
    arena_free(n->store->facts_memory);
    file_unmap(&n->store->file);
    memory_free(n->store);
    memory_free(n);
}
