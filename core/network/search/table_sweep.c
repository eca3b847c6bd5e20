/* Tables by sweeps of a hierarchy, each for as many to-nodes as a row has lanes. */
#include "base/blocks.h"
#include "network/search/lender.h"
#include "network/search/sweep.h"
#include "network/search/table_work.h"

typedef struct sweep_job {
    table_work *work;
    sweep_plan plan;
    lender *batches;
    uint32_t *row; /* SWEEP_WHOLE: of each from-entry */
} sweep_job;

/* What a thread works with. */
typedef struct sweep_batch {
    const sweep_job *job;
    sweep *sweep;
    table_columns columns;
    uint32_t *list, *list_row; /* SWEEP_CUT: from-entries that some lane reaches, and their rows */
    size_t list_count;
} sweep_batch;

/* --- columns within the limit: the entries kept move up --- */

static size_t times_kept(uint32_t *time, uint32_t *from, const uint32_t *list, size_t count,
                         uint32_t limit)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t value = time[i];
        from[kept] = list ? list[i] : (uint32_t)i;
        time[kept] = value;
        kept += value <= limit;
    }
    return kept;
}

static size_t costs_kept(road_cost *cost, uint32_t *from, const uint32_t *list, size_t count,
                         uint32_t limit)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        road_cost value = cost[i];
        from[kept] = list ? list[i] : (uint32_t)i;
        cost[kept] = value;
        kept += value <= road_cost_of(limit, UINT32_MAX);
    }
    return kept;
}

static void column_keep(sweep_batch *b, size_t column, size_t count)
{
    const table_request *r = b->job->work->request;
    table_columns *c = &b->columns;
    uint32_t *from = c->from ? c->from + column * c->stride : NULL;
    if (!from)
        c->count[column] = count;
    else if (r->times_only)
        c->count[column] = times_kept(table_times(c, column), from, b->list, count, r->limit);
    else
        c->count[column] = costs_kept(table_costs(c, column), from, b->list, count, r->limit);
}

/* --- a batch --- */

static void cut_listed(sweep_batch *b)
{
    const sweep_job *j = b->job;
    const sweep *s = b->sweep;
    for (uint32_t i = 0; i < s->live_count; i++) {
        uint32_t rank = j->plan.from_rank[s->live[i]];
        if (rank != CLOSURE_NONE)
            table_from_add(j->work, &b->columns, rank);
    }
    b->list_count = table_from_list(j->work, &b->columns, b->list);
    for (size_t i = 0; i < b->list_count; i++)
        b->list_row[i] = sweep_row(s, j->work->from.rank[b->list[i]]);
}

/* The columns of lanes `lane` on, those of the to-nodes order[first] on. */
static status group_hand_over(sweep_batch *b, size_t first, size_t columns, unsigned lane,
                              error *err)
{
    const sweep_job *j = b->job;
    bool cut = j->plan.kind == SWEEP_CUT;
    size_t count = cut ? b->list_count : j->work->from.entries;
    j->plan.kernel->columns(b->sweep->rows, cut ? b->list_row : j->row, count, lane,
                            b->columns.value, b->columns.stride);
    for (size_t k = 0; k < columns; k++)
        column_keep(b, k, count);
    return table_hand_over(j->work, &b->columns, first, columns, err);
}

static status batch_run(sweep_batch *b, block at, error *err)
{
    const table_work *w = b->job->work;
    uint32_t to[LANES_ROW_BYTES / sizeof(uint32_t)];
    size_t lanes = at.end - at.begin;
    for (size_t i = 0; i < lanes; i++)
        to[i] = w->to.rank[w->order[at.begin + i]];
    status result = sweep_run(b->sweep, to, lanes, w->request->limit, NULL, 0, err);
    if (result == STATUS_OK && b->job->plan.kind == SWEEP_CUT)
        cut_listed(b);
    for (size_t i = 0; i < lanes && result == STATUS_OK; i += TABLE_BATCH) {
        if (w->cancel && atomic_load(w->cancel))
            break; /* blocks_run says so */
        size_t columns = lanes - i < TABLE_BATCH ? lanes - i : TABLE_BATCH;
        result = group_hand_over(b, at.begin + i, columns, (unsigned)i, err);
    }
    return result;
}

static void batch_free(void *thing)
{
    sweep_batch *b = thing;
    sweep_free(b->sweep);
    table_columns_clear(&b->columns);
    memory_free(b->list);
    memory_free(b->list_row);
    memory_free(b);
}

static status batch_make(const void *context, void **out, error *err)
{
    const sweep_job *j = context;
    const table_request *r = j->work->request;
    sweep_batch *b = memory_new(1, sizeof *b);
    if (!b)
        return memory_error(err, sizeof *b);
    b->job = j;
    status result = sweep_new(&b->sweep, &j->plan, err);
    if (result == STATUS_OK)
        result = table_columns_make(&b->columns, r, err);
    if (result == STATUS_OK && j->plan.kind == SWEEP_CUT) {
        b->list = memory_new(r->from_count, sizeof *b->list);
        b->list_row = memory_new(r->from_count, sizeof *b->list_row);
        if (!b->list || !b->list_row)
            result = memory_error(err, 2 * r->from_count * sizeof *b->list);
    }
    if (result)
        batch_free(b);
    else
        *out = b;
    return result;
}

static status sweep_block(void *context, block at, error *err)
{
    sweep_job *j = context;
    lent borrowed;
    status result = lender_borrow(j->batches, &borrowed, err);
    if (result)
        return result;
    result = batch_run(borrowed.thing, at, err);
    lender_return(j->batches, borrowed);
    return result;
}

/* --- a table --- */

static status rows_listed(sweep_job *j, error *err)
{
    const node_set *from = &j->work->from;
    j->row = memory_new(from->entries, sizeof *j->row);
    if (!j->row)
        return memory_error(err, from->entries * sizeof *j->row);
    for (size_t i = 0; i < from->entries; i++)
        if (from->rank[i] != NODE_SET_NONE)
            j->row[i] = j->plan.row[j->plan.from.given[from->rank[i]]];
    return STATUS_OK;
}

status table_by_sweep(table_work *w, bool cut, error *err)
{
    static const lender_kind kind = {.make = batch_make, .free = batch_free};
    const table_request *r = w->request;
    const lanes_kernel *kernel = r->times_only ? lanes_times(r->level) : lanes_costs(r->level);
    int threads = blocks_threads(r->threads);
    sweep_job j = {.work = w};
    status result = sweep_plan_make(&j.plan, r->network->hierarchy, &w->from, &w->to,
                                    cut ? SWEEP_CUT : SWEEP_WHOLE, kernel, threads, w->cancel, err);
    if (result == STATUS_OK && !cut)
        result = rows_listed(&j, err);
    if (result == STATUS_OK)
        result = lender_new(&j.batches, &kind, &j, (size_t)threads, err);
    if (result == STATUS_OK)
        result = blocks_run(r->to_count, kernel->lanes, threads, w->cancel, sweep_block, &j, err);
    lender_free(j.batches);
    sweep_plan_clear(&j.plan);
    memory_free(j.row);
    return result;
}
