/* reports/html/tables.h: tables with a caption, scoped headings, no blank cell, and what they leave
 * out. */
#ifndef REPORTS_HTML_TABLES_H
#define REPORTS_HTML_TABLES_H

#include "reports/html/page.h"

enum { TABLE_COLUMNS_MAX = 24 };

typedef struct table_view {
    const char *caption;
    const result_table *from;
    size_t columns[TABLE_COLUMNS_MAX];
    size_t column_count;
    const size_t *rows; /* in the order to print; NULL: all, in the table's order */
    size_t row_count;   /* of `rows` */
    size_t limit;       /* rows on the page; 0: no limit */
    const char *sheet;  /* of the workbook; NULL when none */
    bool net_interval;  /* a last column of avoided kilometres, where the table has them */
} table_view;

/* Columns by name, those that the table has, in this order. */
void view_add_columns(table_view *v, const char *const *names, size_t count);
void view_add_every_column(table_view *v);
void put_table(page *p, const table_view *v);

/* <div class="table"><table><caption>..</caption><thead><tr> ... : for tables made by hand. */
void table_begin(page *p, const char *caption);
void put_heading(page *p, const char *text, bool number);
void table_body(page *p);
void table_end(page *p);
/* The workbook sheet that shows the table, in the reader's language; NULL: none. */
const char *sheet_said(const page *p, const result_table *t);
/* "Les 50 premières lignes sur 345. Le tableau complet est dans tables/places.csv..." */
void put_left_out(page *p, const result_table *t, size_t shown, size_t all, const char *sheet);

/* Rows by falling value of a column, absent values last, ties by row. NULL when out of memory. */
const size_t *rows_by_value(page *p, const result_table *t, const char *column_name, size_t *count);

#endif
