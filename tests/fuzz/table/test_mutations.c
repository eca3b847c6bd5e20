/* The reader keeps its promises on mutated files: the same mutations on every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "fuzz_reader.h"
#include "../kept_seeds.h"

enum { ROUNDS = 2000, MAX_BYTES = 4096 };

typedef struct seed_case {
    unsigned char how; /* see fuzz_reader */
    const char *text;
} seed_case;

static const seed_case SEEDS[] = {
    {0, "o;weight;n;u\n01004;1,5;-3;7\n2A004;s;NA;0\n"},
    {1, "o,weight,n,u\r\n\"a\"\"b\nc\",\"1,5\",///,4294967295\r\n"},
    {2, "Cr\xe9teil\t1.5\nGu\xe9ret\t2e300\n"},
    {4, "\xef\xbb\xbfo;weight\nGuéret;-1\n\n;…\n"},
    {8, "o;weight\nGuéret;1.\n"},
    {16, "o;weight\nV\x9cuil;nan\n"},
    {0, "o\na\n\nb\n"},
};
static const char PIECES[] = ";,\t\"\"\n\n\r\0\xe9\xc3\xff.-+e019sNA* =";

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Overwrites, inserts, removes or repeats a little. */
static size_t mutate(unsigned char *bytes, size_t size, uint64_t *seed)
{
    size_t at = size ? next_random(seed) % size : 0;
    unsigned char piece = (unsigned char)PIECES[next_random(seed) % sizeof PIECES];
    size_t span = 1 + next_random(seed) % 8;
    switch (next_random(seed) % 4) {
    case 0:
        bytes[at] = piece;
        return size ? size : 1;
    case 1:
        if (size == MAX_BYTES)
            return size;
        memmove(bytes + at + 1, bytes + at, size - at);
        bytes[at] = piece;
        return size + 1;
    case 2:
        if (span > size - at)
            span = size - at;
        memmove(bytes + at, bytes + at + span, size - at - span);
        return size - span;
    default:
        if (span > size - at || size + span > MAX_BYTES)
            return size;
        memmove(bytes + at + span, bytes + at, size - at);
        return size + span;
    }
}

static size_t seed_bytes(const seed_case *s, unsigned char *out)
{
    out[0] = s->how;
    memcpy(out + 1, s->text, strlen(s->text));
    return strlen(s->text) + 1;
}

static size_t seed_packed(const seed_case *s, unsigned char *out)
{
    z_stream z = {0};
    unsigned char copy[MAX_BYTES];
    size_t size = seed_bytes(s, copy);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = copy + 1;
    z.avail_in = (uInt)(size - 1);
    z.next_out = out + 1;
    z.avail_out = MAX_BYTES - 1;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t total = z.total_out;
    (void)deflateEnd(&z);
    out[0] = s->how;
    return total + 1;
}

static void survives_mutations(void **state)
{
    (void)state;
    uint64_t seed = 1;
    unsigned char bytes[MAX_BYTES];
    for (size_t s = 0; s < sizeof SEEDS / sizeof *SEEDS; s++) {
        for (int i = 0; i < ROUNDS; i++) {
            size_t size = seed_bytes(&SEEDS[s], bytes);
            for (uint64_t n = 1 + next_random(&seed) % 12; n > 0; n--)
                size = mutate(bytes, size, &seed);
            fuzz_reader(bytes, size);
        }
    }
}

static void survives_damaged_archives(void **state)
{
    (void)state;
    uint64_t seed = 2;
    unsigned char whole[MAX_BYTES], bytes[MAX_BYTES];
    for (size_t s = 0; s < sizeof SEEDS / sizeof *SEEDS; s++) {
        size_t size = seed_packed(&SEEDS[s], whole);
        for (size_t cut = 0; cut <= size; cut++)
            fuzz_reader(whole, cut);
        for (int i = 0; i < ROUNDS / 4; i++) {
            memcpy(bytes, whole, size);
            size_t changed = size;
            for (uint64_t n = 1 + next_random(&seed) % 3; n > 0; n--)
                changed = mutate(bytes, changed, &seed);
            fuzz_reader(bytes, changed);
        }
    }
}

/* What the fuzzer found worth keeping. */
static void survives_the_seeds_kept(void **state)
{
    (void)state;
    assert_true(kept_seeds_each(BASSIN_SOURCE_DIR "/tests/fuzz/table/seeds.txt", fuzz_reader) >
                100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_mutations),
        cmocka_unit_test(survives_damaged_archives),
        cmocka_unit_test(survives_the_seeds_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
