#include <string.h>

#include "osm/features.h"
#include "osm/messages.h"

static size_t count_of(const char *text, size_t size, char separator)
{
    size_t count = 1;
    for (size_t i = 0; i < size; i++)
        count += text[i] == separator;
    return count;
}

static text_slice trimmed(const char *at, size_t size)
{
    while (size > 0 && at[0] == ' ') {
        at++;
        size--;
    }
    while (size > 0 && at[size - 1] == ' ')
        size--;
    return text_slice_of(at, size);
}

/* False: it is not a condition. Out of memory leaves a NULL. */
static bool take_condition(text_slice s, arena *memory, osm_condition *out)
{
    const char *equal = memchr(s.at, '=', s.size);
    if (!equal)
        return false;
    out->differs = equal > s.at && equal[-1] == '!';
    text_slice key = trimmed(s.at, (size_t)(equal - s.at) - out->differs);
    text_slice value = trimmed(equal + 1, s.size - (size_t)(equal + 1 - s.at));
    out->key = arena_text_n(memory, key.at, key.size);
    out->value = arena_text_n(memory, value.at, value.size);
    return key.size > 0 && value.size > 0;
}

static status refuse(text_slice rule, error *err)
{
    char shown[96];
    size_t size = rule.size < 80 ? rule.size : 80;
    (void)text_escape(text_slice_of(rule.at, size), shown, sizeof shown);
    return error_set(err, STATUS_INPUT, M_OSM_RULE, shown);
}

static status take_rule(text_slice s, arena *memory, osm_rule *out, error *err)
{
    size_t room = count_of(s.at, s.size, '+');
    bool demands = false;
    osm_condition *all = arena_take(memory, room, sizeof *all);
    if (!all)
        return memory_error(err, room * sizeof *all);
    for (size_t at = 0; at <= s.size;) {
        const char *next = memchr(s.at + at, '+', s.size - at);
        size_t size = next ? (size_t)(next - s.at) - at : s.size - at;
        osm_condition *c = &all[out->count++];
        if (!take_condition(text_slice_of(s.at + at, size), memory, c))
            return refuse(s, err);
        if (!c->key || !c->value)
            return memory_error(err, size);
        demands = demands || !c->differs;
        at += size + 1;
    }
    out->all = all;
    return demands ? STATUS_OK : refuse(s, err);
}

status osm_rules_parse(const char *text, arena *memory, const osm_rule **rules, size_t *count,
                       error *err)
{
    size_t room = count_of(text, strlen(text), '|');
    osm_rule *made = arena_take(memory, room, sizeof *made);
    *count = 0;
    if (!made)
        return memory_error(err, room * sizeof *made);
    status s = STATUS_OK;
    for (const char *at = text; s == STATUS_OK && *count < room; (*count)++) {
        size_t size = strcspn(at, "|");
        s = take_rule(text_slice_of(at, size), memory, &made[*count], err);
        at += size + 1;
    }
    *rules = made;
    return s;
}
