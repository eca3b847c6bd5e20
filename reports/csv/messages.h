/* reports/csv/messages.h: what this room tells people, in French and in English. */
#ifndef REPORTS_CSV_MESSAGES_H
#define REPORTS_CSV_MESSAGES_H

#define M_CSV_PATH                                                                                 \
    "le chemin du fichier « %s » est trop long", "the path of file \"%s\" is too long"
#define M_CSV_TABLE "table « %s »", "table \"%s\""
#define M_CSV_JSON                                                                                 \
    "datapackage.json ne peut être composé : mémoire insuffisante ou texte non UTF-8",             \
        "datapackage.json cannot be made: out of memory, or a text is not UTF-8"
#define M_CSV_NO_FILE                                                                              \
    "le fichier « %s » vient d’être écrit mais ne peut être lu : %s%.0s",                          \
        "file \"%s\" was just written but cannot be read: %.0s%s"

#define M_SET_TITLE "%s : communes ou carreaux de chaque ensemble", "%s: places of each set"
#define M_SET_ID "Ensemble", "Set"
#define M_SET_CODE "Code du territoire élémentaire", "Code of the place"
#define M_STATE_NOTE                                                                               \
    "Une cellule vide est une valeur non disponible, hors d’atteinte, au-delà de la limite de " \
    "calcul, sans objet, secrète ou non significative ; les fichiers de « excel/ » disent "  \
    "lequel.",                                                                                     \
        "An empty cell is a value not available, unreachable, beyond the travel limit, not "       \
        "applicable, secret or not significant; the files of \"excel/\" say which."

#endif
