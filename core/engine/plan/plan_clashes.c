/* Names that two plugins, or a plugin and the territory, both claim; means without a weight. One
 * sentence a pair and output, however many columns, levels and modes follow from it. */
#include <string.h>

#include "base/hash.h"
#include "engine/plan/plan_model.h"
#include "engine/plan_messages.h"

typedef struct claims {
    interner *names; /* "table\nname" */
    const char **owner;
    size_t capacity;
    faults *list;
    status worst;
    error err;
} claims;

static bool claim_room(claims *c, uint32_t index)
{
    if (index < c->capacity)
        return true;
    size_t wanted = c->capacity == 0 ? 256 : 2 * c->capacity;
    const char **grown = memory_resize(c->owner, wanted, sizeof *grown);
    if (grown == NULL)
        return false;
    c->owner = grown;
    c->capacity = wanted;
    return true;
}

/* The owner of the name before this one; NULL: nobody, and it is `owner`'s now. */
static const char *claim(claims *c, const char *table_name, const char *name, const char *owner)
{
    char key[256];
    uint32_t index, before = interner_count(c->names);
    int size = snprintf(key, sizeof key, "%s\n%s", table_name, name);
    text_slice slice = text_slice_of(key, size < (int)sizeof key ? (size_t)size : sizeof key - 1);
    if (c->err.status != STATUS_OK || interner_add(c->names, slice, &index, &c->err) != STATUS_OK)
        return NULL;
    if (index < before)
        return c->owner[index];
    if (claim_room(c, index))
        c->owner[index] = owner;
    else
        (void)memory_error(&c->err, c->capacity * 2 * sizeof *c->owner);
    return NULL;
}

static void claim_base(claims *c, const char *name, const table *t)
{
    for (size_t i = 0; t != NULL && i < t->column_count; i++)
        (void)claim(c, name, t->columns[i].name, "bassin");
}

static source_ref where_said(const plan_plugin *plugin)
{
    return plugin->said != NULL ? plugin->said->where : SOURCE_NONE;
}

static void refuse_table(claims *c, const plan_plugin *plugin, const char *name, const char *owner)
{
    c->worst =
        faults_refuse(c->list, where_said(plugin), M_PLAN_CLASH_TABLE, name, owner, plugin->is->id);
}

static void refuse_column(claims *c, const plan_plugin *plugin, const char *table_name,
                          const char *name, const char *owner)
{
    c->worst = faults_refuse(c->list, where_said(plugin), M_PLAN_CLASH, name, table_name, owner,
                             plugin->is->id);
}

/* The tables of one job whose names are free. */
static void claim_tables(claims *c, const plan_plugin *plugin, const plugin_job *job, bool *refused)
{
    for (size_t i = 0; i < plugin->is->tables.count; i++) {
        const char *owner = claim(c, "", job->tables[i].name, plugin->is->id);
        if (owner != NULL && !refused[i])
            refuse_table(c, plugin, job->tables[i].name, owner);
        refused[i] = refused[i] || owner != NULL;
    }
}

/* Every table that shows the columns of an output. `cells`: those of places go to communes too. */
static void claim_output(claims *c, const plan_plugin *plugin, const made_output *o, bool cells,
                         bool *refused)
{
    const char *const shown[] = {o->table,
                                 o->is->aggregate != BASSIN_AGGREGATE_NONE ? "territories" : NULL,
                                 cells && strcmp(o->table, "places") == 0 ? "communes" : NULL};
    for (size_t m = 0; m < o->count; m++) {
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
            const char *name = o->columns[m].name;
            const char *owner = shown[k] != NULL ? claim(c, shown[k], name, plugin->is->id) : NULL;
            if (owner != NULL && !*refused)
                refuse_column(c, plugin, shown[k], name, owner);
            *refused = *refused || owner != NULL;
        }
    }
}

/* refused: one a table, then one an output, kept from job to job. */
static void claim_job(claims *c, const plan_plugin *plugin, const plugin_job *job, bool cells,
                      bool *refused)
{
    const size_t tables = plugin->is->tables.count;
    claim_tables(c, plugin, job, refused);
    for (size_t i = 0; i < plugin->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        if (o->made_table == NO_INDEX || !refused[o->made_table])
            claim_output(c, plugin, o, cells, &refused[tables + i]);
    }
}

static bool makes_column(const plan *p, const char *table_name, const char *name)
{
    for (size_t k = 0; k < p->plugin_count; k++) {
        const plan_plugin *plugin = &p->plugins[k];
        for (size_t j = 0; !plugin->dropped && j < plugin->job_count; j++) {
            for (size_t i = 0; i < plugin->is->outputs.count; i++) {
                const made_output *o = &plugin->jobs[j].outputs[i];
                for (size_t m = 0; m < o->count; m++) {
                    if (strcmp(o->table, table_name) == 0 && strcmp(o->columns[m].name, name) == 0)
                        return true;
                }
            }
        }
    }
    return false;
}

/* Whether the mean of a column is weighed by a number that the run has. */
static bool has_weight(const plan *p, const plan_plugin *plugin, const char *weight)
{
    const column *base = table_find(plugin->ground->territory->places, weight);
    return base != NULL ? base->type != COLUMN_TEXT
                        : makes_column(p, plugin->ground->table, weight);
}

static void check_weight(claims *c, const plan *p, const plan_plugin *plugin, size_t output)
{
    for (size_t j = 0; j < plugin->job_count; j++) {
        const made_output *o = &plugin->jobs[j].outputs[output];
        for (size_t m = 0; m < o->count; m++) {
            const char *weight = o->columns[m].weight;
            if (weight == NULL || has_weight(p, plugin, weight))
                continue;
            c->worst = faults_refuse(c->list, where_said(plugin), M_JUDGE_WEIGHT, plugin->is->id,
                                     o->columns[m].name, weight);
            return;
        }
    }
}

static void check_plugin(claims *c, plan *p, const plan_plugin *plugin)
{
    const size_t outputs = plugin->is->outputs.count;
    bool *refused = arena_take(p->memory, plugin->is->tables.count + outputs, sizeof *refused);
    if (refused == NULL) {
        (void)memory_error(&c->err, outputs);
        return;
    }
    for (size_t j = 0; j < plugin->job_count; j++)
        claim_job(c, plugin, &plugin->jobs[j], p->ground_count > 1, refused);
    for (size_t i = 0; i < outputs; i++)
        check_weight(c, p, plugin, i);
}

/* What the run has already. The context of places is told by commune. */
static void claim_data(claims *c, const plan *p)
{
    for (size_t i = 0; i < p->ground_count; i++) {
        claim_base(c, p->ground[i].table, p->ground[i].territory->places);
        (void)claim(c, p->ground[i].table, "border", "bassin");
    }
    claim_base(c, plan_communes(p)->table, p->data->place_context);
    claim_base(c, "venues", p->data->venues->rows);
    claim_base(c, "venues", p->data->venue_context);
    claim_base(c, "territories", p->territories);
}

status plan_clashes(plan *p, faults *faults_list)
{
    claims c = {.list = faults_list};
    if (interner_new(&c.names, &c.err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &c.err);
    claim_data(&c, p);
    for (size_t k = 0; k < p->plugin_count; k++) {
        if (!p->plugins[k].dropped)
            check_plugin(&c, p, &p->plugins[k]);
    }
    interner_free(c.names);
    memory_free(c.owner);
    if (c.err.status != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &c.err);
    return c.worst;
}
