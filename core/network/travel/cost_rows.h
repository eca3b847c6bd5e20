/* network/travel/cost_rows.h: places near one venue, while costs are being computed; then all of
 * them frozen both ways round. */
#ifndef NETWORK_COST_ROWS_H
#define NETWORK_COST_ROWS_H

#include "network/travel/costs.h"

typedef struct cost_row {
    uint32_t place;
    double minutes, km;
} cost_row;

typedef struct cost_rows {
    cost_row *at; /* by ascending place once sorted */
    size_t count, capacity;
} cost_rows;
MUST_CHECK status cost_rows_add(cost_rows *rows, cost_row row, error *err);
void cost_rows_sort(cost_rows *rows);
void cost_rows_clear(cost_rows *rows);

/* One cost_rows a venue, sorted, into an immutable costs; snaps may be NULL. */
MUST_CHECK status costs_freeze(const travel_mode *mode, size_t place_count, size_t venue_count,
                               const cost_rows *rows, const double *place_snap_m,
                               const double *venue_snap_m, costs **out, error *err);

#endif
