/* Nodes and arcs: a node a vertex, running totals rounded along each line. */
#include <math.h>
#include <string.h>

#include "base/arrays.h"
#include "geo/projection.h"
#include "network/build/line_work.h"
#include "network/build/osm_build.h"
#include "network/messages.h"

enum { CHECK_EVERY = 4096 };

/* --- arcs --- */

/* Running totals along a line: metres, and deciseconds. */
typedef struct totals {
    double m, ds;
} totals;

static uint32_t step(double before, double after)
{
    return (uint32_t)(floor(after + 0.5) - floor(before + 0.5));
}

/* A time that no line may have, and that an arc could not hold: the speed is a slip of the pen. */
static bool too_slow(const totals *t)
{
    return t->ds > INT32_MAX || t->m > INT32_MAX;
}

static status add_segment(line_work *b, draft_arc arc, line_direction direction)
{
    status result = STATUS_OK;
    if (direction != LINE_BACKWARD)
        result = road_draft_arc(b->draft, arc, b->err);
    if (direction != LINE_FORWARD && result == STATUS_OK) {
        const draft_arc back = {.from = arc.to,
                                .to = arc.from,
                                .time = arc.time,
                                .length_m = arc.length_m,
                                .way = arc.way};
        result = road_draft_arc(b->draft, back, b->err);
    }
    return result;
}

/* A node of its own for an inner vertex; the node of the ends that lie on it, where there are some.
 */
static status vertex_node(line_work *b, int32_t x, int32_t y, uint32_t *node)
{
    road_draft *d = b->draft;
    *node = line_joined_at(&b->joined, x, y);
    if (*node != NETWORK_NONE) {
        b->joined.on_vertex[*node] = 1;
        return STATUS_OK;
    }
    size_t capacity = d->node_capacity;
    int32_t *grown = array_grown(d->x, &capacity, d->node_count + 1, sizeof *grown);
    if (grown) {
        d->x = grown;
        capacity = d->node_capacity;
        grown = array_grown(d->y, &capacity, d->node_count + 1, sizeof *grown);
    }
    if (!grown)
        return memory_error(b->err, (d->node_count + 1) * sizeof *grown);
    d->y = grown;
    d->node_capacity = capacity;
    if (d->node_count >= NETWORK_NONE)
        return error_set(b->err, STATUS_INPUT, M_ROADS_TOO_LARGE, (unsigned long long)NETWORK_NONE);
    d->x[d->node_count] = x;
    d->y[d->node_count] = y;
    *node = (uint32_t)d->node_count++;
    b->vertices++;
    return STATUS_OK;
}

static status add_part(line_work *b, size_t row, uint64_t part)
{
    const polylines *l = b->source->lines;
    const uint64_t first = l->point_start[part], end = l->point_start[part + 1];
    const line_direction direction = (line_direction)b->direction[row];
    uint32_t from = b->joined.first[part];
    totals t = {0};
    status result = STATUS_OK;
    for (uint64_t i = first + 1, last = first; i < end && result == STATUS_OK; i++) {
        const int32_t x = line_position(l->x[i]), y = line_position(l->y[i]);
        uint32_t to = b->joined.last[part];
        if (i + 1 < end && x == line_position(l->x[last]) && y == line_position(l->y[last]))
            continue; /* a point drawn twice */
        const double km = haversine_km(l->x[last], l->y[last], l->x[i], l->y[i]);
        const totals next = {.m = t.m + 1000 * km, .ds = t.ds + 36000 * km / b->kmh[row]};
        if (too_slow(&next))
            return error_set(b->err, STATUS_INPUT, M_LINES_SLOW,
                             (unsigned long long)b->source->cells->source_row[row], b->kmh[row]);
        if (i + 1 < end)
            result = vertex_node(b, x, y, &to);
        b->segments_long += km > SEGMENT_LIMIT_KM;
        if (result == STATUS_OK && from != to && km <= SEGMENT_LIMIT_KM)
            result = add_segment(b,
                                 (draft_arc){.from = from,
                                             .to = to,
                                             .time = step(t.ds, next.ds),
                                             .length_m = step(t.m, next.m),
                                             .way = (uint32_t)row},
                                 direction);
        t = next;
        from = to;
        last = i;
    }
    return result;
}

static status add_features(line_work *b)
{
    const polylines *l = b->source->lines;
    status result = STATUS_OK;
    for (size_t row = 0; row < l->rows && result == STATUS_OK; row++) {
        if (row % CHECK_EVERY == 0 && b->progress && progress_cancelled(b->progress))
            return error_set(b->err, STATUS_INTERRUPTED, M_NETWORK_STOPPED);
        for (uint64_t part = l->part_start[row]; part < l->part_start[row + 1]; part++)
            if (b->open[part] && result == STATUS_OK)
                result = add_part(b, row, part);
    }
    return result;
}

/* The nodes of ends come first. */
static status take_ends(line_work *b)
{
    road_draft *d = b->draft;
    const line_joined *j = &b->joined;
    d->node_capacity = d->node_count = j->count;
    d->x = memory_new(j->count, sizeof *d->x);
    d->y = memory_new(j->count, sizeof *d->y);
    if (!d->x || !d->y)
        return memory_error(b->err, 2 * j->count * sizeof *d->x);
    memcpy(d->x, j->x, j->count * sizeof *d->x);
    memcpy(d->y, j->y, j->count * sizeof *d->y);
    return STATUS_OK;
}

static status number_nodes(line_work *b)
{
    road_draft *d = b->draft;
    d->node_id = memory_new(d->node_count, sizeof *d->node_id);
    if (!d->node_id)
        return memory_error(b->err, d->node_count * sizeof *d->node_id);
    for (size_t n = 0; n < d->node_count; n++)
        d->node_id[n] = (int64_t)n + 1;
    return STATUS_OK;
}

status line_work_arcs(line_work *b)
{
    status result = take_ends(b);
    if (result == STATUS_OK)
        result = add_features(b);
    return result == STATUS_OK ? number_nodes(b) : result;
}
