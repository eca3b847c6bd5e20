/* Who may travel where, and how fast: the rules of the three profiles, case by case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "maps.h"

enum { TAGS_MAX = 6 };
typedef enum profile_id { CAR, BIKE, FOOT, PROFILES } profile_id;
static road_profile *profiles[PROFILES];
static const char *const profile_names[] = {"car", "bike", "foot"};

static const char *tag_value(const void *context, const char *key)
{
    for (const osm_tag *tag = context; tag->key; tag++)
        if (strcmp(tag->key, key) == 0)
            return tag->value;
    return NULL;
}

static road_tags tags_of(const osm_tag *tags)
{
    return (road_tags){.value = tag_value, .context = tags};
}

/* "highway=service access=no" for a message. */
static const char *shown(const osm_tag *tags)
{
    static char text[512];
    text[0] = '\0';
    for (const osm_tag *tag = tags; tag->key; tag++) {
        size_t at = strlen(text);
        (void)snprintf(text + at, sizeof text - at, "%s=%s ", tag->key, tag->value);
    }
    return text;
}

/* Tags of a way, and the speeds expected in its direction and against it. */
typedef struct way_case {
    profile_id profile;
    osm_tag tags[TAGS_MAX];
    double forward_kmh, backward_kmh;
} way_case;

static void ways_hold(const way_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const way_case *c = &cases[i];
        road_speeds s = road_profile_way(profiles[c->profile], tags_of(c->tags));
        double forward = s.forward_kmh - c->forward_kmh,
               backward = s.backward_kmh - c->backward_kmh;
        if (forward * forward > 1e-18 || backward * backward > 1e-18)
            fail_msg("%s, %s: %g and %g km/h, expected %g and %g", profile_names[c->profile],
                     shown(c->tags), s.forward_kmh, s.backward_kmh, c->forward_kmh,
                     c->backward_kmh);
    }
}
#define WAYS_HOLD(cases) ways_hold(cases, sizeof(cases) / sizeof *(cases))

/* --- speeds --- */

static void class_speeds_are_osrms(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "motorway_link"}}, 45, 45},
        {CAR, {{"highway", "trunk"}}, 85, 85},
        {CAR, {{"highway", "trunk_link"}}, 40, 40},
        {CAR, {{"highway", "primary"}}, 65, 65},
        {CAR, {{"highway", "primary_link"}}, 30, 30},
        {CAR, {{"highway", "secondary"}}, 55, 55},
        {CAR, {{"highway", "secondary_link"}}, 25, 25},
        {CAR, {{"highway", "tertiary"}}, 40, 40},
        {CAR, {{"highway", "tertiary_link"}}, 20, 20},
        {CAR, {{"highway", "unclassified"}}, 25, 25},
        {CAR, {{"highway", "residential"}}, 25, 25},
        {CAR, {{"highway", "living_street"}}, 10, 10},
        {CAR, {{"highway", "service"}}, 15, 15},
        {CAR, {{"highway", "footway"}}, 0, 0},
        {CAR, {{"highway", "path"}}, 0, 0},
        {CAR, {{"highway", "steps"}}, 0, 0},
        {CAR, {{"highway", "cycleway"}}, 0, 0},
        {CAR, {{"highway", "pedestrian"}}, 0, 0},
        {CAR, {{"highway", "bridleway"}}, 0, 0},
        {CAR, {{"highway", "track"}}, 0, 0},
        {CAR, {{"highway", "construction"}}, 0, 0},
        {CAR, {{"highway", "bus_guideway"}}, 0, 0},
        {BIKE, {{"highway", "residential"}}, 15, 15},
        {BIKE, {{"highway", "cycleway"}}, 15, 15},
        {BIKE, {{"highway", "track"}}, 12, 12},
        {BIKE, {{"highway", "path"}}, 13, 13},
        {BIKE, {{"highway", "footway"}}, 4, 4}, /* pushed */
        {BIKE, {{"highway", "steps"}}, 2, 2},
        {BIKE, {{"highway", "motorway"}}, 0, 0},
        {BIKE, {{"highway", "trunk"}}, 0, 0},
        {BIKE, {{"man_made", "pier"}}, 4, 4},
        {BIKE, {{"highway", "primary"}, {"motorroad", "yes"}}, 0, 0},
        {FOOT, {{"highway", "residential"}}, 5, 5},
        {FOOT, {{"highway", "steps"}}, 5, 5},
        {FOOT, {{"highway", "footway"}}, 5, 5},
        {FOOT, {{"highway", "cycleway"}}, 0, 0},
        {FOOT, {{"highway", "motorway"}}, 0, 0},
        {FOOT, {{"railway", "platform"}}, 5, 5},
        {FOOT, {{"building", "yes"}}, 0, 0},
    };
    WAYS_HOLD(cases);
}

static void surfaces_slow_bicycles_and_walkers(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {BIKE, {{"highway", "track"}, {"surface", "gravel"}}, 6, 6},
        {BIKE, {{"highway", "residential"}, {"surface", "sett"}}, 9, 9},
        {BIKE, {{"highway", "residential"}, {"surface", "asphalt"}}, 15, 15},
        {BIKE, {{"highway", "steps"}, {"surface", "wood"}}, 2, 2}, /* never faster */
        {FOOT, {{"highway", "path"}, {"surface", "sand"}}, 2.5, 2.5},
        {CAR, {{"highway", "service"}, {"surface", "sand"}}, 15, 15},
    };
    WAYS_HOLD(cases);
}

static void a_posted_limit_replaces_a_cars_speed_and_only_lowers_a_bicycles(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "residential"}, {"maxspeed", "30"}}, 24, 24},
        {CAR, {{"highway", "service"}, {"maxspeed", "50"}}, 40, 40},
        {CAR, {{"highway", "primary"}, {"maxspeed", "80"}, {"maxspeed:forward", "50"}}, 40, 64},
        {CAR, {{"highway", "primary"}, {"maxspeed", "signals"}}, 65, 65},
        {CAR, {{"highway", "primary"}, {"maxspeed", "FR:urban"}}, 40, 40},
        {BIKE, {{"highway", "residential"}, {"maxspeed", "walk"}}, 7, 7},
        {BIKE, {{"highway", "residential"}, {"maxspeed", "30"}}, 15, 15},
        {FOOT, {{"highway", "residential"}, {"maxspeed", "2"}}, 5, 5},
    };
    WAYS_HOLD(cases);
    const osm_tag unread[] = {{"highway", "primary"}, {"maxspeed", "signals"}, {0}};
    assert_true(road_profile_way(profiles[CAR], tags_of(unread)).unread);
    assert_false(road_profile_way(profiles[FOOT], tags_of(unread)).unread); /* not looked at */
}

static void posted(const char *text, double kmh)
{
    double got = road_profile_posted_kmh(profiles[CAR], text);
    if (got < kmh - 1e-9 || got > kmh + 1e-9)
        fail_msg("maxspeed=%s: %g km/h, expected %g", text, got, kmh);
}

static void posted_limits_are_read(void **state)
{
    (void)state;
    posted("50", 50);
    posted("50 km/h", 50);
    posted("30 mph", 48.28032);
    posted("30mph", 48.28032);
    posted("5 knots", 9.26);
    posted("FR:urban", 50);
    posted("fr:rural", 80);
    posted("FR:motorway", 130);
    posted("FR:zone30", 30);
    posted("DE:rural", 90);
    posted("none", 140);
    posted("walk", 7);
    posted("200", 200);
    posted("1", 1);
}

static void unreadable_limits_are_refused(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",        "signals", "50;70",     "-50",
        "201",     "0",       "0.5",       "1e2",
        "50 kmph", "nan",     "FRA:urban", "fr:",
        "50 50",   "urban",   "fifty",     "50000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        posted(bad[i], 0);
}

/* --- access --- */

static void the_most_specific_access_tag_decides(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "service"}, {"access", "no"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"access", "private"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"access", "destination"}}, 15, 15},
        {CAR, {{"highway", "service"}, {"access", "no"}, {"motor_vehicle", "yes"}}, 15, 15},
        {CAR, {{"highway", "service"}, {"access", "no"}, {"motorcar", "yes"}}, 15, 15},
        {CAR, {{"highway", "service"}, {"motor_vehicle", "no"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"motorcar", "no"}, {"access", "yes"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"vehicle", "forestry"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"access", "agricultural;forestry"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"foot", "no"}, {"bicycle", "no"}}, 15, 15},
        {CAR, {{"highway", "service"}, {"area", "yes"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"impassable", "yes"}}, 0, 0},
        {CAR, {{"highway", "service"}, {"service", "emergency_access"}}, 0, 0},
        {BIKE, {{"highway", "residential"}, {"motor_vehicle", "no"}}, 15, 15},
        {BIKE, {{"highway", "residential"}, {"bicycle", "no"}}, 0, 0},
        {BIKE, {{"highway", "residential"}, {"access", "no"}, {"bicycle", "yes"}}, 15, 15},
        {BIKE, {{"highway", "residential"}, {"vehicle", "private"}}, 0, 0},
        {BIKE, {{"highway", "secondary"}, {"bicycle", "use_sidepath"}}, 0, 0},
        {FOOT, {{"highway", "residential"}, {"vehicle", "no"}}, 5, 5},
        {FOOT, {{"highway", "residential"}, {"foot", "no"}}, 0, 0},
        {FOOT, {{"highway", "service"}, {"access", "private"}}, 0, 0},
        {FOOT, {{"highway", "service"}, {"access", "private"}, {"foot", "permissive"}}, 5, 5},
        {FOOT, {{"highway", "pedestrian"}, {"area", "yes"}}, 5, 5},
    };
    WAYS_HOLD(cases);
}

static void a_tag_of_the_mode_opens_what_its_class_closes(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "track"}, {"motor_vehicle", "yes"}}, 10, 10},
        {CAR, {{"highway", "track"}, {"access", "yes"}}, 0, 0}, /* says nothing of cars */
        {CAR, {{"highway", "track"}, {"motor_vehicle", "agricultural"}}, 0, 0},
        {CAR, {{"highway", "footway"}, {"motor_vehicle", "yes"}}, 0, 0},
        {BIKE, {{"highway", "footway"}, {"bicycle", "yes"}}, 15, 15},
        {BIKE, {{"highway", "footway"}, {"bicycle", "dismount"}}, 4, 4},
        {BIKE, {{"highway", "residential"}, {"bicycle", "dismount"}}, 4, 4},
        {BIKE, {{"highway", "steps"}, {"bicycle", "dismount"}}, 2, 2},
        {BIKE, {{"highway", "bridleway"}}, 0, 0},
        {BIKE, {{"highway", "bridleway"}, {"bicycle", "designated"}}, 15, 15},
        {FOOT, {{"highway", "cycleway"}, {"foot", "yes"}}, 5, 5},
        {FOOT, {{"highway", "cycleway"}, {"access", "yes"}}, 0, 0},
        {FOOT, {{"highway", "trunk"}, {"foot", "yes"}}, 5, 5},
    };
    WAYS_HOLD(cases);
}

static void access_may_differ_by_direction(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "tertiary"}, {"motor_vehicle:backward", "no"}}, 40, 0},
        {CAR,
         {{"highway", "tertiary"}, {"motor_vehicle", "no"}, {"motor_vehicle:forward", "yes"}},
         40,
         0},
        {CAR, {{"highway", "tertiary"}, {"vehicle:forward", "no"}, {"motorcar", "yes"}}, 40, 40},
        {BIKE, {{"highway", "tertiary"}, {"bicycle:backward", "no"}}, 15, 0},
    };
    WAYS_HOLD(cases);
}

/* --- directions --- */

static void one_way_rules(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"highway", "tertiary"}, {"oneway", "yes"}}, 40, 0},
        {CAR, {{"highway", "tertiary"}, {"oneway", "1"}}, 40, 0},
        {CAR, {{"highway", "tertiary"}, {"oneway", "-1"}}, 0, 40},
        {CAR, {{"highway", "tertiary"}, {"oneway", "reverse"}}, 0, 40},
        {CAR, {{"highway", "tertiary"}, {"oneway", "reversible"}}, 0, 0},
        {CAR, {{"highway", "tertiary"}, {"oneway", "alternating"}}, 0, 0},
        {CAR, {{"highway", "tertiary"}, {"oneway", "no"}}, 40, 40},
        {CAR, {{"highway", "tertiary"}, {"oneway", "perhaps"}}, 40, 40},
        {CAR, {{"highway", "motorway"}}, 90, 0},
        {CAR, {{"highway", "motorway"}, {"oneway", "no"}}, 90, 90},
        {CAR, {{"highway", "motorway"}, {"oneway", "-1"}}, 0, 90},
        {CAR, {{"highway", "tertiary"}, {"junction", "roundabout"}}, 40, 0},
        {CAR, {{"highway", "tertiary"}, {"junction", "circular"}}, 40, 0},
        {CAR, {{"highway", "tertiary"}, {"junction", "roundabout"}, {"oneway", "no"}}, 40, 40},
        {CAR, {{"highway", "tertiary"}, {"oneway", "yes"}, {"oneway:motorcar", "no"}}, 40, 40},
        {CAR, {{"highway", "tertiary"}, {"oneway", "yes"}, {"oneway:bicycle", "no"}}, 40, 0},
        {CAR, {{"highway", "tertiary"}, {"oneway", "yes"}, {"cycleway", "opposite"}}, 40, 0},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "yes"}}, 15, 0},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "-1"}}, 0, 15},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "yes"}, {"oneway:bicycle", "no"}}, 15, 15},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "no"}, {"oneway:bicycle", "yes"}}, 15, 0},
        {BIKE, {{"highway", "tertiary"}, {"oneway:bicycle", "-1"}}, 0, 15},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "yes"}, {"cycleway", "opposite"}}, 15, 15},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "yes"}, {"cycleway", "lane"}}, 15, 0},
        {BIKE,
         {{"highway", "tertiary"}, {"oneway", "yes"}, {"cycleway:left", "opposite_lane"}},
         15,
         15},
        {BIKE,
         {{"highway", "tertiary"}, {"oneway", "-1"}, {"cycleway:right", "opposite_track"}},
         15,
         15},
        {BIKE,
         {{"highway", "tertiary"},
          {"oneway", "yes"},
          {"cycleway:left", "lane"},
          {"cycleway:left:oneway", "-1"}},
         15,
         15},
        {BIKE, {{"highway", "tertiary"}, {"oneway", "yes"}, {"cycleway:both", "opposite"}}, 15, 15},
        {BIKE, {{"highway", "tertiary"}, {"junction", "roundabout"}}, 15, 0},
        {FOOT, {{"highway", "tertiary"}, {"oneway", "yes"}}, 5, 5},
        {FOOT, {{"highway", "tertiary"}, {"junction", "roundabout"}}, 5, 5},
        {FOOT, {{"highway", "tertiary"}, {"oneway:foot", "yes"}}, 5, 0},
        {FOOT, {{"highway", "tertiary"}, {"oneway:foot", "-1"}}, 0, 5},
    };
    WAYS_HOLD(cases);
}

/* --- ferries --- */

static void ferries_take_whom_they_say(void **state)
{
    (void)state;
    static const way_case cases[] = {
        {CAR, {{"route", "ferry"}}, 0, 0}, /* not known to take cars */
        {CAR, {{"route", "ferry"}, {"access", "yes"}}, 0, 0},
        {CAR, {{"route", "ferry"}, {"motor_vehicle", "yes"}}, 5, 5},
        {CAR, {{"route", "ferry"}, {"motorcar", "yes"}}, 5, 5},
        {CAR, {{"route", "ferry"}, {"motor_vehicle", "yes"}, {"motorcar", "no"}}, 0, 0},
        {CAR, {{"route", "ferry"}, {"motor_vehicle", "yes"}, {"oneway", "yes"}}, 5, 0},
        {CAR, {{"route", "shuttle_train"}, {"motor_vehicle", "yes"}}, 10, 10},
        {CAR, {{"route", "bus"}, {"motor_vehicle", "yes"}}, 0, 0},
        {BIKE, {{"route", "ferry"}}, 5, 5},
        {BIKE, {{"route", "ferry"}, {"bicycle", "no"}}, 0, 0},
        {FOOT, {{"route", "ferry"}}, 5, 5},
        {FOOT, {{"route", "ferry"}, {"foot", "no"}}, 0, 0},
        {FOOT, {{"route", "shuttle_train"}}, 0, 0},
    };
    WAYS_HOLD(cases);
}

static void durations_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double s;
    } cases[] = {{"45", 2700},     {"00:45", 2700},    {"1:30", 5400},    {"1:30:30", 5430},
                 {"12:00", 43200}, {"100:00", 360000}, {"PT35M", 2100},   {"PT1H30M", 5400},
                 {"PT1H", 3600},   {"PT90S", 90},      {"P1DT2H", 93600}, {"PT71M", 4260},
                 {"", 0},          {"0", 0},           {"0:60", 0},       {"1:30:60", 0},
                 {"1:2:3:4", 0},   {"1:", 0},          {":30", 0},        {"-5", 0},
                 {"5 min", 0},     {"1h30", 0},        {"P", 0},          {"PT", 0},
                 {"PT5", 0},       {"PT5M1H", 0},      {"P5M", 0},        {"PT5M ", 0},
                 {"PTM", 0},       {"P1YT1H", 0},      {"1.5", 0},        {"9999999999", 0},
                 {"999999999", 0}, {"PT1H1H", 0},      {"pt1h", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double got = road_duration_s(cases[i].text), off = got - cases[i].s;
        if (off * off > 1e-12)
            fail_msg("duration=%s: %g s, expected %g", cases[i].text, got, cases[i].s);
    }
}

/* --- nodes --- */

typedef struct node_case {
    profile_id profile;
    osm_tag tags[TAGS_MAX];
    bool open;
} node_case;

static void barriers(void **state)
{
    (void)state;
    static const node_case cases[] = {
        {CAR, {{"barrier", "bollard"}}, false},
        {CAR, {{"barrier", "block"}}, false},
        {CAR, {{"barrier", "something_new"}}, false},
        {CAR, {{"barrier", "bollard"}, {"access", "yes"}}, true},
        {CAR, {{"barrier", "bollard"}, {"bollard", "rising"}}, true},
        {CAR, {{"barrier", "gate"}}, true},
        {CAR, {{"barrier", "lift_gate"}}, true},
        {CAR, {{"barrier", "toll_booth"}}, true},
        {CAR, {{"barrier", "gate"}, {"access", "private"}}, false},
        {CAR, {{"barrier", "gate"}, {"motor_vehicle", "no"}, {"access", "yes"}}, false},
        {CAR, {{"highway", "crossing"}}, true},
        {BIKE, {{"barrier", "bollard"}}, true},
        {BIKE, {{"barrier", "cycle_barrier"}}, true},
        {BIKE, {{"barrier", "wall"}}, false},
        {BIKE, {{"barrier", "turnstile"}}, false},
        {BIKE, {{"barrier", "gate"}, {"bicycle", "no"}}, false},
        {BIKE, {{"barrier", "gate"}, {"access", "no"}, {"bicycle", "yes"}}, true},
        {BIKE, {{"highway", "crossing"}, {"bicycle", "no"}}, true}, /* of those who cross */
        {FOOT, {{"barrier", "turnstile"}}, true},
        {FOOT, {{"barrier", "fence"}}, false},
        {FOOT, {{"barrier", "gate"}, {"access", "private"}}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (road_profile_node_open(profiles[cases[i].profile], tags_of(cases[i].tags)) !=
            cases[i].open)
            fail_msg("%s, %s: expected %s", profile_names[cases[i].profile], shown(cases[i].tags),
                     cases[i].open ? "open" : "closed");
}

typedef struct penalty_case {
    profile_id profile;
    osm_tag tags[TAGS_MAX];
    uint32_t forward_ds, backward_ds;
} penalty_case;

static void signals_cost_time(void **state)
{
    (void)state;
    static const penalty_case cases[] = {
        {CAR, {{"highway", "traffic_signals"}}, 20, 20},
        {CAR, {{"highway", "traffic_signals"}, {"traffic_signals:direction", "forward"}}, 20, 0},
        {CAR, {{"highway", "traffic_signals"}, {"traffic_signals:direction", "backward"}}, 0, 20},
        {CAR, {{"highway", "stop"}, {"direction", "forward"}}, 20, 0},
        {CAR, {{"highway", "give_way"}, {"direction", "backward"}}, 0, 10},
        {CAR, {{"highway", "crossing"}}, 0, 0},
        {CAR, {{"highway", "crossing"}, {"crossing", "traffic_signals"}}, 20, 20},
        {CAR, {{"highway", "traffic_signals"}, {"crossing", "traffic_signals"}}, 20, 20}, /* once */
        {CAR, {{"barrier", "toll_booth"}}, 150, 150},
        {CAR, {{"barrier", "gate"}}, 0, 0},
        {BIKE, {{"highway", "traffic_signals"}}, 20, 20},
        {FOOT, {{"highway", "traffic_signals"}}, 20, 20},
        {FOOT, {{"highway", "stop"}}, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const penalty_case *c = &cases[i];
        node_penalty p = road_profile_penalty(profiles[c->profile], tags_of(c->tags));
        if (p.forward_ds != c->forward_ds || p.backward_ds != c->backward_ds)
            fail_msg("%s, %s: %u and %u ds, expected %u and %u", profile_names[c->profile],
                     shown(c->tags), p.forward_ds, p.backward_ds, c->forward_ds, c->backward_ds);
    }
}

/* --- restrictions --- */

typedef struct turn_case {
    profile_id profile;
    osm_tag tags[TAGS_MAX];
    turn_rule rule;
} turn_case;

static void restrictions_hold_for_whom_they_say(void **state)
{
    (void)state;
    static const turn_case cases[] = {
        {CAR, {{"restriction", "no_left_turn"}}, TURN_FORBIDDEN},
        {CAR, {{"restriction", "no_entry"}}, TURN_FORBIDDEN},
        {CAR, {{"restriction", "no_u_turn"}}, TURN_NO_U},
        {CAR, {{"restriction", "only_straight_on"}}, TURN_MANDATORY},
        {CAR, {{"restriction:motorcar", "no_left_turn"}}, TURN_FORBIDDEN},
        {CAR, {{"restriction:hgv", "no_left_turn"}}, TURN_OF_OTHERS},
        {CAR, {{"restriction:bicycle", "no_left_turn"}}, TURN_OF_OTHERS},
        {CAR, {{"restriction", "no_left_turn"}, {"except", "psv;motorcar"}}, TURN_EXEMPT},
        {CAR, {{"restriction", "no_left_turn"}, {"except", "bicycle; psv"}}, TURN_FORBIDDEN},
        {CAR, {{"restriction:conditional", "no_left_turn @ (07:00-09:00)"}}, TURN_CONDITIONAL},
        {CAR, {{"restriction", "give_way"}}, TURN_UNKNOWN_VALUE},
        {BIKE, {{"restriction", "no_left_turn"}}, TURN_FORBIDDEN},
        {BIKE, {{"restriction", "no_left_turn"}, {"except", "bicycle;psv"}}, TURN_EXEMPT},
        {BIKE, {{"restriction:bicycle", "no_right_turn"}}, TURN_FORBIDDEN},
        {FOOT, {{"restriction", "no_left_turn"}}, TURN_OF_OTHERS},
        {FOOT, {{"restriction:foot", "no_left_turn"}}, TURN_FORBIDDEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        turn_rule rule = road_profile_turn(profiles[cases[i].profile], tags_of(cases[i].tags));
        if (rule != cases[i].rule)
            fail_msg("%s, %s: rule %d, expected %d", profile_names[cases[i].profile],
                     shown(cases[i].tags), (int)rule, (int)cases[i].rule);
    }
}

/* --- the file --- */

static road_profile *written(const char *text, faults *list)
{
    error err = {0};
    char path[] = "/tmp/profile_XXXXXX";
    road_profile *p = NULL;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    assert_int_equal(file_write_atomic(path, text, strlen(text), &err), STATUS_OK);
    (void)!road_profile_read(path, &p, list);
    (void)unlink(path);
    return p;
}

#define HEADER "rule;key;value;number;unit;note\nname;;van;;;\n"

static void a_profile_of_ones_own(void **state)
{
    (void)state;
    faults *list = map_faults();
    road_profile *p = written(HEADER "speed;highway;*;31;km/h;any class\n"
                                     "speed;aeroway;taxiway;20;km/h;\n"
                                     "access;hgv;;;;\n"
                                     "closed;;no;;;\n"
                                     "peak;highway;*;0.5;1;\n"
                                     "peak;highway;motorway;1;1;\n",
                              list);
    assert_non_null(p);
    assert_string_equal(road_profile_name(p), "van");
    const osm_tag any[] = {{"highway", "raceway"}, {0}};
    const osm_tag closed[] = {{"highway", "raceway"}, {"hgv", "no"}, {0}};
    const osm_tag motorway[] = {{"highway", "motorway"}, {0}};
    assert_true(road_profile_way(p, tags_of(any)).forward_kmh == 31);
    assert_true(road_profile_way(p, tags_of(closed)).forward_kmh == 0);
    assert_true(road_profile_peak(p, tags_of(any)) == 0.5);
    assert_true(road_profile_peak(p, tags_of(motorway)) == 1);
    const road_wanted *w = road_profile_wanted(p);
    assert_int_equal(w->way_count, 1);
    assert_string_equal(w->ways[0].value, "taxiway");
    bool hgv = false;
    for (size_t i = 0; i < w->key_count; i++)
        hgv |= strcmp(w->keys[i], "hgv") == 0;
    assert_true(hgv);
    road_profile_free(p);
    faults_free(list);
}

/* One file, every fault: each with its line. */
static void every_fault_is_told_at_once(void **state)
{
    (void)state;
    static const struct {
        uint64_t line, column;
        const char *part;
    } expected[] = {
        {3, 1, "did you mean \"speed\""},
        {4, 1, "unknown rule \"zzzzzz\""},
        {5, 23, "needs the column \"number\""},
        {6, 8, "takes nothing in the column \"key\""},
        {7, 26, "unit \"mph\", \"km/h\" is expected"},
        {8, 23, "number 500, from 0.1 to 200 is expected"},
        {10, 1, "given twice"},
        {11, 1, "given twice"},
        {0, 0, "maxspeed_cap"},
    };
    faults *list = map_faults();
    road_profile *p = written(HEADER "sped;highway;primary;50;km/h;\n"
                                     "zzzzzz;highway;primary;50;km/h;\n"
                                     "speed;highway;primary;;km/h;\n"
                                     "closed;access;no;;;\n"
                                     "speed;highway;primary;50;mph;\n"
                                     "speed;highway;primary;500;km/h;\n"
                                     "speed;highway;primary;50;km/h;\n"
                                     "speed;highway;primary;60;km/h;\n"
                                     "name;;again;;;\n"
                                     "maxspeed_cap;;;1;1;\n"
                                     "maxspeed_factor;;;1;1;\n",
                              list);
    assert_null(p);
    assert_int_equal(faults_count(list), sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(map_fault(list, i), expected[i].part))
            fail_msg("\"%s\" lacks \"%s\"", map_fault(list, i), expected[i].part);
        assert_int_equal(faults_at(list, i)->line, expected[i].line);
        assert_int_equal(faults_at(list, i)->column, expected[i].column);
    }
    faults_free(list);
}

static void a_profile_needs_a_name_and_a_speed(void **state)
{
    (void)state;
    faults *list = map_faults();
    assert_null(written("rule;key;value;number;unit\nclosed;;no;;\n", list));
    assert_int_equal(faults_count(list), 2);
    assert_non_null(strstr(map_fault(list, 0), "without a name"));
    assert_non_null(strstr(map_fault(list, 1), "without a speed"));
    faults_free(list);
    list = map_faults();
    assert_null(written("rule;key;value;number;unit\nspeed;highway;primary;fast;km/h\n", list));
    assert_int_equal(faults_at(list, 0)->line, 2);
    assert_int_equal(faults_at(list, 0)->column, 23);
    faults_free(list);
}

static int profiles_open(void **state)
{
    (void)state;
    profiles[CAR] = map_profile(MAP_PROFILE("car"));
    profiles[BIKE] = map_profile(MAP_PROFILE("bike"));
    profiles[FOOT] = map_profile(MAP_PROFILE("foot"));
    return 0;
}

static int profiles_close(void **state)
{
    (void)state;
    for (size_t i = 0; i < PROFILES; i++)
        road_profile_free(profiles[i]);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_speeds_are_osrms),
        cmocka_unit_test(surfaces_slow_bicycles_and_walkers),
        cmocka_unit_test(a_posted_limit_replaces_a_cars_speed_and_only_lowers_a_bicycles),
        cmocka_unit_test(posted_limits_are_read),
        cmocka_unit_test(unreadable_limits_are_refused),
        cmocka_unit_test(the_most_specific_access_tag_decides),
        cmocka_unit_test(a_tag_of_the_mode_opens_what_its_class_closes),
        cmocka_unit_test(access_may_differ_by_direction),
        cmocka_unit_test(one_way_rules),
        cmocka_unit_test(ferries_take_whom_they_say),
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(barriers),
        cmocka_unit_test(signals_cost_time),
        cmocka_unit_test(restrictions_hold_for_whom_they_say),
        cmocka_unit_test(a_profile_of_ones_own),
        cmocka_unit_test(every_fault_is_told_at_once),
        cmocka_unit_test(a_profile_needs_a_name_and_a_speed),
    };
    return cmocka_run_group_tests(tests, profiles_open, profiles_close);
}
