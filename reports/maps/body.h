/* reports/maps/body.h: the map itself: outlines or points in their class colours, borders, markers.
 */
#ifndef REPORTS_MAPS_BODY_H
#define REPORTS_MAPS_BODY_H

#include "reports/maps/canvas.h"
#include "reports/maps/frame.h"

/* Above this many outlines, their own borders would cover the colours: only those of groups are
 * drawn, and the body of an SVG is an image. */
enum { OUTLINES_MANY = 3000 };

/* Cells too have no borders of their own. */
bool outlines_crowd(const report_model *m);
/* Land where nobody lives, under cells. */
enum { LAND_COLOUR = 0xf6f4ec };

/* Lines to draw, found once for every sheet. */
typedef struct border_lines {
    const uint32_t *epci, *departement; /* arcs of the land's borders between two groups */
    size_t epci_count, departement_count;
    const char *epci_title, *departement_title;
    arena *memory;
} border_lines;
MUST_CHECK status border_lines_find(const report_model *m, border_lines *out, error *err);
void border_lines_clear(border_lines *b);

/* How places are filled. */
typedef struct body_style {
    const map_panel *panel; /* NULL: all places in `plain` */
    const map_panel *bands; /* of SHEET_REACH: drawn over places, under borders; else NULL */
    uint32_t plain;
    double thin; /* factor on the widths of borders: under 1 on small maps */
} body_style;
MUST_CHECK status body_fill(canvas *c, const report_model *m, const border_lines *lines,
                            const frame *f, const body_style *style, error *err);

/* One filled swatch of a legend, or a place. */
void class_fill(cairo_t *cr, const map_class *k, rect extent, double density);

/* Of a place drawn as a point. */
uint32_t dot_colour(const map_class *k);

void marker_draw(cairo_t *cr, marker_shape shape, double x, double y, double radius,
                 uint32_t colour);
/* A size that keeps `count` markers apart on a page. */
double marker_radius(size_t count);

#endif
