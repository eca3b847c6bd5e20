/* reports/xlsx/plan.h: the workbook planned from the results. Private to this room.
 *
 * Everything planned lives in one arena until the book is written and checked. One thread. */
#ifndef REPORTS_XLSX_PLAN_H
#define REPORTS_XLSX_PLAN_H

#include "reports/model/model.h"
#include "reports/parcel/message.h"
#include "reports/xlsx/book.h"
#include "reports/xlsx/guard.h"

/* A message pair with its values; "" and a failed plan when out of memory. */
#define book_say(p, ...) book_kept((p), message_text((p)->memory, (p)->lang, __VA_ARGS__))

enum { PLAN_SHEETS_MAX = 200 };

/* A plan that ran out of memory stays failed: check at the end. */
typedef struct book_plan {
    const report_model *m;
    const results *r;
    language lang;
    arena *memory;
    parcel *things;
    book *b;
    guard_name names[PLAN_SHEETS_MAX];
    const char *holds[PLAN_SHEETS_MAX]; /* what each sheet holds, for the read me */
    table *owned[4];                    /* reordered tables */
    size_t owned_count;
    bool failed;
} book_plan;

/* The next sheet, with a name of its own; NULL when there are too many or no memory. */
book_sheet *book_plan_sheet(book_plan *p, const char *wanted, const char *holds);

/* --- plan_rows.c: rows of cells --- */
const char *book_text(book_plan *p, const char *text);
const char *book_kept(book_plan *p, const char *text);
/* printf-like, never NULL. */
const char *book_format(book_plan *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
typedef struct row_list {
    book_row *rows;
    size_t count, capacity;
} row_list;
void rows_add(book_plan *p, row_list *to, const book_cell *cells, size_t count);
void rows_blank(book_plan *p, row_list *to);
/* One text over `span` columns, as high as it needs in `characters` a line. */
void rows_text(book_plan *p, row_list *to, cell_look look, const char *text, size_t span,
               double characters);
/* INSEE's four lines. */
void rows_lines(book_plan *p, row_list *to, const four_lines *lines, size_t span,
                double characters);
size_t characters_of(const char *text);

/* --- plan_words.c --- */
/* The English or French name of a sheet that a plugin names in French. */
const char *sheet_title(const book_plan *p, const char *sheet_fr);
/* What a sheet shows: of an indicator's own sheet, its title and the first sentence of its method.
 */
const char *sheet_holds(book_plan *p, const char *sheet_fr);
/* Place of a sheet in the workbook; known ones first. */
size_t sheet_rank(const char *sheet_fr);
/* The texts shown instead of the words of a text column; NULL: as they are. */
const char *const *words_shown(book_plan *p, const table *t, const column *c);
/* "0.5", "10;20;30", "a=20;b=45": figures as people of the language write them. */
const char *figures_shown(book_plan *p, const char *text);
/* The sheet that shows most of an indicator, else its identifier. */
const char *indicator_title(const book_plan *p, const char *plugin);

/* --- plan_columns.c --- */
typedef struct column_plan {
    book_column is;
    double width;
} column_plan;
column_plan column_planned(book_plan *p, const result_table *t, size_t index, size_t rows);
/* Header texts, their height, and widths of the whole sheet. */
void columns_set(book_plan *p, book_sheet *s, const column_plan *columns, size_t count);
/* The format of a column's numbers, as its first `rows` are. */
const char *number_format(book_plan *p, const result_table *t, size_t index, size_t rows);
const char *number_format_of_unit(const char *unit_code, int decimals);
/* "(minutes)"; "" where the title says it already. */
const char *unit_words(book_plan *p, const char *unit_code, const char *title);

/* --- plan_tables.c, plan_summary.c, plan_readme.c --- */
void book_plan_tables(book_plan *p);
void book_plan_methods(book_plan *p, book_sheet *s);
void book_plan_summary(book_plan *p, book_sheet *s);
void book_plan_readme(book_plan *p, book_sheet *s);

/* --- plan.c --- */
/* Plans all sheets of `b`, whose path is set. Clear it in every case, once the book is checked. */
MUST_CHECK status book_plan_build(book_plan *p, const report_model *m, book *b, error *err);
void book_plan_clear(book_plan *p);

#endif
