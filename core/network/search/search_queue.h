/* network/search/search_queue.h: nodes waiting in a search, in buckets of costs. Internal to the
 * search; the loops of search_run.c are the only callers.
 *
 * A bucket holds costs that share their upper bits (cost >> shift). Those ahead of the current one
 * stand in a ring, as stacks of one-cache-line chunks taken from one pool; a cost beyond the ring
 * (a ferry of hours among streets of seconds) waits in a 4-ary heap until its bucket comes. A node
 * improved meanwhile is in several places: the reader drops the stale entries. */
#ifndef NETWORK_SEARCH_QUEUE_H
#define NETWORK_SEARCH_QUEUE_H

#include "base/error.h"

enum { QUEUE_RING = 1024, QUEUE_CHUNK = 16 /* words: the tail of the chunk below, 15 nodes */ };

typedef struct queue_entry {
    uint64_t cost;
    uint32_t node;
} queue_entry;

typedef struct search_queue {
    unsigned shift;
    uint64_t current, first; /* bucket being read; lowest that goes to the ring, that or the next */
    size_t near;             /* entries in the ring */
    uint32_t *pool;          /* chunks; chunk 0 takes what is not pushed */
    uint32_t free_chunk;     /* chained by their first word; 0: none */
    size_t free_chunks, pool_chunks;
    queue_entry *heap;
    size_t heap_count, heap_capacity;
    /* In the pool: behind the last node of each bucket; 0: empty. Then one for what is not pushed.
     */
    uint32_t tail[QUEUE_RING + 1];
} search_queue;

/* The width of buckets is 2^shift. */
void queue_init(search_queue *q, unsigned shift);
void queue_clear(search_queue *q); /* frees; takes a zeroed one */
void queue_empty(search_queue *q); /* drops every entry */
/* Room for `count` pushes, which then cannot fail. */
MUST_CHECK status queue_grow(search_queue *q, size_t count, error *err);
/* The current bucket becomes the next one with entries; false: none left. Entries of the heap that
 * belong to it are put in the ring. Needs queue_reserve before it for one entry. */
MUST_CHECK status queue_next(search_queue *q, bool *found, error *err);
void queue_heap_push(search_queue *q, uint64_t cost, uint32_t node);
queue_entry queue_heap_pop(search_queue *q);
static inline bool queue_heap_has(const search_queue *q, uint64_t bucket)
{
    return q->heap_count > 0 && q->heap[0].cost >> q->shift == bucket;
}

MUST_CHECK static inline status queue_reserve(search_queue *q, size_t count, error *err)
{
    if (count <= q->free_chunks && count <= q->heap_capacity - q->heap_count)
        return STATUS_OK;
    return queue_grow(q, count, err);
}

/* A new chunk on top of the bucket whose tail is `below`. */
static inline uint32_t queue_chunk(search_queue *q, uint32_t below)
{
    uint32_t *chunk = q->pool + (size_t)q->free_chunk * QUEUE_CHUNK;
    uint32_t at = q->free_chunk * QUEUE_CHUNK + 1;
    q->free_chunk = chunk[0];
    q->free_chunks--;
    chunk[0] = below;
    return at;
}

/* What a loop of pushes reads of a queue, in registers; the pool does not move meanwhile. */
typedef struct queue_pen {
    search_queue *queue;
    uint32_t *pool, *tail;
    uint64_t first;
    unsigned shift;
    size_t pushed;
} queue_pen;

static inline queue_pen queue_pen_take(search_queue *q)
{
    return (queue_pen){
        .queue = q, .pool = q->pool, .tail = q->tail, .first = q->first, .shift = q->shift};
}
static inline void queue_pen_return(const queue_pen *p)
{
    p->queue->near += p->pushed;
}

/* Pushes where mask is all ones; where it is 0, the node is written where nothing reads it. Without
 * a branch on mask. */
static inline void queue_push_if(queue_pen *p, uint64_t cost, uint32_t node, uint64_t mask)
{
    uint64_t bucket = cost >> p->shift;
    if (((bucket - p->first) & mask) >= QUEUE_RING - 1) {
        queue_heap_push(p->queue, cost, node);
        return;
    }
    uint32_t *tail = &p->tail[QUEUE_RING + ((bucket % QUEUE_RING - QUEUE_RING) & mask)];
    uint32_t at = *tail;
    if (at % QUEUE_CHUNK == 0)
        at = queue_chunk(p->queue, at);
    p->pool[at] = node;
    *tail = at + (mask & 1);
    p->pushed += mask & 1;
}

static inline void queue_push(search_queue *q, uint64_t cost, uint32_t node)
{
    queue_pen p = queue_pen_take(q);
    queue_push_if(&p, cost, node, UINT64_MAX);
    queue_pen_return(&p);
}

/* --- reading the current bucket: a batch of chunks; what is pushed meanwhile waits --- */

static inline bool queue_waits(const search_queue *q)
{
    return q->tail[q->current % QUEUE_RING] != 0;
}
static inline uint32_t queue_batch(search_queue *q)
{
    uint32_t *tail = &q->tail[q->current % QUEUE_RING], at = *tail;
    *tail = 0;
    return at;
}
/* The nodes of the top chunk of a batch. */
static inline const uint32_t *queue_nodes(const search_queue *q, uint32_t at, size_t *count)
{
    size_t chunk = (at - 1) / QUEUE_CHUNK * (size_t)QUEUE_CHUNK;
    *count = at - chunk - 1;
    return q->pool + chunk + 1;
}
/* Gives the top chunk back; returns what is below, 0: nothing. */
static inline uint32_t queue_drop(search_queue *q, uint32_t at)
{
    uint32_t chunk = (at - 1) / QUEUE_CHUNK;
    uint32_t *top = q->pool + (size_t)chunk * QUEUE_CHUNK, below = top[0];
    q->near -= at - chunk * QUEUE_CHUNK - 1;
    top[0] = q->free_chunk;
    q->free_chunk = chunk;
    q->free_chunks++;
    return below;
}

#endif
