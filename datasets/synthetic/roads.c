/* Roads: from every commune to its neighbours, by rank of what they join, a motorway between the
 * two largest towns, and a few streets around every town hall. Nodes 10,000,000 + ..., ways
 * 20,000,000 + ... */
#include <math.h>
#include <string.h>

#include "datasets/synthetic/files.h"
#include "datasets/synthetic/messages.h"
#include "geo/projection.h"
#include "network/source/pbf.h"

enum { STREAM_ROAD = 50, STREAM_STREET = 51, STREETS = 6, TAGS_MAX = 4 };
/* Points of a road between two communes: about as many as a mapper draws. */
enum { BENDS_LEAST = 6, BENDS_MOST = 40, BEND_M = 150 };
enum { FIRST_NODE = 10000000, FIRST_WAY = 20000000 };

typedef struct road_writer {
    const land *land;
    osm_node *nodes; /* x, y in Lambert-93 until the end */
    osm_way *ways;
    int64_t *refs; /* of all ways */
    osm_tag *tags;
    size_t node_count, way_count, ref_count, tag_count;
} road_writer;

static int64_t add_node(road_writer *w, double x, double y)
{
    const int64_t id = FIRST_NODE + (int64_t)w->node_count;
    w->nodes[w->node_count++] = (osm_node){.id = id, .lon = x, .lat = y};
    return id;
}

static void begin_way(road_writer *w, const char *class_, const char *maxspeed)
{
    osm_way *way = &w->ways[w->way_count];
    *way = (osm_way){.id = FIRST_WAY + (int64_t)w->way_count,
                     .nodes = w->refs + w->ref_count,
                     .tags = w->tags + w->tag_count};
    w->way_count++;
    w->tags[w->tag_count++] = (osm_tag){.key = "highway", .value = class_};
    way->tag_count = 1;
    if (maxspeed != NULL) {
        w->tags[w->tag_count++] = (osm_tag){.key = "maxspeed", .value = maxspeed};
        way->tag_count = 2;
    }
}

static void tag_way(road_writer *w, const char *key, const char *value)
{
    w->tags[w->tag_count++] = (osm_tag){.key = key, .value = value};
    w->ways[w->way_count - 1].tag_count++;
}

static void add_ref(road_writer *w, int64_t node)
{
    w->refs[w->ref_count++] = node;
    w->ways[w->way_count - 1].node_count++;
}

/* Class by the populations joined: the smaller end decides. */
static const char *class_between(const commune *a, const commune *b)
{
    const double small = fmin(a->population, b->population),
                 large = fmax(a->population, b->population);
    if (small > 8000.0)
        return "primary";
    if (small > 2500.0 || large > 15000.0)
        return "secondary";
    return small > 700.0 ? "tertiary" : "unclassified";
}

static uint32_t bends_between(const commune *from, const commune *to)
{
    const double wanted = hypot(to->x_m - from->x_m, to->y_m - from->y_m) / BEND_M;
    return wanted < BENDS_LEAST ? BENDS_LEAST : wanted > BENDS_MOST ? BENDS_MOST : (uint32_t)wanted;
}

/* A winding road between two town halls (node ids FIRST_NODE + row). */
static void add_road(road_writer *w, size_t a, size_t b)
{
    const commune *from = &w->land->communes[a], *to = &w->land->communes[b];
    const uint64_t row = (uint64_t)a * w->land->count + b;
    const double sway = 0.16 * (2.0 * land_uniform(w->land, STREAM_ROAD, row, 0) - 1.0);
    const double wave = 0.05 * (2.0 * land_uniform(w->land, STREAM_ROAD, row, 1) - 1.0);
    const uint32_t bends = bends_between(from, to);
    begin_way(w, class_between(from, to), NULL);
    add_ref(w, FIRST_NODE + (int64_t)a);
    for (uint32_t k = 1; k <= bends; k++) {
        const double t = (double)k / (bends + 1);
        const double push = sway * sin(3.141592653589793 * t) + wave * sin(9.42477796076938 * t);
        add_ref(w, add_node(w, from->x_m + t * (to->x_m - from->x_m) - push * (to->y_m - from->y_m),
                            from->y_m + t * (to->y_m - from->y_m) + push * (to->x_m - from->x_m)));
    }
    add_ref(w, FIRST_NODE + (int64_t)b);
}

static void add_streets(road_writer *w, size_t row)
{
    const commune *c = &w->land->communes[row];
    for (uint32_t k = 0; k < STREETS; k++) {
        const double angle = 6.283185307179586 *
                             ((double)k + land_uniform(w->land, STREAM_STREET, row, k)) / STREETS;
        const double length =
            140.0 + 260.0 * land_uniform(w->land, STREAM_STREET, row, STREETS + k);
        begin_way(w, k == 0 ? "living_street" : "residential", k % 3 == 1 ? "30" : NULL);
        if (k == 5)
            tag_way(w, "oneway", "yes");
        add_ref(w, FIRST_NODE + (int64_t)row);
        add_ref(
            w, add_node(w, c->x_m + 0.5 * length * cos(angle), c->y_m + 0.5 * length * sin(angle)));
        /* a one-way street comes back to its start, so that nobody is trapped */
        if (k == 5)
            add_ref(w, add_node(w, c->x_m + 0.4 * length * cos(angle + 0.9),
                                c->y_m + 0.4 * length * sin(angle + 0.9)));
        add_ref(w, k == 5 ? FIRST_NODE + (int64_t)row
                          : add_node(w, c->x_m + length * cos(angle + 0.1),
                                     c->y_m + length * sin(angle + 0.1)));
    }
}

static size_t ranked(const land *l, uint32_t rank)
{
    for (size_t c = 0; c < l->count; c++)
        if (l->communes[c].rank == rank)
            return c;
    return 0;
}

/* Two carriageways between two town halls, a link road at each end. */
static void add_motorway(road_writer *w, size_t a, size_t b)
{
    const commune *from = &w->land->communes[a], *to = &w->land->communes[b];
    const double dx = to->x_m - from->x_m, dy = to->y_m - from->y_m,
                 length = fmax(1.0, hypot(dx, dy));
    for (uint32_t side = 0; side < 2; side++) {
        const double off = side == 0 ? 12.0 : -12.0;
        int64_t node[10];
        for (uint32_t k = 0; k < 10; k++) {
            const double t = side == 0 ? 0.06 + 0.88 * k / 9.0 : 0.94 - 0.88 * k / 9.0;
            node[k] = add_node(w, from->x_m + t * dx - off * dy / length,
                               from->y_m + t * dy + off * dx / length);
        }
        begin_way(w, "motorway", "130");
        for (uint32_t k = 0; k < 10; k++)
            add_ref(w, node[k]);
        begin_way(w, "motorway_link", NULL);
        tag_way(w, "oneway", "yes");
        add_ref(w, FIRST_NODE + (int64_t)(side == 0 ? a : b));
        add_ref(w, node[0]);
        begin_way(w, "motorway_link", NULL);
        tag_way(w, "oneway", "yes");
        add_ref(w, node[9]);
        add_ref(w, FIRST_NODE + (int64_t)(side == 0 ? b : a));
    }
}

static size_t all_bends(const land *l)
{
    size_t bends = 0;
    for (size_t c = 0; c < l->count; c++)
        for (uint64_t e = l->neighbour_start[c]; e < l->neighbour_start[c + 1]; e++)
            if (l->neighbour[e] > c)
                bends += bends_between(&l->communes[c], &l->communes[l->neighbour[e]]);
    return bends;
}

static status allocate(road_writer *w, const land *l, error *err)
{
    const size_t roads = (size_t)l->neighbour_start[l->count] / 2 + 16,
                 streets = l->count * STREETS;
    const size_t nodes = l->count + all_bends(l) + streets * 3 + 64, ways = roads + streets + 16;
    *w = (road_writer){.land = l};
    w->nodes = arena_take(l->memory, nodes, sizeof *w->nodes);
    w->ways = arena_take(l->memory, ways, sizeof *w->ways);
    w->refs = arena_take(l->memory, nodes + roads * 2 + streets * 4 + 64, sizeof *w->refs);
    w->tags = arena_take(l->memory, ways * TAGS_MAX, sizeof *w->tags);
    return w->nodes == NULL || w->ways == NULL || w->refs == NULL || w->tags == NULL
               ? memory_error(err, nodes * sizeof *w->nodes)
               : STATUS_OK;
}

static status nodes_to_degrees(road_writer *w, error *err)
{
    projection *p = NULL;
    status s = projection_new(&p, 2154, 4326, err);
    for (size_t n = 0; s == STATUS_OK && n < w->node_count; n++) {
        s = projection_apply(p, &w->nodes[n].lon, &w->nodes[n].lat, 1, NULL, err);
        w->nodes[n].lon = round(w->nodes[n].lon * 1e7) / 1e7;
        w->nodes[n].lat = round(w->nodes[n].lat * 1e7) / 1e7;
    }
    projection_free(p);
    return s;
}

status write_roads(const land *l, const char *folder, error *err)
{
    road_writer w;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/routes.osm.pbf", folder);
    status s = allocate(&w, l, err);
    if (s != STATUS_OK)
        return s;
    for (size_t c = 0; c < l->count; c++)
        (void)add_node(&w, l->communes[c].x_m, l->communes[c].y_m);
    for (size_t c = 0; c < l->count; c++)
        for (uint64_t e = l->neighbour_start[c]; e < l->neighbour_start[c + 1]; e++)
            if (l->neighbour[e] > c)
                add_road(&w, c, l->neighbour[e]);
    for (size_t c = 0; c < l->count; c++)
        add_streets(&w, c);
    add_motorway(&w, ranked(l, 0), ranked(l, 1));
    s = nodes_to_degrees(&w, err);
    return s == STATUS_OK ? osm_pbf_write(path, w.nodes, w.node_count, w.ways, w.way_count, err)
                          : s;
}
