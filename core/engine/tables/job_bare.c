#include "engine/tables/job_bare.h"

#include <string.h>

#include "engine/job/job_params.h"
#include "engine/tables/job_tables_form.h"
#include "engine/plugin/pipe_messages.h"

status job_bare_params(const bassin_plugin *is, arena *memory, plugin_param **out, error *err)
{
    status s = STATUS_OK;
    *out = arena_take(memory, is->params.count, sizeof **out);
    if (*out == NULL)
        return memory_error(err, is->params.count * sizeof **out);
    for (size_t i = 0; s == STATUS_OK && i < is->params.count; i++) {
        (*out)[i].is = descriptor_param(is, i);
        s = param_default(&(*out)[i], memory, err);
        param_widen(&(*out)[i]);
    }
    return s;
}

static size_t base_rows(const plugin_job *job, const char *table_name)
{
    if (strcmp(table_name, "places") == 0)
        return job->seen.place_count;
    return strcmp(table_name, "venues") == 0 ? job->seen.venue_count : job->seen.groups->rows;
}

static status bare_output(plugin_job *job, size_t i, arena *memory, error *err)
{
    const bassin_output *is = descriptor_output(job->is, i);
    made_output *out = &job->outputs[i];
    size_t param;
    const placeholder what = descriptor_placeholder(job->is, is->id, &param);
    *out = (made_output){.is = is,
                         .table = is->table,
                         .made_table = descriptor_find_table(job->is, is->table),
                         .count = what == PLACEHOLDER_FUNCTION ? BASSIN_FUNCTIONS
                                  : what == PLACEHOLDER_PARAM  ? job->params[param].value.count
                                                               : 1};
    if (out->count > FAMILY_MAX)
        return error_set(err, STATUS_INPUT, M_TABLES_FAMILY, is->id, (unsigned)FAMILY_MAX);
    if (out->made_table == NO_INDEX)
        out->rows = base_rows(job, is->table);
    out->columns = arena_take(memory, out->count, sizeof *out->columns);
    for (size_t m = 0; out->columns != NULL && m < out->count; m++) {
        out->columns[m] = (made_column){.name = tables_output_id(job, i, m, memory),
                                        .title_fr = is->title_fr,
                                        .title_en = is->title_en};
        if (out->columns[m].name == NULL)
            return memory_error(err, strlen(is->id));
    }
    return out->columns != NULL ? STATUS_OK : memory_error(err, out->count * sizeof *out->columns);
}

status job_bare_outputs(plugin_job *job, arena *memory, error *err)
{
    const bassin_plugin *is = job->is;
    status s = STATUS_OK;
    job->outputs = arena_take(memory, is->outputs.count, sizeof *job->outputs);
    job->tables = arena_take(memory, is->tables.count, sizeof *job->tables);
    if (job->outputs == NULL || job->tables == NULL)
        return memory_error(err, is->outputs.count * sizeof *job->outputs);
    for (size_t i = 0; i < is->tables.count; i++) {
        const bassin_table *t = descriptor_table(is, i);
        job->tables[i] =
            (made_table){.is = t, .name = t->id, .title_fr = t->title_fr, .title_en = t->title_en};
    }
    for (size_t i = 0; s == STATUS_OK && i < is->outputs.count; i++)
        s = bare_output(job, i, memory, err);
    return s;
}
