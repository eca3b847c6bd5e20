/* Travel costs without a network (METHODS.md section 4): km = circuity * line, time = line / speed
 * of the residence's density class. */
#include <math.h>

#include "geo/locator.h"
#include "geo/projection.h"
#include "network/travel/cost_provider.h"

/* [P] METHODS.md section 4; unknown density counts as class 5. */
const double estimate_speed_kmh[8] = {45, 18, 25, 30, 35, 45, 50, 50};

typedef struct estimate {
    nearest_index *places;
    double speed_max_kmh; /* among the places */
} estimate;

static double place_speed(const cost_engine *e, uint32_t place)
{
    uint32_t density = e->points.place_density ? e->points.place_density[place] : 0;
    return estimate_speed_kmh[density <= 7 ? density : 0];
}

static bool has_point(const double *lon, const double *lat, size_t i)
{
    return !isnan(lon[i]) && !isnan(lat[i]);
}

static size_t absent(const double *lon, const double *lat, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += has_point(lon, lat, i) ? 0 : 1;
    return n;
}

static void estimate_facts(cost_engine *e)
{
    const travel_points *p = &e->points;
    size_t unknown = 0;
    for (size_t i = 0; i < p->place_count; i++) {
        uint32_t density = p->place_density ? p->place_density[i] : 0;
        unknown += density < 1 || density > 7;
    }
    facts_add(&e->facts, "circuity", "%.3f", e->mode.circuity);
    facts_add(&e->facts, "places_without_density", "%zu", unknown);
    facts_add(&e->facts, "places_without_point", "%zu",
              absent(p->place_lon, p->place_lat, p->place_count));
    facts_add(&e->facts, "venues_without_point", "%zu",
              absent(p->venue_lon, p->venue_lat, p->venue_count));
}

static void estimate_close(void *provider_state)
{
    estimate *s = provider_state;
    if (!s)
        return;
    nearest_index_free(s->places);
    memory_free(s);
}

static status index_places(const travel_points *p, nearest_index **out, error *err)
{
    uint8_t *use = memory_new(p->place_count, 1);
    if (!use)
        return memory_error(err, p->place_count);
    for (size_t i = 0; i < p->place_count; i++)
        use[i] = has_point(p->place_lon, p->place_lat, i);
    status result = nearest_index_new(out, p->place_lon, p->place_lat, use, p->place_count, err);
    memory_free(use);
    return result;
}

static status estimate_open(cost_engine *e, ledger *balance, faults *faults_list)
{
    error err = {0};
    (void)balance; /* no file is read */
    estimate *s = memory_new(1, sizeof *s);
    if (!s) {
        (void)memory_error(&err, sizeof *s);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    e->provider_state = s;
    for (uint32_t i = 0; i < e->points.place_count; i++)
        s->speed_max_kmh = fmax(s->speed_max_kmh, place_speed(e, i));
    estimate_facts(e);
    status result = index_places(&e->points, &s->places, &err);
    return result ? faults_add_error(faults_list, SOURCE_NONE, &err) : STATUS_OK;
}

/* Candidates lie within what the fastest class covers; a hair more, for the rounding of the radius.
 */
static status venue_rows(const cost_engine *e, uint32_t venue, uint32_t *near, double *near_km,
                         cost_rows *rows, error *err)
{
    const estimate *s = e->provider_state;
    double parking = cost_engine_parking_min(e, venue);
    double radius_km = (e->mode.limit_min - parking) / 60.0 * s->speed_max_kmh;
    status result = STATUS_OK;
    if (!has_point(e->points.venue_lon, e->points.venue_lat, venue) || radius_km < 0)
        return STATUS_OK;
    size_t count =
        nearest_within(s->places, e->points.venue_lon[venue], e->points.venue_lat[venue],
                       radius_km * (1 + 1e-9) + 1e-9, near, near_km, e->points.place_count);
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        double minutes = near_km[i] / place_speed(e, near[i]) * 60.0 + parking;
        if (minutes <= e->mode.limit_min)
            result = cost_rows_add(rows,
                                   (cost_row){.place = near[i],
                                              .minutes = minutes,
                                              .km = e->mode.circuity * near_km[i]},
                                   err);
    }
    return result;
}

static status estimate_venues(const cost_engine *e, block b, cost_rows *rows, error *err)
{
    size_t places = e->points.place_count;
    status result = STATUS_OK;
    uint32_t *near = memory_new(places, sizeof *near);
    double *near_km = memory_new(places, sizeof *near_km);
    if (!near || !near_km) {
        result = memory_error(err, places * (sizeof *near + sizeof *near_km));
        goto done;
    }
    for (size_t v = b.begin; v < b.end && result == STATUS_OK; v++)
        result = venue_rows(e, (uint32_t)v, near, near_km, &rows[v - b.begin], err);
done:
    memory_free(near);
    memory_free(near_km);
    return result;
}

static status estimate_pairs(const cost_engine *e, const cost_trips *t, error *err)
{
    const travel_points *p = &e->points;
    (void)err;
    for (size_t i = 0; i < t->count; i++) {
        uint32_t o = t->origin, d = t->destination[i];
        bool known =
            has_point(p->place_lon, p->place_lat, o) && has_point(p->place_lon, p->place_lat, d);
        double line_km =
            known ? haversine_km(p->place_lon[o], p->place_lat[o], p->place_lon[d], p->place_lat[d])
                  : 0;
        t->state[i] = known ? VALUE_PRESENT : VALUE_UNREACHABLE;
        t->minutes[i] = line_km / place_speed(e, o) * 60.0;
        t->km[i] = e->mode.circuity * line_km;
    }
    return STATUS_OK;
}

static const double *no_snap(const cost_engine *e)
{
    (void)e;
    return NULL;
}

const cost_provider estimate_provider = {
    .open = estimate_open,
    .close = estimate_close,
    .venues = estimate_venues,
    .pairs = estimate_pairs,
    .place_snap_m = no_snap,
    .venue_snap_m = no_snap,
};
