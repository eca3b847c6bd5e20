/* network/build/profile_rules.h: the rules of a profile, sorted by kind. Of this folder alone. */
#ifndef NETWORK_PROFILE_RULES_H
#define NETWORK_PROFILE_RULES_H

#include "base/memory.h"
#include "network/build/road_profile.h"

typedef enum rule_kind {
    RULE_NAME,
    RULE_SPEED,      /* ways open unless closed, and their speed */
    RULE_SPEED_OPEN, /* ways open where an access tag of opens_by says so */
    RULE_FERRY,
    RULE_FERRY_OPEN,
    RULE_LIMIT, /* a tag that lowers the speed */
    RULE_MAXSPEED_FACTOR,
    RULE_MAXSPEED_CAP,
    RULE_POSTED,
    RULE_ACCESS,
    RULE_CLOSED,
    RULE_OPEN,
    RULE_OPENS_BY,
    RULE_PUSHED,
    RULE_PUSH_SPEED,
    RULE_NEVER,
    RULE_ONEWAY,
    RULE_ONEWAY_FORWARD,
    RULE_ONEWAY_BACKWARD,
    RULE_ONEWAY_BOTH,
    RULE_ONEWAY_NONE,
    RULE_ONEWAY_IMPLIED,
    RULE_CONTRAFLOW,
    RULE_PASSES,
    RULE_BLOCKS,
    RULE_NODE_ACCESS_IGNORED,
    RULE_PENALTY,
    RULE_RESTRICTION,
    RULE_EXCEPT,
    RULE_PEAK,
    RULE_KINDS
} rule_kind;

typedef struct profile_rule {
    const char *key, *value; /* "" where the kind has none */
    /* of `access` and `oneway`-like keys: "motorcar:forward"; of restrictions: "...:conditional" */
    const char *forward_key, *backward_key, *conditional_key;
    double number;
} profile_rule;
typedef struct profile_rules {
    profile_rule *at;
    size_t count, capacity;
} profile_rules;

struct road_profile {
    arena *memory;
    const char *name;
    profile_rules rules[RULE_KINDS]; /* each in the order of the file */
    road_wanted wanted;
};

static inline const char *tag_of(road_tags tags, const char *key)
{
    const char *value = tags.value(tags.context, key);
    return value ? value : "";
}

#endif
