/* The sheets of tables: one table a sheet, so that filters and pivots work on it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reports/model/numbers.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

enum { COLUMNS_MAX = 4096, LINE_CHARACTERS = 150, PAGE_CHARACTERS = 170, ROOM_FOR_LINES = 64 };

enum { TAB_DATA = 0x1d4e79, TAB_THEME = 0x2e8b8b, TAB_ABOUT = 0x8a949e };

/* Columns chosen for a sheet, in order. */
typedef struct choice {
    size_t *at;
    size_t count;
    const char **band; /* a word above the column; NULL when no column has one */
    const table *from;
} choice;

static choice choice_new(book_plan *p, const result_table *t)
{
    choice c = {.at = arena_take(p->memory, t->rows->column_count, sizeof(size_t)),
                .band = arena_take(p->memory, t->rows->column_count, sizeof(const char *)),
                .from = t->rows};
    p->failed |= !c.at || !c.band;
    return c;
}

/* A column that the run could not fill has nothing to say. */
static bool is_empty(const table *t, size_t column_index)
{
    const column *k = &t->columns[column_index];
    for (size_t row = 0; row < t->rows; row++) {
        if (column_state(k, row) != VALUE_MISSING)
            return false;
    }
    return t->rows > 0;
}

static void choose(choice *c, size_t column_index, const char *band)
{
    if (is_empty(c->from, column_index))
        return;
    for (size_t i = 0; i < c->count; i++) {
        if (c->at[i] == column_index)
            return;
    }
    c->band[c->count] = band;
    c->at[c->count++] = column_index;
}

static void choose_named(choice *c, const table *t, const char *name)
{
    const column *found = table_find(t, name);
    if (found)
        choose(c, (size_t)(found - t->columns), NULL);
}

/* --- one sheet --- */

static double width_of(const book_sheet *s, size_t columns)
{
    double width = 0;
    for (size_t i = 0; i < columns && i < s->width_count; i++)
        width += s->widths[i];
    return width;
}

/* Columns under which a line of text can be read without scrolling far. */
static size_t span_of(const book_sheet *s)
{
    size_t span = 0;
    while (span < s->width_count && (span < 2 || width_of(s, span) < LINE_CHARACTERS))
        span++;
    return span;
}

static void band_add(book_plan *p, const choice *c, row_list *above)
{
    bool any = false;
    book_cell *cells = arena_take(p->memory, c->count, sizeof *cells);
    p->failed |= !cells;
    for (size_t i = 0; cells && i < c->count; i++) {
        bool begins =
            c->band[i] && (i == 0 || !c->band[i - 1] || strcmp(c->band[i], c->band[i - 1]) != 0);
        cells[i] = (book_cell){.kind = begins ? CELL_TEXT : CELL_NONE,
                               .look = LOOK_HEADING,
                               .text = begins ? c->band[i] : ""};
        any = any || begins;
    }
    if (any)
        rows_add(p, above, cells, c->count);
    else
        rows_blank(p, above);
}

static void above_add(book_plan *p, book_sheet *s, const char *title, const choice *c)
{
    row_list above = {.rows = NULL};
    rows_text(p, &above, LOOK_TITLE, title, 1, 0);
    rows_text(p, &above, LOOK_SUBTITLE,
              book_format(p, "%s · %s", p->r->title, tr(p->lang, p->r->champ_fr, p->r->champ_en)),
              1, 0);
    band_add(p, c, &above);
    s->above = above.rows;
    s->above_count = above.count;
}

/* The first column of the one indicator that made all made columns of a sheet; else the first. */
static size_t column_of_maker(const result_table *t, const choice *c)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; t->columns && i < c->count; i++) {
        const char *plugin = t->columns[c->at[i]].plugin;
        if (!*plugin)
            continue;
        if (first == SIZE_MAX)
            first = c->at[i];
        if (strcmp(plugin, t->columns[first].plugin) != 0)
            return c->at[0];
    }
    return first != SIZE_MAX ? first : c->count ? c->at[0] : 0;
}

/* The line Lecture stands under a table that has a column made to be read. */
static void lines_add(book_plan *p, const result_table *t, const choice *c, four_lines *out)
{
    error err;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < c->count && best == SIZE_MAX; i++) {
        const result_column *k = t->columns ? &t->columns[c->at[i]] : NULL;
        const char *own = k ? tr(p->lang, k->reading_fr, k->reading_en) : NULL;
        best = own && *own ? c->at[i] : best;
    }
    bool estimate = false;
    for (size_t i = 0; t->columns && i < c->count; i++)
        estimate = estimate || t->columns[c->at[i]].estimate;
    size_t any = column_of_maker(t, c);
    for (size_t i = 0; estimate && i < c->count; i++)
        any = t->columns[c->at[i]].estimate ? c->at[i] : any;
    /* The note on estimates comes with a column that is one; the reading with its own. */
    four_lines reading = {"", "", "", ""};
    p->failed |= four_lines_of(p->m, t, any, NULL, p->memory, out, &err) != STATUS_OK;
    if (best != SIZE_MAX)
        p->failed |= four_lines_of(p->m, t, best, NULL, p->memory, &reading, &err) != STATUS_OK;
    out->reading = reading.reading;
}

/* How many venues were placed in each way, under the balance of rows. */
static void placements_add(book_plan *p, row_list *to)
{
    const column *c = p->m->venues ? table_find(p->m->venues->rows, "placement") : NULL;
    if (!c || c->type != COLUMN_TEXT || p->m->venues->rows->rows == 0)
        return;
    size_t rows = p->m->venues->rows->rows;
    const char *const *shown = words_shown(p, p->m->venues->rows, c);
    const book_cell header[] = {
        {.kind = CELL_TEXT, .look = LOOK_HEADER, .text = tr(p->lang, M_QUALITY_PLACEMENT)},
        {.kind = CELL_TEXT, .look = LOOK_HEADER, .text = tr(p->lang, M_QUALITY_COUNT)},
        {.kind = CELL_TEXT, .look = LOOK_HEADER, .text = tr(p->lang, M_QUALITY_SHARE)}};
    rows_text(p, to, LOOK_HEADING, tr(p->lang, M_QUALITY_PLACEMENTS), 1, 0);
    rows_add(p, to, header, 3);
    if (!p->failed)
        to->rows[to->count - 1].height = 34;
    for (uint32_t word = 0; !p->failed && word < c->words.count; word++) {
        size_t count = 0;
        for (size_t row = 0; row < rows; row++)
            count += column_state(c, row) == VALUE_PRESENT && c->at.u32[row] == word;
        const book_cell line[] = {
            {.kind = CELL_TEXT,
             .look = LOOK_BODY,
             .text = shown ? shown[word] : words_at(&c->words, word)},
            {.kind = CELL_NUMBER, .look = LOOK_NUMBER, .format = "#,##0", .number = (double)count},
            {.kind = CELL_NUMBER,
             .look = LOOK_NUMBER,
             .format = "0.0%",
             .number = (double)count / (double)rows}};
        if (count > 0)
            rows_add(p, to, line, 3);
    }
    rows_blank(p, to);
}

static void below_add(book_plan *p, book_sheet *s, const result_table *t, const choice *c)
{
    row_list below = {.rows = NULL};
    four_lines lines = {"", "", "", ""};
    size_t span = span_of(s);
    double characters = fmin(width_of(s, span), LINE_CHARACTERS * 1.3);
    if (s->row_count == 0)
        rows_text(p, &below, LOOK_SUBTITLE, tr(p->lang, M_TABLE_NONE), 1, 0);
    rows_blank(p, &below);
    if (s->row_count < t->rows->rows) {
        const char *text = book_say(p, M_TABLE_CUT, s->row_count, t->rows->rows, t->name);
        rows_text(p, &below, LOOK_NOTE, text, span, characters);
    }
    if (!strcmp(t->name, "balance"))
        placements_add(p, &below);
    lines_add(p, t, c, &lines);
    rows_lines(p, &below, &lines, span, characters);
    s->below = below.rows;
    s->below_count = below.count;
}

static size_t frozen_of(const result_table *t, const choice *c)
{
    static const char *const kept[] = {"level", "code", "id", "name", NULL};
    size_t frozen = 0;
    for (; frozen < c->count && frozen < 3; frozen++) {
        bool key = false;
        for (size_t i = 0; kept[i]; i++)
            key = key || !strcmp(kept[i], t->rows->columns[c->at[frozen]].name);
        if (!key)
            break;
    }
    return frozen;
}

static void sheet_add(book_plan *p, const char *name, const char *title, const char *holds,
                      const result_table *t, const choice *c, uint32_t tab)
{
    error err;
    if (p->failed || c->count == 0)
        return;
    column_plan *columns = arena_take(p->memory, c->count, sizeof *columns);
    book_sheet *s = book_plan_sheet(p, name, holds);
    p->failed |= !columns;
    if (!s || p->failed)
        return;
    s->has_table = true;
    s->from = t->rows;
    s->row_count = t->rows->rows < GUARD_ROWS_MAX - ROOM_FOR_LINES
                       ? t->rows->rows
                       : GUARD_ROWS_MAX - ROOM_FOR_LINES;
    s->tab_colour = tab;
    p->failed |= parcel_table(p->things, t->rows, &s->rows, &err) != STATUS_OK;
    for (size_t i = 0; i < c->count; i++)
        columns[i] = column_planned(p, t, c->at[i], s->row_count);
    columns_set(p, s, columns, c->count);
    s->frozen = frozen_of(t, c);
    double pages = width_of(s, s->width_count) / PAGE_CHARACTERS;
    s->pages_wide = pages < 1.6 || tab == TAB_ABOUT ? 1 : (size_t)ceil(pages - 0.15);
    above_add(p, s, title, c);
    below_add(p, s, t, c);
}

/* --- which columns --- */

/* In French the English twins of texts are left out, and the other way round. */
static bool is_twin(const book_plan *p, const table *t, const column *c)
{
    char other[128];
    size_t size = strlen(c->name);
    bool fr = size > 3 && !strcmp(c->name + size - 3, "_fr"),
         en = size > 3 && !strcmp(c->name + size - 3, "_en");
    if (size + 4 > sizeof other)
        return false;
    (void)snprintf(other, sizeof other, "%s_en", c->name);
    return p->lang == LANGUAGE_FR ? en : fr || table_find(t, other) != NULL;
}

static choice every_column(book_plan *p, const result_table *t)
{
    choice c = choice_new(p, t);
    bool dictionary = !strcmp(t->name, "dictionary");
    for (size_t i = 0; !p->failed && i < t->rows->column_count; i++) {
        const column *k = &t->rows->columns[i];
        bool key = !strcmp(k->name, "id") &&
                   !strcmp(t->name, "commuting_modes"); /* mode and occupation say it */
        bool hidden =
            key || (dictionary && (!strcmp(k->name, "method") || !strcmp(k->name, "decimals"))) ||
            !strncmp(k->name, "lon_", 4) || !strncmp(k->name, "lat_", 4);
        if (!hidden && !is_twin(p, t->rows, k))
            choose(&c, i, NULL);
    }
    return c;
}

static bool in_theme(const result_table *t, size_t c, const char *theme)
{
    return t->columns && t->columns[c].sheet_fr && !strcmp(t->columns[c].sheet_fr, theme);
}

static bool of_territory(const result_table *t, size_t c)
{
    return !t->columns || !*t->columns[c].plugin;
}

/* A mapped output that is not one of a family: what its indicator is about. */
static bool is_headline(const result_table *t, size_t c)
{
    const result_column *k = t->columns ? &t->columns[c] : NULL;
    return k && k->map && !strchr(k->output, '{') && !*k->mode;
}

static choice theme_columns(book_plan *p, const result_table *t, const char *theme)
{
    static const char *const keys[] = {"id", "code", "name", "population", NULL};
    choice c = choice_new(p, t);
    size_t own = 0;
    for (size_t i = 0; !p->failed && i < t->rows->column_count; i++)
        own += in_theme(t, i, theme);
    for (size_t i = 0; !p->failed && own && keys[i]; i++)
        choose_named(&c, t->rows, keys[i]);
    for (size_t i = 0; !p->failed && own && i < t->rows->column_count; i++) {
        if (in_theme(t, i, theme))
            choose(&c, i, NULL);
    }
    return c;
}

/* Venues: what is known of them; places: that, then the headline of each indicator. */
static choice base_columns(book_plan *p, const result_table *t)
{
    choice c = choice_new(p, t);
    for (size_t i = 0; !p->failed && i < t->rows->column_count; i++) {
        const char *name = t->rows->columns[i].name;
        bool degrees = t == p->m->places && (!strcmp(name, "lon") || !strcmp(name, "lat"));
        if (of_territory(t, i) && !degrees)
            choose(&c, i, NULL);
    }
    for (size_t i = 0; !p->failed && t == p->m->places && i < t->rows->column_count; i++) {
        if (is_headline(t, i))
            choose(&c, i, NULL);
    }
    return c;
}

/* Everything, theme by theme, under the name of the theme. */
static choice territory_columns(book_plan *p, const result_table *t, const char *const *themes,
                                size_t theme_count)
{
    choice c = choice_new(p, t);
    for (size_t i = 0; !p->failed && i < t->rows->column_count; i++) {
        if (of_territory(t, i))
            choose(&c, i, NULL);
    }
    for (size_t k = 0; !p->failed && k < theme_count; k++) {
        for (size_t i = 0; i < t->rows->column_count; i++) {
            if (in_theme(t, i, themes[k]))
                choose(&c, i, sheet_title(p, themes[k]));
        }
    }
    for (size_t i = 0; !p->failed && i < t->rows->column_count; i++) {
        if (t->columns && !t->columns[i].sheet_fr && t->rows->columns[i].type == COLUMN_TEXT)
            choose(&c, i, NULL);
    }
    return c;
}

/* --- themes --- */

typedef struct theme_list {
    const char *at[PLAN_SHEETS_MAX];
    size_t count;
} theme_list;

static void theme_add(theme_list *l, const char *sheet_fr)
{
    if (!sheet_fr || !*sheet_fr || l->count == PLAN_SHEETS_MAX)
        return;
    for (size_t i = 0; i < l->count; i++) {
        if (!strcmp(l->at[i], sheet_fr))
            return;
    }
    size_t at = l->count++;
    for (; at > 0 && sheet_rank(l->at[at - 1]) > sheet_rank(sheet_fr); at--)
        l->at[at] = l->at[at - 1];
    l->at[at] = sheet_fr;
}

static void themes_gather(const book_plan *p, theme_list *l)
{
    for (size_t i = 0; i < p->r->table_count; i++) {
        const result_table *t = &p->r->tables[i];
        if (strcmp(t->name, "totals"))
            theme_add(l, t->sheet_fr);
        for (size_t c = 0; t->columns && c < t->rows->column_count; c++)
            theme_add(l, t->columns[c].sheet_fr);
    }
    static const char *const methods[2] = {M_SHEET_METHODS};
    theme_add(l, methods[0]);
}

/* A table beside the theme's first one: its own title when that fits in a tab. */
static const char *detail_name(book_plan *p, const result_table *t, const char *theme)
{
    static const struct {
        const char *table, *fr, *en;
    } known[] = {{"flows", M_TAB_FLOWS},
                 {"commuting_modes", M_TAB_MODES},
                 {"avoided_km_sensitivity", M_TAB_SENSITIVITY}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(known[i].table, t->name))
            return tr(p->lang, known[i].fr, known[i].en);
    }
    const char *title = tr(p->lang, t->title_fr, t->title_en);
    if (title && *title && characters_of(title) <= GUARD_NAME_MAX)
        return title;
    return book_format(p, "%s%s", sheet_title(p, theme), tr(p->lang, M_SHEET_DETAIL));
}

static const char *title_of(const book_plan *p, const result_table *t)
{
    const char *title = tr(p->lang, t->title_fr, t->title_en);
    return title && *title ? title : t->name;
}

typedef struct ranked {
    double value;
    size_t row;
} ranked;

static int largest_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->value != y->value ? (x->value < y->value) - (x->value > y->value)
                                : (x->row > y->row) - (x->row < y->row);
}

/* The same rows, the largest values of a column first: assumptions, main flows. */
static const table *ordered_by(book_plan *p, const table *t, const char *name)
{
    error err;
    const column *by = table_find(t, name);
    table *out = NULL;
    if (!by || by->type == COLUMN_TEXT || p->owned_count == sizeof p->owned / sizeof *p->owned)
        return t;
    ranked *list = arena_take(p->memory, t->rows, sizeof *list);
    size_t *order = arena_take(p->memory, t->rows, sizeof *order);
    p->failed |= !list || !order;
    if (p->failed)
        return t;
    for (size_t row = 0; row < t->rows; row++) {
        list[row] = (ranked){.value = -INFINITY, .row = row};
        (void)value_number(by, row, &list[row].value);
    }
    qsort(list, t->rows, sizeof *list, largest_first);
    for (size_t row = 0; row < t->rows; row++)
        order[row] = list[row].row;
    p->failed |= table_select(t, order, t->rows, &out, &err) != STATUS_OK;
    if (out)
        p->owned[p->owned_count++] = out;
    return out ? out : t;
}

static void table_sheet(book_plan *p, const result_table *t, const char *name, const char *holds,
                        uint32_t tab)
{
    result_table shown = *t;
    if (!strcmp(t->name, "parameters"))
        shown.rows = ordered_by(p, t->rows, "assumed");
    if (!strcmp(t->name, "placements"))
        shown.rows = ordered_by(p, t->rows, "doubt_count");
    if (!strcmp(t->name, "flows"))
        shown.rows = ordered_by(p, t->rows, "workers");
    choice c = every_column(p, &shown);
    sheet_add(p, name, title_of(p, t), holds, &shown, &c, tab);
}

static void territory_sheet(book_plan *p, const result_table *t, const char *theme,
                            const theme_list *l)
{
    choice c = territory_columns(p, t, l->at, l->count);
    sheet_add(p, sheet_title(p, theme), title_of(p, t), sheet_holds(p, theme), t, &c, TAB_DATA);
}

/* What places, venues and territories show of a theme, then its own tables. */
static void theme_sheets(book_plan *p, const char *theme, const theme_list *l)
{
    static const char *const dictionary[2] = {M_SHEET_DICTIONARY};
    const char *name = sheet_title(p, theme), *holds = sheet_holds(p, theme);
    const result_table *territories = results_find(p->r, "territories");
    uint32_t tab = sheet_rank(theme) >= sheet_rank(dictionary[0]) ? TAB_ABOUT : TAB_THEME;
    size_t before = p->b->sheet_count;
    if (p->m->places) {
        choice c = theme_columns(p, p->m->places, theme);
        sheet_add(p, name, name, holds, p->m->places, &c, tab);
    }
    if (p->m->venues) {
        bool second = p->b->sheet_count > before;
        choice c = theme_columns(p, p->m->venues, theme);
        const char *own =
            second ? book_format(p, "%s%s", name, tr(p->lang, M_SHEET_OF_VENUES)) : name;
        sheet_add(p, own, own, second ? book_say(p, M_HOLDS_OF_VENUES, name) : holds, p->m->venues,
                  &c, tab);
    }
    for (size_t i = 0; i < p->r->table_count; i++) {
        const result_table *t = &p->r->tables[i];
        if (!t->sheet_fr || strcmp(t->sheet_fr, theme) || !strcmp(t->name, "totals"))
            continue;
        bool first = p->b->sheet_count == before;
        if (t == territories) {
            territory_sheet(p, t, theme, l);
        } else if (t == p->m->places || t == p->m->venues) {
            choice c = base_columns(p, t);
            sheet_add(p, first ? name : detail_name(p, t, theme), first ? name : title_of(p, t),
                      holds, t, &c, TAB_DATA);
        } else {
            table_sheet(p, t, first ? name : detail_name(p, t, theme),
                        first ? holds : book_say(p, M_HOLDS_DETAIL, name), tab);
        }
    }
}

void book_plan_tables(book_plan *p)
{
    static const char *const methods[2] = {M_SHEET_METHODS};
    theme_list themes = {.count = 0};
    themes_gather(p, &themes);
    for (size_t i = 0; !p->failed && i < themes.count; i++) {
        if (strcmp(themes.at[i], methods[0])) {
            theme_sheets(p, themes.at[i], &themes);
        } else if (p->r->method_pages && *p->r->method_pages) {
            book_sheet *s =
                book_plan_sheet(p, sheet_title(p, themes.at[i]), sheet_holds(p, themes.at[i]));
            if (s) {
                s->tab_colour = TAB_ABOUT;
                book_plan_methods(p, s);
            }
        }
    }
}
