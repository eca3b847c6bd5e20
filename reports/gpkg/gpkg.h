/* reports/gpkg/gpkg.h: results.gpkg, the results as layers that open in QGIS already styled.
 *
 * Layers: places (outlines, or points without them), venues, flows (lines), sets of places such as
 * catchments and gaps (outlines), `run` (key, value), and every other table without geometry; in
 * the CRS of the results. Field names are column names, their titles are in gpkg_data_columns; a
 * value that is not present is NULL. The file is written by a worker: GDAL crashes when memory runs
 * out. */
#ifndef REPORTS_GPKG_H
#define REPORTS_GPKG_H

#include "engine/results/results.h"

extern const report_writer gpkg_writer;
/* To hand to zygote_start. */
extern const worker_job gpkg_job;

#endif
