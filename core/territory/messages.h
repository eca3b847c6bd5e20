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
#define M_TERRITORY_POINTS_FAILED                                                                  \
    "%s%.0s points ne se convertissent pas depuis EPSG:%d ; vérifiez crs",                         \
        "%.0s%s points cannot be converted from EPSG:%d; check crs"

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
#define M_VENUES_NULL_ISLAND_COMMUNE                                                                        \
    "« %s » : la position 0, 0 est un échec de géocodage, elle est écartée ; le lieu est placé " \
    "au point de sa commune",                                                                               \
        "\"%s\": 0, 0 is refused as a position (failed geocoding); the venue is placed at the "             \
        "point of its commune"
#define M_VENUES_SWAPPED_COMMUNE                                                                          \
    "« %s » : le point (%s ; %s) est hors de France : longitude et latitude échangées ? ; le " \
    "lieu est placé au point de sa commune",                                                              \
        "\"%s\": the point (%s; %s) is outside France: longitude and latitude swapped?; the "             \
        "venue is placed at the point of its commune"
#define M_VENUES_ABROAD_COMMUNE                                                                    \
    "« %s » : le point (%s ; %s) est hors de France ; le lieu est placé au point de sa commune",   \
        "\"%s\": the point (%s; %s) is outside France; the venue is placed at the point of its "   \
        "commune"
#define M_VENUES_NULL_ISLAND                                                                                \
    "« %s » : la position 0, 0 est un échec de géocodage, elle est écartée ; le lieu est placé " \
    "par son code postal, sinon il ne l’est pas",                                                           \
        "\"%s\": 0, 0 is refused as a position (failed geocoding); the venue is placed by its "             \
        "postcode, else not placed"
#define M_VENUES_SWAPPED                                                                                  \
    "« %s » : le point (%s ; %s) est hors de France : longitude et latitude échangées ? ; le " \
    "lieu est placé par son code postal, sinon il ne l’est pas",                                          \
        "\"%s\": the point (%s; %s) is outside France: longitude and latitude swapped?; the "             \
        "venue is placed by its postcode, else not placed"
#define M_VENUES_ABROAD                                                                                \
    "« %s » : le point (%s ; %s) est hors de France ; le lieu est placé par son code postal, " \
    "sinon il ne l’est pas",                                                                           \
        "\"%s\": the point (%s; %s) is outside France; the venue is placed by its postcode, else "     \
        "not placed"
#define M_VENUES_FAR                                                                                       \
    "« %s » : le point est à %s%.0s km de la commune déclarée, %s ; le lieu est placé au point " \
    "de sa "                                                                                               \
    "commune",                                                                                             \
        "\"%s\": the point is %.0s%s km from the commune named, %s; the venue is placed at the "           \
        "point "                                                                                           \
        "of its commune"
#define M_VENUES_OTHER_COMMUNE                                                                         \
    "« %s » : le point est dans la commune %s, hors de la commune déclarée %s ; le point est " \
    "gardé",                                                                                           \
        "\"%s\": the point is in commune %s, outside the commune named, %s; the point is kept"
#define M_VENUES_COMMUNE_UNKNOWN                                                                   \
    "« %s » : la commune %s n’est pas connue", "\"%s\": commune %s is not known"
#define M_VENUES_NOT_PLACED                                                                                \
    "« %s » n’a pu être placé (ni coordonnées, ni commune, ni code postal utilisables) : il ne " \
    "compte pas",                                                                                          \
        "\"%s\" could not be placed (no usable coordinates, commune or postcode): it does not "            \
        "count"
#define M_COLUMN_LIST "Liste", "List"
#define M_COLUMN_KIND "Type", "Kind"
#define M_COLUMN_FAMILY "Famille", "Family"
#define M_COLUMN_IN_SCOPE "Tiers-lieu", "Third place"
#define M_COLUMN_STATUS "État", "Status"
#define M_COLUMN_LABEL "Label", "Label"
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
