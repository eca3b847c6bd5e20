/* network/travel/snap.h: from a point to the node of the road network where a trip by car begins or
 * ends.
 *
 * Only nodes of the main component count, so that every snapped point reaches every other; points
 * are in the unit of the network's positions, degrees or metres. The walk to
 * the node is added at 4 km/h (METHODS.md section 4), in whole metres. */
#ifndef NETWORK_SNAP_H
#define NETWORK_SNAP_H

#include "network/travel/costs.h"
#include "network/graph/network.h"

#define SNAP_NONE UINT32_MAX
enum { SNAP_LIMIT_M = NETWORK_REACH_M }; /* farther: out of the network's reach */

/* Whole metres on foot as time units: 4 km/h, 0.015 min a metre (METHODS.md section 4), halves up;
 * exact for 0.1 s (9 a metre) and for ms (900). */
static inline uint32_t snap_walk(const network *n, uint32_t m)
{
    return (uint32_t)(((uint64_t)m * n->units_per_minute * 15 + 500) / 1000);
}

typedef struct snaps {
    size_t count;
    uint32_t *node;       /* SNAP_NONE: no point, or too far */
    double *m;            /* whole metres to the nearest node, even when too far; NaN: no point */
    size_t far;           /* too far */
    double max_m, mean_m; /* of those snapped */
} snaps;

typedef struct snapper snapper; /* [any thread] once made */
/* `n` has positions, and outlives it. */
MUST_CHECK status snapper_new(snapper **out, const network *n, int threads, error *err);
void snapper_free(snapper *s);
/* Fills `out`; cleared with snaps_clear, also after a failure. */
MUST_CHECK status snap_points(const snapper *s, const double *lon, const double *lat, size_t count,
                              int threads, snaps *out, error *err);
void snaps_clear(snaps *s);

#endif
