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
