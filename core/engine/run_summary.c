#include <math.h>
#include <string.h>

#include "base/units.h"

#include "engine/messages.h"
#include "engine/run_steps.h"

/* The figures that an end of run tells, in this order. A total named otherwise is in the outputs.
 */
typedef struct telling_figure {
    const char *indicator, *begin, *end; /* the name begins and ends so; end NULL: it is `begin` */
    size_t most;
    bool percent; /* a share from 0 to 1 */
    bool coarse;  /* an estimate: two significant digits */
} telling_figure;

static const telling_figure telling[] = {
    {"catchment", "within_", "_min", 2, .percent = false},
    {"coverage", "beyond_", "_km", 2, .percent = false},
    {"commuting", "workers", NULL, 1, .percent = false},
    {"commuting", "mean_km", NULL, 1, .percent = false},
    {"avoided_km", "breakeven_alpha", NULL, 1, .percent = true},
    {"avoided_km", "net_km", NULL, 1, .coarse = true},
};
static const telling_figure plain_figure = {.most = 1};
enum { SUMMARY_LINES = 8 };

typedef struct totals_seen {
    const table *rows;
    const column *indicator, *name, *value, *low, *high;
} totals_seen;

static const char *text_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    return c != NULL && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static const column *column_of(const table *t, const char *name, column_type type)
{
    const column *c = table_find(t, name);
    return c != NULL && c->type == type ? c : NULL;
}

static bool totals_see(const results *r, totals_seen *out)
{
    const result_table *found = results_find(r, "totals");
    if (found == NULL) {
        return false;
    }
    const table *t = found->rows;
    *out = (totals_seen){.rows = t,
                         .indicator = column_of(t, "indicator", COLUMN_TEXT),
                         .name = column_of(t, "name", COLUMN_TEXT),
                         .value = column_of(t, "value", COLUMN_F64),
                         .low = column_of(t, "low", COLUMN_F64),
                         .high = column_of(t, "high", COLUMN_F64)};
    return out->indicator != NULL && out->name != NULL && out->value != NULL;
}

/* Decimals for people: whole persons and kilometres a year, one decimal of a percentage or of a
 * distance; a plain number that is whole stays so. */
static int decimals_of(const char *unit_code, double value)
{
    if (strcmp(unit_code, "%") == 0 || strcmp(unit_code, "km") == 0) {
        return 1;
    }
    bool rate = strcmp(unit_code, "1") == 0 || unit_code[0] == '/' || unit_code[0] == '\0';
    return rate && value != floor(value) ? 2 : 0;
}

static double two_digits(double value)
{
    if (value == 0 || !isfinite(value)) {
        return value;
    }
    const double step = pow(10, floor(log10(fabs(value))) - 1);
    return step * round(value / step);
}

/* A figure for people: its minus is U+2212. */
static void write_number(double value, const telling_figure *f, int decimals, language lang,
                         text_buffer *out)
{
    char number[64];
    (void)text_number(f->coarse ? two_digits(value) : value, decimals, lang, number, sizeof number);
    bool negative = number[0] == '-';
    text_add_format(out, "%s%s", negative ? "\u2212" : "", number + (negative ? 1 : 0));
}

static void add_figure(const totals_seen *t, size_t row, const telling_figure *f, language lang,
                       text_buffer *out)
{
    const char *title = text_of(t->rows, tr(lang, "title_fr", "title_en"), row);
    const char *code = f->percent ? "%" : text_of(t->rows, "unit", row);
    const unit *u = unit_find(code);
    const double scale = f->percent ? 100 : 1, value = scale * t->value->at.f64[row];
    const int decimals = decimals_of(code, value);
    bool interval = t->low != NULL && t->high != NULL &&
                    column_state(t->low, row) == VALUE_PRESENT &&
                    column_state(t->high, row) == VALUE_PRESENT;
    text_add_format(out, "  %s%s", title[0] != '\0' ? title : column_text(t->name, row),
                    tr(lang, M_SUMMARY_COLON));
    write_number(value, f, decimals, lang, out);
    text_add_format(out, " %s", u != NULL ? tr(lang, u->label_fr, u->label_en) : "");
    if (interval) {
        text_add_format(out, ", %s ", tr(lang, M_SUMMARY_BETWEEN));
        write_number(scale * t->low->at.f64[row], f, decimals, lang, out);
        text_add_format(out, " %s ", tr(lang, M_SUMMARY_AND));
        write_number(scale * t->high->at.f64[row], f, decimals, lang, out);
    }
    text_add(out, "\n");
}

static bool tells(const telling_figure *f, const char *name)
{
    size_t size = strlen(name), begin = strlen(f->begin), end = f->end ? strlen(f->end) : 0;
    if (f->end == NULL) {
        return strcmp(name, f->begin) == 0;
    }
    return size > begin + end && strncmp(name, f->begin, begin) == 0 &&
           strcmp(name + size - end, f->end) == 0;
}

static size_t add_telling(const totals_seen *t, const telling_figure *f, size_t room, language lang,
                          text_buffer *out)
{
    size_t told = 0;
    for (size_t row = 0; row < t->rows->rows && told < f->most && told < room; row++) {
        if (strcmp(column_text(t->indicator, row), f->indicator) == 0 &&
            tells(f, column_text(t->name, row)) && column_state(t->value, row) == VALUE_PRESENT) {
            add_figure(t, row, f, lang, out);
            told++;
        }
    }
    return told;
}

/* An indicator that does not ship with bassin is named as a domain. */
static bool is_added(const char *id)
{
    return strchr(id, '.') != NULL;
}

/* Whether no row before tells a figure of the same indicator: rows are grouped by indicator. */
static bool is_first(const totals_seen *t, size_t row)
{
    const char *id = column_text(t->indicator, row);
    for (size_t i = row; i > 0 && strcmp(column_text(t->indicator, i - 1), id) == 0; i--) {
        if (column_state(t->value, i - 1) == VALUE_PRESENT)
            return false;
    }
    return column_state(t->value, row) == VALUE_PRESENT;
}

/* The first figure of every added indicator. */
static size_t add_added(const totals_seen *t, language lang, text_buffer *out)
{
    size_t told = 0;
    for (size_t row = 0; row < t->rows->rows; row++) {
        if (is_added(column_text(t->indicator, row)) && is_first(t, row)) {
            add_figure(t, row, &plain_figure, lang, out);
            told++;
        }
    }
    return told;
}

void run_summarise(const results *r, run_summary *summary)
{
    totals_seen t;
    size_t told = 0;
    const language lang = summary->language;
    summary->published = true;
    if (!totals_see(r, &t)) {
        return;
    }
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        told += add_telling(&t, &telling[i], SUMMARY_LINES - told, lang, &summary->lines);
    }
    told += add_added(&t, lang, &summary->lines);
    /* other indicators alone: their first figures */
    for (size_t row = 0; told == 0 && row < t.rows->rows && row < SUMMARY_LINES; row++) {
        if (column_state(t.value, row) == VALUE_PRESENT) {
            add_figure(&t, row, &plain_figure, lang, &summary->lines);
        }
    }
}
