/* Opening hours: what users rely on when a venue is said to be open so many hours a week, on
 * Saturday, in the evening, by appointment; and that nothing is guessed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "datasets/hours/hours.h"

typedef bool (*reader)(const char *text, week *into);

static bool french_free(const char *text, week *into)
{
    return hours_french(text, 0, into);
}

static bool french_tuesday(const char *text, week *into)
{
    return hours_french(text, 1u << 1, into);
}

typedef struct known {
    const char *text;
    double hours; /* NaN: none told */
    int saturday, evening, by_appointment;
} known;

static void check_known(reader read, const known *k)
{
    static week w;
    memset(&w, 0, sizeof w);
    if (!read(k->text, &w)) {
        fail_msg("not understood: %s", k->text);
    }
    const opening o = week_sum(&w);
    const bool same = isnan(k->hours) ? isnan(o.hours_week) : fabs(o.hours_week - k->hours) < 1e-9;
    if (!same || o.saturday != k->saturday || o.evening != k->evening ||
        o.by_appointment != k->by_appointment) {
        fail_msg("%s: %g h, saturday %d, evening %d, by appointment %d", k->text, o.hours_week,
                 o.saturday, o.evening, o.by_appointment);
    }
}

static void check_beyond(reader read, const char *text)
{
    static week w;
    memset(&w, 0, sizeof w);
    if (read(text, &w)) {
        fail_msg("should not be understood: %s", text);
    }
}

/* One weekday of the month: 12 a year, on 365.25 / 7 weeks, to the nearest ten-thousandth. */
#define ONCE_A_MONTH 0.23
#define TWICE_A_MONTH 0.46

static void french_weeks_are_counted(void **state)
{
    (void)state;
    static const known cases[] = {
        {"lundi 9h-12h", 3, 0, 0, -1},
        {"Du mardi au samedi : 9h-12h / 14h-17h30", 32.5, 1, 0, -1},
        {"du lundi au vendredi de 9h à 12h et de 14h à 18h, samedi 10h-12h", 37, 1, 0, -1},
        {"Lundi, mercredi et vendredi 8h30 – 12h ; jeudi 17h-20h", 13.5, 0, 1, -1},
        {"lun-ven 9:00-19:00", 50, 0, 0, -1},
        {"vendredi 18h-19h01", 61.0 / 60, 0, 1, -1},
        {"jeudi 20h-2h", 6, 0, 1, -1},
        {"1er et 3e mardi du mois 14h-17h", 3 * TWICE_A_MONTH, 0, 0, -1},
        {"samedi 9h-12h, 1er samedi du mois 14h-16h", 3 + 2 * ONCE_A_MONTH, 1, 0, -1},
        {"un mardi sur deux 9h-12h", 1.5, 0, 0, -1},
        {"mardi semaines paires 9h-12h", 1.5, 0, 0, -1},
        {"tous les jours 10h-12h, samedi fermé", 14, 1, 0, -1},
        {"mardi 9h-12h sur rendez-vous", 3, 0, 0, 1},
        {"mardi 9h-12h sans rendez-vous", 3, 0, 0, -1},
        {"Sur RDV", NAN, -1, -1, 1},
        {"uniquement sur rendez-vous", NAN, -1, -1, 1},
        {"fermé", NAN, -1, -1, -1},
        {"mardi après-midi 14h-17h", 3, 0, 0, -1},
        {"24h/24 et 7j/7", 168, 1, 1, -1},
        {"lundi 9 h 30 à midi", 2.5, 0, 0, -1},
        {"lundi 9-12h", 3, 0, 0, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_known(french_free, &cases[i]);
    }
}

static void a_day_s_cell_speaks_of_its_day(void **state)
{
    (void)state;
    static const known cases[] = {
        {"09:00 - 12:00 / 13:30 - 17:00", 6.5, 0, 0, -1},
        {"9h00-12h00 / 14h-17h30", 6.5, 0, 0, -1},
        {"9h-12h (sur rdv)", 3, 0, 0, 1},
        {"1er et 3e mardi : 9h-12h", 3 * TWICE_A_MONTH, 0, 0, -1},
        {"Fermé", NAN, -1, -1, -1},
        {"sur rendez-vous", NAN, -1, -1, 1},
        /* A placeholder of the real file, and spans that repeat: their union. */
        {"00:00 - 00:00 / 09:00 - 12:00 / 14:00 - 17:00", 6, 0, 0, -1},
        {"00:00 - 00:00", NAN, -1, -1, -1},
        {"09:00 - 12:30 / 09:00 - 17:00 / 14:00 - 17:00", 8, 0, 0, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_known(french_tuesday, &cases[i]);
    }
    check_beyond(french_tuesday, "jeudi 9h-12h");
}

static void french_text_is_never_guessed(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "9h-12h", /* of which day? */
        "lundi matin",
        "lundi 9h-12h sauf vacances scolaires",
        "lundi 9h/12h - 14h/17h",
        "lundi 9h 12h",
        "lundi 9h-",
        "lundi 9h-12h, mardi",
        "lundi 18h-9h",
        "lundi 9h-25h",
        "lundi 9h-12h75",
        "mardi 1er et 3e, jeudi 9h-12h",
        "mardi 9h-12h, 1er du mois",
        "du 1er juillet au 31 août",
        "nous contacter au 01 02 03 04 05",
        "à définir",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_beyond(french_free, cases[i]);
    }
}

static void osm_weeks_are_counted(void **state)
{
    (void)state;
    static const known cases[] = {
        {"24/7", 168, 1, 1, -1},
        {"Mo-Fr 09:00-12:00,14:00-18:00", 35, 0, 0, -1},
        {"Mo-Fr 09:00-18:00; Sa 10:00-13:00; PH off", 48, 1, 0, -1},
        {"Mo-Fr 09:00-12:00, Sa 10:00-12:00", 17, 1, 0, -1},
        {"Mo,We,Fr 10:00-19:30", 28.5, 0, 1, -1},
        {"Mo-Sa 09:00-18:00; We off", 45, 1, 0, -1},
        {"Mo-Fr 09:00-18:00; We 09:00-12:00", 39, 0, 0, -1},
        {"Fr-Mo 10:00-12:00", 8, 1, 0, -1},
        {"Fr 20:00-02:00", 6, 0, 1, -1},
        {"Fr 20:00-26:00; Sa off", 6, 0, 1, -1},
        {"10:00-12:00", 14, 1, 0, -1},
        {"We[1] 14:00-16:00", 2 * ONCE_A_MONTH, 0, 0, -1},
        {"Mo-Fr 09:00-12:00; We[1,3] off", 15 - 3 * TWICE_A_MONTH, 0, 0, -1},
        {"Mo-Fr 09:00-12:00 \"sur rendez-vous\"", 15, 0, 0, 1},
        {"\"by appointment\"", NAN, -1, -1, 1},
        {"Mo-Fr by appointment", NAN, -1, -1, 1},
        {"Tu-Sa 14:00-18:00; SH Mo-Fr 10:00-18:00", 20, 1, 0, -1},
        {"Mo-Fr,PH 09:00-10:00", 5, 0, 0, -1},
        {"Mo-Fr: 9:00-17:00", 40, 0, 0, -1},
        {"off", NAN, -1, -1, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_known(hours_osm, &cases[i]);
    }
}

static void what_is_beyond_the_usual_part_is_told(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "Apr-Oct: Mo-Fr 09:00-18:00",
        "week 1-53/2 Mo 09:00-12:00",
        "Mo-Fr sunrise-sunset",
        "Mo-Fr 09:00+",
        "Mo-Fr 09:00-12:00 || \"on demand\"",
        "Mo-Fr 9h-12h",
        "Mo-Fr 0900-1200",
        "Mo-Fr 09:00-12:00 14:00-17:00",
        "lundi 9:00-12:00",
        "Dec 25 off",
        "Mo-Fr",
        "We[0] 14:00-16:00",
        "Mo-Fr 09:00-12:00 \"open",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_beyond(hours_osm, cases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(french_weeks_are_counted),
        cmocka_unit_test(a_day_s_cell_speaks_of_its_day),
        cmocka_unit_test(french_text_is_never_guessed),
        cmocka_unit_test(osm_weeks_are_counted),
        cmocka_unit_test(what_is_beyond_the_usual_part_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
