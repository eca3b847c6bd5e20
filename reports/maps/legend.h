/* reports/maps/legend.h: the key of a sheet, measured and drawn by the same code. */
#ifndef REPORTS_MAPS_LEGEND_H
#define REPORTS_MAPS_LEGEND_H

#include "reports/maps/body.h"

enum { LEGEND_ITEMS = 96 };

typedef enum legend_kind {
    LEGEND_TITLE = 1,
    LEGEND_CLASS,
    LEGEND_MARKER,
    LEGEND_CIRCLE,
    LEGEND_LINE,
    LEGEND_FLOW,
    LEGEND_TEXT
} legend_kind;

typedef struct legend_item {
    legend_kind kind; /* a title begins a group */
    const char *text;
    const map_class *k;
    marker_shape shape;
    uint32_t colour;
    double size; /* radius, or width of a line */
    bool hollow, dots;
} legend_item;

typedef struct legend {
    legend_item items[LEGEND_ITEMS];
    size_t count;
    arena *memory;
} legend;

MUST_CHECK status legend_build(const report_model *m, const map_sheet *sheet,
                               const border_lines *lines, legend *out, error *err);
void legend_clear(legend *l);
/* Groups go down one column, or side by side in `columns`; returns the height. Draws when `draw`.
 */
typedef enum legend_pass { LEGEND_MEASURE = 0, LEGEND_DRAW } legend_pass;
double legend_lay(canvas *c, const legend *l, rect at, size_t columns, legend_pass pass);

#endif
