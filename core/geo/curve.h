/* geo/curve.h: points in the order of a curve that fills the plane, so that neighbours follow each
 * other. For this room only. */
#ifndef GEO_CURVE_H
#define GEO_CURVE_H

#include "geo/polygons.h"

/* *out: the points' indices along a Z-order curve over `box` (points outside, or without finite
 * coordinates, are taken to its edge), ties by index; the caller frees it. */
MUST_CHECK status curve_order(uint32_t **out, const double *x, const double *y, size_t count,
                              const bounds *box, int threads, error *err);

#endif
