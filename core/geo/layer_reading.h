/* geo/layer_reading.h: one layer on its way from GDAL to a table and its geometries.
 * For this room only; inside the worker. */
#ifndef GEO_LAYER_READING_H
#define GEO_LAYER_READING_H

#include <ogr_srs_api.h>

#include "geo/gdal_session.h"
#include "geo/layer.h"

typedef struct layer_reading {
    const layer_options *options;
    faults *found;
    gdal_session gdal;
    layer_source *source;
    GDALDatasetH set;
    OGRLayerH from;
    const char *recode; /* the encoding that texts have, NULL: UTF-8 */

    OGRCoordinateTransformationH to_degrees; /* NULL: the file is in EPSG:4326 or says nothing */
    int32_t epsg;

    table_builder *cells;
    uint32_t file;           /* the table's source */
    size_t field_count;      /* of the table */
    int *field;              /* GDAL's field of each */
    const char **field_name; /* for messages; owned by `names` */
    arena *names;

    polygons_builder *outlines;
    polylines_builder *lines;
    double *lon, *lat;
    size_t rows, capacity;
    size_t points, areas, paths, others; /* features of each kind */
    text_buffer fields;                  /* headers, a line of them */

    const char **layers; /* names of the file's layers; owned by `names` */
    size_t layer_count;
    uint64_t header_row; /* of a sheet, 0 */
} layer_reading;

/* Where the geometries are: sets to_degrees and epsg. */
MUST_CHECK status reading_find_crs(layer_reading *r, error *err);
/* The geometry of the feature that became the latest row. Faults are listed; an error is a lack of
 * memory or the like. `number`: 1-based, for messages. */
MUST_CHECK status reading_add_geometry(layer_reading *r, OGRGeometryH shape, uint64_t number,
                                       error *err);
geometry_kind reading_kind(const layer_reading *r);
/* The fields' texts of one feature, as one more row. */
MUST_CHECK status reading_add_cells(layer_reading *r, OGRFeatureH feature, uint64_t number,
                                    error *err);
/* One more column, before any row; `field`: GDAL's. A name taken gets a number. */
MUST_CHECK status reading_add_field(layer_reading *r, int field, const char *name, error *err);
/* Room for so many fields. */
MUST_CHECK status reading_reserve(layer_reading *r, int count, error *err);
/* The rows of a JSON array of objects: a column a key. */
MUST_CHECK status reading_json_rows(layer_reading *r, error *err);
/* The nodes and ways of an OSM PBF file that obey the options' rules. */
MUST_CHECK status reading_osm(layer_reading *r, error *err);
/* Room for one more row of points, which reading_add_geometry makes too. */
MUST_CHECK status reading_add_point(layer_reading *r, double lon, double lat, error *err);
#endif
