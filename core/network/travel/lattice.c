#include "network/travel/lattice.h"

#include <math.h>
#include <string.h>

#include "base/blocks.h"
#include "geo/projection.h"

enum { EPSG_DEGREES = 4326, DIRECTORY_MAX = 1 << 20, COARSEST = 256, TILES_A_BLOCK = 4 };
static const double radians_a_degree = 3.14159265358979323846 / 180;
static const double metres_a_degree = 3.14159265358979323846 / 180 * EARTH_RADIUS_KM * 1000;
/* Steps of one width in degrees are of several widths in metres where there are several systems of
 * coordinates, from Saint-Pierre to Mayotte. */
static const double degrees_slack = 1.5;

void travel_lattice_free(lattice *l)
{
    if (!l)
        return;
    memory_free(l->kept_of_tile);
    memory_free(l->tile_of_kept);
    memory_free(l->node_start);
    memory_free(l->point);
    memory_free(l->walk_m);
    memory_free(l->place_u);
    memory_free(l->place_v);
    memory_free(l->squares);
    memory_free(l->square_place);
    memory_free(l->square_triangle);
    memory_free(l);
}

/* --- the frame --- */

static bounds box_of(const double *x, const double *y, size_t count, double margin)
{
    bounds b = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        b.x_min = fmin(b.x_min, x[i] - margin);
        b.x_max = fmax(b.x_max, x[i] + margin);
        b.y_min = fmin(b.y_min, y[i] - margin);
        b.y_max = fmax(b.y_max, y[i] + margin);
    }
    return b;
}

/* What venues may reach, of the land. */
static bounds extent_of(const lattice_request *r, const lattice *l)
{
    bounds b = box_of(r->venue_x, r->venue_y, r->venue_count, r->reach_m / l->step_m * l->step_x);
    if (r->land) {
        const bounds on =
            box_of(r->land->x, r->land->y, (size_t)r->land->arc_start[r->land->arc_count], 0);
        b = (bounds){fmax(b.x_min, on.x_min), fmax(b.y_min, on.y_min), fmin(b.x_max, on.x_max),
                     fmin(b.y_max, on.y_max)};
    }
    return b;
}

/* One tile more on the left and below, never kept, so that every region is closed there. False:
 * too many tiles at this step. */
static bool frame_fit(lattice *l, const lattice_request *r, double step_m)
{
    l->step_m = l->step_x = l->step_y = step_m;
    if (r->epsg == EPSG_DEGREES) {
        const bounds venues = box_of(r->venue_x, r->venue_y, r->venue_count, 0);
        const double middle = (venues.y_min + venues.y_max) / 2;
        l->step_y = step_m / metres_a_degree;
        l->step_x = l->step_y / cos(middle * radians_a_degree);
    }
    const bounds b = extent_of(r, l);
    if (!(b.x_min <= b.x_max) || !(b.y_min <= b.y_max)) {
        l->tiles_x = l->tiles_y = 0;
        return true;
    }
    const double side_x = TILE_SIDE * l->step_x, side_y = TILE_SIDE * l->step_y;
    const double wide = ceil((b.x_max - b.x_min) / side_x) + 2,
                 high = ceil((b.y_max - b.y_min) / side_y) + 2;
    if (wide * high > DIRECTORY_MAX)
        return false;
    l->x = b.x_min - side_x;
    l->y = b.y_min - side_y;
    l->tiles_x = (uint32_t)wide;
    l->tiles_y = (uint32_t)high;
    return true;
}

/* --- tiles --- */

static uint32_t tile_below(double steps, uint32_t tiles)
{
    const double tile = floor(steps / TILE_SIDE);
    return tile < 1 ? 1 : tile >= tiles ? tiles - 1 : (uint32_t)tile;
}

/* Marks in `kept_of_tile` what some venue may reach: 0; else LATTICE_NONE. */
static void tiles_mark(lattice *l, const lattice_request *r)
{
    const double reach = r->reach_m / l->step_m * (r->epsg == EPSG_DEGREES ? degrees_slack : 1) + 1;
    for (size_t v = 0; v < r->venue_count; v++) {
        const double u = (r->venue_x[v] - l->x) / l->step_x, w = (r->venue_y[v] - l->y) / l->step_y;
        if (isnan(u) || isnan(w))
            continue;
        for (uint32_t y = tile_below(w - reach, l->tiles_y); y <= tile_below(w + reach, l->tiles_y);
             y++)
            for (uint32_t x = tile_below(u - reach, l->tiles_x);
                 x <= tile_below(u + reach, l->tiles_x); x++)
                l->kept_of_tile[y * l->tiles_x + x] = 0;
    }
}

/* To degrees, in place. */
static status to_degrees(int32_t epsg, double *x, double *y, size_t count, error *err)
{
    projection *p = NULL;
    if (epsg == EPSG_DEGREES)
        return STATUS_OK;
    status s = projection_new(&p, epsg, EPSG_DEGREES, err);
    if (s == STATUS_OK)
        s = projection_apply(p, x, y, count, NULL, err);
    projection_free(p);
    return s;
}

/* Of the tiles marked, those whose middle is near enough to a node, numbered. */
static status tiles_near_nodes(lattice *l, const lattice_request *r, error *err)
{
    const size_t tiles = (size_t)l->tiles_x * l->tiles_y;
    const double slack = r->epsg == EPSG_DEGREES ? degrees_slack : 1;
    const double near_m = SNAP_LIMIT_M + slack * l->step_m * TILE_SIDE * 0.7072;
    double *x = memory_new(tiles, sizeof *x), *y = memory_new(tiles, sizeof *y);
    snaps middle = {0};
    size_t marked = 0;
    status s = x && y ? STATUS_OK : memory_error(err, tiles * 2 * sizeof *x);
    for (size_t t = 0; t < tiles && s == STATUS_OK; t++) {
        if (l->kept_of_tile[t] == LATTICE_NONE)
            continue;
        x[marked] = l->x + ((double)(t % l->tiles_x) + 0.5) * TILE_SIDE * l->step_x;
        y[marked++] = l->y + ((double)(t / l->tiles_x) + 0.5) * TILE_SIDE * l->step_y;
    }
    if (s == STATUS_OK)
        s = to_degrees(r->epsg, x, y, marked, err);
    if (s == STATUS_OK)
        s = snap_points(r->snapper, x, y, marked, r->threads, &middle, err);
    l->kept_count = marked = 0;
    for (size_t t = 0; t < tiles && s == STATUS_OK; t++) {
        if (l->kept_of_tile[t] == LATTICE_NONE)
            continue;
        const bool near = middle.m[marked++] <= near_m;
        l->kept_of_tile[t] = near ? (uint32_t)l->kept_count++ : LATTICE_NONE;
    }
    snaps_clear(&middle);
    memory_free(x);
    memory_free(y);
    return s;
}

static status tiles_choose(lattice *l, const lattice_request *r, error *err)
{
    const size_t tiles = (size_t)l->tiles_x * l->tiles_y;
    memory_free(l->kept_of_tile);
    l->kept_count = 0;
    l->kept_of_tile = memory_new(tiles, sizeof *l->kept_of_tile);
    if (!l->kept_of_tile)
        return memory_error(err, tiles * sizeof *l->kept_of_tile);
    memset(l->kept_of_tile, 0xff, tiles * sizeof *l->kept_of_tile);
    if (tiles == 0)
        return STATUS_OK;
    tiles_mark(l, r);
    return tiles_near_nodes(l, r, err);
}

/* The finest multiple of the step whose tiles are not too many. */
static status frame_choose(lattice *l, const lattice_request *r, error *err)
{
    status s = STATUS_OK;
    for (int multiple = 1; multiple <= COARSEST && s == STATUS_OK; multiple++) {
        if (!frame_fit(l, r, multiple * r->step_m))
            continue;
        s = tiles_choose(l, r, err);
        if (s != STATUS_OK || l->kept_count <= LATTICE_TILES_MAX)
            break;
    }
    l->tile_of_kept = memory_new(l->kept_count, sizeof *l->tile_of_kept);
    if (s == STATUS_OK && !l->tile_of_kept)
        s = memory_error(err, l->kept_count * sizeof *l->tile_of_kept);
    for (size_t t = 0; s == STATUS_OK && t < (size_t)l->tiles_x * l->tiles_y; t++)
        if (l->kept_of_tile[t] != LATTICE_NONE)
            l->tile_of_kept[l->kept_of_tile[t]] = (uint32_t)t;
    return s;
}

/* --- nearest nodes --- */

typedef struct nearing {
    const lattice *l;
    const lattice_request *r;
    const land_rows *land;
    uint32_t *node; /* of each point, SNAP_NONE: none */
    uint16_t *walk_m;
} nearing;

static void tile_points(const nearing *n, size_t kept, double *x, double *y)
{
    const lattice *l = n->l;
    const uint32_t i0 = l->tile_of_kept[kept] % l->tiles_x * TILE_SIDE,
                   j0 = l->tile_of_kept[kept] / l->tiles_x * TILE_SIDE;
    for (uint32_t k = 0; k < TILE_POINTS; k++) {
        const uint32_t i = i0 + k % TILE_SIDE, j = j0 + k / TILE_SIDE;
        const bool on = land_holds(n->land, i, j);
        x[k] = on ? l->x + i * l->step_x : NAN;
        y[k] = on ? l->y + j * l->step_y : NAN;
    }
}

static status tiles_snap(void *context, block b, error *err)
{
    const nearing *n = context;
    const size_t count = (b.end - b.begin) * TILE_POINTS, first = b.begin * TILE_POINTS;
    double *x = memory_new(count, sizeof *x), *y = memory_new(count, sizeof *y);
    snaps found = {0};
    status s = x && y ? STATUS_OK : memory_error(err, count * 2 * sizeof *x);
    for (size_t t = b.begin; t < b.end && s == STATUS_OK; t++)
        tile_points(n, t, x + (t - b.begin) * TILE_POINTS, y + (t - b.begin) * TILE_POINTS);
    if (s == STATUS_OK)
        s = to_degrees(n->r->epsg, x, y, count, err);
    if (s == STATUS_OK)
        s = snap_points(n->r->snapper, x, y, count, 1, &found, err);
    for (size_t i = 0; i < count && s == STATUS_OK; i++) {
        n->node[first + i] = found.node[i];
        n->walk_m[first + i] = found.node[i] == SNAP_NONE ? 0 : (uint16_t)found.m[i];
    }
    snaps_clear(&found);
    memory_free(x);
    memory_free(y);
    return s;
}

/* A place that stands on a point of the lattice is that point. */
static void places_at_points(const nearing *n)
{
    const lattice *l = n->l;
    for (size_t p = 0; p < n->r->place_count; p++) {
        const double u = l->place_u[p], v = l->place_v[p];
        if (isnan(u) || u != floor(u) || v != floor(v))
            continue;
        const uint32_t i = (uint32_t)u, j = (uint32_t)v;
        const uint32_t kept = l->kept_of_tile[j / TILE_SIDE * l->tiles_x + i / TILE_SIDE];
        const size_t at = (size_t)kept * TILE_POINTS + j % TILE_SIDE * TILE_SIDE + i % TILE_SIDE;
        if (kept == LATTICE_NONE)
            continue;
        n->node[at] = n->r->places->node[p];
        n->walk_m[at] = n->node[at] == SNAP_NONE ? 0 : (uint16_t)n->r->places->m[p];
    }
}

/* --- points by node --- */

static uint32_t node_of(const nearing *n, size_t point)
{
    const size_t first = n->l->place_first;
    return point < first                         ? n->node[point]
           : isnan(n->l->place_u[point - first]) ? SNAP_NONE
                                                 : n->r->places->node[point - first];
}

static uint16_t walk_of(const nearing *n, size_t point)
{
    const size_t first = n->l->place_first;
    return point < first ? n->walk_m[point] : (uint16_t)n->r->places->m[point - first];
}

static status points_by_node(lattice *l, const nearing *n, error *err)
{
    const size_t nodes = n->r->node_count, points = l->place_first + n->r->place_count;
    size_t near = 0;
    l->node_start = memory_new(nodes + 2, sizeof *l->node_start);
    if (!l->node_start)
        return memory_error(err, (nodes + 2) * sizeof *l->node_start);
    for (size_t p = 0; p < points; p++) {
        const uint32_t node = node_of(n, p);
        if (node == SNAP_NONE)
            continue;
        l->node_start[node + 2]++;
        near++;
    }
    l->point = memory_new(near, sizeof *l->point);
    l->walk_m = memory_new(near, sizeof *l->walk_m);
    if (!l->point || !l->walk_m)
        return memory_error(err, near * sizeof *l->point);
    for (size_t k = 0; k < nodes; k++)
        l->node_start[k + 2] += l->node_start[k + 1];
    for (size_t p = 0; p < points; p++) { /* start[node + 1] runs to the node's end */
        const uint32_t node = node_of(n, p);
        if (node == SNAP_NONE)
            continue;
        const uint32_t at = l->node_start[node + 1]++;
        l->point[at] = (uint32_t)p;
        l->walk_m[at] = walk_of(n, p);
    }
    return STATUS_OK;
}

static status points_find(lattice *l, const lattice_request *r, error *err)
{
    land_rows land = {0};
    const size_t points = l->kept_count * TILE_POINTS;
    nearing n = {.l = l,
                 .r = r,
                 .land = &land,
                 .node = memory_new(points, sizeof *n.node),
                 .walk_m = memory_new(points, sizeof *n.walk_m)};
    l->place_first = (uint32_t)points;
    status s = n.node && n.walk_m ? land_rows_new(&land, r->land, l, err)
                                  : memory_error(err, points * sizeof *n.node);
    if (s == STATUS_OK)
        s = blocks_run(l->kept_count, TILES_A_BLOCK, r->threads, r->cancel, tiles_snap, &n, err);
    if (s == STATUS_OK) {
        places_at_points(&n);
        s = points_by_node(l, &n, err);
    }
    land_rows_clear(&land);
    memory_free(n.node);
    memory_free(n.walk_m);
    return s;
}

status travel_lattice_new(lattice **out, const lattice_request *r, error *err)
{
    lattice *l = memory_new(1, sizeof *l);
    *out = NULL;
    if (!l)
        return memory_error(err, sizeof *l);
    status s = frame_choose(l, r, err);
    if (s == STATUS_OK)
        s = lattice_squares_cut(l, r, err);
    if (s == STATUS_OK)
        s = points_find(l, r, err);
    if (s == STATUS_OK)
        *out = l;
    else
        travel_lattice_free(l);
    return s;
}
