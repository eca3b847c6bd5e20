/* Travel costs as plugins see them: against slow references, both ways round, for any threads. */
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

#include "base/files.h"
#include "base/random.h"
#include "base/text.h"
#include "geo/projection.h"
#include "maps.h"
#include "network/travel/cost_provider.h"

enum { PLACES = 240, VENUES = 37, COLUMNS = 24, ROWS = 20 };

/* Points over the grid of maps.h, a few without a point, one far away. */
typedef struct points {
    double place_lon[PLACES], place_lat[PLACES], venue_lon[VENUES], venue_lat[VENUES];
    uint32_t density[PLACES], venue_place[VENUES];
    travel_points points;
} points;

static points *points_made(double spread)
{
    points *p = memory_new(1, sizeof *p);
    const random_key key = random_key_of(3, "test_costs");
    assert_non_null(p);
    for (uint32_t i = 0; i < PLACES; i++) {
        p->place_lon[i] = 2 + 0.0345 * spread * random_uniform(key, 1, i, 0);
        p->place_lat[i] = 48 + 0.019 * spread * random_uniform(key, 2, i, 0);
        p->density[i] = i % 9; /* 0 and 8: unknown */
    }
    for (uint32_t v = 0; v < VENUES; v++) {
        p->venue_lon[v] = 2 + 0.0345 * spread * random_uniform(key, 3, v, 0);
        p->venue_lat[v] = 48 + 0.019 * spread * random_uniform(key, 4, v, 0);
        p->venue_place[v] = v % 10 == 9 ? UINT32_MAX : v;
    }
    p->place_lon[17] = NAN;
    p->place_lat[17] = NAN;
    p->place_lat[18] = 49; /* 111 km from the rest */
    p->venue_lon[5] = NAN;
    p->venue_lat[5] = NAN;
    p->points = (travel_points){.place_count = PLACES,
                                .venue_count = VENUES,
                                .place_lon = p->place_lon,
                                .place_lat = p->place_lat,
                                .venue_lon = p->venue_lon,
                                .venue_lat = p->venue_lat,
                                .place_density = p->density,
                                .venue_place = p->venue_place};
    return p;
}

static cost_engine *engine_made(const travel_mode *mode, const travel_points *p, int threads,
                                ledger *balance)
{
    cost_engine *e = NULL;
    faults *list = map_faults();
    if (cost_engine_new(&e, mode, p, threads, balance, NULL, list))
        fail_msg("%s", map_fault(list, 0));
    faults_free(list);
    return e;
}

static costs *costs_made(cost_engine *e)
{
    error err = {0};
    costs *c = NULL;
    if (cost_engine_venues(e, &c, &err))
        fail_msg("%s", err.en);
    return c;
}

/* A map file in the build folder. */
static void map_file(char *path, size_t size, const osm_contents *contents)
{
    error err = {0};
    (void)snprintf(path, size, "%s/test_network_costs_%ld.osm.pbf", BASSIN_BINARY_DIR,
                   (long)getpid());
    assert_int_equal(osm_pbf_write(path, contents->nodes, contents->node_count, contents->ways,
                                   contents->way_count, &err),
                     STATUS_OK);
}

/* A 24 x 20 grid where some streets are one-way or fast. */
static void grid_file(char *path, size_t size)
{
    static const osm_tag oneway[] = {{"highway", "primary"}, {"oneway", "yes"}};
    map_grid grid = map_grid_new(COLUMNS, ROWS);
    for (size_t w = 3; w < COLUMNS + ROWS - 1; w += 4) {
        grid.ways[w].tags = oneway;
        grid.ways[w].tag_count = 2;
    }
    map_file(path, size, &grid.contents);
    map_grid_clear(&grid);
}

/* --- both ways round --- */

static void orientations_agree(const costs *c)
{
    uint64_t entries = c->venue_start[c->venue_count];
    assert_true(c->venue_start[0] == 0 && c->place_start[0] == 0);
    assert_true(c->place_start[c->place_count] == entries);
    uint64_t found = 0;
    for (uint32_t v = 0; v < c->venue_count; v++)
        for (uint64_t i = c->venue_start[v]; i < c->venue_start[v + 1]; i++) {
            uint32_t p = c->venue_place[i];
            assert_true(i == c->venue_start[v] || c->venue_place[i - 1] < p);
            for (uint64_t k = c->place_start[p]; k < c->place_start[p + 1]; k++) {
                assert_true(k == c->place_start[p] || c->place_venue[k - 1] < c->place_venue[k]);
                found += c->place_venue[k] == v && c->place_minutes[k] == c->venue_minutes[i] &&
                         c->place_km[k] == c->venue_km[i];
            }
        }
    assert_true(found == entries);
}

static void same_costs(const costs *a, const costs *b)
{
    assert_int_equal(a->memory.size, b->memory.size);
    assert_memory_equal(a->memory.at, b->memory.at, a->memory.size);
}

/* --- estimate --- */

static const travel_mode estimate = {
    .id = "car", .source = TRAVEL_ESTIMATE, .limit_min = 30, .circuity = 1.3, .parking_min = 1};

static double parking(const points *p, uint32_t v)
{
    uint32_t commune = p->venue_place[v];
    return commune != UINT32_MAX && (p->density[commune] == 1 || p->density[commune] == 2) ? 1 : 0;
}

static void the_estimate_equals_its_formula_for_every_pair(void **state)
{
    (void)state;
    points *p = points_made(30); /* about 77 km by 63 km */
    cost_engine *e = engine_made(&estimate, &p->points, 2, NULL);
    costs *c = costs_made(e);
    uint64_t within = 0;
    orientations_agree(c);
    for (uint32_t v = 0; v < VENUES; v++) {
        uint64_t i = c->venue_start[v];
        for (uint32_t o = 0; o < PLACES; o++) {
            double line =
                haversine_km(p->place_lon[o], p->place_lat[o], p->venue_lon[v], p->venue_lat[v]);
            double speed = estimate_speed_kmh[p->density[o] <= 7 ? p->density[o] : 5];
            double minutes = line / speed * 60 + parking(p, v);
            if (!(minutes <= 30))
                continue; /* NaN too */
            within++;
            assert_true(i < c->venue_start[v + 1] && c->venue_place[i] == o);
            assert_true(fabs(c->venue_minutes[i] - minutes) < 1e-9);
            assert_true(fabs(c->venue_km[i] - 1.3 * line) < 1e-9);
            i++;
        }
    }
    assert_true(within == c->venue_start[VENUES] && within > 500);
    assert_null(c->place_snap_m);
    costs_free(c);
    cost_engine_free(e);
    memory_free(p);
}

static void unknown_density_counts_as_class_5(void **state)
{
    (void)state;
    assert_true(estimate_speed_kmh[0] == estimate_speed_kmh[5] && estimate_speed_kmh[5] == 45);
    assert_true(estimate_speed_kmh[1] == 18 && estimate_speed_kmh[7] == 50);
}

static void the_limit_is_inclusive(void **state)
{
    (void)state;
    const double place_lon[] = {2}, place_lat[] = {48}, venue_lon[] = {2.1}, venue_lat[] = {48};
    const uint32_t density[] = {5};
    const travel_points p = {.place_count = 1,
                             .venue_count = 1,
                             .place_lon = place_lon,
                             .place_lat = place_lat,
                             .venue_lon = venue_lon,
                             .venue_lat = venue_lat,
                             .place_density = density};
    travel_mode mode = estimate;
    mode.limit_min = haversine_km(2, 48, 2.1, 48) / 45 * 60;
    for (int inside = 1; inside >= 0; inside--) {
        mode.limit_min = inside ? mode.limit_min : nextafter(mode.limit_min, 0);
        cost_engine *e = engine_made(&mode, &p, 1, NULL);
        costs *c = costs_made(e);
        assert_int_equal(c->venue_start[1], inside);
        costs_free(c);
        cost_engine_free(e);
    }
}

/* --- roads --- */

static network *graph_of(const char *path)
{
    osm_roads *roads = NULL;
    osm_build_facts facts;
    faults *list = map_faults();
    assert_int_equal(map_read(path, 1, &roads, list), STATUS_OK);
    network *g = map_network(roads, &facts, list);
    assert_non_null(g);
    osm_roads_free(roads);
    faults_free(list);
    return g;
}

static travel_mode roads_mode(const char *path, const network *n)
{
    return (travel_mode){.id = "car",
                         .source = TRAVEL_ROADS,
                         .path = path,
                         .network = n,
                         .limit_min = 6,
                         .circuity = 1.3,
                         .parking_min = 1.5};
}

/* The nearest node of the main part, by looking at each. */
static uint32_t naive_snap(const network *g, double lon, double lat, double *m)
{
    uint32_t best = UINT32_MAX;
    double best_km = INFINITY;
    for (uint32_t n = 0; n < g->node_count; n++) {
        double km = haversine_km(network_lon(g, n), network_lat(g, n), lon, lat);
        if (!node_takes_trips(g->node_flags[n]))
            continue;
        if (km < best_km || (km == best_km && g->node_id[n] < g->node_id[best])) {
            best_km = km;
            best = n;
        }
    }
    *m = floor(1000 * best_km + 0.5);
    return *m <= 5000 ? best : UINT32_MAX;
}

/* Bellman and Ford from every node to `target`. */
static void naive_to(const network *g, uint32_t target, road_cost *cost)
{
    bool moved = true;
    for (uint32_t n = 0; n < g->node_count; n++)
        cost[n] = n == target ? 0 : ROAD_COST_NONE;
    while (moved) {
        moved = false;
        for (uint32_t n = 0; n < g->node_count; n++)
            for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++) {
                const road_link *l = &g->to.link[i];
                if (cost[n] == ROAD_COST_NONE || cost[n] + road_link_cost(l) >= cost[l->node])
                    continue;
                cost[l->node] = cost[n] + road_link_cost(l);
                moved = true;
            }
    }
}

static void roads_equal_a_naive_reference_for_every_pair(void **state)
{
    (void)state;
    char path[512];
    grid_file(path, sizeof path);
    points *p = points_made(1);
    network *g = graph_of(path);
    const travel_mode mode = roads_mode(path, g);
    cost_engine *e = engine_made(&mode, &p->points, 2, NULL);
    costs *c = costs_made(e);
    road_cost *cost = memory_new(g->node_count, sizeof *cost);
    uint64_t within = 0;
    assert_non_null(cost);
    orientations_agree(c);
    for (uint32_t v = 0; v < VENUES; v++) {
        double venue_m = 0;
        uint64_t i = c->venue_start[v];
        uint32_t venue_node = naive_snap(g, p->venue_lon[v], p->venue_lat[v], &venue_m);
        if (venue_node == UINT32_MAX) {
            assert_true(v == 5 && c->venue_start[v + 1] == i);
            continue;
        }
        assert_true(c->venue_snap_m[v] == venue_m);
        naive_to(g, venue_node, cost);
        for (uint32_t o = 0; o < PLACES; o++) {
            double place_m = 0;
            uint32_t node = naive_snap(g, p->place_lon[o], p->place_lat[o], &place_m);
            if (node == UINT32_MAX || cost[node] == ROAD_COST_NONE)
                continue;
            double ds = road_cost_time(cost[node]) + 9 * (place_m + venue_m);
            ds += parking(p, v) > 0 ? 900 : 0;
            if (ds > 3600)
                continue;
            within++;
            assert_true(i < c->venue_start[v + 1] && c->venue_place[i] == o);
            assert_true(c->venue_minutes[i] == ds / 600);
            assert_true(c->venue_km[i] == (road_cost_m(cost[node]) + place_m + venue_m) / 1000);
            i++;
        }
        assert_true(i == c->venue_start[v + 1]);
    }
    assert_true(within > 500 && within < (uint64_t)PLACES * VENUES - 1000);
    memory_free(cost);
    costs_free(c);
    cost_engine_free(e);
    network_free(g);
    memory_free(p);
    (void)unlink(path);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    char path[512];
    grid_file(path, sizeof path);
    points *near = points_made(1), *wide = points_made(30);
    network *g = graph_of(path);
    const travel_mode modes[] = {roads_mode(path, g), estimate};
    for (size_t k = 0; k < 2; k++) {
        const travel_points *p = k == 0 ? &near->points : &wide->points;
        cost_engine *e = engine_made(&modes[k], p, 1, NULL);
        costs *one = costs_made(e);
        cost_engine_free(e);
        assert_true(one->venue_start[VENUES] > 0);
        for (int threads = 2; threads <= 8; threads++) {
            e = engine_made(&modes[k], p, threads, NULL);
            costs *many = costs_made(e), *again = costs_made(e);
            same_costs(one, many);
            same_costs(one, again);
            costs_free(many);
            costs_free(again);
            cost_engine_free(e);
        }
        costs_free(one);
    }
    network_free(g);
    memory_free(near);
    memory_free(wide);
    (void)unlink(path);
}

/* --- home to work --- */

static void pairs_are_never_cut_and_keep_their_order(void **state)
{
    (void)state;
    char path[512];
    grid_file(path, sizeof path);
    points *p = points_made(1);
    network *g = graph_of(path);
    travel_mode mode = roads_mode(path, g);
    mode.limit_min = 0.1;
    road_cost *cost = memory_new(g->node_count, sizeof *cost);
    enum { PAIRS = 500 };
    static uint32_t origin[PAIRS], destination[PAIRS];
    static double minutes[2][PAIRS], km[2][PAIRS];
    static uint8_t states[2][PAIRS];
    error err = {0};
    assert_non_null(cost);
    for (uint32_t i = 0; i < PAIRS; i++) { /* not in order, some twice, some to itself */
        origin[i] = i * 7 % 41;
        destination[i] = i * 11 % 43;
    }
    for (int threads = 1; threads <= 2; threads++) {
        cost_engine *e = engine_made(&mode, &p->points, threads, NULL);
        assert_int_equal(cost_engine_pairs(e, origin, destination, PAIRS, minutes[threads - 1],
                                           km[threads - 1], states[threads - 1], &err),
                         STATUS_OK);
        cost_engine_free(e);
    }
    assert_memory_equal(minutes[0], minutes[1], sizeof minutes[0]);
    assert_memory_equal(km[0], km[1], sizeof km[0]);
    assert_memory_equal(states[0], states[1], sizeof states[0]);
    for (uint32_t i = 0; i < PAIRS; i++) {
        uint32_t o = origin[i], d = destination[i];
        double o_m = 0, d_m = 0;
        uint32_t from = naive_snap(g, p->place_lon[o], p->place_lat[o], &o_m);
        uint32_t to = naive_snap(g, p->place_lon[d], p->place_lat[d], &d_m);
        if (o == d) {
            assert_true(minutes[0][i] == 0 && km[0][i] == 0 && states[0][i] == VALUE_PRESENT);
        } else if (from == UINT32_MAX || to == UINT32_MAX) {
            assert_true(o == 17 || o == 18 || d == 17 || d == 18);
            assert_true(states[0][i] == VALUE_UNREACHABLE && minutes[0][i] == 0);
        } else {
            naive_to(g, to, cost);
            assert_true(states[0][i] == VALUE_PRESENT);
            assert_true(minutes[0][i] == (road_cost_time(cost[from]) + 9 * (o_m + d_m)) / 600);
            assert_true(km[0][i] == (road_cost_m(cost[from]) + o_m + d_m) / 1000);
        }
    }
    memory_free(cost);
    network_free(g);
    memory_free(p);
    (void)unlink(path);
}

static void estimated_pairs_follow_the_formula(void **state)
{
    (void)state;
    points *p = points_made(30);
    error err = {0};
    const uint32_t origin[] = {3, 4, 4, 17, 8}, destination[] = {9, 4, 18, 2, 17};
    double minutes[5], km[5];
    uint8_t states[5];
    cost_engine *e = engine_made(&estimate, &p->points, 2, NULL);
    assert_int_equal(cost_engine_pairs(e, origin, destination, 5, minutes, km, states, &err),
                     STATUS_OK);
    double line = haversine_km(p->place_lon[3], p->place_lat[3], p->place_lon[9], p->place_lat[9]);
    assert_true(fabs(km[0] - 1.3 * line) < 1e-12 && fabs(minutes[0] - line / 30 * 60) < 1e-9);
    assert_true(states[1] == VALUE_PRESENT && minutes[1] == 0 && km[1] == 0);
    assert_true(states[2] == VALUE_PRESENT && minutes[2] > 60); /* beyond the limit, kept */
    assert_true(states[3] == VALUE_UNREACHABLE && states[4] == VALUE_UNREACHABLE);
    assert_true(minutes[3] == 0 && km[4] == 0);
    cost_engine_free(e);
    memory_free(p);
}

/* --- what the run states --- */

static const char *fact(const cost_engine *e, const char *key)
{
    const costs_facts *f = cost_engine_facts(e);
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->item[i].key, key) == 0)
            return f->item[i].value;
    fail_msg("no fact %s", key);
    return NULL;
}

/* The name of a layer may be long, and goes to run.json. */
static void a_long_fact_is_cut_between_two_letters(void **state)
{
    (void)state;
    static costs_facts facts;
    char name[121];
    for (size_t i = 0; i < 120; i += 2)
        memcpy(name + i, "é", 2);
    name[120] = '\0';
    facts_add(&facts, "layer", "-%s", name);
    facts_add(&facts, "layer", "%s", name);
    for (size_t i = 0; i < 2; i++) {
        const char *value = facts.item[i].value;
        assert_int_equal(text_utf8_valid_prefix(value, strlen(value)), strlen(value));
        assert_true(strlen(value) >= 78);
    }
}

static void the_run_states_its_network_and_its_balance(void **state)
{
    (void)state;
    static const osm_tag footway[] = {{"highway", "footway"}};
    char path[512];
    error err = {0};
    ledger *balance = NULL;
    map_grid grid = map_grid_new(COLUMNS, ROWS);
    grid.ways[0].tags = footway;
    map_file(path, sizeof path, &grid.contents);
    points *p = points_made(1);
    network *g = graph_of(path);
    const travel_mode mode = roads_mode(path, g);
    assert_int_equal(ledger_new(&balance, &err), STATUS_OK);
    cost_engine *e = engine_made(&mode, &p->points, 1, balance);
    assert_string_equal(fact(e, "source"), "roads");
    assert_string_equal(fact(e, "highway_ways"), "44");
    assert_string_equal(fact(e, "ways_open"), "43");
    assert_string_equal(fact(e, "ways_closed"), "1");
    assert_string_equal(fact(e, "nodes"), "480");
    assert_string_equal(fact(e, "main_component_percent"), "100.00");
    assert_string_equal(fact(e, "places_beyond_network"), "1");
    assert_string_equal(fact(e, "limit_min"), "6");
    assert_int_equal(ledger_check(balance, &err), STATUS_OK);
    cost_engine_free(e);
    network_free(g);
    ledger_free(balance);
    memory_free(p);
    map_grid_clear(&grid);
    (void)unlink(path);
}

static void a_wrong_mode_is_refused(void **state)
{
    (void)state;
    points *p = points_made(1);
    travel_mode modes[] = {estimate, estimate, estimate, estimate, estimate, estimate, estimate};
    modes[0].id = "bike";
    modes[1].source = TRAVEL_MATRIX;
    modes[2].limit_min = 0;
    modes[3].limit_min = NAN;
    modes[4].circuity = 0.9;
    modes[5].parking_min = -1;
    modes[6].source = TRAVEL_ROADS; /* without a network */
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        cost_engine *e = NULL;
        faults *list = map_faults();
        assert_int_equal(cost_engine_new(&e, &modes[i], &p->points, 1, NULL, NULL, list),
                         STATUS_INPUT);
        assert_null(e);
        assert_int_equal(faults_count(list), 1);
        faults_free(list);
    }
    memory_free(p);
}

/* Refused past half of the places that have a point; until then a warning tells how many. */
static void roads_of_elsewhere_are_refused(void **state)
{
    (void)state;
    char path[512];
    grid_file(path, sizeof path);
    points *p = points_made(1);
    network *g = graph_of(path);
    const travel_mode mode = roads_mode(path, g);
    for (uint32_t i = 18; i < 18 + (PLACES - 1) / 2; i++)
        p->place_lat[i] = 49;
    for (int more = 0; more < 2; more++) {
        cost_engine *e = NULL;
        faults *list = map_faults();
        p->place_lat[0] = more ? 49 : p->place_lat[0];
        assert_int_equal(cost_engine_new(&e, &mode, &p->points, 2, NULL, NULL, list),
                         more ? STATUS_INPUT : STATUS_OK);
        assert_int_equal(faults_count(list), 1);
        assert_non_null(strstr(faults_at(list, 0)->en,
                               more ? "120 places out of 239" : "119 places out of 239"));
        assert_true((e == NULL) == (more != 0));
        cost_engine_free(e);
        faults_free(list);
    }
    network_free(g);
    memory_free(p);
    (void)unlink(path);
}

static void no_venue_and_no_place_are_no_fault(void **state)
{
    (void)state;
    char path[512];
    grid_file(path, sizeof path);
    const travel_points none = {0};
    network *g = graph_of(path);
    const travel_mode modes[] = {roads_mode(path, g), estimate};
    for (size_t k = 0; k < 2; k++) {
        cost_engine *e = engine_made(&modes[k], &none, 2, NULL);
        costs *c = costs_made(e);
        assert_true(c->venue_start[0] == 0 && c->place_start[0] == 0);
        costs_free(c);
        cost_engine_free(e);
    }
    network_free(g);
    (void)unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_estimate_equals_its_formula_for_every_pair),
        cmocka_unit_test(unknown_density_counts_as_class_5),
        cmocka_unit_test(the_limit_is_inclusive),
        cmocka_unit_test(roads_equal_a_naive_reference_for_every_pair),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(pairs_are_never_cut_and_keep_their_order),
        cmocka_unit_test(estimated_pairs_follow_the_formula),
        cmocka_unit_test(a_long_fact_is_cut_between_two_letters),
        cmocka_unit_test(the_run_states_its_network_and_its_balance),
        cmocka_unit_test(a_wrong_mode_is_refused),
        cmocka_unit_test(roads_of_elsewhere_are_refused),
        cmocka_unit_test(no_venue_and_no_place_are_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
