/* Access: white zones by function, the table of places; and white zones that touch. */
#include <stdio.h>
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/tables.h"
#include "reports/html/words.h"

enum { PLACES_ON_PAGE = 3000, PLACES_WHEN_MANY = 500, GAPS_ON_PAGE = 20 };

static void put_share_cells(page *p, size_t f, const char *suffix)
{
    char name[64];
    headline h;
    double share = 0, persons = 0;
    (void)snprintf(name, sizeof name, "white_%c%s", (char)('a' + f), suffix);
    bool known = share_of_people(p, name, &share, &persons);
    (void)snprintf(name, sizeof name, "white_share_%c%s", (char)('a' + f), suffix);
    if (headline_find(p, "coverage", name, &h))
        share = h.value / 100;
    (void)snprintf(name, sizeof name, "white_population_%c%s", (char)('a' + f), suffix);
    if (headline_find(p, "coverage", name, &h)) {
        persons = h.value;
        known = true;
    }
    put(p, "<td class=\"n\">");
    if (known)
        put_text(p, figure_plain(p, persons, "{person}", false));
    else
        put_sign(p, VALUE_MISSING);
    put(p, "</td><td class=\"n\">");
    if (known)
        put_text(p, figure(p, 100 * share, "%", false));
    else
        put_sign(p, VALUE_MISSING);
    put(p, "</td>");
}

static bool has_places_column(const page *p, const char *name)
{
    return p->model->places && table_find(p->model->places->rows, name);
}

static void put_white_table(page *p)
{
    const bool third = has_places_column(p, "white_a_tl");
    table_begin(p, tr(p->lang, M_CAPTION_WHITE));
    put_heading(p, tr(p->lang, M_HEAD_FUNCTION), false);
    put_heading(p, tr(p->lang, M_HEAD_PEOPLE_ALL), true);
    put_heading(p, tr(p->lang, M_HEAD_SHARE_ALL), true);
    if (third) {
        put_heading(p, tr(p->lang, M_HEAD_PEOPLE_THIRD), true);
        put_heading(p, tr(p->lang, M_HEAD_SHARE_THIRD), true);
    }
    table_body(p);
    for (size_t f = 0; f < 8; f++) {
        put(p, "<tr><th scope=\"row\">");
        put_text(p, function_words(p, f));
        if (!p->model->function_offered[f])
            put_text(p, tr(p->lang, M_NOT_OFFERED));
        put(p, "</th>");
        put_share_cells(p, f, "");
        if (third)
            put_share_cells(p, f, "_tl");
        put(p, "</tr>\n");
    }
    table_end(p);
}

void put_white_definition(page *p)
{
    put(p, "<p class=\"definition\">");
    const char *const place =
        p->model->cells || p->model->of_cells ? tr(p->lang, M_CELL) : tr(p->lang, M_COMMUNE);
    const char *const limit = value_said(p, parameter_value(p, "white-zone"), "min");
    if (strpbrk(limit, ",;"))
        put_say(p, M_WHITE_VARIES, place, limit);
    else
        put_say(p, M_WHITE_DEFINITION, place, limit);
    put(p, "</p>\n");
}

static const char *white_reading(page *p)
{
    double share = 0, persons = 0;
    if (!share_of_people(p, "white_a", &share, &persons))
        return NULL;
    return page_say(p, M_READING_WHITE, figure_plain(p, persons, "{person}", false),
                    figure(p, 100 * share, "%", false), function_words(p, 0));
}

static void put_places(page *p)
{
    static const char *const wanted[] = {
        "name",     "code",         "population", "minutes_nearest", "functions_within",
        "white_a",  "white_b",      "white_c",    "white_d",         "white_e",
        "white_f",  "white_g",      "white_h",    "venues_open",     "third_places_open",
        "employed", "mean_crow_km", "share_car",  "reliability",     "net_km_per_worker",
        "border"};
    const result_table *const t = p->model->places;
    const size_t rows = t ? t->rows->rows : 0;
    if (rows == 0)
        return;
    table_view v = {
        .caption = tr(p->lang, t->title_fr, t->title_en), .from = t, .sheet = sheet_said(p, t)};
    size_t count = 0;
    view_add_columns(&v, wanted, sizeof wanted / sizeof *wanted);
    if (rows > PLACES_ON_PAGE) {
        v.rows = rows_by_value(p, t, "population", &count);
        v.row_count = count;
        v.limit = PLACES_WHEN_MANY;
    }
    put(p, "<details id=\"communes\"><summary>");
    put_say(p, M_PLACES_DETAILS, figure_count(p, (double)rows), p->model->places_word);
    put(p, "</summary>\n");
    put_table(p, &v);
    put_run_lines(p, NULL);
    put(p, "</details>\n");
}

void put_access(page *p)
{
    section_begin(p, "acces", tr(p->lang, M_SECTION_ACCESS));
    if (has_places_column(p, "white_a")) {
        put_white_definition(p);
        put_white_table(p);
        put_run_lines(p, white_reading(p));
    }
    put_places(p);
    section_end(p);
}

/* --- white zones that touch --- */

/* 8: no function of its own. */
static size_t gap_function(const result_table *t, size_t row)
{
    const column *const c = table_find(t->rows, "function");
    const char *const text = c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
    return text[0] >= 'a' && text[0] <= 'h' && text[1] == '\0' ? (size_t)(text[0] - 'a') : 8;
}

static void put_gap_row(page *p, const result_table *t, size_t row, const char *const *wanted,
                        size_t count)
{
    put(p, "<tr>");
    for (size_t i = 0; i < count; i++) {
        size_t c = 0;
        while (c < t->rows->column_count && strcmp(t->rows->columns[c].name, wanted[i]) != 0)
            c++;
        if (c == t->rows->column_count)
            continue;
        const bool number = reads_as_number(t, c);
        put(p, i == 0 ? "<th scope=\"row\">" : number ? "<td class=\"n\">" : "<td>");
        if (strcmp(wanted[i], "function") == 0 && gap_function(t, row) < 8)
            put_text(p, function_words(p, gap_function(t, row)));
        else
            put_value(p, t, c, row);
        put(p, i == 0 ? "</th>" : "</td>");
    }
    put(p, "</tr>\n");
}

static bool gap_of_all_venues(const result_table *t, size_t row)
{
    const column *const scope = table_find(t->rows, "scope");
    return !scope || strcmp(column_text(scope, row), "all") == 0;
}

/* A function that no venue offers makes one zone of the whole territory: it tells of the lists. */
static bool gap_listed(const page *p, const result_table *t, size_t row)
{
    const size_t f = gap_function(t, row);
    return gap_of_all_venues(t, row) && (f == 8 || p->model->function_offered[f]);
}

static void put_not_offered(page *p)
{
    char letters[40] = "";
    for (size_t f = 0; f < 8; f++) {
        const size_t used = strlen(letters);
        if (!p->model->function_offered[f])
            (void)snprintf(letters + used, sizeof letters - used, "%s%c", used > 0 ? ", " : "",
                           (char)('a' + f));
    }
    if (letters[0] == '\0')
        return;
    put(p, "<p class=\"left-out\">");
    put_say(p, M_GAPS_NOT_OFFERED, letters);
    put(p, "</p>\n");
}

void put_gaps(page *p)
{
    static const char *const wanted[] = {"name",   "id",         "function",
                                         "places", "population", "minutes_max"};
    const result_table *const t = results_find(p->results, "gaps");
    if (!t || t->rows->rows == 0)
        return;
    const bool named = table_find(t->rows, "name") != NULL;
    const char *columns[sizeof wanted / sizeof *wanted];
    size_t columns_used = 0, count = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (table_find(t->rows, wanted[i]) && !(named && strcmp(wanted[i], "id") == 0))
            columns[columns_used++] = wanted[i];
    }
    section_begin(p, "secteurs", tr(p->lang, M_SECTION_GAPS));
    put(p, "<p>");
    put_say(p, M_GAPS_INTRO);
    put(p, "</p>\n");
    table_begin(p, tr(p->lang, t->title_fr, t->title_en));
    for (size_t i = 0; i < columns_used; i++) {
        for (size_t c = 0; c < t->rows->column_count; c++) {
            if (strcmp(t->rows->columns[c].name, columns[i]) == 0)
                put_heading(p, column_heading(p, t, c), reads_as_number(t, c));
        }
    }
    table_body(p);
    const size_t *const rows = rows_by_value(p, t, "population", &count);
    size_t all = 0, of_third_places = 0;
    for (size_t i = 0; i < count; i++) {
        of_third_places += !gap_of_all_venues(t, rows[i]);
        if (!gap_listed(p, t, rows[i]))
            continue;
        if (all++ < GAPS_ON_PAGE)
            put_gap_row(p, t, rows[i], columns, columns_used);
    }
    table_end(p);
    put_left_out(p, t, all < GAPS_ON_PAGE ? all : GAPS_ON_PAGE, all, sheet_said(p, t));
    if (of_third_places > 0) {
        put(p, "<p class=\"left-out\">");
        put_say(p, M_GAPS_THIRD);
        put(p, "</p>\n");
    }
    put_not_offered(p);
    put_run_lines(p, NULL);
    section_end(p);
}
