/* From OSM ways to arcs: directions, barriers, cuts, and integers that do not drift. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "geo/projection.h"
#include "maps.h"

enum { STEPS = 500 };

/* Nodes 1, 2, 3, 4 on a line to the north, about 111 m apart. */
static const osm_node line[] = {{1, 2, 48}, {2, 2, 48.001}, {3, 2, 48.002}, {4, 2, 48.003}};
static const int64_t line_refs[] = {1, 2, 3, 4};

static network *line_graph(const osm_tag *tags, size_t tag_count, const osm_node_tags *node_tags,
                           size_t node_tag_count, road_build_facts *facts)
{
    const osm_way way = {
        .id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = tag_count};
    const osm_contents contents = {.nodes = line,
                                   .node_count = 4,
                                   .node_tags = node_tags,
                                   .node_tag_count = node_tag_count,
                                   .ways = &way,
                                   .way_count = 1};
    return map_graph(&contents, facts);
}

static void a_road_is_driven_both_ways(void **state)
{
    (void)state;
    road_build_facts facts;
    const osm_tag tags[] = {{"highway", "residential"}};
    network *g = line_graph(tags, 1, NULL, 0, &facts);
    assert_int_equal(g->node_count, 4);
    assert_int_equal(g->arc_count, 6);
    /* 111.195 m at 25 km/h: 16.01 s */
    assert_true(map_arc(g, 1, 2) == road_cost_of(160, 111));
    assert_true(map_arc(g, 2, 1) == road_cost_of(160, 111));
    assert_int_equal(facts.ways_open, 1);
    assert_int_equal(g->component_count, 1);
    network_free(g);
}

static void a_one_way_road_is_not_driven_back(void **state)
{
    (void)state;
    road_build_facts facts;
    const osm_tag tags[] = {{"highway", "residential"}, {"oneway", "-1"}};
    network *g = line_graph(tags, 2, NULL, 0, &facts);
    assert_int_equal(g->arc_count, 3);
    assert_true(map_arc(g, 1, 2) == ROAD_COST_NONE);
    assert_true(map_arc(g, 2, 1) != ROAD_COST_NONE);
    assert_int_equal(g->component_count, 4);
    network_free(g);
}

static void a_direction_may_have_its_own_speed(void **state)
{
    (void)state;
    road_build_facts facts;
    const osm_tag tags[] = {
        {"highway", "residential"}, {"maxspeed:backward", "50"}, {"maxspeed", "30"}};
    network *g = line_graph(tags, 3, NULL, 0, &facts);
    assert_true(map_arc(g, 1, 2) == road_cost_of(167, 111)); /* 24 km/h */
    assert_true(map_arc(g, 2, 1) == road_cost_of(100, 111)); /* 40 km/h */
    network_free(g);
}

static void a_bollard_closes_its_node(void **state)
{
    (void)state;
    road_build_facts facts;
    const osm_tag tags[] = {{"highway", "residential"}};
    const osm_tag bollard[] = {{"barrier", "bollard"}};
    const osm_node_tags node_tags[] = {{.node = 1, .tags = bollard, .tag_count = 1}};
    network *g = line_graph(tags, 1, node_tags, 1, &facts);
    assert_int_equal(facts.nodes_closed, 1);
    assert_int_equal(map_node(g, 2), UINT32_MAX);
    assert_int_equal(map_node(g, 1), UINT32_MAX); /* nothing leads there any more */
    assert_true(map_arc(g, 3, 4) != ROAD_COST_NONE);
    network_free(g);
}

static void a_road_is_cut_where_a_node_is_missing(void **state)
{
    (void)state;
    road_build_facts facts;
    const int64_t refs[] = {1, 2, 77, 3, 4};
    const int64_t lost[] = {2, 78};
    const osm_tag tags[] = {{"highway", "residential"}};
    const osm_way ways[] = {
        {.id = 5, .nodes = refs, .node_count = 5, .tags = tags, .tag_count = 1},
        {.id = 6, .nodes = lost, .node_count = 2, .tags = tags, .tag_count = 1}};
    const osm_contents contents = {.nodes = line, .node_count = 4, .ways = ways, .way_count = 2};
    network *g = map_graph(&contents, &facts);
    assert_true(map_arc(g, 1, 2) != ROAD_COST_NONE);
    assert_true(map_arc(g, 2, 3) == ROAD_COST_NONE);
    assert_true(map_arc(g, 3, 4) != ROAD_COST_NONE);
    assert_int_equal(facts.ways_open, 1);
    assert_int_equal(facts.ways_short, 1);
    network_free(g);
}

static void a_wrong_position_makes_no_arc(void **state)
{
    (void)state;
    road_build_facts facts;
    const osm_node far[] = {{1, 2, 48}, {2, 2, 48.001}, {3, 50, -12}};
    const osm_tag tags[] = {{"highway", "residential"}};
    const osm_way way = {
        .id = 5, .nodes = line_refs, .node_count = 3, .tags = tags, .tag_count = 1};
    const osm_contents contents = {.nodes = far, .node_count = 3, .ways = &way, .way_count = 1};
    network *g = map_graph(&contents, &facts);
    assert_int_equal(facts.segments_long, 1);
    assert_int_equal(g->arc_count, 2);
    network_free(g);
}

static void nothing_open_is_refused(void **state)
{
    (void)state;
    const osm_tag tags[] = {{"highway", "footway"}};
    const osm_way way = {
        .id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = 1};
    const osm_contents contents = {.nodes = line, .node_count = 4, .ways = &way, .way_count = 1};
    osm_roads *roads = map_roads(&contents, OSM_PBF_USUAL, 1);
    faults *list = map_faults();
    road_draft draft = {0};
    road_build_facts facts;
    assert_int_equal(road_build(roads, "map", &draft, &facts, list), STATUS_INPUT);
    assert_int_equal(facts.ways_closed, 1);
    road_draft_clear(&draft);
    faults_free(list);
    osm_roads_free(roads);
}

/* 500 arcs of 1.112 m: each alone would round to 1 m and 2 ds, 11 % short and 25 % long. */
static void rounding_does_not_add_up_along_a_way(void **state)
{
    (void)state;
    static osm_node nodes[STEPS + 1];
    static int64_t refs[STEPS + 1];
    road_build_facts facts;
    const osm_tag tags[] = {{"highway", "residential"}};
    for (int i = 0; i <= STEPS; i++) {
        nodes[i] = (osm_node){.id = i + 1, .lon = 2, .lat = 48 + 0.00001 * i};
        refs[i] = i + 1;
    }
    const osm_way way = {
        .id = 5, .nodes = refs, .node_count = STEPS + 1, .tags = tags, .tag_count = 1};
    const osm_contents contents = {
        .nodes = nodes, .node_count = STEPS + 1, .ways = &way, .way_count = 1};
    network *g = map_graph(&contents, &facts);
    road_cost sum = 0, back = 0;
    for (int i = 1; i <= STEPS; i++) {
        sum += map_arc(g, i, i + 1);
        back += map_arc(g, i + 1, i);
    }
    double m = 1000 * haversine_km(2, 48, 2, 48 + 0.00001 * STEPS);
    assert_true(fabs(road_cost_m(sum) - m) <= 0.5001);
    assert_true(fabs(road_cost_time(sum) - m * 36 / 25) <= 0.5001);
    assert_true(sum == back);
    network_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_road_is_driven_both_ways),
        cmocka_unit_test(a_one_way_road_is_not_driven_back),
        cmocka_unit_test(a_direction_may_have_its_own_speed),
        cmocka_unit_test(a_bollard_closes_its_node),
        cmocka_unit_test(a_road_is_cut_where_a_node_is_missing),
        cmocka_unit_test(a_wrong_position_makes_no_arc),
        cmocka_unit_test(nothing_open_is_refused),
        cmocka_unit_test(rounding_does_not_add_up_along_a_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
