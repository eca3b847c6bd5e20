/* Units: the codes that tables carry (UCUM), their labels, and the words that people type. */
#include "base/units.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

static const unit known_units[] = {
    {"", "", ""},
    {"1", "", ""},
    {"%", "%", "%"},
    {"s", "s", "s"},
    {"min", "min", "min"},
    {"h", "h", "h"},
    {"m", "m", "m"},
    {"km", "km", "km"},
    {"km/h", "km/h", "km/h"},
    {"km2", "km²", "km²"},
    {"ha", "ha", "ha"},
    {"km/d", "km par jour", "km per day"},
    {"km/a", "km par an", "km per year"},
    {"t/a", "t de CO₂ par an", "t of CO₂ per year"},
    {"kg/km", "kg de CO₂ par km", "kg of CO₂ per km"},
    {"d/a", "jours par an", "days per year"},
    {"d/wk", "jours par semaine", "days per week"},
    {"wk/a", "semaines par an", "weeks per year"},
    {"/1000", "pour 1 000 habitants", "per 1,000 residents"},
    {"/10000", "pour 10 000 habitants", "per 10,000 residents"},
    {"{person}", "habitants", "residents"},
    {"{worker}", "actifs occupés", "employed residents"},
    {"{venue}", "lieux", "venues"},
    {"{job}", "emplois", "jobs"},
    {"{place}", "places", "seats"},
    {"{person}.min", "habitants × min", "residents × min"},
    {"{person}.km", "habitants × km", "residents × km"},
    {"{index}", "indice", "index"},
    {"{class}", "classe", "class"},
    {"{point}", "points", "points"},
    {"EUR", "€", "€"},
    {"MiB", "Mio", "MiB"},
};

const unit *unit_find(const char *code)
{
    for (size_t i = 0; i < sizeof known_units / sizeof *known_units; i++) {
        if (strcmp(known_units[i].code, code) == 0)
            return &known_units[i];
    }
    return NULL;
}

/* A word people type, folded; its dimension's base unit, and how many of that one it is. */
typedef struct unit_word {
    const char *word, *base;
    double factor;
} unit_word;

/* Exact factors: 30 min is 1800 s, and dividing by the wanted factor rounds once. */
static const unit_word unit_words[] = {
    {"s", "s", 1},
    {"sec", "s", 1},
    {"seconde", "s", 1},
    {"secondes", "s", 1},
    {"second", "s", 1},
    {"seconds", "s", 1},
    {"min", "s", 60},
    {"mn", "s", 60},
    {"minute", "s", 60},
    {"minutes", "s", 60},
    {"h", "s", 3600},
    {"heure", "s", 3600},
    {"heures", "s", 3600},
    {"hour", "s", 3600},
    {"hours", "s", 3600},
    {"m", "m", 1},
    {"metre", "m", 1},
    {"metres", "m", 1},
    {"meter", "m", 1},
    {"meters", "m", 1},
    {"km", "m", 1000},
    {"kilometre", "m", 1000},
    {"kilometres", "m", 1000},
    {"kilometer", "m", 1000},
    {"kilometers", "m", 1000},
    {"km/h", "km/h", 1},
    {"MiB", "B", 1048576}, /* the code; what people type is folded */
    {"mib", "B", 1048576},
    {"mio", "B", 1048576},
    {"gib", "B", 1073741824},
    {"gio", "B", 1073741824},
    {"mb", "B", 1e6},
    {"mo", "B", 1e6},
    {"gb", "B", 1e9},
    {"go", "B", 1e9},
    {"ha", "ha", 1},
    {"hectare", "ha", 1},
    {"hectares", "ha", 1},
    {"km2", "ha", 100},
    {"km²", "ha", 100},
    {"%", "%", 1},
    {"percent", "%", 1},
    {"pourcent", "%", 1},
    {"pour cent", "%", 1},
    {"habitant", "{person}", 1},
    {"habitants", "{person}", 1},
    {"hab", "{person}", 1},
    {"resident", "{person}", 1},
    {"residents", "{person}", 1},
    {"personnes", "{person}", 1},
    {"persons", "{person}", 1},
    {"lieu", "{venue}", 1},
    {"lieux", "{venue}", 1},
    {"venue", "{venue}", 1},
    {"venues", "{venue}", 1},
    {"places", "{place}", 1},
    {"seats", "{place}", 1},
    {"t/an", "t/a", 1},
    {"t/a", "t/a", 1},
    {"km/an", "km/a", 1},
    {"km/a", "km/a", 1},
    {"km/jour", "km/d", 1},
    {"km/j", "km/d", 1},
    {"km/d", "km/d", 1},
    {"jours/an", "d/a", 1},
    {"jours par an", "d/a", 1},
    {"j/an", "d/a", 1},
    {"days/year", "d/a", 1},
    {"d/a", "d/a", 1},
    {"jours/semaine", "d/wk", 1},
    {"jours par semaine", "d/wk", 1},
    {"j/semaine", "d/wk", 1},
    {"days/week", "d/wk", 1},
    {"d/wk", "d/wk", 1},
    {"semaines/an", "wk/a", 1},
    {"weeks/year", "wk/a", 1},
    {"wk/a", "wk/a", 1},
    {"eur", "EUR", 1},
    {"euros", "EUR", 1},
    {"€", "EUR", 1},
};

static const unit_word *word_find(text_slice typed)
{
    char folded[32];
    if (text_fold(typed, folded, sizeof folded) >= sizeof folded)
        return NULL;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (strcmp(unit_words[i].word, folded) == 0)
            return &unit_words[i];
    }
    return NULL;
}

static text_slice skip(text_slice s, size_t bytes)
{
    return text_slice_of(s.at + bytes, s.size - bytes);
}

/* Blanks that people or a word processor put between a number and its unit. */
static text_slice skip_blanks(text_slice s)
{
    uint32_t code = 0;
    for (size_t step; s.size > 0 && (step = utf8_decode(s.at, s.size, &code)) > 0;
         s = skip(s, step)) {
        if (code != ' ' && code != 0xA0 && code != 0x202F && code != 0x2009)
            break;
    }
    return s;
}

/* A number at the beginning: "." or "," before the decimals. */
static bool take_number(text_slice *s, double *out)
{
    size_t size = 0;
    char mark = '.';
    while (size < s->size && strchr("+-.,0123456789", s->at[size]) != NULL && s->at[size] != '\0')
        size++;
    if (memchr(s->at, ',', size) != NULL)
        mark = ',';
    if (!text_to_f64(text_slice_of(s->at, size), mark, out))
        return false;
    *s = skip_blanks(skip(*s, size));
    return true;
}

/* The unit, up to the next number and its sign. */
static const unit_word *take_word(text_slice *s)
{
    size_t size = 0;
    while (size < s->size && (s->at[size] == '\0' || strchr("+-0123456789", s->at[size]) == NULL))
        size++;
    /* "km2" ends with its own digit. */
    if (size < s->size && s->at[size] == '2' && size >= 2 && memcmp(s->at + size - 2, "km", 2) == 0)
        size++;
    const unit_word *found = word_find(text_slice_of(s->at, size));
    *s = skip_blanks(skip(*s, size));
    return found;
}

static const unit_word *wanted_word(const char *code)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        const unit_word *w = &unit_words[i];
        if (strcmp(w->word, code) == 0 || (strcmp(w->base, code) == 0 && w->factor == 1))
            return w;
    }
    return NULL;
}

/* "1 h 30" and "1 h 30 min": what follows the hours is minutes below 60. */
static bool add_minutes(text_slice rest, double *seconds)
{
    double minutes = 0.0;
    if (rest.size == 0)
        return true;
    if (!take_number(&rest, &minutes) || minutes < 0.0 || minutes >= 60.0)
        return false;
    if (rest.size > 0) {
        const unit_word *w = take_word(&rest);
        if (w == NULL || strcmp(w->base, "s") != 0 || w->factor != 60 || rest.size > 0)
            return false;
    }
    *seconds += 60.0 * minutes;
    return true;
}

static bool parse_ratio(text_slice s, double value, double *out)
{
    if (s.size > 0) {
        const unit_word *w = take_word(&s);
        if (w == NULL || strcmp(w->base, "%") != 0 || s.size > 0)
            return false;
        value /= 100.0;
    }
    *out = value;
    return true;
}

bool quantity_parse(text_slice s, const char *unit_code, double *out)
{
    double value = 0.0;
    s = skip_blanks(s);
    while (s.size > 0 && (s.at[s.size - 1] == ' ' || s.at[s.size - 1] == '\t'))
        s.size--;
    if (!take_number(&s, &value))
        return false;
    if (strcmp(unit_code, "1") == 0)
        return parse_ratio(s, value, out);
    const unit_word *wanted = wanted_word(unit_code), *typed = s.size == 0 ? NULL : take_word(&s);
    if (wanted == NULL || typed == NULL || strcmp(wanted->base, typed->base) != 0)
        return false;
    value *= typed->factor;
    bool hours = strcmp(typed->base, "s") == 0 && typed->factor == 3600;
    if (hours ? !add_minutes(s, &value) : s.size > 0)
        return false;
    *out = value / wanted->factor;
    return true;
}
