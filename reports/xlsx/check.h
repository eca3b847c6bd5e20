/* reports/xlsx/check.h: the workbook read again by code that did not write it. Private to this
 * room. */
#ifndef REPORTS_XLSX_CHECK_H
#define REPORTS_XLSX_CHECK_H

#include "geo/layer.h"
#include "reports/xlsx/book.h"

/* Reads every sheet of b->path through the layer worker and compares each cell with the book, whose
 * sheets have their tables in `from`. STATUS_ENVIRONMENT at the first difference. */
MUST_CHECK status book_check(const book *b, zygote *z, error *err);

#endif
