/* Philox4x32-10 and the inverse distribution functions. */
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

random_key random_key_of(uint64_t seed, const char *stream)
{
    uint64_t mixed = hash_bytes(stream, strlen(stream), seed);
    return (random_key){{(uint32_t)mixed, (uint32_t)(mixed >> 32)}};
}

/* Constants and ten rounds of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC'11. */
random_words random_philox(random_key key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3)
{
    uint32_t k0 = key.word[0], k1 = key.word[1];
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c0, b = (uint64_t)0xCD9E8D57u * c2;
        uint32_t next0 = (uint32_t)(b >> 32) ^ c1 ^ k0, next2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c0 = next0;
        c1 = (uint32_t)b;
        c2 = next2;
        c3 = (uint32_t)a;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return (random_words){{c0, c1, c2, c3}};
}

/* (n + 1/2) / 2^52: odd multiples of 2^-53, all exact, so that neither 0 nor 1 can come out. */
double random_uniform(random_key key, uint64_t draw, uint64_t row, uint32_t k)
{
    uint32_t high = (uint32_t)(draw >> 32 & 0xFFFF) << 16 | (uint32_t)(row >> 32 & 0xFFFF);
    random_words w = random_philox(key, (uint32_t)draw, (uint32_t)row, k, high);
    uint64_t bits = ((uint64_t)w.word[1] << 32 | w.word[0]) >> 12;
    return ((double)bits + 0.5) * 0x1p-52;
}

static double polynomial(const double *c, size_t count, double x)
{
    double sum = c[count - 1];
    for (size_t i = count - 1; i-- > 0;)
        sum = sum * x + c[i];
    return sum;
}

/* Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
 * 37 (1988), PPND16: about 1 part in 10^16. */
static double normal_inverse(double p)
{
    static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                               1.9715909503065514427e3, 1.3731693765509461125e4,
                               4.5921953931549871457e4, 6.7265770927008700853e4,
                               3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[] = {1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                               5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0,  2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        return q * polynomial(a, 8, r) / polynomial(b, 8, r);
    }
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double tail = r <= 5.0 ? polynomial(c, 8, r - 1.6) / polynomial(d, 8, r - 1.6)
                           : polynomial(e, 8, r - 5.0) / polynomial(f, 8, r - 5.0);
    return q < 0.0 ? -tail : tail;
}

double random_normal(random_key key, uint64_t draw, uint64_t row, uint32_t k)
{
    return normal_inverse(random_uniform(key, draw, row, k));
}

double random_triangular(double u, double low, double mode, double high)
{
    double width = high - low;
    if (!(width > 0.0))
        return low;
    double x = u * width < mode - low ? low + sqrt(u * width * (mode - low))
                                      : high - sqrt((1.0 - u) * width * (high - mode));
    return fmin(fmax(x, low), high);
}

/* Continued fraction of the incomplete beta function by Lentz's method; converges fast for
 * x < (a + 1) / (a + b + 2). (DLMF 8.17.22.) */
static double beta_fraction(double a, double b, double x)
{
    double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), h = d;
    for (int m = 1; m <= 300; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        h *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        h *= d * c;
        if (fabs(d * c - 1.0) < 1e-15)
            break;
    }
    return h;
}

/* lgamma without its global sign; the arguments are at least 1. */
static double log_gamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}

/* Regularised incomplete beta I_x(a, b), a and b in [1, 5]. */
static double beta_below(double a, double b, double log_beta, double x)
{
    double front = exp(a * log(x) + b * log1p(-x) - log_beta);
    if (x < (a + 1.0) / (a + b + 2.0))
        return front * beta_fraction(a, b, x) / a;
    return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

/* Newton steps kept inside a bracket that halves when a step would leave it. */
static double beta_inverse(double u, double a, double b)
{
    double log_beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b);
    double below = 0.0, above = 1.0, x = a / (a + b);
    for (int i = 0; i < 200 && above - below > 1e-16; i++) {
        double miss = beta_below(a, b, log_beta, x) - u;
        if (miss < 0.0)
            below = x;
        else
            above = x;
        double slope = exp((a - 1.0) * log(x) + (b - 1.0) * log1p(-x) - log_beta);
        double next = x - miss / slope;
        if (!(next > below && next < above))
            next = below + (above - below) / 2.0;
        if (fabs(next - x) <= 1e-15 * x)
            return next;
        x = next;
    }
    return x;
}

/* PERT: a beta distribution on [low, high] whose mean is (low + 4 mode + high) / 6. */
double random_pert(double u, double low, double mode, double high)
{
    double width = high - low;
    if (!(width > 0.0))
        return low;
    double a = 1.0 + 4.0 * (mode - low) / width, b = 1.0 + 4.0 * (high - mode) / width;
    return fmin(fmax(low + width * beta_inverse(u, a, b), low), high);
}

/* Total: NaN after every number, -0 before +0. */
static int order_f64(const void *left, const void *right)
{
    double a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    if (isnan(a) || isnan(b))
        return (isnan(a) != 0) - (isnan(b) != 0);
    if (a != b)
        return a < b ? -1 : 1;
    return (signbit(b) != 0) - (signbit(a) != 0);
}

/* p * n may miss a whole rank by a rounding (0.07 * 100 > 7): a rank within 1e-9 is that rank. */
double quantile_nearest_rank(double *values, size_t n, double p)
{
    double rank = p * (double)n, whole = nearbyint(rank);
    qsort(values, n, sizeof *values, order_f64);
    rank = fabs(rank - whole) <= 1e-9 * fmax(1.0, rank) ? whole : ceil(rank);
    if (!(rank >= 1.0))
        return values[0];
    return rank >= (double)n ? values[n - 1] : values[(size_t)rank - 1];
}
