/* "L’essentiel": what an elected official reads first, one sentence a figure, and what is assumed.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "reports/html/messages.h"
#include "reports/html/numbers.h"
#include "reports/html/words.h"

static void card_begin(page *p, const char *big)
{
    put(p, "<li><p class=\"big\">");
    put_text(p, big);
    put(p, "</p>\n<p>");
}

static void card_end(page *p)
{
    put(p, "</p></li>\n");
}

static void put_reliability(page *p, const char *code)
{
    if (!*code)
        return;
    put(p, "</p>\n<p class=\"sure\">");
    put_say(p, M_RELIABILITY, word_of_code(p, "reliability", code));
}

/* --- access --- */

enum { LIMITS_MAX = 8 };
typedef struct reach {
    double limit, share; /* min, % */
} reach;

/* "within_20_min", "within_20". */
static bool limit_of_name(const char *name, double *limit)
{
    static const char prefix[] = "within_";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return false;
    const char *const digits = name + sizeof prefix - 1;
    const size_t size = strspn(digits, "0123456789.");
    const bool rest = digits[size] == '\0' || strcmp(digits + size, "_min") == 0;
    return size > 0 && rest && text_to_f64(text_slice_of(digits, size), '.', limit);
}

static size_t reaches_find(const page *p, reach out[LIMITS_MAX])
{
    const result_table *const t = results_find(p->results, "totals");
    const column *const name = t ? table_find(t->rows, "name") : NULL;
    size_t count = 0;
    for (size_t row = 0; name && row < t->rows->rows && count < LIMITS_MAX; row++) {
        headline h;
        double limit = 0;
        if (limit_of_name(column_text(name, row), &limit) &&
            headline_find(p, "catchment", column_text(name, row), &h))
            out[count++] = (reach){limit, h.value};
    }
    return count;
}

/* Percent of residents within `limit` minutes of a third place; false where the run does not say.
 */
static bool third_reach(const page *p, double limit, double *percent)
{
    char name[48], digits[32];
    headline h;
    (void)text_from_f64(limit, digits, sizeof digits);
    for (char *c = digits; *c != '\0'; c++)
        *c = *c == '.' ? '_' : *c;
    (void)snprintf(name, sizeof name, "within_%s_min_tl", digits);
    const bool known = headline_find(p, "catchment", name, &h);
    *percent = known ? h.value : 0;
    return known;
}

static void card_access(page *p)
{
    reach all[LIMITS_MAX];
    const size_t count = reaches_find(p, all), middle = count / 2;
    if (count == 0)
        return;
    card_begin(p, figure(p, all[middle].share, "%", false));
    put_say(p, M_CARD_ACCESS, figure(p, all[middle].limit, "min", false));
    for (size_t i = 0, said = 0; i < count; i++) {
        if (i == middle)
            continue;
        put(p, said++ == 0 ? " (" : ", ");
        put_say(p, M_CARD_ACCESS_OTHER, figure(p, all[i].share, "%", false),
                figure(p, all[i].limit, "min", false));
    }
    put(p, count > 1 ? ")." : ".");
    double third = 0;
    if (third_reach(p, all[middle].limit, &third) && fabs(third - all[middle].share) >= 0.05) {
        put(p, " ");
        put_say(p, M_CARD_ACCESS_THIRD, figure(p, third, "%", false));
    }
    card_end(p);
}

/* --- white zones --- */

static bool white_share(const page *p, size_t f, const char *suffix, double *percent,
                        double *persons)
{
    char name[64], of_places[64];
    headline h;
    const char letter = (char)('a' + f);
    (void)snprintf(name, sizeof name, "white_share_%c%s", letter, suffix);
    (void)snprintf(of_places, sizeof of_places, "white_%c%s", letter, suffix);
    double share = 0;
    const bool known = share_of_people(p, of_places, &share, persons);
    *percent = 100 * share;
    if (headline_find(p, "coverage", name, &h))
        *percent = h.value;
    return known;
}

static size_t worst_function(const page *p)
{
    double worst = -1;
    size_t at = SIZE_MAX;
    for (size_t f = 0; f < 8; f++) {
        double percent = 0, persons = 0;
        if (p->model->function_offered[f] && white_share(p, f, "", &percent, &persons) &&
            percent > worst) {
            worst = percent;
            at = f;
        }
    }
    return at;
}

static void card_white(page *p, size_t f, bool worst)
{
    double percent = 0, persons = 0;
    if (!p->model->function_offered[f] || !white_share(p, f, "", &percent, &persons))
        return;
    const double all_venues = percent;
    card_begin(p, figure(p, percent, "%", false));
    const char *const people = figure_plain(p, persons, "{person}", false);
    if (worst && percent > 0)
        put_say(p, M_CARD_WHITE_WORST, people, function_alone(p, f));
    else if (worst)
        put_say(p, M_CARD_WHITE_NONE);
    else
        put_say(p, M_CARD_WHITE, people, function_alone(p, f));
    if (white_share(p, f, "_tl", &percent, &persons) && fabs(percent - all_venues) >= 0.05) {
        put(p, " ");
        put_say(p, M_CARD_WHITE_THIRD, figure(p, percent, "%", false));
    }
    card_end(p);
}

static void card_distance(page *p)
{
    headline h, places;
    if (!headline_find(p, "coverage", "beyond_5_km", &h))
        return;
    card_begin(p, figure(p, h.value, "%", false));
    put_say(p, M_CARD_DISTANCE);
    if (headline_find(p, "coverage", "beyond_5_km_places", &places)) {
        put(p, " ");
        put_say(p, M_CARD_DISTANCE_PLACES, figure_count(p, places.value),
                units_counted(p, places.value));
    }
    card_end(p);
}

static void card_supply(page *p)
{
    headline venues, third, rate;
    if (!headline_find(p, "supply", "venues", &venues))
        return;
    card_begin(p, figure_count(p, venues.value));
    put_say(p, M_CARD_VENUES);
    if (headline_find(p, "supply", "third_places", &third)) {
        put(p, " ");
        put_say(p, M_CARD_THIRD, figure_count(p, third.value));
    }
    if (headline_find(p, "supply", "third_places_per_10000", &rate)) {
        put(p, " ");
        put_say(p, M_CARD_RATE, figure_rate(p, rate.value));
    }
    card_end(p);
}

/* --- commuting --- */

static void card_commute(page *p)
{
    headline km, minutes, workers;
    const bool crow = !headline_find(p, "commuting", "mean_km", &km);
    if (crow && !headline_find(p, "commuting", "mean_crow_km", &km)) {
        if (!headline_find(p, "commuting", "workers", &workers))
            return;
        card_begin(p, figure_plain(p, workers.value, "{worker}", true));
        put_say(p, M_CARD_WORKERS);
        put_reliability(p, whole_text(p, "reliability"));
        card_end(p);
        return;
    }
    card_begin(p, figure(p, km.value, "km", false));
    if (crow)
        put_say(p, M_CARD_COMMUTE_CROW);
    else if (headline_find(p, "commuting", "mean_minutes", &minutes))
        put_say(p, M_CARD_COMMUTE_MINUTES, figure(p, minutes.value, "min", false));
    else
        put_say(p, M_CARD_COMMUTE);
    if (headline_find(p, "commuting", "workers", &workers)) {
        put(p, " ");
        put_say(p, M_CARD_COMMUTE_WORKERS, figure_plain(p, workers.value, "{worker}", true));
    }
    put_reliability(p, whole_text(p, "reliability"));
    card_end(p);
}

/* --- avoided kilometres: break-even first, then between X and Y --- */

/* METHODS 3: alpha and pi rest on no source, hence never better than fragile; worse when even the
 * sign is open. */
static const char *avoided_reliability(const page *p, const headline *net)
{
    const char *const whole = whole_text(p, "net_km_reliability");
    if (*whole)
        return whole;
    return net->low > 0 || net->high < 0 ? "fragile" : "insuffisante";
}

static void card_breakeven(page *p)
{
    headline alpha;
    if (!headline_find(p, "avoided_km", "breakeven_alpha", &alpha))
        return;
    if (alpha.value > 1) {
        card_begin(p, tr(p->lang, M_CARD_BREAKEVEN_NEVER_BIG));
        put_say(p, M_CARD_BREAKEVEN_NEVER);
    } else {
        card_begin(p, figure(p, 100 * alpha.value, "%", false));
        put_say(p, M_CARD_BREAKEVEN);
    }
    card_end(p);
}

static void card_avoided(page *p)
{
    headline net, co2;
    if (!headline_find(p, "avoided_km", "net_km", &net))
        return;
    const char *const low = figure_plain(p, net.low, "km/a", true),
                      *const high = figure_plain(p, net.high, "km/a", true),
                      *const likely = figure_plain(p, net.value, "km/a", true);
    /* METHODS 8: of an insufficient figure, say that it is not known. */
    if (strcmp(avoided_reliability(p, &net), "insuffisante") == 0) {
        card_begin(p, tr(p->lang, M_CARD_AVOIDED_UNKNOWN_BIG));
        put_say(p, M_CARD_AVOIDED_UNKNOWN, low, high, likely);
    } else {
        card_begin(p, figure(p, net.value, "km/a", true));
        put_say(p, M_CARD_AVOIDED, low, high, likely);
    }
    if (net.low < 0 && net.high > 0) {
        put(p, " ");
        put_say(p, M_CARD_AVOIDED_SIGN);
    }
    if (headline_find(p, "avoided_km", "co2_t", &co2)) {
        put(p, " ");
        put_say(p, M_CARD_CO2, figure_plain(p, co2.low, "t/a", true),
                figure_plain(p, co2.high, "t/a", true), figure_plain(p, co2.value, "t/a", true));
    }
    put_reliability(p, avoided_reliability(p, &net));
    card_end(p);
}

/* --- what is assumed --- */

static const char *cell(const table *t, const char *name, size_t row)
{
    const column *const c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static bool is_assumed(const table *t, size_t row)
{
    const column *const flag = table_find(t, "assumed");
    double said = 0;
    if (flag && value_number(flag, row, &said) && said > 0)
        return true;
    return strncmp(cell(t, "basis", row), "assumed", strlen("assumed")) == 0;
}

static void put_assumption(page *p, const table *t, size_t row)
{
    const char *const title = parameter_title_at(p->model, row, p->memory);
    p->out.failed = p->out.failed || !title;
    const unit *const known = unit_find(cell(t, "unit", row));
    const char *const label = known ? tr(p->lang, known->label_fr, known->label_en) : "";
    const column *const low = table_find(t, "low"), *const high = table_find(t, "high");
    double from = 0, to = 0;
    put(p, "<li>");
    put_say(p, M_ASSUMPTION, title ? title : "", value_said(p, cell(t, "value", row), label));
    if (low && high && value_number(low, row, &from) && value_number(high, row, &to)) {
        put(p, " ");
        put_say(p, M_ASSUMPTION_RANGE, figure_short(p, from), figure_short(p, to));
    }
    put(p, "</li>\n");
}

static void put_assumptions(page *p)
{
    const result_table *const t = results_find(p->results, "parameters");
    size_t count = 0;
    for (size_t row = 0; t && row < t->rows->rows; row++)
        count += is_assumed(t->rows, row);
    if (count == 0)
        return;
    put(p, "<aside class=\"assumed\" aria-labelledby=\"assumed-h\">\n<h3 id=\"assumed-h\">");
    put_say(p, M_ASSUMED_TITLE);
    put(p, "</h3>\n<p>");
    put_say(p, M_ASSUMED_INTRO);
    put(p, "</p>\n<ul>\n");
    for (size_t row = 0; row < t->rows->rows; row++) {
        if (is_assumed(t->rows, row))
            put_assumption(p, t->rows, row);
    }
    put(p, "</ul>\n</aside>\n");
}

void put_essentials(page *p)
{
    const size_t worst = worst_function(p);
    section_begin(p, "essentiel", tr(p->lang, M_SECTION_ESSENTIALS));
    put_missing(p);
    put(p, "<ul class=\"cards\">\n");
    card_access(p);
    if (worst != SIZE_MAX)
        card_white(p, worst, true);
    if (worst != SIZE_MAX && worst != 0)
        card_white(p, 0, false);
    card_distance(p);
    card_supply(p);
    card_commute(p);
    card_breakeven(p);
    card_avoided(p);
    put(p, "</ul>\n");
    if (worst != SIZE_MAX)
        put_white_definition(p);
    put_assumptions(p);
    put(p, "<p class=\"scope\">");
    if (p->model->of_cells)
        put_say(p, M_PLACES_OF_CELLS, figure_count(p, p->results->cell_m));
    else
        put_say(p, M_PLACES_ARE, p->model->places_word);
    put(p, "</p>\n");
    put_run_lines(p, NULL);
    section_end(p);
}
