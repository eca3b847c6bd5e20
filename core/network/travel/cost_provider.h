/* network/travel/cost_provider.h: what computes costs behind cost_engine: estimate, roads or
 * matrix, one constant table of functions each. A faster search replaces `venues` and `pairs`;
 * nothing else changes. */
#ifndef NETWORK_COST_PROVIDER_H
#define NETWORK_COST_PROVIDER_H

#include "base/blocks.h"
#include "network/travel/cost_rows.h"
#include "network/travel/costs.h"
#include "network/travel/isochrones.h"

/* Trips from one origin: outputs are parallel to `destination`. */
typedef struct cost_trips {
    uint32_t origin;
    const uint32_t *destination;
    size_t count;
    double *minutes, *km;
    uint8_t *state; /* value_state; minutes and km hold 0 unless present */
} cost_trips;

/* Residence-work pairs; outputs are parallel, and hold 0 and VALUE_PRESENT beforehand. */
typedef struct cost_pairs {
    const uint32_t *origin, *destination; /* places; the same: left as it is */
    size_t count;
    double *minutes, *km;
    uint8_t *state;
} cost_pairs;

typedef struct cost_provider {
    /* Sets e->provider_state (closed even after a failure) and facts. */
    status (*open)(cost_engine *e, ledger *balance, faults *faults_list);
    void (*close)(void *provider_state);
    /* [any thread] Places within the limit of venues [b.begin, b.end), rows[v - b.begin] each. */
    status (*venues)(const cost_engine *e, block b, cost_rows *rows, error *err);
    /* [any thread] Uncut; no destination is the origin. */
    status (*pairs)(const cost_engine *e, const cost_trips *trips, error *err);
    /* The same for all venues at once (rows: one each), and for all pairs, where that is faster
     * than block by block: NULL, or in place of `venues` and `pairs`. [main thread] */
    status (*all_venues)(const cost_engine *e, cost_rows *rows, error *err);
    status (*all_pairs)(const cost_engine *e, const cost_pairs *pairs, error *err);
    /* Distances to the network; NULL: there are none. */
    const double *(*place_snap_m)(const cost_engine *e);
    const double *(*venue_snap_m)(const cost_engine *e);
    /* Pairs of commune codes; NULL: none (cost_engine_commune_pairs). */
    bool (*is_by_commune)(const cost_engine *e);
    void (*commune_trip)(const cost_engine *e, const char *from, const char *to, double *minutes,
                         double *km, uint8_t *state);
    /* As cost_engine_isochrones; NULL: there are none. */
    status (*isochrones)(const cost_engine *e, const isochrone_request *r, polygons **out,
                         isochrone_facts *facts, error *err);
} cost_provider;

extern const cost_provider estimate_provider;
extern const cost_provider roads_provider;
extern const cost_provider matrix_provider;

struct cost_engine {
    const cost_provider *provider;
    void *provider_state;
    char mode_id[32];
    travel_mode mode;     /* id points above; path is only used while opening */
    travel_points points; /* borrowed */
    int threads;
    progress *progress; /* may be NULL */
    costs_facts facts;
};

/* Minutes added at this venue: parking in a commune of density 1 or 2. */
double cost_engine_parking_min(const cost_engine *e, uint32_t venue);

/* A fact; the value is printed without a locale. Beyond 64 facts nothing is added. */
void facts_add(costs_facts *facts, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
