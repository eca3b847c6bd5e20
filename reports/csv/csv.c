#include "reports/csv/csv.h"

#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "reports/csv/datapackage.h"
#include "reports/csv/messages.h"
#include "reports/parcel/message.h"
#include "table/writer.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 200 };

typedef struct csv_work {
    const results *from;
    const char *folder;
    datapackage *package;
    arena *memory;
} csv_work;

/* Names of tables are identifiers; a file's name is kept to them whatever a plugin says. */
static void file_name(const char *table_name, const char *suffix, char out[NAME_BYTES])
{
    (void)snprintf(out, NAME_BYTES, "%.150s%s.csv", table_name, suffix);
    for (char *at = out; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '_' || *at == '-' ||
                     (*at == '.' && at != out);
        if (!plain)
            *at = '_';
    }
}

static status path_of(const csv_work *w, const char *part, const char *name, char out[PATH_BYTES],
                      error *err)
{
    int n = snprintf(out, PATH_BYTES, "%s/%s%s%s", w->folder, part, *name ? "/" : "", name);
    return n < 0 || n >= PATH_BYTES ? error_set(err, STATUS_ENVIRONMENT, M_CSV_PATH, name)
                                    : STATUS_OK;
}

/* `hashed`: the package tells the file's digest. Not that of a list of lines, which changes with
 * the order of the rows of an input: the package does not. */
static status rows_write(const csv_work *w, const table *rows, const char *title, const char *file,
                         bool hashed, error *err)
{
    char path[PATH_BYTES];
    status s = path_of(w, "excel", file, path, err);
    if (!s)
        s = table_write_csv_for_spreadsheets(rows, w->from->language, path, err);
    if (!s)
        s = path_of(w, "tables", file, path, err);
    if (!s)
        s = table_write_csv(rows, path, err);
    if (!s)
        s = datapackage_add(w->package, rows, title, file, hashed ? path : NULL, err);
    if (s)
        error_prefix(err, M_CSV_TABLE, file);
    return s;
}

/* --- the places of each set --- */

static status set_columns(table_builder *b, size_t c[2], error *err)
{
    static const char *const titles[2][2] = {{M_SET_ID}, {M_SET_CODE}};
    static const char *const names[2] = {"set", "code"};
    status s = STATUS_OK;
    for (size_t i = 0; !s && i < 2; i++) {
        const column_spec spec = {.name = names[i],
                                  .title_fr = titles[i][0],
                                  .title_en = titles[i][1],
                                  .unit = "",
                                  .type = COLUMN_TEXT,
                                  .decimals = -1};
        s = table_builder_column(b, &spec, &c[i], err);
    }
    return s;
}

static status put(table_builder *b, size_t c, size_t row, const char *text, error *err)
{
    return table_builder_text(b, c, row, text_slice_of(text, strlen(text)), err);
}

static status set_rows(table_builder *b, const size_t c[2], const result_table *t,
                       const table *places, error *err)
{
    const column *ids = table_find(t->rows, "id"), *codes = table_find(places, "code");
    size_t row = 0;
    status s =
        table_builder_rows(b, (size_t)(t->set_start[t->rows->rows] - t->set_start[0]), &row, err);
    for (size_t set = 0; !s && set < t->rows->rows; set++) {
        char number[32];
        (void)snprintf(number, sizeof number, "%zu", set + 1);
        const char *id = ids && ids->type == COLUMN_TEXT ? column_text(ids, set) : number;
        for (uint64_t i = t->set_start[set]; !s && i < t->set_start[set + 1]; i++, row++) {
            s = put(b, c[0], row, id, err);
            if (!s && codes && codes->type == COLUMN_TEXT && t->set_place[i] < places->rows)
                s = put(b, c[1], row, column_text(codes, t->set_place[i]), err);
        }
    }
    return s;
}

static status set_write(const csv_work *w, const result_table *t, error *err)
{
    const result_table *places = results_find(w->from, "places");
    char file[NAME_BYTES];
    const char *own = tr(w->from->language, t->title_fr, t->title_en);
    table_builder *b = NULL;
    table *rows = NULL;
    size_t c[2];
    if (!places || !t->set_start || t->rows->rows == 0)
        return STATUS_OK;
    file_name(t->name, "_places", file);
    const char *title =
        message_text(w->memory, w->from->language, M_SET_TITLE, own ? own : t->name);
    status s = title ? table_builder_new(&b, "set_places", err) : memory_error(err, NAME_BYTES);
    if (!s)
        s = set_columns(b, c, err);
    if (!s)
        s = set_rows(b, c, t, places->rows, err);
    if (!s)
        s = table_build(b, &rows, err);
    if (!s)
        s = rows_write(w, rows, title, file, true, err);
    table_free(rows);
    table_builder_free(b);
    return s;
}

/* --- the whole --- */

static status table_write(const csv_work *w, const result_table *t, error *err)
{
    char file[NAME_BYTES];
    const char *title = tr(w->from->language, t->title_fr, t->title_en);
    file_name(t->name, "", file);
    const table *rows = t->with_lines ? t->with_lines : t->rows;
    status s = rows_write(w, rows, title ? title : t->name, file, !t->with_lines, err);
    /* One cell alone has no meaning: sets of cells are only shown by their outline. */
    const bool listed = t->geometry == RESULT_PLACE_SETS && !w->from->by_commune;
    return !s && listed ? set_write(w, t, err) : s;
}

static status folders_make(const csv_work *w, error *err)
{
    char path[PATH_BYTES];
    status s = path_of(w, "tables", "", path, err);
    if (!s)
        s = folder_make(path, err);
    if (!s)
        s = path_of(w, "excel", "", path, err);
    return s ? s : folder_make(path, err);
}

static status csv_write(const results *r, const report_request *request, error *err)
{
    csv_work w = {.from = r, .folder = request->folder};
    char path[PATH_BYTES];
    status s = arena_new(&w.memory, err);
    if (!s)
        s = folders_make(&w, err);
    if (!s)
        s = datapackage_new(&w.package, r, err);
    for (size_t i = 0; !s && i < r->table_count; i++)
        s = table_write(&w, &r->tables[i], err);
    if (!s)
        s = path_of(&w, "tables", "datapackage.json", path, err);
    if (!s)
        s = datapackage_write(w.package, path, err);
    datapackage_free(w.package);
    arena_free(w.memory);
    return s;
}

const report_writer csv_writer = {
    .id = "csv",
    .title_fr = "Tables en texte (CSV)",
    .title_en = "Tables as text (CSV)",
    .write = csv_write,
};
