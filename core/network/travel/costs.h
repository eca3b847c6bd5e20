/* network/travel/costs.h: travel costs, whoever computes them.
 *
 * A provider (estimate, roads, a matrix) fills two things: place x venue within the mode's limit,
 * both ways round as compressed sparse rows; and residence-work pairs, never cut. minutes and km
 * are doubles; roads make them from integer deciseconds and metres (exact, the same bits
 * everywhere), a matrix gives them as it has them, with km NaN where it has none. */
#ifndef NETWORK_COSTS_H
#define NETWORK_COSTS_H

#include "base/memory.h"
#include "base/progress.h"
#include "geo/polygons.h"
#include "network/graph/network.h"
#include "table/ledger.h"

/* Points farther than this from the network are out of its reach: stated in the facts. */
enum { NETWORK_REACH_M = 5000 };

typedef enum travel_source {
    TRAVEL_ESTIMATE = 0,
    TRAVEL_ROADS = 1,
    TRAVEL_MATRIX = 2
} travel_source;

/* One travel mode as the run file says it. */
typedef struct travel_mode {
    const char *id; /* "car" "bike" "foot" "transit" */
    travel_source source;
    const char *path; /* of the network or of the matrix, for messages; NULL for an estimate */
    const network
        *network;        /* TRAVEL_ROADS: opened by the caller, borrowed while the engine lives */
    const table *matrix; /* TRAVEL_MATRIX: columns from, to, minutes, km (matrix.c); the same */
    double limit_min;    /* place x venue only */
    double circuity;     /* estimate: road km per km in line, METHODS.md "circ" */
    double parking_min;  /* added per venue in dense communes (density 1-2): METHODS.md section 4 */
} travel_mode;

/* Points to travel between, in the order of places and venues. */
typedef struct travel_points {
    size_t place_count, venue_count;
    const double *place_lon, *place_lat; /* NaN: no point */
    const double *venue_lon, *venue_lat; /* NaN: not placed */
    const uint32_t *place_density;       /* 1..7, 0 unknown: speeds of the estimate */
    const uint32_t *venue_place;         /* commune of the venue, UINT32_MAX none (parking) */
    /* Codes, wanted by a matrix alone; NULL otherwise. */
    const char *const *place_code;
    const char *const
        *place_commune; /* cells: the code of its commune; NULL: places are communes */
    const char *const *venue_id;
    const char *const *venue_commune; /* code of the commune of a venue; NULL: none */
    /* Whether a code that is none of these is a commune all the same (elsewhere). */
    bool (*commune_exists)(const void *context, const char *code);
    const void *commune_context;
    /* A trip within each place, where a matrix has no row for it; NaN unknown. */
    const double *inner_minutes, *inner_km;
} travel_points;

typedef struct costs {
    const char *mode; /* id */
    travel_source source;
    double limit_min;
    size_t place_count, venue_count;
    /* by venue: entries venue_start[v]..venue_start[v+1], places ascending */
    const uint64_t *venue_start;
    const uint32_t *venue_place;
    const double *venue_minutes, *venue_km;
    /* by place: entries place_start[p]..place_start[p+1], venues ascending */
    const uint64_t *place_start;
    const uint32_t *place_venue;
    const double *place_minutes, *place_km;
    /* Roads: distance between the point and the network, m; a matrix: 0 for a point that it knows,
     * NaN for one that it does not; NULL for an estimate. */
    const double *place_snap_m, *venue_snap_m;
    shared_memory memory;
} costs;
void costs_free(costs *c);

/* Facts for the manifest and the notes: (key, value text) pairs, e.g. nodes, arcs, components. */
typedef struct costs_facts {
    struct {
        char key[48];
        char value[80];
    } item[64];
    size_t count;
} costs_facts;

/* An engine of costs for one mode; the search below it can be swapped. */
typedef struct cost_engine cost_engine;
MUST_CHECK status cost_engine_new(cost_engine **out, const travel_mode *mode,
                                  const travel_points *points, int threads, ledger *balance,
                                  progress *p, faults *faults_list);
void cost_engine_free(cost_engine *e);
const costs_facts *cost_engine_facts(const cost_engine *e);
/* place x venue within the limit (inclusive). */
MUST_CHECK status cost_engine_venues(cost_engine *e, costs **out, error *err);
/* n pairs origin place -> destination place; same place: 0 (the caller applies its within-place
 * rule). minutes/km arrays of n, state: value_state (unreachable where no path or no point). */
MUST_CHECK status cost_engine_pairs(cost_engine *e, const uint32_t *origin,
                                    const uint32_t *destination, size_t n, double *minutes,
                                    double *km, uint8_t *state, error *err);
/* A matrix whose rows are of communes while the places are cells: pairs of commune codes as it has
 * them, in place of means over cells. False for every other engine. */
bool cost_engine_is_by_commune(const cost_engine *e);
MUST_CHECK status cost_engine_commune_pairs(const cost_engine *e, const char *const *code,
                                            const uint32_t *origin, const uint32_t *destination,
                                            size_t n, double *minutes, double *km, uint8_t *state,
                                            error *err);
/* Outlines of what is within limits of venues (network/travel/isochrones.h), where travel is by
 * road; else *out is NULL. What they were drawn from goes to the facts. */
struct isochrone_request;
struct isochrone_facts;
MUST_CHECK status cost_engine_isochrones(cost_engine *e, const struct isochrone_request *r,
                                         polygons **out, struct isochrone_facts *facts, error *err);
/* Speeds of the estimate on the straight line, km/h, by density level 1..7 (0: unknown -> class 5).
 */
extern const double estimate_speed_kmh[8];

#endif
