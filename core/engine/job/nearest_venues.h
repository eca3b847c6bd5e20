/* engine/job/nearest_venues.h: the nearest venue of a choice, by straight line. Indexes are
 * kept, one a distinct choice. Any thread. */
#ifndef ENGINE_JOB_NEAREST_VENUES_H
#define ENGINE_JOB_NEAREST_VENUES_H

#include "base/error.h"

typedef struct nearest_venues nearest_venues;
/* Borrows the positions (degrees, NaN: none). */
MUST_CHECK status nearest_venues_new(nearest_venues **out, const double *lon, const double *lat,
                                     size_t count, error *err);
void nearest_venues_free(nearest_venues *n); /* takes NULL */
/* For points [begin, end): the nearest venue with use[v] != 0 and its distance, at index 0 on.
 * BASSIN_OUTSIDE and 0 km where there is none. */
MUST_CHECK status nearest_venues_find(nearest_venues *n, const double *lon, const double *lat,
                                      const uint8_t *use, size_t begin, size_t end, double *km,
                                      uint32_t *venue, error *err);

#endif
