#include "network/build/road_profile.h"

#include <math.h>
#include <string.h>

#include "network/build/profile_rules.h"

/* --- lookups --- */

static bool rule_fits(const profile_rule *rule, const char *value)
{
    return *value && (strcmp(rule->value, value) == 0 || strcmp(rule->value, "*") == 0);
}

/* The first rule that a tag fits; NULL: none. Rules of one key stand together mostly: its value is
 * looked up once. */
static const profile_rule *rule_find(const road_profile *p, rule_kind kind, road_tags tags)
{
    const profile_rules *rules = &p->rules[kind];
    const char *key = NULL, *value = "";
    for (size_t i = 0; i < rules->count; i++) {
        const profile_rule *rule = &rules->at[i];
        if (!key || strcmp(key, rule->key) != 0)
            value = tag_of(tags, key = rule->key);
        if (rule_fits(rule, value))
            return rule;
    }
    return NULL;
}

/* Whether a value is one of the rules of a kind that have no key. */
static bool value_listed(const road_profile *p, rule_kind kind, const char *value)
{
    const profile_rules *rules = &p->rules[kind];
    for (size_t i = 0; i < rules->count; i++)
        if (strcmp(rules->at[i].value, value) == 0)
            return true;
    return false;
}

static double number_of(const road_profile *p, rule_kind kind)
{
    return p->rules[kind].count > 0 ? p->rules[kind].at[0].number : 0;
}

/* --- access --- */

typedef enum heading { ANY_HEADING, FORWARD, BACKWARD } heading;

typedef enum access_state {
    ACCESS_UNSAID, /* no tag */
    ACCESS_CLOSED,
    ACCESS_LEFT,   /* a value that neither closes nor opens, or the key does not open */
    ACCESS_OPENED, /* by a tag that opens what is closed otherwise */
    ACCESS_PUSHED
} access_state;

static bool key_opens(const road_profile *p, const char *key)
{
    const profile_rules *rules = &p->rules[RULE_OPENS_BY];
    for (size_t i = 0; i < rules->count; i++)
        if (strcmp(rules->at[i].key, key) == 0)
            return true;
    return false;
}

/* The value of the most specific access tag; "" when none is given. *key: that of its rule. */
static const char *access_value(const road_profile *p, road_tags tags, heading h, const char **key)
{
    const profile_rules *rules = &p->rules[RULE_ACCESS];
    for (size_t i = 0; i < rules->count; i++) {
        const profile_rule *rule = &rules->at[i];
        const char *value = h == ANY_HEADING ? ""
                            : h == FORWARD   ? tag_of(tags, rule->forward_key)
                                             : tag_of(tags, rule->backward_key);
        if (!*value)
            value = tag_of(tags, rule->key);
        *key = rule->key;
        if (*value)
            return value;
    }
    return "";
}

static access_state access_of(const road_profile *p, road_tags tags, heading h)
{
    const char *key = "", *value = access_value(p, tags, h, &key);
    if (!*value)
        return ACCESS_UNSAID;
    if (value_listed(p, RULE_CLOSED, value))
        return ACCESS_CLOSED;
    if (value_listed(p, RULE_PUSHED, value))
        return ACCESS_PUSHED;
    return value_listed(p, RULE_OPEN, value) && key_opens(p, key) ? ACCESS_OPENED : ACCESS_LEFT;
}

/* --- directions --- */

typedef struct directions {
    bool forward, backward;
} directions;

static bool oneway_read(const road_profile *p, const char *value, directions *out)
{
    if (value_listed(p, RULE_ONEWAY_FORWARD, value))
        *out = (directions){.forward = true};
    else if (value_listed(p, RULE_ONEWAY_BACKWARD, value))
        *out = (directions){.backward = true};
    else if (value_listed(p, RULE_ONEWAY_BOTH, value))
        *out = (directions){.forward = true, .backward = true};
    else if (value_listed(p, RULE_ONEWAY_NONE, value))
        *out = (directions){0};
    else
        return false;
    return true;
}

static directions way_directions(const road_profile *p, road_tags tags)
{
    const profile_rules *keys = &p->rules[RULE_ONEWAY];
    directions open = {.forward = true, .backward = true};
    bool said = false;
    for (size_t i = 0; i < keys->count && !said; i++)
        said = oneway_read(p, tag_of(tags, keys->at[i].key), &open);
    if (!said && rule_find(p, RULE_ONEWAY_IMPLIED, tags))
        open.backward = false;
    if (open.forward != open.backward && rule_find(p, RULE_CONTRAFLOW, tags))
        open = (directions){.forward = true, .backward = true};
    return open;
}

/* --- speeds --- */

/* What the tags of a way say once, for both directions. */
typedef struct way_rules {
    const road_profile *profile;
    road_tags tags;
    const profile_rule *open, *opened; /* where nothing is said; where an access tag opens */
    bool crossing;
    bool *unread;
} way_rules;

/* The posted limit replaces the speed, or lowers it. */
static double posted_kmh(const way_rules *w, heading h, double kmh)
{
    const road_profile *p = w->profile;
    const double factor = number_of(p, RULE_MAXSPEED_FACTOR), cap = number_of(p, RULE_MAXSPEED_CAP);
    if (factor == 0 && cap == 0)
        return kmh;
    const char *text = tag_of(w->tags, h == FORWARD ? "maxspeed:forward" : "maxspeed:backward");
    if (!*text)
        text = tag_of(w->tags, "maxspeed");
    double posted = *text ? road_profile_posted_kmh(p, text) : 0;
    *w->unread |= *text && posted == 0;
    if (posted == 0)
        return kmh;
    return factor > 0 ? posted * factor : fmin(kmh, posted * cap);
}

/* Every tag that lowers the speed: the lowest holds. */
static double limited_kmh(const way_rules *w, double kmh)
{
    const profile_rules *rules = &w->profile->rules[RULE_LIMIT];
    const char *key = NULL, *value = "";
    for (size_t i = 0; i < rules->count; i++) {
        if (!key || strcmp(key, rules->at[i].key) != 0)
            value = tag_of(w->tags, key = rules->at[i].key);
        if (rule_fits(&rules->at[i], value))
            kmh = fmin(kmh, rules->at[i].number);
    }
    return kmh;
}

static double heading_kmh(const way_rules *w, heading h)
{
    const access_state a = access_of(w->profile, w->tags, h);
    const profile_rule *rule = a == ACCESS_OPENED && w->opened ? w->opened : w->open;
    if (a == ACCESS_CLOSED)
        return 0;
    if (a == ACCESS_PUSHED && !w->crossing && (w->open || w->opened)) {
        double push = number_of(w->profile, RULE_PUSH_SPEED);
        return w->open ? fmin(push, w->open->number) : push;
    }
    if (!rule)
        return 0;
    return w->crossing ? rule->number : limited_kmh(w, posted_kmh(w, h, rule->number));
}

road_speeds road_profile_way(const road_profile *p, road_tags tags)
{
    road_speeds speeds = {0};
    way_rules w = {.profile = p,
                   .tags = tags,
                   .open = rule_find(p, RULE_SPEED, tags),
                   .opened = rule_find(p, RULE_SPEED_OPEN, tags),
                   .unread = &speeds.unread};
    if (!w.open && !w.opened) {
        w.open = rule_find(p, RULE_FERRY, tags);
        w.opened = rule_find(p, RULE_FERRY_OPEN, tags);
        speeds.crossing = w.crossing = w.open || w.opened;
    }
    if ((!w.open && !w.opened) || rule_find(p, RULE_NEVER, tags))
        return speeds;
    const directions open = way_directions(p, tags);
    if (open.forward)
        speeds.forward_kmh = heading_kmh(&w, FORWARD);
    if (open.backward)
        speeds.backward_kmh = heading_kmh(&w, BACKWARD);
    if (w.crossing && (speeds.forward_kmh > 0 || speeds.backward_kmh > 0)) {
        const char *duration = tag_of(tags, "duration");
        speeds.duration_s = *duration ? road_duration_s(duration) : 0;
        speeds.unread = *duration && speeds.duration_s == 0;
    }
    return speeds;
}

double road_profile_peak(const road_profile *p, road_tags tags)
{
    const profile_rules *rules = &p->rules[RULE_PEAK];
    const profile_rule *found = NULL;
    for (size_t i = 0; i < rules->count; i++) {
        const profile_rule *rule = &rules->at[i];
        const bool named = strcmp(rule->value, "*") != 0;
        if (rule_fits(rule, tag_of(tags, rule->key)) && (!found || named))
            found = rule;
        if (found && named && found == rule)
            break;
    }
    return found ? found->number : 1;
}

/* --- nodes --- */

bool road_profile_node_open(const road_profile *p, road_tags tags)
{
    if (!rule_find(p, RULE_NODE_ACCESS_IGNORED, tags)) {
        const access_state a = access_of(p, tags, ANY_HEADING);
        if (a != ACCESS_UNSAID)
            return a != ACCESS_CLOSED;
    }
    return rule_find(p, RULE_PASSES, tags) || !rule_find(p, RULE_BLOCKS, tags);
}

node_penalty road_profile_penalty(const road_profile *p, road_tags tags)
{
    const profile_rules *rules = &p->rules[RULE_PENALTY];
    double s = 0;
    for (size_t i = 0; i < rules->count; i++)
        if (rule_fits(&rules->at[i], tag_of(tags, rules->at[i].key)))
            s = fmax(s, rules->at[i].number);
    if (s == 0)
        return (node_penalty){0};
    const char *facing = tag_of(tags, "traffic_signals:direction");
    if (!*facing)
        facing = tag_of(tags, "direction");
    uint32_t ds = (uint32_t)lround(s * 10);
    return (node_penalty){.forward_ds = strcmp(facing, "backward") == 0 ? 0 : ds,
                          .backward_ds = strcmp(facing, "forward") == 0 ? 0 : ds};
}

/* --- turn restrictions --- */

/* "bicycle;psv": whether one of the parts is an exemption of the profile. */
static bool exempt(const road_profile *p, const char *list)
{
    const profile_rules *rules = &p->rules[RULE_EXCEPT];
    while (*list) {
        size_t size = strcspn(list, "; ");
        for (size_t i = 0; i < rules->count; i++)
            if (text_equal(text_slice_of(list, size), rules->at[i].value))
                return true;
        list += size;
        list += strspn(list, "; ");
    }
    return false;
}

turn_rule road_profile_turn(const road_profile *p, road_tags tags)
{
    const profile_rules *keys = &p->rules[RULE_RESTRICTION];
    turn_rule rule = TURN_OF_OTHERS;
    for (size_t i = 0; i < keys->count; i++) {
        const char *value = tag_of(tags, keys->at[i].key);
        if (!*value) {
            rule = *tag_of(tags, keys->at[i].conditional_key) ? TURN_CONDITIONAL : rule;
            continue;
        }
        if (exempt(p, tag_of(tags, "except")))
            return TURN_EXEMPT;
        if (strcmp(value, "no_u_turn") == 0)
            return TURN_NO_U;
        if (strncmp(value, "no_", 3) == 0)
            return TURN_FORBIDDEN;
        return strncmp(value, "only_", 5) == 0 ? TURN_MANDATORY : TURN_UNKNOWN_VALUE;
    }
    return rule;
}
