#include "network/travel/trip_ids.h"

#include "base/blocks.h"

enum { SCAN_NODES = 1 << 16, FIRST_SLOTS = 64 };

/* Open addressing over the distinct ids wanted; a slot is taken while its first index is not
 * NETWORK_NONE. */
typedef struct id_slot {
    int64_t id;
    uint32_t first; /* index of one that wants it */
    _Atomic uint32_t node;
    atomic_bool split;
} id_slot;

typedef struct id_scan {
    const network *network;
    id_slot *slots;
    size_t mask;
} id_scan;

/* Fibonacci hashing: the ids of a .gr follow one another. */
static id_slot *slot_of(const id_scan *s, int64_t id)
{
    size_t at = (size_t)(((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & s->mask;
    while (s->slots[at].first != NETWORK_NONE && s->slots[at].id != id)
        at = (at + 1) & s->mask;
    return &s->slots[at];
}

static status slots_make(id_scan *s, const int64_t *id, size_t count, error *err)
{
    size_t slots = FIRST_SLOTS;
    while (slots < 2 * count)
        slots *= 2;
    s->slots = memory_new(slots, sizeof *s->slots);
    if (!s->slots)
        return memory_error(err, slots * sizeof *s->slots);
    s->mask = slots - 1;
    for (size_t i = 0; i < slots; i++)
        s->slots[i].first = NETWORK_NONE;
    for (size_t i = 0; i < count; i++) {
        id_slot *slot = slot_of(s, id[i]);
        if (slot->first != NETWORK_NONE)
            continue;
        slot->id = id[i];
        slot->first = (uint32_t)i;
        atomic_init(&slot->node, NETWORK_NONE);
        atomic_init(&slot->split, false);
    }
    return STATUS_OK;
}

/* Lowest first: the same node for any number of threads. */
static void keep_lowest(_Atomic uint32_t *kept, uint32_t node)
{
    uint32_t known = atomic_load(kept);
    while (node < known && !atomic_compare_exchange_weak(kept, &known, node))
        ;
}

static status scan_block(void *context, block b, error *err)
{
    const id_scan *s = context;
    const network *n = s->network;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        id_slot *slot = slot_of(s, n->node_id[i]);
        if (slot->first == NETWORK_NONE)
            continue;
        if (n->node_flags[i] & NODE_SPLIT)
            atomic_store(&slot->split, true);
        else
            keep_lowest(&slot->node, (uint32_t)i);
    }
    return STATUS_OK;
}

status trip_ids_find(const network *n, const int64_t *id, size_t count, int threads, uint32_t *node,
                     uint8_t *found, error *err)
{
    id_scan s = {.network = n};
    status result = slots_make(&s, id, count, err);
    if (result == STATUS_OK)
        result = blocks_run(n->node_count, SCAN_NODES, threads, NULL, scan_block, &s, err);
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        id_slot *slot = slot_of(&s, id[i]);
        node[i] = atomic_load(&slot->node);
        found[i] = node[i] != NETWORK_NONE     ? TRIP_ID_FOUND
                   : atomic_load(&slot->split) ? TRIP_ID_SPLIT
                                               : TRIP_ID_ABSENT;
    }
    memory_free(s.slots);
    return result;
}
