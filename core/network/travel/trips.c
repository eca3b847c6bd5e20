#include "network/travel/trips.h"

#include <string.h>

#include "base/blocks.h"
#include "network/messages.h"
#include "network/travel/trips_work.h"

int trips_threads(const trips *t)
{
    return blocks_threads(t->request.threads);
}

size_t trips_rows_room(const trips *t)
{
    return trips_room(t) / 4;
}

void trips_count(trips *t, uint64_t looked_at, uint64_t pairs, uint64_t time)
{
    atomic_fetch_add(&t->pairs, pairs);
    atomic_fetch_add(&t->time, time);
    const uint64_t done = atomic_fetch_add(&t->done, looked_at) + looked_at;
    if (t->request.progress)
        progress_advance(t->request.progress, (size_t)done, (size_t)t->plan.pairs_max);
}

char *trips_write(const trips *t, size_t from, size_t to, road_cost drive, char *at,
                  trip_sums *sums)
{
    const trip_ends *a = t->request.from, *b = t->request.to;
    const size_t from_row = t->from_row[from], to_row = t->to_row[to];
    const uint64_t time = (uint64_t)road_cost_time(drive) + a->walk[from_row] + b->walk[to_row];
    const uint64_t m = (uint64_t)road_cost_m(drive) + a->walk_m[from_row] + b->walk_m[to_row];
    if (drive == ROAD_COST_NONE || !trips_within(t, time))
        return at;
    sums->pairs++;
    sums->time += time;
    return trip_row_put(&t->rows, at, from_row, to_row, time, m);
}

status trips_put(trips *t, size_t part, size_t parts, char *text, size_t size, error *err)
{
    char *fitted = memory_resize(text, size, 1);
    return ordered_output_put(t->output, part, parts, fitted ? fitted : text, size, err);
}

/* --- limits and walks --- */

static uint32_t least_walk(const trip_ends *e)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < e->count; i++)
        if (e->node[i] != NETWORK_NONE && e->walk[i] < least)
            least = e->walk[i];
    return least == UINT32_MAX ? 0 : least;
}

/* What is left for the drive when both walks are the shortest; each trip is then cut exactly. */
static void set_limit(trips *t)
{
    const uint64_t walks = (uint64_t)least_walk(t->request.from) + least_walk(t->request.to);
    t->limit = TABLE_UNBOUNDED;
    if (t->request.limit == TRIPS_UNLIMITED)
        return;
    t->none = walks > t->request.limit;
    const uint64_t left = t->none ? 0 : t->request.limit - walks;
    t->limit = left < TABLE_UNBOUNDED ? (uint32_t)left : TABLE_UNBOUNDED;
}

/* --- beginning and end --- */

static status prepare(trips *t, error *err)
{
    const trips_request *r = &t->request;
    t->rows = trip_rows_of(r->network, r->from, r->to);
    set_limit(t);
    if (r->progress)
        t->quiet = (progress){.lang = r->progress->lang, .cancel = r->progress->cancel};
    status result = r->pairs ? trips_pairs_prepare(t, err) : trips_table_prepare(t, err);
    if (result == STATUS_OK && r->path)
        t->plan.memory +=
            trips_rows_room(t) +
            ordered_output_bytes(r->pairs ? trips_pairs_parts(t) : trips_table_parts(t));
    return result;
}

status trips_new(trips **out, const trips_request *request, error *err)
{
    *out = NULL;
    trips *t = memory_new(1, sizeof *t);
    if (!t)
        return memory_error(err, sizeof *t);
    t->request = *request;
    status result = prepare(t, err);
    if (result) {
        trips_free(t);
        return result;
    }
    *out = t;
    return STATUS_OK;
}

void trips_free(trips *t)
{
    if (!t)
        return;
    memory_free(t->from);
    memory_free(t->to);
    memory_free(t->from_row);
    memory_free(t->to_row);
    memory_free(t->walk);
    memory_free(t);
}

const trips_plan *trips_planned(const trips *t)
{
    return &t->plan;
}

static status run_either(trips *t, error *err)
{
    if (t->none && !t->request.pairs)
        return STATUS_OK;
    return t->request.pairs ? trips_pairs_run(t, err) : trips_table_run(t, err);
}

static status run_into_file(trips *t, error *err)
{
    const trips_request *r = &t->request;
    file_stream *file = NULL;
    const size_t parts = r->pairs ? trips_pairs_parts(t) : trips_table_parts(t);
    status result = file_stream_open(&file, r->path, err);
    if (result == STATUS_OK)
        result = file_stream_write(file, trip_rows_header, strlen(trip_rows_header), err);
    if (result == STATUS_OK)
        result = ordered_output_new(&t->output, file, r->path, parts, trips_rows_room(t), err);
    if (result == STATUS_OK)
        result = run_either(t, err);
    if (result == STATUS_OK)
        result = ordered_output_finish(t->output, err);
    if (result == STATUS_OK && trips_stopped(t))
        result = STATUS_INTERRUPTED;
    if (result == STATUS_OK)
        result = file_stream_publish(file, err);
    ordered_output_free(t->output);
    t->output = NULL;
    file_stream_free(file);
    return result;
}

status trips_run(trips *t, trips_totals *out, error *err)
{
    status result = t->request.path ? run_into_file(t, err) : run_either(t, err);
    *out = (trips_totals){.pairs = atomic_load(&t->pairs), .time = atomic_load(&t->time)};
    out->without = t->plan.pairs_max - out->pairs;
    return result == STATUS_INTERRUPTED ? error_set(err, result, M_TRIP_STOPPED) : result;
}
