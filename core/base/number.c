/* Numbers to and from text. The program never calls setlocale, and nothing here depends on it. */
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number as read: digits with neither sign, mark nor leading zeros. */
typedef struct decimal {
    bool negative;
    uint64_t mantissa; /* the first 19 significant digits */
    size_t digits;     /* significant digits, all of them */
    int64_t exponent;  /* value = mantissa * 10^exponent when digits <= 19 */
    int64_t point;     /* value = 0.d1 d2 d3... * 10^point */
    const char *first; /* the first significant digit, NULL: zero */
    const char *end;   /* past the last digit */
} decimal;

enum { MANTISSA_DIGITS = 19, EXPONENT_BOUND = 100000 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from `at`; the number of those after the mark is counted by the caller. */
static const char *scan_digits(decimal *d, const char *at, const char *end)
{
    for (; at < end && is_digit(*at); at++) {
        if (d->first == NULL && *at == '0')
            continue;
        if (d->first == NULL)
            d->first = at;
        if (d->digits < MANTISSA_DIGITS)
            d->mantissa = d->mantissa * 10 + (uint64_t)(*at - '0');
        d->digits++;
    }
    return at;
}

/* "e+12"; a huge exponent is bounded far outside what a double holds. */
static bool scan_exponent(const char **at, const char *end, int64_t *exponent)
{
    const char *c = *at + 1;
    bool negative = false;
    if (c < end && (*c == '+' || *c == '-'))
        negative = *c++ == '-';
    if (c == end || !is_digit(*c))
        return false;
    int64_t value = 0;
    for (; c < end && is_digit(*c); c++) {
        if (value < EXPONENT_BOUND * INT64_C(1000000))
            value = value * 10 + (*c - '0');
    }
    *exponent = negative ? -value : value;
    *at = c;
    return true;
}

static bool scan_decimal(text_slice s, char mark, decimal *d)
{
    const char *at = s.at, *end = s.at + s.size;
    *d = (decimal){0};
    if (at < end && (*at == '+' || *at == '-'))
        d->negative = *at++ == '-';
    const char *whole = at;
    at = scan_digits(d, at, end);
    if (at == whole)
        return false;
    int64_t whole_digits = d->first == NULL ? 0 : at - d->first, fraction = 0, exponent = 0;
    if (at < end && *at == mark) {
        const char *start = ++at;
        at = scan_digits(d, at, end);
        if (at == start)
            return false;
        fraction = at - start;
        if (d->first >= start)
            whole_digits = -(d->first - start);
    }
    d->end = at;
    if (at < end && (*at == 'e' || *at == 'E') && !scan_exponent(&at, end, &exponent))
        return false;
    d->exponent = exponent - fraction;
    d->point = exponent + whole_digits;
    return at == end;
}

/* Exact in binary. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Both operands are exact, and the one operation rounds once (Clinger's fast path). */
static bool exact_value(const decimal *d, double *out)
{
    if (d->digits > MANTISSA_DIGITS || d->mantissa > (UINT64_C(1) << 53))
        return false;
    if (d->mantissa == 0)
        *out = 0.0;
    else if (d->exponent >= 0 && d->exponent <= 22)
        *out = (double)d->mantissa * powers[d->exponent];
    else if (d->exponent < 0 && d->exponent >= -22)
        *out = (double)d->mantissa / powers[-d->exponent];
    else
        return false;
    return true;
}

/* The same with the 64 digits of an extended double: the one operation is right to half of its last
 * bit, so that it rounds to the right double unless it lies on the very middle of two. */
#if LDBL_MANT_DIG == 64
static bool extended_value(const decimal *d, double *out)
{
    static const long double powers_extended[] = {
        1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,
        1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L,
        1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L}; /* 5^27 < 2^64: exact */
    if (d->digits > MANTISSA_DIGITS || d->exponent < -27 || d->exponent > 27)
        return false;
    long double value = (long double)d->mantissa;
    value = d->exponent < 0 ? value / powers_extended[-d->exponent]
                            : value * powers_extended[d->exponent];
    int exponent = 0;
    uint64_t bits = (uint64_t)ldexpl(frexpl(value, &exponent), 64);
    if ((bits & 0x7ff) == 0x400)
        return false;
    *out = (double)value;
    return true;
}
#else
static bool extended_value(const decimal *d, double *out)
{
    (void)d;
    (void)out;
    return false;
}
#endif

/* 767 significant digits decide any rounding of a double (David M. Gay, 1990); past them only
 * "something follows" matters, and one more 1 says it. */
enum { DECIDING_DIGITS = 800 };

static bool slow_value(const decimal *d, double *out)
{
    char text[DECIDING_DIGITS + 40];
    size_t used = 0, kept = 0;
    bool more = false;
    text[used++] = '.';
    for (const char *at = d->first; at < d->end; at++) {
        if (!is_digit(*at))
            continue;
        if (kept < DECIDING_DIGITS)
            text[used++] = *at;
        else
            more = more || *at != '0';
        kept++;
    }
    if (more)
        text[used++] = '1';
    int64_t power = d->point;
    power = power > EXPONENT_BOUND    ? EXPONENT_BOUND
            : power < -EXPONENT_BOUND ? -EXPONENT_BOUND
                                      : power;
    (void)snprintf(text + used, sizeof text - used, "e%d", (int)power);
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return false;
    *out = strtod_l(text, NULL, plain);
    freelocale(plain);
    return isfinite(*out);
}

bool text_to_f64(text_slice s, char decimal_mark, double *out)
{
    decimal d;
    double value = 0.0;
    if (!scan_decimal(s, decimal_mark, &d))
        return false;
    if (!exact_value(&d, &value) && !extended_value(&d, &value) && !slow_value(&d, &value))
        return false;
    *out = d.negative ? -value : value;
    return true;
}

bool text_to_u64(text_slice s, uint64_t *out)
{
    uint64_t value = 0;
    if (s.size == 0)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        if (!is_digit(s.at[i]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(s.at[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

bool text_to_i64(text_slice s, int64_t *out)
{
    bool negative = s.size > 0 && s.at[0] == '-';
    size_t sign = s.size > 0 && (s.at[0] == '-' || s.at[0] == '+') ? 1 : 0;
    uint64_t magnitude = 0;
    if (!text_to_u64(text_slice_of(s.at + sign, s.size - sign), &magnitude))
        return false;
    if (magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return false;
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

static size_t give(const char *text, size_t length, char *buffer, size_t size)
{
    if (size > 0) {
        size_t kept = length < size ? length : size - 1;
        memcpy(buffer, text, kept);
        buffer[kept] = '\0';
    }
    return length;
}

enum { SCALED_BYTES = 40, SCALED_DECIMALS_MAX = 15 };

/* scaled / 10^decimals as digits; no sign on a zero. */
static size_t scaled_digits(bool negative, uint64_t scaled, size_t decimals,
                            char text[SCALED_BYTES])
{
    char backwards[SCALED_BYTES];
    size_t used = 0, length = 0;
    bool sign = negative && scaled > 0;
    while (scaled > 0 || used <= decimals) {
        if (used == decimals && decimals > 0)
            backwards[length++] = '.';
        backwards[length++] = (char)('0' + scaled % 10);
        scaled /= 10;
        used++;
    }
    if (sign)
        backwards[length++] = '-';
    for (size_t i = 0; i < length; i++)
        text[i] = backwards[length - 1 - i];
    text[length] = '\0';
    return length;
}

/* A number that people wrote with a few decimals: n / 10^d reads back as the value, by one exact
 * operation, and below 10^15 no other n does. From 0.0001, as %g leaves the exponent out. 0: no. */
static size_t short_digits(double value, char text[SCALED_BYTES])
{
    double size = fabs(value);
    if (!(size >= 1e-4 && size < 1e15))
        return 0;
    for (size_t d = 0; d <= 9; d++) {
        double n = nearbyint(size * powers[d]);
        if (n >= 1e15)
            return 0;
        if (n / powers[d] == size)
            return scaled_digits(value < 0.0, (uint64_t)n, d, text);
    }
    return 0;
}

static void plain_mark(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if (*c == ',')
            *c = '.';
    }
}

/* A normal double needs 15 to 17 digits (%g drops the zeros at the end); a subnormal has fewer. */
size_t text_from_f64(double value, char *buffer, size_t size)
{
    char text[SCALED_BYTES] = "";
    if (!isfinite(value))
        return give(text, 0, buffer, size);
    size_t length = short_digits(value, text);
    if (length > 0)
        return give(text, length, buffer, size);
    int digits = fabs(value) < DBL_MIN ? 1 : 15;
    for (double back = 0.0; digits <= 17; digits++) {
        length = (size_t)snprintf(text, sizeof text, "%.*g", digits, value);
        plain_mark(text);
        if (text_to_f64(text_slice_of(text, length), '.', &back) && back == value)
            break;
    }
    return give(text, length, buffer, size);
}

/* value * 10^decimals = n + 1/2 exactly, which needs value * 2^(decimals+1) whole and odd. */
static bool is_tie(double value, int decimals)
{
    double scaled = ldexp(fabs(value), decimals + 1);
    return scaled < 9007199254740992.0 && scaled == trunc(scaled) && fmod(scaled, 2.0) == 1.0;
}

enum { FIXED_BYTES = 400, FIXED_DECIMALS_MAX = 60 };

/* The digits end with the 5 of an exact half: away from zero. */
static size_t drop_half(char *text, size_t length)
{
    text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    for (size_t i = length; i-- > 0 && text[i] != '-';) {
        if (text[i] == '.')
            continue;
        if (text[i] != '9') {
            text[i]++;
            return length;
        }
        text[i] = '0';
    }
    size_t sign = text[0] == '-' ? 1 : 0;
    memmove(text + sign + 1, text + sign, length - sign + 1);
    text[sign] = '1';
    return length + 1;
}

/* The usual case without printf: the product rounds once, and fma gives what the rounding left, so
 * that a half is told from what lies beside it. 0: not the usual case. */
static size_t fixed_digits_fast(double value, int decimals, char text[FIXED_BYTES])
{
    if (decimals > SCALED_DECIMALS_MAX)
        return 0;
    double size = fabs(value), scaled = size * powers[decimals];
    if (!(scaled < 4503599627370496.0)) /* 2^52: one half is still a multiple of the last bit */
        return 0;
    double left = fma(size, powers[decimals], -scaled), whole = floor(scaled);
    double part = scaled - whole;
    bool up = part > 0.5 || (part == 0.5 && left >= 0.0);
    return scaled_digits(value < 0.0, (uint64_t)whole + (up ? 1 : 0), (size_t)decimals, text);
}

/* printf rounds an exact tie to even; people expect 0.125 to print 0.13. */
static size_t fixed_digits(double value, int decimals, char text[FIXED_BYTES])
{
    decimals = decimals < 0 ? 0 : decimals > FIXED_DECIMALS_MAX ? FIXED_DECIMALS_MAX : decimals;
    size_t fast = fixed_digits_fast(value, decimals, text);
    if (fast > 0)
        return fast;
    bool tie = is_tie(value, decimals);
    int length = snprintf(text, FIXED_BYTES, "%.*f", tie ? decimals + 1 : decimals, value);
    plain_mark(text);
    if (tie)
        length = (int)drop_half(text, (size_t)length);
    if (text[0] == '-' && strspn(text + 1, "0.") == (size_t)length - 1) {
        memmove(text, text + 1, (size_t)length);
        length--;
    }
    return (size_t)length;
}

size_t text_from_f64_fixed(double value, int decimals, char *buffer, size_t size)
{
    char text[FIXED_BYTES] = "";
    size_t length = isfinite(value) ? fixed_digits(value, decimals, text) : 0;
    return give(text, length, buffer, size);
}

size_t text_number(double value, int decimals, language lang, char *buffer, size_t size)
{
    static const char *const thousands[] = {[LANGUAGE_FR] = "\u202f", [LANGUAGE_EN] = ","};
    char digits[FIXED_BYTES], text[3 * FIXED_BYTES];
    if (!isfinite(value))
        return give("…", strlen("…"), buffer, size);
    size_t length = fixed_digits(value, decimals, digits), used = 0;
    size_t sign = digits[0] == '-' ? 1 : 0, whole = strcspn(digits, ".");
    for (size_t i = 0; i < length; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) {
            size_t mark = strlen(thousands[lang]);
            memcpy(text + used, thousands[lang], mark);
            used += mark;
        }
        text[used++] = i == whole && lang == LANGUAGE_FR ? ',' : digits[i];
    }
    return give(text, used, buffer, size);
}
