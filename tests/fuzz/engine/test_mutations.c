/* The run file's reader keeps its promises on mutated files: the same mutations on every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../kept_seeds.h"
#include "fuzz_run_file.h"

enum { ROUNDS = 3000, MAX_BYTES = 4096 };

static const char *const SEEDS[] = {
    "bassin: 1\nterritory: {communes: {file: c.geojson, code: C, point: [LON, LAT], crs: "
    "EPSG:2154}, keep: "
    "departement:77, margin: 30 km, groups: [{name: a, file: b, code: c, group: d}]}\n",
    "bassin: 1\nterritory:\n  communes: c.geojson\nvenues:\n  - {file: v.csv, kind: {column: t, "
    "map: {a: "
    "ART.FABLAB}}, status: open, postcodes: p.csv}\ntravel:\n  - {mode: car, estimate: crow-fly, "
    "limit: 1 h}\n",
    "bassin: 1\nterritory: {places: {file: c}}\nindicators: {coverage: {standard: {g: 20 min}, "
    "distances: [5 "
    "km]}, a: }\nreports: {formats: [csv, pdf]}\nseed: 1\ndate: 2024-02-29\nthreads: 8\nplugins: "
    "[a, b.so]\n",
    "\"a\": 'b'\n? x\n: |\n  y\n- &a *b !c\n# d\n---\n...\n%YAML 1.1\n",
};
static const char PIECES[] = "{}[]:,&*!|>'\"%@`#-? \n\t\0\xe9\xc3\xff\x1b"
                             "01~=.";

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Overwrites, inserts, removes or repeats a little. */
static size_t mutate(unsigned char *bytes, size_t size, uint64_t *seed)
{
    size_t at = size > 0 ? (size_t)(next_random(seed) % size) : 0;
    unsigned char piece = (unsigned char)PIECES[next_random(seed) % (sizeof PIECES - 1)];
    switch (next_random(seed) % 4) {
    case 0:
        if (size > 0)
            bytes[at] = piece;
        return size;
    case 1:
        if (size >= MAX_BYTES)
            return size;
        memmove(bytes + at + 1, bytes + at, size - at);
        bytes[at] = piece;
        return size + 1;
    case 2:
        if (size == 0)
            return 0;
        memmove(bytes + at, bytes + at + 1, size - at - 1);
        return size - 1;
    default:
        if (size * 2 > MAX_BYTES)
            return size;
        memcpy(bytes + size, bytes, at);
        return size + at;
    }
}

static void mutated_run_files_are_read_or_refused(void **state)
{
    unsigned char bytes[MAX_BYTES + 1];
    uint64_t seed = 20240229;
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        const char *text = SEEDS[round % (sizeof SEEDS / sizeof *SEEDS)];
        size_t size = strlen(text);
        memcpy(bytes, text, size);
        for (uint64_t n = next_random(&seed) % 8; n > 0; n--)
            size = mutate(bytes, size, &seed);
        fuzz_run_file(bytes, size);
    }
}

/* What the fuzzer found worth keeping. */
static void the_seeds_kept_are_read_or_refused(void **state)
{
    (void)state;
    assert_true(kept_seeds_each(BASSIN_SOURCE_DIR "/tests/fuzz/engine/seeds.txt", fuzz_run_file) >
                100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(mutated_run_files_are_read_or_refused),
                                       cmocka_unit_test(the_seeds_kept_are_read_or_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
