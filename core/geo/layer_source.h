/* geo/layer_source.h: the input's bytes, unpacked and put in GDAL's memory file system, so that
 * GDAL opens no path of the machine. For this room only; inside the worker. */
#ifndef GEO_LAYER_SOURCE_H
#define GEO_LAYER_SOURCE_H

#include "base/error.h"

typedef enum layer_format {
    FORMAT_UNKNOWN,
    FORMAT_GEOJSON,
    FORMAT_GPKG,
    FORMAT_SHAPE,
    FORMAT_XLSX,
    FORMAT_ODS,
    FORMAT_PARQUET, /* where this GDAL has its driver: DuckDB comes first (parquet.h) */
    FORMAT_OSM,
} layer_format;

/* By the ending of a name, any case. */
layer_format layer_format_of(const char *name);

/* Of the first layer file of a .zip that holds no delimited text; FORMAT_UNKNOWN when there is none
 * or it cannot be read. */
layer_format layer_source_zip_format(const char *path);
/* The name of the one layer file of a .zip; several are refused, listed. */
MUST_CHECK status layer_source_zip_only(const char *path, char *member, size_t size, error *err);

enum { SOURCE_FILES = 5 }; /* .shp .shx .dbf .prj .cpg */

typedef struct layer_source layer_source;
/* Reads `path` (plain, .gz, or a .zip holding one layer file); JSON is judged by json_scan. */
MUST_CHECK status layer_source_open(layer_source **out, const char *path, faults *faults_list);
void layer_source_close(layer_source *s);
const char *layer_source_path(const layer_source *s); /* "/vsimem/..." */
layer_format layer_source_format(const layer_source *s);
bool layer_source_states_encoding(const layer_source *s); /* a .cpg came with the .dbf */

/* A .json that holds an array of objects: rows, not features. The text is the source's. */
bool layer_source_holds_rows(const layer_source *s);
const char *layer_source_text(const layer_source *s, size_t *size);

#endif
