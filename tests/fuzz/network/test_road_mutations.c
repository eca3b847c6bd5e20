/* OSM XML and profiles, spoilt in the same ways on every run. PBF is in unit/network/pbf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "fuzz_roads.h"

enum { ROUNDS = 20000, PROFILE_ROUNDS = 2000, TEXT_MAX = 8192 };

static const char map[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\" generator=\"hand\">\n"
    "<node id='1' lat='48' lon='2'/><node id='2' lat='48.001' lon='2'>"
    "<tag k='highway' v='traffic_signals'/></node><node id='3' lat='48.002' lon='2.001'/>"
    "<node id='4' lat='48.001' lon='2.001'><tag k='barrier' v='gate'/></node>\n"
    "<way id='5'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
    "<tag k='name' v='Rue &amp; place'/></way>\n"
    "<way id='6'><nd ref='2'/><nd ref='3'/><tag k='highway' v='primary'/>"
    "<tag k='maxspeed' v='FR:urban'/><tag k='oneway' v='-1'/></way>\n"
    "<way id='7'><nd ref='2'/><nd ref='4'/><nd ref='2'/><tag k='highway' v='service'/></way>\n"
    "<way id='8'><nd ref='3'/><nd ref='1'/><tag k='route' v='ferry'/>"
    "<tag k='motor_vehicle' v='yes'/><tag k='duration' v='PT5M'/></way>\n"
    "<relation id='9'><member type='way' ref='5' role='from'/><member type='node' ref='2' "
    "role='via'/><member type='way' ref='7' role='to'/><tag k='type' v='restriction'/>"
    "<tag k='restriction' v='no_left_turn'/></relation>\n"
    "<relation id='10'><member type='way' ref='7' role='from'/><member type='node' ref='2' "
    "role='via'/><member type='way' ref='7' role='to'/><tag k='type' v='restriction'/>"
    "<tag k='restriction' v='only_straight_on'/></relation>\n</osm>\n";

static const char profile[] = "rule;key;value;number;unit\nname;;car;;\n"
                              "speed;highway;residential;25;km/h\nposted;;*:urban;50;km/h\n"
                              "access;motorcar;;;\nclosed;;no;;\npenalty;highway;stop;2;s\n"
                              "peak;highway;*;0.75;1\nmaxspeed_factor;;;0.8;1\n";

static uint32_t draw(uint32_t round, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(12, "road mutations"), round, k, 0, 0);
    return w.word[0] % below;
}

/* Overwrites, inserts, removes, or copies a stretch elsewhere. */
static size_t mutate(uint8_t *bytes, size_t size, uint32_t round, uint32_t k)
{
    static const char pieces[] = "<>/='\"&;!-?[]0123456789.kvnrw \n\0\xff\xc3";
    size_t at = draw(round, k, (uint32_t)size), from = draw(round, k + 60, (uint32_t)size);
    size_t length = 1 + draw(round, k + 80, 60);
    uint8_t piece = (uint8_t)pieces[draw(round, k + 20, sizeof pieces - 1)];
    switch (draw(round, k + 40, 4)) {
    case 0:
        bytes[at] = piece;
        return size;
    case 1:
        memmove(bytes + at + 1, bytes + at, size - at);
        bytes[at] = piece;
        return size + 1;
    case 2:
        length = at + length > size ? size - at : length;
        memmove(bytes + at, bytes + at + length, size - at - length);
        return size - length;
    default:
        length = from + length > size ? size - from : length;
        length = at + length > size ? size - at : length;
        memmove(bytes + at, bytes + from, length);
        return size;
    }
}

static size_t spoil(const char *text, uint32_t rounds, bool (*fuzz)(const uint8_t *, size_t))
{
    static uint8_t bytes[TEXT_MAX];
    size_t taken = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        size_t size = strlen(text);
        memcpy(bytes, text, size);
        for (uint32_t k = 0; k < round % 5 && size > 0; k++)
            size = mutate(bytes, size, round, k);
        uint8_t *exact = malloc(size > 0 ? size : 1); /* reads past the end are seen */
        assert_non_null(exact);
        memcpy(exact, bytes, size);
        taken += fuzz(exact, size);
        free(exact);
    }
    return taken;
}

static void spoilt_maps_are_refused_or_built(void **state)
{
    (void)state;
    size_t taken = spoil(map, ROUNDS, fuzz_network_osm);
    assert_true(taken > ROUNDS / 10 && taken < ROUNDS);
}

static void spoilt_profiles_are_refused_or_read(void **state)
{
    (void)state;
    size_t taken = spoil(profile, PROFILE_ROUNDS, fuzz_network_profile);
    assert_true(taken > PROFILE_ROUNDS / 10 && taken < PROFILE_ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoilt_maps_are_refused_or_built),
        cmocka_unit_test(spoilt_profiles_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
