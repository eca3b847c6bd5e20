/* network/search/lanes_level.h: vector instructions that a sweep may use. */
#ifndef NETWORK_LANES_LEVEL_H
#define NETWORK_LANES_LEVEL_H

typedef enum lanes_level {
    LANES_BEST = 0, /* of those that the processor has */
    LANES_PORTABLE,
    LANES_AVX2,
    LANES_AVX512 /* F, BW, DQ and VL */
} lanes_level;

#endif
