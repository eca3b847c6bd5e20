/* base/arrays.h: arrays that grow, and arrays laid side by side in one block. */
#ifndef BASE_ARRAYS_H
#define BASE_ARRAYS_H

#include "base/memory.h"

/* `at` with room for `wanted` items of `size` bytes (capacity at least doubles); NULL when out of
 * memory, and then `at` stays valid. */
static inline void *array_grown(void *at, size_t *capacity, size_t wanted, size_t size)
{
    if (at && wanted <= *capacity)
        return at;
    size_t grown = *capacity < 16 ? 32 : *capacity;
    while (grown < wanted) {
        if (grown > SIZE_MAX / 2)
            return NULL;
        grown *= 2;
    }
    void *bigger = memory_resize(at, grown, size);
    if (bigger)
        *capacity = grown;
    return bigger;
}

/* Offsets of arrays in one block, each on a cache line. */
typedef struct layout {
    size_t size;
    bool failed; /* the sum does not fit in size_t */
} layout;

enum { LAYOUT_ALIGN = 64 };

static inline size_t layout_take(layout *l, uint64_t count, size_t size)
{
    size_t at = l->size, bytes = 0, end = 0;
    if (__builtin_mul_overflow((size_t)count, size, &bytes) ||
        __builtin_add_overflow(at, bytes, &end) || end > SIZE_MAX - LAYOUT_ALIGN) {
        l->failed = true;
        return 0;
    }
    l->size = (end + LAYOUT_ALIGN - 1) / LAYOUT_ALIGN * LAYOUT_ALIGN;
    return at;
}

#endif
