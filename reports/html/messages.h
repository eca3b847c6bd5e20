/* reports/html/messages.h: the words of the report for browsers, French then English. U+00A0 stands
 * before French double punctuation and between a figure and its unit. */
#ifndef REPORTS_HTML_MESSAGES_H
#define REPORTS_HTML_MESSAGES_H

/* --- failures --- */
#define M_HTML_PATH                                                                                \
    "chemin trop long pour le rapport dans « %s » : choisissez un dossier plus court (-o)",        \
        "path too long for the report in '%s': choose a shorter folder (-o)"
#define M_HTML_TOO_LARGE                                                                           \
    "carte interactive trop grande (%zu octets) : réduisez le territoire",                         \
        "interactive map too large (%zu bytes): reduce the territory"

/* --- head and foot --- */
#define M_KICKER "Lieux, accès et déplacements", "Venues, access and commuting"
#define M_NO_TITLE "Résultats de bassin", "Results of bassin"
#define M_RUN_LINE "bassin %s, exécution %s", "bassin %s, run %s"
#define M_FOOTER                                                                                       \
    "Rapport produit par bassin %s, exécution %s. Ce fichier se suffit à lui-même : il ne charge " \
    "rien depuis l’internet.",                                                                         \
        "Report made by bassin %s, run %s. This file is complete in itself: it loads nothing "         \
        "from the internet."
#define M_SKIP "Aller au contenu", "Skip to the content"
#define M_CONTENTS "Sommaire", "Contents"
#define M_MONTH_1 "janvier", "January"
#define M_MONTH_2 "février", "February"
#define M_MONTH_3 "mars", "March"
#define M_MONTH_4 "avril", "April"
#define M_MONTH_5 "mai", "May"
#define M_MONTH_6 "juin", "June"
#define M_MONTH_7 "juillet", "July"
#define M_MONTH_8 "août", "August"
#define M_MONTH_9 "septembre", "September"
#define M_MONTH_10 "octobre", "October"
#define M_MONTH_11 "novembre", "November"
#define M_MONTH_12 "décembre", "December"

/* --- sections --- */
#define M_SECTION_ESSENTIALS "L’essentiel", "In short"
#define M_SECTION_MAPS "Cartes", "Maps"
#define M_SECTION_ACCESS "Accès et zones blanches", "Access and white zones"
#define M_SECTION_GAPS "Secteurs sans lieu à portée", "Areas without a venue in reach"
#define M_SECTION_VENUES "Lieux", "Venues"
#define M_SECTION_TERRITORIES "Territoires", "Territories"
#define M_SECTION_COMMUTING "Domicile-travail", "Home to work"
#define M_SECTION_AVOIDED "Kilomètres évités", "Avoided kilometres"
#define M_SECTION_ADDED "Indicateurs ajoutés", "Added indicators"
#define M_CAPTION_LARGEST "Les %s les plus peuplées", "The most populous %s"
#define M_MISSING_TITLE "Ce qui manque à ce rapport", "What this report lacks"
#define M_MISSING_INTRO                                                                            \
    "Le calcul de ces indicateurs a échoué ; les autres n’en dépendent pas.",                      \
        "The computation of these indicators failed; the others do not depend on them."
#define M_WORD_BUILT_IN "fourni avec bassin", "comes with bassin"
#define M_WORD_LIBRARY "ajouté : bibliothèque", "added: library"
#define M_WORD_PROGRAM "ajouté : programme", "added: program"
#define M_WORD_DONE "calculé", "computed"
#define M_WORD_FAILED "en échec", "failed"
#define M_SECTION_OTHER "Autres résultats", "Other results"
#define M_SECTION_METHODS "Méthodes", "Methods"
#define M_SECTION_PARAMETERS "Paramètres", "Parameters"
#define M_SECTION_SOURCES "Sources", "Sources"
#define M_SECTION_QUALITY "Qualité des données", "Quality of the data"

/* --- the essential figures --- */
#define M_CARD_ACCESS                                                                              \
    "des habitants sont à %s au plus d’un lieu ouvert",                                            \
        "of residents are within %s of an open venue"
#define M_CARD_ACCESS_OTHER "%s à %s au plus", "%s within %s"
#define M_CARD_ACCESS_THIRD                                                                        \
    "En ne comptant que les tiers-lieux : %s.", "Counting third places only: %s."
#define M_CARD_WHITE_WORST                                                                         \
    "des habitants (%s personnes) vivent en zone blanche pour « %s », la fonction la plus "    \
    "éloignée.",                                                                                   \
        "of residents (%s people) live in a white zone for \"%s\", the farthest function."
#define M_CARD_WHITE_NONE                                                                          \
    "des habitants vivent en zone blanche : chacune des huit fonctions est à portée partout.",     \
        "of residents live in a white zone: each of the eight functions is within reach "          \
        "everywhere."
#define M_CARD_WHITE                                                                               \
    "des habitants (%s personnes) vivent en zone blanche pour « %s ».",                            \
        "of residents (%s people) live in a white zone for \"%s\"."
#define M_CARD_WHITE_THIRD                                                                         \
    "En ne comptant que les tiers-lieux : %s.", "Counting third places only: %s."
#define M_CARD_DISTANCE                                                                            \
    "des habitants sont à plus de 5 km, à vol d’oiseau, de tout lieu ouvert.",                     \
        "of residents are more than 5 km, in a straight line, from any open venue."
#define M_CARD_DISTANCE_PLACES "Cela concerne %s %s.", "This concerns %s %s."
#define M_CARD_VENUES "lieux ouverts dans le périmètre.", "open venues in the area."
#define M_CARD_THIRD "Parmi eux, %s sont des tiers-lieux.", "Of them, %s are third places."
#define M_CARD_RATE                                                                                \
    "Cela fait %s tiers-lieux pour 10 000 habitants.",                                             \
        "This makes %s third places per 10,000 residents."
#define M_CARD_WORKERS                                                                             \
    "habitants du périmètre ont un emploi.", "residents of the area are employed."
#define M_CARD_COMMUTE                                                                             \
    "séparent en moyenne le domicile du travail (aller).",                                         \
        "on average between home and work (one way)."
#define M_CARD_COMMUTE_CROW                                                                        \
    "séparent en moyenne le domicile du travail, à vol d’oiseau (aller).",                         \
        "on average between home and work, in a straight line (one way)."
#define M_CARD_COMMUTE_MINUTES                                                                     \
    "séparent en moyenne le domicile du travail, soit %s de trajet (aller).",                      \
        "on average between home and work, a trip of %s (one way)."
#define M_CARD_COMMUTE_WORKERS "%s habitants ont un emploi.", "%s residents are employed."
#define M_CARD_BREAKEVEN                                                                                \
    "c’est la part des journées passées dans un lieu qui doit remplacer un trajet vers l’emploi " \
    "pour que le bilan en kilomètres soit positif.",                                                    \
        "is the share of days spent in a venue that must replace a trip to work for the balance "       \
        "in kilometres to be positive."
#define M_CARD_BREAKEVEN_NEVER_BIG "Jamais", "Never"
#define M_CARD_BREAKEVEN_NEVER                                                                          \
    "Même si chaque journée passée dans un lieu remplaçait un trajet vers l’emploi, le bilan en " \
    "kilomètres resterait négatif.",                                                                    \
        "Even if every day spent in a venue replaced a trip to work, the balance in kilometres "        \
        "would stay negative."
#define M_CARD_AVOIDED                                                                             \
    "pour le télétravail en tiers-lieu : entre %s et %s kilomètres évités par an, valeur "   \
    "médiane %s.",                                                                                 \
        "for telework in third places: between %s and %s kilometres avoided a year, median %s."
#define M_CARD_AVOIDED_UNKNOWN_BIG "On ne sait pas", "We do not know"
#define M_CARD_AVOIDED_UNKNOWN                                                                     \
    "si le télétravail en tiers-lieu évite des kilomètres : entre %s et %s par an, valeur "   \
    "médiane %s.",                                                                                 \
        "whether telework in third places avoids kilometres: between %s and %s a year, median "    \
        "%s."
#define M_CARD_AVOIDED_SIGN                                                                        \
    "Le signe lui-même n’est pas établi.", "Even the sign is not established."
#define M_CARD_CO2                                                                                 \
    "En CO₂ : entre %s et %s tonnes par an, valeur médiane %s.",                                   \
        "In CO₂: between %s and %s tonnes a year, median %s."
#define M_CO2 "CO₂", "CO₂"
#define M_RELIABILITY "Fiabilité : %s", "Reliability: %s"
#define M_ASSUMED_TITLE                                                                            \
    "Ce qui est supposé, faute de source", "What is assumed, for want of a source"
#define M_ASSUMED_INTRO                                                                            \
    "Ces valeurs ont été choisies, non mesurées. Les changer change les résultats :",              \
        "These values were chosen, not measured. Changing them changes the results:"
#define M_ASSUMPTION "%s : %s", "%s: %s"
#define M_ASSUMPTION_RANGE "(entre %s et %s)", "(between %s and %s)"
#define M_PLACES_OF_CELLS                                                                            \
    "L’accès est calculé pour chaque carreau de population de %s m ; ce rapport le donne par "   \
    "commune et par territoire, en moyenne des carreaux pondérée par leurs habitants. Les cartes " \
    "par carreau sont dans le dossier maps. Un carreau seul n’a pas de sens : aucun n’est cité.",    \
        "Access is computed for each population cell of %s m; this report gives it by commune "      \
        "and by territory, as the mean of their cells weighted by their inhabitants. Maps by "       \
        "cell are in the folder maps. One cell alone has no meaning: none is quoted."
#define M_PLACES_ARE                                                                               \
    "L’unité géographique de ce rapport est la maille des %s.",                                    \
        "The geographic unit of this report is: %s."

/* --- maps --- */
#define M_MAP_CHOICE "Carte affichée", "Map shown"
#define M_MAP_SEARCH "Chercher une commune", "Find a commune"
#define M_MAP_SEARCH_CELL "Chercher un carreau", "Find a grid cell"
#define M_MAP_FOUND "Réponses", "Answers"
#define M_MAP_VENUES "Afficher les lieux", "Show venues"
#define M_MAP_LABEL "Carte interactive", "Interactive map"
#define M_MAP_ZOOM_IN "Agrandir la carte", "Zoom in"
#define M_MAP_ZOOM_OUT "Réduire la carte", "Zoom out"
#define M_MAP_ZOOM_ALL "Voir tout le territoire", "Show the whole territory"
#define M_MAP_INFO_EMPTY                                                                           \
    "Survolez, touchez ou cherchez une commune pour lire ses valeurs.",                            \
        "Hover, tap or find a commune to read its values."
#define M_MAP_HELP                                                                                      \
    "Souris : glisser pour déplacer, boutons ou Ctrl + molette pour agrandir. Écran tactile : "     \
    "toucher une commune, écarter deux doigts pour agrandir. Clavier : Tab pour atteindre la "        \
    "carte, flèches pour déplacer, + et − pour agrandir, 0 pour tout voir ; la commune au centre " \
    "est lue à voix haute. Toutes les valeurs sont aussi dans les tableaux plus bas.",                  \
        "Mouse: drag to move, buttons or Ctrl + wheel to zoom. Touch screen: tap a commune, "           \
        "spread two fingers to zoom. Keyboard: Tab to reach the map, arrows to move, + and − to "     \
        "zoom, 0 to see everything; the commune at the centre is read aloud. All values are also "      \
        "in the tables below."
#define M_MAP_NO_SCRIPT                                                                            \
    "La carte interactive demande JavaScript ; voici les mêmes cartes, fixes.",                    \
        "The interactive map needs JavaScript; here are the same maps, fixed."
#define M_MAP_FAILED                                                                               \
    "Ce navigateur ne sait pas ouvrir la carte interactive ; voici les mêmes cartes, fixes.",      \
        "This browser cannot open the interactive map; here are the same maps, fixed."
#define M_LEGEND_FAMILIES "Lieux, par famille", "Venues by family"
#define M_LEGEND_OPEN_VENUE "lieu ouvert", "open venue"
#define M_VENUES_WORD "lieux", "venues"
#define M_ONE_VENUE "lieu", "venue"
#define M_ONE_COMMUNE "commune", "commune"
#define M_ONE_CELL "carreau", "grid cell"
#define M_MANY_CELLS "carreaux", "cells"
#define M_JS_CLASS "classe", "class"
#define M_JS_INHABITANTS "habitants", "residents"
#define M_JS_ESTIMATE "estimation", "estimate"
#define M_JS_ALL_VALUES "Toutes les valeurs de cette commune", "All the values of this commune"
#define M_JS_VENUE "Lieu", "Venue"
#define M_JS_NONE "Aucune commune de ce nom", "No commune of that name"
#define M_JS_FOUND "réponses", "answers"
#define M_JS_COLON " : ", ": "
#define M_JS_CLEAR "Hors du territoire", "Outside the territory"

/* --- access --- */
#define M_WHITE_DEFINITION                                                                         \
    "Pour une fonction donnée, %s est en zone blanche quand aucun lieu ouvert qui l’offre ne "  \
    "s’atteint en %s ou moins. Le mot ne dit rien de la couverture téléphonique.",                 \
        "For a given function, %s is a white zone when no open venue offering it is reached "      \
        "within %s. The word says nothing of mobile coverage."
#define M_WHITE_VARIES                                                                             \
    "Pour une fonction donnée, %s est en zone blanche quand aucun lieu ouvert qui l’offre ne "  \
    "s’atteint dans le temps fixé pour elle (%s). Le mot ne dit rien de la couverture "         \
    "téléphonique.",                                                                               \
        "For a given function, %s is a white zone when no open venue offering it is reached "      \
        "within the time set for it (%s). The word says nothing of mobile coverage."
#define M_COMMUNE "une commune", "a commune"
#define M_CELL "un carreau", "a grid cell"
#define M_CAPTION_WHITE                                                                            \
    "Habitants en zone blanche, par fonction", "Residents in a white zone, by function"
#define M_HEAD_FUNCTION "Fonction", "Function"
#define M_NOT_OFFERED " (aucun lieu dans les listes)", " (no venue in the lists)"
#define M_HEAD_PEOPLE_ALL "Habitants, tous lieux", "Residents, all venues"
#define M_HEAD_SHARE_ALL "Part, tous lieux", "Share, all venues"
#define M_HEAD_PEOPLE_THIRD "Habitants, tiers-lieux seuls", "Residents, third places only"
#define M_HEAD_SHARE_THIRD "Part, tiers-lieux seuls", "Share, third places only"
#define M_READING_WHITE                                                                            \
    "%s habitants, soit %s, vivent en zone blanche pour « %s ».",                                  \
        "%s residents (%s) live in a white zone for \"%s\"."
#define M_PLACES_DETAILS "Tableau des %s %s", "Table of the %s %s"
#define M_GAPS_INTRO                                                                                  \
    "Les zones blanches qui se touchent forment un secteur. Les plus peuplés d’abord, tous lieux " \
    "comptés.",                                                                                       \
        "White zones that touch form an area. The most populated first, all venues counted."
#define M_GAPS_THIRD                                                                               \
    "Les secteurs où ne sont comptés que les tiers-lieux sont dans tables/gaps.csv.",              \
        "The areas where only third places count are in tables/gaps.csv."
#define M_PART_OF_TERRITORY " (partie)", " (part)"
#define M_PART_OF_TERRITORY_NOTE                                                                     \
    "(partie) : le territoire a des communes hors du périmètre ; ses chiffres ne portent que sur " \
    "les communes du "                                                                               \
    "périmètre.",                                                                                    \
        "(part): the territory has communes outside the perimeter; its figures are of the "          \
        "communes inside."
#define M_GAPS_NOT_OFFERED                                                                         \
    "Les fonctions qu’aucun lieu des listes n’offre ne sont pas montrées : %s.",                   \
        "Functions that no venue in the lists offers are not shown: %s."
#define M_LEFT_OUT                                                                                 \
    "Les %s premières lignes sur %s. Le tableau complet est dans tables/%s.csv.",                  \
        "The first %s rows of %s. The whole table is in tables/%s.csv."
#define M_LEFT_OUT_SHEET                                                                           \
    "Les %s premières lignes sur %s. Le tableau complet est dans tables/%s.csv et dans la "       \
    "feuille « %s » du classeur.",                                                                 \
        "The first %s rows of %s. The whole table is in tables/%s.csv and in the sheet \"%s\" of " \
        "the workbook."

/* --- venues --- */
#define M_VENUES_DETAILS "Liste des %s lieux", "List of the %s venues"
#define M_HEAD_VENUE "Lieu", "Venue"
#define M_HEAD_COMMUNE "Commune", "Commune"
#define M_HEAD_FAMILY "Famille", "Family"
#define M_HEAD_NET                                                                                 \
    "Kilomètres évités par an (et intervalle)", "Avoided kilometres a year (and interval)"
#define M_NET_INTERVAL "%s (%s à %s)", "%s (%s to %s)"
#define M_HEAD_FUNCTIONS "Fonctions", "Functions"
#define M_HEADING_UNIT "%s (%s)", "%s (%s)"
#define M_FUNCTION_A_TITLE "a. Travailler autrement", "a. Working differently"
#define M_FUNCTION_B_TITLE "b. Culture et savoirs", "b. Culture and knowledge"
#define M_FUNCTION_C_TITLE "c. Moyens de recherche mutualisés", "c. Shared research facilities"
#define M_FUNCTION_D_TITLE "d. Créer, fabriquer, innover", "d. Creating, making, innovating"
#define M_FUNCTION_E_TITLE "e. Contribuer et participer", "e. Contributing and taking part"
#define M_FUNCTION_F_TITLE "f. Transition écologique", "f. Ecological transition"
#define M_FUNCTION_G_TITLE                                                                         \
    "g. Services publics et droits sociaux", "g. Public services and social rights"
#define M_FUNCTION_H_TITLE "h. Appropriation du numérique", "h. Digital skills"

/* --- territories --- */
#define M_CAPTION_LEVEL "Maille : %s", "Level: %s"

/* --- home to work --- */
#define M_FACT_WORKERS "Actifs ayant un emploi", "Employed residents"
#define M_FACT_KM "Distance moyenne", "Mean distance"
#define M_FACT_CROW "Distance moyenne à vol d’oiseau", "Mean straight-line distance"
#define M_FACT_MINUTES "Durée moyenne", "Mean time"
#define M_FACT_SAME "Travaillent sur place", "Work locally"
#define M_FACT_CAR "Part de la voiture", "Share of cars"
#define M_FACT_OUTSIDE "Travaillent hors des communes chargées", "Work outside the loaded communes"
#define M_CAPTION_MODES "Comment les habitants vont travailler", "How residents go to work"
#define M_HEAD_MODE "Mode", "Mode"
#define M_HEAD_WORKERS "Actifs", "Workers"
#define M_HEAD_SHARE "Part", "Share"
/* Of a mode that reads after the verb; of work at home; of any other. */
#define M_READING_MODE "%s actifs vont travailler %s.", "%s workers travel to work %s."
#define M_READING_HOME "%s actifs travaillent à domicile.", "%s workers work at home."
#define M_READING_MODES "%s actifs vont travailler ainsi : %s.", "%s workers travel this way: %s."
#define M_CAPTION_FLOWS "Principaux flux entre deux communes", "Main flows between two communes"
#define M_HEAD_RESIDENCE "Commune de résidence", "Commune of residence"
#define M_HEAD_WORK "Commune de travail", "Commune of work"
#define M_OUTSIDE "une commune hors des données", "a commune outside the data"
#define M_READING_FLOWS                                                                               \
    "%s actifs résidant à %s travaillent à %s. Aucun flux de moins de 200 actifs n’est montré " \
    "(Insee).",                                                                                       \
        "%s employed residents of %s work in %s. No flow under 200 workers is shown (INSEE)."

#define M_READING_FLOWS_OUTSIDE                                                                      \
    "%s actifs résidant à %s travaillent dans une commune hors des données. Aucun flux de moins " \
    "de "                                                                                            \
    "200 actifs n’est montré (Insee).",                                                              \
        "%s employed residents of %s work in a commune outside the data. No flow under 200 "         \
        "workers is shown (INSEE)."

/* --- avoided kilometres --- */
#define M_BREAKEVEN_SENTENCE                                                                         \
    "Le bilan n’est positif que si au moins %s des journées passées dans un lieu remplacent un " \
    "trajet vers l’emploi. Ce seuil ne dépend d’aucune hypothèse sur l’usage des lieux.",            \
        "The balance is positive only if at least %s of the days spent in a venue replace a trip "   \
        "to work. This threshold rests on no assumption about the use of venues."
#define M_CAPTION_AVOIDED                                                                          \
    "Intervalle des résultats (neuf tirages sur dix)", "Interval of the results (nine draws in "   \
                                                       "ten)"
#define M_HEAD_QUANTITY "Grandeur", "Quantity"
#define M_HEAD_LOW "Borne basse", "Low"
#define M_HEAD_MEDIAN "Valeur médiane", "Median"
#define M_HEAD_HIGH "Borne haute", "High"
#define M_READING_AVOIDED                                                                          \
    "neuf tirages sur dix donnent entre %s et %s.", "nine draws in ten give between %s and %s."
#define M_SWINGS_INTRO                                                                             \
    "Ce qui changerait le plus la réponse, en ne faisant varier qu’un paramètre à la fois :",      \
        "What would change the answer most, one parameter varying at a time:"
#define M_CAPTION_SWINGS                                                                           \
    "Les trois sources principales d’incertitude", "The three main sources of uncertainty"

/* --- parameters, quality --- */
#define M_HEAD_PARAMETER "Paramètre", "Parameter"
#define M_HEAD_VALUE "Valeur", "Value"
#define M_HEAD_UNIT "Unité", "Unit"
#define M_HEAD_RANGE "Plage", "Range"
#define M_HEAD_BASIS "Origine", "Basis"
#define M_RANGE "%s à %s", "%s to %s"
#define M_PARAMETERS_INTRO                                                                         \
    "Les hypothèses, qui ne reposent sur aucune source, sont marquées.",                           \
        "Assumptions, which rest on no source, are marked."
#define M_PLACEMENTS_INTRO "Localisation de %zu lieux :", "Placement of %zu venues:"
#define M_PLACEMENTS_CLASS "%zu %s%.0s", "%zu %.0s%s"
#define M_PLACEMENTS_SURE                                                                          \
    "par un point sûr ou une adresse au numéro", "by a sure point or a house number"
#define M_PLACEMENTS_STREET "à la rue ou au lieu-dit", "to the street or the locality"
#define M_PLACEMENTS_COMMUNE "à la commune seulement", "to the commune only"
#define M_PLACEMENTS_DOUBTED "par un point douteux", "by a doubtful point"
#define M_PLACEMENTS_NOWHERE "non localisés", "not located"
#define M_PLACEMENTS_EFFECT                                                                        \
    "Là où seule la commune est connue, les temps de parcours sont incertains d’environ son "  \
    "rayon ; là où le point est douteux, la commune elle-même peut être une autre. La table "  \
    "placements donne chaque lieu, ses doutes et les autres possibilités.",                        \
        "Where only the commune is known, travel times are uncertain by about its radius; where "  \
        "the point is doubtful, the commune itself may be another one. The table placements "      \
        "gives every venue, its doubts and the alternatives."
#define M_PLACEMENTS_DOUBTFUL "Lieux dont la localisation est douteuse", "Venues placed doubtfully"
#define M_PLACEMENTS_SOURCES                                                                       \
    "%zu lieux viennent de plusieurs listes et n’en font qu’un chacun (colonne sources).",         \
        "%zu venues come from several lists and are made one each (column sources)."
#define M_QUALITY_INTRO                                                                            \
    "Pour chaque fichier : lignes lues = utilisées + rejetées + ignorées.",                        \
        "For each file: rows read = used + rejected + ignored."
#define M_SIGNS_TITLE "Signes des tableaux", "Signs in the tables"
#define M_SIGN_ESTIMATE "estimé", "estimated"
#define M_RELIABILITY_WORDS                                                                        \
    "La fiabilité se lit en quatre mots : bonne (écart relatif de 5 %% au plus), correcte "    \
    "(10 %%), fragile (20 %%), insuffisante (au-delà).",                                           \
        "Reliability is said in four words: good (relative error of 5%% at most), fair (10%%), "   \
        "fragile (20%%), insufficient (beyond)."

/* --- words for codes --- */
#define M_WORD_YES "oui", "yes"
#define M_WORD_NO "non", "no"
#define M_WORD_PARTLY "en partie", "in part"
#define M_WORD_OPEN "ouvert", "open"
#define M_WORD_PROJECT "en projet", "planned"
#define M_WORD_CANDIDATE "candidat", "candidate"
#define M_WORD_CLOSED "fermé", "closed"
#define M_WORD_COORDINATES "coordonnées", "coordinates"
#define M_WORD_ADDRESS "adresse", "address"
#define M_WORD_POSTCODE "code postal", "postcode"
#define M_WORD_COMMUNE "commune", "commune"
#define M_WORD_NONE "non localisé", "not located"
#define M_WORD_ACT "Activités et services", "Activities and services"
#define M_WORD_ART "Artisanal et créatif", "Crafts and making"
#define M_WORD_AGR "Agricole et nourricier", "Farming and food"
#define M_WORD_EDU "Éducatif et culturel", "Education and culture"
#define M_WORD_OTHER "Autre ou non renseigné", "Other or unknown"
#define M_WORD_ALL_VENUES "tous lieux", "all venues"
#define M_WORD_THIRD_PLACES "tiers-lieux seuls", "third places only"
#define M_WORD_THIRD_PLACE "tiers-lieu", "third place"
#define M_WORD_OTHER_VENUE "autre lieu", "other venue"
#define M_WORD_UNKNOWN "mode non connu", "mode unknown"
#define M_WORD_HOME "à domicile", "at home"
#define M_WORD_WALK "à pied", "on foot"
#define M_WORD_BICYCLE "à vélo", "by bicycle"
#define M_WORD_TWO_WHEELER "en deux-roues motorisé", "by motorcycle"
#define M_WORD_CAR "en voiture", "by car"
#define M_WORD_TRANSIT "en transports en commun", "by public transport"
#define M_WORD_NON_MOTORISED "à pied ou à vélo", "on foot or by bicycle"
#define M_WORD_FAULT "faute", "fault"
#define M_WORD_WARNING "avertissement", "warning"
#define M_WORD_NOTE "note", "note"
#define M_WORD_GOOD "bonne", "good"
#define M_WORD_FAIR "correcte", "fair"
#define M_WORD_FRAGILE "fragile", "fragile"
#define M_WORD_POOR "insuffisante", "insufficient"
#define M_WORD_ASSUMED "hypothèse", "assumption"
#define M_WORD_READ "lues", "read"
#define M_WORD_USED "utilisées", "used"
#define M_WORD_REJECTED "rejetées", "rejected"
#define M_WORD_IGNORED "ignorées", "ignored"
#define M_ROLE_COMMUNES "communes", "communes"
#define M_ROLE_NAMES "noms", "names"
#define M_ROLE_MEMBERSHIP "appartenances", "membership"
#define M_ROLE_POPULATION "population", "population"
#define M_ROLE_CELLS "carreaux", "cells"
#define M_ROLE_FLOWS "flux domicile-travail", "commuting flows"
#define M_ROLE_DETAIL "détail des flux", "detail of flows"
#define M_ROLE_MATRIX "matrice de temps", "matrix of times"
#define M_ROLE_PERIMETER "périmètre", "perimeter"
#define M_ROLE_GROUP "regroupement", "grouping"
#define M_ROLE_DENSITY "densité", "density"
#define M_ROLE_VENUES "lieux", "venues"
#define M_QUALITY_POINT "point sûr", "sure point"
#define M_QUALITY_HOUSENUMBER "numéro de l’adresse", "house number"
#define M_QUALITY_STREET "rue", "street"
#define M_QUALITY_LOCALITY "lieu-dit", "locality"
#define M_QUALITY_DOUBTFUL "point douteux", "doubtful point"
#define M_QUALITY_COMMUNE "commune seulement", "commune only"
#define M_QUALITY_NONE "non localisé", "not located"
#define M_EFFECT_NONE "rien", "nothing"
#define M_EFFECT_NEARBY                                                                            \
    "les temps, à quelques minutes à pied près", "times, by a few minutes on foot"
#define M_EFFECT_COMMUNE                                                                           \
    "les temps, à un rayon de commune près", "times, by the radius of a commune"
#define M_EFFECT_ELSEWHERE                                                                         \
    "les temps et le territoire : peut-être une autre commune",                                    \
        "times and territory: perhaps another commune"
#define M_EFFECT_ABSENT "le lieu ne compte nulle part", "the venue counts nowhere"
#define M_ROLE_ADDRESSES "adresses", "addresses"
#define M_ROLE_POSTCODES "codes postaux", "postcodes"
#define M_ROLE_SERIES "série de recensements", "series of censuses"
#define M_ROLE_MOVEMENTS "mouvements de communes", "commune movements"
#define M_ROLE_PASSAGE "table de passage", "passage table"
#define M_ROLE_ROADS "réseau routier", "road network"
#define M_WORD_FLOWS "aléa de sondage des flux", "sampling error of flows"

/* --- kinds of venues: the labels of datasets/reference/taxonomy.csv; a test keeps them equal ---
 */
#define M_KIND_ACT_COWORK "Espace de coworking", "coworking space"
#define M_KIND_ACT_TELE "Télécentre / bureaux partagés", "telecentre, shared offices"
#define M_KIND_ACT_COLLAB "Espace collaboratif (bar, cuisine, potager)", "collaborative space"
#define M_KIND_ACT_CAFE "Café associatif", "association-run café"
#define M_KIND_ACT_KITCHEN "Cuisine partagée / foodlab", "shared kitchen"
#define M_KIND_ACT_LIVINGLAB "Living lab / laboratoire d'innovation sociale", "living lab"
#define M_KIND_ACT_SOCIAL "Social place / lieu de solidarité", "social place"
#define M_KIND_ACT_FS                                                                              \
    "France Services / maison de services au public", "one-stop public service desk"
#define M_KIND_ACT_EPN "Espace public numérique / cyber-base", "public digital space"
#define M_KIND_ART_FABLAB "Fablab", "fabrication laboratory"
#define M_KIND_ART_HACK "Hackerspace", "hackerspace"
#define M_KIND_ART_MAKER "Makerspace", "makerspace"
#define M_KIND_ART_GARAGE "Garage solidaire", "solidarity garage"
#define M_KIND_ART_TEXTILE "Laboratoire textile", "textile laboratory"
#define M_KIND_ART_BOUTIQUE "Boutique partagée", "shared shop"
#define M_KIND_ART_ATELIER "Atelier partagé", "shared workshop"
#define M_KIND_ART_REPAIR "Repair café", "repair café"
#define M_KIND_ART_MANUF "Manufacture de proximité", "local shared manufactory"
#define M_KIND_ART_CULT                                                                            \
    "Création / représentation artistique, atelier culturel", "artistic creation space"
#define M_KIND_ART_FRICHE "Friche culturelle", "cultural brownfield"
#define M_KIND_AGR_PROD "Lieu de production entre fermiers", "shared farm production"
#define M_KIND_AGR_VENTE "Lieu de vente partagé (producteurs ou consommateurs)", "shared sale point"
#define M_KIND_AGR_NOURR "Tiers-lieu nourricier", "food third place"
#define M_KIND_EDU_INNOV "Innovation pédagogique", "educational innovation space"
#define M_KIND_EDU_CAMPUS "Campus connecté", "connected campus (remote higher education)"
#define M_KIND_EDU_MICROFOLIE "Micro-Folie", "digital museum and cultural space"
#define M_KIND_EDU_MEDIA "Médiathèque / bibliothèque tiers-lieu", "media library"
#define M_KIND_XXX_AUTRE "Autre / non renseigné", "other or unknown"

#endif
