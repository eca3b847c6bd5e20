/* reports/xlsx/book.h: a workbook as it is to be written. Private to this room.
 *
 * The program plans it, the worker writes it row by row, and the program compares what it reads
 * back: all three see its cells through sheet_row(). A sheet is: rows above, one table (a header
 * and its rows) or none, rows below. */
#ifndef REPORTS_XLSX_BOOK_H
#define REPORTS_XLSX_BOOK_H

#include "base/worker.h"
#include "reports/parcel/parcel.h"

typedef enum cell_kind { CELL_NONE = 0, CELL_TEXT, CELL_NUMBER, CELL_FORMULA, CELL_LINK } cell_kind;

typedef enum cell_look {
    LOOK_TEXT = 0,
    LOOK_TITLE,
    LOOK_SUBTITLE,
    LOOK_HEADING,
    LOOK_HEADER,
    LOOK_HEADER_ESTIMATE,
    LOOK_BODY,
    LOOK_BODY_WRAPPED,
    LOOK_NUMBER,
    LOOK_NUMBER_ESTIMATE,
    LOOK_SIGN,
    LOOK_CODE,
    LOOK_NOTE,
    LOOK_LINK,
    LOOK_INPUT,
    LOOK_STRONG_NUMBER,
    LOOK_COUNT
} cell_look;

typedef struct book_cell {
    cell_kind kind;
    cell_look look;
    const char *text;   /* text, formula, or label of a link */
    const char *target; /* name of the sheet that a link goes to */
    const char *format; /* of a number; NULL: general */
    double number;      /* also the result of a formula */
} book_cell;

typedef struct book_row {
    const book_cell *cells; /* from the first column on */
    size_t count;
    size_t span;   /* columns that the first cell is merged over; 0, 1: none */
    double height; /* points; 0: of one line */
} book_row;

/* A column of the table. */
typedef struct book_column {
    uint64_t index; /* in the table */
    const char *title;
    const char *format;       /* of numbers */
    const char *const *shown; /* a text for each word of a text column; NULL: as they are */
    size_t shown_count;
    bool estimate, wrapped;
} book_column;

typedef struct book_sheet {
    const char *name;
    const book_row *above, *below;
    size_t above_count, below_count;
    bool has_table;
    uint64_t rows;    /* number in the parcel */
    size_t row_count; /* of them shown */
    const book_column *columns;
    size_t column_count;
    double header_height;
    const double *widths; /* of columns, in characters */
    size_t width_count;
    size_t frozen; /* columns kept in sight */
    size_t pages_wide;
    uint32_t tab_colour; /* 0: none */
    const table *from;   /* the table itself: borrowed, never packed */
} book_sheet;

typedef struct book {
    const char *path, *title, *subject, *comments, *keywords, *footer;
    int64_t created_s; /* seconds since 1970 */
    language lang;
    book_sheet *sheets;
    size_t sheet_count;
} book;

/* Lines that a text takes when words are kept whole, in a width of so many characters. */
size_t lines_of(const char *text, double characters);
/* Rows and columns of the whole sheet. */
size_t sheet_height(const book_sheet *s);
size_t sheet_width(const book_sheet *s);
/* The row of the table's header; meaningless without a table. */
static inline size_t sheet_header_row(const book_sheet *s)
{
    return s->above_count;
}
/* Fills `cells`, sheet_width of them, and tells how the row is laid out (span, height). */
book_row sheet_row(const book *b, const book_sheet *s, size_t row, book_cell *cells);

void book_pack(const book *b, pack_writer *w);
/* Texts borrow the message; lists are in `memory`; tables come from the parcel. */
MUST_CHECK status book_unpack(pack_reader *r, const parcel_content *things, arena *memory,
                              book *out, error *err);

#endif
