/* engine/travel/costs_build.h: travel costs of every mode, and of every commuting flow. Private to
 * the room. */
#ifndef ENGINE_COSTS_BUILD_H
#define ENGINE_COSTS_BUILD_H

#include "engine/travel/cell_costs.h"
#include "engine/run.h"

typedef struct run_costs {
    costs **modes;             /* as scenario->modes */
    costs **commune_modes;     /* the same by commune, where places are cells; else NULL */
    uint32_t *venue_cell;      /* cell of each venue, where places are cells; else NULL */
    const costs_facts **facts; /* the same */
    size_t count;
    /* Row for row with the flows, first mode; NULL without flows. */
    double *flow_minutes, *flow_km;
    uint8_t *flow_state;
    cost_engine **engines; /* they own the facts */
    arena *memory;
} run_costs;

/* What the run file's modes were opened to; row for row with scenario->modes. */
typedef struct travel_sources {
    const imported *matrix;  /* rows NULL: none */
    network *const *network; /* NULL: none */
} travel_sources;

/* `t`: the places, communes or cells; flows and the communes of venues are by commune in every
 * case. */
MUST_CHECK status costs_build(const scenario *s, const territory *t, const venues *v,
                              const flows *f, const travel_sources *sources,
                              const run_environment *environment, ledger *balance, run_costs **out,
                              faults *faults_list);
void run_costs_free(run_costs *c);

/* One trip within a place, METHODS.md section 3: mean distance between two random points of a disc
 * of the same area, 128 R / (45 pi) = 0.905 R, R = sqrt(area / pi). `density` 1..7, 0 unknown. By
 * car at the estimate's speed; by bike at 15 km/h (the speed of the bike profile), on foot and by
 * transit at a walk of 4 km/h (METHODS.md section 4). */
typedef struct within_place {
    double minutes, km;
} within_place;
within_place within_place_trip(const char *mode, double area_km2, uint32_t density,
                               double circuity);

#endif
