/* network/travel/roads_costs.h: what the roads provider asks of a network once its points are
 * snapped: one table, one list of pairs. Private to roads*.c. */
#ifndef NETWORK_ROADS_COSTS_H
#define NETWORK_ROADS_COSTS_H

#include "network/search/tables.h"
#include "network/travel/cost_provider.h"
#include "network/travel/isochrones.h"
#include "network/travel/snap.h"

typedef struct roads_costs {
    uint32_t *from;        /* the distinct nodes where places are, ascending */
    uint32_t *place_start; /* from_count + 1: the places of from[i] are place[place_start[i]].. */
    uint32_t *place;       /* ascending within a node */
    uint32_t *to;          /* nodes of the venues that something may reach in time */
    uint32_t *venue;       /* ... and which they are */
    size_t from_count, to_count;
    uint32_t limit; /* of the drive to the venue that leaves most of it; each trip is cut exactly */
    table_method method;
    const char *why;
} roads_costs;

typedef struct roads_state {
    const network *network; /* the caller's */
    snapper *snapper;
    snaps places, venues;
    roads_costs costs;
} roads_state;

/* After both snaps; says the method in e->facts. Cleared with roads_costs_clear, also after a
 * failure. */
MUST_CHECK status roads_costs_prepare(cost_engine *e, error *err);
void roads_costs_clear(roads_costs *c);
/* As cost_provider wants them. */
MUST_CHECK status roads_all_venues(const cost_engine *e, cost_rows *rows, error *err);
MUST_CHECK status roads_all_pairs(const cost_engine *e, const cost_pairs *pairs, error *err);
MUST_CHECK status roads_isochrones(const cost_engine *e, const isochrone_request *r, polygons **out,
                                   isochrone_facts *facts, error *err);

#endif
