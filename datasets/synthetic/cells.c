/* carreaux_200m.csv and carreaux_1km.csv: people on INSEE's own grid (EPSG:3035), as Filosofi
 * publishes it: id, the commune or communes of the square, inhabitants, households, and whether the
 * square has fewer than 11 households, which makes INSEE impute its figures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/synthetic/files.h"
#include "geo/projection.h"

enum { GRID_EPSG = 3035, STREAM_CELL = 70, SIDE_M = 200, CODES_MAX = 4, HOUSEHOLDS_LEAST = 11 };
static const double settled_m = 380.0;      /* how fast people thin out around the main village */
static const double scattered_share = 0.04; /* hamlets, of the density of the village */
static const double persons_a_household = 2.2;

/* Inhabitants of one commune in one square. */
typedef struct people_cell {
    int64_t north, east; /* south-west corner */
    double persons;
    uint32_t commune;
    uint32_t across[CODES_MAX]; /* communes that hold a corner, or the centre */
    size_t across_count;
} people_cell;

typedef struct cell_list {
    people_cell *at;
    size_t count, capacity;
} cell_list;

typedef struct people_grid {
    const land *l;
    double *x, *y;           /* of the outlines, in metres of the grid */
    double *main_x, *main_y; /* main settlement of each commune */
    cell_list cells;
} people_grid;

static status grid_new(people_grid *g, const land *l, error *err)
{
    projection *p = NULL;
    const polygons *o = l->outlines;
    const size_t count = o->point_start[o->ring_start[o->part_start[o->rows]]];
    *g = (people_grid){.l = l,
                       .x = memory_new(count, sizeof(double)),
                       .y = memory_new(count, sizeof(double)),
                       .main_x = memory_new(l->count, sizeof(double)),
                       .main_y = memory_new(l->count, sizeof(double))};
    if (g->x == NULL || g->y == NULL || g->main_x == NULL || g->main_y == NULL)
        return memory_error(err, count * 2 * sizeof(double));
    memcpy(g->x, o->x, count * sizeof *g->x);
    memcpy(g->y, o->y, count * sizeof *g->y);
    for (size_t c = 0; c < l->count; c++) {
        g->main_x[c] = l->communes[c].lon;
        g->main_y[c] = l->communes[c].lat;
    }
    status s = projection_new(&p, 4326, GRID_EPSG, err);
    if (s == STATUS_OK)
        s = projection_apply(p, g->x, g->y, count, NULL, err);
    if (s == STATUS_OK)
        s = projection_apply(p, g->main_x, g->main_y, l->count, NULL, err);
    projection_free(p);
    return s;
}

static void grid_clear(people_grid *g)
{
    memory_free(g->x);
    memory_free(g->y);
    memory_free(g->main_x);
    memory_free(g->main_y);
    memory_free(g->cells.at);
}

/* Crossings of a ray to the east; rings of holes turn it back. */
static bool holds(const people_grid *g, uint32_t whose, double x, double y)
{
    const polygons *p = g->l->outlines;
    const uint64_t first = p->ring_start[p->part_start[whose]],
                   last = p->ring_start[p->part_start[whose + 1]];
    bool inside = false;
    for (uint64_t ring = first; ring < last; ring++)
        for (uint64_t i = p->point_start[ring]; i + 1 < p->point_start[ring + 1]; i++) {
            const double ya = g->y[i], yb = g->y[i + 1];
            if ((ya > y) != (yb > y) &&
                x < g->x[i] + (y - ya) / (yb - ya) * (g->x[i + 1] - g->x[i]))
                inside = !inside;
        }
    return inside;
}

/* The communes of a square, ascending: those of its centre and corners. */
static void communes_across(const people_grid *g, people_cell *c)
{
    static const double at[5][2] = {{0.5, 0.5}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const land *l = g->l;
    const uint64_t first = l->neighbour_start[c->commune],
                   last = l->neighbour_start[c->commune + 1];
    for (uint64_t k = first; k <= last; k++) {
        const uint32_t candidate = k < last ? l->neighbour[k] : c->commune;
        bool met = candidate == c->commune;
        for (size_t i = 0; !met && i < 5; i++)
            met = holds(g, candidate, (double)c->east + at[i][0] * SIDE_M,
                        (double)c->north + at[i][1] * SIDE_M);
        if (met && c->across_count < CODES_MAX)
            c->across[c->across_count++] = candidate;
    }
}

static status cell_add(people_grid *g, const people_cell *c, error *err)
{
    cell_list *list = &g->cells;
    if (list->count == list->capacity) {
        const size_t wanted = list->capacity ? 2 * list->capacity : 4096;
        people_cell *grown = memory_resize(list->at, wanted, sizeof *grown);
        if (grown == NULL)
            return memory_error(err, wanted * sizeof *grown);
        list->at = grown;
        list->capacity = wanted;
    }
    list->at[list->count++] = *c;
    return STATUS_OK;
}

static double appeal_at(const people_grid *g, uint32_t whose, double x, double y, uint64_t square)
{
    const double away = hypot(x - g->main_x[whose], y - g->main_y[whose]);
    const double spread = settled_m * fmax(1.0, sqrt(g->l->communes[whose].population / 2500.0));
    const double luck = land_uniform(g->l, STREAM_CELL, square, 0);
    return exp(-away / spread) * (0.5 + luck) + (luck > 0.94 ? scattered_share : 0.0);
}

/* Squares of one commune whose centre it holds, weighed by their distance to the main settlement;
 * those that would have nobody are left out. */
static status settle(people_grid *g, uint32_t whose, error *err)
{
    const double reach =
        3000.0 + 4.0 * settled_m * fmax(0.0, sqrt(g->l->communes[whose].population / 2500.0) - 1.0);
    const int64_t steps = (int64_t)(reach / SIDE_M);
    const int64_t east0 = (int64_t)floor(g->main_x[whose] / SIDE_M),
                  north0 = (int64_t)floor(g->main_y[whose] / SIDE_M);
    const size_t first = g->cells.count;
    double whole = 0.0;
    status s = STATUS_OK;
    for (int64_t j = -steps; j <= steps; j++)
        for (int64_t i = -steps; s == STATUS_OK && i <= steps; i++) {
            people_cell c = {
                .north = (north0 + j) * SIDE_M, .east = (east0 + i) * SIDE_M, .commune = whose};
            const double x = (double)c.east + SIDE_M / 2.0, y = (double)c.north + SIDE_M / 2.0;
            c.persons = appeal_at(g, whose, x, y, (uint64_t)c.north * 65536u + (uint64_t)c.east);
            if (c.persons < 0.03 || !holds(g, whose, x, y))
                continue;
            whole += c.persons;
            s = cell_add(g, &c, err);
        }
    size_t kept = first;
    for (size_t k = first; k < g->cells.count; k++) {
        people_cell c = g->cells.at[k];
        /* INSEE's figures are rounded to the half */
        c.persons = round(2.0 * c.persons / whole * g->l->communes[whose].population) / 2.0;
        if (c.persons >= 1.0) {
            communes_across(g, &c);
            g->cells.at[kept++] = c;
        }
    }
    g->cells.count = kept;
    return s;
}

static int by_place(const void *a, const void *b)
{
    const people_cell *x = a, *y = b;
    if (x->north != y->north)
        return x->north < y->north ? -1 : 1;
    return (x->east > y->east) - (x->east < y->east);
}

static void write_codes(output *o, const land *l, const people_cell *c)
{
    for (size_t i = 0; i < c->across_count; i++)
        output_format(o, "%s", l->communes[c->across[i]].code);
}

static status write_fine(const people_grid *g, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "carreaux_200m.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "idcar_200m,idcar_1km,i_est_200,i_est_1km,lcog_geo,ind,men\n");
    for (size_t k = 0; s == STATUS_OK && k < g->cells.count; k++) {
        const people_cell *c = &g->cells.at[k];
        const double households = c->persons / persons_a_household;
        output_format(&o, "CRS3035RES200mN%lldE%lld,CRS3035RES1000mN%lldE%lld,%d,0,",
                      (long long)c->north, (long long)c->east, (long long)(c->north / 1000 * 1000),
                      (long long)(c->east / 1000 * 1000), households < HOUSEHOLDS_LEAST);
        write_codes(&o, g->l, c);
        output_format(&o, ",%.1f,%.1f\n", c->persons, households);
    }
    return output_close(&o, s, err);
}

/* --- the same people by square kilometre --- */

typedef struct square {
    int64_t north, east;
    size_t row;
} square;

static int by_square(const void *a, const void *b)
{
    const square *x = a, *y = b;
    if (x->north != y->north)
        return x->north < y->north ? -1 : 1;
    if (x->east != y->east)
        return x->east < y->east ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int by_commune(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void write_square(output *o, const people_grid *g, const square *of, size_t count)
{
    uint32_t communes[64];
    size_t across = 0;
    double persons = 0.0;
    for (size_t i = 0; i < count; i++) {
        const people_cell *c = &g->cells.at[of[i].row];
        persons += c->persons;
        bool known = false;
        for (size_t k = 0; k < across; k++)
            known = known || communes[k] == c->commune;
        if (!known && across < 64)
            communes[across++] = c->commune;
    }
    qsort(communes, across, sizeof *communes, by_commune);
    const double households = persons / persons_a_household;
    output_format(o, "CRS3035RES1000mN%lldE%lld,%d,", (long long)of->north, (long long)of->east,
                  households < HOUSEHOLDS_LEAST);
    for (size_t k = 0; k < across; k++)
        output_format(o, "%s", g->l->communes[communes[k]].code);
    output_format(o, ",%.1f,%.1f\n", persons, households);
}

static status write_coarse(const people_grid *g, const char *folder, error *err)
{
    output o = {.file = NULL};
    square *squares = memory_new(g->cells.count, sizeof *squares);
    if (squares == NULL)
        return memory_error(err, g->cells.count * sizeof *squares);
    for (size_t k = 0; k < g->cells.count; k++)
        squares[k] = (square){.north = g->cells.at[k].north / 1000 * 1000,
                              .east = g->cells.at[k].east / 1000 * 1000,
                              .row = k};
    qsort(squares, g->cells.count, sizeof *squares, by_square);
    status s = output_open(&o, folder, "carreaux_1km.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "idcar_1km,i_est_1km,lcog_geo,ind,men\n");
    for (size_t k = 0; s == STATUS_OK && k < g->cells.count;) {
        size_t end = k;
        while (end < g->cells.count && squares[end].north == squares[k].north &&
               squares[end].east == squares[k].east)
            end++;
        write_square(&o, g, &squares[k], end - k);
        k = end;
    }
    memory_free(squares);
    return output_close(&o, s, err);
}

status write_cells(const land *l, const char *folder, error *err)
{
    people_grid g;
    status s = grid_new(&g, l, err);
    for (uint32_t c = 0; s == STATUS_OK && c < l->count; c++)
        s = settle(&g, c, err);
    if (s == STATUS_OK) {
        qsort(g.cells.at, g.cells.count, sizeof *g.cells.at, by_place);
        s = write_fine(&g, folder, err);
    }
    if (s == STATUS_OK)
        s = write_coarse(&g, folder, err);
    grid_clear(&g);
    return s;
}
