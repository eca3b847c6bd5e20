#include "network/graph/node_tree.h"

#include <math.h>

#include "base/blocks.h"
#include "geo/projection.h"

enum { FAN = 16, LEVELS_MAX = 9, BOXES_A_BLOCK = 1 << 12, STACK_MAX = FAN * LEVELS_MAX };

static const double RADIANS = 0.017453292519943295;

/* Bounds of unit vectors, or of (x, y, 0) in metres; rounded outward. */
typedef struct box {
    float low[3], high[3];
} box;

struct node_tree {
    const network *network;
    unsigned levels;
    size_t start[LEVELS_MAX + 1]; /* of each level in `boxes`; level 0 is over nodes */
    box *boxes;
};

typedef struct vector {
    double at[3];
} vector;

static vector vector_of(network_positions positions, double x, double y)
{
    if (positions == POSITIONS_METRES)
        return (vector){{x, y, 0}};
    double lon = x * RADIANS, lat = y * RADIANS;
    return (vector){{cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)}};
}

static vector node_vector(const network *n, size_t node)
{
    return n->positions == POSITIONS_METRES
               ? vector_of(n->positions, n->x[node], n->y[node])
               : vector_of(n->positions, n->x[node] / 1e7, n->y[node] / 1e7);
}

/* --- making --- */

static const box nothing = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};

static void box_add_vector(box *b, const vector *v)
{
    for (int k = 0; k < 3; k++) {
        float low = nextafterf((float)v->at[k], -INFINITY);
        float high = nextafterf((float)v->at[k], INFINITY);
        b->low[k] = low < b->low[k] ? low : b->low[k];
        b->high[k] = high > b->high[k] ? high : b->high[k];
    }
}

static void box_add_box(box *b, const box *other)
{
    for (int k = 0; k < 3; k++) {
        b->low[k] = other->low[k] < b->low[k] ? other->low[k] : b->low[k];
        b->high[k] = other->high[k] > b->high[k] ? other->high[k] : b->high[k];
    }
}

static size_t run_end(size_t begin, size_t count)
{
    return count - begin < FAN ? count : begin + FAN;
}

static status leaves_block(void *context, block b, error *err)
{
    node_tree *t = context;
    const network *n = t->network;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        t->boxes[i] = nothing;
        for (size_t node = i * FAN; node < run_end(i * FAN, n->node_count); node++) {
            if (!node_takes_trips(n->node_flags[node]))
                continue;
            vector v = node_vector(n, node);
            box_add_vector(&t->boxes[i], &v);
        }
    }
    return STATUS_OK;
}

static void levels_raise(node_tree *t)
{
    for (unsigned level = 1; level < t->levels; level++) {
        const box *below = t->boxes + t->start[level - 1];
        const size_t count = t->start[level] - t->start[level - 1];
        for (size_t i = t->start[level]; i < t->start[level + 1]; i++) {
            size_t begin = (i - t->start[level]) * FAN;
            t->boxes[i] = nothing;
            for (size_t k = begin; k < run_end(begin, count); k++)
                box_add_box(&t->boxes[i], &below[k]);
        }
    }
}

/* Levels of a tree over so many nodes, up to the one box over all; none over none. */
static void levels_count(node_tree *t, size_t nodes)
{
    for (size_t count = nodes; count > 1 || (t->levels == 0 && count > 0);) {
        count = blocks_count(count, FAN);
        t->start[t->levels + 1] = t->start[t->levels] + count;
        t->levels++;
    }
}

uint64_t node_tree_memory(uint64_t nodes)
{
    node_tree t = {0};
    levels_count(&t, (size_t)nodes);
    return t.start[t.levels] * sizeof *t.boxes;
}

status node_tree_new(node_tree **out, const network *n, int threads, error *err)
{
    node_tree *t = memory_new(1, sizeof *t);
    if (!t)
        return memory_error(err, sizeof *t);
    t->network = n;
    levels_count(t, n->node_count);
    t->boxes = memory_new(t->start[t->levels], sizeof *t->boxes);
    status result =
        t->boxes ? blocks_run(t->start[1], BOXES_A_BLOCK, threads, NULL, leaves_block, t, err)
                 : memory_error(err, t->start[t->levels] * sizeof *t->boxes);
    if (result) {
        node_tree_free(t);
        return result;
    }
    levels_raise(t);
    *out = t;
    return STATUS_OK;
}

void node_tree_free(node_tree *t)
{
    if (!t)
        return;
    memory_free(t->boxes);
    memory_free(t);
}

/* --- finding --- */

typedef struct waiting {
    double bound; /* no node of the box is nearer: straight through the globe, squared */
    unsigned level;
    uint32_t box;
} waiting;

typedef struct finding {
    const node_tree *tree;
    vector from;
    double x, y;
    double reach;    /* squared, with a margin: boxes farther than this hold nothing nearer */
    double distance; /* km, or metres in the plane */
    uint32_t node;
    waiting stack[STACK_MAX];
    unsigned waits;
} finding;

static double box_bound(const box *b, const vector *from)
{
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        double below = b->low[k] - from->at[k], above = from->at[k] - b->high[k];
        double out = below > above ? below : above;
        sum += out > 0 ? out * out : 0;
    }
    return sum;
}

static double node_distance(const finding *f, uint32_t node)
{
    const network *n = f->tree->network;
    if (n->positions == POSITIONS_METRES)
        return sqrt((n->x[node] - f->x) * (n->x[node] - f->x) +
                    (n->y[node] - f->y) * (n->y[node] - f->y));
    return haversine_km(network_lon(n, node), network_lat(n, node), f->x, f->y);
}

/* The straight line that belongs to the best distance, and a little more than what rounding may
 * have taken: 1e-12 of the radius is 6 micrometres. */
static void reach_set(finding *f)
{
    bool plane = f->tree->network->positions == POSITIONS_METRES;
    double line = plane ? f->distance * (1 + 1e-12) + 1e-6
                        : 2 * sin(fmin(f->distance / EARTH_RADIUS_KM / 2, RADIANS * 90)) + 1e-12;
    f->reach = line * line;
}

/* More to the north or south than the best: no need of its distance. */
static bool beyond_in_latitude(const finding *f, uint32_t node)
{
    const network *n = f->tree->network;
    double apart = fabs(network_lat(n, node) - f->y) * RADIANS * EARTH_RADIUS_KM;
    return n->positions == POSITIONS_DEGREES && apart > f->distance * (1 + 1e-9) + 1e-9;
}

static void leaf_look(finding *f, uint32_t leaf)
{
    const network *n = f->tree->network;
    const size_t begin = (size_t)leaf * FAN, end = run_end(begin, n->node_count);
    for (uint32_t node = (uint32_t)begin; node < end; node++) {
        if (!node_takes_trips(n->node_flags[node]) || beyond_in_latitude(f, node))
            continue;
        double distance = node_distance(f, node);
        if (distance > f->distance || (distance == f->distance && f->node != NETWORK_NONE &&
                                       n->node_id[node] >= n->node_id[f->node]))
            continue;
        f->node = node;
        f->distance = distance;
    }
    if (f->node != NETWORK_NONE)
        reach_set(f);
}

/* The boxes below, the nearest on top of the stack. */
static void below_push(finding *f, unsigned level, uint32_t parent)
{
    const node_tree *t = f->tree;
    const size_t count = t->start[level + 1] - t->start[level];
    const size_t begin = (size_t)parent * FAN, end = run_end(begin, count);
    const unsigned floor = f->waits;
    for (size_t i = begin; i < end; i++) {
        waiting w = {.bound = box_bound(&t->boxes[t->start[level] + i], &f->from),
                     .level = level,
                     .box = (uint32_t)i};
        unsigned at = f->waits;
        if (!(w.bound <= f->reach) || w.bound == INFINITY)
            continue;
        for (; at > floor && f->stack[at - 1].bound < w.bound; at--)
            f->stack[at] = f->stack[at - 1];
        f->stack[at] = w;
        f->waits++;
    }
}

uint32_t node_tree_nearest(const node_tree *t, double x, double y, double *m)
{
    const network_positions positions = t->network->positions;
    finding f = {.tree = t,
                 .from = vector_of(positions, x, y),
                 .x = x,
                 .y = y,
                 .reach = INFINITY,
                 .distance = INFINITY,
                 .node = NETWORK_NONE};
    if (t->levels > 0)
        below_push(&f, t->levels - 1, 0);
    while (f.waits > 0) {
        const waiting w = f.stack[--f.waits];
        if (w.bound > f.reach)
            continue;
        if (w.level == 0)
            leaf_look(&f, w.box);
        else
            below_push(&f, w.level - 1, w.box);
    }
    *m = positions == POSITIONS_METRES ? f.distance : 1000.0 * f.distance;
    return f.node;
}
