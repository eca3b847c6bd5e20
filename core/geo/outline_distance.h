/* geo/outline_distance.h: how far a point is from an outline in degrees, and an outline's centre.
 */
#ifndef GEO_OUTLINE_DISTANCE_H
#define GEO_OUTLINE_DISTANCE_H

#include "geo/polygons.h"

/* Km from a point to the nearest border of a row, inside or outside: on the plane that touches the
 * sphere at the point (exact to 0.1 % within 100 km). INFINITY for a row without geometry. */
double outline_distance_km(const polygons *p, size_t row, double lon, double lat);
/* Centre of gravity of a row's area; false without an area. */
bool outline_centre(const polygons *p, size_t row, double *lon, double *lat);

#endif
