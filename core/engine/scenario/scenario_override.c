#include <string.h>

#include "engine/messages.h"
#include "engine/scenario/scenario_read.h"

static bool same_name(const char *name, const char *at, size_t size)
{
    return strlen(name) == size && memcmp(name, at, size) == 0;
}

static size_t next_name(const char **at)
{
    *at += strspn(*at, ", ");
    return strcspn(*at, ", ");
}

static indicator *indicator_find(scenario_reader *r, const char *at, size_t size)
{
    scenario *s = &r->draft->scenario;
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (same_name(s->indicators[i].plugin, at, size)) {
            return (indicator *)(uintptr_t)&s->indicators[i]; /* made by this reader */
        }
    }
    return NULL;
}

/* Where the run file lists no indicators, all run: one more must not narrow them to itself. */
static indicator *indicator_add(scenario_reader *r, const char *plugin, source_ref where)
{
    scenario *s = &r->draft->scenario;
    indicator *grown = arena_take(r->memory, s->indicator_count + 1, sizeof *grown);
    if (grown == NULL) {
        reader_out_of_memory(r);
        return NULL;
    }
    for (size_t i = 0; i < s->indicator_count; i++) {
        grown[i] = s->indicators[i];
    }
    grown[s->indicator_count] = (indicator){.plugin = plugin, .where = where};
    s->all_indicators = s->all_indicators || s->indicator_count == 0;
    s->indicators = grown;
    return &grown[s->indicator_count++];
}

static bool named_already(const char *const *names, size_t count, const char *at, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (same_name(names[i], at, size)) {
            return true;
        }
    }
    return false;
}

/* The named indicators, with their settings where the run file has some; the others stay, to be
 * taken from the cache. */
static void read_only(scenario_reader *r, const char *only)
{
    scenario *s = &r->draft->scenario;
    const char **names = arena_take(r->memory, strlen(only) / 2 + 1, sizeof *names);
    size_t count = 0;
    if (names == NULL) {
        reader_out_of_memory(r);
        return;
    }
    const char *at = only;
    for (size_t size = next_name(&at); size > 0; at += size, size = next_name(&at)) {
        if (named_already(names, count, at, size)) {
            continue;
        }
        const char *name = arena_text_n(r->memory, at, size);
        if (name == NULL) {
            reader_out_of_memory(r);
            return;
        }
        names[count++] = name;
        if (indicator_find(r, at, size) == NULL) {
            (void)indicator_add(r, name, SOURCE_NONE);
        }
    }
    if (count == 0) {
        r->result = faults_refuse(r->faults_list, SOURCE_NONE, M_ONLY_EMPTY);
    }
    s->only = names;
    s->only_count = count;
}

/* Replaces the setting of that name, or adds it. */
static void put_setting(scenario_reader *r, indicator *in, const indicator_setting *made)
{
    indicator_setting *grown = arena_take(r->memory, in->setting_count + 1, sizeof *grown);
    size_t count = 0;
    if (grown == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < in->setting_count; i++) {
        if (strcmp(in->settings[i].name, made->name) != 0) {
            grown[count++] = in->settings[i];
        }
    }
    grown[count++] = *made;
    in->settings = grown;
    in->setting_count = count;
}

/* The value is read as the run file would read it: 20 min, [10 min, 20 min], {g: 20 min}. */
static void put_value(scenario_reader *r, indicator *in, const char *name, const char *value)
{
    const yaml_node *node = NULL;
    indicator_setting made = {.name = name, .where = source_at("--param", 0, 0)};
    scenario_reader own = *r;
    own.path = "--param";
    own.text = text_slice_of(value, strlen(value));
    own.result = yaml_parse(own.text, own.path, r->memory, &node, r->faults_list);
    if (node != NULL && setting_read(&own, node, &made)) {
        put_setting(r, in, &made);
    }
    r->result = r->result == STATUS_OK ? own.result : r->result;
}

static void put_param(scenario_reader *r, const char *param, bool open_list)
{
    const char *equal = strchr(param, '=');
    const char *dot = equal;
    while (dot != NULL && dot > param && *dot != '.') {
        dot--; /* a foreign indicator's id holds dots: the last one before '=' cuts */
    }
    if (equal == NULL || dot == param || dot + 1 == equal) {
        r->result = faults_refuse(r->faults_list, SOURCE_NONE, M_PARAM_SHAPE, param);
        return;
    }
    indicator *in = indicator_find(r, param, (size_t)(dot - param));
    const char *plugin = arena_text_n(r->memory, param, (size_t)(dot - param));
    const char *name = arena_text_n(r->memory, dot + 1, (size_t)(equal - dot - 1));
    if (plugin == NULL || name == NULL) {
        reader_out_of_memory(r);
        return;
    }
    if (in == NULL && open_list) {
        in = indicator_add(r, plugin, source_at("--param", 0, 0));
    }
    if (in == NULL) {
        r->result = faults_refuse(r->faults_list, SOURCE_NONE, M_PARAM_INDICATOR, param, plugin);
    } else {
        put_value(r, in, name, equal + 1);
    }
}

void scenario_override(scenario_reader *r, const scenario_overrides *overrides)
{
    const bool open_list = !r->draft->indicators_given;
    if (overrides->only != NULL) {
        read_only(r, overrides->only);
    }
    for (size_t i = 0; i < overrides->param_count; i++) {
        put_param(r, overrides->params[i], open_list);
    }
}
