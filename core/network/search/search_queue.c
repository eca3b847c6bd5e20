/* Buckets that grow, and the heap of costs far ahead. */
#include "network/search/search_queue.h"

#include <string.h>

#include "base/arrays.h"

/* Positions in the pool are 32 bits. */
enum { CHUNKS_FIRST = 64, CHUNKS_MAX = 1 << 28 };

void queue_init(search_queue *q, unsigned shift)
{
    *q = (search_queue){.shift = shift};
    q->tail[QUEUE_RING] = 1;
}

void queue_clear(search_queue *q)
{
    memory_free(q->pool);
    memory_free(q->heap);
    q->pool = NULL;
    q->heap = NULL;
}

static void chunks_chain(search_queue *q, size_t begin)
{
    for (size_t c = q->pool_chunks; c-- > begin;) {
        q->pool[c * QUEUE_CHUNK] = q->free_chunk;
        q->free_chunk = (uint32_t)c;
        q->free_chunks++;
    }
}

void queue_empty(search_queue *q)
{
    if (q->near > 0) {
        memset(q->tail, 0, QUEUE_RING * sizeof *q->tail);
        q->free_chunk = 0;
        q->free_chunks = 0;
        chunks_chain(q, 1);
    }
    q->near = 0;
    q->heap_count = 0;
    q->current = q->first = 0;
}

static status pool_grow(search_queue *q, size_t count, error *err)
{
    size_t used = q->pool_chunks - q->free_chunks, begin = q->pool_chunks;
    size_t wanted = q->pool_chunks < CHUNKS_FIRST ? CHUNKS_FIRST : q->pool_chunks;
    while (wanted - used < count + 1)
        wanted *= 2;
    const size_t chunk_bytes = QUEUE_CHUNK * sizeof *q->pool;
    uint32_t *pool = wanted <= CHUNKS_MAX ? memory_resize(q->pool, wanted, chunk_bytes) : NULL;
    if (!pool)
        return memory_error(err, wanted * chunk_bytes);
    q->pool = pool;
    q->pool_chunks = wanted;
    chunks_chain(q, begin == 0 ? 1 : begin);
    return STATUS_OK;
}

status queue_grow(search_queue *q, size_t count, error *err)
{
    queue_entry *heap =
        array_grown(q->heap, &q->heap_capacity, q->heap_count + count, sizeof *heap);
    if (!heap)
        return memory_error(err, (q->heap_count + count) * sizeof *heap);
    q->heap = heap;
    return count <= q->free_chunks ? STATUS_OK : pool_grow(q, count, err);
}

/* --- heap: four children, lowest (cost, node) first --- */

static bool before(const queue_entry *a, const queue_entry *b)
{
    return a->cost < b->cost || (a->cost == b->cost && a->node < b->node);
}

void queue_heap_push(search_queue *q, uint64_t cost, uint32_t node)
{
    const queue_entry e = {.cost = cost, .node = node};
    queue_entry *heap = q->heap;
    size_t at = q->heap_count++;
    while (at > 0 && before(&e, &heap[(at - 1) / 4])) {
        heap[at] = heap[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    heap[at] = e;
}

queue_entry queue_heap_pop(search_queue *q)
{
    queue_entry *heap = q->heap;
    const queue_entry first = heap[0], last = heap[--q->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 4 * at + 1, end = child + 4 < q->heap_count ? child + 4 : q->heap_count;
        if (child >= q->heap_count)
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

/* --- the next bucket --- */

status queue_next(search_queue *q, bool *found, error *err)
{
    status result = STATUS_OK;
    *found = q->near > 0 || q->heap_count > 0;
    if (!*found)
        return STATUS_OK;
    uint64_t far = q->heap_count > 0 ? q->heap[0].cost >> q->shift : UINT64_MAX;
    uint64_t bucket = q->near > 0 ? q->current : far;
    while (bucket < far && q->tail[bucket % QUEUE_RING] == 0)
        bucket++;
    q->current = q->first = bucket;
    while (queue_heap_has(q, bucket) && result == STATUS_OK) {
        queue_entry e = queue_heap_pop(q);
        result = queue_reserve(q, 1, err);
        if (result == STATUS_OK)
            queue_push(q, e.cost, e.node);
    }
    return result;
}
