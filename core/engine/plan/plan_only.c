/* --only: what is computed, and what the store alone may give. */
#include <string.h>

#include "engine/plan/plan_model.h"
#include "engine/plan_messages.h"

static bool is_named(const scenario *s, const char *id)
{
    for (size_t i = 0; i < s->only_count; i++) {
        if (strcmp(s->only[i], id) == 0)
            return true;
    }
    return false;
}

/* Readers come after those that they read: from the last to the first, each passes on what it
 * needs. */
status plan_spare(plan *p, error *err)
{
    const scenario *s = p->data->scenario;
    if (s->only_count == 0)
        return STATUS_OK;
    bool *asked = memory_new(p->plugin_count, sizeof *asked);
    if (asked == NULL)
        return memory_error(err, p->plugin_count);
    for (size_t k = p->plugin_count; k-- > 0;) {
        plan_plugin *plugin = &p->plugins[k];
        asked[k] = asked[k] || is_named(s, plugin->is->id);
        plugin->spared = !asked[k];
        for (size_t i = 0; asked[k] && i < k; i++)
            asked[i] = asked[i] || plugin->needs[i];
    }
    memory_free(asked);
    return STATUS_OK;
}

static bool all_found(const plan_plugin *plugin)
{
    bool all = true;
    for (size_t j = 0; j < plugin->job_count; j++)
        all = all && plugin->jobs[j].done;
    return all;
}

/* An indicator is there for every mode, or not at all. */
status plan_leave_spared(plan *p, error *err)
{
    text_buffer names = {0};
    for (size_t k = 0; k < p->plugin_count; k++) {
        plan_plugin *plugin = &p->plugins[k];
        if (!plugin->spared || all_found(plugin))
            continue;
        text_add_format(&names, "%s%s", names.size > 0 ? ", " : "", plugin->is->id);
        for (size_t j = 0; j < plugin->job_count; j++)
            job_clear(&plugin->jobs[j]);
        plugin->dropped = true;
    }
    if (names.size > 0 && !names.failed && p->keeping.asides != NULL)
        faults_note(p->keeping.asides, SOURCE_NONE, M_PLAN_SPARED, names.at,
                    p->data->scenario->path);
    const bool some = names.size > 0;
    text_buffer_clear(&names);
    return some ? plan_order(p, err) : STATUS_OK;
}
