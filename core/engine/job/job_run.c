/* One job from prepare to the last finish. The calls are made by a runner (job/runner.h). */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/store/job_keep.h"
#include "engine/store/job_key.h"
#include "engine/job/job_stage.h"

static status bind_output(job_state *s, size_t i, error *err)
{
    made_output *o = &s->job->outputs[i];
    bassin_slot *slots = arena_take(s->job->memory, o->count, sizeof *slots);
    if (slots == NULL)
        return memory_error(err, o->count * sizeof *slots);
    status result = STATUS_OK;
    if (o->made_table == NO_INDEX && o->count > 0 && o->columns[0].values == NULL)
        result = columns_allocate(o, o->rows, err);
    slots_show(o, slots);
    s->slots[i] = slots;
    s->out[i] =
        (bassin_slots){.items = slots, .count = (uint32_t)o->count, .stride = sizeof *slots};
    return result;
}

status job_state_begin(job_state *s, plugin_job *job, const job_options *options, error *err)
{
    const bassin_plugin *is = job->is;
    *s = (job_state){.job = job, .options = options};
    if (pthread_mutex_init(&s->lock, NULL) != 0)
        return memory_error(err, sizeof s->lock);
    s->out = arena_take(job->memory, is->outputs.count, sizeof *s->out);
    s->slots = arena_take(job->memory, is->outputs.count, sizeof *s->slots);
    s->values = arena_take(job->memory, is->params.count, sizeof *s->values);
    s->partial_bytes = arena_take(job->memory, is->stages.count, sizeof *s->partial_bytes);
    if (s->out == NULL || s->slots == NULL || s->values == NULL || s->partial_bytes == NULL)
        return memory_error(err, is->outputs.count * sizeof *s->slots);
    for (size_t i = 0; i < is->params.count; i++)
        s->values[i] = job->params[i].value;
    status result = options->runner != NULL && options->runner->lend != NULL
                        ? options->runner->lend(s, err)
                        : STATUS_OK;
    for (size_t i = 0; result == STATUS_OK && i < is->outputs.count; i++)
        result = bind_output(s, i, err);
    s->seen = job->seen;
    s->seen.host = &plugin_host;
    s->seen.out = s->out;
    s->seen.param = s->values;
    return result;
}

/* A declared table that finish did not make has no rows. */
static status seal(job_state *s, error *err)
{
    const bassin_plugin *is = s->job->is;
    status result = STATUS_OK;
    for (size_t i = 0; result == STATUS_OK && i < is->outputs.count; i++) {
        made_output *o = &s->job->outputs[i];
        if (o->made_table != NO_INDEX && !s->job->tables[o->made_table].made)
            result = columns_allocate(o, 0, err);
        if (result == STATUS_OK)
            result = columns_seal(o, s->job->memory, err);
    }
    return result;
}

static void runner_close(job_state *s)
{
    job_before_set(s, 0, NULL);
    s->options->runner->close(s->runner);
    s->runner = NULL;
}

void job_state_end(job_state *s)
{
    s->job->kept = s->kept;
    s->job->kept_count = s->kept_count;
    (void)pthread_mutex_destroy(&s->lock);
}

void job_outputs_drop(plugin_job *job)
{
    for (size_t i = 0; job->outputs != NULL && i < job->is->outputs.count; i++)
        columns_clear(&job->outputs[i]);
    shared_memory_clear(&job->lent);
    for (size_t i = 0; job->tables != NULL && i < job->is->tables.count; i++) {
        memory_free(job->tables[i].sets);
        job->tables[i].sets = NULL;
        job->tables[i].reach = NULL;
        job->tables[i].made = false;
        job->tables[i].set_count = job->tables[i].set_capacity = job->tables[i].rows = 0;
    }
    memory_free(job->totals);
    job->totals = NULL;
    job->total_count = job->total_capacity = 0;
}

/* What is checked last is checked once no function of the plugin can run any more. */
static status run_all(job_state *s, error *err)
{
    const size_t stages = s->job->is->stages.count;
    s->job->stage = NO_INDEX;
    status result =
        s->options->runner->open(s, blocks_threads(s->options->threads), &s->runner, err);
    for (size_t i = 0; result == STATUS_OK && i < stages; i++)
        result = job_stage_run(s, i, err);
    runner_close(s);
    if (result == STATUS_OK)
        result = job_columns_check(s, stages - 1, true, err);
    return result == STATUS_OK ? seal(s, err) : result;
}

const runner_kind *runner_of(const loaded_plugin *loaded)
{
    if (loaded == NULL || loaded->kind == PLUGIN_BUILT_IN || loaded->handle != NULL)
        return &runner_here;
    return loaded->kind == PLUGIN_PIPE ? &runner_pipe : &runner_apart;
}

static status run_and_keep(plugin_job *job, const job_options *options, job_file *file, error *err)
{
    job_state s;
    status result = job_state_begin(&s, job, options, err);
    s.file = file;
    if (result == STATUS_OK)
        result = run_all(&s, err);
    job_state_end(&s);
    job->done = result == STATUS_OK;
    if (result != STATUS_OK)
        job_outputs_drop(job);
    else if (file != NULL)
        job_result_keep(file, job);
    if (result != STATUS_PLUGIN)
        return result;
    job->failed = true;
    job->failure = *err;
    return STATUS_OK;
}

/* Whatever else the program of a pipe reads is not known: its work is not kept. */
static status file_of(const plugin_job *job, const job_options *options, job_file **out, error *err)
{
    sha256_hex key;
    *out = NULL;
    if (options->store == NULL || options->trial != NULL || job->loaded == NULL ||
        job->loaded->kind == PLUGIN_PIPE)
        return STATUS_OK;
    status result = job_key_of(job, options->store, &key, err);
    return result == STATUS_OK ? job_file_open(options->store, &key, job->is->id, out, err)
                               : result;
}

status job_run(plugin_job *job, const job_options *options, error *err)
{
    job_options chosen = *options;
    job_file *file = NULL;
    if (chosen.runner == NULL)
        chosen.runner = runner_of(job->loaded);
    status result = file_of(job, options, &file, err);
    if (result == STATUS_OK && file != NULL)
        result = job_result_find(file, job, &job->found, err);
    if (result == STATUS_OK && job->found) {
        job->done = true;
        job_file_touch(file);
    } else if (result == STATUS_OK && !options->look_only) {
        result = run_and_keep(job, &chosen, file, err);
    }
    job_file_close(file);
    return result;
}

status job_log(plugin_job *job, const call_said *said, error *err)
{
    job->lines_lost += said->lost;
    for (size_t i = 0; i < said->count; i++) {
        if (job->line_count == LOG_LINES_A_JOB) {
            job->lines_lost += said->count - i;
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
        job->lines[job->line_count++] = said->lines[i];
    }
    return STATUS_OK;
}

void job_clear(plugin_job *job)
{
    job_outputs_drop(job);
    for (size_t i = 0; i < job->kept_count; i++)
        arena_free(job->kept[i]);
    memory_free(job->kept);
    memory_free(job->lines);
    arena_free(job->memory);
    job->memory = NULL;
    job->kept = NULL;
    job->lines = NULL;
    job->kept_count = job->line_count = job->line_capacity = job->lines_lost = 0;
    job->done = job->failed = job->refused = job->found = false;
    job->blocks = job->blocks_found = 0;
}
