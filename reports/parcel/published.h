/* reports/parcel/published.h: values as every output holds them. */
#ifndef REPORTS_PUBLISHED_H
#define REPORTS_PUBLISHED_H

#include "table/table.h"

/* The number that machine tables print: rounded to the column's fixed decimals. False for texts and
 * for values that are not present. */
bool published_number(const column *c, size_t row, double *out);

#endif
