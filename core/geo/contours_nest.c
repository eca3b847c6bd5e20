/* Which hole is in which shell, and rings in an order that owes nothing to that of triangles. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/contours_work.h"

/* A ring by its leftmost point (ties: lowest). */
typedef struct ring_mark {
    double x, y;
    uint32_t ring, shell; /* shell: of a hole */
} ring_mark;

/* An edge that spans rows of unit height, listed once a row. */
typedef struct row_edge {
    int64_t row;
    double x_min;
    uint32_t from, to, ring;
} row_edge;

static int by_row(const void *a, const void *b)
{
    const row_edge *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    if (p->x_min != q->x_min)
        return p->x_min < q->x_min ? -1 : 1;
    return (p->from > q->from) - (p->from < q->from);
}

static int by_leftmost(const void *a, const void *b)
{
    const ring_mark *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return (p->ring > q->ring) - (p->ring < q->ring);
}

typedef struct nesting {
    const contour_rings *rings;
    row_edge *edges;
    size_t count, room;
    ring_mark *marks;
    uint32_t *shell_of; /* a ring's shell, itself for a shell */
} nesting;

static status edges_list(nesting *n, size_t ring, error *err)
{
    const contour_rings *r = n->rings;
    for (size_t i = r->start[ring]; i < r->start[ring + 1]; i++) {
        const size_t after = i + 1 < r->start[ring + 1] ? i + 1 : r->start[ring];
        const double low = floor(fmin(r->y[i], r->y[after])),
                     high = floor(fmax(r->y[i], r->y[after]));
        for (int64_t row = (int64_t)low; row <= (int64_t)high; row++) {
            row_edge *grown = array_grown(n->edges, &n->room, n->count + 1, sizeof *grown);
            if (!grown)
                return memory_error(err, (n->count + 1) * sizeof *grown);
            n->edges = grown;
            grown[n->count++] = (row_edge){row, fmin(r->x[i], r->x[after]), (uint32_t)i,
                                           (uint32_t)after, (uint32_t)ring};
        }
    }
    return STATUS_OK;
}

static size_t row_first(const nesting *n, int64_t row)
{
    size_t low = 0, high = n->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (n->edges[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The ring of the nearest edge on the left of a ring's leftmost point: its shell, or another hole
 * of the same shell. */
static uint32_t left_of(const nesting *n, const ring_mark *m)
{
    const contour_rings *r = n->rings;
    const int64_t row = (int64_t)floor(m->y);
    uint32_t found = UINT32_MAX;
    double nearest = -INFINITY;
    for (size_t e = row_first(n, row); e < n->count && n->edges[e].row == row; e++) {
        const row_edge *at = &n->edges[e];
        if (at->x_min > m->x)
            break;
        const double xa = r->x[at->from], ya = r->y[at->from], xb = r->x[at->to], yb = r->y[at->to];
        if (at->ring == m->ring || (ya > m->y) == (yb > m->y))
            continue;
        const double x = xa + (m->y - ya) * (xb - xa) / (yb - ya);
        if (x <= m->x && x > nearest) {
            nearest = x;
            found = at->ring;
        }
    }
    return found;
}

static ring_mark leftmost(const contour_rings *r, size_t ring)
{
    size_t best = r->start[ring];
    for (size_t i = best; i < r->start[ring + 1]; i++)
        if (r->x[i] < r->x[best] || (r->x[i] == r->x[best] && r->y[i] < r->y[best]))
            best = i;
    return (ring_mark){r->x[best], r->y[best], (uint32_t)ring, UINT32_MAX};
}

/* Shells of the rings of one level, by leftmost point: what is on the left comes before. */
static status level_nest(nesting *n, uint32_t level, error *err)
{
    const contour_rings *r = n->rings;
    size_t count = 0;
    status s = STATUS_OK;
    n->count = 0;
    for (size_t k = 0; k < r->count && s == STATUS_OK; k++) {
        if (r->level[k] != level)
            continue;
        n->marks[count++] = leftmost(r, k);
        s = edges_list(n, k, err);
    }
    if (s != STATUS_OK || count == 0)
        return s;
    qsort(n->edges, n->count, sizeof *n->edges, by_row);
    qsort(n->marks, count, sizeof *n->marks, by_leftmost);
    for (size_t i = 0; i < count; i++) {
        const uint32_t ring = n->marks[i].ring;
        const uint32_t left = r->hole[ring] ? left_of(n, &n->marks[i]) : ring;
        assert(left != UINT32_MAX);
        n->shell_of[ring] = left == ring ? ring : n->shell_of[left];
    }
    return STATUS_OK;
}

/* A ring's place in the order: level, shell (by its leftmost point), shell before holes. */
typedef struct ring_order {
    uint32_t level, hole;
    ring_mark shell, own;
} ring_order;

static int by_order(const void *a, const void *b)
{
    const ring_order *p = a, *q = b;
    if (p->level != q->level)
        return p->level < q->level ? -1 : 1;
    const int shell = by_leftmost(&p->shell, &q->shell);
    if (shell != 0)
        return shell;
    if (p->hole != q->hole)
        return p->hole < q->hole ? -1 : 1;
    return by_leftmost(&p->own, &q->own);
}

/* A ring begins at its leftmost point: the order of the triangles leaves no trace. */
static void ring_copy(const contour_rings *from, size_t ring, contour_rings *to)
{
    const size_t first = from->start[ring], count = from->start[ring + 1] - first;
    const ring_mark m = leftmost(from, ring);
    size_t at = first, done = to->start[to->count];
    while (from->x[at] != m.x || from->y[at] != m.y)
        at++;
    for (size_t i = 0; i < count; i++) {
        const size_t k = first + (at - first + i) % count;
        to->x[done] = from->x[k];
        to->y[done++] = from->y[k];
    }
    to->level[to->count] = from->level[ring];
    to->hole[to->count] = from->hole[ring];
    to->start[++to->count] = done;
}

static status rings_reorder(contour_rings *rings, const uint32_t *shell_of, error *err)
{
    contour_rings sorted = {0};
    ring_order *order = memory_new(rings->count, sizeof *order);
    status s = order ? contour_rings_new(&sorted, rings->count, rings->start[rings->count], err)
                     : memory_error(err, rings->count * sizeof *order);
    for (size_t k = 0; k < rings->count && s == STATUS_OK; k++)
        order[k] = (ring_order){.level = rings->level[k],
                                .hole = rings->hole[k],
                                .shell = leftmost(rings, shell_of[k]),
                                .own = leftmost(rings, k)};
    if (s == STATUS_OK) {
        qsort(order, rings->count, sizeof *order, by_order);
        for (size_t k = 0; k < rings->count; k++)
            ring_copy(rings, order[k].own.ring, &sorted);
        contour_rings_clear(rings);
        *rings = sorted;
    }
    memory_free(order);
    return s;
}

status contours_nest(contour_rings *rings, error *err)
{
    nesting n = {.rings = rings,
                 .marks = memory_new(rings->count, sizeof *n.marks),
                 .shell_of = memory_new(rings->count, sizeof *n.shell_of)};
    status s =
        n.marks && n.shell_of ? STATUS_OK : memory_error(err, rings->count * sizeof *n.marks);
    for (uint32_t level = 0; level < CONTOUR_LEVELS_MAX && s == STATUS_OK; level++)
        s = level_nest(&n, level, err);
    if (s == STATUS_OK)
        s = rings_reorder(rings, n.shell_of, err);
    memory_free(n.edges);
    memory_free(n.marks);
    memory_free(n.shell_of);
    return s;
}
