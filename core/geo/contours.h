/* geo/contours.h: the regions where a surface over triangles is at most a level, as outlines of
 * all levels at once.
 *
 * The surface is linear over each triangle; its values and the levels are whole numbers, and a
 * curve follows level + 1/2, so that no corner is on a curve: the curves of all levels are closed,
 * and none touches itself or another. The region of a level hence lies inside that of any higher
 * one, a corner is inside exactly when its value is at most the level, and thinning keeps all
 * that. */
#ifndef GEO_CONTOURS_H
#define GEO_CONTOURS_H

#include "base/error.h"

enum { CONTOUR_LEVELS_MAX = 32 };

/* A corner of triangles: the same id, place and value wherever it is used. */
typedef struct contour_corner {
    uint64_t id;
    uint32_t value;
    double x, y;
} contour_corner;

/* Used again and again, by one thread at a time. */
typedef struct contours contours;
/* Levels ascending, each once, below UINT32_MAX; at most CONTOUR_LEVELS_MAX. Copied. */
MUST_CHECK status contours_new(contours **out, const uint32_t *levels, size_t count, error *err);
void contours_free(contours *c);
const uint32_t *contours_levels(const contours *c, size_t *count); /* borrowed */
/* Forgets triangles, marks and outlines; keeps the memory. */
void contours_restart(contours *c);
/* Counter-clockwise, no corner twice. Every edge that a curve crosses must be in two triangles. */
MUST_CHECK status contours_triangle(contours *c, const contour_corner *corner, error *err);
/* A point, away from the curves, that stays on its side of each. */
MUST_CHECK status contours_mark(contours *c, double x, double y, error *err);

typedef struct contour_rule {
    double least_area; /* islands and holes under it go, unless a mark is inside */
    double thin_area;  /* a vertex goes while the triangle with its neighbours is under it, the
                          smallest first, unless a vertex or a mark is inside that triangle */
} contour_rule;
/* Squared units of x and y. Both rules leave regions valid, nested and right about every mark. */
MUST_CHECK status contours_draw(contours *c, const contour_rule *rule, error *err);

/* Rings start[i] .. start[i + 1], not closed, by level, then part: a shell (counter-clockwise),
 * then its holes (clockwise). */
typedef struct contour_rings {
    size_t count;
    uint32_t *level; /* index into levels */
    uint8_t *hole;
    size_t *start;
    double *x, *y;
} contour_rings;
/* After contours_draw; borrowed until the next restart. */
const contour_rings *contours_rings(const contours *c);
/* The same, the caller's; none are left. */
contour_rings contours_take(contours *c);
void contour_rings_clear(contour_rings *r);

#endif
