/* geo/parquet.h: Parquet files through DuckDB's C interface, in a worker that can be lost.
 *
 * libduckdb.so is looked for at run time: BASSIN_DUCKDB (a file, or the folder that holds it), the
 * library path, then bassin's own lib/bassin folder. It is given one open descriptor of the file,
 * never a name: nothing in a name is read as a pattern, an address or SQL. It installs and loads no
 * extension, opens no other file, and has memory, thread and time limits. Values are typed in the
 * worker and come back as a table in shareable memory. */
#ifndef GEO_PARQUET_H
#define GEO_PARQUET_H

#include "base/worker.h"
#include "table/reader.h"

typedef struct parquet_options {
    const char *path;      /* .parquet, or a .zip that holds one and no other table */
    const char *member;    /* of a .zip; NULL: the only one */
    size_t rows;           /* as parquet_header told them: they bound the table's memory */
    uint64_t memory_bytes; /* for DuckDB's own work; 0: 1 GiB */
} parquet_options;

typedef struct parquet_facts {
    size_t rows;
    uint64_t bytes;   /* of the Parquet file, unpacked */
    char sha256[65];  /* of the file as it lies on disk */
    char library[32]; /* DuckDB's version, "v1.4.2" */
    bool absent;      /* refused without a fault in the list: there is no libduckdb.so */
} parquet_facts;

/* Whether the file's name calls for this reader; a .zip is looked into. */
bool parquet_is_called_for(const char *path);
/* The file's columns, as table_read_header gives them; facts->rows too. */
MUST_CHECK status parquet_header(zygote *z, const parquet_options *options, table **out,
                                 parquet_facts *facts, faults *faults_list);
/* The wanted columns alone are read, in the order of the file's rows; source_row is the row's
 * number, from 1. */
MUST_CHECK status parquet_read(zygote *z, const parquet_options *options,
                               const wanted_column *wanted, size_t wanted_count, table **out,
                               parquet_facts *facts, faults *faults_list);
/* To hand to zygote_start. */
extern const worker_job parquet_job;

#endif
