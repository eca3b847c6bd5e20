/* Texts of OSM tags that are figures: posted limits, durations. */
#include <string.h>

#include "network/build/profile_rules.h"

static const double MILE_KM = 1.609344, KNOT_KMH = 1.852;
/* Outside of these: a typing error. */
static const double POSTED_MIN_KMH = 1, POSTED_MAX_KMH = 200;
static const double DURATION_MAX_S = 30 * 86400.0;

/* --- posted limits --- */

static char lower(char c)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    return c >= 'A' && c <= 'Z' ? letters[c - 'A'] : c;
}

/* 0: empty, or too long to be a posted limit. */
static size_t lower_case(const char *text, char *out, size_t size)
{
    size_t n = strlen(text);
    if (n >= size)
        return 0;
    for (size_t i = 0; i <= n; i++)
        out[i] = lower(text[i]);
    return n;
}

/* "fr:urban" as it is, or "*:urban" for the class of any country. */
static double posted_word(const profile_rules *words, const char *text)
{
    const bool country = strlen(text) > 3 && text[2] == ':';
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->at[i].value, text) == 0)
            return words->at[i].number;
    for (size_t i = 0; i < words->count && country; i++)
        if (strncmp(words->at[i].value, "*:", 2) == 0 &&
            strcmp(words->at[i].value + 2, text + 3) == 0)
            return words->at[i].number;
    return 0;
}

/* "50", "50 km/h", "30 mph", "30mph", "5 knots" */
static double posted_number(const char *posted)
{
    size_t digits = strspn(posted, "0123456789.");
    const char *unit = posted + digits + strspn(posted + digits, " ");
    double number = 0;
    if (!text_to_f64(text_slice_of(posted, digits), '.', &number))
        return 0;
    if (strcmp(unit, "mph") == 0)
        number *= MILE_KM;
    else if (strcmp(unit, "knots") == 0)
        number *= KNOT_KMH;
    else if (*unit && strcmp(unit, "km/h") != 0 && strcmp(unit, "kmh") != 0)
        return 0;
    return number >= POSTED_MIN_KMH && number <= POSTED_MAX_KMH ? number : 0;
}

double road_profile_posted_kmh(const road_profile *p, const char *posted)
{
    char text[32];
    if (lower_case(posted, text, sizeof text) == 0)
        return 0;
    double kmh = posted_word(&p->rules[RULE_POSTED], text);
    return kmh == 0 ? posted_number(text) : kmh;
}

/* --- durations --- */

/* Digits, at most nine; *at moves past them. */
static bool whole_number(const char **at, double *out)
{
    size_t digits = strspn(*at, "0123456789");
    uint64_t value = 0;
    if (digits == 0 || digits > 9 || !text_to_u64(text_slice_of(*at, digits), &value))
        return false;
    *at += digits;
    *out = (double)value;
    return true;
}

/* "45", "1:30", "1:30:00": minutes; hours and minutes; and seconds. Parts after the first are below
 * 60. */
static double clock_s(const char *text)
{
    double part[3] = {0};
    size_t count = 0;
    for (;;) {
        if (count == 3 || !whole_number(&text, &part[count]) || (count > 0 && part[count] >= 60))
            return 0;
        count++;
        if (*text != ':')
            break;
        text++;
    }
    if (*text)
        return 0;
    return count == 1 ? part[0] * 60 : part[0] * 3600 + part[1] * 60 + part[2];
}

/* "P1DT2H30M", "PT35M", "PT90S": days, hours, minutes, seconds, in that order (ISO 8601). */
static double iso_s(const char *text)
{
    static const struct {
        char letter;
        bool of_time;
        double s;
    } units[] = {{'D', false, 86400}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};
    bool time = false;
    double s = 0, number = 0;
    size_t unit = 0;
    if (*text++ != 'P')
        return 0;
    while (*text) {
        if (*text == 'T' && !time && text[1]) {
            time = true;
            text++;
            continue;
        }
        if (!whole_number(&text, &number))
            return 0;
        while (unit < 4 && (units[unit].letter != *text || units[unit].of_time != time))
            unit++;
        if (unit == 4)
            return 0;
        s += number * units[unit++].s;
        text++;
    }
    return s;
}

double road_duration_s(const char *text)
{
    double s = *text == 'P' ? iso_s(text) : clock_s(text);
    return s <= DURATION_MAX_S ? s : 0;
}
