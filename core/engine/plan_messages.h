/* engine/plan_messages.h: what the plan, the plugin host and the results say, French then
 * English.
 */
#ifndef ENGINE_PLAN_MESSAGES_H
#define ENGINE_PLAN_MESSAGES_H

/* --- opening plugins --- */
#define M_PLUGIN_NOT_FOUND                                                                         \
    "indicateur « %s » introuvable parmi les indicateurs fournis et dans BASSIN_PLUGIN_PATH",      \
        "indicator '%s' not found among the built-in ones or in BASSIN_PLUGIN_PATH"
#define M_PLUGIN_NOT_FOUND_SUGGEST                                                                 \
    "indicateur « %s » inconnu ; vouliez-vous dire « %s » ?",                                      \
        "unknown indicator '%s'; did you mean '%s'?"
#define M_PLUGIN_OUTSIDE                                                                           \
    "« %s » n’est dans aucun dossier de BASSIN_PLUGIN_PATH : ajoutez son dossier à cette " \
    "variable pour l’autoriser",                                                                   \
        "'%s' is in no folder of BASSIN_PLUGIN_PATH: add its folder to that variable to allow it"
#define M_PLUGIN_FOLDER_OPEN                                                                       \
    "le dossier d’indicateurs « %s » ne s’ouvre pas : %s%.0s",                                     \
        "cannot open the plugin folder '%s': %.0s%s"
#define M_PLUGIN_FOLDER_WRITABLE                                                                               \
    "le dossier d’indicateurs « %s » est modifiable par d’autres que son propriétaire : refusé ; " \
    "corrigez avec « chmod go-w »",                                                                            \
        "the plugin folder '%s' can be written by others than its owner: refused; correct it "                 \
        "with 'chmod go-w'"
#define M_PLUGIN_FILE_WRITABLE                                                                              \
    "l’indicateur « %s » est modifiable par d’autres que son propriétaire : refusé ; corrigez " \
    "avec « chmod go-w »",                                                                                  \
        "the plugin '%s' can be written by others than its owner: refused; correct it with "                \
        "'chmod go-w'"
#define M_PLUGIN_FOLDER_OWNER                                                                         \
    "le dossier d’indicateurs « %s » appartient à un autre utilisateur (uid %u), qui peut en " \
    "changer les fichiers : refusé ; copiez l’indicateur dans un dossier à vous",                     \
        "the plugin folder '%s' belongs to another user (uid %u), who can change its files: "         \
        "refused; copy the plugin into a folder of yours"
#define M_PLUGIN_FILE_OWNER                                                                          \
    "l’indicateur « %s » appartient à un autre utilisateur (uid %u), qui peut le changer : " \
    "refusé ; copiez-le dans un dossier à vous",                                                     \
        "the plugin '%s' belongs to another user (uid %u), who can change it: refused; copy it "     \
        "into a folder of yours"
#define M_PLUGIN_FILE                                                                              \
    "l’indicateur « %s » n’est pas un fichier ordinaire lisible : %s%.0s",                         \
        "the plugin '%s' is not a readable regular file: %.0s%s"
#define M_PLUGIN_DLOPEN                                                                            \
    "l’indicateur « %s » ne se charge pas : %s", "cannot load the plugin '%s': %s"
#define M_PLUGIN_NO_SYMBOL                                                                         \
    "« %s » n’est pas un indicateur de bassin : il n’exporte pas « %s »",                          \
        "'%s' is not a bassin plugin: it does not export '%s'"
#define M_PLUGIN_ABI                                                                                  \
    "l’indicateur %s parle l’ABI %u.%u, ce bassin parle l’ABI %u.%u : le premier nombre doit " \
    "être "                                                                                          \
    "le même ; recompilez-le avec l’en-tête de ce bassin",                                            \
        "plugin %s speaks ABI %u.%u, this bassin speaks ABI %u.%u: the first number must be the "     \
        "same; build it again with this bassin's header"
#define M_PLUGIN_ID_FILE                                                                           \
    "l’indicateur « %s » se trouve dans un fichier nommé autrement (%s) : renommez-le %s.so",      \
        "plugin '%s' lies in a file of another name (%s): rename it %s.so"
#define M_PLUGIN_FOREIGN                                                                                    \
    "l’indicateur « %s » n’est pas fourni avec bassin : il s’exécute sans isolation, avec vos " \
    "droits",                                                                                               \
        "plugin '%s' does not ship with bassin: it runs without isolation, with your rights"
/* path, then how, in French and in English */
#define M_PLUGIN_LOST_LOADING                                                                      \
    "l’indicateur « %s » ne se charge pas : au chargement, il %s%.0s",                             \
        "cannot load the plugin '%s': as it was loaded, it %.0s%s"
#define M_PLUGIN_UNREADABLE                                                                        \
    "l’indicateur « %s » ne se charge pas : sa description est illisible",                         \
        "cannot load the plugin '%s': its description cannot be read"
#define M_PLUGIN_TWICE                                                                             \
    "deux fichiers donnent le même indicateur « %s » : « %s » et « %s » ; gardez-en un",           \
        "two files give the same plugin '%s': '%s' and '%s'; keep one of them"

/* --- judging descriptors: sizes (found, wanted) --- */
#define M_PLUGIN_SIZE                                                                              \
    "structure d’indicateur de %u octets, %u au moins attendus",                                   \
        "plugin struct of %u bytes, %u at least expected"
#define M_PLUGIN_STRIDE                                                                            \
    "liste illisible (pas de %u octets, %u au moins attendus, ou trop longue)",                    \
        "unreadable list (stride of %u bytes, %u at least expected, or too long)"
#define M_PLUGIN_MAP_SIZE                                                                          \
    "description de carte de %u octets, %u au moins attendus",                                     \
        "map description of %u bytes, %u at least expected"
#define M_PLUGIN_STAGE_SIZE                                                                        \
    "description d’étape de %u octets, %u au moins attendus",                                      \
        "stage description of %u bytes, %u at least expected"

#define M_JUDGE_CONTEXT "indicateur %s", "plugin %s"
#define M_JUDGE_ID                                                                                  \
    "indicateur %s : identifiant « %s » refusé (minuscules ASCII, chiffres, « _ » ; un " \
    "indicateur tiers : « domaine.nom »)",                                                          \
        "plugin %s: id '%s' refused (ASCII lower case, digits, '_'; a foreign plugin: "             \
        "'domain.name')"
#define M_JUDGE_TEXT "indicateur %s : %s manque ou est vide", "plugin %s: %s is missing or empty"
#define M_JUDGE_UTF8 "indicateur %s : %s n’est pas de l’UTF-8", "plugin %s: %s is not UTF-8"
#define M_JUDGE_NAME                                                                               \
    "indicateur %s : %s « %s » : attendu des minuscules ASCII, chiffres et « %c »",                \
        "plugin %s: %s '%s': ASCII lower case, digits and '%c' expected"
#define M_JUDGE_TWICE                                                                              \
    "indicateur %s : %s « %s » déclaré deux fois", "plugin %s: %s '%s' declared twice"
#define M_JUDGE_UNIT                                                                               \
    "indicateur %s : %s « %s » : unité « %s » inconnue", "plugin %s: %s '%s': unknown unit '%s'"
#define M_JUDGE_UNIT_BRACED                                                                        \
    "indicateur %s : %s « %s » : unité « %s » inconnue ; est-ce « %s » ?",                         \
        "plugin %s: %s '%s': unknown unit '%s'; is it '%s'?"
#define M_JUDGE_TYPE                                                                               \
    "indicateur %s : %s « %s » : type %d inconnu", "plugin %s: %s '%s': unknown type %d"
#define M_JUDGE_KIND                                                                               \
    "indicateur %s : paramètre « %s » : sorte %u inconnue",                                        \
        "plugin %s: parameter '%s': unknown kind %u"
#define M_JUDGE_RANGE                                                                                      \
    "indicateur %s : paramètre « %s » : bornes %g à %g, valeur par défaut %g hors des bornes ou " \
    "bornes inversées",                                                                                    \
        "plugin %s: parameter '%s': range %g to %g, default %g outside it or range inverted"
#define M_JUDGE_PLAUSIBLE                                                                          \
    "indicateur %s : paramètre « %s » : intervalle plausible %g à %g inversé ou hors des bornes",  \
        "plugin %s: parameter '%s': plausible range %g to %g inverted or outside the bounds"
#define M_JUDGE_DISTRIBUTION                                                                       \
    "indicateur %s : paramètre « %s » : loi « %s » inconnue (triangular, beta, uniform, fixed)",   \
        "plugin %s: parameter '%s': unknown distribution '%s' (triangular, beta, uniform, fixed)"
#define M_JUDGE_CHOICES                                                                                    \
    "indicateur %s : paramètre « %s » : la valeur par défaut « %s » n’est pas un des choix " \
    "« %s »",                                                                                              \
        "plugin %s: parameter '%s': default '%s' is none of the choices '%s'"
#define M_JUDGE_LIST                                                                               \
    "indicateur %s : paramètre « %s » : liste par défaut « %s » illisible ou hors des bornes",     \
        "plugin %s: parameter '%s': default list '%s' unreadable or out of range"
#define M_JUDGE_PLACEHOLDER                                                                                \
    "indicateur %s : %s « %s » : seul {function} ou un paramètre LIST peut être entre accolades, " \
    "et une seule fois",                                                                                   \
        "plugin %s: %s '%s': only {function} or a LIST parameter may stand in braces, and once"
#define M_JUDGE_TABLE                                                                                       \
    "indicateur %s : sortie « %s » : la table « %s » n’est ni places, venues, territories, ni " \
    "une "                                                                                                  \
    "table déclarée",                                                                                       \
        "plugin %s: output '%s': table '%s' is none of places, venues, territories, nor a "                 \
        "declared table"
#define M_JUDGE_TABLE_TAKEN                                                                        \
    "indicateur %s : la table « %s » est réservée à bassin",                                       \
        "plugin %s: table '%s' is reserved to bassin"
#define M_JUDGE_TABLE_EMPTY                                                                        \
    "indicateur %s : la table « %s » n’a aucune sortie", "plugin %s: table '%s' has no output"
#define M_JUDGE_TABLE_KEY                                                                          \
    "indicateur %s : table « %s » : la clé « %s » n’est pas une de ses sorties",                   \
        "plugin %s: table '%s': key '%s' is none of its outputs"
#define M_JUDGE_GEOMETRY                                                                                \
    "indicateur %s : table « %s » : géométrie %u inconnue, ou sorties lon, lat (lon_a, lat_a, " \
    "lon_b, lat_b) absentes",                                                                           \
        "plugin %s: table '%s': unknown geometry %u, or outputs lon, lat (lon_a, lat_a, lon_b, "        \
        "lat_b) absent"
#define M_JUDGE_AGGREGATE                                                                                     \
    "indicateur %s : sortie « %s » : règle d’agrégation %u inconnue, ou sortie qui n’est pas un " \
    "nombre de la table places",                                                                              \
        "plugin %s: output '%s': unknown aggregation rule %u, or an output that is no number of "             \
        "the table places"
#define M_JUDGE_WEIGHT                                                                             \
    "indicateur %s : sortie « %s » : moyenne sans poids connu (« %s »)",                           \
        "plugin %s: output '%s': mean without a known weight ('%s')"
#define M_JUDGE_BREAKS                                                                             \
    "indicateur %s : sortie « %s » : %u bornes de classes, 5 au plus, finies et croissantes",      \
        "plugin %s: output '%s': %u class breaks, at most 5, finite and ascending"
#define M_JUDGE_MAP                                                                                    \
    "indicateur %s : sortie « %s » : carte de sorte %u, palette %u inconnues, ou sortie qui ne " \
    "se cartographie pas",                                                                             \
        "plugin %s: output '%s': unknown map kind %u or palette %u, or an output that cannot be "      \
        "mapped"
#define M_JUDGE_SHEET                                                                              \
    "indicateur %s : sortie « %s » : nom de planche « %s » refusé (minuscules, chiffres, « _ »)",  \
        "plugin %s: output '%s': sheet name '%s' refused (lower case, digits, '_')"
#define M_JUDGE_SHEET_EN                                                                           \
    "indicateur %s : « %s » : un nom d’onglet anglais (sheet_en) sans nom français (sheet_fr)",    \
        "plugin %s: '%s': an English sheet name (sheet_en) without a French one (sheet_fr)"
#define M_JUDGE_LABELS                                                                                  \
    "indicateur %s : sortie « %s » : labels_fr et labels_en demandent chacun %zu mots séparés " \
    "par "                                                                                              \
    "« | » (un par classe), ou rien",                                                                   \
        "plugin %s: output '%s': labels_fr and labels_en need %zu words separated by '|' (one "         \
        "for "                                                                                          \
        "each class), or neither"
#define M_JUDGE_BASIS                                                                                          \
    "indicateur %s : paramètre « %s » : basis_en demande basis, et « assumed » au début des deux " \
    "ou d’aucun",                                                                                              \
        "plugin %s: parameter '%s': basis_en needs basis, and 'assumed' at the beginning of both "             \
        "or none"
#define M_JUDGE_DECIMALS                                                                                 \
    "indicateur %s : sortie « %s » : %d décimales refusées (0 à 15 ; -1 pour un entier ou un " \
    "texte)",                                                                                            \
        "plugin %s: output '%s': %d decimals refused (0 to 15; -1 for an integer or a text)"
#define M_JUDGE_STAGE                                                                              \
    "indicateur %s : étape %u : table « %s » inconnue (places, venues, flows, ou aucune)",         \
        "plugin %s: stage %u: unknown table '%s' (places, venues, flows, or none)"
#define M_JUDGE_STAGE_EMPTY                                                                        \
    "indicateur %s : étape %u sans fonction run ni finish",                                        \
        "plugin %s: stage %u without run and finish"
#define M_JUDGE_NO_STAGE "indicateur %s : aucune étape", "plugin %s: no stage"
#define M_JUDGE_FLAGS                                                                              \
    "indicateur %s : demande inconnue de cette version de bassin (flags %#x, needs %#x) ; il "   \
    "veut un bassin plus récent",                                                                  \
        "plugin %s: asks for what this bassin does not know (flags %#x, needs %#x); it wants a "   \
        "newer bassin"
#define M_JUDGE_INPUT_FAMILY                                                                       \
    "indicateur %s : entrée « %s » : seul {function} peut être entre accolades",                   \
        "plugin %s: input '%s': only {function} may stand in braces"
#define M_JUDGE_SUFFIX                                                                                     \
    "indicateur %s : paramètre « %s » : un paramètre LIST qui nomme des colonnes a %u éléments " \
    "au "                                                                                                  \
    "plus",                                                                                                \
        "plugin %s: parameter '%s': a LIST parameter that names columns has at most %u elements"

/* --- settings --- */
#define M_PARAM_UNKNOWN                                                                            \
    "« %s » n’est pas un paramètre de l’indicateur %s ; « bassin plugins » les énumère",           \
        "'%s' is no parameter of the indicator %s; 'bassin plugins' lists them"
#define M_PARAM_UNKNOWN_SUGGEST                                                                    \
    "« %s » n’est pas un paramètre de l’indicateur %s ; vouliez-vous dire « %s » ?",               \
        "'%s' is no parameter of the indicator %s; did you mean '%s'?"
#define M_PARAM_ONE "« %s » attend une seule valeur, %zu données", "'%s' takes one value, %zu given"
#define M_PARAM_LIST_COUNT                                                                         \
    "« %s » attend une liste de 1 à %u valeurs", "'%s' takes a list of 1 to %u values"
#define M_PARAM_QUANTITY                                                                           \
    "« %s » : « %s » n’est pas une grandeur attendue ici ; exemple : « %s »",                      \
        "'%s': '%s' is not a quantity expected here; example: '%s'"
#define M_PARAM_RANGE                                                                              \
    "« %s » : « %s » est hors des bornes permises, %g à %g %s",                                    \
        "'%s': '%s' is outside the allowed range, %g to %g %s"
#define M_PARAM_CHOICE                                                                             \
    "« %s » : « %s » n’est pas un choix possible (%s)", "'%s': '%s' is no possible choice (%s)"
#define M_PARAM_CHOICE_SUGGEST                                                                     \
    "« %s » : « %s » n’est pas un choix possible ; vouliez-vous dire « %s » ?",                    \
        "'%s': '%s' is no possible choice; did you mean '%s'?"
#define M_PARAM_FUNCTION                                                                                 \
    "« %s » : « %s » ; attendu une valeur par fonction, de a à h, une seule fois chacune : " \
    "« g: 20 min »",                                                                                     \
        "'%s': '%s'; one value a function expected, a to h, each once: 'g: 20 min'"
#define M_PARAM_FALLBACK                                                                           \
    "la valeur par défaut du paramètre « %s » est illisible",                                      \
        "the default of the parameter '%s' is unreadable"

/* --- the plan --- */
#define M_PLAN_COSTS_SHAPE                                                                         \
    "les temps de parcours du mode « %s » ne correspondent pas aux communes et aux lieux chargés", \
        "travel costs of mode '%s' do not match the loaded communes and venues"
#define M_PLAN_FLOW_ORDER                                                                          \
    "les flux domicile-travail ne sont pas dans l’ordre des communes (ligne %zu)",                 \
        "commuting flows are not in the order of communes (row %zu)"
#define M_PLAN_EMPTY                                                                               \
    "aucun indicateur ne s’exécute : nommez-en au moins un sous « indicators: »",                  \
        "no indicator runs: name at least one under 'indicators:'"
#define M_PLAN_CALLED_IN                                                                           \
    "l’indicateur %s est calculé aussi : l’indicateur %s en a besoin",                             \
        "indicator %s is computed too: indicator %s needs it"
#define M_PLAN_LEFT_OUT                                                                            \
    "indicateur %s laissé de côté : il lui manque des données que ce fichier ne donne pas",        \
        "indicator %s left out: it lacks data that this run does not give"
#define M_PLAN_SPARED                                                                                   \
    "--only : laissés de côté, car la mémoire des calculs ne les a pas : %s ; « bassin run %s » " \
    "les calcule",                                                                                      \
        "--only: left out, because the cache does not have them: %s; 'bassin run %s' computes "         \
        "them"
#define M_PLAN_CLASH                                                                               \
    "la colonne « %s » de la table « %s » est faite deux fois : par %s et par %s",                 \
        "the column '%s' of the table '%s' is made twice: by %s and by %s"
#define M_PLAN_CLASH_TABLE                                                                         \
    "la table « %s » est faite deux fois : par %s et par %s",                                      \
        "the table '%s' is made twice: by %s and by %s"
#define M_PLAN_INPUT_TYPE                                                                          \
    "indicateur %s : l’entrée « %s » de la table « %s » est attendue en %s, elle est en %s",       \
        "indicator %s: input '%s' of the table '%s' is expected as %s, it is %s"
#define M_PLAN_INPUT_UNIT                                                                                     \
    "indicateur %s : l’entrée « %s » de la table « %s » est attendue en « %s », elle est en " \
    "« %s » ; aucune conversion n’est faite sans le dire",                                                    \
        "indicator %s: input '%s' of the table '%s' is expected in '%s', it is in '%s'; nothing "             \
        "is converted silently"
#define M_PLAN_INPUT_GROUND                                                                                 \
    "indicateur %s : la colonne « %s » n’existe que dans la table « %s », et cet indicateur lit " \
    "la table « %s » (les lieux d’habitation sont des carreaux)",                                           \
        "indicator %s: the column '%s' is only in the table '%s', and this indicator reads the "            \
        "table '%s' (places are cells)"
#define M_PLAN_INPUT_MISSING                                                                                \
    "indicateur %s : il lui faut la colonne « %s » de la table « %s », que ni les données ni un " \
    "autre indicateur ne donnent",                                                                          \
        "indicator %s: it needs the column '%s' of the table '%s', which neither the data nor "             \
        "another indicator gives"
#define M_PLAN_NEED_FLOWS                                                                          \
    "indicateur %s : il lui faut les flux domicile-travail ; ajoutez « flows: »",                  \
        "indicator %s: it needs commuting flows; add 'flows:'"
#define M_PLAN_NEED_COSTS                                                                          \
    "indicateur %s : il lui faut les temps de parcours ; ajoutez « travel: »",                     \
        "indicator %s: it needs travel costs; add 'travel:'"
#define M_PLAN_NEED_FLOW_COSTS                                                                     \
    "indicateur %s : il lui faut les temps et distances des trajets domicile-travail ; ajoutez " \
    "« travel: »",                                                                                 \
        "indicator %s: it needs minutes and km of commutes; add 'travel:'"
#define M_PLAN_NEED_NEIGHBOURS                                                                     \
    "indicateur %s : il lui faut les communes voisines ; donnez un fichier de contours sous "    \
    "« communes: »",                                                                               \
        "indicator %s: it needs neighbouring communes; give a file with outlines under "           \
        "'communes:'"
#define M_PLAN_CYCLE                                                                               \
    "des indicateurs s’attendent l’un l’autre : %s%.0s", "indicators wait for one another: %.0s%s"
#define M_PLAN_READS "%s lit « %s » de %s", "%s reads '%s' of %s"
#define M_PLAN_WHICH_READS ", qui lit « %s » de %s", ", which reads '%s' of %s"

/* --- the run --- */
#define M_RUN_PLUGIN "indicateur %s", "indicator %s"
#define M_RUN_STAGE "étape %zu", "stage %zu"
#define M_RUN_FAILED "étape %s : %s", "stage %s: %s"
#define M_RUN_FAILED_ROW "étape %s, ligne %s : %s", "stage %s, row %s: %s"
#define M_RUN_CANCELLED "interrompu à la demande", "interrupted on request"
#define M_RUN_NO_MERGE                                                                             \
    "l’étape %zu a un résultat partiel mais pas de fonction merge",                                \
        "stage %zu has a partial but no merge function"
/* what: in French, then in English */
#define M_RUN_VALUE "sortie « %s », ligne %s : %s%.0s", "output '%s', row %s: %.0s%s"
#define M_RUN_BLOCK "bloc %zu (lignes %zu à %zu)", "block %zu (rows %zu to %zu)"
#define M_RUN_NOT_FINITE                                                                           \
    "valeur non finie (NaN ou infini)", "value that is not finite (NaN or infinite)"
#define M_RUN_OUT_OF_RANGE                                                                         \
    "la valeur %s%.0s est hors de l’intervalle déclaré (%s%.0s à %s%.0s)",                         \
        "value %.0s%s is outside the declared range (%.0s%s to %.0s%s)"
#define M_RUN_STATE "état de valeur inconnu", "unknown value state"
#define M_RUN_FORGOTTEN                                                                            \
    "valeur écrite sans passer son état à « présent »",                                            \
        "value written without setting its state to present"
#define M_RUN_NO_TEXT "texte dit présent, mais absent", "text said to be present, but absent"
#define M_RUN_AFTER                                                                                \
    "non calculé, car l’indicateur %s dont il dépend a échoué",                                    \
        "not computed, because the indicator %s it depends on failed"
#define M_RUN_LOG "%s : %s", "%s: %s"
#define M_RUN_LOG_CUT                                                                              \
    "%s : %zu lignes de journal de plus, non gardées", "%s: %zu more log lines, not kept"

/* --- foreign plugins in workers; French words, then English ones, as arguments --- */
#define M_RUN_STEP "étape %s", "stage %s"
#define M_APART_LOST "étape %s : %s%.0s", "stage %s: %.0s%s"
#define M_APART_LOST_ONCE "étape %zu (run) : %s%.0s", "stage %zu (run): %.0s%s"
#define M_APART_LOST_ROW                                                                           \
    "étape %zu (run), bloc %zu (lignes %zu à %zu), ligne %s : %s%.0s",                             \
        "stage %zu (run), block %zu (rows %zu to %zu), row %s: %.0s%s"
#define M_APART_LOST_BLOCK                                                                                \
    "étape %zu (run), bloc %zu (lignes %zu à %zu) : %s%.0s ; rejoué ligne par ligne, le bloc n’a " \
    "pas échoué de nouveau",                                                                              \
        "stage %zu (run), block %zu (rows %zu to %zu): %.0s%s; run again row by row, the block "          \
        "did not fail again"
#define M_APART_TIME                                                                               \
    "n’a pas répondu en %g s, la limite d’un appel (« time » sous « plugins »)",                   \
        "did not answer within %g s, the limit of a call ('time' under 'plugins')"
#define M_APART_LOADING_TIME "n’en a pas fini en %g s", "did not end within %g s"
#define M_APART_MEMORY                                                                             \
    "a dépassé sa mémoire, %.0f Mio (« memory » sous « plugins »)",                                \
        "went beyond its memory, %.0f MiB ('memory' under 'plugins')"
#define M_APART_SIGNAL "a planté (signal %d)", "crashed (signal %d)"
#define M_APART_EXIT "a quitté (code %d)", "left (exit code %d)"
#define M_APART_DAMAGE                                                                             \
    "a répondu autrement que par l’hôte", "answered otherwise than through the host"
#define M_APART_ANSWER                                                                             \
    "réponse illisible : l’indicateur a abîmé sa propre mémoire",                                  \
        "unreadable answer: the plugin damaged its own memory"
#define M_APART_LARGE                                                                              \
    "mémoire insuffisante pour rendre ses résultats (« memory » sous « plugins »)",                \
        "not enough memory to hand back its results ('memory' under 'plugins')"
#define M_APART_PARTIALS                                                                           \
    "mémoire insuffisante pour ses résultats partiels (« memory » sous « plugins »)",              \
        "not enough memory for its partials ('memory' under 'plugins')"
#define M_APART_PREPARES_OTHERWISE                                                                 \
    "prepare annonce d’autres résultats partiels d’un processus à l’autre",                        \
        "prepare says other partials from one process to the next"
#define M_APART_CHANGED                                                                            \
    "la bibliothèque se décrit autrement qu’à l’ouverture",                                        \
        "the library describes itself otherwise than when it was opened"
#define M_APART_MAP                                                                                \
    "mémoire partagée impossible à projeter : %s%.0s", "cannot map shared memory: %.0s%s"
#define M_APART_SHAPE                                                                              \
    "demande illisible pour un processus d’indicateur", "unreadable request to a plugin's worker"
/* --- what is kept of jobs --- */
#define M_STORE_WHY "%s%.0s", "%.0s%s"
#define M_KEPT_JOBS                                                                                \
    "repris de la mémoire des calculs, sans nouveau calcul : %zu sur %zu (%s)",                    \
        "taken from the cache, not computed again: %zu of %zu (%s)"
#define M_KEPT_JOB_WHOLE "%s : trouvé achevé", "%s: found finished"
#define M_KEPT_JOB_BLOCKS                                                                          \
    "%s : repris en cours de route, %zu blocs sur %zu étaient achevés",                            \
        "%s: taken up on the way, %zu blocks of %zu were finished"
#define M_KEPT_NOTHING                                                                                  \
    "rien à reprendre : la mémoire des calculs n’a aucun bloc achevé de cette exécution, tout a " \
    "été calculé",                                                                                      \
        "nothing to take up: the cache has no finished block of this run, all was computed"
#define M_STORE_DAMAGED                                                                            \
    "mémoire des calculs : %zu éléments abîmés (dossier %s), ignorés et recalculés",               \
        "cache: %zu damaged pieces (folder %s), not believed and computed again"
#define M_STORE_STOPPED                                                                            \
    "la mémoire des calculs ne peut plus être écrite (dossier %s : %s%.0s) ; l’exécution a " \
    "continué sans elle (cache: un autre dossier, ou no)",                                         \
        "the cache cannot be written any more (folder %s: %.0s%s); the run went on without it "    \
        "(cache: another folder, or no)"

/* --- lines under maps and tables --- */
#define M_LINE_CELL_MEANS                                                                          \
    "L’accès est calculé pour chaque carreau de population ; celui d’une commune ou d’un " \
    "territoire est la moyenne de ses carreaux, pondérée par leurs habitants. Un carreau seul "  \
    "n’a pas de sens : il ne se cite pas.",                                                        \
        "Access is computed for each population cell; that of a commune or territory is the mean " \
        "of its cells, weighted by their inhabitants. One cell alone has no meaning: it is not "   \
        "quoted."
#define M_PARAMETER_SAID "donné pour cette exécution", "given for this run"
#define M_PARAMETER_DUPLICATE_DISTANCE                                                             \
    "Doublons : écart en deçà duquel deux lieux de listes différentes peuvent être le même",       \
        "Duplicates: distance below which two venues of different lists may be the same"
#define M_PARAMETER_DUPLICATE_LIKENESS                                                             \
    "Doublons : ressemblance des noms au-delà de laquelle ils sont le même",                       \
        "Duplicates: likeness of names above which they are the same"
/* Who made the roads that travel goes by, and what they ask for. */
#define M_SOURCE_ROADS "Réseau routier", "Road network"
#define M_SOURCE_OSM "© les contributeurs d’OpenStreetMap", "© OpenStreetMap contributors"
#define M_SOURCE_OSM_CREDIT                                                                        \
    "© les contributeurs d’OpenStreetMap (ODbL)", "© OpenStreetMap contributors (ODbL)"
#define M_SOURCE_ODBL                                                                              \
    "licence ODbL 1.0 (openstreetmap.org/copyright)", "ODbL 1.0 (openstreetmap.org/copyright)"
#define M_SOURCE_USER "fichier de l’utilisateur", "the user’s file"
#define M_SOURCE_OWN "celle du fichier", "that of the file"
#define M_LINE_COMPUTED "calculs bassin", "bassin computations"
#define M_LINE_ESTIMATE                                                                            \
    "Les temps et distances de parcours sont estimés à partir de la distance à vol d’oiseau.",     \
        "Travel times and distances are estimated from straight-line distances."
#define M_LINE_NO_DENSITY                                                                            \
    "Communes de densité inconnue, parcourues à la vitesse des bourgs ruraux (classe 5, 45 km/h) " \
    ":",                                                                                             \
        "Communes of unknown density, given the speed of rural towns (class 5, 45 km/h):"
#define M_LINE_CAUTION                                                                             \
    "Communes où ces temps estimés sont de fiabilité insuffisante (montagnes, îles) :",            \
        "Communes where these estimated times are of insufficient reliability (mountains, "        \
        "islands):"
#define M_LINE_SHARES                                                                              \
    "Les parts des modes de transport et des catégories d’actifs sont des parts nationales "    \
    "supposées.",                                                                                  \
        "The shares of travel modes and occupations are assumed national shares."

#endif
