/* network/build/road_profile.h: who may drive where, and how fast: the car profile as data.
 * Speeds: OSRM car profile, August 2026 (METHODS.md section 4). */
#ifndef NETWORK_ROAD_PROFILE_H
#define NETWORK_ROAD_PROFILE_H

#include "base/text.h"

/* Tags of one way or node, by lookups. */
typedef struct road_tags {
    const char *(*value)(const void *context, const char *key); /* NULL: absent */
    const void *context;
} road_tags;

/* Speed 0: that direction is closed. */
typedef struct road_speeds {
    double forward_kmh, backward_kmh;
    bool unread_limit; /* a maxspeed that could not be read: the class speed holds */
} road_speeds;
road_speeds road_profile_way(road_tags tags);
/* Whether cars may pass this node. */
bool road_profile_node_open(road_tags tags);
/* Posted limit in km/h: "50", "30 mph", "FR:urban", "none", "walk"; 0: not readable. */
double road_maxspeed_kmh(const char *posted);

#endif
