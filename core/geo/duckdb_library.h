/* geo/duckdb_library.h: DuckDB's C interface, found and bound at run time. For this room only;
 * inside the worker.
 *
 * Only functions of the interface that DuckDB keeps stable, under their own names; see
 * duckdb.org/docs/stable/clients/c. */
#ifndef GEO_DUCKDB_LIBRARY_H
#define GEO_DUCKDB_LIBRARY_H

#include <assert.h>

#include "base/error.h"

/* The two structs that cross the border by value, as the interface lays them out. */
typedef struct duckdb_answer {
    uint64_t reserved[3];
    void *unused[2];
    void *inner;
} duckdb_answer;
static_assert(sizeof(duckdb_answer) == 48, "layout of DuckDB's result");

enum { DUCKDB_INLINE_BYTES = 12 };
typedef struct duckdb_text {
    uint32_t size;
    union {
        char inlined[DUCKDB_INLINE_BYTES];
        struct {
            char prefix[4];
            unsigned char at[8]; /* a pointer; the union is aligned on 4 bytes only */
        } apart;
    } as;
} duckdb_text;
static_assert(sizeof(duckdb_text) == 16, "layout of DuckDB's strings");

/* DuckDB's numbers of its types. */
enum {
    DUCKDB_BOOLEAN = 1,
    DUCKDB_INT8 = 2,
    DUCKDB_INT16 = 3,
    DUCKDB_INT32 = 4,
    DUCKDB_INT64 = 5,
    DUCKDB_UINT8 = 6,
    DUCKDB_UINT16 = 7,
    DUCKDB_UINT32 = 8,
    DUCKDB_UINT64 = 9,
    DUCKDB_FLOAT = 10,
    DUCKDB_DOUBLE = 11,
    DUCKDB_TIMESTAMP = 12,
    DUCKDB_DATE = 13,
    DUCKDB_TIME = 14,
    DUCKDB_INT128 = 16,
    DUCKDB_VARCHAR = 17,
    DUCKDB_DECIMAL = 19,
    DUCKDB_TIMESTAMP_S = 20,
    DUCKDB_TIMESTAMP_MS = 21,
    DUCKDB_TIMESTAMP_NS = 22,
    DUCKDB_ENUM = 23,
    DUCKDB_UUID = 27,
    DUCKDB_TIMESTAMP_TZ = 31,
    DUCKDB_UINT128 = 32,
};

/* Each function as duckdb_<member> of the interface; 0 is success. */
typedef struct duckdb_library {
    const char *(*library_version)(void);
    int (*create_config)(void **config);
    int (*set_config)(void *config, const char *name, const char *value);
    void (*destroy_config)(void **config);
    int (*open_ext)(const char *path, void **database, void *config, char **why);
    void (*close)(void **database);
    int (*connect)(void *database, void **connection);
    void (*disconnect)(void **connection);
    int (*query)(void *connection, const char *sql, duckdb_answer *out);
    int (*prepare)(void *connection, const char *sql, void **statement);
    const char *(*prepare_error)(void *statement);
    void (*destroy_prepare)(void **statement);
    int (*execute_prepared_streaming)(void *statement, duckdb_answer *out);
    const char *(*result_error)(duckdb_answer *answer);
    void (*destroy_result)(duckdb_answer *answer);
    uint64_t (*column_count)(duckdb_answer *answer);
    const char *(*column_name)(duckdb_answer *answer, uint64_t column);
    int (*column_type)(duckdb_answer *answer, uint64_t column);
    void *(*fetch_chunk)(duckdb_answer answer);
    void (*destroy_data_chunk)(void **chunk);
    uint64_t (*data_chunk_get_size)(void *chunk);
    void *(*data_chunk_get_vector)(void *chunk, uint64_t column);
    void *(*vector_get_data)(void *vector);
    uint64_t *(*vector_get_validity)(void *vector);
    void (*free)(void *bytes);
} duckdb_library;

/* Where to look; texts come from the program, which reads its environment. */
typedef struct duckdb_places {
    const char *told;   /* BASSIN_DUCKDB: this file or folder and nothing else; NULL: not set */
    const char *folder; /* bassin's own; NULL: none */
} duckdb_places;

/* *found is false, with STATUS_OK, when there is none anywhere. A library that was told and does
 * not load, or that lacks a function, is refused. It stays loaded. */
MUST_CHECK status duckdb_library_load(duckdb_library *out, const duckdb_places *places, bool *found,
                                      error *err);

#endif
