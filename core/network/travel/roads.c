/* Travel costs over an OSM road network: fastest paths by car, a walk at 4 km/h at both ends. */
#include <math.h>

#include "network/messages.h"
#include "network/build/osm_build.h"
#include "network/source/road_file.h"
#include "network/travel/given_network.h"
#include "network/travel/roads_costs.h"

static void roads_close(void *provider_state)
{
    roads_state *s = provider_state;
    if (!s)
        return;
    roads_costs_clear(&s->costs);
    snaps_clear(&s->places);
    snaps_clear(&s->venues);
    network_free(s->own);
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
    if (network_make(&s->own, &draft, e->threads, e->progress, &err))
        return faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    s->network = s->own;
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

static status network_snap(cost_engine *e, error *err)
{
    roads_state *s = e->provider_state;
    const travel_points *p = &e->points;
    snapper *snapper_made = NULL;
    status result = snapper_new(&snapper_made, s->network, e->threads, err);
    if (result == STATUS_OK)
        result = snap_points(snapper_made, p->place_lon, p->place_lat, p->place_count, e->threads,
                             &s->places, err);
    if (result == STATUS_OK)
        result = snap_points(snapper_made, p->venue_lon, p->venue_lat, p->venue_count, e->threads,
                             &s->venues, err);
    if (result == STATUS_OK)
        result = roads_costs_prepare(e, err);
    snapper_free(snapper_made);
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
    status result = STATUS_OK;
    roads_state *s = e->provider_state;
    s->network = e->mode.network;
    if (s->network) {
        result = given_network_tell(e, balance, faults_list);
    } else {
        result = road_profile_read(e->mode.profile, &profile, faults_list);
        if (result == STATUS_OK)
            result = road_file_load(z, e->mode.path, road_profile_wanted(profile), e->threads,
                                    &roads, faults_list);
    }
    if (result == STATUS_OK && roads)
        result = network_build(e, roads, profile, balance, faults_list);
    if (result == STATUS_OK && network_snap(e, &err))
        result = faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    if (result == STATUS_OK)
        result = snap_facts(e, faults_list);
    osm_roads_free(roads);
    road_profile_free(profile);
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
    .all_venues = roads_all_venues,
    .all_pairs = roads_all_pairs,
    .place_snap_m = place_snap_m,
    .venue_snap_m = venue_snap_m,
};
