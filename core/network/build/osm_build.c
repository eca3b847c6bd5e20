#include "network/build/osm_build.h"

#include <math.h>
#include <string.h>

#include "geo/projection.h"
#include "network/build/builder.h"
#include "network/build/osm_tags.h"
#include "network/messages.h"
#include "network/source/road_filter.h"

enum { WAYS_BETWEEN_LOOKS = 4096, DS_PER_MINUTE = 600 };

const char *tag_range_value(const void *range, const char *key)
{
    const tag_range *r = range;
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(osm_word(r->roads, r->key[i]), key) == 0)
            return osm_word(r->roads, r->value[i]);
    return NULL;
}

/* --- nodes --- */

static void nodes_judge(builder *b)
{
    const osm_roads *r = b->roads;
    const road_profile *p = b->options->profile;
    for (size_t at = 0; at < r->counts.node_tags;) {
        uint32_t node = 0;
        const tag_range range = tags_of_next_node(r, &at, &node);
        b->closed[node] = !road_profile_node_open(p, tags_in(&range));
        b->penalty[node] = road_profile_penalty(p, tags_in(&range));
        b->facts->nodes_closed += b->closed[node];
        b->facts->nodes_delayed += b->penalty[node].forward_ds || b->penalty[node].backward_ds;
    }
}

/* --- arcs --- */

/* Running totals along a way: metres, and deciseconds in each direction. */
typedef struct totals {
    double m, forward_ds, backward_ds;
} totals;

/* A way being added. */
typedef struct way_work {
    size_t way;
    road_speeds speeds;
    double peak;     /* share of the speed left in an urban stretch */
    double limit_km; /* of one segment */
    totals t;
} way_work;

static uint32_t step(double before, double after)
{
    return (uint32_t)(floor(after + 0.5) - floor(before + 0.5));
}

static double node_gap_km(const osm_roads *r, uint32_t from, uint32_t to)
{
    return haversine_km(r->node_lon[from], r->node_lat[from], r->node_lon[to], r->node_lat[to]);
}

/* A time that no arc may have: 2^31 units leave room for what is added to it. */
static bool too_slow(const totals *t)
{
    return t->forward_ds > INT32_MAX || t->backward_ds > INT32_MAX || t->m > INT32_MAX;
}

static status add_segment(builder *b, way_work *w, uint32_t from, uint32_t to, bool urban)
{
    status result = STATUS_OK;
    const double m = 1000.0 * node_gap_km(b->roads, from, to);
    const double share = urban ? w->peak : 1;
    const double forward = w->speeds.forward_kmh * share, backward = w->speeds.backward_kmh * share;
    totals next = {.m = w->t.m + m};
    /* 36 = 3.6 (m/s to km/h) times 10 (s to ds) */
    next.forward_ds = forward > 0 ? w->t.forward_ds + 36.0 * m / forward : 0;
    next.backward_ds = backward > 0 ? w->t.backward_ds + 36.0 * m / backward : 0;
    if (too_slow(&next))
        return error_set(b->err, STATUS_INPUT, M_BUILD_WAY_LONG,
                         (long long)b->roads->way_id[w->way]);
    draft_arc arc = {.length_m = step(w->t.m, next.m), .way = (uint32_t)w->way};
    if (forward > 0) {
        arc.from = from;
        arc.to = to;
        arc.time = step(w->t.forward_ds, next.forward_ds) + b->penalty[to].forward_ds;
        result = road_draft_arc(b->draft, arc, b->err);
    }
    if (backward > 0 && result == STATUS_OK) {
        arc.from = to;
        arc.to = from;
        arc.time = step(w->t.backward_ds, next.backward_ds) + b->penalty[from].backward_ds;
        result = road_draft_arc(b->draft, arc, b->err);
    }
    b->facts->segments_urban += urban && share < 1;
    w->t = next;
    return result;
}

static bool segment_usable(builder *b, const way_work *w, uint32_t from, uint32_t to)
{
    if (from == OSM_NODE_NONE || to == OSM_NODE_NONE || from == to || b->closed[from] ||
        b->closed[to])
        return false;
    if (node_gap_km(b->roads, from, to) <= w->limit_km)
        return true;
    b->facts->segments_long++;
    return false;
}

/* Length of a whole way over the nodes that the file holds. */
static double way_km(const osm_roads *r, size_t way)
{
    uint32_t before = OSM_NODE_NONE;
    double km = 0;
    for (uint64_t i = r->way_ref_start[way]; i < r->way_ref_start[way + 1]; i++) {
        if (r->way_ref[i] == OSM_NODE_NONE)
            continue;
        if (before != OSM_NODE_NONE)
            km += node_gap_km(r, before, r->way_ref[i]);
        before = r->way_ref[i];
    }
    return km;
}

/* A crossing takes the time that its duration says, whatever its length; no faster than a train
 * and no slower than a rowing boat. */
static void crossing_speed(builder *b, way_work *w)
{
    static const double slowest_kmh = 0.5, fastest_kmh = 200;
    const double hours = w->speeds.duration_s / 3600;
    const double kmh = hours > 0 ? way_km(b->roads, w->way) / hours : 0;
    w->limit_km = CROSSING_LIMIT_KM;
    if (kmh < slowest_kmh || kmh > fastest_kmh) {
        w->speeds.unread |= hours > 0;
        b->facts->crossings_assumed++;
        return;
    }
    w->speeds.forward_kmh = w->speeds.forward_kmh > 0 ? kmh : 0;
    w->speeds.backward_kmh = w->speeds.backward_kmh > 0 ? kmh : 0;
}

static status add_arcs(builder *b, way_work *w)
{
    const osm_roads *r = b->roads;
    status result = STATUS_OK;
    const uint64_t end = r->way_ref_start[w->way + 1];
    for (uint64_t i = r->way_ref_start[w->way]; i + 1 < end && result == STATUS_OK; i++) {
        uint32_t from = r->way_ref[i], to = r->way_ref[i + 1];
        if (segment_usable(b, w, from, to))
            result = add_segment(b, w, from, to, b->urban && b->urban[i]);
    }
    return result;
}

static status add_way(builder *b, size_t way)
{
    const tag_range range = tags_of_way(b->roads, way);
    const road_tags tags = tags_in(&range);
    way_work w = {.way = way,
                  .speeds = road_profile_way(b->options->profile, tags),
                  .peak = 1,
                  .limit_km = SEGMENT_LIMIT_KM};
    const size_t arcs_before = b->draft->arc_count;
    if (w.speeds.forward_kmh == 0 && w.speeds.backward_kmh == 0) {
        b->facts->ways_closed++;
        return STATUS_OK;
    }
    if (w.speeds.crossing)
        crossing_speed(b, &w);
    if (b->urban)
        w.peak = road_profile_peak(b->options->profile, tags);
    b->facts->tags_unread += w.speeds.unread;
    status result = add_arcs(b, &w);
    if (result)
        return result;
    if (b->draft->arc_count == arcs_before) {
        b->facts->ways_short++;
        return STATUS_OK;
    }
    b->facts->ways_open++;
    b->facts->crossings_open += w.speeds.crossing;
    return draft_way(b, way, tags);
}

static status ways_add(builder *b)
{
    status result = STATUS_OK;
    const size_t count = (size_t)b->roads->counts.ways;
    for (size_t w = 0; w < count && result == STATUS_OK; w++) {
        b->way_of[w] = NETWORK_NONE;
        result = add_way(b, w);
        if (w % WAYS_BETWEEN_LOOKS != 0)
            continue;
        if (b->options->progress)
            progress_advance(b->options->progress, w, count);
        if (build_cancelled(b))
            return error_set(b->err, STATUS_INTERRUPTED, M_BUILD_INTERRUPTED);
    }
    return result;
}

/* --- the whole --- */

static status builder_open(builder *b)
{
    const size_t nodes = (size_t)b->roads->counts.nodes, ways = (size_t)b->roads->counts.ways;
    b->closed = memory_new(nodes, sizeof *b->closed);
    b->penalty = memory_new(nodes, sizeof *b->penalty);
    b->way_of = memory_new(ways, sizeof *b->way_of);
    if (!b->closed || !b->penalty || !b->way_of)
        return memory_error(b->err, nodes * (1 + sizeof *b->penalty) + ways * 4);
    return interner_new(&b->words, b->err);
}

static void builder_close(builder *b)
{
    memory_free(b->closed);
    memory_free(b->penalty);
    memory_free(b->urban);
    memory_free(b->way_of);
    memory_free(b->copies);
    memory_free(b->split);
    interner_free(b->words);
}

static void build_notes(const builder *b, faults *list)
{
    const source_ref at = source_at(b->options->name, 0, 0);
    const osm_build_facts *f = b->facts;
    if (f->segments_long > 0)
        faults_warn(list, at, M_GRAPH_LONG, (unsigned long long)f->segments_long,
                    (unsigned)SEGMENT_LIMIT_KM);
    if (f->crossings_assumed > 0)
        faults_note(list, at, M_BUILD_CROSSINGS, (unsigned long long)f->crossings_assumed);
    if (b->options->urban && f->segments_urban == 0)
        faults_warn(list, at, M_BUILD_NOT_URBAN, road_profile_name(b->options->profile));
}

status osm_build(const osm_roads *roads, const osm_build_options *options, road_draft *out,
                 osm_build_facts *facts, faults *faults_list)
{
    error err = {0};
    builder b = {.roads = roads, .options = options, .draft = out, .facts = facts, .err = &err};
    *facts = (osm_build_facts){0};
    *out = (road_draft){
        .units_per_minute = DS_PER_MINUTE, .positions = POSITIONS_DEGREES, .lengths = true};
    status result = builder_open(&b);
    if (result == STATUS_OK &&
        roads->counts.wanted != road_wanted_hash(road_profile_wanted(options->profile)))
        result = error_set(&err, STATUS_INPUT, M_BUILD_OTHER_PROFILE,
                           road_profile_name(options->profile));
    if (result == STATUS_OK)
        result = urban_mark(&b);
    if (result)
        goto done;
    nodes_judge(&b);
    result = ways_add(&b);
    if (result == STATUS_OK && out->arc_count == 0)
        result =
            error_set(&err, STATUS_INPUT, M_BUILD_NO_ROAD, road_profile_name(options->profile));
    if (result == STATUS_OK)
        result = turns_apply(&b);
    if (result == STATUS_OK)
        result = draft_finish(&b);
done:
    if (result)
        result = faults_add_error(faults_list, source_at(options->name, 0, 0), &err);
    else
        build_notes(&b, faults_list);
    builder_close(&b);
    return result;
}
