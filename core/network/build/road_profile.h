/* network/build/road_profile.h: who may travel where, how fast, and what holds them up: the rules
 * of a profile (car, bike, foot), data of a file that anyone may edit
 * (datasets/reference/profile_car.csv; docs/decisions/030). Only the grammar is compiled in.
 *
 * Immutable; [any thread]. */
#ifndef NETWORK_ROAD_PROFILE_H
#define NETWORK_ROAD_PROFILE_H

#include "base/text.h"
#include "network/source/pbf.h"

typedef struct road_profile road_profile;
/* The file as table/reader reads it: columns rule, key, value, number, unit; others are for people.
 * Every fault at once, with its line. */
MUST_CHECK status road_profile_read(const char *path, road_profile **out, faults *faults_list);
void road_profile_free(road_profile *p);              /* takes NULL */
const char *road_profile_name(const road_profile *p); /* "car" */
/* What the rules read of a file; borrowed. */
const road_wanted *road_profile_wanted(const road_profile *p);

/* Tags of one way, node or relation, by lookups. */
typedef struct road_tags {
    const char *(*value)(const void *context, const char *key); /* NULL: absent */
    const void *context;
} road_tags;

/* Speed 0: that direction is closed. */
typedef struct road_speeds {
    double forward_kmh, backward_kmh;
    double duration_s; /* of the whole crossing, which decides its speed; 0: not given */
    bool crossing;     /* a ferry or a shuttle train */
    bool unread;       /* a maxspeed or a duration that could not be read: the default holds */
} road_speeds;
road_speeds road_profile_way(const road_profile *p, road_tags tags);
/* Share of the speed that is left at the peak hour in towns, 1 where nothing is said. */
double road_profile_peak(const road_profile *p, road_tags tags);

/* Whether this node may be passed. */
bool road_profile_node_open(const road_profile *p, road_tags tags);
/* What passing the node takes, in deciseconds, by who arrives in the direction of the way and
 * against it. */
typedef struct node_penalty {
    uint32_t forward_ds, backward_ds;
} node_penalty;
node_penalty road_profile_penalty(const road_profile *p, road_tags tags);

typedef enum turn_rule {
    TURN_FORBIDDEN,    /* no_left_turn... */
    TURN_NO_U,         /* no_u_turn */
    TURN_MANDATORY,    /* only_straight_on... */
    TURN_EXEMPT,       /* except=... names this profile */
    TURN_CONDITIONAL,  /* at some hours, for some vehicles: not applied */
    TURN_OF_OTHERS,    /* restriction:hgv; or the profile follows none */
    TURN_UNKNOWN_VALUE /* neither no_ nor only_ */
} turn_rule;
turn_rule road_profile_turn(const road_profile *p, road_tags tags);

/* Posted limit in km/h: "50", "30 mph", and the words of the profile ("FR:urban", "none", "walk");
 * 0: not readable. */
double road_profile_posted_kmh(const road_profile *p, const char *posted);
/* Duration in seconds: "45" (minutes), "1:30" (h:min), "1:30:00", "PT1H30M", "P1DT2H"; 0: not
 * readable. */
double road_duration_s(const char *text);

#endif
