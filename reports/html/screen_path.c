/* SVG path data in whole units, each point told from the one before. */
#include <inttypes.h>

#include "reports/html/screen.h"

typedef struct pen {
    int64_t x, y;
    bool first;
} pen;

static void pen_to(pen *at, int64_t x, int64_t y, text_buffer *out)
{
    if (at->first)
        text_add_format(out, "M%" PRId64 " %" PRId64 "l", x, y);
    else if (x == at->x && y == at->y)
        return;
    else
        text_add_format(out, "%" PRId64 "%s%" PRId64 " ", x - at->x, y - at->y < 0 ? "" : " ",
                        y - at->y);
    *at = (pen){x, y, false};
}

static void path_points(const screen *s, const double *x, const double *y, uint64_t begin,
                        uint64_t end, text_buffer *out)
{
    pen at = {.first = true};
    if (begin == end)
        return;
    const size_t frame = screen_frame_at(s, x[begin], y[begin]);
    for (uint64_t i = begin; i < end; i++) {
        int64_t px = 0, py = 0;
        screen_point(s, frame, x[i], y[i], &px, &py);
        pen_to(&at, px, py, out);
    }
    text_add(out, "0 0");
}

void screen_path_rows(const screen *s, const polygons *p, size_t first, size_t last,
                      text_buffer *out)
{
    const uint64_t begin = p->ring_start[p->part_start[first]],
                   end = p->ring_start[p->part_start[last]];
    for (uint64_t ring = begin; ring < end; ring++) {
        path_points(s, p->x, p->y, p->point_start[ring], p->point_start[ring + 1], out);
        text_add(out, "z");
    }
}

void screen_path_arc(const screen *s, const topology *t, uint32_t arc, text_buffer *out)
{
    path_points(s, t->x, t->y, t->arc_start[arc], t->arc_start[arc + 1], out);
}

void screen_path_dot(int64_t x, int64_t y, text_buffer *out)
{
    text_add_format(out, "M%" PRId64 " %" PRId64 "h0", x, y);
}
