#include "geo/topology.h"

#include <string.h>

#include "geo/messages.h"
#include "geo/topology_edges.h"

#define ARC_NONE UINT32_MAX

void topology_free(topology *t)
{
    if (!t)
        return;
    arena_free(t->memory);
    memory_free(t);
}

/* The arcs while they are found; sizes are upper bounds. */
typedef struct weave {
    const vertices *points;
    const vertex_rings *rings;
    const edges *lines;
    uint32_t *arc_of_edge;
    uint8_t *upward; /* the edge's arc walks it from low to high */
    uint64_t *arc_start;
    uint32_t *vertex; /* of the arcs, end to end */
    uint32_t *left, *right;
    size_t arcs, vertices;
    uint64_t *ring_start;
    int32_t *ring_arc;
    size_t uses;
} weave;

static void weave_clear(weave *w)
{
    memory_free(w->arc_of_edge);
    memory_free(w->upward);
    memory_free(w->arc_start);
    memory_free(w->vertex);
    memory_free(w->left);
    memory_free(w->right);
    memory_free(w->ring_start);
    memory_free(w->ring_arc);
}

static status weave_init(weave *w, const vertices *points, const vertex_rings *rings,
                         const edges *lines, error *err)
{
    size_t positions = rings->start[rings->count];
    *w = (weave){.points = points, .rings = rings, .lines = lines};
    w->arc_of_edge = memory_new(lines->count, sizeof *w->arc_of_edge);
    w->upward = memory_new(lines->count, sizeof *w->upward);
    w->arc_start = memory_new(lines->count + 1, sizeof *w->arc_start);
    w->vertex = memory_new(lines->count, 2 * sizeof *w->vertex);
    w->left = memory_new(lines->count, sizeof *w->left);
    w->right = memory_new(lines->count, sizeof *w->right);
    w->ring_start = memory_new(rings->count + 1, sizeof *w->ring_start);
    w->ring_arc = memory_new(positions, sizeof *w->ring_arc);
    if (!w->arc_of_edge || !w->upward || !w->arc_start || !w->vertex || !w->left || !w->right ||
        !w->ring_start || !w->ring_arc)
        return memory_error(err, lines->count * 32);
    memset(w->arc_of_edge, 0xff, lines->count * sizeof *w->arc_of_edge);
    return STATUS_OK;
}

static bool is_lower(const vertices *v, uint32_t a, uint32_t b)
{
    return v->x[a] < v->x[b] || (v->x[a] == v->x[b] && v->y[a] < v->y[b]);
}

/* A ring begins at a junction; one without any at its lowest vertex, so that the row inside and the
 * row around begin at the same one. */
static size_t ring_beginning(const weave *w, size_t ring)
{
    size_t first = w->rings->start[ring], lowest = first;
    for (size_t i = first; i < w->rings->start[ring + 1]; i++) {
        if (w->lines->junction[w->rings->at[i]])
            return i;
        if (is_lower(w->points, w->rings->at[i], w->rings->at[lowest]))
            lowest = i;
    }
    return lowest;
}

static bool walks_upward(const weave *w, size_t position)
{
    return w->rings->at[position] == w->lines->at[w->lines->of[position]].low;
}

static void arc_begin(weave *w, size_t position)
{
    const edge *e = &w->lines->at[w->lines->of[position]];
    bool upward = walks_upward(w, position);
    w->left[w->arcs] = e->side[upward ? 0 : 1];
    w->right[w->arcs] = e->side[upward ? 1 : 0];
    w->vertex[w->vertices++] = w->rings->at[position];
}

static void arc_extend(weave *w, size_t position, uint32_t to)
{
    uint32_t n = w->lines->of[position];
    w->arc_of_edge[n] = (uint32_t)w->arcs;
    w->upward[n] = walks_upward(w, position);
    w->vertex[w->vertices++] = to;
}

static void weave_ring(weave *w, size_t ring)
{
    size_t first = w->rings->start[ring], end = w->rings->start[ring + 1];
    size_t at = ring_beginning(w, ring), left = end - first;
    while (left > 0) {
        uint32_t n = w->lines->of[at];
        bool known = w->arc_of_edge[n] != ARC_NONE;
        int32_t number = (int32_t)(known ? w->arc_of_edge[n] : w->arcs);
        bool forward = !known || (w->upward[n] != 0) == walks_upward(w, at);
        w->ring_arc[w->uses++] = forward ? number : ~number;
        if (!known)
            arc_begin(w, at);
        bool more = true;
        while (more) {
            size_t next = at + 1 < end ? at + 1 : first;
            if (!known)
                arc_extend(w, at, w->rings->at[next]);
            at = next;
            left--;
            more = left > 0 && !w->lines->junction[w->rings->at[at]];
        }
        if (!known)
            w->arc_start[++w->arcs] = w->vertices;
    }
    w->ring_start[ring + 1] = w->uses;
}

/* --- into one arena --- */

static void *kept(arena *a, const void *from, size_t count, size_t size)
{
    void *to = arena_take(a, count, size);
    if (to && count)
        memcpy(to, from, count * size);
    return to;
}

static uint64_t *row_starts(arena *a, const vertex_rings *r, size_t rows)
{
    uint64_t *start = arena_take(a, rows + 1, sizeof *start);
    if (!start)
        return NULL;
    for (size_t k = 0; k < r->count; k++)
        start[r->row[k] + 1]++;
    for (size_t row = 0; row < rows; row++)
        start[row + 1] += start[row];
    return start;
}

static status weave_keep(const weave *w, size_t rows, topology *t, error *err)
{
    arena *a = t->memory;
    double *x = arena_take(a, w->vertices, sizeof *x), *y = arena_take(a, w->vertices, sizeof *y);
    t->arc_count = w->arcs;
    t->arc_start = kept(a, w->arc_start, w->arcs + 1, sizeof *w->arc_start);
    t->left = kept(a, w->left, w->arcs, sizeof *w->left);
    t->right = kept(a, w->right, w->arcs, sizeof *w->right);
    t->row_count = rows;
    t->ring_count = w->rings->count;
    t->row_start = row_starts(a, w->rings, rows);
    t->ring_start = kept(a, w->ring_start, t->ring_count + 1, sizeof *w->ring_start);
    t->ring_arc = kept(a, w->ring_arc, w->uses, sizeof *w->ring_arc);
    t->ring_hole = kept(a, w->rings->hole, t->ring_count, sizeof *w->rings->hole);
    t->ring_part = kept(a, w->rings->part, t->ring_count, sizeof *w->rings->part);
    if (!x || !y || !t->arc_start || !t->left || !t->right || !t->row_start || !t->ring_start ||
        !t->ring_arc || !t->ring_hole || !t->ring_part)
        return memory_error(err, w->vertices * 2 * sizeof *x);
    for (size_t i = 0; i < w->vertices; i++) {
        x[i] = w->points->x[w->vertex[i]];
        y[i] = w->points->y[w->vertex[i]];
    }
    t->x = x;
    t->y = y;
    return STATUS_OK;
}

static status topology_weave(const polygons *p, double snap, topology *t, error *err)
{
    vertices points = {.count = 0};
    vertex_rings rings = {.count = 0};
    edges lines = {.count = 0};
    weave w = {.arcs = 0};
    size_t count = (size_t)p->point_start[p->ring_start[p->part_start[p->rows]]];
    status s = vertices_init(&points, count, snap, err);
    if (!s)
        s = vertex_rings_read(&rings, &points, p, err);
    if (!s)
        s = edges_find(&lines, &rings, points.count, err);
    if (!s)
        s = weave_init(&w, &points, &rings, &lines, err);
    for (size_t k = 0; !s && k < rings.count; k++)
        weave_ring(&w, k);
    if (!s)
        s = weave_keep(&w, p->rows, t, err);
    weave_clear(&w);
    edges_clear(&lines);
    vertex_rings_clear(&rings);
    vertices_clear(&points);
    return s;
}

status topology_build(const polygons *p, double snap, topology **out, error *err)
{
    *out = NULL;
    if (p->rows >= UINT32_MAX)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, p->rows, (size_t)UINT32_MAX - 1);
    topology *t = memory_new(1, sizeof *t);
    if (!t)
        return memory_error(err, sizeof *t);
    status s = arena_new(&t->memory, err);
    if (!s)
        s = topology_weave(p, snap, t, err);
    if (s)
        topology_free(t);
    else
        *out = t;
    return s;
}
