/* Marks without vector instructions, and the choice of a level. */
#include "table/marks.h"

#include <endian.h>
#include <string.h>

#include "table/marks_loops.h"

static const uint64_t LOW_BITS = UINT64_C(0x7f7f7f7f7f7f7f7f), ONES = UINT64_C(0x0101010101010101);

/* The high bit of every byte of `word` that is 0. */
static inline uint64_t zero_bytes(uint64_t word)
{
    return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
}

/* High bits of eight bytes to eight bits, the first byte lowest. */
static inline uint64_t gathered(uint64_t high_bits)
{
    return ((high_bits >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

static inline uint64_t bytes_equal(uint64_t word, char byte)
{
    return zero_bytes(word ^ (ONES * (unsigned char)byte));
}

static marks_masks portable_masks(const char *block, char separator)
{
    marks_masks m = {0};
    for (unsigned i = 0; i < MARKS_BLOCK; i += 8) {
        uint64_t word = word_at(block + i);
        uint64_t newlines = bytes_equal(word, '\n');
        m.newlines |= gathered(newlines) << i;
        m.marks |= gathered(newlines | bytes_equal(word, separator)) << i;
        m.quotes |= gathered(bytes_equal(word, '"')) << i;
    }
    return m;
}

static void portable_survey(const char *at, size_t size, marks_facts *out)
{
    marks_facts f = {0};
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word = word_at(at + i);
        f.newlines += (uint64_t)__builtin_popcountll(bytes_equal(word, '\n'));
        f.quotes |= bytes_equal(word, '"');
        f.high |= word & ~LOW_BITS;
        f.nul |= zero_bytes(word);
    }
    for (; i < size; i++) {
        f.newlines += at[i] == '\n';
        f.quotes |= at[i] == '"';
        f.high |= (unsigned char)at[i] & 0x80u;
        f.nul |= at[i] == 0;
    }
    *out = f;
}

static size_t portable_flatten(uint64_t mask, uint32_t base, uint32_t *out)
{
    size_t count = 0;
    for (; mask; mask &= mask - 1)
        out[count++] = base + (uint32_t)__builtin_ctzll(mask);
    return count;
}

static size_t portable_index(const char *at, size_t size, char separator, uint32_t base,
                             uint32_t *out, uint64_t *newlines)
{
    return marks_index_with(portable_masks, portable_flatten, at, size, separator, base, out,
                            newlines);
}

static const marks_kernel portable = {.level = MARKS_PORTABLE,
                                      .masks = portable_masks,
                                      .survey = portable_survey,
                                      .flatten = portable_flatten,
                                      .index = portable_index};

void marks_pad(char block[MARKS_BLOCK], const char *at, size_t size)
{
    memset(block, 0, MARKS_BLOCK);
    memcpy(block, at, size);
}

const marks_kernel *marks_kernel_of(marks_level level)
{
    const marks_kernel *found = NULL;
    if (level == MARKS_BEST || level == MARKS_AVX512)
        found = marks_kernel_avx512();
    if (!found && level != MARKS_PORTABLE)
        found = marks_kernel_avx2();
    return found ? found : &portable;
}
