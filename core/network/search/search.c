/* Dijkstra's algorithm with a 4-ary heap; entries that were improved meanwhile are skipped. */
#include "network/search/search.h"

#include <stdatomic.h>

#include "base/arrays.h"

typedef struct entry {
    road_cost cost;
    uint32_t node;
} entry;

struct search {
    const road_arcs *arcs;
    road_cost *cost;   /* per node; ROAD_COST_NONE between searches, but for those reached */
    uint8_t *target;   /* per node: wanted and not settled yet; NULL until a search has targets */
    uint32_t *reached; /* nodes with a cost */
    entry *heap;
    size_t reached_count, heap_count, heap_capacity;
    size_t slot; /* in the pool that lends it */
};

status search_new(search **out, const road_arcs *arcs, error *err)
{
    size_t n = arcs->node_count;
    search *s = memory_new(1, sizeof *s);
    if (!s)
        return memory_error(err, sizeof *s);
    s->arcs = arcs;
    s->cost = memory_new(n, sizeof *s->cost);
    s->reached = memory_new(n, sizeof *s->reached);
    if (!s->cost || !s->reached) {
        search_free(s);
        return memory_error(err, n * (sizeof *s->cost + sizeof *s->reached));
    }
    for (size_t i = 0; i < n; i++)
        s->cost[i] = ROAD_COST_NONE;
    *out = s;
    return STATUS_OK;
}

void search_free(search *s)
{
    if (!s)
        return;
    memory_free(s->cost);
    memory_free(s->target);
    memory_free(s->reached);
    memory_free(s->heap);
    memory_free(s);
}

/* --- heap: four children, smallest (cost, node) first --- */

static bool before(const entry *a, const entry *b)
{
    return a->cost < b->cost || (a->cost == b->cost && a->node < b->node);
}

static status heap_push(search *s, entry e, error *err)
{
    entry *heap = array_grown(s->heap, &s->heap_capacity, s->heap_count + 1, sizeof *heap);
    if (!heap)
        return memory_error(err, (s->heap_count + 1) * sizeof *heap);
    s->heap = heap;
    size_t at = s->heap_count++;
    while (at > 0 && before(&e, &heap[(at - 1) / 4])) {
        heap[at] = heap[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    heap[at] = e;
    return STATUS_OK;
}

static entry heap_pop(search *s)
{
    entry *heap = s->heap;
    const entry first = heap[0];
    const entry last = heap[--s->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 4 * at + 1, end = child + 4 < s->heap_count ? child + 4 : s->heap_count;
        if (child >= s->heap_count)
            break;
        size_t least = child;
        for (size_t c = child + 1; c < end; c++)
            if (before(&heap[c], &heap[least]))
                least = c;
        if (!before(&heap[least], &last))
            break;
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = last;
    return first;
}

/* --- searching --- */

static status reach(search *s, uint32_t node, road_cost cost, error *err)
{
    if (cost >= s->cost[node])
        return STATUS_OK;
    if (s->cost[node] == ROAD_COST_NONE)
        s->reached[s->reached_count++] = node;
    s->cost[node] = cost;
    return heap_push(s, (entry){.cost = cost, .node = node}, err);
}

static void forget(search *s)
{
    for (size_t i = 0; i < s->reached_count; i++)
        s->cost[s->reached[i]] = ROAD_COST_NONE;
    s->reached_count = 0;
    s->heap_count = 0;
}

/* `left`: targets to settle; 0: none wanted. */
static status run(search *s, uint32_t source, road_cost limit, size_t left, error *err)
{
    const road_arcs *a = s->arcs;
    bool targeted = left > 0;
    forget(s);
    status result = reach(s, source, 0, err);
    while (s->heap_count > 0 && result == STATUS_OK) {
        entry e = heap_pop(s);
        if (e.cost > s->cost[e.node])
            continue;
        if (targeted && s->target[e.node]) {
            s->target[e.node] = 0;
            if (--left == 0)
                break;
        }
        for (uint32_t i = a->start[e.node]; i < a->start[e.node + 1] && result == STATUS_OK; i++) {
            road_cost cost = e.cost + road_link_cost(&a->link[i]);
            if (cost <= limit)
                result = reach(s, a->link[i].node, cost, err);
        }
    }
    return result;
}

status search_within(search *s, uint32_t source, uint32_t limit_ds, error *err)
{
    return run(s, source, road_cost_of(limit_ds, UINT32_MAX), 0, err);
}

static size_t targets_mark(search *s, const uint32_t *targets, size_t count)
{
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        distinct += !s->target[targets[i]];
        s->target[targets[i]] = 1;
    }
    return distinct;
}

status search_targets(search *s, uint32_t source, const uint32_t *targets, size_t count, error *err)
{
    if (count == 0) {
        forget(s);
        return STATUS_OK;
    }
    if (!s->target)
        s->target = memory_new(s->arcs->node_count, sizeof *s->target);
    if (!s->target)
        return memory_error(err, s->arcs->node_count * sizeof *s->target);
    size_t distinct = targets_mark(s, targets, count);
    status result = run(s, source, ROAD_COST_NONE - 1, distinct, err);
    for (size_t i = 0; i < count; i++)
        s->target[targets[i]] = 0; /* those out of reach */
    return result;
}

road_cost search_cost(const search *s, uint32_t node)
{
    return s->cost[node];
}

const uint32_t *search_reached(const search *s, size_t *count)
{
    *count = s->reached_count;
    return s->reached;
}

/* --- pool --- */

typedef struct slot {
    atomic_flag busy;
    search *search;
} slot;

struct search_pool {
    const road_arcs *arcs;
    size_t count;
    slot *slots;
};

status search_pool_new(search_pool **out, const road_arcs *arcs, int threads, error *err)
{
    search_pool *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    p->arcs = arcs;
    p->count = threads > 0 ? (size_t)threads : 1;
    p->slots = memory_new(p->count, sizeof *p->slots);
    if (!p->slots) {
        search_pool_free(p);
        return memory_error(err, p->count * sizeof *p->slots);
    }
    for (size_t i = 0; i < p->count; i++)
        atomic_flag_clear(&p->slots[i].busy);
    *out = p;
    return STATUS_OK;
}

void search_pool_free(search_pool *p)
{
    if (!p)
        return;
    for (size_t i = 0; p->slots && i < p->count; i++)
        search_free(p->slots[i].search);
    memory_free(p->slots);
    memory_free(p);
}

status search_pool_borrow(search_pool *p, search **out, error *err)
{
    for (size_t i = 0;; i = (i + 1) % p->count) {
        slot *s = &p->slots[i];
        if (atomic_flag_test_and_set_explicit(&s->busy, memory_order_acquire))
            continue;
        status result = s->search ? STATUS_OK : search_new(&s->search, p->arcs, err);
        if (!s->search) {
            atomic_flag_clear_explicit(&s->busy, memory_order_release);
            return result;
        }
        s->search->slot = i;
        *out = s->search;
        return STATUS_OK;
    }
}

void search_pool_return(search_pool *p, search *s)
{
    atomic_flag_clear_explicit(&p->slots[s->slot].busy, memory_order_release);
}
