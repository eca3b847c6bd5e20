/* Regions of travel time: right about every place, nested, valid, the same bytes for any threads;
 * on maps with a park, an island and a river. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/random.h"
#include "geo/geos_work.h"
#include "geo/projection.h"
#include "maps.h"
#include "network/travel/costs.h"
#include "network/travel/isochrones.h"

#define OK(call) assert_int_equal(call, STATUS_OK)
enum { EPSG = 2154, LIMITS = 3, NODES_MAX = 8000, WAYS_MAX = 400, POINTS_MAX = 1200 };
static const double limits[LIMITS] = {5, 10, 15};
/* Near Fontainebleau, in Lambert-93. */
static const double west_m = 670000, south_m = 6810000;

/* --- maps, drawn in metres --- */

typedef struct drawn_map {
    osm_node nodes[NODES_MAX];
    osm_way ways[WAYS_MAX];
    int64_t refs[4 * NODES_MAX];
    size_t nodes_count, ways_count, refs_count;
    double place_x[POINTS_MAX], place_y[POINTS_MAX], venue_x[16], venue_y[16];
    double place_lon[POINTS_MAX], place_lat[POINTS_MAX], venue_lon[16], venue_lat[16];
    uint32_t venue_place[16];
    size_t places, venues;
    char path[64];
    network *network;
    uint32_t times_faster; /* than the car's rules; 0: as they are */
    cost_engine *engine;
    costs *costs;
} drawn_map;

static const osm_tag residential[] = {{"highway", "residential"}};

static int64_t node_add(drawn_map *m, double x, double y)
{
    assert_true(m->nodes_count < NODES_MAX);
    m->nodes[m->nodes_count] =
        (osm_node){.id = (int64_t)m->nodes_count + 1, .lon = west_m + x, .lat = south_m + y};
    return m->nodes[m->nodes_count++].id;
}

static void way_begin(drawn_map *m)
{
    assert_true(m->ways_count < WAYS_MAX);
    m->ways[m->ways_count++] = (osm_way){.id = 1 + (int64_t)m->ways_count,
                                         .nodes = m->refs + m->refs_count,
                                         .tags = residential,
                                         .tag_count = 1};
}

static void way_to(drawn_map *m, int64_t node)
{
    m->refs[m->refs_count++] = node;
    m->ways[m->ways_count - 1].node_count++;
}

/* Streets every 150 m; the first node. */
static int64_t streets_add(drawn_map *m, double x, double y, size_t columns, size_t rows)
{
    const int64_t first = (int64_t)m->nodes_count + 1;
    for (size_t i = 0; i < columns * rows; i++)
        (void)node_add(m, x + 150.0 * (double)(i % columns), y + 150.0 * (double)(i / columns));
    for (size_t j = 0; j < rows; j++) {
        way_begin(m);
        for (size_t i = 0; i < columns; i++)
            way_to(m, first + (int64_t)(j * columns + i));
    }
    for (size_t i = 0; i < columns; i++) {
        way_begin(m);
        for (size_t j = 0; j < rows; j++)
            way_to(m, first + (int64_t)(j * columns + i));
    }
    return first;
}

static void place_add(drawn_map *m, double x, double y)
{
    assert_true(m->places < POINTS_MAX);
    m->place_x[m->places] = west_m + x;
    m->place_y[m->places++] = south_m + y;
}

static void places_scatter(drawn_map *m, const char *name, size_t count, double x, double y,
                           double width, double height)
{
    const random_key key = random_key_of(7, name);
    for (uint32_t i = 0; i < count; i++)
        place_add(m, x + width * random_uniform(key, 1, i, 0),
                  y + height * random_uniform(key, 2, i, 0));
}

static void venue_add(drawn_map *m, double x, double y)
{
    m->venue_x[m->venues] = west_m + x;
    m->venue_y[m->venues++] = south_m + y;
}

static drawn_map *map_new(void)
{
    drawn_map *m = memory_new(1, sizeof *m);
    assert_non_null(m);
    return m;
}

static void to_degrees(double *lon, double *lat, const double *x, const double *y, size_t count)
{
    error err;
    projection *p = NULL;
    memcpy(lon, x, count * sizeof *lon);
    memcpy(lat, y, count * sizeof *lat);
    OK(projection_new(&p, EPSG, 4326, &err));
    OK(projection_apply(p, lon, lat, count, NULL, &err));
    projection_free(p);
}

static void engine_open(drawn_map *m, int threads)
{
    error err;
    osm_roads *roads = NULL;
    osm_build_facts facts;
    faults *list = map_faults();
    assert_int_equal(map_read(m->path, threads, &roads, list), STATUS_OK);
    m->network = map_network(roads, &facts, list);
    assert_non_null(m->network);
    m->network->units_per_minute *= m->times_faster > 0 ? m->times_faster : 1;
    osm_roads_free(roads);
    const travel_mode mode = {.id = "car",
                              .source = TRAVEL_ROADS,
                              .path = m->path,
                              .network = m->network,
                              .limit_min = 20,
                              .circuity = 1.3,
                              .parking_min = 1};
    const travel_points points = {.place_count = m->places,
                                  .venue_count = m->venues,
                                  .place_lon = m->place_lon,
                                  .place_lat = m->place_lat,
                                  .venue_lon = m->venue_lon,
                                  .venue_lat = m->venue_lat,
                                  .venue_place = m->venue_place};
    if (cost_engine_new(&m->engine, &mode, &points, threads, NULL, NULL, list))
        fail_msg("%s", map_fault(list, 0));
    faults_free(list);
    OK(cost_engine_venues(m->engine, &m->costs, &err));
}

static void engine_close(drawn_map *m)
{
    costs_free(m->costs);
    cost_engine_free(m->engine);
    network_free(m->network);
    m->network = NULL;
    m->costs = NULL;
    m->engine = NULL;
}

/* Writes the map; costs of all places. */
static void map_open(drawn_map *m)
{
    error err;
    double x[NODES_MAX], y[NODES_MAX], lon[NODES_MAX], lat[NODES_MAX];
    (void)snprintf(m->path, sizeof m->path, "/tmp/bassin-isochrones-%ld.osm.pbf", (long)getpid());
    for (size_t i = 0; i < m->nodes_count; i++) {
        x[i] = m->nodes[i].lon;
        y[i] = m->nodes[i].lat;
    }
    to_degrees(lon, lat, x, y, m->nodes_count);
    for (size_t i = 0; i < m->nodes_count; i++) {
        m->nodes[i].lon = round(lon[i] * 1e7) / 1e7;
        m->nodes[i].lat = round(lat[i] * 1e7) / 1e7;
    }
    OK(osm_pbf_write(m->path, m->nodes, m->nodes_count, m->ways, m->ways_count, &err));
    to_degrees(m->place_lon, m->place_lat, m->place_x, m->place_y, m->places);
    to_degrees(m->venue_lon, m->venue_lat, m->venue_x, m->venue_y, m->venues);
    for (size_t v = 0; v < m->venues; v++)
        m->venue_place[v] = UINT32_MAX;
    engine_open(m, 2);
}

static void map_close(drawn_map *m)
{
    engine_close(m);
    (void)unlink(m->path);
    memory_free(m);
}

/* --- isochrones of each venue, then of the nearest of all --- */

static polygons *regions_in(drawn_map *m, int32_t epsg, const topology *land)
{
    error err;
    uint64_t start[18] = {0};
    uint32_t venue[32];
    isochrone_facts facts;
    polygons *out = NULL;
    for (uint32_t v = 0; v < m->venues; v++) {
        venue[v] = venue[m->venues + v] = v;
        start[v + 1] = v + 1;
    }
    start[m->venues + 1] = 2 * m->venues;
    const bool degrees = epsg == 4326;
    const isochrone_request r = {.epsg = epsg,
                                 .place_x = degrees ? m->place_lon : m->place_x,
                                 .place_y = degrees ? m->place_lat : m->place_y,
                                 .venue_x = degrees ? m->venue_lon : m->venue_x,
                                 .venue_y = degrees ? m->venue_lat : m->venue_y,
                                 .land = land,
                                 .limit_min = limits,
                                 .limit_count = LIMITS,
                                 .subject_start = start,
                                 .subject_venue = venue,
                                 .subject_count = m->venues + 1};
    OK(cost_engine_isochrones(m->engine, &r, &out, &facts, &err));
    assert_non_null(out);
    assert_int_equal(out->rows, (m->venues + 1) * LIMITS);
    assert_true(facts.step_m >= 100);
    return out;
}

static polygons *regions(drawn_map *m)
{
    return regions_in(m, EPSG, NULL);
}

static size_t parts_of(const polygons *p, size_t row)
{
    return (size_t)(p->part_start[row + 1] - p->part_start[row]);
}

static size_t holes_of(const polygons *p, size_t row)
{
    return (size_t)(p->ring_start[p->part_start[row + 1]] - p->ring_start[p->part_start[row]]) -
           parts_of(p, row);
}

/* Minutes from each place to the nearest venue of a subject; INFINITY beyond the travel limit. */
static void minutes_of(const drawn_map *m, size_t subject, double *minutes)
{
    const costs *c = m->costs;
    for (size_t p = 0; p < m->places; p++)
        minutes[p] = INFINITY;
    for (size_t v = 0; v < m->venues; v++)
        for (uint64_t e = c->venue_start[v]; e < c->venue_start[v + 1]; e++)
            if (subject == v || subject == m->venues)
                minutes[c->venue_place[e]] = fmin(minutes[c->venue_place[e]], c->venue_minutes[e]);
}

/* A place is in the region of a limit exactly when its time is within it. Returns how many are. */
static size_t assert_agrees(const drawn_map *m, const polygons *p, const double *x, const double *y)
{
    error err;
    geos_work g;
    double minutes[POINTS_MAX];
    size_t inside = 0;
    OK(geos_work_init(&g, &err));
    for (size_t row = 0; row < p->rows; row++) {
        GEOSGeometry *shape = geos_of_row(&g, p, row, NULL);
        const GEOSPreparedGeometry *ready = GEOSPrepare_r(g.handle, shape);
        minutes_of(m, row / LIMITS, minutes);
        for (size_t i = 0; i < m->places; i++) {
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g.handle, x[i], y[i]);
            const bool holds = GEOSPreparedContains_r(g.handle, ready, point) == 1;
            if (holds != (minutes[i] <= limits[row % LIMITS]))
                fail_msg("row %zu, place %zu at %.17g min: %s", row, i, minutes[i],
                         holds ? "in" : "out");
            inside += holds;
            GEOSGeom_destroy_r(g.handle, point);
        }
        GEOSPreparedGeom_destroy_r(g.handle, ready);
        GEOSGeom_destroy_r(g.handle, shape);
    }
    geos_work_clear(&g);
    return inside;
}

static void assert_valid_and_nested(const polygons *p)
{
    error err;
    geos_work g;
    GEOSGeometry *inner = NULL;
    OK(geos_work_init(&g, &err));
    for (size_t row = 0; row < p->rows; row++) {
        GEOSGeometry *shape = geos_of_row(&g, p, row, NULL);
        assert_non_null(shape);
        assert_int_equal(GEOSisValid_r(g.handle, shape), 1);
        if (row % LIMITS != 0 && !GEOSisEmpty_r(g.handle, inner))
            assert_int_equal(GEOSCovers_r(g.handle, shape, inner), 1);
        GEOSGeom_destroy_r(g.handle, inner);
        inner = shape;
    }
    GEOSGeom_destroy_r(g.handle, inner);
    geos_work_clear(&g);
}

/* --- tests --- */

/* A town, villages around it, five venues and places everywhere: some where lines of the lattice
 * pass, some at one point, some out of reach. */
static drawn_map *country(void)
{
    drawn_map *m = map_new();
    const int64_t town = streets_add(m, 6000, 6000, 25, 25);
    const int64_t village = streets_add(m, 1000, 2000, 8, 8);
    const int64_t farm = streets_add(m, 12000, 12000, 6, 6);
    way_begin(m);
    way_to(m, village + 63);
    way_to(m, node_add(m, 3500, 4200));
    way_to(m, node_add(m, 4900, 5100));
    way_to(m, town);
    way_begin(m);
    way_to(m, town + 624);
    way_to(m, node_add(m, 11000, 10800));
    way_to(m, farm);
    venue_add(m, 7800, 7800);
    venue_add(m, 1500, 2500);
    venue_add(m, 12300, 12400);
    venue_add(m, 60000, 7000); /* off the network */
    venue_add(m, 3500, 4300);
    places_scatter(m, "country", 900, -2000, -1000, 18000, 17000);
    for (size_t i = 0; i < 100; i++) /* multiples of the step from the lattice's first point */
        place_add(m, 3500 + 100.0 * (double)(i % 10), 4300 + 100.0 * (double)(i / 10));
    for (size_t i = 0; i < 40; i++)
        place_add(m, 7000 + 0.25 * (double)(i % 8), 7000 + 0.25 * (double)(i / 8));
    map_open(m);
    return m;
}

static void a_place_is_in_exactly_when_its_time_is_within(void **state)
{
    (void)state;
    drawn_map *m = country();
    polygons *p = regions(m), *q = regions_in(m, 4326, NULL);
    const size_t inside = assert_agrees(m, p, m->place_x, m->place_y);
    assert_true(inside > 500);
    assert_int_equal(assert_agrees(m, q, m->place_lon, m->place_lat), inside);
    assert_valid_and_nested(p);
    assert_valid_and_nested(q);
    assert_true(polygons_area(p, 0) > 1e6 && polygons_area(p, 2) > 2 * polygons_area(p, 0));
    polygons_free(p);
    polygons_free(q);
    map_close(m);
}

static void any_number_of_threads_draws_the_same_bytes(void **state)
{
    (void)state;
    drawn_map *m = country();
    polygons *first = regions(m);
    for (int threads = 1; threads <= 8; threads *= 2) {
        engine_close(m);
        engine_open(m, threads);
        polygons *p = regions(m);
        assert_int_equal(p->memory.size, first->memory.size);
        assert_memory_equal(p->memory.at, first->memory.at, p->memory.size);
        polygons_free(p);
    }
    polygons_free(first);
    map_close(m);
}

static void a_venue_off_the_network_reaches_nothing(void **state)
{
    (void)state;
    drawn_map *m = country();
    polygons *p = regions(m);
    for (size_t i = 0; i < LIMITS; i++) {
        assert_int_equal(parts_of(p, 3 * LIMITS + i), 0);
        assert_true(parts_of(p, i) > 0);
    }
    polygons_free(p);
    map_close(m);
}

/* The walk from the network takes longer than the limits: 5 min are 333 m, 10 min 667 m. */
static void a_walk_longer_than_the_limit_leaves_nothing(void **state)
{
    (void)state;
    drawn_map *m = map_new();
    (void)streets_add(m, 0, 0, 20, 20);
    venue_add(m, -800, 1500);
    places_scatter(m, "walk", 50, -1000, -1000, 5000, 5000);
    map_open(m);
    polygons *p = regions(m);
    assert_int_equal(parts_of(p, 0), 0);
    assert_int_equal(parts_of(p, 1), 0);
    assert_int_equal(parts_of(p, 2), 1);
    (void)assert_agrees(m, p, m->place_x, m->place_y);
    polygons_free(p);
    map_close(m);
}

/* A ring road of 9.4 km: within 10 min it is still open opposite the venue, within 15 the park is
 * a hole. */
static void a_park_inside_a_ring_road_is_a_hole(void **state)
{
    (void)state;
    drawn_map *m = map_new();
    way_begin(m);
    const int64_t first = (int64_t)m->nodes_count + 1;
    for (size_t i = 0; i < 100; i++) {
        const double turn = 2 * 3.14159265358979323846 * (double)i / 100;
        way_to(m, node_add(m, 5000 + 1500 * cos(turn), 5000 + 1500 * sin(turn)));
    }
    way_to(m, first);
    venue_add(m, 6500, 5000);
    place_add(m, 5000, 5000);
    place_add(m, 5000, 6550);
    map_open(m);
    polygons *p = regions(m);
    assert_int_equal(parts_of(p, 1), 1);
    assert_int_equal(holes_of(p, 1), 0);
    assert_int_equal(parts_of(p, 2), 1);
    assert_int_equal(holes_of(p, 2), 1);
    assert_int_equal(assert_agrees(m, p, m->place_x, m->place_y), 4); /* the second, of both */
    assert_valid_and_nested(p);
    polygons_free(p);
    map_close(m);
}

/* A bridge of 2.5 km without a node: what lies between is sea. */
static void an_island_is_a_part_of_its_own(void **state)
{
    (void)state;
    drawn_map *m = map_new();
    const int64_t shore = streets_add(m, 0, 0, 12, 12), island = streets_add(m, 4200, 0, 8, 8);
    way_begin(m);
    way_to(m, shore + 11);
    way_to(m, island);
    venue_add(m, 1600, 100);
    places_scatter(m, "shore", 40, 0, 0, 1800, 1800);
    places_scatter(m, "island", 40, 4200, 0, 1050, 1050);
    place_add(m, 2900, 0);
    map_open(m);
    polygons *p = regions(m);
    const uint64_t first = p->point_start[p->ring_start[p->part_start[0]]],
                   end = p->point_start[p->ring_start[p->part_start[1]]];
    for (uint64_t i = first; i < end; i++)
        assert_true(p->x[i] < west_m + 2200);
    assert_int_equal(parts_of(p, 2), 2);
    assert_true(assert_agrees(m, p, m->place_x, m->place_y) > 80);
    polygons_free(p);
    map_close(m);
}

/* Two banks 300 m apart, joined 9 km upstream: the other bank is not reached. */
static void a_river_without_a_bridge_is_a_border(void **state)
{
    (void)state;
    drawn_map *m = map_new();
    const int64_t south = streets_add(m, 0, 0, 61, 4), north = streets_add(m, 0, 750, 61, 4);
    way_begin(m);
    way_to(m, south + 3 * 61 + 60);
    way_to(m, north + 60);
    venue_add(m, 100, 440);
    for (size_t i = 0; i < 60; i++) {
        place_add(m, 100.0 * (double)i, 470);
        place_add(m, 100.0 * (double)i, 730);
    }
    map_open(m);
    polygons *p = regions(m);
    assert_true(assert_agrees(m, p, m->place_x, m->place_y) > 60);
    assert_int_equal(m->costs->venue_place[0], 0); /* the southern bank, and not the northern */
    for (uint64_t e = 0; e < m->costs->venue_start[1]; e++)
        assert_true(m->costs->venue_minutes[e] > 10 || m->costs->venue_place[e] % 2 == 0);
    polygons_free(p);
    map_close(m);
}

/* Half of the town is off the land. */
/* More than cars are expected to go: what is far within the limit is inside all the same. */
static void a_road_faster_than_expected_reaches_as_far_as_it_does(void **state)
{
    (void)state;
    static const osm_tag fast[] = {{"highway", "trunk"}, {"maxspeed", "200"}};
    drawn_map *m = map_new();
    m->times_faster = 3; /* 480 km/h */
    way_begin(m);
    m->ways[0].tags = fast;
    m->ways[0].tag_count = 2;
    for (size_t i = 0; i <= 300; i++)
        way_to(m, node_add(m, 200.0 * (double)i, 0));
    venue_add(m, 0, 10);
    for (size_t i = 0; i < 120; i++)
        place_add(m, 500.0 * (double)i, 20);
    map_open(m);
    polygons *p = regions(m);
    assert_true(assert_agrees(m, p, m->place_x, m->place_y) > 120);
    assert_int_equal(m->costs->venue_start[1], 120);
    assert_true(m->costs->venue_minutes[119] <= 10); /* 60 km away */
    polygons_free(p);
    map_close(m);
}

static void regions_end_where_the_land_does(void **state)
{
    (void)state;
    error err;
    polygons_builder *b = NULL;
    polygons *box = NULL;
    topology *land = NULL;
    drawn_map *m = map_new();
    (void)streets_add(m, 0, 0, 40, 40);
    venue_add(m, 2900, 2900);
    places_scatter(m, "land", 300, 0, 0, 2950, 6000);
    map_open(m);
    const double xy[4][2] = {{-3000, -3000}, {3000, -3000}, {3000, 9000}, {-3000, 9000}};
    OK(polygons_builder_new(&b, &err));
    OK(polygons_builder_row(b, &err));
    OK(polygons_builder_part(b, &err));
    OK(polygons_builder_ring(b, &err));
    for (size_t i = 0; i < 4; i++)
        OK(polygons_builder_point(b, west_m + xy[i][0], south_m + xy[i][1], &err));
    OK(polygons_build(b, &box, &err));
    OK(topology_build(box, 0, &land, &err));
    polygons *p = regions_in(m, EPSG, land);
    assert_true(assert_agrees(m, p, m->place_x, m->place_y) > 100);
    assert_valid_and_nested(p);
    assert_true(polygons_bounds(p, NULL).x_max < west_m + 3000 + 100);
    polygons_free(p);
    topology_free(land);
    polygons_free(box);
    polygons_builder_free(b);
    map_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_in_exactly_when_its_time_is_within),
        cmocka_unit_test(any_number_of_threads_draws_the_same_bytes),
        cmocka_unit_test(a_venue_off_the_network_reaches_nothing),
        cmocka_unit_test(a_walk_longer_than_the_limit_leaves_nothing),
        cmocka_unit_test(a_park_inside_a_ring_road_is_a_hole),
        cmocka_unit_test(an_island_is_a_part_of_its_own),
        cmocka_unit_test(a_river_without_a_bridge_is_a_border),
        cmocka_unit_test(a_road_faster_than_expected_reaches_as_far_as_it_does),
        cmocka_unit_test(regions_end_where_the_land_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
