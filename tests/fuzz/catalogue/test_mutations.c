/* The catalogue's reader keeps its promises on mutated tables: the same mutations on every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "fuzz_catalogue.h"

enum { ROUNDS = 4000, MAX_BYTES = 4096 };

#define HEADER                                                                                     \
    "id;default;role;importer;title_fr;title_en;producer;licence;vintage;geography;extent;"        \
    "address;file;archive;members;size;sha256;page\n"

static const char *const SEEDS[] = {
    HEADER "cog;yes;names;insee-cog;Code;Code;Insee;LO;2025;2025;france;https://h.org/cog.csv;;;;"
           ";changes;\n",
    HEADER "r;commune|epci;roads;;T;T;P;L;;;metropole;http://h.org/{osm_area}.pbf;;;;~10;unknown;\n"
           "d;no;;;T;T;P;L;;;france;https://h.org/{departement};d-{departement}.csv;;;;changes;\n",
    HEADER "z;no;;;T;T;P;L;;;france;https://h.org/x?a=1;z.zip;zip;*.csv|*.txt;12;"
           "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;https://h.org/\n",
};
static const char PIECES[] = ";{}|/\\.:?&\"'\n\r\t \0\xe9\xc3\xff~@019abz-_";

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Overwrites, inserts, removes, or moves a stretch. */
static size_t mutate(unsigned char *bytes, size_t size, uint64_t *seed)
{
    /* most faults lie past the header */
    size_t floor = next_random(seed) % 8 == 0 ? 0 : sizeof HEADER - 1;
    size_t at = size > floor ? floor + (size_t)(next_random(seed) % (size - floor)) : 0;
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
        memcpy(bytes + size, bytes + floor, size > floor ? size - floor : 0);
        return size > floor ? 2 * size - floor : size;
    }
}

static void mutated_catalogues_are_read_or_refused(void **state)
{
    static unsigned char bytes[2 * MAX_BYTES];
    uint64_t seed = 20260301;
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        const char *text = SEEDS[round % (sizeof SEEDS / sizeof *SEEDS)];
        size_t size = strlen(text);
        memcpy(bytes, text, size);
        for (uint64_t n = next_random(&seed) % 6; n > 0; n--)
            size = mutate(bytes, size, &seed);
        fuzz_catalogue(bytes, size);
    }
}

static void kept_seeds_are_read_or_refused(void **state)
{
    static const char *const names[] = {"shipped", "placeholders", "archive", "faults"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        error err;
        file_view f;
        char path[512];
        (void)snprintf(path, sizeof path, "%s/tests/fuzz/catalogue/seeds/%s.csv", BASSIN_SOURCE_DIR,
                       names[i]);
        assert_int_equal(file_map(path, &f, &err), STATUS_OK);
        fuzz_catalogue((const uint8_t *)f.at, f.size);
        file_unmap(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_seeds_are_read_or_refused),
        cmocka_unit_test(mutated_catalogues_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
