#include <math.h>
#include <string.h>

#include "geo/locator.h"
#include "geo/projection.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { CELLS_EPSG = 3035 }; /* LAEA Europe: where a file tells centres and no grid */

status draft_outlines(draft *d)
{
    error err;
    polygons *ordered = NULL;
    if (!d->in->communes->outlines) {
        return STATUS_OK;
    }
    status rc = polygons_select(d->in->communes->outlines, d->row, d->count, &ordered, &err);
    rc = fault_of(rc, &err, d->list);
    if (rc == STATUS_OK) {
        rc = polygons_repair(ordered, (const char *const *)d->code, file_of(d->in->communes->rows),
                             &d->outlines, d->list);
    }
    polygons_free(ordered);
    return rc;
}

static void set_point(draft *d, size_t i, double lon, double lat, point_class how)
{
    if (d->point[i] == POINT_NONE && isfinite(lon) && isfinite(lat)) {
        d->lon[i] = lon;
        d->lat[i] = lat;
        d->point[i] = (uint8_t)how;
    }
}

static status points_of_columns(draft *d, const char *lon_name, const char *lat_name,
                                point_class how)
{
    double *lon = NULL;
    double *lat = NULL;
    const table *t = d->in->communes->rows;
    status rc = take_array(d->scratch, t->rows, sizeof *lon, &lon, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, t->rows, sizeof *lat, &lat, d->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    column_numbers(t, lon_name, lon);
    column_numbers(t, lat_name, lat);
    for (size_t i = 0; i < d->count; i++) {
        set_point(d, i, lon[d->row[i]], lat[d->row[i]], how);
    }
    return STATUS_OK;
}

/* --- cells: population-weighted mean of the cells of each commune, in EPSG:3035 --- */

typedef struct cell_sums {
    double *x, *y, *population; /* one a commune */
    double *grid;               /* EPSG of its cells; 0 none yet */
    uint32_t *place;            /* of each cell; NULL unless cells must be located in outlines */
    size_t used, not_loaded;
    double used_population, not_loaded_population;
} cell_sums;

/* One cell as the file says it. */
typedef struct one_cell {
    double x, y, population, grid;
} one_cell;

/* A commune has the grid of its first cell. */
static void add_cell(cell_sums *s, uint32_t place, const one_cell *c, double share)
{
    const double population = c->population * share;
    s->grid[place] = s->grid[place] > 0 ? s->grid[place] : c->grid;
    s->x[place] += population * c->x;
    s->y[place] += population * c->y;
    s->population[place] += population;
}

/* A cell over several communes is shared equally between them. */
static void add_cell_by_codes(const draft *d, cell_sums *s, const char *codes, const one_cell *c)
{
    const size_t count = strlen(codes) / COMMUNE_CODE_BYTES;
    bool met = false;
    for (size_t i = 0; i < count; i++) {
        char code[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(code, codes + i * COMMUNE_CODE_BYTES, COMMUNE_CODE_BYTES);
        const uint32_t place = draft_find(d, code);
        if (place != PLACE_NONE) {
            add_cell(s, place, c, 1.0 / (double)count);
            met = true;
        }
    }
    s->used += met;
    s->used_population += met ? c->population : 0;
    s->not_loaded += !met;
    s->not_loaded_population += met ? 0 : c->population;
}

static double grid_of(const column *grid, size_t row)
{
    return grid && column_state(grid, row) == VALUE_PRESENT ? grid->at.f64[row] : CELLS_EPSG;
}

/* Points of several grids into degrees, in place; a grid for each point. */
static status project_points(double *x, double *y, const double *grid, size_t count, error *err)
{
    projection *p = NULL;
    double of = 0;
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        const double wanted = grid[i] > 0 ? grid[i] : CELLS_EPSG;
        if (!p || of < wanted || of > wanted) {
            projection_free(p);
            p = NULL;
            of = wanted;
            rc = projection_new(&p, (int32_t)wanted, 4326, err);
        }
        if (rc == STATUS_OK) {
            rc = projection_apply(p, &x[i], &y[i], 1, NULL, err);
        }
    }
    projection_free(p);
    return rc;
}

static void add_cells(const draft *d, cell_sums *s, const size_t *order)
{
    const table *t = d->in->cells->rows;
    const column *x = number_column_of(t, "x");
    const column *y = number_column_of(t, "y");
    const column *population = number_column_of(t, "population");
    const column *grid = number_column_of(t, "grid");
    const column *commune = text_column(t, "commune");
    for (size_t i = 0; i < t->rows; i++) {
        const size_t row = order[i];
        const bool there =
            column_state(x, row) == VALUE_PRESENT && column_state(y, row) == VALUE_PRESENT;
        const char *codes = there ? text_at(commune, row) : "";
        const one_cell cell = {.x = x->at.f64[row],
                               .y = y->at.f64[row],
                               .population = column_state(population, row) == VALUE_PRESENT
                                                 ? population->at.f64[row]
                                                 : 0,
                               .grid = grid_of(grid, row)};
        if (there && s->place) {
            codes = s->place[row] == LOCATED_NOWHERE ? "" : d->code[s->place[row]];
        }
        add_cell_by_codes(d, s, codes, &cell);
    }
}

static status account_cells(const draft *d, const cell_sums *s)
{
    error err;
    size_t entry = 0;
    const table *t = d->in->cells->rows;
    status rc = ledger_open(d->balance, "cells", file_of(t), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(d->balance, entry, t->rows, s->used_population + s->not_loaded_population);
        ledger_use(d->balance, entry, s->used, s->used_population);
        if (s->not_loaded) {
            rc = ledger_ignore(d->balance, entry, s->not_loaded, s->not_loaded_population, &err,
                               M_TERRITORY_CELL_UNKNOWN);
        }
    }
    return fault_of(rc, &err, d->list);
}

static status project_means(draft *d, cell_sums *s)
{
    error err;
    for (size_t i = 0; i < d->count; i++) {
        s->x[i] = s->population[i] > 0 ? s->x[i] / s->population[i] : (double)NAN;
        s->y[i] = s->population[i] > 0 ? s->y[i] / s->population[i] : (double)NAN;
    }
    const status rc = project_points(s->x, s->y, s->grid, d->count, &err);
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        set_point(d, i, s->x[i], s->y[i], POINT_CELLS);
    }
    return fault_of(rc, &err, d->list);
}

static status locate_points(const draft *d, cell_sums *s, double *lon, double *lat, error *err)
{
    locator *where = NULL;
    const table *t = d->in->cells->rows;
    column_numbers(t, "x", lon);
    column_numbers(t, "y", lat);
    double *grid = memory_new(t->rows, sizeof *grid);
    if (!grid) {
        return memory_error(err, t->rows * sizeof *grid);
    }
    column_numbers(t, "grid", grid);
    status rc = project_points(lon, lat, grid, t->rows, err);
    memory_free(grid);
    if (rc == STATUS_OK) {
        rc = locator_new(&where, d->outlines, err);
    }
    if (rc == STATUS_OK) {
        rc = locator_find_all(where, lon, lat, t->rows, 0, s->place, err);
    }
    locator_free(where);
    return rc;
}

/* Cells without a commune column are located in the outlines by their centre. */
static status locate_centres(const draft *d, cell_sums *s, error *err)
{
    const table *t = d->in->cells->rows;
    if (text_column(t, "commune") || !d->outlines) {
        return STATUS_OK;
    }
    s->place = arena_take(d->scratch, t->rows, sizeof *s->place);
    double *lon = memory_new(t->rows, sizeof *lon);
    double *lat = memory_new(t->rows, sizeof *lat);
    const status rc = s->place && lon && lat ? locate_points(d, s, lon, lat, err)
                                             : memory_error(err, t->rows * sizeof *lon);
    memory_free(lon);
    memory_free(lat);
    return rc;
}

static status points_of_cells(draft *d)
{
    static const char *const by_id[] = {"id"};
    error err;
    cell_sums s = {0};
    size_t *order = NULL;
    if (!d->in->cells) {
        return STATUS_OK;
    }
    const table *t = d->in->cells->rows;
    status rc = take_array(d->scratch, t->rows, sizeof *order, &order, d->list);
    double **sums[] = {&s.x, &s.y, &s.population, &s.grid};
    for (size_t i = 0; rc == STATUS_OK && i < 4; i++) {
        rc = take_array(d->scratch, d->count, sizeof **sums[i], sums[i], d->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = table_order(t, by_id, 1, order, &err);
    if (rc == STATUS_OK) {
        rc = locate_centres(d, &s, &err);
    }
    if (rc == STATUS_OK) {
        add_cells(d, &s, order);
    }
    rc = fault_of(rc, &err, d->list);
    if (rc == STATUS_OK) {
        rc = project_means(d, &s);
    }
    /* cells that are places are counted by territory_cells */
    return rc == STATUS_OK && !d->in->cells_are_places ? account_cells(d, &s) : rc;
}

/* --- the last resort --- */

static bool all_have_points(const draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->point[i] == POINT_NONE) {
            return false;
        }
    }
    return true;
}

static status points_on_surface(draft *d)
{
    error err;
    double *x = NULL;
    double *y = NULL;
    uint8_t *has = NULL;
    if (!d->outlines || all_have_points(d)) {
        return STATUS_OK;
    }
    status rc = take_array(d->scratch, d->count, sizeof *x, &x, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, d->count, sizeof *y, &y, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, d->count, sizeof *has, &has, d->list);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(polygons_point_on_surface(d->outlines, x, y, has, &err), &err, d->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        if (has[i]) {
            set_point(d, i, x[i], y[i], POINT_SURFACE);
        }
    }
    return rc;
}

status draft_points(draft *d)
{
    status rc = points_of_columns(d, "lon", "lat", POINT_GIVEN);
    if (rc == STATUS_OK) {
        rc = points_of_cells(d);
    }
    if (rc == STATUS_OK) {
        rc = points_of_columns(d, "chef_lieu_lon", "chef_lieu_lat", POINT_CHEF_LIEU);
    }
    if (rc == STATUS_OK) {
        rc = points_on_surface(d);
    }
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        if (d->point[i] == POINT_NONE) {
            faults_warn(d->list, table_source(d->in->communes->rows, d->row[i]),
                        M_TERRITORY_NO_POINT, d->name[i], d->code[i]);
        }
    }
    return rc;
}
