/* One job from prepare to the last finish: stages in order, each cut into blocks. The calls are
 * made by a runner (plugin/runner.h). */
#include <omp.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plugin/job_keep.h"
#include "engine/plugin/job_key.h"
#include "engine/plugin/runner.h"

/* One stage while it runs. */
typedef struct stage_run {
    job_state *state;
    const runner_kind *kind;
    size_t index, rows, per_block;
    block_merge partials;
    call_said *said; /* of each block */
    size_t *order;   /* of the blocks, for a trial; NULL: as they come */
    bool *found;     /* blocks that the store had; NULL: none */
    size_t block_count;
    _Atomic size_t done;
} stage_run;

/* --- blocks --- */

const char *stage_over(const plugin_job *job, size_t stage)
{
    const char *over = descriptor_stage(job->is, stage)->over;
    return over != NULL && strcmp(over, "places") == 0 ? job->names.places : over;
}

size_t stage_rows(const plugin_job *job, size_t stage)
{
    const char *over = descriptor_stage(job->is, stage)->over;
    if (over == NULL)
        return 1;
    if (strcmp(over, "places") == 0)
        return job->seen.place_count;
    if (strcmp(over, "venues") == 0)
        return job->seen.venue_count;
    return job->seen.flows != NULL ? job->seen.flows->rows : 0;
}

/* The lane of a thread of blocks_run. */
static int lane_here(void)
{
    return omp_get_thread_num();
}

static block block_at(const stage_run *s, size_t index)
{
    const size_t begin = index * s->per_block, left = s->rows - begin;
    return (block){
        .index = index, .begin = begin, .end = begin + (left < s->per_block ? left : s->per_block)};
}

/* A first run of a block that a trial repeats: it must leave nothing that the second does not. */
static status rehearse(stage_run *s, block b, error *err)
{
    void *partial = NULL;
    call_said dropped;
    status result = block_merge_take(&s->partials, &partial, err);
    if (result == STATUS_OK)
        result = s->kind->block(s->state->runner, lane_here(), s->index, b, partial, &dropped, err);
    block_merge_spare(&s->partials, partial);
    return result;
}

static status run_block(void *context, block next, error *err)
{
    stage_run *s = context;
    void *partial = NULL;
    const job_trial *trial = s->state->options->trial;
    const block b = s->order != NULL ? block_at(s, s->order[next.index]) : next;
    status result = STATUS_OK;
    if (s->found != NULL && s->found[b.index])
        return STATUS_OK;
    if (trial != NULL && trial->repeat)
        result = rehearse(s, b, err);
    if (result == STATUS_OK)
        result = block_merge_take(&s->partials, &partial, err);
    if (result != STATUS_OK)
        return result;
    result =
        s->kind->block(s->state->runner, lane_here(), s->index, b, partial, &s->said[b.index], err);
    if (result == STATUS_OK)
        result = block_merge_give(&s->partials, b.index, partial, err);
    else
        block_merge_spare(&s->partials, partial);
    size_t done = atomic_fetch_add(&s->done, 1) + 1;
    if (s->state->options->progress != NULL)
        progress_advance(s->state->options->progress, done, s->block_count);
    return result;
}

/* --- a stage --- */

static status merge_partials(void *context, void *into, const void *from, error *err)
{
    stage_run *s = context;
    return s->kind->merge(s->state->runner, lane_here(), s->index, into, from, err);
}

static void *partial_new(void *context)
{
    stage_run *s = context;
    return s->kind->partial_new(s->state->runner, s->index);
}

static void partial_free(void *context, void *partial)
{
    stage_run *s = context;
    s->kind->partial_free(s->state->runner, s->index, partial);
}

/* Blocks in another order, for a trial: Fisher and Yates. */
static status order_make(stage_run *s, error *err)
{
    const job_trial *trial = s->state->options->trial;
    if (trial == NULL || trial->shuffle == 0)
        return STATUS_OK;
    const random_key key = random_key_of(trial->shuffle, "blocks");
    s->order = memory_new(s->block_count, sizeof *s->order);
    if (s->order == NULL)
        return memory_error(err, s->block_count * sizeof *s->order);
    for (size_t i = 0; i < s->block_count; i++) {
        const size_t k = (size_t)(random_uniform(key, i, s->index, 0) * (double)(i + 1));
        s->order[i] = s->order[k < i ? k : i];
        s->order[k < i ? k : i] = i;
    }
    return STATUS_OK;
}

static size_t rows_per_block(const job_state *s, const bassin_stage *stage)
{
    const job_trial *trial = s->options->trial;
    if (trial != NULL && trial->rows_per_block > 0 && stage->over != NULL)
        return trial->rows_per_block;
    return stage->over != NULL && strcmp(stage->over, "venues") == 0 ? BLOCK_VENUES : BLOCK_ROWS;
}

/* --- ranges of blocks in the store --- */

static job_range range_of(const stage_run *s, block_range blocks)
{
    return (job_range){.stage = s->index,
                       .blocks = blocks,
                       .begin = block_at(s, blocks.first).begin,
                       .end = block_at(s, blocks.first + blocks.count - 1).end,
                       .said = s->said + blocks.first,
                       .partial_bytes = s->partials.bytes};
}

static void keep_range(void *context, const block_range *whole)
{
    const stage_run *s = context;
    const job_range range = range_of(s, *whole);
    job_range_keep(s->state->file, s->state->job, &range);
}

/* A stage that runs once has no ranges: its rows may be of any table. */
static bool has_ranges(const stage_run *s, uint8_t level)
{
    const bassin_stage *stage = descriptor_stage(s->state->job->is, s->index);
    return s->state->file != NULL && stage->over != NULL && stage->run != NULL &&
           level != JOB_NO_RANGES;
}

static status restore_range(stage_run *s, block_range blocks, error *err)
{
    kept_range kept = {.body = NULL};
    job_range range = range_of(s, blocks);
    status result = job_range_find(s->state->file, s->state->job, &range, &kept, err);
    if (result == STATUS_OK && kept.body != NULL) {
        result = block_merge_restore(&s->partials, &range.blocks, err);
        for (size_t i = 0; i < blocks.count; i++)
            s->found[blocks.first + i] = true;
        s->done += blocks.count;
        s->state->job->blocks_found += blocks.count;
    }
    memory_free(kept.body);
    return result;
}

static status restore_ranges(stage_run *s, error *err)
{
    const size_t size = (size_t)1 << s->partials.calls.range_level;
    status result = STATUS_OK;
    s->state->job->blocks += s->block_count;
    if (s->partials.left == NULL)
        return STATUS_OK;
    s->found = memory_new(s->block_count, sizeof *s->found);
    if (s->found == NULL)
        return memory_error(err, s->block_count);
    for (size_t at = 0; result == STATUS_OK && at < s->block_count; at += size) {
        const size_t left = s->block_count - at;
        result =
            restore_range(s, (block_range){.first = at, .count = left < size ? left : size}, err);
    }
    return result;
}

static status stage_init(stage_run *s, job_state *state, size_t index, error *err)
{
    const bassin_stage *stage = descriptor_stage(state->job->is, index);
    *s = (stage_run){.state = state,
                     .kind = state->options->runner,
                     .index = index,
                     .rows = stage_rows(state->job, index),
                     .per_block = rows_per_block(state, stage)};
    s->block_count = blocks_count(s->rows, s->per_block);
    if (state->partial_bytes[index] > 0 && stage->merge == NULL && stage->over != NULL)
        return error_set(err, STATUS_PLUGIN, M_RUN_NO_MERGE, index + 1);
    s->said = memory_new(s->block_count, sizeof *s->said);
    if (s->said == NULL)
        return memory_error(err, s->block_count * sizeof *s->said);
    status result = order_make(s, err);
    const uint8_t level = job_range_level(s->block_count, state->partial_bytes[index]);
    const block_merge_calls calls = {.merge = stage->merge != NULL ? merge_partials : NULL,
                                     .partial_new = partial_new,
                                     .partial_free = partial_free,
                                     .range_whole = has_ranges(s, level) ? keep_range : NULL,
                                     .context = s,
                                     .range_level = level};
    if (result == STATUS_OK)
        result = block_merge_init(&s->partials, state->partial_bytes[index], s->block_count, &calls,
                                  err);
    return result == STATUS_OK ? restore_ranges(s, err) : result;
}

static void stage_clear(stage_run *s)
{
    block_merge_clear(&s->partials);
    memory_free(s->said);
    memory_free(s->order);
    memory_free(s->found);
}

static status stage_finish(stage_run *s, void *total, error *err)
{
    call_said said = {.lines = NULL};
    if (descriptor_stage(s->state->job->is, s->index)->finish == NULL)
        return STATUS_OK;
    status result = s->kind->finish(s->state->runner, s->index, total, &said, err);
    error second = {.status = STATUS_OK};
    status logged = job_log(s->state->job, &said, &second);
    if (result == STATUS_OK && logged != STATUS_OK) {
        *err = second;
        result = logged;
    }
    return result;
}

static status check_columns(const job_state *s, size_t stage, bool last, error *err)
{
    for (size_t i = 0; i < s->job->is->outputs.count; i++) {
        status result = columns_check(s->job, &s->job->outputs[i], last, err);
        if (result != STATUS_OK) {
            error_prefix(err, M_RUN_STAGE, stage + 1);
            return result;
        }
    }
    return STATUS_OK;
}

/* The partial of a stage is what the next one sees before it. */
static void before_set(job_state *s, size_t stage, void *total)
{
    if (s->before != NULL)
        s->options->runner->partial_free(s->runner, s->before_stage, s->before);
    s->before = total;
    s->before_stage = stage;
}

static status run_blocks(stage_run *s, error *err)
{
    const job_options *options = s->state->options;
    const atomic_int *cancel = options->progress != NULL ? options->progress->cancel : NULL;
    status result = STATUS_OK;
    if (descriptor_stage(s->state->job->is, s->index)->run != NULL)
        result = blocks_run(s->rows, s->per_block, options->threads, cancel, run_block, s, err);
    for (size_t i = 0; result == STATUS_OK && i < s->block_count; i++)
        result = job_log(s->state->job, &s->said[i], err);
    return result;
}

static status run_stage(job_state *state, size_t index, error *err)
{
    stage_run s;
    void *total = NULL;
    state->job->stage = index;
    status result = stage_init(&s, state, index, err);
    if (result == STATUS_OK)
        result = run_blocks(&s, err);
    if (result == STATUS_OK)
        result = block_merge_total(&s.partials, &total, err);
    if (result == STATUS_OK && total == NULL && state->partial_bytes[index] > 0)
        result = block_merge_take(&s.partials, &total, err); /* a stage without run */
    if (result == STATUS_OK)
        result = stage_finish(&s, total, err);
    if (result == STATUS_OK)
        result = check_columns(state, index, false, err);
    stage_clear(&s);
    before_set(state, index, total);
    return result;
}

/* --- the job --- */

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

static status state_init(job_state *s, plugin_job *job, const job_options *options, error *err)
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
    status result = STATUS_OK;
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
    before_set(s, 0, NULL);
    s->options->runner->close(s->runner);
    s->runner = NULL;
}

static void state_clear(job_state *s)
{
    s->job->kept = s->kept;
    s->job->kept_count = s->kept_count;
    (void)pthread_mutex_destroy(&s->lock);
}

void job_outputs_drop(plugin_job *job)
{
    for (size_t i = 0; job->outputs != NULL && i < job->is->outputs.count; i++)
        columns_clear(&job->outputs[i]);
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
        result = run_stage(s, i, err);
    runner_close(s);
    if (result == STATUS_OK)
        result = check_columns(s, stages - 1, true, err);
    return result == STATUS_OK ? seal(s, err) : result;
}

const runner_kind *runner_of(const loaded_plugin *loaded)
{
    (void)loaded;
    return &runner_here;
}

static status run_and_keep(plugin_job *job, const job_options *options, job_file *file, error *err)
{
    job_state s;
    status result = state_init(&s, job, options, err);
    s.file = file;
    if (result == STATUS_OK)
        result = run_all(&s, err);
    state_clear(&s);
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
    job->done = job->failed = job->found = false;
    job->blocks = job->blocks_found = 0;
}
