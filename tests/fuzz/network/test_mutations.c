/* Network files and graphs, spoilt in the same ways on every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "fuzz_network.h"
#include "network_bytes.h"

enum { ROUNDS = 30000, TEXT_ROUNDS = 20000, TEXT_MAX = 4096 };

static uint32_t draw(uint32_t round, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(11, "network mutations"), round, k, 0, 0);
    return w.word[0] % below;
}

/* Numbers that arrays are full of, and those at the edges. */
static uint32_t number_drawn(uint32_t round, uint32_t k)
{
    static const uint32_t edges[] = {0, 1, 2, 11, 12, 13, 30, 31, 64, INT32_MAX, UINT32_MAX};
    uint32_t at = draw(round, k, 14);
    return at < 11 ? edges[at] : draw(round, k + 100, UINT32_MAX);
}

static void spoilt_files_are_refused_or_used(void **state)
{
    (void)state;
    size_t size = 0, taken = 0;
    char *good = network_bytes_small(&size);
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    assert_true(fuzz_network_file((const uint8_t *)good, size));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        memcpy(bytes, good, size);
        for (uint32_t k = 0; k <= round % 3; k++) {
            uint32_t value = number_drawn(round, k);
            size_t at = draw(round, k + 10, (uint32_t)size / 4) * 4, width = round % 2 ? 4 : 1;
            memcpy(bytes + at, &value, width);
        }
        size_t cut = draw(round, 50, 20) == 0 ? draw(round, 51, (uint32_t)size) : size;
        taken += fuzz_network_file(bytes, cut);
    }
    assert_true(taken > ROUNDS / 100 && taken < ROUNDS); /* both ways are walked */
    free(bytes);
    free(good);
}

static const char *const texts[] = {
    "c a graph\np sp 3 5\na 1 2 10\na 2 1 0\na 3 3 7\na 1 2 10\na 2 3 2147483647\n",
    "a 0 4 10\na 4 2 3\r\n\n a 1 1 1\n",
    "c\np aux sp co 3\nv 3 -180000000 90000000\nv 1 2352200 48856600\nv 2 0 -0\n",
};

static size_t text_mutate(uint8_t *bytes, size_t size, uint32_t round, uint32_t k)
{
    static const char pieces[] = "pavc 0123456789-.\n\r\t\0\xff"
                                 "sp";
    size_t at = draw(round, k, (uint32_t)size + 1);
    uint8_t piece = (uint8_t)pieces[draw(round, k + 20, sizeof pieces - 1)];
    switch (draw(round, k + 40, 3)) {
    case 0:
        bytes[at < size ? at : 0] = piece;
        return size;
    case 1:
        memmove(bytes + at + 1, bytes + at, size - at);
        bytes[at] = piece;
        return size + 1;
    default:
        memmove(bytes + at, bytes + at + (at < size), size - at - (at < size));
        return size - (at < size);
    }
}

static void spoilt_graphs_are_refused_or_read(void **state)
{
    (void)state;
    static uint8_t bytes[TEXT_MAX];
    size_t taken = 0;
    for (uint32_t round = 0; round < TEXT_ROUNDS; round++) {
        const char *text = texts[round % 3];
        size_t size = strlen(text);
        memcpy(bytes, text, size);
        for (uint32_t k = 0; k < round % 5 && size > 0; k++)
            size = text_mutate(bytes, size, round, k);
        uint8_t *exact = malloc(size > 0 ? size : 1); /* reads past the end are seen */
        assert_non_null(exact);
        memcpy(exact, bytes, size);
        taken += fuzz_network_dimacs(exact, size);
        free(exact);
    }
    assert_true(taken > TEXT_ROUNDS / 10 && taken < TEXT_ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoilt_files_are_refused_or_used),
        cmocka_unit_test(spoilt_graphs_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
