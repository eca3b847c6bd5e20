/* engine/conformance/conformance_messages.h: what the checks of a plugin say, French then English.
 */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_MESSAGES_H
#define ENGINE_CONFORMANCE_CONFORMANCE_MESSAGES_H

/* --- titles --- */
#define M_TRIAL_DESCRIPTOR                                                                         \
    "ce que l’indicateur déclare se tient", "what the plugin declares holds together"
#define M_TRIAL_UNITS "types et unités des entrées connues", "types and units of known inputs"
#define M_TRIAL_RUNS                                                                               \
    "un territoire ordinaire : valeurs finies, dans l’intervalle déclaré",                         \
        "an ordinary territory: values finite, within their declared range"
#define M_TRIAL_AGAIN                                                                              \
    "deux exécutions, les mêmes octets (ni horloge ni hasard propres)",                            \
        "two runs, the same bytes (no clock, no randomness of its own)"
#define M_TRIAL_THREADS                                                                            \
    "1, 2, 4 et 8 fils, les mêmes octets", "1, 2, 4 and 8 threads, the same bytes"
#define M_TRIAL_BLOCK_SIZES                                                                        \
    "blocs de 1, 7, 64 et 1000 lignes, les mêmes valeurs",                                         \
        "blocks of 1, 7, 64 and 1000 rows, the same values"
#define M_TRIAL_SHUFFLED                                                                           \
    "blocs dans le désordre, les mêmes octets", "blocks in another order, the same bytes"
#define M_TRIAL_REPEATED                                                                           \
    "blocs calculés deux fois, les mêmes octets", "blocks run twice, the same bytes"
#define M_TRIAL_OWN_ROWS "un bloc n’écrit que ses lignes", "a block writes its own rows only"
#define M_TRIAL_UNKNOWN                                                                            \
    "rien n’est connu : aucune valeur inventée", "nothing is known: no value is made up"
#define M_TRIAL_BARE "sans les entrées facultatives", "without the optional inputs"
#define M_TRIAL_EMPTY                                                                              \
    "un territoire vide (ni commune, ni lieu, ni flux)",                                           \
        "an empty territory (no place, no venue, no flow)"
#define M_TRIAL_ONE "une seule ligne de chaque table", "one single row of each table"
#define M_TRIAL_PARAMS                                                                             \
    "paramètres à leurs valeurs extrêmes", "parameters at the ends of their ranges"
#define M_TRIAL_FILLED "chaque sortie a au moins une valeur", "every output has at least one value"
#define M_TRIAL_RELEASE "toute la mémoire est rendue", "all memory is given back"
#define M_TRIAL_CASE "le cas d’exemple", "the worked case"

/* --- what is wrong --- */
#define M_CONFORM_KNOWN                                                                            \
    "%s.%s est de type %s en « %s », l’indicateur le déclare %s en « %s »",                        \
        "%s.%s is of type %s in '%s', the plugin declares %s in '%s'"
#define M_CONFORM_REFUSED "refusé, voir ci-dessous", "refused, see below"
#define M_CONFORM_THREADS "avec %d fils", "on %d threads"
#define M_CONFORM_BLOCKS "avec des blocs de %zu lignes", "with blocks of %zu rows"
#define M_CONFORM_LOWEST "paramètres au plus bas", "parameters at their lowest"
#define M_CONFORM_HIGHEST "paramètres au plus haut", "parameters at their highest"
#define M_CONFORM_ROWS "%s : %zu lignes, puis %zu", "%s: %zu rows, then %zu"
#define M_CONFORM_DIFFERS "%s.%s, ligne %s : %s, puis %s", "%s.%s, row %s: %s, then %s"
#define M_CONFORM_SETS                                                                             \
    "%s : les lieux d’une ligne ont changé", "%s: the places of a row have changed"
#define M_CONFORM_LOG                                                                              \
    "le journal a changé (%zu lignes, puis %zu)", "the log has changed (%zu lines, then %zu)"
#define M_CONFORM_STRAY                                                                            \
    "étape %zu, bloc des lignes %zu à %zu (exclue) de %s : a aussi écrit la ligne %s de %s.%s",    \
        "stage %zu, block of rows %zu to %zu (excluded) of %s: it also wrote row %s of %s.%s"
#define M_CONFORM_INVENTED                                                                            \
    "%s.%s, ligne %s vaut %s alors qu’aucune entrée n’est connue : laissez la ligne manquante, " \
    "ou dites-la sans objet",                                                                         \
        "%s.%s, row %s is %s although no input is known: leave the row missing, or say that it "      \
        "is not applicable"
#define M_CONFORM_NONE                                                                             \
    "%s.%s, ligne %s vaut %s alors qu’aucune entrée n’est connue : juste pour un nombre de "  \
    "lignes "                                                                                      \
    "ou un mot qui le dit, faux pour une mesure (laissez alors la ligne manquante)",               \
        "%s.%s, row %s is %s although no input is known: right for a number of rows or a word "    \
        "that says so, wrong for a measure (then leave the row missing)"
#define M_CONFORM_EMPTY                                                                            \
    "%s.%s n’a aucune valeur sur le territoire ordinaire",                                         \
        "%s.%s has no value on the ordinary territory"
#define M_CONFORM_LEAK                                                                             \
    "%zu octets de plus à chaque exécution", "%zu more bytes are held after every run"

/* --- what cannot be tried --- */
#define M_CONFORM_NO_INPUT "l’indicateur ne lit rien", "the plugin reads nothing"
#define M_CONFORM_UNSEEN "essayez --in-process", "try --in-process"
#define M_CONFORM_UNCOUNTED                                                                        \
    "ce programme ne compte pas la mémoire", "this program does not count memory"
#define M_CONFORM_PIPE                                                                             \
    "un programme voit les tables entières, une fois", "a program sees whole tables, once"
#define M_CONFORM_DOES_NOT_RUN "il faut d’abord qu’il s’exécute", "it must run first"

/* --- the worked case --- */
#define M_CONFORM_CASE_FILES                                                                       \
    "les fichiers de %s ne se lisent pas, voir ci-dessous",                                        \
        "the files of %s cannot be read, see below"
#define M_CONFORM_CASE_DIFFERS                                                                     \
    "le résultat n’est pas celui de %s/expected, voir ci-dessous",                                 \
        "the result is not that of %s/expected, see below"

#endif
