/* How a column looks: its title with the unit, the format of its numbers, its width. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/numbers.h"
#include "reports/parcel/published.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

enum {
    NUMBER_WIDTH_MAX = 19,
    TEXT_WIDTH_MAX = 40,
    WRAPPED_WIDTH = 60,
    WRAPPED_FROM = 64,
    HEADER_LINES = 5,
    LINE_POINTS = 15
};

static bool among(const char *text, const char *const *list)
{
    for (; *list; list++) {
        if (!strcmp(text, *list))
            return true;
    }
    return false;
}

const char *number_format_of_unit(const char *unit_code, int decimals)
{
    static const char *const whole[] = {
        "{person}", "{worker}",    "{job}",        "{venue}", "{place}", "d/a", "km/a",
        "km/d",     "{person}.km", "{person}.min", "EUR",     "m",       NULL};
    static const char *const rates[] = {"/1000", "/10000", "{index}", NULL};
    if (among(unit_code, whole))
        return "#,##0";
    if (!strcmp(unit_code, "{class}"))
        return "0";
    if (among(unit_code, rates))
        return "#,##0.00";
    if (*unit_code && strcmp(unit_code, "1"))
        return "#,##0.0";
    return decimals <= 0 ? "#,##0" : decimals == 1 ? "#,##0.0" : "#,##0.00";
}

static double largest(const column *c, size_t rows, bool *whole)
{
    double most = 0, v = 0;
    *whole = true;
    for (size_t row = 0; row < rows; row++) {
        if (!published_number(c, row, &v))
            continue;
        most = fmax(most, fabs(v));
        *whole = *whole && v == floor(v);
    }
    return most;
}

/* Small values of a unit that is otherwise shown whole keep a decimal. */
static const char *format_by_size(const column *c, size_t rows)
{
    static const char *const flows[] = {"km/a", "km/d", "d/a", "t/a", NULL}, *const rates[] = {
                                                                                 "/1000", "/10000",
                                                                                 NULL};
    bool whole;
    double most = largest(c, rows, &whole);
    bool unitless = !*c->unit || !strcmp(c->unit, "1");
    int decimals = whole && unitless ? 0 : c->decimals < 0 ? 2 : c->decimals;
    if (among(c->unit, flows) && decimals >= 2 && most < 1000)
        return "#,##0.0";
    if (among(c->unit, rates) && decimals >= 3 && most < 1)
        return "0.000";
    return number_format_of_unit(c->unit, decimals);
}

static bool starts(const char *text, const char *prefix)
{
    return !strncmp(text, prefix, strlen(prefix));
}

/* A word within the quotes of a format. */
static const char *quotable(book_plan *p, const result_table *t, size_t index, bool yes)
{
    char word[128];
    (void)yes_no_word(p->m, t, index, yes, word, sizeof word);
    for (char *at = word; *at; at++)
        *at = *at == '"' ? '\'' : *at;
    return book_text(p, word);
}

const char *number_format(book_plan *p, const result_table *t, size_t index, size_t rows)
{
    static const char *const plain[] = {"vintage", "year",   "from_year", "to_year",     "line",
                                        "rank",    "member", "decimals",  "doubt_count", NULL};
    static const char *const degrees[] = {"lon", "lat", "lon_a", "lat_a", "lon_b", "lat_b", NULL};
    const column *c = &t->rows->columns[index];
    if (among(c->name, plain))
        return "0";
    if (!strcmp(c->name, "weight")) /* persons or rows */
        return "#,##0";
    if (among(c->name, degrees))
        return "0.00000";
    if (starts(c->name, "function_") && !c->name[10])
        return "[=1]\"●\";[=0]\"–\";0.0";
    switch (number_sense_of(p->m, t, index)) {
    case SENSE_YES_NO:
        return book_format(p, "[=1]\"%s\";[=0]\"%s\";0.0%%", quotable(p, t, index, true),
                           quotable(p, t, index, false));
    case SENSE_SHARE:
        return "0.0%";
    case SENSE_NUMBER:
        break;
    }
    return c->type == COLUMN_F64 ? format_by_size(c, rows) : number_format_of_unit(c->unit, 0);
}

/* --- titles --- */

static bool says(const char *title, const char *label)
{
    char folded[512], wanted[128];
    if (text_fold(text_slice_of(title, strlen(title)), folded, sizeof folded) >= sizeof folded ||
        text_fold(text_slice_of(label, strlen(label)), wanted, sizeof wanted) >= sizeof wanted)
        return false;
    return strstr(folded, wanted) != NULL;
}

const char *unit_words(book_plan *p, const char *unit_code, const char *title)
{
    const unit *u = unit_find(unit_code);
    const char *label = u ? tr(p->lang, u->label_fr, u->label_en) : unit_code;
    bool known = !*label || !strcmp(unit_code, "{class}") || !strcmp(unit_code, "{venue}") ||
                 says(title, label);
    return known ? "" : book_format(p, "(%s)", label);
}

static const char *header_text(book_plan *p, const column *c, bool estimate)
{
    const char *own = tr(p->lang, c->title_fr, c->title_en);
    const char *title = own && *own ? own : c->name;
    const char *label = unit_words(p, c->unit, title);
    return book_format(p, "%s%s%s%s", title, *label ? "\n" : "", label, estimate ? " (e)" : "");
}

/* --- widths --- */

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    while (*text) {
        size_t bytes = strcspn(text, " \n-"), word = 0;
        for (size_t i = 0; i < bytes; i++)
            word += ((unsigned char)text[i] & 0xc0) != 0x80;
        longest = word > longest ? word : longest;
        text += bytes + (text[bytes] != '\0');
    }
    return longest;
}

static int decimals_of(const char *format)
{
    const char *mark = strrchr(format, '.');
    return !mark ? 0 : (int)strspn(mark + 1, "0");
}

/* Of the longer word of a format of words: [=1]"oui";[=0]"non";0.0% */
static size_t word_characters(const char *format)
{
    size_t longest = 5;
    for (const char *at = strchr(format, '"'); at; at = strchr(at + 1, '"')) {
        const size_t bytes = strcspn(at + 1, "\"");
        size_t characters = 0;
        for (size_t i = 0; i < bytes; i++)
            characters += ((unsigned char)at[1 + i] & 0xc0) != 0x80;
        longest = characters > longest ? characters : longest;
        at += bytes + 1;
    }
    return longest;
}

static size_t value_characters(const book_plan *p, const book_column *k, const column *c,
                               size_t row)
{
    char text[64];
    double number;
    value_state state = column_state(c, row);
    if (state != VALUE_PRESENT)
        return characters_of(state_sign(state, p->lang));
    if (c->type == COLUMN_TEXT) {
        uint32_t word = c->at.u32[row];
        return characters_of(k->shown && word < k->shown_count ? k->shown[word]
                                                               : words_at(&c->words, word));
    }
    if (k->format[0] == '[' || !published_number(c, row, &number))
        return k->format[0] == '[' ? word_characters(k->format) : 5;
    (void)text_number(number, decimals_of(k->format), p->lang, text, sizeof text);
    return characters_of(text) + (strchr(k->format, '%') ? 1 : 0);
}

static double header_width(const char *title)
{
    double word = (double)longest_word(title) * 1.15 + 2.5,
           share = (double)characters_of(title) / 3.2 + 2;
    return word > share ? word : share;
}

column_plan column_planned(book_plan *p, const result_table *t, size_t index, size_t rows)
{
    const column *c = &t->rows->columns[index];
    column_plan out = {.is = {.index = index}};
    out.is.estimate = t->columns && t->columns[index].estimate && c->type != COLUMN_TEXT;
    out.is.title = header_text(p, c, out.is.estimate);
    out.is.format = number_format(p, t, index, rows);
    out.is.shown = words_shown(p, t->rows, c);
    out.is.shown_count = out.is.shown ? c->words.count : 0;
    size_t longest = 0;
    for (size_t row = 0; row < rows; row++) {
        size_t n = value_characters(p, &out.is, c, row);
        longest = n > longest ? n : longest;
    }
    out.is.wrapped = c->type == COLUMN_TEXT && longest > WRAPPED_FROM;
    double most = c->type == COLUMN_TEXT ? (out.is.wrapped ? WRAPPED_WIDTH : TEXT_WIDTH_MAX)
                                         : NUMBER_WIDTH_MAX;
    double content = (double)longest * 1.08 + 2.5, header = header_width(out.is.title);
    header = header > NUMBER_WIDTH_MAX ? NUMBER_WIDTH_MAX : header;
    out.width = fmin(
        content,
        most + (c->type == COLUMN_TEXT && !out.is.wrapped && longest > TEXT_WIDTH_MAX ? 20 : 0));
    out.width = fmax(fmax(out.width, header), 8);
    return out;
}

void columns_set(book_plan *p, book_sheet *s, const column_plan *columns, size_t count)
{
    book_column *list = arena_take(p->memory, count, sizeof *list);
    double *widths = arena_take(p->memory, count, sizeof *widths);
    size_t lines = 1;
    p->failed |= !list || !widths;
    if (p->failed)
        return;
    for (size_t i = 0; i < count; i++) {
        list[i] = columns[i].is;
        widths[i] = columns[i].width;
        size_t own = lines_of(columns[i].is.title, columns[i].width * 0.95 - 1);
        lines = own > lines ? own : lines;
    }
    s->columns = list;
    s->column_count = count;
    s->widths = widths;
    s->width_count = count;
    s->header_height = (double)(lines < 9 ? lines : 9) * LINE_POINTS + 8;
}
