/* cli/messages.h: texts of the command line, French then English. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#define M_CLI_USAGE                                                                                \
    "usage : bassin [--lang fr|en] COMMANDE [OPTIONS]",                                            \
        "usage: bassin [--lang fr|en] COMMAND [OPTIONS]"
#define M_CLI_PURPOSE                                                                              \
    "Des fichiers de l’INSEE, des routes et une liste de lieux vers les aires de desserte, les " \
    "kilomètres évités et les zones blanches.",                                                    \
        "From INSEE files, roads and a list of venues to catchments, avoided kilometres and "      \
        "white "                                                                                   \
        "zones."
#define M_CLI_COMMANDS "Commandes :", "Commands:"
#define M_CLI_OPTIONS "Options :", "Options:"
#define M_CLI_MORE                                                                                 \
    "« bassin COMMANDE --help » décrit une commande.",                                             \
        "\"bassin COMMAND --help\" describes a command."
#define M_CLI_EXIT_CODES                                                                               \
    "Codes de sortie : 0 fait ; 1 entrée refusée ; 2 un indicateur a échoué ; 3 disque, mémoire " \
    "ou droits ; 64 mauvais usage ; 75 à réessayer ; 130 interrompu.",                                 \
        "Exit codes: 0 done; 1 input refused; 2 an indicator failed; 3 disk, memory or rights; "       \
        "64 misuse; 75 try again; 130 interrupted."

/* --- misuse --- */
#define M_CLI_NO_COMMAND "il manque une commande", "a command is missing"
#define M_CLI_UNKNOWN_COMMAND "commande inconnue « %s »", "unknown command '%s'"
#define M_CLI_UNKNOWN_COMMAND_NEAR                                                                 \
    "commande inconnue « %s » ; vouliez-vous dire « %s » ?",                                       \
        "unknown command '%s'; did you mean '%s'?"
#define M_CLI_THERE_ARE "commandes : %s", "commands: %s"
#define M_CLI_UNKNOWN_OPTION                                                                       \
    "%s : option inconnue « %s » ; voir « bassin %s --help »",                                     \
        "%s: unknown option '%s'; see 'bassin %s --help'"
#define M_CLI_UNKNOWN_OPTION_NEAR                                                                  \
    "%s : option inconnue « %s » ; vouliez-vous dire « --%s » ?",                                  \
        "%s: unknown option '%s'; did you mean '--%s'?"
#define M_CLI_OPTION_VALUE "%s : l’option --%s attend une valeur", "%s: option --%s wants a value"
#define M_CLI_OPTION_NO_VALUE                                                                      \
    "%s : l’option --%s n’a pas de valeur", "%s: option --%s takes no value"
#define M_CLI_OPTION_RANGE                                                                         \
    "%s : --%s attend un entier de %llu à %llu, et non « %s »",                                    \
        "%s: --%s wants a whole number from %llu to %llu, not '%s'"
#define M_CLI_LANG "--lang attend fr ou en, et non « %s »", "--lang wants fr or en, not '%s'"
#define M_CLI_TOO_MANY "trop d’arguments : « %s »", "too many arguments: '%s'"
#define M_CLI_NEEDS_RUN_FILE                                                                       \
    "%s : donnez un fichier d’exécution, par exemple « bassin %s territoire.yaml »",               \
        "%s: name a run file, for example 'bassin %s territory.yaml'"
#define M_CLI_PARAMS "trop d’options --param (au plus %d)", "too many --param options (at most %d)"
#define M_CLI_MEMORY "mémoire insuffisante", "out of memory"

/* --- commands --- */
#define M_COMMAND_RUN                                                                              \
    "calcule les indicateurs d’un fichier d’exécution et écrit les résultats",                     \
        "computes the indicators of a run file and writes the results"
#define M_COMMAND_CHECK                                                                               \
    "dit toutes les fautes de toutes les entrées d’un fichier d’exécution ; d’un fichier de " \
    "données, dit ce qu’il est et ses fautes ; n’écrit rien",                                         \
        "tells every fault of every input of a run file; of a data file, tells what it is and "       \
        "its faults; writes nothing"
#define M_COMMAND_DEMO                                                                             \
    "fabrique un territoire fictif aux formats de l’INSEE, puis l’exécute",                        \
        "makes a synthetic territory in INSEE's file formats, then runs it"
#define M_COMMAND_PLUGINS                                                                          \
    "liste les indicateurs, ou en décrit un", "lists the indicators, or describes one"
#define M_COMMAND_SCHEMA                                                                           \
    "écrit le schéma JSON du fichier d’exécution, ou sa page de référence",                        \
        "prints the JSON Schema of the run file, or its reference page"
#define M_COMMAND_FETCH                                                                            \
    "télécharge les fichiers officiels d’un territoire, d’après le catalogue",                     \
        "downloads the official files of a territory, from the catalogue"
#define M_COMMAND_INIT                                                                                \
    "écrit un fichier d’exécution commenté pour les données d’un territoire et une liste de " \
    "lieux",                                                                                          \
        "writes a commented run file for the data of a territory and a list of venues"
#define M_ARGS_TERRITORY "TERRITOIRE", "TERRITORY"
#define M_ARGS_INIT "TERRITOIRE [LIEUX]", "TERRITORY [VENUES]"
#define M_COMMAND_VINTAGE                                                                          \
    "passe un tableau de communes d’un millésime à un autre, avec le bilan des pertes",            \
        "carries a table of communes from one vintage to another, with a loss report"
#define M_ARGS_FILE                                                                                \
    "FICHIER --code COL --to ANNÉE [--from ANNÉE] [--sum COL,..] -o SORTIE.csv",                   \
        "FILE --code COL --to YEAR [--from YEAR] [--sum COL,..] -o OUT.csv"
#define M_COMMAND_NETWORK                                                                           \
    "construit une fois le réseau routier et sa hiérarchie : un fichier que les calculs ouvrent " \
    "sans le relire",                                                                               \
        "builds the road network and its hierarchy once: a file that runs open without reading "    \
        "it "                                                                                       \
        "again"
#define M_ARGS_NETWORK "FICHIER... -o RÉSEAU.net", "FILE... -o NETWORK.net"
#define M_ARGS_RUN_FILE "RUN.yaml", "RUN.yaml"
#define M_ARGS_CHECK "RUN.yaml | FICHIER...", "RUN.yaml | FILE..."
#define M_ARGS_PLUGIN "[IDENTIFIANT]", "[ID]"
#define M_COMMAND_PLUGIN_NEW                                                                       \
    "écrit le dossier d’un nouvel indicateur : code, recette de construction, cas d’exemple",      \
        "writes the folder of a new indicator: code, build recipe, worked case"
#define M_ARGS_PLUGIN_NEW "IDENTIFIANT [-o DOSSIER] [--pipe python]", "ID [-o DIR] [--pipe python]"
#define M_COMMAND_PLUGIN_CHECK                                                                     \
    "essaie un indicateur sur un territoire fabriqué : ce que tout indicateur doit respecter",     \
        "tries an indicator on a made-up territory: what every plugin must keep to"
#define M_ARGS_PLUGIN_CHECK "FICHIER [--case DOSSIER] [--json]", "FILE [--case DIR] [--json]"
#define M_CLI_PLUGIN_NEW_FORMS                                                                       \
    "IDENTIFIANT est un nom de domaine à l’envers, puis le nom de l’indicateur : "              \
    "fr.mon-labo.mon_indicateur.\nSes colonnes s’appelleront mon_indicateur_<sortie>. Un dossier " \
    "qui existe n’est jamais touché.\nGuide : ecrire-un-indicateur.md, dans docs/ ou, une fois "  \
    "installé, "                                                                                    \
    "share/doc/bassin/.",                                                                            \
        "ID is a domain name the other way round, then the name of the indicator: "                  \
        "org.my-lab.my_indicator.\nIts columns will be called my_indicator_<output>. A folder "      \
        "that exists is never touched.\nGuide: write-an-indicator.md, in docs/ or, once "            \
        "installed, share/doc/bassin/."
#define M_CLI_PLUGIN_CHECK_FORMS                                                                   \
    "FICHIER est une bibliothèque (.so), ou le descripteur (.yaml) d’un indicateur qui est un " \
    "programme.\nCode de sortie : 0 conforme ; 1 non conforme ; 2 il a échoué pendant un calcul.", \
        "FILE is a library (.so), or the descriptor (.yaml) of an indicator that is a program.\n"  \
        "Exit code: 0 it conforms; 1 it does not; 2 it failed while it ran."

/* --- the cache --- */
#define M_COMMAND_CACHE                                                                            \
    "montre ce que la mémoire des calculs garde (indicateurs et réseaux), ou y fait de la place",  \
        "shows what the cache keeps (indicators and networks), or makes room in it"
#define M_ARGS_CACHE "[prune]", "[prune]"
#define M_OPTION_KEEP                                                                              \
    "prune : garder ce qui a servi depuis (30d sans cette option ni --max-size) : 12h, 30d, 8w",   \
        "prune: keep what was used since (30d without this option or --max-size): 12h, 30d, 8w"
#define M_OPTION_MAX_SIZE                                                                          \
    "prune : enlever le plus ancien jusqu’à cette taille : 500MiB, 10GiB",                         \
        "prune: remove the oldest down to this size: 500MiB, 10GiB"
#define M_OPTION_ALL "prune : tout enlever", "prune: remove everything"
#define M_OPTION_FOLDER                                                                            \
    "le dossier, quand un fichier d’exécution en donne un autre sous cache:",                      \
        "the folder, when a run file gives another one under cache:"
#define M_CACHE_KEEP                                                                               \
    "--keep : « %s » ; attendu une durée : 12h, 30d ou 8w", "--keep: '%s'; expected a duration: "  \
                                                            "12h, 30d or 8w"
#define M_CACHE_MAX_SIZE                                                                           \
    "--max-size : « %s » ; attendu une taille : 500MiB, 10GiB ou 10GB",                            \
        "--max-size: '%s'; expected a size: 500MiB, 10GiB or 10GB"
#define M_CACHE_WORD                                                                                    \
    "bassin cache : « %s » inconnu ; « bassin cache » montre, « bassin cache prune » fait de la " \
    "place",                                                                                            \
        "bassin cache: unknown '%s'; 'bassin cache' shows, 'bassin cache prune' makes room"
#define M_CACHE_PRUNE_ALONE                                                                        \
    "--all, --keep et --max-size vont avec « bassin cache prune »",                                \
        "--all, --keep and --max-size go with 'bassin cache prune'"
#define M_CACHE_NO_FOLDER                                                                          \
    "aucun dossier : ni XDG_CACHE_HOME ni HOME n’est donné ; donnez --folder",                     \
        "no folder: neither XDG_CACHE_HOME nor HOME is given; give --folder"
#define M_CACHE_FOLDER "Mémoire des calculs : %s", "Cache: %s"
#define M_CACHE_EMPTY "  rien n’y est gardé", "  nothing is kept there"
#define M_CACHE_NETWORKS "réseaux", "networks"
#define M_CACHE_LEFTOVERS "écritures interrompues", "interrupted writings"
#define M_CACHE_UNREADABLE "(illisible)", "(unreadable)"
#define M_CACHE_BEGUN ", inachevés : ", ", unfinished: "
#define M_CACHE_DAMAGED_COUNT ", abîmés : ", ", damaged: "
#define M_CACHE_TOTAL                                                                              \
    "En tout : %zu, %s ; le plus ancien a servi il y a %lld jour(s).",                             \
        "In all: %zu, %s; the oldest was used %lld day(s) ago."
#define M_CACHE_TOTAL_TODAY                                                                        \
    "En tout : %zu, %s ; tout a servi depuis moins d’un jour.",                                    \
        "In all: %zu, %s; all was used within a day."
#define M_CACHE_DAMAGED_NOTE                                                                       \
    "Ce qui est abîmé n’est jamais cru : il sera calculé de nouveau.",                             \
        "What is damaged is never believed: it will be computed again."
#define M_CACHE_PRUNED "Enlevés : %zu, soit %s.", "Removed: %zu, that is %s."
#define M_CACHE_HELD                                                                               \
    "Laissés, car une exécution les écrit : %zu.", "Left, because a run is writing them: %zu."

/* --- options --- */
#define M_OPTION_OUTPUT                                                                            \
    "dossier des résultats ; sans elle, <nom du fichier>-resultats ici",                           \
        "results folder; without it, <file name>-results here"
#define M_OPTION_DEMO_OUTPUT                                                                       \
    "dossier du territoire et des résultats ; sans elle, bassin-demo ici",                         \
        "folder of the territory and of the results; without it, bassin-demo here"
#define M_OPTION_THREADS                                                                           \
    "fils de calcul, de 1 à 256 ; ils ne changent aucun résultat",                                 \
        "threads, 1 to 256; they change no result"
#define M_OPTION_DATA                                                                              \
    "dossier d’où partent les chemins relatifs du fichier d’exécution",                            \
        "folder that the run file's relative paths start from"
#define M_OPTION_ONLY                                                                              \
    "ne calculer que ces indicateurs et ce qu’il leur faut (les autres viennent de la mémoire " \
    "des "                                                                                         \
    "calculs, ou sont laissés de côté) : --only coverage,commuting",                               \
        "compute these indicators and what they need (the others come from the cache, or are "     \
        "left "                                                                                    \
        "out): --only coverage,commuting"
#define M_OPTION_RESUME                                                                            \
    "reprendre une exécution interrompue : dire ce que la mémoire des calculs en a, et refuser " \
    "de "                                                                                          \
    "partir sans elle (ce qu’elle a sert aussi sans cette option)",                                \
        "take up an interrupted run: say what the cache has of it, and refuse to start without a " \
        "cache (what it has is used without this option too)"
#define M_OPTION_PARAM                                                                             \
    "fixer un paramètre : --param \"coverage.standard=15 min\"",                                   \
        "set a parameter: --param \"coverage.standard=15 min\""
#define M_OPTION_STRICT "refuser la moindre ligne rejetée", "refuse any rejected row"
#define M_OPTION_JSON                                                                                   \
    "un objet JSON par événement sur la sortie d’erreur (et par fichier de données vérifié sur " \
    "la "                                                                                               \
    "sortie standard)",                                                                                 \
        "one JSON object per event on standard error (and per data file checked on standard "           \
        "output)"
#define M_OPTION_IN_PROCESS                                                                         \
    "lire les fichiers et exécuter les indicateurs ajoutés sans processus isolé (mise au point " \
    "seulement)",                                                                                   \
        "read files and run added plugins without isolated processes (debugging only)"
#define M_OPTION_PLUGIN_OUTPUT                                                                     \
    "dossier à écrire ; sans elle, le nom de l’indicateur ici",                                    \
        "folder to write; without it, the name of the indicator here"
#define M_OPTION_PIPE                                                                              \
    "un programme Python qui lit et écrit des tables, au lieu de C",                               \
        "a Python program that reads and writes tables, instead of C"
#define M_OPTION_PLUGIN_JSON                                                                       \
    "un objet JSON par essai sur la sortie standard", "one JSON object per check on standard "     \
                                                      "output"
#define M_OPTION_PLUGIN_IN_PROCESS                                                                      \
    "exécuter l’indicateur dans ce processus : la mémoire qu’il garde se voit, sa chute arrête " \
    "bassin (mise au point seulement)",                                                                 \
        "run the plugin in this process: memory that it keeps is seen, its crash ends bassin "          \
        "(debugging only)"
#define M_OPTION_CASE                                                                              \
    "cas d’exemple à essayer aussi : tables dans DOSSIER/in, résultats dans DOSSIER/expected",     \
        "worked case to try as well: tables in DIR/in, results in DIR/expected"
#define M_OPTION_COMMUNES                                                                          \
    "nombre de communes du territoire fictif (345 par défaut)",                                    \
        "communes of the synthetic territory (default 345)"
#define M_OPTION_SEED                                                                              \
    "graine du territoire fictif (1 par défaut)", "seed of the synthetic territory (default 1)"
#define M_OPTION_FETCH_OUTPUT                                                                      \
    "dossier des données ; sans elle, bassin-data ici",                                            \
        "folder of the data; without it, bassin-data here"
#define M_OPTION_INIT_OUTPUT                                                                       \
    "fichier d’exécution à écrire ; sans elle, bassin.yaml ici",                                   \
        "run file to write; without it, bassin.yaml here"
#define M_OPTION_INIT_DATA                                                                         \
    "dossier des données ; sans elle, bassin-data ici",                                            \
        "folder of the data; without it, bassin-data here"
#define M_OPTION_FETCH_ONLY                                                                        \
    "ces fichiers du catalogue seulement, proposés d’office ou non",                               \
        "only these files of the catalogue, offered by default or not"
#define M_OPTION_LIST                                                                              \
    "dit ce qui serait téléchargé, et ce qui est déjà là",                                         \
        "tells what would be downloaded, and what is there"
#define M_OPTION_MIRROR                                                                            \
    "un dossier, ou le début d’une adresse, qui a les mêmes fichiers",                             \
        "a folder, or the start of an address, that has the same files"
#define M_OPTION_CATALOGUE                                                                         \
    "un autre catalogue que celui de bassin", "another catalogue than bassin's"
#define M_OPTION_PAGE                                                                              \
    "la page de référence plutôt que le schéma", "the reference page instead of the schema"
#define M_OPTION_LANG                                                                              \
    "langue des messages et des sorties", "language of the messages and of the outputs"
#define M_OPTION_HELP "cette aide", "this help"

#define M_OPTION_CODE                                                                              \
    "la colonne du code de la commune ; deux pour des flux (origine,destination)",                 \
        "the column of the commune's code; two for flows (origin,destination)"
#define M_OPTION_FROM                                                                              \
    "le millésime du fichier ; sans elle, il est reconnu à ses codes",                             \
        "the vintage of the file; without it, it is told by its codes"
#define M_OPTION_TO "le millésime voulu", "the vintage wanted"
#define M_OPTION_SUM                                                                               \
    "effectifs : ils s’ajoutent, et se partagent par la population",                               \
        "counts: they add up, and are shared out by population"
#define M_OPTION_MEAN                                                                              \
    "moyennes et parts, avec leur poids : recombinées, jamais partagées",                          \
        "means and shares, with their weights: recombined, never split"
#define M_OPTION_MEDIAN                                                                            \
    "médianes : gardées par les communes inchangées, manquantes ailleurs",                         \
        "medians: kept by unchanged communes, missing elsewhere"
#define M_OPTION_CLASS                                                                              \
    "classes : COL:largest (la plus grande commune), COL:mixed (« mixed » si elles diffèrent), " \
    "COL:any=VALEUR (dès qu’une commune l’a)",                                                      \
        "classes: COL:largest (the largest commune), COL:mixed (\"mixed\" where they differ), "     \
        "COL:any=VALUE (as soon as one commune has it)"
#define M_OPTION_BY                                                                                \
    "colonnes qui distinguent les lignes d’une même commune (sexe, mode...)",                      \
        "columns that tell apart the rows of one commune (sex, mode...)"
#define M_OPTION_MOVEMENTS                                                                            \
    "les mouvements de communes de l’INSEE ; sans elle, reconnus à leur en-tête dans --data, ou " \
    "à côté du fichier",                                                                              \
        "INSEE's commune movements; without it, recognised by their header in --data, or beside "     \
        "the file"
#define M_OPTION_PASSAGE                                                                           \
    "une table de passage ; elle l’emporte pour les années qu’elle couvre",                        \
        "a passage table; it wins for the years that it covers"
#define M_OPTION_POPULATION                                                                        \
    "populations des communes, pour les parts des partages : FICHIER ou FICHIER:ANNÉE",            \
        "populations of communes, for the shares of splits: FILE or FILE:YEAR"
#define M_OPTION_ARRONDISSEMENTS                                                                   \
    "Paris, Lyon, Marseille : keep laisse les codes, fold réunit les arrondissements, unfold "    \
    "partage la commune par la population",                                                        \
        "Paris, Lyon, Marseille: keep leaves the codes, fold joins the arrondissements, unfold "   \
        "shares the commune out by population"
#define M_OPTION_VINTAGE_OUTPUT                                                                    \
    "le tableau passé ; le bilan est écrit à côté, <nom>-bilan.csv",                               \
        "the table carried; the report is written beside it, <name>-report.csv"
#define M_OPTION_VINTAGE_DATA                                                                      \
    "dossier où reconnaître le fichier des mouvements",                                            \
        "folder where to recognise the movement file"

/* --- bassin vintage --- */
#define M_VINTAGE_WANTS "vintage : il manque %s%.0s", "vintage: %.0s%s is missing"
#define M_VINTAGE_A_FILE "le fichier à passer", "the file to carry"
#define M_VINTAGE_OPTION_CODE "--code (la colonne du code)", "--code (the column of the code)"
#define M_VINTAGE_OPTION_TO "--to (le millésime voulu)", "--to (the vintage wanted)"
#define M_VINTAGE_OPTION_OUTPUT "-o (le fichier à écrire)", "-o (the file to write)"
#define M_VINTAGE_TWO_CODES                                                                        \
    "vintage : --code prend une ou deux colonnes", "vintage: --code takes one or two columns"
#define M_VINTAGE_MEAN_WEIGHT                                                                      \
    "vintage : --mean attend COLONNE:POIDS, et non « %s »",                                        \
        "vintage: --mean wants COLUMN:WEIGHT, not \"%s\""
#define M_VINTAGE_CLASS_RULE                                                                       \
    "vintage : --class attend COLONNE:largest, COLONNE:mixed ou COLONNE:any=VALEUR, et non « %s " \
    "»",                                                                                           \
        "vintage: --class wants COLUMN:largest, COLUMN:mixed or COLUMN:any=VALUE, not \"%s\""
#define M_VINTAGE_COLUMN_TWICE                                                                     \
    "vintage : la colonne « %s » est nommée deux fois", "vintage: column \"%s\" is named twice"
#define M_VINTAGE_TOO_MANY_COLUMNS "vintage : plus de %d colonnes", "vintage: more than %d columns"
#define M_VINTAGE_ARRONDISSEMENTS                                                                  \
    "vintage : --arrondissements attend keep, fold ou unfold, et non « %s »",                      \
        "vintage: --arrondissements wants keep, fold or unfold, not \"%s\""
#define M_VINTAGE_POPULATION_YEAR                                                                  \
    "vintage : l’année de --population va de 1943 à 2100, et non « %s »",                          \
        "vintage: the year of --population goes from 1943 to 2100, not \"%s\""
#define M_VINTAGE_SAME_FILE                                                                        \
    "le fichier écrit serait le fichier lu : donnez un autre nom à -o",                            \
        "the file written would be the file read: give -o another name"
#define M_VINTAGE_NO_MOVEMENTS                                                                     \
    "aucun fichier de mouvements de communes dans %s : donnez --movements FICHIER, --data "        \
    "DOSSIER "                                                                                     \
    "ou --passage FICHIER",                                                                        \
        "no file of commune movements in %s: give --movements FILE, --data DIR or --passage FILE"
#define M_VINTAGE_SEVERAL_MOVEMENTS                                                                \
    "plusieurs fichiers de mouvements dans %s (%s, %s) : donnez --movements FICHIER",              \
        "several movement files in %s (%s, %s): give --movements FILE"
#define M_VINTAGE_FOUND_MOVEMENTS "mouvements de communes : %s", "commune movements: %s"
#define M_VINTAGE_BAD_CODE                                                                             \
    "« %s » n’est pas un code de commune (colonne « %s ») : 5 caractères ; un tableur perd le " \
    "zéro initial",                                                                                    \
        "\"%s\" is not the code of a commune (column \"%s\"): 5 characters; a spreadsheet drops "      \
        "the leading zero"
#define M_VINTAGE_MORE_BAD_CODES "et %zu autres codes", "and %zu more codes"
#define M_VINTAGE_STRICT                                                                           \
    "%zu lignes portent un code qui ne passe pas (la première) ; --strict les refuse",             \
        "%zu rows bear a code that cannot be carried (the first one); --strict refuses them"
#define M_VINTAGE_NO_VALUE                                                                         \
    "aucune colonne à passer : nommez-en par --sum, --mean, --median, --class ou --by",            \
        "no column to carry: name some by --sum, --mean, --median, --class or --by"
#define M_VINTAGE_DONE                                                                                 \
    "%d → %d : %s%.0s lignes lues, %s%.0s écrites ; communes fusionnées : %zu ; codes changés : " \
    "%zu ; communes partagées (estimation) : %zu ; lignes perdues : %zu",                              \
        "%d → %d: %.0s%s rows read, %.0s%s written; communes merged: %zu; codes changed: %zu; "      \
        "communes split (estimate): %zu; rows lost: %zu"
#define M_VINTAGE_TOTALS                                                                           \
    "« %s » : %s%.0s avant, %s%.0s après (perdus ou inconnus : %s%.0s)",                           \
        "\"%s\": %.0s%s before, %.0s%s after (lost or unknown: %.0s%s)"
#define M_VINTAGE_EQUAL                                                                             \
    "%zu communes sont partagées sans que la population de toutes leurs parts soit connue (%s) : " \
    "parts égales ; --population ou --passage peuvent les dire",                                    \
        "%zu communes are split while the population of a part is unknown (%s): equal shares; "     \
        "--population or --passage can tell them"
#define M_VINTAGE_LOST_ROW                                                                         \
    "%s n’est pas une commune de %d et ne peut pas passer : ligne laissée de côté",                \
        "%s is no commune of %d and cannot be carried: row left out"
#define M_VINTAGE_REPORT "bilan : %s", "report: %s"
#define M_VINTAGE_REPORT_SUFFIX "-bilan.csv", "-report.csv"

/* --- bassin travel and explain --- */
#define M_COMMAND_TRAVEL                                                                           \
    "temps et distances de parcours seuls, sur un réseau construit par « bassin network »",        \
        "travel times and distances alone, over a network built by 'bassin network'"
#define M_COMMAND_EXPLAIN                                                                          \
    "le chemin le plus rapide d’un point à un autre, voie par voie",                               \
        "the fastest path from one point to another, way by way"
#define M_ARGS_TRAVEL                                                                              \
    "RÉSEAU.net --from A.csv --to B.csv -o SORTIE.csv", "NET --from A.csv --to B.csv -o OUT.csv"
#define M_ARGS_EXPLAIN                                                                             \
    "RÉSEAU.net --from LON,LAT|NŒUD --to LON,LAT|NŒUD | DOSSIER places CODE minutes_nearest "   \
    "--network RÉSEAU.net",                                                                        \
        "NET --from LON,LAT|NODE --to LON,LAT|NODE | DIR places CODE minutes_nearest --network "   \
        "NET"
#define M_CLI_TRAVEL_FORMS                                                                          \
    "A et B : une ligne par point, colonnes id et node (identifiant du nœud dans la source, sans " \
    "marche), ou id, lon et lat (id, x et y si le réseau est en mètres) : le point rejoint le "   \
    "nœud "                                                                                        \
    "le plus proche à 4 km/h, à 5 km au plus.\n"                                                  \
    "SORTIE : from,to,minutes,km ; pour chaque point de B dans l’ordre, les points de A dans "    \
    "l’ordre ; pas de ligne sans chemin. Les mêmes octets pour tout nombre de fils.",               \
        "A and B: a row a point, columns id and node (id of the node in the source, no walk), or "  \
        "id, lon and lat (id, x and y for a network in metres): the point walks to the nearest "    \
        "node "                                                                                     \
        "at 4 km/h, 5 km at most.\n"                                                                \
        "OUT: from,to,minutes,km; for each point of B in order, the points of A in order; no row "  \
        "without a path. The same bytes for any number of threads."
#define M_OPTION_ORIGINS "les points de départ : un fichier CSV", "where trips begin: a CSV file"
#define M_OPTION_DESTINATIONS "les points d’arrivée : un fichier CSV", "where trips end: a CSV file"
#define M_OPTION_MAX_MINUTES                                                                       \
    "durée au plus, comprise, marches comptées ; sans elle, aucune limite",                        \
        "longest time, inclusive, walks counted; without it, no limit"
#define M_OPTION_PAIRS                                                                             \
    "la ligne i de A vers la ligne i de B seulement ; une ligne par paire, vide sans chemin",      \
        "row i of A to row i of B only; a row a pair, empty without a path"
#define M_OPTION_SUMMARY                                                                            \
    "écrire {\"pairs\":N,\"sum\":S} sur la sortie standard : N trajets, S leur durée en unités " \
    "entières de temps du réseau ; -o devient facultatif",                                          \
        "print {\"pairs\":N,\"sum\":S} on standard output: N trips, S their times in whole time "   \
        "units of the network; -o becomes optional"
#define M_OPTION_TRAVEL_OUTPUT                                                                     \
    "le tableau à écrire, complet ou absent ; « - » : la sortie standard",                         \
        "the table to write, complete or absent; \"-\": standard output"
#define M_OPTION_ORIGIN "le point de départ", "where the trip begins"
#define M_OPTION_DESTINATION "le point d’arrivée", "where the trip ends"
#define M_OPTION_EXPLAIN_OUTPUT "écrire aussi le chemin en GeoJSON", "write the path as GeoJSON too"
#define M_TRAVEL_WANTS "%s : il manque %s%.0s", "%s: %.0s%s is missing"
#define M_TRAVEL_A_NETWORK                                                                         \
    "le réseau (bassin network FICHIER -o RÉSEAU.net)", "the network (bassin network FILE -o NET)"
#define M_TRAVEL_OPTION_FROM "--from (les points de départ)", "--from (where trips begin)"
#define M_TRAVEL_OPTION_TO "--to (les points d’arrivée)", "--to (where trips end)"
#define M_TRAVEL_OPTION_OUTPUT                                                                     \
    "-o (le tableau à écrire) ou --summary", "-o (the table to write) or --summary"
#define M_TRAVEL_BOTH_OUT                                                                          \
    "travel : --summary et « -o - » iraient sur la même sortie : donnez un fichier à -o",          \
        "travel: --summary and \"-o -\" would go to the same output: give -o a file"
#define M_TRAVEL_MINUTES                                                                           \
    "travel : --max-minutes attend un nombre de minutes positif, et non « %s »",                   \
        "travel: --max-minutes wants a positive number of minutes, not \"%s\""
#define M_TRAVEL_MINUTES_MAX                                                                       \
    "travel : --max-minutes va jusqu’à %llu pour ce réseau ; sans elle, aucune limite",            \
        "travel: --max-minutes goes up to %llu for this network; without it, no limit"
#define M_TRAVEL_SAME_FILE                                                                         \
    "le fichier écrit serait un fichier lu : donnez un autre nom à -o",                            \
        "the file written would be a file read: give -o another name"
#define M_TRAVEL_PAIRS                                                                             \
    "--pairs va ligne à ligne : départs %zu, arrivées %zu, il en faut autant",                     \
        "--pairs goes row by row: from %zu, to %zu, as many are wanted"
#define M_TRAVEL_STEP_NETWORK "lecture du réseau", "reading the network"
#define M_TRAVEL_STEP_LISTS "lecture des points", "reading the points"
#define M_TRAVEL_STEP_COSTS "temps de parcours", "travel times"
#define M_TRAVEL_UNIT "paires", "pairs"
#define M_TRAVEL_NETWORK "réseau : %s nœuds, %s arcs%s%.0s", "network: %s nodes, %s arcs%.0s%s"
#define M_TRAVEL_WITH_HIERARCHY ", hiérarchie prête", ", hierarchy ready"
#define M_TRAVEL_SNAPS                                                                             \
    "%s%.0s (%s) : à %s m du réseau en moyenne, %u m au plus ; trop loin, sans trajet : %zu",      \
        "%.0s%s (%s): %s m from the network on average, %u m at most; too far, no trip: %zu"
#define M_TRAVEL_NODES                                                                             \
    "%s%.0s (%s) : des nœuds ; à un carrefour aux mouvements interdits, sans trajet : %zu",        \
        "%.0s%s (%s): nodes; at a junction of forbidden turns, no trip: %zu"
#define M_TRAVEL_FROM "départs", "from"
#define M_TRAVEL_TO "arrivées", "to"
#define M_TRAVEL_METHOD "méthode : %s%.0s (%s)", "method: %.0s%s (%s)"
#define M_TRAVEL_METHOD_SEARCH                                                                     \
    "une recherche depuis chaque point d’arrivée", "a search from each point where trips end"
#define M_TRAVEL_METHOD_CUT                                                                        \
    "un balayage de la hiérarchie pour chaque lot d’arrivées, coupé à la limite",                  \
        "a sweep of the hierarchy for each batch of ends, cut at the limit"
#define M_TRAVEL_METHOD_SWEEP                                                                      \
    "un balayage de la hiérarchie pour chaque lot d’arrivées",                                     \
        "a sweep of the hierarchy for each batch of ends"
#define M_TRAVEL_MEMORY "mémoire : au plus %llu Mio", "memory: at most %llu MiB"
#define M_TRAVEL_DONE                                                                              \
    "trajets : %s%.0s ; paires sans chemin%s%.0s : %s%.0s",                                        \
        "trips: %.0s%s; pairs without a path%.0s%s: %.0s%s"
#define M_TRAVEL_WITHIN " dans la limite", " within the limit"
#define M_TRAVEL_STOPPED                                                                           \
    "interrompu à la demande : rien n’est écrit", "interrupted on request: nothing is written"
#define M_TRAVEL_STDOUT "la sortie standard ne s’écrit pas", "cannot write standard output"
#define M_TRAVEL_WRITTEN "écrit : %s", "written: %s"

#define M_EXPLAIN_OPTION_FROM "--from (le point de départ)", "--from (where the trip begins)"
#define M_EXPLAIN_OPTION_TO "--to (le point d’arrivée)", "--to (where the trip ends)"
#define M_EXPLAIN_OPTION_NETWORK                                                                   \
    "--network (le réseau de l’exécution)", "--network (the network of the run)"
#define M_OPTION_EXPLAIN_NETWORK                                                                   \
    "pour un chiffre d’un dossier de résultats : le réseau de l’exécution",                        \
        "for a figure of a results folder: the network of the run"
#define M_FIGURE_FORM                                                                                  \
    "explain : d’un dossier de résultats, les temps des communes sont expliqués : bassin explain " \
    "DOSSIER places CODE minutes_nearest --network RÉSEAU.net (ou minutes_a à minutes_h)",             \
        "explain: of a results folder, travel times of places are explained: bassin explain DIR "      \
        "places CODE minutes_nearest --network NET (or minutes_a to minutes_h)"
#define M_FIGURE_NO_ROW "pas de ligne « %s » dans ce tableau", "no row '%s' in this table"
#define M_FIGURE_NO_TIME                                                                           \
    "« %s » n’a pas de temps dans la colonne « %s » : rien n’est atteint dans la limite",          \
        "'%s' has no time in column '%s': nothing is reached within the limit"
#define M_FIGURE_TOLD                                                                              \
    "places, %s, %s : %s min, vers le lieu %s", "places, %s, %s: %s min, to venue %s"
#define M_FIGURE_GAP                                                                                \
    "le chiffre en diffère de %s min : stationnement, carreaux, ou un autre réseau que celui de " \
    "l’exécution",                                                                                  \
        "the figure differs from it by %s min: parking, cells, or another network than the run's"
#define M_EXPLAIN_NODES                                                                            \
    "du nœud %lld au nœud %lld, par %zu nœuds", "from node %lld to node %lld, by %zu nodes"
#define M_EXPLAIN_WALK_TO "à pied jusqu’au réseau", "on foot to the network"
#define M_EXPLAIN_WALK_FROM "à pied depuis le réseau", "on foot from the network"
#define M_EXPLAIN_TOTAL                                                                            \
    "en tout : %s min (%s unités, %s par minute)", "in all: %s min (%s units, %s a minute)"
#define M_EXPLAIN_NO_POSITIONS                                                                     \
    "le réseau n’a pas de coordonnées : le chemin ne se dessine pas (retirez -o)",                 \
        "the network has no coordinates: the path cannot be drawn (leave -o out)"

/* --- what is said at the end --- */
#define M_CLI_COUNTS "%s, %s", "%s, %s" /* M_CLI_FAULTS..., M_CLI_WARNINGS... */
#define M_CLI_FAULTS_NONE "aucune faute", "no fault"
#define M_CLI_FAULTS_ONE "1 faute", "1 fault"
#define M_CLI_FAULTS "fautes", "faults"
#define M_CLI_WARNINGS_NONE "aucun avertissement", "no warning"
#define M_CLI_WARNINGS_ONE "1 avertissement", "1 warning"
#define M_CLI_WARNINGS "avertissements", "warnings"
#define M_CLI_RESULTS "résultats : %s", "results: %s"
#define M_CLI_OPEN "à ouvrir : %s/%s", "to open: %s/%s"
#define M_CLI_CHECKED                                                                              \
    "aucune faute : « bassin run %s » peut partir", "no fault: \"bassin run %s\" can go"
#define M_CLI_RESULTS_FOLDER "resultats", "results"
#define M_CLI_NO_REFERENCE                                                                         \
    "les données de référence manquent à côté du programme (%s) ; réinstallez bassin",             \
        "the reference data are missing beside the program (%s); install bassin again"
#define M_CLI_NO_SELF                                                                              \
    "l’emplacement du programme ne se lit pas dans /proc/self/exe : %s",                           \
        "the place of the program cannot be read from /proc/self/exe: %s"
#define M_CLI_NO_DEMO                                                                              \
    "ce programme a été construit sans le générateur de territoires",                              \
        "this program was built without the generator of territories"
#define M_DEMO_STEP "fabrication du territoire fictif", "making the synthetic territory"
#define M_CLI_THREAD "le suivi des signaux ne démarre pas : %s", "signals cannot be watched: %s"

/* --- bassin fetch and init --- */
#define M_CLI_NEEDS_TERRITORY                                                                      \
    "%s : donnez un territoire, par exemple « bassin %s departement:77 »",                         \
        "%s: name a territory, for example 'bassin %s departement:77'"
#define M_CLI_TERRITORY_FORMS                                                                      \
    "Le territoire : departement:77, region:11, epci:<SIREN>, commune:77288, metropole, france, "  \
    "ou un nom (Seine-et-Marne).",                                                                 \
        "The territory: departement:77, region:11, epci:<SIREN>, commune:77288, metropole, "       \
        "france, or a name (Seine-et-Marne)."
#define M_LIST_ABSENT "à télécharger", "to download"
#define M_LIST_PART "commencé", "begun"
#define M_LIST_THERE "déjà là", "there"
#define M_LIST_BY_HAND "posé à la main", "put by hand"
#define M_LIST_OTHER "à remplacer", "to replace"
#define M_LIST_CHANGED "modifié", "changed"
#define M_LIST_SIZE_UNKNOWN "taille inconnue", "size not known"
#define M_LIST_MB "%s Mo", "%s MB"
#define M_LIST_ABOUT "environ %s Mo", "about %s MB"
#define M_LIST_TITLE                                                                               \
    "%s : %zu fichiers du catalogue, dossier %s", "%s: %zu files of the catalogue, folder %s"
#define M_LIST_CUT_WAITS                                                                           \
    "les fichiers par département ou par région s’ajouteront quand les communes seront là",        \
        "files by département or région will be added once the communes are there"
#define M_LIST_ELSEWHERE                                                                           \
    "%zu fichiers ne couvrent pas ce territoire", "%zu files do not cover this territory"
#define M_LIST_UNCHECKED                                                                             \
    "les adresses sont celles que les producteurs ont publiées : elles changent ; « bassin fetch " \
    "» "                                                                                            \
    "vérifie ce qu’il reçoit",                                                                       \
        "addresses are those that the producers published: they change; 'bassin fetch' verifies "    \
        "what it gets"
#define M_FETCH_DONE                                                                               \
    "%zu téléchargés (%s Mo), %zu déjà là, %zu en échec ; dossier %s",                             \
        "%zu downloaded (%s MB), %zu there already, %zu failed; folder %s"
#define M_FETCH_NEXT                                                                               \
    "ensuite : bassin init %s mes_lieux.xlsx%s%s", "next: bassin init %s my_venues.xlsx%s%s"

#define M_INIT_STEP "lecture du dossier de données", "reading the data folder"
#define M_INIT_DONE                                                                                \
    "%s : %zu fichiers nommés, %zu laissés ; liste de lieux : %zu colonnes devinées, %zu doutes",  \
        "%s: %zu files named, %zu left; list of venues: %zu columns guessed, %zu doubts"
#define M_INIT_NEXT "relisez-le, puis : bassin check %s", "read it again, then: bassin check %s"
/* --- bassin check FILE --- */
#define M_CHECK_KIND "nature", "kind"
#define M_CHECK_UNKNOWN                                                                            \
    "inconnue : aucun lecteur de bassin ne reconnaît ces colonnes",                                \
        "unknown: no reader of bassin knows these columns"
#define M_CHECK_UNREADABLE "illisible", "unreadable"
#define M_CHECK_NEAREST "le plus proche", "nearest"
#define M_CHECK_WANTS "%s, qui demande : %s", "%s, which wants: %s"
#define M_CHECK_ROLE "emploi", "use"
#define M_CHECK_PRODUCER "producteur", "producer"
#define M_CHECK_LICENCE "licence", "licence"
#define M_CHECK_VINTAGE "millésime", "vintage"
#define M_CHECK_CODES_VINTAGE "millésime des codes", "vintage by its codes"
#define M_CHECK_ANY_YEAR                                                                           \
    "toute année : aucun de ses codes n’a changé", "any year: none of its codes ever changed"
#define M_CHECK_NO_YEAR                                                                            \
    "aucun ; les plus proches (codes en faute) : %s", "none; the closest (codes at fault): %s"
#define M_CHECK_WHOLE_LIST "liste entière de %d", "whole list of %d"
#define M_CHECK_NO_HISTORY                                                                         \
    "%s : fautes dans ce fichier des mouvements, le millésime des codes n’est pas dit",            \
        "%s: this movement file has faults, the vintage of codes is not told"
#define M_CHECK_FORM "format", "form"
#define M_CHECK_TEXT "texte délimité", "delimited text"
#define M_CHECK_LAYER "couche ou feuille", "layer or sheet"
#define M_CHECK_HEADER_ROW "en-têtes en ligne %llu", "header on row %llu"
#define M_CHECK_SEPARATOR "séparateur « %s »", "separator \"%s\""
#define M_CHECK_TAB "tabulation", "tab"
#define M_CHECK_DECIMAL "décimales « %c »", "decimal mark \"%c\""
#define M_CHECK_BOM "BOM", "BOM"
#define M_CHECK_CRLF "fins de ligne CRLF", "CRLF line ends"
#define M_CHECK_MEMBER "dans l’archive", "in the archive"
#define M_CHECK_ROWS "lignes", "rows"
#define M_CHECK_LEFT_OUT "dont %s laissées : %s%.0s", "of which %s are left out: %.0s%s"
#define M_CHECK_UNREAD "colonnes non lues", "columns not read"
#define M_CHECK_FOUND "colonnes trouvées", "columns found"
#define M_CHECK_OTHERS "servirait aussi", "would also serve as"
#define M_CHECK_DAMAGED "textes abîmés", "broken texts"
#define M_CHECK_PACK "archive de %zu fichiers", "archive of %zu files"
#define M_CHECK_PACK_UNKNOWN "dont %zu inconnus", "of which %zu unknown"
#define M_CHECK_ROADS "réseau routier OpenStreetMap", "OpenStreetMap road network"
#define M_CHECK_GRAPH "graphe routier DIMACS (.gr)", "DIMACS road graph (.gr)"
#define M_CHECK_PBF "PBF", "PBF"
#define M_CHECK_XML "XML", "XML"
#define M_CHECK_NODES "nœuds", "nodes"
#define M_CHECK_WAYS "chemins", "ways"
#define M_CHECK_HIGHWAYS "voies (highway)", "highways"
#define M_CHECK_ARCS "arcs", "arcs"
#define M_CHECK_NETWORK "réseau de bassin", "network of bassin"
#define M_CHECK_MAIN_NODES "composante princip.", "main component"
#define M_CHECK_HIERARCHY "hiérarchie", "hierarchy"
#define M_CHECK_YES "oui", "yes"
#define M_CHECK_NO "non", "no"
#define M_CHECK_SOUND "%s : aucune faute", "%s: no fault"
/* roles of importers, in words */
#define M_ROLE_COMMUNES                                                                            \
    "communes, contours ou points (territory: communes)",                                          \
        "communes, outlines or points (territory: communes)"
#define M_ROLE_NAMES "noms des communes (territory: names)", "names of communes (territory: names)"
#define M_ROLE_MEMBERSHIP                                                                          \
    "appartenance aux zonages (territory: membership)",                                            \
        "membership in zones (territory: membership)"
#define M_ROLE_DENSITY "grille de densité (territory: density)", "density grid (territory: density)"
#define M_ROLE_POPULATION "population (population)", "population (population)"
#define M_ROLE_CELLS                                                                               \
    "carreaux de population (territory: cells)", "population cells (territory: cells)"
#define M_ROLE_FLOWS "flux domicile-travail (flows)", "home-work flows (flows)"
#define M_ROLE_DETAIL "flux détaillés par mode (flows: detail)", "flows by mode (flows: detail)"
#define M_ROLE_VENUES "lieux (venues)", "venues (venues)"
#define M_ROLE_POSTCODES "codes postaux (venues: postcodes)", "postcodes (venues: postcodes)"
#define M_ROLE_GROUP                                                                               \
    "groupement de communes (territory: groups)", "group of communes (territory: groups)"
#define M_ROLE_TRAVEL_TIMES                                                                        \
    "matrice de temps de parcours (travel: matrix)", "matrix of travel times (travel: matrix)"
#define M_ROLE_PERIMETER "périmètre (territory: keep)", "perimeter (territory: keep)"
#define M_ROLE_ZONING                                                                              \
    "zonage d’éligibilité (territory: zonings)", "eligibility zoning (territory: zonings)"
#define M_ROLE_CONTEXT                                                                             \
    "données de contexte par commune (territory: context)",                                        \
        "context data by commune (territory: context)"
#define M_ROLE_FACILITIES                                                                          \
    "équipements : comptés par commune (territory: context)",                                      \
        "facilities: counted by commune (territory: context)"
#define M_ROLE_FOREIGN                                                                             \
    "lieux de travail à l’étranger (flows: foreign)", "work places abroad (flows: foreign)"
#define M_ROLE_FLOWS_DEPARTEMENT                                                                   \
    "flux entre départements : reconnus, sans emploi dans une exécution",                          \
        "flows between départements: recognised, without a use in a run"

#define M_ROLE_MOVEMENTS                                                                           \
    "événements sur les communes (territory: movements)",                                          \
        "events on communes (territory: movements)"
#define M_ROLE_PASSAGE                                                                             \
    "table de passage entre millésimes (territory: passage)",                                      \
        "passage table between vintages (territory: passage)"

/* --- bassin network --- */
#define M_OPTION_NETWORK_OUTPUT "fichier du réseau à écrire", "file of the network to write"
#define M_OPTION_PROFILE                                                                           \
    "vitesses et accès : voiture (par défaut), vélo, pied, ou un fichier de profil",               \
        "speeds and access: car (default), bike, foot, or the file of a profile"
#define M_OPTION_URBAN                                                                             \
    "couche de polygones où vaut le facteur de pointe du profil",                                  \
        "layer of polygons where the profile's peak factor holds"
#define M_OPTION_LAYER                                                                             \
    "couche de lignes : son nom, si ce n’est pas celle d’IGN ni la première",                      \
        "layer of lines: its name, where it is neither IGN's nor the first"
#define M_OPTION_SPEED                                                                             \
    "couche de lignes : la colonne des vitesses, en km/h (sans elle, celle de la BD TOPO)",        \
        "layer of lines: the column of speeds, km/h (without it, that of BD TOPO)"
#define M_OPTION_DIRECTION                                                                         \
    "couche de lignes : la colonne du sens de circulation",                                        \
        "layer of lines: the column of the direction"
#define M_OPTION_LINE_CLASS                                                                        \
    "couche de lignes : la colonne de la classe de route",                                         \
        "layer of lines: the column of the class of road"
#define M_OPTION_LINE_NAME                                                                         \
    "couche de lignes : la colonne du nom de la voie",                                             \
        "layer of lines: the column of the name of the road"
#define M_OPTION_CLOSED                                                                            \
    "couche de lignes : la colonne qui dit les routes fermées",                                    \
        "layer of lines: the column that tells closed roads"
#define M_OPTION_SPEEDS                                                                            \
    "couche de lignes : la vitesse des classes sans vitesse propre ; « * » : toutes les autres",   \
        "layer of lines: the speed of classes that have none of their own; \"*\": all the others"
#define M_OPTION_TOLERANCE                                                                         \
    "couche de lignes : deux bouts plus proches sont un même carrefour (0,5 m)",                   \
        "layer of lines: two ends nearer than this are one junction (0.5 m)"
#define M_NETWORK_LINES_MODE                                                                       \
    "--profile « %s » : une couche de lignes se bâtit pour car, bike ou foot",                     \
        "--profile \"%s\": a layer of lines is built for car, bike or foot"
#define M_NETWORK_SPEEDS                                                                           \
    "--speeds « %s » : écrivez classe=km/h, plusieurs séparées par des virgules",                  \
        "--speeds \"%s\": write class=km/h, several between commas"
#define M_NETWORK_TOLERANCE                                                                        \
    "--tolerance « %s » : un nombre de mètres de 0 à %g est attendu",                              \
        "--tolerance \"%s\": a number of metres from 0 to %g is expected"
#define M_OPTION_NO_HIERARCHY                                                                      \
    "sans hiérarchie : construit plus vite, tableaux sans limite plus lents",                      \
        "without the hierarchy: built faster, tables without a limit slower"
#define M_OPTION_COORDINATES "positions d’un graphe DIMACS", "positions of a DIMACS graph"
#define M_OPTION_COORDINATES_UNIT                                                                  \
    "leur unité : m (mètres d’un plan) ou udeg (millionièmes de degré)",                           \
        "their unit: m (metres of a plane) or udeg (millionths of a degree)"
#define M_OPTION_WEIGHT_UNIT                                                                       \
    "unité des poids d’un graphe DIMACS : ms (par défaut), ds ou s",                               \
        "unit of a DIMACS graph's weights: ms (default), ds or s"
#define M_NETWORK_NO_FILE                                                                          \
    "network : donner un fichier de routes, par exemple « bassin network idf.osm.pbf -o idf.net " \
    "»",                                                                                           \
        "network: name a file of roads, for example 'bassin network idf.osm.pbf -o idf.net'"
#define M_NETWORK_NO_OUTPUT                                                                        \
    "network : donner le réseau à écrire avec -o, par exemple -o idf.net",                         \
        "network: name the network to write with -o, for example -o idf.net"
#define M_NETWORK_CHOICE                                                                           \
    "network : --%s attend %s, et non « %s »", "network: --%s wants %s, not '%s'"
#define M_NETWORK_UNIT_NEEDED                                                                      \
    "network : --coordinates va avec --coordinates-unit m ou udeg",                                \
        "network: --coordinates goes with --coordinates-unit m or udeg"
#define M_NETWORK_SAME_FILE                                                                        \
    "le réseau écraserait le fichier dont il est fait", "the network would replace the file that " \
                                                        "it is made of"
#define M_NETWORK_NOT_FOR                                                                          \
    "l’option --%s ne vaut pas pour ce fichier", "option --%s does not apply to this file"
#define M_NETWORK_MEMORY "mémoire : au plus %s Mio", "memory: at most %s MiB"
#define M_NETWORK_WRITTEN "réseau écrit : %s (%s Mio)", "network written: %s (%s MiB)"
#define M_NETWORK_COUNTS                                                                           \
    "  nœuds : %s ; arcs : %s ; composantes : %s", "  nodes: %s; arcs: %s; components: %s"
#define M_NETWORK_MAIN                                                                             \
    "  composante principale : %s nœuds (%s %%) ; les points s’y rattachent jusqu’à %u m",         \
        "  main component: %s nodes (%s %%); points snap to it, up to %u m away"
#define M_NETWORK_UNPLACED                                                                              \
    "  composante principale : %s nœuds (%s %%) ; sans positions, seuls des numéros de nœuds s’y " \
    "rattachent",                                                                                       \
        "  main component: %s nodes (%s %%); without positions, only node ids lead to it"
#define M_NETWORK_SPLIT                                                                            \
    "  %s nœuds de carrefours dédoublés par les interdictions de tourner",                         \
        "  %s nodes of junctions split by turn restrictions"
#define M_NETWORK_TIME "  temps en %s%.0s, longueurs : %s%.0s", "  times in %.0s%s, lengths: %.0s%s"
#define M_NETWORK_SHORTCUTS "  hiérarchie : %s arcs", "  hierarchy: %s arcs"
#define M_NETWORK_NO_SHORTCUTS "  sans hiérarchie", "  without a hierarchy"

/* --- bassin plugins --- */
#define M_PLUGINS_VERSION "version %s", "version %s"
#define M_PLUGINS_BUILTIN "fourni avec bassin", "ships with bassin"
#define M_PLUGINS_FOREIGN "ajouté : %s", "added: %s"
#define M_PLUGINS_APART                                                                            \
    "s’exécute isolé, dans ses propres processus (%s) : ni fichier, ni réseau, ni autre "    \
    "programme",                                                                                   \
        "runs isolated, in processes of its own (%s): no file, no network, no other program"
#define M_PLUGINS_PROGRAM                                                                          \
    "lance le programme %s, isolé (%s) : pas de réseau ; il écrit dans un dossier à lui",          \
        "runs the program %s, isolated (%s): no network; it writes in a folder of its own"
#define M_PLUGINS_HERE                                                                             \
    "s’exécute dans le programme, sans isolation, avec vos droits",                                \
        "runs in the program, without isolation, with your rights"
#define M_PLUGINS_PARAMS "Paramètres :", "Parameters:"
#define M_PLUGINS_INPUTS "Colonnes lues :", "Columns read:"
#define M_PLUGINS_OUTPUTS "Colonnes produites :", "Columns made:"
#define M_PLUGINS_ASSUMED "hypothèse", "assumed"
#define M_PLUGINS_BY_DEFAULT "par défaut", "default"
#define M_PLUGINS_OPTIONAL "facultatif", "optional"

/* --- bassin plugin --- */
#define M_PLUGIN_NEEDS_FILE                                                                        \
    "plugin check : donnez un indicateur, par exemple « bassin plugin check "                     \
    "build/fr.labo.indicateur.so »",                                                               \
        "plugin check: name a plugin, for example 'bassin plugin check "                           \
        "build/org.lab.indicator.so'"
#define M_PLUGIN_NO_FILE                                                                           \
    "plugin check : « %s » n’est pas un fichier ; vérifiez le chemin",                             \
        "plugin check: '%s' is not a file; look at the path"
#define M_PLUGIN_NEEDS_ID                                                                          \
    "plugin new : donnez un identifiant, par exemple « bassin plugin new fr.labo.indicateur »",    \
        "plugin new: name an id, for example 'bassin plugin new org.lab.indicator'"
#define M_VERDICT_GOOD "bon", "good"
#define M_VERDICT_WARNING "à voir", "look"
#define M_VERDICT_SKIPPED "non essayé : %s (%s)", "not tried: %s (%s)"
#define M_VERDICT_SKIPPED_MANY "%zu points non essayés : %s", "%zu checks not tried: %s"
#define M_VERDICT_BAD "MAUVAIS", "BAD"
#define M_VERDICT_FAILED "ÉCHEC", "FAILED"
#define M_PLUGIN_CONFORMS "%s : conforme", "%s: it conforms"
#define M_PLUGIN_CONFORMS_NOT "%s : non conforme", "%s: it does not conform"
#define M_PLUGIN_RUN_FAILED "%s : a échoué pendant un calcul", "%s: it failed while it ran"
#define M_PLUGIN_NEW_ID                                                                                   \
    "plugin new : « %s » n’est pas un identifiant d’indicateur : un domaine à l’envers puis un " \
    "nom, minuscules ASCII, chiffres, « _ » et « - », 64 signes au plus : fr.labo.indicateur",            \
        "plugin new: '%s' is no id of an indicator: a domain the other way round then a name, "           \
        "ASCII lower case, digits, '_' and '-', 64 characters at most: org.lab.indicator"
#define M_PLUGIN_NEW_PIPE                                                                          \
    "plugin new : --pipe attend python, et non « %s »", "plugin new: --pipe wants python, not "    \
                                                        "'%s'"
#define M_PLUGIN_NEW_THERE                                                                         \
    "« %s » existe déjà : rien n’a été écrit ; donnez un autre dossier avec -o",                   \
        "'%s' exists already: nothing was written; name another folder with -o"
#define M_PLUGIN_NEW_TEMPLATE                                                                      \
    "le modèle « %s » manque : réinstallez bassin",                                                \
        "the template '%s' is missing: install bassin again"
#define M_PLUGIN_NEW_WRITTEN "%s est écrit. Ensuite :", "%s is written. Next:"

#endif
