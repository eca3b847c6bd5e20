/* A profile's file: every row is judged against what its kind of rule takes. */
#include <string.h>

#include "base/arrays.h"
#include "network/build/profile_place.h"
#include "network/build/profile_rules.h"
#include "network/messages.h"
#include "table/reader.h"

enum { KEY_BYTES = 256 };

/* What a kind of rule takes: `needs` in the order key, value, number. */
typedef struct rule_form {
    const char *name, *unit;
    bool key, value, number;
    double low, high;
    bool once;
} rule_form;

static const rule_form forms[RULE_KINDS] = {
    [RULE_NAME] = {.name = "name", .unit = "", .value = true, .once = true},
#define KMH(rule, of_key, of_value, lowest, highest)                                               \
    {                                                                                              \
        .name = rule, .unit = "km/h", .key = of_key, .value = of_value, .number = true,            \
        .low = lowest, .high = highest                                                             \
    }
    [RULE_SPEED] = KMH("speed", true, true, 0.1, 200),
    [RULE_SPEED_OPEN] = KMH("speed_open", true, true, 0.1, 200),
    [RULE_FERRY] = KMH("ferry", true, true, 0.1, 200),
    [RULE_FERRY_OPEN] = KMH("ferry_open", true, true, 0.1, 200),
    [RULE_LIMIT] = KMH("limit", true, true, 0.1, 200),
    [RULE_POSTED] = KMH("posted", false, true, 1, 200),
    [RULE_PUSH_SPEED] = {.name = "push_speed",
                         .unit = "km/h",
                         .number = true,
                         .low = 0.1,
                         .high = 20,
                         .once = true},
#undef KMH
    [RULE_MAXSPEED_FACTOR] = {.name = "maxspeed_factor",
                              .unit = "1",
                              .number = true,
                              .low = 0.1,
                              .high = 2,
                              .once = true},
    [RULE_MAXSPEED_CAP] =
        {.name = "maxspeed_cap", .unit = "1", .number = true, .low = 0.1, .high = 2, .once = true},
    [RULE_PEAK] = {.name = "peak",
                   .unit = "1",
                   .key = true,
                   .value = true,
                   .number = true,
                   .low = 0.1,
                   .high = 1},
    [RULE_PENALTY] = {.name = "penalty",
                      .unit = "s",
                      .key = true,
                      .value = true,
                      .number = true,
                      .low = 0,
                      .high = 3600},
    [RULE_ACCESS] = {.name = "access", .unit = "", .key = true},
    [RULE_OPENS_BY] = {.name = "opens_by", .unit = "", .key = true},
    [RULE_ONEWAY] = {.name = "oneway", .unit = "", .key = true},
    [RULE_RESTRICTION] = {.name = "restriction", .unit = "", .key = true},
    [RULE_CLOSED] = {.name = "closed", .unit = "", .value = true},
    [RULE_OPEN] = {.name = "open", .unit = "", .value = true},
    [RULE_PUSHED] = {.name = "pushed", .unit = "", .value = true},
    [RULE_ONEWAY_FORWARD] = {.name = "oneway_forward", .unit = "", .value = true},
    [RULE_ONEWAY_BACKWARD] = {.name = "oneway_backward", .unit = "", .value = true},
    [RULE_ONEWAY_BOTH] = {.name = "oneway_both", .unit = "", .value = true},
    [RULE_ONEWAY_NONE] = {.name = "oneway_none", .unit = "", .value = true},
    [RULE_EXCEPT] = {.name = "except", .unit = "", .value = true},
    [RULE_NEVER] = {.name = "never", .unit = "", .key = true, .value = true},
    [RULE_ONEWAY_IMPLIED] = {.name = "oneway_implied", .unit = "", .key = true, .value = true},
    [RULE_CONTRAFLOW] = {.name = "contraflow", .unit = "", .key = true, .value = true},
    [RULE_PASSES] = {.name = "passes", .unit = "", .key = true, .value = true},
    [RULE_BLOCKS] = {.name = "blocks", .unit = "", .key = true, .value = true},
    [RULE_NODE_ACCESS_IGNORED] = {.name = "node_access_ignored",
                                  .unit = "",
                                  .key = true,
                                  .value = true},
};

#define TEXT(column, needed)                                                                       \
    {                                                                                              \
        .name = column, .unit = "", .type = COLUMN_TEXT, .required = needed                        \
    }
static const wanted_column wanted_columns[] = {
    TEXT("rule", true),
    TEXT("key", true),
    TEXT("value", true),
    {.name = "number", .unit = "1", .type = COLUMN_F64, .decimals = -1, .required = true},
    TEXT("unit", true),
};
#undef TEXT

/* A row of the file. */
typedef struct profile_row {
    const char *rule, *key, *value, *unit;
    bool given; /* a number */
    double number;
    source_ref at;
} profile_row;

typedef struct profile_reading {
    road_profile *made;
    const char *path;
    faults *list;
    field_places places;
    status result; /* the first refusal */
} profile_reading;

static void refused(profile_reading *r, status result)
{
    r->result = r->result == STATUS_OK ? result : r->result;
}

/* --- judging a row --- */

/* Where a field of a row stands. */
static source_ref field_at(const profile_reading *r, const profile_row *row, const char *field)
{
    return source_at(row->at.file, row->at.line, field_column(&r->places, row->at.line, field));
}

static rule_kind kind_of(const char *name)
{
    rule_kind kind = 0;
    while (kind < RULE_KINDS && strcmp(forms[kind].name, name) != 0)
        kind++;
    return kind;
}

static void refuse_unknown(profile_reading *r, const profile_row *row)
{
    const char *names[RULE_KINDS];
    for (size_t i = 0; i < RULE_KINDS; i++)
        names[i] = forms[i].name;
    const char *near = text_suggest(row->rule, names, RULE_KINDS);
    if (near)
        refused(r, faults_refuse(r->list, field_at(r, row, "rule"), M_PROFILE_RULE_NEAR, row->rule,
                                 near));
    else
        refused(r, faults_refuse(r->list, field_at(r, row, "rule"), M_PROFILE_RULE, row->rule));
}

/* One of key, value, number: given though not taken, or not given though needed. */
static bool field_fits(profile_reading *r, const profile_row *row, const char *field, bool given,
                       bool wanted)
{
    if (given == wanted)
        return true;
    refused(r, wanted ? faults_refuse(r->list, field_at(r, row, field), M_PROFILE_NEEDS, row->rule,
                                      field)
                      : faults_refuse(r->list, field_at(r, row, field), M_PROFILE_TAKES_NO,
                                      row->rule, field));
    return false;
}

static bool row_fits(profile_reading *r, const profile_row *row, const rule_form *form)
{
    bool fits = field_fits(r, row, "key", *row->key != '\0', form->key);
    fits &= field_fits(r, row, "value", *row->value != '\0', form->value);
    fits &= field_fits(r, row, "number", row->given, form->number);
    if (strcmp(row->unit, form->unit) != 0) {
        refused(r, faults_refuse(r->list, field_at(r, row, "unit"), M_PROFILE_UNIT, row->rule,
                                 row->unit, form->unit));
        fits = false;
    }
    if (form->number && row->given && !(row->number >= form->low && row->number <= form->high)) {
        refused(r, faults_refuse(r->list, field_at(r, row, "number"), M_PROFILE_RANGE, row->rule,
                                 row->number, form->low, form->high));
        fits = false;
    }
    if (strlen(row->key) >= KEY_BYTES || strlen(row->value) >= KEY_BYTES) {
        refused(r, faults_refuse(r->list, field_at(r, row, "key"), M_PROFILE_LONG, row->rule,
                                 KEY_BYTES - 1));
        fits = false;
    }
    return fits;
}

static bool row_repeated(const profile_rules *rules, const profile_row *row, bool once)
{
    for (size_t i = 0; i < rules->count; i++)
        if (once || (strcmp(rules->at[i].key, row->key) == 0 &&
                     strcmp(rules->at[i].value, row->value) == 0))
            return true;
    return false;
}

/* --- keeping it --- */

static status rule_add(road_profile *p, rule_kind kind, const profile_row *row, error *err)
{
    profile_rules *rules = &p->rules[kind];
    profile_rule made = {.key = arena_text(p->memory, row->key),
                         .value = arena_text(p->memory, row->value),
                         .forward_key = arena_format(p->memory, "%s:forward", row->key),
                         .backward_key = arena_format(p->memory, "%s:backward", row->key),
                         .conditional_key = arena_format(p->memory, "%s:conditional", row->key),
                         .number = row->number};
    profile_rule *grown = array_grown(rules->at, &rules->capacity, rules->count + 1, sizeof *grown);
    if (!grown || !made.key || !made.value || !made.forward_key || !made.backward_key ||
        !made.conditional_key)
        return memory_error(err, (rules->count + 1) * sizeof made);
    rules->at = grown;
    rules->at[rules->count++] = made;
    return STATUS_OK;
}

static void row_take(profile_reading *r, const profile_row *row)
{
    error err = {0};
    rule_kind kind = kind_of(row->rule);
    if (kind == RULE_KINDS) {
        refuse_unknown(r, row);
        return;
    }
    if (!row_fits(r, row, &forms[kind]))
        return;
    if (row_repeated(&r->made->rules[kind], row, forms[kind].once))
        refused(r, faults_refuse(r->list, field_at(r, row, "rule"), M_PROFILE_REPEATED, row->rule,
                                 row->key, row->value));
    else if (rule_add(r->made, kind, row, &err))
        refused(r, faults_add_error(r->list, row->at, &err));
}

static void rows_take(profile_reading *r, const table *t)
{
    const column *rule = table_find(t, "rule"), *key = table_find(t, "key"),
                 *value = table_find(t, "value"), *number = table_find(t, "number"),
                 *unit = table_find(t, "unit");
    for (size_t i = 0; i < t->rows; i++) {
        const profile_row row = {.rule = column_text(rule, i),
                                 .key = column_text(key, i),
                                 .value = column_text(value, i),
                                 .unit = column_text(unit, i),
                                 .given = column_state(number, i) == VALUE_PRESENT,
                                 .number = number->at.f64[i],
                                 .at = table_source(t, i)};
        row_take(r, &row);
    }
}

/* --- the whole --- */

/* A profile that opens no way is a mistake; and it needs a name. */
static void judge_whole(profile_reading *r)
{
    const road_profile *p = r->made;
    const source_ref at = source_at(r->path, 0, 0);
    if (p->rules[RULE_NAME].count == 0)
        refused(r, faults_refuse(r->list, at, M_PROFILE_NO_NAME));
    if (p->rules[RULE_SPEED].count == 0)
        refused(r, faults_refuse(r->list, at, M_PROFILE_NO_SPEED));
    if (p->rules[RULE_MAXSPEED_FACTOR].count > 0 && p->rules[RULE_MAXSPEED_CAP].count > 0)
        refused(r, faults_refuse(r->list, at, M_PROFILE_BOTH_MAXSPEED));
}

static status wanted_make(road_profile *p, error *err)
{
    static const rule_kind ways[] = {RULE_SPEED, RULE_SPEED_OPEN, RULE_FERRY, RULE_FERRY_OPEN};
    size_t rules = 0, key_count = 0, way_count = 0;
    for (size_t k = 0; k < RULE_KINDS; k++)
        rules += p->rules[k].count;
    const char **keys = arena_take(p->memory, 3 * rules, sizeof *keys);
    osm_tag *tags = arena_take(p->memory, rules, sizeof *tags);
    if (!keys || !tags)
        return memory_error(err, rules * (3 * sizeof *keys + sizeof *tags));
    for (size_t k = 0; k < RULE_KINDS; k++)
        for (size_t i = 0; i < p->rules[k].count && forms[k].key; i++) {
            keys[key_count++] = p->rules[k].at[i].key;
            if (k != RULE_ACCESS)
                continue;
            keys[key_count++] = p->rules[k].at[i].forward_key;
            keys[key_count++] = p->rules[k].at[i].backward_key;
        }
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
        for (size_t i = 0; i < p->rules[ways[k]].count; i++) {
            const profile_rule *rule = &p->rules[ways[k]].at[i];
            if (strcmp(rule->key, "highway") != 0)
                tags[way_count++] = (osm_tag){.key = rule->key, .value = rule->value};
        }
    p->wanted =
        (road_wanted){.keys = keys, .key_count = key_count, .ways = tags, .way_count = way_count};
    return STATUS_OK;
}

static status profile_new(road_profile **out, error *err)
{
    arena *memory = NULL;
    status result = arena_new(&memory, err);
    if (result)
        return result;
    *out = arena_take(memory, 1, sizeof **out);
    if (!*out) {
        arena_free(memory);
        return memory_error(err, sizeof **out);
    }
    (*out)->memory = memory;
    return STATUS_OK;
}

status road_profile_read(const char *path, road_profile **out, faults *faults_list)
{
    const read_options options = {.path = path,
                                  .columns = wanted_columns,
                                  .column_count = sizeof wanted_columns / sizeof *wanted_columns};
    profile_reading r = {.path = path, .list = faults_list};
    table *t = NULL;
    read_facts facts = {0};
    error err = {0};
    *out = NULL;
    r.result = table_read(&options, &t, &facts, faults_list);
    if (r.result)
        goto done;
    r.places.separator = facts.separator;
    if (file_map(path, &r.places.file, &err)) {
        r.result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
        goto done;
    }
    if (profile_new(&r.made, &err)) {
        r.result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
        goto done;
    }
    rows_take(&r, t);
    judge_whole(&r);
    if (r.result == STATUS_OK && wanted_make(r.made, &err))
        r.result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    if (r.result)
        goto done;
    r.made->name = r.made->rules[RULE_NAME].at[0].value;
    *out = r.made;
    r.made = NULL;
done:
    file_unmap(&r.places.file);
    road_profile_free(r.made);
    table_free(t);
    return r.result;
}

void road_profile_free(road_profile *p)
{
    if (!p)
        return;
    for (size_t k = 0; k < RULE_KINDS; k++)
        memory_free(p->rules[k].at);
    arena_free(p->memory);
}

const char *road_profile_name(const road_profile *p)
{
    return p->name;
}

const road_wanted *road_profile_wanted(const road_profile *p)
{
    return &p->wanted;
}
