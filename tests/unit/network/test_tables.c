/* Tables and pairs equal plain Dijkstra, pair for pair: every method, level of vector instructions
 * and number of threads, on graphs of many shapes and hierarchies of any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <malloc.h>

#include "base/memory.h"
#include "base/random.h"
#include "hierarchy_reference.h"
#include "network/search/hierarchy_build.h"
#include "network/search/lanes.h"
#include "network/search/tables.h"
#include "slow_hierarchy.h"

enum { ARCS_MAX = 3000, TRIALS = 3, PAIRS = 700 };

static uint32_t draw(uint32_t trial, uint32_t row, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(11, "test_tables"), trial, row, k, 0);
    return w.word[0] % below;
}

/* --- shapes --- */

typedef struct drawn {
    uint32_t nodes;
    size_t count;
    slow_arc arc[ARCS_MAX];
} drawn;

typedef void (*graph_shape)(drawn *g, uint32_t trial);

static void arc_add(drawn *g, uint32_t from, uint32_t to, uint32_t time, uint32_t length_m)
{
    assert_true(g->count < ARCS_MAX);
    g->arc[g->count++] = (slow_arc){.from = from, .to = to, .time = time, .length_m = length_m};
}

/* Parallel arcs, loops, arcs of no time or no length, nodes without arcs, one-way streets, pairs
 * without a path. */
static void random_arcs(drawn *g, uint32_t trial, uint32_t nodes, uint32_t time_below,
                        uint32_t length_below)
{
    g->nodes = nodes;
    for (uint32_t i = 0; i < 3 * nodes; i++) {
        uint32_t time = draw(trial, i, 3, 6) == 0 ? 0 : draw(trial, i, 4, time_below);
        uint32_t m = draw(trial, i, 5, 6) == 0 ? 0 : draw(trial, i, 6, length_below);
        arc_add(g, draw(trial, i, 1, nodes), draw(trial, i, 2, nodes), time, m);
    }
}

static void odd(drawn *g, uint32_t trial)
{
    random_arcs(g, trial, 1 + draw(trial, 0, 0, 130), 40, 500);
}

/* Many paths of the same time: lengths alone tell them apart. */
static void ties(drawn *g, uint32_t trial)
{
    random_arcs(g, trial, 90, 2, 50);
}

static void nothing_costs(drawn *g, uint32_t trial)
{
    random_arcs(g, trial, 40, 1, 1);
}

/* Sums that pass 2^32 units must neither come back as short ones nor count as paths. */
static void huge(drawn *g, uint32_t trial)
{
    random_arcs(g, trial, 60, UINT32_MAX / 2, 1 << 20);
    arc_add(g, 0, 59, UINT32_MAX - 1, 7);
    arc_add(g, 1, 58, UINT32_MAX, 0);
    arc_add(g, 2, 57, UINT32_MAX, UINT32_MAX);
    arc_add(g, 58, 56, 0, 1);
}

/* The longest time that counts, reached by a sum, and one unit more. */
static void brim(drawn *g, uint32_t trial)
{
    (void)trial;
    g->nodes = 6;
    arc_add(g, 0, 1, UINT32_MAX / 2, 10);
    arc_add(g, 1, 2, UINT32_MAX / 2, 10); /* 2^32 - 2 */
    arc_add(g, 2, 3, 0, 1);
    arc_add(g, 3, 4, 1, 1); /* 2^32 - 1: too far */
    arc_add(g, 4, 5, UINT32_MAX - 2, 1);
    arc_add(g, 3, 5, 1, 0);
}

static void grid(drawn *g, uint32_t trial)
{
    const uint32_t side = 18;
    g->nodes = side * side;
    for (uint32_t i = 0; i < g->nodes; i++) {
        uint32_t right = i + 1, below = i + side;
        if (right % side != 0 && draw(trial, i, 1, 9) > 0)
            arc_add(g, i, right, 20 + draw(trial, i, 2, 200), 100);
        if (right % side != 0 && draw(trial, i, 3, 9) > 1)
            arc_add(g, right, i, 20 + draw(trial, i, 4, 200), 100);
        if (below < g->nodes)
            arc_add(g, i, below, 20 + draw(trial, i, 5, 200), 120);
        if (below < g->nodes && draw(trial, i, 6, 9) > 1)
            arc_add(g, below, i, 20 + draw(trial, i, 7, 200), 120);
    }
}

/* More arcs at a node than are gathered at once. */
static void all_to_all(drawn *g, uint32_t trial)
{
    g->nodes = 50;
    for (uint32_t a = 0; a < g->nodes; a++)
        for (uint32_t b = 0; b < g->nodes; b++)
            if (a != b)
                arc_add(g, a, b, 1 + draw(trial, a, b, 1000), draw(trial, b, a, 1000));
}

static const graph_shape shapes[] = {odd, ties, nothing_costs, huge, brim, grid, all_to_all};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* --- a network and what is asked of it --- */

typedef struct scene {
    drawn graph;
    network network;
    road_hierarchy hierarchy;
    uint32_t from[PAIRS], to[PAIRS];
    size_t from_count, to_count;
    road_cost *expected; /* from each from-entry to each to-entry: [to * from_count + from] */
} scene;

/* Streets end before main roads, as a good order has it, or any order at all. */
static void order_draw(uint32_t *order, uint32_t nodes, uint32_t trial)
{
    for (uint32_t i = 0; i < nodes; i++)
        order[i] = i;
    for (uint32_t i = nodes; trial % 3 != 0 && i > 1; i--) {
        uint32_t k = draw(trial, i, 40, i), swapped = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swapped;
    }
}

static uint32_t point_draw(const scene *s, uint32_t trial, uint32_t row, uint32_t k)
{
    return draw(trial, row, k, 20) == 0 ? NETWORK_NONE : draw(trial, row, k + 1, s->graph.nodes);
}

static void scene_expect(scene *s)
{
    uint32_t nodes = s->graph.nodes;
    road_cost *cost = memory_new(nodes, sizeof *cost);
    s->expected = memory_new(s->from_count * s->to_count, sizeof *s->expected);
    assert_non_null(s->expected);
    for (size_t t = 0; t < s->to_count; t++) {
        if (s->to[t] != NETWORK_NONE)
            slow_search(&s->network.to, s->to[t], UINT32_MAX, cost);
        for (size_t f = 0; f < s->from_count; f++)
            s->expected[t * s->from_count + f] =
                s->to[t] == NETWORK_NONE || s->from[f] == NETWORK_NONE ? ROAD_COST_NONE
                                                                       : cost[s->from[f]];
    }
    memory_free(cost);
}

static void scene_make(scene *s, graph_shape make, uint32_t trial)
{
    uint32_t order[SLOW_HIERARCHY_NODES];
    memset(s, 0, sizeof *s);
    make(&s->graph, trial);
    order_draw(order, s->graph.nodes, trial);
    slow_arcs_build(&s->network.to, s->graph.nodes, s->graph.arc, s->graph.count, 1);
    slow_hierarchy_build(&s->hierarchy, s->graph.nodes, s->graph.arc, s->graph.count, order,
                         trial % 2 == 1);
    s->network.node_count = s->graph.nodes;
    s->network.arc_count = (uint32_t)s->graph.count;
    s->network.hierarchy = &s->hierarchy;
    s->from_count = draw(trial, 0, 50, 150);
    s->to_count = draw(trial, 0, 51, 150);
    for (uint32_t i = 0; i < s->from_count; i++)
        s->from[i] = point_draw(s, trial, i, 52);
    for (uint32_t i = 0; i < s->to_count; i++)
        s->to[i] = point_draw(s, trial, i, 54);
    scene_expect(s);
}

static void scene_clear(scene *s)
{
    slow_arcs_clear(&s->network.to);
    slow_hierarchy_clear(&s->hierarchy);
    memory_free(s->expected);
}

/* --- what a table hands over --- */

typedef struct heard {
    const scene *scene;
    const table_request *request;
    atomic_int times_seen[PAIRS]; /* of each to-entry */
    atomic_int faults;
} heard;

static bool value_is(const cost_column *c, size_t i, road_cost wanted)
{
    if (c->time)
        return c->time[i] == (wanted == ROAD_COST_NONE ? UINT32_MAX : road_cost_time(wanted));
    return c->cost[i] == wanted;
}

static bool within(road_cost cost, uint32_t limit)
{
    return cost != ROAD_COST_NONE && road_cost_time(cost) <= limit;
}

static bool column_good(const heard *h, const cost_column *c)
{
    const table_request *r = h->request;
    const road_cost *wanted = h->scene->expected + c->to * r->from_count;
    size_t at = 0;
    bool good = (c->time != NULL) == r->times_only && (c->cost == NULL) == r->times_only &&
                (c->from == NULL) == (r->limit == TABLE_UNBOUNDED);
    for (size_t f = 0; f < r->from_count && good; f++) {
        if (r->limit != TABLE_UNBOUNDED && !within(wanted[f], r->limit))
            continue;
        good = at < c->count && (!c->from || c->from[at] == f) && value_is(c, at, wanted[f]);
        at++;
    }
    return good && at == c->count;
}

static status hear(void *context, const cost_column *columns, size_t count, error *err)
{
    heard *h = context;
    (void)err;
    if (count == 0 || count > TABLE_BATCH)
        atomic_fetch_add(&h->faults, 1);
    for (size_t i = 0; i < count; i++) {
        bool ascending = i == 0 || columns[i - 1].to < columns[i].to;
        if (!ascending || columns[i].to >= h->request->to_count || !column_good(h, &columns[i]))
            atomic_fetch_add(&h->faults, 1);
        else
            atomic_fetch_add(&h->times_seen[columns[i].to], 1);
    }
    return STATUS_OK;
}

static table_request request_of(const scene *s)
{
    return (table_request){.network = &s->network,
                           .from = s->from,
                           .to = s->to,
                           .from_count = s->from_count,
                           .to_count = s->to_count,
                           .limit = TABLE_UNBOUNDED,
                           .threads = 1};
}

static void check_table(const scene *s, const table_request *r, table_method method)
{
    error err = {0};
    heard h = {.scene = s, .request = r};
    assert_int_equal(table_run(r, method, hear, &h, &err), STATUS_OK);
    assert_int_equal(h.faults, 0);
    for (size_t t = 0; t < r->to_count; t++)
        assert_int_equal(h.times_seen[t], 1);
}

static const table_method methods[] = {METHOD_SEARCH, METHOD_CUT_SWEEP, METHOD_SWEEP};
static const lanes_level levels[] = {LANES_BEST, LANES_PORTABLE, LANES_AVX2, LANES_AVX512};
static const int threads[] = {1, 2, 4, 8};

/* Limits beside the times that there are, where <= and < part. */
static uint32_t limit_draw(const scene *s, uint32_t trial, uint32_t k)
{
    size_t pairs = s->from_count * s->to_count;
    road_cost c = pairs > 0 ? s->expected[draw(trial, k, 60, (uint32_t)pairs)] : 0;
    uint32_t time = c == ROAD_COST_NONE ? 20 : road_cost_time(c);
    return time > 0 ? time - k % 2 : time;
}

static void every_method_equals_dijkstra(void **state)
{
    (void)state;
    static scene s;
    for (uint32_t trial = 0; trial < TRIALS * SHAPES; trial++) {
        scene_make(&s, shapes[trial % SHAPES], trial);
        for (uint32_t k = 0; k < 24; k++) {
            table_request r = request_of(&s);
            r.times_only = k % 2 == 1;
            r.level = levels[k / 2 % 4];
            r.threads = threads[(k + trial) % 4];
            if (k >= 8)
                r.limit = limit_draw(&s, trial, k);
            for (size_t m = 0; m < 3; m++)
                check_table(&s, &r, methods[m]);
        }
        scene_clear(&s);
    }
}

static void a_limit_of_nothing_keeps_what_costs_no_time(void **state)
{
    (void)state;
    static scene s;
    scene_make(&s, ties, 3);
    table_request r = request_of(&s);
    r.limit = 0;
    for (size_t m = 0; m < 3; m++)
        check_table(&s, &r, methods[m]);
    r.limit = UINT32_MAX - 1; /* every path, still as lists */
    for (size_t m = 0; m < 3; m++)
        check_table(&s, &r, methods[m]);
    scene_clear(&s);
}

static void both_sides_may_be_the_same_list_or_empty(void **state)
{
    (void)state;
    static scene s;
    scene_make(&s, grid, 5);
    memory_free(s.expected);
    memcpy(s.to, s.from, sizeof s.to);
    s.to_count = s.from_count;
    scene_expect(&s);
    for (uint32_t k = 0; k < 4; k++) {
        table_request r = request_of(&s);
        r.limit = k < 2 ? TABLE_UNBOUNDED : 500;
        r.times_only = k % 2 == 1;
        for (size_t m = 0; m < 3; m++) {
            check_table(&s, &r, methods[m]);
            table_request none = r;
            none.to_count = 0;
            check_table(&s, &none, methods[m]);
            none = r;
            none.from_count = 0;
            check_table(&s, &none, methods[m]);
        }
    }
    scene_clear(&s);
}

static void points_off_the_network_reach_nothing(void **state)
{
    (void)state;
    static scene s;
    scene_make(&s, grid, 7);
    memory_free(s.expected);
    for (size_t i = 0; i < s.to_count; i++)
        s.to[i] = NETWORK_NONE;
    scene_expect(&s);
    table_request r = request_of(&s);
    for (size_t m = 0; m < 3; m++)
        check_table(&s, &r, methods[m]);
    r.limit = 1000;
    for (size_t m = 0; m < 3; m++)
        check_table(&s, &r, methods[m]);
    scene_clear(&s);
}

/* --- pairs --- */

static void check_pairs(const scene *s, const uint32_t *from, const uint32_t *to, size_t count,
                        int threads_wanted, lanes_level level)
{
    error err = {0};
    uint32_t from_node[PAIRS], to_node[PAIRS];
    road_cost cost[PAIRS];
    for (size_t i = 0; i < count; i++) {
        from_node[i] = s->from[from[i]];
        to_node[i] = s->to[to[i]];
    }
    pairs_request r = {.network = &s->network,
                       .from = from_node,
                       .to = to_node,
                       .count = count,
                       .threads = threads_wanted,
                       .level = level};
    assert_int_equal(pairs_run(&r, cost, &err), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        assert_true(cost[i] == s->expected[to[i] * s->from_count + from[i]]);
}

static void pairs_equal_dijkstra(void **state)
{
    (void)state;
    static scene s;
    uint32_t from[PAIRS], to[PAIRS];
    for (uint32_t trial = 0; trial < TRIALS * SHAPES; trial++) {
        scene_make(&s, shapes[trial % SHAPES], trial);
        size_t count = s.from_count * s.to_count == 0 ? 0 : draw(trial, 0, 70, PAIRS);
        for (uint32_t i = 0; i < count; i++) {
            from[i] = draw(trial, i, 71, (uint32_t)s.from_count);
            to[i] = draw(trial, i, 72, (uint32_t)s.to_count);
        }
        for (size_t k = 0; k < 4; k++)
            check_pairs(&s, from, to, count, threads[k], levels[(k + trial) % 4]);
        s.network.hierarchy = NULL;
        check_pairs(&s, from, to, count, threads[trial % 4], LANES_BEST);
        scene_clear(&s);
    }
}

/* --- without a hierarchy, rules --- */

static void without_a_hierarchy_every_method_searches(void **state)
{
    (void)state;
    static scene s;
    const char *why = NULL;
    scene_make(&s, grid, 2);
    s.network.hierarchy = NULL;
    table_request r = request_of(&s);
    assert_int_equal(table_method_for(&r, &why), METHOD_SEARCH);
    assert_string_equal(why, "no hierarchy");
    assert_true(table_memory(&r, METHOD_SWEEP) == table_memory(&r, METHOD_SEARCH));
    for (size_t m = 0; m < 3; m++)
        check_table(&s, &r, methods[m]);
    scene_clear(&s);
}

static void the_method_follows_the_request(void **state)
{
    (void)state;
    static scene s;
    const char *why = NULL;
    scene_make(&s, grid, 2);
    table_request r = request_of(&s);
    r.to_count = 100;
    assert_int_equal(table_method_for(&r, &why), METHOD_SWEEP);
    assert_string_equal(why, "hierarchy, no limit");
    r.limit = 18000;
    assert_int_equal(table_method_for(&r, &why), METHOD_CUT_SWEEP);
    assert_string_equal(why, "hierarchy, limit");
    r.to_count = TABLE_BATCH;
    assert_int_equal(table_method_for(&r, &why), METHOD_SEARCH);
    assert_string_equal(why, "limit, few venues");
    r.to_count = 34; /* of a country of communes */
    r.from_count = 35000;
    assert_int_equal(table_method_for(&r, &why), METHOD_SEARCH);
    r.to_count = 35;
    assert_int_equal(table_method_for(&r, &why), METHOD_CUT_SWEEP);
    scene_clear(&s);
}

/* --- stopping --- */

typedef struct stopper {
    atomic_int *cancel;
    atomic_int batches;
    status answer;
} stopper;

static status stop_at_once(void *context, const cost_column *columns, size_t count, error *err)
{
    stopper *s = context;
    (void)columns;
    (void)count;
    atomic_fetch_add(&s->batches, 1);
    if (s->answer)
        return error_set(err, s->answer, "disque plein", "disk full");
    atomic_store(s->cancel, 1);
    return STATUS_OK;
}

static void a_cancelled_table_stops_after_the_batch_at_work(void **state)
{
    (void)state;
    static scene s;
    scene_make(&s, grid, 4);
    s.to_count = 140;
    for (size_t m = 0; m < 3; m++) {
        error err = {0};
        atomic_int cancel = 0;
        progress p = {.cancel = &cancel};
        stopper stop = {.cancel = &cancel};
        table_request r = request_of(&s);
        r.progress = &p;
        r.threads = 2;
        assert_int_equal(table_run(&r, methods[m], stop_at_once, &stop, &err), STATUS_INTERRUPTED);
        assert_true(stop.batches <= 2); /* one for each thread */
        stop.batches = 0;
        assert_int_equal(table_run(&r, methods[m], stop_at_once, &stop, &err), STATUS_INTERRUPTED);
        assert_int_equal(stop.batches, 0);
    }
    scene_clear(&s);
}

static void a_cancelled_list_of_pairs_stops(void **state)
{
    (void)state;
    static scene s;
    error err = {0};
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    road_cost cost[4];
    scene_make(&s, grid, 4);
    pairs_request r = {
        .network = &s.network, .from = s.from, .to = s.to, .count = 4, .progress = &p};
    assert_int_equal(pairs_run(&r, cost, &err), STATUS_INTERRUPTED);
    s.network.hierarchy = NULL;
    assert_int_equal(pairs_run(&r, cost, &err), STATUS_INTERRUPTED);
    scene_clear(&s);
}

static void a_failing_sink_ends_the_table_with_its_error(void **state)
{
    (void)state;
    static scene s;
    scene_make(&s, grid, 4);
    for (size_t m = 0; m < 3; m++) {
        error err = {0};
        stopper stop = {.answer = STATUS_ENVIRONMENT};
        table_request r = request_of(&s);
        r.threads = 4;
        assert_int_equal(table_run(&r, methods[m], stop_at_once, &stop, &err), STATUS_ENVIRONMENT);
        assert_string_equal(err.en, "disk full");
    }
    scene_clear(&s);
}

/* --- a larger network, with the hierarchy that networks have --- */

enum { LARGE_SIDE = 317, LARGE_FROM = 260, LARGE_TO = 150, LARGE_LIMIT = 9000 };

typedef struct large {
    arc_list arcs;
    hierarchy_store *store;
    network network;
    uint32_t from[LARGE_FROM], to[LARGE_TO];
} large;

static void large_make(large *l)
{
    error err = {0};
    memset(l, 0, sizeof *l);
    roads_draw(&l->arcs, LARGE_SIDE);
    l->network.node_count = l->arcs.node_count;
    l->network.arc_count = (uint32_t)l->arcs.count;
    l->network.to = arc_list_to(&l->arcs);
    assert_int_equal(hierarchy_build(&l->network.to, 2, NULL, &l->store, &err), STATUS_OK);
    l->network.hierarchy = hierarchy_of(l->store);
    for (uint32_t i = 0; i < LARGE_FROM; i++)
        l->from[i] = draw(1, i, 80, l->network.node_count);
    for (uint32_t i = 0; i < LARGE_TO; i++)
        l->to[i] = draw(1, i, 81, l->network.node_count);
}

static void large_clear(large *l)
{
    hierarchy_free(l->store);
    arc_list_clear(&l->arcs);
}

static table_request large_request(const large *l)
{
    return (table_request){.network = &l->network,
                           .from = l->from,
                           .to = l->to,
                           .from_count = LARGE_FROM,
                           .to_count = LARGE_TO,
                           .limit = TABLE_UNBOUNDED,
                           .threads = 2};
}

/* Costs by to-entry, then from-entry; what no column holds stays ROAD_COST_NONE. */
static status keep_columns(void *context, const cost_column *columns, size_t count, error *err)
{
    road_cost *kept = context;
    (void)err;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < columns[k].count; i++) {
            size_t from = columns[k].from ? columns[k].from[i] : i;
            kept[columns[k].to * LARGE_FROM + from] = columns[k].cost[i];
        }
    return STATUS_OK;
}

static road_cost *table_kept(const table_request *r, table_method method)
{
    error err = {0};
    road_cost *kept = memory_new((size_t)LARGE_FROM * LARGE_TO, sizeof *kept);
    assert_non_null(kept);
    for (size_t i = 0; i < (size_t)LARGE_FROM * LARGE_TO; i++)
        kept[i] = ROAD_COST_NONE;
    assert_int_equal(table_run(r, method, keep_columns, kept, &err), STATUS_OK);
    return kept;
}

static void check_sample(const large *l, const road_cost *kept, uint32_t limit)
{
    road_cost *cost = memory_new(l->network.node_count, sizeof *cost);
    for (size_t t = 0; t < LARGE_TO; t += 29) {
        slow_search(&l->network.to, l->to[t], limit, cost);
        for (size_t f = 0; f < LARGE_FROM; f++)
            assert_true(kept[t * LARGE_FROM + f] == cost[l->from[f]]);
    }
    memory_free(cost);
}

static void check_large_pairs(const large *l, const road_cost *kept)
{
    enum { COUNT = 5000 };
    error err = {0};
    static uint32_t from[COUNT], to[COUNT];
    static size_t at[COUNT];
    static road_cost cost[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t f = draw(2, i, 82, LARGE_FROM), t = draw(2, i, 83, LARGE_TO);
        from[i] = l->from[f];
        to[i] = l->to[t];
        at[i] = (size_t)t * LARGE_FROM + f;
    }
    pairs_request r = {
        .network = &l->network, .from = from, .to = to, .count = COUNT, .threads = 2};
    assert_int_equal(pairs_run(&r, cost, &err), STATUS_OK);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(cost[i] == kept[at[i]]);
}

static void a_hundred_thousand_nodes_have_the_same_costs_by_every_method(void **state)
{
    (void)state;
    static large l;
    large_make(&l);
    for (int limited = 0; limited < 2; limited++) {
        table_request r = large_request(&l);
        r.limit = limited ? LARGE_LIMIT : TABLE_UNBOUNDED;
        road_cost *searched = table_kept(&r, METHOD_SEARCH);
        check_sample(&l, searched, limited ? LARGE_LIMIT : UINT32_MAX);
        for (size_t m = 1; m < 3; m++) {
            road_cost *swept = table_kept(&r, methods[m]);
            assert_memory_equal(searched, swept, LARGE_FROM * LARGE_TO * sizeof *swept);
            memory_free(swept);
        }
        if (!limited)
            check_large_pairs(&l, searched);
        memory_free(searched);
    }
    large_clear(&l);
}

/* --- memory --- */

/* Of the sanitizers, where the program has one. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t bytes_in_use(void)
{
    if (__sanitizer_get_current_allocated_bytes)
        return __sanitizer_get_current_allocated_bytes();
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
}

static status weigh(void *context, const cost_column *columns, size_t count, error *err)
{
    _Atomic size_t *most = context;
    size_t now = bytes_in_use(), before = atomic_load(most);
    (void)columns;
    (void)count;
    (void)err;
    while (now > before && !atomic_compare_exchange_weak(most, &before, now))
        ;
    return STATUS_OK;
}

static void memory_stays_under_the_bound_stated(void **state)
{
    (void)state;
    static large l;
    large_make(&l);
    for (size_t k = 0; k < 6; k++) {
        error err = {0};
        table_request r = large_request(&l);
        r.limit = k < 3 ? TABLE_UNBOUNDED : LARGE_LIMIT;
        r.times_only = k % 2 == 1;
        uint64_t bound = table_memory(&r, methods[k % 3]);
        size_t before = bytes_in_use();
        _Atomic size_t most = 0;
        assert_int_equal(table_run(&r, methods[k % 3], weigh, &most, &err), STATUS_OK);
        assert_true(most > before);
        assert_true(most - before <= bound);
    }
    large_clear(&l);
}

static void a_level_that_is_asked_for_is_the_one_taken(void **state)
{
    (void)state;
    assert_int_equal(lanes_times(LANES_PORTABLE)->level, LANES_PORTABLE);
    assert_int_equal(lanes_costs(LANES_PORTABLE)->level, LANES_PORTABLE);
    if (lanes_times_avx2())
        assert_int_equal(lanes_costs(LANES_AVX2)->level, LANES_AVX2);
    if (lanes_times_avx512()) {
        assert_int_equal(lanes_times(LANES_BEST)->level, LANES_AVX512);
        assert_int_equal(lanes_costs(LANES_AVX512)->level, LANES_AVX512);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_method_equals_dijkstra),
        cmocka_unit_test(a_limit_of_nothing_keeps_what_costs_no_time),
        cmocka_unit_test(both_sides_may_be_the_same_list_or_empty),
        cmocka_unit_test(points_off_the_network_reach_nothing),
        cmocka_unit_test(pairs_equal_dijkstra),
        cmocka_unit_test(without_a_hierarchy_every_method_searches),
        cmocka_unit_test(the_method_follows_the_request),
        cmocka_unit_test(a_cancelled_table_stops_after_the_batch_at_work),
        cmocka_unit_test(a_cancelled_list_of_pairs_stops),
        cmocka_unit_test(a_failing_sink_ends_the_table_with_its_error),
        cmocka_unit_test(a_hundred_thousand_nodes_have_the_same_costs_by_every_method),
        cmocka_unit_test(memory_stays_under_the_bound_stated),
        cmocka_unit_test(a_level_that_is_asked_for_is_the_one_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
