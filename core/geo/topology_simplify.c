/* Visvalingam and Whyatt (1993) on each arc: the point whose triangle with its two neighbours is
 * the smallest goes first, until none is under the wanted area. Ties: the lower point. */
#include <math.h>
#include <string.h>

#include "geo/topology_arcs.h"

#define POINT_NONE UINT32_MAX

typedef struct thinning {
    const double *x, *y; /* of the arc */
    uint32_t *before, *after;
    double *area;
    uint32_t *heap, *place; /* heap of points by (area, index); place of each point in it */
    size_t count;
} thinning;

static void thinning_clear(thinning *n)
{
    memory_free(n->before);
    memory_free(n->after);
    memory_free(n->area);
    memory_free(n->heap);
    memory_free(n->place);
}

static status thinning_init(thinning *n, size_t longest, error *err)
{
    *n = (thinning){.count = 0};
    n->before = memory_new(longest, sizeof *n->before);
    n->after = memory_new(longest, sizeof *n->after);
    n->area = memory_new(longest, sizeof *n->area);
    n->heap = memory_new(longest, sizeof *n->heap);
    n->place = memory_new(longest, sizeof *n->place);
    if (n->before && n->after && n->area && n->heap && n->place)
        return STATUS_OK;
    thinning_clear(n);
    return memory_error(err, longest * sizeof *n->area);
}

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
    uint32_t point = n->heap[at];
    while (at > 0 && comes_first(n, point, n->heap[(at - 1) / 2])) {
        put(n, at, n->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(n, at, point);
}

static void sift_down(thinning *n, size_t at)
{
    uint32_t point = n->heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n->count)
            break;
        if (child + 1 < n->count && comes_first(n, n->heap[child + 1], n->heap[child]))
            child++;
        if (!comes_first(n, n->heap[child], point))
            break;
        put(n, at, n->heap[child]);
        at = child;
    }
    put(n, at, point);
}

static double triangle(const thinning *n, uint32_t point)
{
    uint32_t a = n->before[point], c = n->after[point];
    return fabs((n->x[point] - n->x[a]) * (n->y[c] - n->y[a]) -
                (n->x[c] - n->x[a]) * (n->y[point] - n->y[a])) /
           2;
}

static void reconsider(thinning *n, uint32_t point, size_t last)
{
    if (point == 0 || point == last)
        return;
    n->area[point] = triangle(n, point);
    sift_up(n, n->place[point]);
    sift_down(n, n->place[point]);
}

static void drop_first(thinning *n, size_t last)
{
    uint32_t point = n->heap[0];
    uint32_t a = n->before[point], c = n->after[point];
    n->count--;
    if (n->count > 0) {
        put(n, 0, n->heap[n->count]);
        sift_down(n, 0);
    }
    n->after[a] = c;
    n->before[c] = a;
    reconsider(n, a, last);
    reconsider(n, c, last);
}

/* Thins points 0..count-1; at least `inner` of those between the ends stay. Afterwards `after`
 * leads from 0 to the last. */
static void thin(thinning *n, size_t count, double area, size_t inner)
{
    size_t last = count - 1;
    for (uint32_t i = 0; i < count; i++) {
        n->before[i] = i - 1;
        n->after[i] = i + 1;
    }
    n->count = count - 2;
    for (uint32_t i = 1; i < last; i++) {
        n->area[i] = triangle(n, i);
        put(n, i - 1, i);
    }
    for (size_t i = n->count / 2; i > 0; i--)
        sift_down(n, i - 1);
    while (n->count > inner && n->area[n->heap[0]] < area)
        drop_first(n, last);
}

/* --- which rings stay --- */

typedef struct choice {
    uint8_t *ring;    /* 1: stays */
    uint8_t *inner;   /* points between the ends that an arc must keep */
    uint8_t *used;    /* an arc of a ring that stays */
    uint32_t *number; /* the arc's new number */
} choice;

static void choice_clear(choice *c)
{
    memory_free(c->ring);
    memory_free(c->inner);
    memory_free(c->used);
    memory_free(c->number);
}

static status choice_init(choice *c, const topology *t, error *err)
{
    c->ring = memory_new(t->ring_count, 1);
    c->inner = memory_new(t->arc_count, 1);
    c->used = memory_new(t->arc_count, 1);
    c->number = memory_new(t->arc_count, sizeof *c->number);
    if (c->ring && c->inner && c->used && c->number)
        return STATUS_OK;
    choice_clear(c);
    return memory_error(err, t->arc_count * sizeof *c->number);
}

static double ring_area(const topology *t, uint64_t ring)
{
    return fabs(arcs_signed_area(t, t->ring_arc + t->ring_start[ring],
                                 (size_t)(t->ring_start[ring + 1] - t->ring_start[ring])));
}

static void use_arcs(const topology *t, choice *c, uint64_t ring)
{
    c->ring[ring] = 1;
    for (uint64_t i = t->ring_start[ring]; i < t->ring_start[ring + 1]; i++)
        c->used[arc_of(t->ring_arc[i])] = 1;
}

/* The row's largest shell, and those that are large enough. */
static void choose_shells(const topology *t, choice *c, size_t row, double min_part_area)
{
    uint64_t largest = UINT64_MAX;
    double most = -1;
    for (uint64_t k = t->row_start[row]; k < t->row_start[row + 1]; k++) {
        if (t->ring_hole[k])
            continue;
        double area = ring_area(t, k);
        if (area > most) {
            most = area;
            largest = k;
        }
        if (area >= min_part_area)
            use_arcs(t, c, k);
    }
    if (largest != UINT64_MAX)
        use_arcs(t, c, largest);
}

static bool touches_used(const topology *t, const choice *c, uint64_t ring)
{
    for (uint64_t i = t->ring_start[ring]; i < t->ring_start[ring + 1]; i++)
        if (c->used[arc_of(t->ring_arc[i])])
            return true;
    return false;
}

/* A hole goes with its shell; a small one also where what filled it is gone. Arcs are marked by
 * shells alone until every hole is judged. */
static void choose_holes(const topology *t, choice *c, double min_part_area)
{
    bool shell = false;
    for (uint64_t k = 0; k < t->ring_count; k++) {
        if (!t->ring_hole[k])
            shell = c->ring[k];
        else
            c->ring[k] = shell && (touches_used(t, c, k) || ring_area(t, k) >= min_part_area);
    }
    for (uint64_t k = 0; k < t->ring_count; k++)
        if (c->ring[k])
            use_arcs(t, c, k);
}

/* A ring of one arc needs two points beside its beginning, one of two arcs needs one in each. */
static void choose_inner(const topology *t, choice *c)
{
    for (uint64_t k = 0; k < t->ring_count; k++) {
        uint64_t first = t->ring_start[k], count = t->ring_start[k + 1] - first;
        uint8_t wanted = count == 1 ? 2 : count == 2 ? 1 : 0;
        for (uint64_t i = first; wanted && i < first + count; i++) {
            size_t arc = arc_of(t->ring_arc[i]);
            if (c->inner[arc] < wanted)
                c->inner[arc] = wanted;
        }
    }
}

/* --- the new topology --- */

static size_t longest_arc(const topology *t)
{
    size_t longest = 2;
    for (size_t a = 0; a < t->arc_count; a++)
        longest = arc_points(t, a) > longest ? arc_points(t, a) : longest;
    return longest;
}

/* The sides of an arc as the rings that stay use it. */
static void set_sides(const topology *t, const choice *c, uint32_t *left, uint32_t *right)
{
    for (size_t row = 0; row < t->row_count; row++) {
        for (uint64_t k = t->row_start[row]; k < t->row_start[row + 1]; k++) {
            for (uint64_t i = t->ring_start[k]; c->ring[k] && i < t->ring_start[k + 1]; i++) {
                size_t arc = arc_of(t->ring_arc[i]);
                uint32_t *side = t->ring_arc[i] < 0 ? right : left;
                uint32_t given = t->ring_arc[i] < 0 ? t->right[arc] : t->left[arc];
                if (given == row)
                    side[c->number[arc]] = (uint32_t)row;
            }
        }
    }
}

static status thin_arcs(const topology *t, choice *c, double area, topology *to, error *err)
{
    thinning n;
    arena *a = to->memory;
    uint64_t *start = arena_take(a, t->arc_count + 1, sizeof *start);
    double *x = arena_take(a, (size_t)t->arc_start[t->arc_count], sizeof *x);
    double *y = arena_take(a, (size_t)t->arc_start[t->arc_count], sizeof *y);
    if (!start || !x || !y)
        return memory_error(err, (size_t)t->arc_start[t->arc_count] * 2 * sizeof *x);
    status s = thinning_init(&n, longest_arc(t), err);
    if (s)
        return s;
    uint64_t done = 0;
    for (size_t arc = 0; arc < t->arc_count; arc++) {
        size_t first = (size_t)t->arc_start[arc], count = arc_points(t, arc);
        if (!c->used[arc])
            continue;
        n.x = t->x + first;
        n.y = t->y + first;
        thin(&n, count, area, c->inner[arc]);
        for (size_t i = 0; i < count; i = n.after[i]) {
            x[done] = n.x[i];
            y[done++] = n.y[i];
        }
        c->number[arc] = (uint32_t)to->arc_count++;
        start[to->arc_count] = done;
    }
    to->arc_start = start;
    to->x = x;
    to->y = y;
    thinning_clear(&n);
    return STATUS_OK;
}

static status keep_rings(const topology *t, const choice *c, topology *to, error *err)
{
    arena *a = to->memory;
    uint64_t *row_start = arena_take(a, t->row_count + 1, sizeof *row_start);
    uint64_t *ring_start = arena_take(a, t->ring_count + 1, sizeof *ring_start);
    int32_t *ring_arc = arena_take(a, (size_t)t->ring_start[t->ring_count], sizeof *ring_arc);
    uint8_t *hole = arena_take(a, t->ring_count, 1);
    uint32_t *part = arena_take(a, t->ring_count, sizeof *part);
    if (!row_start || !ring_start || !ring_arc || !hole || !part)
        return memory_error(err, (size_t)t->ring_start[t->ring_count] * sizeof *ring_arc);
    uint64_t uses = 0;
    for (size_t row = 0; row < t->row_count; row++) {
        uint32_t parts = 0;
        for (uint64_t k = t->row_start[row]; k < t->row_start[row + 1]; k++) {
            if (!c->ring[k])
                continue;
            parts += !t->ring_hole[k];
            for (uint64_t i = t->ring_start[k]; i < t->ring_start[k + 1]; i++) {
                int32_t number = (int32_t)c->number[arc_of(t->ring_arc[i])];
                ring_arc[uses++] = t->ring_arc[i] < 0 ? ~number : number;
            }
            hole[to->ring_count] = t->ring_hole[k];
            part[to->ring_count] = parts - 1;
            ring_start[++to->ring_count] = uses;
        }
        row_start[row + 1] = to->ring_count;
    }
    to->row_count = t->row_count;
    to->row_start = row_start;
    to->ring_start = ring_start;
    to->ring_arc = ring_arc;
    to->ring_hole = hole;
    to->ring_part = part;
    return STATUS_OK;
}

static status keep_sides(const topology *t, const choice *c, topology *to, error *err)
{
    uint32_t *left = arena_take(to->memory, to->arc_count, sizeof *left);
    uint32_t *right = arena_take(to->memory, to->arc_count, sizeof *right);
    if (!left || !right)
        return memory_error(err, to->arc_count * sizeof *left);
    if (to->arc_count) {
        memset(left, 0xff, to->arc_count * sizeof *left);
        memset(right, 0xff, to->arc_count * sizeof *right);
    }
    set_sides(t, c, left, right);
    to->left = left;
    to->right = right;
    return STATUS_OK;
}

status topology_simplify(const topology *t, double area, double min_part_area, topology **out,
                         error *err)
{
    *out = NULL;
    choice c = {.ring = NULL};
    topology *to = memory_new(1, sizeof *to);
    if (!to)
        return memory_error(err, sizeof *to);
    status s = arena_new(&to->memory, err);
    if (!s)
        s = choice_init(&c, t, err);
    if (s)
        goto done;
    for (size_t row = 0; row < t->row_count; row++)
        choose_shells(t, &c, row, min_part_area);
    choose_holes(t, &c, min_part_area);
    choose_inner(t, &c);
    s = thin_arcs(t, &c, area, to, err);
    if (!s)
        s = keep_rings(t, &c, to, err);
    if (!s)
        s = keep_sides(t, &c, to, err);
    choice_clear(&c);
done:
    if (s)
        topology_free(to);
    else
        *out = to;
    return s;
}
