/* The summary: key figures in plain words, and one threshold that the reader may change. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/numbers.h"
#include "reports/parcel/published.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

enum { COLUMNS = 5 };
#define THRESHOLD_MINUTES 20.0
static const double summary_widths[COLUMNS] = {74, 16, 16, 16, 30};

static double all_characters(void)
{
    double sum = 0;
    for (size_t i = 0; i < COLUMNS; i++)
        sum += summary_widths[i];
    return sum;
}

/* --- totals --- */

typedef struct totals {
    const table *t;
    const column *indicator, *name, *value, *low, *high, *unit, *title, *decimals;
} totals;

static const column *typed(const table *t, const char *name, column_type type)
{
    const column *c = table_find(t, name);
    return c && c->type == type ? c : NULL;
}

static bool totals_find(const book_plan *p, totals *out)
{
    const result_table *t = results_find(p->r, "totals");
    if (!t)
        return false;
    *out = (totals){.t = t->rows};
    out->indicator = typed(t->rows, "indicator", COLUMN_TEXT);
    out->name = typed(t->rows, "name", COLUMN_TEXT);
    out->value = typed(t->rows, "value", COLUMN_F64);
    out->low = typed(t->rows, "low", COLUMN_F64);
    out->high = typed(t->rows, "high", COLUMN_F64);
    out->unit = typed(t->rows, "unit", COLUMN_TEXT);
    out->title = typed(t->rows, p->lang == LANGUAGE_FR ? "title_fr" : "title_en", COLUMN_TEXT);
    out->decimals = typed(t->rows, "decimals", COLUMN_I64);
    return out->indicator && out->name && out->value;
}

static int shown_decimals(const totals *k, size_t row, double value, const char *unit_code)
{
    int decimals = k->decimals && column_state(k->decimals, row) == VALUE_PRESENT
                       ? (int)k->decimals->at.i64[row]
                       : 1;
    if (decimals > 1 && (!strcmp(unit_code, "") || !strcmp(unit_code, "1")))
        return value == floor(value) ? 0 : 2;
    return decimals < 1 ? 0 : 1;
}

static book_cell number_cell(const totals *k, const column *c, size_t row, cell_look look,
                             language lang)
{
    double value = 0;
    const char *code = k->unit ? column_text(k->unit, row) : "";
    if (!c || !published_number(c, row, &value))
        return (book_cell){.kind = c && c == k->value ? CELL_TEXT : CELL_NONE,
                           .look = LOOK_SIGN,
                           .text = c ? state_sign(column_state(c, row), lang) : ""};
    bool share = !strcmp(code, "1") && value > 0 && value < 1;
    return (book_cell){
        .kind = CELL_NUMBER,
        .look = look,
        .number = value,
        .format =
            share ? "0.0%" : number_format_of_unit(code, shown_decimals(k, row, value, code))};
}

/* A range of no width is none: the figure is not drawn. */
static bool has_range(const totals *k, size_t row)
{
    double low = 0, high = 0;
    return k->low && k->high && published_number(k->low, row, &low) &&
           published_number(k->high, row, &high) && low < high;
}

static const char *unit_label(const book_plan *p, const totals *k, size_t row)
{
    const char *code = k->unit ? column_text(k->unit, row) : "";
    const unit *u = unit_find(code);
    return u ? tr(p->lang, u->label_fr, u->label_en) : code;
}

static void total_add(book_plan *p, row_list *to, const totals *k, size_t row)
{
    const char *title = k->title ? column_text(k->title, row) : "";
    bool range = has_range(k, row);
    const char *label = unit_label(p, k, row);
    const char *shown = *title ? title : column_text(k->name, row);
    const book_cell cells[COLUMNS] = {
        {.kind = CELL_TEXT, .look = LOOK_BODY_WRAPPED, .text = shown},
        number_cell(k, k->value, row, LOOK_STRONG_NUMBER, p->lang),
        number_cell(k, range ? k->low : NULL, row, LOOK_NUMBER, p->lang),
        number_cell(k, range ? k->high : NULL, row, LOOK_NUMBER, p->lang),
        {.kind = *label ? CELL_TEXT : CELL_NONE, .look = LOOK_BODY, .text = label},
    };
    rows_add(p, to, cells, COLUMNS);
    if (!p->failed)
        to->rows[to->count - 1].height =
            15.0 * (double)lines_of(shown, summary_widths[0] * 1.1) + 2;
}

static void header_add(book_plan *p, row_list *to)
{
    const char *const titles[COLUMNS] = {tr(p->lang, M_SUMMARY_FIGURE),
                                         tr(p->lang, M_SUMMARY_VALUE), tr(p->lang, M_SUMMARY_LOW),
                                         tr(p->lang, M_SUMMARY_HIGH), tr(p->lang, M_SUMMARY_UNIT)};
    book_cell cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = (book_cell){.kind = CELL_TEXT, .look = LOOK_HEADER, .text = titles[i]};
    rows_add(p, to, cells, COLUMNS);
    if (!p->failed)
        to->rows[to->count - 1].height = 20;
}

static void totals_add(book_plan *p, row_list *to)
{
    totals k;
    if (!totals_find(p, &k) || k.t->rows == 0)
        return;
    const char *before = "";
    header_add(p, to);
    for (size_t row = 0; !p->failed && row < k.t->rows; row++) {
        const char *indicator = column_text(k.indicator, row);
        if (strcmp(indicator, before))
            rows_text(p, to, LOOK_HEADING, indicator_title(p, indicator), 1, 0);
        before = indicator;
        total_add(p, to, &k, row);
    }
    rows_blank(p, to);
    rows_text(p, to, LOOK_NOTE, tr(p->lang, M_SUMMARY_NOTE), COLUMNS, all_characters());
    rows_blank(p, to);
}

/* --- the threshold --- */

typedef struct target {
    const book_sheet *sheet;
    size_t minutes, population; /* columns of the sheet */
} target;

static size_t column_of(const book_sheet *s, const char *name)
{
    for (size_t i = 0; i < s->column_count; i++) {
        if (!strcmp(s->from->columns[s->columns[i].index].name, name))
            return i;
    }
    return SIZE_MAX;
}

static bool target_find(const book_plan *p, target *out)
{
    for (size_t i = 0; p->m->places && i < p->b->sheet_count; i++) {
        const book_sheet *s = &p->b->sheets[i];
        if (!s->has_table || s->from != p->m->places->rows || s->row_count == 0)
            continue;
        *out = (target){.sheet = s,
                        .minutes = column_of(s, "minutes_nearest"),
                        .population = column_of(s, "population")};
        if (out->minutes != SIZE_MAX && out->population != SIZE_MAX)
            return true;
    }
    return false;
}

static const char *letters(book_plan *p, size_t column_index)
{
    char text[8] = "";
    size_t at = sizeof text - 1;
    for (size_t n = column_index + 1; n > 0 && at > 0; n = (n - 1) / 26)
        text[--at] = (char)('A' + (n - 1) % 26);
    return book_text(p, text + at);
}

/* 'Accès par fonction'!$D$5:$D$64 */
static const char *range_of(book_plan *p, const target *t, size_t column_index)
{
    const char *col = letters(p, column_index);
    text_buffer name = {.at = NULL};
    for (const char *at = t->sheet->name; *at; at++)
        text_add_n(&name, *at == '\'' ? "''" : at, *at == '\'' ? 2 : 1);
    size_t first = sheet_header_row(t->sheet) + 2;
    const char *range = book_format(p, "'%s'!$%s$%zu:$%s$%zu", name.at ? name.at : "", col, first,
                                    col, first + t->sheet->row_count - 1);
    p->failed |= name.failed;
    text_buffer_clear(&name);
    return range;
}

typedef struct beyond {
    double places, people, everyone;
} beyond;

static beyond beyond_count(const target *t)
{
    const table *from = t->sheet->from;
    const column *minutes = &from->columns[t->sheet->columns[t->minutes].index];
    const column *population = &from->columns[t->sheet->columns[t->population].index];
    beyond b = {0};
    for (size_t row = 0; row < t->sheet->row_count; row++) {
        double m = 0, people = 0;
        value_state state = column_state(minutes, row);
        bool far = state == VALUE_UNREACHABLE || state == VALUE_BEYOND_LIMIT ||
                   (published_number(minutes, row, &m) && m > THRESHOLD_MINUTES);
        (void)published_number(population, row, &people);
        b.places += far;
        b.people += far ? people : 0;
        b.everyone += people;
    }
    return b;
}

static void formula_add(book_plan *p, row_list *to, const char *label, const char *formula,
                        const char *format, double value, const char *unit_text)
{
    const book_cell cells[COLUMNS] = {
        {.kind = CELL_TEXT, .look = LOOK_BODY, .text = label},
        {.kind = CELL_FORMULA,
         .look = LOOK_STRONG_NUMBER,
         .text = formula,
         .format = format,
         .number = value},
        {.kind = CELL_NONE, .look = LOOK_BODY},
        {.kind = CELL_NONE, .look = LOOK_BODY},
        {.kind = *unit_text ? CELL_TEXT : CELL_NONE, .look = LOOK_BODY, .text = unit_text}};
    rows_add(p, to, cells, COLUMNS);
}

static void threshold_add(book_plan *p, row_list *to)
{
    target t;
    if (!target_find(p, &t))
        return;
    const char *minutes = range_of(p, &t, t.minutes), *people = range_of(p, &t, t.population);
    const char *far = state_sign(VALUE_BEYOND_LIMIT, p->lang),
               *no = state_sign(VALUE_UNREACHABLE, p->lang);
    beyond b = beyond_count(&t);
    rows_text(p, to, LOOK_HEADING, tr(p->lang, M_SUMMARY_THRESHOLD), 1, 0);
    const book_cell input[COLUMNS] = {
        {.kind = CELL_TEXT, .look = LOOK_BODY, .text = tr(p->lang, M_SUMMARY_MINUTES)},
        {.kind = CELL_NUMBER,
         .look = LOOK_INPUT,
         .format = "0\" min\"",
         .number = THRESHOLD_MINUTES}};
    size_t row = to->count + 1; /* as Excel counts it */
    rows_add(p, to, input, 2);
    formula_add(p, to,
                p->m->cells ? tr(p->lang, M_SUMMARY_CELLS_BEYOND)
                            : tr(p->lang, M_SUMMARY_COMMUNES_BEYOND),
                book_format(p, "=COUNTIF(%s,\">\"&$B$%zu)+COUNTIF(%s,\"%s\")+COUNTIF(%s,\"%s\")",
                            minutes, row, minutes, far, minutes, no),
                "#,##0", b.places, "");
    formula_add(p, to, tr(p->lang, M_SUMMARY_PEOPLE_BEYOND),
                book_format(p, "=SUMIF(%s,\">\"&$B$%zu,%s)+SUMIF(%s,\"%s\",%s)+SUMIF(%s,\"%s\",%s)",
                            minutes, row, people, minutes, far, people, minutes, no, people),
                "#,##0", b.people, "");
    if (b.everyone > 0)
        formula_add(p, to, tr(p->lang, M_SUMMARY_SHARE_BEYOND),
                    book_format(p, "=$B$%zu/SUM(%s)", row + 2, people), "0.00%",
                    b.people / b.everyone, "");
    const char *text = book_say(p, M_SUMMARY_THRESHOLD_NOTE, t.sheet->name);
    rows_text(p, to, LOOK_NOTE, text, COLUMNS, all_characters());
    rows_blank(p, to);
}

void book_plan_summary(book_plan *p, book_sheet *s)
{
    row_list rows = {.rows = NULL};
    const results *r = p->r;
    const char *where = tr(p->lang, r->champ_fr, r->champ_en);
    const four_lines lines = {.reading = "",
                              .champ = where,
                              .source = tr(p->lang, r->source_fr, r->source_en),
                              .note = tr(p->lang, r->note_fr, r->note_en)};
    rows_text(p, &rows, LOOK_TITLE, r->title, 1, 0);
    rows_text(p, &rows, LOOK_SUBTITLE, book_say(p, M_SUMMARY_SUBTITLE, where), 1, 0);
    rows_blank(p, &rows);
    totals_add(p, &rows);
    threshold_add(p, &rows);
    rows_lines(p, &rows, &lines, COLUMNS, all_characters());
    s->above = rows.rows;
    s->above_count = rows.count;
    s->widths = summary_widths;
    s->width_count = COLUMNS;
    s->pages_wide = 1;
}
