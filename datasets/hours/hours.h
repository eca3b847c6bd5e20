/* datasets/hours/hours.h: what a list says of its opening hours, as a week of minutes.
 *
 * Two ways of writing are read: French free text ("09:00 - 12:00 / 14h à 17h30", "du mardi au
 * samedi 9h-12h", "1er et 3e mardi : 14h-17h", "fermé", "sur rendez-vous") and the usual part of
 * OSM's opening_hours ("Mo-Fr 09:00-12:00,14:00-18:00; Sa off; PH off"). What is beyond them is not
 * guessed: the reader says so, and the hours of that venue are missing. */
#ifndef DATASETS_HOURS_H
#define DATASETS_HOURS_H

#include "base/text.h"

enum {
    DAYS = 7, /* Monday first */
    SATURDAY = 5,
    DAY_MINUTES = 24 * 60,
    DAY_END = 2 * DAY_MINUTES, /* a span may run into the next day; it stays with its own */
    EVENING_MINUTE = 19 * 60,  /* a venue is open in the evening when it is open after 19:00 */
    WHOLE = 10000,             /* open every week; 5000: one week in two */
    EVERY_DAY = (1 << DAYS) - 1
};

/* An ordinary week: no holiday, no season. */
typedef struct week {
    uint16_t share[DAYS][DAY_END]; /* of the weeks in which this minute is open, by WHOLE */
    bool by_appointment;           /* the text speaks of appointments */
    bool told;                     /* hours or closed days were said, not appointments alone */
    uint32_t empty_spans;          /* "00:00 - 00:00": a placeholder, says nothing */
    uint32_t overlaps;             /* spans that repeat a minute: their union is kept */
} week;

/* What venues carry; -1: not said. */
typedef struct opening {
    double hours_week; /* NaN: not said */
    int saturday, evening, by_appointment;
} opening;

/* False when the text is beyond what is read; the week is then to be thrown away. Texts add to the
 * week: one call a day's cell, or one for the whole. `days`: those meant where the text names none,
 * 0: it must name them; a cell that names another day is not understood. */
MUST_CHECK bool hours_french(const char *text, unsigned days, week *into);
MUST_CHECK bool hours_osm(const char *text, week *into);

/* [from, to) minutes, `to` at most DAY_END. Keeps the larger share. */
void week_open(week *w, unsigned day, unsigned from, unsigned to, unsigned share);
opening week_sum(const week *w);
/* Share of the weeks that hold one given weekday of the month ("the first Tuesday"): 12 a year. */
unsigned share_of_monthly(unsigned times);

#endif
