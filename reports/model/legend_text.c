/* The words of a legend. */
#include "reports/model/build.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/messages.h"

/* Fewest decimals that write every break exactly (to a millionth of it). */
static int decimals_needed(const double *breaks, size_t count)
{
    for (int decimals = 0; decimals < 4; decimals++) {
        const double step = pow(10, decimals);
        bool exact = true;
        for (size_t i = 0; i < count; i++)
            exact = exact && fabs(round(breaks[i] * step) - breaks[i] * step) <=
                                 1e-6 * fabs(breaks[i] * step);
        if (exact)
            return decimals;
    }
    return 4;
}

typedef struct labeller {
    arena *into;
    language lang;
    int decimals;
    bool whole;
    double lowest;
} labeller;

/* "0,5 à 1", not "0,5 à 1,0". */
static int decimals_of(const labeller *l, double value)
{
    return l->decimals > 0 && value == floor(value) ? 0 : l->decimals;
}

static const char *label_one(const labeller *l, double value)
{
    char number[64];
    (void)signed_number(value, decimals_of(l, value), l->lang, number, sizeof number);
    return arena_text(l->into, number);
}

typedef enum wording { LESS, MORE, BETWEEN } wording;

static const char *label_words(const labeller *l, wording w, double a, double b)
{
    char first[64], second[64];
    (void)signed_number(a, decimals_of(l, a), l->lang, first, sizeof first);
    (void)signed_number(b, decimals_of(l, b), l->lang, second, sizeof second);
    switch (w) {
    case LESS:
        return say(l->into, l->lang, M_CLASS_LESS, first);
    case MORE:
        return say(l->into, l->lang, M_CLASS_MORE, first);
    case BETWEEN:
        break;
    }
    return say(l->into, l->lang, M_CLASS_BETWEEN, first, second);
}

static const char *label_lowest(const labeller *l, double upper)
{
    if (l->whole && l->lowest >= 0 && upper <= 1)
        return label_one(l, 0);
    return label_words(l, LESS, upper, 0);
}

static const char *label_between(const labeller *l, double lower, double upper)
{
    if (!l->whole)
        return label_words(l, BETWEEN, lower, upper);
    const double first = ceil(lower), last = ceil(upper) - 1;
    return first >= last ? label_one(l, first) : label_words(l, BETWEEN, first, last);
}

static const char *label_of_class(const labeller *l, const double *breaks, size_t break_count,
                                  size_t k)
{
    if (break_count == 0)
        return tr(l->lang, M_CLASS_ALL);
    if (k == 0)
        return label_lowest(l, l->whole ? ceil(breaks[0]) : breaks[0]);
    if (k == break_count)
        return label_words(l, MORE, l->whole ? ceil(breaks[k - 1]) : breaks[k - 1], 0);
    return label_between(l, breaks[k - 1], breaks[k]);
}

status class_labels(arena *into, language lang, const double *breaks, size_t break_count,
                    bool whole, double lowest, const char **labels, error *err)
{
    const labeller l = {
        .into = into,
        .lang = lang,
        .decimals = whole ? 0 : decimals_needed(breaks, break_count),
        .whole = whole,
        .lowest = lowest,
    };
    for (size_t k = 0; k <= break_count; k++) {
        labels[k] = label_of_class(&l, breaks, break_count, k);
        if (!labels[k])
            return memory_error(err, 64);
    }
    return STATUS_OK;
}

const char *unit_title(const char *code, language lang)
{
    if (strcmp(code, "min") == 0)
        return tr(lang, M_UNIT_MINUTES);
    const struct unit *const known = unit_find(code);
    if (!known || strcmp(code, "{index}") == 0 || strcmp(code, "{class}") == 0)
        return "";
    return tr(lang, known->label_fr, known->label_en);
}

const char *mode_title(arena *into, const char *mode, language lang)
{
    if (!mode || !*mode)
        return "";
    if (strcmp(mode, "bike") == 0)
        return tr(lang, M_MODE_BIKE);
    if (strcmp(mode, "foot") == 0)
        return tr(lang, M_MODE_FOOT);
    if (strcmp(mode, "transit") == 0)
        return tr(lang, M_MODE_TRANSIT);
    if (strcmp(mode, "car") == 0)
        return tr(lang, M_MODE_CAR);
    return say(into, lang, M_MODE_OTHER, mode);
}

const char *function_name(size_t f, language lang)
{
    switch (f) {
    case 0:
        return tr(lang, M_FUNCTION_A);
    case 1:
        return tr(lang, M_FUNCTION_B);
    case 2:
        return tr(lang, M_FUNCTION_C);
    case 3:
        return tr(lang, M_FUNCTION_D);
    case 4:
        return tr(lang, M_FUNCTION_E);
    case 5:
        return tr(lang, M_FUNCTION_F);
    case 6:
        return tr(lang, M_FUNCTION_G);
    case 7:
        return tr(lang, M_FUNCTION_H);
    default:
        return "";
    }
}
