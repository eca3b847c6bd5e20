/* geo/locator.h: which outline holds a point, and which point is nearest. Immutable once built. */
#ifndef GEO_LOCATOR_H
#define GEO_LOCATOR_H

#include "geo/polygons.h"

#define LOCATED_NOWHERE UINT32_MAX

/* Indexed point-in-polygon. The row is the lowest one that GEOS prepared geometries would find
 * (PreparedIntersects): a point on a border or a vertex is in, so that a shared border belongs to
 * the lowest row. `p` must outlive it. */
typedef struct locator locator;
MUST_CHECK status locator_new(locator **out, const polygons *p, error *err);
void locator_free(locator *l);
/* One thread at a time (a GEOS context inside). */
MUST_CHECK status locator_find(locator *l, double x, double y, uint32_t *row, error *err);
/* The row of each point, LOCATED_NOWHERE where there is none: the points are taken along a curve,
 * in blocks, on `threads` (0: as many as the machine gives). */
MUST_CHECK status locator_find_all(const locator *l, const double *x, const double *y, size_t count,
                                   int threads, uint32_t *rows, error *err);

/* Nearest points on the sphere: a k-d tree over unit vectors; distances by haversine, ties by
 * index. [any thread] once built. `use` (may be NULL): only points with use[i] != 0; one of those
 * without finite coordinates is refused. The index copies what it needs. */
typedef struct nearest_index nearest_index;
MUST_CHECK status nearest_index_new(nearest_index **out, const double *lon, const double *lat,
                                    const uint8_t *use, size_t count, error *err);
void nearest_index_free(nearest_index *x);
/* Index of the nearest point, LOCATED_NOWHERE when the index is empty; *km its distance. */
uint32_t nearest_find(const nearest_index *x, double lon, double lat, double *km);
/* Every point within `km` (inclusive), ascending index; writes at most `capacity` (the lowest
 * indices), returns the whole count. out_km may be NULL. */
size_t nearest_within(const nearest_index *x, double lon, double lat, double km, uint32_t *out,
                      double *out_km, size_t capacity);
#endif
