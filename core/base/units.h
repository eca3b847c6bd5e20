/* base/units.h: UCUM codes inside, labels outside; quantities typed by people. */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include "base/error.h"
#include "base/text.h"

/* Every unit code bassin knows: "1", "%", "min", "km", "km/h", "m", "{person}", "{venue}", "{job}",
 * "{person}.min", "{person}.km", "km/d", "km/a", "t/a" (CO2), "d/a", "/10000", "/1000", "ha",
 * "km2",
 * "{index}", "{class}", "" (text). NULL when unknown. */
typedef struct unit {
    const char *code, *label_fr, *label_en;
} unit;
const unit *unit_find(const char *code);
/* "30 min", "1 h 30", "5 km", "500 m", "0.5", "50 %" to the wanted unit. French words accepted
 * ("heures"). False when the text is no quantity of that dimension; a bare number is refused unless
 * the wanted unit is "1". */
MUST_CHECK bool quantity_parse(text_slice s, const char *unit_code, double *out);

#endif
