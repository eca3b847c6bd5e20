/* A table of trips: columns of costs come from any thread, in any order, and leave as rows. */
#include "network/travel/trips_work.h"

enum { TEXT_BYTES = 1 << 20 };

/* --- the points that have a node --- */

static size_t with_node(const trip_ends *e)
{
    size_t count = 0;
    for (size_t i = 0; i < e->count; i++)
        count += e->node[i] != NETWORK_NONE;
    return count;
}

static status take_points(const trip_ends *e, uint32_t **node, uint32_t **row, size_t *count,
                          error *err)
{
    const size_t found = with_node(e);
    *node = memory_new(found, sizeof **node);
    *row = memory_new(found, sizeof **row);
    if (!*node || !*row)
        return memory_error(err, 2 * found * sizeof **node);
    for (size_t i = 0; i < e->count; i++) {
        if (e->node[i] == NETWORK_NONE)
            continue;
        (*node)[*count] = e->node[i];
        (*row)[(*count)++] = (uint32_t)i;
    }
    return STATUS_OK;
}

static status take_walks(trips *t, error *err)
{
    if (!t->request.from->walks)
        return STATUS_OK;
    t->walk = memory_new(t->from_count, sizeof *t->walk);
    if (!t->walk)
        return memory_error(err, t->from_count * sizeof *t->walk);
    for (size_t i = 0; i < t->from_count; i++)
        t->walk[i] = t->request.from->walk[t->from_row[i]];
    return STATUS_OK;
}

static table_request request_of(trips *t)
{
    return (table_request){.network = t->request.network,
                           .from = t->from,
                           .to = t->to,
                           .from_count = t->from_count,
                           .to_count = t->to_count,
                           .limit = t->limit,
                           .times_only = t->request.path == NULL,
                           .level = t->request.level,
                           .threads = trips_threads(t),
                           .progress = t->request.progress ? &t->quiet : NULL};
}

/* A column is formatted whole by each thread, after those kept waiting. */
static size_t column_bytes(const trips *t)
{
    return t->from_count * t->rows.row_max + TEXT_BYTES;
}

status trips_table_prepare(trips *t, error *err)
{
    status result = take_points(t->request.from, &t->from, &t->from_row, &t->from_count, err);
    if (result == STATUS_OK)
        result = take_points(t->request.to, &t->to, &t->to_row, &t->to_count, err);
    if (result == STATUS_OK)
        result = take_walks(t, err);
    if (result)
        return result;
    const table_request r = request_of(t);
    t->plan.method = table_method_for(&r, &t->plan.why);
    t->plan.pairs_max = (uint64_t)t->request.from->count * t->request.to->count;
    t->plan.memory = table_memory(&r, t->plan.method);
    if (trips_is_dense(t))
        t->plan.memory += trips_dense_memory(t);
    else if (t->request.path)
        t->plan.memory += (uint64_t)column_bytes(t) * (uint64_t)trips_threads(t);
    return STATUS_OK;
}

size_t trips_table_parts(const trips *t)
{
    return trips_is_dense(t) ? trips_dense_parts(t) : t->to_count;
}

/* --- columns --- */

/* Branch-free, for vectors: most of the work of a summed table is here. */
static trip_sums sum_whole(const trips *t, const uint32_t *time, uint64_t walk_to)
{
    trip_sums s = {0};
    const uint64_t limit = t->request.limit;
    for (size_t i = 0; i < t->from_count; i++) {
        const uint64_t total = time[i] + walk_to + (t->walk ? t->walk[i] : 0);
        const uint64_t in = (uint64_t)(time[i] != UINT32_MAX) & (uint64_t)(total <= limit);
        s.pairs += in;
        s.time += total & (0 - in);
    }
    return s;
}

static trip_sums sum_sparse(const trips *t, const cost_column *c, uint64_t walk_to)
{
    trip_sums s = {0};
    for (size_t i = 0; i < c->count; i++) {
        const uint64_t total = c->time[i] + walk_to + (t->walk ? t->walk[c->from[i]] : 0);
        if (c->time[i] == UINT32_MAX || !trips_within(t, total))
            continue;
        s.pairs++;
        s.time += total;
    }
    return s;
}

static status sum_columns(void *context, const cost_column *columns, size_t count, error *err)
{
    trips *t = context;
    trip_sums all = {0};
    (void)err;
    for (size_t c = 0; c < count; c++) {
        const uint64_t walk_to = t->request.to->walk[t->to_row[columns[c].to]];
        const trip_sums s = columns[c].from ? sum_sparse(t, &columns[c], walk_to)
                                            : sum_whole(t, columns[c].time, walk_to);
        all.pairs += s.pairs;
        all.time += s.time;
    }
    trips_count(t, count * t->request.from->count, all.pairs, all.time);
    return STATUS_OK;
}

/* The rows of one column from `at` on; returns their end. */
static char *write_column(const trips *t, const cost_column *c, char *at, trip_sums *s)
{
    for (size_t i = 0; i < c->count; i++)
        at = trips_write(t, c->from ? c->from[i] : i, c->to, c->cost[i], at, s);
    return at;
}

/* As many of the columns as follow one another in the output and fit a text, one at least. */
static size_t run_of(const trips *t, const cost_column *columns, size_t count, size_t *bytes)
{
    size_t taken = 1;
    *bytes = columns[0].count * t->rows.row_max;
    while (taken < count && columns[taken].to == columns[taken - 1].to + 1 &&
           *bytes + columns[taken].count * t->rows.row_max <= TEXT_BYTES)
        *bytes += columns[taken++].count * t->rows.row_max;
    return taken;
}

static status write_run(trips *t, const cost_column *columns, size_t count, size_t bytes,
                        trip_sums *all, error *err)
{
    char *text = memory_new(bytes, 1), *end = text;
    if (!text)
        return memory_error(err, bytes);
    for (size_t c = 0; c < count && !trips_stopped(t); c++)
        end = write_column(t, &columns[c], end, all);
    return trips_put(t, columns[0].to, count, text, (size_t)(end - text), err);
}

static status write_columns(void *context, const cost_column *columns, size_t count, error *err)
{
    trips *t = context;
    trip_sums all = {0};
    size_t bytes = 0;
    status result = STATUS_OK;
    for (size_t c = 0, taken = 0; c < count && result == STATUS_OK && !trips_stopped(t);
         c += taken) {
        taken = run_of(t, columns + c, count - c, &bytes);
        result = write_run(t, columns + c, taken, bytes, &all, err);
    }
    trips_count(t, count * t->request.from->count, all.pairs, all.time);
    return result;
}

status trips_table_run(trips *t, error *err)
{
    const table_request r = request_of(t);
    if (t->from_count == 0 || t->to_count == 0)
        return STATUS_OK;
    if (trips_is_dense(t))
        return trips_dense_run(t, &r, err);
    return table_run(&r, t->plan.method, t->output ? write_columns : sum_columns, t, err);
}
