/* The union of rows: arcs with the group on both sides go, the others are chained into rings.
 *
 * Every piece has the group on its left. Where several pieces leave a vertex the walk takes the
 * first one clockwise from where it came, so that it stays in the same part; a loop that closes
 * within the walk becomes a ring of its own. Hence rings touch themselves nowhere. */
#include <math.h>
#include <string.h>

#include "geo/messages.h"
#include "geo/topology_arcs.h"

typedef struct ring {
    size_t first, count; /* in `chained` */
    double area;         /* signed */
    bounds box;
    size_t shell; /* of a hole: its shell, SIZE_MAX none */
} ring;

typedef struct dissolving {
    const topology *t;
    vertices points;
    uint32_t *end; /* arc ends as vertex numbers */
    uint64_t *use; /* (group, arc, backwards), sorted */
    size_t uses;
    int32_t *piece; /* signed arcs of the group at work */
    uint8_t *walked;
    uint64_t *leaving; /* (vertex, piece), sorted */
    uint32_t *path;    /* pieces of the walk */
    uint32_t
        *on_path;     /* of a vertex: 1 + the place in the path of the piece that leaves it, or 0 */
    int32_t *chained; /* signed arcs of finished rings */
    ring *rings;
    size_t pieces, path_size, chained_size, ring_count;
    polygons_builder *out;
} dissolving;

static void dissolving_clear(dissolving *d)
{
    vertices_clear(&d->points);
    memory_free(d->end);
    memory_free(d->use);
    memory_free(d->piece);
    memory_free(d->walked);
    memory_free(d->leaving);
    memory_free(d->path);
    memory_free(d->on_path);
    memory_free(d->chained);
    memory_free(d->rings);
    polygons_builder_free(d->out);
}

static status dissolving_init(dissolving *d, const topology *t, error *err)
{
    size_t uses = (size_t)t->ring_start[t->ring_count];
    *d = (dissolving){.t = t};
    status s = arc_ends(t, &d->points, &d->end, err);
    if (!s)
        s = polygons_builder_new(&d->out, err);
    if (s)
        return s;
    d->use = memory_new(uses, sizeof *d->use);
    d->piece = memory_new(uses, sizeof *d->piece);
    d->walked = memory_new(uses, sizeof *d->walked);
    d->leaving = memory_new(uses, sizeof *d->leaving);
    d->path = memory_new(uses, sizeof *d->path);
    d->on_path = memory_new(d->points.count, sizeof *d->on_path);
    d->chained = memory_new(uses, sizeof *d->chained);
    d->rings = memory_new(uses, sizeof *d->rings);
    if (!d->use || !d->piece || !d->walked || !d->leaving || !d->path || !d->on_path ||
        !d->chained || !d->rings)
        return memory_error(err, uses * sizeof *d->rings);
    return STATUS_OK;
}

/* --- which arcs are left --- */

static void row_uses(dissolving *d, size_t row, uint32_t group)
{
    const topology *t = d->t;
    uint64_t first = t->ring_start[t->row_start[row]];
    uint64_t last = t->ring_start[t->row_start[row + 1]];
    for (uint64_t i = first; i < last; i++)
        d->use[d->uses++] =
            (uint64_t)group << 32 | (uint64_t)arc_of(t->ring_arc[i]) << 1 | (t->ring_arc[i] < 0);
}

static status list_uses(dissolving *d, const uint32_t *group_of_row, size_t group_count, error *err)
{
    for (size_t row = 0; row < d->t->row_count; row++) {
        uint32_t group = group_of_row[row];
        if (group == UINT32_MAX)
            continue;
        if (group >= group_count)
            return error_set(err, STATUS_ENVIRONMENT, M_GEO_TOPOLOGY_GROUP, group, row,
                             group_count);
        row_uses(d, row, group);
    }
    sort_u64(d->use, d->uses);
    return STATUS_OK;
}

/* The group's arcs whose uses in the two directions do not cancel. Counting keeps every vertex
 * entered as often as it is left, even where outlines overlap. */
static size_t take_pieces(dissolving *d, size_t from, size_t group)
{
    size_t i = from;
    d->pieces = 0;
    while (i < d->uses && d->use[i] >> 32 == group) {
        uint64_t arc = (d->use[i] & UINT32_MAX) >> 1;
        long net = 0;
        for (; i < d->uses && d->use[i] >> 1 == ((uint64_t)group << 31 | arc); i++)
            net += d->use[i] & 1 ? -1 : 1;
        for (; net > 0; net--)
            d->piece[d->pieces++] = (int32_t)arc;
        for (; net < 0; net++)
            d->piece[d->pieces++] = ~(int32_t)arc;
    }
    return i;
}

/* --- walking --- */

static uint32_t piece_from(const dissolving *d, uint32_t piece)
{
    int32_t arc = d->piece[piece];
    return d->end[2 * arc_of(arc) + (arc < 0)];
}

static uint32_t piece_to(const dissolving *d, uint32_t piece)
{
    int32_t arc = d->piece[piece];
    return d->end[2 * arc_of(arc) + (arc >= 0)];
}

static size_t first_leaving(const dissolving *d, uint32_t vertex)
{
    size_t low = 0, high = d->pieces;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->leaving[middle] >> 32 < vertex)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* From the way back along `came` to the way out along `goes`, clockwise, in ]0, 2 pi]. */
static double clockwise(const dissolving *d, uint32_t came, uint32_t goes)
{
    const topology *t = d->t;
    const double turn = 6.283185307179586;
    size_t points = arc_points(t, arc_of(d->piece[came]));
    size_t vertex = arc_point(t, d->piece[came], points - 1);
    size_t back = arc_point(t, d->piece[came], points - 2), out = arc_point(t, d->piece[goes], 1);
    double bx = t->x[back] - t->x[vertex], by = t->y[back] - t->y[vertex];
    double ox = t->x[out] - t->x[vertex], oy = t->y[out] - t->y[vertex];
    double angle = -atan2(bx * oy - by * ox, bx * ox + by * oy);
    return angle > 0 ? angle : angle + turn;
}

/* The piece that goes on after `came`; false when nothing leaves (damaged outlines). */
static bool next_piece(const dissolving *d, uint32_t came, uint32_t *next)
{
    uint32_t vertex = piece_to(d, came);
    double best = INFINITY;
    for (size_t i = first_leaving(d, vertex); i < d->pieces && d->leaving[i] >> 32 == vertex; i++) {
        uint32_t piece = (uint32_t)d->leaving[i];
        double angle = d->walked[piece] ? INFINITY : clockwise(d, came, piece);
        if (angle < best) {
            best = angle;
            *next = piece;
        }
    }
    return best < INFINITY;
}

static void grow_box(bounds *b, double x, double y)
{
    b->x_min = fmin(b->x_min, x);
    b->y_min = fmin(b->y_min, y);
    b->x_max = fmax(b->x_max, x);
    b->y_max = fmax(b->y_max, y);
}

static void measure(const dissolving *d, ring *r)
{
    r->shell = SIZE_MAX;
    r->area = arcs_signed_area(d->t, d->chained + r->first, r->count);
    r->box = (bounds){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < r->count; i++) {
        size_t arc = arc_of(d->chained[r->first + i]);
        for (uint64_t k = d->t->arc_start[arc]; k < d->t->arc_start[arc + 1]; k++)
            grow_box(&r->box, d->t->x[k], d->t->y[k]);
    }
}

/* The walk is back at a vertex of its path: what lies between is a ring. */
static void close_loop(dissolving *d, size_t from)
{
    ring *r = &d->rings[d->ring_count++];
    *r = (ring){.first = d->chained_size, .count = d->path_size - from};
    for (size_t i = from; i < d->path_size; i++) {
        d->on_path[piece_from(d, d->path[i])] = 0;
        d->chained[d->chained_size++] = d->piece[d->path[i]];
    }
    d->path_size = from;
    measure(d, r);
}

static void walk(dissolving *d, uint32_t piece)
{
    bool more = true;
    while (more) {
        d->walked[piece] = 1;
        d->path[d->path_size++] = piece;
        d->on_path[piece_from(d, piece)] = (uint32_t)d->path_size;
        uint32_t met = d->on_path[piece_to(d, piece)];
        if (met)
            close_loop(d, met - 1);
        more = d->path_size > 0 && next_piece(d, d->path[d->path_size - 1], &piece);
    }
    for (; d->path_size > 0; d->path_size--) /* an open end of damaged outlines */
        d->on_path[piece_from(d, d->path[d->path_size - 1])] = 0;
}

static void walk_all(dissolving *d)
{
    d->ring_count = d->chained_size = 0;
    for (uint32_t i = 0; i < d->pieces; i++) {
        d->walked[i] = 0;
        d->leaving[i] = (uint64_t)piece_from(d, i) << 32 | i;
    }
    sort_u64(d->leaving, d->pieces);
    for (uint32_t i = 0; i < d->pieces; i++)
        if (!d->walked[i])
            walk(d, i);
}

/* --- holes into shells --- */

static bool ring_holds(const dissolving *d, const ring *r, double x, double y)
{
    const topology *t = d->t;
    bool inside = false;
    for (size_t i = 0; i < r->count; i++) {
        size_t arc = arc_of(d->chained[r->first + i]);
        for (uint64_t k = t->arc_start[arc]; k + 1 < t->arc_start[arc + 1]; k++) {
            double xa = t->x[k], ya = t->y[k], xb = t->x[k + 1], yb = t->y[k + 1];
            if ((ya > y) != (yb > y) && x < xa + (xb - xa) * (y - ya) / (yb - ya))
                inside = !inside;
        }
    }
    return inside;
}

static bool box_holds(const bounds *outer, const bounds *inner)
{
    return outer->x_min <= inner->x_min && outer->y_min <= inner->y_min &&
           outer->x_max >= inner->x_max && outer->y_max >= inner->y_max;
}

/* The smallest shell around the middle of the hole's first segment, which lies on no other ring. */
static void find_shell(dissolving *d, ring *hole)
{
    const topology *t = d->t;
    int32_t arc = d->chained[hole->first];
    size_t a = arc_point(t, arc, 0), b = arc_point(t, arc, 1);
    double x = (t->x[a] + t->x[b]) / 2, y = (t->y[a] + t->y[b]) / 2;
    for (size_t i = 0; i < d->ring_count; i++) {
        const ring *shell = &d->rings[i];
        if (shell->area > 0 && box_holds(&shell->box, &hole->box) &&
            (hole->shell == SIZE_MAX || shell->area < d->rings[hole->shell].area) &&
            ring_holds(d, shell, x, y))
            hole->shell = i;
    }
}

/* --- output --- */

static status add_ring(dissolving *d, const ring *r, error *err)
{
    const topology *t = d->t;
    status s = polygons_builder_ring(d->out, err);
    for (size_t i = 0; !s && i < r->count; i++) {
        int32_t arc = d->chained[r->first + i];
        for (size_t k = 0; !s && k + 1 < arc_points(t, arc_of(arc)); k++) {
            size_t at = arc_point(t, arc, k);
            s = polygons_builder_point(d->out, t->x[at], t->y[at], err);
        }
    }
    return s;
}

static status add_part(dissolving *d, size_t shell, const uint64_t *holes, size_t count, error *err)
{
    status s = polygons_builder_part(d->out, err);
    if (!s)
        s = add_ring(d, &d->rings[shell], err);
    for (size_t i = 0; !s && i < count; i++)
        s = add_ring(d, &d->rings[(uint32_t)holes[i]], err);
    return s;
}

/* `leaving` is free by now: it holds (shell, hole), sorted. */
static status add_group(dissolving *d, error *err)
{
    size_t holes = 0, next = 0;
    status s = polygons_builder_row(d->out, err);
    for (size_t i = 0; i < d->ring_count; i++) {
        if (d->rings[i].area >= 0)
            continue;
        find_shell(d, &d->rings[i]);
        if (d->rings[i].shell != SIZE_MAX)
            d->leaving[holes++] = (uint64_t)d->rings[i].shell << 32 | i;
    }
    sort_u64(d->leaving, holes);
    for (size_t i = 0; !s && i < d->ring_count; i++) {
        size_t first = next;
        while (next < holes && d->leaving[next] >> 32 == i)
            next++;
        if (d->rings[i].area > 0)
            s = add_part(d, i, d->leaving + first, next - first, err);
    }
    return s;
}

status topology_dissolve(const topology *t, const uint32_t *group_of_row, size_t group_count,
                         polygons **out, error *err)
{
    dissolving d;
    *out = NULL;
    size_t from = 0;
    status s = dissolving_init(&d, t, err);
    if (!s)
        s = list_uses(&d, group_of_row, group_count, err);
    for (size_t group = 0; !s && group < group_count; group++) {
        from = take_pieces(&d, from, group);
        walk_all(&d);
        s = add_group(&d, err);
    }
    if (!s)
        s = polygons_build(d.out, out, err);
    dissolving_clear(&d);
    return s;
}

status topology_dissolve_sets(const topology *t, const uint64_t *start, const uint32_t *row,
                              size_t count, polygons **out, error *err)
{
    dissolving d;
    *out = NULL;
    status s = dissolving_init(&d, t, err);
    for (size_t set = 0; !s && set < count; set++) {
        d.uses = 0;
        for (uint64_t i = start[set]; i < start[set + 1]; i++)
            row_uses(&d, row[i], 0);
        sort_u64(d.use, d.uses);
        (void)take_pieces(&d, 0, 0);
        walk_all(&d);
        s = add_group(&d, err);
    }
    if (!s)
        s = polygons_build(d.out, out, err);
    dissolving_clear(&d);
    return s;
}
