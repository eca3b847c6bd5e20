/* network/build/road_build.h: from what a file holds of roads to the draft of a network that cars
 * drive on.
 *
 * Every OSM node of an open way is a node of the draft. Times and lengths are integers: those of an
 * arc are differences of the rounded running totals along its way, so that rounding never adds up
 * (docs/decisions/004-road-costs-in-integers.md). */
#ifndef NETWORK_ROAD_BUILD_H
#define NETWORK_ROAD_BUILD_H

#include "network/source/osm_roads.h"
#include "network/graph/network.h"

enum { SEGMENT_LIMIT_KM = 200 }; /* between two neighbour nodes; above: a wrong position */

typedef struct road_build_facts {
    size_t ways_open, ways_closed, ways_short; /* short: no segment between two open nodes */
    size_t nodes_closed;                       /* barriers */
    size_t segments_long;                      /* left out */
    size_t limits_unread;                      /* ways whose maxspeed could not be read */
} road_build_facts;

/* `name` is the file, for messages; *out is cleared with road_draft_clear, also after a failure. */
MUST_CHECK status road_build(const osm_roads *roads, const char *name, road_draft *out,
                             road_build_facts *facts, faults *faults_list);

#endif
