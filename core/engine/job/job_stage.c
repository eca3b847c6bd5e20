/* One stage of a job: its rows in blocks, its partials merged, its finished ranges in the store. */
#include "engine/job/job_stage.h"

#include <omp.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/store/job_keep.h"

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
    const bool ranges = has_ranges(s, level);
    const block_merge_calls calls = {.merge = stage->merge != NULL ? merge_partials : NULL,
                                     .partial_new = partial_new,
                                     .partial_free = partial_free,
                                     .range_whole = ranges ? keep_range : NULL,
                                     .context = s,
                                     .range_level = ranges ? level : 0};
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

status job_columns_check(const job_state *s, size_t stage, bool last, error *err)
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
void job_before_set(job_state *s, size_t stage, void *total)
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

status job_stage_run(job_state *state, size_t index, error *err)
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
        result = job_columns_check(state, index, false, err);
    stage_clear(&s);
    job_before_set(state, index, total);
    return result;
}
