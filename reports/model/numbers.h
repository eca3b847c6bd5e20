/* reports/model/numbers.h: figures and signs as people read them. */
#ifndef REPORTS_MODEL_NUMBERS_H
#define REPORTS_MODEL_NUMBERS_H

#include "table/table.h"

/* What stands in an empty cell, never blank: "…" "///" "s" "n.s."; "inaccessible", "hors limite"
 * where there is no path or it is longer than the travel limit; "" for a present value. */
const char *state_sign(value_state state, language lang);
/* What the sign means: "non disponible", "sans objet", ... "" for a present value. */
const char *state_title(value_state state, language lang);

/* text_number with a true minus sign (U+2212), which never parts from its figure. */
size_t signed_number(double value, int decimals, language lang, char *buffer, size_t size);
/* A number for people: minutes and persons whole, km with one decimal under 100, percentages with
 * one decimal, others by the column's decimals (at most 2). `estimate` rounds persons and jobs to
 * 10 and km or t a year to two significant digits. Returns bytes needed. No unit. */
size_t number_for_people(double value, const char *unit_code, int decimals, bool estimate,
                         language lang, char *buffer, size_t size);
/* The same with its unit after a no-break space ("12 min", "3,4 km", "45 %"); units that need words
 * around them (persons, rates, indices) are left out. */
size_t quantity_for_people(double value, const char *unit_code, int decimals, bool estimate,
                           language lang, char *buffer, size_t size);
/* Any value of a column: text, number or sign. With its unit as above when `with_unit`. */
size_t value_for_people(const column *c, size_t row, bool estimate, bool with_unit, language lang,
                        char *buffer, size_t size);
/* The value as a double: false unless present and numeric. */
bool value_number(const column *c, size_t row, double *out);

/* The text without control characters, bidi overrides and zero-width characters, cut at the first
 * byte that is not UTF-8. Returns bytes needed. */
size_t text_clean(const char *text, char *buffer, size_t size);

#endif
