/* What a job sees, as the files of in/. Rows keep their order, so equal jobs give equal bytes. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/job/job_params.h"
#include "engine/tables/job_tables_writing.h"
#include "engine/plugin/pipe_messages.h"

/* --- files --- */

status tables_begin(tables_writer *w, const char *name, error *err)
{
    char *path = tables_path(w->memory, w->folder, "in", name);
    if (path == NULL)
        return memory_error(err, strlen(w->folder) + strlen(name));
    csv_open(&w->file, path, w->cancel);
    return STATUS_OK;
}

void tables_heading(tables_writer *w, const sheet_form *form, size_t count,
                    const shown_column *shown, size_t shown_count)
{
    for (size_t i = 0; i < count; i++)
        csv_text(&w->file, form->columns[i].name);
    for (size_t i = 0; i < shown_count; i++)
        csv_text(&w->file, shown[i].name);
    csv_end_row(&w->file);
}

/* --- columns of inputs --- */

static bool is_taken(const char *name, const sheet_form *form, const shown_column *shown,
                     size_t count)
{
    for (size_t i = 0; form != NULL && i < form->count; i++) {
        if (strcmp(form->columns[i].name, name) == 0)
            return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(shown[i].name, name) == 0)
            return true;
    }
    return false;
}

status tables_shown(const tables_writer *w, const char *table_id, const sheet_form *form,
                    shown_column **out, size_t *count, error *err)
{
    const bassin_plugin *is = w->job->is;
    *count = 0;
    *out = arena_take(w->memory, (size_t)is->inputs.count * BASSIN_FUNCTIONS, sizeof **out);
    if (*out == NULL)
        return memory_error(err, is->inputs.count * sizeof **out);
    for (size_t i = 0; i < is->inputs.count; i++) {
        const bassin_input *in = descriptor_input(is, i);
        const bassin_columns *columns = &w->seen->in[i];
        for (size_t m = 0; strcmp(in->table, table_id) == 0 && m < columns->count; m++) {
            const char *name = tables_input_id(in, m, w->memory);
            if (name == NULL)
                return memory_error(err, strlen(in->column));
            if (columns->items[m].at.raw != NULL && !is_taken(name, form, *out, *count))
                (*out)[(*count)++] = (shown_column){.name = name, .column = &columns->items[m]};
        }
    }
    return STATUS_OK;
}

static void write_value(csv_file *f, const bassin_column *c, size_t row)
{
    if (!bassin_is_present(c, row))
        csv_text(f, NULL);
    else if (c->type == BASSIN_F64)
        csv_f64(f, c->at.f64[row]);
    else if (c->type == BASSIN_I64)
        csv_i64(f, c->at.i64[row]);
    else if (c->type == BASSIN_U32)
        csv_i64(f, c->at.u32[row]);
    else
        csv_text(f, bassin_text_at(c, row));
}

void tables_end_row(tables_writer *w, const shown_column *shown, size_t count, size_t row)
{
    for (size_t i = 0; i < count; i++)
        write_value(&w->file, shown[i].column, row);
    csv_end_row(&w->file);
}

/* --- run and parameters --- */

static void pair_text(tables_writer *w, const char *key, const char *value)
{
    csv_text(&w->file, key);
    csv_text(&w->file, value);
    csv_end_row(&w->file);
}

static void pair_number(tables_writer *w, const char *key, double value)
{
    csv_text(&w->file, key);
    csv_f64(&w->file, value);
    csv_end_row(&w->file);
}

static status write_run(tables_writer *w, error *err)
{
    const bassin_costs *costs = tables_has_costs(w->job->is) ? w->seen->costs : NULL;
    char seed[24];
    status s = tables_begin(w, "run", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_run, form_run.count, NULL, 0);
    pair_text(w, "mode", costs != NULL ? costs->mode : w->job->suffix);
    if (costs != NULL) {
        pair_number(w, "limit_min", costs->limit_min);
        pair_text(w, "estimate", costs->estimate != 0 ? "1" : "0");
    }
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)w->seen->seed);
    pair_text(w, "seed", seed);
    pair_text(w, "language", w->seen->english != 0 ? "en" : "fr");
    pair_number(w, "cell_m", w->seen->cell_m);
    if (w->seen->flows != NULL && tables_has_flows(w->job->is))
        pair_text(w, "assumed_shares", w->seen->flows->assumed_shares != 0 ? "1" : "0");
    return csv_close(&w->file, err);
}

static status write_parameters(tables_writer *w, error *err)
{
    status s = tables_begin(w, "parameters", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_parameters, form_parameters.count, NULL, 0);
    for (size_t i = 0; s == STATUS_OK && i < w->job->is->params.count; i++) {
        const plugin_param *q = &w->job->params[i];
        const char *text = param_text(q, w->memory);
        if (text == NULL)
            s = memory_error(err, 64);
        else
            pair_text(w, q->is->id, text);
    }
    status closed = csv_close(&w->file, err);
    return s == STATUS_OK ? closed : s;
}

/* --- tables that other plugins made --- */

static bool is_base(const char *table_id)
{
    static const char *const base[] = {"places", "venues", "territories", "flows"};
    for (size_t i = 0; i < sizeof base / sizeof *base; i++) {
        if (strcmp(base[i], table_id) == 0)
            return true;
    }
    return false;
}

/* Whether no input before names the same table. */
static bool comes_first(const bassin_plugin *is, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (strcmp(descriptor_input(is, k)->table, descriptor_input(is, i)->table) == 0)
            return false;
    }
    return true;
}

static status write_other(tables_writer *w, const char *table_id, error *err)
{
    shown_column *shown;
    size_t count;
    status s = tables_shown(w, table_id, NULL, &shown, &count, err);
    if (s != STATUS_OK || count == 0)
        return s;
    s = tables_begin(w, table_id, err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_run, 0, shown, count);
    for (size_t row = 0; row < shown[0].column->rows; row++)
        tables_end_row(w, shown, count, row);
    return csv_close(&w->file, err);
}

static status write_others(tables_writer *w, error *err)
{
    const bassin_plugin *is = w->job->is;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < is->inputs.count; i++) {
        const char *table_id = descriptor_input(is, i)->table;
        if (!is_base(table_id) && comes_first(is, i))
            s = write_other(w, table_id, err);
    }
    return s;
}

/* --- in/ --- */

static status folder_in(tables_writer *w, error *err)
{
    const char *path = arena_format(w->memory, "%s/in", w->folder);
    if (path == NULL)
        return memory_error(err, strlen(w->folder));
    if (mkdir(path, 0700) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_CSV_WRITE, path, SYSTEM_CAUSE(errno));
    return STATUS_OK;
}

static status write_all(tables_writer *w, error *err)
{
    status s = folder_in(w, err);
    if (s == STATUS_OK)
        s = write_run(w, err);
    if (s == STATUS_OK)
        s = write_parameters(w, err);
    if (s == STATUS_OK)
        s = tables_write_places(w, err);
    if (s == STATUS_OK)
        s = tables_write_venues(w, err);
    if (s == STATUS_OK)
        s = tables_write_territories(w, err);
    if (s == STATUS_OK)
        s = tables_write_memberships(w, err);
    if (s == STATUS_OK && tables_has_costs(w->job->is))
        s = tables_write_costs(w, err);
    if (s == STATUS_OK && tables_has_flows(w->job->is))
        s = tables_write_flows(w, err);
    if (s == STATUS_OK && tables_has_neighbours(w->job->is))
        s = tables_write_neighbours(w, err);
    return s == STATUS_OK ? write_others(w, err) : s;
}

status job_tables_write(const plugin_job *job, const char *folder, const atomic_int *cancel,
                        error *err)
{
    tables_writer w = {.job = job, .seen = &job->seen, .folder = folder, .cancel = cancel};
    status s = arena_new(&w.memory, err);
    if (s == STATUS_OK)
        s = write_all(&w, err);
    arena_free(w.memory);
    return s;
}
