/* geo/vertices.h: numbers for points, so that the same point always has the same number.
 * For this room only. */
#ifndef GEO_VERTICES_H
#define GEO_VERTICES_H

#include "base/error.h"

typedef struct vertices {
    double *x, *y; /* of each number */
    size_t count, capacity;
    double snap; /* 0: equal coordinates; else nearer than this to the first one seen */
    uint32_t *slot;
    size_t slots; /* a power of two */
} vertices;

/* Room for `capacity` points; no more may be added. */
MUST_CHECK status vertices_init(vertices *v, size_t capacity, double snap, error *err);
void vertices_clear(vertices *v);
/* The number of a finite point, a new one when it was not seen. */
uint32_t vertices_add(vertices *v, double x, double y);

#endif
