/* network/travel/trip_path.h: the path behind one cost, way by way, and the walks at its ends. */
#ifndef NETWORK_TRIP_PATH_H
#define NETWORK_TRIP_PATH_H

#include <stdatomic.h>

#include "base/text.h"
#include "network/graph/network.h"

/* Where a trip begins or ends. */
typedef struct trip_end {
    bool by_node;    /* no walk */
    int64_t node_id; /* of the source */
    double x, y;     /* as typed: longitude and latitude, or metres */
    uint32_t node;
    uint32_t walk_m, walk; /* to the node: whole metres, time units */
} trip_end;

/* Arcs that follow one another on one way. */
typedef struct trip_stretch {
    uint32_t way;            /* NETWORK_NONE: none */
    size_t first, count;     /* nodes first .. first + count (count arcs) of trip_path.node */
    uint64_t time, length_m; /* units; metres */
} trip_stretch;

typedef struct trip_path {
    trip_end from, to;
    uint32_t *node; /* from the first to the last */
    size_t node_count;
    trip_stretch *stretch;
    size_t stretch_count;
    road_cost cost;          /* of the network alone: the sum of the stretches */
    uint64_t time, length_m; /* with both walks */
} trip_path;

/* "2.35,48.85" (x,y in the network's own terms) or "123" (a node id): placed on the network, or
 * refused with what was typed. */
MUST_CHECK status trip_end_read(const network *n, const char *typed, int threads, trip_end *out,
                                error *err);
/* A point of the network's own terms; `typed` is what it is called in a refusal. */
MUST_CHECK status trip_end_at(const network *n, double x, double y, const char *typed, int threads,
                              trip_end *out, error *err);
/* The fastest path; ties as search_path says. STATUS_INPUT when there is none. `cancel` may be
 * NULL. `out` is cleared with trip_path_clear, also after a failure. */
MUST_CHECK status trip_path_find(const network *n, const trip_end *from, const trip_end *to,
                                 const atomic_int *cancel, trip_path *out, error *err);
void trip_path_clear(trip_path *p);

/* As GeoJSON: one LineString a stretch and a walk, then totals; longitude and latitude, or the
 * network's own metres where it is drawn in a plane. Nothing for a network without coordinates. */
void trip_path_geojson(const network *n, const trip_path *p, text_buffer *out);

/* Time units as seconds: how many decimals are exact (0.1 s: 1; s: 0; ms: 3). */
int trip_second_decimals(const network *n);
static inline double trip_seconds(const network *n, uint64_t time)
{
    return (double)time * 60.0 / n->units_per_minute;
}
/* km/h; 0 when it takes no time. */
static inline double trip_kmh(const network *n, uint64_t time, uint64_t length_m)
{
    return time > 0 ? (double)length_m * n->units_per_minute * 60.0 / (double)time / 1000.0 : 0;
}

#endif
