/* geo/parquet_wire.h: what goes to the Parquet worker and what comes back. For this room only. */
#ifndef GEO_PARQUET_WIRE_H
#define GEO_PARQUET_WIRE_H

#include "geo/duckdb_library.h"
#include "geo/parquet.h"

/* The request's one descriptor is the Parquet file itself. */
typedef struct parquet_request {
    const char *file; /* for people and provenance */
    duckdb_places places;
    uint64_t memory_bytes;
    const wanted_column *wanted; /* NULL: the header alone */
    size_t wanted_count;
} parquet_request;

typedef struct parquet_reply {
    const faults *found;
    bool absent; /* no library */
    const char *library;
    size_t rows;
    table *made; /* the header or the rows; NULL: refused */
} parquet_reply;

void parquet_request_pack(const parquet_request *request, pack_writer *w);
/* Texts are borrowed from the message, arrays taken from `memory`. */
MUST_CHECK status parquet_request_unpack(const worker_message *m, arena *memory,
                                         parquet_request *out, error *err);
MUST_CHECK status parquet_reply_pack(const parquet_reply *r, worker_reply *out, error *err);
/* An answer that is not believed; takes its descriptor. */
MUST_CHECK status parquet_reply_unpack(worker_answer *a, table **made, parquet_facts *facts,
                                       faults *faults_list, error *err);

#endif
