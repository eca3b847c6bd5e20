/* Headline figures: from `totals`, else summed over places. */
#include "reports/html/numbers.h"

#include <math.h>
#include <string.h>

#include "reports/html/messages.h"
#include "reports/html/words.h"

static const char *text_at(const table *t, const char *name, size_t row)
{
    const column *const c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static double number_at(const table *t, const char *name, size_t row, double otherwise)
{
    const column *const c = table_find(t, name);
    double value = otherwise;
    if (c)
        (void)value_number(c, row, &value);
    return value;
}

bool headline_find(const page *p, const char *indicator, const char *name, headline *out)
{
    const result_table *const totals = results_find(p->results, "totals");
    for (size_t row = 0; totals && row < totals->rows->rows; row++) {
        const table *const t = totals->rows;
        if (strcmp(text_at(t, "indicator", row), indicator) != 0 ||
            strcmp(text_at(t, "name", row), name) != 0)
            continue;
        const double value = number_at(t, "value", row, NAN);
        *out = (headline){
            .value = value,
            .low = number_at(t, "low", row, value),
            .high = number_at(t, "high", row, value),
            .unit = text_at(t, "unit", row),
            .title = text_at(t, p->lang == LANGUAGE_FR ? "title_fr" : "title_en", row),
        };
        return !isnan(value);
    }
    return false;
}

static const char *kept(page *p, const char *text)
{
    const char *const copy = arena_text(p->memory, text);
    p->out.failed = p->out.failed || !copy;
    return copy ? copy : "";
}

const char *figure(page *p, double value, const char *unit_code, bool estimate)
{
    char text[128];
    (void)quantity_for_people(value, unit_code, 2, estimate, p->lang, text, sizeof text);
    return kept(p, text);
}

const char *figure_plain(page *p, double value, const char *unit_code, bool estimate)
{
    char text[128];
    (void)number_for_people(value, unit_code, 2, estimate, p->lang, text, sizeof text);
    return kept(p, text);
}

const char *figure_short(page *p, double value)
{
    text_buffer b = {0};
    text_add_shortest(&b, value, p->lang);
    const char *const said = kept(p, b.at ? b.at : "");
    p->out.failed = p->out.failed || b.failed;
    text_buffer_clear(&b);
    return said;
}

const char *value_said(page *p, const char *text, const char *unit_label)
{
    const char *const said = parameter_value_said(p->memory, p->lang, text, unit_label);
    p->out.failed = p->out.failed || !said;
    return said ? said : "";
}

const char *figure_count(page *p, double value)
{
    char text[64];
    (void)text_number(value, 0, p->lang, text, sizeof text);
    return kept(p, text);
}

const char *figure_rate(page *p, double value)
{
    enum { DECIMALS_MAX = 6 };
    char text[64];
    int decimals = 1;
    /* 0.0995 rounds to 0.10: two digits of what is shown. */
    for (double shown = value * 10; value > 0 && shown < 9.95 && decimals < DECIMALS_MAX;
         shown *= 10)
        decimals++;
    (void)text_number(value, decimals, p->lang, text, sizeof text);
    return kept(p, text);
}

bool has_net_interval(const result_table *t)
{
    return table_find(t->rows, "net_km_p05") && table_find(t->rows, "net_km_p50") &&
           table_find(t->rows, "net_km_p95");
}

void put_net_interval(page *p, const result_table *t, size_t row)
{
    const column *const middle = table_find(t->rows, "net_km_p50");
    double low = 0, value = 0, high = 0;
    if (!value_number(middle, row, &value) ||
        !value_number(table_find(t->rows, "net_km_p05"), row, &low) ||
        !value_number(table_find(t->rows, "net_km_p95"), row, &high)) {
        const value_state state = column_state(middle, row);
        put_sign(p, state == VALUE_PRESENT ? VALUE_MISSING : state);
        return;
    }
    put_say(p, M_NET_INTERVAL, figure_plain(p, value, "km/a", true),
            figure_plain(p, low, "km/a", true), figure_plain(p, high, "km/a", true));
}

const char *parameter_value(const page *p, const char *id)
{
    const result_table *const t = results_find(p->results, "parameters");
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (strcmp(text_at(t->rows, "parameter", row), id) == 0 ||
            strcmp(text_at(t->rows, "name", row), id) == 0)
            return text_at(t->rows, "value", row);
    }
    return "";
}

double population_of_run(const page *p)
{
    double sum = 0;
    for (size_t row = 0; p->model->places && row < p->model->places->rows->rows; row++)
        sum += p->model->population[row];
    return sum;
}

const char *whole_text(const page *p, const char *column_name)
{
    const result_table *const t = results_find(p->results, "territories");
    const double whole = population_of_run(p);
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (fabs(number_at(t->rows, "population", row, -1) - whole) < 0.5)
            return text_at(t->rows, column_name, row);
    }
    return "";
}

bool share_of_people(const page *p, const char *column_name, double *share, double *persons)
{
    const result_table *const places = p->model->places;
    const column *const c = places ? table_find(places->rows, column_name) : NULL;
    double all = 0, inside = 0;
    for (size_t row = 0; c && row < places->rows->rows; row++) {
        double yes = 0;
        if (!value_number(c, row, &yes))
            continue;
        all += p->model->population[row];
        inside += yes * p->model->population[row];
    }
    *persons = inside;
    *share = all > 0 ? inside / all : 0;
    return all > 0;
}
