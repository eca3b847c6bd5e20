/* Costs of pairs: by to-node, so that one climb, or one search, serves all the pairs that end
 * there. */
#include "base/blocks.h"
#include "network/search/lender.h"
#include "network/search/search.h"
#include "network/search/sweep.h"
#include "network/search/table_work.h"

typedef struct pairs_job {
    const pairs_request *request;
    const atomic_int *cancel;
    node_set from, to; /* entries are pairs */
    road_cost *cost;
    sweep_plan plan;
    lender *sweeps;
    lender *searches;
    atomic_size_t done;
} pairs_job;

static void advance(pairs_job *j, size_t pairs)
{
    size_t done = atomic_fetch_add(&j->done, pairs) + pairs;
    if (j->request->progress)
        progress_advance(j->request->progress, done, j->request->count);
}

/* --- with the hierarchy --- */

/* The from-nodes of the pairs entry[first] .. entry[last - 1]. */
static size_t chosen_listed(const pairs_job *j, size_t first, size_t last, uint32_t *chosen)
{
    size_t count = 0;
    for (size_t k = first; k < last; k++)
        if (j->from.rank[j->to.entry[k]] != NODE_SET_NONE)
            chosen[count++] = j->from.rank[j->to.entry[k]];
    return count;
}

static void costs_read(const pairs_job *j, const sweep *s, block b)
{
    const road_cost *rows = s->rows;
    for (size_t rank = b.begin; rank < b.end; rank++)
        for (size_t k = j->to.start[rank]; k < j->to.start[rank + 1]; k++) {
            uint32_t pair = j->to.entry[k], from = j->from.rank[pair];
            if (from == NODE_SET_NONE)
                continue;
            road_cost c = rows[(size_t)sweep_row(s, from) * j->plan.kernel->lanes + rank - b.begin];
            j->cost[pair] = lanes_cost_entry(c);
        }
}

static status sweep_block(void *context, block b, error *err)
{
    pairs_job *j = context;
    size_t first = j->to.start[b.begin], last = j->to.start[b.end];
    uint32_t to[LANES_ROW_BYTES / sizeof(road_cost)];
    lent borrowed;
    uint32_t *chosen = memory_new(last - first, sizeof *chosen);
    if (!chosen)
        return memory_error(err, (last - first) * sizeof *chosen);
    status result = lender_borrow(j->sweeps, &borrowed, err);
    if (result)
        goto done;
    sweep *s = borrowed.thing;
    for (size_t i = b.begin; i < b.end; i++)
        to[i - b.begin] = (uint32_t)i;
    size_t count = chosen_listed(j, first, last, chosen);
    result = sweep_run(s, to, b.end - b.begin, TABLE_UNBOUNDED, chosen, count, err);
    if (result == STATUS_OK)
        costs_read(j, s, b);
    lender_return(j->sweeps, borrowed);
    advance(j, last - first);
done:
    memory_free(chosen);
    return result;
}

static status sweep_make(const void *context, void **out, error *err)
{
    const pairs_job *j = context;
    sweep *s = NULL;
    status result = sweep_new(&s, &j->plan, err);
    *out = s;
    return result;
}

static void sweep_drop(void *thing)
{
    sweep_free(thing);
}

static status by_sweep(pairs_job *j, int threads, error *err)
{
    static const lender_kind kind = {.make = sweep_make, .free = sweep_drop};
    const lanes_kernel *kernel = lanes_costs(j->request->level);
    status result = sweep_plan_make(&j->plan, j->request->network->hierarchy, &j->from, &j->to,
                                    SWEEP_CHOSEN, kernel, threads, j->cancel, err);
    if (result == STATUS_OK)
        result = lender_new(&j->sweeps, &kind, j, (size_t)threads, err);
    if (result == STATUS_OK)
        result = blocks_run(j->to.count, kernel->lanes, threads, j->cancel, sweep_block, j, err);
    lender_free(j->sweeps);
    sweep_plan_clear(&j->plan);
    return result;
}

/* --- without --- */

static status node_search(pairs_job *j, search *s, size_t rank, error *err)
{
    size_t first = j->to.start[rank], last = j->to.start[rank + 1], count = 0;
    uint32_t *targets = memory_new(last - first, sizeof *targets);
    if (!targets)
        return memory_error(err, (last - first) * sizeof *targets);
    for (size_t k = first; k < last; k++)
        if (j->from.rank[j->to.entry[k]] != NODE_SET_NONE)
            targets[count++] = j->request->from[j->to.entry[k]];
    status result = search_targets(s, j->to.node[rank], targets, count, err);
    for (size_t k = first; k < last && result == STATUS_OK; k++) {
        uint32_t pair = j->to.entry[k];
        if (j->from.rank[pair] != NODE_SET_NONE)
            j->cost[pair] = search_cost(s, j->request->from[pair]);
    }
    memory_free(targets);
    advance(j, last - first);
    return result;
}

static status search_block(void *context, block b, error *err)
{
    pairs_job *j = context;
    lent borrowed;
    status result = lender_borrow(j->searches, &borrowed, err);
    if (result)
        return result;
    for (size_t rank = b.begin; rank < b.end && result == STATUS_OK; rank++)
        result = node_search(j, borrowed.thing, rank, err);
    lender_return(j->searches, borrowed);
    return result;
}

static status search_make(const void *context, void **out, error *err)
{
    const pairs_job *j = context;
    search_options options = {.labels = SEARCH_COSTS, .cancel = j->cancel};
    search *s = NULL;
    status result = search_new(&s, &j->request->network->to, &options, err);
    *out = s;
    return result;
}

static void search_drop(void *thing)
{
    search_free(thing);
}

static status by_search(pairs_job *j, int threads, error *err)
{
    static const lender_kind kind = {.make = search_make, .free = search_drop};
    status result = lender_new(&j->searches, &kind, j, (size_t)threads, err);
    if (result == STATUS_OK)
        result = blocks_run(j->to.count, TABLE_BATCH, threads, j->cancel, search_block, j, err);
    lender_free(j->searches);
    return result;
}

/* --- pairs --- */

uint64_t pairs_memory(const pairs_request *r)
{
    const network *n = r->network;
    uint64_t threads = (uint64_t)blocks_threads(r->threads);
    /* A thread lists the from-nodes of its pairs; no pair is in two lists. */
    uint64_t all = 2 * node_set_memory(r->count, n->node_count) + r->count * sizeof(uint32_t);
    if (!n->hierarchy)
        return all + threads * table_search_memory(n, false);
    sweep_sizes s = sweep_memory(n->hierarchy, r->from, r->count, r->to, r->count, SWEEP_CHOSEN,
                                 r->progress ? r->progress->cancel : NULL);
    return all + s.plan + threads * s.sweep;
}

status pairs_run(const pairs_request *r, road_cost *cost, error *err)
{
    pairs_job j = {.request = r, .cost = cost, .cancel = r->progress ? r->progress->cancel : NULL};
    int threads = blocks_threads(r->threads);
    for (size_t i = 0; i < r->count; i++)
        cost[i] = ROAD_COST_NONE;
    status result = node_set_make(&j.from, r->from, r->count, r->network->node_count, err);
    if (result == STATUS_OK)
        result = node_set_make(&j.to, r->to, r->count, r->network->node_count, err);
    if (result == STATUS_OK)
        result = r->network->hierarchy ? by_sweep(&j, threads, err) : by_search(&j, threads, err);
    node_set_clear(&j.from);
    node_set_clear(&j.to);
    return result;
}
