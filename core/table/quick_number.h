/* table/quick_number.h: numbers as most files write them, digits with at most one mark. Private to
 * this room.
 *
 * What is written otherwise, or has more digits than one exact operation rounds, is not read here:
 * false sends it to text_to_f64. Where these functions answer, they answer the same. */
#ifndef TABLE_QUICK_NUMBER_H
#define TABLE_QUICK_NUMBER_H

#include <endian.h>
#include <string.h>

#include "base/text.h"

enum { QUICK_DIGITS = 18 };

static inline bool eight_digits(uint64_t word)
{
    return ((word & (word + UINT64_C(0x0606060606060606))) & UINT64_C(0xF0F0F0F0F0F0F0F0)) ==
           UINT64_C(0x3030303030303030);
}

/* Eight digits, the first lowest, by pairs, then fours, then all. */
static inline uint64_t eight_value(uint64_t word)
{
    word -= UINT64_C(0x3030303030303030);
    word = word * 10 + (word >> 8);
    return ((word & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
            (word >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* Adds digits to *value; stops at the first other byte. */
static inline const char *quick_digits(const char *at, const char *end, uint64_t *value)
{
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        word = le64toh(word);
        if (!eight_digits(word))
            break;
        *value = *value * 100000000 + eight_value(word);
        at += 8;
    }
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *value = *value * 10 + (uint64_t)(*at - '0');
    return at;
}

/* *mark: 0 when there is none. */
static inline bool quick_f64(text_slice s, char *mark, double *out)
{
    static const double powers[QUICK_DIGITS + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                                    1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                                    1e14, 1e15, 1e16, 1e17, 1e18};
    const char *end = s.at + s.size;
    uint64_t value = 0;
    if (s.size > QUICK_DIGITS + 1)
        return false;
    const char *at = s.at;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        value = value * 10 + (uint64_t)(*at - '0');
    *mark = 0;
    if (at == s.at)
        return false;
    size_t decimals = 0;
    if (at < end && (*at == '.' || *at == ',')) {
        *mark = *at;
        const char *first = ++at;
        at = quick_digits(at, end, &value);
        decimals = (size_t)(at - first);
        if (!decimals)
            return false;
    }
    if (at != end || decimals > QUICK_DIGITS || value > UINT64_C(1) << 53)
        return false;
    *out = (double)value / powers[decimals];
    return true;
}

static inline bool quick_u32(text_slice s, uint32_t *out)
{
    uint32_t value = 0;
    if (s.size == 0 || s.size > 9)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(s.at[i] - '0');
    }
    *out = value;
    return true;
}

#endif
