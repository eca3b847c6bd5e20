/* Figures and signs as people read them. */
#include "reports/model/numbers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/messages.h"

#define NBSP "\xc2\xa0"

const char *state_sign(value_state state, language lang)
{
    switch (state) {
    case VALUE_PRESENT:
        return "";
    case VALUE_UNREACHABLE:
        return tr(lang, M_SIGN_UNREACHABLE);
    case VALUE_BEYOND_LIMIT:
        return tr(lang, M_SIGN_BEYOND);
    case VALUE_NOT_APPLICABLE:
        return "///";
    case VALUE_SECRET:
        return "s";
    case VALUE_NOT_SIGNIFICANT:
        return "n.s.";
    case VALUE_MISSING:
        break;
    }
    return "…";
}

const char *state_title(value_state state, language lang)
{
    switch (state) {
    case VALUE_PRESENT:
        return "";
    case VALUE_UNREACHABLE:
        return tr(lang, M_STATE_UNREACHABLE);
    case VALUE_BEYOND_LIMIT:
        return tr(lang, M_STATE_BEYOND);
    case VALUE_NOT_APPLICABLE:
        return tr(lang, M_STATE_NOT_APPLICABLE);
    case VALUE_SECRET:
        return tr(lang, M_STATE_SECRET);
    case VALUE_NOT_SIGNIFICANT:
        return tr(lang, M_STATE_NOT_SIGNIFICANT);
    case VALUE_MISSING:
        break;
    }
    return tr(lang, M_STATE_MISSING);
}

static bool unit_among(const char *unit_code, const char *const *units)
{
    for (size_t i = 0; units[i]; i++) {
        if (strcmp(unit_code, units[i]) == 0)
            return true;
    }
    return false;
}

static bool counts_people(const char *unit_code)
{
    return unit_among(unit_code, (const char *const[]){"{person}", "{worker}", "{job}",
                                                       "{person}.min", "{person}.km", NULL});
}

static bool yearly(const char *unit_code)
{
    return unit_among(unit_code, (const char *const[]){"km/a", "t/a", "km/d", "d/a", NULL});
}

static double two_significant(double value)
{
    if (value == 0)
        return 0;
    const int top = (int)floor(log10(fabs(value)));
    if (top < 2)
        return value;
    const double step = pow(10, top - 1);
    return round(value / step) * step;
}

static double rounded_estimate(double value, const char *unit_code)
{
    if (counts_people(unit_code))
        return round(value / 10) * 10;
    return yearly(unit_code) ? two_significant(value) : value;
}

static int decimals_shown(double value, const char *unit_code, int decimals)
{
    const bool whole = value == floor(value);
    if (counts_people(unit_code) || yearly(unit_code) || strcmp(unit_code, "min") == 0 ||
        decimals == 0)
        return 0;
    if (strcmp(unit_code, "km") == 0)
        return fabs(value) < 99.95 ? 1 : 0;
    if (unit_among(unit_code, (const char *const[]){"%", "/1000", "/10000", NULL}))
        return 1;
    if (decimals < 0)
        return whole ? 0 : 2;
    return decimals < 2 ? decimals : 2;
}

size_t signed_number(double value, int decimals, language lang, char *buffer, size_t size)
{
    char plain[400];
    (void)text_number(value, decimals, lang, plain, sizeof plain);
    const bool minus = plain[0] == '-';
    const int n =
        snprintf(buffer, size, "%s%s", minus ? "\xe2\x88\x92" : "", plain + (minus ? 1 : 0));
    return n < 0 ? 0 : (size_t)n;
}

size_t number_for_people(double value, const char *unit_code, int decimals, bool estimate,
                         language lang, char *buffer, size_t size)
{
    const double shown = estimate ? rounded_estimate(value, unit_code) : value;
    return signed_number(shown, decimals_shown(shown, unit_code, decimals), lang, buffer, size);
}

/* Units that follow a figure without words around them. */
static const char *unit_after(const char *unit_code, language lang)
{
    static const char *const plain[] = {"%",  "s",   "min",  "h",   "m",    "km",  "km/h", "km2",
                                        "ha", "EUR", "km/a", "t/a", "km/d", "d/a", NULL};
    const struct unit *const known = unit_find(unit_code);
    return known && unit_among(unit_code, plain) ? tr(lang, known->label_fr, known->label_en) : "";
}

size_t quantity_for_people(double value, const char *unit_code, int decimals, bool estimate,
                           language lang, char *buffer, size_t size)
{
    char number[64];
    (void)number_for_people(value, unit_code, decimals, estimate, lang, number, sizeof number);
    const char *const label = unit_after(unit_code, lang);
    const bool glued = lang == LANGUAGE_EN && strcmp(label, "%") == 0;
    const int n = snprintf(buffer, size, "%s%s%s", number, !*label || glued ? "" : NBSP, label);
    return n < 0 ? 0 : (size_t)n;
}

bool value_number(const column *c, size_t row, double *out)
{
    if (column_state(c, row) != VALUE_PRESENT)
        return false;
    switch (c->type) {
    case COLUMN_F64:
        *out = c->at.f64[row];
        return true;
    case COLUMN_I64:
        *out = (double)c->at.i64[row];
        return true;
    case COLUMN_U32:
        *out = c->at.u32[row];
        return true;
    case COLUMN_TEXT:
        break;
    }
    return false;
}

/* Years have no thousands. */
static bool is_year(const column *c)
{
    static const char *const names[] = {"vintage", "year", "from_year", "to_year"};
    for (size_t i = 0; c->type == COLUMN_I64 && i < sizeof names / sizeof *names; i++) {
        if (strcmp(c->name, names[i]) == 0)
            return true;
    }
    return false;
}

size_t value_for_people(const column *c, size_t row, bool estimate, bool with_unit, language lang,
                        char *buffer, size_t size)
{
    double value = 0;
    if (column_state(c, row) != VALUE_PRESENT) {
        const int n = snprintf(buffer, size, "%s", state_sign(column_state(c, row), lang));
        return n < 0 ? 0 : (size_t)n;
    }
    if (!value_number(c, row, &value))
        return text_clean(column_text(c, row), buffer, size);
    if (is_year(c)) {
        const int n = snprintf(buffer, size, "%lld", (long long)c->at.i64[row]);
        return n < 0 ? 0 : (size_t)n;
    }
    const int decimals = c->type == COLUMN_F64 ? c->decimals : 0;
    return with_unit ? quantity_for_people(value, c->unit, decimals, estimate, lang, buffer, size)
                     : number_for_people(value, c->unit, decimals, estimate, lang, buffer, size);
}

/* Code point of valid UTF-8 and its length. */
static uint32_t code_point(const char *at, size_t *length)
{
    const unsigned char *const b = (const unsigned char *)at;
    if (b[0] < 0x80) {
        *length = 1;
        return b[0];
    }
    if (b[0] < 0xe0) {
        *length = 2;
        return (uint32_t)(b[0] & 0x1f) << 6 | (b[1] & 0x3f);
    }
    if (b[0] < 0xf0) {
        *length = 3;
        return (uint32_t)(b[0] & 0x0f) << 12 | (uint32_t)(b[1] & 0x3f) << 6 | (b[2] & 0x3f);
    }
    *length = 4;
    return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3f) << 12 |
           (uint32_t)(b[2] & 0x3f) << 6 | (b[3] & 0x3f);
}

static bool hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe007f);
}

size_t text_clean(const char *text, char *buffer, size_t size)
{
    const size_t valid = text_utf8_valid_prefix(text, strlen(text));
    size_t used = 0, written = 0;
    for (size_t at = 0, length = 0; at < valid; at += length) {
        const uint32_t code = code_point(text + at, &length);
        const bool blank = code == '\t' || code == '\n' || code == '\r';
        if (hidden(code) && !blank)
            continue;
        if (used + length < size) {
            memcpy(buffer + used, blank ? " " : text + at, length);
            written = used + length;
        }
        used += length;
    }
    if (size > 0)
        buffer[written] = '\0';
    return used;
}
