/* Territories: one table a level, from France down. */
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/tables.h"

enum { GROUPS_ON_PAGE = 40 };

static const char *level_title(const page *p, const char *id)
{
    const results *const r = p->results;
    for (size_t i = 0; i < r->level_count; i++) {
        if (strcmp(r->levels[i].id, id) == 0)
            return tr(p->lang, r->levels[i].title_fr, r->levels[i].title_en);
    }
    return id;
}

static bool first_of_level(const column *level, size_t row)
{
    for (size_t i = 0; i < row; i++) {
        if (strcmp(column_text(level, i), column_text(level, row)) == 0)
            return false;
    }
    return true;
}

static void put_level(page *p, const result_table *t, const column *level, size_t first)
{
    static const char *const wanted[] = {
        "name",      "population",       "third_places_open", "minutes_nearest",
        "within_20", "functions_within", "mean_crow_km",      "reliability"};
    size_t *const rows = arena_take(p->memory, t->rows->rows, sizeof *rows), count = 0;
    const char *const id = column_text(level, first);
    p->out.failed = p->out.failed || !rows;
    for (size_t row = first; rows && row < t->rows->rows; row++) {
        if (strcmp(column_text(level, row), id) == 0)
            rows[count++] = row;
    }
    table_view v = {.caption = page_say(p, M_CAPTION_LEVEL, level_title(p, id)),
                    .from = t,
                    .rows = rows,
                    .row_count = count,
                    .limit = GROUPS_ON_PAGE,
                    .sheet = sheet_said(p, t),
                    .net_interval = true};
    view_add_columns(&v, wanted, sizeof wanted / sizeof *wanted);
    put_table(p, &v);
}

static bool some_in_part(const result_table *t)
{
    const column *const outside = table_find(t->rows, "places_outside");
    double count = 0;
    for (size_t row = 0; outside && row < t->rows->rows; row++) {
        if (value_number(outside, row, &count) && count > 0)
            return true;
    }
    return false;
}

void put_territories(page *p)
{
    const result_table *const t = results_find(p->results, "territories");
    const column *const level = t ? table_find(t->rows, "level") : NULL;
    if (!t || t->rows->rows == 0 || !level || level->type != COLUMN_TEXT)
        return;
    section_begin(p, "territoires", tr(p->lang, M_SECTION_TERRITORIES));
    for (size_t row = 0; row < t->rows->rows; row++) {
        if (first_of_level(level, row))
            put_level(p, t, level, row);
    }
    if (some_in_part(t)) {
        put(p, "<p class=\"left-out\">");
        put_say(p, M_PART_OF_TERRITORY_NOTE);
        put(p, "</p>\n");
    }
    put_run_lines(p, NULL);
    section_end(p);
}
