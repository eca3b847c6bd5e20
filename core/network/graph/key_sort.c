#include "network/graph/key_sort.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 64 };

static void sort_digit(const keyed_node *from, keyed_node *to, size_t count, unsigned shift)
{
    size_t starts[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        starts[from[i].key >> shift & (DIGITS - 1)]++;
    for (size_t d = 0, at = 0; d < DIGITS; d++) {
        size_t in_digit = starts[d];
        starts[d] = at;
        at += in_digit;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

keyed_node *key_sort(keyed_node *items, keyed_node *other, size_t count)
{
    uint64_t differ = 0;
    for (size_t i = 1; i < count; i++)
        differ |= items[i].key ^ items[0].key;
    for (unsigned shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
        if ((differ >> shift & (DIGITS - 1)) == 0)
            continue;
        sort_digit(items, other, count, shift);
        keyed_node *sorted = other;
        other = items;
        items = sorted;
    }
    return items;
}
