#include "reports/xlsx/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "reports/xlsx/guard.h"
#include "reports/xlsx/messages.h"

/* A number goes through "%.16G" on its way. */
#define RELATIVE_GAP 4e-15

typedef struct comparison {
    const book *b;
    const book_sheet *sheet;
    const layer *found;
    size_t *field_of; /* of each column of the sheet; SIZE_MAX: the reader found nothing in it */
    book_cell *cells;
    text_buffer text;
} comparison;

/* The reader names the field of a column by the cell of its first row, else by its position. */
static void fields_match(comparison *k, size_t width)
{
    const table *t = k->found->cells;
    for (size_t c = 0; c < width; c++) {
        char numbered[32];
        k->field_of[c] = SIZE_MAX;
        (void)snprintf(numbered, sizeof numbered, "column_%zu", c + 1);
        for (size_t f = 0; f < t->column_count; f++) {
            if (c == 0 ? f == 0 && strncmp(t->columns[f].name, "column_", 7) != 0
                       : !strcmp(t->columns[f].name, numbered))
                k->field_of[c] = f;
        }
    }
}

/* A date-like text comes back as ISO 8601. */
static bool same_text(const char *wanted, const char *found)
{
    for (; *wanted && *found; wanted++, found++) {
        if (*wanted != *found && !(*wanted == '/' && *found == '-'))
            return false;
    }
    return *wanted == *found;
}

static bool same_number(double wanted, const char *found)
{
    double number;
    return text_to_f64(text_slice_of(found, strlen(found)), '.', &number) &&
           fabs(number - wanted) <= RELATIVE_GAP * fabs(wanted);
}

static bool same_cell(comparison *k, const book_cell *wanted, const char *found)
{
    switch (wanted->kind) {
    case CELL_NONE:
        return *found == '\0';
    case CELL_NUMBER:
    case CELL_FORMULA:
        return same_number(wanted->number, found);
    case CELL_TEXT:
    case CELL_LINK:
        break;
    }
    guard_text(&k->text, wanted->text);
    return !k->text.failed && same_text(k->text.at, found);
}

static const char *found_text(const comparison *k, size_t row, size_t c)
{
    size_t field = k->field_of[c];
    return field == SIZE_MAX || row == SIZE_MAX
               ? ""
               : column_text(&k->found->cells->columns[field], row);
}

static bool is_blank(const book_row *row)
{
    for (size_t c = 0; c < row->count; c++) {
        if (row->cells[c].kind != CELL_NONE &&
            (!row->cells[c].text || *row->cells[c].text || row->cells[c].kind != CELL_TEXT))
            return false;
    }
    return true;
}

static status row_compare(comparison *k, size_t row, size_t found, const book_row *wanted,
                          error *err)
{
    for (size_t c = 0; c < wanted->count; c++) {
        if (!same_cell(k, &wanted->cells[c], found_text(k, found, c)))
            return error_set(err, STATUS_ENVIRONMENT, M_XLSX_DIFFERS, k->sheet->name, row + 1,
                             c + 1);
    }
    return STATUS_OK;
}

/* The first row is the reader's header; rows without a value are not in its table. */
static status rows_compare(comparison *k, error *err)
{
    const table *t = k->found->cells;
    size_t next = 0, height = sheet_height(k->sheet);
    status s = STATUS_OK;
    for (size_t row = 0; !s && row < height; row++) {
        book_row wanted = sheet_row(k->b, k->sheet, row, k->cells);
        bool there = next < t->rows && t->source_row[next] == row + 1;
        if (row == 0 || (is_blank(&wanted) && !there))
            continue;
        if (!there)
            return error_set(err, STATUS_ENVIRONMENT, M_XLSX_DIFFERS_ROWS, k->sheet->name,
                             next < t->rows ? (size_t)t->source_row[next] : next, height);
        s = row_compare(k, row, next++, &wanted, err);
    }
    if (!s && next != t->rows)
        s = error_set(err, STATUS_ENVIRONMENT, M_XLSX_DIFFERS_ROWS, k->sheet->name, t->rows, next);
    return s;
}

/* The title, which is the name of the first field. */
static status title_compare(comparison *k, error *err)
{
    const table *t = k->found->cells;
    book_row first = sheet_row(k->b, k->sheet, 0, k->cells);
    bool same =
        t->column_count > 0 && first.count > 0 && same_cell(k, &first.cells[0], t->columns[0].name);
    return same ? STATUS_OK
                : error_set(err, STATUS_ENVIRONMENT, M_XLSX_DIFFERS, k->sheet->name, (size_t)1,
                            (size_t)1);
}

static status sheet_compare(const book *b, const book_sheet *s, const layer *found, error *err)
{
    size_t width = sheet_width(s);
    comparison k = {.b = b, .sheet = s, .found = found};
    k.field_of = memory_new(width, sizeof *k.field_of);
    k.cells = memory_new(width, sizeof *k.cells);
    status result = k.field_of && k.cells ? STATUS_OK : memory_error(err, width * sizeof *k.cells);
    if (!result) {
        fields_match(&k, width);
        result = title_compare(&k, err);
    }
    if (!result)
        result = rows_compare(&k, err);
    memory_free(k.field_of);
    memory_free(k.cells);
    text_buffer_clear(&k.text);
    return result;
}

static status sheet_check(const book *b, const book_sheet *s, zygote *z, error *err)
{
    const layer_options options = {.path = b->path, .name = s->name, .header_row = 1};
    faults *found = NULL;
    layer *l = NULL;
    status result = faults_new(&found, err);
    if (result)
        return result;
    result = layer_read(z, &options, &l, found);
    if (result == STATUS_INTERRUPTED) {
        result = error_set(err, result, M_XLSX_INTERRUPTED);
    } else if (result) {
        const fault *f = faults_count(found) ? faults_at(found, faults_count(found) - 1) : NULL;
        result = error_set(err, STATUS_ENVIRONMENT, M_XLSX_UNREADABLE, s->name,
                           f ? tr(b->lang, f->fr, f->en) : "?");
    } else {
        result = sheet_compare(b, s, l, err);
    }
    layer_free(l);
    faults_free(found);
    return result;
}

status book_check(const book *b, zygote *z, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; !s && i < b->sheet_count; i++)
        s = sheet_check(b, &b->sheets[i], z, err);
    return s;
}
