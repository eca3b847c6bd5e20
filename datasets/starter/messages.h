/* datasets/starter/messages.h: what the run file written by `bassin init` says, French then
 * English.
 */
#ifndef STARTER_MESSAGES_H
#define STARTER_MESSAGES_H

/* --- refusals --- */
#define M_START_EXISTS                                                                             \
    "ce fichier existe déjà ; rien n’y est touché : donnez un autre nom (-o) ou supprimez-le",     \
        "this file exists; nothing in it is touched: give another name (-o) or delete it"
#define M_START_NO_COMMUNES                                                                        \
    "pas de fichier de communes (contours ou points) dans ce dossier ; d’abord : bassin fetch %s", \
        "no file of communes (outlines or points) in this folder; first: bassin fetch %s"
#define M_START_EMPTY_LIST "liste de lieux vide", "empty list of venues"
#define M_START_NO_NAME                                                                            \
    "aucune colonne ne semble nommer les lieux ; ajoutez-en une, « nom »",                         \
        "no column seems to name the venues; add one, 'name'"
#define M_START_FOLDER                                                                             \
    "le dossier « %s » ne s’ouvre pas : %s%.0s", "cannot open the folder '%s': %.0s%s"

#define M_START_PARQUET_LIST                                                                       \
    "une liste de lieux en Parquet n’est pas devinée : enregistrez-la en CSV ou en classeur",      \
        "a list of venues in Parquet is not guessed: save it as CSV or as a workbook"

/* --- the head --- */
#define M_START_HEAD                                                                               \
    "Fichier d’exécution écrit par « bassin init » : un début, à relire et à corriger.",           \
        "Run file written by 'bassin init': a beginning, to be read again and mended."
#define M_START_HEAD_CHECK                                                                         \
    "D’abord « bassin check %s », puis « bassin run ». Chaque clé : docs/fichier-execution.md.",   \
        "First 'bassin check %s', then 'bassin run'. Every key: docs/run-file.md."
#define M_START_HEAD_GUESSES                                                                           \
    "Après une colonne devinée : combien de lignes sont remplies, sur combien. « Doute » signale " \
    "ce qui mérite un regard.",                                                                        \
        "After a guessed column: how many rows are filled, of how many. 'Doubt' marks what "           \
        "deserves a look."

/* --- files --- */
#define M_START_FROM_CATALOGUE "%s, %s ; %s, %s (catalogue : %s)", "%s, %s; %s, %s (catalogue: %s)"
#define M_START_BY_HEADER "%s, reconnu à son en-tête : %s", "%s, recognised by its header: %s"
#define M_START_ROADS "%s, routes OpenStreetMap", "%s, OpenStreetMap roads"
#define M_START_NO_GEOGRAPHY                                                                       \
    "Le millésime du code géographique de ce fichier n’est pas connu : ajoutez « vintage: "   \
    "<année> » si vous le savez.",                                                                 \
        "The year of the geographic code of this file is not known: add 'vintage: <year>' if you " \
        "know it."
#define M_START_NO_GEOGRAPHY_EITHER                                                                \
    "Millésime du code géographique : pas connu non plus.",                                        \
        "Year of the geographic code: not known either."
#define M_START_CELLS                                                                              \
    "Des carreaux sont là ; ôtez le # pour qu’ils placent le point de chaque commune (as: "    \
    "points) "                                                                                     \
    "ou soient eux-mêmes les lieux de vie du calcul (as: places, plus long).",                     \
        "Cells are there; take the # away so that they place the point of each commune "           \
        "(as: points), or are themselves the places of the run (as: places, longer)."
#define M_START_KEEP "Le périmètre : %s.", "The perimeter: %s."
#define M_START_MARGIN                                                                                 \
    "Au-delà du périmètre, les communes et les lieux à cette distance comptent dans l’offre et " \
    "la demande, sans entrer dans les tableaux.",                                                      \
        "Beyond the perimeter, communes and venues within this distance count in supply and "          \
        "demand, without entering the tables."
#define M_START_PIVOT                                                                              \
    "Le millésime pivot : celui des contours.", "The pivot vintage: that of the outlines."
#define M_START_MOVEMENTS                                                                          \
    "Chaque fichier passe de son millésime au pivot : communes fusionnées, partagées, codes "   \
    "changés.",                                                                                    \
        "Each file is carried from its vintage to the pivot: communes merged, split, codes "       \
        "changed."
#define M_START_MOVEMENTS_LATER                                                                    \
    "Avec le millésime pivot (vintage: ANNÉE, celui des contours), chaque fichier y est ramené.",  \
        "With the pivot vintage (vintage: YEAR, that of the outlines), each file is brought to "   \
        "it."
#define M_START_NO_POPULATION                                                                        \
    "population: {file: …}  (aucun fichier de population dans le dossier : les taux par habitant " \
    "manqueront)",                                                                                   \
        "population: {file: ...}  (no population file in the folder: rates per inhabitant will "     \
        "be missing)"
#define M_START_NO_FLOWS                                                                           \
    "flows: {file: …}  (aucun fichier de flux domicile-travail dans le dossier)",                  \
        "flows: {file: ...}  (no file of commuting flows in the folder)"
#define M_START_NO_DETAIL                                                                          \
    "detail: {file: …}  (pas de fichier détail MOBPRO lisible ici : les parts par mode et "     \
    "catégorie sont des moyennes nationales supposées)",                                           \
        "detail: {file: ...}  (no MOBPRO detail file that can be read here: shares by mode and "   \
        "occupation are assumed national means)"
#define M_START_NO_VENUES                                                                          \
    "venues: […]  (aucune liste de lieux : « bassin init TERRITOIRE mes_lieux.xlsx » en lit une)", \
        "venues: [...]  (no list of venues: 'bassin init TERRITORY my_venues.xlsx' reads one)"
#define M_START_NO_ROADS                                                                           \
    "Pas de routes dans le dossier : ligne droite allongée, à remplacer par « network: "        \
    "<extrait>.osm.pbf ».",                                                                        \
        "No roads in the folder: straight line made longer, to be replaced by 'network: "          \
        "<extract>.osm.pbf'."
#define M_START_SEVERAL_ROADS                                                                           \
    "%zu extraits de routes sont là et un mode n’en lit qu’un : réunissez-les (osmium merge) et " \
    "écrivez « network: <réunion>.osm.pbf » à la place de « estimate: crow-fly ».",                     \
        "%zu extracts of roads are there and a mode reads one: merge them (osmium merge) and "          \
        "write 'network: <merged>.osm.pbf' in place of 'estimate: crow-fly'."
#define M_START_INDICATORS                                                                          \
    "Sans cette clé, tous les indicateurs que les données permettent ; « bassin plugins » les " \
    "liste.",                                                                                       \
        "Without this key, all the indicators that the data allow; 'bassin plugins' lists them."
#define M_START_UNUSED                                                                             \
    "Fichiers du dossier qui ne sont pas nommés ci-dessus :",                                      \
        "Files of the folder that are not named above:"
#define M_START_UNUSED_FILE "%s (%s : un autre a été préféré)", "%s (%s: another one was preferred)"
#define M_START_UNNAMED_FILE                                                                       \
    "%s (%s : à nommer sous sa clé, si vous en voulez)",                                           \
        "%s (%s: to be named under its key, if you want it)"
#define M_START_CANNOT_READ "%s%s%s (illisible : %s)", "%s%s%s (cannot be read: %s)"
#define M_START_UNREAD_FILE                                                                        \
    "%s%s%s (rien ne le lit dans cette version)", "%s%s%s (nothing reads it in this version)"

/* --- the list of venues --- */
#define M_START_USER_LIST                                                                          \
    "Votre liste : %zu lignes, %zu colonnes.", "Your list: %zu rows, %zu columns."
#define M_START_NO_ID                                                                              \
    "id: …  (aucune colonne d’identifiant : chaque lieu aura celui de sa ligne, avec un "      \
    "avertissement)",                                                                              \
        "id: ...  (no column of ids: each venue gets that of its row, with a warning)"
#define M_START_KINDS                                                                              \
    "Ce que chaque texte veut dire ; « ? » : deviné d’après un mot. Codes : taxonomy.csv.",        \
        "What each text stands for; '?': guessed from a word. Codes: taxonomy.csv."
#define M_START_KIND_UNKNOWN "à préciser", "to be told"
#define M_START_KINDS_MORE "et %zu autres textes, à compléter", "and %zu other texts, to be added"
#define M_START_NO_KIND                                                                            \
    "kind: ACT.COWORK  (aucune colonne de genre : sans cette clé, chaque lieu est du genre "      \
    "XXX.AUTRE, qui n’offre aucune fonction)",                                                     \
        "kind: ACT.COWORK  (no column of kinds: without this key, each venue is of kind "          \
        "XXX.AUTRE, which offers no function)"
#define M_START_BY_FUNCTIONS                                                                       \
    "Aucune colonne de genre : les fonctions déclarées suffisent.",                                \
        "No column of kinds: the functions declared are enough."
#define M_START_POINTS "Les positions sont celles du fichier.", "Positions are those of the file."
#define M_START_SWAPPED                                                                            \
    "Doute : les latitudes et les longitudes semblent échangées ; remises à l’endroit.",           \
        "Doubt: latitudes and longitudes seem swapped; put right."
#define M_START_NO_POSTCODES                                                                       \
    "Doute : sans table des codes postaux (bassin fetch), ces lieux ne seront pas placés.",        \
        "Doubt: without the table of postcodes (bassin fetch), these venues will not be placed."
#define M_START_NOWHERE                                                                            \
    "Doute : ni position, ni code de commune, ni code postal : ces lieux ne seront pas placés.",   \
        "Doubt: no position, code of commune or postcode: these venues will not be placed."
#define M_START_ADDRESS                                                                             \
    "La colonne « %s » semble une adresse ; avec les adresses du département (bassin fetch … " \
    "--only ban-adresses), elle placera les lieux.",                                                \
        "Column '%s' seems to be an address; with the addresses of the département (bassin fetch " \
        "... --only ban-adresses), it will place the venues."
#define M_START_NO_STATUS                                                                          \
    "Aucune colonne d’état : tous ouverts. Autres valeurs : project, candidate, closed.",          \
        "No column of status: all open. Other values: project, candidate, closed."
#define M_START_IGNORED "Colonnes laissées : %s", "Columns left: %s"
#define M_START_DOUBT_ZERO                                                                         \
    "Doute : « %s » a des codes de quatre chiffres (un tableur a perdu le zéro de 01004) ; "    \
    "bassin les refusera.",                                                                        \
        "Doubt: '%s' has codes of four digits (a spreadsheet lost the zero of 01004); bassin "     \
        "will refuse them."
#define M_START_DOUBT_NUMBERS                                                                      \
    "Doute : des valeurs de « %s » ne sont pas des nombres ; bassin les refusera.",                \
        "Doubt: some values of '%s' are no numbers; bassin will refuse them."
#define M_START_DOUBT_UNIQUE                                                                       \
    "Doute : « %s » n’est pas rempli partout, ou se répète.",                                      \
        "Doubt: '%s' is not filled everywhere, or repeats."
#define M_START_DOUBT_ANOTHER "Doute : « %s », ou « %s » ?", "Doubt: '%s', or '%s'?"
#define M_START_DOUBT_VALUES                                                                       \
    "Doute : les valeurs de « %s » n’y ressemblent pas toutes.",                                   \
        "Doubt: the values of '%s' do not all look like it."

#endif
