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
