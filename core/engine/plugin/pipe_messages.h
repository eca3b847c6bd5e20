/* engine/plugin/pipe_messages.h: what is said of pipe plugins and of the tables of a job, French
 * then English. */
#ifndef ENGINE_PLUGIN_PIPE_MESSAGES_H
#define ENGINE_PLUGIN_PIPE_MESSAGES_H

/* --- CSV files of a job --- */
#define M_CSV_WRITE "« %s » ne s’écrit pas : %s%.0s", "cannot write '%s': %.0s%s"
#define M_CSV_ABSENT "le fichier ne s’ouvre pas : %s%.0s", "the file cannot be opened: %.0s%s"
#define M_CSV_NOT_PLAIN                                                                            \
    "ce n’est pas un fichier ordinaire (lien, dossier, tube)",                                     \
        "this is not a plain file (link, folder, pipe)"
#define M_CSV_COLUMN                                                                               \
    "la colonne « %s » n’est pas déclarée par le greffon",                                         \
        "the column '%s' is not declared by the plugin"
#define M_CSV_COLUMN_SUGGEST                                                                       \
    "la colonne « %s » n’est pas déclarée par le greffon ; est-ce « %s » ?",                       \
        "the column '%s' is not declared by the plugin; is it '%s'?"
#define M_TABLES_CODES                                                                             \
    "deux lignes de la table « %s » ont le même code : ses lignes ne se nomment pas",              \
        "two rows of the table '%s' have the same code: its rows cannot be named"
#define M_TABLES_UNKNOWN                                                                           \
    "« %s » (colonne « %s ») n’est pas une ligne de la table « %s »",                              \
        "'%s' (column '%s') is not a row of the table '%s'"
#define M_TABLES_NO_KEY "la colonne « %s » est vide", "the column '%s' is empty"
#define M_TABLES_TWICE                                                                             \
    "« %s » est deux fois dans ce fichier : déjà à la ligne %zu",                                  \
        "'%s' is twice in this file: already at line %zu"
#define M_TABLES_PAIR_TWICE                                                                        \
    "« %s » et « %s » sont deux fois ensemble dans ce fichier",                                    \
        "'%s' and '%s' are twice together in this file"
#define M_TABLES_TOO_MANY                                                                          \
    "%zu lignes : %u au plus pour une table", "%zu rows: %u at most for a table"
#define M_TABLES_FILE                                                                              \
    "ce fichier n’est d’aucune table que le greffon déclare",                                      \
        "this file is of no table that the plugin declares"
#define M_TABLES_FILE_SUGGEST                                                                      \
    "ce fichier n’est d’aucune table que le greffon déclare ; est-ce « %s.csv » ?",                \
        "this file is of no table that the plugin declares; is it '%s.csv'?"
#define M_TABLES_NOT_WRITTEN                                                                           \
    "le programme n’a pas écrit ce fichier ; une ligne de titres seule suffit quand il n’a rien " \
    "à "                                                                                              \
    "y mettre",                                                                                        \
        "the program did not write this file; a heading alone will do when it has nothing to put "     \
        "there"
#define M_TABLES_ONE "%s%.0s", "%.0s%s"
#define M_TABLES_FIRST "%s%.0s (et %zu autres fautes)", "%.0s%s (and %zu more faults)"
#define M_TABLES_NO_OUT                                                                            \
    "le dossier out/ ne s’ouvre plus : %s%.0s", "the folder out/ can no longer be opened: %.0s%s"
#define M_TABLES_KEY "clé « %s » inconnue", "unknown key '%s'"
#define M_TABLES_KEY_SUGGEST                                                                       \
    "clé « %s » inconnue ; est-ce « %s » ?", "unknown key '%s'; is it '%s'?"
#define M_TABLES_VALUE "« %s » n’est pas une valeur de « %s »", "'%s' is not a value of '%s'"
#define M_TABLES_FAMILY                                                                            \
    "la sortie « %s » aurait plus de %u colonnes", "the output '%s' would have more than %u "      \
                                                   "columns"
#define M_TABLES_LEVELS                                                                            \
    "les lignes du niveau « %s » ne se suivent pas : groupez les lignes par niveau",               \
        "the rows of the level '%s' do not follow each other: group the rows by level"
#define M_TABLES_FLOW_ORDER                                                                        \
    "les flux suivent l’ordre des lieux de places.csv : « %s » vient trop tard",                   \
        "flows follow the order of places.csv: '%s' comes too late"
#define M_TABLES_TRAVEL                                                                            \
    "« %s » n’est pas un état : present, missing ou unreachable",                                  \
        "'%s' is not a state: present, missing or unreachable"

/* --- the descriptor of a pipe plugin --- */
#define M_PIPE_EMPTY "descripteur vide", "empty descriptor"
#define M_PIPE_MAPPING                                                                             \
    "un bloc de clés est attendu ici (%s: ...)", "a block of keys is expected here (%s: ...)"
#define M_PIPE_KEY "clé « %s » inconnue dans un descripteur", "unknown key '%s' in a descriptor"
#define M_PIPE_KEY_SUGGEST "clé « %s » inconnue ; est-ce « %s » ?", "unknown key '%s'; is it '%s'?"
#define M_PIPE_KEY_MISSING "il manque la clé « %s »", "the key '%s' is missing"
#define M_PIPE_SCALAR                                                                              \
    "« %s » demande une valeur simple, non vide", "'%s' takes a plain value, not an empty one"
#define M_PIPE_LANGUAGES                                                                           \
    "« %s » se dit en deux langues : {fr: ..., en: ...}",                                          \
        "'%s' is said in two languages: {fr: ..., en: ...}"
#define M_PIPE_NUMBER                                                                              \
    "« %s » n’est pas un nombre fini dans l’unité « %s »",                                         \
        "'%s' is not a finite number in the unit '%s'"
#define M_PIPE_RANGE                                                                               \
    "« %s » se donne par deux nombres croissants : [bas, haut]",                                   \
        "'%s' is given by two ascending numbers: [low, high]"
#define M_PIPE_WORD                                                                                \
    "« %s » n’est pas un des mots attendus : %s", "'%s' is not one of the expected words: %s"
#define M_PIPE_WORD_SUGGEST                                                                        \
    "« %s » n’est pas un des mots attendus ; est-ce « %s » ?",                                     \
        "'%s' is not one of the expected words; is it '%s'?"
#define M_PIPE_KIND                                                                                \
    "le paramètre « %s » demande une, et une seule, des clés value, list, choice, text, "      \
    "by-function",                                                                                 \
        "the parameter '%s' takes one of the keys value, list, choice, text, by-function, and "    \
        "only one"
#define M_PIPE_AGGREGATE                                                                           \
    "agrégation « %s » inconnue : sum, mean by <colonne>, ou none",                                \
        "unknown aggregate '%s': sum, mean by <column>, or none"
#define M_PIPE_DECIMALS                                                                            \
    "un nombre de décimales va de 0 à 15", "a number of decimals goes from 0 to 15"
#define M_PIPE_ITEMS "« %s » a plus de %u éléments", "'%s' has more than %u items"
#define M_PIPE_FORMAT                                                                              \
    "descripteur de format %s : cette version de bassin lit le format %d",                         \
        "descriptor of format %s: this version of bassin reads format %d"

/* --- its program --- */
#define M_PIPE_ABSENT                                                                              \
    "le descripteur « %s » ne s’ouvre pas : %s%.0s", "cannot open the descriptor '%s': %.0s%s"
#define M_PIPE_LONG "descripteur de plus de %d octets", "descriptor of more than %d bytes"
#define M_PIPE_NO_PROGRAM                                                                          \
    "le programme « %s » n’est ni à côté du descripteur ni dans PATH : installez-le, ou "   \
    "corrigez ce mot",                                                                             \
        "the program '%s' is neither beside the descriptor nor in PATH: install it, or correct "   \
        "this word"
#define M_PIPE_NOT_EXECUTABLE                                                                       \
    "« %s » n’est pas exécutable : chmod +x, ou nommez d’abord son interpréteur (python3, " \
    "Rscript)",                                                                                     \
        "'%s' is not executable: chmod +x, or name its interpreter first (python3, Rscript)"
#define M_PIPE_NO_FILE "« %s » n’est pas un fichier de « %s »", "'%s' is not a file of '%s'"
#define M_PIPE_CHANGED                                                                             \
    "« %s » ou son programme a changé depuis le début de l’exécution ; relancez",                  \
        "'%s' or its program has changed since the run began; run again"
#define M_PIPE_FOLDER                                                                              \
    "pas de dossier temporaire dans « %s » : %s%.0s", "no temporary folder in '%s': %.0s%s"
#define M_PIPE_KEPT "tables laissées dans ", "tables left in "
#define M_PIPE_TIMED_OUT                                                                           \
    "« %s » a été arrêté : limite de temps de %g s", "'%s' was stopped: time limit of %g s"
#define M_PIPE_SIGNAL "« %s » a été perdu : signal %d", "'%s' was lost: signal %d"
#define M_PIPE_EXIT "« %s » s’est terminé avec le code %d", "'%s' ended with the code %d"
#define M_PIPE_EXIT_SAID                                                                           \
    "« %s » s’est terminé avec le code %d : %s", "'%s' ended with the code %d: %s"

/* --- comparison with what is expected --- */
#define M_COMPARE_NOTHING                                                                          \
    "ce dossier ne contient aucun fichier à comparer", "this folder has no file to compare with"
#define M_COMPARE_VALUE                                                                            \
    "ligne « %s », colonne « %s » : %s attendu, %s obtenu",                                        \
        "row '%s', column '%s': %s expected, %s found"
#define M_COMPARE_ROWS "%zu lignes attendues, %zu obtenues", "%zu rows expected, %zu found"
#define M_COMPARE_TOTAL_ABSENT                                                                     \
    "le chiffre « %s » est attendu, le greffon ne le donne pas",                                   \
        "the figure '%s' is expected, the plugin does not give it"
#define M_COMPARE_TOTAL_MORE                                                                       \
    "le greffon donne le chiffre « %s », qui n’est pas attendu",                                   \
        "the plugin gives the figure '%s', which is not expected"
#define M_COMPARE_MORE "et %zu autres différences", "and %zu more differences"

#endif
