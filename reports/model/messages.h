/* reports/model/messages.h: the words of maps, legends and notes, French then English. U+00A0
 * stands before French double punctuation and between a figure and its unit. */
#ifndef REPORTS_MODEL_MESSAGES_H
#define REPORTS_MODEL_MESSAGES_H

/* --- signs of empty cells (INSEE's, and two for travel) --- */
#define M_SIGN_UNREACHABLE "inaccessible", "unreachable"
#define M_SIGN_BEYOND "hors limite", "beyond limit"
#define M_STATE_MISSING "non disponible", "not available"
#define M_STATE_UNREACHABLE "inaccessible (aucun chemin)", "unreachable (no path)"
#define M_STATE_BEYOND "au-delà de la limite de calcul", "beyond the travel limit"
#define M_STATE_NOT_APPLICABLE "sans objet", "not applicable"
#define M_STATE_SECRET "secret statistique", "statistical secrecy"
#define M_STATE_NOT_SIGNIFICANT "non significatif", "not significant"

/* --- classes --- */
#define M_CLASS_LESS "moins de %s", "under %s"
#define M_CLASS_MORE "%s et plus", "%s and over"
#define M_CLASS_BETWEEN "%s à %s", "%s to %s"
#define M_CLASS_ALL "toutes les valeurs", "all values"
#define M_CLASS_NO "non", "no"
#define M_CLASS_YES "oui", "yes"
#define M_CLASS_NOT_OFFERED                                                                        \
    "aucun lieu des listes n’offre cette fonction", "no venue in the lists offers this function"

/* --- the four lines --- */
#define M_LINE_READING "Lecture", "Reading"
#define M_LINE_CHAMP "Champ", "Scope"
#define M_LINE_SOURCE "Source", "Source"
#define M_LINE_NOTE "Note", "Note"
/* What follows {value} in a plugin's sentence, and what is said in place of both for none, for one.
 */
#define M_FEW_FUNCTIONS " des huit fonctions sont accessibles", " of the eight functions are within"
#define M_FEW_FUNCTIONS_NONE                                                                       \
    "aucune des huit fonctions n’est accessible", "none of the eight functions is within"
#define M_FEW_FUNCTIONS_ONE                                                                        \
    "une des huit fonctions est accessible", "one of the eight functions is within"
/* {name} and {value} as in a plugin's own template. */
#define M_READING_PLACE "à {name}, la valeur est de {value}.", "in {name}, the value is {value}."
#define M_READING_VENUE                                                                            \
    "pour « {name} », la valeur est de {value}.", "for \"{name}\", the value is {value}."
/* Of a yes or no: {title} is the column's. */
#define M_READING_PLACE_WORD "à {name}, « {title} » : {value}.", "in {name}, \"{title}\": {value}."
#define M_READING_VENUE_WORD                                                                       \
    "pour « {name} », « {title} » : {value}.", "for \"{name}\", \"{title}\": {value}."
#define M_READING_GROUP "en moyenne, ", "on average, "
#define M_READING_MEAN "en moyenne sur les carreaux de la commune, ", "on average over its cells, "
#define M_READING_MAP "carte ", "map "
#define M_READING_FLOW_LIVING " actifs résidant à ", " employed residents of "
#define M_READING_FLOW_WORKING " travaillent à ", " work in "
#define M_READING_FLOW_OUTSIDE                                                                     \
    " travaillent dans une commune hors des données", " work in a commune outside the data"
#define M_NOTE_ESTIMATE                                                                            \
    "e : estimation à vol d’oiseau ou sur des parts supposées, à lire comme un ordre de "    \
    "grandeur.",                                                                                   \
        "e: estimate as the crow flies or on assumed shares, to be read as an order of magnitude."
#define M_NOTE_WHITE                                                                               \
    "Zone blanche : %s d’où aucun lieu offrant la fonction ne s’atteint en %s ou "           \
    "moins ; le mot ne dit rien de la couverture téléphonique.",                                   \
        "White zone: %s from which no venue offering the function is reached within %s; the "      \
        "word says nothing of mobile coverage."
#define M_NOTE_WHITE_PLAIN                                                                          \
    "Zone blanche : %s d’où aucun lieu offrant la fonction ne s’atteint dans le temps fixé " \
    "(voir les paramètres) ; le mot ne dit rien de la couverture téléphonique.",                    \
        "White zone: %s from which no venue offering the function is reached within the time set "  \
        "(see the parameters); the word says nothing of mobile coverage."
#define M_NOTE_QUANTILE                                                                            \
    "Classes d’effectifs voisins (quantiles arrondis), propres à cette carte.",                    \
        "Classes of similar size (rounded quantiles), for this map only."
#define M_NOTE_UPPER                                                                               \
    "Chaque classe comprend sa borne basse, non sa borne haute.",                                  \
        "Each class holds its lower bound, not its upper one."
#define M_NOTE_PARAMETERS "Paramètres :", "Parameters:"
#define M_NOTE_PARAMETER_ASSUMED " (hypothèse)", " (assumption)"
#define M_NOTE_ASSUMED "Hypothèses, sans source :", "Assumed, without a source:"
#define M_NOTE_FLOWS                                                                               \
    "Premier flux sortant de chaque commune vers une autre, les %zu plus grands ; aucun flux de "  \
    "moins de 200 actifs n’est tracé, car l’enquête ne permet pas de le lire seul (Insee).",       \
        "Main flow out of each commune to another, the %zu largest; no flow under 200 workers is " \
        "drawn, as the survey does not allow it to be read alone (INSEE)."
/* After a figure. */
#define M_NOTE_FLOW_HIDDEN                                                                         \
    " autre flux de 200 actifs et plus n’est pas tracé.",                                          \
        " other flow of 200 workers and more is not drawn."
#define M_NOTE_FLOWS_HIDDEN                                                                        \
    " autres flux de 200 actifs et plus ne sont pas tracés.",                                      \
        " other flows of 200 workers and more are not drawn."
#define M_NOTE_VENUE_NOT_PLACED                                                                    \
    " lieu ouvert sans localisation n’est pas sur la carte.",                                      \
        " open venue without a location is not on the map."
#define M_NOTE_VENUES_NOT_PLACED                                                                   \
    " lieux ouverts sans localisation ne sont pas sur la carte.",                                  \
        " open venues without a location are not on the map."
#define M_NOTE_VENUE_NOT_OPEN                                                                      \
    " lieu en projet, candidat ou fermé n’est pas tracé.",                                         \
        " planned, candidate or closed venue is not drawn."
#define M_NOTE_VENUES_NOT_OPEN                                                                     \
    " lieux en projet, candidats ou fermés ne sont pas tracés.",                                   \
        " planned, candidate or closed venues are not drawn."

/* --- sheets --- */
#define M_SHEET_SUPPLY "Les lieux ouverts, par famille", "Open venues, by family"
#define M_SHEET_FLOWS "Où vont travailler les habitants", "Where residents go to work"
#define M_SHEET_REACH "À portée d’un lieu ouvert", "Within reach of an open venue"
#define M_LEGEND_REACH                                                                             \
    "Temps d’accès au lieu ouvert le plus proche (minutes)",                                       \
        "Travel time to the nearest open venue (minutes)"
#define M_CLASS_WITHIN "%s ou moins", "%s or less"
#define M_CLASS_BAND "plus de %s à %s", "over %s to %s"
#define M_POINTS_REACH "temps de trajet", "travel time"
#define M_READING_REACH                                                                            \
    "%s habitants, soit %s %%, sont à %s min au plus, par la route, d’un lieu ouvert.",            \
        "%s inhabitants, that is %s%%, are at most %s min by road from an open venue."
#define M_NOTE_REACH                                                                                     \
    "Zones tracées d’après le temps de chaque commune et de points tous les %s m ; les îlots et " \
    "les trous de moins de %s km² sans commune ne sont pas tracés. Les bornes sont comprises.",          \
        "Regions drawn from the time of each commune and of points every %s m; islands and holes "       \
        "under %s km² without a commune are not drawn. Limits are inclusive."
#define M_SUBTITLE "%s%spar %s%s%s%s", "%s%sby %s%s%s%s"
#define M_SUBTITLE_ESTIMATE ", estimation (e)", ", estimate (e)"
#define M_PLACES_VENUE "lieu", "venue"
#define M_PLACES_COMMUNE "commune", "commune"
#define M_PLACES_COMMUNES "communes", "communes"
#define M_PLACES_CELL "carreau", "grid cell"
#define M_PLACES_CELLS "carreaux", "grid cells"
#define M_PLACES_COMMUNE_OF_CELLS                                                                  \
    "commune (moyenne de ses carreaux)", "commune (mean of its grid cells)"
#define M_DESCRIPTION "Carte : %s. %s.", "Map: %s. %s."
#define M_MODE_BIKE "à vélo", "by bicycle"
#define M_MODE_FOOT "à pied", "on foot"
#define M_MODE_TRANSIT "en transports en commun", "by public transport"
#define M_MODE_CAR "en voiture", "by car"
#define M_MODE_OTHER "mode « %s »", "mode \"%s\""
#define M_UNIT_MINUTES "minutes", "minutes"

/* --- families of the taxonomy --- */
#define M_FAMILY_ACT "Activités et services", "Activities and services"
#define M_FAMILY_ART "Artisanal et créatif", "Crafts and making"
#define M_FAMILY_AGR "Agricole et nourricier", "Farming and food"
#define M_FAMILY_EDU "Éducatif et culturel", "Education and culture"
#define M_FAMILY_OTHER "Autre ou non renseigné", "Other or unknown"

/* --- parts of France drawn apart --- */
#define M_REGION_MAINLAND "France métropolitaine", "Metropolitan France"
#define M_REGION_GUADELOUPE "Guadeloupe", "Guadeloupe"
#define M_REGION_MARTINIQUE "Martinique", "Martinique"
#define M_REGION_GUYANE "Guyane", "French Guiana"
#define M_REGION_REUNION "La Réunion", "La Réunion"
#define M_REGION_MAYOTTE "Mayotte", "Mayotte"
#define M_REGION_MIQUELON "Saint-Pierre-et-Miquelon", "Saint Pierre and Miquelon"
#define M_REGION_NORTHERN_ISLES                                                                    \
    "Saint-Martin et Saint-Barthélemy", "Saint Martin and Saint Barthélemy"
#define M_REGION_ELSEWHERE "Ailleurs", "Elsewhere"

/* --- functions --- */
#define M_FUNCTION_A "Travailler autrement", "Working differently"
#define M_FUNCTION_B "Culture et savoirs", "Culture and knowledge"
#define M_FUNCTION_C "Moyens de recherche mutualisés", "Shared research facilities"
#define M_FUNCTION_D "Créer, fabriquer, innover", "Creating, making, innovating"
#define M_FUNCTION_E "Contribuer et participer", "Contributing and taking part"
#define M_FUNCTION_F "Transition écologique", "Ecological transition"
#define M_FUNCTION_G "Services publics et droits sociaux", "Public services and social rights"
#define M_FUNCTION_H "Appropriation du numérique", "Digital skills"

#endif
