/* The worker: writes the workbook at the path it was given, row by row. */
#include <stdio.h>
#include <string.h>

#include "reports/xlsx/guard.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/xlsx.h"

enum { PATH_BYTES = 4096, LINE_POINTS = 15, A4 = 9 };

static status page_set(const book *b, const book_sheet *s, lxw_worksheet *to, error *err)
{
    size_t header = sheet_header_row(s);
    worksheet_set_landscape(to);
    worksheet_set_paper(to, A4);
    worksheet_set_margins(to, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(to, (uint16_t)(s->pages_wide ? s->pages_wide : 1), 0);
    worksheet_gridlines(to, LXW_HIDE_ALL_GRIDLINES);
    if (s->tab_colour)
        worksheet_set_tab_color(to, s->tab_colour);
    status done = guarded_code(worksheet_set_footer(to, b->footer), "footer", err);
    if (!done && s->has_table)
        done = guarded_code(worksheet_repeat_rows(to, (lxw_row_t)header, (lxw_row_t)header),
                            "titles", err);
    if (!done && s->frozen && s->pages_wide > 1)
        done = guarded_code(worksheet_repeat_columns(to, 0, (lxw_col_t)(s->frozen - 1)), "titles",
                            err);
    if (s->has_table)
        worksheet_freeze_panes(to, (lxw_row_t)(header + 1), (lxw_col_t)s->frozen);
    if (!done && s->has_table && s->row_count > 0 && s->column_count > 0)
        done = guarded_code(worksheet_autofilter(to, (lxw_row_t)header, 0,
                                                 (lxw_row_t)(header + s->row_count),
                                                 (lxw_col_t)(s->column_count - 1)),
                            "filter", err);
    return done;
}

static status widths_set(const book_sheet *s, lxw_worksheet *to, error *err)
{
    status done = STATUS_OK;
    for (size_t i = 0; !done && i < s->width_count; i++)
        done = guarded_code(
            worksheet_set_column(to, (lxw_col_t)i, (lxw_col_t)i, s->widths[i], NULL), "width", err);
    return done;
}

static status row_write(guarded_book *g, lxw_worksheet *to, size_t number, const book_row *row,
                        error *err)
{
    status s = STATUS_OK;
    if (row->height > 0)
        s = guarded_code(worksheet_set_row(to, (lxw_row_t)number, row->height, NULL), "height",
                         err);
    if (!s && row->span > 1 && row->count > 0)
        return guarded_merge(g, to, number, row->span, &row->cells[0], err);
    for (size_t c = 0; !s && c < row->count; c++) {
        if (row->cells[c].kind != CELL_NONE || row->cells[c].look >= LOOK_BODY)
            s = guarded_cell(g, to, number, c, &row->cells[c], err);
    }
    return s;
}

static status sheet_write(guarded_book *g, const book *b, const book_sheet *s, arena *memory,
                          error *err)
{
    lxw_worksheet *to = NULL;
    book_cell *cells = arena_take(memory, sheet_width(s), sizeof *cells);
    if (!cells)
        return memory_error(err, sheet_width(s) * sizeof *cells);
    status done = guarded_sheet(g, s, &to, err);
    if (!done)
        done = page_set(b, s, to, err);
    if (!done)
        done = widths_set(s, to, err);
    for (size_t row = 0; !done && row < sheet_height(s); row++) {
        book_row line = sheet_row(b, s, row, cells);
        done = row_write(g, to, row, &line, err);
    }
    return done;
}

/* The folder of a path, for temporary files: the disk that will hold the workbook. */
static void folder_of(const char *path, char out[PATH_BYTES])
{
    (void)snprintf(out, PATH_BYTES, "%s", path);
    char *slash = strrchr(out, '/');
    if (slash && slash != out)
        *slash = '\0';
    else
        (void)snprintf(out, PATH_BYTES, "%s", slash ? "/" : ".");
}

static status book_write(const book *b, arena *memory, error *err)
{
    char folder[PATH_BYTES];
    guarded_book *g = NULL;
    error late;
    folder_of(b->path, folder);
    status s = guarded_open(&g, b, folder, err);
    for (size_t i = 0; !s && i < b->sheet_count; i++)
        s = sheet_write(g, b, &b->sheets[i], memory, err);
    status closed = guarded_close(g, s ? &late : err);
    return s ? s : closed;
}

static status xlsx_run(const worker_message *message, worker_reply *reply, error *err)
{
    parcel_content things;
    book b;
    arena *memory = NULL;
    status s = parcel_open(message, &things, err);
    if (!s)
        s = arena_new(&memory, err);
    if (!s)
        s = book_unpack(&things.body, &things, memory, &b, err);
    if (!s)
        s = book_write(&b, memory, err);
    if (!s)
        s = worker_reply_bytes(reply, "", 0, err);
    arena_free(memory);
    parcel_content_clear(&things);
    return s;
}

const worker_job xlsx_job = {.name = "xlsx", .run = xlsx_run};
