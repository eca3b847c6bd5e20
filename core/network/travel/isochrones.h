/* network/travel/isochrones.h: the regions from which a venue, or the nearest of several, is within
 * limits of time, as outlines (docs/decisions/032).
 *
 * A region holds x when the fastest path from the node nearest to x, the walk at both ends and
 * parking take at most the limit: the very rule that gives a place its time. It is sampled at the
 * points of a lattice and at every place, and linear in between; so a place lies in the region of a
 * limit exactly when its time is within it, and that of a limit lies in that of any longer one.
 * The same bytes for any number of threads. */
#ifndef NETWORK_ISOCHRONES_H
#define NETWORK_ISOCHRONES_H

#include "geo/polygons.h"
#include "network/graph/network.h"
#include "network/travel/lattice.h"

enum { ISOCHRONE_LIMITS_MAX = 32 };

typedef struct isochrone_request {
    int32_t epsg;                    /* of the outlines, and of all that follows */
    const double *place_x, *place_y; /* of each place of the costs; NaN: no point */
    const double *venue_x, *venue_y;
    const topology *land;    /* regions end where it does; NULL: nothing is said of it */
    const double *limit_min; /* ascending, each once, at most ISOCHRONE_LIMITS_MAX */
    size_t limit_count;
    /* Subject s is the nearest of venues subject_venue[subject_start[s]] ..
     * subject_venue[subject_start[s + 1] - 1], each once. Several subjects may hold a venue. */
    const uint64_t *subject_start;
    const uint32_t *subject_venue;
    size_t subject_count;
} isochrone_request;

typedef struct isochrone_facts {
    double step_m;   /* between points of the lattice */
    double least_m2; /* islands and holes under it go, unless a place is inside */
    size_t points;   /* of the lattice */
    size_t vertices; /* of the outlines */
} isochrone_facts;

/* Side of the lattice's squares, by mode: about a minute and a half on foot by car, three quarters
 * by bike, a third on foot. A multiple of it where more than LATTICE_TILES_MAX tiles would be
 * needed. */
double isochrone_step_m(const char *mode);
/* Islands and holes of fewer squares go, unless a place is inside; a vertex goes where that moves
 * the outline by less than this area, in squares. */
#define ISOCHRONE_LEAST_SQUARES 12.0
#define ISOCHRONE_THIN_SQUARES 0.8

/* The roads that a provider of costs has opened. */
typedef struct isochrone_roads {
    const char *mode;
    const network *network;
    const snapper *snapper;
    const snaps *places, *venues;
    const uint32_t *venue_fixed; /* time of any trip to a venue beside the drive and the walk of
                                    the place: the walk from the network, and parking */
    int threads;
    progress *progress; /* may be NULL */
} isochrone_roads;
/* Row s * limit_count + i of *out: subject s within limit i; without part where there is nothing.
 * A venue off the network reaches nothing. */
MUST_CHECK status isochrones_build(const isochrone_roads *roads, const isochrone_request *r,
                                   polygons **out, isochrone_facts *facts, error *err);

#endif
