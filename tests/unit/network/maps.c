#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "maps.h"

faults *map_faults(void)
{
    error err = {0};
    faults *list = NULL;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    return list;
}

const char *map_fault(const faults *list, size_t i)
{
    assert_true(i < faults_count(list));
    return faults_at(list, i)->en;
}

road_profile *map_profile(const char *path)
{
    road_profile *p = NULL;
    faults *list = map_faults();
    if (road_profile_read(path, &p, list))
        fail_msg("%s", map_fault(list, 0));
    faults_free(list);
    return p;
}

/* Read once a program: fuzzing builds thousands of maps. */
static road_profile *the_car;

static void car_free(void)
{
    road_profile_free(the_car);
}

static const road_profile *car(void)
{
    if (!the_car) {
        the_car = map_profile(MAP_PROFILE("car"));
        assert_int_equal(atexit(car_free), 0);
    }
    return the_car;
}

status map_parse(const char *bytes, size_t size, int threads, osm_roads **roads, faults *list)
{
    return osm_roads_parse(bytes, size, "map", road_profile_wanted(car()), threads, roads, list);
}

status map_read(const char *path, int threads, osm_roads **roads, faults *list)
{
    return osm_roads_read(path, road_profile_wanted(car()), threads, roads, list);
}

static osm_roads *roads_of(const osm_contents *contents, osm_pbf_form form,
                           const road_profile *profile, int threads)
{
    error err = {0};
    char *bytes = NULL;
    size_t size = 0;
    osm_roads *roads = NULL;
    faults *list = map_faults();
    if (osm_pbf_encode(contents, form, &bytes, &size, &err))
        fail_msg("%s", err.en);
    if (osm_roads_parse(bytes, size, "map", road_profile_wanted(profile), threads, &roads, list))
        fail_msg("%s", map_fault(list, 0));
    memory_free(bytes);
    faults_free(list);
    return roads;
}

osm_roads *map_roads(const osm_contents *contents, osm_pbf_form form, int threads)
{
    return roads_of(contents, form, car(), threads);
}

static network *network_of(const osm_roads *roads, const osm_build_options *options,
                           osm_build_facts *facts, faults *list)
{
    error err = {0};
    network *g = NULL;
    road_draft draft = {0};
    if (osm_build(roads, options, &draft, facts, list))
        road_draft_clear(&draft);
    else if (network_make(&g, &draft, 1, NULL, &err))
        fail_msg("%s", err.en);
    return g;
}

network *map_network(const osm_roads *roads, osm_build_facts *facts, faults *list)
{
    const osm_build_options options = {.name = "map", .profile = car(), .threads = 1};
    return network_of(roads, &options, facts, list);
}

network *map_graph_of(const osm_contents *contents, const road_profile *profile,
                      const polygons *urban, osm_build_facts *facts)
{
    faults *list = map_faults();
    osm_roads *roads = roads_of(contents, OSM_PBF_USUAL, profile, 1);
    const osm_build_options options = {
        .name = "map", .profile = profile, .urban = urban, .threads = 1};
    network *g = network_of(roads, &options, facts, list);
    if (!g)
        fail_msg("%s", map_fault(list, 0));
    osm_roads_free(roads);
    faults_free(list);
    return g;
}

network *map_graph(const osm_contents *contents, osm_build_facts *facts)
{
    return map_graph_of(contents, car(), NULL, facts);
}

const char *map_fact(const network *g, const char *key)
{
    for (uint32_t i = 0; i < g->fact_count; i++)
        if (strcmp(g->facts[i].key, key) == 0)
            return g->facts[i].value;
    return "";
}

uint32_t map_node(const network *g, int64_t id)
{
    for (uint32_t n = 0; n < g->node_count; n++)
        if (g->node_id[n] == id)
            return n;
    return UINT32_MAX;
}

road_cost map_arc(const network *g, int64_t from, int64_t to)
{
    uint32_t a = map_node(g, from), b = map_node(g, to);
    if (a == UINT32_MAX || b == UINT32_MAX)
        return ROAD_COST_NONE;
    for (uint32_t i = g->to.start[b]; i < g->to.start[b + 1]; i++)
        if (g->to.link[i].node == a)
            return road_link_cost(&g->to.link[i]);
    return ROAD_COST_NONE;
}

static const osm_tag residential[] = {{"highway", "residential"}};

map_grid map_grid_new(size_t columns, size_t rows)
{
    size_t count = columns * rows, way = 0, ref = 0;
    map_grid g = {.nodes = memory_new(count, sizeof *g.nodes),
                  .ways = memory_new(columns + rows, sizeof *g.ways),
                  .refs = memory_new(2 * count, sizeof *g.refs)};
    assert_true(g.nodes && g.ways && g.refs);
    for (size_t i = 0; i < count; i++)
        g.nodes[i] = (osm_node){.id = (int64_t)i + 1,
                                .lon = 2 + 0.0015 * (double)(i % columns),
                                .lat = 48 + 0.001 * (double)(i / columns)};
    for (size_t line = 0; line < rows + columns; line++) {
        bool row = line < rows;
        size_t length = row ? columns : rows;
        g.ways[way++] = (osm_way){.id = 1000 + (int64_t)line,
                                  .nodes = g.refs + ref,
                                  .node_count = length,
                                  .tags = residential,
                                  .tag_count = 1};
        for (size_t i = 0; i < length; i++)
            g.refs[ref++] = g.nodes[row ? line * columns + i : i * columns + line - rows].id;
    }
    g.contents =
        (osm_contents){.nodes = g.nodes, .node_count = count, .ways = g.ways, .way_count = way};
    return g;
}

void map_grid_clear(map_grid *g)
{
    memory_free(g->nodes);
    memory_free(g->ways);
    memory_free(g->refs);
}
