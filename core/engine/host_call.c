/* One call into a plugin, and what it leaves behind. */
#include <string.h>

#include "engine/plan_model.h"

void call_begin(plan_call *c, job_run *run)
{
    *c = (plan_call){.run = run, .seen = run->seen};
    c->seen.context = c;
    c->seen.plan = run->plugin_plan;
}

static status keep(job_run *run, arena *texts, error *err)
{
    status s = STATUS_OK;
    (void)pthread_mutex_lock(&run->lock);
    if (run->kept_count == run->kept_capacity) {
        size_t wanted = run->kept_capacity == 0 ? 64 : 2 * run->kept_capacity;
        arena **grown = memory_resize(run->kept, wanted, sizeof *grown);
        if (grown == NULL) {
            s = memory_error(err, wanted * sizeof *grown);
        } else {
            run->kept = grown;
            run->kept_capacity = wanted;
        }
    }
    if (s == STATUS_OK)
        run->kept[run->kept_count++] = texts;
    (void)pthread_mutex_unlock(&run->lock);
    if (s != STATUS_OK)
        arena_free(texts);
    return s;
}

status call_end(plan_call *c, error *err)
{
    arena_free(c->scratch);
    c->scratch = NULL;
    status s = c->texts != NULL ? keep(c->run, c->texts, err) : STATUS_OK;
    c->texts = NULL;
    return s;
}

status job_log(plan_job *job, const log_line *lines, size_t count, size_t lost, error *err)
{
    job->lines_lost += lost;
    for (size_t i = 0; i < count; i++) {
        if (job->line_count == LOG_LINES_A_JOB) {
            job->lines_lost += count - i;
            break;
        }
        if (job->line_count == job->line_capacity) {
            size_t wanted = job->line_capacity == 0 ? 16 : 2 * job->line_capacity;
            log_line *grown = memory_resize(job->lines, wanted, sizeof *grown);
            if (grown == NULL)
                return memory_error(err, wanted * sizeof *grown);
            job->lines = grown;
            job->line_capacity = wanted;
        }
        job->lines[job->line_count++] = lines[i];
    }
    return STATUS_OK;
}
