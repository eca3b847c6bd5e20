/* Tables by a search against the traffic from each to-node. */
#include "base/blocks.h"
#include "network/search/lender.h"
#include "network/search/search.h"
#include "network/search/table_work.h"

enum { MANY_SEARCHES = 256 };

typedef struct search_job {
    table_work *work;
    lender *batches;
} search_job;

/* What a thread works with. */
typedef struct search_batch {
    search *search;
    table_columns columns;
} search_batch;

static void value_set(const table_work *w, table_columns *c, size_t column, size_t at,
                      const search *s, uint32_t node)
{
    bool known = node < w->request->network->node_count;
    if (w->request->times_only)
        table_times(c, column)[at] = known ? search_time(s, node) : UINT32_MAX;
    else
        table_costs(c, column)[at] = known ? search_cost(s, node) : ROAD_COST_NONE;
}

/* The from-nodes within the limit, found among the nodes reached. */
static size_t reached_listed(const table_work *w, table_columns *c, const search *s, uint32_t *list)
{
    size_t count = 0;
    const uint32_t *reached = search_reached(s, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t rank = node_set_rank(&w->from, reached[i]);
        if (rank != NODE_SET_NONE)
            table_from_add(w, c, rank);
    }
    return table_from_list(w, c, list);
}

static void column_fill(const table_work *w, table_columns *c, size_t column, const search *s)
{
    const table_request *r = w->request;
    uint32_t *list = c->from ? c->from + column * c->stride : NULL;
    size_t count = list ? reached_listed(w, c, s, list) : r->from_count;
    for (size_t i = 0; i < count; i++)
        value_set(w, c, column, i, s, r->from[list ? list[i] : i]);
    c->count[column] = count;
}

/* A to-node off the network. */
static void column_empty(const table_work *w, table_columns *c, size_t column)
{
    const table_request *r = w->request;
    c->count[column] = c->from ? 0 : r->from_count;
    for (size_t i = 0; i < c->count[column]; i++)
        if (r->times_only)
            table_times(c, column)[i] = UINT32_MAX;
        else
            table_costs(c, column)[i] = ROAD_COST_NONE;
}

static status batch_fill(table_work *w, search_batch *b, block at, error *err)
{
    const table_request *r = w->request;
    for (size_t i = at.begin; i < at.end; i++) {
        uint32_t node = r->to[w->order[i]];
        if (node >= r->network->node_count) {
            column_empty(w, &b->columns, i - at.begin);
            continue;
        }
        status result = search_within(b->search, node, r->limit, err);
        if (result)
            return result;
        column_fill(w, &b->columns, i - at.begin, b->search);
    }
    return table_hand_over(w, &b->columns, at.begin, at.end - at.begin, err);
}

static void batch_free(void *thing)
{
    search_batch *b = thing;
    search_free(b->search);
    table_columns_clear(&b->columns);
    memory_free(b);
}

static status batch_make(const void *context, void **out, error *err)
{
    const table_work *w = context;
    const table_request *r = w->request;
    search_options options = {.labels = r->times_only ? SEARCH_TIMES : SEARCH_COSTS,
                              .cancel = w->cancel,
                              .many = r->to_count >= MANY_SEARCHES};
    search_batch *b = memory_new(1, sizeof *b);
    if (!b)
        return memory_error(err, sizeof *b);
    status result = search_new(&b->search, &r->network->to, &options, err);
    if (result == STATUS_OK)
        result = table_columns_make(&b->columns, r, err);
    if (result)
        batch_free(b);
    else
        *out = b;
    return result;
}

static status search_block(void *context, block at, error *err)
{
    search_job *j = context;
    lent borrowed;
    status result = lender_borrow(j->batches, &borrowed, err);
    if (result)
        return result;
    result = batch_fill(j->work, borrowed.thing, at, err);
    lender_return(j->batches, borrowed);
    return result;
}

status table_by_search(table_work *w, error *err)
{
    static const lender_kind kind = {.make = batch_make, .free = batch_free};
    const table_request *r = w->request;
    search_job j = {.work = w};
    int threads = blocks_threads(r->threads);
    status result = lender_new(&j.batches, &kind, w, (size_t)threads, err);
    if (result == STATUS_OK)
        result = blocks_run(r->to_count, TABLE_BATCH, threads, w->cancel, search_block, &j, err);
    lender_free(j.batches);
    return result;
}

/* A node waits in the queue once for each arc that improves it, in a queue that grows by doubling
 * and is copied then. */
uint64_t table_search_memory(const network *n, bool times_only)
{
    uint64_t label = times_only ? sizeof(uint32_t) : sizeof(road_cost);
    return n->node_count * (label + sizeof(uint32_t) + 1) +
           3 * (uint64_t)n->arc_count * (sizeof(uint32_t) + 1) + (1 << 20);
}
