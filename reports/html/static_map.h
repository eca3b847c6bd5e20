/* reports/html/static_map.h: maps as SVG inside the page, for paper and where no script runs. */
#ifndef REPORTS_HTML_STATIC_MAP_H
#define REPORTS_HTML_STATIC_MAP_H

#include "reports/html/page.h"

/* Hatchings, the land and the borders, once: each map refers to them. */
MUST_CHECK status put_shared_shapes(page *p, error *err);
/* One <svg>: a panel of a sheet (NULL: the land alone), with the sheet's venues or flows. Small
 * ones have no names of towns. */
MUST_CHECK status put_static_map(page *p, const map_sheet *sheet, const map_panel *panel,
                                 bool is_small, error *err);
/* The swatch of a class or of a family of venues, as an inline <svg>. */
void put_class_swatch(page *p, const map_class *c);
void put_family_swatch(page *p, const venue_family *f);
/* Path data of a marker of a radius around a point. */
void marker_path(marker_shape shape, double x, double y, double radius, text_buffer *out);

/* A grouping whose limits help to find one's way: EPCIs, else départements or regions; NULL when
 * none has between 2 and 150 groups. */
const result_level *guiding_level(const page *p);

#endif
