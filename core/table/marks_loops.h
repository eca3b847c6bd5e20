/* table/marks_loops.h: the loops over blocks, compiled once for each level. Private to marks*.c. */
#ifndef TABLE_MARKS_LOOPS_H
#define TABLE_MARKS_LOOPS_H

#include <string.h>

#include "table/marks.h"

#define MARKS_INLINE static inline __attribute__((always_inline))

typedef marks_masks marks_of(const char *block, char separator);
typedef size_t marks_flatten(uint64_t mask, uint32_t base, uint32_t *out);

MARKS_INLINE size_t marks_index_with(marks_of *masks, marks_flatten *flatten, const char *at,
                                     size_t size, char separator, uint32_t base, uint32_t *out,
                                     uint64_t *newlines)
{
    size_t count = 0, i = 0;
    uint64_t lines = 0;
    for (; i + MARKS_BLOCK <= size; i += MARKS_BLOCK) {
        marks_masks m = masks(at + i, separator);
        count += flatten(m.marks, base + (uint32_t)i, out + count);
        lines += (uint64_t)__builtin_popcountll(m.newlines);
    }
    if (i < size) {
        char padded[MARKS_BLOCK];
        marks_pad(padded, at + i, size - i);
        marks_masks m = masks(padded, separator);
        count += flatten(m.marks, base + (uint32_t)i, out + count);
        lines += (uint64_t)__builtin_popcountll(m.newlines);
    }
    *newlines = lines;
    return count;
}

#endif
