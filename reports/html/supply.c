/* Venues: how many of which kind, then the list. */
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/tables.h"
#include "reports/html/words.h"

enum { VENUES_ON_PAGE = 2000 };

/* "a, d, h": functions offered, in full or in part. */
static void put_functions(page *p, const table *t, size_t row)
{
    size_t said = 0;
    for (size_t f = 0; f < 8; f++) {
        const char name[] = {'f', 'u', 'n', 'c', 't', 'i', 'o', 'n', '_', (char)('a' + f), '\0'};
        const column *const c = table_find(t, name);
        double weight = 0;
        if (!c || !value_number(c, row, &weight) || weight < 0.5)
            continue;
        put_format(p, "%s%c", said++ > 0 ? ", " : "", (char)('a' + f));
    }
    if (said == 0)
        put_sign(p, VALUE_NOT_APPLICABLE);
}

static void put_commune(page *p, const table *t, size_t row)
{
    const column *const code = table_find(t, "code");
    if (code && code->type == COLUMN_TEXT && *column_text(code, row))
        put_text(p, place_of_code(p, column_text(code, row)));
    else
        put_sign(p, VALUE_MISSING);
}

typedef struct venue_columns {
    size_t at[8];
    size_t count;
} venue_columns;

static venue_columns venue_columns_of(const table *t)
{
    static const char *const wanted[] = {"in_scope", "status", "population_20"};
    venue_columns v = {.count = 0};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        for (size_t c = 0; c < t->column_count; c++) {
            if (strcmp(t->columns[c].name, wanted[i]) == 0)
                v.at[v.count++] = c;
        }
    }
    return v;
}

static void put_venue(page *p, const result_table *t, const venue_columns *v, size_t row)
{
    const char *const name = p->model->venue_name[row];
    put(p, "<tr><th scope=\"row\">");
    if (*name)
        put_text(p, name);
    else
        put_sign(p, VALUE_MISSING);
    put(p, "</th><td>");
    put_commune(p, t->rows, row);
    put(p, "</td><td>");
    put_text(p, p->model->families[p->model->venue_family[row]].title);
    put(p, "</td><td>");
    put_functions(p, t->rows, row);
    put(p, "</td>");
    for (size_t i = 0; i < v->count; i++) {
        put(p, reads_as_number(t, v->at[i]) ? "<td class=\"n\">" : "<td class=\"w\">");
        put_value(p, t, v->at[i], row);
        put(p, "</td>");
    }
    if (has_net_interval(t)) {
        put(p, "<td class=\"n\">");
        put_net_interval(p, t, row);
        put(p, "</td>");
    }
    put(p, "</tr>\n");
}

static void put_function_key(page *p)
{
    put(p, "<p class=\"key\">");
    for (size_t f = 0; f < 8; f++) {
        put(p, f > 0 ? " ; " : "");
        put_text(p, function_words(p, f));
    }
    put(p, "</p>\n");
}

static void put_kinds(page *p)
{
    const result_table *const t = results_find(p->results, "supply_kinds");
    if (!t || t->rows->rows == 0)
        return;
    table_view v = {
        .caption = tr(p->lang, t->title_fr, t->title_en), .from = t, .sheet = sheet_said(p, t)};
    view_add_every_column(&v);
    put_table(p, &v);
}

void put_venues(page *p)
{
    const result_table *const t = p->model->venues;
    if (!t || t->rows->rows == 0)
        return;
    const venue_columns v = venue_columns_of(t->rows);
    const size_t shown = t->rows->rows < VENUES_ON_PAGE ? t->rows->rows : VENUES_ON_PAGE;
    section_begin(p, "lieux", tr(p->lang, M_SECTION_VENUES));
    put_kinds(p);
    put(p, "<details><summary>");
    put_say(p, M_VENUES_DETAILS, figure_count(p, (double)t->rows->rows));
    put(p, "</summary>\n");
    table_begin(p, tr(p->lang, t->title_fr, t->title_en));
    put_heading(p, tr(p->lang, M_HEAD_VENUE), false);
    put_heading(p, tr(p->lang, M_HEAD_COMMUNE), false);
    put_heading(p, tr(p->lang, M_HEAD_FAMILY), false);
    put_heading(p, tr(p->lang, M_HEAD_FUNCTIONS), false);
    for (size_t i = 0; i < v.count; i++)
        put_heading(p, column_heading(p, t, v.at[i]), reads_as_number(t, v.at[i]));
    if (has_net_interval(t))
        put_heading(p, tr(p->lang, M_HEAD_NET), true);
    table_body(p);
    for (size_t row = 0; row < shown; row++)
        put_venue(p, t, &v, row);
    table_end(p);
    put_left_out(p, t, shown, t->rows->rows, sheet_said(p, t));
    put_function_key(p);
    put(p, "</details>\n");
    put_run_lines(p, NULL);
    section_end(p);
}
