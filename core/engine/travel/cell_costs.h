/* engine/travel/cell_costs.h: where places are cells, what communes need of them: costs as
 * population-weighted means (DESIGN.md section 5, docs/decisions/023), and the cell of each venue.
 * Private to the room. */
#ifndef ENGINE_CELL_COSTS_H
#define ENGINE_CELL_COSTS_H

#include "network/travel/cost_rows.h"
#include "territory/venues.h"

/* The cell that stands for each venue: of the cells of its commune the one nearest to it; where the
 * commune has none, the nearest of all that are kept, or in the margin, as the commune is.
 * PLACE_NONE for a venue without a commune or a point. Taken from `memory`. */
MUST_CHECK status venue_cells(const territory *cells, const venues *v, arena *memory,
                              uint32_t **out, error *err);

/* d(o,v): the mean over the cells from which v is within the limit, where these hold at least half
 * of the inhabitants of the commune who have a path to the network; else v is beyond its limit. */
MUST_CHECK status commune_costs(const territory *cells, const travel_mode *mode,
                                const costs *of_cells, int threads, costs **out, error *err);

/* Points that stand for the cells of each commune: all of them, or, above `most`, one for each of
 * `most` groups of equal population along a Morton curve: the cell nearest to the group's mean. */
typedef struct cell_points {
    const uint64_t *start; /* by commune */
    const uint32_t *cell;
    const double *weight;   /* inhabitants it stands for; 1 each where nobody lives */
    const double *inner_km; /* mean distance between two points of what it stands for */
} cell_points;
/* At most so many points of a commune on each side of a residence-work pair, and within one. */
enum { PAIR_POINTS = 4, INNER_POINTS = 1000 };
MUST_CHECK status cell_points_new(const territory *cells, size_t most, arena *memory,
                                  cell_points *out, error *err);

/* Pairs of different communes, as cost_engine_pairs; D(o,j) is the mean over the points of both
 * sides, weighted by their inhabitants; pairs of points without a path do not count, and where more
 * than half of the weight has none the pair is unreachable. A commune without cells: missing. */
MUST_CHECK status commune_pairs(cost_engine *e, const cell_points *points, const uint32_t *origin,
                                const uint32_t *destination, size_t n, double *minutes, double *km,
                                uint8_t *state, error *err);

/* Mean straight-line distance between two inhabitants of a commune (METHODS.md section 3: sum of
 * p_a e_b d_ab over sum of p times sum of e, with e = p, jobs being unknown by cell); NaN where it
 * has no cell. */
double within_commune_km(const territory *cells, const cell_points *points, size_t commune);

#endif
