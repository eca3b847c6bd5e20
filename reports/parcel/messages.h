/* reports/parcel/messages.h: what this room tells people, in French and in English. */
#ifndef REPORTS_PARCEL_MESSAGES_H
#define REPORTS_PARCEL_MESSAGES_H

#define M_PARCEL_BAD                                                                               \
    "l’envoi au processus d’écriture est incohérent",                                              \
        "the parcel for the writing process is inconsistent"
#define M_PARCEL_MAP                                                                               \
    "une table ne peut être relue pour l’envoi : %s%.0s",                                          \
        "a table cannot be read to be sent: %.0s%s"

#endif
