/* Built-in plugins that nobody named but whose columns a named one reads: the plan runs them first.
 */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_values.h"

static bool makes(const plan_plugin *plugin, const char *table_name, const char *name)
{
    for (size_t i = 0; plugin->jobs != NULL && i < plugin->is->outputs.count; i++) {
        const made_output *o = &plugin->jobs[0].outputs[i];
        for (size_t m = 0; strcmp(o->table, table_name) == 0 && m < o->count; m++) {
            if (strcmp(o->columns[m].name, name) == 0)
                return true;
        }
    }
    return false;
}

/* The first plugin, among those that run or among the others, that makes the column. */
static plan_plugin *maker_of(plan *p, const plan_plugin *reader, bool dropped,
                             const char *table_name, const char *name)
{
    for (size_t k = 0; k < p->plugin_count; k++) {
        plan_plugin *other = &p->plugins[k];
        if (other != reader && other->dropped == dropped && makes(other, table_name, name))
            return other;
    }
    return NULL;
}

/* Calls in the maker of one required input when nobody that runs makes it. */
static bool call_in(plan *p, const plan_plugin *reader, const bassin_input *in, faults *faults_list)
{
    bool failed = false;
    size_t rows;
    const char *table_name = plan_table_name(reader->ground, in->table);
    const char *name = text_fill(in->column, "function", "a", p->memory, &failed);
    if (failed || (in->flags & BASSIN_INPUT_OPTIONAL) != 0 ||
        plan_base_column(p, reader->ground, in->table, name, &rows) != NULL ||
        maker_of(p, reader, false, table_name, name) != NULL)
        return false;
    plan_plugin *maker = maker_of(p, reader, true, table_name, name);
    if (maker == NULL)
        return false;
    maker->dropped = false;
    faults_note(faults_list, SOURCE_NONE, M_PLAN_CALLED_IN, maker->is->id, reader->is->id);
    return true;
}

void plan_helpers(plan *p, faults *faults_list)
{
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < p->plugin_count; i++) {
            const plan_plugin *reader = &p->plugins[i];
            for (size_t k = 0; !reader->dropped && k < reader->is->inputs.count; k++)
                again = call_in(p, reader, descriptor_input(reader->is, k), faults_list) || again;
        }
    }
}
