/* Point in polygon: a grid of candidate rows, then the edges at the point's height.
 *
 * The rule is that of GEOS prepared geometries (RayCrossingCounter over every ring of the row): a
 * point on an edge or a vertex is in; else it is in when a ray to the right crosses the rings an
 * odd number of times, an edge counting its lower end and not its upper one. Which side of an edge
 * the point lies on is decided by rounded arithmetic where the error bound allows, else by GEOS. */
#include "geo/locator.h"

#include <math.h>

#include "base/blocks.h"
#include "geo/curve.h"
#include "geo/geos_work.h"
#include "geo/messages.h"

enum { EDGES_A_SLAB = 2, ROWS_A_CELL_INVERSE = 4, POINTS_A_BLOCK = 4096, FEW_POINTS = 64 };

/* [low, high] in `count` steps; a number in it never falls before a smaller one. */
typedef struct steps {
    double low, high, scale;
    size_t count;
} steps;

static steps steps_of(double low, double high, size_t count)
{
    double width = high - low;
    return (steps){.low = low,
                   .high = high,
                   .scale =
                       width > 0 && isfinite((double)count / width) ? (double)count / width : 0,
                   .count = count};
}

/* `v` within low and high. */
static inline size_t step_at(const steps *s, double v)
{
    double at = (v - s->low) * s->scale;
    return at < (double)(s->count - 1) ? (size_t)at : s->count - 1;
}

struct locator {
    geos_work geos;
    const polygons *outlines;
    size_t rows;
    bounds *box;          /* of each row; x_min > x_max: it has no edge */
    steps *slabs;         /* of each row's height */
    uint64_t *first_slab; /* rows + 1 */
    uint64_t *slab_start; /* slabs + 1: edges of each slab */
    uint64_t *edge;       /* the point that an edge starts from */
    bounds all;
    steps columns, lines; /* the grid of cells */
    uint64_t *cell_start; /* cells + 1 */
    uint32_t *candidate;  /* rows of each cell, ascending */
};

void locator_free(locator *l)
{
    if (!l)
        return;
    geos_work_clear(&l->geos);
    memory_free(l->box);
    memory_free(l->slabs);
    memory_free(l->first_slab);
    memory_free(l->slab_start);
    memory_free(l->edge);
    memory_free(l->cell_start);
    memory_free(l->candidate);
    memory_free(l);
}

/* --- edges: those that GEOS is given (geos_of_row) --- */

static bool edge_is_finite(const polygons *p, uint64_t k)
{
    return isfinite(p->x[k]) && isfinite(p->y[k]) && isfinite(p->x[k + 1]) && isfinite(p->y[k + 1]);
}

/* Calls `take` for every edge of a row, in order. */
static void each_edge(locator *l, size_t row, void (*take)(locator *, size_t, uint64_t))
{
    const polygons *p = l->outlines;
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        uint64_t shell = p->ring_start[part], end = p->ring_start[part + 1];
        if (shell == end || ring_is_short(p, shell))
            continue;
        for (uint64_t ring = shell; ring < end; ring++) {
            if (ring_is_short(p, ring))
                continue;
            for (uint64_t k = p->point_start[ring]; k + 1 < p->point_start[ring + 1]; k++) {
                if (edge_is_finite(p, k))
                    take(l, row, k);
            }
        }
    }
}

static void widen(bounds *b, double x, double y)
{
    b->x_min = fmin(b->x_min, x);
    b->y_min = fmin(b->y_min, y);
    b->x_max = fmax(b->x_max, x);
    b->y_max = fmax(b->y_max, y);
}

static void box_edge(locator *l, size_t row, uint64_t k)
{
    const polygons *p = l->outlines;
    widen(&l->box[row], p->x[k], p->y[k]);
    widen(&l->box[row], p->x[k + 1], p->y[k + 1]);
    l->first_slab[row + 1]++; /* edges, until there are slabs */
}

static uint64_t slab_of(const locator *l, size_t row, double y)
{
    return l->first_slab[row] + step_at(&l->slabs[row], y);
}

static void count_edge(locator *l, size_t row, uint64_t k)
{
    const double *y = l->outlines->y + k;
    uint64_t last = slab_of(l, row, fmax(y[0], y[1]));
    for (uint64_t s = slab_of(l, row, fmin(y[0], y[1])); s <= last; s++)
        l->slab_start[s + 1]++;
}

/* Fills from slab_start[s], which then is the end of slab s, the start of the next. */
static void place_edge(locator *l, size_t row, uint64_t k)
{
    const double *y = l->outlines->y + k;
    uint64_t last = slab_of(l, row, fmax(y[0], y[1]));
    for (uint64_t s = slab_of(l, row, fmin(y[0], y[1])); s <= last; s++)
        l->edge[l->slab_start[s]++] = k;
}

static void add_up(uint64_t *starts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        starts[i + 1] += starts[i];
}

/* After filling: each start is the one of the next. */
static void step_back(uint64_t *starts, size_t count)
{
    for (size_t i = count; i > 0; i--)
        starts[i] = starts[i - 1];
    starts[0] = 0;
}

static status slabs_build(locator *l, error *err)
{
    for (size_t row = 0; row < l->rows; row++) {
        l->box[row] = (bounds){INFINITY, INFINITY, -INFINITY, -INFINITY};
        each_edge(l, row, box_edge);
        size_t slabs = (size_t)l->first_slab[row + 1] / EDGES_A_SLAB + 1;
        l->first_slab[row + 1] = slabs;
        l->slabs[row] = steps_of(l->box[row].y_min, l->box[row].y_max, slabs);
    }
    add_up(l->first_slab, l->rows);
    size_t slabs = (size_t)l->first_slab[l->rows];
    l->slab_start = memory_new(slabs + 1, sizeof *l->slab_start);
    if (!l->slab_start)
        return memory_error(err, slabs * sizeof *l->slab_start);
    for (size_t row = 0; row < l->rows; row++)
        each_edge(l, row, count_edge);
    add_up(l->slab_start, slabs);
    l->edge = memory_new((size_t)l->slab_start[slabs], sizeof *l->edge);
    if (!l->edge)
        return memory_error(err, (size_t)l->slab_start[slabs] * sizeof *l->edge);
    for (size_t row = 0; row < l->rows; row++)
        each_edge(l, row, place_edge);
    step_back(l->slab_start, slabs);
    return STATUS_OK;
}

/* --- cells --- */

static bool has_edges(const locator *l, size_t row)
{
    return l->box[row].x_min <= l->box[row].x_max;
}

/* Calls `take` for every cell that a row's box touches. */
static void each_cell(locator *l, size_t row, void (*take)(locator *, size_t, size_t))
{
    const bounds *b = &l->box[row];
    if (!has_edges(l, row))
        return;
    size_t right = step_at(&l->columns, b->x_max), top = step_at(&l->lines, b->y_max);
    for (size_t j = step_at(&l->lines, b->y_min); j <= top; j++) {
        for (size_t i = step_at(&l->columns, b->x_min); i <= right; i++)
            take(l, row, j * l->columns.count + i);
    }
}

static void count_cell(locator *l, size_t row, size_t cell)
{
    (void)row;
    l->cell_start[cell + 1]++;
}

static void place_cell(locator *l, size_t row, size_t cell)
{
    l->candidate[l->cell_start[cell]++] = (uint32_t)row;
}

static status cells_build(locator *l, error *err)
{
    size_t side = 1;
    while (side * side < ROWS_A_CELL_INVERSE * l->rows && side < 4096)
        side++;
    l->all = (bounds){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t row = 0; row < l->rows; row++) {
        if (has_edges(l, row)) {
            widen(&l->all, l->box[row].x_min, l->box[row].y_min);
            widen(&l->all, l->box[row].x_max, l->box[row].y_max);
        }
    }
    l->columns = steps_of(l->all.x_min, l->all.x_max, side);
    l->lines = steps_of(l->all.y_min, l->all.y_max, side);
    l->cell_start = memory_new(side * side + 1, sizeof *l->cell_start);
    if (!l->cell_start)
        return memory_error(err, side * side * sizeof *l->cell_start);
    for (size_t row = 0; row < l->rows; row++)
        each_cell(l, row, count_cell);
    add_up(l->cell_start, side * side);
    l->candidate = memory_new((size_t)l->cell_start[side * side], sizeof *l->candidate);
    if (!l->candidate)
        return memory_error(err, (size_t)l->cell_start[side * side] * sizeof *l->candidate);
    for (size_t row = 0; row < l->rows; row++)
        each_cell(l, row, place_cell);
    step_back(l->cell_start, side * side);
    return STATUS_OK;
}

status locator_new(locator **out, const polygons *p, error *err)
{
    *out = NULL;
    if (p->rows >= LOCATED_NOWHERE)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, p->rows, (size_t)LOCATED_NOWHERE - 1);
    locator *l = memory_new(1, sizeof *l);
    if (!l)
        return memory_error(err, sizeof *l);
    status s = geos_work_init(&l->geos, err);
    l->outlines = p;
    l->rows = p->rows;
    l->box = memory_new(p->rows, sizeof *l->box);
    l->slabs = memory_new(p->rows, sizeof *l->slabs);
    l->first_slab = memory_new(p->rows + 1, sizeof *l->first_slab);
    if (!s && (!l->box || !l->slabs || !l->first_slab))
        s = memory_error(err, p->rows * sizeof *l->box);
    if (!s)
        s = slabs_build(l, err);
    if (!s)
        s = cells_build(l, err);
    if (s)
        locator_free(l);
    else
        *out = l;
    return s;
}

/* --- one point --- */

typedef struct probe {
    double x, y;
    geos_work *geos; /* of the thread; made when it is first needed */
    bool failed;
} probe;

/* 1: the point is left of the edge from a to b; -1: right; 0: on its line. */
static int side_exactly(probe *q, double ax, double ay, double bx, double by)
{
    error err;
    if (!q->geos->handle && geos_work_init(q->geos, &err)) {
        q->failed = true;
        return 0;
    }
    int side = GEOSOrientationIndex_r(q->geos->handle, ax, ay, bx, by, q->x, q->y);
    q->failed = q->failed || side == 2;
    return side;
}

static inline int side_of(probe *q, double ax, double ay, double bx, double by)
{
    /* Shewchuk, Adaptive precision floating-point arithmetic (1997): 3.33e-16 bounds the error. */
    const double relative_bound = 1e-15, least = 1e-290; /* products below it lose digits */
    double left = (ax - q->x) * (by - q->y), right = (ay - q->y) * (bx - q->x);
    double difference = left - right, bound = relative_bound * (fabs(left) + fabs(right)) + least;
    if (difference > bound)
        return 1;
    if (difference < -bound)
        return -1;
    return side_exactly(q, ax, ay, bx, by);
}

typedef enum crossing { CROSSING_NONE, CROSSING_ONE, CROSSING_ON_EDGE } crossing;

/* GEOS RayCrossingCounter::countSegment, from a to b. */
static inline crossing cross(probe *q, double ax, double ay, double bx, double by)
{
    if (ax < q->x && bx < q->x)
        return CROSSING_NONE;
    if (q->x == bx && q->y == by)
        return CROSSING_ON_EDGE;
    if (ay == q->y && by == q->y)
        return fmin(ax, bx) <= q->x && q->x <= fmax(ax, bx) ? CROSSING_ON_EDGE : CROSSING_NONE;
    bool down = ay > q->y && by <= q->y, up = by > q->y && ay <= q->y;
    if (!down && !up)
        return CROSSING_NONE;
    if (ax > q->x && bx > q->x)
        return CROSSING_ONE;
    int side = side_of(q, ax, ay, bx, by);
    if (side == 0)
        return CROSSING_ON_EDGE;
    return (side > 0) == up ? CROSSING_ONE : CROSSING_NONE;
}

static bool row_holds(const locator *l, size_t row, probe *q)
{
    const bounds *b = &l->box[row];
    if (!(q->x >= b->x_min && q->x <= b->x_max && q->y >= b->y_min && q->y <= b->y_max))
        return false;
    const double *x = l->outlines->x, *y = l->outlines->y;
    uint64_t slab = slab_of(l, row, q->y);
    bool inside = false;
    for (uint64_t i = l->slab_start[slab]; i < l->slab_start[slab + 1]; i++) {
        uint64_t k = l->edge[i];
        crossing c = cross(q, x[k], y[k], x[k + 1], y[k + 1]);
        if (c == CROSSING_ON_EDGE)
            return true;
        inside ^= c == CROSSING_ONE;
    }
    return inside;
}

static uint32_t locate(const locator *l, probe *q)
{
    const bounds *b = &l->all; /* a NaN is in none */
    if (!(q->x >= b->x_min && q->x <= b->x_max && q->y >= b->y_min && q->y <= b->y_max))
        return LOCATED_NOWHERE;
    size_t cell = step_at(&l->lines, q->y) * l->columns.count + step_at(&l->columns, q->x);
    for (uint64_t i = l->cell_start[cell]; i < l->cell_start[cell + 1]; i++) {
        if (row_holds(l, l->candidate[i], q))
            return l->candidate[i];
    }
    return LOCATED_NOWHERE;
}

status locator_find(locator *l, double x, double y, uint32_t *row, error *err)
{
    probe q = {.x = x, .y = y, .geos = &l->geos};
    *row = locate(l, &q);
    return q.failed ? geos_work_error(&l->geos, err) : STATUS_OK;
}

/* --- many points --- */

typedef struct finding {
    const locator *locator;
    const double *x, *y;
    const uint32_t *order; /* NULL: as they come */
    uint32_t *rows;
} finding;

static status find_block(void *context, block b, error *err)
{
    const finding *f = context;
    geos_work geos = {0};
    probe q = {.geos = &geos};
    for (size_t i = b.begin; i < b.end && !q.failed; i++) {
        size_t point = f->order ? f->order[i] : i;
        q.x = f->x[point];
        q.y = f->y[point];
        f->rows[point] = locate(f->locator, &q);
    }
    status s = q.failed ? geos_work_error(&geos, err) : STATUS_OK;
    geos_work_clear(&geos);
    return s;
}

status locator_find_all(const locator *l, const double *x, const double *y, size_t count,
                        int threads, uint32_t *rows, error *err)
{
    finding f = {.locator = l, .x = x, .y = y, .rows = rows};
    uint32_t *order = NULL;
    status s = STATUS_OK;
    if (count > FEW_POINTS) {
        s = curve_order(&order, x, y, count, &l->all, threads, err);
        f.order = order;
    }
    if (!s)
        s = blocks_run(count, POINTS_A_BLOCK, threads, NULL, find_block, &f, err);
    memory_free(order);
    return s;
}
