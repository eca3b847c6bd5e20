/* Numbers: strict in, exact out. The C library is the referee, used only here. */
#include "support.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

static uint64_t bits_of(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static void assert_reads(const char *text)
{
    double got = -1.0;
    assert_true(text_to_f64(slice(text), '.', &got));
    if (bits_of(got) != bits_of(strtod(text, NULL)))
        fail_msg("%s read as %.17g, not %.17g", text, got, strtod(text, NULL));
}

static void known_hard_numbers_are_correctly_rounded(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "+0.0",
        "1",
        "-1.5",
        "0.1",
        "123456789012345678",
        "9007199254740993",
        "9007199254740992",
        "9007199254740991e22",
        "1e22",
        "1e23",
        "8.5e-22",
        "1e-22",
        "1e-23",
        "1.7976931348623157e308",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1e-400",
        "0e999999999999999999999",
        "0.000000000000000000000000000000000000000000000001",
        "00000000000000000000000000000000000000000000000123.4500",
        "5e-324",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        "1234567890123456789012345678901234567890e-40",
        "0.3e1",
        "1E5",
        "100000000000000000000000000000000000000000",
        "48.8566140",
        "2.35222190000001",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_reads(texts[i]);
}

static void a_rounding_decided_past_800_digits_is_right(void **state)
{
    (void)state;
    char text[2000];
    /* 1 + 2^-53 exactly is a tie: to even, unless anything at all follows. */
    const char *tie = "1.00000000000000011102230246251565404236316680908203125";
    size_t size = strlen(tie);
    memcpy(text, tie, size);
    memset(text + size, '0', 1500);
    text[size + 1500] = '\0';
    double value = 0.0;
    assert_true(text_to_f64(slice(text), '.', &value));
    assert_true(value == 1.0);
    text[size + 1499] = '1';
    assert_true(text_to_f64(slice(text), '.', &value));
    assert_true(value == 1.0 + DBL_EPSILON);
}

static int significant_digits(const char *text)
{
    int count = 0, zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '0' && count > 0)
            zeros++;
        if (*text >= '1' && *text <= '9') {
            count += zeros + 1;
            zeros = 0;
        }
    }
    return count;
}

static void assert_no_shorter(double value, const char *text)
{
    char shorter[40];
    int digits = significant_digits(text);
    if (digits < 2)
        return;
    (void)snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
    assert_true(bits_of(strtod(shorter, NULL)) != bits_of(value));
}

static void random_doubles_go_out_and_come_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        double value = of_bits(next_random(&seed)), back = 0.0;
        char text[40];
        if (!isfinite(value))
            continue;
        size_t size = text_from_f64(value, text, sizeof text);
        assert_true(text_to_f64(text_slice_of(text, size), '.', &back));
        assert_true(bits_of(back) == bits_of(value));
        char seventeen[40];
        (void)snprintf(seventeen, sizeof seventeen, "%.17g", value);
        assert_reads(seventeen);
        assert_no_shorter(value, text);
    }
}

static void decimals_that_people_write_come_back_as_written(void **state)
{
    (void)state;
    uint64_t seed = 23;
    for (int i = 0; i < 200000; i++) {
        char expected[40], text[40];
        double scale = pow(10.0, (double)(next_random(&seed) % 12));
        double value = (double)(next_random(&seed) % 10000000) / scale;
        (void)snprintf(expected, sizeof expected, "%.15g", value);
        (void)text_from_f64(value, text, sizeof text);
        assert_string_equal(text, expected);
    }
}

static void random_decimals_read_as_the_library_reads_them(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        int whole = (int)(next_random(&seed) % 12), decimals = (int)(next_random(&seed) % 14);
        uint64_t digits = next_random(&seed);
        (void)snprintf(text, sizeof text, "%s%llu.%0*llue%d", i % 3 == 0 ? "-" : "",
                       (unsigned long long)(digits % (uint64_t)pow(10, whole + 1)), decimals + 1,
                       (unsigned long long)(next_random(&seed) % (uint64_t)pow(10, decimals + 1)),
                       (int)(next_random(&seed) % 60) - 30);
        assert_reads(text);
    }
}

/* The middle between two doubles, cut to 16 to 19 digits, and its neighbours: where one rounding
 * too many shows. */
static void numbers_beside_a_middle_are_correctly_rounded(void **state)
{
    (void)state;
    uint64_t seed = 29;
    for (int i = 0; i < 60000; i++) {
        char text[64];
        double low = ldexp(1.0 + (double)(next_random(&seed) >> 12) * 0x1p-52,
                           (int)(next_random(&seed) % 120) - 60);
        long double middle = ((long double)low + (long double)nextafter(low, INFINITY)) / 2;
        int length =
            snprintf(text, sizeof text, "%.*Le", 15 + (int)(next_random(&seed) % 4), middle);
        assert_true(length > 0 && (size_t)length < sizeof text);
        char *last = strchr(text, 'e') - 1;
        assert_reads(text);
        if (*last > '0' && *last < '9') {
            ++*last;
            assert_reads(text);
            *last = (char)(*last - 2);
            assert_reads(text);
        }
    }
    assert_reads("4503599627370496.5"); /* middles themselves: to the even one */
    assert_reads("4503599627370497.5");
    assert_reads("9007199254740995");
    assert_reads("18014398509481986");
}

static void anything_but_a_whole_number_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",         " 1",    "1 ",  "+",     "-",        ".",     "1.",     ".5",
        "1..2",     "1.2.3", "1,2", "0x10",  "inf",      "-inf",  "nan",    "NaN",
        "infinity", "1e",    "1e+", "1e5.0", "e5",       "1_000", "1 000",  "1\u202f000",
        "--1",      "+-1",   "1f",  "1d5",   "\xd9\xa1", "1e999", "-1e309", "1a",
    };
    double value = 42.0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (text_to_f64(slice(texts[i]), '.', &value))
            fail_msg("'%s' was read as a number", texts[i]);
    }
    assert_false(text_to_f64(text_slice_of("1\0", 2), '.', &value));
    assert_false(text_to_f64(text_slice_of(NULL, 0), '.', &value));
    assert_true(value == 42.0);
}

static void the_decimal_comma_is_a_choice(void **state)
{
    (void)state;
    double value = 0.0;
    assert_true(text_to_f64(slice("1234,5"), ',', &value));
    assert_true(value == 1234.5);
    assert_false(text_to_f64(slice("1234.5"), ',', &value));
    assert_true(text_to_f64(slice("12345678901234567890123,25"), ',', &value));
    assert_true(value == 12345678901234567890123.25);
}

static void a_french_locale_changes_nothing(void **state)
{
    (void)state;
    char text[40];
    double value = 0.0;
    if (setlocale(LC_ALL, "fr_FR.UTF-8") == NULL)
        skip();
    size_t size = text_from_f64(1234.5, text, sizeof text);
    bool same = strcmp(text, "1234.5") == 0 && size == 6;
    bool read = text_to_f64(slice("0.1234567890123456789"), '.', &value);
    (void)text_from_f64_fixed(0.5, 2, text, sizeof text);
    (void)setlocale(LC_ALL, "C");
    assert_true(same && read && value == 0.1234567890123456789);
    assert_string_equal(text, "0.50");
}

static void integers_stop_at_their_limits(void **state)
{
    (void)state;
    uint64_t u = 0;
    int64_t i = 0;
    assert_true(text_to_u64(slice("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(text_to_u64(slice("18446744073709551616"), &u));
    assert_false(text_to_u64(slice("-1"), &u));
    assert_false(text_to_u64(slice(""), &u));
    assert_true(text_to_u64(slice("007"), &u) && u == 7);
    assert_true(text_to_i64(slice("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_true(text_to_i64(slice("+9223372036854775807"), &i) && i == INT64_MAX);
    assert_false(text_to_i64(slice("9223372036854775808"), &i));
    assert_false(text_to_i64(slice("-"), &i));
    assert_false(text_to_i64(slice("1.0"), &i));
}

static void assert_prints(double value, const char *expected)
{
    char text[40];
    assert_int_equal(text_from_f64(value, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void the_shortest_decimal_is_printed(void **state)
{
    (void)state;
    assert_prints(0.1, "0.1");
    assert_prints(1.0 / 3.0, "0.3333333333333333");
    assert_prints(0.1 + 0.2, "0.30000000000000004");
    assert_prints(77288.0, "77288");
    assert_prints(-12.5, "-12.5");
    assert_prints(0.0, "0");
    assert_prints(-0.0, "-0");
    assert_prints(1e300, "1e+300");
    assert_prints(5e-324, "5e-324");
    assert_prints(0.0001, "0.0001");
    assert_prints(0.00001, "1e-05");
    assert_prints(48.8566140, "48.856614");
    assert_prints(123456789.123456, "123456789.123456");
    assert_prints(1e15, "1e+15");
    assert_prints(0.000123456789012, "0.000123456789012");
    assert_prints(999999999999999.0, "999999999999999");
    assert_prints((double)NAN, "");
    assert_prints((double)INFINITY, "");
}

static void assert_fixed(double value, int decimals, const char *expected)
{
    char text[400];
    assert_int_equal(text_from_f64_fixed(value, decimals, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void fixed_decimals_round_as_people_do(void **state)
{
    (void)state;
    assert_fixed(0.125, 2, "0.13");
    assert_fixed(-0.125, 2, "-0.13");
    assert_fixed(0.375, 2, "0.38");
    assert_fixed(2.5, 0, "3");
    assert_fixed(0.5, 0, "1");
    assert_fixed(1.005, 2, "1.00"); /* the double lies below 1.005 */
    assert_fixed(-0.001, 2, "0.00");
    assert_fixed(-0.0, 0, "0");
    assert_fixed(-0.5, 0, "-1");
    assert_fixed(4070769209186.47509765625, 10, "4070769209186.4750976563");
    assert_fixed(-4503599627370497.5, 0, "-4503599627370498");
    assert_fixed(999999999999999.5, 0, "1000000000000000");
    assert_fixed(9999999999999.96875, 4, "9999999999999.9688");
    assert_fixed(1e20, 1, "100000000000000000000.0");
    assert_fixed((double)NAN, 2, "");
    assert_fixed(-DBL_MIN, 3, "0.000");
    char tiny[4];
    assert_int_equal(text_from_f64_fixed(123.456, 2, tiny, sizeof tiny), 6);
    assert_string_equal(tiny, "123");
}

static void fixed_decimals_agree_with_exact_arithmetic(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 50000; i++) {
        /* n / 64: exact in binary and, times 1000, exact in 64 bits. */
        int64_t n = (int64_t)(next_random(&seed) % 2000001) - 1000000;
        int64_t scaled = n * 1000, magnitude = scaled < 0 ? -scaled : scaled;
        int64_t rounded = (magnitude + 32) / 64;
        char expected[40];
        (void)snprintf(expected, sizeof expected, "%s%lld.%03lld",
                       scaled < 0 && rounded > 0 ? "-" : "", (long long)(rounded / 1000),
                       (long long)(rounded % 1000));
        assert_fixed((double)n / 64.0, 3, expected);
    }
}

/* The C library rounds exactly, but ties to even: away from ties it is the referee. */
static void fixed_decimals_agree_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 17;
    for (int i = 0; i < 300000; i++) {
        int decimals = (int)(next_random(&seed) % 17), shift = (int)(next_random(&seed) % 80) - 90;
        double value = ldexp((double)(int64_t)next_random(&seed), shift);
        if (i % 2 == 0) /* as people write them: close to a half at the next decimal */
            value = (double)((int64_t)(next_random(&seed) % 200000) - 100000) / 1000.0;
        double doubled = ldexp(fabs(value), decimals + 1);
        if (doubled == floor(doubled) && fmod(doubled, 2.0) == 1.0)
            continue;
        char expected[400];
        (void)snprintf(expected, sizeof expected, "%.*f", decimals, value);
        bool zero = strspn(expected, "-0.") == strlen(expected);
        assert_fixed(value, decimals, zero && expected[0] == '-' ? expected + 1 : expected);
    }
}

static void assert_for_people(double value, int decimals, language lang, const char *expected)
{
    char text[64];
    assert_int_equal(text_number(value, decimals, lang, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void numbers_for_people_follow_the_language(void **state)
{
    (void)state;
    assert_for_people(1234567.84, 1, LANGUAGE_FR, "1\u202f234\u202f567,8");
    assert_for_people(1234567.84, 1, LANGUAGE_EN, "1,234,567.8");
    assert_for_people(-1234.0, 0, LANGUAGE_FR, "-1\u202f234");
    assert_for_people(999.0, 0, LANGUAGE_FR, "999");
    assert_for_people(-100.0, 2, LANGUAGE_EN, "-100.00");
    assert_for_people(999999.999, 2, LANGUAGE_EN, "1,000,000.00");
    assert_for_people((double)NAN, 1, LANGUAGE_FR, "…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_hard_numbers_are_correctly_rounded),
        cmocka_unit_test(a_rounding_decided_past_800_digits_is_right),
        cmocka_unit_test(random_doubles_go_out_and_come_back),
        cmocka_unit_test(decimals_that_people_write_come_back_as_written),
        cmocka_unit_test(random_decimals_read_as_the_library_reads_them),
        cmocka_unit_test(numbers_beside_a_middle_are_correctly_rounded),
        cmocka_unit_test(anything_but_a_whole_number_is_refused),
        cmocka_unit_test(the_decimal_comma_is_a_choice),
        cmocka_unit_test(a_french_locale_changes_nothing),
        cmocka_unit_test(integers_stop_at_their_limits),
        cmocka_unit_test(the_shortest_decimal_is_printed),
        cmocka_unit_test(fixed_decimals_round_as_people_do),
        cmocka_unit_test(fixed_decimals_agree_with_exact_arithmetic),
        cmocka_unit_test(fixed_decimals_agree_with_the_library),
        cmocka_unit_test(numbers_for_people_follow_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
