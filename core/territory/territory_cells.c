/* Places that are cells: a territory of squares over a territory of communes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/projection.h"
#include "territory/cells_work.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { WGS84 = 4326, CLUSTER_M = 1000 };

/* What the places are made of: rows of the file, in the order of their id. */
typedef struct chosen {
    size_t *row;
    size_t count;
} chosen;

static double number_at(const column *c, size_t row)
{
    return c && column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : (double)NAN;
}

/* --- the balance --- */

/* Cells outside the perimeter are one outcome, those of communes that were never loaded another. */
static status account(const cells_work *w, const chosen *c)
{
    error err;
    size_t entry = 0;
    double used = 0;
    double all = 0;
    const size_t left = w->rows->rows - c->count;
    for (size_t i = 0; i < w->rows->rows; i++) {
        const size_t row = w->order[i];
        all += w->population[row];
        used += w->commune[row] == PLACE_NONE ? 0 : w->population[row];
    }
    status rc = ledger_open(w->balance, "cells", file_of(w->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(w->balance, entry, w->rows->rows, all);
        ledger_use(w->balance, entry, c->count, used);
        rc = left ? ledger_ignore(w->balance, entry, left, all - used, &err, M_CELLS_OUTSIDE)
                  : STATUS_OK;
    }
    return fault_of(rc, &err, w->list);
}

/* --- arrays --- */

static status copy_places(territory *t, const cells_work *w, const chosen *c)
{
    const territory *communes = w->communes;
    const column *imputed = number_column_of(w->rows, "imputed");
    double *population = NULL;
    double *lon = NULL;
    double *lat = NULL;
    uint32_t *density = NULL;
    uint32_t *commune = NULL;
    uint8_t *kept = NULL;
    uint8_t *estimated = NULL;
    const struct {
        void *out;
        size_t size;
    } arrays[] = {
        {&population, sizeof *population}, {&lon, sizeof *lon},         {&lat, sizeof *lat},
        {&density, sizeof *density},       {&commune, sizeof *commune}, {&kept, sizeof *kept},
        {&estimated, sizeof *estimated}};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        const status rc = take_array(t->memory, c->count, arrays[i].size, arrays[i].out, w->list);
        if (rc != STATUS_OK) {
            return rc;
        }
    }
    const column *persons = number_column_of(w->rows, "population");
    for (size_t i = 0; i < c->count; i++) {
        const size_t row = c->row[i];
        commune[i] = w->commune[row];
        population[i] = number_at(persons, row);
        lon[i] = w->lon[row * CELL_POINTS + CELL_CENTRE];
        lat[i] = w->lat[row * CELL_POINTS + CELL_CENTRE];
        density[i] = communes->density[commune[i]];
        kept[i] = communes->kept[commune[i]];
        estimated[i] = number_at(imputed, row) > 0;
    }
    t->place_count = c->count;
    t->population = population;
    t->lon = lon;
    t->lat = lat;
    t->density = density;
    t->commune = commune;
    t->kept = kept;
    t->imputed = estimated;
    return STATUS_OK;
}

/* Cells of each commune: a counting sort, so that cells stay ascending. */
static status cells_by_commune(territory *t, faults *list)
{
    uint64_t *start = NULL;
    uint32_t *cell = NULL;
    const size_t communes = t->communes->place_count;
    status rc = take_array(t->memory, communes + 1, sizeof *start, &start, list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *cell, &cell, list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < t->place_count; i++) {
        start[t->commune[i] + 1]++;
    }
    for (size_t p = 0; p < communes; p++) {
        start[p + 1] += start[p];
    }
    for (uint32_t i = 0; i < t->place_count; i++) {
        cell[start[t->commune[i]]++] = i;
    }
    memmove(start + 1, start, communes * sizeof *start);
    start[0] = 0;
    t->cell_start = start;
    t->cell = cell;
    return STATUS_OK;
}

/* --- metres, outlines, borders --- */

static int32_t crs_of(const territory *t, const column *departement, size_t i)
{
    const int32_t epsg = t->epsg != WGS84
                             ? t->epsg
                             : projection_of_departement(column_text(departement, t->commune[i]));
    return epsg ? epsg : WGS84;
}

/* Metres in the territory's own CRS; each cell in its département's where there are several. */
static status metres(territory *t, arena *scratch, double *x, double *y, faults *list)
{
    error err;
    uint8_t *done = NULL;
    const column *departement = table_find(t->communes->places, "departement");
    status rc = take_array(scratch, t->place_count, 1, &done, list);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        projection *p = NULL;
        const int32_t epsg = crs_of(t, departement, i);
        if (done[i] || epsg == WGS84) {
            continue;
        }
        rc = projection_new(&p, WGS84, epsg, &err);
        for (size_t k = i; rc == STATUS_OK && k < t->place_count; k++) {
            if (!done[k] && crs_of(t, departement, k) == epsg) {
                x[k] = t->lon[k];
                y[k] = t->lat[k];
                rc = projection_apply(p, &x[k], &y[k], 1, NULL, &err);
                done[k] = 1;
            }
        }
        projection_free(p);
        rc = fault_of(rc, &err, list);
    }
    return rc;
}

static status squares(const cells_work *w, const chosen *c, polygons **out, error *err)
{
    polygons_builder *b = NULL;
    status rc = polygons_builder_new(&b, err);
    for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
        const size_t at = c->row[i] * CELL_POINTS;
        rc = polygons_builder_row(b, err);
        rc = rc == STATUS_OK ? polygons_builder_part(b, err) : rc;
        rc = rc == STATUS_OK ? polygons_builder_ring(b, err) : rc;
        for (size_t k = 0; rc == STATUS_OK && k < CELL_CENTRE; k++) {
            rc = polygons_builder_point(b, w->lon[at + k], w->lat[at + k], err);
        }
    }
    if (rc == STATUS_OK) {
        rc = polygons_build(b, out, err);
    }
    polygons_builder_free(b);
    return rc;
}

static status shapes(territory *t, const cells_work *w, const chosen *c, double *border_km)
{
    error err;
    double *x = NULL;
    double *y = NULL;
    polygons *outlines = NULL;
    topology *borders = NULL;
    t->epsg = t->communes->epsg;
    status rc = take_array(t->memory, c->count, sizeof *x, &x, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, c->count, sizeof *y, &y, w->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < c->count; i++) {
        x[i] = y[i] = border_km[i] = (double)NAN;
    }
    t->x_m = x;
    t->y_m = y;
    rc = metres(t, w->scratch, x, y, w->list);
    if (rc == STATUS_OK) {
        rc = fault_of(squares(w, c, &outlines, &err), &err, w->list);
        t->outlines = outlines;
    }
    if (rc == STATUS_OK) {
        rc = borders_build(outlines, t->epsg, w->scratch, &borders, w->list);
        t->borders = borders;
    }
    if (rc == STATUS_OK && t->communes->borders) {
        rc = border_distances(t, t->communes->borders, w->scratch, border_km, w->list);
    }
    return rc;
}

/* --- neighbours: centres at most 1 km apart, on the grid itself --- */

typedef struct grid_cell {
    int64_t grid, y, x; /* metres of the grid */
    uint32_t place;
} grid_cell;

static int compare_grid_cells(const void *a, const void *b)
{
    const grid_cell *p = a;
    const grid_cell *q = b;
    if (p->grid != q->grid) {
        return p->grid < q->grid ? -1 : 1;
    }
    if (p->y != q->y) {
        return p->y < q->y ? -1 : 1;
    }
    return (p->x > q->x) - (p->x < q->x);
}

/* First cell that does not come before `wanted`. */
static size_t grid_lower(const grid_cell *cells, size_t count, const grid_cell *wanted)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_grid_cells(&cells[middle], wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

typedef struct near_cells {
    const grid_cell *cells;
    size_t count;
    int64_t size_m, reach_m;
} near_cells;

/* Cells near one, line by line of the grid; `out` NULL only counts. */
static size_t find_near(const near_cells *n, const grid_cell *of, uint32_t *out)
{
    size_t found = 0;
    const int64_t lines = n->reach_m / n->size_m;
    for (int64_t k = -lines; k <= lines; k++) {
        const int64_t dy = k * n->size_m;
        const double half = sqrt((double)(n->reach_m * n->reach_m - dy * dy));
        const grid_cell from = {.grid = of->grid, .y = of->y + dy, .x = of->x - (int64_t)half};
        for (size_t i = grid_lower(n->cells, n->count, &from);
             i < n->count && n->cells[i].grid == of->grid && n->cells[i].y == from.y &&
             n->cells[i].x <= of->x + (int64_t)half;
             i++) {
            if (n->cells[i].place != of->place) {
                if (out) {
                    out[found] = n->cells[i].place;
                }
                found++;
            }
        }
    }
    return found;
}

static int compare_places(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static status neighbours(territory *t, const cells_work *w, const chosen *c)
{
    grid_cell *cells = NULL;
    grid_cell *of_place = NULL;
    uint64_t *start = NULL;
    uint32_t *place = NULL;
    const column *x = number_column_of(w->rows, "x");
    const column *y = number_column_of(w->rows, "y");
    const column *grid = number_column_of(w->rows, "grid");
    status rc = take_array(w->scratch, c->count, sizeof *cells, &cells, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, c->count, sizeof *of_place, &of_place, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, c->count + 1, sizeof *start, &start, w->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < c->count; i++) {
        of_place[i] = (grid_cell){.grid = (int64_t)grid->at.f64[c->row[i]],
                                  .y = (int64_t)y->at.f64[c->row[i]],
                                  .x = (int64_t)x->at.f64[c->row[i]],
                                  .place = (uint32_t)i};
        cells[i] = of_place[i];
    }
    qsort(cells, c->count, sizeof *cells, compare_grid_cells);
    const int64_t size = (int64_t)w->size_m > 0 ? (int64_t)w->size_m : 1;
    const near_cells n = {.cells = cells,
                          .count = c->count,
                          .size_m = size,
                          .reach_m = size > CLUSTER_M ? size : CLUSTER_M};
    for (size_t i = 0; i < c->count; i++) {
        start[i + 1] = start[i] + find_near(&n, &of_place[i], NULL);
    }
    rc = take_array(t->memory, start[c->count], sizeof *place, &place, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
        const size_t found = find_near(&n, &of_place[i], place + start[i]);
        qsort(place + start[i], found, sizeof *place, compare_places);
    }
    t->neighbour_start = start;
    t->neighbour = place;
    return rc;
}

/* --- the table: the columns of communes, then two of its own --- */

static const char *const own_numbers[] = {"population", "lon",      "lat",      "x_m",
                                          "y_m",        "area_km2", "border_km"};
enum { OWN_NUMBERS = 7 };

/* Values of the columns in own_numbers that cells do not share with their commune. */
typedef struct own_values {
    const double *at[OWN_NUMBERS];
} own_values;

static const double *own_column(const own_values *own, const char *name)
{
    for (size_t k = 0; k < OWN_NUMBERS; k++) {
        if (strcmp(own_numbers[k], name) == 0) {
            return own->at[k];
        }
    }
    return NULL;
}

static status fill_text(table_builder *b, size_t c, size_t row, const char *text, error *err)
{
    return *text ? table_builder_text(b, c, row, text_slice_of(text, strlen(text)), err)
                 : STATUS_OK;
}

static status fill_column(table_builder *b, const territory *t, size_t c, const double *own,
                          error *err)
{
    const column *from = &t->communes->places->columns[c];
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        const size_t commune = t->commune[i];
        if (own) {
            if (isfinite(own[i])) {
                table_builder_f64(b, c, i, own[i]);
            }
        } else if (from->type == COLUMN_TEXT) {
            rc = fill_text(b, c, i, column_text(from, commune), err);
        } else if (column_state(from, commune) == VALUE_PRESENT && from->type == COLUMN_U32) {
            table_builder_u32(b, c, i, from->at.u32[commune]);
        } else if (column_state(from, commune) == VALUE_PRESENT && from->type == COLUMN_F64) {
            table_builder_f64(b, c, i, from->at.f64[commune]);
        }
    }
    return rc;
}

static status fill_columns(table_builder *b, const territory *t, const cells_work *w,
                           const chosen *c, const own_values *own, error *err)
{
    const table *from = t->communes->places;
    const column *id = text_column(w->rows, "id");
    const size_t commune_at = from->column_count;
    status rc = STATUS_OK;
    for (size_t k = 0; rc == STATUS_OK && k < from->column_count; k++) {
        const char *name = from->columns[k].name;
        if (strcmp(name, "code") != 0 && strcmp(name, "point_class") != 0) {
            rc = fill_column(b, t, k, own_column(own, name), err);
            continue;
        }
        const bool is_code = strcmp(name, "code") == 0;
        for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
            rc = fill_text(b, k, i,
                           is_code ? text_at(id, c->row[i]) : point_class_name(POINT_GIVEN), err);
        }
    }
    for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
        rc = fill_text(b, commune_at, i, t->communes->code[t->commune[i]], err);
        table_builder_u32(b, commune_at + 1, i, t->imputed[i]);
    }
    return rc;
}

static status declare(table_builder *b, const table *from, error *err)
{
    static const column_spec own[] = {
        {"commune", M_COLUMN_CELL_COMMUNE, "", COLUMN_TEXT, 0},
        {"imputed", M_COLUMN_IMPUTED, "1", COLUMN_U32, 0},
    };
    size_t index = 0;
    status rc = STATUS_OK;
    for (size_t k = 0; rc == STATUS_OK && k < from->column_count; k++) {
        const column *c = &from->columns[k];
        const column_spec spec = {c->name, c->title_fr, c->title_en, c->unit, c->type, c->decimals};
        rc = table_builder_column(b, &spec, &index, err);
    }
    for (size_t k = 0; rc == STATUS_OK && k < 2; k++) {
        rc = table_builder_column(b, &own[k], &index, err);
    }
    return rc;
}

static status build_table(territory *t, const cells_work *w, const chosen *c, const own_values *own,
                          error *err)
{
    table_builder *b = NULL;
    table *places = NULL;
    uint32_t *sources = NULL;
    size_t first = 0;
    status rc = table_builder_new(&b, "places", err);
    if (rc == STATUS_OK) {
        rc = declare(b, t->communes->places, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_sources(b, w->rows, w->scratch, &sources, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, c->count, &first, err);
    }
    if (rc == STATUS_OK) {
        rc = fill_columns(b, t, w, c, own, err);
    }
    for (size_t i = 0; rc == STATUS_OK && w->rows->source_row && i < c->count; i++) {
        const size_t row = c->row[i];
        table_builder_from(b, i, sources[w->rows->source_file[row]], w->rows->source_row[row]);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &places, err);
    }
    table_builder_free(b);
    t->places = places;
    return rc;
}

static status borrow_texts(territory *t, faults *list)
{
    const char **code = NULL;
    const char **name = NULL;
    code_index *index = NULL;
    status rc = take_array(t->memory, t->place_count, sizeof *code, &code, list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *name, &name, list);
    }
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, t->places, "code", list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        code[i] = column_text(table_find(t->places, "code"), i);
        name[i] = t->communes->name[t->commune[i]];
    }
    t->code = (const char *const *)code;
    t->name = (const char *const *)name;
    t->by_code = index;
    return rc;
}

static status places_table(territory *t, const cells_work *w, const chosen *c,
                           const double *border_km)
{
    error err;
    double *area_km2 = NULL;
    status rc = take_array(w->scratch, c->count, sizeof *area_km2, &area_km2, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
        area_km2[i] = w->size_m * w->size_m / 1e6;
    }
    const own_values own = {{t->population, t->lon, t->lat, t->x_m, t->y_m, area_km2, border_km}};
    if (rc == STATUS_OK) {
        rc = fault_of(build_table(t, w, c, &own, &err), &err, w->list);
    }
    return rc == STATUS_OK ? borrow_texts(t, w->list) : rc;
}

/* --- groups of cells are the groups of their communes --- */

static status groupings(territory *t, faults *list)
{
    grouping *made = NULL;
    const territory *communes = t->communes;
    status rc = take_array(t->memory, communes->grouping_count, sizeof *made, &made, list);
    for (size_t g = 0; rc == STATUS_OK && g < communes->grouping_count; g++) {
        uint32_t *of_place = NULL;
        rc = take_array(t->memory, t->place_count, sizeof *of_place, &of_place, list);
        for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
            of_place[i] = communes->groupings[g].of_place[t->commune[i]];
        }
        made[g] = communes->groupings[g];
        made[g].of_place = of_place;
    }
    t->groupings = made;
    t->grouping_count = communes->grouping_count;
    t->elsewhere = communes->elsewhere;
    t->elsewhere_count = communes->elsewhere_count;
    t->departements = communes->departements;
    t->departement_count = communes->departement_count;
    t->title = communes->title;
    return rc;
}

/* --- what people should know --- */

static void tell(const territory *t, const cells_work *w)
{
    const territory *communes = t->communes;
    size_t empty = 0;
    size_t imputed = 0;
    double persons = 0;
    const char *first = "";
    for (size_t p = 0; p < communes->place_count; p++) {
        if (communes->kept[p] && t->cell_start[p] == t->cell_start[p + 1]) {
            first = empty++ ? first : communes->code[p];
            persons += isfinite(communes->population[p]) ? communes->population[p] : 0;
        }
    }
    for (size_t i = 0; i < t->place_count; i++) {
        imputed += t->imputed[i];
    }
    const source_ref file = source_at(file_of(w->rows), 0, 0);
    const shown_number cells = shown((double)t->place_count, 0);
    const shown_number over = shown((double)w->shared, 0);
    const shown_number estimated = shown((double)imputed, 0);
    faults_note(w->list, file, M_CELLS_PLACES, SHOWN(cells), w->size_m, SHOWN(over),
                SHOWN(estimated));
    if (empty) {
        const shown_number count = shown((double)empty, 0);
        const shown_number inhabitants = shown(persons, 0);
        faults_warn(w->list, file, M_CELLS_EMPTY, SHOWN(count), first, SHOWN(inhabitants));
    }
}

/* --- the whole --- */

static status choose(cells_work *w, chosen *out)
{
    status rc = take_array(w->scratch, w->rows->rows, sizeof *out->row, &out->row, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < w->rows->rows; i++) {
        if (w->commune[w->order[i]] != PLACE_NONE) {
            out->row[out->count++] = w->order[i];
        }
    }
    if (rc == STATUS_OK) {
        rc = account(w, out);
    }
    if (rc == STATUS_OK && out->count == 0) {
        rc = faults_refuse(w->list, source_at(file_of(w->rows), 0, 0), M_CELLS_NONE);
    }
    return rc;
}

static status freeze(territory *t, const cells_work *w, const chosen *c)
{
    double *border_km = NULL;
    status rc = take_array(w->scratch, c->count, sizeof *border_km, &border_km, w->list);
    if (rc == STATUS_OK) {
        rc = copy_places(t, w, c);
    }
    if (rc == STATUS_OK) {
        rc = cells_by_commune(t, w->list);
    }
    if (rc == STATUS_OK) {
        rc = shapes(t, w, c, border_km);
    }
    if (rc == STATUS_OK) {
        rc = neighbours(t, w, c);
    }
    if (rc == STATUS_OK) {
        rc = places_table(t, w, c, border_km);
    }
    if (rc == STATUS_OK) {
        rc = groupings(t, w->list);
    }
    if (rc == STATUS_OK) {
        tell(t, w);
    }
    return rc;
}

static status work_begin(cells_work *w)
{
    static const char *const by_id[] = {"id"};
    error err;
    status rc = take_array(w->scratch, w->rows->rows, sizeof *w->order, &w->order, w->list);
    if (rc == STATUS_OK) {
        rc = fault_of(table_order(w->rows, by_id, 1, w->order, &err), &err, w->list);
    }
    if (rc == STATUS_OK) {
        rc = cells_points(w);
    }
    return rc == STATUS_OK ? cells_communes(w) : rc;
}

status territory_cells(const territory *communes, const imported *cells, ledger *balance,
                       territory **out, faults *faults_list)
{
    error err;
    chosen c = {0};
    territory *t = NULL;
    cells_work w = {
        .communes = communes, .rows = cells->rows, .balance = balance, .list = faults_list};
    *out = NULL;
    status rc = arena_new(&w.scratch, &err);
    if (rc == STATUS_OK) {
        rc = territory_new(&t, &err);
    }
    rc = fault_of(rc, &err, faults_list);
    if (rc == STATUS_OK) {
        t->communes = communes;
        rc = work_begin(&w);
    }
    if (rc == STATUS_OK) {
        t->cell_m = w.size_m;
        rc = choose(&w, &c);
    }
    if (rc == STATUS_OK) {
        rc = freeze(t, &w, &c);
    }
    arena_free(w.scratch);
    if (rc != STATUS_OK) {
        territory_free(t);
        return rc;
    }
    *out = t;
    return STATUS_OK;
}
