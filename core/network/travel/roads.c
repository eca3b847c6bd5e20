/* Travel costs over a road network: fastest paths, a walk at 4 km/h at both ends. */
#include <math.h>

#include "network/messages.h"
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
    snapper_free(s->snapper);
    memory_free(s);
}

/* --- opening --- */

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
    status result = snapper_new(&s->snapper, s->network, e->threads, err);
    if (result == STATUS_OK)
        result = snap_points(s->snapper, p->place_lon, p->place_lat, p->place_count, e->threads,
                             &s->places, err);
    if (result == STATUS_OK)
        result = snap_points(s->snapper, p->venue_lon, p->venue_lat, p->venue_count, e->threads,
                             &s->venues, err);
    return result == STATUS_OK ? roads_costs_prepare(e, err) : result;
}

static status roads_open(cost_engine *e, ledger *balance, faults *faults_list)
{
    error err = {0};
    roads_state *s = memory_new(1, sizeof *s);
    e->provider_state = s;
    if (!s) {
        (void)memory_error(&err, sizeof *s);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    s->network = e->mode.network;
    status result = given_network_tell(e, balance, faults_list);
    if (result == STATUS_OK && network_snap(e, &err))
        result = faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    return result == STATUS_OK ? snap_facts(e, faults_list) : result;
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
    .isochrones = roads_isochrones,
};
