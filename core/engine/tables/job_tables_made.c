/* What a finished job left, as the files of out/. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/tables/job_tables_form.h"
#include "engine/plugin/pipe_messages.h"

typedef struct made_writer {
    const plugin_job *job;
    const char *folder, *part;
    arena *memory;
    csv_file file;
} made_writer;

static status begin(made_writer *w, const char *name, error *err)
{
    char *path = tables_path(w->memory, w->folder, w->part, name);
    if (path == NULL)
        return memory_error(err, strlen(w->folder) + strlen(name));
    csv_open(&w->file, path, NULL);
    return STATUS_OK;
}

static bool is_there(const made_column *c, size_t row)
{
    return c->state[row] == BASSIN_PRESENT;
}

static void write_made(csv_file *f, const made_output *o, const made_column *c, size_t row)
{
    if (c->state[row] == BASSIN_NOT_APPLICABLE && o->is->type != BASSIN_TEXT)
        csv_text(f, "///");
    else if (c->state[row] == BASSIN_SECRET && o->is->type != BASSIN_TEXT)
        csv_text(f, "s");
    else if (!is_there(c, row))
        csv_text(f, NULL);
    else if (o->is->type == BASSIN_F64)
        csv_f64(f, ((const double *)c->values)[row]);
    else if (o->is->type == BASSIN_I64)
        csv_i64(f, ((const int64_t *)c->values)[row]);
    else if (o->is->type == BASSIN_U32)
        csv_i64(f, ((const uint32_t *)c->values)[row]);
    else
        csv_text(f, words_at(&c->words, ((const uint32_t *)c->values)[row]));
}

static void write_key(made_writer *w, const out_sheet *sheet, size_t row)
{
    const row_names *n = &w->job->names;
    if (strcmp(sheet->name, "places") == 0) {
        csv_text(&w->file, n->place_code[row]);
    } else if (strcmp(sheet->name, "venues") == 0) {
        csv_text(&w->file, n->venue_id[row]);
    } else if (sheet->made_table == NO_INDEX) {
        csv_text(&w->file, tables_level_of(w->job->seen.groups, row)->id);
        csv_text(&w->file, n->territory_code[row]);
    }
}

static status write_sheet(made_writer *w, const out_sheet *sheet, error *err)
{
    const size_t rows = w->job->outputs[sheet->from[0].output].columns[0].rows;
    status s = begin(w, sheet->name, err);
    if (s != STATUS_OK)
        return s;
    for (size_t i = 0; i < sheet->count; i++)
        csv_text(&w->file, sheet->columns[i].name);
    csv_end_row(&w->file);
    for (size_t row = 0; row < rows; row++) {
        write_key(w, sheet, row);
        for (size_t i = 0; i < sheet->count - sheet->key_count; i++) {
            const made_output *o = &w->job->outputs[sheet->from[i].output];
            write_made(&w->file, o, &o->columns[sheet->from[i].member], row);
        }
        csv_end_row(&w->file);
    }
    return csv_close(&w->file, err);
}

static status write_totals(made_writer *w, error *err)
{
    status s = begin(w, "totals", err);
    if (s != STATUS_OK)
        return s;
    for (size_t i = 0; i < form_totals.count; i++)
        csv_text(&w->file, form_totals.columns[i].name);
    csv_end_row(&w->file);
    for (size_t i = 0; i < w->job->total_count; i++) {
        const made_total *t = &w->job->totals[i];
        const bool there = t->state == VALUE_PRESENT;
        csv_text(&w->file, t->name);
        csv_text(&w->file, t->title_fr);
        csv_text(&w->file, t->title_en);
        csv_text(&w->file, t->unit);
        csv_f64(&w->file, there ? t->value : (double)NAN);
        csv_f64(&w->file, there ? t->low : (double)NAN);
        csv_f64(&w->file, there ? t->high : (double)NAN);
        csv_i64(&w->file, t->decimals);
        csv_end_row(&w->file);
    }
    return csv_close(&w->file, err);
}

static status folder_of(made_writer *w, error *err)
{
    const char *path = arena_format(w->memory, "%s/%s", w->folder, w->part);
    if (path == NULL)
        return memory_error(err, strlen(w->folder));
    if (mkdir(path, 0700) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_CSV_WRITE, path, SYSTEM_CAUSE(errno));
    return STATUS_OK;
}

status job_tables_write_made(const plugin_job *job, const char *folder, const char *part,
                             error *err)
{
    made_writer w = {.job = job, .folder = folder, .part = part};
    out_sheet *sheets = NULL;
    size_t count = 0;
    status s = arena_new(&w.memory, err);
    if (s == STATUS_OK)
        s = folder_of(&w, err);
    if (s == STATUS_OK)
        s = out_sheets(job, w.memory, &sheets, &count, err);
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = write_sheet(&w, &sheets[i], err);
    if (s == STATUS_OK)
        s = write_totals(&w, err);
    arena_free(w.memory);
    return s;
}
