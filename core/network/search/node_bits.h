/* network/search/node_bits.h: nodes waiting for their turn in a loop over ascending or descending
 * numbers, one bit each. Private to this room. */
#ifndef NETWORK_NODE_BITS_H
#define NETWORK_NODE_BITS_H

#include <stddef.h>
#include <stdint.h>

enum { NODE_BITS_WORD = 64 };

static inline size_t node_bits_words(uint32_t nodes)
{
    return (size_t)nodes / NODE_BITS_WORD + 1;
}

/* A bit that stands is not written again: the next look at its word would wait for that. */
static inline void node_bits_add(uint64_t *bits, uint32_t node)
{
    uint64_t *word = &bits[node / NODE_BITS_WORD], bit = UINT64_C(1) << node % NODE_BITS_WORD;
    if (!(*word & bit))
        *word |= bit;
}

/* Takes the lowest of a word that is not 0. */
static inline uint32_t node_bits_lowest(uint64_t *bits, size_t word)
{
    unsigned bit = (unsigned)__builtin_ctzll(bits[word]);
    bits[word] &= bits[word] - 1;
    return (uint32_t)(word * NODE_BITS_WORD + bit);
}

/* Takes the highest of a word that is not 0. */
static inline uint32_t node_bits_highest(uint64_t *bits, size_t word)
{
    unsigned bit = NODE_BITS_WORD - 1 - (unsigned)__builtin_clzll(bits[word]);
    bits[word] &= ~(UINT64_C(1) << bit);
    return (uint32_t)(word * NODE_BITS_WORD + bit);
}

#endif
