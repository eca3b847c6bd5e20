/* reports/maps/canvas.h: a page to draw on: a Cairo context and its own Pango context. One thread.
 */
#ifndef REPORTS_MAPS_CANVAS_H
#define REPORTS_MAPS_CANVAS_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "base/text.h"
#include "reports/maps/layout.h"

typedef struct canvas {
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *text;
    layout *boxes;
    bool vector; /* SVG: large bodies become an embedded image */
} canvas;

/* Pixels a point of the PNG (200 dpi) and of an image embedded in an SVG (300 dpi). */
#define PNG_SCALE (200.0 / 72.0)
#define EMBEDDED_SCALE (300.0 / 72.0)

/* A canvas to measure text on, before the page has a size. */
MUST_CHECK status canvas_measure(canvas *c, layout *boxes, error *err);
MUST_CHECK status canvas_image(canvas *c, double width, double height, double scale, layout *boxes,
                               error *err);
/* The SVG goes to `out`. */
MUST_CHECK status canvas_svg(canvas *c, double width, double height, text_buffer *out,
                             layout *boxes, error *err);
/* Finishes the surface; says what went wrong while drawing. */
MUST_CHECK status canvas_finish(canvas *c, error *err);
void canvas_clear(canvas *c);
/* PNG bytes of an image canvas. */
MUST_CHECK status canvas_png(canvas *c, text_buffer *out, error *err);

void set_colour(cairo_t *cr, uint32_t rgb, double alpha);
/* Lines across the current path, which is kept: `step` points apart, rising or falling. */
void hatch_path(cairo_t *cr, rect extent, double step, double width, bool rising);

typedef enum text_align { TEXT_LEFT = 0, TEXT_CENTRE, TEXT_RIGHT } text_align;
typedef struct text_style {
    double size; /* points */
    bool bold, italic;
    uint32_t colour;
    double halo; /* width of the white outline; 0: none */
    text_align align;
    double wrap;       /* width to wrap at; 0: one line */
    size_t bold_bytes; /* the first word of a line, in bold */
} text_style;
rect text_measure(canvas *c, const char *text, const text_style *style); /* at 0,0 */
rect text_draw(canvas *c, double x, double y, const char *text, const text_style *style);

#endif
