/* reports/maps/overlay.h: what lies on top of a map: venues, flows, names. Each records its boxes.
 */
#ifndef REPORTS_MAPS_OVERLAY_H
#define REPORTS_MAPS_OVERLAY_H

#include "reports/maps/body.h"

typedef struct overlay {
    canvas *c;
    const report_model *m;
    const map_sheet *sheet;
    const map_panel *panel; /* NULL: none */
    size_t panel_index;
    const frame *frame;
    size_t label_limit;
    double label_size; /* points; the largest towns are a little larger */
} overlay;

MUST_CHECK status overlay_draw(const overlay *o, error *err);

/* Colour of venues that are all alike, seen on every class of the palette. */
uint32_t plain_marker_colour(palette_id palette);
/* Radius of a venue whose value fills a circle in proportion; `largest` has the largest radius. */
double value_radius(double value, double largest);
double panel_largest(const map_panel *p);
/* Width of a flow line, in proportion to its workers. */
double flow_width(double workers, double largest);
void flow_draw(cairo_t *cr, double xa, double ya, double xb, double yb, double width);

#endif
