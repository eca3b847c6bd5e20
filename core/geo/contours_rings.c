/* From crossings to rings, and which of them stay. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/contours_work.h"

void contour_rings_clear(contour_rings *r)
{
    memory_free(r->level);
    memory_free(r->hole);
    memory_free(r->start);
    memory_free(r->x);
    memory_free(r->y);
    *r = (contour_rings){0};
}

status contour_rings_new(contour_rings *r, size_t rings, size_t points, error *err)
{
    *r = (contour_rings){.level = memory_new(rings, sizeof *r->level),
                         .hole = memory_new(rings, 1),
                         .start = memory_new(rings + 1, sizeof *r->start),
                         .x = memory_new(points, sizeof *r->x),
                         .y = memory_new(points, sizeof *r->y)};
    if (r->level && r->hole && r->start && r->x && r->y)
        return STATUS_OK;
    contour_rings_clear(r);
    return memory_error(err, points * 2 * sizeof *r->x);
}

double contour_ring_area(const contour_rings *r, size_t ring)
{
    const size_t first = r->start[ring], end = r->start[ring + 1];
    double twice = 0;
    for (size_t i = first; i < end; i++) {
        const size_t after = i + 1 < end ? i + 1 : first;
        twice += (r->x[i] - r->x[first]) * (r->y[after] - r->y[first]) -
                 (r->x[after] - r->x[first]) * (r->y[i] - r->y[first]);
    }
    return twice / 2;
}

/* --- linking --- */

static size_t rings_count(const contours *c, uint8_t *seen)
{
    size_t rings = 0;
    for (size_t i = 0; i < c->count; i++) {
        rings += !seen[i];
        for (uint32_t p = (uint32_t)i; !seen[p]; p = c->next[p]) {
            assert(c->next[p] != POINT_NONE); /* an edge that only one triangle has */
            seen[p] = 1;
        }
    }
    return rings;
}

status contours_link(contours *c, contour_rings *rings, error *err)
{
    uint8_t *seen = memory_new(c->count, 1);
    if (!seen)
        return memory_error(err, c->count);
    status s = contour_rings_new(rings, rings_count(c, seen), c->count, err);
    memset(seen, 0, c->count);
    size_t done = 0;
    for (size_t i = 0; i < c->count && s == STATUS_OK; i++) {
        if (seen[i])
            continue;
        rings->level[rings->count] = c->level_of[i];
        for (uint32_t p = (uint32_t)i; !seen[p]; p = c->next[p]) {
            seen[p] = 1;
            rings->x[done] = c->x[p];
            rings->y[done++] = c->y[p];
        }
        rings->start[++rings->count] = done;
    }
    for (size_t r = 0; r < rings->count; r++)
        rings->hole[r] = contour_ring_area(rings, r) < 0;
    memory_free(seen);
    return s;
}

/* --- small rings --- */

static bool ring_holds(const contour_rings *r, size_t ring, double x, double y)
{
    const size_t first = r->start[ring], end = r->start[ring + 1];
    bool inside = false;
    for (size_t i = first, before = end - 1; i < end; before = i++) {
        const double xa = r->x[before], ya = r->y[before], xb = r->x[i], yb = r->y[i];
        if ((ya > y) != (yb > y) && x < xa + (y - ya) * (xb - xa) / (yb - ya))
            inside = !inside;
    }
    return inside;
}

static int by_value(const void *a, const void *b)
{
    const double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

typedef struct mark {
    double x, y;
} mark;

/* Marks by x; which are within a ring's width is then a binary search. */
static mark *marks_by_x(const contours *c)
{
    mark *marks = memory_new(c->mark_count, sizeof *marks);
    for (size_t i = 0; marks && i < c->mark_count; i++)
        marks[i] = (mark){c->mark_x[i], c->mark_y[i]};
    if (marks)
        qsort(marks, c->mark_count, sizeof *marks, by_value); /* x comes first */
    return marks;
}

static bool has_mark(const contour_rings *r, size_t ring, const mark *marks, size_t count)
{
    double x_min = INFINITY, x_max = -INFINITY;
    size_t low = 0, high = count;
    for (size_t i = r->start[ring]; i < r->start[ring + 1]; i++) {
        x_min = fmin(x_min, r->x[i]);
        x_max = fmax(x_max, r->x[i]);
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (marks[middle].x < x_min)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < count && marks[i].x <= x_max; i++)
        if (ring_holds(r, ring, marks[i].x, marks[i].y))
            return true;
    return false;
}

/* What lies in a ring that goes is smaller, and without a mark: it goes too, so that the levels
 * stay nested. */
status contours_drop(const contours *c, contour_rings *rings, double least_area, error *err)
{
    mark *marks = marks_by_x(c);
    if (!marks)
        return memory_error(err, c->mark_count * sizeof *marks);
    size_t kept = 0, done = 0;
    for (size_t r = 0; r < rings->count; r++) {
        const size_t first = rings->start[r], count = rings->start[r + 1] - first;
        if (fabs(contour_ring_area(rings, r)) < least_area &&
            !has_mark(rings, r, marks, c->mark_count))
            continue;
        memmove(rings->x + done, rings->x + first, count * sizeof *rings->x);
        memmove(rings->y + done, rings->y + first, count * sizeof *rings->y);
        rings->level[kept] = rings->level[r];
        rings->hole[kept] = rings->hole[r];
        rings->start[kept++] = done;
        done += count;
    }
    rings->count = kept;
    rings->start[kept] = done;
    memory_free(marks);
    return STATUS_OK;
}
