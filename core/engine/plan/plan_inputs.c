/* Where every input comes from, what is missing, and the order that follows. */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_values.h"

const char *plan_table_name(const plan_ground *ground, const char *name)
{
    return strcmp(name, "places") == 0 ? ground->table : name;
}

bool plan_reads_flows(const bassin_plugin *is)
{
    bool reads = (is->needs & (BASSIN_NEED_FLOWS | BASSIN_NEED_FLOW_COSTS)) != 0;
    for (size_t i = 0; i < is->stages.count; i++) {
        const char *over = descriptor_stage(is, i)->over;
        reads = reads || (over != NULL && strcmp(over, "flows") == 0);
    }
    for (size_t i = 0; i < is->inputs.count; i++)
        reads = reads || strcmp(descriptor_input(is, i)->table, "flows") == 0;
    return reads;
}

const plan_ground *plan_ground_of(const plan *p, const bassin_plugin *is)
{
    const bool communes = (is->flags & BASSIN_COMMUNES) != 0 || plan_reads_flows(is);
    return communes ? plan_communes(p) : &p->ground[0];
}

const table *plan_base_table(const plan *p, const plan_ground *ground, const char *name)
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

static void missing(search *x, const bassin_input *in, const char *name)
{
    if (x->quiet != NULL) {
        *x->quiet = true;
        return;
    }
    input_source other;
    const plan_ground *ground = x->plugin->ground;
    const char *elsewhere = ground == &x->p->ground[0] ? "communes" : "places";
    if (strcmp(in->table, "flows") == 0 && x->p->data->flows == NULL)
        REFUSE(x, M_PLAN_NEED_FLOWS, x->plugin->is->id);
    else if (x->p->ground_count > 1 && strcmp(in->table, "places") == 0 &&
             find_made(x, elsewhere, name, &other))
        REFUSE(x, M_PLAN_INPUT_GROUND, x->plugin->is->id, name, elsewhere, ground->table);
    else
        REFUSE(x, M_PLAN_INPUT_MISSING, x->plugin->is->id, name, in->table);
}

/* One member. True when found. */
static bool find_member(search *x, plan_input *in, size_t member, const char *name)
{
    const table *base = plan_base_table(x->p, x->plugin->ground, in->is->table);
    const column *c = base != NULL ? table_find(base, name) : NULL;
    input_source *source = &in->sources[member];
    *source = (input_source){.base = c, .plugin = NO_INDEX};
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
    bool over_flows = false;
    for (size_t i = 0; i < plugin->is->stages.count; i++) {
        const char *over = descriptor_stage(plugin->is, i)->over;
        over_flows = over_flows || (over != NULL && strcmp(over, "flows") == 0);
    }
    const char *id = plugin->is->id;
    bool costs_wanted = (wants & BASSIN_NEED_COSTS) != 0;
    bool flow_costs_wanted = (wants & BASSIN_NEED_FLOW_COSTS) != 0;
    bool flows_wanted = (wants & BASSIN_NEED_FLOWS) != 0 || flow_costs_wanted || over_flows;
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

/* --- order --- */

static bool ready(const plan *p, size_t k, const bool *placed)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        if (p->plugins[k].needs[i] && !placed[i] && !p->plugins[i].dropped)
            return false;
    }
    return true;
}

/* The first plugin that k waits for, among those that could not be placed. */
static size_t waits_for(const plan *p, size_t k, const bool *placed)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        if (p->plugins[k].needs[i] && !placed[i] && !p->plugins[i].dropped)
            return i;
    }
    return k;
}

/* Walks from one plugin that waits to the one it waits for: within plugin_count steps the walk is
 * on the cycle, which is told from its first plugin. */
static status refuse_cycle(const plan *p, const bool *placed, faults *faults_list)
{
    text_buffer path = {.at = NULL};
    size_t first = 0;
    while (placed[first] || p->plugins[first].dropped)
        first++;
    for (size_t step = 0; step < p->plugin_count; step++)
        first = waits_for(p, first, placed);
    size_t start = first;
    for (size_t k = waits_for(p, start, placed); k != start; k = waits_for(p, k, placed))
        first = k < first ? k : first;
    size_t k = first;
    do {
        text_add_format(&path, "%s <- ", p->plugins[k].is->id);
        k = waits_for(p, k, placed);
    } while (k != first);
    source_ref at = p->plugins[first].said != NULL ? p->plugins[first].said->where : SOURCE_NONE;
    status s = faults_refuse(faults_list, at, M_PLAN_CYCLE, path.failed ? "" : path.at,
                             p->plugins[first].is->id);
    text_buffer_clear(&path);
    return s;
}

/* Plugins move: what pointed at them by index or address is made to point anew. */
static void place_in_order(plan *p, const size_t *order, size_t count, plan_plugin *sorted,
                           size_t *at)
{
    for (size_t i = 0; i < p->plugin_count; i++)
        at[i] = NO_INDEX;
    for (size_t i = 0; i < count; i++) {
        at[order[i]] = i;
        sorted[i] = p->plugins[order[i]];
    }
    for (size_t i = 0; i < count; i++) {
        plan_plugin *plugin = &sorted[i];
        for (size_t j = 0; j < plugin->job_count; j++)
            plugin->jobs[j].plugin = plugin;
        for (size_t k = 0; k < plugin->is->inputs.count; k++) {
            plan_input *in = &plugin->inputs[k];
            for (size_t m = 0; m < in->count; m++) {
                if (in->sources[m].plugin != NO_INDEX)
                    in->sources[m].plugin = at[in->sources[m].plugin];
            }
        }
        memset(plugin->needs, 0, p->plugin_count * sizeof *plugin->needs);
        for (size_t k = 0; k < plugin->is->inputs.count; k++) {
            const plan_input *in = &plugin->inputs[k];
            for (size_t m = 0; !in->absent && m < in->count; m++) {
                if (in->sources[m].plugin != NO_INDEX)
                    plugin->needs[in->sources[m].plugin] = true;
            }
        }
    }
    p->plugins = sorted;
    p->plugin_count = count;
}

status plan_order(plan *p, faults *faults_list)
{
    size_t n = p->plugin_count, count = 0, wanted = 0;
    size_t *order = arena_take(p->memory, n, sizeof *order),
           *at = arena_take(p->memory, n, sizeof *at);
    bool *placed = arena_take(p->memory, n, sizeof *placed);
    plan_plugin *sorted = arena_take(p->memory, n, sizeof *sorted);
    error err = {.status = STATUS_OK};
    if (order == NULL || at == NULL || placed == NULL || sorted == NULL) {
        (void)memory_error(&err, n * sizeof *sorted);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < n; i++)
        wanted += !p->plugins[i].dropped;
    for (size_t next = 0; count < wanted && next < n; next++) {
        if (placed[next] || p->plugins[next].dropped || !ready(p, next, placed))
            continue;
        placed[next] = true;
        order[count++] = next;
        next = NO_INDEX; /* from the first again: the order asked for, wherever it can be kept */
    }
    if (count < wanted)
        return refuse_cycle(p, placed, faults_list);
    place_in_order(p, order, count, sorted, at);
    return STATUS_OK;
}
