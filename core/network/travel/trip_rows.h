/* network/travel/trip_rows.h: travel costs as rows of CSV: from,to,minutes,km.
 *
 * Minutes are time units over units_per_minute, rounded to as many decimals as tell any two units
 * apart (4 for 0.1 s, 3 for s, 6 for ms): times units_per_minute and rounded, they are the integer
 * again. Kilometres are whole metres, three decimals. */
#ifndef NETWORK_TRIP_ROWS_H
#define NETWORK_TRIP_ROWS_H

#include "network/travel/trip_ends.h"

extern const char trip_rows_header[];

typedef struct trip_rows {
    const trip_ends *from, *to;
    uint32_t units_per_minute;
    int decimals;   /* of minutes */
    uint64_t scale; /* 10 to that power */
    bool lengths;   /* false: km is empty */
    size_t row_max; /* bytes of the longest row */
} trip_rows;
trip_rows trip_rows_of(const network *n, const trip_ends *from, const trip_ends *to);

/* A trip of these totals, walks included; returns where the next row begins. `at` has row_max bytes
 * of room. */
char *trip_row_put(const trip_rows *r, char *at, size_t from, size_t to, uint64_t time,
                   uint64_t length_m);
/* The same without a path: empty minutes and km. */
char *trip_row_put_none(const trip_rows *r, char *at, size_t from, size_t to);

#endif
