/* territory/messages.h: what this room tells people, in French and in English. */
#ifndef TERRITORY_MESSAGES_H
#define TERRITORY_MESSAGES_H

/* --- importers --- */
#define M_TERRITORY_FORMAT_UNKNOWN                                                                 \
    "format « %s » inconnu pour %s ; vouliez-vous dire « %s » ? Formats connus : %s",              \
        "unknown format \"%s\" for %s; did you mean \"%s\"? Known formats: %s"
#define M_TERRITORY_NO_IMPORTER                                                                         \
    "fichier non reconnu pour %s ; colonnes trouvées : %s ; le format le plus proche, « %s », " \
    "demande : %s",                                                                                     \
        "file not recognised for %s; columns found: %s; the nearest format, \"%s\", wants: %s"
#define M_TERRITORY_BOUND_ABSENT                                                                   \
    "la colonne « %s », demandée pour « %s », n’est pas dans le fichier ; colonnes trouvées : %s", \
        "missing column \"%s\", wanted for \"%s\"; columns found: %s"
#define M_TERRITORY_BOUND_UNKNOWN                                                                  \
    "le format « %s » n’a pas de colonne « %s » à désigner",                                       \
        "the format \"%s\" has no column \"%s\" to bind"
#define M_TERRITORY_SEPARATOR                                                                                          \
    "le format « %s » annonce le séparateur « %c », le fichier a « %s » : lu avec « %c », il n’a " \
    "qu’une colonne ; corrigez le séparateur",                                                                         \
        "the format \"%s\" announces the separator \"%c\", the file has \"%s\": read with "                            \
        "\"%c\", one "                                                                                                 \
        "column found; correct the separator"
#define M_TERRITORY_UNKNOWN                                                                          \
    "fichier non reconnu ; colonnes trouvées : %s ; le format le plus proche, « %s », demande : " \
    "%s",                                                                                            \
        "file not recognised; columns found: %s; the nearest format, \"%s\", wants: %s"
#define M_TERRITORY_DAMAGED                                                                        \
    "encodage abîmé avant ce fichier (colonne « %s ») : premiers octets en cause %s, dans « %s »", \
        "encoding broken before this file (column \"%s\"): first offending bytes %s, in \"%s\""
#define M_TERRITORY_SHEET "feuille lue : « %s »", "sheet read: \"%s\""
#define M_TERRITORY_CODE_ZERO                                                                             \
    "le code %s n’a pas 5 caractères ; zéro initial perdu par un tableur ? (colonne « %s » ; " \
    "écrivez « 0%s » dans une colonne de texte)",                                                         \
        "code %s is not 5 characters; leading zero lost by a spreadsheet? (column \"%s\"; write "         \
        "\"0%s\" in a text column)"
#define M_TERRITORY_CODE_FORM                                                                      \
    "« %s » n’est pas un code de commune (colonne « %s ») : 5 chiffres, ou 2A, 2B et 3 chiffres",  \
        "\"%s\" is not the code of a commune (column \"%s\"): 5 digits, or 2A, 2B and 3 digits"
#define M_TERRITORY_CODE_EMPTY                                                                     \
    "code de commune absent (colonne « %s »)", "no commune code (column \"%s\")"
#define M_TERRITORY_MORE_FAULTS                                                                    \
    "et %zu autres lignes avec ce défaut", "and %zu more rows with this fault"
#define M_TERRITORY_TEXT_ABSENT                                                                    \
    "colonne « %s » : %zu valeurs comme « %s » lues comme absentes",                               \
        "column \"%s\": %zu values such as \"%s\" read as missing"
#define M_TERRITORY_TEXT_ZERO                                                                      \
    "colonne « %s » : %zu codes ont perdu leur zéro initial (« %s » lu « 0%s »)",                  \
        "column \"%s\": %zu codes lost their leading zero (\"%s\" read as \"0%s\")"
#define M_TERRITORY_TEXT_DAMAGED                                                                         \
    "colonne « %s » : %zu textes abîmés par un mauvais encodage avant ce fichier, ainsi « %s » ; " \
    "les corriger à la source",                                                                          \
        "column \"%s\": %zu texts damaged by a wrong encoding before this file, \"%s\" for one; "        \
        "correct them at their source"
#define M_TERRITORY_POINTS_FAILED                                                                  \
    "%s%.0s points ne se convertissent pas depuis EPSG:%d ; vérifiez crs",                         \
        "%.0s%s points cannot be converted from EPSG:%d; check crs"

#define M_TERRITORY_NOT_DEGREES                                                                         \
    "%s%.0s dans la colonne « %s » n’est pas en degrés, comme %s%.0s autres valeurs : si ce sont " \
    "des "                                                                                              \
    "mètres, dites leur système, par exemple crs: EPSG:2154",                                           \
        "%.0s%s in column \"%s\" is not in degrees, nor are %.0s%s other values: if they are "          \
        "metres, say in which system, for example crs: EPSG:2154"

/* --- territory --- */
#define M_TERRITORY_NO_COMMUNES "aucune commune dans le fichier", "no commune in the file"
#define M_TERRITORY_DUPLICATE_PLACE                                                                \
    "le code %s est deux fois dans le fichier : lignes %llu et %llu ; retirez l’une des deux",     \
        "duplicate key %s: lines %llu and %llu; take one of them out"
#define M_TERRITORY_UNMATCHED                                                                      \
    "%s%.0s communes n’ont pas de ligne dans ce fichier (la première : %s) : leurs valeurs "  \
    "manquent",                                                                                    \
        "%.0s%s communes have no row in this file (the first: %s): their values are missing"
#define M_TERRITORY_POPULATION_MISSING                                                             \
    "%s%.0s communes sans population (la première : %s) ; elles n’entrent dans aucun taux",        \
        "%.0s%s communes without population (the first: %s); they enter no rate"
#define M_TERRITORY_NO_POINT                                                                       \
    "%s (%s) n’a ni point ni contour : aucun temps de parcours n’y sera calculé",                  \
        "%s (%s) has neither point nor outline: no travel time will be computed there"
#define M_TERRITORY_CELL_UNKNOWN                                                                   \
    "carreau d’une commune non chargée", "cell of a commune that is not loaded"
#define M_TERRITORY_NOT_LOADED "commune non chargée", "commune not loaded"
#define M_TERRITORY_OUTSIDE "hors du périmètre", "outside the perimeter"
#define M_TERRITORY_ARRONDISSEMENT_TWICE                                                           \
    "arrondissement déjà compté dans sa commune", "arrondissement already counted in its commune"
#define M_TERRITORY_KEEP_NOTHING                                                                   \
    "keep: « %s » ne désigne aucune commune chargée ; possibles : %s",                             \
        "keep: \"%s\" names no loaded commune; possible: %s"
#define M_TERRITORY_KEEP_LEVEL                                                                      \
    "keep: maille « %s » inconnue ; mailles possibles : commune, departement, region, epci, " \
    "bassin_vie, zone_emploi, arrondissement, metropole, france",                                   \
        "keep: unknown level \"%s\"; possible: commune, departement, region, epci, bassin_vie, "    \
        "zone_emploi, arrondissement, metropole, france"
#define M_TERRITORY_KEEP_NO_DATA                                                                        \
    "keep: « %s » demande un fichier d’appartenance (territory: membership) qui donne la maille " \
    "« %s »",                                                                                           \
        "keep: \"%s\" wants a membership file (territory: membership) that gives the level \"%s\""
#define M_TERRITORY_KEEP_AMBIGUOUS                                                                 \
    "keep: « %s » est ambigu ; écrivez %s:%s (%s) ou %s:%s (%s)",                                  \
        "keep: \"%s\" is ambiguous; write %s:%s (%s) or %s:%s (%s)"
#define M_TERRITORY_KEEP_CODES_ABSENT                                                              \
    "le code %s du périmètre n’est pas une commune chargée",                                       \
        "code %s of the perimeter is not a loaded commune"
#define M_TERRITORY_KEEP_CODES_NOTHING                                                             \
    "aucun code du fichier de périmètre n’est une commune chargée",                                \
        "no code of the perimeter file is a loaded commune"

#define M_CONTEXT_TWICE                                                                                 \
    "la colonne « %s » est donnée deux fois, ou porte le nom d’une colonne des communes ; donnez " \
    "un autre nom au zonage, ou retirez l’un des fichiers",                                             \
        "column \"%s\" is given twice, or has the name of a column of communes; give the zoning "       \
        "another name, or take one of the files out"
#define M_CONTEXT_NO_NUMBER                                                                        \
    "%s : aucun nombre à prendre ; nommez ses colonnes : columns: [...]",                          \
        "%s: no number to take; name its columns: columns: [...]"
#define M_CONTEXT_CLASS " : classement", ": class"
#define M_CONTEXT_ZONE " : quartier", ": neighbourhood"

/* --- cells as places --- */
#define M_CELLS_NO_SQUARE                                                                            \
    "carreau « %s » : pour servir de lieu d’habitation, un carreau a besoin d’un identifiant " \
    "INSPIRE (CRS3035RES200mN2546400E3668600), qui dit sa place et sa taille",                       \
        "cell \"%s\": to be a place, a cell needs an INSPIRE id "                                    \
        "(CRS3035RES200mN2546400E3668600), which tells where it is and its size"
#define M_CELLS_SIZES                                                                              \
    "carreau de %g m dans une grille de %g m : un fichier ne mélange pas les tailles",             \
        "a cell of %g m in a grid of %g m: one file holds one size"
#define M_CELLS_NO_COMMUNE                                                                         \
    "ni colonne de commune dans le fichier de carreaux, ni contours de communes : la commune "     \
    "d’un carreau est inconnue",                                                                   \
        "neither a commune column in the cells file nor outlines of communes: the commune of a "   \
        "cell is not known"
#define M_CELLS_NONE                                                                               \
    "aucun carreau du fichier n’est dans une commune chargée",                                     \
        "no cell of the file is in a loaded commune"
#define M_CELLS_OUTSIDE                                                                            \
    "carreau d’une commune non chargée ou hors du périmètre",                                      \
        "cell of a commune that is not loaded, or outside the perimeter"
#define M_CELLS_PLACES                                                                               \
    "les lieux d’habitation sont %s%.0s carreaux de %g m ; %s%.0s à cheval sur plusieurs "        \
    "communes, rattachés à celle qui en tient la plus grande part ; %s%.0s aux valeurs imputées " \
    "par l’Insee",                                                                                   \
        "places are %.0s%s cells of %g m; %.0s%s over several communes, given to the one that "      \
        "holds the largest share; %.0s%s with figures imputed by INSEE"
#define M_CELLS_EMPTY                                                                                \
    "%s%.0s communes du périmètre n’ont aucun carreau (la première : %s ; %s%.0s habitants en " \
    "tout) : ni leur accès ni leurs trajets vers d’autres communes ne sont mesurés",                 \
        "%.0s%s communes of the perimeter have no cell (the first: %s; %.0s%s inhabitants in "       \
        "all): neither their access nor their trips to other communes are measured"
#define M_COLUMN_CELL_COMMUNE "Code de la commune", "Commune code"
#define M_COLUMN_IMPUTED "Valeurs imputées par l’Insee (1)", "Figures imputed by INSEE (1)"

/* --- titles --- */
#define M_TITLE_EPCI "Intercommunalités (EPCI)", "Intercommunalities (EPCI)"
#define M_TITLE_BASSIN_VIE "Bassins de vie", "Living areas (bassins de vie)"
#define M_TITLE_ZONE_EMPLOI "Zones d’emploi", "Employment zones"
#define M_TITLE_ARRONDISSEMENT "Arrondissements", "Arrondissements"
#define M_TITLE_DEPARTEMENT "Départements", "Départements"
#define M_TITLE_REGION "Régions", "Regions"
#define M_TITLE_DENSITE "Grille de densité", "Density grid"
#define M_TITLE_FRANCE "Ensemble du territoire", "Whole territory"
#define M_COLUMN_CODE "Code", "Code"
#define M_COLUMN_NAME "Nom", "Name"
#define M_COLUMN_POPULATION "Population", "Population"
#define M_COLUMN_POINT_CLASS "Origine du point", "Origin of the point"
#define M_COLUMN_LON "Longitude", "Longitude"
#define M_COLUMN_LAT "Latitude", "Latitude"
#define M_COLUMN_X "Abscisse projetée", "Projected easting"
#define M_COLUMN_Y "Ordonnée projetée", "Projected northing"
#define M_COLUMN_AREA "Superficie", "Area"
#define M_COLUMN_DENSITY "Niveau de densité (1 à 7)", "Density level (1 to 7)"
#define M_COLUMN_DEPARTEMENT "Département", "Département"
#define M_COLUMN_REGION "Région", "Region"
#define M_COLUMN_EPCI "Intercommunalité", "Intercommunality"
#define M_COLUMN_BASSIN_VIE "Bassin de vie", "Living area"
#define M_COLUMN_ZONE_EMPLOI "Zone d’emploi", "Employment zone"
#define M_COLUMN_ARRONDISSEMENT "Arrondissement", "Arrondissement"
#define M_COLUMN_KEPT "Dans le périmètre", "Within the perimeter"
#define M_COLUMN_BORDER "Distance au bord des données", "Distance to the edge of the data"

/* --- venues --- */
#define M_VENUES_TAXONOMY_WEIGHT                                                                   \
    "poids de fonction %s : seuls 0, 0.5 et 1 sont admis",                                         \
        "function weight %s: only 0, 0.5 and 1 are allowed"
#define M_VENUES_LIST_TWICE                                                                        \
    "deux listes de lieux s’appellent « %s » ; donnez à l’une un autre nom (id:)",                 \
        "two venue lists are named \"%s\"; give one of them another name (id:)"
#define M_VENUES_ID_TWICE                                                                          \
    "l’identifiant %s est deux fois dans la liste « %s » : lignes %llu et %llu",                   \
        "the id %s is twice in the list \"%s\": lines %llu and %llu"
#define M_VENUES_ID_MADE                                                                                \
    "%s%.0s lieux de la liste « %s » n’ont pas d’identifiant : il est tiré du contenu de la " \
    "ligne "                                                                                            \
    "et "                                                                                               \
    "change avec elle",                                                                                 \
        "%.0s%s venues of the list \"%s\" have no id: it is made from the row's content and "           \
        "changes "                                                                                      \
        "with it"
#define M_VENUES_KIND_UNKNOWN                                                                      \
    "type de lieu « %s » inconnu ; donnez-lui un code dans kind: {map: …} ; codes admis : %s",     \
        "unknown kind of venue \"%s\"; give it a code in kind: {map: …}; codes allowed: %s"
#define M_VENUES_KIND_NONE                                                                            \
    "%s%.0s lieux de la liste « %s » n’ont pas de type : classés XXX.AUTRE, ils ne couvrent " \
    "aucune "                                                                                         \
    "fonction",                                                                                       \
        "%.0s%s venues of the list \"%s\" have no kind: classed XXX.AUTRE, they cover no function"
#define M_VENUES_FUNCTION                                                                          \
    "fonction « %s » inconnue ; lettres admises : a à h", "unknown function \"%s\"; allowed: a-h"
#define M_VENUES_FUNCTION_WEIGHT                                                                   \
    "poids « %s » d’une fonction : seuls 0, 0.5 et 1 sont admis",                                  \
        "weight \"%s\" of a function: only 0, 0.5 and 1 are allowed"
#define M_VENUES_STATUS                                                                            \
    "état « %s » inconnu ; admis : open, project, candidate, closed",                              \
        "unknown status \"%s\"; allowed: open, project, candidate, closed"
#define M_VENUES_SCOPE                                                                             \
    "in_scope « %s » inconnu ; admis : tiers_lieu, autre_lieu, 1, 0, oui, non",                    \
        "unknown in_scope \"%s\"; allowed: tiers_lieu, autre_lieu, 1, 0, yes, no"
#define M_VENUES_NAME_CHANGED                                                                      \
    "« %s » : des caractères de contrôle, invisibles ou d’inversion ont été retirés de la valeur", \
        "\"%s\": control, invisible or bidirectional characters were removed; the value is "       \
        "reported as changed"
/* --- placement: what is doubtful, in words that follow the venue's name --- */
#define M_DOUBT_ZERO                                                                               \
    "la position 0, 0 est un échec de géocodage, elle est écartée",                                \
        "0, 0 is refused as a position (failed geocoding)"
#define M_DOUBT_SWAPPED_BACK                                                                         \
    "longitude et latitude échangées (%s ; %s), remises dans l’ordre : le point est alors dans " \
    "la commune déclarée",                                                                           \
        "longitude and latitude swapped (%s; %s), put back in order: the point is then in the "      \
        "commune named"
#define M_DOUBT_SWAPPED                                                                            \
    "le point (%s ; %s) est hors de France : longitude et latitude échangées ?",                   \
        "the point (%s; %s) is outside France: longitude and latitude swapped?"
#define M_DOUBT_SIGN_BACK                                                                          \
    "signe perdu dans les coordonnées (%s ; %s), rétabli : le point est alors dans la commune "  \
    "déclarée",                                                                                    \
        "sign lost in the coordinates (%s; %s), put back: the point is then in the commune named"
#define M_DOUBT_METRES_CONVERTED                                                                   \
    "coordonnées en mètres (%s ; %s) dans des colonnes de degrés : reconnues comme %s et "      \
    "converties (écrivez crs: EPSG:%d)",                                                           \
        "coordinates in metres (%s; %s) in columns of degrees: recognised as %s and converted "    \
        "(write crs: EPSG:%d)"
#define M_DOUBT_METRES                                                                              \
    "le point (%s ; %s) n’est pas en degrés, et aucun système connu ne le met dans la commune " \
    "déclarée (dites-le par crs:)",                                                                 \
        "the point (%s; %s) is not in degrees, and no known system puts it in the commune named "   \
        "(tell it by crs:)"
#define M_DOUBT_ABROAD                                                                             \
    "le point (%s ; %s) est hors de France", "the point (%s; %s) is outside France"
#define M_DOUBT_FAR                                                                                  \
    "le point est à %s%.0s km de la commune déclarée, %s %s, et dans aucune autre (mer, ou hors " \
    "des communes chargées)",                                                                        \
        "the point is %.0s%s km from the commune named, %s %s, and in no other (sea, or outside "    \
        "the communes loaded)"
#define M_DOUBT_OTHER_COMMUNE                                                                      \
    "le point est dans la commune %s %s, hors de la commune déclarée, %s %s, à %s%.0s km",         \
        "the point is in commune %s %s, outside the commune named, %s %s, %.0s%s km away"
#define M_DOUBT_NOT_LOADED                                                                         \
    "le point est dans la commune %s %s, hors de la commune déclarée, %s, qui n’est pas chargée",  \
        "the point is in commune %s %s, outside the commune named, %s, which is not loaded"
#define M_DOUBT_BORDER                                                                             \
    "le point est à %s%.0s m hors de la commune déclarée, %s %s : compté dans %s %s",              \
        "the point is %.0s%s m outside the commune named, %s %s: counted in %s %s"
#define M_DOUBT_NO_OUTLINE                                                                         \
    "le point n’est dans aucun contour (mer, quai ou limite simplifiée), à %s%.0s m de la "    \
    "commune déclarée, %s %s",                                                                     \
        "the point is in no outline (sea, quay or simplified border), %.0s%s m from the commune "  \
        "named, %s %s"
#define M_DOUBT_NO_OUTLINE_NEAR                                                                       \
    "le point n’est dans aucun contour (mer, quai ou limite simplifiée) ; le point de commune le " \
    "plus proche est celui de %s %s, à %s%.0s km",                                                    \
        "the point is in no outline (sea, quay or simplified border); the nearest commune point "     \
        "is that of %s %s, %.0s%s km away"
#define M_DOUBT_CODE "la commune %s n’est pas connue", "commune %s is not known"
#define M_DOUBT_COMMUNE                                                                             \
    "le point de la commune %s %s, dans le fichier des communes, est hors de son département, à " \
    "%s%.0s km : c’est lui qui est faux (système de coordonnées ?)",                                \
        "the point of commune %s %s in the file of communes is outside its département, %.0s%s "   \
        "km away: that one is wrong (coordinate system?)"
#define M_DOUBT_CENTRE                                                                             \
    "point au centre de la commune : la liste est géocodée à la commune",                          \
        "point at the commune's centre: the list is geocoded to the commune"
#define M_DOUBT_SHARED_ONE "même point qu’un autre lieu : %s", "same point as another venue: %s"
#define M_DOUBT_SHARED                                                                             \
    "même point que %s%.0s autres lieux : %s", "same point as %.0s%s other venues: %s"
#define M_DOUBT_CITY                                                                               \
    "la liste dit « %s », mais le code %s est celui de %s, et aucune commune de ce nom n’est " \
    "dans son département",                                                                        \
        "the list says \"%s\", but code %s is that of %s, and no commune of that name is in its "  \
        "département"
#define M_DOUBT_HOMONYM                                                                                 \
    "homonymes : le nom du lieu dit « %s », qui n’est pas dans le département de %s %s mais dans " \
    "celui de la commune du même nom, %s",                                                              \
        "homonyms: the venue's name says \"%s\", which is not in the département of %s %s but in "     \
        "that of the commune of the same name, %s"
#define M_DOUBT_ADDRESS_UNKNOWN                                                                    \
    "l’adresse « %s » n’est pas dans les adresses fournies",                                       \
        "the address \"%s\" is not in the addresses given"
#define M_DOUBT_ADDRESS_AMBIGUOUS                                                                  \
    "deux adresses répondent aussi bien, à %s%.0s km l’une de l’autre : aucune n’est choisie",     \
        "two addresses answer as well, %.0s%s km apart: none is chosen"
#define M_DOUBT_ADDRESS_FAR                                                                        \
    "le point est à %s%.0s km de son adresse, %s", "the point is %.0s%s km from its address, %s"
#define M_DOUBT_TWIN                                                                               \
    "sans doute le même lieu que %s (doublons gardés à votre demande)",                            \
        "probably the same venue as %s (duplicates kept as you asked)"
#define M_DOUBT_NOT_PLACED                                                                         \
    "ni coordonnées, ni adresse, ni commune, ni code postal utilisables",                          \
        "no usable coordinates, address, commune or postcode"

/* What was used: after the doubt. The commune follows the last three. */
#define M_OUTCOME_KEPT "le point est gardé", "the point is kept"
#define M_OUTCOME_OUTSIDE                                                                          \
    "hors du périmètre, le lieu ne compte pas", "outside the perimeter, the venue does not count"
#define M_OUTCOME_NONE                                                                             \
    "le lieu n’a pu être placé, il ne compte pas",                                                 \
        "the venue could not be placed, it does not count"
#define M_OUTCOME_ADDRESS "le lieu est placé par son adresse", "the venue is placed by its address"
#define M_OUTCOME_POSTCODE                                                                         \
    "le lieu est placé au point de la commune de son code postal",                                 \
        "the venue is placed at the point of the commune of its postcode"
#define M_OUTCOME_COMMUNE                                                                          \
    "le lieu est placé au point de sa commune", "the venue is placed at the point of its commune"
#define M_VENUES_DOUBT "« %s » : %s%.0s ; %s%.0s", "\"%s\": %.0s%s; %.0s%s"
#define M_VENUES_MORE                                                                                 \
    "%s%.0s autres lieux de la liste « %s » ont le même doute (table placements) ; par exemple : " \
    "%s%.0s",                                                                                         \
        "%.0s%s more venues of the list \"%s\" have the same doubt (table placements); for "          \
        "example: %.0s%s"
#define M_VENUES_CENTRES                                                                              \
    "la liste « %s » est géocodée à la commune : %s%.0s de ses %s%.0s points sont au centre de " \
    "leur commune ; les temps vers ses lieux sont incertains d’environ le rayon de la commune",       \
        "the list \"%s\" is geocoded to the commune: %.0s%s of its %.0s%s points are at the "         \
        "centre of their commune; times to its venues are uncertain by about the radius of the "      \
        "commune"
#define M_VENUES_SAME_POINTS                                                                             \
    "la liste « %s » est géocodée à la commune : dans %s%.0s communes où elle a plusieurs lieux, " \
    "presque tous ont le même point ; les temps vers ses lieux sont incertains d’environ le "         \
    "rayon de la commune",                                                                               \
        "the list \"%s\" is geocoded to the commune: in %.0s%s communes where it has several "           \
        "venues, nearly all have the same point; times to its venues are uncertain by about the "        \
        "radius of the commune"
#define M_VENUES_DUPLICATE                                                                         \
    "« %s » (%s) est le même lieu que %s, « %s » : ils ne font qu’un",                             \
        "\"%s\" (%s) is the same venue as %s, \"%s\": they are made one"
#define M_VENUES_DUPLICATES                                                                        \
    "doublon d’un lieu d’une autre liste (colonne sources)",                                       \
        "duplicate of another list's venue (column sources)"

/* The alternatives considered. */
#define M_OTHER_COMMUNE                                                                            \
    "point de la commune %s %s, à %s%.0s km", "point of commune %s %s, %.0s%s km away"
#define M_OTHER_COMMUNE_AWAY "commune %s %s", "commune %s %s"
#define M_OTHER_POINT "point donné (%s ; %s)", "point given (%s; %s)"
#define M_OTHER_FOUND "adresse retenue : %s", "address used: %s"
#define M_OTHER_ADDRESS "adresse « %s » (ressemblance %s%.0s)", "address \"%s\" (likeness %.0s%s)"
#define M_OTHER_ADDRESS_KM                                                                         \
    "adresse « %s » (ressemblance %s%.0s), à %s%.0s km",                                           \
        "address \"%s\" (likeness %.0s%s), %.0s%s km away"
#define M_OTHER_SOURCE "point de %s, à %s%.0s m", "point of %s, %.0s%s m away"

#define M_COLUMN_QUALITY "Qualité de la localisation", "Quality of the placement"
#define M_COLUMN_SOURCES "Identifiants d’origine", "Source ids"
#define M_COLUMN_SCORE "Ressemblance de l’adresse", "Likeness of the address"
#define M_COLUMN_DISTANCE                                                                          \
    "Écart entre ce qui est dit et ce qui est retenu", "Distance between said and used"
#define M_COLUMN_UNCERTAINTY "Incertitude du point", "Uncertainty of the point"
#define M_COLUMN_OTHERS "Autres possibilités", "Alternatives in French"
#define M_COLUMN_OTHERS_EN "Autres possibilités, en anglais", "Alternatives"
#define M_COLUMN_DOUBTS "Doutes", "Doubts in French"
#define M_COLUMN_DOUBTS_EN "Doutes, en anglais", "Doubts"
#define M_COLUMN_DOUBT_COUNT "Nombre de doutes", "Number of doubts"
#define M_COLUMN_EFFECT "Ce que cela peut changer", "What it can change"
#define M_COLUMN_LIST "Liste", "List"
#define M_COLUMN_KIND "Type", "Kind"
#define M_COLUMN_FAMILY "Famille", "Family"
#define M_COLUMN_IN_SCOPE "Tiers-lieu", "Third place"
#define M_COLUMN_STATUS "État", "Status"
#define M_COLUMN_LABEL "Label", "Label"
#define M_COLUMN_LABEL_STATE "État du label", "State of the label"
#define M_COLUMN_LABEL_START "Label : début", "Label: start"
#define M_COLUMN_LABEL_END "Label : fin", "Label: end"
#define M_COLUMN_PRESENCE "Présence", "Presence"
#define M_COLUMN_HOURS_WEEK "Heures d’ouverture par semaine", "Opening hours a week"
#define M_COLUMN_OPEN_SATURDAY "Ouvert le samedi", "Open on Saturday"
#define M_COLUMN_OPEN_EVENING "Ouvert après 19 h", "Open after 19:00"
#define M_COLUMN_BY_APPOINTMENT "Sur rendez-vous", "By appointment"
#define M_COLUMN_WHEELCHAIR "Accès en fauteuil roulant", "Wheelchair access"
#define M_VENUES_DATE                                                                              \
    "date « %s » non comprise (attendu : AAAA-MM-JJ, JJ/MM/AAAA ou AAAA) : laissée manquante",     \
        "date \"%s\" not understood (expected: YYYY-MM-DD, DD/MM/YYYY or YYYY): left missing"
#define M_VENUES_LABEL_STATE                                                                       \
    "état de label « %s » inconnu (admis : labellisé, relabellisé, sorti) : laissé manquant",      \
        "unknown state of a label \"%s\" (allowed: labellisé, relabellisé, sorti): left missing"
#define M_COLUMN_CAPACITY "Capacité", "Capacity"
#define M_COLUMN_PLACEMENT "Mode de localisation", "Placement"
#define M_COLUMN_COMMUNE "Commune", "Commune"
#define M_COLUMN_OPEN "Compte dans la situation de référence", "Counts in the reference"
#define M_COLUMN_ITINERANT "Itinérant", "Itinerant"
#define M_COLUMN_LEGAL_FORM "Statut juridique", "Legal form"
#define M_COLUMN_OPENED "Ouverture", "Opened"
#define M_COLUMN_DECLARED "Fonctions déclarées", "Declared functions"

/* --- functions a-h --- */
#define M_FUNCTION_A "Travailler autrement", "Working differently"
#define M_FUNCTION_B "Culture et savoirs", "Culture and knowledge"
#define M_FUNCTION_C "Moyens de recherche mutualisés", "Shared research means"
#define M_FUNCTION_D "Créer, fabriquer, innover", "Create, make, innovate"
#define M_FUNCTION_E "Contribuer et participer", "Contribute and take part"
#define M_FUNCTION_F "Transition écologique", "Ecological transition"
#define M_FUNCTION_G "Services publics et droits sociaux", "Public services and social rights"
#define M_FUNCTION_H "Appropriation du numérique", "Digital literacy"

/* --- flows --- */
#define M_FLOWS_DUPLICATE                                                                          \
    "le couple %s-%s est deux fois dans le fichier : lignes %llu et %llu",                         \
        "duplicate pair %s-%s: lines %llu and %llu"
#define M_FLOWS_UNKNOWN_CODE "code inconnu", "unknown code"
#define M_FLOWS_UNKNOWN                                                                            \
    "%s%.0s flux ont une commune de résidence inconnue (la première : %s) ; ils sont dans la "   \
    "liste des rejets",                                                                            \
        "%.0s%s flows have an unknown residence commune (the first: %s); they are in the list of " \
        "rejects"
#define M_FLOWS_NO_INPUT "aucun fichier de flux", "no file of flows"
/* Counts and amounts are SHOWN(): twice, in French then in English. */
#define M_FLOWS_ABROAD                                                                               \
    "%s%.0s flux, %s%.0s actifs, travaillent à l’étranger ou en un lieu inconnu (99999, ZZZZZ, " \
    "codes frontaliers) ; ils sont comptés à part",                                                  \
        "%.0s%s flows, %.0s%s workers, work abroad or in an unknown place (99999, ZZZZZ, border "    \
        "codes); they are counted in abroad/unknown"
#define M_FLOWS_BORDER                                                                             \
    "%s%.0s actifs travaillent dans un pays voisin, dont %s%.0s en un lieu dont la position est "  \
    "connue (flows: foreign) ; %s%.0s ont 99999 ou ZZZZZ, qui ne sont aucun lieu",                 \
        "%.0s%s workers work in a neighbouring country, %.0s%s of them in a place whose position " \
        "is known (flows: foreign); %.0s%s have 99999 or ZZZZZ, which are no place"
#define M_COLUMN_ABROAD                                                                            \
    "Lieu de travail dans un pays voisin", "Work place in a neighbouring country"
#define M_COLUMN_ABROAD_CROW                                                                       \
    "Distance à vol d’oiseau au lieu de travail à l’étranger",                                     \
        "Straight-line distance to the work place abroad"
#define M_FLOWS_ELSEWHERE                                                                          \
    "%s%.0s flux, %s%.0s actifs, travaillent en France hors des communes chargées",                \
        "%.0s%s flows, %.0s%s workers, work in France outside the communes loaded"
#define M_FLOWS_FAR                                                                                \
    "%s%.0s flux, %s%.0s actifs, ignorés : résidence dans un département dont aucune commune "  \
    "n’est chargée",                                                                               \
        "%.0s%s flows, %.0s%s workers, ignored: residence in a département none of whose "        \
        "communes is loaded"
#define M_FLOWS_DIFFERENCE                                                                           \
    "détail : %s%.0s actifs contre %s%.0s dans le fichier de base (écart %s%.0s %%) ; les totaux " \
    "de la base sont gardés, %s%.0s couples sur %s%.0s ont leur propre répartition, %s%.0s celle " \
    "de leur commune de résidence, %s%.0s celle de l’ensemble",                                      \
        "detail: %.0s%s workers against %.0s%s in the base file (difference %.0s%s %%); the "        \
        "totals of the base are kept, %.0s%s pairs of %.0s%s have their own shares, %.0s%s those "   \
        "of their residence commune, %.0s%s those of the whole"
#define M_FLOWS_ASSUMED                                                                             \
    "pas de fichier de détail : la répartition par mode et catégorie socioprofessionnelle est " \
    "une "                                                                                          \
    "hypothèse nationale (fiabilité insuffisante)",                                                 \
        "no detail file: the shares by mode and occupation are a national assumption "              \
        "(insufficient reliability)"
#define M_FLOWS_MODE                                                                               \
    "mode « %s » inconnu ; admis : home, walk, bicycle, two_wheeler, car, transit, non_motorised", \
        "unknown mode \"%s\"; allowed: home, walk, bicycle, two_wheeler, car, transit, "           \
        "non_motorised"
#define M_FLOWS_CS "catégorie socioprofessionnelle %u hors de 1..6", "occupation %u outside 1..6"
#define M_COLUMN_RESIDENCE "Commune de résidence (ligne)", "Residence commune (row)"
#define M_COLUMN_WORK "Commune de travail (ligne)", "Work commune (row)"
#define M_COLUMN_WORK_CODE "Commune de travail", "Work commune"
#define M_COLUMN_MODE "Mode", "Mode"
#define M_COLUMN_CS "Catégorie socioprofessionnelle", "Occupation"
#define M_COLUMN_WORKERS "Actifs ayant un emploi", "Workers"
#define M_COLUMN_VARIANCE "Variance", "Variance"
#define M_COLUMN_CROW "Distance à vol d’oiseau", "Distance as the crow flies"
#define M_COLUMN_SHARES "Origine de la répartition", "Source of the shares"
#define M_MODE_UNKNOWN "Inconnu", "Unknown"
#define M_MODE_HOME "Travail à domicile", "Works at home"
#define M_MODE_WALK "Marche", "Walking"
#define M_MODE_BICYCLE "Vélo", "Bicycle"
#define M_MODE_TWO_WHEELER "Deux-roues motorisé", "Powered two-wheeler"
#define M_MODE_CAR "Voiture", "Car"
#define M_MODE_TRANSIT "Transports en commun", "Public transport"
#define M_MODE_NON_MOTORISED "Marche et vélo", "Non-motorised"

#endif
