/* network/messages.h: what this room says to people, in French and in English. */
#ifndef NETWORK_MESSAGES_H
#define NETWORK_MESSAGES_H

/* --- reading OSM PBF --- */
#define M_PBF_DUPLICATES                                                                           \
    "%llu nœuds donnés plusieurs fois : la première position est gardée",                          \
        "%llu nodes given several times: the first position is kept"
#define M_PBF_MISSING_NODES                                                                        \
    "%llu passages de routes par des nœuds absents du fichier (bord de l’extrait) : routes "   \
    "coupées là",                                                                                  \
        "%llu road references to nodes absent from the file (edge of the extract): roads are cut " \
        "there"
#define M_PBF_NO_ROADS                                                                             \
    "aucune route (clé « highway ») dans le fichier", "no road (key \"highway\") in the file"
#define M_PBF_TOO_LARGE                                                                            \
    "fichier routier trop grand : plus de %llu nœuds, arcs ou étiquettes",                         \
        "road file too large: more than %llu nodes, arcs or tags"
#define M_PBF_WRITE "écriture du fichier OSM PBF", "writing the OSM PBF file"
#define M_PBF_WRITE_NODE                                                                           \
    "nœud %lld : position non valide, ou identifiants non croissants",                             \
        "node %lld: invalid position, or ids not ascending"
#define M_PBF_WRITE_WAY                                                                            \
    "chemin %lld : étiquette sans clé ou sans valeur", "way %lld: tag without key or value"
#define M_ROADS_BLOCK                                                                              \
    "réponse incohérente du lecteur de routes", "inconsistent answer of the road reader"
#define M_ROADS_WORKER "lecture des routes", "reading the roads"

/* --- searching --- */
#define M_SEARCH_CANCELLED "interrompu à la demande", "interrupted on request"

/* --- building the graph --- */
#define M_GRAPH_NO_ROAD                                                                            \
    "aucune route ouverte aux voitures dans le fichier", "no road open to cars in the file"
#define M_GRAPH_LONG                                                                               \
    "%llu tronçons de plus de %u km entre deux nœuds voisins laissés de côté (positions "    \
    "erronées)",                                                                                   \
        "%llu segments of more than %u km between two neighbour nodes left out (wrong positions)"
#define M_GRAPH_LARGE                                                                              \
    "réseau trop grand : %llu nœuds et %llu arcs", "network too large: %llu nodes and %llu arcs"
#define M_LEDGER_CLOSED "fermée aux voitures", "closed to cars"
#define M_LEDGER_SHORT "moins de deux nœuds dans le fichier", "fewer than two nodes in the file"

/* --- hierarchy --- */
#define M_HIERARCHY_LARGE                                                                          \
    "réseau trop grand pour une hiérarchie : plus de 4 milliards d’arcs",                          \
        "network too large for a hierarchy: more than 4 billion arcs"
#define M_HIERARCHY_DAMAGED                                                                        \
    "hiérarchie du réseau endommagée (nœud %u) : refaites le fichier avec « bassin network »",     \
        "damaged hierarchy of the network (node %u): make the file again with \"bassin network\""

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
#define M_COSTS_MODE                                                                                       \
    "mode « %s » : les routes et l’estimation ne valent que pour la voiture ; donner une matrice " \
    "de temps",                                                                                            \
        "mode \"%s\": roads and estimate only hold for the car; give a matrix of times"
#define M_COSTS_MATRIX                                                                             \
    "mode « %s » : les matrices de temps ne sont pas lues par ce calcul",                          \
        "mode \"%s\": matrices of times are not read by this engine"
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

#endif
