/* Settings of the run file, typed against what a plugin declares. */
#include <string.h>

#include "base/units.h"
#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/job/job_params.h"
#include "engine/plugin/plugin_values.h"

/* One setting being typed. */
typedef struct typing {
    plan *p;
    const plan_plugin *plugin;
    const indicator_setting *said;
    plugin_param *param;
    faults *list;
    status worst;
} typing;

#define REFUSE(t, ...) ((t)->worst = faults_refuse((t)->list, (t)->said->where, __VA_ARGS__))

static const char *unit_example(const char *code)
{
    static const struct {
        const char *code, *example;
    } known[] = {{"min", "20 min"}, {"km", "5 km"}, {"%", "50 %"}, {"m", "150 m"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].code, code) == 0)
            return known[i].example;
    }
    return "0.5";
}

static bool bounded(const bassin_param *q)
{
    return q->lowest < q->highest;
}

/* A quantity in the parameter's unit and range. */
static bool type_number(typing *t, text_slice typed, double *out)
{
    const bassin_param *q = t->param->is;
    char shown[80];
    (void)snprintf(shown, sizeof shown, "%.*s", (int)(typed.size < 60 ? typed.size : 60), typed.at);
    if (!quantity_parse(typed, q->unit, out)) {
        REFUSE(t, M_PARAM_QUANTITY, t->said->name, shown, unit_example(q->unit));
        return false;
    }
    if (bounded(q) && (*out < q->lowest || *out > q->highest)) {
        REFUSE(t, M_PARAM_RANGE, t->said->name, shown, q->lowest, q->highest, q->unit);
        return false;
    }
    return true;
}

static void *room(typing *t, size_t count, size_t size)
{
    void *at = arena_take(t->p->memory, count, size);
    if (at == NULL) {
        error err = {.status = STATUS_OK};
        (void)memory_error(&err, count * size);
        t->worst = faults_add_error(t->list, t->said->where, &err);
    }
    return at;
}

static void type_one(typing *t)
{
    const indicator_setting *said = t->said;
    if (said->value_count != 1) {
        REFUSE(t, M_PARAM_ONE, said->name, said->value_count);
        return;
    }
    double *value = room(t, 1, sizeof *value);
    const char *text = said->values[0];
    if (value != NULL && type_number(t, text_slice_of(text, strlen(text)), value))
        t->param->value = (bassin_value){.value = value, .count = 1};
}

/* "10 min;20 min" in one value (the command line), or one value an element. */
static void type_list(typing *t)
{
    const indicator_setting *said = t->said;
    size_t count = 0, most = 0;
    for (size_t i = 0; i < said->value_count; i++) {
        most++;
        for (const char *c = said->values[i]; *c != '\0'; c++)
            most += *c == ';';
    }
    if (most == 0 || most > LIST_MAX) {
        REFUSE(t, M_PARAM_LIST_COUNT, said->name, (unsigned)LIST_MAX);
        return;
    }
    double *values = room(t, most, sizeof *values);
    bool good = values != NULL;
    for (size_t i = 0; good && i < said->value_count; i++) {
        text_slice rest = text_slice_of(said->values[i], strlen(said->values[i]));
        do {
            good = type_number(t, list_next(&rest, ';'), &values[count]);
            count++;
        } while (good && rest.size > 0);
    }
    if (good)
        t->param->value = (bassin_value){.value = values, .count = (uint32_t)count};
}

static void type_choice(typing *t)
{
    const indicator_setting *said = t->said;
    const char *choices = t->param->is->choices;
    error err = {.status = STATUS_OK};
    const char *const *list = NULL;
    size_t count = 0;
    if (said->value_count != 1) {
        REFUSE(t, M_PARAM_ONE, said->name, said->value_count);
        return;
    }
    size_t index = choice_index(choices, said->values[0]);
    double *value = room(t, 1, sizeof *value);
    if (value == NULL)
        return;
    if (choices_split(choices, t->p->memory, &list, &count, &err) != STATUS_OK) {
        t->worst = faults_add_error(t->list, said->where, &err);
        return;
    }
    if (index == SIZE_MAX) {
        const char *near = text_suggest(said->values[0], list, count);
        if (near != NULL)
            REFUSE(t, M_PARAM_CHOICE_SUGGEST, said->name, said->values[0], near);
        else
            REFUSE(t, M_PARAM_CHOICE, said->name, said->values[0], choices);
        return;
    }
    *value = (double)index;
    t->param->value = (bassin_value){.value = value, .count = 1, .text = list[index]};
}

static void type_text(typing *t)
{
    const indicator_setting *said = t->said;
    if (said->value_count != 1) {
        REFUSE(t, M_PARAM_ONE, said->name, said->value_count);
        return;
    }
    const char *text = arena_text(t->p->memory, said->values[0]);
    double *value = room(t, 1, sizeof *value);
    if (text != NULL && value != NULL)
        t->param->value = (bassin_value){.value = value, .count = 0, .text = text};
}

/* "g=20 min": sets one function; a bare value sets all those that no element names. */
static void type_by_function(typing *t)
{
    const indicator_setting *said = t->said;
    double *values = room(t, BASSIN_FUNCTIONS, sizeof *values);
    bool named[BASSIN_FUNCTIONS] = {false};
    bool bare = false;
    for (size_t f = 0; values != NULL && f < BASSIN_FUNCTIONS; f++)
        values[f] = t->param->is->fallback;
    for (size_t i = 0; values != NULL && i < said->value_count; i++) {
        text_slice rest = text_slice_of(said->values[i], strlen(said->values[i]));
        const char *equal = strchr(said->values[i], '=');
        double value = 0.0;
        text_slice key = equal != NULL ? list_next(&rest, '=') : text_slice_of("", 0);
        text_slice typed = list_next(&rest, '\n');
        bool letter = key.size == 1 && key.at[0] >= 'a' && key.at[0] < 'a' + BASSIN_FUNCTIONS;
        if (equal != NULL && (!letter || named[key.at[0] - 'a'])) {
            REFUSE(t, M_PARAM_FUNCTION, said->name, said->values[i]);
        } else if (equal == NULL && bare) {
            REFUSE(t, M_PARAM_ONE, said->name, said->value_count);
        } else if (type_number(t, typed, &value)) {
            for (size_t f = 0; f < BASSIN_FUNCTIONS; f++) {
                if (equal == NULL ? !named[f] : f == (size_t)(key.at[0] - 'a'))
                    values[f] = value;
            }
            if (equal != NULL)
                named[key.at[0] - 'a'] = true;
            bare = bare || equal == NULL;
        }
    }
    if (values != NULL)
        t->param->value = (bassin_value){.value = values, .count = BASSIN_FUNCTIONS};
}

static void type_setting(typing *t)
{
    switch (t->param->is->kind) {
    case BASSIN_PARAM_NUMBER:
        type_one(t);
        break;
    case BASSIN_PARAM_LIST:
        type_list(t);
        break;
    case BASSIN_PARAM_CHOICE:
        type_choice(t);
        break;
    case BASSIN_PARAM_TEXT:
        type_text(t);
        break;
    default:
        type_by_function(t);
    }
}

static void unknown_setting(typing *t)
{
    const bassin_plugin *is = t->plugin->is;
    const char **ids = room(t, is->params.count + 1u, sizeof *ids);
    if (ids == NULL)
        return;
    for (size_t i = 0; i < is->params.count; i++)
        ids[i] = descriptor_param(is, i)->id;
    const char *near = text_suggest(t->said->name, ids, is->params.count);
    if (near != NULL)
        REFUSE(t, M_PARAM_UNKNOWN_SUGGEST, t->said->name, is->id, near);
    else
        REFUSE(t, M_PARAM_UNKNOWN, t->said->name, is->id);
}

static status type_settings(plan *p, plan_plugin *plugin, faults *faults_list)
{
    status worst = STATUS_OK;
    for (size_t i = 0; plugin->said != NULL && i < plugin->said->setting_count; i++) {
        typing t = {
            .p = p, .plugin = plugin, .said = &plugin->said->settings[i], .list = faults_list};
        size_t k = descriptor_find_param(plugin->is, t.said->name);
        if (k == SIZE_MAX) {
            unknown_setting(&t);
        } else {
            t.param = &plugin->params[k];
            t.param->said = true;
            type_setting(&t);
        }
        if (t.worst != STATUS_OK)
            worst = t.worst;
    }
    return worst;
}

status plan_params(plan *p, plan_plugin *plugin, faults *faults_list)
{
    size_t count = plugin->is->params.count;
    error err = {.status = STATUS_OK};
    plugin->params = arena_take(p->memory, count, sizeof *plugin->params);
    if (plugin->params == NULL) {
        (void)memory_error(&err, count * sizeof *plugin->params);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < count; i++) {
        plugin->params[i].is = descriptor_param(plugin->is, i);
        if (param_default(&plugin->params[i], p->memory, &err) != STATUS_OK)
            return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    status worst = type_settings(p, plugin, faults_list);
    for (size_t i = 0; i < count; i++)
        param_widen(&plugin->params[i]);
    return worst;
}
