/* Marks with the vector instructions of x86-64, used where the processor has them. */
#include "table/marks.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <stdbool.h>

#include "table/marks_loops.h"

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define AVX512                                                                                     \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi,"             \
                          "avx512vbmi2")))

/* --- 32 bytes at a time --- */

AVX2 static inline uint64_t avx2_equal(__m256i low, __m256i high, char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);
    uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
    uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
    return first | (uint64_t)second << 32;
}

AVX2 static inline marks_masks avx2_masks(const char *block, char separator)
{
    __m256i low = _mm256_loadu_si256((const __m256i_u *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i_u *)(const void *)(block + 32));
    uint64_t newlines = avx2_equal(low, high, '\n');
    return (marks_masks){.marks = newlines | avx2_equal(low, high, separator),
                         .newlines = newlines,
                         .quotes = avx2_equal(low, high, '"')};
}

AVX2 static inline void avx2_survey_block(const char *at, marks_facts *f)
{
    __m256i low = _mm256_loadu_si256((const __m256i_u *)(const void *)at);
    __m256i high = _mm256_loadu_si256((const __m256i_u *)(const void *)(at + 32));
    f->newlines += (uint64_t)__builtin_popcountll(avx2_equal(low, high, '\n'));
    f->quotes |= avx2_equal(low, high, '"');
    f->high |= (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(low, high));
    /* The least of two bytes is 0 where one of them is. */
    f->nul |= (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256()));
}

/* Blanks after the last bytes: the zeros of a padded block are no NUL bytes of the text. */
static void blank_pad(char block[MARKS_BLOCK], const char *at, size_t size)
{
    memset(block, ' ', MARKS_BLOCK);
    memcpy(block, at, size);
}

AVX2 static void avx2_survey(const char *at, size_t size, marks_facts *out)
{
    marks_facts f = {0};
    size_t i = 0;
    for (; i + MARKS_BLOCK <= size; i += MARKS_BLOCK)
        avx2_survey_block(at + i, &f);
    if (i < size) {
        char block[MARKS_BLOCK];
        blank_pad(block, at + i, size - i);
        avx2_survey_block(block, &f);
    }
    *out = f;
}

/* Eight at a time without a look at how many are left: the loop is rarely taken twice. */
AVX2 static inline size_t avx2_flatten(uint64_t mask, uint32_t base, uint32_t *out)
{
    size_t count = (size_t)__builtin_popcountll(mask);
    for (size_t done = 0; done < count; done += 8) {
        for (size_t i = 0; i < 8; i++) {
            out[done + i] = base + (uint32_t)_tzcnt_u64(mask);
            mask = _blsr_u64(mask);
        }
    }
    return count;
}

AVX2 static size_t avx2_index(const char *at, size_t size, char separator, uint32_t base,
                              uint32_t *out, uint64_t *newlines)
{
    return marks_index_with(avx2_masks, avx2_flatten, at, size, separator, base, out, newlines);
}

static const marks_kernel avx2 = {.level = MARKS_AVX2,
                                  .masks = avx2_masks,
                                  .survey = avx2_survey,
                                  .flatten = avx2_flatten,
                                  .index = avx2_index};

const marks_kernel *marks_kernel_avx2(void)
{
    bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    return has ? &avx2 : NULL;
}

/* --- 64 bytes at a time --- */

AVX512 static inline marks_masks avx512_masks(const char *block, char separator)
{
    __m512i bytes = _mm512_loadu_si512(block);
    uint64_t newlines = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
    return (marks_masks){.marks =
                             newlines | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(separator)),
                         .newlines = newlines,
                         .quotes = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'))};
}

AVX512 static inline void avx512_survey_block(const char *at, marks_facts *f)
{
    __m512i bytes = _mm512_loadu_si512(at);
    f->newlines +=
        (uint64_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')));
    f->quotes |= _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
    f->high |= _mm512_movepi8_mask(bytes);
    f->nul |= _mm512_testn_epi8_mask(bytes, bytes);
}

AVX512 static void avx512_survey(const char *at, size_t size, marks_facts *out)
{
    marks_facts f = {0};
    size_t i = 0;
    for (; i + MARKS_BLOCK <= size; i += MARKS_BLOCK)
        avx512_survey_block(at + i, &f);
    if (i < size) {
        char block[MARKS_BLOCK];
        blank_pad(block, at + i, size - i);
        avx512_survey_block(block, &f);
    }
    *out = f;
}

/* The numbers 0..63 pressed together where the mask has a bit, then widened by sixteen. */
AVX512 static inline size_t avx512_flatten(uint64_t mask, uint32_t base, uint32_t *out)
{
    static const uint8_t numbers[MARKS_BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    size_t count = (size_t)__builtin_popcountll(mask);
    __m512i first = _mm512_set1_epi32((int)base);
    __m512i bits = _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512(numbers));
    _mm512_storeu_si512(
        out, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(bits))));
    if (count > 16)
        _mm512_storeu_si512(
            out + 16,
            _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bits, 1))));
    if (count > 32)
        _mm512_storeu_si512(
            out + 32,
            _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bits, 2))));
    if (count > 48)
        _mm512_storeu_si512(
            out + 48,
            _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bits, 3))));
    return count;
}

AVX512 static size_t avx512_index(const char *at, size_t size, char separator, uint32_t base,
                                  uint32_t *out, uint64_t *newlines)
{
    return marks_index_with(avx512_masks, avx512_flatten, at, size, separator, base, out, newlines);
}

static const marks_kernel avx512 = {.level = MARKS_AVX512,
                                    .masks = avx512_masks,
                                    .survey = avx512_survey,
                                    .flatten = avx512_flatten,
                                    .index = avx512_index};

const marks_kernel *marks_kernel_avx512(void)
{
    bool has = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
               __builtin_cpu_supports("bmi2");
    return has ? &avx512 : NULL;
}

#else

const marks_kernel *marks_kernel_avx2(void)
{
    return NULL;
}

const marks_kernel *marks_kernel_avx512(void)
{
    return NULL;
}

#endif
