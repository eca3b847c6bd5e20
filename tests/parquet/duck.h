/* DuckDB as the writer of the tests' Parquet files, and a fixture that imports them. */
#ifndef TEST_PARQUET_DUCK_H
#define TEST_PARQUET_DUCK_H

#include "../unit/territory/files.h"

#include "geo/duckdb_library.h"

typedef struct duck {
    fixture *files;
    duckdb_library api;
    void *database, *connection;
} duck;

/* Where the tests' library lies: BASSIN_DUCKDB, else what tests/parquet/get brought. False: there
 * is none, and it says so. Call before duck_open. */
bool duck_is_here(void);
int duck_open(void **state);
int duck_close(void **state);

/* Runs SQL of the test; $F in it is the fixture's folder. */
void duck_run(duck *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Imports a file of the folder, which must be good. */
imported duck_import(duck *d, const char *role, const char *name);
/* Imports a file of the folder, which must be refused with this text. */
void duck_refused(duck *d, const char *role, const char *name, const char *text);
/* Reads every wanted column of a file. */
status duck_read(duck *d, const char *name, const wanted_column *wanted, size_t count,
                 uint64_t memory_bytes, table **out);
void duck_path(const duck *d, const char *name, char *path, size_t size);

/* Both tables hold the same columns, bit for bit, and row r of `text` is one line below row r of
 * `parquet`, for its header. */
void assert_same_table(const table *text, const table *parquet);

#endif
