#include <math.h>

#include "datasets/hours/hours.h"

void week_open(week *w, unsigned day, unsigned from, unsigned to, unsigned share)
{
    bool repeated = false;
    w->told = true;
    if (from >= to) {
        w->empty_spans++;
        return;
    }
    for (unsigned m = from; m < to && m < DAY_END; m++) {
        uint16_t *minute = &w->share[day][m];
        repeated = repeated || *minute != 0;
        *minute = *minute > share ? *minute : (uint16_t)share;
    }
    w->overlaps += repeated;
}

/* 365.25 / 7 weeks a year. */
unsigned share_of_monthly(unsigned times)
{
    const double share = WHOLE * 12.0 * times * 7.0 / 365.25;
    return share < WHOLE ? (unsigned)lround(share) : WHOLE;
}

opening week_sum(const week *w)
{
    uint64_t sum = 0;
    opening o = {.hours_week = (double)NAN, .saturday = -1, .evening = -1, .by_appointment = -1};
    bool saturday = false;
    bool evening = false;
    for (unsigned d = 0; d < DAYS; d++) {
        for (unsigned m = 0; m < DAY_END; m++) {
            sum += w->share[d][m];
            saturday = saturday || (d == SATURDAY && w->share[d][m] != 0);
            evening = evening || (m >= EVENING_MINUTE && w->share[d][m] != 0);
        }
    }
    if (w->by_appointment) {
        o.by_appointment = 1;
    }
    /* Hours are known when some were said; appointments alone, or placeholders, tell none. */
    if (sum) {
        o.hours_week = (double)sum / (60.0 * WHOLE);
        o.saturday = saturday;
        o.evening = evening;
    }
    return o;
}
