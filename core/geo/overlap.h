/* geo/overlap.h: how much of a small shape lies in each outline, by GEOS. One thread at a time. */
#ifndef GEO_OVERLAP_H
#define GEO_OVERLAP_H

#include "geo/polygons.h"

typedef struct overlap overlap;
/* `p` must outlive it; a row becomes a GEOS geometry when it is first asked for. */
MUST_CHECK status overlap_new(overlap **out, const polygons *p, error *err);
void overlap_free(overlap *o);
/* Area that the quadrilateral x[4], y[4] (in turn, not closed) shares with a row, in squared units
 * of the coordinates. */
MUST_CHECK status overlap_area(overlap *o, const double *x, const double *y, size_t row,
                               double *area, error *err);
#endif
