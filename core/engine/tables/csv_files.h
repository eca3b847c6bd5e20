/* engine/tables/csv_files.h: the CSV files of a job's folder, written and read strictly. Private to
 * the floor.
 *
 * Comma, point, UTF-8, a heading, LF; a text that holds a comma, a quote or a line end is quoted.
 * Exact numbers. What is not there is an empty cell. */
#ifndef ENGINE_TABLES_CSV_FILES_H
#define ENGINE_TABLES_CSV_FILES_H

#include <stdatomic.h>

#include "table/reader.h"

/* A file being written, row by row; one thread. The first failure stays until csv_close. */
typedef struct csv_file {
    int fd;
    int cause; /* errno; 0: none */
    const char *path;
    const atomic_int *cancel; /* NULL: none; once it is not 0 nothing more is written */
    text_buffer text;
    bool inside; /* a row */
} csv_file;
/* A new file; `path` and `cancel` are borrowed until csv_close. */
void csv_open(csv_file *w, const char *path, const atomic_int *cancel);
void csv_text(csv_file *w, const char *text); /* NULL: empty */
void csv_f64(csv_file *w, double value);      /* NaN: empty */
void csv_i64(csv_file *w, int64_t value);
void csv_end_row(csv_file *w);
/* STATUS_INTERRUPTED when it was cancelled. */
MUST_CHECK status csv_close(csv_file *w, error *err);

/* Reads a whole file. Refuses a column that is not wanted, with the one that is perhaps meant; a
 * link, a pipe, or anything else that is no plain file. *out NULL: refused, or absent where
 * `optional`. Every fault at its line. */
typedef struct csv_wanted {
    const char *path;
    const wanted_column *columns;
    size_t count;
    bool optional;
} csv_wanted;
MUST_CHECK status csv_read(const csv_wanted *wanted, table **out, faults *faults_list);

/* A wanted column that is not there gives NULL. */
static inline bool csv_present(const column *c, size_t row)
{
    return c != NULL && column_state(c, row) == VALUE_PRESENT;
}
/* Any number as a double; NaN where there is none. */
double csv_number(const column *c, size_t row);

#endif
