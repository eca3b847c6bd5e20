/* What the locator must equal, point for point: GEOS prepared geometries. */
#ifndef TESTS_GEO_SLOW_LOCATOR_H
#define TESTS_GEO_SLOW_LOCATOR_H

#include "geo/locator.h"

typedef struct slow_locator slow_locator;
MUST_CHECK status slow_locator_new(slow_locator **out, const polygons *p, error *err);
void slow_locator_free(slow_locator *l);
MUST_CHECK status slow_locator_find(slow_locator *l, double x, double y, uint32_t *row, error *err);

#endif
