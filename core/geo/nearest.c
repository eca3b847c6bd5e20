#include <math.h>

#include "geo/locator.h"
#include "geo/messages.h"
#include "geo/projection.h"

/* The tree prunes by chords between unit vectors, the answer compares haversine distances. Both
 * round: nothing is pruned that is not farther by this much, so that the answer equals that of a
 * scan. */
static const double CHORD_SLACK_RELATIVE = 1e-12;
static const double CHORD_SLACK = 1e-13;
enum { LEAF_POINTS = 8 };

typedef struct vector {
    double at[3];
} vector;
typedef struct box {
    double low[3], high[3];
} box;

struct nearest_index {
    size_t count, leaf_level; /* nodes of that level are the leaves */
    const double *lon, *lat;  /* copies of the caller's, by the caller's index */
    double *coordinates;      /* owns both */
    vector *point;            /* in tree order */
    uint32_t *index;          /* the caller's index of each */
    box *node;                /* children of i: 2i + 1, 2i + 2; a node is one half of its parent */
};

typedef struct span {
    size_t node, begin, end, level;
} span;

static span half(span s, int which)
{
    size_t middle = s.begin + (s.end - s.begin) / 2;
    return which == 0 ? (span){2 * s.node + 1, s.begin, middle, s.level + 1}
                      : (span){2 * s.node + 2, middle, s.end, s.level + 1};
}

static vector unit_vector(double lon, double lat)
{
    const double radians = 0.017453292519943295;
    double a = lon * radians, b = lat * radians;
    return (vector){{cos(b) * cos(a), cos(b) * sin(a), sin(b)}};
}

static double chord2(vector a, vector b)
{
    double dx = a.at[0] - b.at[0], dy = a.at[1] - b.at[1], dz = a.at[2] - b.at[2];
    return dx * dx + dy * dy + dz * dz;
}

static double box_chord2(const box *b, vector v)
{
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        double d = fmax(fmax(b->low[k] - v.at[k], v.at[k] - b->high[k]), 0);
        sum += d * d;
    }
    return sum;
}

/* --- building --- */

static void swap_points(nearest_index *x, size_t i, size_t j)
{
    vector v = x->point[i];
    uint32_t n = x->index[i];
    x->point[i] = x->point[j];
    x->index[i] = x->index[j];
    x->point[j] = v;
    x->index[j] = n;
}

static bool comes_before(const nearest_index *x, size_t i, vector v, uint32_t n, int axis)
{
    double a = x->point[i].at[axis], b = v.at[axis];
    return a < b || (a == b && x->index[i] < n);
}

static bool comes_after(const nearest_index *x, size_t i, vector v, uint32_t n, int axis)
{
    double a = x->point[i].at[axis], b = v.at[axis];
    return a > b || (a == b && x->index[i] > n);
}

/* Hoare's selection in a total order (coordinate, index): equal points do not slow it down. */
static void select_middle(nearest_index *x, size_t begin, size_t end, size_t middle, int axis)
{
    size_t low = begin, high = end - 1;
    while (low < high) {
        size_t pivot_at = low + (high - low) / 2;
        vector pivot = x->point[pivot_at];
        uint32_t pivot_index = x->index[pivot_at];
        size_t i = low, j = high;
        for (;;) {
            while (comes_before(x, i, pivot, pivot_index, axis))
                i++;
            while (comes_after(x, j, pivot, pivot_index, axis))
                j--;
            if (i >= j)
                break;
            swap_points(x, i++, j--);
        }
        if (middle <= j) /* [low, j] <= pivot <= [j + 1, high], and j < high */
            high = j;
        else
            low = j + 1;
    }
}

static box box_of(const nearest_index *x, size_t begin, size_t end)
{
    box b = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = begin; i < end; i++)
        for (int k = 0; k < 3; k++) {
            b.low[k] = fmin(b.low[k], x->point[i].at[k]);
            b.high[k] = fmax(b.high[k], x->point[i].at[k]);
        }
    return b;
}

static void divide(nearest_index *x, span s)
{
    box b = box_of(x, s.begin, s.end);
    x->node[s.node] = b;
    if (s.level == x->leaf_level)
        return;
    int axis = 0;
    for (int k = 1; k < 3; k++)
        if (b.high[k] - b.low[k] > b.high[axis] - b.low[axis])
            axis = k;
    span lower = half(s, 0);
    if (s.end - s.begin > 1)
        select_middle(x, s.begin, s.end, lower.end, axis);
    divide(x, lower);
    divide(x, half(s, 1));
}

static status points_judge(const double *lon, const double *lat, const uint8_t *use, size_t count,
                           size_t *used, error *err)
{
    *used = 0;
    if (count >= LOCATED_NOWHERE)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, count, (size_t)LOCATED_NOWHERE - 1);
    for (size_t i = 0; i < count; i++) {
        if (use && !use[i])
            continue;
        if (!(fabs(lat[i]) <= 90) || !(fabs(lon[i]) <= 360))
            return error_set(err, STATUS_INPUT, M_GEO_POINT_NOT_FINITE, i + 1);
        *used += 1;
    }
    return STATUS_OK;
}

static status index_allocate(nearest_index *x, size_t count, size_t used, error *err)
{
    x->count = used;
    while ((used >> x->leaf_level) > LEAF_POINTS)
        x->leaf_level++;
    size_t nodes = ((size_t)2 << x->leaf_level) - 1;
    x->coordinates = memory_new(count, 2 * sizeof *x->coordinates);
    x->point = memory_new(used, sizeof *x->point);
    x->index = memory_new(used, sizeof *x->index);
    x->node = memory_new(nodes, sizeof *x->node);
    if (!x->coordinates || !x->point || !x->index || !x->node)
        return memory_error(err, used * sizeof *x->point);
    return STATUS_OK;
}

static void index_fill(nearest_index *x, const double *lon, const double *lat, const uint8_t *use,
                       size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        x->coordinates[i] = lon[i];
        x->coordinates[count + i] = lat[i];
        if (use && !use[i])
            continue;
        x->point[n] = unit_vector(lon[i], lat[i]);
        x->index[n++] = (uint32_t)i;
    }
    x->lon = x->coordinates;
    x->lat = x->coordinates + count;
}

status nearest_index_new(nearest_index **out, const double *lon, const double *lat,
                         const uint8_t *use, size_t count, error *err)
{
    *out = NULL;
    size_t used = 0;
    status s = points_judge(lon, lat, use, count, &used, err);
    if (s)
        return s;
    nearest_index *x = memory_new(1, sizeof *x);
    if (!x)
        return memory_error(err, sizeof *x);
    s = index_allocate(x, count, used, err);
    if (s) {
        nearest_index_free(x);
        return s;
    }
    index_fill(x, lon, lat, use, count);
    divide(x, (span){.end = used});
    *out = x;
    return STATUS_OK;
}

void nearest_index_free(nearest_index *x)
{
    if (!x)
        return;
    memory_free(x->coordinates);
    memory_free(x->point);
    memory_free(x->index);
    memory_free(x->node);
    memory_free(x);
}

/* --- questions --- */

static double with_slack(double chord)
{
    double bound = chord * (1 + CHORD_SLACK_RELATIVE) + CHORD_SLACK;
    return bound * bound;
}

typedef struct nearest_search {
    const nearest_index *x;
    double lon, lat, km;
    vector from;
    double bound; /* squared chord beyond which nothing can be as near */
    uint32_t found;
} nearest_search;

static void search_leaf(nearest_search *q, span s)
{
    for (size_t i = s.begin; i < s.end; i++) {
        double d2 = chord2(q->x->point[i], q->from);
        if (d2 > q->bound)
            continue;
        uint32_t n = q->x->index[i];
        double km = haversine_km(q->lon, q->lat, q->x->lon[n], q->x->lat[n]);
        if (km > q->km || (km == q->km && n >= q->found))
            continue;
        q->km = km;
        q->found = n;
        q->bound = fmin(q->bound, with_slack(sqrt(d2)));
    }
}

static void search(nearest_search *q, span s)
{
    if (s.level == q->x->leaf_level) {
        search_leaf(q, s);
        return;
    }
    span near = half(s, 0), far = half(s, 1);
    double near2 = box_chord2(&q->x->node[near.node], q->from);
    double far2 = box_chord2(&q->x->node[far.node], q->from);
    if (far2 < near2) {
        span nearer = far;
        far = near;
        near = nearer;
        double d2 = far2;
        far2 = near2;
        near2 = d2;
    }
    if (near2 <= q->bound)
        search(q, near);
    if (far2 <= q->bound)
        search(q, far);
}

uint32_t nearest_find(const nearest_index *x, double lon, double lat, double *km)
{
    nearest_search q = {.x = x,
                        .lon = lon,
                        .lat = lat,
                        .km = INFINITY,
                        .from = unit_vector(lon, lat),
                        .bound = INFINITY,
                        .found = LOCATED_NOWHERE};
    if (isfinite(lon) && isfinite(lat) && x->count > 0)
        search(&q, (span){.end = x->count});
    *km = q.km;
    return q.found;
}

typedef struct within_search {
    const nearest_index *x;
    double lon, lat, km;
    vector from;
    double bound;
    uint32_t *out; /* a heap with the highest index on top, once full */
    size_t capacity, count;
} within_search;

static void sift_down(uint32_t *heap, size_t count, size_t i)
{
    for (;;) {
        size_t largest = i, l = 2 * i + 1, r = 2 * i + 2;
        if (l < count && heap[l] > heap[largest])
            largest = l;
        if (r < count && heap[r] > heap[largest])
            largest = r;
        if (largest == i)
            return;
        uint32_t kept = heap[i];
        heap[i] = heap[largest];
        heap[largest] = kept;
        i = largest;
    }
}

static void heap_make(uint32_t *heap, size_t count)
{
    for (size_t i = count / 2; i > 0; i--)
        sift_down(heap, count, i - 1);
}

static void heap_sort(uint32_t *heap, size_t count)
{
    heap_make(heap, count);
    for (size_t n = count; n > 1; n--) {
        uint32_t kept = heap[0];
        heap[0] = heap[n - 1];
        heap[n - 1] = kept;
        sift_down(heap, n - 1, 0);
    }
}

static void within_note(within_search *q, uint32_t n)
{
    if (q->count < q->capacity)
        q->out[q->count] = n;
    if (q->count == q->capacity)
        heap_make(q->out, q->capacity);
    if (q->count >= q->capacity && q->capacity > 0 && n < q->out[0]) {
        q->out[0] = n;
        sift_down(q->out, q->capacity, 0);
    }
    q->count++;
}

static void within(within_search *q, span s)
{
    if (box_chord2(&q->x->node[s.node], q->from) > q->bound)
        return;
    if (s.level < q->x->leaf_level) {
        within(q, half(s, 0));
        within(q, half(s, 1));
        return;
    }
    for (size_t i = s.begin; i < s.end; i++) {
        uint32_t n = q->x->index[i];
        if (chord2(q->x->point[i], q->from) <= q->bound &&
            haversine_km(q->lon, q->lat, q->x->lon[n], q->x->lat[n]) <= q->km)
            within_note(q, n);
    }
}

size_t nearest_within(const nearest_index *x, double lon, double lat, double km, uint32_t *out,
                      double *out_km, size_t capacity)
{
    if (!(km >= 0) || !isfinite(lon) || !isfinite(lat) || x->count == 0)
        return 0;
    const double half_turn = 1.5707963267948966;
    double angle = km / (2 * EARTH_RADIUS_KM);
    within_search q = {.x = x,
                       .lon = lon,
                       .lat = lat,
                       .km = km,
                       .from = unit_vector(lon, lat),
                       .bound = angle < half_turn ? with_slack(2 * sin(angle)) : INFINITY,
                       .out = out,
                       .capacity = capacity};
    within(&q, (span){.end = x->count});
    size_t written = q.count < capacity ? q.count : capacity;
    heap_sort(out, written);
    for (size_t i = 0; out_km && i < written; i++)
        out_km[i] = haversine_km(lon, lat, x->lon[out[i]], x->lat[out[i]]);
    return q.count;
}
