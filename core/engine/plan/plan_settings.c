/* Plugins and settings of the run file judged before any input is read, so that their faults come
 * with the others. */
#include <string.h>

#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_open.h"

static status judge_all(plan *p, const plugin_search *where, faults *faults_list)
{
    const scenario *s = p->data->scenario;
    const size_t set = s->indicator_count, n = set + s->plugin_count;
    error err = {.status = STATUS_OK};
    const char **names = arena_take(p->memory, n, sizeof *names);
    source_ref *at = arena_take(p->memory, n, sizeof *at);
    if (names == NULL || at == NULL) {
        (void)memory_error(&err, n * sizeof *at);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < n; i++) {
        names[i] = i < set ? s->indicators[i].plugin : s->plugins[i - set];
        at[i] = i < set ? s->indicators[i].where : source_at(s->path, 0, 0);
    }
    status worst =
        plugins_open_at(where, names, at, n, p->memory, &p->loaded, &p->loaded_count, faults_list);
    for (size_t k = 0; k < p->loaded_count; k++) {
        plan_plugin plugin = {.loaded = &p->loaded[k], .is = p->loaded[k].plugin};
        for (size_t i = 0; i < set; i++) {
            if (strcmp(names[i], plugin.is->id) == 0)
                plugin.said = &s->indicators[i];
        }
        status one = plan_params(p, &plugin, faults_list);
        worst = worst == STATUS_OK ? one : worst;
    }
    plugins_close(p->loaded, p->loaded_count);
    return worst;
}

status plan_judge_settings(const scenario *s, const plugin_search *where, faults *faults_list)
{
    const run_data data = {.scenario = s};
    plan p = {.data = &data};
    faults *own = NULL;
    error err = {.status = STATUS_OK};
    if (s->indicator_count + s->plugin_count == 0)
        return STATUS_OK;
    status result = arena_new(&p.memory, &err);
    if (result == STATUS_OK)
        result = faults_new(&own, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(faults_list, SOURCE_NONE, &err);
    } else {
        result = judge_all(&p, where, own);
        if (result != STATUS_OK) /* else plan_build says it all again */
            faults_append(faults_list, own);
    }
    faults_free(own);
    arena_free(p.memory);
    return result;
}
