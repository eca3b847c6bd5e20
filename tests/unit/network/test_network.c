/* From a draft to a network: the same nodes and arcs, in an order that only the draft decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "drafts.h"
#include "network/graph/network_ids.h"
#include "network/graph/transposed.h"

enum { NODES = 3000, ARCS = 9000 };

static network *made(road_draft *d, int threads)
{
    error err = {0};
    network *n = NULL;
    assert_int_equal(network_make(&n, d, threads, NULL, &err), STATUS_OK);
    assert_null(d->arcs); /* taken */
    return n;
}

/* An arc by what it joins, wherever its ends are numbered. */
typedef struct told_arc {
    int64_t from, to;
    uint32_t time, length_m, way;
} told_arc;

static int told_compare(const void *left, const void *right)
{
    const told_arc *a = left, *b = right;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->length_m != b->length_m)
        return a->length_m < b->length_m ? -1 : 1;
    return (a->way > b->way) - (a->way < b->way);
}

static void told_sort(told_arc *arcs, size_t count)
{
    qsort(arcs, count, sizeof *arcs, told_compare);
}

static void the_network_holds_the_arcs_of_the_draft(void **state)
{
    (void)state;
    static told_arc drafted[ARCS], held[ARCS];
    road_draft d = draft_drawn(1, NODES, ARCS);
    for (size_t i = 0; i < ARCS; i++)
        drafted[i] = (told_arc){.from = d.node_id[d.arcs[i].from],
                                .to = d.node_id[d.arcs[i].to],
                                .time = d.arcs[i].time,
                                .length_m = d.arcs[i].length_m,
                                .way = d.arcs[i].way};
    network *n = made(&d, 2);
    assert_int_equal(n->node_count, NODES);
    assert_int_equal(n->arc_count, ARCS);
    assert_int_equal(n->to.start[NODES], ARCS);
    for (uint32_t to = 0; to < NODES; to++)
        for (uint32_t i = n->to.start[to]; i < n->to.start[to + 1]; i++)
            held[i] = (told_arc){.from = n->node_id[n->to.link[i].node],
                                 .to = n->node_id[to],
                                 .time = n->to.link[i].time,
                                 .length_m = n->to.link[i].length_m,
                                 .way = n->arc_way[i]};
    told_sort(drafted, ARCS);
    told_sort(held, ARCS);
    assert_memory_equal(drafted, held, sizeof held);
    network_free(n);
}

static void arcs_of_a_node_come_by_node_then_time_length_and_way(void **state)
{
    (void)state;
    road_draft d = draft_drawn(2, 40, ARCS); /* many arcs a node: both sorts are seen */
    network *n = made(&d, 2);
    for (uint32_t to = 0; to < n->node_count; to++)
        for (uint32_t i = n->to.start[to] + 1; i < n->to.start[to + 1]; i++) {
            const road_link *a = &n->to.link[i - 1], *b = &n->to.link[i];
            assert_true(a->node <= b->node);
            if (a->node != b->node)
                continue;
            assert_true(road_link_cost(a) <= road_link_cost(b));
            if (road_link_cost(a) == road_link_cost(b))
                assert_true(n->arc_way[i - 1] <= n->arc_way[i]);
        }
    network_free(n);
}

static void nodes_keep_their_positions_ids_and_flags(void **state)
{
    (void)state;
    road_draft d = draft_drawn(3, NODES, ARCS);
    int32_t x[NODES], y[NODES];
    uint8_t split[NODES];
    memcpy(x, d.x, sizeof x);
    memcpy(y, d.y, sizeof y);
    memcpy(split, d.node_flags, sizeof split);
    network *n = made(&d, 1);
    for (uint32_t i = 0; i < NODES; i++) {
        size_t drafted = draft_node_of_id(n->node_id[i]);
        assert_int_equal(n->x[i], x[drafted]);
        assert_int_equal(n->y[i], y[drafted]);
        assert_int_equal(n->node_flags[i] & NODE_SPLIT, split[drafted]);
        assert_int_equal(node_takes_trips(n->node_flags[i]),
                         (n->node_flags[i] & NODE_MAIN) && !split[drafted]);
    }
    network_free(n);
}

/* A square of 64 x 64 nodes, drawn in any order: each node of the curve touches the one before. */
static void neighbours_on_the_curve_are_neighbours_on_the_ground(void **state)
{
    (void)state;
    enum { SIDE = 64 };
    error err = {0};
    road_draft d = {.node_count = SIDE * SIDE, .positions = POSITIONS_METRES};
    d.node_id = memory_new(d.node_count, sizeof *d.node_id);
    d.x = memory_new(d.node_count, sizeof *d.x);
    d.y = memory_new(d.node_count, sizeof *d.y);
    d.arcs = memory_new(0, sizeof *d.arcs);
    assert_true(d.node_id && d.x && d.y && d.arcs);
    for (int32_t i = 0; i < SIDE * SIDE; i++) {
        int32_t shuffled = i * 1453 % (SIDE * SIDE); /* 1453 is prime to 4096 */
        d.x[i] = INT32_MIN + shuffled % SIDE;
        d.y[i] = INT32_MAX - shuffled / SIDE;
    }
    network *n = NULL;
    assert_int_equal(network_make(&n, &d, 2, NULL, &err), STATUS_OK);
    for (uint32_t i = 1; i < SIDE * SIDE; i++)
        assert_int_equal(abs(n->x[i] - n->x[i - 1]) + abs(n->y[i] - n->y[i - 1]), 1);
    assert_int_equal(n->component_count, SIDE * SIDE);
    assert_int_equal(n->main_size, 1);
    network_free(n);
}

/* Corners of the world, and nodes on one spot: the order is that of the draft. */
static void far_apart_and_equal_positions_are_ordered(void **state)
{
    (void)state;
    static const int32_t x[] = {1800000000, -1800000000, INT32_MAX, INT32_MIN, 7, 7, 7};
    static const int32_t y[] = {900000000, -900000000, INT32_MIN, INT32_MAX, 9, 9, 9};
    error err = {0};
    road_draft d = {.node_count = 7, .positions = POSITIONS_DEGREES};
    d.node_id = memory_new(7, sizeof *d.node_id);
    d.x = memory_new(7, sizeof *d.x);
    d.y = memory_new(7, sizeof *d.y);
    assert_true(d.node_id && d.x && d.y);
    for (int i = 0; i < 7; i++) {
        d.node_id[i] = i;
        d.x[i] = x[i];
        d.y[i] = y[i];
    }
    network *n = NULL;
    int64_t before = 3;
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    for (uint32_t i = 0; i < 7; i++)
        if (n->node_id[i] >= 4) {
            assert_int_equal(n->node_id[i], before + 1);
            before = n->node_id[i];
        }
    network_free(n);
}

static void same_networks(const network *a, const network *b)
{
    assert_int_equal(a->component_count, b->component_count);
    assert_int_equal(a->main_size, b->main_size);
    assert_memory_equal(a->node_id, b->node_id, a->node_count * sizeof *a->node_id);
    assert_memory_equal(a->x, b->x, a->node_count * sizeof *a->x);
    assert_memory_equal(a->node_flags, b->node_flags, a->node_count);
    assert_memory_equal(a->to.start, b->to.start, (a->node_count + 1) * sizeof *a->to.start);
    assert_memory_equal(a->to.link, b->to.link, a->arc_count * sizeof *a->to.link);
    assert_memory_equal(a->arc_way, b->arc_way, a->arc_count * sizeof *a->arc_way);
}

static void any_number_of_threads_makes_the_same_network(void **state)
{
    (void)state;
    road_draft d = draft_drawn(4, 70000, 200000);
    network *one = made(&d, 1);
    for (int threads = 2; threads <= 8; threads *= 2) {
        d = draft_drawn(4, 70000, 200000);
        network *many = made(&d, threads);
        same_networks(one, many);
        network_free(many);
    }
    network_free(one);
}

/* Two rings of three: the main component is the one with the earliest node of the draft, wherever
 * the curve puts it. */
static void equal_components_are_told_apart_by_the_draft(void **state)
{
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        error err = {0};
        road_draft d = {.node_count = 6, .positions = POSITIONS_METRES};
        d.node_id = memory_new(6, sizeof *d.node_id);
        d.x = memory_new(6, sizeof *d.x);
        d.y = memory_new(6, sizeof *d.y);
        assert_true(d.node_id && d.x && d.y);
        for (uint32_t i = 0; i < 6; i++) {
            uint32_t ring = i % 2, at = i / 2;
            d.node_id[i] = i;
            d.x[i] = (int32_t)(turned ? 1000 - 1000 * ring : 1000 * ring) + (int32_t)at;
            assert_int_equal(
                road_draft_arc(&d, (draft_arc){.from = i, .to = ring + (at + 1) % 3 * 2}, &err),
                STATUS_OK);
        }
        network *n = NULL;
        assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
        assert_int_equal(n->component_count, 2);
        for (uint32_t i = 0; i < 6; i++)
            assert_int_equal(n->node_flags[i] == NODE_MAIN, n->node_id[i] % 2 == 0);
        network_free(n);
    }
}

static void ids_give_every_node_that_has_them(void **state)
{
    (void)state;
    static const int64_t ids[] = {7, -3, 7, INT64_MAX, INT64_MIN, 7, 0};
    error err = {0};
    network_ids *found = NULL;
    size_t count = 0;
    road_draft d = {.node_count = 7};
    d.node_id = memory_new(7, sizeof *d.node_id);
    d.node_flags = memory_new(7, 1);
    assert_true(d.node_id && d.node_flags);
    memcpy(d.node_id, ids, sizeof ids);
    d.node_flags[0] = NODE_SPLIT;
    network *n = NULL;
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    assert_int_equal(network_ids_new(&found, n, &err), STATUS_OK);
    const uint32_t *seven = network_ids_find(found, 7, &count);
    assert_int_equal(count, 3);
    assert_true(seven[0] == 0 && seven[1] == 2 && seven[2] == 5);
    assert_int_equal(*network_ids_find(found, INT64_MIN, &count), 4);
    assert_int_equal(*network_ids_find(found, INT64_MAX, &count), 3);
    assert_int_equal(*network_ids_find(found, -3, &count), 1);
    (void)network_ids_find(found, 8, &count);
    assert_int_equal(count, 0);
    assert_int_equal(network_ids_trips(found, 7), NETWORK_NONE); /* node 0 alone is main: split */
    assert_int_equal(network_ids_trips(found, 8), NETWORK_NONE);
    network_ids_free(found);
    network_free(n);
}

static void arcs_turned_twice_are_the_same(void **state)
{
    (void)state;
    error err = {0};
    road_draft d = draft_drawn(5, NODES, ARCS);
    network *n = made(&d, 1);
    transposed leaving = {0}, ending = {0};
    assert_int_equal(transposed_make(&leaving, &n->to, &err), STATUS_OK);
    assert_int_equal(transposed_make(&ending, &leaving.arcs, &err), STATUS_OK);
    assert_memory_equal(ending.start, n->to.start, (NODES + 1) * sizeof *ending.start);
    assert_memory_equal(ending.link, n->to.link, ARCS * sizeof *ending.link);
    for (uint32_t i = leaving.start[5]; i < leaving.start[6]; i++) {
        uint32_t to = leaving.link[i].node, same = 0;
        for (uint32_t k = n->to.start[to]; k < n->to.start[to + 1]; k++)
            same += n->to.link[k].node == 5 &&
                    road_link_cost(&n->to.link[k]) == road_link_cost(&leaving.link[i]);
        assert_true(same > 0);
    }
    transposed_clear(&leaving);
    transposed_clear(&ending);
    network_free(n);
}

static void facts_and_words_are_kept(void **state)
{
    (void)state;
    error err = {0};
    road_draft d = draft_drawn(6, 10, 20);
    assert_int_equal(road_draft_fact(&d, &err, "ways", "%d of %s", 3, "Gif"), STATUS_OK);
    network *n = made(&d, 1);
    assert_int_equal(n->fact_count, 2);
    assert_string_equal(n->facts[1].key, "ways");
    assert_string_equal(n->facts[1].value, "3 of Gif");
    assert_string_equal(network_word(n, 0), "");
    assert_string_equal(network_word(n, n->way_name[1]), "Rue de la Paix");
    network_free(n);
    d = draft_drawn(6, 10, 20);
    d.word_bytes[1] = (char)0xe9; /* not UTF-8 */
    n = made(&d, 1);
    assert_string_equal(network_word(n, n->way_name[1]), "?ue de la Paix");
    network_free(n);
    d = (road_draft){0}; /* nothing at all */
    n = made(&d, 1);
    assert_int_equal(n->node_count + n->arc_count + n->component_count + n->main_size, 0);
    assert_string_equal(network_word(n, 0), "");
    network_free(n);
}

static void too_large_a_draft_is_refused(void **state)
{
    (void)state;
    error err = {0};
    network *n = NULL;
    road_draft d = {.node_count = NETWORK_NONE};
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_INPUT);
    assert_null(n);
    assert_non_null(strstr(err.en, "4294967295"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_network_holds_the_arcs_of_the_draft),
        cmocka_unit_test(arcs_of_a_node_come_by_node_then_time_length_and_way),
        cmocka_unit_test(nodes_keep_their_positions_ids_and_flags),
        cmocka_unit_test(neighbours_on_the_curve_are_neighbours_on_the_ground),
        cmocka_unit_test(far_apart_and_equal_positions_are_ordered),
        cmocka_unit_test(any_number_of_threads_makes_the_same_network),
        cmocka_unit_test(equal_components_are_told_apart_by_the_draft),
        cmocka_unit_test(ids_give_every_node_that_has_them),
        cmocka_unit_test(arcs_turned_twice_are_the_same),
        cmocka_unit_test(facts_and_words_are_kept),
        cmocka_unit_test(too_large_a_draft_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
