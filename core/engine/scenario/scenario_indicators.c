#include <string.h>

#include "engine/messages.h"
#include "engine/scenario/scenario_read.h"

/* One element: a scalar as typed. */
static const char *element(scenario_reader *r, const yaml_node *node)
{
    if (node->kind != YAML_SCALAR || node->text[0] == '\0') {
        REFUSE(r, node, M_RUN_FILE_SETTING);
        return NULL;
    }
    return node->text;
}

/* {g: 20 min} is kept as "g=20 min". */
static const char *pair_text(scenario_reader *r, const yaml_pair *pair)
{
    const char *value = element(r, &pair->value);
    const char *text =
        value != NULL ? arena_format(r->memory, "%s=%s", pair->key.text, value) : NULL;
    if (value != NULL && text == NULL) {
        reader_out_of_memory(r);
    }
    return text;
}

bool setting_read(scenario_reader *r, const yaml_node *node, indicator_setting *out)
{
    size_t count = node->kind == YAML_SCALAR ? 1 : node->count;
    const char **values = arena_take(r->memory, count > 0 ? count : 1, sizeof *values);
    if (values == NULL) {
        reader_out_of_memory(r);
        return false;
    }
    if (count == 0) {
        REFUSE(r, node, M_RUN_FILE_SETTING);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = node->kind == YAML_SCALAR     ? element(r, node)
                    : node->kind == YAML_SEQUENCE ? element(r, &node->items[i])
                                                  : pair_text(r, &node->pairs[i]);
        if (values[i] == NULL) {
            return false;
        }
    }
    out->values = values;
    out->value_count = count;
    return true;
}

static void settings_read(scenario_reader *r, const yaml_node *node, indicator *out)
{
    bool empty = node->kind == YAML_SCALAR && node->text[0] == '\0';
    if (node->kind != YAML_MAPPING && !empty) {
        REFUSE(r, node, M_RUN_FILE_SETTINGS, out->plugin);
        return;
    }
    size_t room = empty ? 0 : node->count;
    indicator_setting *settings = arena_take(r->memory, room > 0 ? room : 1, sizeof *settings);
    if (settings == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < room; i++) {
        settings[i] = (indicator_setting){.name = node->pairs[i].key.text,
                                          .where = reader_at(r, &node->pairs[i].key)};
        (void)setting_read(r, &node->pairs[i].value, &settings[i]);
    }
    out->settings = settings;
    out->setting_count = room;
}

void indicators_read(scenario_reader *r, const yaml_node *node)
{
    scenario *s = &r->draft->scenario;
    if (node->kind != YAML_MAPPING || node->count == 0) {
        REFUSE(r, node, M_RUN_FILE_INDICATORS);
        return;
    }
    indicator *list = arena_take(r->memory, node->count, sizeof *list);
    if (list == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        list[i] = (indicator){.plugin = node->pairs[i].key.text,
                              .where = reader_at(r, &node->pairs[i].key)};
        settings_read(r, &node->pairs[i].value, &list[i]);
    }
    s->indicators = list;
    s->indicator_count = node->count;
    r->draft->indicators_given = true;
    r->draft->indicators_where = reader_at(r, node);
}
