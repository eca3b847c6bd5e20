/* network/travel/surface.h: the time from every point of a lattice to one venue, or to the nearest
 * of several, and the regions within limits drawn on it. One thread at a time. */
#ifndef NETWORK_SURFACE_H
#define NETWORK_SURFACE_H

#include "geo/contours.h"
#include "network/travel/lattice.h"

/* Times by tile, where something is known; everything else is `far`. */
typedef struct surface {
    const lattice *l;
    uint32_t far;
    size_t place_count;
    uint32_t *slot_of_tile; /* of the lattice's tiles; LATTICE_NONE: nothing known */
    uint32_t *tile;         /* of each slot */
    size_t slots, tile_room, value_room;
    uint32_t *value; /* slot * TILE_POINTS + local */
    uint32_t *place_value;
    uint32_t *place; /* those with a value */
    size_t places, place_room;
    uint32_t *drawn; /* tiles to draw */
    size_t drawn_room;
} surface;
/* Borrows the lattice; cleared with surface_clear, also after a failure. */
MUST_CHECK status surface_init(surface *s, const lattice *l, size_t place_count, uint32_t far,
                               error *err);
void surface_clear(surface *s);
void surface_restart(surface *s);
/* A time under `far`, of a point of the lattice or of a place (lattice.place_first + place). */
MUST_CHECK status surface_put(surface *s, uint32_t point, uint32_t time, error *err);
/* The regions within the levels of `c`, in steps. */
MUST_CHECK status surface_draw(surface *s, contours *c, const contour_rule *rule, error *err);

#endif
