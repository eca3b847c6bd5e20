/* geo/polygons.h: outlines of places as flat arrays, one multipolygon per row.
 *
 * Row r has parts part_start[r] .. part_start[r+1]; part p has rings ring_start[p] ..
 * ring_start[p+1] (the first is the shell, counter-clockwise; the others are holes, clockwise);
 * ring k has points point_start[k] .. point_start[k+1], closed (first = last). Rows without
 * geometry have no part. */
#ifndef GEO_POLYGONS_H
#define GEO_POLYGONS_H

#include "base/error.h"
#include "base/memory.h"

typedef struct bounds {
    double x_min, y_min, x_max, y_max;
} bounds;

typedef struct polygons {
    size_t rows;
    const uint64_t *part_start;  /* rows + 1 */
    const uint64_t *ring_start;  /* parts + 1 */
    const uint64_t *point_start; /* rings + 1 */
    const double *x, *y;         /* degrees (lon, lat) or metres: the holder says which */
    shared_memory memory;        /* owns the arrays: one position-independent block */
} polygons;

typedef struct polygons_builder polygons_builder;
MUST_CHECK status polygons_builder_new(polygons_builder **out, error *err);
void polygons_builder_free(polygons_builder *b);
/* In this order: row, part, ring, points... The first ring of a part is its shell; rings are closed
 * and turned by polygons_build. */
MUST_CHECK status polygons_builder_row(polygons_builder *b, error *err);
MUST_CHECK status polygons_builder_part(polygons_builder *b, error *err);
MUST_CHECK status polygons_builder_ring(polygons_builder *b, error *err);
MUST_CHECK status polygons_builder_point(polygons_builder *b, double x, double y, error *err);
MUST_CHECK status polygons_build(polygons_builder *b, polygons **out, error *err);
MUST_CHECK status polygons_open(polygons **out, int fd, error *err); /* takes fd on success */
void polygons_free(polygons *p);
MUST_CHECK status polygons_select(const polygons *p, const size_t *rows, size_t count,
                                  polygons **out, error *err);
/* x_min > x_max when there is no point. */
bounds polygons_bounds(const polygons *p, const uint8_t *kept /* NULL: all */);
/* Planar area of one row in squared units of the coordinates, holes subtracted. */
double polygons_area(const polygons *p, size_t row);

/* What is wrong with each outline, and its repair by GEOS MakeValid (structure method): warned with
 * the row's code and the change of area in %. Empty and non-finite ones are refused. codes[r] names
 * row r in messages. */
MUST_CHECK status polygons_repair(const polygons *p, const char *const *codes, const char *file,
                                  polygons **out, faults *faults_list);
/* A point inside each row (GEOS PointOnSurface); rows without geometry: state false. */
MUST_CHECK status polygons_point_on_surface(const polygons *p, double *x, double *y, uint8_t *has,
                                            error *err);
#endif
