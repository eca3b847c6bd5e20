/* Frames of the drawing, and points in them. */
#include "reports/html/screen.h"

#include <math.h>

enum { EPSG_DEGREES = 4326 };
#define MARGIN 120.0
#define INSET 1750.0
#define HEIGHT_LEAST 5000.0
#define HEIGHT_MOST 11500.0
#define DEGREE (3.14159265358979323846 / 180)

typedef struct box {
    double left, top, width, height;
} box;

/* The largest drawing of an extent in a box, centred; degrees are narrowed by the middle latitude.
 */
static void frame_fit(screen_frame *f, bool degrees, const box *in)
{
    const bounds e = f->extent;
    const double narrow = degrees ? cos(DEGREE * (e.y_min + e.y_max) / 2) : 1;
    const double width = fmax((e.x_max - e.x_min) * narrow, 1e-9),
                 height = fmax(e.y_max - e.y_min, 1e-9);
    const double scale = fmin(in->width / width, in->height / height);
    f->scale_x = scale * narrow;
    f->scale_y = scale;
    f->width = width * scale;
    f->height = height * scale;
    f->left = in->left + (in->width - f->width) / 2;
    f->top = in->top + (in->height - f->height) / 2;
}

static double main_height(const bounds *e, bool degrees, double width)
{
    const double narrow = degrees ? cos(DEGREE * (e->y_min + e->y_max) / 2) : 1;
    const double across = fmax((e->x_max - e->x_min) * narrow, 1e-9);
    const double height = width * (e->y_max - e->y_min) / across;
    return fmin(fmax(height, HEIGHT_LEAST), HEIGHT_MOST);
}

void screen_fit(screen *s, const report_model *m)
{
    const bool degrees = m->results->epsg == EPSG_DEGREES;
    s->frame_count = m->region_count > 0 ? m->region_count : 1;
    for (size_t i = 0; i < s->frame_count; i++) {
        s->frames[i] = (screen_frame){.title = "", .extent = {0, 0, 1, 1}};
        if (i < m->region_count && m->regions[i].extent.x_min <= m->regions[i].extent.x_max)
            s->frames[i] =
                (screen_frame){.title = m->regions[i].title, .extent = m->regions[i].extent};
    }
    const size_t insets = s->frame_count - 1;
    const double left = insets > 0 ? INSET + 3 * MARGIN : MARGIN;
    const double width = SCREEN_WIDTH - left - MARGIN;
    const double height = main_height(&s->frames[0].extent, degrees, width);
    const double stack = (double)insets * (INSET + 2 * MARGIN);
    s->height = ceil(fmax(height, stack) + 2 * MARGIN);
    frame_fit(&s->frames[0], degrees, &(box){left, MARGIN, width, s->height - 2 * MARGIN});
    for (size_t i = 0; i < insets; i++) {
        const double top = 2 * MARGIN + (double)i * (INSET + 2 * MARGIN);
        frame_fit(&s->frames[i + 1], degrees, &(box){2 * MARGIN, top, INSET, INSET});
    }
}

size_t screen_frame_at(const screen *s, double x, double y)
{
    for (size_t i = 0; i < s->frame_count; i++) {
        const bounds e = s->frames[i].extent;
        const double dx = (e.x_max - e.x_min) / 50, dy = (e.y_max - e.y_min) / 50;
        if (x >= e.x_min - dx && x <= e.x_max + dx && y >= e.y_min - dy && y <= e.y_max + dy)
            return i;
    }
    return 0;
}

void screen_point(const screen *s, size_t frame, double x, double y, int64_t *px, int64_t *py)
{
    const screen_frame *const f = &s->frames[frame];
    *px = llround(f->left + (x - f->extent.x_min) * f->scale_x);
    *py = llround(f->top + (f->extent.y_max - y) * f->scale_y);
}

void screen_place(const screen *s, double x, double y, int64_t *px, int64_t *py)
{
    screen_point(s, screen_frame_at(s, x, y), x, y, px, py);
}
