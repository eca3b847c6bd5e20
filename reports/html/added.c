/* Indicators that the report has no section of its own for: their key figures, then their columns
 * by territory and by place. And, before anything else, those that failed. */
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/tables.h"
#include "reports/html/words.h"

enum { PLACES_ON_PAGE = 15, GROUPS_ON_PAGE = 40 };

static const char *text_at(const table *t, const char *name, size_t row)
{
    const column *const c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static bool has_failed(const table *t, size_t row)
{
    return strcmp(text_at(t, "state", row), "failed") == 0;
}

void put_missing(page *p)
{
    const result_table *const t = results_find(p->results, "indicators");
    size_t count = 0;
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (!has_failed(t->rows, row))
            continue;
        if (count++ == 0) {
            put(p, "<aside class=\"missing\" aria-labelledby=\"missing-h\">\n"
                   "<h3 id=\"missing-h\">");
            put_say(p, M_MISSING_TITLE);
            put(p, "</h3>\n<p>");
            put_say(p, M_MISSING_INTRO);
            put(p, "</p>\n<ul>\n");
        }
        put(p, "<li><strong>");
        put_text(p, text_at(t->rows, "title", row));
        put(p, "</strong> (");
        put_text(p, text_at(t->rows, "indicator", row));
        put(p, ")<br>");
        put_text(p, text_at(t->rows, "reason", row));
        put(p, "</li>\n");
    }
    if (count > 0)
        put(p, "</ul>\n</aside>\n");
}

/* --- an indicator --- */

static bool has_section(const char *id)
{
    static const char *const known[] = {"supply", "catchment", "coverage", "commuting",
                                        "avoided_km"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], id) == 0)
            return true;
    }
    return false;
}

static void put_figures(page *p, const char *id)
{
    const result_table *const t = results_find(p->results, "totals");
    size_t count = 0;
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        headline h;
        if (strcmp(text_at(t->rows, "indicator", row), id) != 0 ||
            !headline_find(p, id, text_at(t->rows, "name", row), &h))
            continue;
        if (count++ == 0)
            put(p, "<dl class=\"facts\">\n");
        put(p, "<div><dt>");
        put_text(p, h.title);
        put(p, "</dt><dd>");
        put_text(p, figure(p, h.value, h.unit, false));
        if (h.low < h.high) {
            put(p, " <span class=\"sure\">");
            put_say(p, M_ASSUMPTION_RANGE, figure(p, h.low, h.unit, false),
                    figure(p, h.high, h.unit, false));
            put(p, "</span>");
        }
        put(p, "</dd></div>\n");
    }
    if (count > 0)
        put(p, "</dl>\n");
}

/* The columns that an indicator made in a table, after those that say which row it is; how many. */
static size_t add_made(table_view *v, const char *id)
{
    size_t count = 0;
    for (size_t c = 0; v->from->columns && c < v->from->rows->column_count; c++) {
        if (strcmp(v->from->columns[c].plugin, id) == 0 && v->column_count < TABLE_COLUMNS_MAX) {
            v->columns[v->column_count++] = c;
            count++;
        }
    }
    return count;
}

/* The four lines of the first made column that has a sentence, else of the first: with a row that
 * the page shows. */
static status put_lines_of(page *p, const table_view *v, error *err)
{
    const rows_shown shown = {v->rows, v->limit < v->row_count ? v->limit : v->row_count};
    size_t told = v->columns[2];
    four_lines lines;
    for (size_t i = v->column_count; i-- > 2;) {
        if (has_sentence(p->model, v->from, v->columns[i]))
            told = v->columns[i];
    }
    const status s = four_lines_of(p->model, v->from, told, &shown, p->memory, &lines, err);
    if (s == STATUS_OK)
        put_four_lines(p, &lines);
    return s;
}

static status put_view(page *p, table_view *v, const char *id, error *err)
{
    static const char *const names[] = {"name", "population"};
    view_add_columns(v, names, sizeof names / sizeof *names);
    if (v->column_count != 2 || add_made(v, id) == 0)
        return STATUS_OK;
    put_table(p, v);
    return put_lines_of(p, v, err);
}

/* The first level, from the smallest, that has several groups and not more than a page holds; else
 * the first with several. */
static const char *level_shown(const page *p, const result_table *t)
{
    const char *first = NULL;
    for (size_t i = 0; i < p->results->level_count; i++) {
        size_t rows = 0;
        for (size_t row = 0; row < t->rows->rows; row++)
            rows += strcmp(text_at(t->rows, "level", row), p->results->levels[i].id) == 0;
        if (rows > 1 && rows <= GROUPS_ON_PAGE)
            return p->results->levels[i].id;
        if (rows > 1 && !first)
            first = p->results->levels[i].id;
    }
    return first;
}

static const char *level_title(const page *p, const char *id)
{
    for (size_t i = 0; i < p->results->level_count; i++) {
        const result_level *const l = &p->results->levels[i];
        if (strcmp(l->id, id) == 0)
            return tr(p->lang, l->title_fr, l->title_en);
    }
    return id;
}

static status put_by_territory(page *p, const char *id, error *err)
{
    const result_table *const t = results_find(p->results, "territories");
    const char *const level = t ? level_shown(p, t) : NULL;
    if (!level)
        return STATUS_OK;
    size_t count = 0, *const rows = arena_take(p->memory, t->rows->rows, sizeof *rows);
    if (!rows)
        return memory_error(err, t->rows->rows * sizeof *rows);
    for (size_t row = 0; row < t->rows->rows; row++) {
        if (strcmp(text_at(t->rows, "level", row), level) == 0)
            rows[count++] = row;
    }
    table_view v = {.caption = page_say(p, M_CAPTION_LEVEL, level_title(p, level)),
                    .from = t,
                    .rows = rows,
                    .row_count = count,
                    .limit = GROUPS_ON_PAGE,
                    .sheet = t->sheet_fr};
    return put_view(p, &v, id, err);
}

static status put_by_place(page *p, const char *id, error *err)
{
    const result_table *const t = p->model->places;
    size_t count = 0;
    if (!t)
        return STATUS_OK;
    table_view v = {.caption = page_say(p, M_CAPTION_LARGEST, p->model->places_word),
                    .from = t,
                    .limit = PLACES_ON_PAGE,
                    .sheet = t->sheet_fr};
    v.rows = rows_by_value(p, t, "population", &count);
    v.row_count = count;
    return put_view(p, &v, id, err);
}

static status put_indicator(page *p, const table *t, size_t row, error *err)
{
    const char *const id = text_at(t, "indicator", row);
    put_element(p, "h3", text_at(t, "title", row));
    put(p, "\n");
    put_figures(p, id);
    const status s = put_by_territory(p, id, err);
    return s == STATUS_OK ? put_by_place(p, id, err) : s;
}

status put_added(page *p, error *err)
{
    const result_table *const t = results_find(p->results, "indicators");
    status s = STATUS_OK;
    size_t count = 0;
    for (size_t row = 0; t && s == STATUS_OK && row < t->rows->rows; row++) {
        if (has_section(text_at(t->rows, "indicator", row)) || has_failed(t->rows, row))
            continue;
        if (count++ == 0)
            section_begin(p, "indicateurs-ajoutes", tr(p->lang, M_SECTION_ADDED));
        s = put_indicator(p, t->rows, row, err);
    }
    if (count > 0)
        section_end(p);
    return s;
}
