/* geo/parquet_rows.h: DuckDB's chunks to typed cells. For this room only; inside the worker. */
#ifndef GEO_PARQUET_ROWS_H
#define GEO_PARQUET_ROWS_H

#include "base/text.h"
#include "geo/parquet_session.h"
#include "table/typing.h"

/* The columns of the file. */
typedef struct parquet_columns {
    const char **names;
    int *types; /* DuckDB's */
    size_t count;
} parquet_columns;

/* Reads the columns that `to` wants, all `rows` of them. A type that is no value (a list, a
 * structure) is refused in `found`. */
MUST_CHECK status parquet_rows_read(const parquet_session *s, const parquet_columns *columns,
                                    size_t rows, typing *to, faults *found, error *err);

#endif
