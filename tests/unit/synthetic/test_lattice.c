/* The street lattice of the benchmarks: as many crossings as asked, nobody cut off, the same map in
 * both formats. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "datasets/synthetic/synthetic.h"
#include "network/build/road_profile.h"
#include "network/source/pbf.h"

enum { CROSSINGS = 20000 };

static const char *path_in(const char *folder, const char *name)
{
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/test-lattice-%s%s%s", BASSIN_BINARY_DIR, folder,
                   name[0] != '\0' ? "/" : "", name);
    return path;
}

static status generate(const char *folder, size_t crossings, bool pbf, error *err)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s", path_in(folder, ""));
    const synthetic_options options = {.folder = path,
                                       .communes = 40,
                                       .seed = 5,
                                       .crossings = crossings,
                                       .crossings_as_pbf = pbf,
                                       .respondents_share = 0.5,
                                       .venues_share = 0.5,
                                       .without_cells = true};
    return synthetic_generate(&options, err);
}

typedef struct graph {
    uint32_t nodes, arcs, read;
    uint32_t *parent, *out, *in;
} graph;

static uint32_t root(const graph *g, uint32_t n)
{
    while (g->parent[n] != n)
        n = g->parent[n] = g->parent[g->parent[n]];
    return n;
}

/* Every arc within the bounds told by the header. */
static graph graph_read(const char *path)
{
    graph g = {0};
    unsigned from = 0, to = 0, ms = 0;
    char line[128];
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    assert_int_equal(sscanf(line, "p sp %u %u", &g.nodes, &g.arcs), 2);
    g.parent = memory_new(g.nodes, sizeof *g.parent);
    g.out = memory_new(g.nodes, sizeof *g.out);
    g.in = memory_new(g.nodes, sizeof *g.in);
    for (uint32_t n = 0; n < g.nodes; n++)
        g.parent[n] = n;
    while (fgets(line, sizeof line, f) != NULL) {
        assert_int_equal(sscanf(line, "a %u %u %u", &from, &to, &ms), 3);
        assert_in_range(from, 1, g.nodes);
        assert_in_range(to, 1, g.nodes);
        assert_true(ms > 0);
        g.out[from - 1]++;
        g.in[to - 1]++;
        g.parent[root(&g, from - 1)] = root(&g, to - 1);
        g.read++;
    }
    (void)fclose(f);
    return g;
}

static void graph_clear(graph *g)
{
    memory_free(g->parent);
    memory_free(g->out);
    memory_free(g->in);
}

static void nearly_every_crossing_is_in_one_piece(void **state)
{
    (void)state;
    error err = {0};
    assert_int_equal(generate("gr", CROSSINGS, false, &err), STATUS_OK);
    graph g = graph_read(path_in("gr", "routes.gr"));
    uint32_t *size = memory_new(g.nodes, sizeof *size), largest = 0;
    assert_int_equal(g.read, g.arcs);
    assert_in_range(g.nodes, CROSSINGS * 9 / 10, CROSSINGS * 11 / 10);
    assert_in_range(10 * g.arcs / g.nodes, 24, 32); /* roads have 2.4 to 3.2 arcs a node */
    for (uint32_t n = 0; n < g.nodes; n++) {
        uint32_t s = ++size[root(&g, n)];
        largest = s > largest ? s : largest;
    }
    assert_true(largest > g.nodes / 100 * 98);
    memory_free(size);
    graph_clear(&g);
}

static void the_two_formats_hold_the_same_map(void **state)
{
    (void)state;
    error err = {0};
    faults *list = NULL;
    osm_roads *roads = NULL;
    road_profile *profile = NULL;
    assert_int_equal(generate("gr", CROSSINGS, false, &err), STATUS_OK);
    assert_int_equal(generate("pbf", CROSSINGS, true, &err), STATUS_OK);
    graph g = graph_read(path_in("gr", "routes.gr"));
    uint32_t linked = 0;
    for (uint32_t n = 0; n < g.nodes; n++)
        linked += g.out[n] + g.in[n] > 0;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(
        road_profile_read(BASSIN_SOURCE_DIR "/datasets/reference/profile_car.csv", &profile, list),
        STATUS_OK);
    assert_int_equal(osm_roads_read(path_in("pbf", "routes.osm.pbf"), road_profile_wanted(profile),
                                    2, &roads, list),
                     STATUS_OK);
    assert_int_equal(osm_roads_nodes_in_file(roads), g.nodes);
    assert_int_equal(osm_roads_nodes_on_highways(roads), linked);
    osm_roads_free(roads);
    road_profile_free(profile);
    faults_free(list);
    graph_clear(&g);
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const names[] = {"routes.gr", "routes.co", "run.yaml"};
    error err = {0};
    sha256_hex first[3], again;
    assert_int_equal(generate("gr", CROSSINGS, false, &err), STATUS_OK);
    for (size_t f = 0; f < 3; f++)
        assert_int_equal(sha256_of_file(path_in("gr", names[f]), &first[f], &err), STATUS_OK);
    assert_int_equal(generate("again", CROSSINGS, false, &err), STATUS_OK);
    for (size_t f = 0; f < 3; f++) {
        assert_int_equal(sha256_of_file(path_in("again", names[f]), &again, &err), STATUS_OK);
        assert_string_equal(first[f].hex, again.hex);
    }
}

static void a_pbf_too_large_is_refused(void **state)
{
    (void)state;
    error err = {0};
    assert_int_equal(generate("large", 1700000, true, &err), STATUS_USAGE);
    assert_non_null(strstr(err.en, "DIMACS"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearly_every_crossing_is_in_one_piece),
        cmocka_unit_test(the_two_formats_hold_the_same_map),
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(a_pbf_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
