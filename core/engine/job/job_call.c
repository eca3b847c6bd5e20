/* One call into a plugin, and what it leaves behind. */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/job/runner.h"

void call_begin(plugin_call *c, job_state *s, void *plugin_plan)
{
    *c = (plugin_call){.state = s, .seen = s->seen, .plugin_plan = plugin_plan};
    c->seen.context = c;
    c->seen.plan = plugin_plan;
}

static status keep(job_state *s, arena *texts, error *err)
{
    status result = STATUS_OK;
    (void)pthread_mutex_lock(&s->lock);
    if (s->kept_count == s->kept_capacity) {
        size_t wanted = s->kept_capacity == 0 ? 64 : 2 * s->kept_capacity;
        arena **grown = memory_resize(s->kept, wanted, sizeof *grown);
        if (grown == NULL) {
            result = memory_error(err, wanted * sizeof *grown);
        } else {
            s->kept = grown;
            s->kept_capacity = wanted;
        }
    }
    if (result == STATUS_OK)
        s->kept[s->kept_count++] = texts;
    (void)pthread_mutex_unlock(&s->lock);
    if (result != STATUS_OK)
        arena_free(texts);
    return result;
}

status call_end(plugin_call *c, call_said *said, error *err)
{
    arena_free(c->scratch);
    c->scratch = NULL;
    status s = c->texts != NULL ? keep(c->state, c->texts, err) : STATUS_OK;
    c->texts = NULL;
    *said = s == STATUS_OK
                ? (call_said){.lines = c->lines, .count = c->line_count, .lost = c->lines_lost}
                : (call_said){.lines = NULL};
    return s;
}

void call_drop(plugin_call *c)
{
    arena_free(c->scratch);
    arena_free(c->texts);
    c->scratch = c->texts = NULL;
}

bool job_is_cancelled(const job_state *s)
{
    return s->options->progress != NULL && progress_cancelled(s->options->progress);
}

/* The plugin's own words, in its one language, behind where it was. */
static status plugin_error(const job_state *s, const char *step, const char *over,
                           const bassin_error *from, error *err)
{
    char label[200] = "", text[sizeof from->message];
    memcpy(text, from->message, sizeof text);
    text[sizeof text - 1] = '\0';
    if (from->row >= 0 && over != NULL)
        row_label(s->job, over, (size_t)from->row, label, sizeof label);
    else if (from->row >= 0)
        (void)snprintf(label, sizeof label, "%lld", (long long)from->row);
    if (label[0] != '\0')
        return error_set(err, STATUS_PLUGIN, M_RUN_FAILED_ROW, step, label, text);
    return error_set(err, STATUS_PLUGIN, M_RUN_FAILED, step, text);
}

status call_judge(const job_state *s, bassin_status code, const char *step, const char *over,
                  const bassin_error *from, error *err)
{
    if (code == BASSIN_OK)
        return STATUS_OK;
    if (code == BASSIN_E_CANCELLED && job_is_cancelled(s))
        return error_set(err, STATUS_INTERRUPTED, M_RUN_CANCELLED);
    if (s->job->stage == NO_INDEX)
        s->job->refused = true;
    return plugin_error(s, step, over, from, err);
}
