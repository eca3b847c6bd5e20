/* network/graph/key_sort.h: numbers in the order of their keys. For this floor only. */
#ifndef NETWORK_KEY_SORT_H
#define NETWORK_KEY_SORT_H

#include "base/error.h"

typedef struct keyed_node {
    uint64_t key;
    uint32_t node;
} keyed_node;

/* Sorts by key, equal keys in the order given, by the digits where the keys differ. `other`, as
 * long, is scratch; returns whichever of the two holds the result. */
keyed_node *key_sort(keyed_node *items, keyed_node *other, size_t count);

#endif
