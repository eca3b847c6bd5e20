/* Who may drive where, and how fast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "network/build/road_profile.h"

typedef struct pair {
    const char *key, *value;
} pair;

static const char *pair_value(const void *context, const char *key)
{
    for (const pair *p = context; p->key; p++)
        if (strcmp(p->key, key) == 0)
            return p->value;
    return NULL;
}

#define SPEEDS(...)                                                                                \
    road_profile_way(                                                                              \
        (road_tags){.value = pair_value, .context = (const pair[]){__VA_ARGS__, {NULL, NULL}}})
#define OPEN(...)                                                                                  \
    road_profile_node_open(                                                                        \
        (road_tags){.value = pair_value, .context = (const pair[]){__VA_ARGS__, {NULL, NULL}}})

static void posted(const char *text, double kmh)
{
    double got = road_maxspeed_kmh(text);
    if (got < kmh - 1e-9 || got > kmh + 1e-9)
        fail_msg("maxspeed=%s: %g km/h, expected %g", text, got, kmh);
}

static void posted_limits_are_read(void **state)
{
    (void)state;
    posted("50", 50);
    posted("50 km/h", 50);
    posted("30 mph", 48.28032);
    posted("30mph", 48.28032);
    posted("FR:urban", 50);
    posted("fr:rural", 80);
    posted("FR:motorway", 130);
    posted("FR:zone30", 30);
    posted("DE:rural", 90);
    posted("none", 140);
    posted("walk", 7);
    posted("200", 200);
    posted("1", 1);
}

static void unreadable_limits_are_refused(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",        "signals", "50;70",     "-50",
        "201",     "0",       "0.5",       "1e2",
        "50 kmph", "nan",     "FRA:urban", "fr:",
        "50 50",   "urban",   "fifty",     "50000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        posted(bad[i], 0);
}

static void class_speeds_are_osrms(void **state)
{
    (void)state;
    assert_true(SPEEDS({"highway", "primary"}).forward_kmh == 65);
    assert_true(SPEEDS({"highway", "primary"}).backward_kmh == 65);
    assert_true(SPEEDS({"highway", "residential"}).forward_kmh == 25);
    assert_true(SPEEDS({"highway", "tertiary_link"}).forward_kmh == 20);
    const char *const closed[] = {"footway",    "path",      "steps",       "cycleway",
                                  "pedestrian", "bridleway", "track",       "construction",
                                  "proposed",   "platform",  "bus_guideway"};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        assert_true(SPEEDS({"highway", closed[i]}).forward_kmh == 0);
}

static void posted_limit_times_eight_tenths_replaces_the_class(void **state)
{
    (void)state;
    assert_true(SPEEDS({"highway", "residential"}, {"maxspeed", "30"}).forward_kmh == 24);
    assert_true(SPEEDS({"highway", "service"}, {"maxspeed", "50"}).backward_kmh == 40);
    road_speeds s = SPEEDS({"highway", "primary"}, {"maxspeed", "80"}, {"maxspeed:forward", "50"});
    assert_true(s.forward_kmh == 40 && s.backward_kmh == 64);
    s = SPEEDS({"highway", "primary"}, {"maxspeed", "signals"});
    assert_true(s.forward_kmh == 65 && s.unread_limit);
}

static void one_way_rules(void **state)
{
    (void)state;
    road_speeds s = SPEEDS({"highway", "tertiary"}, {"oneway", "yes"});
    assert_true(s.forward_kmh == 40 && s.backward_kmh == 0);
    s = SPEEDS({"highway", "tertiary"}, {"oneway", "-1"});
    assert_true(s.forward_kmh == 0 && s.backward_kmh == 40);
    s = SPEEDS({"highway", "tertiary"}, {"oneway", "reversible"});
    assert_true(s.forward_kmh == 0 && s.backward_kmh == 0);
    s = SPEEDS({"highway", "motorway"});
    assert_true(s.forward_kmh == 90 && s.backward_kmh == 0);
    s = SPEEDS({"highway", "motorway"}, {"oneway", "no"});
    assert_true(s.backward_kmh == 90);
    s = SPEEDS({"highway", "motorway_link"});
    assert_true(s.backward_kmh == 45);
    s = SPEEDS({"highway", "tertiary"}, {"junction", "roundabout"});
    assert_true(s.forward_kmh == 40 && s.backward_kmh == 0);
    s = SPEEDS({"highway", "tertiary"}, {"junction", "circular"});
    assert_true(s.backward_kmh == 0);
}

static void the_most_specific_access_tag_decides(void **state)
{
    (void)state;
    assert_true(SPEEDS({"highway", "service"}, {"access", "no"}).forward_kmh == 0);
    assert_true(SPEEDS({"highway", "service"}, {"access", "private"}).forward_kmh == 0);
    assert_true(SPEEDS({"highway", "service"}, {"access", "destination"}).forward_kmh == 15);
    assert_true(
        SPEEDS({"highway", "service"}, {"access", "no"}, {"motor_vehicle", "yes"}).forward_kmh ==
        15);
    assert_true(SPEEDS({"highway", "service"}, {"motorcar", "no"}, {"access", "yes"}).forward_kmh ==
                0);
    assert_true(SPEEDS({"highway", "service"}, {"vehicle", "forestry"}).forward_kmh == 0);
    assert_true(SPEEDS({"highway", "service"}, {"area", "yes"}).forward_kmh == 0);
}

static void barriers(void **state)
{
    (void)state;
    assert_false(OPEN({"barrier", "bollard"}));
    assert_false(OPEN({"barrier", "block"}));
    assert_false(OPEN({"barrier", "something_new"}));
    assert_true(OPEN({"barrier", "bollard"}, {"access", "yes"}));
    assert_true(OPEN({"barrier", "bollard"}, {"bollard", "rising"}));
    assert_true(OPEN({"barrier", "gate"}));
    assert_true(OPEN({"barrier", "lift_gate"}));
    assert_false(OPEN({"barrier", "gate"}, {"access", "private"}));
    assert_false(OPEN({"barrier", "gate"}, {"motor_vehicle", "no"}, {"access", "yes"}));
    assert_true(OPEN({"highway", "crossing"}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posted_limits_are_read),
        cmocka_unit_test(unreadable_limits_are_refused),
        cmocka_unit_test(class_speeds_are_osrms),
        cmocka_unit_test(posted_limit_times_eight_tenths_replaces_the_class),
        cmocka_unit_test(one_way_rules),
        cmocka_unit_test(the_most_specific_access_tag_decides),
        cmocka_unit_test(barriers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
