/* reports/html/screen.h: coordinates of the results as whole units of one drawing, y downwards.
 *
 * The drawing is 10,000 units wide: a sixth of a pixel on a large screen, 0.02 mm on a page. Parts
 * of France that lie apart stand in frames of their own. */
#ifndef REPORTS_HTML_SCREEN_H
#define REPORTS_HTML_SCREEN_H

#include "base/text.h"
#include "reports/model/model.h"

enum { SCREEN_WIDTH = 10000 };

typedef struct screen_frame {
    const char *title;               /* "" when there is only one */
    bounds extent;                   /* in the results' CRS */
    double left, top, width, height; /* of what is drawn, in units */
    double scale_x, scale_y;         /* units per unit of the CRS */
} screen_frame;

typedef struct screen {
    double height;
    screen_frame frames[REGIONS_MAX];
    size_t frame_count;
} screen;

void screen_fit(screen *s, const report_model *m);
/* The frame that holds a point of the results' CRS (the first one when none does). */
size_t screen_frame_at(const screen *s, double x, double y);
void screen_point(const screen *s, size_t frame, double x, double y, int64_t *px, int64_t *py);
void screen_place(const screen *s, double x, double y, int64_t *px, int64_t *py);

/* SVG path data of outlines (rows of `p` from first to last), closed, in relative whole units. */
void screen_path_rows(const screen *s, const polygons *p, size_t first, size_t last,
                      text_buffer *out);
/* Of one arc, open. */
void screen_path_arc(const screen *s, const topology *t, uint32_t arc, text_buffer *out);
/* One dot: "M x y h0", drawn by a round line cap. */
void screen_path_dot(int64_t x, int64_t y, text_buffer *out);

#endif
