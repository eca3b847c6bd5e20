#include "territory/support.h"

#include <math.h>
#include <string.h>

status take_array(arena *a, size_t count, size_t size, void *out, faults *faults_list)
{
    void *at = arena_take(a, count, size);
    memcpy(out, &at, sizeof at);
    if (at) {
        return STATUS_OK;
    }
    error err;
    return fault_of(memory_error(&err, count * size), &err, faults_list);
}

status fault_of(status rc, const error *err, faults *faults_list)
{
    return rc == STATUS_OK ? rc : faults_add_error(faults_list, SOURCE_NONE, err);
}

static bool is_listed(const char *const *names, const char *name)
{
    for (size_t i = 0; names && names[i]; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static status copy_columns(table_builder *b, const table *t, const char *const *leave_out,
                           size_t *index_of, error *err)
{
    for (size_t c = 0; c < t->column_count; c++) {
        const column *from = &t->columns[c];
        index_of[c] = SIZE_MAX;
        if (is_listed(leave_out, from->name)) {
            continue;
        }
        const column_spec spec = {.name = from->name,
                                  .title_fr = from->title_fr,
                                  .title_en = from->title_en,
                                  .unit = from->unit,
                                  .type = from->type,
                                  .decimals = from->decimals};
        const status rc = table_builder_column(b, &spec, &index_of[c], err);
        if (rc != STATUS_OK) {
            return rc;
        }
    }
    return STATUS_OK;
}

status table_builder_value(table_builder *b, size_t to, size_t to_row, const column *from,
                           size_t row, error *err)
{
    const value_state state = column_state(from, row);
    if (state != VALUE_PRESENT) {
        table_builder_state(b, to, to_row, state);
        return STATUS_OK;
    }
    switch (from->type) {
    case COLUMN_F64:
        table_builder_f64(b, to, to_row, from->at.f64[row]);
        return STATUS_OK;
    case COLUMN_I64:
        table_builder_i64(b, to, to_row, from->at.i64[row]);
        return STATUS_OK;
    case COLUMN_U32:
        table_builder_u32(b, to, to_row, from->at.u32[row]);
        return STATUS_OK;
    case COLUMN_TEXT:
        break;
    }
    const char *text = column_text(from, row);
    return table_builder_text(b, to, to_row, text_slice_of(text, strlen(text)), err);
}

status table_builder_sources(table_builder *b, const table *t, arena *a, uint32_t **sources,
                             error *err)
{
    *sources = arena_take(a, t->source_file_count + 1, sizeof **sources);
    if (!*sources) {
        return memory_error(err, t->source_file_count * sizeof **sources);
    }
    for (size_t i = 0; i < t->source_file_count; i++) {
        const status rc = table_builder_source(b, t->source_files[i], &(*sources)[i], err);
        if (rc != STATUS_OK) {
            return rc;
        }
    }
    return STATUS_OK;
}

static status copy_rows(table_builder *b, const table *t, const size_t *rows, size_t count,
                        const size_t *index_of, const uint32_t *sources, error *err)
{
    size_t first = 0;
    status rc = table_builder_rows(b, count, &first, err);
    for (size_t c = 0; rc == STATUS_OK && c < t->column_count; c++) {
        for (size_t i = 0; index_of[c] != SIZE_MAX && rc == STATUS_OK && i < count; i++) {
            rc = table_builder_value(b, index_of[c], first + i, &t->columns[c], rows ? rows[i] : i,
                                     err);
        }
    }
    for (size_t i = 0; rc == STATUS_OK && t->source_row && i < count; i++) {
        const size_t row = rows ? rows[i] : i;
        table_builder_from(b, first + i, sources[t->source_file[row]], t->source_row[row]);
    }
    return rc;
}

status table_builder_copy(table_builder *b, const table *t, const size_t *rows, size_t count,
                          const char *const *leave_out, error *err)
{
    arena *scratch = NULL;
    size_t *index_of = NULL;
    uint32_t *sources = NULL;
    status rc = arena_new(&scratch, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    index_of = arena_take(scratch, t->column_count + 1, sizeof *index_of);
    if (!index_of) {
        rc = memory_error(err, t->column_count * sizeof *index_of);
        goto done;
    }
    rc = copy_columns(b, t, leave_out, index_of, err);
    if (rc == STATUS_OK) {
        rc = table_builder_sources(b, t, scratch, &sources, err);
    }
    if (rc == STATUS_OK) {
        rc = copy_rows(b, t, rows, count, index_of, sources, err);
    }
done:
    arena_free(scratch);
    return rc;
}

static void set_numbers(table_builder *b, size_t index, const double *values, size_t count)
{
    for (size_t r = 0; r < count; r++) {
        if (isfinite(values[r])) {
            table_builder_f64(b, index, r, values[r]);
        }
    }
}

status table_with_numbers(const table *t, const number_column *added, size_t added_count,
                          table **out, error *err)
{
    table_builder *b = NULL;
    arena *scratch = NULL;
    status rc = arena_new(&scratch, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    const char **names = arena_take(scratch, added_count + 1, sizeof *names);
    size_t *index = arena_take(scratch, added_count + 1, sizeof *index);
    if (!names || !index) {
        rc = memory_error(err, added_count * sizeof *names);
        goto done;
    }
    rc = table_builder_new(&b, t->name, err);
    for (size_t i = 0; rc == STATUS_OK && i < added_count; i++) {
        names[i] = added[i].spec.name;
        rc = table_builder_column(b, &added[i].spec, &index[i], err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_copy(b, t, NULL, t->rows, (const char *const *)names, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < added_count; i++) {
        set_numbers(b, index[i], added[i].values, t->rows);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
done:
    table_builder_free(b);
    arena_free(scratch);
    return rc;
}

void column_numbers(const table *t, const char *name, double *values)
{
    const column *c = number_column_of(t, name);
    for (size_t r = 0; r < t->rows; r++) {
        values[r] = c && column_state(c, r) == VALUE_PRESENT ? c->at.f64[r] : (double)NAN;
    }
}

const char *text_at(const column *c, size_t row)
{
    return c ? column_text(c, row) : "";
}

const column *text_column(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? c : NULL;
}

const column *number_column_of(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    return c && c->type == COLUMN_F64 ? c : NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

text_slice text_trimmed(const char *text)
{
    size_t size = strlen(text);
    while (size && is_blank(*text)) {
        text++;
        size--;
    }
    while (size && is_blank(text[size - 1])) {
        size--;
    }
    return text_slice_of(text, size);
}

size_t sorted_find(const char *const *texts, size_t count, const char *wanted)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(texts[middle], wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && strcmp(texts[low], wanted) == 0 ? low : count;
}

int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

shown_number shown(double value, int decimals)
{
    shown_number out;
    (void)text_number(value, decimals, LANGUAGE_FR, out.fr, sizeof out.fr);
    (void)text_number(value, decimals, LANGUAGE_EN, out.en, sizeof out.en);
    return out;
}
