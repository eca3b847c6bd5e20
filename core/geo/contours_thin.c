/* Visvalingam and Whyatt (1993) over the rings of all levels at once. A vertex goes only while the
 * triangle with its neighbours holds no other vertex and no mark: the curves then stay simple,
 * apart from each other, and on their side of every mark. Ties: the lower vertex. */
#include <math.h>
#include <stdlib.h>

#include "geo/contours_work.h"

enum { RING_LEAST = 4 }; /* vertices of a ring that has been thinned */
/* Squared units: above the rounding of a cross product within a few units of a point. */
static const double touching = 1e-9;

/* A vertex, or a mark (from the number of vertices on), in rows of unit height. */
typedef struct row_point {
    int64_t row;
    double x, y;
    uint32_t point;
} row_point;

typedef struct thinning {
    const double *x, *y;
    uint32_t *before, *after; /* POINT_NONE in `after`: gone */
    uint32_t *ring, *left;    /* of a vertex; vertices left of a ring */
    double *area;
    uint32_t *heap, *place; /* by (area, vertex); POINT_NONE: not in it */
    size_t heap_count, count;
    row_point *rows;
    size_t row_count;
    double most;
} thinning;

static void thinning_clear(thinning *n)
{
    memory_free(n->before);
    memory_free(n->after);
    memory_free(n->ring);
    memory_free(n->left);
    memory_free(n->area);
    memory_free(n->heap);
    memory_free(n->place);
    memory_free(n->rows);
}

/* --- what lies in a triangle --- */

static int by_row(const void *a, const void *b)
{
    const row_point *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->point > q->point) - (p->point < q->point);
}

static double cross(const thinning *n, uint32_t a, uint32_t b, double x, double y)
{
    return (n->x[a] - x) * (n->y[b] - y) - (n->x[b] - x) * (n->y[a] - y);
}

static bool in_triangle(const thinning *n, const uint32_t *t, double x, double y)
{
    const double d[3] = {cross(n, t[0], t[1], x, y), cross(n, t[1], t[2], x, y),
                         cross(n, t[2], t[0], x, y)};
    return (d[0] > -touching && d[1] > -touching && d[2] > -touching) ||
           (d[0] < touching && d[1] < touching && d[2] < touching);
}

static size_t row_from(const thinning *n, int64_t row, double x)
{
    size_t low = 0, high = n->row_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const row_point *p = &n->rows[middle];
        if (p->row < row || (p->row == row && p->x < x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_empty(const thinning *n, const uint32_t *t)
{
    const double *x = n->x, *y = n->y;
    const double x_min = fmin(x[t[0]], fmin(x[t[1]], x[t[2]])),
                 x_max = fmax(x[t[0]], fmax(x[t[1]], x[t[2]])),
                 y_min = fmin(y[t[0]], fmin(y[t[1]], y[t[2]])),
                 y_max = fmax(y[t[0]], fmax(y[t[1]], y[t[2]]));
    for (int64_t row = (int64_t)floor(y_min); row <= (int64_t)floor(y_max); row++) {
        for (size_t i = row_from(n, row, x_min);
             i < n->row_count && n->rows[i].row == row && n->rows[i].x <= x_max; i++) {
            const row_point *p = &n->rows[i];
            const bool gone = p->point < n->count && n->after[p->point] == POINT_NONE;
            if (!gone && p->point != t[0] && p->point != t[1] && p->point != t[2] &&
                p->y >= y_min && p->y <= y_max && in_triangle(n, t, p->x, p->y))
                return false;
        }
    }
    return true;
}

/* --- the heap --- */

static bool comes_first(const thinning *n, uint32_t a, uint32_t b)
{
    return n->area[a] < n->area[b] || (n->area[a] == n->area[b] && a < b);
}

static void put(thinning *n, size_t at, uint32_t point)
{
    n->heap[at] = point;
    n->place[point] = (uint32_t)at;
}

static void sift_up(thinning *n, size_t at)
{
    const uint32_t point = n->heap[at];
    while (at > 0 && comes_first(n, point, n->heap[(at - 1) / 2])) {
        put(n, at, n->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(n, at, point);
}

static void sift_down(thinning *n, size_t at)
{
    const uint32_t point = n->heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n->heap_count)
            break;
        if (child + 1 < n->heap_count && comes_first(n, n->heap[child + 1], n->heap[child]))
            child++;
        if (!comes_first(n, n->heap[child], point))
            break;
        put(n, at, n->heap[child]);
        at = child;
    }
    put(n, at, point);
}

/* A vertex whose triangle is new: in the heap when it is small enough, else out of it. */
static void weigh(thinning *n, uint32_t point)
{
    n->area[point] =
        fabs(cross(n, n->before[point], n->after[point], n->x[point], n->y[point])) / 2;
    if (n->place[point] == POINT_NONE) {
        if (!(n->area[point] < n->most))
            return;
        put(n, n->heap_count++, point);
    }
    sift_up(n, n->place[point]);
    sift_down(n, n->place[point]);
}

static uint32_t heap_take(thinning *n)
{
    const uint32_t point = n->heap[0];
    n->place[point] = POINT_NONE;
    if (--n->heap_count > 0) {
        put(n, 0, n->heap[n->heap_count]);
        sift_down(n, 0);
    }
    return point;
}

/* --- thinning --- */

static void vertex_remove(thinning *n, uint32_t point)
{
    const uint32_t a = n->before[point], c = n->after[point];
    n->left[n->ring[point]]--;
    n->after[a] = c;
    n->before[c] = a;
    n->after[point] = POINT_NONE;
    weigh(n, a);
    weigh(n, c);
}

/* Returns how many went. A vertex kept for what its triangle holds is tried again in the next
 * pass. */
static size_t thin_pass(thinning *n)
{
    size_t gone = 0;
    for (uint32_t i = 0; i < n->count; i++)
        if (n->after[i] != POINT_NONE)
            weigh(n, i);
    while (n->heap_count > 0) {
        const uint32_t point = heap_take(n);
        const uint32_t t[3] = {n->before[point], point, n->after[point]};
        if (!(n->area[point] < n->most) || n->left[n->ring[point]] <= RING_LEAST || !is_empty(n, t))
            continue;
        vertex_remove(n, point);
        gone++;
    }
    return gone;
}

static status thinning_init(thinning *n, const contours *c, const contour_rings *r, error *err)
{
    n->count = r->start[r->count];
    n->row_count = n->count + c->mark_count;
    n->x = r->x;
    n->y = r->y;
    n->before = memory_new(n->count, sizeof *n->before);
    n->after = memory_new(n->count, sizeof *n->after);
    n->ring = memory_new(n->count, sizeof *n->ring);
    n->left = memory_new(r->count, sizeof *n->left);
    n->area = memory_new(n->count, sizeof *n->area);
    n->heap = memory_new(n->count, sizeof *n->heap);
    n->place = memory_new(n->count, sizeof *n->place);
    n->rows = memory_new(n->row_count, sizeof *n->rows);
    return n->before && n->after && n->ring && n->left && n->area && n->heap && n->place && n->rows
               ? STATUS_OK
               : memory_error(err, n->row_count * sizeof *n->rows);
}

static void thinning_fill(thinning *n, const contours *c, const contour_rings *r)
{
    for (uint32_t k = 0; k < r->count; k++) {
        const size_t first = r->start[k], end = r->start[k + 1];
        n->left[k] = (uint32_t)(end - first);
        for (size_t i = first; i < end; i++) {
            n->ring[i] = k;
            n->before[i] = (uint32_t)(i > first ? i - 1 : end - 1);
            n->after[i] = (uint32_t)(i + 1 < end ? i + 1 : first);
            n->place[i] = POINT_NONE;
        }
    }
    for (size_t i = 0; i < n->row_count; i++) {
        const size_t m = i - n->count;
        const double x = i < n->count ? r->x[i] : c->mark_x[m],
                     y = i < n->count ? r->y[i] : c->mark_y[m];
        n->rows[i] = (row_point){(int64_t)floor(y), x, y, (uint32_t)i};
    }
    qsort(n->rows, n->row_count, sizeof *n->rows, by_row);
}

static void keep_left(const thinning *n, contour_rings *r)
{
    size_t done = 0, first = 0;
    for (size_t k = 0; k < r->count; k++) {
        const size_t end = r->start[k + 1];
        r->start[k] = done;
        for (size_t i = first; i < end; i++) {
            if (n->after[i] == POINT_NONE)
                continue;
            r->x[done] = r->x[i];
            r->y[done++] = r->y[i];
        }
        first = end;
    }
    r->start[r->count] = done;
}

status contours_thin(const contours *c, contour_rings *rings, double thin_area, error *err)
{
    thinning n = {.most = thin_area};
    status s = thinning_init(&n, c, rings, err);
    if (s == STATUS_OK) {
        thinning_fill(&n, c, rings);
        while (thin_pass(&n) > 0)
            continue;
        keep_left(&n, rings);
    }
    thinning_clear(&n);
    return s;
}
