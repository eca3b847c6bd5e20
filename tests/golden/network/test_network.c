/* `bassin network`, as people run it: what it says, and the file that it leaves or does not. */
#include "tests/golden/run/program.h"

#include <dirent.h>
#include <time.h>

#include "base/files.h"
#include "base/text.h"
#include "network/graph/network_file.h"
#include "network/graph/network_ids.h"
#include "network/source/pbf.h"

typedef struct bench {
    char folder[64];
    char gr[256], co[256], net[256];
} bench;

static said heard;

/* A town of `side` x `side` crossings, streets both ways. */
static void town_write(const bench *b, int side)
{
    text_buffer gr = {0}, co = {0};
    text_add_format(&gr, "c a town\np sp %d %d\n", side * side, 4 * side * (side - 1));
    text_add_format(&co, "p aux sp co %d\n", side * side);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            int here = y * side + x + 1, weight = 8000 + 37 * x % 900 + 53 * y % 700;
            text_add_format(&co, "v %d %d %d\n", here, 650000 + 100 * x, 6860000 + 100 * y);
            if (x + 1 < side) {
                text_add_format(&gr, "a %d %d %d\na %d %d %d\n", here, here + 1, weight, here + 1,
                                here, weight + 5);
            }
            if (y + 1 < side) {
                text_add_format(&gr, "a %d %d %d\na %d %d %d\n", here, here + side, weight + 11,
                                here + side, here, weight + 3);
            }
        }
    }
    assert_false(gr.failed || co.failed);
    file_put(b->gr, gr.at);
    file_put(b->co, co.at);
    text_buffer_clear(&gr);
    text_buffer_clear(&co);
}

static int bench_open(void **state)
{
    bench *b = calloc(1, sizeof *b);
    *state = b;
    folder_new(b->folder);
    (void)in_folder(b->gr, b->folder, "town.gr");
    (void)in_folder(b->co, b->folder, "town.co");
    (void)in_folder(b->net, b->folder, "town.net");
    return 0;
}

static int bench_close(void **state)
{
    bench *b = *state;
    folder_drop(b->folder);
    free(b);
    return 0;
}

static void assert_says(const char *text)
{
    if (strstr(heard.text, text) == NULL) {
        fail_msg("says nothing of \"%s\": %s", text, heard.text);
    }
}

static size_t files_in(const char *folder)
{
    size_t count = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        count += e->d_name[0] != '.' || strlen(e->d_name) > 2;
    }
    (void)closedir(d);
    return count;
}

static network *opened(const char *path)
{
    error err = {0};
    network *n = NULL;
    if (network_open(&n, path, 2, NULL, &err)) {
        fail_msg("%s", err.en);
    }
    return n;
}

static const char *fact_of(const network *n, const char *key)
{
    for (uint32_t i = 0; i < n->fact_count; i++) {
        if (strcmp(n->facts[i].key, key) == 0) {
            return n->facts[i].value;
        }
    }
    return "";
}

static void a_graph_becomes_a_network(void **state)
{
    const bench *b = *state;
    town_write(b, 30);
    PROGRAM(&heard, "--lang", "en", "network", b->gr, "--coordinates", b->co, "--coordinates-unit",
            "m", "-o", b->net);
    assert_int_equal(heard.code, 0);
    assert_says("memory: at most");
    assert_says("nodes: 900; arcs: 3,480; components: 1");
    assert_says("main component: 900 nodes (100.00 %); points snap to it, up to 5000 m away");
    assert_says("times in milliseconds, lengths: metres");
    assert_says("hierarchy: ");
    network *n = opened(b->net);
    network_ids *ids = NULL;
    error err = {0};
    assert_int_equal(n->node_count, 900);
    assert_int_equal(n->units_per_minute, 60000);
    assert_int_equal(n->positions, POSITIONS_METRES);
    assert_non_null(n->hierarchy);
    assert_string_equal(fact_of(n, "lengths"), "straight lines between positions");
    assert_int_equal(strlen(fact_of(n, "source_sha256")), 64);
    assert_int_equal(strlen(fact_of(n, "coordinates_sha256")), 64);
    assert_int_equal(network_ids_new(&ids, n, &err), STATUS_OK);
    uint32_t node = network_ids_trips(ids, 31); /* first of the second row */
    assert_true(n->x[node] == 650000 && n->y[node] == 6860100);
    for (uint32_t i = n->to.start[node]; i < n->to.start[node + 1]; i++) {
        assert_int_equal(n->to.link[i].length_m, 100);
    }
    network_ids_free(ids);
    network_free(n);
}

static void any_number_of_threads_writes_the_same_bytes(void **state)
{
    const bench *b = *state;
    char other[256];
    town_write(b, 40);
    PROGRAM(&heard, "network", b->gr, "-o", b->net, "-j", "1");
    assert_int_equal(heard.code, 0);
    for (int threads = 2; threads <= 8; threads *= 2) {
        char j[16];
        (void)snprintf(j, sizeof j, "%d", threads);
        PROGRAM(&heard, "network", b->gr, "-o", in_folder(other, b->folder, "other.net"), "-j", j);
        assert_int_equal(heard.code, 0);
        assert_true(same_file(b->net, other));
    }
}

static void without_positions_or_hierarchy_it_says_so(void **state)
{
    const bench *b = *state;
    town_write(b, 10);
    PROGRAM(&heard, "--lang", "fr", "network", b->gr, "-o", b->net, "--no-hierarchy",
            "--weight-unit", "ds");
    assert_int_equal(heard.code, 0);
    assert_says("sans positions, seuls des numéros de nœuds");
    assert_says("temps en dixièmes de seconde, longueurs : aucune");
    assert_says("sans hiérarchie");
    network *n = opened(b->net);
    assert_null(n->hierarchy);
    assert_null(n->x);
    assert_false(n->lengths);
    assert_int_equal(n->units_per_minute, 600);
    network_free(n);
}

static void events_are_json(void **state)
{
    const bench *b = *state;
    town_write(b, 10);
    PROGRAM(&heard, "network", b->gr, "-o", b->net, "--json");
    assert_int_equal(heard.code, 0);
    assert_says("{\"event\":\"memory\",\"bytes\":");
    assert_says("{\"event\":\"begin\",\"id\":\"hierarchy\"");
    assert_says("\"nodes\":100,\"arcs\":360,\"components\":1,\"main_nodes\":100");
#ifndef __SANITIZE_ADDRESS__
    const char *bound = strstr(heard.text, "\"bytes\":"), *peak = heard.text;
    const double bytes = strtod(bound + strlen("\"bytes\":"), NULL);
    while ((peak = strstr(peak, "\"peak_kib\":")) != NULL) {
        peak += strlen("\"peak_kib\":");
        assert_true(1024 * strtod(peak, NULL) <= bytes);
    }
#endif
}

/* Two extracts of one road, which neither has whole. */
static void extracts_are_joined(void **state)
{
    const bench *b = *state;
    static const osm_node nodes[] = {{1, 2, 48}, {2, 2, 48.001}, {3, 2, 48.002}, {4, 2, 48.003}};
    static const int64_t refs[] = {1, 2, 3, 4};
    static const osm_tag tags[] = {{"highway", "residential"}};
    const osm_way way = {.id = 5, .nodes = refs, .node_count = 4, .tags = tags, .tag_count = 1};
    char west[256], east[256];
    error err = {0};
    assert_int_equal(
        osm_pbf_write(in_folder(west, b->folder, "west.osm.pbf"), nodes, 3, &way, 1, &err),
        STATUS_OK);
    assert_int_equal(
        osm_pbf_write(in_folder(east, b->folder, "east.osm.pbf"), nodes + 2, 2, &way, 1, &err),
        STATUS_OK);
    PROGRAM(&heard, "network", west, "-o", b->net);
    assert_int_equal(heard.code, 0);
    assert_says("nodes: 3; arcs: 4;");
    PROGRAM(&heard, "network", west, east, "-o", b->net);
    assert_int_equal(heard.code, 0);
    assert_says("nodes: 4; arcs: 6; components: 1");
    network *n = opened(b->net);
    assert_string_equal(fact_of(n, "profile"), "car");
    network_free(n);
}

/* --- what is refused --- */

static void misuse_is_told(void **state)
{
    const bench *b = *state;
    town_write(b, 3);
    PROGRAM(&heard, "network");
    assert_int_equal(heard.code, 64);
    assert_says("name a file of roads");
    PROGRAM(&heard, "network", b->gr);
    assert_int_equal(heard.code, 64);
    assert_says("-o idf.net");
    PROGRAM(&heard, "network", b->gr, "-o", b->net, "--weight-unit", "min");
    assert_int_equal(heard.code, 64);
    assert_says("--weight-unit wants ms, ds, s, not 'min'");
    PROGRAM(&heard, "network", b->gr, "-o", b->net, "--coordinates", b->co);
    assert_int_equal(heard.code, 64);
    assert_says("--coordinates-unit m or udeg");
    PROGRAM(&heard, "network", b->gr, "-o", b->net, "--profile", "bike");
    assert_int_equal(heard.code, 64);
    assert_says("option --profile does not apply to this file");
    assert_false(file_there(b->net));
}

static void files_that_are_no_roads_are_refused(void **state)
{
    const bench *b = *state;
    town_write(b, 3);
    PROGRAM(&heard, "network", b->gr, "-o", b->gr);
    assert_int_equal(heard.code, 1);
    assert_says("would replace the file that it is made of");
    PROGRAM(&heard, "network", b->co, "-o", b->net);
    assert_int_equal(heard.code, 1);
    assert_says("file not recognised: an OpenStreetMap extract");
    PROGRAM(&heard, "network", "/nowhere.gr", "-o", b->net);
    assert_int_equal(heard.code, 1);
    assert_says("/nowhere.gr");
    PROGRAM(&heard, "network", b->gr, "-o", b->net);
    PROGRAM(&heard, "network", b->net, "-o", b->co);
    assert_int_equal(heard.code, 1);
    assert_says("a network of bassin already");
    PROGRAM(&heard, "check", b->net);
    assert_int_equal(heard.code, 0);
    assert_says("kind                 network of bassin");
    assert_says("nodes                9\n");
    assert_says("arcs                 24\n");
    assert_says("main component       9\n");
    assert_says("hierarchy            yes\n");
    PROGRAM(&heard, "network", b->gr, b->gr, "-o", b->net);
    assert_int_equal(heard.code, 1);
    assert_says("several files");
}

static void faults_leave_the_earlier_network(void **state)
{
    const bench *b = *state;
    char kept[256];
    town_write(b, 12);
    PROGRAM(&heard, "network", b->gr, "-o", b->net);
    assert_int_equal(heard.code, 0);
    file_copy(b->net, in_folder(kept, b->folder, "kept.net"));
    file_put(b->gr, "p sp 3 2\na 1 2 5\na 1 4 x\n");
    PROGRAM(&heard, "network", b->gr, "-o", b->net);
    assert_int_equal(heard.code, 1);
    assert_says("town.gr:3:5: node 4: nodes go from 1 to 3");
    assert_true(same_file(kept, b->net));
    assert_int_equal(files_in(b->folder), 4);
}

/* Interrupted at several moments: in reading, in the hierarchy. */
static void an_interrupted_build_leaves_nothing(void **state)
{
    const bench *b = *state;
    const char *const arguments[] = {"network", b->gr, "-o", b->net, NULL};
    town_write(b, 500);
    file_put(b->net, "earlier");
    for (unsigned after_ms = 150; after_ms <= 1200; after_ms *= 2) {
        program_run(&heard, arguments, after_ms);
        assert_int_equal(heard.code, 130);
        assert_int_equal(files_in(b->folder), 3);
        assert_true(file_there(b->net));
    }
}

/* An extract that a worker reads for seconds. */
static void large_map_write(const char *path)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs("<osm version='0.6'>\n", f) >= 0);
    for (int i = 1; i <= 1200000; i++) {
        assert_true(fprintf(f, "<node id='%d' lat='48.%06d' lon='2.5'/>\n", i, i % 1000000) > 0);
    }
    assert_true(fputs("<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>\n"
                      "</osm>\n",
                      f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* The signal goes to the program alone, as from a service manager: its workers hear nothing. */
static void an_interrupted_reading_does_not_wait_for_its_worker(void **state)
{
    const bench *b = *state;
    char map[256];
    const char *const arguments[] = {"network", in_folder(map, b->folder, "large.osm"), "-o",
                                     b->net, NULL};
    struct timespec from, to;
    large_map_write(map);
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &from), 0);
    program_run(&heard, arguments, 300);
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &to), 0);
    assert_int_equal(heard.code, 130);
    assert_true((double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9 <
                0.3 + 1.0);
    assert_false(file_there(b->net));
}

int main(void)
{
#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, bench_open, bench_close)
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_graph_becomes_a_network),
        WITH_BENCH(any_number_of_threads_writes_the_same_bytes),
        WITH_BENCH(without_positions_or_hierarchy_it_says_so),
        WITH_BENCH(events_are_json),
        WITH_BENCH(extracts_are_joined),
        WITH_BENCH(misuse_is_told),
        WITH_BENCH(files_that_are_no_roads_are_refused),
        WITH_BENCH(faults_leave_the_earlier_network),
        WITH_BENCH(an_interrupted_build_leaves_nothing),
        WITH_BENCH(an_interrupted_reading_does_not_wait_for_its_worker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
