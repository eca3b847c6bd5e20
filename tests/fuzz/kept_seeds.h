/* Inputs that a fuzzer found worth keeping: one a line in hexadecimal, lines with # left out. */
#ifndef TESTS_FUZZ_KEPT_SEEDS_H
#define TESTS_FUZZ_KEPT_SEEDS_H

#include <stddef.h>
#include <stdio.h>

static inline int kept_digit(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Calls `take` for each; returns how many there were. */
static inline size_t kept_seeds_each(const char *path,
                                     void (*take)(const unsigned char *bytes, size_t size))
{
    static char line[16384];
    static unsigned char bytes[sizeof line / 2];
    size_t count = 0;
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        size_t size = 0;
        for (; kept_digit(line[2 * size]) >= 0 && kept_digit(line[2 * size + 1]) >= 0; size++)
            bytes[size] =
                (unsigned char)(kept_digit(line[2 * size]) * 16 + kept_digit(line[2 * size + 1]));
        if (!size)
            continue;
        take(bytes, size);
        count++;
    }
    if (f)
        (void)fclose(f);
    return count;
}

#endif
