/* geo/projection.h: coordinate systems by PROJ, distances on the sphere. */
#ifndef GEO_PROJECTION_H
#define GEO_PROJECTION_H

#include "base/error.h"

#define EARTH_RADIUS_KM 6371.0088 /* IUGG mean radius R1 */

/* Great-circle distance in km (haversine, R = EARTH_RADIUS_KM); degrees in. */
double haversine_km(double lon_a, double lat_a, double lon_b, double lat_b);

typedef struct projection projection; /* one PROJ context: one thread at a time */
/* From EPSG:from to EPSG:to, always in the order easting/longitude, northing/latitude. No network.
 */
MUST_CHECK status projection_new(projection **out, int32_t from_epsg, int32_t to_epsg, error *err);
void projection_free(projection *p);
/* In place; a point that cannot be transformed becomes NaN and is counted in *failed (may be NULL).
 */
MUST_CHECK status projection_apply(projection *p, double *x, double *y, size_t count,
                                   size_t *failed, error *err);
/* The legal projected CRS of a département: 2154 metropole (and 96, the number of synthetic
 * territories); 5490 for 971, 972 (and 977, 978); 2972 for 973; 2975 for 974; 4471 for 976; 4467
 * for 975; 0 unknown. */
int32_t projection_of_departement(const char *code);
/* "Lambert-93 (EPSG:2154)"; "" for one without a name here. */
const char *projection_title(int32_t epsg);

#endif
