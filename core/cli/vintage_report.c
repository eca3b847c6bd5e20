#include <string.h>

#include "cli/vintage_columns.h"
#include "table/writer.h"

typedef enum report_column {
    R_WHAT,
    R_FROM,
    R_TO,
    R_READ_IN,
    R_RATIO,
    R_BASIS,
    R_COLUMN,
    R_LINE,
    R_ROWS,
    R_WEIGHT,
    R_COUNT
} report_column;

/* For machines, as the tables of a run: names alone. */
static const column_spec specs[R_COUNT] = {
    {"what", "", "", "", COLUMN_TEXT, -1},   {"from", "", "", "", COLUMN_TEXT, -1},
    {"to", "", "", "", COLUMN_TEXT, -1},     {"vintage", "", "", "1", COLUMN_I64, -1},
    {"ratio", "", "", "1", COLUMN_F64, -1},  {"basis", "", "", "", COLUMN_TEXT, -1},
    {"column", "", "", "", COLUMN_TEXT, -1}, {"line", "", "", "1", COLUMN_I64, -1},
    {"rows", "", "", "1", COLUMN_I64, -1},   {"weight", "", "", "1", COLUMN_F64, -1},
};

static status put(table_builder *b, report_column at, size_t row, const char *text, error *err)
{
    return *text != '\0' ? table_builder_text(b, at, row, text_slice_of(text, strlen(text)), err)
                         : STATUS_OK;
}

static status put_link(table_builder *b, size_t row, const carried_link *c, error *err)
{
    const vintage_link *l = c->link;
    const char *basis = l->kind != LINK_SPLIT ? "" : l->weight_known ? "population" : "equal";
    status result = put(b, R_WHAT, row, link_kind_name(l->kind), err);
    result = result == STATUS_OK ? put(b, R_FROM, row, l->from, err) : result;
    result = result == STATUS_OK ? put(b, R_TO, row, l->to, err) : result;
    result = result == STATUS_OK ? put(b, R_BASIS, row, basis, err) : result;
    table_builder_i64(b, R_READ_IN, row, l->read_in);
    table_builder_f64(b, R_RATIO, row, l->ratio);
    table_builder_i64(b, R_ROWS, row, (int64_t)c->rows);
    table_builder_f64(b, R_WEIGHT, row, c->weight);
    return result;
}

static status put_lost(table_builder *b, size_t row, const vintage_columns *columns, const table *t,
                       size_t lost, error *err)
{
    status result = put(b, R_WHAT, row, "lost", err);
    const report_column at[] = {R_FROM, R_TO};
    for (size_t i = 0; result == STATUS_OK && i < columns->code_count; i++) {
        const column *code = table_find(t, columns->codes[i]);
        result = put(b, at[i], row, column_text(code, lost), err);
    }
    table_builder_i64(b, R_LINE, row, (int64_t)table_source(t, lost).line);
    table_builder_i64(b, R_ROWS, row, 1);
    return result;
}

static status put_missing(table_builder *b, const char *what, const char *name, size_t cells,
                          error *err)
{
    size_t row = 0;
    if (cells == 0) {
        return STATUS_OK;
    }
    status result = table_builder_rows(b, 1, &row, err);
    if (result == STATUS_OK) {
        table_builder_i64(b, R_ROWS, row, (int64_t)cells);
        result = put(b, R_WHAT, row, what, err);
    }
    return result == STATUS_OK ? put(b, R_COLUMN, row, name, err) : result;
}

static status fill(table_builder *b, const vintage_columns *columns, const table *t,
                   const carry_report *r, error *err)
{
    size_t index = 0, first = 0;
    status result = STATUS_OK;
    for (size_t c = 0; result == STATUS_OK && c < R_COUNT; c++) {
        result = table_builder_column(b, &specs[c], &index, err);
    }
    if (result == STATUS_OK) {
        result = table_builder_rows(b, r->link_count + r->lost_rows, &first, err);
    }
    for (size_t i = 0; result == STATUS_OK && i < r->link_count; i++) {
        result = put_link(b, i, &r->links[i], err);
    }
    for (size_t i = 0; result == STATUS_OK && i < r->lost_rows; i++) {
        result = put_lost(b, r->link_count + i, columns, t, r->lost_row[i], err);
    }
    for (size_t c = 0; result == STATUS_OK && c < columns->column_count; c++) {
        const char *name = columns->columns[c].name;
        result = put_missing(b, "missing_split", name, r->missing_split[c], err);
        if (result == STATUS_OK) {
            result = put_missing(b, "missing_merged", name, r->missing_merged[c], err);
        }
    }
    return result;
}

status vintage_report_write(const vintage_columns *columns, const table *t, const carry_report *r,
                            const char *path, error *err)
{
    table_builder *b = NULL;
    table *report = NULL;
    status result = table_builder_new(&b, "report", err);
    result = result == STATUS_OK ? fill(b, columns, t, r, err) : result;
    result = result == STATUS_OK ? table_build(b, &report, err) : result;
    result = result == STATUS_OK ? table_write_csv(report, path, err) : result;
    table_builder_free(b);
    table_free(report);
    return result;
}
