/* network/graph/network_store.h: what a network's arrays live in. For this floor only. */
#ifndef NETWORK_STORE_H
#define NETWORK_STORE_H

#include "base/files.h"
#include "network/graph/network.h"

enum { STORE_ARRAYS = 24 };

typedef struct network_store {
    void *owned[STORE_ARRAYS]; /* of memory_new */
    size_t owned_count;
    arena *facts_memory;
    file_view file; /* what the arrays point into; at NULL: none */
    road_hierarchy hierarchy;
} network_store;

/* An empty network with its store. */
MUST_CHECK status network_new(network **out, error *err);
/* The store frees `array` with the network; gives it back. At most STORE_ARRAYS. */
void *network_own(network *n, void *array);

#endif
