/* reports/xlsx/guard.h: the only way to libxlsxwriter. Private to this room.
 *
 * The library writes NaN as broken XML, accepts bytes that are not UTF-8, and gives limits as
 * return codes: here numbers are finite or become a sign, texts are clean and short enough, names
 * of sheets are legal and unique, nothing is ever taken for a formula by its looks, and every code
 * is checked. */
#ifndef REPORTS_XLSX_GUARD_H
#define REPORTS_XLSX_GUARD_H

#include <xlsxwriter.h>

#include "reports/xlsx/book.h"

enum {
    GUARD_TEXT_MAX = 32767,
    GUARD_NAME_MAX = 31,
    GUARD_ROWS_MAX = 1048576,
    GUARD_COLUMNS_MAX = 16384
};

/* The text as a cell holds it: what is not UTF-8 becomes U+FFFD, control characters but tab and
 * line feed are dropped, "_x0041_" is escaped (Excel would read "A"), and it ends after
 * GUARD_TEXT_MAX UTF-16 units with "…". Added to `out`, which is emptied first. */
void guard_text(text_buffer *out, const char *text);
/* A legal name that no name in `taken` has, whatever the case; bytes are those of a name of
 * GUARD_NAME_MAX characters at most. */
typedef struct guard_name {
    char text[4 * GUARD_NAME_MAX + 1];
} guard_name;
guard_name guard_sheet_name(const char *wanted, const guard_name *taken, size_t count);

typedef struct guarded_book guarded_book;
MUST_CHECK status guarded_open(guarded_book **out, const book *b, const char *temporary_folder,
                               error *err);
/* Checks the library's code and that the file is not empty; frees in every case; takes NULL. */
MUST_CHECK status guarded_close(guarded_book *g, error *err);
MUST_CHECK status guarded_sheet(guarded_book *g, const book_sheet *s, lxw_worksheet **out,
                                error *err);
MUST_CHECK status guarded_cell(guarded_book *g, lxw_worksheet *to, size_t row, size_t column_index,
                               const book_cell *cell, error *err);
MUST_CHECK status guarded_merge(guarded_book *g, lxw_worksheet *to, size_t row, size_t span,
                                const book_cell *cell, error *err);
/* STATUS_ENVIRONMENT with the library's words unless LXW_NO_ERROR. */
MUST_CHECK status guarded_code(lxw_error code, const char *where, error *err);

#endif
