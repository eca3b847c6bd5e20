/* The nearest node is that of a look at every node, wherever the point is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "geo/locator.h"
#include "geo/projection.h"
#include "network/graph/node_tree.h"

enum { NODES = 5000, QUERIES = 2000 };

static uint32_t draw(uint32_t row, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(3, "node_tree"), row, k, 0, 0);
    return w.word[0] % below;
}

/* All of them in one ring, so that all take trips, but those left out by `every` and split. */
static network *placed(network_positions positions, const int32_t *x, const int32_t *y,
                       size_t count, uint32_t every)
{
    error err = {0};
    network *n = NULL;
    road_draft d = {.node_count = count, .positions = positions, .units_per_minute = 600};
    d.node_id = memory_new(count, sizeof *d.node_id);
    d.x = memory_new(count, sizeof *d.x);
    d.y = memory_new(count, sizeof *d.y);
    d.node_flags = memory_new(count, 1);
    assert_true(d.node_id && d.x && d.y && d.node_flags);
    for (uint32_t i = 0; i < count; i++) {
        d.node_id[i] = (int64_t)i * 7919 % 100003;
        d.x[i] = x[i];
        d.y[i] = y[i];
        d.node_flags[i] = every > 0 && i % every == 0 ? NODE_SPLIT : 0;
        uint32_t next = (i + 1) % (uint32_t)count;
        assert_int_equal(road_draft_arc(&d, (draft_arc){.from = i, .to = next, .time = 1}, &err),
                         STATUS_OK);
    }
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    return n;
}

static double distance_m(const network *n, uint32_t node, double x, double y)
{
    if (n->positions == POSITIONS_METRES)
        return sqrt((n->x[node] - x) * (n->x[node] - x) + (n->y[node] - y) * (n->y[node] - y));
    return 1000 * haversine_km(network_lon(n, node), network_lat(n, node), x, y);
}

static uint32_t naive(const network *n, double x, double y)
{
    uint32_t best = NETWORK_NONE;
    double best_m = INFINITY;
    for (uint32_t i = 0; i < n->node_count; i++) {
        double m = distance_m(n, i, x, y);
        if (node_takes_trips(n->node_flags[i]) &&
            (m < best_m || (m == best_m && n->node_id[i] < n->node_id[best]))) {
            best = i;
            best_m = m;
        }
    }
    return best;
}

static node_tree *tree_of(const network *n, int threads)
{
    error err = {0};
    node_tree *t = NULL;
    assert_int_equal(node_tree_new(&t, n, threads, &err), STATUS_OK);
    return t;
}

static void found_is_nearest(const network *n, const node_tree *t, double x, double y)
{
    double m = 0;
    uint32_t node = node_tree_nearest(t, x, y, &m), expected = naive(n, x, y);
    if (node != expected && distance_m(n, node, x, y) != distance_m(n, expected, x, y))
        fail_msg("at %.9f %.9f: %u, not %u", x, y, node, expected);
    assert_int_equal(n->node_id[node], n->node_id[expected]);
    assert_true(fabs(m - distance_m(n, node, x, y)) < 1e-9 * (1 + m));
}

static void in_a_region_every_nearest_node_is_found(void **state)
{
    (void)state;
    static int32_t x[NODES], y[NODES];
    for (uint32_t i = 0; i < NODES; i++) {
        x[i] = 20000000 + (int32_t)draw(i, 0, 3000000);
        y[i] = 487000000 + (int32_t)draw(i, 1, 3000000);
    }
    network *n = placed(POSITIONS_DEGREES, x, y, NODES, 5);
    node_tree *t = tree_of(n, 2);
    for (uint32_t i = 0; i < QUERIES; i++)
        found_is_nearest(n, t, 1.9 + draw(i, 2, 5000000) / 1e7, 48.6 + draw(i, 3, 5000000) / 1e7);
    for (uint32_t i = 0; i < NODES; i += 7) /* on a node */
        found_is_nearest(n, t, network_lon(n, i), network_lat(n, i));
    node_tree_free(t);
    network_free(n);
}

/* Nodes on the date line and about both poles; points everywhere, the poles among them. */
static void poles_and_the_date_line_are_nothing_special(void **state)
{
    (void)state;
    static int32_t x[600], y[600];
    for (uint32_t i = 0; i < 600; i++) {
        uint32_t kind = i % 4;
        int32_t off = (int32_t)draw(i, 4, 20000000);
        x[i] = kind == 0   ? 1800000000 - off
               : kind == 1 ? -1800000000 + off
                           : (int32_t)((int64_t)draw(i, 5, 3600000000u) - 1800000000);
        y[i] = kind == 2 ? 900000000 - off : kind == 3 ? -900000000 + off : off - 10000000;
    }
    x[0] = 1800000000;
    y[2] = 900000000;
    y[3] = -900000000;
    network *n = placed(POSITIONS_DEGREES, x, y, 600, 0);
    node_tree *t = tree_of(n, 1);
    for (uint32_t i = 0; i < QUERIES; i++)
        found_is_nearest(n, t, draw(i, 6, 3600000001u) / 1e7 - 180,
                         draw(i, 7, 1800000001) / 1e7 - 90);
    static const double corners[][2] = {{0, 90},  {0, -90},  {180, 90},  {-180, -90},
                                        {180, 0}, {-180, 0}, {180, 0.5}, {-179.9999999, -0.5},
                                        {90, 0}};
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++)
        found_is_nearest(n, t, corners[i][0], corners[i][1]);
    node_tree_free(t);
    network_free(n);
}

/* The other index of this program gives the same nodes at the same distances. */
static void the_index_of_points_agrees(void **state)
{
    (void)state;
    static int32_t x[NODES], y[NODES];
    static double lon[NODES], lat[NODES];
    static uint8_t use[NODES];
    error err = {0};
    nearest_index *index = NULL;
    for (uint32_t i = 0; i < NODES; i++) {
        x[i] = (int32_t)((int64_t)draw(i, 8, 3600000001u) - 1800000000);
        y[i] = (int32_t)((int64_t)draw(i, 9, 1800000001) - 900000000);
    }
    network *n = placed(POSITIONS_DEGREES, x, y, NODES, 3);
    for (uint32_t i = 0; i < NODES; i++) {
        lon[i] = network_lon(n, i);
        lat[i] = network_lat(n, i);
        use[i] = node_takes_trips(n->node_flags[i]);
    }
    assert_int_equal(nearest_index_new(&index, lon, lat, use, NODES, &err), STATUS_OK);
    node_tree *t = tree_of(n, 2);
    for (uint32_t i = 0; i < 10 * QUERIES; i++) {
        double at_x = draw(i, 10, 3600000001u) / 1e7 - 180, km = 0, m = 0;
        double at_y = draw(i, 11, 1800000001) / 1e7 - 90;
        uint32_t expected = nearest_find(index, at_x, at_y, &km);
        assert_int_equal(node_tree_nearest(t, at_x, at_y, &m), expected);
        assert_true(m == 1000 * km);
    }
    nearest_index_free(index);
    node_tree_free(t);
    network_free(n);
}

static void equally_near_nodes_are_told_apart_by_their_ids(void **state)
{
    (void)state;
    static int32_t x[900], y[900];
    for (int32_t i = 0; i < 900; i++) { /* a lattice: four nodes are as near as each other */
        x[i] = 10 * (i % 30);
        y[i] = 10 * (i / 30);
    }
    network *n = placed(POSITIONS_METRES, x, y, 900, 0);
    node_tree *t = tree_of(n, 1);
    for (int i = 0; i < 29; i++)
        for (int k = 0; k < 29; k++)
            found_is_nearest(n, t, 10 * i + 5, 10 * k + 5);
    node_tree_free(t);
    network_free(n);
}

static void a_plane_is_measured_as_one(void **state)
{
    (void)state;
    static int32_t x[NODES], y[NODES];
    for (uint32_t i = 0; i < NODES; i++) {
        x[i] = (int32_t)draw(i, 12, 1000000);
        y[i] = 6000000 + (int32_t)draw(i, 13, 1000000);
    }
    x[0] = INT32_MAX;
    x[1] = INT32_MIN;
    network *n = placed(POSITIONS_METRES, x, y, NODES, 4);
    node_tree *t = tree_of(n, 2);
    for (uint32_t i = 0; i < QUERIES; i++)
        found_is_nearest(n, t, draw(i, 14, 12000000) / 10.0, 6e6 + draw(i, 15, 12000000) / 10.0);
    found_is_nearest(n, t, -2e9, 0);
    found_is_nearest(n, t, 2.1e9, 6e6);
    node_tree_free(t);
    network_free(n);
}

static void every_size_of_tree_is_whole(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 15, 16, 17, 255, 256, 257, 4096, 4097};
    static int32_t x[4097], y[4097];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        for (uint32_t i = 0; i < sizes[k]; i++) {
            x[i] = (int32_t)draw(i, 16, 1000);
            y[i] = (int32_t)draw(i, 17, 1000);
        }
        network *n = placed(POSITIONS_METRES, x, y, sizes[k], 0);
        node_tree *t = tree_of(n, 1);
        for (uint32_t i = 0; i < 100; i++)
            found_is_nearest(n, t, draw(i, 18, 1200), draw(i, 19, 1200));
        assert_true(node_tree_memory(sizes[k]) <= 24 * (sizes[k] / 15 + 4));
        node_tree_free(t);
        network_free(n);
    }
}

static void where_nothing_takes_trips_nothing_is_found(void **state)
{
    (void)state;
    error err = {0};
    double m = 0;
    static int32_t x[40], y[40];
    network *n = placed(POSITIONS_DEGREES, x, y, 40, 1);
    node_tree *t = tree_of(n, 1);
    assert_int_equal(node_tree_nearest(t, 2, 48, &m), NETWORK_NONE);
    node_tree_free(t);
    network_free(n);
    road_draft d = {.positions = POSITIONS_DEGREES};
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    t = tree_of(n, 1);
    assert_int_equal(node_tree_nearest(t, 2, 48, &m), NETWORK_NONE);
    node_tree_free(t);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_region_every_nearest_node_is_found),
        cmocka_unit_test(poles_and_the_date_line_are_nothing_special),
        cmocka_unit_test(the_index_of_points_agrees),
        cmocka_unit_test(equally_near_nodes_are_told_apart_by_their_ids),
        cmocka_unit_test(a_plane_is_measured_as_one),
        cmocka_unit_test(every_size_of_tree_is_whole),
        cmocka_unit_test(where_nothing_takes_trips_nothing_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
