/* geo/parquet_session.h: one Parquet file opened by DuckDB, in a database in memory that can read
 * this file and nothing else. For this room only; inside the worker. */
#ifndef GEO_PARQUET_SESSION_H
#define GEO_PARQUET_SESSION_H

#include "geo/duckdb_library.h"

typedef struct parquet_session {
    const duckdb_library *api;
    const char *file; /* for people */
    char path[48];    /* for DuckDB: "/proc/self/fd/7" */
    void *database, *connection;
} parquet_session;

MUST_CHECK status parquet_session_open(parquet_session *s, const duckdb_library *api, int fd,
                                       const char *file, uint64_t memory_bytes, error *err);
void parquet_session_close(parquet_session *s);

/* A query whose rows are fetched as they come. */
typedef struct parquet_query {
    const parquet_session *session;
    void *statement;
    duckdb_answer answer;
    void *chunk;
} parquet_query;
MUST_CHECK status parquet_query_start(parquet_query *q, const parquet_session *s, const char *sql,
                                      error *err);
/* The next rows, *count of them (a chunk lives until the next call); 0 at the end. */
MUST_CHECK status parquet_query_next(parquet_query *q, size_t *count, error *err);
void parquet_query_end(parquet_query *q);

#endif
