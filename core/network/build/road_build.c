#include "network/build/road_build.h"

#include <math.h>
#include <string.h>

#include "geo/projection.h"
#include "network/messages.h"
#include "network/build/road_profile.h"

enum { DS_PER_MINUTE = 600 };

/* The draft in the making: arcs between nodes of the file, renumbered at the end. */
typedef struct builder {
    const osm_roads *roads;
    road_draft *draft;
    uint8_t *closed; /* per node of the file: a barrier */
    uint32_t way;    /* whose arcs are being added */
    road_build_facts *facts;
    error *err;
} builder;

/* --- tags --- */

/* A range of tags: of a way, or of a node. */
typedef struct tag_range {
    const osm_roads *roads;
    const uint32_t *key, *value;
    size_t count;
} tag_range;

static const char *range_value(const void *context, const char *key)
{
    const tag_range *range = context;
    for (size_t i = 0; i < range->count; i++)
        if (strcmp(osm_word(range->roads, range->key[i]), key) == 0)
            return osm_word(range->roads, range->value[i]);
    return NULL;
}

static road_speeds way_speeds(const osm_roads *r, size_t way)
{
    size_t begin = (size_t)r->way_tag_start[way], end = (size_t)r->way_tag_start[way + 1];
    const tag_range range = {.roads = r,
                             .key = r->way_tag_key + begin,
                             .value = r->way_tag_value + begin,
                             .count = end - begin};
    return road_profile_way((road_tags){.value = range_value, .context = &range});
}

static void nodes_close(builder *b)
{
    const osm_roads *r = b->roads;
    size_t total = (size_t)r->counts.node_tags;
    for (size_t begin = 0, end = 0; begin < total; begin = end) {
        uint32_t node = r->node_tag_node[begin];
        while (end < total && r->node_tag_node[end] == node)
            end++;
        const tag_range range = {.roads = r,
                                 .key = r->node_tag_key + begin,
                                 .value = r->node_tag_value + begin,
                                 .count = end - begin};
        b->closed[node] =
            !road_profile_node_open((road_tags){.value = range_value, .context = &range});
        b->facts->nodes_closed += b->closed[node];
    }
}

/* --- arcs --- */

/* Running totals along a way: metres, and deciseconds in each direction. */
typedef struct totals {
    double m, forward_ds, backward_ds;
} totals;

static uint32_t step(double before, double after)
{
    return (uint32_t)(floor(after + 0.5) - floor(before + 0.5));
}

static status add_segment(builder *b, uint32_t from, uint32_t to, road_speeds speeds, totals *t)
{
    const osm_roads *r = b->roads;
    status result = STATUS_OK;
    double m = 1000.0 *
               haversine_km(r->node_lon[from], r->node_lat[from], r->node_lon[to], r->node_lat[to]);
    totals next = {.m = t->m + m};
    /* 36 = 3.6 (m/s to km/h) times 10 (s to ds) */
    next.forward_ds = speeds.forward_kmh > 0 ? t->forward_ds + 36.0 * m / speeds.forward_kmh : 0;
    next.backward_ds =
        speeds.backward_kmh > 0 ? t->backward_ds + 36.0 * m / speeds.backward_kmh : 0;
    draft_arc arc = {.from = from, .to = to, .length_m = step(t->m, next.m), .way = b->way};
    if (speeds.forward_kmh > 0) {
        arc.time = step(t->forward_ds, next.forward_ds);
        result = road_draft_arc(b->draft, arc, b->err);
    }
    if (speeds.backward_kmh > 0 && result == STATUS_OK) {
        arc.from = to;
        arc.to = from;
        arc.time = step(t->backward_ds, next.backward_ds);
        result = road_draft_arc(b->draft, arc, b->err);
    }
    *t = next;
    return result;
}

static bool segment_usable(builder *b, uint32_t from, uint32_t to)
{
    const osm_roads *r = b->roads;
    if (from == OSM_NODE_NONE || to == OSM_NODE_NONE || from == to || b->closed[from] ||
        b->closed[to])
        return false;
    if (haversine_km(r->node_lon[from], r->node_lat[from], r->node_lon[to], r->node_lat[to]) <=
        SEGMENT_LIMIT_KM)
        return true;
    b->facts->segments_long++;
    return false;
}

static status add_way(builder *b, size_t way)
{
    const osm_roads *r = b->roads;
    road_speeds speeds = way_speeds(r, way);
    totals t = {0};
    status result = STATUS_OK;
    size_t arcs_before = b->draft->arc_count;
    b->way = (uint32_t)way;
    b->facts->limits_unread += speeds.unread_limit;
    if (speeds.forward_kmh == 0 && speeds.backward_kmh == 0) {
        b->facts->ways_closed++;
        return STATUS_OK;
    }
    for (uint64_t i = r->way_ref_start[way]; i + 1 < r->way_ref_start[way + 1]; i++) {
        uint32_t from = r->way_ref[i], to = r->way_ref[i + 1];
        if (segment_usable(b, from, to))
            result = add_segment(b, from, to, speeds, &t);
        if (result)
            return result;
    }
    if (b->draft->arc_count > arcs_before)
        b->facts->ways_open++;
    else
        b->facts->ways_short++;
    return STATUS_OK;
}

/* --- the draft --- */

/* Degrees to whole 1e-7 degrees, the precision of OSM itself. */
static int32_t position_of(double degrees)
{
    return (int32_t)llround(degrees * 1e7);
}

/* Keeps the nodes that an arc touches, in order; arcs get their new numbers. */
static status nodes_keep(builder *b)
{
    const osm_roads *r = b->roads;
    road_draft *d = b->draft;
    const size_t total = (size_t)r->counts.nodes;
    uint32_t *number = memory_new(total, sizeof *number);
    d->node_id = memory_new(total, sizeof *d->node_id);
    d->x = memory_new(total, sizeof *d->x);
    d->y = memory_new(total, sizeof *d->y);
    if (!number || !d->node_id || !d->x || !d->y) {
        memory_free(number);
        return memory_error(b->err, total * (sizeof *d->node_id + sizeof *d->x + sizeof *d->y));
    }
    for (size_t i = 0; i < d->arc_count; i++)
        number[d->arcs[i].from] = number[d->arcs[i].to] = 1;
    for (size_t n = 0; n < total; n++) {
        if (!number[n])
            continue;
        d->node_id[d->node_count] = r->node_id[n];
        d->x[d->node_count] = position_of(r->node_lon[n]);
        d->y[d->node_count] = position_of(r->node_lat[n]);
        number[n] = (uint32_t)d->node_count++;
    }
    for (size_t i = 0; i < d->arc_count; i++) {
        d->arcs[i].from = number[d->arcs[i].from];
        d->arcs[i].to = number[d->arcs[i].to];
    }
    memory_free(number);
    return STATUS_OK;
}

static status ways_keep(builder *b)
{
    const osm_roads *r = b->roads;
    const size_t count = (size_t)r->counts.ways;
    b->draft->way_id = memory_new(count, sizeof *b->draft->way_id);
    if (!b->draft->way_id)
        return memory_error(b->err, count * sizeof *b->draft->way_id);
    memcpy(b->draft->way_id, r->way_id, count * sizeof *r->way_id);
    b->draft->way_count = count;
    return STATUS_OK;
}

static status build_arcs(builder *b)
{
    status result = STATUS_OK;
    b->closed = memory_new((size_t)b->roads->counts.nodes, 1);
    if (!b->closed)
        return memory_error(b->err, (size_t)b->roads->counts.nodes);
    nodes_close(b);
    for (size_t w = 0; w < b->roads->counts.ways && result == STATUS_OK; w++)
        result = add_way(b, w);
    return result;
}

status road_build(const osm_roads *roads, const char *name, road_draft *out,
                  road_build_facts *facts, faults *faults_list)
{
    error err = {0};
    builder b = {.roads = roads, .draft = out, .facts = facts, .err = &err};
    *facts = (road_build_facts){0};
    *out = (road_draft){
        .units_per_minute = DS_PER_MINUTE, .positions = POSITIONS_DEGREES, .lengths = true};
    status result = build_arcs(&b);
    if (result == STATUS_OK && out->arc_count == 0)
        result = error_set(&err, STATUS_INPUT, M_GRAPH_NO_ROAD);
    if (result == STATUS_OK)
        result = nodes_keep(&b);
    if (result == STATUS_OK)
        result = ways_keep(&b);
    if (result)
        result = faults_add_error(faults_list, source_at(name, 0, 0), &err);
    else if (facts->segments_long > 0)
        faults_warn(faults_list, source_at(name, 0, 0), M_GRAPH_LONG,
                    (unsigned long long)facts->segments_long, (unsigned)SEGMENT_LIMIT_KM);
    memory_free(b.closed);
    return result;
}
