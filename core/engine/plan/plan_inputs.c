/* Where every input comes from, what is missing, and the order that follows. */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_values.h"

const char *plan_table_name(const plan_ground *ground, const char *name)
{
    return strcmp(name, "places") == 0 ? ground->table : name;
}

bool plan_reads_flows(const bassin_plugin *is, bool optional)
{
    bool reads = (is->needs & (BASSIN_NEED_FLOWS | BASSIN_NEED_FLOW_COSTS)) != 0;
    for (size_t i = 0; i < is->stages.count; i++) {
        const char *over = descriptor_stage(is, i)->over;
        reads = reads || (over != NULL && strcmp(over, "flows") == 0);
    }
    for (size_t i = 0; i < is->inputs.count; i++) {
        const bassin_input *in = descriptor_input(is, i);
        const bool counts = optional || (in->flags & BASSIN_INPUT_OPTIONAL) == 0;
        reads = reads || (counts && strcmp(in->table, "flows") == 0);
    }
    return reads;
}

const plan_ground *plan_ground_of(const plan *p, const bassin_plugin *is)
{
    const bool communes = (is->flags & BASSIN_COMMUNES) != 0 || plan_reads_flows(is, true);
    return communes ? plan_communes(p) : &p->ground[0];
}

static const table *base_table(const plan *p, const plan_ground *ground, const char *name)
{
    if (strcmp(name, "places") == 0)
        return ground->territory->places;
    if (strcmp(name, "venues") == 0)
        return p->data->venues->rows;
    if (strcmp(name, "flows") == 0)
        return p->data->flows != NULL ? p->data->flows->rows : NULL;
    if (strcmp(name, "territories") == 0)
        return p->territories;
    return NULL;
}

/* Zonings and numbers that the run file gives: row for row with communes, and with venues. */
static const table *context_table(const plan *p, const plan_ground *ground, const char *name)
{
    if (strcmp(name, "places") == 0)
        return ground == plan_communes(p) ? p->data->place_context : NULL;
    return strcmp(name, "venues") == 0 ? p->data->venue_context : NULL;
}

const column *plan_base_column(const plan *p, const plan_ground *ground, const char *table_name,
                               const char *name, size_t *rows)
{
    const table *const tables[] = {base_table(p, ground, table_name),
                                   context_table(p, ground, table_name)};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const column *c = tables[i] != NULL ? table_find(tables[i], name) : NULL;
        if (c != NULL) {
            *rows = tables[i]->rows;
            return c;
        }
    }
    return NULL;
}

/* One input of one plugin being looked for. */
typedef struct search {
    plan *p;
    plan_plugin *plugin;
    size_t index; /* of the plugin */
    bool *quiet;
    faults *list;
    source_ref at;
    status worst;
} search;

#define REFUSE(x, ...) ((x)->worst = faults_refuse((x)->list, (x)->at, __VA_ARGS__))

static const char *type_label(int32_t type)
{
    static const char *const labels[] = {"?", "F64", "I64", "U32", "TEXT"};
    return type >= BASSIN_F64 && type <= BASSIN_TEXT ? labels[type] : labels[0];
}

/* The plugin that makes `name` in its first job; an own output does not count. */
static bool find_made(const search *x, const char *table_name, const char *name, input_source *out)
{
    for (size_t k = 0; k < x->p->plugin_count; k++) {
        const plan_plugin *other = &x->p->plugins[k];
        if (other->dropped || k == x->index || other->jobs == NULL)
            continue;
        for (size_t i = 0; i < other->is->outputs.count; i++) {
            const made_output *o = &other->jobs[0].outputs[i];
            if (strcmp(o->table, table_name) != 0)
                continue;
            for (size_t m = 0; m < o->count; m++) {
                if (strcmp(o->columns[m].name, name) == 0) {
                    *out = (input_source){.plugin = k, .output = i, .member = m};
                    return true;
                }
            }
        }
    }
    return false;
}

/* Type and unit must be those declared: nothing is converted silently. */
static void check_kind(search *x, const bassin_input *in, const char *name, int32_t type,
                       const char *unit)
{
    if (type != in->type)
        REFUSE(x, M_PLAN_INPUT_TYPE, x->plugin->is->id, name, in->table, type_label(in->type),
               type_label(type));
    else if (strcmp(unit, in->unit) != 0)
        REFUSE(x, M_PLAN_INPUT_UNIT, x->plugin->is->id, name, in->table, in->unit, unit);
}

/* Whether places have the column on another ground. */
static bool is_on(const search *x, const plan_ground *ground, const char *name)
{
    size_t rows;
    input_source made;
    return plan_base_column(x->p, ground, "places", name, &rows) != NULL ||
           find_made(x, ground->table, name, &made);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Whether a family of the plugin, whose settings are at fault, might have a member of that name. */
static bool may_make(const plan_plugin *plugin, const char *name)
{
    const size_t prefix = strlen(plugin->prefix);
    for (size_t i = 0; begins(name, plugin->prefix) && i < plugin->is->outputs.count; i++) {
        const char *id = descriptor_output(plugin->is, i)->id;
        const size_t stem = strcspn(id, "{");
        if (id[stem] == '{' && strncmp(name + prefix, id, stem) == 0)
            return true;
    }
    return false;
}

/* Whether a plugin that could not be opened, or whose settings are at fault, would make the column:
 * that is told already. */
static bool may_be_lost(const search *x, const char *table_name, const char *name)
{
    for (size_t i = 0; i < x->p->lost_count; i++) {
        if (begins(name, x->p->lost_prefix[i]) || begins(table_name, x->p->lost_prefix[i]))
            return true;
    }
    for (size_t k = 0; k < x->p->plugin_count; k++) {
        if (x->p->plugins[k].unsure && may_make(&x->p->plugins[k], name))
            return true;
    }
    return false;
}

static void missing(search *x, const bassin_input *in, const char *name)
{
    if (x->quiet != NULL) {
        *x->quiet = true;
        return;
    }
    const plan_ground *ground = x->plugin->ground;
    const plan_ground *other = &x->p->ground[ground == &x->p->ground[0] ? 1 : 0];
    if (strcmp(in->table, "flows") == 0 && x->p->data->flows == NULL)
        return; /* plan_needs says it once */
    if (x->p->ground_count > 1 && strcmp(in->table, "places") == 0 && is_on(x, other, name))
        REFUSE(x, M_PLAN_INPUT_GROUND, x->plugin->is->id, name, other->table, ground->table);
    else if (!may_be_lost(x, in->table, name))
        REFUSE(x, M_PLAN_INPUT_MISSING, x->plugin->is->id, name, in->table);
}

/* One member. True when found. */
static bool find_member(search *x, plan_input *in, size_t member, const char *name)
{
    size_t rows = 0;
    const column *c = plan_base_column(x->p, x->plugin->ground, in->is->table, name, &rows);
    input_source *source = &in->sources[member];
    *source = (input_source){.base = c, .rows = rows, .plugin = NO_INDEX};
    if (c != NULL) {
        check_kind(x, in->is, name, (int32_t)c->type, c->unit);
        return true;
    }
    if (!find_made(x, plan_table_name(x->plugin->ground, in->is->table), name, source))
        return false;
    const bassin_output *o = descriptor_output(x->p->plugins[source->plugin].is, source->output);
    check_kind(x, in->is, name, o->type, o->unit);
    x->plugin->needs[source->plugin] = true;
    return true;
}

static status find_input(search *x, plan_input *in)
{
    bool family = strstr(in->is->column, "{function}") != NULL, failed = false;
    error err = {.status = STATUS_OK};
    in->count = family ? BASSIN_FUNCTIONS : 1;
    in->sources = arena_take(x->p->memory, in->count, sizeof *in->sources);
    for (size_t m = 0; in->sources != NULL && m < in->count && !failed; m++) {
        char letter[2] = {(char)('a' + (int)m), '\0'};
        const char *name = text_fill(in->is->column, "function", letter, x->p->memory, &failed);
        if (failed || find_member(x, in, m, name))
            continue;
        in->absent = true;
        if ((in->is->flags & BASSIN_INPUT_OPTIONAL) == 0) {
            missing(x, in->is, name);
            return STATUS_OK;
        }
    }
    if (in->sources != NULL && !failed)
        return STATUS_OK;
    (void)memory_error(&err, in->count * sizeof *in->sources);
    return faults_add_error(x->list, SOURCE_NONE, &err);
}

status plan_inputs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list)
{
    size_t count = plugin->is->inputs.count;
    search x = {.p = p,
                .plugin = plugin,
                .index = (size_t)(plugin - p->plugins),
                .quiet = quiet,
                .list = faults_list,
                .at = plugin->said != NULL ? plugin->said->where : SOURCE_NONE};
    error err = {.status = STATUS_OK};
    plugin->inputs = arena_take(p->memory, count, sizeof *plugin->inputs);
    plugin->needs = arena_take(p->memory, p->plugin_count, sizeof *plugin->needs);
    if (plugin->inputs == NULL || plugin->needs == NULL) {
        (void)memory_error(&err, count * sizeof *plugin->inputs);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < count; i++) {
        plugin->inputs[i].is = descriptor_input(plugin->is, i);
        status s = find_input(&x, &plugin->inputs[i]);
        if (s != STATUS_OK)
            return s;
    }
    return x.worst;
}

/* Whether to refuse: there is something to say, and somebody to hear it. */
static bool lacks(const search *x, bool has)
{
    if (!has && x->quiet != NULL)
        *x->quiet = true;
    return !has && x->quiet == NULL;
}

status plan_needs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list)
{
    const run_data *d = p->data;
    uint32_t wants = plugin->is->needs;
    search x = {.p = p,
                .plugin = plugin,
                .quiet = quiet,
                .list = faults_list,
                .at = plugin->said != NULL ? plugin->said->where : SOURCE_NONE};
    const char *id = plugin->is->id;
    bool costs_wanted = (wants & BASSIN_NEED_COSTS) != 0;
    bool flow_costs_wanted = (wants & BASSIN_NEED_FLOW_COSTS) != 0;
    bool flows_wanted = plan_reads_flows(plugin->is, false);
    if (lacks(&x, !costs_wanted || d->cost_count > 0))
        REFUSE(&x, M_PLAN_NEED_COSTS, id);
    if (lacks(&x, !flows_wanted || d->flows != NULL))
        REFUSE(&x, M_PLAN_NEED_FLOWS, id);
    if (lacks(&x, !flow_costs_wanted || d->flows == NULL ||
                      (d->flow_minutes != NULL && d->flow_km != NULL)))
        REFUSE(&x, M_PLAN_NEED_FLOW_COSTS, id);
    if (lacks(&x, (wants & BASSIN_NEED_NEIGHBOURS) == 0 ||
                      plugin->ground->territory->neighbour_start != NULL))
        REFUSE(&x, M_PLAN_NEED_NEIGHBOURS, id);
    return x.worst;
}
