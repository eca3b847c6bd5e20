/* geo/polygons_block.h: how outlines lie in their block. For this room only. */
#ifndef GEO_POLYGONS_BLOCK_H
#define GEO_POLYGONS_BLOCK_H

#include "geo/polygons.h"

#define POLYGONS_MAGIC UINT64_C(0x31304e4759504f4c) /* "LOPYGN01" */

typedef struct polygons_header {
    uint64_t magic, rows, parts, rings, points;
} polygons_header;

typedef struct polygons_arrays {
    uint64_t *part_start, *ring_start, *point_start;
    double *x, *y;
} polygons_arrays;

/* A block of the sizes in `h`, zeroed and writable through `arrays` until it is frozen. */
MUST_CHECK status polygons_block_new(polygons **out, polygons_header h, polygons_arrays *arrays,
                                     error *err);
MUST_CHECK status polygons_block_freeze(polygons *p, error *err);
/* Counter-clockwise is positive; the ring is closed (first = last) or taken so. */
double ring_signed_area(const double *x, const double *y, size_t count);

#endif
