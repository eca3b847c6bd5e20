/* reports/gpkg/layers.h: the worker's half: one file through GDAL. Private to this room. */
#ifndef REPORTS_GPKG_LAYERS_H
#define REPORTS_GPKG_LAYERS_H

#include <gdal.h>
#include <ogr_srs_api.h>

#include "geo/gdal_session.h"
#include "reports/gpkg/request.h"

typedef struct gpkg_file {
    gdal_session gdal;
    GDALDatasetH set;
    OGRSpatialReferenceH crs;
    language lang;
} gpkg_file;

MUST_CHECK status gpkg_layer_write(gpkg_file *f, const gpkg_layer *l, const parcel_content *things,
                                   error *err);
MUST_CHECK status gpkg_run_write(gpkg_file *f, const gpkg_pair *pairs, size_t count, error *err);
MUST_CHECK status gpkg_styles_write(gpkg_file *f, const gpkg_request *q, error *err);
/* GDAL's first complaint, "?" when it made none. */
const char *gpkg_complaint(const gpkg_file *f);

/* After GDAL has closed the file: titles of the fields (gpkg_data_columns), then every layer's rows
 * counted again. */
MUST_CHECK status gpkg_schema_write(const char *path, const gpkg_request *q,
                                    const parcel_content *things, error *err);

#endif
