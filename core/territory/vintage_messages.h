/* territory/vintage_messages.h: what is said of vintages, in French and in English. */
#ifndef TERRITORY_VINTAGE_MESSAGES_H
#define TERRITORY_VINTAGE_MESSAGES_H

#define M_VINTAGE_DATE                                                                             \
    "date « %s » illisible ; attendu AAAA-MM-JJ", "unreadable date \"%s\"; expected YYYY-MM-DD"
#define M_VINTAGE_NO_MOVEMENT                                                                      \
    "aucun événement de commune à commune dans ce fichier",                                        \
        "no event from commune to commune in this file"
#define M_VINTAGE_OUT_OF_ORDER                                                                     \
    "événement du %d (%s) : %s n’est pas une commune ce jour-là ; le fichier des mouvements est "  \
    "incomplet",                                                                                   \
        "event of %d (%s): %s is no commune on that day; the movement file is incomplete"
#define M_VINTAGE_BEYOND                                                                           \
    "les mouvements s’arrêtent en %d : les changements de commune de %d ne sont pas connus",       \
        "the movements stop in %d: changes of communes up to %d are not known"
#define M_VINTAGE_NOT_COVERED                                                                      \
    "la table de passage va de %d à %d, et non de %d à %d : donnez aussi le fichier des "          \
    "mouvements de l’INSEE, ou une table qui couvre ces années",                                   \
        "the passage table goes from %d to %d, not from %d to %d: give INSEE's movement file too, " \
        "or a table that covers these years"
#define M_VINTAGE_NOTHING                                                                          \
    "il faut le fichier des mouvements de communes ou une table de passage",                       \
        "a file of commune movements or a passage table is needed"
#define M_VINTAGE_PASSAGE_SUM                                                                      \
    "les parts de %s ne font pas 1 (%s%.0s) entre %d et %d",                                       \
        "the shares of %s do not sum to 1 (%.0s%s) between %d and %d"
#define M_VINTAGE_PASSAGE_TURNED                                                                   \
    "%zu lignes de passage sont écrites à l’envers (la première : %s vers %s) : lues dans le bon " \
    "sens",                                                                                        \
        "%zu rows of passage are written backwards (the first: %s to %s): read the right way round"
#define M_VINTAGE_PASSAGE_YEARS                                                                    \
    "années de passage « %lld » vers « %lld » : la seconde doit suivre la première",               \
        "years of passage \"%lld\" to \"%lld\": the second must follow the first"
#define M_VINTAGE_REPEATED                                                                         \
    "%s%s%s est deux fois dans le fichier : déjà à la ligne %llu ; retirez l’une des deux",        \
        "%s%s%s is twice in the file: already at line %llu; take one of them out"

/* --- columns --- */
#define M_VINTAGE_COLUMN_ROLE "Rôle", "Role"
#define M_VINTAGE_COLUMN_FILE "Fichier", "File"
#define M_VINTAGE_COLUMN_FROM_YEAR "Millésime du fichier", "Vintage of the file"
#define M_VINTAGE_COLUMN_TO_YEAR "Millésime pivot", "Pivot vintage"
#define M_VINTAGE_COLUMN_ROWS_BEFORE "Lignes avant", "Rows before"
#define M_VINTAGE_COLUMN_ROWS_AFTER "Lignes après", "Rows after"
#define M_VINTAGE_COLUMN_RENAMED "Codes changés", "Codes changed"
#define M_VINTAGE_COLUMN_MERGED "Communes fusionnées", "Communes merged"
#define M_VINTAGE_COLUMN_MERGED_INTO "Communes issues de fusions", "Communes made by mergers"
#define M_VINTAGE_COLUMN_SPLIT "Communes partagées (estimé)", "Communes split (estimated)"
#define M_VINTAGE_COLUMN_SPLIT_INTO "Parts de partages", "Parts of splits"
#define M_VINTAGE_COLUMN_LOST "Lignes perdues", "Rows lost"
#define M_VINTAGE_COLUMN_WEIGHT_BEFORE "Effectif avant", "Weight before"
#define M_VINTAGE_COLUMN_WEIGHT_AFTER "Effectif après", "Weight after"
#define M_VINTAGE_COLUMN_WEIGHT_SPLIT "Effectif partagé (estimé)", "Weight split (estimated)"
#define M_VINTAGE_COLUMN_WEIGHT_LOST "Effectif perdu", "Weight lost"
#define M_VINTAGE_COLUMN_FROM "Code au départ", "Code at the start"
#define M_VINTAGE_COLUMN_TO "Code à l’arrivée", "Code at the end"
#define M_VINTAGE_COLUMN_KIND "Passage", "Passage"
#define M_VINTAGE_COLUMN_RATIO "Part", "Share"
#define M_VINTAGE_COLUMN_ESTIMATED "Estimation de la part", "How the share is estimated"
#define M_VINTAGE_COLUMN_ROWS "Lignes", "Rows"
#define M_VINTAGE_COLUMN_WEIGHT "Effectif", "Weight"

#endif
