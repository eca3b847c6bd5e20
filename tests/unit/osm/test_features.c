/* What carries given tags in an OSM file: found whatever the form of the file, the threads and the
 * order, at the right place, with the tags asked for and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "network/source/pbf_write.h"
#include "osm/features.h"

static const osm_node nodes[] = {{1, 2.50, 48.00}, {2, 2.52, 48.00}, {3, 2.52, 48.01},
                                 {4, 2.50, 48.01}, {5, 2.60, 48.10}, {6, 2.61, 48.10},
                                 {7, 2.70, 48.20}, {8, 2.30, 48.30}};
static const osm_tag library[] = {
    {"amenity", "library"}, {"name", "Médiathèque"}, {"phone", "+33 1 00 00 00 00"}};
static const osm_tag coworking[] = {{"office", "company; coworking"}, {"opening_hours", "24/7"}};
static const osm_tag hall[] = {{"amenity", "community_centre"},
                               {"community_centre", "village_hall"}};
static const osm_tag centre[] = {{"amenity", "community_centre"}};
static const osm_tag nothing[] = {{"amenity", "bench"}};
static const osm_node_tags node_tags[] = {{4, coworking, 2}, {6, nothing, 1}, {7, library, 3}};
/* A closed rectangle, with one more vertex on its first side: its centre is not the mean. */
static const int64_t square[] = {1, 2, 3, 4, 1}, line[] = {5, 6}, cut[] = {5, 99},
                     lost[] = {98, 99};
static const osm_way ways[] = {{20, square, 5, library, 3}, {10, line, 2, centre, 1},
                               {30, cut, 2, centre, 1},     {40, lost, 2, centre, 1},
                               {50, line, 2, hall, 2},      {60, line, 2, nothing, 1}};
static const osm_member members[] = {{OSM_MEMBER_WAY, 20, "outer"}};
static const osm_relation relations[] = {{5, members, 1, library, 3}, {6, members, 1, nothing, 1}};
static const osm_contents map = {nodes, 8, node_tags, 3, ways, 6, relations, 2};

static const char rules[] = "amenity=library|office=coworking|amenity=community_centre+"
                            "community_centre!=village_hall|amenity=library+name=Médiathèque";
static const char *const keys[] = {"name", "opening_hours"};

static osm_features *find(osm_pbf_form form, int threads)
{
    error err;
    char *bytes = NULL;
    size_t size = 0;
    arena *memory = NULL;
    osm_features *found = NULL;
    osm_query q = {.keys = keys, .key_count = 2};
    assert_int_equal(osm_pbf_encode(&map, form, &bytes, &size, &err), STATUS_OK);
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(osm_rules_parse(rules, memory, &q.rules, &q.rule_count, &err), STATUS_OK);
    assert_int_equal(q.rule_count, 4);
    const status s = osm_features_find(bytes, size, &q, threads, &found, &err);
    if (s)
        fail_msg("%s", err.en);
    memory_free(bytes);
    arena_free(memory);
    return found;
}

typedef struct expected {
    osm_kind kind;
    int64_t id;
    double lon, lat;
    const char *rules, *name, *hours;
} expected;
static const expected all[] = {
    {OSM_NODE, 5, 2.60, 48.10, "1", NULL, "24/7"},
    {OSM_NODE, 8, 2.30, 48.30, "0;3", "Médiathèque", NULL},
    {OSM_WAY, 10, 2.605, 48.10, "2", NULL, NULL},
    {OSM_WAY, 20, 2.51, 48.005, "0;3", "Médiathèque", NULL},
    {OSM_WAY, 30, 2.60, 48.10, "2", NULL, NULL}, /* its other node is outside the extract */
    {OSM_WAY, 40, NAN, NAN, "2", NULL, NULL},
};

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool near(double a, double b)
{
    return isnan(b) ? isnan(a) : fabs(a - b) < 1e-9;
}

static void tagged_nodes_and_ways_are_found(void **state)
{
    (void)state;
    for (int run = 0; run < 4; run++) {
        osm_features *f = find(run % 2 ? OSM_PBF_PLAIN : OSM_PBF_USUAL, run < 2 ? 1 : 3);
        assert_int_equal(f->count, sizeof all / sizeof all[0]);
        assert_int_equal(f->relations, 1);
        assert_int_equal(f->incomplete, 2);
        for (size_t i = 0; i < f->count; i++) {
            const osm_feature *got = &f->items[i];
            assert_int_equal(got->kind, all[i].kind);
            assert_int_equal(got->id, all[i].id);
            assert_string_equal(got->rules, all[i].rules);
            assert_true(near(got->lon, all[i].lon) && near(got->lat, all[i].lat));
            assert_true(same_text(got->values[0], all[i].name));
            assert_true(same_text(got->values[1], all[i].hours));
        }
        osm_features_free(f);
    }
}

static void bad_rules_are_refused(void **state)
{
    static const char *const cases[] = {"",
                                        "amenity",
                                        "=x",
                                        "amenity=",
                                        "amenity!=library",
                                        "amenity=library|",
                                        "amenity=library+",
                                        "a=b||c=d"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        error err;
        arena *memory = NULL;
        const osm_rule *made = NULL;
        size_t count = 0;
        assert_int_equal(arena_new(&memory, &err), STATUS_OK);
        assert_int_equal(osm_rules_parse(cases[i], memory, &made, &count, &err), STATUS_INPUT);
        assert_non_null(strstr(err.en, "not understood"));
        arena_free(memory);
    }
}

/* Cut anywhere, a file is refused or gives fewer features; it never stops the program. */
static void damaged_files_are_refused(void **state)
{
    error err;
    char *bytes = NULL;
    size_t size = 0;
    arena *memory = NULL;
    osm_query q = {.keys = keys, .key_count = 2};
    (void)state;
    assert_int_equal(osm_pbf_encode(&map, OSM_PBF_PLAIN, &bytes, &size, &err), STATUS_OK);
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(osm_rules_parse(rules, memory, &q.rules, &q.rule_count, &err), STATUS_OK);
    size_t refused = 0;
    for (size_t cut_at = 0; cut_at < size; cut_at += 3) {
        osm_features *found = NULL;
        const status s = osm_features_find(bytes, cut_at, &q, 1, &found, &err);
        assert_true(s == STATUS_OK || s == STATUS_INPUT);
        refused += s != STATUS_OK;
        osm_features_free(found);
    }
    assert_true(refused > size / 6);
    for (size_t at = 0; at < size; at++) {
        osm_features *found = NULL;
        bytes[at] = (char)(bytes[at] ^ 0x41);
        const status s = osm_features_find(bytes, size, &q, 1, &found, &err);
        assert_true(s == STATUS_OK || s == STATUS_INPUT);
        osm_features_free(found);
        bytes[at] = (char)(bytes[at] ^ 0x41);
    }
    memory_free(bytes);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tagged_nodes_and_ways_are_found),
        cmocka_unit_test(bad_rules_are_refused),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
