/* network/build/osm_build.h: from what an OSM file holds of roads to the draft of a network, by the
 * rules of a profile.
 *
 * Every OSM node of an open way is a node of the draft; one whose turns are restricted becomes
 * several (build/turns.h). Times and lengths are integers: those of an arc are differences of the
 * rounded running totals along its way, so that rounding never adds up, and what a node costs
 * (signals) is added to the arcs that enter it (docs/decisions/004, 030). */
#ifndef NETWORK_OSM_BUILD_H
#define NETWORK_OSM_BUILD_H

#include "base/progress.h"
#include "geo/polygons.h"
#include "network/build/road_profile.h"
#include "network/graph/network.h"
#include "network/source/osm_roads.h"

enum {
    SEGMENT_LIMIT_KM = 200,  /* between two neighbour nodes; above: a wrong position */
    CROSSING_LIMIT_KM = 2000 /* of a ferry, which is drawn with few nodes */
};

typedef struct osm_build_options {
    const char *name; /* the file, for messages */
    const road_profile *profile;
    const polygons *urban; /* degrees; where the profile's peak factor holds; NULL: nowhere */
    int threads;           /* 0: as many as the machine gives; nothing made depends on it */
    progress *progress;    /* may be NULL; its cancel flag ends the work within a second */
} osm_build_options;

typedef struct osm_build_facts {
    size_t ways_open, ways_closed, ways_short; /* short: no segment between two open nodes */
    size_t nodes_closed;                       /* barriers */
    size_t nodes_delayed;                      /* signals... that cost time */
    size_t segments_long;                      /* left out */
    size_t segments_urban;                     /* at the peak hour's speed */
    size_t tags_unread; /* ways whose maxspeed or duration could not be read */
    size_t crossings_open, crossings_assumed; /* ferries; those without a duration: assumed speed */
    size_t turns_applied, turns_exempt, turns_conditional, turns_of_others, turns_unknown;
    size_t turns_unplaced; /* a way or node is missing, closed, or does not end at the node */
    size_t nodes_split;    /* junctions of which several nodes were made */
} osm_build_facts;

/* *out is cleared with road_draft_clear, also after a failure. Its facts say what was read and
 * applied. Interrupted: STATUS_INTERRUPTED. */
MUST_CHECK status osm_build(const osm_roads *roads, const osm_build_options *options,
                            road_draft *out, osm_build_facts *facts, faults *faults_list);

#endif
