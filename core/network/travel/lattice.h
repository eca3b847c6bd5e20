/* network/travel/lattice.h: points at equal steps over a territory, each with the node of the
 * network where a trip to it ends and the walk from there, as for places (network/travel/snap.h).
 * Made once a run and a mode, shared by the isochrones of all venues; immutable then, [any thread].
 *
 * Points stand in tiles of 64 x 64. Tiles out of reach of every venue, or farther than
 * NETWORK_REACH_M from every node, and points off the land, are not there. Places are corners of
 * the surface like the lattice's own points, so that a region drawn on it is right about each. */
#ifndef NETWORK_LATTICE_H
#define NETWORK_LATTICE_H

#include "geo/topology.h"
#include "network/travel/snap.h"

enum {
    TILE_SIDE = 64,
    TILE_POINTS = TILE_SIDE * TILE_SIDE,
    LATTICE_TILES_MAX = 1024 /* kept; 4.2 million points */
};
#define LATTICE_NONE UINT32_MAX

/* What it is made for. */
typedef struct lattice_request {
    const snapper *snapper;
    uint32_t node_count;
    int32_t epsg;
    size_t place_count, venue_count;
    const double *place_x, *place_y; /* in `epsg`; NaN: no point */
    const double *venue_x, *venue_y; /* those that are drawn, likewise */
    const snaps *places;
    const topology *land; /* in `epsg`: what lies out of it is in no region; NULL: everything is
                             land */
    double step_m;        /* wanted; a multiple of it is taken where tiles would be too many */
    double reach_m;       /* how far from a venue its regions may come */
    int threads;
    const atomic_int *cancel; /* NULL: never */
} lattice_request;

/* A square with places in it, and the triangles that it is cut into: corners 0 to 3 are its own,
 * counter-clockwise from the lower left, 4 + k its place k. */
typedef struct lattice_square {
    uint32_t tile, local; /* lower left point */
    uint32_t place_first, place_count;
    uint32_t triangle_first, triangle_count;
} lattice_square;

/* Point (i, j) stands at (x + i * step_x, y + j * step_y); distances below are in steps. */
typedef struct lattice {
    double x, y, step_x, step_y, step_m;
    uint32_t tiles_x, tiles_y;
    uint32_t *kept_of_tile; /* tile ty * tiles_x + tx; LATTICE_NONE: not kept */
    uint32_t *tile_of_kept;
    size_t kept_count;
    /* Points of a node, node_start[n] .. node_start[n + 1]: kept tile * TILE_POINTS + local, or,
     * from place_first on, place_first + place. */
    uint32_t *node_start, *point;
    uint16_t *walk_m;
    uint32_t place_first;
    double *place_u, *place_v;                     /* in steps; NaN: none, or out of the lattice */
    lattice_square *squares;                       /* by tile, then local */
    uint32_t *square_place, (*square_triangle)[3]; /* places; corners */
    size_t square_count, square_place_count, triangle_count;
} lattice;

MUST_CHECK status travel_lattice_new(lattice **out, const lattice_request *r, error *err);
void travel_lattice_free(lattice *l);

/* --- lattice_land.c, lattice_squares.c; for this topic only --- */

/* Where each row of the lattice meets the rim of the land. */
typedef struct land_rows {
    size_t rows;
    size_t *start; /* rows + 1 */
    double *x;     /* in steps, ascending in a row */
} land_rows;
MUST_CHECK status land_rows_new(land_rows *out, const topology *land, const lattice *l, error *err);
void land_rows_clear(land_rows *r);
bool land_holds(const land_rows *r, uint32_t i, uint32_t j);
/* Fills place_u to triangle_count. */
MUST_CHECK status lattice_squares_cut(lattice *l, const lattice_request *r, error *err);

#endif
