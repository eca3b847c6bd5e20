/* A job out of the files of in/: run, parameters, names, places, venues, territories. */
#include <string.h>

#include "engine/tables/job_bare.h"
#include "engine/job/job_params.h"
#include "engine/tables/job_tables_opening.h"
#include "engine/plugin/pipe_messages.h"

/* --- helpers --- */

void *opener_room(const tables_opener *o, size_t count, size_t size)
{
    void *at = arena_take(o->memory, count, size);
    error err = {.status = STATUS_OK};
    if (at == NULL) {
        (void)memory_error(&err, count * size);
        (void)faults_add_error(o->list, SOURCE_NONE, &err);
    }
    return at;
}

status opener_out_of_memory(const tables_opener *o)
{
    error err = {.status = STATUS_OK};
    (void)memory_error(&err, 256);
    return faults_add_error(o->list, SOURCE_NONE, &err);
}

static wanted_column *wanted_named(wanted_column *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

/* The columns of a form, then the inputs of its table; one that is both is read as the plugin wants
 * it. */
static status wanted_list(const tables_opener *o, const sheet_form *form, wanted_column **out,
                          size_t *count)
{
    const bassin_plugin *is = o->job->is;
    wanted_column *list =
        opener_room(o, form->count + (size_t)is->inputs.count * BASSIN_FUNCTIONS, sizeof *list);
    *out = list;
    *count = form->count;
    if (list == NULL)
        return STATUS_ENVIRONMENT;
    if (form->count > 0)
        memcpy(list, form->columns, form->count * sizeof *list);
    for (size_t i = 0; i < is->inputs.count; i++) {
        const bassin_input *in = descriptor_input(is, i);
        const bool needed = (in->flags & BASSIN_INPUT_OPTIONAL) == 0;
        for (size_t m = 0; strcmp(in->table, form->name) == 0 && m < tables_input_count(in); m++) {
            const char *name = tables_input_id(in, m, o->memory);
            if (name == NULL)
                return opener_out_of_memory(o);
            wanted_column *to = wanted_named(list, *count, name);
            if (to == NULL)
                to = &list[(*count)++];
            *to = (wanted_column){.name = name,
                                  .type = tables_column_type(in->type),
                                  .required = needed || to->required};
        }
    }
    return STATUS_OK;
}

status opener_read(const tables_opener *o, const sheet_form *form, bool optional, table **out)
{
    wanted_column *list = NULL;
    size_t count = 0;
    char *path = tables_path(o->memory, o->folder, "in", form->name);
    *out = NULL;
    if (path == NULL)
        return opener_out_of_memory(o);
    status s = wanted_list(o, form, &list, &count);
    const csv_wanted wanted = {.path = path, .columns = list, .count = count, .optional = optional};
    return s == STATUS_OK ? csv_read(&wanted, out, o->list) : s;
}

size_t opener_row(const tables_opener *o, const row_index *index, const char *table_id,
                  const table *t, const char *column_name, size_t row, bool optional, status *worst)
{
    const char *code = column_text(table_find(t, column_name), row);
    if (code[0] == '\0' && optional)
        return NO_INDEX;
    size_t found = row_index_find(index, NULL, code);
    if (found == NO_INDEX && code[0] == '\0')
        *worst = faults_refuse(o->list, table_source(t, row), M_TABLES_NO_KEY, column_name);
    else if (found == NO_INDEX)
        *worst = faults_refuse(o->list, table_source(t, row), M_TABLES_UNKNOWN, code, column_name,
                               table_id);
    return found;
}

/* --- columns of inputs --- */

static status copy_words(const tables_opener *o, const words *from, bassin_words *to)
{
    uint64_t *start = opener_room(o, (size_t)from->count + 1, sizeof *start);
    const size_t size = from->count > 0 ? (size_t)from->start[from->count] : 0;
    char *bytes = opener_room(o, size, 1);
    if (start == NULL || bytes == NULL)
        return STATUS_ENVIRONMENT;
    if (from->count > 0) {
        memcpy(start, from->start, ((size_t)from->count + 1) * sizeof *start);
        memcpy(bytes, from->bytes, size);
    }
    *to = (bassin_words){.bytes = bytes, .start = start, .count = from->count};
    return STATUS_OK;
}

static status copy_column(const tables_opener *o, const column *from, size_t rows,
                          bassin_column *to)
{
    const size_t size = value_bytes((int32_t)from->type);
    void *values = opener_room(o, rows, size);
    uint8_t *state = from->state != NULL ? opener_room(o, rows, 1) : NULL;
    if (values == NULL || (from->state != NULL && state == NULL))
        return STATUS_ENVIRONMENT;
    memcpy(values, from->at.f64, rows * size);
    if (state != NULL)
        memcpy(state, from->state, rows);
    *to = (bassin_column){.size = sizeof *to,
                          .type = (int32_t)from->type,
                          .rows = rows,
                          .at.raw = values,
                          .state = state};
    return from->type == COLUMN_TEXT ? copy_words(o, &from->words, &to->words) : STATUS_OK;
}

/* A column of no rows, or of nothing at all. */
static bassin_column empty_column(const tables_opener *o, const bassin_input *in)
{
    static const char nothing[8] = "";
    const bool optional = (in->flags & BASSIN_INPUT_OPTIONAL) != 0;
    (void)o;
    return (bassin_column){
        .size = sizeof(bassin_column), .type = in->type, .at.raw = optional ? NULL : nothing};
}

static status open_input(const tables_opener *o, size_t i, const table *t)
{
    const bassin_input *in = descriptor_input(o->job->is, i);
    const size_t count = tables_input_count(in);
    bassin_column *columns = opener_room(o, count, sizeof *columns);
    bool whole = t != NULL;
    status s = STATUS_OK;
    if (columns == NULL)
        return STATUS_ENVIRONMENT;
    for (size_t m = 0; s == STATUS_OK && whole && m < count; m++) {
        const char *name = tables_input_id(in, m, o->memory);
        const column *from = name != NULL ? table_find(t, name) : NULL;
        whole = from != NULL;
        if (whole)
            s = copy_column(o, from, t->rows, &columns[m]);
    }
    for (size_t m = 0; !whole && m < count; m++)
        columns[m] = empty_column(o, in);
    o->in[i] =
        (bassin_columns){.items = columns, .count = (uint32_t)count, .stride = sizeof *columns};
    return s;
}

status opener_inputs(const tables_opener *o, const char *table_id, const table *t)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < o->job->is->inputs.count; i++) {
        if (strcmp(descriptor_input(o->job->is, i)->table, table_id) == 0)
            s = open_input(o, i, t);
    }
    return s;
}

/* Tables of other plugins: those that no other part of the folder holds. */
static status open_others(const tables_opener *o)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < o->job->is->inputs.count; i++) {
        const sheet_form form = {.name = descriptor_input(o->job->is, i)->table};
        table *t = NULL;
        if (o->in[i].items != NULL)
            continue;
        s = opener_read(o, &form, true, &t);
        if (s == STATUS_OK)
            s = opener_inputs(o, form.name, t);
        table_free(t);
    }
    return s;
}

/* --- run and parameters --- */

static status unknown_key(const tables_opener *o, const table *t, size_t row, const char *key,
                          const char *const *keys, size_t count)
{
    const char *near = text_suggest(key, keys, count);
    return near != NULL
               ? faults_refuse(o->list, table_source(t, row), M_TABLES_KEY_SUGGEST, key, near)
               : faults_refuse(o->list, table_source(t, row), M_TABLES_KEY, key);
}

static status run_value(tables_opener *o, const table *t, size_t row)
{
    static const char *const keys[] = {"mode",     "limit_min", "estimate",      "seed",
                                       "language", "cell_m",    "assumed_shares"};
    const char *key = column_text(table_find(t, "key"), row);
    const char *value = column_text(table_find(t, "value"), row);
    const text_slice typed = text_slice_of(value, strlen(value));
    bassin_job *seen = &o->job->seen;
    bool good = true;
    if (strcmp(key, "mode") == 0)
        good = (o->mode = arena_text(o->memory, value)) != NULL;
    else if (strcmp(key, "limit_min") == 0)
        good = text_to_f64(typed, '.', &o->limit_min) && o->limit_min > 0.0;
    else if (strcmp(key, "estimate") == 0)
        o->estimate = strcmp(value, "1") == 0;
    else if (strcmp(key, "seed") == 0)
        good = text_to_u64(typed, &seen->seed);
    else if (strcmp(key, "language") == 0)
        seen->english = strcmp(value, "en") == 0;
    else if (strcmp(key, "cell_m") == 0)
        good = text_to_f64(typed, '.', &seen->cell_m) && seen->cell_m >= 0.0;
    else if (strcmp(key, "assumed_shares") == 0)
        o->assumed_shares = strcmp(value, "1") == 0;
    else
        return unknown_key(o, t, row, key, keys, sizeof keys / sizeof *keys);
    return good ? STATUS_OK
                : faults_refuse(o->list, table_source(t, row), M_TABLES_VALUE, value, key);
}

static status open_run(tables_opener *o)
{
    table *t = NULL;
    status worst = opener_read(o, &form_run, true, &t);
    for (size_t row = 0; t != NULL && row < t->rows; row++) {
        status s = run_value(o, t, row);
        worst = s != STATUS_OK ? s : worst;
    }
    table_free(t);
    return worst;
}

static status param_said(tables_opener *o, plugin_param *params, const table *t, size_t row)
{
    const bassin_plugin *is = o->job->is;
    const char *id = column_text(table_find(t, "id"), row);
    const char *value = column_text(table_find(t, "value"), row);
    const char *ids[256];
    size_t count = 0;
    bool failed = false;
    size_t k = descriptor_find_param(is, id);
    for (size_t i = 0; i < is->params.count && count < sizeof ids / sizeof *ids; i++)
        ids[count++] = descriptor_param(is, i)->id;
    if (k == SIZE_MAX)
        return unknown_key(o, t, row, id, ids, count);
    if (!param_read(&params[k], value, o->memory, &failed))
        return failed ? opener_out_of_memory(o)
                      : faults_refuse(o->list, table_source(t, row), M_TABLES_VALUE, value, id);
    params[k].said = true;
    return STATUS_OK;
}

static status open_params(tables_opener *o)
{
    const size_t count = o->job->is->params.count;
    plugin_param *params = opener_room(o, count, sizeof *params);
    error err = {.status = STATUS_OK};
    table *t = NULL;
    status worst = params != NULL ? STATUS_OK : STATUS_ENVIRONMENT;
    for (size_t i = 0; worst == STATUS_OK && i < count; i++) {
        params[i].is = descriptor_param(o->job->is, i);
        if (param_default(&params[i], o->memory, &err) != STATUS_OK)
            worst = faults_add_error(o->list, SOURCE_NONE, &err);
    }
    if (worst == STATUS_OK)
        worst = opener_read(o, &form_parameters, true, &t);
    for (size_t row = 0; t != NULL && row < t->rows; row++) {
        status s = param_said(o, params, t, row);
        worst = s != STATUS_OK ? s : worst;
    }
    table_free(t);
    for (size_t i = 0; worst == STATUS_OK && i < count; i++)
        param_widen(&params[i]);
    o->job->params = params;
    return worst;
}

/* --- outputs --- */

static status open_outputs(tables_opener *o)
{
    error err = {.status = STATUS_OK};
    return job_bare_outputs(o->job, o->memory, &err) == STATUS_OK
               ? STATUS_OK
               : faults_add_error(o->list, SOURCE_NONE, &err);
}

/* --- the whole --- */

static status worse(status a, status b)
{
    return a != STATUS_OK ? a : b;
}

/* What stands on the places waits for them; all else is read, so that every fault is told. */
static status open_all(tables_opener *o)
{
    status s = worse(open_run(o), open_params(o));
    status base = open_places(o);
    if (base == STATUS_OK)
        base = worse(open_venues(o), open_territories(o));
    s = worse(s, base);
    if (base == STATUS_OK)
        s = worse(s, worse(open_costs(o), worse(open_flows(o), open_neighbours(o))));
    if (s == STATUS_OK)
        s = open_others(o);
    return s == STATUS_OK ? open_outputs(o) : s;
}

static status open_finish(tables_opener *o)
{
    plugin_job *job = o->job;
    error err = {.status = STATUS_OK};
    job->key = random_key_of(job->seen.seed, job->is->id);
    if (nearest_venues_new(&job->nearest, job->seen.venue_lon, job->seen.venue_lat,
                           job->seen.venue_count, &err) != STATUS_OK)
        return faults_add_error(o->list, SOURCE_NONE, &err);
    return STATUS_OK;
}

status job_tables_open(const loaded_plugin *loaded, const char *folder, arena *memory,
                       plugin_job *job, faults *faults_list)
{
    tables_opener o = {.job = job,
                       .folder = folder,
                       .memory = memory,
                       .list = faults_list,
                       .mode = "car",
                       .limit_min = 60.0};
    *job = (plugin_job){.loaded = loaded,
                        .is = loaded->plugin,
                        .suffix = "",
                        .memory = memory,
                        .stage = NO_INDEX,
                        .seen = {.size = sizeof job->seen, .seed = 1}};
    o.in = opener_room(&o, job->is->inputs.count, sizeof *o.in);
    job->seen.in = o.in;
    status s = o.in != NULL ? open_all(&o) : STATUS_ENVIRONMENT;
    if (s == STATUS_OK)
        s = open_finish(&o);
    row_index_clear(&o.places);
    row_index_clear(&o.venues);
    row_index_clear(&o.territories);
    return s;
}

void job_tables_close(plugin_job *job)
{
    nearest_venues_free(job->nearest);
    job->nearest = NULL;
    job_clear(job);
}
