#include "network/travel/trip_rows.h"

#include <string.h>

const char trip_rows_header[] = "from,to,minutes,km\n";

enum { KM_DECIMALS = 3, NUMBER_BYTES = 24 };

/* Five times finer than a unit: a rounding moves it by a tenth of one at most. */
static int decimals_for(uint32_t units_per_minute)
{
    int decimals = 0;
    for (uint64_t power = 1; power < 5 * (uint64_t)units_per_minute; power *= 10)
        decimals++;
    return decimals;
}

trip_rows trip_rows_of(const network *n, const trip_ends *from, const trip_ends *to)
{
    trip_rows r = {.from = from,
                   .to = to,
                   .units_per_minute = n->units_per_minute,
                   .decimals = decimals_for(n->units_per_minute),
                   .scale = 1,
                   .lengths = n->lengths};
    for (int i = 0; i < r.decimals; i++)
        r.scale *= 10;
    r.row_max = from->label_max + to->label_max + 2 * NUMBER_BYTES + strlen(",,,\n");
    return r;
}

/* `value` / 10^decimals. */
static char *put_fixed(char *at, uint64_t value, int decimals)
{
    char digits[NUMBER_BYTES];
    int size = 0;
    do {
        digits[size++] = (char)('0' + value % 10);
        value /= 10;
        if (size == decimals)
            digits[size++] = '.';
    } while (value > 0 || size <= decimals + 1);
    while (size > 0)
        *at++ = digits[--size];
    return at;
}

static char *put_label(char *at, const trip_ends *e, size_t i)
{
    const text_slice label = trip_label(e, i);
    memcpy(at, label.at, label.size);
    at[label.size] = ',';
    return at + label.size + 1;
}

char *trip_row_put(const trip_rows *r, char *at, size_t from, size_t to, uint64_t time,
                   uint64_t length_m)
{
    at = put_label(at, r->from, from);
    at = put_label(at, r->to, to);
    at = put_fixed(at, (time * r->scale + r->units_per_minute / 2) / r->units_per_minute,
                   r->decimals);
    *at++ = ',';
    if (r->lengths)
        at = put_fixed(at, length_m, KM_DECIMALS);
    *at++ = '\n';
    return at;
}

char *trip_row_put_none(const trip_rows *r, char *at, size_t from, size_t to)
{
    at = put_label(at, r->from, from);
    at = put_label(at, r->to, to);
    *at++ = ',';
    *at++ = '\n';
    return at;
}
