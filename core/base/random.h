/* base/random.h: counter-based random numbers (Philox4x32-10; Salmon et al., SC'11).
 * A value depends on its key and counter alone: the same for any thread, block or restart. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct random_key {
    uint32_t word[2];
} random_key;
typedef struct random_words {
    uint32_t word[4];
} random_words;
random_key random_key_of(uint64_t seed, const char *stream);
random_words random_philox(random_key key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3);
/* Uniform in (0, 1), 53 bits, never 0 or 1. Counter (draw, row, k). */
double random_uniform(random_key key, uint64_t draw, uint64_t row, uint32_t k);
double random_normal(random_key key, uint64_t draw, uint64_t row,
                     uint32_t k); /* Wichura AS241 inverse */

/* Inverse distribution functions, u in (0,1); low <= mode <= high; low == high gives low. */
double random_triangular(double u, double low, double mode, double high);
double random_pert(double u, double low, double mode, double high);

/* Quantile by nearest rank: sorts `values` in place, returns values[ceil(p*n)-1]. n > 0. */
double quantile_nearest_rank(double *values, size_t n, double p);

#endif
