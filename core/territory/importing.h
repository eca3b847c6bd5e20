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
    wanted_column
        *wanted; /* the importer's columns with the run file's bindings, then its numbers */
    size_t wanted_count;
    arena *memory;
    faults *list;
    recognition *seen; /* what to tell of the file; NULL */
} importing;

/* Fills r->header when the file is Parquet and DuckDB is there; then its rows. */
MUST_CHECK status import_parquet_header(importing *r);
MUST_CHECK status import_parquet_rows(const importing *r, const wanted_column *wanted, size_t count,
                                      imported *out);
/* Texts: signs for "no value" are missing, lost zeros are put back, a broken encoding is told. */
MUST_CHECK status import_texts(const importing *r, imported *in);
enum { LIST_BYTES = 360 };
/* Appends a name to a list of a line, an ellipsis once it is full. */
void list_add(char *list, const char *name);
/* The header that a wanted column takes, and by which alias: exact aliases first, then folded ones;
 * as table_read does. NULL: none. */
const char *header_of(const column *names, size_t count, const wanted_column *w,
                      const char **alias_found);
/* How a header answers an importer. */
typedef struct header_fit {
    bool fits;             /* every required column is there, and a mark where one is needed */
    bool marked;           /* one of the importer's marks is there */
    size_t columns, found; /* of its columns; of the required ones */
} header_fit;
header_fit header_fit_of(const importer *by, const import_request *request, const column *names,
                         size_t count);
/* The importer of the role (NULL: any) that the header calls for; else NULL, and the nearest. */
const importer *header_choose(const importer *const *importers, const import_request *request,
                              const column *names, size_t count, const importer **nearest);
/* Fills what `seen` tells of the header. */
void recognition_see(recognition *seen, const importing *r, const importer *const *importers);

/* What to take out of an OSM extract, and as what: the taxonomy's rules, and the tags that the
 * role's importer wants. Both are texts of r->memory; NULL where there is none. */
MUST_CHECK status import_osm(const importing *r, const importer *const *importers,
                             layer_options *options);

/* Points: converted from the request's CRS to EPSG:4326, taken from the features when no column
 * tells. */
MUST_CHECK status import_points(importing *r, imported *out);
/* Codes of communes, every fault at once. */
MUST_CHECK status import_codes(const importing *r, const imported *in);

#endif
