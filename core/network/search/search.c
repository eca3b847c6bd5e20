/* Dijkstra's algorithm over buckets of costs (Dial 1969; Denardo and Fox 1979), several costs to a
 * bucket: a node of the current bucket may be improved from within it, and is then read again. */
#include "network/search/search.h"

#include <stdlib.h>

#include "base/memory.h"
#include "network/messages.h"
#include "network/search/search_state.h"

enum {
    SAMPLE_ARCS = 1023, /* looked at to choose the width of buckets */
    BUCKETS_AN_ARC = 8, /* width: that part of the median arc */
    PASSES_MAX = 24     /* over one bucket, before it is read in order of cost */
};

/* --- width of buckets --- */

static int compare_times(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Any width gives the same costs. Wide buckets hold nodes that improve each other, narrow ones are
 * empty: the width follows the arcs, hence the unit of their times. */
static unsigned shift_for(const road_arcs *arcs)
{
    uint32_t time[SAMPLE_ARCS];
    size_t arc_count = arcs->start[arcs->node_count], count = 0;
    size_t step = arc_count / SAMPLE_ARCS + 1;
    for (size_t i = 0; i < arc_count; i += step)
        if (arcs->link[i].time > 0)
            time[count++] = arcs->link[i].time;
    if (count == 0)
        return 0;
    qsort(time, count, sizeof *time, compare_times);
    unsigned shift = 0;
    while (time[count / 2] >> shift > BUCKETS_AN_ARC)
        shift++;
    return shift;
}

/* --- making --- */

status search_new(search **out, const road_arcs *arcs, const search_options *options, error *err)
{
    size_t n = arcs->node_count;
    search *s = memory_new(1, sizeof *s);
    if (!s)
        return memory_error(err, sizeof *s);
    s->arcs = arcs;
    if (options)
        s->options = *options;
    bool times = s->options.labels == SEARCH_TIMES;
    size_t label_bytes = times ? sizeof *s->time : sizeof *s->cost;
    void *labels = memory_new(n, label_bytes);
    s->reached = memory_new(n, sizeof *s->reached);
    if (times)
        s->time = labels;
    else
        s->cost = labels;
    if (!labels || !s->reached) {
        search_free(s);
        return memory_error(err, n * (label_bytes + sizeof *s->reached));
    }
    s->queue.shift = shift_for(arcs) + (times ? 0 : 32);
    *out = s;
    return STATUS_OK;
}

void search_free(search *s)
{
    if (!s)
        return;
    memory_free(s->cost);
    memory_free(s->time);
    memory_free(s->target);
    memory_free(s->reached);
    memory_free(s->onward);
    queue_clear(&s->queue);
    memory_free(s);
}

/* --- labels: `times` is known where these are compiled into a loop --- */

static inline uint64_t label_of(const search *s, uint32_t node, bool times)
{
    return times ? (uint32_t)~s->time[node] : ~s->cost[node];
}

/* Lowers the label of a node; false: it is as low already. */
static inline bool label_lower(search *s, uint32_t node, uint64_t label, bool times)
{
    uint64_t old = times ? s->time[node] : s->cost[node];
    uint64_t lower = times ? (uint32_t)~label : ~label;
    if (lower <= old)
        return false;
    if (old == 0)
        s->reached[s->reached_count++] = node;
    if (times)
        s->time[node] = (uint32_t)lower;
    else
        s->cost[node] = lower;
    return true;
}

static void forget(search *s)
{
    for (size_t i = 0; s->time && i < s->reached_count; i++)
        s->time[s->reached[i]] = 0;
    for (size_t i = 0; s->cost && i < s->reached_count; i++)
        s->cost[s->reached[i]] = 0;
    s->reached_count = 0;
    queue_empty(&s->queue);
}

/* --- searching --- */

static inline bool cancelled(const search *s)
{
    return s->options.cancel && atomic_load_explicit(s->options.cancel, memory_order_relaxed) != 0;
}

/* Follows the arcs of a node whose label may be final. */
static inline status node_read(search *s, uint32_t node, uint64_t label, bool times, error *err)
{
    const road_arcs *a = s->arcs;
    const road_link *link = a->link + a->start[node], *end = a->link + a->start[node + 1];
    const uint64_t room = s->limit - label;
    status result = queue_reserve(&s->queue, (size_t)(end - link), err);
    if (result)
        return result;
    if (s->targets_left > 0 && s->target[node]) {
        s->target[node] = 0;
        s->targets_left--;
    }
    for (; link < end; link++) {
        uint64_t step = times ? link->time : road_link_cost(link);
        if (step <= room && label_lower(s, link->node, label + step, times))
            queue_push(&s->queue, label + step, link->node);
    }
    return STATUS_OK;
}

/* The nodes of the top chunk of a batch; copied, since the pool may move. */
static inline status chunk_read(search *s, uint32_t at, bool times, error *err)
{
    const search_queue *q = &s->queue;
    status result = STATUS_OK;
    size_t count = 0;
    uint32_t nodes[QUEUE_CHUNK];
    const uint32_t *top = queue_nodes(q, at, &count);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = top[i];
        __builtin_prefetch(&s->arcs->link[s->arcs->start[nodes[i]]]);
    }
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        uint64_t label = label_of(s, nodes[i], times);
        if (label >> q->shift == q->current)
            result = node_read(s, nodes[i], label, times, err);
    }
    return result;
}

/* One pass over what waits in the current bucket. */
static inline status batch_read(search *s, bool times, error *err)
{
    search_queue *q = &s->queue;
    status result = STATUS_OK;
    for (uint32_t at = queue_batch(q); at != 0; at = queue_drop(q, at)) {
        if (result == STATUS_OK && cancelled(s))
            result = error_set(err, STATUS_INTERRUPTED, M_SEARCH_CANCELLED);
        if (result == STATUS_OK)
            result = chunk_read(s, at, times, err);
    }
    return result;
}

/* What waits in the current bucket goes to the heap, and with it all that is pushed into it. */
static status bucket_to_heap(search *s, bool times, error *err)
{
    search_queue *q = &s->queue;
    status result = STATUS_OK;
    q->first = q->current + 1;
    for (uint32_t at = queue_batch(q); at != 0; at = queue_drop(q, at)) {
        size_t count = 0;
        const uint32_t *node = queue_nodes(q, at, &count);
        result = result ? result : queue_reserve(q, 2 * count, err);
        node = queue_nodes(q, at, &count);
        for (size_t i = 0; i < count && result == STATUS_OK; i++) {
            uint64_t label = label_of(s, node[i], times);
            if (label >> q->shift == q->current)
                queue_heap_push(q, label, node[i]);
        }
    }
    return result;
}

/* The current bucket in order of cost, for arcs far shorter than the bucket is wide: passes could
 * then go on for as long as paths have arcs. */
static status bucket_read_sorted(search *s, bool times, error *err)
{
    search_queue *q = &s->queue;
    status result = bucket_to_heap(s, times, err);
    while (result == STATUS_OK && queue_heap_has(q, q->current)) {
        queue_entry e = queue_heap_pop(q);
        if (cancelled(s))
            result = error_set(err, STATUS_INTERRUPTED, M_SEARCH_CANCELLED);
        else if (e.cost == label_of(s, e.node, times))
            result = node_read(s, e.node, e.cost, times, err);
    }
    return result;
}

static inline status bucket_read(search *s, bool times, error *err)
{
    status result = STATUS_OK;
    for (int pass = 0; result == STATUS_OK && queue_waits(&s->queue); pass++)
        result = pass < PASSES_MAX ? batch_read(s, times, err) : bucket_read_sorted(s, times, err);
    return result;
}

static inline status search_run(search *s, uint32_t source, bool times, error *err)
{
    bool targeted = s->targets_left > 0, found = true;
    status result = queue_reserve(&s->queue, 1, err);
    if (result)
        return result;
    (void)label_lower(s, source, 0, times);
    queue_push(&s->queue, 0, source);
    while (found && result == STATUS_OK && !(targeted && s->targets_left == 0)) {
        result = queue_next(&s->queue, &found, err);
        if (found && result == STATUS_OK)
            result = bucket_read(s, times, err);
    }
    return result;
}

/* `limit` in units of time. */
static status run(search *s, uint32_t source, uint32_t limit, error *err)
{
    uint32_t time = limit < SEARCH_TIME_MAX ? limit : SEARCH_TIME_MAX;
    forget(s);
    if (s->options.labels == SEARCH_TIMES) {
        s->limit = time;
        return search_run(s, source, true, err);
    }
    s->limit = road_cost_of(time, UINT32_MAX);
    return search_run(s, source, false, err);
}

status search_within(search *s, uint32_t source, uint32_t limit, error *err)
{
    return run(s, source, limit, err);
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
    s->targets_left = targets_mark(s, targets, count);
    status result = run(s, source, SEARCH_UNBOUNDED, err);
    s->targets_left = 0;
    for (size_t i = 0; i < count; i++)
        s->target[targets[i]] = 0; /* those out of reach */
    return result;
}

road_cost search_cost(const search *s, uint32_t node)
{
    if (s->cost)
        return ~s->cost[node];
    return s->time[node] == 0 ? ROAD_COST_NONE : road_cost_of(~s->time[node], 0);
}

uint32_t search_time(const search *s, uint32_t node)
{
    return s->time ? ~s->time[node] : road_cost_time(~s->cost[node]);
}

const uint32_t *search_reached(const search *s, size_t *count)
{
    *count = s->reached_count;
    return s->reached;
}
