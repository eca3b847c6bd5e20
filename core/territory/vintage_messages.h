/* territory/vintage_messages.h: what is said of vintages, in French and in English. */
#ifndef TERRITORY_VINTAGE_MESSAGES_H
#define TERRITORY_VINTAGE_MESSAGES_H

#define M_VINTAGE_DATE                                                                             \
    "date « %s » illisible ; attendu AAAA-MM-JJ", "unreadable date \"%s\"; expected YYYY-MM-DD"
#define M_VINTAGE_NO_MOVEMENT                                                                      \
    "aucun événement de commune à commune dans ce fichier",                                        \
        "no event from commune to commune in this file"
#define M_VINTAGE_OUT_OF_ORDER                                                                         \
    "événement du %d (%s) : %s n’est pas une commune ce jour-là ; le fichier des mouvements est " \
    "incomplet",                                                                                       \
        "event of %d (%s): %s is no commune on that day; the movement file is incomplete"
#define M_VINTAGE_BEYOND                                                                           \
    "les mouvements s’arrêtent en %d : les changements de commune de %d ne sont pas connus",       \
        "the movements stop in %d: changes of communes up to %d are not known"
#define M_VINTAGE_NOT_COVERED                                                                      \
    "la table de passage va de %d à %d, et non de %d à %d : donnez aussi le fichier des "        \
    "mouvements de l’INSEE, ou une table qui couvre ces années",                                   \
        "the passage table goes from %d to %d, not from %d to %d: give INSEE's movement file "     \
        "too, "                                                                                    \
        "or a table that covers these years"
#define M_VINTAGE_NOTHING                                                                          \
    "il faut le fichier des mouvements de communes ou une table de passage",                       \
        "a file of commune movements or a passage table is needed"
#define M_VINTAGE_PASSAGE_SUM                                                                      \
    "les parts de %s ne font pas 1 (%s%.0s) entre %d et %d",                                       \
        "the shares of %s do not sum to 1 (%.0s%s) between %d and %d"
#define M_VINTAGE_PASSAGE_TURNED                                                                        \
    "%zu lignes de passage sont écrites à l’envers (la première : %s vers %s) : lues dans le bon " \
    "sens",                                                                                             \
        "%zu rows of passage are written backwards (the first: %s to %s): read the right way "          \
        "round"
#define M_VINTAGE_PASSAGE_YEARS                                                                    \
    "années de passage « %lld » vers « %lld » : la seconde doit suivre la première",               \
        "years of passage \"%lld\" to \"%lld\": the second must follow the first"
#define M_VINTAGE_REPEATED                                                                         \
    "%s%s%s est deux fois dans le fichier : déjà à la ligne %llu ; retirez l’une des deux",        \
        "%s%s%s is twice in the file: already at line %llu; take one of them out"

/* --- the files of a run --- */
#define M_VINTAGE_DENIED                                                                                \
    "le fichier n’est pas du millésime %d : %zu codes n’y existent pas (%s) ; il peut être de : " \
    "%s",                                                                                               \
        "the file is not of vintage %d: %zu codes do not exist then (%s); it may be of: %s"
#define M_VINTAGE_DENIED_ALL                                                                             \
    "le fichier n’est pas du millésime %d : %zu codes n’y existent pas (%s) ; aucun millésime ne " \
    "convient, les plus proches (codes en trop) : %s",                                                   \
        "the file is not of vintage %d: %zu codes do not exist then (%s); no vintage fits, the "         \
        "closest (codes at fault): %s"
#define M_VINTAGE_NONE_FITS                                                                          \
    "aucun millésime ne convient à ce fichier ; les plus proches (codes en trop) : %s ; codes en " \
    "trop du premier : %s",                                                                          \
        "no vintage fits this file; the closest (codes at fault): %s; codes at fault of the "        \
        "first: %s"
#define M_VINTAGE_SEVERAL                                                                            \
    "plusieurs millésimes conviennent à ce fichier (%s) et ne donnent pas le même résultat : "   \
    "dites lequel (vintage: dans le fichier d’exécution, --from pour « bassin vintage ») ; la " \
    "liste la plus complète est celle de %d",                                                        \
        "several vintages fit this file (%s) and do not give the same result: say which one "        \
        "(vintage: in the run file, --from for \"bassin vintage\"); the most complete list is "      \
        "that of %d"
#define M_VINTAGE_ANOTHER_LIST                                                                     \
    "pris comme étant de %d, mais c’est la liste complète des communes de %d (il en "          \
    "manquerait %zu autrement) : si c’est son millésime, écrivez vintage:",                        \
        "taken as being of %d, but it is the whole list of communes of %d (%zu would be "          \
        "absent otherwise): if that is its vintage, write vintage:"
#define M_VINTAGE_OF_ANOTHER_YEAR                                                                  \
    "%zu codes ne sont pas du millésime %d (%s) : chacun est lu dans une année où il existe",      \
        "%zu codes are not of vintage %d (%s): each is read in a year that has it"
#define M_VINTAGE_MIXED                                                                            \
    "codes de plusieurs millésimes : %zu ne sont pas de %d (%s) ; chacun est lu dans une année " \
    "où il existe",                                                                                \
        "codes of several vintages: %zu are not of %d (%s); each is read in a year that has it"
#define M_VINTAGE_LAGS                                                                              \
    "%zu codes ne sont pas du millésime %d, mais d’un an avant ou après (%s) : lus dans cette " \
    "année-là",                                                                                     \
        "%zu codes are not of vintage %d, but of a year before or after (%s): read in that year"
#define M_VINTAGE_NOT_SAID                                                                         \
    "millésime non dit : sans le fichier des mouvements, ce fichier est pris comme étant de %d",   \
        "vintage not said: without the movement file, this file is taken as being of %d"
#define M_VINTAGE_NO_OUTLINE                                                                       \
    "%s est née d’un partage de %s : ce fichier ne donne ni son contour ni son point ; dans "   \
    "cette exécution elle reste comptée avec %s",                                                  \
        "%s was made out of %s: this file gives neither its outline nor its point; in this run "   \
        "it stays counted with %s"
#define M_VINTAGE_TORN                                                                             \
    "%zu communes réunissent des communes de groupes différents (la première : %s) : elles "    \
    "prennent le groupe de celle qui garde le code, sinon de la plus peuplée",                     \
        "%zu communes join communes of different groups (the first: %s): they take the group of "  \
        "the one that keeps the code, else of the most populated"
#define M_VINTAGE_CONVERTED                                                                        \
    "codes passés du millésime %d à %d ; communes fusionnées : %zu ; codes changés : %zu ; "  \
    "communes partagées (estimation) : %zu ; lignes perdues : %zu",                                \
        "codes carried from vintage %d to %d; communes merged: %zu; codes changed: %zu; "          \
        "communes split (estimate): %zu; rows lost: %zu"
#define M_VINTAGE_EQUAL_SHARES                                                                     \
    "%zu communes sont partagées avant %d sans que la population de toutes leurs parts soit "     \
    "connue (%s) : parts égales ; une table de passage (territory.passage) peut dire les parts",   \
        "%zu communes are split before %d while the population of a part is unknown (%s): equal "  \
        "shares; a passage table (territory.passage) can tell the shares"
#define M_VINTAGE_FIGURES_MISSING                                                                     \
    "%zu valeurs de communes fusionnées ou partagées manquent (la première : %s) : une médiane, " \
    "un taux ou un nombre sans unité ne se recalcule pas",                                            \
        "%zu values of communes that merged or were split are missing (the first: %s): a median, "    \
        "a rate or a number without a unit cannot be recombined"
#define M_VINTAGE_LOST                                                                             \
    "%zu lignes portent un code qui ne passe pas de %d à %d : elles sont laissées de côté",        \
        "%zu rows bear a code that cannot be carried from %d to %d: they are left out"

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
