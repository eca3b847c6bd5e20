#include "datasets/support.h"

#include <string.h>

#include "territory/support.h"

static status set_texts(table_builder *b, size_t index, const char *const *values, size_t count,
                        error *err)
{
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        if (values[i] && *values[i]) {
            rc = table_builder_text(b, index, i, text_slice_of(values[i], strlen(values[i])), err);
        }
    }
    return rc;
}

static status replace_rows(imported *in, const size_t *rows, size_t count, const made_column *made,
                           size_t made_count, arena *scratch, error *err)
{
    table_builder *b = NULL;
    table *replaced = NULL;
    const char **names = arena_take(scratch, made_count + 1, sizeof *names);
    size_t *index = arena_take(scratch, made_count + 1, sizeof *index);
    if (!names || !index) {
        return memory_error(err, made_count * sizeof *names);
    }
    status rc = table_builder_new(&b, in->rows->name, err);
    for (size_t i = 0; rc == STATUS_OK && i < made_count; i++) {
        const column_spec spec = {.name = made[i].name, .type = COLUMN_TEXT, .unit = ""};
        names[i] = made[i].name;
        rc = table_builder_column(b, &spec, &index[i], err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_copy(b, in->rows, rows, count, (const char *const *)names, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < made_count; i++) {
        rc = set_texts(b, index[i], made[i].values, count, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &replaced, err);
    }
    table_builder_free(b);
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = replaced;
    }
    return rc;
}

status imported_replace(imported *in, const size_t *rows, size_t count, const made_column *made,
                        size_t made_count, faults *faults_list)
{
    error err;
    arena *scratch = NULL;
    status rc = arena_new(&scratch, &err);
    if (rc == STATUS_OK) {
        rc = replace_rows(in, rows, count, made, made_count, scratch, &err);
    }
    arena_free(scratch);
    return fault_of(rc, &err, faults_list);
}

static status select_rows(imported *in, const size_t *rows, size_t count, error *err)
{
    table *kept = NULL;
    polygons *outlines = NULL;
    status rc = table_select(in->rows, rows, count, &kept, err);
    if (rc == STATUS_OK && in->outlines) {
        rc = polygons_select(in->outlines, rows, count, &outlines, err);
    }
    if (rc != STATUS_OK) {
        table_free(kept);
        return rc;
    }
    table_free(in->rows);
    in->rows = kept;
    if (outlines) {
        polygons_free(in->outlines);
        in->outlines = outlines;
    }
    return rc;
}

status imported_filter(imported *in, const uint8_t *keep, const char *reason_fr,
                       const char *reason_en, faults *faults_list)
{
    error err;
    const size_t count = in->rows->rows;
    size_t kept = 0;
    size_t *rows = memory_new(count, sizeof *rows);
    if (!rows) {
        return fault_of(memory_error(&err, count * sizeof *rows), &err, faults_list);
    }
    for (size_t i = 0; i < count; i++) {
        if (keep[i]) {
            rows[kept++] = i;
        }
    }
    status rc = STATUS_OK;
    if (kept < count) {
        rc = fault_of(select_rows(in, rows, kept, &err), &err, faults_list);
        in->left_out += count - kept;
        in->left_out_fr = reason_fr;
        in->left_out_en = reason_en;
    }
    memory_free(rows);
    return rc;
}

void imported_take(imported *in, table *made)
{
    table_free(in->rows);
    in->rows = made;
}

/* --- years in names --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at `at` that stand alone: none before, none after. */
static bool stands_alone(const char *name, const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(at[i])) {
            return false;
        }
    }
    return (at == name || !is_digit(at[-1])) && !is_digit(at[count]);
}

/* "...-22.xlsx": two digits before the ending. */
static int32_t short_year(const char *name)
{
    const char *dot = strchr(name, '.');
    if (!dot || dot - name < 4 || !stands_alone(name, dot - 2, 2) || dot[-3] != '-') {
        return 0;
    }
    return 2000 + (dot[-2] - '0') * 10 + (dot[-1] - '0');
}

int32_t year_in_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    int32_t found = 0;
    for (const char *at = name; strlen(at) >= 4; at++) {
        uint64_t year = 0;
        if (stands_alone(name, at, 4) && text_to_u64(text_slice_of(at, 4), &year) && year >= 1990 &&
            year <= 2099) {
            found = (int32_t)year;
        }
    }
    return found ? found : short_year(name);
}

/* --- a second sheet --- */

static status append_column(table_builder *b, size_t index, const column *from, size_t first,
                            error *err)
{
    status rc = STATUS_OK;
    const size_t count = table_builder_row_count(b) - first;
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        const value_state state = column_state(from, i);
        if (state != VALUE_PRESENT) {
            table_builder_state(b, index, first + i, state);
        } else if (from->type == COLUMN_F64) {
            table_builder_f64(b, index, first + i, from->at.f64[i]);
        } else if (from->type == COLUMN_U32) {
            table_builder_u32(b, index, first + i, from->at.u32[i]);
        } else if (from->type == COLUMN_I64) {
            table_builder_i64(b, index, first + i, from->at.i64[i]);
        } else {
            const char *text = column_text(from, i);
            rc = table_builder_text(b, index, first + i, text_slice_of(text, strlen(text)), err);
        }
    }
    return rc;
}

static status append_rows(table_builder *b, const table *t, const table *more, arena *scratch,
                          error *err)
{
    uint32_t *sources = NULL;
    size_t first = 0;
    status rc = table_builder_sources(b, more, scratch, &sources, err);
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, more->rows, &first, err);
    }
    for (size_t c = 0; rc == STATUS_OK && c < t->column_count; c++) {
        const column *from = table_find(more, t->columns[c].name);
        if (from && from->type == t->columns[c].type) {
            rc = append_column(b, c, from, first, err);
        }
    }
    for (size_t i = 0; rc == STATUS_OK && more->source_row && i < more->rows; i++) {
        table_builder_from(b, first + i, sources[more->source_file[i]], more->source_row[i]);
    }
    return rc;
}

status imported_append(imported *in, const table *more, faults *faults_list)
{
    error err;
    arena *scratch = NULL;
    table_builder *b = NULL;
    table *made = NULL;
    status rc = arena_new(&scratch, &err);
    if (rc == STATUS_OK) {
        rc = table_builder_new(&b, in->rows->name, &err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_copy(b, in->rows, NULL, in->rows->rows, NULL, &err);
    }
    if (rc == STATUS_OK) {
        rc = append_rows(b, in->rows, more, scratch, &err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &made, &err);
    }
    if (rc == STATUS_OK) {
        imported_take(in, made);
    }
    table_builder_free(b);
    arena_free(scratch);
    return fault_of(rc, &err, faults_list);
}

status imported_numbers(imported *in, const number_column *made, size_t count, faults *faults_list)
{
    error err;
    table *replaced = NULL;
    const status rc = table_with_numbers(in->rows, made, count, &replaced, &err);
    if (rc == STATUS_OK) {
        imported_take(in, replaced);
    }
    return fault_of(rc, &err, faults_list);
}
