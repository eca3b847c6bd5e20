/* Lanes with the vector instructions of x86-64, used where the processor has them. */
#include "network/search/lanes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512dq,avx512vl")))

/* === 32 bytes at a time === */

AVX2 static inline __m256i avx2_at(const void *at)
{
    return _mm256_load_si256(at);
}

/* --- times --- */

AVX2 static inline __m256i avx2_time_load(const uint32_t *at)
{
    return avx2_at(at);
}

AVX2 static inline void avx2_time_store(uint32_t *at, __m256i value)
{
    _mm256_store_si256((__m256i *)(void *)at, value);
}

AVX2 static inline __m256i avx2_time_none(void)
{
    return _mm256_set1_epi32(-1);
}

AVX2 static inline __m256i avx2_time_arc(const road_link *arc)
{
    return _mm256_set1_epi32((int)arc->time);
}

AVX2 static inline __m256i avx2_time_room(const road_link *arc)
{
    return _mm256_set1_epi32((int)(UINT32_MAX - arc->time));
}

AVX2 static inline __m256i avx2_time_add(__m256i a, __m256i b)
{
    return _mm256_add_epi32(a, b);
}

AVX2 static inline __m256i avx2_time_min(__m256i a, __m256i b)
{
    return _mm256_min_epu32(a, b);
}

AVX2 static inline __m256i avx2_time_limit(uint32_t limit)
{
    return _mm256_set1_epi32((int)limit);
}

AVX2 static inline bool avx2_time_any_within(__m256i time, __m256i limit)
{
    __m256i is_within = _mm256_cmpeq_epi32(_mm256_min_epu32(time, limit), time);
    return _mm256_movemask_epi8(is_within) != 0;
}

/* Eight rows of eight lanes to eight columns: halves of 128 bits first, then words. */
AVX2 static inline void avx2_time_tile(const uint32_t *const *from, uint32_t *out, size_t stride)
{
    __m256i a[8], b[8];
    for (unsigned i = 0; i < 4; i++) {
        __m256i low = avx2_at(from[i]), high = avx2_at(from[i + 4]);
        a[i] = _mm256_permute2x128_si256(low, high, 0x20);
        a[i + 4] = _mm256_permute2x128_si256(low, high, 0x31);
    }
    for (unsigned half = 0; half < 8; half += 4) {
        b[0] = _mm256_unpacklo_epi32(a[half], a[half + 1]);
        b[1] = _mm256_unpackhi_epi32(a[half], a[half + 1]);
        b[2] = _mm256_unpacklo_epi32(a[half + 2], a[half + 3]);
        b[3] = _mm256_unpackhi_epi32(a[half + 2], a[half + 3]);
        b[4] = _mm256_unpacklo_epi64(b[0], b[2]);
        b[5] = _mm256_unpackhi_epi64(b[0], b[2]);
        b[6] = _mm256_unpacklo_epi64(b[1], b[3]);
        b[7] = _mm256_unpackhi_epi64(b[1], b[3]);
        for (unsigned i = 0; i < 4; i++)
            _mm256_storeu_si256((__m256i_u *)(void *)(out + (half + i) * stride), b[4 + i]);
    }
}

AVX2 static inline uint32_t avx2_time_entry(uint32_t time)
{
    return time;
}

#define LANES(name) avx2_time_##name
#define LANES_TARGET AVX2
#define LANES_LEVEL LANES_AVX2
#define LANE uint32_t
#define LANES_VECTOR __m256i
#include "network/search/lanes_loops.h"

/* --- costs: compared with their highest bit turned over, since AVX2 compares signed numbers
 *     alone; they stand so in registers, and as they are in memory --- */

AVX2 static inline __m256i avx2_turned(__m256i value)
{
    return _mm256_xor_si256(value, _mm256_set1_epi64x(INT64_MIN));
}

AVX2 static inline __m256i avx2_cost_load(const uint64_t *at)
{
    return avx2_turned(avx2_at(at));
}

AVX2 static inline void avx2_cost_store(uint64_t *at, __m256i value)
{
    _mm256_store_si256((__m256i *)(void *)at, avx2_turned(value));
}

AVX2 static inline __m256i avx2_cost_none(void)
{
    return _mm256_set1_epi64x(INT64_MAX);
}

/* What is added is not turned: turned + plain = turned. */
AVX2 static inline __m256i avx2_cost_arc(const road_link *arc)
{
    return _mm256_set1_epi64x((long long)road_link_cost(arc));
}

AVX2 static inline __m256i avx2_cost_room(const road_link *arc)
{
    return avx2_turned(_mm256_set1_epi64x((long long)(ROAD_COST_NONE - road_link_cost(arc))));
}

AVX2 static inline __m256i avx2_cost_add(__m256i a, __m256i b)
{
    return _mm256_add_epi64(a, b);
}

AVX2 static inline __m256i avx2_cost_min(__m256i a, __m256i b)
{
    return _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi64(a, b));
}

AVX2 static inline __m256i avx2_cost_limit(uint32_t limit)
{
    return avx2_turned(_mm256_set1_epi64x((long long)road_cost_of(limit, UINT32_MAX)));
}

AVX2 static inline bool avx2_cost_any_within(__m256i cost, __m256i limit)
{
    return _mm256_movemask_epi8(_mm256_cmpgt_epi64(cost, limit)) != -1;
}

/* All ones where the upper half, the time, is. */
AVX2 static inline __m256i avx2_cost_entries(const uint64_t *at)
{
    __m256i cost = avx2_at(at);
    __m256i full = _mm256_cmpeq_epi32(cost, _mm256_set1_epi32(-1));
    return _mm256_or_si256(cost, _mm256_shuffle_epi32(full, 0xf5));
}

AVX2 static inline void avx2_cost_tile(const uint64_t *const *from, uint64_t *out, size_t stride)
{
    __m256i a[4], b[4];
    for (unsigned i = 0; i < 2; i++) {
        __m256i low = avx2_cost_entries(from[i]), high = avx2_cost_entries(from[i + 2]);
        a[i] = _mm256_permute2x128_si256(low, high, 0x20);
        a[i + 2] = _mm256_permute2x128_si256(low, high, 0x31);
    }
    b[0] = _mm256_unpacklo_epi64(a[0], a[1]);
    b[1] = _mm256_unpackhi_epi64(a[0], a[1]);
    b[2] = _mm256_unpacklo_epi64(a[2], a[3]);
    b[3] = _mm256_unpackhi_epi64(a[2], a[3]);
    for (unsigned i = 0; i < 4; i++)
        _mm256_storeu_si256((__m256i_u *)(void *)(out + i * stride), b[i]);
}

AVX2 static inline uint64_t avx2_cost_entry(uint64_t cost)
{
    return lanes_cost_entry(cost);
}

#define LANES(name) avx2_cost_##name
#define LANE uint64_t
#define LANES_VECTOR __m256i
#include "network/search/lanes_loops.h"

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

const lanes_kernel *lanes_times_avx2(void)
{
    return has_avx2() ? &avx2_time_kernel : NULL;
}

const lanes_kernel *lanes_costs_avx2(void)
{
    return has_avx2() ? &avx2_cost_kernel : NULL;
}

/* === 64 bytes at a time === */

#undef LANES_TARGET
#undef LANES_LEVEL
#define LANES_TARGET AVX512
#define LANES_LEVEL LANES_AVX512

/* --- times --- */

AVX512 static inline __m512i avx512_time_load(const uint32_t *at)
{
    return _mm512_load_si512(at);
}

AVX512 static inline void avx512_time_store(uint32_t *at, __m512i value)
{
    _mm512_store_si512(at, value);
}

AVX512 static inline __m512i avx512_time_none(void)
{
    return _mm512_set1_epi32(-1);
}

AVX512 static inline __m512i avx512_time_arc(const road_link *arc)
{
    return _mm512_set1_epi32((int)arc->time);
}

AVX512 static inline __m512i avx512_time_room(const road_link *arc)
{
    return _mm512_set1_epi32((int)(UINT32_MAX - arc->time));
}

AVX512 static inline __m512i avx512_time_add(__m512i a, __m512i b)
{
    return _mm512_add_epi32(a, b);
}

AVX512 static inline __m512i avx512_time_min(__m512i a, __m512i b)
{
    return _mm512_min_epu32(a, b);
}

AVX512 static inline __m512i avx512_time_limit(uint32_t limit)
{
    return _mm512_set1_epi32((int)limit);
}

AVX512 static inline bool avx512_time_any_within(__m512i time, __m512i limit)
{
    return _mm512_cmple_epu32_mask(time, limit) != 0;
}

/* Words i of four rows beside each other: column c % 4 of each quarter of b[c]. */
AVX512 static inline void avx512_fours(const __m512i a[4], __m512i b[4])
{
    __m512i low0 = _mm512_unpacklo_epi32(a[0], a[1]), high0 = _mm512_unpackhi_epi32(a[0], a[1]);
    __m512i low1 = _mm512_unpacklo_epi32(a[2], a[3]), high1 = _mm512_unpackhi_epi32(a[2], a[3]);
    b[0] = _mm512_unpacklo_epi64(low0, low1);
    b[1] = _mm512_unpackhi_epi64(low0, low1);
    b[2] = _mm512_unpacklo_epi64(high0, high1);
    b[3] = _mm512_unpackhi_epi64(high0, high1);
}

/* Quarters q of four vectors beside each other: 4 x 4 quarters turned over. */
AVX512 static inline void avx512_quarters(const __m512i a[4], __m512i b[4])
{
    __m512i even0 = _mm512_shuffle_i32x4(a[0], a[1], 0x88);
    __m512i odd0 = _mm512_shuffle_i32x4(a[0], a[1], 0xdd);
    __m512i even1 = _mm512_shuffle_i32x4(a[2], a[3], 0x88);
    __m512i odd1 = _mm512_shuffle_i32x4(a[2], a[3], 0xdd);
    b[0] = _mm512_shuffle_i32x4(even0, even1, 0x88);
    b[1] = _mm512_shuffle_i32x4(odd0, odd1, 0x88);
    b[2] = _mm512_shuffle_i32x4(even0, even1, 0xdd);
    b[3] = _mm512_shuffle_i32x4(odd0, odd1, 0xdd);
}

AVX512 static inline void avx512_time_tile(const uint32_t *const *from, uint32_t *out,
                                           size_t stride)
{
    __m512i a[4][4];
    for (unsigned g = 0; g < 4; g++) {
        __m512i rows[4];
        for (unsigned i = 0; i < 4; i++)
            rows[i] = _mm512_load_si512(from[4 * g + i]);
        avx512_fours(rows, a[g]);
    }
    for (unsigned c = 0; c < 4; c++) {
        __m512i words[4] = {a[0][c], a[1][c], a[2][c], a[3][c]}, columns[4];
        avx512_quarters(words, columns);
        for (unsigned q = 0; q < 4; q++)
            _mm512_storeu_si512(out + (4 * q + c) * stride, columns[q]);
    }
}

AVX512 static inline uint32_t avx512_time_entry(uint32_t time)
{
    return time;
}

#define LANES(name) avx512_time_##name
#define LANE uint32_t
#define LANES_VECTOR __m512i
#include "network/search/lanes_loops.h"

/* --- costs --- */

AVX512 static inline __m512i avx512_cost_load(const uint64_t *at)
{
    return _mm512_load_si512(at);
}

AVX512 static inline void avx512_cost_store(uint64_t *at, __m512i value)
{
    _mm512_store_si512(at, value);
}

AVX512 static inline __m512i avx512_cost_none(void)
{
    return _mm512_set1_epi64(-1);
}

AVX512 static inline __m512i avx512_cost_arc(const road_link *arc)
{
    return _mm512_set1_epi64((long long)road_link_cost(arc));
}

AVX512 static inline __m512i avx512_cost_room(const road_link *arc)
{
    return _mm512_set1_epi64((long long)(ROAD_COST_NONE - road_link_cost(arc)));
}

AVX512 static inline __m512i avx512_cost_add(__m512i a, __m512i b)
{
    return _mm512_add_epi64(a, b);
}

AVX512 static inline __m512i avx512_cost_min(__m512i a, __m512i b)
{
    return _mm512_min_epu64(a, b);
}

AVX512 static inline __m512i avx512_cost_limit(uint32_t limit)
{
    return _mm512_set1_epi64((long long)road_cost_of(limit, UINT32_MAX));
}

AVX512 static inline bool avx512_cost_any_within(__m512i cost, __m512i limit)
{
    return _mm512_cmple_epu64_mask(cost, limit) != 0;
}

AVX512 static inline __m512i avx512_cost_entries(const uint64_t *at)
{
    __m512i cost = _mm512_load_si512(at);
    __m512i least = _mm512_set1_epi64((long long)road_cost_of(UINT32_MAX, 0));
    __mmask8 full = _mm512_cmpge_epu64_mask(cost, least);
    return _mm512_mask_blend_epi64(full, cost, _mm512_set1_epi64(-1));
}

/* Pairs of rows first, then the 2 x 2 words of each quarter stand as 4 x 4 quarters do. */
AVX512 static inline void avx512_cost_tile(const uint64_t *const *from, uint64_t *out,
                                           size_t stride)
{
    __m512i even[4], odd[4], columns[4];
    for (unsigned i = 0; i < 4; i++) {
        __m512i first = avx512_cost_entries(from[2 * i]);
        __m512i second = avx512_cost_entries(from[2 * i + 1]);
        even[i] = _mm512_unpacklo_epi64(first, second);
        odd[i] = _mm512_unpackhi_epi64(first, second);
    }
    avx512_quarters(even, columns);
    for (unsigned q = 0; q < 4; q++)
        _mm512_storeu_si512(out + 2 * q * stride, columns[q]);
    avx512_quarters(odd, columns);
    for (unsigned q = 0; q < 4; q++)
        _mm512_storeu_si512(out + (2 * q + 1) * stride, columns[q]);
}

AVX512 static inline uint64_t avx512_cost_entry(uint64_t cost)
{
    return lanes_cost_entry(cost);
}

#define LANES(name) avx512_cost_##name
#define LANE uint64_t
#define LANES_VECTOR __m512i
#include "network/search/lanes_loops.h"

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

const lanes_kernel *lanes_times_avx512(void)
{
    return has_avx512() ? &avx512_time_kernel : NULL;
}

const lanes_kernel *lanes_costs_avx512(void)
{
    return has_avx512() ? &avx512_cost_kernel : NULL;
}

#else

const lanes_kernel *lanes_times_avx2(void)
{
    return NULL;
}

const lanes_kernel *lanes_costs_avx2(void)
{
    return NULL;
}

const lanes_kernel *lanes_times_avx512(void)
{
    return NULL;
}

const lanes_kernel *lanes_costs_avx512(void)
{
    return NULL;
}

#endif
