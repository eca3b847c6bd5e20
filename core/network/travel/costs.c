/* The engine of costs: checks, dispatch to a provider, blocks of venues, pairs grouped by origin.
 */
#include "network/travel/costs.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "network/travel/cost_provider.h"
#include "network/messages.h"

enum { LIMIT_MAX_MIN = 24 * 60, PARKING_MAX_MIN = 60 };

static const cost_provider *provider_of(travel_source source)
{
    static const cost_provider *const providers[] = {[TRAVEL_ESTIMATE] = &estimate_provider,
                                                     [TRAVEL_ROADS] = &roads_provider,
                                                     [TRAVEL_MATRIX] = &matrix_provider};
    return providers[source];
}

static status mode_check(const travel_mode *m, faults *list)
{
    if (m->source == TRAVEL_MATRIX && !m->matrix)
        return faults_refuse(list, SOURCE_NONE, M_COSTS_MATRIX, m->id);
    if (m->source == TRAVEL_ESTIMATE && strcmp(m->id, "car") != 0)
        return faults_refuse(list, SOURCE_NONE, M_COSTS_MODE, m->id);
    if (m->source == TRAVEL_ROADS && (!m->path || !m->network))
        return faults_refuse(list, SOURCE_NONE, M_COSTS_NO_PATH, m->id);
    if (!(m->limit_min > 0 && m->limit_min <= LIMIT_MAX_MIN))
        return faults_refuse(list, SOURCE_NONE, M_COSTS_LIMIT, m->limit_min,
                             (unsigned)LIMIT_MAX_MIN);
    if (m->source == TRAVEL_ESTIMATE && !(m->circuity >= 1 && isfinite(m->circuity)))
        return faults_refuse(list, SOURCE_NONE, M_COSTS_CIRCUITY, m->circuity);
    if (!(m->parking_min >= 0 && m->parking_min <= PARKING_MAX_MIN))
        return faults_refuse(list, SOURCE_NONE, M_COSTS_PARKING, m->parking_min,
                             (unsigned)PARKING_MAX_MIN);
    return STATUS_OK;
}

static void engine_facts(cost_engine *e)
{
    static const char *const sources[] = {
        [TRAVEL_ESTIMATE] = "estimate", [TRAVEL_ROADS] = "roads", [TRAVEL_MATRIX] = "matrix"};
    facts_add(&e->facts, "source", "%s", sources[e->mode.source]);
    facts_add(&e->facts, "limit_min", "%g", e->mode.limit_min);
    facts_add(&e->facts, "parking_min", "%g", e->mode.parking_min);
}

status cost_engine_new(cost_engine **out, const travel_mode *mode, const travel_points *points,
                       int threads, ledger *balance, progress *p, faults *faults_list)
{
    error err = {0};
    status result = mode_check(mode, faults_list);
    if (result)
        return result;
    cost_engine *e = memory_new(1, sizeof *e);
    if (!e) {
        (void)memory_error(&err, sizeof *e);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    e->provider = provider_of(mode->source);
    e->mode = *mode;
    memcpy(e->mode_id, mode->id, strnlen(mode->id, sizeof e->mode_id - 1));
    e->mode.id = e->mode_id;
    e->points = *points;
    e->threads = threads > 0 ? threads : 1;
    e->progress = p;
    engine_facts(e);
    result = e->provider->open(e, balance, faults_list);
    e->mode.path = NULL; /* the caller's, only wanted while opening */
    if (result) {
        cost_engine_free(e);
        return result;
    }
    *out = e;
    return STATUS_OK;
}

void cost_engine_free(cost_engine *e)
{
    if (!e)
        return;
    e->provider->close(e->provider_state);
    memory_free(e);
}

const costs_facts *cost_engine_facts(const cost_engine *e)
{
    return &e->facts;
}

double cost_engine_parking_min(const cost_engine *e, uint32_t venue)
{
    const travel_points *p = &e->points;
    uint32_t commune = p->venue_place ? p->venue_place[venue] : UINT32_MAX;
    uint32_t density = commune < p->place_count && p->place_density ? p->place_density[commune] : 0;
    return density == 1 || density == 2 ? e->mode.parking_min : 0;
}

static const atomic_int *cancel_of(const cost_engine *e)
{
    return e->progress ? e->progress->cancel : NULL;
}

/* Blocks end in any order: what is shown is how many did. */
typedef struct advance {
    const cost_engine *engine;
    atomic_size_t done;
    size_t total;
} advance;

static void advance_by(advance *a, size_t rows)
{
    size_t done = atomic_fetch_add(&a->done, rows) + rows;
    if (a->engine->progress)
        progress_advance(a->engine->progress, done, a->total);
}

/* --- place x venue --- */

typedef struct venues_work {
    const cost_engine *engine;
    cost_rows *rows; /* one a venue */
    advance advance;
} venues_work;

static status venues_block(void *context, block b, error *err)
{
    venues_work *w = context;
    status result = w->engine->provider->venues(w->engine, b, w->rows + b.begin, err);
    if (result)
        error_prefix(err, M_COSTS_VENUES, (unsigned long long)b.begin + 1,
                     (unsigned long long)b.end);
    advance_by(&w->advance, b.end - b.begin);
    return result;
}

status cost_engine_venues(cost_engine *e, costs **out, error *err)
{
    size_t count = e->points.venue_count;
    venues_work w = {.engine = e, .advance = {.engine = e, .total = count}};
    w.rows = memory_new(count, sizeof *w.rows);
    if (!w.rows)
        return memory_error(err, count * sizeof *w.rows);
    status result = e->provider->all_venues ? e->provider->all_venues(e, w.rows, err)
                                            : blocks_run(count, BLOCK_VENUES, e->threads,
                                                         cancel_of(e), venues_block, &w, err);
    if (result == STATUS_OK)
        result = costs_freeze(&e->mode, e->points.place_count, count, w.rows,
                              e->provider->place_snap_m(e), e->provider->venue_snap_m(e), out, err);
    for (size_t v = 0; v < count; v++)
        cost_rows_clear(&w.rows[v]);
    memory_free(w.rows);
    return result;
}

/* --- pairs: commutes; no parking is added, which only compares venues --- */

/* Pairs of two different places, grouped by origin: group o is order[start[o]] ..
 * order[start[o+1]]. */
typedef struct pairs_work {
    const cost_engine *engine;
    const uint32_t *destination;
    size_t *start, *order;
    double *minutes, *km;
    uint8_t *state;
    advance advance;
} pairs_work;

static status group_by_origin(pairs_work *w, const uint32_t *origin, size_t n, error *err)
{
    size_t places = w->engine->points.place_count;
    w->start = memory_new(places + 1, sizeof *w->start);
    w->order = memory_new(n, sizeof *w->order);
    if (!w->start || !w->order)
        return memory_error(err, (places + n) * sizeof *w->start);
    for (size_t i = 0; i < n; i++)
        w->start[origin[i] + 1] += origin[i] != w->destination[i];
    for (size_t p = 0; p < places; p++)
        w->start[p + 1] += w->start[p];
    for (size_t i = 0; i < n; i++)
        if (origin[i] != w->destination[i])
            w->order[w->start[origin[i]]++] = i;
    memmove(w->start + 1, w->start, places * sizeof *w->start);
    w->start[0] = 0;
    return STATUS_OK;
}

/* Room for the trips of one origin. */
typedef struct trip_room {
    uint32_t *destination;
    double *minutes, *km;
    uint8_t *state;
} trip_room;

static status trip_room_new(trip_room *room, size_t count, error *err)
{
    room->destination = memory_new(count, sizeof *room->destination);
    room->minutes = memory_new(count, sizeof *room->minutes);
    room->km = memory_new(count, sizeof *room->km);
    room->state = memory_new(count, sizeof *room->state);
    return room->destination && room->minutes && room->km && room->state
               ? STATUS_OK
               : memory_error(err, count * 21);
}

static void trip_room_clear(trip_room *room)
{
    memory_free(room->destination);
    memory_free(room->minutes);
    memory_free(room->km);
    memory_free(room->state);
}

static status origin_run(const pairs_work *w, uint32_t origin, error *err)
{
    const size_t *order = w->order + w->start[origin];
    size_t count = w->start[origin + 1] - w->start[origin];
    trip_room room = {0};
    if (count == 0)
        return STATUS_OK;
    status result = trip_room_new(&room, count, err);
    if (result)
        goto done;
    for (size_t i = 0; i < count; i++)
        room.destination[i] = w->destination[order[i]];
    const cost_trips trips = {.origin = origin,
                              .destination = room.destination,
                              .count = count,
                              .minutes = room.minutes,
                              .km = room.km,
                              .state = room.state};
    result = w->engine->provider->pairs(w->engine, &trips, err);
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        w->minutes[order[i]] = room.minutes[i];
        w->km[order[i]] = room.km[i];
        w->state[order[i]] = room.state[i];
    }
done:
    trip_room_clear(&room);
    return result;
}

static status origins_block(void *context, block b, error *err)
{
    pairs_work *w = context;
    status result = STATUS_OK;
    for (size_t o = b.begin; o < b.end && result == STATUS_OK; o++)
        result = origin_run(w, (uint32_t)o, err);
    advance_by(&w->advance, b.end - b.begin);
    return result;
}

status cost_engine_pairs(cost_engine *e, const uint32_t *origin, const uint32_t *destination,
                         size_t n, double *minutes, double *km, uint8_t *state, error *err)
{
    size_t places = e->points.place_count;
    pairs_work w = {.engine = e,
                    .destination = destination,
                    .minutes = minutes,
                    .km = km,
                    .state = state,
                    .advance = {.engine = e, .total = places}};
    for (size_t i = 0; i < n; i++) {
        assert(origin[i] < places && destination[i] < places);
        minutes[i] = km[i] = 0;
        state[i] = VALUE_PRESENT;
    }
    if (e->provider->all_pairs) {
        const cost_pairs all = {.origin = origin,
                                .destination = destination,
                                .count = n,
                                .minutes = minutes,
                                .km = km,
                                .state = state};
        return e->provider->all_pairs(e, &all, err);
    }
    status result = group_by_origin(&w, origin, n, err);
    if (result == STATUS_OK)
        result = blocks_run(places, BLOCK_VENUES, e->threads, cancel_of(e), origins_block, &w, err);
    memory_free(w.start);
    memory_free(w.order);
    return result;
}

/* --- pairs of communes, where the places are cells --- */

bool cost_engine_is_by_commune(const cost_engine *e)
{
    return e->provider->is_by_commune && e->provider->is_by_commune(e);
}

typedef struct commune_pairs_work {
    const cost_engine *engine;
    const char *const *code;
    const uint32_t *origin, *destination;
    double *minutes, *km;
    uint8_t *state;
} commune_pairs_work;

static status commune_pairs_block(void *context, block b, error *err)
{
    const commune_pairs_work *w = context;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++)
        w->engine->provider->commune_trip(w->engine, w->code[w->origin[i]],
                                          w->code[w->destination[i]], &w->minutes[i], &w->km[i],
                                          &w->state[i]);
    return STATUS_OK;
}

status cost_engine_commune_pairs(const cost_engine *e, const char *const *code,
                                 const uint32_t *origin, const uint32_t *destination, size_t n,
                                 double *minutes, double *km, uint8_t *state, error *err)
{
    commune_pairs_work w = {.engine = e,
                            .code = code,
                            .origin = origin,
                            .destination = destination,
                            .minutes = minutes,
                            .km = km,
                            .state = state};
    assert(cost_engine_is_by_commune(e));
    return blocks_run(n, BLOCK_ROWS, e->threads, cancel_of(e), commune_pairs_block, &w, err);
}

status cost_engine_isochrones(cost_engine *e, const isochrone_request *r, polygons **out,
                              isochrone_facts *facts, error *err)
{
    *out = NULL;
    *facts = (isochrone_facts){0};
    if (!e->provider->isochrones || r->subject_count == 0 || r->limit_count == 0)
        return STATUS_OK;
    const status result = e->provider->isochrones(e, r, out, facts, err);
    if (result != STATUS_OK)
        return result;
    facts_add(&e->facts, "isochrone_step_m", "%.0f", facts->step_m);
    facts_add(&e->facts, "isochrone_points", "%zu", facts->points);
    facts_add(&e->facts, "isochrone_vertices", "%zu", facts->vertices);
    return STATUS_OK;
}
