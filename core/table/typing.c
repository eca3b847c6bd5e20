#include "table/typing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "table/match.h"
#include "table/messages.h"
#include "table/typed.h"

struct typing {
    arena *arena;
    const char *file;
    table_builder *builder;
    typed_column *columns;
    size_t count;
    decimal_mark mark;
    faults *faults;
    size_t fault_count;
};

void typing_free(typing *t)
{
    if (!t)
        return;
    table_builder_free(t->builder);
    arena_free(t->arena);
    memory_free(t);
}

static status make_rows(typing *t, size_t rows, error *err)
{
    size_t first = 0;
    uint32_t source = 0;
    status result = table_builder_source(t->builder, t->file, &source, err);
    if (result == STATUS_OK)
        result = table_builder_rows(t->builder, rows, &first, err);
    for (size_t r = 0; result == STATUS_OK && r < rows; r++)
        table_builder_from(t->builder, r, source, r + 1);
    return result;
}

static status begin(typing *t, const header_names *header, const wanted_column *wanted,
                    size_t wanted_count, size_t rows, error *err)
{
    status result = arena_new(&t->arena, err);
    if (result != STATUS_OK)
        return result;
    int64_t *position = arena_take(t->arena, wanted_count, sizeof *position);
    t->columns = arena_take(t->arena, wanted_count, sizeof *t->columns);
    if (!position || !t->columns)
        return memory_error(err, wanted_count * sizeof *t->columns);
    const status matched =
        columns_match(header, wanted, wanted_count, source_at(t->file, 0, 0), position, t->faults);
    if (matched != STATUS_OK)
        return matched;
    result = table_builder_new(&t->builder, "rows", err);
    if (result == STATUS_OK)
        result =
            typed_columns(t->builder, wanted, wanted_count, position, t->columns, &t->count, err);
    return result == STATUS_OK ? make_rows(t, rows, err) : result;
}

status typing_new(typing **out, const char *file, const char *const *headers, size_t header_count,
                  const wanted_column *wanted, size_t wanted_count, size_t rows,
                  faults *faults_list)
{
    error err = {.status = STATUS_OK};
    *out = NULL;
    typing *t = memory_new(1, sizeof *t);
    status result = t ? STATUS_OK : memory_error(&err, sizeof *t);
    if (result == STATUS_OK) {
        *t = (typing){.file = file, .faults = faults_list};
        const header_names header = {.names = headers, .count = header_count};
        result = begin(t, &header, wanted, wanted_count, rows, &err);
    }
    if (err.status != STATUS_OK)
        result = faults_add_error(faults_list, source_at(file, 0, 0), &err);
    if (result == STATUS_OK)
        *out = t;
    else
        typing_free(t);
    return result;
}

size_t typing_count(const typing *t)
{
    return t->count;
}

size_t typing_header(const typing *t, size_t i)
{
    return t->columns[i].source;
}

static status settle(typing *t, size_t i, size_t row, typed_defect defect, text_slice value,
                     const error *err)
{
    const typed_column *c = &t->columns[i];
    if (defect == TYPED_FAILED)
        return err->status;
    if (defect != TYPED_SOUND && t->fault_count++ < READER_MAX_FAULTS)
        typed_refuse(t->faults, source_at(t->file, row + 1, c->source + 1), c, defect, value,
                     &t->mark);
    return STATUS_OK;
}

status typing_text(typing *t, size_t i, size_t row, text_slice value, error *err)
{
    const typed_defect defect =
        typed_set(t->builder, &t->columns[i], row, value, &t->mark, row + 1, err);
    return settle(t, i, row, defect, value, err);
}

status typing_f64(typing *t, size_t i, size_t row, double value, error *err)
{
    char text[64];
    const typed_column *c = &t->columns[i];
    typed_defect defect = TYPED_SOUND;
    if (c->wanted->type != COLUMN_TEXT) {
        defect = typed_set_f64(t->builder, c, row, value);
        if (defect == TYPED_SOUND)
            return STATUS_OK;
    }
    size_t size = text_from_f64(value, text, sizeof text);
    if (!size)
        size = (size_t)snprintf(text, sizeof text, "%s",
                                value > 0   ? "inf"
                                : value < 0 ? "-inf"
                                            : "NaN");
    return c->wanted->type == COLUMN_TEXT
               ? typing_text(t, i, row, text_slice_of(text, size), err)
               : settle(t, i, row, defect, text_slice_of(text, size), err);
}

status typing_i64(typing *t, size_t i, size_t row, int64_t value, error *err)
{
    char text[32];
    const typed_column *c = &t->columns[i];
    typed_defect defect = TYPED_SOUND;
    if (c->wanted->type != COLUMN_TEXT) {
        defect = typed_set_i64(t->builder, c, row, value);
        if (defect == TYPED_SOUND)
            return STATUS_OK;
    }
    const text_slice shown =
        text_slice_of(text, (size_t)snprintf(text, sizeof text, "%" PRId64, value));
    return c->wanted->type == COLUMN_TEXT ? typing_text(t, i, row, shown, err)
                                          : settle(t, i, row, defect, shown, err);
}

status typing_build(typing *t, table **out, error *err)
{
    *out = NULL;
    if (t->fault_count > READER_MAX_FAULTS)
        (void)faults_refuse(t->faults, source_at(t->file, 0, 0), M_READ_MORE_FAULTS,
                            t->fault_count - READER_MAX_FAULTS);
    if (t->fault_count)
        return STATUS_INPUT;
    if (!table_builder_row_count(t->builder))
        faults_warn(t->faults, source_at(t->file, 0, 0), M_READ_NO_ROW);
    return table_build(t->builder, out, err);
}
