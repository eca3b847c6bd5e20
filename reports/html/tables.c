/* Tables of the report. */
#include "reports/html/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/words.h"

static size_t column_index(const result_table *t, const char *name)
{
    for (size_t c = 0; c < t->rows->column_count; c++) {
        if (strcmp(t->rows->columns[c].name, name) == 0)
            return c;
    }
    return SIZE_MAX;
}

void view_add_columns(table_view *v, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count && v->column_count < TABLE_COLUMNS_MAX; i++) {
        const size_t c = column_index(v->from, names[i]);
        if (c != SIZE_MAX)
            v->columns[v->column_count++] = c;
    }
}

void view_add_every_column(table_view *v)
{
    for (size_t c = 0; c < v->from->rows->column_count && v->column_count < TABLE_COLUMNS_MAX; c++)
        v->columns[v->column_count++] = c;
}

void table_begin(page *p, const char *caption)
{
    const size_t id = ++p->identifier;
    put_format(p,
               "<div class=\"table\" role=\"group\" aria-labelledby=\"t%zu\" "
               "tabindex=\"0\">\n<table>\n<caption id=\"t%zu\">",
               id, id);
    put_text(p, caption);
    put(p, "</caption>\n<thead><tr>");
}

void put_heading(page *p, const char *text, bool number)
{
    put(p, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    put_text(p, text);
    put(p, "</th>");
}

void table_body(page *p)
{
    put(p, "</tr></thead>\n<tbody>\n");
}

void table_end(page *p)
{
    put(p, "</tbody>\n</table>\n</div>\n");
}

/* The column that names a row: its name, else the first one. */
static size_t heading_of_row(const table_view *v)
{
    for (size_t i = 0; i < v->column_count; i++) {
        if (strcmp(v->from->rows->columns[v->columns[i]].name, "name") == 0)
            return i;
    }
    return 0;
}

/* A territory of which some communes lie outside the perimeter is shown for a part only. */
static void put_part_mark(page *p, const result_table *t, size_t row)
{
    const column *const outside = table_find(t->rows, "places_outside");
    double count = 0;
    if (outside && value_number(outside, row, &count) && count > 0)
        put_say(p, M_PART_OF_TERRITORY);
}

static void put_row(page *p, const table_view *v, size_t heading, size_t row)
{
    put(p, "<tr>");
    for (size_t i = 0; i < v->column_count; i++) {
        const bool number = reads_as_number(v->from, v->columns[i]);
        if (i == heading)
            put(p, "<th scope=\"row\">");
        else
            put(p, number ? "<td class=\"n\">" : "<td>");
        put_value(p, v->from, v->columns[i], row);
        if (i == heading)
            put_part_mark(p, v->from, row);
        put(p, i == heading ? "</th>" : "</td>");
    }
    if (v->net_interval && has_net_interval(v->from)) {
        put(p, "<td class=\"n\">");
        put_net_interval(p, v->from, row);
        put(p, "</td>");
    }
    put(p, "</tr>\n");
}

const char *sheet_said(const page *p, const result_table *t)
{
    return p->lang == LANGUAGE_EN && t->sheet_en ? t->sheet_en : t->sheet_fr;
}

void put_left_out(page *p, const result_table *t, size_t shown, size_t all, const char *sheet)
{
    if (shown >= all)
        return;
    char few[64], many[64];
    (void)text_number((double)shown, 0, p->lang, few, sizeof few);
    (void)text_number((double)all, 0, p->lang, many, sizeof many);
    put(p, "<p class=\"left-out\">");
    if (sheet && *sheet)
        put_say(p, M_LEFT_OUT_SHEET, few, many, t->name, sheet);
    else
        put_say(p, M_LEFT_OUT, few, many, t->name);
    put(p, "</p>\n");
}

void put_table(page *p, const table_view *v)
{
    const size_t all = v->rows ? v->row_count : v->from->rows->rows;
    const size_t shown = v->limit > 0 && v->limit < all ? v->limit : all;
    const size_t heading = heading_of_row(v);
    if (v->column_count == 0)
        return;
    table_begin(p, v->caption);
    for (size_t i = 0; i < v->column_count; i++)
        put_heading(p, column_heading(p, v->from, v->columns[i]),
                    reads_as_number(v->from, v->columns[i]));
    if (v->net_interval && has_net_interval(v->from))
        put_heading(p, tr(p->lang, M_HEAD_NET), true);
    table_body(p);
    for (size_t i = 0; i < shown; i++)
        put_row(p, v, heading, v->rows ? v->rows[i] : i);
    table_end(p);
    put_left_out(p, v->from, shown, all, v->sheet);
}

typedef struct ranked {
    double value;
    size_t row;
} ranked;

static int by_falling_value(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

const size_t *rows_by_value(page *p, const result_table *t, const char *column_name, size_t *count)
{
    const size_t n = t->rows->rows;
    ranked *const work = arena_take(p->memory, n + 1, sizeof *work);
    size_t *const rows = arena_take(p->memory, n + 1, sizeof *rows);
    const column *const c = table_find(t->rows, column_name);
    *count = n;
    if (!work || !rows) {
        p->out.failed = true;
        *count = 0;
        return rows;
    }
    for (size_t row = 0; row < n; row++) {
        work[row] = (ranked){-INFINITY, row};
        if (c)
            (void)value_number(c, row, &work[row].value);
    }
    qsort(work, n, sizeof *work, by_falling_value);
    for (size_t i = 0; i < n; i++)
        rows[i] = work[i].row;
    return rows;
}
