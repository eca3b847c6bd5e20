/* Searches: their memory, their limits and targets, what they found. */
#include "network/search/search.h"

#include <stdlib.h>

#include "base/memory.h"
#include "network/search/search_state.h"

enum {
    SAMPLE_ARCS = 1023, /* looked at to choose the width of buckets */
    BUCKETS_AN_ARC = 8  /* width: that part of the median arc */
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

enum { PAGE_BYTES = 4096 };

static void pages_take(void *labels, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += PAGE_BYTES)
        ((volatile char *)labels)[at] = 0;
}

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
    s->reached = memory_new(n + 1, sizeof *s->reached);
    if (times)
        s->time = labels;
    else
        s->cost = labels;
    if (!labels || !s->reached) {
        search_free(s);
        return memory_error(err, n * (label_bytes + sizeof *s->reached));
    }
    if (s->options.many)
        pages_take(labels, n * label_bytes);
    queue_init(&s->queue, shift_for(arcs) + (times ? 0 : 32));
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

/* --- searching --- */

static void forget(search *s)
{
    for (size_t i = 0; s->time && i < s->reached_count; i++)
        s->time[s->reached[i]] = 0;
    for (size_t i = 0; s->cost && i < s->reached_count; i++)
        s->cost[s->reached[i]] = 0;
    s->reached_count = 0;
    queue_empty(&s->queue);
}

/* `limit` in units of time. */
static status run(search *s, uint32_t source, uint32_t limit, error *err)
{
    uint32_t time = limit < SEARCH_TIME_MAX ? limit : SEARCH_TIME_MAX;
    forget(s);
    s->limit = s->time ? time : road_cost_of(time, UINT32_MAX);
    return search_run(s, source, err);
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
