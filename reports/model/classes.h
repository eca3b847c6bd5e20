/* reports/model/classes.h: where to cut values into at most six classes.
 *
 * Breaks are ascending; class k holds breaks[k-1] <= value < breaks[k] ("10 à 15" holds 10, not
 * 15). */
#ifndef REPORTS_MODEL_CLASSES_H
#define REPORTS_MODEL_CLASSES_H

#include "base/error.h"

/* Class of a value: the number of breaks that are not above it. */
size_t class_of(double value, const double *breaks, size_t break_count);

/* Each fills `breaks` (class_count - 1 at most) and returns how many distinct ones there are;
 * values are sorted ascending and finite. Fewer come out when values repeat. */
size_t classes_quantile(const double *sorted, size_t count, size_t class_count, double *breaks);
size_t classes_equal(const double *sorted, size_t count, size_t class_count, double *breaks);
/* Fisher-Jenks: least sum of squared deviations from the class means, exact by dynamic programming
 * (Fisher 1958); a break is the first value of the class above it. Above 2,000 distinct values it
 * works on their 2,000-quantiles. */
MUST_CHECK status classes_jenks(const double *sorted, size_t count, size_t class_count,
                                double *breaks, size_t *break_count, error *err);

/* Breaks rounded to the fewest decimals that keep them apart and in the same classes, for legends.
 */
void classes_round(const double *sorted, size_t count, double *breaks, size_t *break_count);

#endif
