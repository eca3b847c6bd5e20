/* Where the cells are: one grid of squares of one size, each in the CRS of its own grid. */
#include <math.h>

#include "geo/projection.h"
#include "territory/cells_work.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { WGS84 = 4326, GRIDS_MAX = 16 };

typedef struct cell_columns {
    const column *x, *y, *size_m, *grid;
} cell_columns;

static bool present(const column *c, size_t row)
{
    return c && column_state(c, row) == VALUE_PRESENT;
}

/* Every cell has a centre, a size and a grid, and all have the same size. */
static status judge_row(cells_work *w, const cell_columns *c, size_t row)
{
    if (!present(c->x, row) || !present(c->y, row) || !present(c->size_m, row) ||
        !present(c->grid, row)) {
        return faults_refuse(w->list, table_source(w->rows, row), M_CELLS_NO_SQUARE,
                             text_at(text_column(w->rows, "id"), row));
    }
    const double size = c->size_m->at.f64[row];
    if (w->size_m > 0 && fabs(size - w->size_m) > 0) {
        return faults_refuse(w->list, table_source(w->rows, row), M_CELLS_SIZES, size, w->size_m);
    }
    w->size_m = size;
    return STATUS_OK;
}

static status judge(cells_work *w, const cell_columns *c)
{
    status rc = STATUS_OK;
    size_t refused = 0;
    for (size_t row = 0; refused < READER_MAX_FAULTS && row < w->rows->rows; row++) {
        const status one = judge_row(w, c, row);
        refused += one != STATUS_OK;
        rc = rc == STATUS_OK ? one : rc;
    }
    return rc;
}

/* Corners in turn from the south-west, then the centre. */
static void set_points(cells_work *w, const cell_columns *c)
{
    static const double side[CELL_POINTS][2] = {
        {-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}, {0, 0}};
    for (size_t row = 0; row < w->rows->rows; row++) {
        for (size_t i = 0; i < CELL_POINTS; i++) {
            w->lon[row * CELL_POINTS + i] = c->x->at.f64[row] + side[i][0] * w->size_m;
            w->lat[row * CELL_POINTS + i] = c->y->at.f64[row] + side[i][1] * w->size_m;
        }
    }
}

/* The points of the cells of one grid, from its CRS to degrees. */
static status project_grid(cells_work *w, const column *grid, int32_t epsg, error *err)
{
    projection *p = NULL;
    status rc = projection_new(&p, epsg, WGS84, err);
    for (size_t row = 0; rc == STATUS_OK && row < w->rows->rows; row++) {
        if ((int32_t)grid->at.f64[row] == epsg) {
            rc = projection_apply(p, w->lon + row * CELL_POINTS, w->lat + row * CELL_POINTS,
                                  CELL_POINTS, NULL, err);
        }
    }
    projection_free(p);
    return rc;
}

static status project(cells_work *w, const column *grid)
{
    error err;
    int32_t done[GRIDS_MAX];
    size_t count = 0;
    status rc = STATUS_OK;
    for (size_t row = 0; rc == STATUS_OK && row < w->rows->rows; row++) {
        const int32_t epsg = (int32_t)grid->at.f64[row];
        bool seen = count == GRIDS_MAX;
        for (size_t i = 0; i < count; i++) {
            seen = seen || done[i] == epsg;
        }
        if (!seen) {
            done[count++] = epsg;
            rc = project_grid(w, grid, epsg, &err);
        }
    }
    return fault_of(rc, &err, w->list);
}

status cells_points(cells_work *w)
{
    const size_t count = w->rows->rows * CELL_POINTS;
    const cell_columns c = {.x = number_column_of(w->rows, "x"),
                            .y = number_column_of(w->rows, "y"),
                            .size_m = number_column_of(w->rows, "size_m"),
                            .grid = number_column_of(w->rows, "grid")};
    status rc = judge(w, &c);
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, count, sizeof *w->lon, &w->lon, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, count, sizeof *w->lat, &w->lat, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, w->rows->rows, sizeof *w->population, &w->population, w->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    const column *population = number_column_of(w->rows, "population");
    for (size_t row = 0; row < w->rows->rows; row++) {
        w->population[row] = present(population, row) ? population->at.f64[row] : 0;
    }
    set_points(w, &c);
    return project(w, c.grid);
}
