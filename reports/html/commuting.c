/* Home to work: modes and main flows; avoided kilometres with their interval. */
#include <math.h>
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/tables.h"
#include "reports/html/words.h"

enum { FLOWS_ON_PAGE = 15, MODES_MAX = 16 };

static void put_facts_begin(page *p)
{
    put(p, "<dl class=\"facts\">\n");
}

static void put_fact(page *p, const char *indicator, const char *name, bool estimate,
                     const char *title)
{
    headline h;
    if (!headline_find(p, indicator, name, &h))
        return;
    put(p, "<div><dt>");
    put_text(p, *h.title ? h.title : title);
    put(p, "</dt><dd>");
    put_text(p, figure(p, h.value, h.unit, estimate));
    put(p, "</dd></div>\n");
}

/* --- modes: occupations together --- */

typedef struct mode_sum {
    const char *mode;
    double workers;
} mode_sum;

static size_t modes_sum(const table *t, mode_sum sums[MODES_MAX], double *all)
{
    const column *const mode = table_find(t, "mode"), *const workers = table_find(t, "workers");
    size_t count = 0;
    *all = 0;
    for (size_t row = 0; mode && workers && row < t->rows; row++) {
        double value = 0;
        size_t at = 0;
        if (!value_number(workers, row, &value))
            continue;
        while (at < count && strcmp(sums[at].mode, column_text(mode, row)) != 0)
            at++;
        if (at == MODES_MAX)
            continue;
        if (at == count)
            sums[count++] = (mode_sum){column_text(mode, row), 0};
        sums[at].workers += value;
        *all += value;
    }
    return count;
}

static const char *modes_reading(page *p, const mode_sum *sum)
{
    const char *const workers = figure_plain(p, sum->workers, "{worker}", true), *const word =
                                                                                     word_of_code(
                                                                                         p, "mode",
                                                                                         sum->mode);
    if (strcmp(sum->mode, "home") == 0)
        return page_say(p, M_READING_HOME, workers);
    /* A mode without a word of ours, or not known, does not read after the verb. */
    if (word == sum->mode || strcmp(sum->mode, "unknown") == 0)
        return page_say(p, M_READING_MODES, workers, word);
    return page_say(p, M_READING_MODE, workers, word);
}

static void put_modes(page *p)
{
    const result_table *const t = results_find(p->results, "commuting_modes");
    mode_sum sums[MODES_MAX];
    double all = 0;
    const size_t count = t ? modes_sum(t->rows, sums, &all) : 0;
    if (count == 0)
        return;
    table_begin(p, tr(p->lang, M_CAPTION_MODES));
    put_heading(p, tr(p->lang, M_HEAD_MODE), false);
    put_heading(p, tr(p->lang, M_HEAD_WORKERS), true);
    put_heading(p, tr(p->lang, M_HEAD_SHARE), true);
    table_body(p);
    for (size_t i = 0; i < count; i++) {
        put(p, "<tr><th scope=\"row\">");
        put_text(p, word_of_code(p, "mode", sums[i].mode));
        put(p, "</th><td class=\"n\">");
        put_text(p, figure_plain(p, sums[i].workers, "{worker}", true));
        put(p, "</td><td class=\"n\">");
        put_text(p, figure(p, all > 0 ? 100 * sums[i].workers / all : 0, "%", false));
        put(p, "</td></tr>\n");
    }
    table_end(p);
    put_run_lines(p, modes_reading(p, &sums[0]));
}

static const char *flows_reading(page *p, const flow_line *f)
{
    const char *const workers = figure_plain(p, f->workers, "{worker}", true),
                      *const residence = p->model->place_name[f->residence];
    if (!*f->work_name)
        return page_say(p, M_READING_FLOWS_OUTSIDE, workers, residence);
    return page_say(p, M_READING_FLOWS, workers, residence, f->work_name);
}

static void put_flows(page *p)
{
    const report_model *const m = p->model;
    const size_t shown = m->flow_count < FLOWS_ON_PAGE ? m->flow_count : FLOWS_ON_PAGE;
    if (shown == 0)
        return;
    table_begin(p, tr(p->lang, M_CAPTION_FLOWS));
    put_heading(p, tr(p->lang, M_HEAD_RESIDENCE), false);
    put_heading(p, tr(p->lang, M_HEAD_WORK), false);
    put_heading(p, tr(p->lang, M_HEAD_WORKERS), true);
    table_body(p);
    for (size_t i = 0; i < shown; i++) {
        put(p, "<tr><th scope=\"row\">");
        put_text(p, m->place_name[m->flows[i].residence]);
        put(p, "</th><td>");
        put_text(p, *m->flows[i].work_name ? m->flows[i].work_name : tr(p->lang, M_OUTSIDE));
        put(p, "</td><td class=\"n\">");
        put_text(p, figure_plain(p, m->flows[i].workers, "{worker}", true));
        put(p, "</td></tr>\n");
    }
    table_end(p);
    put_run_lines(p, flows_reading(p, &m->flows[0]));
}

void put_commuting(page *p)
{
    headline workers;
    const bool known = headline_find(p, "commuting", "workers", &workers);
    if (!known && p->model->flow_count == 0)
        return;
    section_begin(p, "domicile-travail", tr(p->lang, M_SECTION_COMMUTING));
    put_facts_begin(p);
    put_fact(p, "commuting", "workers", true, tr(p->lang, M_FACT_WORKERS));
    put_fact(p, "commuting", "mean_km", false, tr(p->lang, M_FACT_KM));
    put_fact(p, "commuting", "mean_crow_km", false, tr(p->lang, M_FACT_CROW));
    put_fact(p, "commuting", "mean_minutes", false, tr(p->lang, M_FACT_MINUTES));
    put_fact(p, "commuting", "share_same_commune", false, tr(p->lang, M_FACT_SAME));
    put_fact(p, "commuting", "share_same_epci", false, tr(p->lang, M_FACT_SAME));
    put_fact(p, "commuting", "share_car", false, tr(p->lang, M_FACT_CAR));
    put_fact(p, "commuting", "outside", true, tr(p->lang, M_FACT_OUTSIDE));
    put(p, "</dl>\n");
    put_modes(p);
    put_flows(p);
    section_end(p);
}

/* --- avoided kilometres --- */

static void put_interval(page *p, const char *name, const char *unit_code, const char *title)
{
    headline h;
    if (!headline_find(p, "avoided_km", name, &h))
        return;
    put(p, "<tr><th scope=\"row\">");
    put_text(p, *h.title ? h.title : title);
    put(p, "</th><td class=\"n\">");
    put_text(p, figure(p, h.low, unit_code, true));
    put(p, "</td><td class=\"n\"><strong>");
    put_text(p, figure(p, h.value, unit_code, true));
    put(p, "</strong></td><td class=\"n\">");
    put_text(p, figure(p, h.high, unit_code, true));
    put(p, "</td></tr>\n");
}

/* The name of a parameter as the table of parameters titles it. */
static const char *parameter_title(page *p, const char *id)
{
    const result_table *const t = results_find(p->results, "parameters");
    const column *const name = t ? table_find(t->rows, "parameter") : NULL, *const title =
                                                                                t ? table_find(
                                                                                        t->rows,
                                                                                        "title")
                                                                                  : NULL;
    for (size_t row = 0; name && title && row < t->rows->rows; row++) {
        if (strcmp(column_text(name, row), id) == 0 && *column_text(title, row))
            return column_text(title, row);
    }
    return word_of_code(p, "parameter", id);
}

typedef struct swing {
    const char *id;
    double low, high;
} swing;

/* The three parameters that move the answer most, widest first. */
static size_t swings_find(const table *t, swing top[3])
{
    const column *const id = table_find(t, "parameter"), *const low = table_find(t, "net_km_p05"),
                        *const high = table_find(t, "net_km_p95");
    size_t count = 0;
    for (size_t row = 0; id && low && high && row < t->rows; row++) {
        swing s = {.id = column_text(id, row)};
        if (!value_number(low, row, &s.low) || !value_number(high, row, &s.high) || s.high <= s.low)
            continue;
        size_t at = count < 3 ? count++ : 3;
        for (; at > 0 && s.high - s.low > top[at - 1].high - top[at - 1].low; at--) {
            if (at < 3)
                top[at] = top[at - 1];
        }
        if (at < 3)
            top[at] = s;
    }
    return count;
}

static void put_swings(page *p)
{
    const result_table *const t = results_find(p->results, "avoided_km_sensitivity");
    swing top[3];
    const size_t count = t ? swings_find(t->rows, top) : 0;
    if (count == 0)
        return;
    put(p, "<p>");
    put_say(p, M_SWINGS_INTRO);
    put(p, "</p>\n");
    table_begin(p, tr(p->lang, M_CAPTION_SWINGS));
    put_heading(p, tr(p->lang, M_HEAD_PARAMETER), false);
    put_heading(p, tr(p->lang, M_HEAD_LOW), true);
    put_heading(p, tr(p->lang, M_HEAD_HIGH), true);
    table_body(p);
    for (size_t i = 0; i < count; i++) {
        put(p, "<tr><th scope=\"row\">");
        put_text(p, parameter_title(p, top[i].id));
        put(p, "</th><td class=\"n\">");
        put_text(p, figure(p, top[i].low, "km/a", true));
        put(p, "</td><td class=\"n\">");
        put_text(p, figure(p, top[i].high, "km/a", true));
        put(p, "</td></tr>\n");
    }
    table_end(p);
}

void put_avoided(page *p)
{
    headline net, alpha;
    if (!headline_find(p, "avoided_km", "net_km", &net))
        return;
    section_begin(p, "km-evites", tr(p->lang, M_SECTION_AVOIDED));
    if (headline_find(p, "avoided_km", "breakeven_alpha", &alpha)) {
        put(p, "<p>");
        put_say(p, M_BREAKEVEN_SENTENCE, figure(p, 100 * alpha.value, "%", false));
        put(p, "</p>\n");
    }
    table_begin(p, tr(p->lang, M_CAPTION_AVOIDED));
    put_heading(p, tr(p->lang, M_HEAD_QUANTITY), false);
    put_heading(p, tr(p->lang, M_HEAD_LOW), true);
    put_heading(p, tr(p->lang, M_HEAD_MEDIAN), true);
    put_heading(p, tr(p->lang, M_HEAD_HIGH), true);
    table_body(p);
    put_interval(p, "net_km", "km/a", tr(p->lang, M_SECTION_AVOIDED));
    put_interval(p, "co2_t", "t/a", tr(p->lang, M_CO2));
    table_end(p);
    put_run_lines(p, page_say(p, M_READING_AVOIDED, figure_plain(p, net.low, "km/a", true),
                              figure(p, net.high, "km/a", true)));
    put_swings(p);
    section_end(p);
}
