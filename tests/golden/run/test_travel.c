/* `bassin travel` and `bassin explain`, run as people run them, over networks drawn here. */
#include "tests/golden/run/program.h"

#include <math.h>

#include "base/files.h"
#include "base/text.h"
#include "network/graph/network_file.h"
#include "tests/unit/network/slow_search.h"

/* Memory and speed are then not the program's own. */
#if defined(__has_feature)
#define SANITIZER_OF_CLANG (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZER_OF_CLANG 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || SANITIZER_OF_CLANG
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* --- networks --- */

typedef struct drawing {
    road_draft draft;
    size_t words_size;
} drawing;

static void drawing_start(drawing *d, uint32_t units_per_minute, network_positions positions,
                          size_t nodes)
{
    *d = (drawing){.draft = {.node_count = nodes,
                             .units_per_minute = units_per_minute,
                             .positions = positions,
                             .lengths = true}};
    d->draft.node_id = memory_new(nodes, sizeof *d->draft.node_id);
    d->draft.x = memory_new(nodes, sizeof *d->draft.x);
    d->draft.y = memory_new(nodes, sizeof *d->draft.y);
    assert_true(d->draft.node_id && d->draft.x && d->draft.y);
}

static void draw_arc(drawing *d, uint32_t from, uint32_t to, uint32_t time, uint32_t length_m,
                     uint32_t way)
{
    error err;
    const draft_arc arc = {.from = from, .to = to, .time = time, .length_m = length_m, .way = way};
    assert_int_equal(road_draft_arc(&d->draft, arc, &err), STATUS_OK);
}

static void draw_both(drawing *d, uint32_t a, uint32_t b, uint32_t time, uint32_t length_m,
                      uint32_t way)
{
    draw_arc(d, a, b, time, length_m, way);
    draw_arc(d, b, a, time, length_m, way);
}

/* Ways 100, 101...: a name and a class each. */
static void draw_ways(drawing *d, size_t count, const char *const (*words)[2])
{
    road_draft *r = &d->draft;
    size_t size = 1;
    r->way_count = count;
    r->word_count = 1 + 2 * count;
    r->way_id = memory_new(count, sizeof *r->way_id);
    r->way_name = memory_new(count, sizeof *r->way_name);
    r->way_class = memory_new(count, sizeof *r->way_class);
    r->word_start = memory_new(r->word_count + 1, sizeof *r->word_start);
    r->word_bytes = memory_new(1000, 1);
    assert_true(r->way_id && r->way_name && r->way_class && r->word_start && r->word_bytes);
    r->word_start[1] = 1;
    for (uint32_t w = 0; w < 2 * count; w++) {
        const char *word = words[w / 2][w % 2];
        memcpy(r->word_bytes + size, word, strlen(word) + 1);
        size += strlen(word) + 1;
        r->word_start[w + 2] = size;
        (w % 2 ? r->way_class : r->way_name)[w / 2] = w + 1;
        r->way_id[w / 2] = 100 + w / 2;
    }
}

static void drawing_save(drawing *d, const char *path)
{
    error err = {0};
    network *n = NULL;
    assert_int_equal(network_make(&n, &d->draft, 1, NULL, &err), STATUS_OK);
    assert_int_equal(network_save(n, NULL, path, 1, NULL, &err), STATUS_OK);
    network_free(n);
}

/* Six nodes 11 to 16 in a street, 100 m and 12 s apart, each way; 17 is left by a one-way street
 * only, so that nothing leads there; 18 and 19 stand apart. */
static void street(const char *path)
{
    static const char *const words[][2] = {{"Rue de l’Église", "residential"},
                                           {"Grand-Rue", "primary"}};
    drawing d;
    drawing_start(&d, 600, POSITIONS_DEGREES, 9);
    for (uint32_t i = 0; i < 9; i++) {
        d.draft.node_id[i] = 11 + i;
        d.draft.x[i] = 20000000 + (int32_t)i * 13400 + (i > 6 ? 400000 : 0);
        d.draft.y[i] = 480000000;
    }
    for (uint32_t i = 0; i < 5; i++)
        draw_both(&d, i, i + 1, 120, 100, i / 3);
    draw_arc(&d, 6, 5, 60, 90, NETWORK_NONE);
    draw_both(&d, 7, 8, 10, 20, NETWORK_NONE);
    draw_ways(&d, 2, words);
    drawing_save(&d, path);
}

/* A grid of side * side nodes, ids from 1, arcs of 3 to 9 units. */
static void grid(const char *path, uint32_t side)
{
    drawing d;
    drawing_start(&d, 600, POSITIONS_METRES, (size_t)side * side);
    for (uint32_t i = 0; i < side * side; i++) {
        d.draft.node_id[i] = i + 1;
        d.draft.x[i] = (int32_t)(i % side) * 50;
        d.draft.y[i] = (int32_t)(i / side) * 50;
        if (i % side + 1 < side)
            draw_both(&d, i, i + 1, 3 + i % 7, 50, NETWORK_NONE);
        if (i / side + 1 < side)
            draw_both(&d, i, i + side, 3 + i % 5, 50, NETWORK_NONE);
    }
    drawing_save(&d, path);
}

static void node_list(const char *path, uint32_t first, uint32_t count, uint32_t step)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs("id,node\n", out) >= 0);
    for (uint32_t i = 0; i < count; i++)
        assert_true(fprintf(out, "%u,%u\n", first + i * step, first + i * step) > 0);
    assert_int_equal(fclose(out), 0);
}

/* --- a folder with a network and two lists --- */

typedef struct stage {
    char folder[64], net[256], a[256], b[256], out[256];
    said *said;
} stage;

static void stage_start(stage *s)
{
    folder_new(s->folder);
    (void)in_folder(s->net, s->folder, "streets.net");
    (void)in_folder(s->a, s->folder, "a.csv");
    (void)in_folder(s->b, s->folder, "b.csv");
    (void)in_folder(s->out, s->folder, "out.csv");
    s->said = malloc(sizeof *s->said);
    assert_non_null(s->said);
}

static void stage_end(stage *s)
{
    free(s->said);
    folder_drop(s->folder);
}

static void assert_file(const char *path, const char *text)
{
    error err;
    file_view f = {0};
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    if (f.size != strlen(text) || memcmp(f.at, text, f.size) != 0)
        fail_msg("%s holds:\n%.*s", path, (int)f.size, f.at);
    file_unmap(&f);
}

static void assert_said(const stage *s, int code, const char *text)
{
    if (s->said->code != code || strstr(s->said->text, text) == NULL)
        fail_msg("exit %d, said:\n%s", s->said->code, s->said->text);
}

/* --- travel --- */

static void a_table_has_the_rows_that_have_a_path(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    street(s.net);
    file_put(s.a, "id,node\nwest,11\n\"a, b\",17\nalone,18\n");
    file_put(s.b, "id,node\neast,16\nmiddle,13\nend,17\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--summary", "-o", s.out);
    assert_file(s.out, "from,to,minutes,km\n"
                       "west,east,1.0000,0.500\n"
                       "\"a, b\",east,0.1000,0.090\n"
                       "west,middle,0.4000,0.200\n"
                       "\"a, b\",middle,0.7000,0.390\n"
                       "\"a, b\",end,0.0000,0.000\n");
    assert_said(&s, 0, "{\"pairs\":5,\"sum\":1320}\n");
    assert_said(&s, 0, "memory: at most ");
    assert_said(&s, 0, "trips: 5; pairs without a path: 4");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--max-minutes", "0,4", "-o",
            s.out);
    assert_file(s.out, "from,to,minutes,km\n"
                       "\"a, b\",east,0.1000,0.090\n"
                       "west,middle,0.4000,0.200\n"
                       "\"a, b\",end,0.0000,0.000\n");
    stage_end(&s);
}

/* 48° north: 0.00134 degrees of longitude are 100 m; points stand 30 m beside their node. */
static void points_walk_to_the_network(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    street(s.net);
    file_put(s.a, "id;lon;lat\nwest;2,0;48,00027\nfar;2;49\n");
    file_put(s.b, "id,lon,lat\neast,2.0067,48\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.out);
    assert_file(s.out, "from,to,minutes,km\nwest,east,1.4500,0.530\n");
    assert_said(&s, 0, "a.csv:3: warning: \"far\" is farther than 5 km from the network: no trip");
    assert_said(&s, 0, "too far, no trip: 1");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--max-minutes", "1.45", "-o",
            "-");
    assert_said(&s, 0, "from,to,minutes,km\nwest,east,1.4500,0.530\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--max-minutes", "1.4499",
            "--summary");
    assert_said(&s, 0, "{\"pairs\":0,\"sum\":0}\n");
    stage_end(&s);
}

static void pairs_go_row_by_row(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    street(s.net);
    file_put(s.a, "id,node\nh1,11\nh1,11\nh2,18\nh3,12\n");
    file_put(s.b, "id,node\nw1,13\nw2,16\nw2,16\nw1,13\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--pairs", "--summary", "-o",
            s.out);
    assert_file(s.out, "from,to,minutes,km\n"
                       "h1,w1,0.4000,0.200\nh1,w2,1.0000,0.500\nh2,w2,,\nh3,w1,0.2000,0.100\n");
    assert_said(&s, 0, "{\"pairs\":3,\"sum\":960}\n");
    file_put(s.b, "id,node\nw1,13\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--pairs", "-o", s.out);
    assert_said(&s, 1, "from 4, to 1, as many");
    stage_end(&s);
}

static void what_is_wrong_is_said_at_once(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    street(s.net);
    PROGRAM(s.said, "travel");
    assert_said(&s, 64, "the network (bassin network FILE -o NET) is missing");
    assert_said(&s, 64, "--from (where trips begin) is missing");
    assert_said(&s, 64, "-o (the table to write) or --summary is missing");
    file_put(s.a, "id,node\na,11\na,12\nb,99\n");
    file_put(s.b, "id,lon,lat\na,200,48\n");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.out);
    assert_said(&s, 1, "a.csv:3");
    assert_said(&s, 1, "b.csv:2");
    assert_false(file_there(s.out));
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.a);
    assert_said(&s, 1, "the file written would be a file read");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.out, "--max-minutes",
            "ten");
    assert_said(&s, 64, "--max-minutes wants a positive number of minutes, not \"ten\"");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.out, "--max-minutes",
            "1e9");
    assert_said(&s, 64, "--max-minutes goes up to ");
    PROGRAM(s.said, "travel", s.a, "--from", s.a, "--to", s.b, "-o", s.out);
    assert_said(&s, 1, "bassin network");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "--summary", "-o", "-");
    assert_said(&s, 64, "would go to the same output");
    stage_end(&s);
}

static void the_same_bytes_for_any_threads(void **state)
{
    (void)state;
    static const char *const threads[] = {"1", "2", "4", "8"};
    stage s;
    char digest[65] = "", first[65] = "";
    stage_start(&s);
    grid(s.net, 60);
    node_list(s.a, 1, 900, 4);
    node_list(s.b, 2, 300, 12);
    char results[256];
    (void)in_folder(results, s.folder, "results");
    error err;
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(folder_make(results, &err), STATUS_OK);
        (void)in_folder(s.out, results, "out.csv");
        const char *arguments[] = {"travel",
                                   s.net,
                                   "--from",
                                   s.a,
                                   "--to",
                                   s.b,
                                   "-o",
                                   s.out,
                                   "-j",
                                   threads[i % 4],
                                   i < 4 ? NULL : "--max-minutes",
                                   "0.5",
                                   NULL};
        program_run(s.said, arguments, 0);
        assert_said(&s, 0, "trips: ");
        tree_digest(digest, results);
        if (i % 4 == 0)
            memcpy(first, digest, sizeof first);
        assert_string_equal(digest, first);
    }
    stage_end(&s);
}

static void a_full_disk_is_exit_3(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    grid(s.net, 60);
    node_list(s.a, 1, 900, 4);
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.a, "-o", "/dev/full");
    assert_said(&s, 3, "/dev/full");
    PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.a, "-o", "/nowhere/out.csv");
    assert_said(&s, 3, "/nowhere/out.csv");
    stage_end(&s);
}

/* Hours of work, stopped: the test's own limit is minutes. */
static void control_c_ends_it_and_leaves_the_earlier_file(void **state)
{
    (void)state;
    stage s;
    stage_start(&s);
    grid(s.net, 400);
    node_list(s.a, 1, 160000, 1);
    file_put(s.out, "earlier\n");
    const char *const tables[] = {"travel", s.net, "--from", s.a, "--to", s.a, "-o", s.out, NULL};
    program_run(s.said, tables, 3000);
    assert_said(&s, 130, "interrupted on request: nothing is written");
    assert_file(s.out, "earlier\n");
    stage_end(&s);
}

static long number_after(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    assert_non_null(at);
    return strtol(at + strlen(key), NULL, 10);
}

/* The bound that was printed, held. */
static void memory_stays_under_the_bound_that_was_printed(void **state)
{
    (void)state;
    if (SANITIZED)
        skip();
    stage s;
    stage_start(&s);
    grid(s.net, 200);
    node_list(s.a, 1, 20000, 2);
    node_list(s.b, 1, 400, 97);
    static const char *const threads[] = {"1", "4"};
    for (size_t i = 0; i < 2; i++) {
        PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-j", threads[i], "-o", s.out,
                "--json");
        assert_said(&s, 0, "\"pairs\":8000000");
        const long bound_mib = number_after(s.said->text, "\"memory_mib\":");
        const char *step = strstr(s.said->text, "\"step\",\"id\":\"travel\"");
        assert_non_null(step);
        const long held_kib = number_after(step, "\"peak_kib\":");
        if (held_kib / 1024 >= bound_mib)
            fail_msg("%ld KiB held, %ld MiB said", held_kib, bound_mib);
    }
    stage_end(&s);
}

/* --- explain --- */

static void a_path_is_told_way_by_way(void **state)
{
    (void)state;
    stage s;
    char geojson[256];
    stage_start(&s);
    street(s.net);
    (void)in_folder(geojson, s.folder, "path.geojson");
    PROGRAM(s.said, "explain", s.net, "--from", "2.0,48.00027", "--to", "16", "-o", geojson);
    assert_said(&s, 0, "from node 11 to node 16, by 6 nodes");
    assert_said(&s, 0, "0.030 km       27.0 s     4 km/h  on foot to the network");
    assert_said(&s, 0,
                "1      0.300 km       36.0 s    30 km/h  residential  Rue de l’Église  (100)");
    assert_said(&s, 0, "2      0.200 km       24.0 s    30 km/h  primary  Grand-Rue  (101)");
    assert_said(&s, 0,
                "0.530 km       87.0 s    22 km/h  in all: 1.45 min (870 units, 600 a minute)");
    assert_file(
        geojson,
        "{\"type\":\"FeatureCollection\",\"bassin\":{\"time_units\":870,\"units_per_minute\":600,"
        "\"seconds\":87.0,\"length_m\":530},\"features\":[\n"
        "{\"type\":\"Feature\",\"properties\":{\"kind\":\"walk\",\"step\":0,\"length_m\":30,"
        "\"seconds\":27.0},\"geometry\":{\"type\":\"LineString\",\"coordinates\":["
        "[2.0000000,48.0002700],[2.0000000,48.0000000]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"kind\":\"way\",\"step\":1,\"way\":100,"
        "\"name\":\"Rue de l’Église\",\"class\":\"residential\",\"length_m\":300,"
        "\"seconds\":36.0,\"kmh\":30.0},\"geometry\":{\"type\":\"LineString\",\"coordinates\":["
        "[2.0000000,48.0000000],[2.0013400,48.0000000],[2.0026800,48.0000000],"
        "[2.0040200,48.0000000]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"kind\":\"way\",\"step\":2,\"way\":101,"
        "\"name\":\"Grand-Rue\",\"class\":\"primary\",\"length_m\":200,"
        "\"seconds\":24.0,\"kmh\":30.0},\"geometry\":{\"type\":\"LineString\",\"coordinates\":["
        "[2.0040200,48.0000000],[2.0053600,48.0000000],[2.0067000,48.0000000]]}}\n"
        "]}\n");
    PROGRAM(s.said, "explain", s.net, "--from", "11", "--to", "18", "--lang", "fr");
    assert_said(&s, 1, "aucun chemin entre ces deux points");
    PROGRAM(s.said, "explain", s.net, "--from", "12", "--to", "12");
    assert_said(&s, 0, "in all: 0.00 min (0 units, 600 a minute)");
    PROGRAM(s.said, "explain", s.net, "--from", "2.0", "--to", "99");
    assert_said(&s, 1, "\"2.0\": longitude,latitude");
    assert_said(&s, 1, "no node 99");
    PROGRAM(s.said, "explain", s.net, "--from", "11", "--to", "16", "-o", s.net);
    assert_said(&s, 1, "the file written would be a file read");
    PROGRAM(s.said, "explain", s.net, "--from", "11", "--to", "16");
    assert_said(&s, 0, "in all: "); /* it is still there */
    PROGRAM(s.said, "explain", s.folder, "places", "77001", "minutes_nearest");
    assert_said(&s, 64, "--network (the network of the run) is missing");
    PROGRAM(s.said, "explain", s.folder, "totals", "a", "b", "--network", s.net);
    assert_said(&s, 64, "travel times of places are explained");
    stage_end(&s);
}

/* --- the roads of the demonstration --- */

/* Rows of every from-node to every to-node by the slow reference, with ids for names. */
static void slow_table(text_buffer *out, const network *n, const uint32_t *from, size_t from_count,
                       const uint32_t *to, size_t to_count)
{
    road_cost *cost = memory_new(n->node_count, sizeof *cost);
    assert_non_null(cost);
    text_add(out, "from,to,minutes,km\n");
    for (size_t j = 0; j < to_count; j++) {
        slow_search(&n->to, to[j], UINT32_MAX - 1, cost);
        for (size_t i = 0; i < from_count; i++)
            if (cost[from[i]] != ROAD_COST_NONE)
                text_add_format(out, "%lld,%lld,%.4f,%.3f\n", (long long)n->node_id[from[i]],
                                (long long)n->node_id[to[j]], road_cost_time(cost[from[i]]) / 600.0,
                                road_cost_m(cost[from[i]]) / 1000.0);
    }
    memory_free(cost);
    assert_false(out->failed);
}

static void id_list(const char *path, const network *n, const uint32_t *node, size_t count)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs("id,node\n", out) >= 0);
    for (size_t i = 0; i < count; i++)
        assert_true(fprintf(out, "%lld,%lld\n", (long long)n->node_id[node[i]],
                            (long long)n->node_id[node[i]]) > 0);
    assert_int_equal(fclose(out), 0);
}

/* The total of `explain`, in units. */
static long long explained(stage *s, int64_t from, int64_t to)
{
    char a[32], b[32];
    (void)snprintf(a, sizeof a, "%lld", (long long)from);
    (void)snprintf(b, sizeof b, "%lld", (long long)to);
    PROGRAM(s->said, "explain", s->net, "--from", a, "--to", b);
    assert_said(s, 0, "in all: ");
    const char *at = strchr(strstr(s->said->text, "in all: "), '(');
    long long units = 0;
    assert_non_null(at);
    for (at++; *at == ',' || (*at >= '0' && *at <= '9'); at++)
        units = *at == ',' ? units : 10 * units + (*at - '0');
    return units;
}

/* By searches and by the hierarchy, the slow reference's rows; and explain's totals are its costs.
 */
static void demo_roads_give_the_rows_of_the_slow_reference(void **state)
{
    (void)state;
    enum { FROM = 60, TO = 35 };
    static const char *const ways[] = {"--no-hierarchy", NULL};
    stage s;
    char demo[256], roads[300];
    uint32_t from[FROM], to[TO];
    stage_start(&s);
    (void)in_folder(demo, s.folder, "demo");
    PROGRAM(s.said, "demo", "-o", demo, "--communes", "40");
    assert_said(&s, 0, "results");
    (void)snprintf(roads, sizeof roads, "%s/data/routes.osm.pbf", demo);
    for (size_t w = 0; w < 2; w++) {
        error err = {0};
        network *n = NULL;
        text_buffer expected = {0};
        PROGRAM(s.said, "network", roads, "-o", s.net, ways[w]);
        assert_said(&s, 0, "nodes: ");
        assert_int_equal(network_open(&n, s.net, 1, NULL, &err), STATUS_OK);
        assert_int_equal(n->hierarchy == NULL, w == 0);
        for (uint32_t i = 0; i < FROM; i++)
            from[i] = (i * 7919) % n->node_count;
        for (uint32_t i = 0; i < TO; i++)
            to[i] = (i * 104729 + 5) % n->node_count;
        id_list(s.a, n, from, FROM);
        id_list(s.b, n, to, TO);
        slow_table(&expected, n, from, FROM, to, TO);
        PROGRAM(s.said, "travel", s.net, "--from", s.a, "--to", s.b, "-o", s.out);
        assert_said(&s, 0, w == 0 ? "a search from each point" : "a sweep of the hierarchy");
        assert_file(s.out, expected.at);
        road_cost *cost = memory_new(n->node_count, sizeof *cost);
        assert_non_null(cost);
        slow_search(&n->to, to[0], UINT32_MAX - 1, cost);
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(explained(&s, n->node_id[from[i]], n->node_id[to[0]]),
                             road_cost_time(cost[from[i]]));
        memory_free(cost);
        text_buffer_clear(&expected);
        network_free(n);
    }
    (void)snprintf(roads, sizeof roads, "%s/results", demo);
    PROGRAM(s.said, "explain", roads, "places", "96002", "minutes_nearest", "--network", s.net);
    assert_said(&s, 0, "places, 96002, minutes_nearest: ");
    assert_null(strstr(s.said->text, "differs")); /* 96002 is no dense commune: no parking */
    PROGRAM(s.said, "explain", roads, "places", "none", "minutes_nearest", "--network", s.net);
    assert_said(&s, 1, "no row 'none' in this table");
    stage_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_has_the_rows_that_have_a_path),
        cmocka_unit_test(points_walk_to_the_network),
        cmocka_unit_test(pairs_go_row_by_row),
        cmocka_unit_test(what_is_wrong_is_said_at_once),
        cmocka_unit_test(the_same_bytes_for_any_threads),
        cmocka_unit_test(a_full_disk_is_exit_3),
        cmocka_unit_test(control_c_ends_it_and_leaves_the_earlier_file),
        cmocka_unit_test(memory_stays_under_the_bound_that_was_printed),
        cmocka_unit_test(a_path_is_told_way_by_way),
        cmocka_unit_test(demo_roads_give_the_rows_of_the_slow_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
