/* Costs of places and venues on a network, by whatever method suits: exact integers, so that none
 * of them shows in the results. */
#include "network/travel/roads_costs.h"

#include <math.h>
#include <stdlib.h>

/* --- limits --- */

static uint32_t walk_of(const cost_engine *e, const snaps *at, size_t i)
{
    const roads_state *s = e->provider_state;
    return snap_walk(s->network, (uint32_t)at->m[i]);
}

/* The limit in whole units, inclusive; the hair keeps 1.1 min at 660 ds. */
static int64_t limit_units(const cost_engine *e)
{
    const roads_state *s = e->provider_state;
    return (int64_t)floor(e->mode.limit_min * s->network->units_per_minute + 1e-6);
}

/* Of every trip to this venue: the walk from the network, and parking. */
static int64_t venue_fixed(const cost_engine *e, uint32_t venue)
{
    const roads_state *s = e->provider_state;
    return walk_of(e, &s->venues, venue) +
           llround(cost_engine_parking_min(e, venue) * s->network->units_per_minute);
}

/* The least walk of a place; what the nearest venue leaves of the limit goes to the drive. */
static int64_t place_walk_least(const cost_engine *e)
{
    const roads_state *s = e->provider_state;
    int64_t least = INT64_MAX;
    for (size_t p = 0; p < s->places.count; p++)
        if (s->places.node[p] != SNAP_NONE && walk_of(e, &s->places, p) < least)
            least = walk_of(e, &s->places, p);
    return least == INT64_MAX ? 0 : least;
}

/* --- points as the table wants them --- */

typedef struct placed {
    uint32_t node, place;
} placed;

static int by_node(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static void group(roads_costs *c, const placed *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || all[i].node != all[i - 1].node) {
            c->place_start[c->from_count] = (uint32_t)i;
            c->from[c->from_count++] = all[i].node;
        }
        c->place[i] = all[i].place;
    }
    c->place_start[c->from_count] = (uint32_t)count;
}

static status take_places(roads_state *s, error *err)
{
    roads_costs *c = &s->costs;
    const size_t places = s->places.count;
    size_t count = 0;
    placed *all = memory_new(places, sizeof *all);
    c->from = memory_new(places, sizeof *c->from);
    c->place = memory_new(places, sizeof *c->place);
    c->place_start = memory_new(places + 1, sizeof *c->place_start);
    const bool made = all && c->from && c->place && c->place_start;
    for (uint32_t p = 0; made && p < places; p++)
        if (s->places.node[p] != SNAP_NONE)
            all[count++] = (placed){.node = s->places.node[p], .place = p};
    if (made) {
        qsort(all, count, sizeof *all, by_node);
        group(c, all, count);
    }
    memory_free(all);
    return made ? STATUS_OK : memory_error(err, places * (sizeof *all + 3 * sizeof *c->from));
}

static status take_venues(const cost_engine *e, error *err)
{
    roads_state *s = e->provider_state;
    roads_costs *c = &s->costs;
    const int64_t limit = limit_units(e) - place_walk_least(e);
    int64_t most = 0;
    c->to = memory_new(s->venues.count, sizeof *c->to);
    c->venue = memory_new(s->venues.count, sizeof *c->venue);
    if (!c->to || !c->venue)
        return memory_error(err, 2 * s->venues.count * sizeof *c->to);
    for (uint32_t v = 0; v < s->venues.count; v++) {
        const int64_t left = s->venues.node[v] != SNAP_NONE ? limit - venue_fixed(e, v) : -1;
        if (left < 0)
            continue;
        most = left > most ? left : most;
        c->to[c->to_count] = s->venues.node[v];
        c->venue[c->to_count++] = v;
    }
    c->limit = most < TABLE_UNBOUNDED ? (uint32_t)most : TABLE_UNBOUNDED;
    return STATUS_OK;
}

static table_request request_of(const cost_engine *e, progress *quiet)
{
    const roads_state *s = e->provider_state;
    return (table_request){.network = s->network,
                           .from = s->costs.from,
                           .to = s->costs.to,
                           .from_count = s->costs.from_count,
                           .to_count = s->costs.to_count,
                           .limit = s->costs.limit,
                           .threads = e->threads,
                           .progress = quiet};
}

status roads_costs_prepare(cost_engine *e, error *err)
{
    static const char *const names[] = {"search", "cut_sweep", "sweep"};
    roads_state *s = e->provider_state;
    status result = take_places(s, err);
    if (result == STATUS_OK)
        result = take_venues(e, err);
    if (result)
        return result;
    const table_request r = request_of(e, NULL);
    s->costs.method = table_method_for(&r, &s->costs.why);
    facts_add(&e->facts, "method", "%s", names[s->costs.method]);
    facts_add(&e->facts, "method_reason", "%s", s->costs.why);
    return STATUS_OK;
}

void roads_costs_clear(roads_costs *c)
{
    memory_free(c->from);
    memory_free(c->place_start);
    memory_free(c->place);
    memory_free(c->to);
    memory_free(c->venue);
    *c = (roads_costs){0};
}

/* --- place x venue --- */

typedef struct venues_work {
    const cost_engine *engine;
    cost_rows *rows;
    int64_t limit;
    atomic_size_t done;
} venues_work;

/* The places of one node, at a drive of `cost`. */
static status add_places(const venues_work *w, size_t from, uint32_t venue, int64_t fixed,
                         road_cost cost, error *err)
{
    const roads_state *s = w->engine->provider_state;
    const double units = s->network->units_per_minute;
    status result = STATUS_OK;
    for (uint32_t i = s->costs.place_start[from];
         i < s->costs.place_start[from + 1] && result == STATUS_OK; i++) {
        const uint32_t p = s->costs.place[i];
        const int64_t time = fixed + road_cost_time(cost) + walk_of(w->engine, &s->places, p);
        const double m = road_cost_m(cost) + s->places.m[p] + s->venues.m[venue];
        const cost_row row = {.place = p, .minutes = (double)time / units, .km = m / 1000.0};
        if (time <= w->limit)
            result = cost_rows_add(&w->rows[venue], row, err);
    }
    return result;
}

static status take_columns(void *context, const cost_column *columns, size_t count, error *err)
{
    venues_work *w = context;
    const cost_engine *e = w->engine;
    const roads_state *s = e->provider_state;
    status result = STATUS_OK;
    for (size_t c = 0; c < count && result == STATUS_OK; c++) {
        const cost_column *one = &columns[c];
        const uint32_t venue = s->costs.venue[one->to];
        const int64_t fixed = venue_fixed(e, venue);
        for (size_t i = 0; i < one->count && result == STATUS_OK; i++)
            if (one->cost[i] != ROAD_COST_NONE)
                result =
                    add_places(w, one->from ? one->from[i] : i, venue, fixed, one->cost[i], err);
        cost_rows_sort(&w->rows[venue]);
    }
    const size_t done = atomic_fetch_add(&w->done, count) + count;
    if (e->progress)
        progress_advance(e->progress, done, s->costs.to_count);
    return result;
}

status roads_all_venues(const cost_engine *e, cost_rows *rows, error *err)
{
    const roads_state *s = e->provider_state;
    venues_work w = {.engine = e, .rows = rows, .limit = limit_units(e)};
    progress quiet = {0}; /* the bar counts venues */
    if (e->progress)
        quiet = (progress){.lang = e->progress->lang, .cancel = e->progress->cancel};
    const table_request r = request_of(e, e->progress ? &quiet : NULL);
    if (r.from_count == 0 || r.to_count == 0)
        return STATUS_OK;
    return table_run(&r, s->costs.method, take_columns, &w, err);
}

/* --- place x place, never cut --- */

static void pair_set(const cost_engine *e, const cost_pairs *p, size_t i, road_cost cost)
{
    const roads_state *s = e->provider_state;
    const uint32_t o = p->origin[i], d = p->destination[i];
    if (o == d)
        return;
    p->state[i] = VALUE_UNREACHABLE;
    if (cost == ROAD_COST_NONE)
        return;
    const int64_t time =
        (int64_t)road_cost_time(cost) + walk_of(e, &s->places, o) + walk_of(e, &s->places, d);
    p->minutes[i] = (double)time / s->network->units_per_minute;
    p->km[i] = (road_cost_m(cost) + s->places.m[o] + s->places.m[d]) / 1000.0;
    p->state[i] = VALUE_PRESENT;
}

status roads_all_pairs(const cost_engine *e, const cost_pairs *p, error *err)
{
    const roads_state *s = e->provider_state;
    status result = STATUS_OK;
    uint32_t *from = memory_new(p->count, sizeof *from);
    uint32_t *to = memory_new(p->count, sizeof *to);
    road_cost *cost = memory_new(p->count, sizeof *cost);
    if (!from || !to || !cost) {
        result = memory_error(err, p->count * (2 * sizeof *from + sizeof *cost));
        goto done;
    }
    for (size_t i = 0; i < p->count; i++) {
        const bool same = p->origin[i] == p->destination[i];
        from[i] = same ? NETWORK_NONE : s->places.node[p->origin[i]];
        to[i] = same ? NETWORK_NONE : s->places.node[p->destination[i]];
    }
    const pairs_request r = {.network = s->network,
                             .from = from,
                             .to = to,
                             .count = p->count,
                             .threads = e->threads,
                             .progress = e->progress};
    result = p->count > 0 ? pairs_run(&r, cost, err) : STATUS_OK;
    for (size_t i = 0; i < p->count && result == STATUS_OK; i++)
        pair_set(e, p, i, cost[i]);
done:
    memory_free(from);
    memory_free(to);
    memory_free(cost);
    return result;
}

/* --- isochrones --- */

status roads_isochrones(const cost_engine *e, const isochrone_request *r, polygons **out,
                        isochrone_facts *facts, error *err)
{
    const roads_state *s = e->provider_state;
    uint32_t *fixed = memory_new(s->venues.count, sizeof *fixed);
    if (!fixed)
        return memory_error(err, s->venues.count * sizeof *fixed);
    for (uint32_t v = 0; v < s->venues.count; v++)
        if (s->venues.node[v] != SNAP_NONE)
            fixed[v] = (uint32_t)venue_fixed(e, v);
    const isochrone_roads roads = {.mode = e->mode.id,
                                   .network = s->network,
                                   .snapper = s->snapper,
                                   .places = &s->places,
                                   .venues = &s->venues,
                                   .venue_fixed = fixed,
                                   .threads = e->threads,
                                   .progress = e->progress};
    const status result = isochrones_build(&roads, r, out, facts, err);
    memory_free(fixed);
    return result;
}
