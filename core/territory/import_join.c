/* A list of venues and the files that say more of them, joined on their id. */
#include <string.h>

#include "territory/importer.h"
#include "territory/messages.h"
#include "territory/support.h"

typedef struct joining {
    const table *base, *theme;
    code_index *index; /* of the theme's ids */
    const column *id;
    arena *memory;
    table_builder *b;
} joining;

static uint32_t match_of(const joining *j, size_t row)
{
    const char *id = text_at(j->id, row);
    return *id ? code_index_find(j->index, id) : ROW_NONE;
}

/* What the list says stands; of kinds, both are kept. */
static const char *joined_text(const joining *j, const column *own, const column *more, size_t row)
{
    const uint32_t match = match_of(j, row);
    const char *mine = text_at(own, row);
    const char *theirs = match == ROW_NONE ? "" : column_text(more, match);
    if (!*mine || !*theirs) {
        return *mine ? mine : theirs;
    }
    return strcmp(more->name, "kind") == 0 ? arena_format(j->memory, "%s;%s", mine, theirs) : mine;
}

static status fill_column(const joining *j, const column *more, size_t index, error *err)
{
    status rc = STATUS_OK;
    const column *own = text_column(j->base, more->name);
    for (size_t row = 0; rc == STATUS_OK && row < j->base->rows; row++) {
        const char *text = joined_text(j, own, more, row);
        if (!text) {
            return memory_error(err, 64);
        }
        if (*text) {
            rc = table_builder_text(j->b, index, row, text_slice_of(text, strlen(text)), err);
        }
    }
    return rc;
}

static void fill_numbers(const joining *j, const column *more, size_t index)
{
    const column *own = number_column_of(j->base, more->name);
    for (size_t row = 0; row < j->base->rows; row++) {
        const uint32_t match = match_of(j, row);
        if (own && column_state(own, row) == VALUE_PRESENT) {
            table_builder_f64(j->b, index, row, own->at.f64[row]);
        } else if (match != ROW_NONE && column_state(more, match) == VALUE_PRESENT) {
            table_builder_f64(j->b, index, row, more->at.f64[match]);
        }
    }
}

static status fill(const joining *j, const column *more, size_t index, error *err)
{
    if (more->type == COLUMN_F64) {
        fill_numbers(j, more, index);
        return STATUS_OK;
    }
    return fill_column(j, more, index, err);
}

static bool is_joined(const column *c)
{
    return (c->type == COLUMN_TEXT || c->type == COLUMN_F64) && strcmp(c->name, "id") != 0;
}

static status join_columns(joining *j, error *err)
{
    const size_t count = j->theme->column_count;
    const char **names = arena_take(j->memory, count + 1, sizeof *names);
    size_t *index = arena_take(j->memory, count + 1, sizeof *index);
    size_t used = 0;
    if (!names || !index) {
        return memory_error(err, count * sizeof *names);
    }
    status rc = table_builder_new(&j->b, j->base->name, err);
    for (size_t c = 0; rc == STATUS_OK && c < count; c++) {
        const column *more = &j->theme->columns[c];
        const column_spec spec = {
            .name = more->name, .unit = more->unit, .type = more->type, .decimals = more->decimals};
        if (is_joined(more)) {
            names[used] = more->name;
            rc = table_builder_column(j->b, &spec, &index[used++], err);
        }
    }
    if (rc == STATUS_OK) {
        rc =
            table_builder_copy(j->b, j->base, NULL, j->base->rows, (const char *const *)names, err);
    }
    for (size_t c = 0, at = 0; rc == STATUS_OK && c < count; c++) {
        if (is_joined(&j->theme->columns[c])) {
            rc = fill(j, &j->theme->columns[c], index[at++], err);
        }
    }
    return rc;
}

static size_t count_matched(const joining *j)
{
    size_t matched = 0;
    uint8_t *hit = arena_take(j->memory, j->theme->rows + 1, sizeof *hit);
    for (size_t row = 0; hit && row < j->base->rows; row++) {
        const uint32_t match = match_of(j, row);
        if (match != ROW_NONE) {
            matched += !hit[match];
            hit[match] = 1;
        }
    }
    return matched;
}

static status join_all(joining *j, imported *into, size_t *matched, faults *faults_list)
{
    error err;
    table *joined = NULL;
    j->id = text_column(j->base, "id");
    status rc = code_index_new(&j->index, j->theme, "id", faults_list);
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = join_columns(j, &err);
    if (rc == STATUS_OK) {
        *matched = count_matched(j);
        rc = table_build(j->b, &joined, &err);
    }
    if (rc == STATUS_OK) {
        table_free(into->rows);
        into->rows = joined;
    }
    return fault_of(rc, &err, faults_list);
}

status imported_join(imported *into, const imported *theme, size_t *matched, faults *faults_list)
{
    error err;
    joining j = {.base = into->rows, .theme = theme->rows};
    *matched = 0;
    status rc = fault_of(arena_new(&j.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = join_all(&j, into, matched, faults_list);
    }
    code_index_free(j.index);
    table_builder_free(j.b);
    arena_free(j.memory);
    return rc;
}
