/* The end of the report: methods, parameters, sources, and how good the data are. */
#include <string.h>

#include "base/units.h"
#include "reports/html/markdown.h"
#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/tables.h"
#include "reports/html/words.h"

enum { LINES_ON_PAGE = 60, OTHER_ON_PAGE = 25, DOUBTFUL_ON_PAGE = 25 };

void put_methods(page *p)
{
    if (!p->results->method_pages || !*p->results->method_pages)
        return;
    section_begin(p, "methodes", tr(p->lang, M_SECTION_METHODS));
    markdown_to_markup(p->results->method_pages, &p->out);
    section_end(p);
}

/* A table as it is, named columns first chosen, else every one. */
static void put_plain(page *p, const char *name, const char *const *wanted, size_t count,
                      size_t limit)
{
    const result_table *const t = results_find(p->results, name);
    if (!t || t->rows->rows == 0)
        return;
    table_view v = {.caption = tr(p->lang, t->title_fr, t->title_en),
                    .from = t,
                    .limit = limit,
                    .sheet = sheet_said(p, t)};
    view_add_columns(&v, wanted, count);
    if (v.column_count == 0)
        view_add_every_column(&v);
    put_table(p, &v);
}

static const char *cell(const table *t, const char *name, size_t row)
{
    const column *const c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

/* An id with a dot or a dash names the parameter in the run file: `avoided_km.alpha`. */
static void put_parameter(page *p, const result_table *t, size_t row)
{
    const char *const id = *cell(t->rows, "parameter", row) ? cell(t->rows, "parameter", row)
                                                            : cell(t->rows, "name", row);
    const char *const title = *cell(t->rows, "title", row) ? cell(t->rows, "title", row) : id;
    const unit *const known = unit_find(cell(t->rows, "unit", row));
    const column *const low = table_find(t->rows, "low"), *const high = table_find(t->rows, "high");
    const char *const basis = cell(t->rows, "basis", row);
    const bool assumed = strncmp(basis, "assumed", strlen("assumed")) == 0;
    put(p, assumed ? "<tr class=\"flag\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    put_text(p, title);
    put(p, " <code>");
    put_text(p, cell(t->rows, "plugin", row));
    put(p, ".");
    put_text(p, id);
    put(p, "</code></th><td class=\"v\">");
    put_text(p, value_said(p, cell(t->rows, "value", row), ""));
    put(p, "</td><td>");
    put_text(p, known ? tr(p->lang, known->label_fr, known->label_en) : cell(t->rows, "unit", row));
    put(p, "</td><td class=\"n\">");
    double from = 0, to = 0;
    if (low && high && value_number(low, row, &from) && value_number(high, row, &to)) {
        put_say(p, M_RANGE, figure_short(p, from), figure_short(p, to));
    } else {
        put_sign(p, VALUE_NOT_APPLICABLE);
    }
    put(p, "</td><td>");
    if (assumed) {
        put(p, "<strong>");
        put_say(p, M_WORD_ASSUMED);
        put(p, "</strong>");
        put_text(p, basis + strlen("assumed"));
    } else if (*basis) {
        put_text(p, basis);
    } else {
        put_sign(p, VALUE_MISSING);
    }
    put(p, "</td></tr>\n");
}

void put_parameters(page *p)
{
    const result_table *const t = results_find(p->results, "parameters");
    if (!t || t->rows->rows == 0)
        return;
    section_begin(p, "parametres", tr(p->lang, M_SECTION_PARAMETERS));
    put(p, "<p>");
    put_say(p, M_PARAMETERS_INTRO);
    put(p, "</p>\n");
    table_begin(p, tr(p->lang, t->title_fr, t->title_en));
    put_heading(p, tr(p->lang, M_HEAD_PARAMETER), false);
    put_heading(p, tr(p->lang, M_HEAD_VALUE), true);
    put_heading(p, tr(p->lang, M_HEAD_UNIT), false);
    put_heading(p, tr(p->lang, M_HEAD_RANGE), true);
    put_heading(p, tr(p->lang, M_HEAD_BASIS), false);
    table_body(p);
    for (size_t row = 0; row < t->rows->rows; row++)
        put_parameter(p, t, row);
    table_end(p);
    section_end(p);
}

void put_sources(page *p)
{
    static const char *const wanted[] = {"title",   "origin", "producer", "vintage",
                                         "licence", "file",   "rows"};
    section_begin(p, "sources", tr(p->lang, M_SECTION_SOURCES));
    put_plain(p, "sources", wanted, sizeof wanted / sizeof *wanted, 0);
    put(p, "<p>");
    put_text(p, tr(p->lang, p->results->source_fr, p->results->source_en));
    put(p, "</p>\n");
    section_end(p);
}

static void put_signs(page *p)
{
    static const value_state states[] = {VALUE_MISSING,     VALUE_NOT_APPLICABLE,
                                         VALUE_SECRET,      VALUE_NOT_SIGNIFICANT,
                                         VALUE_UNREACHABLE, VALUE_BEYOND_LIMIT};
    put(p, "<h3>");
    put_say(p, M_SIGNS_TITLE);
    put(p, "</h3>\n<dl class=\"signs\">\n");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        put(p, "<div><dt>");
        put_text(p, state_sign(states[i], p->lang));
        put(p, "</dt><dd>");
        put_text(p, state_title(states[i], p->lang));
        put(p, "</dd></div>\n");
    }
    put(p, "<div><dt>e</dt><dd>");
    put_say(p, M_SIGN_ESTIMATE);
    put(p, "</dd></div>\n</dl>\n<p>");
    put_say(p, M_RELIABILITY_WORDS);
    put(p, "</p>\n");
}

/* How many venues are placed how well. */
static void put_placements(page *p)
{
    enum { SURE, STREET, COMMUNE, DOUBTFUL, NOWHERE, CLASSES };
    static const struct {
        const char *quality;
        size_t class;
    } classes[] = {{"point", SURE},      {"housenumber", SURE}, {"street", STREET},
                   {"locality", STREET}, {"commune", COMMUNE},  {"doubtful", DOUBTFUL},
                   {"none", NOWHERE}};
    static const struct {
        const char *fr, *en;
    } titles[CLASSES] = {{M_PLACEMENTS_SURE},
                         {M_PLACEMENTS_STREET},
                         {M_PLACEMENTS_COMMUNE},
                         {M_PLACEMENTS_DOUBTED},
                         {M_PLACEMENTS_NOWHERE}};
    const result_table *const t = results_find(p->results, "placements"), *const venues =
                                                                              results_find(
                                                                                  p->results,
                                                                                  "venues");
    size_t count[CLASSES] = {0}, merged = 0;
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
            count[classes[i].class] +=
                strcmp(cell(t->rows, "quality", row), classes[i].quality) == 0;
    }
    for (size_t row = 0; venues && row < venues->rows->rows; row++)
        merged += strstr(cell(venues->rows, "sources", row), "; ") != NULL;
    if (!t || t->rows->rows == 0)
        return;
    put(p, "<p>");
    put_say(p, M_PLACEMENTS_INTRO, t->rows->rows);
    for (size_t i = 0, said = 0; i < CLASSES; i++) {
        if (count[i] == 0)
            continue;
        put(p, said++ > 0 ? ", " : " ");
        put_say(p, M_PLACEMENTS_CLASS, count[i], titles[i].fr, titles[i].en);
    }
    put(p, ".");
    put(p, " ");
    put_say(p, M_PLACEMENTS_EFFECT);
    if (merged > 0) {
        put(p, " ");
        put_say(p, M_PLACEMENTS_SOURCES, merged);
    }
    put(p, "</p>\n");
}

/* The doubtful ones, most doubts first; the rest is in the tables. */
static void put_doubtful(page *p)
{
    const char *const doubts = p->lang == LANGUAGE_FR ? "doubts" : "doubts_en",
                      *const others = p->lang == LANGUAGE_FR ? "alternatives" : "alternatives_en";
    const char *const wanted[] = {"name",        "code", "placement", "quality",
                                  "distance_km", doubts, others,      "effect"};
    const result_table *const t = results_find(p->results, "placements");
    const column *const doubted = t ? table_find(t->rows, "doubt_count") : NULL;
    size_t count = 0, kept = 0;
    const size_t *const rows = doubted ? rows_by_value(p, t, "doubt_count", &count) : NULL;
    while (rows && kept < count && doubted->at.u32[rows[kept]] > 0)
        kept++;
    if (kept == 0)
        return;
    table_view v = {.caption = tr(p->lang, M_PLACEMENTS_DOUBTFUL),
                    .from = t,
                    .rows = rows,
                    .row_count = kept,
                    .limit = DOUBTFUL_ON_PAGE,
                    .sheet = sheet_said(p, t)};
    view_add_columns(&v, wanted, sizeof wanted / sizeof *wanted);
    put_table(p, &v);
}

void put_quality(page *p)
{
    static const char *const warnings_fr[] = {"severity", "text", "file"}, *const warnings_en[] = {
                                                                               "severity",
                                                                               "text_en", "file"};
    /* Reasons are told in the report's language only. */
    const char *const reason = p->lang == LANGUAGE_FR ? "reason" : "reason_en";
    const char *const balance[] = {"role", "file", "outcome", reason, "rows", "weight"},
                      *const rejects[] = {"role", "file", "value", reason, "weight"};
    static const char *const vintages[] = {"role",          "file",         "from_year",
                                           "to_year",       "merged",       "split",
                                           "weight_before", "weight_after", "lost"};
    static const char *const indicators[] = {"indicator", "title", "version",
                                             "origin",    "state", "reason"};
    section_begin(p, "qualite", tr(p->lang, M_SECTION_QUALITY));
    put(p, "<p>");
    put_say(p, M_QUALITY_INTRO);
    put(p, "</p>\n");
    put_placements(p);
    put_plain(p, "balance", balance, sizeof balance / sizeof *balance, LINES_ON_PAGE);
    put_doubtful(p);
    put_plain(p, "vintages", vintages, sizeof vintages / sizeof *vintages, LINES_ON_PAGE);
    put_plain(p, "indicators", indicators, sizeof indicators / sizeof *indicators, 0);
    put_plain(p, "warnings", p->lang == LANGUAGE_FR ? warnings_fr : warnings_en, 3, LINES_ON_PAGE);
    put_plain(p, "rejects", rejects, sizeof rejects / sizeof *rejects, LINES_ON_PAGE);
    put_signs(p);
    section_end(p);
}

/* Tables that have no section of their own: scenarios, sites, scores, and those of foreign plugins.
 */
static bool has_section(const char *name)
{
    static const char *const known[] = {"places",
                                        "communes",
                                        "territories",
                                        "venues",
                                        "placements",
                                        "flows",
                                        "gaps",
                                        "catchments",
                                        "totals",
                                        "parameters",
                                        "sources",
                                        "balance",
                                        "rejects",
                                        "warnings",
                                        "indicators",
                                        "vintages",
                                        "vintage_links",
                                        "dictionary",
                                        "commuting_modes",
                                        "supply_kinds",
                                        "avoided_km_sensitivity",
                                        "reach",
                                        "run"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], name) == 0)
            return true;
    }
    return false;
}

void put_other_tables(page *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->results->table_count; i++) {
        const result_table *const t = &p->results->tables[i];
        if (has_section(t->name) || t->rows->rows == 0)
            continue;
        if (count++ == 0)
            section_begin(p, "autres", tr(p->lang, M_SECTION_OTHER));
        put_plain(p, t->name, NULL, 0, OTHER_ON_PAGE);
    }
    if (count == 0)
        return;
    put_run_lines(p, NULL);
    section_end(p);
}
