/* What a finished job left against what a worked case expects. */
#include <math.h>
#include <string.h>

#include "engine/tables/job_tables_form.h"
#include "engine/plugin/pipe_messages.h"

#define RELATIVE 1e-9
#define ALMOST_ZERO 1e-12 /* a difference that no unit can show */

typedef struct comparison {
    const plugin_job *job;
    const char *folder;
    arena *memory;
    faults *list;
    size_t most, told;
    size_t files;
} comparison;

static void tell(comparison *c, source_ref at, const char *row, const char *column_name,
                 const char *wanted, const char *found)
{
    if (c->told++ >= c->most)
        return;
    (void)faults_refuse(c->list, at, M_COMPARE_VALUE, row, column_name, wanted, found);
}

/* --- values as text --- */

enum { SHOWN_BYTES = 160 };

static void show_number(double value, char shown[SHOWN_BYTES])
{
    (void)text_from_f64(value, shown, SHOWN_BYTES);
}

/* States that a file of out/ tells apart; all others are an empty cell. */
static value_state file_state(uint8_t state, bool text)
{
    const bool told = !text && (state == BASSIN_NOT_APPLICABLE || state == BASSIN_SECRET);
    return state == BASSIN_PRESENT || told ? (value_state)state : VALUE_MISSING;
}

static const char *state_text(value_state s)
{
    return s == VALUE_NOT_APPLICABLE ? "///" : s == VALUE_SECRET ? "s" : "";
}

static double made_number(const made_output *o, const made_column *c, size_t row)
{
    if (o->is->type == BASSIN_F64)
        return ((const double *)c->values)[row];
    if (o->is->type == BASSIN_I64)
        return (double)((const int64_t *)c->values)[row];
    return (double)((const uint32_t *)c->values)[row];
}

static void show_made(const made_output *o, const made_column *c, size_t row,
                      char shown[SHOWN_BYTES])
{
    const bool text = o->is->type == BASSIN_TEXT;
    const value_state state = file_state(c->state[row], text);
    if (state != VALUE_PRESENT)
        (void)snprintf(shown, SHOWN_BYTES, "%s", state_text(state));
    else if (text)
        (void)snprintf(shown, SHOWN_BYTES, "%s",
                       words_at(&c->words, ((const uint32_t *)c->values)[row]));
    else
        show_number(made_number(o, c, row), shown);
}

static void show_wanted(const column *c, size_t row, char shown[SHOWN_BYTES])
{
    const value_state state = column_state(c, row);
    if (state != VALUE_PRESENT)
        (void)snprintf(shown, SHOWN_BYTES, "%s", state_text(state));
    else if (c->type == COLUMN_TEXT)
        (void)snprintf(shown, SHOWN_BYTES, "%s", column_text(c, row));
    else
        show_number(csv_number(c, row), shown);
}

static bool numbers_agree(double a, double b)
{
    const double gap = fabs(a - b);
    return gap <= ALMOST_ZERO || gap <= RELATIVE * fmax(fabs(a), fabs(b));
}

/* `wanted_row` NO_INDEX: the file has no such row. */
static bool values_agree(const made_output *o, const made_column *made, size_t row, const column *c,
                         size_t wanted_row)
{
    const bool text = o->is->type == BASSIN_TEXT;
    const value_state state = file_state(made->state[row], text);
    const value_state wanted = wanted_row == NO_INDEX ? VALUE_MISSING : column_state(c, wanted_row);
    if (text) { /* in a file, an empty text is no text */
        const char *found = state == VALUE_PRESENT
                                ? words_at(&made->words, ((const uint32_t *)made->values)[row])
                                : "";
        return strcmp(found, wanted_row == NO_INDEX ? "" : column_text(c, wanted_row)) == 0;
    }
    if (state != wanted)
        return false;
    return state != VALUE_PRESENT ||
           numbers_agree(made_number(o, made, row), csv_number(c, wanted_row));
}

/* --- a table --- */

static void compare_value(comparison *k, const made_output *o, const made_column *made, size_t row,
                          const table *t, const column *c, size_t wanted_row, source_ref at)
{
    char wanted[SHOWN_BYTES] = "", found[SHOWN_BYTES], label[SHOWN_BYTES];
    if (values_agree(o, made, row, c, wanted_row))
        return;
    if (wanted_row != NO_INDEX) {
        show_wanted(c, wanted_row, wanted);
        at = table_source(t, wanted_row);
    }
    show_made(o, made, row, found);
    row_label(k->job, o->table, row, label, sizeof label);
    tell(k, at, label, made->name, wanted[0] != '\0' ? wanted : "∅",
         found[0] != '\0' ? found : "∅");
}

/* of_row[r]: the row of the file that names row r of the job; NO_INDEX none. */
static status rows_wanted(comparison *k, const out_sheet *sheet, const table *t, size_t *of_row,
                          size_t rows, error *err)
{
    row_index index;
    status s = row_index_new(&index, k->job, sheet->name, err);
    for (size_t r = 0; r < rows; r++)
        of_row[r] = NO_INDEX;
    for (size_t i = 0; s == STATUS_OK && i < t->rows; i++) {
        const char *level = sheet->key_count > 1 ? column_text(&t->columns[0], i) : NULL;
        const column *key = &t->columns[sheet->key_count - 1];
        const char *code = column_text(key, i);
        const size_t row = row_index_find(&index, level, code);
        if (row == NO_INDEX)
            (void)faults_refuse(k->list, table_source(t, i), M_TABLES_UNKNOWN, code, key->name,
                                sheet->name);
        else if (of_row[row] != NO_INDEX)
            (void)faults_refuse(k->list, table_source(t, i), M_TABLES_TWICE, code,
                                (size_t)table_source(t, of_row[row]).line);
        else
            of_row[row] = i;
    }
    row_index_clear(&index);
    return s;
}

static status compare_rows(comparison *k, const out_sheet *sheet, const table *t, source_ref at,
                           error *err)
{
    const size_t rows = k->job->outputs[sheet->from[0].output].columns[0].rows;
    size_t *of_row = memory_new(rows, sizeof *of_row);
    status s = of_row != NULL ? STATUS_OK : memory_error(err, rows * sizeof *of_row);
    if (s == STATUS_OK && sheet->key_count > 0)
        s = rows_wanted(k, sheet, t, of_row, rows, err);
    for (size_t i = 0; s == STATUS_OK && i < sheet->count - sheet->key_count; i++) {
        const made_output *o = &k->job->outputs[sheet->from[i].output];
        const made_column *made = &o->columns[sheet->from[i].member];
        const column *c = table_find(t, sheet->columns[sheet->key_count + i].name);
        for (size_t row = 0; row < rows; row++)
            compare_value(k, o, made, row, t, c, sheet->key_count > 0 ? of_row[row] : row, at);
    }
    memory_free(of_row);
    return s;
}

static status expected_read(comparison *k, const char *name, const wanted_column *columns,
                            size_t count, table **out, source_ref *at)
{
    char *path = tables_path(k->memory, k->folder, "expected", name);
    error err = {.status = STATUS_OK};
    *out = NULL;
    *at = source_at(path, 0, 0);
    if (path == NULL) {
        (void)memory_error(&err, strlen(k->folder));
        return faults_add_error(k->list, SOURCE_NONE, &err);
    }
    const csv_wanted wanted = {.path = path, .columns = columns, .count = count, .optional = true};
    status s = csv_read(&wanted, out, k->list);
    k->files += *out != NULL || s != STATUS_OK;
    return s;
}

static status compare_sheet(comparison *k, const out_sheet *sheet)
{
    table *t = NULL;
    source_ref at;
    error err = {.status = STATUS_OK};
    status s = expected_read(k, sheet->name, sheet->columns, sheet->count, &t, &at);
    if (s != STATUS_OK || t == NULL)
        return s;
    const size_t rows = k->job->outputs[sheet->from[0].output].columns[0].rows;
    if (sheet->key_count == 0 && rows != t->rows) {
        if (k->told++ < k->most)
            (void)faults_refuse(k->list, at, M_COMPARE_ROWS, t->rows, rows);
    } else if (compare_rows(k, sheet, t, at, &err) != STATUS_OK) {
        s = faults_add_error(k->list, at, &err);
    }
    table_free(t);
    return s;
}

/* --- figures --- */

static const made_total *total_named(const plugin_job *job, const char *name)
{
    for (size_t i = 0; i < job->total_count; i++) {
        if (strcmp(job->totals[i].name, name) == 0)
            return &job->totals[i];
    }
    return NULL;
}

static void compare_figure(comparison *k, source_ref at, const char *name, const char *what,
                           double wanted, double found)
{
    char wanted_text[SHOWN_BYTES] = "", found_text[SHOWN_BYTES] = "";
    if ((isnan(wanted) && isnan(found)) || numbers_agree(wanted, found))
        return;
    if (!isnan(wanted))
        show_number(wanted, wanted_text);
    if (!isnan(found))
        show_number(found, found_text);
    tell(k, at, name, what, wanted_text[0] != '\0' ? wanted_text : "∅",
         found_text[0] != '\0' ? found_text : "∅");
}

static void compare_total(comparison *k, const table *t, size_t row)
{
    const char *name = column_text(table_find(t, "name"), row);
    const source_ref at = table_source(t, row);
    const made_total *made = total_named(k->job, name);
    if (made == NULL) {
        if (k->told++ < k->most)
            (void)faults_refuse(k->list, at, M_COMPARE_TOTAL_ABSENT, name);
        return;
    }
    const bool there = made->state == VALUE_PRESENT;
    const char *unit_wanted = column_text(table_find(t, "unit"), row);
    if (strcmp(unit_wanted, made->unit) != 0)
        tell(k, at, name, "unit", unit_wanted, made->unit);
    compare_figure(k, at, name, "value", csv_number(table_find(t, "value"), row),
                   there ? made->value : (double)NAN);
    compare_figure(k, at, name, "low", csv_number(table_find(t, "low"), row),
                   there ? made->low : (double)NAN);
    compare_figure(k, at, name, "high", csv_number(table_find(t, "high"), row),
                   there ? made->high : (double)NAN);
}

static bool is_expected(const table *t, const char *name)
{
    for (size_t i = 0; i < t->rows; i++) {
        if (strcmp(column_text(table_find(t, "name"), i), name) == 0)
            return true;
    }
    return false;
}

static status compare_totals(comparison *k)
{
    table *t = NULL;
    source_ref at;
    status s = expected_read(k, form_totals.name, form_totals.columns, form_totals.count, &t, &at);
    for (size_t i = 0; t != NULL && i < t->rows; i++)
        compare_total(k, t, i);
    for (size_t i = 0; t != NULL && i < k->job->total_count; i++) {
        if (!is_expected(t, k->job->totals[i].name) && k->told++ < k->most)
            (void)faults_refuse(k->list, at, M_COMPARE_TOTAL_MORE, k->job->totals[i].name);
    }
    table_free(t);
    return s;
}

/* --- the folder --- */

static status compare_all(comparison *k)
{
    out_sheet *sheets = NULL;
    size_t count = 0;
    error err = {.status = STATUS_OK};
    const char *expected = arena_format(k->memory, "%s/expected", k->folder);
    if (out_sheets(k->job, k->memory, &sheets, &count, &err) != STATUS_OK)
        return faults_add_error(k->list, SOURCE_NONE, &err);
    status s = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        status one = compare_sheet(k, &sheets[i]);
        s = s == STATUS_OK ? one : s;
    }
    status totals = compare_totals(k);
    s = s == STATUS_OK ? totals : s;
    if (k->files == 0)
        return faults_refuse(k->list, source_at(expected, 0, 0), M_COMPARE_NOTHING);
    if (k->told > k->most)
        (void)faults_refuse(k->list, source_at(expected, 0, 0), M_COMPARE_MORE, k->told - k->most);
    return k->told > 0 && s == STATUS_OK ? STATUS_INPUT : s;
}

status job_tables_compare(const plugin_job *job, const char *folder, size_t most,
                          faults *faults_list)
{
    comparison k = {.job = job, .folder = folder, .list = faults_list, .most = most};
    error err = {.status = STATUS_OK};
    if (arena_new(&k.memory, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    const status before = faults_status(faults_list);
    status s = compare_all(&k);
    if (s == STATUS_OK && before == STATUS_OK)
        s = faults_status(faults_list);
    arena_free(k.memory);
    return s;
}
