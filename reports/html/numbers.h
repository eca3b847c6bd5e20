/* reports/html/numbers.h: headline figures of the run, and how sure they are. */
#ifndef REPORTS_HTML_NUMBERS_H
#define REPORTS_HTML_NUMBERS_H

#include "reports/html/page.h"

typedef struct headline {
    double value, low, high; /* low = high = value when there is no interval */
    const char *unit, *title;
} headline;

/* A row of `totals` that is present. */
bool headline_find(const page *p, const char *indicator, const char *name, headline *out);
/* Figures for people, in the page's memory: "12 340", "88 %", "14 km". */
const char *figure(page *p, double value, const char *unit_code, bool estimate);
const char *figure_plain(page *p, double value, const char *unit_code,
                         bool estimate); /* without the unit */
/* The value of a parameter as the run had it; "" when it has none of that name. */
const char *parameter_value(const page *p, const char *id);
const char *figure_short(page *p, double value); /* as few decimals as say it, at most four */
/* A value of a run file for readers: "0.5" "0,5 %", "10;20" "10 ; 20 min", "a=10;b=20" "a : 10 min,
 * b : 20 min" (one figure where all functions have the same). */
const char *value_said(page *p, const char *text, const char *unit_label);
const char *figure_count(page *p, double value); /* whole */
const char *figure_rate(page *p, double value);  /* one decimal; below 1, two significant digits */
/* "3 400 (-1 200 à 9 800)" in a cell, from net_km_p50, p05 and p95 of a row. */
bool has_net_interval(const result_table *t);
void put_net_interval(page *p, const result_table *t, size_t row);
double population_of_run(const page *p); /* of kept places */
/* A text of the row of `territories` that covers the whole perimeter; "" when there is none. */
const char *whole_text(const page *p, const char *column_name);
/* The share of people (0..1) and their number among places where a yes-or-no column says yes; false
 * when nobody has a value. */
bool share_of_people(const page *p, const char *column_name, double *share, double *persons);

#endif
