/* Dijkstra's algorithm over buckets of costs (Dial 1969; Denardo and Fox 1979), several costs to a
 * bucket: a node of the current bucket may be improved from within it, and is then read again.
 *
 * Whether an arc improves a node is a toss of a coin that no processor guesses: the inner loop
 * writes the same words either way, with masks in place of branches. */
#include "network/messages.h"
#include "network/search/search_state.h"

enum {
    PASSES_MAX = 24 /* over one bucket, before it is read in order of cost */
};

/* Compiled twice, for each kind of label: `times` is a constant in each. */
#define TWICE static inline __attribute__((always_inline))

TWICE uint64_t label_of(const search *s, uint32_t node, bool times)
{
    return times ? (uint32_t)~s->time[node] : ~s->cost[node];
}

static inline status check_cancel(const search *s, error *err)
{
    const atomic_int *cancel = s->options.cancel;
    if (!cancel || atomic_load_explicit(cancel, memory_order_relaxed) == 0)
        return STATUS_OK;
    return error_set(err, STATUS_INTERRUPTED, M_SEARCH_CANCELLED);
}

/* Follows arcs; there is room for as many pushes. */
TWICE void arcs_follow(search *s, const search_arc *from, size_t count, bool times)
{
    const road_link *links = s->arcs->link;
    uint64_t *cost = s->cost;
    uint32_t *time = s->time, *reached = s->reached + s->reached_count;
    const uint64_t limit = s->limit;
    queue_pen pen = queue_pen_take(&s->queue);
    for (size_t i = 0; i < count; i++) {
        const road_link *link = &links[from[i].link];
        uint32_t node = link->node;
        uint64_t add = times ? link->time : road_link_cost(link);
        uint64_t label = from[i].label + add;
        /* Labels are kept as complements: better is larger. */
        uint64_t old = times ? time[node] : cost[node];
        uint64_t lower = times ? (uint32_t)~label : ~label;
        uint64_t mask = -(uint64_t)((add <= limit - from[i].label) & (lower > old));
        uint64_t kept = (lower & mask) | (old & ~mask);
        if (times)
            time[node] = (uint32_t)kept;
        else
            cost[node] = kept;
        *reached = node;
        reached += mask & (old == 0);
        queue_push_if(&pen, label, node, mask);
    }
    s->reached_count = (size_t)(reached - s->reached);
    queue_pen_return(&pen);
}

static inline void target_settle(search *s, uint32_t node)
{
    if (s->targets_left > 0 && s->target[node]) {
        s->target[node] = 0; /* its label is final when its bucket is done */
        s->targets_left--;
    }
}

/* Follows the arcs of one node. */
TWICE status node_read(search *s, uint32_t node, uint64_t label, bool times, error *err)
{
    const uint32_t *start = s->arcs->start + node;
    status result = queue_reserve(&s->queue, start[1] - start[0], err);
    for (uint32_t i = start[0]; i < start[1] && result == STATUS_OK; i++)
        arcs_follow(s, &(search_arc){.label = label, .link = i}, 1, times);
    return result;
}

/* Copies the top chunk of a batch, since the pool may move. */
static inline void chunk_take(search *s, uint32_t at, search_chunk *c)
{
    const uint32_t *node = queue_nodes(&s->queue, at, &c->count);
    for (size_t i = 0; i < c->count; i++) {
        c->node[i] = node[i];
        __builtin_prefetch(&s->arcs->link[s->arcs->start[node[i]]]);
        target_settle(s, node[i]);
    }
}

/* The arcs of its nodes. A node that was settled in an earlier bucket gives none. */
TWICE void chunk_gather(const search *s, search_chunk *c, bool times)
{
    size_t arcs = 0, large = 0;
    for (size_t i = 0; i < c->count; i++) {
        const uint32_t *start = s->arcs->start + c->node[i];
        uint64_t label = label_of(s, c->node[i], times);
        bool current = label >> s->queue.shift == s->queue.current;
        uint32_t degree = start[1] - start[0];
        for (uint32_t k = 0; k < SEARCH_DEGREE_MAX; k++)
            c->arc[arcs + k] = (search_arc){.label = label, .link = start[0] + k};
        arcs += current && degree <= SEARCH_DEGREE_MAX ? degree : 0;
        c->large[large] = c->node[i];
        large += current && degree > SEARCH_DEGREE_MAX;
    }
    c->arc_count = arcs;
    c->large_count = large;
}

TWICE status chunk_read(search *s, uint32_t at, bool times, error *err)
{
    search_chunk *c = &s->chunk;
    chunk_take(s, at, c);
    chunk_gather(s, c, times);
    status result = queue_reserve(&s->queue, c->arc_count, err);
    if (result == STATUS_OK)
        arcs_follow(s, c->arc, c->arc_count, times);
    for (size_t i = 0; i < c->large_count && result == STATUS_OK; i++)
        result = node_read(s, c->large[i], label_of(s, c->large[i], times), times, err);
    return result;
}

/* One pass over what waits in the current bucket. */
TWICE status batch_read(search *s, bool times, error *err)
{
    search_queue *q = &s->queue;
    status result = STATUS_OK;
    for (uint32_t at = queue_batch(q); at != 0; at = queue_drop(q, at)) {
        result = result ? result : check_cancel(s, err);
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
        result = result ? result : queue_reserve(q, QUEUE_CHUNK, err);
        const uint32_t *node = queue_nodes(q, at, &count);
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
        result = check_cancel(s, err);
        if (result || e.cost != label_of(s, e.node, times))
            continue;
        target_settle(s, e.node);
        result = node_read(s, e.node, e.cost, times, err);
    }
    return result;
}

TWICE status run(search *s, uint32_t source, bool times, error *err)
{
    bool targeted = s->targets_left > 0, found = true;
    if (times)
        s->time[source] = UINT32_MAX;
    else
        s->cost[source] = UINT64_MAX;
    s->reached[s->reached_count++] = source;
    status result = queue_reserve(&s->queue, 1, err);
    if (result == STATUS_OK)
        queue_push(&s->queue, 0, source);
    while (found && result == STATUS_OK && !(targeted && s->targets_left == 0)) {
        result = queue_next(&s->queue, &found, err);
        for (int pass = 0; found && result == STATUS_OK && queue_waits(&s->queue); pass++)
            result =
                pass < PASSES_MAX ? batch_read(s, times, err) : bucket_read_sorted(s, times, err);
    }
    return result;
}

status search_run(search *s, uint32_t source, error *err)
{
    return s->time ? run(s, source, true, err) : run(s, source, false, err);
}
