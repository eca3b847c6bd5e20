#include "network/build/road_profile.h"

#include <string.h>

static const double POSTED_FACTOR = 0.8; /* driven over posted speed, OSRM car profile */
static const double MILE_KM = 1.609344;
/* Outside of these: a typing error. */
static const double POSTED_MIN_KMH = 1, POSTED_MAX_KMH = 200;

typedef struct class_speed {
    const char *highway;
    double kmh;
} class_speed;

/* km/h; a class that is not listed is closed to cars. */
static const class_speed class_speeds[] = {
    {"motorway", 90},      {"motorway_link", 45}, {"trunk", 85},        {"trunk_link", 40},
    {"primary", 65},       {"primary_link", 30},  {"secondary", 55},    {"secondary_link", 25},
    {"tertiary", 40},      {"tertiary_link", 20}, {"unclassified", 25}, {"residential", 25},
    {"living_street", 10}, {"service", 15},
};

/* Posted limits that are words, km/h. Any other country's classes: OSRM's defaults below. */
static const class_speed posted_words[] = {
    {"none", 140},     {"walk", 7},          {"fr:urban", 50},         {"fr:rural", 80},
    {"fr:trunk", 110}, {"fr:motorway", 130}, {"fr:living_street", 20}, {"fr:zone20", 20},
    {"fr:zone30", 30},
};
static const class_speed posted_classes[] = {
    {"urban", 50}, {"rural", 90}, {"trunk", 110}, {"motorway", 130}, {"living_street", 20},
};

/* From the most to the least specific: the first one given decides. */
static const char *const access_keys[] = {"motorcar", "motor_vehicle", "vehicle", "access"};

/* Values that close a road to the general public's cars, or to crossing traffic for good. */
static const char *const access_closed[] = {
    "no",        "private", "agricultural", "forestry", "agricultural;forestry",
    "emergency", "psv",     "bus",          "military",
};

/* Barriers that a car passes; any other barrier closes the node unless its access tags open it. */
static const char *const barriers_open[] = {
    "no",         "gate",           "lift_gate",  "swing_gate", "cattle_grid",
    "toll_booth", "border_control", "sally_port", "entrance",   "height_restrictor",
    "arch",       "bump_gate",      "kerb",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool listed(const char *value, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, list[i]) == 0)
            return true;
    return false;
}

static double speed_of(const char *name, const class_speed *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, list[i].highway) == 0)
            return list[i].kmh;
    return 0;
}

static const char *tag(road_tags tags, const char *key)
{
    const char *value = tags.value(tags.context, key);
    return value ? value : "";
}

/* --- posted limits --- */

static char lower(char c)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    return c >= 'A' && c <= 'Z' ? letters[c - 'A'] : c;
}

/* 0: empty, or too long to be a posted limit. */
static size_t lower_case(const char *text, char *out, size_t size)
{
    size_t n = strlen(text);
    if (n >= size)
        return 0;
    for (size_t i = 0; i <= n; i++)
        out[i] = lower(text[i]);
    return n;
}

/* "be:rural": the part after the country. */
static double posted_class(const char *posted)
{
    const char *colon = strchr(posted, ':');
    if (!colon || colon - posted != 2)
        return 0;
    return speed_of(colon + 1, posted_classes, COUNT(posted_classes));
}

/* "50", "50 km/h", "30 mph", "30mph" */
static double posted_number(const char *posted)
{
    size_t digits = strspn(posted, "0123456789.");
    const char *unit = posted + digits + strspn(posted + digits, " ");
    double number = 0;
    if (!text_to_f64(text_slice_of(posted, digits), '.', &number))
        return 0;
    if (strcmp(unit, "mph") == 0)
        number *= MILE_KM;
    else if (*unit && strcmp(unit, "km/h") != 0 && strcmp(unit, "kmh") != 0)
        return 0;
    return number >= POSTED_MIN_KMH && number <= POSTED_MAX_KMH ? number : 0;
}

double road_maxspeed_kmh(const char *posted)
{
    char text[32];
    if (lower_case(posted, text, sizeof text) == 0)
        return 0;
    double kmh = speed_of(text, posted_words, COUNT(posted_words));
    if (kmh == 0)
        kmh = posted_class(text);
    return kmh == 0 ? posted_number(text) : kmh;
}

/* Speed driven in one direction: posted limits replace the class speed, as in OSRM. */
static double driven_kmh(road_tags tags, const char *direction_key, double class_kmh, bool *unread)
{
    const char *posted = tag(tags, direction_key);
    if (!*posted)
        posted = tag(tags, "maxspeed");
    double kmh = *posted ? road_maxspeed_kmh(posted) : 0;
    if (*posted && kmh == 0)
        *unread = true;
    return kmh > 0 ? kmh * POSTED_FACTOR : class_kmh;
}

/* --- access --- */

/* The most specific access value; "" when none is given. */
static const char *access_value(road_tags tags)
{
    for (size_t i = 0; i < COUNT(access_keys); i++) {
        const char *value = tag(tags, access_keys[i]);
        if (*value)
            return value;
    }
    return "";
}

static bool way_closed(road_tags tags)
{
    return listed(access_value(tags), access_closed, COUNT(access_closed)) ||
           strcmp(tag(tags, "area"), "yes") == 0 || strcmp(tag(tags, "impassable"), "yes") == 0 ||
           strcmp(tag(tags, "service"), "emergency_access") == 0;
}

typedef enum direction { BOTH_WAYS, FORWARD_ONLY, BACKWARD_ONLY, NO_WAY } direction;

static direction way_direction(road_tags tags)
{
    const char *oneway = tag(tags, "oneway");
    const char *junction = tag(tags, "junction");
    if (strcmp(oneway, "yes") == 0 || strcmp(oneway, "true") == 0 || strcmp(oneway, "1") == 0)
        return FORWARD_ONLY;
    if (strcmp(oneway, "-1") == 0 || strcmp(oneway, "reverse") == 0)
        return BACKWARD_ONLY;
    if (strcmp(oneway, "reversible") == 0 || strcmp(oneway, "alternating") == 0)
        return NO_WAY; /* open in one direction at a time: nothing to rely on */
    if (strcmp(oneway, "no") == 0 || strcmp(oneway, "false") == 0 || strcmp(oneway, "0") == 0)
        return BOTH_WAYS;
    if (strcmp(junction, "roundabout") == 0 || strcmp(junction, "circular") == 0 ||
        strcmp(tag(tags, "highway"), "motorway") == 0)
        return FORWARD_ONLY;
    return BOTH_WAYS;
}

road_speeds road_profile_way(road_tags tags)
{
    road_speeds speeds = {0};
    double class_kmh = speed_of(tag(tags, "highway"), class_speeds, COUNT(class_speeds));
    direction open = way_direction(tags);
    if (class_kmh == 0 || open == NO_WAY || way_closed(tags))
        return speeds;
    if (open != BACKWARD_ONLY)
        speeds.forward_kmh = driven_kmh(tags, "maxspeed:forward", class_kmh, &speeds.unread_limit);
    if (open != FORWARD_ONLY)
        speeds.backward_kmh =
            driven_kmh(tags, "maxspeed:backward", class_kmh, &speeds.unread_limit);
    return speeds;
}

bool road_profile_node_open(road_tags tags)
{
    const char *access = access_value(tags);
    const char *barrier = tag(tags, "barrier");
    if (*access)
        return !listed(access, access_closed, COUNT(access_closed));
    return !*barrier || listed(barrier, barriers_open, COUNT(barriers_open)) ||
           strcmp(tag(tags, "bollard"), "rising") == 0;
}
