/* engine/messages.h: texts of the run file and of the main path, French then English. */
#ifndef ENGINE_MESSAGES_H
#define ENGINE_MESSAGES_H

/* --- YAML --- */
#define M_YAML_EMPTY "fichier d’exécution vide", "empty run file"
#define M_YAML_UNREADABLE "YAML illisible", "unreadable YAML"
#define M_YAML_SYNTAX "faute de syntaxe YAML : %s", "YAML syntax error: %s"
#define M_YAML_SIZE "fichier d’exécution de plus de %d octets", "run file of more than %d bytes"
#define M_YAML_NOT_TEXT                                                                            \
    "ce n’est pas du texte UTF-8 : enregistrez ce fichier en UTF-8",                               \
        "not UTF-8 text: save this file as UTF-8"
#define M_YAML_DEPTH "plus de %d niveaux imbriqués", "more than %d nested levels"
#define M_YAML_KEYS "%zu clés dans un même bloc, au plus %d", "%zu keys in one mapping, at most %d"
#define M_YAML_SECOND                                                                              \
    "un seul document par fichier d’exécution : retirez le second « --- »",                        \
        "one document per run file: remove the second \"---\""
#define M_YAML_PLAIN                                                                               \
    "« %s » : ancres, alias, étiquettes et clés composées ne servent pas ici ; écrivez la valeur", \
        "\"%s\": anchors, aliases, tags and complex keys are not used here; write the value"
#define M_YAML_REPEATED                                                                            \
    "clé « %s » donnée deux fois (déjà en %llu:%llu)",                                             \
        "key \"%s\" given twice (already at %llu:%llu)"

/* --- run file --- */
/* a section is named in French and in English: each text shows its own */
#define M_RUN_FILE_UNKNOWN_NEAR                                                                    \
    "clé inconnue « %s » dans « %s%.0s » ; vouliez-vous dire « %s » ?",                            \
        "unknown key %s in %.0s%s; did you mean %s?"
#define M_RUN_FILE_UNKNOWN                                                                         \
    "clé inconnue « %s » dans « %s%.0s » ; « bassin schema --page » les décrit toutes",            \
        "unknown key %s in %.0s%s; \"bassin schema --page\" describes them all"
#define M_RUN_FILE_UNKNOWN_PART                                                                    \
    "clé inconnue « %s » dans « %s » ; vouliez-vous dire « %s » ?",                                \
        "unknown key %s in %s; did you mean %s?"
#define M_RUN_FILE_MISSING "clé « %s » absente de « %s%.0s »", "missing key %s in %.0s%s"
#define M_RUN_FILE_NO_COMMUNES                                                                     \
    "il manque les communes : territory: {communes: {file: ...}}, ou places",                      \
        "the communes are missing: territory: {communes: {file: ...}}, or places"
#define M_RUN_FILE_TWICE                                                                           \
    "« %s » redonne ce qui est déjà donné à la ligne %llu ; gardez l’un des deux",                 \
        "%s gives again what line %llu already gives; keep one of them"
#define M_RUN_FILE_NOT_MAPPING                                                                     \
    "« %s%.0s » attend des clés : {clé: valeur, ...}", "%.0s%s wants keys: {key: value, ...}"
#define M_RUN_FILE_NOT_LIST "« %s » attend une liste : - ...", "%s wants a list: - ..."
#define M_RUN_FILE_NOT_VALUE "« %s » attend une seule valeur", "%s wants a single value"
#define M_RUN_FILE_NO_VALUE "« %s » n’a pas de valeur", "%s has no value"
#define M_RUN_FILE_RANGE "%s hors de l’intervalle %s..%s : %s", "%s out of range %s..%s: %s"
#define M_RUN_FILE_NUMBER "%s : « %s » n’est pas un nombre", "%s: \"%s\" is not a number"
#define M_RUN_FILE_WHOLE                                                                           \
    "%s : « %s » n’est pas un nombre entier", "%s: \"%s\" is not a whole number"
#define M_RUN_FILE_SEED                                                                            \
    "%s : « %s » n’est pas un entier de 0 à 18446744073709551615",                                 \
        "%s: \"%s\" is not a whole number from 0 to 18446744073709551615"
#define M_RUN_FILE_QUANTITY                                                                        \
    "%s : « %s » n’est pas une %s%.0s ; écrivez par exemple « %s »",                               \
        "%s: \"%s\" is not a %.0s%s; write for example \"%s\""
#define M_RUN_FILE_DURATION "durée", "duration"
#define M_RUN_FILE_DISTANCE "distance", "distance"
#define M_RUN_FILE_MEMORY "taille de mémoire", "size of memory"
#define M_RUN_FILE_CHOICE                                                                          \
    "%s : « %s » inconnu ; valeurs possibles : %s", "%s: unknown value \"%s\"; possible values: "  \
                                                    "%s"
#define M_RUN_FILE_DATE                                                                            \
    "%s : « %s » n’est pas une date AAAA-MM-JJ", "%s: \"%s\" is not a date YYYY-MM-DD"
#define M_RUN_FILE_CRS                                                                             \
    "%s : « %s » n’est pas un système de coordonnées ; écrivez EPSG:2154 par exemple",             \
        "%s: \"%s\" is no coordinate system; write EPSG:2154 for example"
#define M_RUN_FILE_ADDRESS                                                                         \
    "« %s » attend une à trois colonnes : [numéro et rue, code postal, commune]",                  \
        "\"%s\" wants one to three columns: [number and street, postcode, commune]"
#define M_RUN_FILE_POINT                                                                           \
    "« %s » attend deux colonnes : [longitude, latitude]",                                         \
        "%s wants two columns: [longitude, latitude]"
#define M_RUN_FILE_KIND_MAP                                                                        \
    "« %s » : map attend des paires {valeur du fichier: genre}",                                   \
        "%s: map wants pairs {value of the file: kind}"
#define M_RUN_FILE_REMOTE                                                                          \
    "« %s » : seuls les fichiers ordinaires de cette machine se lisent ; téléchargez-le d’abord",  \
        "%s: only local regular files are read; download it first"
#define M_RUN_FILE_PLUGIN_PATH                                                                        \
    "« %s » : un indicateur ajouté est un identifiant, ou un fichier d’un dossier du chemin de " \
    "recherche (BASSIN_PLUGIN_PATH)",                                                                 \
        "%s: a plugin is an id or a file inside a folder of the search path (BASSIN_PLUGIN_PATH)"
/* key, then what it is in French and in English: each text shows its own */
#define M_RUN_FILE_LATER                                                                           \
    "« %s » : cette version de bassin ne le fait pas encore (%s%.0s) ; retirez cette clé",         \
        "%s: this version of bassin does not do it yet (%.0s%s); remove this key"
#define M_RUN_FILE_LATER_NOTE                                                                      \
    "« %s » : cette version de bassin ne le fait pas encore (%s%.0s) ; la clé est sans effet",     \
        "%s: this version of bassin does not do it yet (%.0s%s); the key has no effect"
#define M_RUN_FILE_NO_PDF                                                                          \
    "pdf : cette version n’imprime pas de PDF ; report.html s’imprime depuis un navigateur",       \
        "pdf: this version prints no PDF; print report.html from a browser"
#define M_RUN_FILE_SETTING                                                                         \
    "une valeur, une liste de valeurs, ou une valeur par fonction {g: 20 min} est attendue",       \
        "a value, a list of values, or a value per function {g: 20 min} is expected"
#define M_RUN_FILE_SETTINGS                                                                        \
    "« %s » attend des paramètres : {nom: valeur}, ou {} pour les valeurs par défaut",             \
        "%s wants parameters: {name: value}, or {} for the defaults"
#define M_RUN_FILE_INDICATORS                                                                       \
    "« indicators » attend au moins un indicateur : {coverage: {}} ; sans cette clé, tous ceux " \
    "que les données permettent",                                                                   \
        "indicators wants at least one indicator: {coverage: {}}; without this key, all that the "  \
        "data allow"
#define M_RUN_FILE_MODE_TWICE "mode « %s » donné deux fois", "mode %s given twice"
#define M_RUN_FILE_MODE_SOURCE                                                                     \
    "mode « %s » : donnez network (un réseau), matrix (une matrice de temps) ou, pour la "      \
    "voiture, "                                                                                    \
    "estimate: crow-fly",                                                                          \
        "mode %s: give network (roads), matrix (times) or, for the car, estimate: crow-fly"
#define M_RUN_FILE_MODE_SEVERAL                                                                    \
    "mode « %s » : plusieurs de network, matrix et estimate ; gardez l’un d’eux",                  \
        "mode %s: several of network, matrix and estimate; keep one of them"
#define M_RUN_FILE_MODE_ESTIMATE                                                                     \
    "mode « %s » : l’estimation à vol d’oiseau ne vaut que pour la voiture, dont elle a les " \
    "vitesses ; donnez network ou matrix",                                                           \
        "mode %s: the crow-fly estimate only holds for the car, whose speeds it has; give "          \
        "network "                                                                                   \
        "or matrix"
#define M_RUN_FILE_MODE_TRANSIT                                                                          \
    "mode « %s » : les transports en commun n’ont pas de réseau ici ; donnez matrix (d’OSRM, de " \
    "r5, ou la vôtre)",                                                                                  \
        "mode %s: transit has no network here; give matrix (of r5, or your own)"
#define M_RUN_FILE_NETWORK_KIND                                                                     \
    "« %s » : un réseau est un fichier .net de bassin network, un extrait OpenStreetMap (.pbf, " \
    ".osm) ou une couche de lignes (.gpkg, .shp, .geojson)",                                        \
        "%s: a network is a .net file of bassin network, an OpenStreetMap extract (.pbf, .osm) "    \
        "or "                                                                                       \
        "a layer of lines (.gpkg, .shp, .geojson)"
#define M_RUN_FILE_NETWORK_BUILT                                                                   \
    "« %s » est déjà bâti : %s ne le change plus ; donnez-le à bassin network",                    \
        "%s is built already: %s changes nothing in it; give it to bassin network"
#define M_RUN_FILE_NETWORK_LINES                                                                   \
    "« %s » n’est pas une couche de lignes : %s ne s’y rapporte pas",                              \
        "%s is no layer of lines: %s has no meaning for it"
#define M_RUN_FILE_NETWORK_ONLY                                                                    \
    "« %s » ne vaut que pour un réseau (network)", "%s only holds for a network"
#define M_RUN_FILE_SPEED                                                                           \
    "vitesse de « %s » : « %s » n’est pas un nombre de km/h, de 0 à %d",                           \
        "speed of \"%s\": \"%s\" is no number of km/h, from 0 to %d"
#define M_RUN_FILE_SPEEDS                                                                          \
    "« %s » attend une vitesse par classe : {classe: km/h}",                                       \
        "%s wants a speed by class: {class: km/h}"
#define M_RUN_FILE_TRAVEL_DEFAULT                                                                  \
    "sans « travel » : voiture, estimation à vol d’oiseau, limite de 60 min",                      \
        "without travel: car, crow-fly estimate, limit of 60 min"
#define M_RUN_FILE_EPOCH                                                                           \
    "SOURCE_DATE_EPOCH « %s » n’est pas un nombre de secondes : aucune date n’est imprimée",       \
        "SOURCE_DATE_EPOCH \"%s\" is not a number of seconds: no date is printed"

/* --- command-line overrides --- */
#define M_PARAM_SHAPE                                                                              \
    "--param « %s » : écrivez indicateur.paramètre=valeur",                                        \
        "--param \"%s\": write indicator.parameter=value"
#define M_PARAM_INDICATOR                                                                               \
    "--param « %s » : « %s » n’est pas dans les indicateurs de cette exécution ; ajoutez-le à " \
    "« indicators » ou à --only",                                                                       \
        "--param \"%s\": %s is not among the indicators of this run; add it to indicators or to "       \
        "--only"
#define M_CACHE_REMOVE "%s : impossible de l’enlever (%s%.0s)", "%s: cannot be removed (%.0s%s)"
#define M_RESUME_NO_CACHE                                                                            \
    "--resume : rien à reprendre, car cette exécution ne garde rien (cache: no, ou aucun dossier " \
    "personnel) ; ôtez --resume, ou donnez un dossier sous cache:",                                  \
        "--resume: nothing to take up, because this run keeps nothing (cache: no, or no home "       \
        "folder); drop --resume, or give a folder under cache:"
#define M_ONLY_EMPTY "--only : donnez au moins un indicateur", "--only: name at least one indicator"

/* --- inputs --- */
#define M_INPUT_NO_SUCH_VENUE                                                                      \
    "aucun lieu de cet identifiant dans la liste", "no venue of that id in the list"
#define M_INPUT_ABSENT                                                                             \
    "« %s » ne se trouve pas (cherché en %s)", "%s is not found (looked for at %s)"
#define M_INPUT_NOT_REGULAR                                                                        \
    "« %s » : seuls les fichiers ordinaires se lisent, et %s n’en est pas un",                     \
        "%s: only local regular files are read, and %s is not one"
#define M_INPUT_UNREADABLE "« %s » ne s’ouvre pas (%s) : %s", "%s does not open (%s): %s"

#define M_SHARES_ABSENT                                                                            \
    "table des facteurs : la ligne « %s » manque", "table of factors: row %s is missing"
#define M_SHARES_SUM                                                                               \
    "table des facteurs : les parts « %s » font %.6f au lieu de 1",                                \
        "table of factors: the shares %s sum to %.6f instead of 1"

/* --- main path --- */
#define M_STEP_SCENARIO "lecture du fichier d’exécution", "reading the run file"
#define M_STEP_INPUTS "lecture des fichiers", "reading the inputs"
#define M_STEP_VINTAGES "passage au millésime pivot", "carrying files to the pivot vintage"
#define M_VINTAGE_NO_PIVOT                                                                         \
    "movements et passage demandent le millésime pivot : écrivez territory.vintage",               \
        "movements and passage want the pivot vintage: write territory.vintage"
#define M_STEP_TERRITORY "construction du territoire", "building the territory"
#define M_STEP_VENUES "placement des lieux", "placing the venues"
#define M_STEP_FLOWS "flux domicile-travail", "commuting flows"
#define M_STEP_SERIES "série des recensements", "series of censuses"
#define M_SERIES_YEAR                                                                              \
    "année du recensement inconnue pour ce fichier de la série : écrivez year:",                   \
        "year of the census unknown for this file of the series: write year:"
#define M_SERIES_TOO_CLOSE                                                                         \
    "%d et %d : moins de cinq ans d’écart ; les recensements s’étalent sur cinq ans, leurs " \
    "enquêtes se recouvrent et ne disent pas d’évolution",                                         \
        "%d and %d: less than five years apart; censuses span five years, their surveys overlap "  \
        "and tell no evolution"
#define M_SERIES_ALONE "une série demande au moins deux années", "a series wants at least two years"
#define M_SERIES_OUTSIDE "hors du périmètre", "outside the perimeter"
#define M_SERIES_UNKNOWN "commune de résidence inconnue", "unknown commune of residence"
#define M_STEP_NETWORKS "réseaux routiers", "road networks"
#define M_STEP_COSTS "temps et distances de parcours", "travel times and distances"
#define M_STEP_PLAN "préparation des indicateurs", "preparing the indicators"
#define M_STEP_RUN "calcul des indicateurs", "computing the indicators"
#define M_STEP_RESULTS "mise en forme des résultats", "shaping the results"
#define M_STEP_WRITE "écriture des résultats", "writing the results"
#define M_STEP_PUBLISH "publication des résultats", "publishing the results"
#define M_RUN_INTERRUPTED                                                                          \
    "interrompu à la demande ; les résultats précédents sont intacts",                             \
        "interrupted on request; the earlier results are intact"
#define M_RUN_STRICT                                                                               \
    "--strict : %s%.0s lignes rejetées, la première %s:%llu « %s » (%s%.0s)",                      \
        "--strict: %.0s%s rejected rows, the first %s:%llu \"%s\" (%.0s%s)"
#define M_RUN_NO_WRITER "format « %s » : absent de ce programme", "format %s: not in this program"
#define M_RUN_WRITER "sortie « %s »", "output %s"
#define M_RUN_PAIRS_MISSING                                                                        \
    "trajets domicile-travail absents de la matrice : %s%.0s couples sur %s%.0s ; leurs temps et " \
    "distances manquent",                                                                          \
        "home-work trips absent from the matrix: %.0s%s pairs out of %.0s%s; their times and "     \
        "distances are missing"
#define M_RUN_PAIRS_WITHOUT_KM                                                                     \
    "trajets domicile-travail sans distance dans la matrice : %s%.0s couples sur %s%.0s",          \
        "home-work trips without a distance in the matrix: %.0s%s pairs out of %.0s%s"
#define M_RUN_NO_AREA                                                                              \
    "%s%.0s communes sans surface connue : leurs trajets internes n’ont pas de distance",          \
        "%.0s%s communes of unknown area: their internal trips have no distance"
#define M_RUN_NO_DENSITY                                                                             \
    "communes de densité inconnue, parcourues à la vitesse des bourgs ruraux (classe 5, 45 km/h) " \
    "dans les temps estimés : %s%.0s ; donnez la grille de densité (territory: density)",            \
        "communes of unknown density, given the speed of rural towns (class 5, 45 km/h) in "         \
        "estimated times: %.0s%s; give the density grid (territory: density)"
#define M_RUN_NO_POPULATION                                                                        \
    "pas de population (population:) : ni part d’habitants, ni taux, ni zone blanche en "        \
    "habitants",                                                                                   \
        "no population (population:): no share of inhabitants, no rate, no white zone in "         \
        "inhabitants"
#define M_RUN_INTRA                                                                                \
    "trajets dans une même commune : 0,905 rayon du disque de surface égale (surface "           \
    "administrative, faute de surface habitée)",                                                   \
        "trips within one commune: 0.905 radius of the disc of equal area (administrative area, "  \
        "for want of the inhabited area)"
#define M_RUN_INTRA_CELLS                                                                                 \
    "distances domicile-travail : moyennes entre carreaux, pondérées par leurs habitants (au "          \
    "plus quatre points par commune entre deux communes) ; dans une même commune, entre tous ses "       \
    "carreaux, à vol d’oiseau et avec le détour, les emplois y étant supposés répartis comme les " \
    "habitants",                                                                                          \
        "home-work distances: means between cells, weighted by their inhabitants (at most four "          \
        "points a commune between two communes); within one commune, between all its cells, in a "        \
        "straight line and with the detour, jobs being taken to lie where inhabitants do"
#define M_RUN_INTRA_INSEE                                                                          \
    "trajets dans une même commune : distance 0, comme dans les chiffres publiés par l’INSEE",     \
        "trips within one commune: distance 0, as in the figures that INSEE publishes"
/* --- networks --- */
#define M_NETWORK_NO_MAP                                                                             \
    "« %s » vient d’un graphe sans longitudes et latitudes : une exécution en demande (bassin " \
    "network --coordinates) ; bassin travel se sert du graphe tel quel",                             \
        "%s comes from a graph without longitudes and latitudes: a run wants them (bassin "          \
        "network "                                                                                   \
        "--coordinates); bassin travel uses the graph as it is"
#define M_NETWORK_OTHER_MODE                                                                           \
    "« %s » est bâti pour le mode %s, et il est donné au mode %s ; bâtissez-en un autre (bassin " \
    "network --profile)",                                                                              \
        "%s is built for mode %s and given to mode %s; build another one (bassin network "             \
        "--profile)"
#define M_NETWORK_LINES_PROFILE                                                                    \
    "« %s » est une couche de lignes : son profil est car, bike ou foot ; un fichier de profil " \
    "ne "                                                                                          \
    "vaut que pour OpenStreetMap",                                                                 \
        "%s is a layer of lines: its profile is car, bike or foot; a profile file only holds for " \
        "OpenStreetMap"
#define M_NETWORK_LINES_URBAN                                                                      \
    "« %s » est une couche de lignes, qui porte ses propres vitesses : urban ne s’y applique pas", \
        "%s is a layer of lines, which has its own speeds: urban does not apply to it"
#define M_CACHE_NOTES                                                                              \
    "messages du réseau gardé illisibles", "unreadable messages of the kept network"
#define M_CACHE_DAMAGED                                                                            \
    "réseau gardé en réserve abîmé, il est rebâti : %s%.0s",                                       \
        "kept network damaged, it is built again: %.0s%s"
#define M_CACHE_UNWRITABLE                                                                              \
    "le dossier de réserve ne peut être écrit : le réseau est bâti en mémoire et le sera encore " \
    "à "                                                                                               \
    "la prochaine exécution (cache: un autre dossier, ou no)",                                          \
        "the cache folder cannot be written: the network is built in memory, and will be again "        \
        "by "                                                                                           \
        "the next run (cache: another folder, or no)"
/* --- end of run --- */
#define M_SUMMARY_COLON " : ", ": "
#define M_SUMMARY_BETWEEN "entre", "between"
#define M_SUMMARY_AND "et", "and"
#define M_RUN_TIMINGS                                                                              \
    "le journal des durées n’a pas pu s’écrire", "the log of timings could not be written"

/* --- what a data file is --- */
#define M_INSPECT_AS_IT_IS "%s%.0s", "%.0s%s"
#define M_INSPECT_DAMAGED                                                                          \
    "encodage abîmé avant ce fichier : premiers octets en cause %s, dans « %s »",                  \
        "encoding broken before this file: first offending bytes %s, in \"%s\""
#define M_INSPECT_NAME                                                                             \
    "nom de fichier trop long dans l’archive : %s", "file name too long in the archive: %s"
#define M_INSPECT_FOLDER                                                                           \
    "le dossier temporaire %s ne peut être créé : vérifiez TMPDIR",                                \
        "the temporary folder %s cannot be made: check TMPDIR"
#define M_INSPECT_PACK_EMPTY "archive sans fichier", "archive without a file"
#define M_INSPECT_PACK_UNKNOWN                                                                     \
    "aucun fichier de l’archive n’est reconnu", "no file of the archive is recognised"
#define M_INSPECT_PACK_SEVERAL                                                                        \
    "plusieurs fichiers dans l’archive : une exécution en lit un, nommé par member: (un .zip) ; " \
    "décompressez les autres archives",                                                               \
        "several files in the archive: a run reads one, named by member: (a .zip); unpack other "     \
        "archives"

#endif
