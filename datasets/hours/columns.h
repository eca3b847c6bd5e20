/* datasets/hours/columns.h: the columns of opening hours that an importer wants, and what becomes
 * of them. */
#ifndef DATASETS_HOURS_COLUMNS_H
#define DATASETS_HOURS_COLUMNS_H

#include "datasets/support.h"

#define HOURS_TEXT(canonical, ...)                                                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }
/* A column a day, and one for the whole week. */
#define HOURS_COLUMNS                                                                              \
    HOURS_TEXT("hours_1", "h_lundi", "horaires_lundi"),                                            \
        HOURS_TEXT("hours_2", "h_mardi", "horaires_mardi"),                                        \
        HOURS_TEXT("hours_3", "h_mercredi", "horaires_mercredi"),                                  \
        HOURS_TEXT("hours_4", "h_jeudi", "horaires_jeudi"),                                        \
        HOURS_TEXT("hours_5", "h_vendredi", "horaires_vendredi"),                                  \
        HOURS_TEXT("hours_6", "h_samedi", "horaires_samedi"),                                      \
        HOURS_TEXT("hours_7", "h_dimanche", "horaires_dimanche"),                                  \
        HOURS_TEXT("opening_hours", "opening_hours", "horaires", "horaires_ouverture"),            \
        HOURS_TEXT("appointments", "by_appointment", "prise_rdv", "sur_rendez_vous")

/* Adds hours_week, open_saturday, open_evening, by_appointment (f64; flags 0 or 1) where the list
 * has columns of hours; says how many it understood, and the forms that it did not. */
MUST_CHECK status imported_hours(const import_request *request, imported *in, faults *faults_list);

#endif
