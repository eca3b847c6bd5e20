/* engine/travel/networks.h: the road networks of a run: opened, or built out of their files and
 * kept in the cache (docs/decisions/034). Private to the room. */
#ifndef ENGINE_NETWORKS_H
#define ENGINE_NETWORKS_H

#include "engine/run.h"
#include "network/graph/network.h"

typedef struct networks_options {
    const scenario *scenario;
    const run_environment *environment;
    bool writes_cache; /* a check only reads it */
    faults *asides;    /* what concerns this machine alone, never the results: an unwritable or
                          damaged cache */
} networks_options;

/* *out: row for row with scenario->modes, NULL for the modes that do not go by roads; freed with
 * networks_free. Building tells the same warnings when its network comes out of the cache. */
MUST_CHECK status networks_open(const networks_options *o, network ***out, faults *faults_list);
void networks_free(network **all, size_t count); /* takes NULL */

#endif
