/* Travel costs over an OSM road network: fastest paths by car, a walk at 4 km/h at both ends. */
#include <math.h>

#include "network/travel/cost_provider.h"
#include "network/messages.h"
#include "network/build/osm_build.h"
#include "network/graph/transposed.h"
#include "network/source/road_file.h"
#include "network/search/search.h"
#include "network/travel/snap.h"

static const double DS_PER_MINUTE = 600.0;

typedef struct roads_state {
    network *network;
    transposed leaving; /* the arcs that leave each node */
    snapper *snapper;
    snaps places, venues;
    uint32_t *node_place,
        *next_place;        /* places of a node: a first one, and the next; SNAP_NONE ends */
    search_pool *to, *from; /* over the arcs that end in, and leave, each node */
} roads_state;

static void roads_close(void *provider_state)
{
    roads_state *s = provider_state;
    if (!s)
        return;
    search_pool_free(s->to);
    search_pool_free(s->from);
    snaps_clear(&s->places);
    snaps_clear(&s->venues);
    memory_free(s->node_place);
    memory_free(s->next_place);
    transposed_clear(&s->leaving);
    snapper_free(s->snapper);
    network_free(s->network);
    memory_free(s);
}

/* --- opening --- */

/* Ways read = used + ignored, each way counting for one. */
static status balance_fill(ledger *balance, const char *path, const osm_roads *roads,
                           const osm_build_facts *f, error *err)
{
    size_t entry = 0, ways = (size_t)roads->counts.ways;
    if (!balance)
        return STATUS_OK;
    status result = ledger_open(balance, "roads", path, &entry, err);
    if (result)
        return result;
    ledger_read(balance, entry, ways, (double)ways);
    ledger_use(balance, entry, f->ways_open, (double)f->ways_open);
    if (f->ways_closed > 0)
        result = ledger_ignore(balance, entry, f->ways_closed, (double)f->ways_closed, err,
                               M_LEDGER_CLOSED);
    if (f->ways_short > 0 && result == STATUS_OK)
        result = ledger_ignore(balance, entry, f->ways_short, (double)f->ways_short, err,
                               M_LEDGER_SHORT);
    return result;
}

static double main_share(const network *g)
{
    return 100.0 * (double)g->main_size / (double)g->node_count;
}

static void network_facts(costs_facts *facts, const network *g)
{
    for (uint32_t i = 0; i < g->fact_count; i++)
        facts_add(facts, g->facts[i].key, "%s", g->facts[i].value);
    facts_add(facts, "nodes", "%u", g->node_count);
    facts_add(facts, "arcs", "%u", g->arc_count);
    facts_add(facts, "components", "%u", g->component_count);
    facts_add(facts, "main_component_nodes", "%u", g->main_size);
    facts_add(facts, "main_component_percent", "%.2f", main_share(g));
}

/* The ways of the file into a graph, its facts and its balance. */
static status network_build(cost_engine *e, const osm_roads *roads, const road_profile *profile,
                            ledger *balance, faults *faults_list)
{
    roads_state *s = e->provider_state;
    const osm_build_options options = {
        .name = e->mode.path, .profile = profile, .threads = e->threads, .progress = e->progress};
    osm_build_facts f = {0};
    error err = {0};
    road_draft draft = {0};
    status result = osm_build(roads, &options, &draft, &f, faults_list);
    if (result) {
        road_draft_clear(&draft);
        return result;
    }
    if (network_make(&s->network, &draft, e->threads, e->progress, &err))
        return faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    network_facts(&e->facts, s->network);
    if (balance_fill(balance, e->mode.path, roads, &f, &err))
        return faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    if (main_share(s->network) < 50)
        faults_warn(faults_list, source_at(e->mode.path, 0, 0), M_COSTS_PARTS,
                    main_share(s->network));
    return STATUS_OK;
}

static size_t with_point(const snaps *s)
{
    size_t found = 0;
    for (size_t i = 0; i < s->count; i++)
        found += isnan(s->m[i]) ? 0 : 1;
    return found;
}

/* Roads of elsewhere would make a white zone of the whole territory: more than half of the places
 * out of reach is a refusal, fewer a warning. */
static status judge_cover(const cost_engine *e, faults *faults_list)
{
    const roads_state *s = e->provider_state;
    const unsigned long long far = s->places.far, places = with_point(&s->places);
    const unsigned reach_km = SNAP_LIMIT_M / 1000;
    if (far > places / 2)
        return faults_refuse(faults_list, source_at(e->mode.path, 0, 0), M_COSTS_ELSEWHERE, far,
                             places, reach_km);
    if (far > 0)
        faults_warn(faults_list, source_at(e->mode.path, 0, 0), M_COSTS_FAR, far, places, reach_km);
    return STATUS_OK;
}

static status snap_facts(cost_engine *e, faults *faults_list)
{
    const roads_state *s = e->provider_state;
    facts_add(&e->facts, "places_beyond_network", "%zu", s->places.far);
    facts_add(&e->facts, "venues_beyond_network", "%zu", s->venues.far);
    facts_add(&e->facts, "place_snap_mean_m", "%.1f", s->places.mean_m);
    facts_add(&e->facts, "place_snap_max_m", "%.0f", s->places.max_m);
    facts_add(&e->facts, "venue_snap_mean_m", "%.1f", s->venues.mean_m);
    facts_add(&e->facts, "venue_snap_max_m", "%.0f", s->venues.max_m);
    if (s->venues.far > 0)
        faults_warn(faults_list, source_at(e->mode.path, 0, 0), M_COSTS_FAR_VENUES,
                    (unsigned long long)s->venues.far, (unsigned)(SNAP_LIMIT_M / 1000));
    return judge_cover(e, faults_list);
}

static status places_chain(roads_state *s, error *err)
{
    size_t nodes = s->network->node_count, places = s->places.count;
    s->node_place = memory_new(nodes, sizeof *s->node_place);
    s->next_place = memory_new(places, sizeof *s->next_place);
    if (!s->node_place || !s->next_place)
        return memory_error(err, (nodes + places) * sizeof *s->node_place);
    for (size_t n = 0; n < nodes; n++)
        s->node_place[n] = SNAP_NONE;
    for (uint32_t p = 0; p < places; p++) {
        uint32_t node = s->places.node[p];
        if (node == SNAP_NONE)
            continue;
        s->next_place[p] = s->node_place[node];
        s->node_place[node] = p;
    }
    return STATUS_OK;
}

static status network_snap(cost_engine *e, error *err)
{
    roads_state *s = e->provider_state;
    const travel_points *p = &e->points;
    status result = snapper_new(&s->snapper, s->network, e->threads, err);
    if (result == STATUS_OK)
        result = snap_points(s->snapper, p->place_lon, p->place_lat, p->place_count, e->threads,
                             &s->places, err);
    if (result == STATUS_OK)
        result = snap_points(s->snapper, p->venue_lon, p->venue_lat, p->venue_count, e->threads,
                             &s->venues, err);
    if (result == STATUS_OK)
        result = places_chain(s, err);
    if (result == STATUS_OK)
        result = search_pool_new(&s->to, &s->network->to, e->threads, err);
    if (result == STATUS_OK)
        result = transposed_make(&s->leaving, &s->network->to, err);
    if (result == STATUS_OK)
        result = search_pool_new(&s->from, &s->leaving.arcs, e->threads, err);
    return result;
}

static status roads_open(cost_engine *e, zygote *z, ledger *balance, faults *faults_list)
{
    error err = {0};
    osm_roads *roads = NULL;
    road_profile *profile = NULL;
    e->provider_state = memory_new(1, sizeof(roads_state));
    if (!e->provider_state) {
        (void)memory_error(&err, sizeof(roads_state));
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    status result = road_profile_read(e->mode.profile, &profile, faults_list);
    if (result == STATUS_OK)
        result = road_file_load(z, e->mode.path, road_profile_wanted(profile), e->threads, &roads,
                                faults_list);
    if (result == STATUS_OK)
        result = network_build(e, roads, profile, balance, faults_list);
    if (result == STATUS_OK && network_snap(e, &err))
        result = faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    if (result == STATUS_OK)
        result = snap_facts(e, faults_list);
    osm_roads_free(roads);
    road_profile_free(profile);
    return result;
}

/* --- place x venue --- */

static int64_t walk_ds(double snap_m)
{
    return (int64_t)snap_m * SNAP_DS_PER_METRE;
}

/* The limit in whole deciseconds, inclusive; the hair keeps 1.1 min at 660 ds. */
static int64_t limit_ds(const cost_engine *e)
{
    return (int64_t)floor(e->mode.limit_min * DS_PER_MINUTE + 1e-6);
}

/* Of every trip to this venue: the walk from the network, and parking. */
static int64_t venue_fixed_ds(const cost_engine *e, uint32_t venue)
{
    const roads_state *s = e->provider_state;
    return walk_ds(s->venues.m[venue]) + llround(cost_engine_parking_min(e, venue) * DS_PER_MINUTE);
}

/* Places snapped to the nodes reached. */
static status venue_rows(const cost_engine *e, const search *found, uint32_t venue, cost_rows *rows,
                         error *err)
{
    const roads_state *s = e->provider_state;
    int64_t fixed_ds = venue_fixed_ds(e, venue), limit = limit_ds(e);
    size_t count = 0;
    const uint32_t *reached = search_reached(found, &count);
    for (size_t i = 0; i < count; i++) {
        road_cost drive = search_cost(found, reached[i]);
        for (uint32_t p = s->node_place[reached[i]]; p != SNAP_NONE; p = s->next_place[p]) {
            int64_t ds = fixed_ds + road_cost_time(drive) + walk_ds(s->places.m[p]);
            double m = road_cost_m(drive) + s->places.m[p] + s->venues.m[venue];
            const cost_row row = {
                .place = p, .minutes = (double)ds / DS_PER_MINUTE, .km = m / 1000.0};
            if (ds > limit)
                continue;
            status result = cost_rows_add(rows, row, err);
            if (result)
                return result;
        }
    }
    cost_rows_sort(rows);
    return STATUS_OK;
}

static status roads_venues(const cost_engine *e, block b, cost_rows *rows, error *err)
{
    const roads_state *s = e->provider_state;
    search *to = NULL;
    status result = search_pool_borrow(s->to, &to, err);
    if (result)
        return result;
    for (uint32_t v = (uint32_t)b.begin; v < b.end && result == STATUS_OK; v++) {
        if (s->venues.node[v] == SNAP_NONE)
            continue;
        int64_t left_ds = limit_ds(e) - venue_fixed_ds(e, v);
        if (left_ds < 0)
            continue;
        result = search_within(to, s->venues.node[v], (uint32_t)left_ds, err);
        if (result == STATUS_OK)
            result = venue_rows(e, to, v, &rows[v - b.begin], err);
    }
    search_pool_return(s->to, to);
    return result;
}

/* --- place x place --- */

static void trip_set(const roads_state *s, const search *from, const cost_trips *t, size_t i)
{
    uint32_t o = t->origin, d = t->destination[i];
    road_cost drive = s->places.node[o] == SNAP_NONE || s->places.node[d] == SNAP_NONE
                          ? ROAD_COST_NONE
                          : search_cost(from, s->places.node[d]);
    t->minutes[i] = t->km[i] = 0;
    t->state[i] = VALUE_UNREACHABLE;
    if (drive == ROAD_COST_NONE)
        return;
    int64_t ds = road_cost_time(drive) + walk_ds(s->places.m[o]) + walk_ds(s->places.m[d]);
    t->minutes[i] = (double)ds / DS_PER_MINUTE;
    t->km[i] = (road_cost_m(drive) + s->places.m[o] + s->places.m[d]) / 1000.0;
    t->state[i] = VALUE_PRESENT;
}

static status roads_pairs(const cost_engine *e, const cost_trips *t, error *err)
{
    const roads_state *s = e->provider_state;
    search *from = NULL;
    size_t wanted = 0;
    uint32_t *node = memory_new(t->count, sizeof *node);
    if (!node)
        return memory_error(err, t->count * sizeof *node);
    status result = search_pool_borrow(s->from, &from, err);
    if (result)
        goto done;
    for (size_t i = 0; i < t->count; i++)
        if (s->places.node[t->destination[i]] != SNAP_NONE)
            node[wanted++] = s->places.node[t->destination[i]];
    if (s->places.node[t->origin] != SNAP_NONE)
        result = search_targets(from, s->places.node[t->origin], node, wanted, err);
    for (size_t i = 0; i < t->count && result == STATUS_OK; i++)
        trip_set(s, from, t, i);
    search_pool_return(s->from, from);
done:
    memory_free(node);
    return result;
}

/* --- isochrones --- */

static status roads_isochrones(const cost_engine *e, const isochrone_request *r, polygons **out,
                               isochrone_facts *facts, error *err)
{
    const roads_state *s = e->provider_state;
    uint32_t *fixed_ds = memory_new(s->venues.count, sizeof *fixed_ds);
    if (!fixed_ds)
        return memory_error(err, s->venues.count * sizeof *fixed_ds);
    for (uint32_t v = 0; v < s->venues.count; v++)
        if (s->venues.node[v] != SNAP_NONE)
            fixed_ds[v] = (uint32_t)venue_fixed_ds(e, v);
    const isochrone_roads roads = {.mode = e->mode.id,
                                   .snapper = s->snapper,
                                   .node_count = s->network->node_count,
                                   .places = &s->places,
                                   .venues = &s->venues,
                                   .venue_fixed = fixed_ds,
                                   .to = s->to,
                                   .threads = e->threads,
                                   .progress = e->progress};
    const status result = isochrones_build(&roads, r, out, facts, err);
    memory_free(fixed_ds);
    return result;
}

static const double *place_snap_m(const cost_engine *e)
{
    return ((const roads_state *)e->provider_state)->places.m;
}

static const double *venue_snap_m(const cost_engine *e)
{
    return ((const roads_state *)e->provider_state)->venues.m;
}

const cost_provider roads_provider = {
    .open = roads_open,
    .close = roads_close,
    .venues = roads_venues,
    .pairs = roads_pairs,
    .place_snap_m = place_snap_m,
    .venue_snap_m = venue_snap_m,
    .isochrones = roads_isochrones,
};
