/* Travel costs alone: rows against a slow reference, the same bytes for any threads, limits that
 * hold with both walks, lists with faults, runs that are stopped. */
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
#include "drafts.h"
#include "network/search/hierarchy_build.h"
#include "network/travel/snap.h"
#include "network/travel/trip_rows.h"
#include "network/travel/trips.h"

enum { NODES = 400, ARCS = 1300, FROM = 90, TO = 37, PATH_BYTES = 128 };

typedef struct world {
    char folder[64];
    network *network;
    hierarchy_store *hierarchy; /* NULL: none */
    faults *list;
} world;

static const char *path_in(const world *w, const char *name)
{
    static char paths[8][PATH_BYTES]; /* one test at a time */
    static size_t turn;
    char *path = paths[turn++ % 8];
    (void)snprintf(path, PATH_BYTES, "%s/%s", w->folder, name);
    return path;
}

static void world_start(world *w, bool positions)
{
    error err = {0};
    road_draft d = draft_drawn(11, NODES, ARCS);
    if (!positions) {
        memory_free(d.x);
        memory_free(d.y);
        d.x = d.y = NULL;
        d.positions = POSITIONS_NONE;
    }
    *w = (world){.folder = "/tmp/bassin-trips-XXXXXX"};
    assert_non_null(mkdtemp(w->folder));
    assert_int_equal(network_make(&w->network, &d, 2, NULL, &err), STATUS_OK);
    assert_int_equal(faults_new(&w->list, &err), STATUS_OK);
}

static void world_contract(world *w)
{
    error err;
    assert_int_equal(hierarchy_build(&w->network->to, 2, NULL, &w->hierarchy, &err), STATUS_OK);
    w->network->hierarchy = hierarchy_of(w->hierarchy);
}

static void world_end(world *w)
{
    error err;
    w->network->hierarchy = NULL;
    hierarchy_free(w->hierarchy);
    network_free(w->network);
    faults_free(w->list);
    assert_int_equal(folder_remove(w->folder, &err), STATUS_OK);
}

static void put(const char *path, const char *text)
{
    error err;
    assert_int_equal(file_write_atomic(path, text, strlen(text), &err), STATUS_OK);
}

/* Ids that need quotes, points all over the map, a few far from it. */
static const char *list_by_points(const world *w, const char *name, uint32_t stream, size_t count)
{
    const random_key key = random_key_of(5, "test_trips");
    const char *path = path_in(w, name);
    text_buffer b = {0};
    text_add(&b, "id,lon,lat,name\n");
    for (uint32_t i = 0; i < count; i++) {
        const double far = i % 17 == 4 ? 10 : 0;
        text_add_format(&b, "\"%s %u\"\"\",%.6f,%.6f,x\n", i % 3 ? "p" : "p,q", i,
                        2 + random_uniform(key, stream, i, 0) + far,
                        48 + random_uniform(key, stream, i, 1));
    }
    assert_false(b.failed);
    put(path, b.at);
    text_buffer_clear(&b);
    return path;
}

static const char *list_by_nodes(const world *w, const char *name, uint32_t stream, size_t count,
                                 bool repeat)
{
    const random_key key = random_key_of(6, "test_trips");
    const char *path = path_in(w, name);
    text_buffer b = {0};
    text_add(&b, "id,node\n");
    for (uint32_t i = 0; i < count; i++) {
        random_words r = random_philox(key, i, stream, 0, 0);
        text_add_format(&b, "%u,%u\n", repeat ? i / 3 : i, 10 * (r.word[0] % NODES) + 1);
    }
    assert_false(b.failed);
    put(path, b.at);
    text_buffer_clear(&b);
    return path;
}

static status read_ends(const world *w, const char *path, bool repeat, trip_ends *out)
{
    const trip_ends_options options = {
        .path = path, .network = w->network, .ids_repeat = repeat, .threads = 2};
    return trip_ends_read(&options, out, w->list);
}

/* Costs to `to` by relaxing every arc until nothing changes. */
static road_cost *slow_costs(const network *n, uint32_t to)
{
    road_cost *cost = memory_new(n->node_count, sizeof *cost);
    assert_non_null(cost);
    for (uint32_t i = 0; i < n->node_count; i++)
        cost[i] = i == to ? 0 : ROAD_COST_NONE;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t v = 0; v < n->node_count; v++)
            for (uint32_t a = n->to.start[v]; a < n->to.start[v + 1] && cost[v] != ROAD_COST_NONE;
                 a++) {
                const road_link *l = &n->to.link[a];
                if (cost[v] + road_link_cost(l) < cost[l->node]) {
                    cost[l->node] = cost[v] + road_link_cost(l);
                    changed = true;
                }
            }
    }
    return cost;
}

typedef struct expected {
    text_buffer text;
    trips_totals totals;
} expected;

static void expect_trip(expected *x, const trips_request *r, road_cost drive, size_t i, size_t j)
{
    const uint64_t time = (uint64_t)road_cost_time(drive) + r->from->walk[i] + r->to->walk[j];
    const uint64_t m = (uint64_t)road_cost_m(drive) + r->from->walk_m[i] + r->to->walk_m[j];
    const text_slice a = trip_label(r->from, i), b = trip_label(r->to, j);
    const bool found = drive != ROAD_COST_NONE && time <= r->limit;
    if (found || r->pairs) {
        text_add_n(&x->text, a.at, a.size);
        text_add(&x->text, ",");
        text_add_n(&x->text, b.at, b.size);
        if (found)
            text_add_format(&x->text, ",%.4f,%.3f\n", (double)time / 600.0, (double)m / 1000.0);
        else
            text_add(&x->text, ",,\n");
    }
    x->totals.pairs += found;
    x->totals.time += found ? time : 0;
    x->totals.without += !found;
}

static expected expect(const trips_request *r)
{
    expected x = {0};
    text_add(&x.text, "from,to,minutes,km\n");
    for (size_t j = 0; j < r->to->count; j++) {
        const bool placed = r->to->node[j] != NETWORK_NONE;
        road_cost *cost = placed ? slow_costs(r->network, r->to->node[j]) : NULL;
        for (size_t i = r->pairs ? j : 0; i < (r->pairs ? j + 1 : r->from->count); i++) {
            const uint32_t node = r->from->node[i];
            expect_trip(&x, r, placed && node != NETWORK_NONE ? cost[node] : ROAD_COST_NONE, i, j);
        }
        memory_free(cost);
    }
    assert_false(x.text.failed);
    return x;
}

static void assert_totals(const trips_totals *a, const trips_totals *b)
{
    assert_int_equal(a->pairs, b->pairs);
    assert_int_equal(a->time, b->time);
    assert_int_equal(a->without, b->without);
}

static trips_totals run(const trips_request *r)
{
    error err = {0};
    trips *t = NULL;
    trips_totals totals = {0};
    assert_int_equal(trips_new(&t, r, &err), STATUS_OK);
    assert_true(trips_planned(t)->memory > 0);
    assert_int_equal(trips_run(t, &totals, &err), STATUS_OK);
    trips_free(t);
    return totals;
}

static void assert_file(const char *path, const text_buffer *text)
{
    error err;
    file_view f = {0};
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    assert_int_equal(f.size, text->size);
    assert_memory_equal(f.at, text->at, f.size);
    file_unmap(&f);
}

/* Rows and sums for every number of threads, level of vectors, and room (1: as few to-points at a
 * time as can be, and every row that is early waits on the disk); sums alone too. */
static void check(trips_request r, const char *path)
{
    static const int threads[] = {1, 2, 4, 8, 1, 3};
    static const lanes_level levels[] = {LANES_BEST, LANES_PORTABLE, LANES_AVX2, LANES_AVX512};
    expected x = expect(&r);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        r.threads = threads[i];
        r.level = levels[i % 4];
        r.room = i % 2;
        r.path = path;
        trips_totals totals = run(&r);
        assert_totals(&totals, &x.totals);
        assert_file(path, &x.text);
        r.path = NULL;
        totals = run(&r);
        assert_totals(&totals, &x.totals);
    }
    text_buffer_clear(&x.text);
}

static void check_all(const world *w, const trip_ends *from, const trip_ends *to, bool pairs)
{
    static const uint64_t limits[] = {TRIPS_UNLIMITED, 0, 40, 3000, 18000, 60000};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const trips_request r = {
            .network = w->network, .from = from, .to = to, .limit = limits[i], .pairs = pairs};
        check(r, path_in(w, "out.csv"));
    }
}

/* Without a hierarchy, then with one: every method. */
static void check_limits(world *w, const trip_ends *from, const trip_ends *to, bool pairs)
{
    if (w->network->hierarchy == NULL) {
        check_all(w, from, to, pairs);
        world_contract(w);
    }
    check_all(w, from, to, pairs);
}
static void a_table_by_points_equals_the_slow_reference(void **state)
{
    (void)state;
    world w;
    trip_ends from, to;
    size_t without = 0;
    world_start(&w, true);
    assert_int_equal(read_ends(&w, list_by_points(&w, "a.csv", 1, FROM), false, &from), STATUS_OK);
    assert_int_equal(read_ends(&w, list_by_points(&w, "b.csv", 2, TO), false, &to), STATUS_OK);
    for (size_t i = 0; i < from.count; i++) {
        assert_int_equal(from.walk[i], 9 * from.walk_m[i]);
        assert_true(i % 17 != 4 || from.node[i] == NETWORK_NONE);
        without += from.node[i] == NETWORK_NONE;
    }
    assert_int_equal(from.far, without);
    assert_true(without < FROM / 2);
    check_limits(&w, &from, &to, false);
    trip_ends_clear(&from);
    trip_ends_clear(&to);
    world_end(&w);
}

static void a_table_by_nodes_equals_the_slow_reference(void **state)
{
    (void)state;
    for (int positions = 0; positions < 2; positions++) {
        world w;
        trip_ends from, to;
        world_start(&w, positions != 0);
        assert_int_equal(read_ends(&w, list_by_nodes(&w, "a.csv", 1, FROM, false), false, &from),
                         STATUS_OK);
        assert_int_equal(read_ends(&w, list_by_nodes(&w, "b.csv", 2, TO, false), false, &to),
                         STATUS_OK);
        assert_true(from.split > 0);
        assert_int_equal(from.far, 0);
        check_limits(&w, &from, &to, false);
        trip_ends_clear(&from);
        trip_ends_clear(&to);
        world_end(&w);
    }
}

static void pairs_equal_the_slow_reference(void **state)
{
    (void)state;
    world w;
    trip_ends from, to;
    world_start(&w, true);
    assert_int_equal(read_ends(&w, list_by_nodes(&w, "a.csv", 3, FROM, true), true, &from),
                     STATUS_OK);
    assert_int_equal(read_ends(&w, list_by_points(&w, "b.csv", 4, FROM), true, &to), STATUS_OK);
    check_limits(&w, &from, &to, true);
    trip_ends_clear(&from);
    trip_ends_clear(&to);
    world_end(&w);
}

static void nothing_to_nothing_is_a_header(void **state)
{
    (void)state;
    world w;
    trip_ends from, to;
    world_start(&w, true);
    put(path_in(&w, "a.csv"), "id,node\n");
    assert_int_equal(read_ends(&w, path_in(&w, "a.csv"), false, &from), STATUS_OK);
    put(path_in(&w, "b.csv"), "id;lon;lat\nfar;-60,5;12,25\n");
    assert_int_equal(read_ends(&w, path_in(&w, "b.csv"), false, &to), STATUS_OK);
    assert_int_equal(to.far, 1);
    check_limits(&w, &from, &to, false);
    check_limits(&w, &to, &from, false);
    check_limits(&w, &to, &to, true);
    trip_ends_clear(&from);
    trip_ends_clear(&to);
    world_end(&w);
}

/* --- numbers --- */

static void minutes_are_the_integers_again(void **state)
{
    (void)state;
    static const uint32_t units[] = {60, 600, 60000};
    for (size_t u = 0; u < 3; u++) {
        const network n = {.units_per_minute = units[u], .lengths = true};
        trip_ends e = {
            .label_start = (uint64_t[]){0, 0}, .labels = (char[]){0}, .word = (uint32_t[]){0}};
        const trip_rows r = trip_rows_of(&n, &e, &e);
        for (uint64_t t = 0; t < 20000000; t = t < 200000 ? t + 1 : t + 9973) {
            char row[128];
            char *end = trip_row_put(&r, row, 0, 0, t, 1234567);
            *end = '\0';
            assert_int_equal(llround(strtod(row + 2, NULL) * units[u]), t);
            assert_string_equal(strchr(row + 2, ','), ",1234.567\n");
        }
    }
}

static void lengths_that_nothing_gives_are_empty(void **state)
{
    (void)state;
    char row[128];
    const network n = {.units_per_minute = 60};
    trip_ends e = {
        .label_start = (uint64_t[]){0, 1}, .labels = (char[]){'a'}, .word = (uint32_t[]){0}};
    const trip_rows r = trip_rows_of(&n, &e, &e);
    *trip_row_put(&r, row, 0, 0, 90, 0) = '\0';
    assert_string_equal(row, "a,a,1.500,\n");
    assert_int_equal(snap_walk(&n, 100), 90);
    assert_int_equal(snap_walk(&n, 1), 1); /* 0.9 s */
}

/* --- lists at fault --- */

static bool told(const world *w, uint64_t line, const char *text)
{
    for (size_t i = 0; i < faults_count(w->list); i++) {
        const fault *f = faults_at(w->list, i);
        if (f->line == line && strstr(f->en, text) != NULL)
            return true;
    }
    return false;
}

static void every_fault_of_a_list_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t line;
        const char *says;
    } cases[] = {
        {"id,lon,lat\na,2.5,48.5\nb,200,48\nc,2,-91\n", 3, "lon"},
        {"id,lon,lat\na,2.5,48.5\nb,200,48\nc,2,-91\n", 4, "lat"},
        {"id,lon,lat\na,2.5,48.5\nb,,48\n,2,48\n", 3, "\"lon\" is empty"},
        {"id,lon,lat\na,2.5,48.5\nb,,48\n,2,48\n", 4, "\"id\" is empty"},
        {"id,lon,lat\na,2.5,48.5\na,2,48\n", 3, "a"},
        {"id,node\na,1\nb,2\nc,3\n", 3, "no node 2"},
        {"id,node\na,1\nb,2\nc,3\n", 4, "no node 3"},
        {"id,node\na,1\nb,2.5\n", 3, "2.5"},
        {"id,x,y\na,1,2\n", 1, "columns \"lon\" and \"lat\""},
        {"name,lon,lat\na,1,2\n", 1, "id"},
        {"id,lon,lat\na,2.5,48.5,7\n", 2, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        trip_ends e;
        world_start(&w, true);
        put(path_in(&w, "a.csv"), cases[i].text);
        assert_int_equal(read_ends(&w, path_in(&w, "a.csv"), false, &e), STATUS_INPUT);
        if (!told(&w, cases[i].line, cases[i].says))
            fail_msg("case %zu is not told", i);
        trip_ends_clear(&e);
        world_end(&w);
    }
}

static void many_faults_are_counted(void **state)
{
    (void)state;
    world w;
    trip_ends e;
    text_buffer b = {0};
    world_start(&w, true);
    text_add(&b, "id,node\n");
    for (int i = 0; i < 80; i++)
        text_add_format(&b, "p%d,%d\n", i, 10 * i + 2);
    put(path_in(&w, "a.csv"), b.at);
    text_buffer_clear(&b);
    assert_int_equal(read_ends(&w, path_in(&w, "a.csv"), false, &e), STATUS_INPUT);
    assert_int_equal(faults_count(w.list), 51);
    assert_true(told(&w, 0, "and 30 more"));
    trip_ends_clear(&e);
    world_end(&w);
}

static void points_without_a_network_in_degrees(void **state)
{
    (void)state;
    world w;
    trip_ends e;
    world_start(&w, false);
    assert_int_equal(read_ends(&w, list_by_points(&w, "a.csv", 1, 3), false, &e), STATUS_INPUT);
    assert_true(told(&w, 1, "no coordinates"));
    trip_ends_clear(&e);
    world_end(&w);
}

/* --- runs that do not end well --- */

static void a_stopped_run_leaves_the_earlier_file(void **state)
{
    (void)state;
    world w;
    trip_ends from;
    error err = {0};
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    trips_totals totals;
    world_start(&w, true);
    assert_int_equal(read_ends(&w, list_by_points(&w, "a.csv", 1, FROM), false, &from), STATUS_OK);
    const char *path = path_in(&w, "out.csv");
    put(path, "earlier\n");
    for (int pairs = 0; pairs < 2; pairs++) {
        trips *t = NULL;
        const trips_request r = {.network = w.network,
                                 .from = &from,
                                 .to = &from,
                                 .limit = TRIPS_UNLIMITED,
                                 .pairs = pairs != 0,
                                 .path = path,
                                 .progress = &p};
        assert_int_equal(trips_new(&t, &r, &err), STATUS_OK);
        assert_int_equal(trips_run(t, &totals, &err), STATUS_INTERRUPTED);
        assert_non_null(strstr(err.en, "nothing is written"));
        trips_free(t);
        assert_file(path, &(text_buffer){.at = (char[]){"earlier\n"}, .size = 8});
    }
    trip_ends_clear(&from);
    world_end(&w);
}

static void a_full_disk_is_the_environment(void **state)
{
    (void)state;
    world w;
    trip_ends from;
    error err = {0};
    trips_totals totals;
    world_start(&w, true);
    assert_int_equal(read_ends(&w, list_by_points(&w, "a.csv", 1, FROM), false, &from), STATUS_OK);
    for (int pairs = 0; pairs < 2; pairs++) {
        trips *t = NULL;
        const trips_request r = {.network = w.network,
                                 .from = &from,
                                 .to = &from,
                                 .limit = TRIPS_UNLIMITED,
                                 .pairs = pairs != 0,
                                 .path = "/dev/full"};
        assert_int_equal(trips_new(&t, &r, &err), STATUS_OK);
        assert_int_equal(trips_run(t, &totals, &err), STATUS_ENVIRONMENT);
        assert_non_null(strstr(err.en, "/dev/full"));
        trips_free(t);
    }
    trip_ends_clear(&from);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_by_points_equals_the_slow_reference),
        cmocka_unit_test(a_table_by_nodes_equals_the_slow_reference),
        cmocka_unit_test(pairs_equal_the_slow_reference),
        cmocka_unit_test(nothing_to_nothing_is_a_header),
        cmocka_unit_test(minutes_are_the_integers_again),
        cmocka_unit_test(lengths_that_nothing_gives_are_empty),
        cmocka_unit_test(every_fault_of_a_list_is_told_with_its_line),
        cmocka_unit_test(many_faults_are_counted),
        cmocka_unit_test(points_without_a_network_in_degrees),
        cmocka_unit_test(a_stopped_run_leaves_the_earlier_file),
        cmocka_unit_test(a_full_disk_is_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
