/* The run as a job sees it: pointers into what is frozen, and into what other plugins made. */
#include <string.h>

#include "engine/plan/plan_model.h"

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
static const plugin_job *producer_job(const plan *p, const input_source *from, size_t mode)
{
    const plan_plugin *plugin = &p->plugins[from->plugin];
    return &plugin->jobs[mode < plugin->job_count ? mode : 0];
}

static status bind_input(const plan *p, plugin_job *job, size_t i, bassin_columns *out, error *err)
{
    const plan_input *in = &job->plugin->inputs[i];
    bassin_column *columns = arena_take(job->memory, in->count, sizeof *columns);
    if (columns == NULL)
        return memory_error(err, in->count * sizeof *columns);
    for (size_t m = 0; m < in->count; m++) {
        const input_source *from = &in->sources[m];
        if (in->absent) {
            columns[m] = (bassin_column){.size = sizeof columns[m], .type = in->is->type};
        } else if (from->base != NULL) {
            columns[m] = column_of_table(from->base, from->rows);
        } else {
            const made_output *o = &producer_job(p, from, job->mode)->outputs[from->output];
            columns[m] = column_of_output(o, &o->columns[from->member]);
        }
    }
    *out =
        (bassin_columns){.items = columns, .count = (uint32_t)in->count, .stride = sizeof *columns};
    return STATUS_OK;
}

static size_t table_size(const plan *p, const plan_ground *ground, const char *name)
{
    if (strcmp(name, ground->table) == 0)
        return ground->territory->place_count;
    if (strcmp(name, "venues") == 0)
        return p->data->venues->count;
    return ground->groups.rows;
}

static status bind_names(const plan *p, plugin_job *job, error *err)
{
    const column *codes = table_find(p->territories, "code");
    const char **code = arena_take(job->memory, p->territories->rows, sizeof *code);
    const territory *t = job->plugin->ground->territory;
    job->names = (row_names){.places = job->plugin->ground->table,
                             .place_code = (const char *const *)t->code,
                             .place_name = (const char *const *)t->name,
                             .venue_id = (const char *const *)p->data->venues->id,
                             .territory_code = code};
    if (code == NULL)
        return memory_error(err, p->territories->rows * sizeof *code);
    for (size_t i = 0; i < p->territories->rows; i++)
        code[i] = column_text(codes, i);
    return STATUS_OK;
}

/* Before ABI 1.2 a plugin saw the flows of the run unasked. */
static bool may_see_flows(const bassin_plugin *is)
{
    return plan_reads_flows(is, true) || is->abi_minor < 2;
}

static void bind_territory(const plan *p, plugin_job *job)
{
    const run_data *d = p->data;
    const plan_ground *ground = job->plugin->ground;
    const territory *t = ground->territory;
    const venues *v = d->venues;
    bassin_job *seen = &job->seen;
    seen->place_count = t->place_count;
    seen->venue_count = v->count;
    seen->place_kept = t->kept;
    seen->cell_m = t->cell_m;
    seen->place_lon = t->lon;
    seen->place_lat = t->lat;
    seen->place_x_m = t->x_m;
    seen->place_y_m = t->y_m;
    seen->venue_lon = v->lon;
    seen->venue_lat = v->lat;
    seen->venue_x_m = v->x_m;
    seen->venue_y_m = v->y_m;
    seen->venue_open = v->open;
    seen->venue_place = ground->venue_place;
    if ((job->is->needs & BASSIN_NEED_COSTS) != 0)
        seen->costs = &ground->costs[job->mode];
    /* What a job does not see is no part of its key (store/job_key.h): other flows leave the work
     * of those that read none as it is. */
    if (d->flows != NULL && ground == plan_communes(p) && may_see_flows(job->is))
        seen->flows = &p->flows;
    if (t->neighbour_start != NULL)
        seen->neighbours = &ground->neighbours;
    seen->groups = &ground->groups;
}

static void region_add(plugin_job *job, shared_region *regions, const shared_memory *m)
{
    if (m->at != NULL && !m->writable)
        regions[job->region_count++] = (shared_region){.at = m->at, .size = m->size, .fd = m->fd};
}

/* The sealed memory that columns and costs lie in: workers map it as it is. */
static status bind_regions(const plan *p, plugin_job *job, error *err)
{
    const run_data *d = p->data;
    const plan_ground *ground = job->plugin->ground;
    const table *const tables[] = {ground->territory->places,
                                   d->venues->rows,
                                   d->flows != NULL ? d->flows->rows : NULL,
                                   p->territories,
                                   d->place_context,
                                   d->venue_context};
    costs *const *of = ground == &p->ground[0] ? d->costs : d->commune_costs;
    const size_t most = sizeof tables / sizeof *tables + 1;
    shared_region *regions = arena_take(job->memory, most, sizeof *regions);
    if (regions == NULL)
        return memory_error(err, most * sizeof *regions);
    job->regions = regions;
    job->region_count = 0;
    for (size_t i = 0; i < most - 1; i++) {
        if (tables[i] != NULL)
            region_add(job, regions, table_shared(tables[i]));
    }
    if (job->seen.costs != NULL)
        region_add(job, regions, &of[job->mode]->memory);
    return STATUS_OK;
}

status plan_bind(plan *p, plugin_job *job, error *err)
{
    const run_data *d = p->data;
    status s = arena_new(&job->memory, err);
    if (s != STATUS_OK)
        return s;
    bassin_columns *in = arena_take(job->memory, job->is->inputs.count, sizeof *in);
    if (in == NULL)
        return memory_error(err, job->is->inputs.count * sizeof *in);
    for (size_t i = 0; s == STATUS_OK && i < job->is->inputs.count; i++)
        s = bind_input(p, job, i, &in[i], err);
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        if (job->outputs[i].made_table == NO_INDEX)
            job->outputs[i].rows = table_size(p, job->plugin->ground, job->outputs[i].table);
    }
    job->seen = (bassin_job){.size = sizeof job->seen,
                             .in = in,
                             .seed = d->scenario->seed,
                             .english = d->scenario->language == LANGUAGE_EN};
    job->key = random_key_of(d->scenario->seed, job->is->id);
    job->nearest = p->nearest;
    bind_territory(p, job);
    if (s == STATUS_OK)
        s = bind_names(p, job, err);
    return s == STATUS_OK ? bind_regions(p, job, err) : s;
}
