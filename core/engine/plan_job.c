/* One job from prepare to the last finish: stages in order, each cut into blocks. */
#include <string.h>

#include "base/blocks.h"
#include "engine/block_merge.h"
#include "engine/plan_messages.h"
#include "engine/plan_model.h"

/* One stage while it runs. */
typedef struct stage_run {
    job_run *run;
    const bassin_stage *stage;
    size_t index, rows, per_block;
    block_merge partials;
    plan_call *calls; /* what each block said: lines only, in block order */
    size_t block_count;
    _Atomic size_t done;
} stage_run;

/* --- what a plugin says when it fails --- */

/* The plugin's own words, in its one language, behind where it was. */
static status plugin_error(const job_run *r, const char *step, const char *over,
                           const bassin_error *from, error *err)
{
    char label[200] = "", text[sizeof from->message];
    memcpy(text, from->message, sizeof text);
    text[sizeof text - 1] = '\0';
    if (from->row >= 0 && over != NULL)
        row_label(r->p, over, (size_t)from->row, label, sizeof label);
    else if (from->row >= 0)
        (void)snprintf(label, sizeof label, "%lld", (long long)from->row);
    if (label[0] != '\0')
        return error_set(err, STATUS_PLUGIN, M_RUN_FAILED_ROW, step, label, text);
    return error_set(err, STATUS_PLUGIN, M_RUN_FAILED, step, text);
}

static bool is_cancelled(const job_run *r)
{
    return r->progress != NULL && progress_cancelled(r->progress);
}

/* A plugin that stopped because the run is stopped did not fail. */
static status judge_status(const job_run *r, bassin_status s, const char *step, const char *over,
                           const bassin_error *from, error *err)
{
    if (s == BASSIN_OK)
        return STATUS_OK;
    if (s == BASSIN_E_CANCELLED && is_cancelled(r))
        return error_set(err, STATUS_INTERRUPTED, M_RUN_CANCELLED);
    return plugin_error(r, step, over, from, err);
}

static bassin_error fresh_error(void)
{
    return (bassin_error){.size = sizeof(bassin_error), .row = -1};
}

/* --- blocks --- */

/* The table whose rows are cut, by its final name. */
static const char *over_of(const stage_run *s)
{
    const char *over = s->stage->over;
    return over != NULL ? plan_table_name(s->run->job->plugin->ground, over) : NULL;
}

static status run_block(void *context, block b, error *err)
{
    stage_run *s = context;
    plan_call call;
    void *partial = NULL;
    bassin_error said = fresh_error();
    char step[48];
    status result = block_merge_take(&s->partials, &partial, err);
    if (result != STATUS_OK)
        return result;
    call_begin(&call, s->run);
    call.over = over_of(s);
    call.begin = b.begin;
    call.end = b.end;
    const bassin_block seen = {
        .size = sizeof seen, .index = (uint32_t)b.index, .begin = b.begin, .end = b.end};
    bassin_status code = s->stage->run(&call.seen, &seen, s->run->before, partial, &said);
    (void)snprintf(step, sizeof step, "%zu (run)", s->index + 1);
    result = judge_status(s->run, code, step, over_of(s), &said, err);
    s->calls[b.index].lines = call.lines; /* before call_end: they live with the job's texts */
    s->calls[b.index].line_count = call.line_count;
    s->calls[b.index].lines_lost = call.lines_lost;
    error second = {.status = STATUS_OK};
    status kept = call_end(&call, &second);
    block_merge_give(&s->partials, b.index, partial);
    if (result == STATUS_OK && kept != STATUS_OK) {
        *err = second;
        result = kept;
    }
    size_t done = atomic_fetch_add(&s->done, 1) + 1;
    if (s->run->progress != NULL)
        progress_advance(s->run->progress, done, s->block_count);
    return result;
}

static void merge_partials(void *context, void *into, const void *from)
{
    stage_run *s = context;
    plan_call call;
    call_begin(&call, s->run);
    s->stage->merge(&call.seen, into, from);
    arena_free(call.scratch); /* a merge says nothing: its lines would come in any order */
    arena_free(call.texts);
}

static size_t stage_rows(const job_run *r, const bassin_stage *stage)
{
    const run_data *d = r->p->data;
    if (stage->over == NULL)
        return 1;
    if (strcmp(stage->over, "places") == 0)
        return r->job->plugin->ground->territory->place_count;
    if (strcmp(stage->over, "venues") == 0)
        return d->venues->count;
    return d->flows != NULL ? d->flows->count : 0;
}

static status stage_init(stage_run *s, job_run *r, size_t index, error *err)
{
    const bassin_stage *stage = descriptor_stage(job_descriptor(r->job), index);
    *s = (stage_run){.run = r, .stage = stage, .index = index};
    s->rows = stage_rows(r, stage);
    s->per_block =
        stage->over != NULL && strcmp(stage->over, "venues") == 0 ? BLOCK_VENUES : BLOCK_ROWS;
    s->block_count = blocks_count(s->rows, s->per_block);
    if (r->partial_bytes[index] > 0 && stage->merge == NULL && stage->over != NULL)
        return error_set(err, STATUS_PLUGIN, M_RUN_NO_MERGE, index + 1);
    s->calls = memory_new(s->block_count, sizeof *s->calls);
    if (s->calls == NULL)
        return memory_error(err, s->block_count * sizeof *s->calls);
    return block_merge_init(&s->partials, r->partial_bytes[index], s->block_count,
                            stage->merge != NULL ? merge_partials : NULL, s, err);
}

static status stage_finish(stage_run *s, void *total, error *err)
{
    plan_call call;
    bassin_error said = fresh_error();
    char step[48];
    if (s->stage->finish == NULL)
        return STATUS_OK;
    call_begin(&call, s->run);
    call.once = true;
    bassin_status code = s->stage->finish(&call.seen, s->run->before, total, &said);
    (void)snprintf(step, sizeof step, "%zu (finish)", s->index + 1);
    status result = judge_status(s->run, code, step, NULL, &said, err);
    error second = {.status = STATUS_OK};
    status logged = job_log(s->run->job, call.lines, call.line_count, call.lines_lost, &second);
    status kept = call_end(&call, logged == STATUS_OK ? &second : NULL);
    if (result == STATUS_OK && (logged != STATUS_OK || kept != STATUS_OK)) {
        *err = second;
        result = second.status;
    }
    return result;
}

static status check_columns(const job_run *r, size_t stage, bool last, error *err)
{
    const bassin_plugin *is = job_descriptor(r->job);
    for (size_t i = 0; i < is->outputs.count; i++) {
        status s = columns_check(r->p, &r->job->outputs[i], last, err);
        if (s != STATUS_OK) {
            error_prefix(err, M_RUN_STAGE, stage + 1);
            return s;
        }
    }
    return STATUS_OK;
}

static status run_stage(job_run *r, size_t index, error *err)
{
    stage_run s;
    void *total = NULL;
    const atomic_int *cancel = r->progress != NULL ? r->progress->cancel : NULL;
    r->job->stage = index;
    status result = stage_init(&s, r, index, err);
    if (result == STATUS_OK && s.stage->run != NULL)
        result = blocks_run(s.rows, s.per_block, r->threads, cancel, run_block, &s, err);
    for (size_t i = 0; result == STATUS_OK && i < s.block_count; i++)
        result =
            job_log(r->job, s.calls[i].lines, s.calls[i].line_count, s.calls[i].lines_lost, err);
    if (result == STATUS_OK)
        result = block_merge_total(&s.partials, &total, err);
    if (result == STATUS_OK && total == NULL && r->partial_bytes[index] > 0)
        result = block_merge_take(&s.partials, &total, err); /* a stage without run */
    if (result == STATUS_OK)
        result = stage_finish(&s, total, err);
    if (result == STATUS_OK)
        result = check_columns(r, index, index + 1 == job_descriptor(r->job)->stages.count, err);
    block_merge_clear(&s.partials);
    memory_free(s.calls);
    memory_free(r->before);
    r->before = total;
    return result;
}

/* --- the job as the plugin sees it --- */

static bassin_column column_of_table(const column *c, size_t rows)
{
    return (bassin_column){
        .size = sizeof(bassin_column),
        .type = (int32_t)c->type,
        .rows = rows,
        .at.raw = c->at.f64,
        .state = c->state,
        .words = {.bytes = c->words.bytes, .start = c->words.start, .count = c->words.count}};
}

static bassin_column column_of_output(const made_output *o, const made_column *c)
{
    return (bassin_column){
        .size = sizeof(bassin_column),
        .type = o->is->type,
        .rows = c->rows,
        .at.raw = c->values,
        .state = c->state,
        .words = {.bytes = c->words.bytes, .start = c->words.start, .count = c->words.count}};
}

/* The producer's job of the same mode, else its only one. */
static const plan_job *producer_job(const plan *p, const input_source *from, size_t mode)
{
    const plan_plugin *plugin = &p->plugins[from->plugin];
    return &plugin->jobs[mode < plugin->job_count ? mode : 0];
}

static status bind_input(job_run *r, size_t i, error *err)
{
    const plan_input *in = &r->job->plugin->inputs[i];
    bassin_column *columns = arena_take(r->job->memory, in->count, sizeof *columns);
    if (columns == NULL)
        return memory_error(err, in->count * sizeof *columns);
    const table *base = plan_base_table(r->p, r->job->plugin->ground, in->is->table);
    for (size_t m = 0; m < in->count; m++) {
        const input_source *from = &in->sources[m];
        if (in->absent) {
            columns[m] = (bassin_column){.size = sizeof columns[m], .type = in->is->type};
        } else if (from->base != NULL) {
            columns[m] = column_of_table(from->base, base->rows);
        } else {
            const made_output *o = &producer_job(r->p, from, r->job->mode)->outputs[from->output];
            columns[m] = column_of_output(o, &o->columns[from->member]);
        }
    }
    r->in[i] =
        (bassin_columns){.items = columns, .count = (uint32_t)in->count, .stride = sizeof *columns};
    return STATUS_OK;
}

static size_t table_size(const job_run *r, const char *name)
{
    const plan_ground *ground = r->job->plugin->ground;
    if (strcmp(name, ground->table) == 0)
        return ground->territory->place_count;
    if (strcmp(name, "venues") == 0)
        return r->p->data->venues->count;
    return ground->groups.rows;
}

static status bind_output(job_run *r, size_t i, error *err)
{
    made_output *o = &r->job->outputs[i];
    bassin_slot *slots = arena_take(r->job->memory, o->count, sizeof *slots);
    if (slots == NULL)
        return memory_error(err, o->count * sizeof *slots);
    status s = STATUS_OK;
    if (o->made_table == NO_INDEX)
        s = columns_allocate(o, table_size(r, o->table), err);
    if (s != STATUS_OK)
        return s;
    slots_show(o, slots);
    r->slots[i] = slots;
    r->out[i] =
        (bassin_slots){.items = slots, .count = (uint32_t)o->count, .stride = sizeof *slots};
    return STATUS_OK;
}

static void see_territory(job_run *r)
{
    const run_data *d = r->p->data;
    const plan_ground *ground = r->job->plugin->ground;
    const territory *t = ground->territory;
    const venues *v = d->venues;
    uint32_t needs = job_descriptor(r->job)->needs;
    r->seen.place_count = t->place_count;
    r->seen.venue_count = v->count;
    r->seen.place_kept = t->kept;
    r->seen.cell_m = t->cell_m;
    r->seen.place_lon = t->lon;
    r->seen.place_lat = t->lat;
    r->seen.place_x_m = t->x_m;
    r->seen.place_y_m = t->y_m;
    r->seen.venue_lon = v->lon;
    r->seen.venue_lat = v->lat;
    r->seen.venue_x_m = v->x_m;
    r->seen.venue_y_m = v->y_m;
    r->seen.venue_open = v->open;
    r->seen.venue_place = ground->venue_place;
    if ((needs & BASSIN_NEED_COSTS) != 0)
        r->seen.costs = &ground->costs[r->job->mode];
    if (d->flows != NULL && ground == plan_communes(r->p)) /* else o and j are not its places */
        r->seen.flows = &r->p->flows;
    if (t->neighbour_start != NULL)
        r->seen.neighbours = &ground->neighbours;
    r->seen.groups = &ground->groups;
}

static status job_arrays(job_run *r, error *err)
{
    const bassin_plugin *is = job_descriptor(r->job);
    arena *memory = r->job->memory;
    r->in = arena_take(memory, is->inputs.count, sizeof *r->in);
    r->out = arena_take(memory, is->outputs.count, sizeof *r->out);
    r->slots = arena_take(memory, is->outputs.count, sizeof *r->slots);
    r->values = arena_take(memory, is->params.count, sizeof *r->values);
    r->partial_bytes = arena_take(memory, is->stages.count, sizeof *r->partial_bytes);
    if (r->in == NULL || r->out == NULL || r->slots == NULL || r->values == NULL ||
        r->partial_bytes == NULL)
        return memory_error(err, is->outputs.count * sizeof *r->slots);
    for (size_t i = 0; i < is->params.count; i++)
        r->values[i] = r->job->plugin->params[i].value;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < is->inputs.count; i++)
        s = bind_input(r, i, err);
    for (size_t i = 0; s == STATUS_OK && i < is->outputs.count; i++)
        s = bind_output(r, i, err);
    return s;
}

static status job_begin(job_run *r, error *err)
{
    const run_data *d = r->p->data;
    status s = arena_new(&r->job->memory, err);
    if (s == STATUS_OK)
        s = job_arrays(r, err);
    if (s != STATUS_OK)
        return s;
    r->key = random_key_of(d->scenario->seed, job_descriptor(r->job)->id);
    r->seen = (bassin_job){.size = sizeof r->seen,
                           .host = &plan_host,
                           .in = r->in,
                           .out = r->out,
                           .param = r->values,
                           .seed = d->scenario->seed,
                           .english = d->scenario->language == LANGUAGE_EN};
    see_territory(r);
    return STATUS_OK;
}

static status prepare(job_run *r, error *err)
{
    const bassin_plugin *is = job_descriptor(r->job);
    plan_call call;
    bassin_error said = fresh_error();
    if (is->prepare == NULL)
        return STATUS_OK;
    call_begin(&call, r);
    call.once = call.preparing = true;
    bassin_status code = is->prepare(&call.seen, &said);
    status s = judge_status(r, code, "prepare", NULL, &said, err);
    error second = {.status = STATUS_OK};
    status logged = job_log(r->job, call.lines, call.line_count, call.lines_lost, &second);
    status kept = call_end(&call, logged == STATUS_OK ? &second : NULL);
    if (s == STATUS_OK && (logged != STATUS_OK || kept != STATUS_OK)) {
        *err = second;
        s = second.status;
    }
    return s;
}

/* A declared table that finish did not make has no rows. */
static status seal(job_run *r, error *err)
{
    const bassin_plugin *is = job_descriptor(r->job);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < is->outputs.count; i++) {
        made_output *o = &r->job->outputs[i];
        if (o->made_table != NO_INDEX && !r->job->tables[o->made_table].made)
            s = columns_allocate(o, 0, err);
        if (s == STATUS_OK)
            s = columns_seal(o, r->job->memory, err);
    }
    return s;
}

static void job_end(job_run *r)
{
    const bassin_plugin *is = job_descriptor(r->job);
    if (is->release != NULL && r->plugin_plan != NULL)
        is->release(r->plugin_plan);
    memory_free(r->before);
    r->job->kept = r->kept;
    r->job->kept_count = r->kept_count;
    (void)pthread_mutex_destroy(&r->lock);
}

/* A failed plugin leaves nothing but its failure and its log. */
static void drop_outputs(plan_job *job)
{
    for (size_t i = 0; job->outputs != NULL && i < job_descriptor(job)->outputs.count; i++)
        columns_clear(&job->outputs[i]);
    for (size_t i = 0; job->tables != NULL && i < job_descriptor(job)->tables.count; i++) {
        memory_free(job->tables[i].sets);
        job->tables[i].sets = NULL;
        job->tables[i].reach = NULL;
        job->tables[i].set_count = job->tables[i].set_capacity = job->tables[i].rows = 0;
    }
    memory_free(job->totals);
    job->totals = NULL;
    job->total_count = job->total_capacity = 0;
}

status plan_job_run(plan *p, plan_job *job, int threads, progress *shown, error *err)
{
    job_run r = {.p = p, .job = job, .threads = threads, .progress = shown};
    if (pthread_mutex_init(&r.lock, NULL) != 0)
        return memory_error(err, sizeof r.lock);
    status s = job_begin(&r, err);
    if (s == STATUS_OK)
        s = prepare(&r, err);
    for (size_t i = 0; s == STATUS_OK && i < job_descriptor(job)->stages.count; i++)
        s = run_stage(&r, i, err);
    if (s == STATUS_OK)
        s = seal(&r, err);
    job_end(&r);
    job->done = s == STATUS_OK;
    if (s != STATUS_OK)
        drop_outputs(job);
    if (s != STATUS_PLUGIN)
        return s;
    job->failed = true;
    job->failure = *err;
    return STATUS_OK;
}

void plan_job_clear(plan_job *job)
{
    if (job->plugin == NULL)
        return;
    drop_outputs(job);
    for (size_t i = 0; i < job->kept_count; i++)
        arena_free(job->kept[i]);
    memory_free(job->kept);
    memory_free(job->lines);
    arena_free(job->memory);
    *job = (plan_job){.plugin = NULL};
}
