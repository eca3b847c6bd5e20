/* A table without a limit has a cost for nearly every pair, and far more text than memory: costs of
 * some to-points at a time, eight bytes a pair, then their rows, in order. */
#include <string.h>

#include "base/blocks.h"
#include "network/travel/trips_work.h"

enum { PIECE_ROWS = 1 << 14 };

typedef struct slab {
    trips *trips;
    size_t begin, end; /* to-points */
    road_cost *cost;   /* from_count of each */
} slab;

static size_t pieces(const trips *t)
{
    return blocks_count(t->from_count, PIECE_ROWS);
}

/* To-points of a slab: a whole batch at least. */
static size_t slab_rows(const trips *t)
{
    const size_t row = t->from_count * sizeof(road_cost);
    const size_t fit = row > 0 ? trips_room(t) / row : 0;
    const size_t rows = fit > TABLE_BATCH ? fit - fit % TABLE_BATCH : TABLE_BATCH;
    return rows < t->to_count ? rows : t->to_count;
}

size_t trips_dense_parts(const trips *t)
{
    return t->to_count * pieces(t);
}

uint64_t trips_dense_memory(const trips *t)
{
    const uint64_t costs = (uint64_t)slab_rows(t) * t->from_count * sizeof(road_cost);
    return costs + (uint64_t)PIECE_ROWS * t->rows.row_max * (uint64_t)trips_threads(t);
}

/* Half of the work is done. */
static status keep_columns(void *context, const cost_column *columns, size_t count, error *err)
{
    slab *s = context;
    const size_t row = s->trips->from_count;
    (void)err;
    for (size_t c = 0; c < count; c++)
        memcpy(s->cost + columns[c].to * row, columns[c].cost, row * sizeof *s->cost);
    trips_count(s->trips, count * row / 2, 0, 0);
    return STATUS_OK;
}

/* One block is one piece of the rows of one to-point. */
static status write_piece(void *context, block b, error *err)
{
    const slab *s = context;
    trips *t = s->trips;
    const size_t to = s->begin + b.index / pieces(t);
    const size_t begin = b.index % pieces(t) * PIECE_ROWS, left = t->from_count - begin;
    const size_t count = left < PIECE_ROWS ? left : PIECE_ROWS;
    const road_cost *cost = s->cost + (to - s->begin) * t->from_count + begin;
    char *text = memory_new(count, t->rows.row_max), *end = text;
    trip_sums sums = {0};
    if (!text)
        return memory_error(err, count * t->rows.row_max);
    for (size_t i = 0; i < count; i++)
        end = trips_write(t, begin + i, to, cost[i], end, &sums);
    trips_count(t, count - count / 2, sums.pairs, sums.time);
    return trips_put(t, to * pieces(t) + b.index % pieces(t), 1, text, (size_t)(end - text), err);
}

static status run_slab(slab *s, table_request r, error *err)
{
    trips *t = s->trips;
    r.to += s->begin;
    r.to_count = s->end - s->begin;
    status result = table_run(&r, t->plan.method, keep_columns, s, err);
    if (result)
        return result;
    return blocks_run(r.to_count * pieces(t), 1, trips_threads(t),
                      t->request.progress ? t->request.progress->cancel : NULL, write_piece, s,
                      err);
}

status trips_dense_run(trips *t, const table_request *r, error *err)
{
    const size_t rows = slab_rows(t);
    status result = STATUS_OK;
    slab s = {.trips = t, .cost = memory_new(rows * t->from_count, sizeof *s.cost)};
    if (!s.cost)
        return memory_error(err, rows * t->from_count * sizeof *s.cost);
    for (s.begin = 0; s.begin < t->to_count && result == STATUS_OK; s.begin = s.end) {
        s.end = t->to_count - s.begin > rows ? s.begin + rows : t->to_count;
        result = run_slab(&s, *r, err);
    }
    memory_free(s.cost);
    return result;
}
