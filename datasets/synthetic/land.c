#include "datasets/synthetic/land.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "datasets/synthetic/messages.h"
#include "geo/projection.h"

/* Fine cells: a jittered grid whose vertices and edge midpoints are shared, so that any union of
 * cells has no gap and no overlap. Communes grow over them from their seeds. */
enum {
    CELLS_PER_COMMUNE = 14,
    DEPARTEMENT_COMMUNES = 999, /* three digits number them */
    STREAM_VERTEX = 1,
    STREAM_EDGE = 2,
    STREAM_SHAPE = 3,
    STREAM_SEED = 4,
    STREAM_GROWTH = 5
};
static const double cell_side_m = 1040.0; /* 14 cells: 15 km2, about the mean commune */
static const double centre_x_m = 640000.0, centre_y_m = 6590000.0;
static const double jitter = 0.34;

typedef struct grid {
    size_t side;     /* cells a row */
    uint8_t *inside; /* side * side */
    uint32_t *owner; /* commune; UINT32_MAX */
} grid;

typedef struct xy {
    double x, y;
} xy;

static xy vertex_at(const land *l, const grid *g, size_t i, size_t j)
{
    const uint64_t row = (uint64_t)j * (g->side + 1) + i;
    const double half = (double)g->side / 2.0;
    return (xy){
        centre_x_m + cell_side_m * ((double)i - half +
                                    jitter * (2.0 * land_uniform(l, STREAM_VERTEX, row, 0) - 1.0)),
        centre_y_m + cell_side_m * ((double)j - half +
                                    jitter * (2.0 * land_uniform(l, STREAM_VERTEX, row, 1) - 1.0))};
}

/* Midpoint of the edge from vertex (i, j) to the right (dir 0) or upwards (dir 1), pushed sideways.
 */
static xy edge_at(const land *l, const grid *g, size_t i, size_t j, uint32_t dir)
{
    const xy a = vertex_at(l, g, i, j), b = vertex_at(l, g, i + (dir == 0), j + (dir == 1));
    const uint64_t row = ((uint64_t)j * (g->side + 1) + i) * 2 + dir;
    const double push = 0.18 * (2.0 * land_uniform(l, STREAM_EDGE, row, 0) - 1.0);
    return (xy){(a.x + b.x) / 2.0 - push * (b.y - a.y), (a.y + b.y) / 2.0 + push * (b.x - a.x)};
}

/* The territory is a blob: a disc whose radius wavers with the angle. */
static void shape(const land *l, grid *g)
{
    double phase[5];
    for (uint32_t k = 0; k < 5; k++)
        phase[k] = 6.283185307179586 * land_uniform(l, STREAM_SHAPE, k, 0);
    const double half = (double)g->side / 2.0;
    for (size_t j = 0; j < g->side; j++)
        for (size_t i = 0; i < g->side; i++) {
            const double dx = (double)i + 0.5 - half, dy = (double)j + 0.5 - half,
                         angle = atan2(dy, dx);
            double radius = 0.72;
            for (uint32_t k = 0; k < 5; k++)
                radius += 0.17 / (k + 1.0) * sin((k + 1.0) * angle + phase[k]);
            g->inside[j * g->side + i] = hypot(dx, dy) < half * fmin(0.99, radius);
        }
}

static size_t cells_inside(const grid *g)
{
    size_t n = 0;
    for (size_t c = 0; c < g->side * g->side; c++)
        n += g->inside[c];
    return n;
}

/* Keeps the largest connected part; cells cut off by the wavering edge go. */
static void keep_largest(grid *g, uint32_t *stack, uint32_t *label)
{
    const size_t n = g->side * g->side;
    uint32_t labels = 0, best = 0;
    size_t best_size = 0;
    memset(label, 0, n * sizeof *label);
    for (size_t c = 0; c < n; c++) {
        if (!g->inside[c] || label[c])
            continue;
        size_t size = 0, top = 0;
        label[c] = ++labels;
        stack[top++] = (uint32_t)c;
        while (top > 0) {
            const size_t at = stack[--top], i = at % g->side, j = at / g->side;
            const size_t next[4] = {i > 0 ? at - 1 : at, i + 1 < g->side ? at + 1 : at,
                                    j > 0 ? at - g->side : at, j + 1 < g->side ? at + g->side : at};
            size++;
            for (uint32_t k = 0; k < 4; k++)
                if (g->inside[next[k]] && !label[next[k]]) {
                    label[next[k]] = labels;
                    stack[top++] = (uint32_t)next[k];
                }
        }
        if (size > best_size) {
            best_size = size;
            best = labels;
        }
    }
    for (size_t c = 0; c < n; c++)
        g->inside[c] = label[c] == best;
}

/* Marks the cells whose centre is nearer than `spacing` cells to the one given. */
static void block_around(const grid *g, uint8_t *blocked, size_t cell, double spacing)
{
    const long reach = (long)ceil(spacing), side = (long)g->side;
    const long i = (long)(cell % g->side), j = (long)(cell / g->side);
    for (long dj = -reach; dj <= reach; dj++)
        for (long di = -reach; di <= reach; di++)
            if (i + di >= 0 && i + di < side && j + dj >= 0 && j + dj < side &&
                (double)(di * di + dj * dj) < spacing * spacing)
                blocked[(size_t)((j + dj) * side + i + di)] = 1;
}

/* Seeds: cells drawn at random, each taken when no other is too near; the spacing shrinks until all
 * are placed. */
static size_t place_seeds(const land *l, const grid *g, uint8_t *blocked, uint32_t *seed_cell,
                          size_t wanted)
{
    const size_t n = g->side * g->side;
    size_t count = 0;
    uint32_t round_ = 0;
    for (double spacing = 3.2; count < wanted && spacing > 0.4; spacing *= 0.86, round_++) {
        memset(blocked, 0, n);
        for (size_t s = 0; s < count; s++)
            block_around(g, blocked, seed_cell[s], spacing);
        for (uint64_t tries = 0; count < wanted && tries < 3 * n; tries++) {
            const size_t c = (size_t)(land_uniform(l, STREAM_SEED, tries, round_) * (double)n);
            if (!g->inside[c] || blocked[c])
                continue;
            seed_cell[count++] = (uint32_t)c;
            block_around(g, blocked, c, spacing);
        }
    }
    return count;
}

/* A binary heap of (cost, cell) for the growth; ties by cell. */
typedef struct growth {
    double cost;
    uint32_t cell, owner;
} growth;
static int grows_before(growth a, growth b)
{
    return a.cost < b.cost || (!(a.cost > b.cost) && a.cell < b.cell);
}
static void heap_push(growth *heap, size_t *count, growth item)
{
    size_t at = (*count)++;
    for (; at > 0 && grows_before(item, heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = item;
}
static growth heap_pop(growth *heap, size_t *count)
{
    const growth top = heap[0], last = heap[--*count];
    size_t at = 0;
    for (size_t child = 1; child < *count; child = 2 * at + 1) {
        child += child + 1 < *count && grows_before(heap[child + 1], heap[child]);
        if (!grows_before(heap[child], last))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return top;
}

/* Every commune grows at random speed from its seed: contiguous, irregular, all cells taken. */
static void grow(const land *l, grid *g, const uint32_t *seed_cell, size_t seeds, growth *heap)
{
    const size_t n = g->side * g->side;
    size_t count = 0;
    for (size_t c = 0; c < n; c++)
        g->owner[c] = UINT32_MAX;
    for (size_t s = 0; s < seeds; s++)
        heap_push(heap, &count, (growth){.cost = 0.0, .cell = seed_cell[s], .owner = (uint32_t)s});
    while (count > 0) {
        const growth at = heap_pop(heap, &count);
        if (g->owner[at.cell] != UINT32_MAX)
            continue;
        g->owner[at.cell] = at.owner;
        const size_t i = at.cell % g->side, j = at.cell / g->side;
        const size_t next[4] = {i > 0 ? at.cell - 1 : n, i + 1 < g->side ? at.cell + 1 : n,
                                j > 0 ? at.cell - g->side : n,
                                j + 1 < g->side ? at.cell + g->side : n};
        for (uint32_t k = 0; k < 4; k++)
            if (next[k] < n && g->inside[next[k]] && g->owner[next[k]] == UINT32_MAX) {
                const double step = 0.55 + land_uniform(l, STREAM_GROWTH, next[k], k);
                heap_push(
                    heap, &count,
                    (growth){.cost = at.cost + step, .cell = (uint32_t)next[k], .owner = at.owner});
            }
    }
}

static status add_cell(polygons_builder *b, const land *l, const grid *g, size_t i, size_t j,
                       error *err)
{
    const xy ring[9] = {
        vertex_at(l, g, i, j),      edge_at(l, g, i, j, 0),        vertex_at(l, g, i + 1, j),
        edge_at(l, g, i + 1, j, 1), vertex_at(l, g, i + 1, j + 1), edge_at(l, g, i, j + 1, 0),
        vertex_at(l, g, i, j + 1),  edge_at(l, g, i, j, 1),        vertex_at(l, g, i, j)};
    status s = polygons_builder_row(b, err);
    if (s == STATUS_OK)
        s = polygons_builder_part(b, err);
    if (s == STATUS_OK)
        s = polygons_builder_ring(b, err);
    for (uint32_t k = 0; s == STATUS_OK && k < 9; k++)
        s = polygons_builder_point(b, ring[k].x, ring[k].y, err);
    return s;
}

/* The cells' outlines, joined by owner: in Lambert-93. */
static status join_cells(land *l, const grid *g, polygons **out, error *err)
{
    polygons_builder *b = NULL;
    polygons *cells = NULL;
    topology *arcs = NULL;
    uint32_t *group = arena_take(l->memory, g->side * g->side, sizeof *group);
    size_t rows = 0;
    status s = group == NULL ? memory_error(err, g->side * g->side * sizeof *group)
                             : polygons_builder_new(&b, err);
    for (size_t c = 0; s == STATUS_OK && c < g->side * g->side; c++)
        if (g->inside[c]) {
            group[rows++] = g->owner[c];
            s = add_cell(b, l, g, c % g->side, c / g->side, err);
        }
    if (s == STATUS_OK)
        s = polygons_build(b, &cells, err);
    if (s == STATUS_OK)
        s = topology_build(cells, 0.0, &arcs, err);
    if (s == STATUS_OK)
        s = topology_dissolve(arcs, group, l->count, out, err);
    topology_free(arcs);
    polygons_free(cells);
    polygons_builder_free(b);
    return s;
}

/* To degrees, rounded to 1e-6 as published files are; then back, so that both agree. */
static status to_degrees(land *l, const polygons *metres, error *err)
{
    polygons_builder *b = NULL;
    projection *p = NULL;
    const uint64_t points =
        metres->point_start[metres->ring_start[metres->part_start[metres->rows]]];
    double *x = arena_take(l->memory, (size_t)points + 1, sizeof *x),
           *y = arena_take(l->memory, (size_t)points + 1, sizeof *y);
    status s = x == NULL || y == NULL ? memory_error(err, (size_t)points * 16)
                                      : projection_new(&p, 2154, 4326, err);
    if (s == STATUS_OK) {
        memcpy(x, metres->x, (size_t)points * sizeof *x);
        memcpy(y, metres->y, (size_t)points * sizeof *y);
        s = projection_apply(p, x, y, (size_t)points, NULL, err);
    }
    if (s == STATUS_OK)
        s = polygons_builder_new(&b, err);
    for (size_t r = 0; s == STATUS_OK && r < metres->rows; r++) {
        s = polygons_builder_row(b, err);
        for (uint64_t part = metres->part_start[r];
             s == STATUS_OK && part < metres->part_start[r + 1]; part++) {
            s = polygons_builder_part(b, err);
            for (uint64_t ring = metres->ring_start[part];
                 s == STATUS_OK && ring < metres->ring_start[part + 1]; ring++) {
                s = polygons_builder_ring(b, err);
                for (uint64_t k = metres->point_start[ring];
                     s == STATUS_OK && k < metres->point_start[ring + 1]; k++)
                    s = polygons_builder_point(b, round(x[k] * 1e6) / 1e6, round(y[k] * 1e6) / 1e6,
                                               err);
            }
        }
    }
    if (s == STATUS_OK)
        s = polygons_build(b, &l->outlines, err);
    polygons_builder_free(b);
    projection_free(p);
    return s;
}

static status settle(land *l, const grid *g, const uint32_t *seed_cell, error *err)
{
    projection *p = NULL;
    status s = projection_new(&p, 2154, 4326, err);
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        commune *it = &l->communes[c];
        const size_t i = seed_cell[c] % g->side, j = seed_cell[c] / g->side;
        const xy a = vertex_at(l, g, i, j), b = vertex_at(l, g, i + 1, j + 1);
        it->x_m = (a.x + b.x) / 2.0;
        it->y_m = (a.y + b.y) / 2.0;
        it->lon = it->x_m;
        it->lat = it->y_m;
        s = projection_apply(p, &it->lon, &it->lat, 1, NULL, err);
        it->lon = round(it->lon * 1e6) / 1e6;
        it->lat = round(it->lat * 1e6) / 1e6;
    }
    projection_free(p);
    return s;
}

/* 96001...: a département number that France does not use. A territory of more than 999 communes
 * goes on with the numbers from 01. */
static void code_of(size_t row, char code[6])
{
    const unsigned departement =
        row < DEPARTEMENT_COMMUNES ? 96 : (unsigned)(row / DEPARTEMENT_COMMUNES);
    const unsigned number = (unsigned)(row % DEPARTEMENT_COMMUNES) + 1;
    code[0] = (char)('0' + departement / 10 % 10);
    code[1] = (char)('0' + departement % 10);
    code[2] = (char)('0' + number / 100 % 10);
    code[3] = (char)('0' + number / 10 % 10);
    code[4] = (char)('0' + number % 10);
    code[5] = 0;
}

/* --- départements: neighbours follow each other --- */

typedef struct seed_place {
    size_t band, along;
    uint32_t cell;
} seed_place;

static int by_band(const void *a, const void *b)
{
    const seed_place *const x = a, *const y = b;
    if (x->band != y->band)
        return x->band < y->band ? -1 : 1;
    return x->along < y->along ? -1 : x->along > y->along;
}

/* Seeds along bands as wide as a département, there and back, so that each run of communes of one
 * département is a block of land. */
static status order_seeds(const land *l, const grid *g, uint32_t *seed_cell, error *err)
{
    const size_t wide = (size_t)sqrt((double)(DEPARTEMENT_COMMUNES * CELLS_PER_COMMUNE));
    seed_place *const places = arena_take(l->memory, l->count, sizeof *places);
    if (places == NULL)
        return memory_error(err, l->count * sizeof *places);
    for (size_t c = 0; c < l->count; c++) {
        const size_t i = seed_cell[c] % g->side, j = seed_cell[c] / g->side, band = j / wide;
        const size_t along = band % 2 == 0 ? i : g->side - 1 - i;
        places[c] = (seed_place){band, along * wide + j % wide, seed_cell[c]};
    }
    qsort(places, l->count, sizeof *places, by_band);
    for (size_t c = 0; c < l->count; c++)
        seed_cell[c] = places[c].cell;
    return STATUS_OK;
}

static status tessellate(land *l, error *err)
{
    grid g = {.side = (size_t)ceil(sqrt((double)l->count * CELLS_PER_COMMUNE / 0.40))};
    const size_t n = g.side * g.side;
    g.inside = arena_take(l->memory, n, 1);
    g.owner = arena_take(l->memory, n, sizeof *g.owner);
    uint32_t *stack = arena_take(l->memory, n + 1, sizeof *stack),
             *label = arena_take(l->memory, n, sizeof *label);
    uint32_t *seeds = arena_take(l->memory, l->count, sizeof *seeds);
    uint8_t *blocked = arena_take(l->memory, n, 1);
    growth *heap = arena_take(l->memory, n * 5 + l->count, sizeof *heap);
    polygons *metres = NULL;
    if (g.inside == NULL || g.owner == NULL || stack == NULL || label == NULL || seeds == NULL ||
        blocked == NULL || heap == NULL)
        return memory_error(err, n * 64);
    shape(l, &g);
    keep_largest(&g, stack, label);
    if (cells_inside(&g) < l->count || place_seeds(l, &g, blocked, seeds, l->count) < l->count)
        return error_set(err, STATUS_INPUT, M_SYNTHETIC_TOO_DENSE, l->count);
    status s = l->count > DEPARTEMENT_COMMUNES ? order_seeds(l, &g, seeds, err) : STATUS_OK;
    grow(l, &g, seeds, l->count, heap);
    if (s == STATUS_OK)
        s = join_cells(l, &g, &metres, err);
    if (s == STATUS_OK)
        s = to_degrees(l, metres, err);
    if (s == STATUS_OK)
        s = topology_build(metres, 0.0, &l->borders, err);
    if (s == STATUS_OK)
        s = topology_neighbours(l->borders, l->memory, &l->neighbour_start, &l->neighbour, err);
    if (s == STATUS_OK)
        s = settle(l, &g, seeds, err);
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        code_of(c, l->communes[c].code);
        l->communes[c].area_km2 = polygons_area(metres, c) / 1e6;
    }
    polygons_free(metres);
    return s;
}

/* The first name tried that nobody has yet. */
static status name_commune(land *l, size_t row, interner *taken, error *err)
{
    char name[96];
    uint32_t k = 0, index = 0;
    do
        place_name(l->key, row, k++, name, sizeof name);
    while (k < 200 && interner_find(taken, text_slice_of(name, strlen(name))) != INTERN_NONE);
    l->communes[row].name = arena_text(l->memory, name);
    return l->communes[row].name == NULL
               ? memory_error(err, sizeof name)
               : interner_add(taken, text_slice_of(name, strlen(name)), &index, err);
}

static status name_all(land *l, error *err)
{
    interner *taken = NULL;
    status s = interner_new(&taken, err);
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++)
        s = name_commune(l, c, taken, err);
    interner_free(taken);
    return s;
}

status land_new(land **out, size_t communes, uint64_t seed, error *err)
{
    arena *memory = NULL;
    status s = arena_new(&memory, err);
    land *l = s == STATUS_OK ? arena_take(memory, 1, sizeof *l) : NULL;
    *out = NULL;
    if (s == STATUS_OK && l == NULL)
        s = memory_error(err, sizeof *l);
    if (s == STATUS_OK) {
        *l = (land){.count = communes, .memory = memory, .key = random_key_of(seed, "synthetic")};
        l->communes = arena_take(memory, communes, sizeof *l->communes);
        s = l->communes == NULL ? memory_error(err, communes * sizeof *l->communes)
                                : tessellate(l, err);
    }
    if (s == STATUS_OK)
        s = name_all(l, err);
    if (s == STATUS_OK)
        s = land_people(l, err);
    if (s == STATUS_OK)
        *out = l;
    else if (l != NULL)
        land_free(l);
    else
        arena_free(memory);
    return s;
}

void land_free(land *l)
{
    if (l == NULL)
        return;
    polygons_free(l->outlines);
    topology_free(l->borders);
    arena_free(l->memory);
}
