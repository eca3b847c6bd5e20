/* geo/layer.h: XLSX, GeoPackage, GeoJSON, shapefile, ODS through GDAL; JSON arrays of objects;
 * OSM PBF by tag; all in a worker that can be lost.
 *
 * The worker registers the one driver that the file's name calls for, never follows a link to
 * another file, has memory and time limits, and replies with a table of texts and the geometries.
 */
#ifndef GEO_LAYER_H
#define GEO_LAYER_H

#include "base/worker.h"
#include "geo/polylines.h"
#include "geo/polygons.h"
#include "table/table.h"

typedef enum geometry_kind {
    GEOMETRY_NONE,
    GEOMETRY_POINT,
    GEOMETRY_POLYGON,
    GEOMETRY_LINE, /* and multilines; heights are left out */
    GEOMETRY_OTHER
} geometry_kind;

enum { LAYERS_MAX = 1024 }; /* names kept of one file */

typedef struct layer {
    table *cells; /* one text column per field under its own name; source_row = feature number
                     (XLSX: the sheet's row number) */
    geometry_kind kind;
    polygons *outlines; /* GEOMETRY_POLYGON: row for row with cells, else NULL; lon/lat degrees */
    polylines *lines;   /* GEOMETRY_LINE: the same */
    double *lon, *lat;  /* GEOMETRY_POINT: NaN where the feature has none; else NULL */
    int32_t epsg; /* of the file, 0 unknown (then taken as 4326); coordinates are given in 4326 */
    char sha256[65];
    char *name;   /* of the layer or sheet that was read */
    char *fields; /* "ID, NATURE, …": headers of the layer, also those not read; a line of them */
    char **layers; /* of every layer or sheet of the file, in its order */
    size_t layer_count;
    uint64_t header_row; /* XLSX/ODS: 1-based; else 0 */
} layer;

typedef struct layer_options {
    const char *path; /* .geojson(.gz) .json(.gz) .gpkg .shp .xlsx .ods, or a .zip holding one */
    const char *name; /* layer or sheet; NULL: the first */
    /* Names between bars, without regard to case: the layer to take where `name` is NULL and the
     * file has it; the only columns to bring (NULL: all). A file of which only some columns are
     * brought may be large: the worker's limits grow with it. */
    const char *prefer, *only;
    /* .pbf: which nodes and ways ("amenity=library|office=coworking", core/osm/features.h), and the
     * tags to bring, between commas; no other tag is read. Columns: @id ("node/12"), @rules (the
     * numbers of the rules obeyed), then the tags; a way stands at its centre. */
    const char *osm_rules, *osm_keys;
    int threads;         /* .pbf: 0 means 1 */
    uint32_t header_row; /* XLSX/ODS: 1-based row of the header; 0: detected (first row whose cells
                            are all filled up to the table's width: quirk 41) */
} layer_options;

MUST_CHECK status layer_read(zygote *z, const layer_options *options, layer **out,
                             faults *faults_list);
void layer_free(layer *l);
/* Whether the file's name calls for this reader (else table_read does). A .zip is looked into: it
 * does when it holds a layer file and no delimited text. */
bool layer_is_called_for(const char *path);
/* To hand to zygote_start. */
extern const worker_job layer_job;

#endif
