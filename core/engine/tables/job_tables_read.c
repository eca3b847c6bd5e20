/* The files of out/ into the columns, tables and figures of a job that runs. Everything that a
 * program says goes through the host's own functions, as what a library says. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arrays.h"
#include "engine/tables/job_tables_form.h"
#include "engine/plugin/pipe_messages.h"
#include "engine/job/runner.h"

typedef struct tables_reader {
    plugin_call *call;
    plugin_job *job;
    const char *folder;
    arena *memory;
    faults *found;
    out_sheet *sheets;
    size_t sheet_count;
} tables_reader;

/* --- what a fault becomes --- */

/* "out/places.csv:3:2: ...": the folder is of one run, and nobody finds it after. */
static void shown_fault(const tables_reader *r, const fault *f, language lang, char *buffer,
                        size_t size)
{
    const size_t folder = strlen(r->folder);
    fault shown = *f;
    if (f->file != NULL && strncmp(f->file, r->folder, folder) == 0 && f->file[folder] == '/')
        shown.file = f->file + folder + 1;
    (void)fault_format(&shown, lang, buffer, size);
}

/* The first fault as the plugin's own failure, and how many more there are. What is not the
 * program's fault (memory, disk) keeps its status. */
static status faults_to_error(const tables_reader *r, error *err)
{
    char fr[480], en[480];
    const fault *first = NULL;
    size_t more = 0;
    status s = STATUS_PLUGIN;
    for (size_t i = 0; i < faults_count(r->found); i++) {
        const fault *f = faults_at(r->found, i);
        if (f->severity != SEVERITY_FAULT)
            continue;
        if (first == NULL)
            first = f;
        else
            more++;
        if (f->status == STATUS_ENVIRONMENT)
            s = STATUS_ENVIRONMENT;
    }
    if (first == NULL)
        return error_set(err, STATUS_PLUGIN, M_TABLES_NOT_WRITTEN);
    shown_fault(r, first, LANGUAGE_FR, fr, sizeof fr);
    shown_fault(r, first, LANGUAGE_EN, en, sizeof en);
    if (more == 0)
        return error_set(err, s, M_TABLES_ONE, fr, en);
    return error_set(err, s, M_TABLES_FIRST, fr, en, more);
}

/* --- rows --- */

/* Which row of the job a row of the file is; NO_INDEX and a fault when it is none. */
static size_t row_named(tables_reader *r, const out_sheet *sheet, const table *t, size_t row,
                        const row_index *index)
{
    const column *key = &t->columns[sheet->key_count - 1];
    const column *level = sheet->key_count > 1 ? &t->columns[0] : NULL;
    const char *code = column_text(key, row);
    if (code[0] == '\0' || (level != NULL && column_text(level, row)[0] == '\0')) {
        (void)faults_refuse(r->found, table_source(t, row), M_TABLES_NO_KEY,
                            code[0] == '\0' ? key->name : level->name);
        return NO_INDEX;
    }
    size_t found = row_index_find(index, level != NULL ? column_text(level, row) : NULL, code);
    if (found == NO_INDEX) {
        char shown[160];
        (void)text_escape(text_slice_of(code, strlen(code)), shown, sizeof shown);
        (void)faults_refuse(r->found, table_source(t, row), M_TABLES_UNKNOWN, shown, key->name,
                            sheet->name);
    }
    return found;
}

/* rows[i]: the row of the job that row i of the file is. A row named twice is a fault. */
static status rows_named(tables_reader *r, const out_sheet *sheet, const table *t, size_t *rows,
                         error *err)
{
    row_index index;
    status s = row_index_new(&index, r->job, sheet->name, err);
    size_t *seen = s == STATUS_OK ? memory_new(index.count, sizeof *seen) : NULL;
    if (s == STATUS_OK && seen == NULL)
        s = memory_error(err, index.count * sizeof *seen);
    for (size_t i = 0; s == STATUS_OK && i < t->rows; i++) {
        rows[i] = row_named(r, sheet, t, i, &index);
        if (rows[i] == NO_INDEX)
            continue;
        if (seen[rows[i]] != 0)
            (void)faults_refuse(r->found, table_source(t, i), M_TABLES_TWICE,
                                column_text(&t->columns[sheet->key_count - 1], i), seen[rows[i]]);
        seen[rows[i]] = (size_t)table_source(t, i).line;
    }
    memory_free(seen);
    row_index_clear(&index);
    return s;
}

/* --- values --- */

static status host_refused(tables_reader *r, source_ref at, const bassin_error *told)
{
    return faults_refuse(r->found, at, "%s", "%s", told->message);
}

static status read_text(tables_reader *r, const out_column *to, size_t row, const table *t,
                        const column *c, size_t i)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    const plugin_call *call = r->call;
    if (plugin_host.text(&call->seen, (uint32_t)to->output, (uint32_t)to->member, row,
                         column_text(c, i), &told) == BASSIN_OK)
        return STATUS_OK;
    return host_refused(r, table_source(t, i), &told);
}

static void read_number(const bassin_slot *slot, size_t row, const column *c, size_t i)
{
    if (slot->type == BASSIN_F64)
        slot->at.f64[row] = c->at.f64[i];
    else if (slot->type == BASSIN_I64)
        slot->at.i64[row] = c->at.i64[i];
    else
        slot->at.u32[row] = c->at.u32[i];
    slot->state[row] = BASSIN_PRESENT;
}

/* `rows` NULL: the rows of the file are those of the table. */
static status read_column(tables_reader *r, const out_column *to, const table *t, const column *c,
                          const size_t *rows)
{
    const bassin_slot *slot = &r->call->state->slots[to->output][to->member];
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < t->rows; i++) {
        const size_t row = rows != NULL ? rows[i] : i;
        const value_state state = column_state(c, i);
        if (state != VALUE_PRESENT)
            slot->state[row] = (uint8_t)state;
        else if (slot->type == BASSIN_TEXT)
            s = read_text(r, to, row, t, c, i);
        else
            read_number(slot, row, c, i);
    }
    return s;
}

/* --- a file --- */

/* The rows of a new table. */
static status make_rows(tables_reader *r, const out_sheet *sheet, const table *t, const char *path)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    if (plugin_host.table_rows(&r->call->seen, sheet->name, t->rows, &told) == BASSIN_OK)
        return STATUS_OK;
    return host_refused(r, source_at(path, 0, 0), &told);
}

static status fill_sheet(tables_reader *r, const out_sheet *sheet, const table *t, const char *path,
                         error *err)
{
    size_t *rows = NULL;
    status s = STATUS_OK;
    if (sheet->key_count > 0) {
        rows = memory_new(t->rows, sizeof *rows);
        s = rows != NULL ? rows_named(r, sheet, t, rows, err)
                         : memory_error(err, t->rows * sizeof *rows);
    } else if (make_rows(r, sheet, t, path) != STATUS_OK) {
        s = faults_to_error(r, err);
    }
    if (s == STATUS_OK && faults_status(r->found) != STATUS_OK)
        s = faults_to_error(r, err);
    for (size_t i = 0; s == STATUS_OK && i < sheet->count - sheet->key_count; i++) {
        const column *c = table_find(t, sheet->columns[sheet->key_count + i].name);
        if (read_column(r, &sheet->from[i], t, c, rows) != STATUS_OK)
            s = faults_to_error(r, err);
    }
    memory_free(rows);
    return s;
}

static status read_sheet(tables_reader *r, const out_sheet *sheet, error *err)
{
    char *path = tables_path(r->memory, r->folder, "out", sheet->name);
    table *t = NULL;
    if (path == NULL)
        return memory_error(err, strlen(r->folder));
    const csv_wanted wanted = {
        .path = path, .columns = sheet->columns, .count = sheet->count, .optional = true};
    status s = csv_read(&wanted, &t, r->found);
    if (s == STATUS_OK && t == NULL)
        s = faults_refuse(r->found, source_at(path, 0, 0), M_TABLES_NOT_WRITTEN);
    if (s == STATUS_OK && t->rows > TABLES_ROWS_MAX)
        s = faults_refuse(r->found, source_at(path, 0, 0), M_TABLES_TOO_MANY, t->rows,
                          (unsigned)TABLES_ROWS_MAX);
    s = s == STATUS_OK ? fill_sheet(r, sheet, t, path, err) : faults_to_error(r, err);
    table_free(t);
    return s;
}

/* --- figures --- */

/* What is no number of decimals stays none. */
static int32_t decimals_at(const column *c, size_t row)
{
    if (!csv_present(c, row))
        return -1;
    const int64_t said = c->at.i64[row];
    return said >= INT32_MIN && said <= INT32_MAX ? (int32_t)said : INT32_MIN;
}

static status read_total(tables_reader *r, const table *t, size_t row)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    const column *value = table_find(t, "value");
    const bool there = csv_present(value, row);
    const bassin_total total = {
        .size = sizeof total,
        .name = column_text(table_find(t, "name"), row),
        .title_fr = column_text(table_find(t, "title_fr"), row),
        .title_en = column_text(table_find(t, "title_en"), row),
        .unit = column_text(table_find(t, "unit"), row),
        .value = there ? csv_number(value, row) : 0.0,
        .low = csv_number(table_find(t, "low"), row),
        .high = csv_number(table_find(t, "high"), row),
        .state = (uint32_t)column_state(value, row),
        .decimals = decimals_at(table_find(t, "decimals"), row),
    };
    if (plugin_host.total(&r->call->seen, &total, &told) == BASSIN_OK)
        return STATUS_OK;
    return host_refused(r, table_source(t, row), &told);
}

static status read_totals(tables_reader *r, error *err)
{
    char *path = tables_path(r->memory, r->folder, "out", form_totals.name);
    table *t = NULL;
    if (path == NULL)
        return memory_error(err, strlen(r->folder));
    const csv_wanted wanted = {
        .path = path, .columns = form_totals.columns, .count = form_totals.count, .optional = true};
    status s = csv_read(&wanted, &t, r->found);
    for (size_t i = 0; s == STATUS_OK && t != NULL && i < t->rows; i++)
        s = read_total(r, t, i);
    table_free(t);
    return s == STATUS_OK ? STATUS_OK : faults_to_error(r, err);
}

/* --- the folder --- */

static bool is_table_file(const tables_reader *r, const char *name, size_t size)
{
    if (size == strlen(form_totals.name) && strncmp(name, form_totals.name, size) == 0)
        return true;
    for (size_t i = 0; i < r->sheet_count; i++) {
        if (size == strlen(r->sheets[i].name) && strncmp(name, r->sheets[i].name, size) == 0)
            return true;
    }
    return false;
}

/* A file under a name that means nothing is a mistake: its values would be left out in silence. */
static void refuse_file(tables_reader *r, const char *name, size_t stem)
{
    const char *names[64];
    size_t count = 0;
    char *path = arena_format(r->memory, "%s/out/%s", r->folder, name);
    char *word = arena_text_n(r->memory, name, stem);
    for (size_t i = 0; i < r->sheet_count && count + 1 < sizeof names / sizeof *names; i++)
        names[count++] = r->sheets[i].name;
    names[count++] = form_totals.name;
    const char *near = word != NULL ? text_suggest(word, names, count) : NULL;
    if (near != NULL)
        (void)faults_refuse(r->found, source_at(path, 0, 0), M_TABLES_FILE_SUGGEST, near);
    else
        (void)faults_refuse(r->found, source_at(path, 0, 0), M_TABLES_FILE);
}

static int name_order(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Names of the folder in order: the same fault is told first whatever the file system. */
static status list_folder(tables_reader *r, const char ***out, size_t *count, error *err)
{
    size_t capacity = 0;
    char *path = arena_format(r->memory, "%s/out", r->folder);
    DIR *d = path != NULL ? opendir(path) : NULL;
    *out = NULL;
    *count = 0;
    if (d == NULL)
        return path == NULL ? memory_error(err, strlen(r->folder))
                            : error_set(err, STATUS_PLUGIN, M_TABLES_NO_OUT, SYSTEM_CAUSE(errno));
    status s = STATUS_OK;
    for (const struct dirent *e = readdir(d); s == STATUS_OK && e != NULL; e = readdir(d)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        const char **grown = array_grown(*out, &capacity, *count + 1, sizeof *grown);
        char *name = arena_text(r->memory, e->d_name);
        if (grown != NULL)
            *out = grown;
        if (grown == NULL || name == NULL)
            s = memory_error(err, capacity * sizeof *grown);
        else
            grown[(*count)++] = name;
    }
    (void)closedir(d);
    if (*count > 1)
        qsort(*out, *count, sizeof **out, name_order);
    return s;
}

static status check_files(tables_reader *r, error *err)
{
    const char **names = NULL;
    size_t count = 0;
    status s = list_folder(r, &names, &count, err);
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
        const size_t size = strlen(names[i]);
        const bool csv = size > 4 && strcmp(names[i] + size - 4, ".csv") == 0;
        if (!csv || !is_table_file(r, names[i], size - 4))
            refuse_file(r, names[i], csv ? size - 4 : size);
    }
    memory_free(names);
    if (s == STATUS_OK && faults_status(r->found) != STATUS_OK)
        s = faults_to_error(r, err);
    return s;
}

status job_tables_read(plugin_call *call, const char *folder, error *err)
{
    tables_reader r = {.call = call, .job = call->state->job, .folder = folder};
    status s = arena_new(&r.memory, err);
    if (s == STATUS_OK)
        s = faults_new(&r.found, err);
    if (s == STATUS_OK)
        s = out_sheets(r.job, r.memory, &r.sheets, &r.sheet_count, err);
    if (s == STATUS_OK)
        s = check_files(&r, err);
    for (size_t i = 0; s == STATUS_OK && i < r.sheet_count; i++)
        s = read_sheet(&r, &r.sheets[i], err);
    if (s == STATUS_OK)
        s = read_totals(&r, err);
    faults_free(r.found);
    arena_free(r.memory);
    return s;
}
