/* reports/gpkg/styles.h: how QGIS shows each layer, from the report model. Private to this room. */
#ifndef REPORTS_GPKG_STYLES_H
#define REPORTS_GPKG_STYLES_H

#include "reports/gpkg/request.h"
#include "reports/model/model.h"

/* Styles of all layers, in `into`; the first of a layer is its default. `communes`: the model by
 * commune where places are cells, else NULL. */
MUST_CHECK status styles_build(const report_model *m, const report_model *communes, arena *into,
                               const gpkg_style **out, size_t *count, error *err);

#endif
