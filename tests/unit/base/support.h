/* tests/unit/base/support.h: what the tests of this room share. */
#ifndef TEST_BASE_SUPPORT_H
#define TEST_BASE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"

/* A seeded sequence: the same cases at every run (Marsaglia's xorshift64). */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return *state = x;
}

static inline text_slice slice(const char *text)
{
    return text_slice_of(text, strlen(text));
}

/* A fresh folder under $TMPDIR; removed by folder_clear. */
char *folder_fresh(char path[256]);
void folder_clear(const char *path);
/* "folder/name" in one of 64 turning buffers. */
const char *in_folder(const char *folder, const char *name);
void write_text(const char *path, const char *text);
/* malloc'd; NULL when it cannot be read. */
char *read_text(const char *path);

/* Under the sanitizers a refused allocation gives NULL, as it does for users. */
#define SANITIZER_OPTIONS(function)                                                                \
    __attribute__((visibility("default"))) const char *function(void);                             \
    __attribute__((visibility("default"))) const char *function(void)                              \
    {                                                                                              \
        return "allocator_may_return_null=1";                                                      \
    }
#define ALLOCATIONS_MAY_FAIL                                                                       \
    SANITIZER_OPTIONS(__asan_default_options) SANITIZER_OPTIONS(__tsan_default_options)

#endif
