/* The usual part of OSM's opening_hours: rules of days and times, "off", 24/7, appointments.
 * Months, weeks, dates, sunrise, open ends and fallback rules are beyond it. */
#include <string.h>
#include <strings.h>

#include "datasets/hours/hours.h"

enum { TIMES = 12, LATEST = 48 * 60 };

typedef struct span {
    unsigned from, to;
} span;

/* One rule: when, and what then. */
typedef struct rule {
    unsigned share[DAYS];        /* of the weeks that it is about, by WHOLE; 0: not this day */
    bool holiday;                /* about public or school holidays alone: not an ordinary week */
    bool off, appointment, adds; /* adds: "," before it, it does not replace what came before */
    span times[TIMES];
    size_t count;
} rule;

static const char *skip(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n') {
        at++;
    }
    return at;
}

static bool word_ends(const char *at)
{
    return !((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at & 0x80));
}

static bool take_word(const char **at, const char *word)
{
    const size_t size = strlen(word);
    if (strncasecmp(*at, word, size) != 0 || !word_ends(*at + size)) {
        return false;
    }
    *at += size;
    return true;
}

/* --- days --- */

static bool take_day(const char **at, unsigned *day)
{
    static const char *const names[DAYS] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    for (unsigned d = 0; d < DAYS; d++) {
        if (take_word(at, names[d])) {
            *day = d;
            return true;
        }
    }
    return false;
}

/* "[1]", "[1,3]", "[-1]": the share of the weeks; WHOLE without brackets, 0 when not understood. */
static unsigned take_ranks(const char **at)
{
    unsigned times = 0;
    if (**at != '[') {
        return WHOLE;
    }
    do {
        (*at)++;
        *at += **at == '-';
        if (**at < '1' || **at > '5') {
            return 0;
        }
        const unsigned first = (unsigned)(*(*at)++ - '0');
        unsigned last = first;
        if (**at == '-' && (*at)[1] > (*at)[-1] && (*at)[1] <= '5') {
            last = (unsigned)((*at)[1] - '0');
            *at += 2;
        }
        times += last - first + 1;
    } while (**at == ',');
    if (**at != ']') {
        return 0;
    }
    (*at)++;
    return share_of_monthly(times);
}

/* What a list of days holds. */
typedef struct day_list {
    size_t holidays, weekdays;
} day_list;

/* "Mo", "Mo-Fr", "Sa[1]". */
static bool take_weekdays(const char **at, rule *r, unsigned from)
{
    unsigned to = from;
    const unsigned share = take_ranks(at);
    if (**at == '-') {
        (*at)++;
        if (share != WHOLE || !take_day(at, &to)) {
            return false;
        }
    }
    for (unsigned d = from; d != to; d = (d + 1) % DAYS) {
        r->share[d] = share;
    }
    r->share[to] = share;
    return share != 0;
}

/* "Mo-We,Fr,PH"; an empty list where there is none. */
static bool take_list(const char **at, rule *r, day_list *list)
{
    unsigned day = 0;
    *list = (day_list){0};
    for (;;) {
        if (take_word(at, "PH") || take_word(at, "SH")) {
            list->holidays++;
        } else if (take_day(at, &day)) {
            list->weekdays++;
            if (!take_weekdays(at, r, day)) {
                return false;
            }
        } else {
            return list->holidays + list->weekdays == 0;
        }
        const char *next = skip(*at);
        if (*next != ',') {
            return true;
        }
        *at = skip(next + 1);
    }
}

/* Two lists side by side ("SH Mo-Fr") narrow each other: no ordinary week. */
static bool take_selector(const char **at, rule *r)
{
    day_list first;
    day_list second;
    if (!take_list(at, r, &first)) {
        return false;
    }
    *at = skip(*at);
    if (!take_list(at, r, &second)) {
        return false;
    }
    const bool narrowed = second.holidays + second.weekdays > 0;
    r->holiday = narrowed || (first.holidays && !first.weekdays);
    for (unsigned d = 0; first.holidays + first.weekdays == 0 && d < DAYS; d++) {
        r->share[d] = WHOLE;
    }
    *at = skip(*at);
    *at = skip(*at + (**at == ':'));
    return true;
}

/* --- times --- */

static bool take_time(const char **at, unsigned *minutes)
{
    unsigned parts[2] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        const char *start = *at;
        while (**at >= '0' && **at <= '9' && *at < start + 2) {
            parts[i] = parts[i] * 10 + (unsigned)(*(*at)++ - '0');
        }
        if (*at == start || (i == 1 && *at != start + 2) || (i == 0 && *(*at)++ != ':')) {
            return false;
        }
    }
    *minutes = parts[0] * 60 + parts[1];
    return parts[1] < 60 && *minutes <= LATEST;
}

static bool take_span(const char **at, rule *r)
{
    span s = {0};
    if (r->count == TIMES || !take_time(at, &s.from)) {
        return false;
    }
    *at = skip(*at);
    if (*(*at)++ != '-') {
        return false;
    }
    *at = skip(*at);
    if (!take_time(at, &s.to) || **at == '+' || s.from > DAY_MINUTES) {
        return false;
    }
    s.to += s.to <= s.from ? DAY_MINUTES : 0; /* past midnight */
    r->times[r->count++] = s;
    return s.to - s.from <= DAY_MINUTES;
}

/* "09:00-12:00,14:00-18:00"; the comma may also begin the next rule ("..., Sa 10:00-12:00"). */
static bool take_times(const char **at, rule *r)
{
    while (**at >= '0' && **at <= '9') {
        if (!take_span(at, r)) {
            return false;
        }
        *at = skip(*at);
        const char *next = skip(*at + (**at == ','));
        if (**at != ',' || *next < '0' || *next > '9') {
            break;
        }
        *at = next;
    }
    return true;
}

/* --- rules --- */

static bool speaks_of_appointments(const char *text, size_t size)
{
    static const char *const signs[] = {"appointment", "rendez vous", "rdv", "reservation"};
    char folded[160] = "";
    (void)text_fold(text_slice_of(text, size < 120 ? size : 120), folded, sizeof folded);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strstr(folded, signs[i])) {
            return true;
        }
    }
    return false;
}

/* "off", "open", comments in quotes. */
static bool take_modifiers(const char **at, rule *r)
{
    for (;;) {
        *at = skip(*at);
        if (take_word(at, "off") || take_word(at, "closed")) {
            r->off = true;
        } else if (take_word(at, "by appointment") || take_word(at, "on appointment")) {
            r->appointment = true;
        } else if (**at == '"') {
            const char *end = strchr(*at + 1, '"');
            if (!end) {
                return false;
            }
            r->appointment =
                r->appointment || speaks_of_appointments(*at + 1, (size_t)(end - *at - 1));
            *at = end + 1;
        } else if (!take_word(at, "open")) {
            return true;
        }
    }
}

/* A later rule takes the place of the earlier ones on its days, in the weeks that it is about; one
 * that adds ("," before it) leaves them. */
static void apply_day(const rule *r, unsigned day, week *w)
{
    const unsigned share = r->share[day];
    for (unsigned m = 0; !r->adds && m < DAY_END; m++) {
        w->share[day][m] = (uint16_t)(w->share[day][m] * (WHOLE - share) / WHOLE);
    }
    for (size_t i = 0; !r->off && i < r->count; i++) {
        for (unsigned m = r->times[i].from; m < r->times[i].to; m++) {
            const unsigned sum = w->share[day][m] + share;
            w->share[day][m] = (uint16_t)(sum < WHOLE ? sum : WHOLE);
        }
    }
}

static void apply_rule(const rule *r, week *w)
{
    w->by_appointment = w->by_appointment || r->appointment;
    if (r->holiday || (r->appointment && !r->count)) {
        return;
    }
    w->told = true;
    for (unsigned d = 0; d < DAYS; d++) {
        if (r->share[d]) {
            apply_day(r, d, w);
        }
    }
}

static bool take_rule(const char **at, rule *r)
{
    if (strncmp(*at, "24/7", 4) == 0) {
        *at += 4;
        for (unsigned d = 0; d < DAYS; d++) {
            r->share[d] = WHOLE;
        }
        r->times[r->count++] = (span){.from = 0, .to = DAY_MINUTES};
    } else if (!take_selector(at, r) || !take_times(at, r)) {
        return false;
    }
    return take_modifiers(at, r) && (r->count || r->off || r->appointment);
}

bool hours_osm(const char *text, week *into)
{
    bool adds = false;
    const char *at = skip(text);
    while (*at) {
        rule r = {.adds = adds};
        if (!take_rule(&at, &r)) {
            return false;
        }
        apply_rule(&r, into);
        at = skip(at);
        if (*at && *at != ';' && *at != ',') {
            return false;
        }
        adds = *at == ',';
        at = skip(at + (*at != '\0'));
    }
    return into->told || into->by_appointment;
}
