/* network/travel/matrix.h: a table of times that somebody else computed, as a provider of costs.
 *
 * Columns: from, to (text, codes), minutes (f64), km (f64; may be absent). A code is that of a
 * place, of the commune of a cell, or the id of a venue; a venue without rows of its own takes
 * those of its place, then those of its commune. Minutes and km are taken as they are: never
 * rounded, never made symmetric; a km that is not given stays unknown (NaN), minutes that are not
 * given say that there is no path, and a pair that has no row is missing. Only the within-place
 * rule of the caller stands in for a row from a code to itself.
 *
 * Memory: 20 bytes a row that serves, 28 while they are sorted, beside the table itself. */
#ifndef NETWORK_MATRIX_H
#define NETWORK_MATRIX_H

#include "network/travel/costs.h"

#define MATRIX_NONE UINT32_MAX

/* The rows that serve, by their `to`: those of code t are start[t] .. start[t + 1], `from`
 * ascending. Codes are numbered as the words of the two columns. */
typedef struct matrix_rows {
    size_t from_count, to_count, count;
    uint64_t *start;
    uint32_t *from;
    double *minutes; /* NaN: no path */
    double *km;      /* NaN: not given */
    size_t twice;    /* rows left out as equal to an earlier one */
    size_t without_minutes, without_km;
} matrix_rows;
/* Takes the rows whose two words are wanted. Two rows of one pair that differ are refused, with
 * both lines (the first READER_MAX_FAULTS of them, then their number). */
MUST_CHECK status matrix_rows_take(const table *t, const uint8_t *from_wanted,
                                   const uint8_t *to_wanted, matrix_rows *out, faults *faults_list);
void matrix_rows_clear(matrix_rows *m);
/* The row of a pair, or UINT64_MAX. MATRIX_NONE has none. */
uint64_t matrix_rows_find(const matrix_rows *m, uint32_t from, uint32_t to);

#endif
