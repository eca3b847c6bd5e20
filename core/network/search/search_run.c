/* Dijkstra's algorithm over buckets of costs (Dial 1969; Denardo and Fox 1979), several costs to a
 * bucket: a node of the current bucket may be improved from within it, and is then read again.
 *
 * Whether an arc improves a node is a toss of a coin that no processor guesses: the inner loop
 * writes the same words either way, with masks in place of branches. */
#include "network/messages.h"
#include "network/search/search_state.h"

enum {
    PASSES_MAX = 24, /* over one bucket, before it is read in order of cost */
    DEGREE_MAX = 4,  /* of the nodes whose arcs are followed together, a chunk at a time */
    STEPS_MAX = DEGREE_MAX * QUEUE_CHUNK
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

/* An arc to follow from a node with that label. */
typedef struct step {
    uint64_t label;
    uint32_t link;
} step;

/* Follows arcs; there is room for as many pushes. */
TWICE void steps_follow(search *s, const step *steps, size_t count, bool times)
{
    const road_link *links = s->arcs->link;
    uint64_t *cost = s->cost;
    uint32_t *time = s->time, *reached = s->reached + s->reached_count;
    const uint64_t limit = s->limit;
    queue_pen pen = queue_pen_take(&s->queue);
    for (size_t i = 0; i < count; i++) {
        const road_link *link = &links[steps[i].link];
        uint32_t node = link->node;
        uint64_t add = times ? link->time : road_link_cost(link);
        uint64_t label = steps[i].label + add;
        /* Labels are kept as complements: better is larger. */
        uint64_t old = times ? time[node] : cost[node], new = times ? (uint32_t)~label : ~label;
        uint64_t mask = -(uint64_t)((add <= limit - steps[i].label) & (new > old));
        uint64_t kept = (new &mask) | (old & ~mask);
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
        steps_follow(s, &(step){.label = label, .link = i}, 1, times);
    return result;
}

/* The arcs of the nodes of a chunk, those of many arcs apart; returns how many. A node that was
 * settled in an earlier bucket gives none. */
TWICE size_t steps_gather(search *s, const uint32_t *nodes, size_t count, step *steps, bool times)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t *start = s->arcs->start + nodes[i];
        uint64_t label = label_of(s, nodes[i], times);
        bool current = label >> s->queue.shift == s->queue.current;
        uint32_t degree = start[1] - start[0];
        for (uint32_t k = 0; k < DEGREE_MAX; k++)
            steps[found + k] = (step){.label = label, .link = start[0] + k};
        found += current && degree <= DEGREE_MAX ? degree : 0;
    }
    return found;
}

TWICE status large_nodes_read(search *s, const uint32_t *nodes, size_t count, bool times,
                              error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        const uint32_t *start = s->arcs->start + nodes[i];
        uint64_t label = label_of(s, nodes[i], times);
        if (start[1] - start[0] > DEGREE_MAX && label >> s->queue.shift == s->queue.current)
            result = node_read(s, nodes[i], label, times, err);
    }
    return result;
}

/* The nodes of the top chunk of a batch; copied, since the pool may move. */
TWICE status chunk_read(search *s, uint32_t at, bool times, error *err)
{
    size_t count = 0;
    uint32_t nodes[QUEUE_CHUNK];
    step steps[STEPS_MAX];
    const uint32_t *top = queue_nodes(&s->queue, at, &count);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = top[i];
        __builtin_prefetch(&s->arcs->link[s->arcs->start[nodes[i]]]);
        target_settle(s, nodes[i]);
    }
    size_t found = steps_gather(s, nodes, count, steps, times);
    status result = queue_reserve(&s->queue, found, err);
    if (result == STATUS_OK)
        steps_follow(s, steps, found, times);
    return result ? result : large_nodes_read(s, nodes, count, times, err);
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
