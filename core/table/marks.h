/* table/marks.h: where the separators, newlines and quotes of a text are, 64 bytes at a time.
 * Private to this room.
 *
 * The same answers at every level; the level is the best that the processor has, unless a test
 * asks for a lower one. */
#ifndef TABLE_MARKS_H
#define TABLE_MARKS_H

#include <stddef.h>
#include <stdint.h>

typedef enum marks_level {
    MARKS_BEST = 0,
    MARKS_PORTABLE,
    MARKS_AVX2,
    MARKS_AVX512 /* with BW and VBMI2 */
} marks_level;

enum { MARKS_BLOCK = 64, MARKS_SLACK = 64 };

/* Bit i is byte i of the block. `marks` are separators and newlines. */
typedef struct marks_masks {
    uint64_t marks, newlines, quotes;
} marks_masks;

/* What the bytes of a piece of text are. */
typedef struct marks_facts {
    uint64_t newlines;
    uint64_t quotes; /* not 0: there is one; no count */
    uint64_t high;   /* bytes 80..FF: not 0 where there is one */
    uint64_t nul;
} marks_facts;

typedef struct marks_kernel {
    marks_level level;
    /* 64 readable bytes. */
    marks_masks (*masks)(const char *block, char separator);
    void (*survey)(const char *at, size_t size, marks_facts *out);
    /* base + i for every bit i of the mask; writes up to MARKS_SLACK places past the last. */
    size_t (*flatten)(uint64_t mask, uint32_t base, uint32_t *out);
    /* Every mark of a text without quotes; `out` has room for size + MARKS_SLACK places. */
    size_t (*index)(const char *at, size_t size, char separator, uint32_t base, uint32_t *out,
                    uint64_t *newlines);
} marks_kernel;

/* The kernel of the level, or the best one below it that the processor has. */
const marks_kernel *marks_kernel_of(marks_level level);
/* `size` < MARKS_BLOCK bytes followed by zeros, for the last block of a text. */
void marks_pad(char block[MARKS_BLOCK], const char *at, size_t size);
/* NULL where the processor, or the compiler's target, has none. */
const marks_kernel *marks_kernel_avx2(void);
const marks_kernel *marks_kernel_avx512(void);

#endif
