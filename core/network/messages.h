/* network/messages.h: what this room says to people, in French and in English. */
#ifndef NETWORK_MESSAGES_H
#define NETWORK_MESSAGES_H

/* --- reading OSM files --- */
#define M_ROADS_DUPLICATES                                                                         \
    "%llu nœuds donnés plusieurs fois : la première position est gardée",                          \
        "%llu nodes given several times: the first position is kept"
#define M_ROADS_MISSING_NODES                                                                      \
    "%llu passages de routes par des nœuds absents du fichier (bord de l’extrait) : routes "   \
    "coupées là",                                                                                  \
        "%llu road references to nodes absent from the file (edge of the extract): roads are cut " \
        "there"
#define M_ROADS_NONE                                                                               \
    "aucune route (clé « highway ») dans le fichier", "no road (key \"highway\") in the file"
#define M_ROADS_TOO_LARGE                                                                          \
    "fichier routier trop grand : plus de %llu nœuds, arcs ou étiquettes",                         \
        "road file too large: more than %llu nodes, arcs or tags"
#define M_XML_PACKED                                                                               \
    "décompression impossible (%s) ; fichier endommagé, à télécharger de nouveau",                 \
        "cannot be unpacked (%s); the file is damaged, download it again"
#define M_XML_RATIO                                                                                   \
    "plus de %llu Mio une fois décompressé (limite : %d fois la taille du fichier) ; ce n’est " \
    "pas "                                                                                            \
    "un extrait OpenStreetMap",                                                                       \
        "more than %llu MiB once unpacked (limit: %d times the size of the file); not an "            \
        "OpenStreetMap extract"
#define M_XML_BROKEN                                                                               \
    "XML mal formé (%s) ; fichier coupé ou endommagé, à télécharger de nouveau",                   \
        "broken XML (%s); the file is cut short or damaged, download it again"
#define M_XML_ROOT                                                                                 \
    "élément « %s » au lieu de « osm » : ce n’est pas un fichier OpenStreetMap",                   \
        "element \"%s\" instead of \"osm\": not an OpenStreetMap file"
#define M_XML_DOCTYPE                                                                              \
    "type de document (DOCTYPE) refusé : un fichier OpenStreetMap n’en a pas",                     \
        "document type (DOCTYPE) refused: an OpenStreetMap file has none"
#define M_XML_DEPTH                                                                                \
    "plus de %d éléments emboîtés : ce n’est pas un fichier OpenStreetMap",                        \
        "more than %d nested elements: not an OpenStreetMap file"
#define M_XML_LONG                                                                                 \
    "élément ou texte de plus de %u Kio : ce n’est pas un fichier OpenStreetMap",                  \
        "element or text of more than %u KiB: not an OpenStreetMap file"
#define M_XML_ID                                                                                   \
    "« %s » sans identifiant entier (id) : le corriger ou l’enlever",                              \
        "\"%s\" without a whole number as id: correct or remove it"
#define M_XML_POSITION                                                                             \
    "le nœud %lld n’a pas de position sur la Terre (lon de -180 à 180, lat de -90 à 90)",          \
        "node %lld has no position on Earth (lon from -180 to 180, lat from -90 to 90)"
#define M_XML_TAG                                                                                  \
    "étiquette de %lld sans clé (k) ou sans valeur (v)",                                           \
        "tag of %lld without a key (k) or a value (v)"
#define M_XML_REF                                                                                  \
    "membre de %lld sans identifiant entier (ref) ou sans type",                                   \
        "member of %lld without a whole number as ref, or without a type"
#define M_PBF_WRITE "écriture du fichier OSM PBF", "writing the OSM PBF file"
#define M_PBF_WRITE_NODE                                                                           \
    "nœud %lld : position non valide, ou identifiants non croissants",                             \
        "node %lld: invalid position, or ids not ascending"
#define M_PBF_WRITE_WAY                                                                            \
    "chemin %lld : étiquette sans clé ou sans valeur", "way %lld: tag without key or value"
#define M_ROADS_BLOCK                                                                              \
    "réponse incohérente du lecteur de routes", "inconsistent answer of the road reader"
#define M_ROADS_WORKER "lecture des routes", "reading the roads"

/* --- reading DIMACS graphs --- */
#define M_DIMACS_LINE                                                                                   \
    "ligne inattendue : une ligne commence par « %c », par « c » (commentaire) ou par « p », et " \
    "rien ne suit ses nombres",                                                                         \
        "unexpected line: a line begins with \"%c\", \"c\" (a comment) or \"p\", and nothing "          \
        "follows its numbers"
#define M_DIMACS_NUMBER                                                                            \
    "un nombre entier est attendu ici, sans décimale ni séparateur",                               \
        "a whole number is expected here, without decimals or separators"
#define M_DIMACS_NODE                                                                              \
    "nœud %llu : les nœuds vont de %llu à %llu", "node %llu: nodes go from %llu to %llu"
#define M_DIMACS_WEIGHT "poids de %llu : %llu au plus", "weight of %llu: at most %llu"
#define M_DIMACS_POSITION                                                                          \
    "position hors limites : vérifier l’unité (--coordinates-unit m ou udeg)",                     \
        "position out of range: check the unit (--coordinates-unit m or udeg)"
#define M_DIMACS_TWICE "seconde position du nœud %llu", "second position of node %llu"
#define M_DIMACS_MORE "... et %llu autres fautes", "... and %llu more faults"
#define M_DIMACS_PROBLEM                                                                           \
    "la ligne « p » s’écrit « p %s » puis des nombres entiers",                                    \
        "the line \"p\" is written \"p %s\", then whole numbers"
#define M_DIMACS_PROBLEMS "%llu lignes « p » au lieu d’une", "%llu lines \"p\" instead of one"
#define M_DIMACS_LATE                                                                              \
    "la ligne « p %s » vient avant les autres", "the line \"p %s\" comes before the others"
#define M_DIMACS_ARCS                                                                              \
    "%llu arcs annoncés, %llu lignes « a » : fichier incomplet ?",                                 \
        "%llu arcs announced, %llu lines \"a\": is the file complete?"
#define M_DIMACS_NODES                                                                             \
    "positions de %llu nœuds pour un graphe de %llu nœuds",                                        \
        "positions of %llu nodes for a graph of %llu nodes"
#define M_DIMACS_MISSING                                                                           \
    "%llu nœuds sans position, dont le nœud %llu", "%llu nodes without a position, node %llu "     \
                                                   "first"
#define M_DIMACS_LARGE                                                                             \
    "%llu nœuds pour %llu arcs : graphe trop grand, ou nombres erronés",                           \
        "%llu nodes for %llu arcs: the graph is too large, or the numbers are wrong"
#define M_DIMACS_EMPTY "aucune ligne « a » dans le fichier", "no line \"a\" in the file"
#define M_DIMACS_FROM_ZERO                                                                         \
    "pas de ligne « p sp » : les nœuds sont comptés à partir de 0",                                \
        "no line \"p sp\": nodes are counted from 0"
/* --- searching --- */
#define M_SEARCH_CANCELLED "interrompu à la demande", "interrupted on request"

/* --- building the graph --- */
#define M_GRAPH_LONG                                                                               \
    "%llu tronçons de plus de %u km entre deux nœuds voisins laissés de côté (positions "    \
    "erronées)",                                                                                   \
        "%llu segments of more than %u km between two neighbour nodes left out (wrong positions)"
#define M_GRAPH_LARGE                                                                              \
    "réseau trop grand : %llu nœuds et %llu arcs", "network too large: %llu nodes and %llu arcs"
#define M_NETWORK_STOPPED                                                                          \
    "construction du réseau interrompue", "building the network was interrupted"
#define M_BUILD_NO_ROAD                                                                            \
    "aucune route du fichier n’est ouverte par le profil « %s »",                                  \
        "the profile \"%s\" opens no road of the file"
#define M_BUILD_WAY_LONG                                                                           \
    "le chemin %lld est trop long ou trop lent : ses positions sont à vérifier",                   \
        "way %lld is too long or too slow: check its positions"
#define M_BUILD_INTERRUPTED                                                                        \
    "construction du réseau interrompue", "building of the network interrupted"
#define M_BUILD_OTHER_PROFILE                                                                      \
    "routes lues pour un autre profil que « %s » : les lire de nouveau",                           \
        "roads read for another profile than \"%s\": read them again"
#define M_BUILD_CROSSINGS                                                                          \
    "%llu traversées (bacs, navettes) sans durée lisible : vitesse supposée du profil",            \
        "%llu crossings (ferries, shuttles) without a readable duration: the profile’s assumed " \
        "speed"
#define M_BUILD_NO_AREAS                                                                           \
    "couche sans polygones : des contours de zones urbaines sont attendus",                        \
        "layer without polygons: outlines of urban areas are expected"
#define M_BUILD_NOT_URBAN                                                                            \
    "les zones urbaines ne ralentissent aucun tronçon : le profil « %s » n’a pas de règle " \
    "« peak », ou "                                                                              \
    "les zones sont ailleurs",                                                                       \
        "the urban areas slow no stretch down: the profile \"%s\" has no rule \"peak\", or the "     \
        "areas "                                                                                     \
        "are elsewhere"
#define M_LEDGER_CLOSED "fermée à ce mode", "closed to this mode"
#define M_LEDGER_SHORT "moins de deux nœuds dans le fichier", "fewer than two nodes in the file"

/* --- building a network file --- */
#define M_STEP_ROADS "lecture des routes", "reading the roads"
#define M_STEP_COMPONENTS "nœuds, arcs et composantes du réseau", "nodes, arcs and components"
#define M_STEP_HIERARCHY "hiérarchie du réseau", "hierarchy of the network"
#define M_STEP_FILE "écriture du réseau", "writing the network"
#define M_SOURCE_NETWORK                                                                           \
    "c’est déjà un réseau de bassin ; donner le fichier dont il est fait",                         \
        "this is a network of bassin already; give the file that it is made of"
#define M_SOURCE_UNKNOWN                                                                           \
    "fichier non reconnu : un extrait OpenStreetMap (.osm.pbf, .osm), une couche de lignes "       \
    "(.gpkg, .shp, .geojson) ou un graphe DIMACS (.gr) est attendu",                               \
        "file not recognised: an OpenStreetMap extract (.osm.pbf, .osm), a layer of lines "        \
        "(.gpkg, "                                                                                 \
        ".shp, .geojson) or a DIMACS graph (.gr) is expected"
#define M_SOURCE_SEVERAL                                                                           \
    "plusieurs fichiers : seuls des extraits OpenStreetMap se joignent en un réseau",              \
        "several files: only OpenStreetMap extracts are joined into one network"

/* --- profiles --- */
#define M_PROFILE_RULE_NEAR                                                                        \
    "règle « %s » inconnue ; vouliez-vous dire « %s » ?",                                          \
        "unknown rule \"%s\"; did you mean \"%s\"?"
#define M_PROFILE_RULE                                                                             \
    "règle « %s » inconnue ; les règles sont décrites dans docs/reseaux.md",                       \
        "unknown rule \"%s\"; the rules are described in docs/networks.md"
#define M_PROFILE_NEEDS                                                                            \
    "la règle « %s » a besoin de la colonne « %s »", "the rule \"%s\" needs the column \"%s\""
#define M_PROFILE_TAKES_NO                                                                         \
    "la règle « %s » ne prend rien dans la colonne « %s » : la laisser vide",                      \
        "the rule \"%s\" takes nothing in the column \"%s\": leave it empty"
#define M_PROFILE_UNIT                                                                             \
    "règle « %s » : unité « %s », « %s » est attendue",                                            \
        "rule \"%s\": unit \"%s\", \"%s\" is expected"
#define M_PROFILE_RANGE                                                                            \
    "règle « %s » : nombre %g, de %g à %g est attendu",                                            \
        "rule \"%s\": number %g, from %g to %g is expected"
#define M_PROFILE_LONG                                                                             \
    "règle « %s » : clé ou valeur de plus de %d octets",                                           \
        "rule \"%s\": key or value of more than %d bytes"
#define M_PROFILE_REPEATED                                                                         \
    "règle « %s » (%s=%s) donnée deux fois : en garder une",                                       \
        "rule \"%s\" (%s=%s) given twice: keep one"
#define M_PROFILE_NO_NAME                                                                          \
    "profil sans nom : ajouter une ligne « name », par exemple name;;car",                         \
        "profile without a name: add a row \"name\", for instance name;;car"
#define M_PROFILE_NO_SPEED                                                                         \
    "profil sans vitesse : ajouter des lignes « speed », par exemple "                        \
    "speed;highway;residential;25;km/h",                                                           \
        "profile without a speed: add rows \"speed\", for instance "                               \
        "speed;highway;residential;25;km/h"
#define M_PROFILE_BOTH_MAXSPEED                                                                    \
    "« maxspeed_factor » et « maxspeed_cap » ensemble : garder l’une ou l’autre",                  \
        "\"maxspeed_factor\" and \"maxspeed_cap\" together: keep one of them"

/* --- hierarchy --- */
#define M_HIERARCHY_LARGE                                                                          \
    "réseau trop grand pour une hiérarchie : plus de 4 milliards d’arcs",                          \
        "network too large for a hierarchy: more than 4 billion arcs"
#define M_HIERARCHY_DAMAGED                                                                        \
    "hiérarchie du réseau endommagée (nœud %u) : refaites le fichier avec « bassin network »",     \
        "damaged hierarchy of the network (node %u): make the file again with \"bassin network\""

/* --- the network file --- */
#define M_NETFILE_WHERE "« %s »", "'%s'"
#define M_NETFILE_FOREIGN                                                                          \
    "ce n’est pas un réseau de bassin ; construire le réseau avec « bassin network »",             \
        "not a network of bassin; build the network with \"bassin network\""
#define M_NETFILE_SHORT                                                                            \
    "réseau incomplet : %llu octets au lieu de %llu ; le copier ou le construire de nouveau",      \
        "network cut short: %llu bytes instead of %llu; copy it or build it again"
#define M_NETFILE_ORDER                                                                            \
    "réseau construit sur une machine dont l’ordre des octets est autre ; le construire de "    \
    "nouveau ici avec « bassin network »",                                                         \
        "network built on a machine with another byte order; build it again here with \"bassin "   \
        "network\""
#define M_NETFILE_VERSION                                                                          \
    "réseau de version %u, ce bassin lit la version %u ; le construire de nouveau avec "          \
    "« bassin network »",                                                                          \
        "network of version %u, this bassin reads version %u; build it again with \"bassin "       \
        "network\""
#define M_NETFILE_DAMAGED                                                                          \
    "réseau abîmé (partie « %s » : somme de contrôle) ; le copier ou le construire de nouveau",    \
        "damaged network (part \"%s\": checksum); copy it or build it again"
#define M_NETFILE_CONTENT                                                                          \
    "réseau incohérent (partie « %s ») ; le construire de nouveau avec « bassin network »",        \
        "inconsistent network (part \"%s\"); build it again with \"bassin network\""

/* --- costs --- */
#define M_COSTS_LIMIT                                                                              \
    "limite de trajet de %g min : un nombre de minutes supérieur à 0, au plus %u",                 \
        "travel limit of %g min: a number of minutes above 0, at most %u"
#define M_COSTS_CIRCUITY                                                                           \
    "circuité de %g : un nombre d’au moins 1 est attendu",                                         \
        "circuity of %g: a number of at least 1 is expected"
#define M_COSTS_PARKING                                                                            \
    "stationnement de %g min : un nombre de minutes de 0 à %u est attendu",                        \
        "parking of %g min: a number of minutes from 0 to %u is expected"
#define M_COSTS_MODE                                                                                   \
    "mode « %s » : l’estimation à vol d’oiseau ne vaut que pour la voiture (ses vitesses sont " \
    "celles de la route) ; donner un réseau ou une matrice de temps",                                  \
        "mode \"%s\": the crow-fly estimate only holds for the car (its speeds are those of "          \
        "roads); "                                                                                     \
        "give a network or a matrix of times"
#define M_COSTS_MATRIX                                                                             \
    "mode « %s » : matrice de temps non indiquée", "mode \"%s\": no matrix of times given"
#define M_COSTS_NO_PATH                                                                            \
    "mode « %s » : fichier de routes non indiqué", "mode \"%s\": no road file given"
#define M_COSTS_VENUES                                                                             \
    "temps de parcours des lieux %llu à %llu", "travel times of venues %llu to %llu"
#define M_COSTS_FAR                                                                                \
    "%llu communes ou carreaux sur %llu à plus de %u km du réseau routier : hors d’atteinte",      \
        "%llu places out of %llu farther than %u km from the road network: unreachable"
#define M_COSTS_ELSEWHERE                                                                          \
    "le réseau routier ne couvre pas le territoire : %llu communes ou carreaux sur %llu (marge " \
    "comprise) en sont à plus de %u km ; donnez l’extrait OpenStreetMap de ce territoire "     \
    "(travel: network)",                                                                           \
        "the road network does not cover the territory: %llu places out of %llu (margin "          \
        "included) are farther than %u km from it; give the OpenStreetMap extract of this "        \
        "territory (travel: network)"
#define M_COSTS_FAR_VENUES                                                                         \
    "%llu lieux à plus de %u km du réseau routier : hors d’atteinte",                              \
        "%llu venues farther than %u km from the road network: unreachable"
#define M_COSTS_PARTS                                                                              \
    "réseau morcelé : la partie principale n’a que %.1f %% des nœuds",                             \
        "network in pieces: its main part has only %.1f %% of the nodes"

/* --- travel costs alone --- */
#define M_TRIP_WANTS_NODE                                                                                \
    "le réseau n’a pas de coordonnées : la liste doit avoir une colonne « node » (identifiant du " \
    "nœud dans la source)",                                                                              \
        "the network has no coordinates: the list must have a column \"node\" (id of the node in "       \
        "the source)"
#define M_TRIP_WANTS_DEGREES                                                                            \
    "la liste doit avoir les colonnes « lon » et « lat » (degrés), ou « node » (identifiant du " \
    "nœud dans la source)",                                                                             \
        "the list must have columns \"lon\" and \"lat\" (degrees), or \"node\" (id of the node "        \
        "in "                                                                                           \
        "the source)"
#define M_TRIP_WANTS_METRES                                                                             \
    "le réseau est dessiné en mètres : la liste doit avoir les colonnes « x » et « y » dans le " \
    "même système, ou « node » (identifiant du nœud dans la source)",                                   \
        "the network is drawn in metres: the list must have columns \"x\" and \"y\" in the same "       \
        "system, or \"node\" (id of the node in the source)"
#define M_TRIP_EMPTY                                                                               \
    "la colonne « %s » est vide ici : complétez la ligne ou retirez-la",                           \
        "column \"%s\" is empty here: complete the row or remove it"
#define M_TRIP_MORE_FAULTS "et %zu autres lignes en faute", "and %zu more rows at fault"
#define M_TRIP_NO_SUCH_NODE                                                                              \
    "le réseau n’a pas de nœud %lld : vérifiez l’identifiant, ou que la route est ouverte à ce " \
    "mode",                                                                                              \
        "the network has no node %lld: check the id, or that its road is open to this mode"
#define M_TRIP_SPLIT                                                                               \
    "le nœud %lld est un carrefour où des mouvements sont interdits : un trajet ne peut pas y "  \
    "commencer ni y finir ; donnez un nœud voisin, ou des coordonnées",                            \
        "node %lld is a junction where turns are forbidden: no trip can begin or end there; give " \
        "a node nearby, or coordinates"
#define M_TRIP_FAR                                                                                 \
    "« %s » est à plus de %u km du réseau : sans trajet",                                          \
        "\"%s\" is farther than %u km from the network: no trip"
#define M_TRIP_MORE_FAR "et %zu autres points sans nœud", "and %zu more points without a node"
#define M_PATH_END                                                                                        \
    "« %s » : longitude,latitude (point décimal ; x,y pour un réseau en mètres) ou l’identifiant " \
    "d’un nœud est attendu",                                                                              \
        "\"%s\": longitude,latitude (x,y for a network in metres) or the id of a node is wanted"
#define M_PATH_NO_POSITIONS                                                                        \
    "« %s » : le réseau n’a pas de coordonnées ; donnez l’identifiant d’un nœud",                  \
        "\"%s\": the network has no coordinates; give the id of a node"
#define M_PATH_NONE "aucun chemin entre ces deux points", "no path between these two points"
#define M_TRIP_STOPPED                                                                             \
    "interrompu à la demande : rien n’est écrit", "interrupted on request: nothing is written"

/* --- layers of lines --- */
#define M_LINES_COLUMN                                                                             \
    "colonne « %s » nommée « %s » : absente de la couche ; colonnes : %s",                         \
        "column %s named \"%s\": not in the layer; columns: %s"
#define M_LINES_SPEED                                                                              \
    "entité %llu, colonne %s : « %s » n’est pas une vitesse en km/h, de 0 à %d",                   \
        "feature %llu, column %s: \"%s\" is no speed in km/h, from 0 to %d"
#define M_LINES_SLOW                                                                               \
    "entité %llu : à %g km/h, la ligne durerait plus de six ans : vérifiez sa vitesse (0 : " \
    "fermée)",                                                                                     \
        "feature %llu: at %g km/h the line would last more than six years: check its speed (0: "   \
        "closed)"
#define M_LINES_SPEEDS "et %llu autres vitesses illisibles", "and %llu more unreadable speeds"
#define M_LINES_NO_SPEED                                                                            \
    "aucune vitesse pour le mode « %s » : nommez la colonne des vitesses (speed), ou donnez une " \
    "vitesse par classe de route (speeds) ; colonnes : %s",                                         \
        "no speed for mode %s: name the column of speeds (speed), or give a speed by class of "     \
        "road (speeds); columns: %s"
#define M_LINES_DIRECTION                                                                          \
    "sens « %s » non compris, sur %llu entités (la première : %llu) : prises à double sens",       \
        "direction \"%s\" not understood, on %llu features (the first: %llu): taken both ways"
#define M_LINES_DIRECTION_EMPTY                                                                    \
    "colonne %s vide sur %llu entités ouvertes : prises à double sens",                            \
        "column %s empty on %llu open features: taken both ways"
#define M_LINES_CLOSED                                                                             \
    "colonne %s : « %s » non compris, sur %llu entités (la première : %llu) : prises pour "    \
    "ouvertes",                                                                                    \
        "column %s: \"%s\" not understood, on %llu features (the first: %llu): taken as open"
#define M_LINES_CLASS                                                                               \
    "classe « %s » sans vitesse, sur %llu entités (la première : %llu) : fermées ; donnez la " \
    "vitesse de cette classe (speeds)",                                                             \
        "class \"%s\" without a speed, on %llu features (the first: %llu): closed; give the "       \
        "speed "                                                                                    \
        "of that class (speeds)"
#define M_LINES_KIND                                                                               \
    "la couche « %s » ne contient pas de lignes seules : les routes d’un réseau sont des lignes",  \
        "layer \"%s\" does not hold lines alone: the roads of a network are lines"
#define M_LINES_NONE                                                                                 \
    "aucune ligne ouverte sur %llu (fermées : vitesse nulle %llu, sans vitesse %llu, accès %llu, " \
    "pas en service %llu)",                                                                          \
        "no open line out of %llu (closed: speed zero %llu, without a speed %llu, access %llu, "     \
        "not in service %llu)"
#define M_LINES_TOLERANCE                                                                          \
    "tolérance de %g m : un nombre de mètres de 0 à %g est attendu",                               \
        "tolerance of %g m: a number of metres from 0 to %g is expected"
#define M_LINES_JOINED                                                                             \
    "%llu bouts de ligne font %llu carrefours et extrémités (tolérance de %g m) : %llu bouts "  \
    "joints "                                                                                      \
    "à distance, de %.2f m au plus ; %llu carrefours sur un sommet d’une autre ligne ; %llu "   \
    "bouts "                                                                                       \
    "libres",                                                                                      \
        "%llu ends of lines make %llu junctions and ends (tolerance of %g m): %llu ends joined "   \
        "at a "                                                                                    \
        "distance, of %.2f m at most; %llu junctions on a vertex of another line; %llu free ends"
#define M_LINES_DANGLING                                                                              \
    "%llu bouts de ligne sur %llu sont libres, dont %llu à moins de %g m d’une autre ligne : les " \
    "routes ne s’y joignent pas ; une tolérance plus grande les joindrait",                           \
        "%llu ends of lines out of %llu are free, %llu of them within %g m of another line: "         \
        "roads "                                                                                      \
        "do not meet there; a larger tolerance would join them"

/* --- matrices of times --- */
#define M_MATRIX_LARGE "matrice trop grande : %llu lignes", "matrix too large: %llu rows"
#define M_MATRIX_CLASH                                                                             \
    "de « %s » à « %s » : donné deux fois avec des valeurs différentes (ligne %llu et "     \
    "celle-ci) ; gardez l’une des deux",                                                           \
        "from \"%s\" to \"%s\": given twice with different values (line %llu and this one); keep " \
        "one of them"
#define M_MATRIX_CLASHES                                                                           \
    "et %llu autres couples donnés deux fois avec des valeurs différentes",                        \
        "and %llu more pairs given twice with different values"
#define M_MATRIX_NOTHING                                                                              \
    "mode « %s » : aucune ligne de la matrice ne relie deux points de cette exécution (« %s » "  \
    "à « %s » pour la première) ; from et to attendent des codes de communes ou de carreaux, ou " \
    "des identifiants de lieux",                                                                      \
        "mode \"%s\": no row of the matrix joins two points of this run (\"%s\" to \"%s\" on the "    \
        "first); from and to want codes of communes or cells, or ids of venues"
#define M_MATRIX_ELSEWHERE                                                                            \
    "mode « %s » : la matrice ne connaît pas %llu communes ou carreaux sur %llu (marge comprise) " \
    "; "                                                                                              \
    "donnez celle de ce territoire (travel: matrix)",                                                 \
        "mode \"%s\": the matrix does not know %llu places out of %llu (margin included); give "      \
        "that "                                                                                       \
        "of this territory (travel: matrix)"
#define M_MATRIX_PLACES                                                                            \
    "mode « %s » : %llu communes ou carreaux sur %llu sans ligne dans la matrice : temps "       \
    "manquants",                                                                                   \
        "mode \"%s\": %llu places out of %llu without a row in the matrix: their times are "       \
        "missing"
#define M_MATRIX_VENUES                                                                            \
    "mode « %s » : %llu lieux sur %llu sans ligne dans la matrice, ni pour eux ni pour leur "    \
    "commune",                                                                                     \
        "mode \"%s\": %llu venues out of %llu without a row in the matrix, neither of their own "  \
        "nor "                                                                                     \
        "of their commune"
#define M_MATRIX_NO_KM                                                                             \
    "mode « %s » : %llu lignes sans distance sur %llu : les kilomètres y manquent",                \
        "mode \"%s\": %llu rows without a distance out of %llu: their kilometres are missing"
#define M_LEDGER_CODE_UNKNOWN                                                                      \
    "code de commune, de carreau ou de lieu inconnu", "unknown code of commune, cell or venue"
#define M_LEDGER_CODE_AGAIN "code inconnu, déjà cité plus haut", "unknown code, told above already"
#define M_LEDGER_PAIR_ELSEWHERE "aucun trajet de cette exécution", "no trip of this run"
#define M_LEDGER_PAIR_TWICE "couple donné deux fois, à l’identique", "pair given twice, the same"

#endif
