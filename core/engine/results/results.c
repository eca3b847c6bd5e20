/* Results of a finished plan. */
#include "engine/results/results.h"

#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"
#include "engine/run_steps.h"

const result_table *results_find(const results *r, const char *name)
{
    for (size_t i = 0; i < r->table_count; i++) {
        if (strcmp(r->tables[i].name, name) == 0)
            return &r->tables[i];
    }
    return NULL;
}

bool results_total(const results *r, const char *indicator_id, const char *name, double *value)
{
    const result_table *t = results_find(r, "totals");
    const column *who = t != NULL ? table_find(t->rows, "indicator") : NULL;
    const column *what = t != NULL ? table_find(t->rows, "name") : NULL;
    const column *figure = t != NULL ? table_find(t->rows, "value") : NULL;
    if (who == NULL || what == NULL || figure == NULL)
        return false;
    for (size_t i = 0; i < t->rows->rows; i++) {
        if (strcmp(column_text(who, i), indicator_id) != 0 ||
            strcmp(column_text(what, i), name) != 0)
            continue;
        if (column_state(figure, i) != VALUE_PRESENT)
            return false;
        *value = figure->at.f64[i];
        return true;
    }
    return false;
}

/* --- rows that results hold --- */

static status kept_of(build *b, const territory *t, size_t **rows, size_t *count, uint32_t **row_of,
                      error *err)
{
    *rows = arena_take(b->memory, t->place_count, sizeof **rows);
    *row_of = arena_take(b->memory, t->place_count, sizeof **row_of);
    *count = 0;
    if (*rows == NULL || *row_of == NULL)
        return memory_error(err, t->place_count * sizeof **rows);
    for (size_t p = 0; p < t->place_count; p++) {
        (*row_of)[p] = t->kept[p] ? (uint32_t)*count : PLACE_NONE;
        if (t->kept[p])
            (*rows)[(*count)++] = p;
    }
    return STATUS_OK;
}

static status kept_places(build *b, error *err)
{
    status s = kept_of(b, b->d->territory, &b->place_rows, &b->place_count, &b->row_of_place, err);
    b->communes = plan_communes(b->p)->territory;
    if (s == STATUS_OK)
        s = kept_of(b, b->communes, &b->commune_rows, &b->commune_count, &b->row_of_commune, err);
    b->r->seen.cell_m = b->d->territory->cell_m;
    return s;
}

/* Venues of kept places, and those that could not be placed: what was lost must show. */
static bool is_listed(const build *b, size_t v)
{
    uint32_t place = b->d->venues->place[v];
    const column *how = table_find(b->d->venues->rows, "placement");
    if (place != PLACE_NONE)
        return b->row_of_commune[place] != PLACE_NONE;
    return how != NULL && how->type == COLUMN_TEXT &&
           strcmp(column_text(how, v), placement_name(PLACED_NOWHERE)) == 0;
}

static status listed_venues(build *b, error *err)
{
    size_t count = b->d->venues->count;
    b->venue_rows = arena_take(b->memory, count, sizeof *b->venue_rows);
    if (b->venue_rows == NULL)
        return memory_error(err, count * sizeof *b->venue_rows);
    for (size_t v = 0; v < count; v++) {
        if (is_listed(b, v))
            b->venue_rows[b->venue_count++] = v;
    }
    return STATUS_OK;
}

/* --- what rests on estimates --- */

static bool own_estimate(const build *b, const plan_plugin *plugin, const plugin_job *job)
{
    uint32_t needs = plugin->is->needs;
    const run_data *d = b->d;
    bool costs_read = (needs & BASSIN_NEED_COSTS) != 0,
         pairs_read = (needs & BASSIN_NEED_FLOW_COSTS) != 0;
    bool flows_read = pairs_read || (needs & BASSIN_NEED_FLOWS) != 0;
    if (costs_read && d->cost_count > 0 && d->costs[job->mode]->source == TRAVEL_ESTIMATE)
        return true;
    if (pairs_read && d->cost_count > 0 && d->costs[0]->source == TRAVEL_ESTIMATE)
        return true;
    return flows_read && d->flows != NULL && !d->flows->detailed;
}

/* Plugins are in the order they run: those read come first. */
static status estimates(build *b, error *err)
{
    const plan *p = b->p;
    b->estimate = arena_take(b->memory, p->plugin_count, sizeof *b->estimate);
    if (b->estimate == NULL)
        return memory_error(err, p->plugin_count * sizeof *b->estimate);
    for (size_t k = 0; k < p->plugin_count; k++) {
        const plan_plugin *plugin = &p->plugins[k];
        b->estimate[k] = arena_take(b->memory, plugin->job_count, sizeof *b->estimate[k]);
        if (b->estimate[k] == NULL)
            return memory_error(err, plugin->job_count);
        for (size_t j = 0; j < plugin->job_count; j++) {
            bool rests = own_estimate(b, plugin, &plugin->jobs[j]);
            for (size_t i = 0; i < k; i++)
                rests = rests ||
                        (plugin->needs[i] && b->estimate[i][j < p->plugins[i].job_count ? j : 0]);
            b->estimate[k][j] = rests;
        }
    }
    return STATUS_OK;
}

static status header(build *b, error *err)
{
    const scenario *s = b->d->scenario;
    const territory *t = b->d->territory;
    results *r = &b->r->seen;
    r->territory_title = arena_text(b->memory, t->title != NULL ? t->title : "");
    r->title = arena_text(b->memory, s->title != NULL ? s->title : r->territory_title);
    r->language = s->language;
    r->date = arena_text(b->memory, s->date);
    r->version = BASSIN_VERSION;
    bool lost =
        r->territory_title == NULL || r->title == NULL || (s->date != NULL && r->date == NULL);
    return lost ? memory_error(err, 256) : STATUS_OK;
}

static status input_contents(build *b, error *err)
{
    sha256_hex *content = arena_take(b->memory, b->input_count, sizeof *content);
    if (content == NULL)
        return memory_error(err, b->input_count * sizeof *content);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < b->input_count; i++)
        s = imported_digest(b->inputs[i], run_threads(b->d->scenario), &content[i], err);
    b->input_content = content;
    return s;
}

static status build_all(build *b, error *err)
{
    static status (*const steps[])(build *, error *) = {
        header,           kept_places,        listed_venues,    estimates,
        results_shapes,   results_places,     results_communes, results_territories,
        results_venues,   results_flows,      results_series,   results_plugin_tables,
        results_totals,   results_parameters, input_contents,   results_sources,
        results_balance,  results_placements, results_vintages, results_indicators,
        results_warnings, results_dictionary, results_lines,    results_manifest,
    }; /* results_by_commune copies what they made */
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sizeof steps / sizeof *steps; i++)
        s = steps[i](b, err);
    b->r->seen.tables = b->r->tables;
    b->r->seen.table_count = b->r->table_count;
    return s == STATUS_OK ? results_by_commune(b, err) : s;
}

status results_build(const run_data *data, const plan *p, const imported *const *input_rows,
                     const char *const *input_roles, size_t input_count,
                     const costs_facts *const *cost_facts, results **out, error *err)
{
    results_owned *r = memory_new(1, sizeof *r);
    *out = NULL;
    if (r == NULL)
        return memory_error(err, sizeof *r);
    build b = {.d = data,
               .p = p,
               .inputs = input_rows,
               .input_roles = input_roles,
               .input_count = input_count,
               .cost_facts = cost_facts,
               .r = r};
    status s = arena_new(&b.memory, err);
    r->seen.memory = b.memory;
    if (s == STATUS_OK)
        s = build_all(&b, err);
    if (s == STATUS_OK)
        *out = &r->seen;
    else
        results_free(&r->seen);
    return s;
}

void results_free(results *r)
{
    if (r == NULL)
        return;
    results_owned *owned = (results_owned *)r; /* `seen` is its first member */
    for (size_t i = 0; i < owned->table_count; i++)
        table_free(owned->rows[i]);
    for (size_t i = 0; i < owned->apart_count; i++)
        table_free(owned->apart[i]);
    for (size_t i = 0; i < owned->shape_count; i++)
        polygons_free(owned->shapes[i]);
    topology_free(owned->borders);
    topology_free(owned->commune_borders);
    memory_free(owned->commune_tables);
    memory_free(owned->tables);
    memory_free(owned->rows);
    memory_free(owned->shapes);
    arena_free(r->memory);
    memory_free(owned);
}
