/* reports/maps/layout.h: where everything is on a page, recorded while it is drawn, so that tests
 * and the page itself can say that nothing overlaps. Units are points (1/72 inch), y downwards. */
#ifndef REPORTS_MAPS_LAYOUT_H
#define REPORTS_MAPS_LAYOUT_H

#include "base/error.h"

typedef struct rect {
    double x, y, w, h;
} rect;

typedef enum box_kind {
    BOX_TITLE = 1,
    BOX_SUBTITLE,
    BOX_BODY /* the frame of a map */,
    BOX_DATA /* what is drawn in it */,
    BOX_PANEL_TITLE,
    BOX_LABEL,
    BOX_MARKER,
    BOX_LEGEND,
    BOX_SCALE,
    BOX_NORTH,
    BOX_LINES,
    BOX_INSET
} box_kind;

typedef struct box {
    box_kind kind;
    size_t panel;
    rect at;
    const char *text; /* labels; borrowed from the model */
} box;

typedef struct layout {
    double width, height;
    box *boxes;
    size_t count, capacity;
    bool failed; /* out of memory: checked once at the end */
} layout;

void layout_add(layout *l, box_kind kind, size_t panel, rect at, const char *text);
void layout_clear(layout *l);
static inline bool rect_overlap(rect a, rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
static inline bool rect_inside(rect inner, rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

#endif
