/* reports/gpkg/lines.h: coordinates of layers in the CRS of the results. Private to this room. */
#ifndef REPORTS_GPKG_LINES_H
#define REPORTS_GPKG_LINES_H

#include "reports/gpkg/request.h"

/* The ends of the lines of a table: its columns lon_a, lat_a, lon_b, lat_b, else the places whose
 * codes are in its first two text columns. Arrays in `into`; NaN where unknown. */
MUST_CHECK status line_ends_find(const results *r, const result_table *t, arena *into,
                                 gpkg_layer *layer, error *err);
/* Outlines in degrees brought to the CRS of the results. */
MUST_CHECK status outlines_project(const polygons *degrees, int32_t epsg, polygons **out,
                                   error *err);

#endif
