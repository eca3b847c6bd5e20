/* reports/gpkg/messages.h: what this room tells people, in French and in English. */
#ifndef REPORTS_GPKG_MESSAGES_H
#define REPORTS_GPKG_MESSAGES_H

#define M_GPKG_PATH                                                                                \
    "le chemin du dossier est trop long pour results.gpkg",                                        \
        "the folder's path is too long for results.gpkg"
#define M_GPKG_CREATE "results.gpkg ne peut être créé : %s", "results.gpkg cannot be created: %s"
#define M_GPKG_LAYER                                                                               \
    "la couche « %s » de results.gpkg ne peut être écrite : %s",                                   \
        "layer \"%s\" of results.gpkg cannot be written: %s"
#define M_GPKG_CLOSE                                                                               \
    "results.gpkg ne peut être terminé (disque plein ?) : %s",                                     \
        "results.gpkg cannot be finished (disk full?): %s"
#define M_GPKG_SCHEMA                                                                              \
    "les intitulés des champs de results.gpkg ne peuvent être écrits : %s",                        \
        "the titles of the fields of results.gpkg cannot be written: %s"
#define M_GPKG_REQUEST                                                                             \
    "la demande au processus d’écriture est incohérente",                                          \
        "the request to the writing process is inconsistent"
#define M_GPKG_ROWS                                                                                 \
    "la couche « %s » de results.gpkg a %lld objets au lieu de %llu ; relancez, après avoir " \
    "vérifié la place sur le disque",                                                               \
        "layer \"%s\" of results.gpkg has %lld features instead of %llu; run again after "          \
        "checking "                                                                                 \
        "the disk space"
#define M_GPKG_POINTS                                                                              \
    "%zu points ne peuvent être projetés en EPSG:%d", "%zu points cannot be projected to EPSG:%d"

/* --- titles --- */
#define M_RUN_TITLE "Exécution", "Run"
#define M_RUN_KEY "Clé", "Key"
#define M_RUN_VALUE "Valeur", "Value"
#define M_STYLE_FAMILIES "Lieux, par famille", "Venues, by family"
#define M_STYLE_FLOWS "Flux domicile-travail, selon les actifs", "Commuting flows, by workers"
#define M_STYLE_SETS "Contours", "Outlines"
#define M_STYLE_REACH "Temps d’accès, par bandes", "Travel time, in bands"
#define M_STYLE_ISOCHRONES                                                                           \
    "Tracées d’après le temps par la route de chaque commune et de points réguliers ; bornes " \
    "comprises",                                                                                     \
        "Drawn from the time by road of each commune and of regular points; limits inclusive"
#define M_STYLE_UNION                                                                              \
    "Réunion des communes ou des carreaux dans la limite",                                         \
        "Union of the communes or cells within the limit"
#define M_STYLE_MINUTES "%s min au plus", "within %s min"
#define M_STYLE_PLACES "Contours des territoires", "Outlines of places"
#define M_STYLE_OTHER "Autre", "Other"
#define M_STYLE_WORKERS_BETWEEN "%s à %s actifs", "%s to %s workers"
#define M_STYLE_WORKERS_OVER "%s actifs et plus", "%s workers and over"
#define M_STYLE_NO_VALUE "sans valeur", "no value"

#endif
