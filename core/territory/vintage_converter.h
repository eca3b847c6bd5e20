/* territory/vintage_converter.h: what the converter holds. For this room only. */
#ifndef TERRITORY_VINTAGE_CONVERTER_H
#define TERRITORY_VINTAGE_CONVERTER_H

#include "territory/vintage_roles.h"

enum { WEIGHTS_MAX = 4, YEARS_MAX = 400, CODES_BYTES = 160 };

struct vintage_converter {
    converter_options options;
    vintage_history *history; /* NULL: the passage alone */
    split_weights weights[WEIGHTS_MAX];
    size_t weight_count;
    conversion *made[YEARS_MAX]; /* by the year they start from, less first_year */
    int32_t first_year;
    vintage_fold *folds; /* parts of splits that the communes of the run do not have */
    size_t fold_count;
    arena *memory;
};

/* The conversion from a year to the pivot, made once. */
MUST_CHECK status conversion_from(vintage_converter *c, int32_t year, const conversion **out,
                                  faults *faults_list);

#endif
