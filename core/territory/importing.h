/* territory/importing.h: one file on its way to a canonical table. For this room only. */
#ifndef TERRITORY_IMPORTING_H
#define TERRITORY_IMPORTING_H

#include "territory/importer.h"

/* What one import needs, until it is done. */
typedef struct importing {
    const import_request *request;
    const importer *by;
    layer *source; /* GDAL formats; NULL for text and Parquet */
    bool parquet;  /* read by DuckDB; it has `parquet_rows` */
    size_t parquet_rows;
    table *header; /* text column "name": the file's headers */
    const column *names;
    wanted_column *wanted; /* the importer's columns with the run file's bindings */
    arena *memory;
    faults *list;
} importing;

/* Fills r->header when the file is Parquet and DuckDB is there; then its rows. */
MUST_CHECK status import_parquet_header(importing *r);
MUST_CHECK status import_parquet_rows(const importing *r, const wanted_column *wanted, size_t count,
                                      imported *out);
/* Texts: signs for "no value" are missing, lost zeros are put back, a broken encoding is told. */
MUST_CHECK status import_texts(const importing *r, imported *in);
/* Points: converted from the request's CRS to EPSG:4326, taken from the features when no column
 * tells. */
MUST_CHECK status import_points(importing *r, imported *out);
/* Codes of communes, every fault at once. */
MUST_CHECK status import_codes(const importing *r, const imported *in);

#endif
