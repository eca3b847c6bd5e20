/* The read me and the methods: what a reader must know before the figures. */
#include <string.h>

#include "base/units.h"
#include "reports/model/numbers.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

enum { COLUMNS = 2, ASSUMED_SHOWN = 14 };
#define FIRST_WIDTH 46.0
#define SECOND_WIDTH 88.0

static void widths_set(book_plan *p, book_sheet *s)
{
    double *widths = arena_take(p->memory, COLUMNS, sizeof *widths);
    p->failed |= !widths;
    if (!widths)
        return;
    widths[0] = FIRST_WIDTH;
    widths[1] = SECOND_WIDTH;
    s->widths = widths;
    s->width_count = COLUMNS;
    s->pages_wide = 1;
}

static void text_add_row(book_plan *p, row_list *to, cell_look look, const char *text)
{
    rows_text(p, to, look, text, COLUMNS, FIRST_WIDTH + SECOND_WIDTH);
}

static void pair_add(book_plan *p, row_list *to, book_cell first, const char *second)
{
    const book_cell cells[COLUMNS] = {
        first, {.kind = *second ? CELL_TEXT : CELL_NONE, .look = LOOK_TEXT, .text = second}};
    rows_add(p, to, cells, COLUMNS);
    if (p->failed)
        return;
    size_t left = lines_of(first.text, FIRST_WIDTH * 1.12),
           right = lines_of(second, SECOND_WIDTH * 1.12);
    to->rows[to->count - 1].height = 15.0 * (double)(left > right ? left : right) + 2;
}

static book_cell plain(const char *text)
{
    return (book_cell){.kind = CELL_TEXT, .look = LOOK_TEXT, .text = text};
}

/* --- assumptions --- */

static const char *cell_text(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static bool is_assumed(const table *t, size_t row)
{
    const column *c = table_find(t, "assumed");
    if (c && c->type == COLUMN_U32)
        return column_state(c, row) == VALUE_PRESENT && c->at.u32[row] != 0;
    return !strncmp(cell_text(t, "basis", row), "assumed", 7);
}

static const char *number_text(book_plan *p, const column *c, size_t row)
{
    char text[64];
    double value = 0;
    if (!c || !value_number(c, row, &value))
        return "";
    int decimals = 0;
    while (decimals < 4 && value * (decimals == 0   ? 1
                                    : decimals == 1 ? 10
                                    : decimals == 2 ? 100
                                                    : 1000) !=
                               (double)(int64_t)(value * (decimals == 0   ? 1
                                                          : decimals == 1 ? 10
                                                          : decimals == 2 ? 100
                                                                          : 1000)))
        decimals++;
    (void)text_number(value, decimals, p->lang, text, sizeof text);
    return book_text(p, text);
}

static const char *assumed_value(book_plan *p, const table *t, size_t row)
{
    const unit *u = unit_find(cell_text(t, "unit", row));
    const char *label = u ? tr(p->lang, u->label_fr, u->label_en) : cell_text(t, "unit", row);
    const char *value = book_format(p, "%s%s%s", figures_shown(p, cell_text(t, "value", row)),
                                    *label ? "\xc2\xa0" : "", label);
    const char *low = number_text(p, table_find(t, "low"), row),
               *high = number_text(p, table_find(t, "high"), row);
    if (!*low || !*high)
        return value;
    return book_say(p, M_README_RANGE, value, low, high);
}

static void assumed_add(book_plan *p, row_list *to)
{
    static const char *const sheet[2] = {M_SHEET_PARAMETERS};
    const result_table *parameters = results_find(p->r, "parameters");
    size_t count = 0;
    text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_ASSUMED));
    for (size_t row = 0; parameters && row < parameters->rows->rows; row++) {
        const table *t = parameters->rows;
        if (!is_assumed(t, row) || count++ >= ASSUMED_SHOWN)
            continue;
        const char *title = book_kept(p, parameter_title_at(p->m, row, p->memory));
        pair_add(p, to, plain(title), assumed_value(p, t, row));
    }
    if (count > ASSUMED_SHOWN) {
        const char *name = sheet_title(p, sheet[0]);
        text_add_row(p, to, LOOK_TEXT,
                     book_say(p, M_README_ASSUMED_MORE, count - ASSUMED_SHOWN, name));
    }
    if (count == 0)
        text_add_row(p, to, LOOK_TEXT, tr(p->lang, M_README_ASSUMED_NONE));
    rows_blank(p, to);
}

/* --- sheets, signs, words --- */

static void sheets_add(book_plan *p, row_list *to)
{
    text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_SHEETS));
    for (size_t i = 1; i < p->b->sheet_count; i++) {
        const char *name = p->b->sheets[i].name;
        pair_add(p, to,
                 (book_cell){.kind = CELL_LINK, .look = LOOK_LINK, .text = name, .target = name},
                 p->holds[i]);
    }
    rows_blank(p, to);
}

static void signs_add(book_plan *p, row_list *to)
{
    static const value_state states[] = {VALUE_MISSING,      VALUE_NOT_APPLICABLE,
                                         VALUE_SECRET,       VALUE_NOT_SIGNIFICANT,
                                         VALUE_BEYOND_LIMIT, VALUE_UNREACHABLE};
    text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_SIGNS));
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        pair_add(p, to, plain(state_sign(states[i], p->lang)), state_title(states[i], p->lang));
    pair_add(p, to, plain("(e)"), tr(p->lang, M_README_ESTIMATE));
    rows_blank(p, to);
}

static void reliability_add(book_plan *p, row_list *to)
{
    const char *const reliable[][2] = {{tr(p->lang, M_RELIABLE_GOOD), book_say(p, M_CV_GOOD)},
                                       {tr(p->lang, M_RELIABLE_FAIR), book_say(p, M_CV_FAIR)},
                                       {tr(p->lang, M_RELIABLE_FRAGILE), book_say(p, M_CV_FRAGILE)},
                                       {tr(p->lang, M_RELIABLE_POOR), book_say(p, M_CV_POOR)}};
    text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_RELIABILITY));
    for (size_t i = 0; i < sizeof reliable / sizeof *reliable; i++)
        pair_add(p, to, plain(reliable[i][0]), reliable[i][1]);
    rows_blank(p, to);
}

static void functions_add(book_plan *p, row_list *to)
{
    char name[] = "function_a";
    const table *t = p->m->venues ? p->m->venues->rows : NULL;
    bool begun = false;
    for (; t && name[9] <= 'h'; name[9]++) {
        const column *c = table_find(t, name);
        if (!c)
            continue;
        if (!begun)
            text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_FUNCTIONS));
        begun = true;
        pair_add(p, to, plain(book_format(p, "%c", name[9])),
                 tr(p->lang, c->title_fr, c->title_en));
    }
    if (begun)
        rows_blank(p, to);
}

static void head_add(book_plan *p, row_list *to)
{
    const results *r = p->r;
    const char *on = r->date && *r->date ? tr(p->lang, M_README_DATED) : "",
               *date = r->date ? r->date : "";
    const char *version = r->version ? r->version : "", *run = r->fingerprint ? r->fingerprint : "";
    rows_text(p, to, LOOK_TITLE, r->title, 1, 0);
    rows_text(p, to, LOOK_SUBTITLE,
              r->territory_title && *r->territory_title ? r->territory_title : p->m->places_word, 1,
              0);
    rows_text(p, to, LOOK_SUBTITLE, book_say(p, M_README_MADE, version, run, on, date), 1, 0);
    rows_blank(p, to);
    text_add_row(p, to, LOOK_TEXT, tr(p->lang, M_README_CAUTION));
    if (p->m->of_cells)
        text_add_row(p, to, LOOK_TEXT, tr(p->lang, M_README_CELLS));
    rows_blank(p, to);
}

static void lines_add(book_plan *p, row_list *to)
{
    const results *r = p->r;
    const four_lines lines = {.reading = "",
                              .champ = tr(p->lang, r->champ_fr, r->champ_en),
                              .source = tr(p->lang, r->source_fr, r->source_en),
                              .note = tr(p->lang, r->note_fr, r->note_en)};
    text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_LINES));
    rows_lines(p, to, &lines, COLUMNS, FIRST_WIDTH + SECOND_WIDTH);
}

/* Indicators that failed: a reader must know what is not here. */
static void missing_add(book_plan *p, row_list *to)
{
    const result_table *t = results_find(p->r, "indicators");
    size_t count = 0;
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (strcmp(cell_text(t->rows, "state", row), "failed") != 0)
            continue;
        if (count++ == 0)
            text_add_row(p, to, LOOK_HEADING, tr(p->lang, M_README_MISSING));
        pair_add(p, to, plain(cell_text(t->rows, "title", row)), cell_text(t->rows, "reason", row));
    }
}

void book_plan_readme(book_plan *p, book_sheet *s)
{
    row_list rows = {.rows = NULL};
    head_add(p, &rows);
    missing_add(p, &rows);
    assumed_add(p, &rows);
    sheets_add(p, &rows);
    signs_add(p, &rows);
    reliability_add(p, &rows);
    functions_add(p, &rows);
    lines_add(p, &rows);
    s->above = rows.rows;
    s->above_count = rows.count;
    widths_set(p, s);
}

/* --- methods: "## Title", blank line, paragraphs --- */

void book_plan_methods(book_plan *p, book_sheet *s)
{
    static const char *const name[2] = {M_SHEET_METHODS};
    row_list rows = {.rows = NULL};
    char *page = arena_text(p->memory, p->r->method_pages);
    p->failed |= !page;
    rows_text(p, &rows, LOOK_TITLE, sheet_title(p, name[0]), 1, 0);
    rows_text(p, &rows, LOOK_SUBTITLE, p->r->title, 1, 0);
    for (char *line = page, *next = NULL; line && *line; line = next) {
        size_t size = strcspn(line, "\n");
        next = line + size + (line[size] != '\0');
        line[size] = '\0';
        bool heading = line[0] == '#';
        line += strspn(line, "# ");
        if (heading)
            rows_blank(p, &rows);
        if (*line)
            text_add_row(p, &rows, heading ? LOOK_HEADING : LOOK_TEXT, line);
    }
    s->above = rows.rows;
    s->above_count = rows.count;
    widths_set(p, s);
}
