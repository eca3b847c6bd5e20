/* The functions of a plugin called in this process: its crash ends the run. */
#include <string.h>

#include "engine/job/runner.h"

struct runner {
    job_state *state;
    void *plugin_plan;
};

static bassin_error fresh_error(void)
{
    return (bassin_error){.size = sizeof(bassin_error), .row = -1};
}

/* Judges, then ends the call; the first error stays. */
static status call_close(plugin_call *c, bassin_status code, const char *step, const char *over,
                         const bassin_error *from, call_said *said, error *err)
{
    error second = {.status = STATUS_OK};
    status s = call_judge(c->state, code, step, over, from, err);
    status ended = call_end(c, said, &second);
    if (s == STATUS_OK && ended != STATUS_OK) {
        *err = second;
        s = ended;
    }
    return s;
}

static status here_open(job_state *s, int lanes, runner **out, error *err)
{
    const bassin_plugin *is = s->job->is;
    plugin_call call;
    call_said said;
    bassin_error told = fresh_error();
    runner *r = memory_new(1, sizeof *r);
    (void)lanes;
    *out = r;
    if (r == NULL)
        return memory_error(err, sizeof *r);
    r->state = s;
    if (is->prepare == NULL)
        return STATUS_OK;
    call_begin(&call, s, NULL);
    call.once = call.preparing = true;
    bassin_status code = is->prepare(&call.seen, &told);
    r->plugin_plan = call.plugin_plan;
    status result = call_close(&call, code, "prepare", NULL, &told, &said, err);
    error second = {.status = STATUS_OK};
    status logged = job_log(s->job, &said, &second);
    if (result == STATUS_OK && logged != STATUS_OK) {
        *err = second;
        result = logged;
    }
    return result;
}

static void *here_partial_new(runner *r, size_t stage)
{
    return memory_new(1, r->state->partial_bytes[stage]);
}

static void here_partial_free(runner *r, size_t stage, void *partial)
{
    (void)r, (void)stage;
    memory_free(partial);
}

static status here_block(runner *r, int lane, size_t stage, block b, void *partial, call_said *said,
                         error *err)
{
    job_state *s = r->state;
    const bassin_stage *is = descriptor_stage(s->job->is, stage);
    const char *over = stage_over(s->job, stage);
    plugin_call call;
    bassin_error told = fresh_error();
    char step[48];
    (void)lane;
    call_begin(&call, s, r->plugin_plan);
    call.over = over;
    call.begin = b.begin;
    call.end = b.end;
    const bassin_block seen = {
        .size = sizeof seen, .index = (uint32_t)b.index, .begin = b.begin, .end = b.end};
    bassin_status code = is->run(&call.seen, &seen, s->before, partial, &told);
    (void)snprintf(step, sizeof step, "%zu (run)", stage + 1);
    return call_close(&call, code, step, over, &told, said, err);
}

static status here_merge(runner *r, int lane, size_t stage, void *into, const void *from,
                         error *err)
{
    plugin_call call;
    (void)lane, (void)err;
    call_begin(&call, r->state, r->plugin_plan);
    descriptor_stage(r->state->job->is, stage)->merge(&call.seen, into, from);
    call_drop(&call); /* a merge says nothing: its lines would come in any order */
    return STATUS_OK;
}

static status here_finish(runner *r, size_t stage, void *total, call_said *said, error *err)
{
    job_state *s = r->state;
    plugin_call call;
    bassin_error told = fresh_error();
    char step[48];
    call_begin(&call, s, r->plugin_plan);
    call.once = true;
    bassin_status code =
        descriptor_stage(s->job->is, stage)->finish(&call.seen, s->before, total, &told);
    (void)snprintf(step, sizeof step, "%zu (finish)", stage + 1);
    return call_close(&call, code, step, NULL, &told, said, err);
}

static void here_close(runner *r)
{
    if (r == NULL)
        return;
    if (r->state->job->is->release != NULL && r->plugin_plan != NULL)
        r->state->job->is->release(r->plugin_plan);
    memory_free(r);
}

const runner_kind runner_here = {
    .open = here_open,
    .partial_new = here_partial_new,
    .partial_free = here_partial_free,
    .block = here_block,
    .merge = here_merge,
    .finish = here_finish,
    .close = here_close,
};
