/* From OSM ways to arcs: directions, barriers, cuts, and integers that do not drift. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "geo/projection.h"
#include "maps.h"

enum { STEPS = 500 };

/* Nodes 1, 2, 3, 4 on a line to the north, about 111 m apart. */
static const osm_node line[] = {{1, 2, 48}, {2, 2, 48.001}, {3, 2, 48.002}, {4, 2, 48.003}};
static const int64_t line_refs[] = {1, 2, 3, 4};

static network *line_graph(const osm_tag *tags, size_t tag_count, const osm_node_tags *node_tags,
                           size_t node_tag_count, osm_build_facts *facts)
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
    osm_build_facts facts;
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
    osm_build_facts facts;
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
    osm_build_facts facts;
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
    osm_build_facts facts;
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
    osm_build_facts facts;
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
    osm_build_facts facts;
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
    osm_build_facts facts;
    assert_null(map_network(roads, &facts, list));
    assert_int_equal(facts.ways_closed, 1);
    assert_string_equal(map_fault(list, 0), "the profile \"car\" opens no road of the file");
    faults_free(list);
    osm_roads_free(roads);
}

/* 500 arcs of 1.112 m: each alone would round to 1 m and 2 ds, 11 % short and 25 % long. */
static void rounding_does_not_add_up_along_a_way(void **state)
{
    (void)state;
    static osm_node nodes[STEPS + 1];
    static int64_t refs[STEPS + 1];
    osm_build_facts facts;
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

/* --- what nodes cost, ferries, towns, names --- */

static void a_signal_costs_whoever_arrives(void **state)
{
    (void)state;
    osm_build_facts facts;
    const osm_tag tags[] = {{"highway", "residential"}};
    const osm_tag signals[] = {{"highway", "traffic_signals"}};
    const osm_tag give_way[] = {{"highway", "give_way"}, {"direction", "forward"}};
    const osm_node_tags node_tags[] = {{.node = 1, .tags = signals, .tag_count = 1},
                                       {.node = 2, .tags = give_way, .tag_count = 2}};
    network *g = line_graph(tags, 1, node_tags, 2, &facts);
    assert_int_equal(facts.nodes_delayed, 2);
    assert_true(map_arc(g, 1, 2) == road_cost_of(160 + 20, 111));
    assert_true(map_arc(g, 3, 2) == road_cost_of(160 + 20, 111));
    assert_true(map_arc(g, 2, 1) == road_cost_of(160, 111)); /* leaving it is free */
    assert_true(map_arc(g, 2, 3) == road_cost_of(160 + 10, 111));
    assert_true(map_arc(g, 4, 3) == road_cost_of(160, 112)); /* against the sign's direction */
    network_free(g);
}

/* Nodes 1 .. 4 again, as a crossing. */
static network *crossing(const char *duration, const char *profile_path, osm_build_facts *facts)
{
    const osm_tag tags[] = {{"route", "ferry"}, {"motor_vehicle", "yes"}, {"duration", duration}};
    const osm_tag road[] = {{"highway", "residential"}};
    const int64_t road_refs[] = {4, 5};
    const osm_node nodes[] = {line[0], line[1], line[2], line[3], {5, 2, 48.004}};
    const osm_way ways[] = {
        {.id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = duration ? 3 : 2},
        {.id = 6, .nodes = road_refs, .node_count = 2, .tags = road, .tag_count = 1}};
    const osm_contents contents = {.nodes = nodes, .node_count = 5, .ways = ways, .way_count = 2};
    road_profile *p = map_profile(profile_path);
    network *g = map_graph_of(&contents, p, NULL, facts);
    road_profile_free(p);
    return g;
}

static uint32_t crossing_ds(const network *g)
{
    return road_cost_time(map_arc(g, 1, 2)) + road_cost_time(map_arc(g, 2, 3)) +
           road_cost_time(map_arc(g, 3, 4));
}

static void a_ferry_takes_the_time_it_says(void **state)
{
    (void)state;
    static const struct {
        const char *duration;
        uint32_t ds;
        size_t assumed, unread;
    } cases[] = {{"00:10", 6000, 0, 0},   {"0:10:30", 6300, 0, 0}, {"PT10M", 6000, 0, 0},
                 {"10", 6000, 0, 0},      {NULL, 2402, 1, 0},     /* 333.6 m at 5 km/h */
                 {"a while", 2402, 1, 1}, {"100:00", 2402, 1, 1}, /* slower than rowing */
                 {"PT1S", 2402, 1, 1}};                           /* faster than any train */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osm_build_facts facts;
        network *g = crossing(cases[i].duration, MAP_PROFILE("car"), &facts);
        if (crossing_ds(g) != cases[i].ds)
            fail_msg("duration=%s: %u ds, expected %u", cases[i].duration, crossing_ds(g),
                     cases[i].ds);
        assert_int_equal(facts.crossings_open, 1);
        assert_int_equal(facts.crossings_assumed, cases[i].assumed);
        assert_int_equal(facts.tags_unread, cases[i].unread);
        assert_string_equal(map_fact(g, "highway_ways"), "1"); /* a ferry is none */
        assert_string_equal(map_fact(g, "nodes_on_highways"), "2");
        network_free(g);
    }
}

static void an_assumed_crossing_is_told(void **state)
{
    (void)state;
    osm_build_facts facts;
    const osm_tag tags[] = {{"route", "ferry"}, {"motor_vehicle", "yes"}};
    const osm_way way = {
        .id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = 2};
    const osm_contents contents = {.nodes = line, .node_count = 4, .ways = &way, .way_count = 1};
    osm_roads *roads = map_roads(&contents, OSM_PBF_USUAL, 1);
    faults *list = map_faults();
    network *g = map_network(roads, &facts, list);
    assert_int_equal(faults_count(list), 1);
    assert_int_equal(faults_at(list, 0)->severity, SEVERITY_NOTE);
    assert_non_null(strstr(map_fault(list, 0), "assumed speed"));
    network_free(g);
    osm_roads_free(roads);
    faults_free(list);
}

/* A square of about a kilometre about nodes 1 and 2 of the line; 3 and 4 stand outside. */
static polygons *town(void)
{
    static const double x[] = {1.99, 2.01, 2.01, 1.99, 1.99};
    static const double y[] = {47.99, 47.99, 48.0014, 48.0014, 47.99};
    error err = {0};
    polygons_builder *b = NULL;
    polygons *p = NULL;
    assert_int_equal(polygons_builder_new(&b, &err), STATUS_OK);
    assert_int_equal(polygons_builder_row(b, &err), STATUS_OK);
    assert_int_equal(polygons_builder_part(b, &err), STATUS_OK);
    assert_int_equal(polygons_builder_ring(b, &err), STATUS_OK);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(polygons_builder_point(b, x[i], y[i], &err), STATUS_OK);
    assert_int_equal(polygons_build(b, &p, &err), STATUS_OK);
    polygons_builder_free(b);
    return p;
}

static void towns_are_slow_at_the_peak_hour(void **state)
{
    (void)state;
    static const struct {
        const char *path, *class;
        uint32_t inside_ds, outside_ds;
        size_t urban;
    } cases[] = {{MAP_PROFILE("car"), "residential", 213, 161, 1}, /* 213.5, then 373.6 in all */
                 {MAP_PROFILE("car"), "motorway", 59, 45, 1},
                 {MAP_PROFILE("bike"), "residential", 267, 267, 0}};
    polygons *p = town();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osm_build_facts facts;
        const osm_tag tags[] = {{"highway", cases[i].class}};
        const osm_way way = {
            .id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = 1};
        const osm_contents contents = {
            .nodes = line, .node_count = 4, .ways = &way, .way_count = 1};
        road_profile *profile = map_profile(cases[i].path);
        network *g = map_graph_of(&contents, profile, p, &facts);
        assert_int_equal(road_cost_time(map_arc(g, 1, 2)), cases[i].inside_ds);
        assert_int_equal(road_cost_time(map_arc(g, 2, 3)), cases[i].outside_ds);
        assert_int_equal(road_cost_m(map_arc(g, 1, 2)), 111);
        assert_int_equal(facts.segments_urban, cases[i].urban);
        network_free(g);
        road_profile_free(profile);
    }
    polygons_free(p);
}

static void arcs_know_their_way(void **state)
{
    (void)state;
    osm_build_facts facts;
    const osm_tag tags[] = {{"highway", "primary"}, {"name", "Avenue Foch"}, {"ref", "D 12"}};
    const osm_tag closed[] = {{"highway", "footway"}, {"name", "Sente"}};
    const osm_tag plain[] = {{"highway", "residential"}};
    const osm_way ways[] = {
        {.id = 7, .nodes = line_refs, .node_count = 2, .tags = closed, .tag_count = 2},
        {.id = 5, .nodes = line_refs, .node_count = 3, .tags = tags, .tag_count = 3},
        {.id = 6, .nodes = line_refs + 2, .node_count = 2, .tags = plain, .tag_count = 1}};
    const osm_contents contents = {.nodes = line, .node_count = 4, .ways = ways, .way_count = 3};
    network *g = map_graph(&contents, &facts);
    assert_int_equal(g->way_count, 2);
    for (uint32_t n = 0; n < g->node_count; n++)
        for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++) {
            const uint32_t way = g->arc_way[i];
            const bool last = g->node_id[n] == 4 || g->node_id[g->to.link[i].node] == 4;
            assert_true(g->way_id[way] == (last ? 6 : 5));
            assert_string_equal(network_word(g, g->way_name[way]),
                                last ? "" : "Avenue Foch (D 12)");
            assert_string_equal(network_word(g, g->way_class[way]),
                                last ? "residential" : "primary");
        }
    assert_string_equal(map_fact(g, "profile"), "car");
    assert_string_equal(map_fact(g, "ways_closed"), "1");
    network_free(g);
}

static void roads_read_for_another_profile_are_refused(void **state)
{
    (void)state;
    const osm_tag tags[] = {{"highway", "residential"}};
    const osm_way way = {
        .id = 5, .nodes = line_refs, .node_count = 4, .tags = tags, .tag_count = 1};
    const osm_contents contents = {.nodes = line, .node_count = 4, .ways = &way, .way_count = 1};
    osm_roads *roads = map_roads(&contents, OSM_PBF_USUAL, 1);
    road_profile *bike = map_profile(MAP_PROFILE("bike"));
    const osm_build_options options = {.name = "map", .profile = bike};
    faults *list = map_faults();
    road_draft draft = {0};
    osm_build_facts facts;
    assert_int_equal(osm_build(roads, &options, &draft, &facts, list), STATUS_INPUT);
    assert_non_null(strstr(map_fault(list, 0), "another profile"));
    road_draft_clear(&draft);
    faults_free(list);
    road_profile_free(bike);
    osm_roads_free(roads);
}

static void building_stops_when_asked(void **state)
{
    (void)state;
    map_grid grid = map_grid_new(20, 20);
    osm_roads *roads = map_roads(&grid.contents, OSM_PBF_USUAL, 1);
    road_profile *car = map_profile(MAP_PROFILE("car"));
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    const osm_build_options options = {.name = "map", .profile = car, .progress = &p};
    faults *list = map_faults();
    road_draft draft = {0};
    osm_build_facts facts;
    assert_int_equal(osm_build(roads, &options, &draft, &facts, list), STATUS_INTERRUPTED);
    road_draft_clear(&draft);
    faults_free(list);
    road_profile_free(car);
    osm_roads_free(roads);
    map_grid_clear(&grid);
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
        cmocka_unit_test(a_signal_costs_whoever_arrives),
        cmocka_unit_test(a_ferry_takes_the_time_it_says),
        cmocka_unit_test(an_assumed_crossing_is_told),
        cmocka_unit_test(towns_are_slow_at_the_peak_hour),
        cmocka_unit_test(arcs_know_their_way),
        cmocka_unit_test(roads_read_for_another_profile_are_refused),
        cmocka_unit_test(building_stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
