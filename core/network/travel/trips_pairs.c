/* Trips row by row: all costs first, eight bytes a pair, then the rows. */
#include "base/blocks.h"
#include "network/travel/trips_work.h"

static bool has_nodes(const trips *t, size_t i)
{
    return t->request.from->node[i] != NETWORK_NONE && t->request.to->node[i] != NETWORK_NONE;
}

static pairs_request request_of(const trips *t)
{
    return (pairs_request){.network = t->request.network,
                           .from = t->from,
                           .to = t->to,
                           .count = t->from_count,
                           .level = t->request.level,
                           .threads = trips_threads(t),
                           .progress = t->request.progress};
}

/* from_row: the row of each pair that has two nodes. */
status trips_pairs_prepare(trips *t, error *err)
{
    const size_t rows = t->request.from->count;
    t->from = memory_new(rows, sizeof *t->from);
    t->to = memory_new(rows, sizeof *t->to);
    if (!t->from || !t->to)
        return memory_error(err, 2 * rows * sizeof *t->from);
    for (size_t i = 0; i < rows; i++) {
        if (!has_nodes(t, i))
            continue;
        t->from[t->from_count] = t->request.from->node[i];
        t->to[t->from_count++] = t->request.to->node[i];
    }
    t->to_count = t->from_count;
    const pairs_request r = request_of(t);
    const size_t part_bytes = PAIRS_PER_PART * t->rows.row_max;
    t->plan.method = t->request.network->hierarchy ? METHOD_SWEEP : METHOD_SEARCH;
    t->plan.why = t->request.network->hierarchy ? "pairs, hierarchy" : "pairs, no hierarchy";
    t->plan.pairs_max = rows;
    t->plan.memory = pairs_memory(&r) + rows * sizeof(road_cost);
    if (t->request.path)
        t->plan.memory += (uint64_t)part_bytes * (uint64_t)trips_threads(t);
    return STATUS_OK;
}

size_t trips_pairs_parts(const trips *t)
{
    return blocks_count(t->request.from->count, PAIRS_PER_PART);
}

typedef struct pair_writing {
    trips *trips;
    const road_cost *cost; /* one a row */
} pair_writing;

typedef struct trip_sum {
    uint64_t time, m;
} trip_sum;

static bool trip_of(const pair_writing *w, size_t row, trip_sum *out)
{
    const trip_ends *from = w->trips->request.from, *to = w->trips->request.to;
    out->time = (uint64_t)road_cost_time(w->cost[row]) + from->walk[row] + to->walk[row];
    out->m = (uint64_t)road_cost_m(w->cost[row]) + from->walk_m[row] + to->walk_m[row];
    return w->cost[row] != ROAD_COST_NONE && trips_within(w->trips, out->time);
}

static status sum_rows(void *context, block b, error *err)
{
    const pair_writing *w = context;
    uint64_t pairs = 0, time = 0;
    trip_sum s;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        if (trip_of(w, i, &s)) {
            pairs++;
            time += s.time;
        }
    }
    trips_count(w->trips, b.end - b.begin, pairs, time);
    return STATUS_OK;
}

static status write_rows(void *context, block b, error *err)
{
    const pair_writing *w = context;
    const trip_rows *rows = &w->trips->rows;
    const size_t bytes = (b.end - b.begin) * rows->row_max;
    char *text = memory_new(bytes, 1), *end = text;
    trip_sum s;
    if (!text)
        return memory_error(err, bytes);
    for (size_t i = b.begin; i < b.end; i++)
        end = trip_of(w, i, &s) ? trip_row_put(rows, end, i, i, s.time, s.m)
                                : trip_row_put_none(rows, end, i, i);
    status result = trips_put(w->trips, b.index, 1, text, (size_t)(end - text), err);
    return result ? result : sum_rows(context, b, err);
}

/* Costs of pairs with two nodes lie packed at the front: spread over all rows, from the end. */
static void spread(const trips *t, road_cost *cost)
{
    size_t packed = t->from_count;
    for (size_t row = t->request.from->count; row-- > 0;)
        cost[row] = has_nodes(t, row) ? cost[--packed] : ROAD_COST_NONE;
}

status trips_pairs_run(trips *t, error *err)
{
    const size_t rows = t->request.from->count;
    const pairs_request r = request_of(t);
    road_cost *cost = memory_new(rows, sizeof *cost);
    if (!cost)
        return memory_error(err, rows * sizeof *cost);
    pair_writing w = {.trips = t, .cost = cost};
    status result = t->from_count > 0 ? pairs_run(&r, cost, err) : STATUS_OK;
    if (result == STATUS_OK) {
        spread(t, cost);
        result = blocks_run(rows, PAIRS_PER_PART, trips_threads(t),
                            t->request.progress ? t->request.progress->cancel : NULL,
                            t->output ? write_rows : sum_rows, &w, err);
    }
    memory_free(cost);
    return result;
}
