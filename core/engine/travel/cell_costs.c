#include "engine/travel/cell_costs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "geo/projection.h"

/* Mean distance between two random points of a square of side 1. */
static const double square_mean_distance = 0.521405433164720678;

enum { PAIRS_AT_ONCE = 1 << 20 };

static double inhabitants(const territory *cells, uint32_t cell)
{
    return isfinite(cells->population[cell]) ? cells->population[cell] : 0;
}

/* --- venues --- */

static void take_nearer(const territory *cells, const venues *v, size_t venue, uint32_t cell,
                        double *best_km, uint32_t *best)
{
    const double km =
        haversine_km(v->lon[venue], v->lat[venue], cells->lon[cell], cells->lat[cell]);
    if (km < *best_km) {
        *best_km = km;
        *best = cell;
    }
}

static uint32_t cell_of_venue(const territory *cells, const venues *v, size_t venue)
{
    const uint32_t commune = v->place[venue];
    uint32_t best = PLACE_NONE;
    double best_km = INFINITY;
    if (commune == PLACE_NONE || !isfinite(v->lon[venue]) || !isfinite(v->lat[venue])) {
        return PLACE_NONE;
    }
    for (uint64_t i = cells->cell_start[commune]; i < cells->cell_start[commune + 1]; i++) {
        take_nearer(cells, v, venue, cells->cell[i], &best_km, &best);
    }
    if (best != PLACE_NONE) {
        return best;
    }
    for (uint32_t i = 0; i < cells->place_count; i++) {
        if (cells->kept[i] == cells->communes->kept[commune]) {
            take_nearer(cells, v, venue, i, &best_km, &best);
        }
    }
    return best;
}

status venue_cells(const territory *cells, const venues *v, arena *memory, uint32_t **out,
                   error *err)
{
    uint32_t *cell = arena_take(memory, v->count, sizeof *cell);
    *out = cell;
    if (cell == NULL) {
        return memory_error(err, v->count * sizeof *cell);
    }
    for (size_t i = 0; i < v->count; i++) {
        cell[i] = cell_of_venue(cells, v, i);
    }
    return STATUS_OK;
}

/* --- costs of communes from costs of cells --- */

typedef struct commune_sums {
    double *weight, *minutes, *km; /* by commune; zero between venues */
    uint32_t *touched;
    size_t count;
} commune_sums;

typedef struct commune_work {
    const territory *cells;
    const costs *of_cells;
    double *known;   /* inhabitants of each commune whose cell is on the network */
    cost_rows *rows; /* one a venue */
} commune_work;

/* A commune where nobody lives: each cell counts for one. */
static double weight_of(const territory *cells, const double *known_persons, uint32_t cell)
{
    const double persons = inhabitants(cells, cell);
    return known_persons[cells->commune[cell]] > 0 ? persons : 1;
}

static bool on_network(const costs *c, uint32_t cell)
{
    return c->place_snap_m == NULL || c->place_snap_m[cell] <= NETWORK_REACH_M;
}

static status sums_new(commune_sums *s, size_t communes, error *err)
{
    *s = (commune_sums){.weight = memory_new(communes, 3 * sizeof *s->weight),
                        .touched = memory_new(communes, sizeof *s->touched)};
    if (s->weight == NULL || s->touched == NULL) {
        return memory_error(err, communes * 4 * sizeof *s->weight);
    }
    s->minutes = s->weight + communes;
    s->km = s->minutes + communes;
    return STATUS_OK;
}

static void sums_clear(commune_sums *s)
{
    memory_free(s->weight);
    memory_free(s->touched);
}

/* Cells come ascending, whatever the thread: the sums are the same. */
static void add_venue(const commune_work *w, size_t venue, commune_sums *s)
{
    const costs *c = w->of_cells;
    for (uint64_t i = c->venue_start[venue]; i < c->venue_start[venue + 1]; i++) {
        const uint32_t cell = c->venue_place[i];
        const uint32_t commune = w->cells->commune[cell];
        const double weight = weight_of(w->cells, w->known, cell);
        if (!(s->weight[commune] > 0) && weight > 0) {
            s->touched[s->count++] = commune;
        }
        s->weight[commune] += weight;
        s->minutes[commune] += weight * c->venue_minutes[i];
        s->km[commune] += weight * c->venue_km[i];
    }
}

static double whole_weight(const commune_work *w, uint32_t commune)
{
    const territory *t = w->cells;
    return w->known[commune] > 0 ? w->known[commune]
                                 : (double)(t->cell_start[commune + 1] - t->cell_start[commune]);
}

static status give_rows(const commune_work *w, commune_sums *s, cost_rows *rows, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t commune = s->touched[i];
        const double weight = s->weight[commune];
        if (result == STATUS_OK && 2 * weight >= whole_weight(w, commune)) {
            result = cost_rows_add(rows,
                                   (cost_row){.place = commune,
                                              .minutes = s->minutes[commune] / weight,
                                              .km = s->km[commune] / weight},
                                   err);
        }
        s->weight[commune] = s->minutes[commune] = s->km[commune] = 0;
    }
    s->count = 0;
    cost_rows_sort(rows);
    return result;
}

static status venues_block(void *context, block b, error *err)
{
    const commune_work *w = context;
    commune_sums s;
    status result = sums_new(&s, w->cells->communes->place_count, err);
    for (size_t v = b.begin; v < b.end && result == STATUS_OK; v++) {
        add_venue(w, v, &s);
        result = give_rows(w, &s, &w->rows[v], err);
    }
    sums_clear(&s);
    return result;
}

/* Mean walk to the network of the cells that are on it; far beyond reach where none is. */
static void snaps_of_communes(const commune_work *w, double *snap_m)
{
    const territory *t = w->cells;
    for (size_t p = 0; p < t->communes->place_count; p++) {
        double weight = 0;
        double sum = 0;
        for (uint64_t i = t->cell_start[p]; i < t->cell_start[p + 1]; i++) {
            const uint32_t cell = t->cell[i];
            if (on_network(w->of_cells, cell)) {
                const double one = weight_of(t, w->known, cell);
                weight += one;
                sum += one * (w->of_cells->place_snap_m ? w->of_cells->place_snap_m[cell] : 0);
            }
        }
        snap_m[p] = weight > 0 ? sum / weight : (double)NAN;
    }
}

static void known_inhabitants(commune_work *w)
{
    for (uint32_t i = 0; i < w->cells->place_count; i++) {
        if (on_network(w->of_cells, i)) {
            w->known[w->cells->commune[i]] += inhabitants(w->cells, i);
        }
    }
}

status commune_costs(const territory *cells, const travel_mode *mode, const costs *of_cells,
                     int threads, costs **out, error *err)
{
    const size_t communes = cells->communes->place_count;
    const size_t count = of_cells->venue_count;
    commune_work w = {.cells = cells,
                      .of_cells = of_cells,
                      .known = memory_new(communes, sizeof *w.known),
                      .rows = memory_new(count, sizeof *w.rows)};
    double *snap_m = memory_new(communes, sizeof *snap_m);
    status result = STATUS_OK;
    if (w.known == NULL || w.rows == NULL || snap_m == NULL) {
        result = memory_error(err, communes * 2 * sizeof *snap_m);
    }
    if (result == STATUS_OK) {
        known_inhabitants(&w);
        result = blocks_run(count, BLOCK_VENUES, threads, NULL, venues_block, &w, err);
    }
    if (result == STATUS_OK) {
        snaps_of_communes(&w, snap_m);
        result = costs_freeze(mode, communes, count, w.rows, of_cells->place_snap_m ? snap_m : NULL,
                              of_cells->venue_snap_m, out, err);
    }
    for (size_t v = 0; w.rows != NULL && v < count; v++) {
        cost_rows_clear(&w.rows[v]);
    }
    memory_free(w.known);
    memory_free(w.rows);
    memory_free(snap_m);
    return result;
}

/* --- points that stand for the cells of a commune --- */

typedef struct curve_cell {
    uint64_t at; /* along the curve */
    uint32_t cell;
    double weight;
} curve_cell;

static int compare_curve(const void *a, const void *b)
{
    const curve_cell *x = a;
    const curve_cell *y = b;
    if (x->at != y->at) {
        return x->at < y->at ? -1 : 1;
    }
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Bits of x at the even places, of y at the odd ones. */
static uint64_t morton(uint32_t x, uint32_t y)
{
    uint64_t code = 0;
    for (unsigned bit = 0; bit < 32; bit++) {
        code |= (uint64_t)((x >> bit) & 1u) << (2 * bit);
        code |= (uint64_t)((y >> bit) & 1u) << (2 * bit + 1);
    }
    return code;
}

/* Degrees in steps of about half a cell of 200 m; the curve only has to keep near cells together.
 */
static uint32_t step_of(double degrees)
{
    return (uint32_t)llround((degrees + 400) * 1000);
}

/* Cells of a commune along the curve; their whole weight. */
static double cells_along_curve(const territory *cells, size_t commune, curve_cell *out)
{
    const uint64_t begin = cells->cell_start[commune];
    const size_t count = (size_t)(cells->cell_start[commune + 1] - begin);
    double whole = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t cell = cells->cell[begin + i];
        out[i] = (curve_cell){.at = morton(step_of(cells->lon[cell]), step_of(cells->lat[cell])),
                              .cell = cell,
                              .weight = inhabitants(cells, cell)};
        whole += out[i].weight;
    }
    for (size_t i = 0; !(whole > 0) && i < count; i++) {
        out[i].weight = 1;
    }
    if (!(whole > 0)) {
        whole = (double)count;
    }
    qsort(out, count, sizeof *out, compare_curve);
    return whole;
}

/* The cell of a group nearest to the group's mean point; the first among equals. */
static uint32_t middle_cell(const territory *cells, const curve_cell *group, size_t count,
                            double weight)
{
    double lon = 0;
    double lat = 0;
    double best_km = INFINITY;
    uint32_t best = group[0].cell;
    for (size_t i = 0; i < count; i++) {
        lon += group[i].weight * cells->lon[group[i].cell];
        lat += group[i].weight * cells->lat[group[i].cell];
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t cell = group[i].cell;
        const double km =
            haversine_km(lon / weight, lat / weight, cells->lon[cell], cells->lat[cell]);
        if (km < best_km || (!(km > best_km) && cell < best)) {
            best_km = km;
            best = cell;
        }
    }
    return best;
}

typedef struct points_made {
    uint64_t *start;
    uint32_t *cell;
    double *weight, *inner_km;
    size_t count;
} points_made;

static void add_point(points_made *p, const territory *cells, const curve_cell *group, size_t count)
{
    double weight = 0;
    for (size_t i = 0; i < count; i++) {
        weight += group[i].weight;
    }
    if (!(weight > 0)) {
        return;
    }
    p->cell[p->count] = count == 1 ? group[0].cell : middle_cell(cells, group, count, weight);
    p->weight[p->count] = weight;
    p->inner_km[p->count++] = square_mean_distance * cells->cell_m / 1000 * sqrt((double)count);
}

/* Which of `most` groups of equal weight the middle of a cell falls in. */
static size_t group_at(double before, double weight, double whole, size_t most)
{
    const double at = (before + weight / 2) / whole * (double)most;
    return at >= (double)most ? most - 1 : (size_t)at;
}

static void points_of_commune(points_made *p, const territory *cells, size_t commune, size_t most,
                              curve_cell *buffer)
{
    const size_t count = (size_t)(cells->cell_start[commune + 1] - cells->cell_start[commune]);
    const double whole = cells_along_curve(cells, commune, buffer);
    double before = 0;
    for (size_t begin = 0; begin < count;) {
        size_t end = begin;
        const size_t group = group_at(before, buffer[begin].weight, whole, most);
        while (end < count && (end == begin || (count > most && group_at(before, buffer[end].weight,
                                                                         whole, most) == group))) {
            before += buffer[end].weight;
            end++;
        }
        add_point(p, cells, buffer + begin, end - begin);
        begin = end;
    }
}

status cell_points_new(const territory *cells, size_t most, arena *memory, cell_points *out,
                       error *err)
{
    const size_t communes = cells->communes->place_count;
    const size_t room = cells->place_count;
    curve_cell *buffer = memory_new(room, sizeof *buffer);
    points_made p = {.start = arena_take(memory, communes + 1, sizeof *p.start),
                     .cell = arena_take(memory, room, sizeof *p.cell),
                     .weight = arena_take(memory, room, sizeof *p.weight),
                     .inner_km = arena_take(memory, room, sizeof *p.inner_km)};
    if (buffer == NULL || p.start == NULL || p.cell == NULL || p.weight == NULL ||
        p.inner_km == NULL) {
        memory_free(buffer);
        return memory_error(err, room * sizeof *buffer);
    }
    for (size_t commune = 0; commune < communes; commune++) {
        p.start[commune] = p.count;
        points_of_commune(&p, cells, commune, most, buffer);
    }
    p.start[communes] = p.count;
    memory_free(buffer);
    *out =
        (cell_points){.start = p.start, .cell = p.cell, .weight = p.weight, .inner_km = p.inner_km};
    return STATUS_OK;
}

/* --- residence-work pairs --- */

typedef struct point_pairs {
    uint32_t *origin, *destination;
    double *minutes, *km;
    uint8_t *state;
} point_pairs;

static status point_pairs_new(point_pairs *p, size_t n, error *err)
{
    *p = (point_pairs){.origin = memory_new(n, sizeof *p->origin),
                       .destination = memory_new(n, sizeof *p->destination),
                       .minutes = memory_new(n, sizeof *p->minutes),
                       .km = memory_new(n, sizeof *p->km),
                       .state = memory_new(n, sizeof *p->state)};
    const bool made = p->origin != NULL && p->destination != NULL && p->minutes != NULL &&
                      p->km != NULL && p->state != NULL;
    return made ? STATUS_OK : memory_error(err, n * 32);
}

static void point_pairs_clear(point_pairs *p)
{
    memory_free(p->origin);
    memory_free(p->destination);
    memory_free(p->minutes);
    memory_free(p->km);
    memory_free(p->state);
}

static size_t points_at(const cell_points *c, uint32_t commune)
{
    return (size_t)(c->start[commune + 1] - c->start[commune]);
}

static size_t spread_pair(const cell_points *c, uint32_t o, uint32_t j, point_pairs *p, size_t at)
{
    for (uint64_t a = c->start[o]; a < c->start[o + 1]; a++) {
        for (uint64_t b = c->start[j]; b < c->start[j + 1]; b++) {
            p->origin[at] = c->cell[a];
            p->destination[at++] = c->cell[b];
        }
    }
    return at;
}

/* The mean of one pair of communes over its pairs of points, which start at `at`. */
static size_t mean_pair(const cell_points *c, uint32_t o, uint32_t j, const point_pairs *p,
                        size_t at, double *minutes, double *km, uint8_t *state)
{
    double whole = 0;
    double known = 0;
    double sum_minutes = 0;
    double sum_km = 0;
    for (uint64_t a = c->start[o]; a < c->start[o + 1]; a++) {
        for (uint64_t b = c->start[j]; b < c->start[j + 1]; b++, at++) {
            const double weight = c->weight[a] * c->weight[b];
            whole += weight;
            if (p->state[at] == VALUE_PRESENT) {
                known += weight;
                sum_minutes += weight * p->minutes[at];
                sum_km += weight * p->km[at];
            }
        }
    }
    const bool present = known > 0 && 2 * known >= whole;
    *state = present ? VALUE_PRESENT : whole > 0 ? VALUE_UNREACHABLE : VALUE_MISSING;
    *minutes = present ? sum_minutes / known : 0;
    *km = present ? sum_km / known : 0;
    return at;
}

/* So many pairs at once that memory stays bounded whatever the number of flows. */
static size_t batch_end(const cell_points *c, const uint32_t *origin, const uint32_t *destination,
                        size_t begin, size_t n, size_t *point_count)
{
    size_t end = begin;
    *point_count = 0;
    while (end < n) {
        const size_t more = points_at(c, origin[end]) * points_at(c, destination[end]);
        if (end > begin && *point_count + more > PAIRS_AT_ONCE) {
            break;
        }
        *point_count += more;
        end++;
    }
    return end;
}

status commune_pairs(cost_engine *e, const cell_points *points, const uint32_t *origin,
                     const uint32_t *destination, size_t n, double *minutes, double *km,
                     uint8_t *state, error *err)
{
    status result = STATUS_OK;
    for (size_t begin = 0; result == STATUS_OK && begin < n;) {
        point_pairs p;
        size_t count = 0;
        const size_t end = batch_end(points, origin, destination, begin, n, &count);
        result = point_pairs_new(&p, count, err);
        size_t at = 0;
        for (size_t i = begin; result == STATUS_OK && i < end; i++) {
            at = spread_pair(points, origin[i], destination[i], &p, at);
        }
        if (result == STATUS_OK) {
            result =
                cost_engine_pairs(e, p.origin, p.destination, count, p.minutes, p.km, p.state, err);
        }
        at = 0;
        for (size_t i = begin; result == STATUS_OK && i < end; i++) {
            at = mean_pair(points, origin[i], destination[i], &p, at, &minutes[i], &km[i],
                           &state[i]);
        }
        point_pairs_clear(&p);
        begin = end;
    }
    return result;
}

double within_commune_km(const territory *cells, const cell_points *points, size_t commune)
{
    double whole = 0;
    double sum = 0;
    for (uint64_t a = points->start[commune]; a < points->start[commune + 1]; a++) {
        const uint32_t from = points->cell[a];
        whole += points->weight[a];
        sum += points->weight[a] * points->weight[a] * points->inner_km[a];
        for (uint64_t b = points->start[commune]; b < a; b++) {
            const uint32_t to = points->cell[b];
            sum += 2 * points->weight[a] * points->weight[b] *
                   haversine_km(cells->lon[from], cells->lat[from], cells->lon[to], cells->lat[to]);
        }
    }
    return whole > 0 ? sum / (whole * whole) : (double)NAN;
}
