/* territory/cells_work.h: cells while they become places. For this room only. */
#ifndef TERRITORY_CELLS_WORK_H
#define TERRITORY_CELLS_WORK_H

#include "territory/territory.h"

enum { CELL_POINTS = 5, CELL_CENTRE = 4 }; /* four corners in turn, then the centre */

typedef struct cells_work {
    const territory *communes;
    const table *rows; /* of the file */
    size_t *order;     /* its rows by id */
    double size_m;
    /* row for row with the file: CELL_POINTS degrees each, the population (0 where missing), the
     * commune's row or PLACE_NONE */
    double *lon, *lat;
    double *population;
    uint32_t *commune;
    size_t shared; /* cells over several communes */
    ledger *balance;
    faults *list;
    arena *scratch;
} cells_work;

/* Size, grid and points of every cell; refuses what is not one grid of squares. */
MUST_CHECK status cells_points(cells_work *w);
/* The commune of every cell, by the largest share. */
MUST_CHECK status cells_communes(cells_work *w);

#endif
