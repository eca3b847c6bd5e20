/* Which method fills a table, and what it takes (docs/decisions/028). */
#include "network/search/tables.h"

#include "base/blocks.h"
#include "network/search/sweep.h"
#include "network/search/table_work.h"

/* The method that fills the table when `asked` is. */
static table_method method_used(const table_request *r, table_method asked)
{
    if (!r->network->hierarchy)
        return METHOD_SEARCH;
    return asked == METHOD_CUT_SWEEP && r->limit == TABLE_UNBOUNDED ? METHOD_SWEEP : asked;
}

/* To look at what the from-nodes see of the hierarchy takes as long as one short search for every
 * thousand of them. */
enum { FROM_NODES_A_SEARCH = 1000 };

static bool few_venues(const table_request *r)
{
    return r->to_count <= TABLE_BATCH || r->to_count < r->from_count / FROM_NODES_A_SEARCH;
}

table_method table_method_for(const table_request *r, const char **why)
{
    if (!r->network->hierarchy) {
        *why = "no hierarchy";
        return METHOD_SEARCH;
    }
    if (r->limit == TABLE_UNBOUNDED) {
        *why = "hierarchy, no limit";
        return METHOD_SWEEP;
    }
    if (few_venues(r)) {
        *why = "limit, few venues";
        return METHOD_SEARCH;
    }
    *why = "hierarchy, limit";
    return METHOD_CUT_SWEEP;
}

/* Blocks of `lanes` to-nodes, no more of them at once than threads. */
static uint64_t at_once(const table_request *r, size_t lanes)
{
    size_t blocks = blocks_count(r->to_count, lanes), threads = (size_t)blocks_threads(r->threads);
    return blocks < threads ? blocks : threads;
}

uint64_t table_memory(const table_request *r, table_method method)
{
    const network *n = r->network;
    uint64_t each = table_columns_memory(r);
    method = method_used(r, method);
    if (method == METHOD_SEARCH)
        return table_work_memory(r) +
               at_once(r, TABLE_BATCH) * (each + table_search_memory(n, r->times_only));
    bool cut = method == METHOD_CUT_SWEEP;
    sweep_sizes s =
        sweep_memory(n->hierarchy, r->from, r->from_count, r->to, r->to_count,
                     cut ? SWEEP_CUT : SWEEP_WHOLE, r->progress ? r->progress->cancel : NULL);
    uint64_t lists = (cut ? 2 : 0) * (uint64_t)r->from_count * sizeof(uint32_t);
    const lanes_kernel *kernel = r->times_only ? lanes_times(r->level) : lanes_costs(r->level);
    return table_work_memory(r) + s.plan + r->from_count * sizeof(uint32_t) +
           at_once(r, kernel->lanes) * (each + lists + s.sweep);
}

status table_run(const table_request *r, table_method method, table_sink sink, void *context,
                 error *err)
{
    table_work w;
    method = method_used(r, method);
    status result = table_work_make(&w, r, sink, context, err);
    if (result == STATUS_OK)
        result = method == METHOD_SEARCH ? table_by_search(&w, err)
                                         : table_by_sweep(&w, method == METHOD_CUT_SWEEP, err);
    table_work_clear(&w);
    return result;
}
