/* table/typing.h: a table filled cell by cell by a reader that knows its columns' types (Parquet).
 *
 * The same wanted columns, aliases, ranges and signs as the delimited text: a value that came as a
 * number is checked and kept as a number, a text goes through the reader's rules, and where a text
 * column was wanted a number is written as its exact shortest decimal. One thread. */
#ifndef TABLE_TYPING_H
#define TABLE_TYPING_H

#include "table/reader.h"

typedef struct typing typing;
/* Matches the wanted columns with the headers; a required one that is absent, or one found twice,
 * is refused in `faults_list`, which must outlive it. Texts are borrowed until typing_free. `rows`
 * are made at once, every value missing, row r coming from `file`, number r + 1. */
MUST_CHECK status typing_new(typing **out, const char *file, const char *const *headers,
                             size_t header_count, const wanted_column *wanted, size_t wanted_count,
                             size_t rows, faults *faults_list);
void typing_free(typing *t); /* takes NULL */
/* The columns that were found: column i of the table is header typing_header(t, i) of the file. */
size_t typing_count(const typing *t);
size_t typing_header(const typing *t, size_t i);
/* Values. An unfit one becomes a fault with its row and column (READER_MAX_FAULTS of them are
 * listed); what fails here is memory. */
MUST_CHECK status typing_text(typing *t, size_t i, size_t row, text_slice value, error *err);
MUST_CHECK status typing_f64(typing *t, size_t i, size_t row, double value, error *err);
MUST_CHECK status typing_i64(typing *t, size_t i, size_t row, int64_t value, error *err);
/* The table; refused when there were faults. */
MUST_CHECK status typing_build(typing *t, table **out, error *err);

#endif
