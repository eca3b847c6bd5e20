/* geo/contours_work.h: curves in the making. For this topic only. */
#ifndef GEO_CONTOURS_WORK_H
#define GEO_CONTOURS_WORK_H

#include "base/arrays.h"
#include "geo/contours.h"

#define POINT_NONE UINT32_MAX

/* Where a level crosses the edge between two corners, lower id first. */
typedef struct crossing_key {
    uint64_t a, b;
    uint32_t level, point; /* point + 1; 0: an empty slot */
} crossing_key;

/* Points: crossings, in the order found; once linked, ring by ring. */
struct contours {
    uint32_t level[CONTOUR_LEVELS_MAX];
    size_t level_count;
    double *x, *y;
    uint32_t *next;
    uint8_t *level_of;
    size_t count, x_room, y_room, next_room, level_room;
    crossing_key *slot;
    size_t slots; /* a power of two */
    double *mark_x, *mark_y;
    size_t mark_count, mark_x_room, mark_y_room;
    contour_rings rings; /* what is found, then what is handed out */
};

/* Points of ring r of `rings` are start[r] .. start[r + 1]. */
MUST_CHECK status contours_link(contours *c, contour_rings *rings, error *err);
MUST_CHECK status contour_rings_new(contour_rings *r, size_t rings, size_t points, error *err);
/* Shoelace, positive when counter-clockwise. */
double contour_ring_area(const contour_rings *r, size_t ring);
/* Drops small rings without a mark. */
MUST_CHECK status contours_drop(const contours *c, contour_rings *rings, double least_area,
                                error *err);
MUST_CHECK status contours_thin(const contours *c, contour_rings *rings, double thin_area,
                                error *err);
/* Orders rings by level and part. */
MUST_CHECK status contours_nest(contour_rings *rings, error *err);

#endif
