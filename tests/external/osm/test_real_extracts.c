/* Real extracts, read by tag. The figures were counted by a decoder of the format written for this
 * in another language. The extracts hold roads and few venues: roads' tags stand for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "osm/features.h"

typedef struct expected {
    const char *file, *rules;
    size_t nodes, ways, relations;
    double lon, lat; /* sums over all features */
} expected;

static const expected cases[] = {
    {"data/porto_portugal.osm.pbf", "highway=traffic_signals", 309, 0, 0, -2660.473718999998,
     12724.393948199995},
    {"data/porto_portugal.osm.pbf", "junction=roundabout", 0, 691, 0, -5922.212520897924,
     28480.159102088695},
    {"data/porto_portugal.osm.pbf", "highway=residential+oneway!=yes", 0, 21068, 0,
     -180495.75625998797, 867847.4776489276},
    {"data/porto_portugal.osm.pbf", "type=restriction", 0, 0, 357, 0, 0},
    {"data/andorra.osm.pbf", "amenity=arts_centre", 1, 0, 0, NAN, NAN},
    {"data/andorra.osm.pbf", "junction=roundabout", 0, 42, 0, 64.81844696169554,
     1785.9359706535845},
    {"data/andorra.osm.pbf", "highway=residential+oneway!=yes", 0, 413, 0, 634.2013634415697,
     17565.02241960062},
};

static const char *shared(char path[512], const char *relative)
{
    const char *root = getenv("BASSIN_SHARED");
    root = root ? root : getenv("BASSIN_SHARED_DEFAULT");
    (void)snprintf(path, 512, "%s/%s", root ? root : "", relative);
    return path;
}

static void check(const expected *e, const char *path, int threads)
{
    error err;
    file_view file;
    arena *memory = NULL;
    osm_features *found = NULL;
    osm_query q = {0};
    double lon = 0, lat = 0;
    size_t nodes = 0;
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(osm_rules_parse(e->rules, memory, &q.rules, &q.rule_count, &err), STATUS_OK);
    assert_int_equal(osm_features_find(file.at, file.size, &q, threads, &found, &err), STATUS_OK);
    for (size_t i = 0; i < found->count; i++) {
        nodes += found->items[i].kind == OSM_NODE;
        lon += found->items[i].lon;
        lat += found->items[i].lat;
    }
    assert_int_equal(nodes, e->nodes);
    assert_int_equal(found->count - nodes, e->ways);
    assert_int_equal(found->relations, e->relations);
    assert_int_equal(found->incomplete, 0);
    assert_true(isnan(e->lon) || (fabs(lon - e->lon) < 1e-6 && fabs(lat - e->lat) < 1e-6));
    osm_features_free(found);
    arena_free(memory);
    file_unmap(&file);
}

static void real_extracts_are_read_by_tag(void **state)
{
    char path[512];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (access(shared(path, cases[i].file), R_OK) != 0) {
            printf("skipped: no shared data\n");
            skip();
        }
        check(&cases[i], path, 1 + (int)(i % 2));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_extracts_are_read_by_tag)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
