/* geo/geos_work.h: one GEOS context and the way of a row to a GEOS geometry and back.
 * For this room only; one thread at a time. */
#ifndef GEO_GEOS_WORK_H
#define GEO_GEOS_WORK_H

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "geo/polygons.h"

typedef struct geos_work {
    GEOSContextHandle_t handle;
    char said[200]; /* the last message of GEOS, "" when none */
} geos_work;

MUST_CHECK status geos_work_init(geos_work *g, error *err);
void geos_work_clear(geos_work *g);
/* What GEOS said, as an error; forgets it. */
status geos_work_error(geos_work *g, error *err);
static inline bool ring_is_short(const polygons *p, uint64_t ring)
{
    return p->point_start[ring + 1] - p->point_start[ring] < 4;
}
/* The row as a MultiPolygon owned by the caller, NULL on failure. Rings of fewer than four points
 * have no area: they are left out and counted in *left_out (may be NULL). */
MUST_CHECK GEOSGeometry *geos_of_row(geos_work *g, const polygons *p, size_t row, size_t *left_out);
/* Adds every polygon found in `shape` (at any depth) as parts of the builder's current row. */
MUST_CHECK status geos_add_parts(geos_work *g, const GEOSGeometry *shape, polygons_builder *b,
                                 error *err);
#endif
