/* reports/xlsx/messages.h: what this room tells people, in French and in English. */
#ifndef REPORTS_XLSX_MESSAGES_H
#define REPORTS_XLSX_MESSAGES_H

/* --- errors --- */
#define M_XLSX_PATH                                                                                \
    "le chemin du dossier est trop long pour workbook.xlsx",                                       \
        "the folder's path is too long for workbook.xlsx"
#define M_XLSX_CREATE "workbook.xlsx ne peut être créé", "workbook.xlsx cannot be created"
#define M_XLSX_LIBRARY                                                                             \
    "workbook.xlsx ne peut être écrit (%s) : %s ; vérifiez la place sur le disque",                \
        "workbook.xlsx cannot be written (%s): %s; check the disk space"
#define M_XLSX_LIMIT                                                                               \
    "feuille « %s » : une cellule dépasse les limites d’un classeur (ligne %zu, colonne %zu)",     \
        "sheet \"%s\": a cell is beyond the limits of a workbook (row %zu, column %zu)"
#define M_XLSX_REQUEST                                                                             \
    "la demande au processus d’écriture est incohérente",                                          \
        "the request to the writing process is inconsistent"
#define M_XLSX_DIFFERS                                                                                    \
    "le classeur relu diffère de ce qui a été écrit (feuille « %s », ligne %zu, colonne %zu) ; " \
    "relancez, après avoir vérifié la place sur le disque",                                               \
        "the workbook read back differs from what was written (sheet \"%s\", row %zu, column "            \
        "%zu); "                                                                                          \
        "run again after checking the disk space"
#define M_XLSX_DIFFERS_ROWS                                                                            \
    "le classeur relu diffère de ce qui a été écrit (feuille « %s » : %zu lignes au lieu de " \
    "%zu) ; "                                                                                         \
    "relancez, après avoir vérifié la place sur le disque",                                            \
        "the workbook read back differs from what was written (sheet \"%s\": %zu rows instead of "     \
        "%zu); run again after checking the disk space"
#define M_XLSX_INTERRUPTED                                                                         \
    "interrompu pendant la relecture du classeur", "interrupted while the workbook was read again"
#define M_XLSX_UNREADABLE                                                                          \
    "le classeur relu diffère de ce qui a été écrit (feuille « %s » illisible : %s)",              \
        "the workbook read back differs from what was written (sheet \"%s\" cannot be read: %s)"

/* --- names of sheets: as plugins give them in French, and in English --- */
#define M_SHEET_README "Lisez-moi", "Read me"
#define M_SHEET_SUMMARY "Synthèse", "Summary"
#define M_SHEET_TERRITORIES "Territoires", "Territories"
#define M_SHEET_COMMUNES "Communes", "Communes"
#define M_SHEET_CELLS "Carreaux", "Grid cells"
#define M_SHEET_VENUES "Lieux", "Venues"
#define M_SHEET_SUPPLY "Offre", "Supply"
#define M_SHEET_CATCHMENTS "Aires de desserte", "Catchments"
#define M_SHEET_ACCESS "Accès par fonction", "Access by function"
#define M_SHEET_WHITE "Zones blanches", "White zones"
#define M_SHEET_COMMUTING "Domicile-travail", "Commuting"
#define M_SHEET_AVOIDED "Km évités", "Avoided km"
#define M_SHEET_SITES "Secteurs propices", "Siting"
#define M_SHEET_SCENARIOS "Scénarios", "Scenarios"
#define M_SHEET_SCORES "Notation", "Scores"
#define M_SHEET_DICTIONARY "Dictionnaire", "Dictionary"
#define M_SHEET_METHODS "Méthodes", "Methods"
#define M_SHEET_PARAMETERS "Paramètres", "Parameters"
#define M_SHEET_QUALITY "Qualité", "Quality"
#define M_SHEET_SOURCES "Sources", "Sources"
#define M_TAB_FLOWS "Flux principaux", "Main flows"
#define M_TAB_MODES "Modes et catégories", "Modes and occupations"
#define M_TAB_SENSITIVITY "Km évités – incertitude", "Avoided km – uncertainty"
#define M_SHEET_OF_VENUES " – lieux", " – venues"
#define M_SHEET_DETAIL " – détail", " – detail"

/* --- what each sheet holds --- */
#define M_HOLDS_SUMMARY                                                                            \
    "Les chiffres clés de l’exécution, avec leur fourchette, et un seuil de temps à faire "   \
    "varier.",                                                                                     \
        "The key figures of the run, with their range, and a time threshold to play with."
#define M_HOLDS_TERRITORIES                                                                        \
    "Les indicateurs par intercommunalité, bassin de vie, département…",                           \
        "The indicators by EPCI, living area, département…"
#define M_HOLDS_PLACES                                                                             \
    "Chaque territoire élémentaire : population, rattachements, indicateurs principaux.",          \
        "Each place: population, memberships, main indicators."
#define M_HOLDS_VENUES                                                                             \
    "Chaque lieu : type, fonctions, état, mode de localisation.",                                  \
        "Each venue: kind, functions, status, placement."
#define M_HOLDS_SUPPLY                                                                             \
    "Les lieux ouverts, par famille et par fonction.", "Open venues, by family and by function."
#define M_HOLDS_CATCHMENTS                                                                         \
    "Qui est à portée de quoi, et l’accessibilité pondérée.",                                      \
        "Who is within reach of what, and weighted accessibility."
#define M_HOLDS_ACCESS                                                                             \
    "Le temps d’accès au lieu le plus proche, toutes fonctions puis fonction par fonction.",       \
        "Travel time to the nearest venue, all functions, then function by function."
#define M_HOLDS_WHITE                                                                              \
    "L’indice d’éloignement et les zones blanches, fonction par fonction.",                        \
        "The gap index and white zones, function by function."
#define M_HOLDS_COMMUTING                                                                          \
    "Les actifs occupés, leurs distances et leurs modes de transport.",                            \
        "Employed residents, their distances and modes of travel."
#define M_HOLDS_AVOIDED                                                                            \
    "Les kilomètres et le CO₂ que les lieux feraient éviter, avec leur fourchette.",               \
        "The kilometres and CO₂ that venues would save, with their range."
#define M_HOLDS_SITES                                                                              \
    "Où un projet aiderait le plus : une orientation, pas une désignation.",                       \
        "Where a project would help most: a direction, not a designation."
#define M_HOLDS_DICTIONARY                                                                         \
    "Le sens, l’unité et le nom technique de chaque colonne.",                                     \
        "The meaning, unit and technical name of each column."
#define M_HOLDS_METHODS "Comment chaque indicateur est calculé.", "How each indicator is computed."
#define M_HOLDS_PARAMETERS                                                                         \
    "Toutes les valeurs retenues, leur origine, leur fourchette ; les hypothèses d’abord.",        \
        "Every value used, its basis and range; assumptions first."
#define M_HOLDS_QUALITY                                                                            \
    "Ce qui a été lu, utilisé, écarté ou ignoré ; la localisation des lieux.",                     \
        "What was read, used, rejected or ignored; how venues were located."
#define M_HOLDS_SOURCES                                                                            \
    "Les fichiers lus : producteur, licence, millésime, empreinte.",                               \
        "The files read: producer, licence, vintage, fingerprint."

#define M_HOLDS_DETAIL "Complète la feuille « %s ».", "Goes with sheet \"%s\"."
#define M_HOLDS_OF_VENUES "La feuille « %s », lieu par lieu.", "Sheet \"%s\", venue by venue."

/* --- read me --- */
#define M_README_MADE                                                                              \
    "Classeur produit par bassin %s, exécution %s%s%s.", "Workbook made by bassin %s, run %s%s%s."
#define M_README_DATED ", le ", ", on "
#define M_README_CELLS                                                                              \
    "Les lieux d’habitation de cette exécution sont des carreaux de population. Ce classeur ne " \
    "les énumère pas, un carreau seul n’ayant pas de sens : la feuille Communes et les "        \
    "territoires en donnent la moyenne, pondérée par leurs habitants ; les carreaux eux-mêmes "  \
    "sont dans results.gpkg et tables/places.csv.",                                                 \
        "The places of this run are population cells. This workbook does not list them, since "     \
        "one "                                                                                      \
        "cell alone has no meaning: the sheet Communes and the territories give their mean, "       \
        "weighted by their inhabitants; the cells themselves are in results.gpkg and "              \
        "tables/places.csv."
#define M_README_CAUTION                                                                                 \
    "Ces chiffres éclairent une décision, ils ne la prennent pas : lisez d’abord les hypothèses, " \
    "puis la fiabilité.",                                                                                \
        "These figures inform a decision, they do not make it: read the assumptions first, then "        \
        "the reliability."
#define M_README_ASSUMED                                                                           \
    "Hypothèses sans source, à discuter avant d’utiliser les résultats",                           \
        "Assumptions without a source, to be discussed before the results are used"
#define M_README_ASSUMED_NONE                                                                      \
    "Aucune : chaque paramètre a une source ou a été fixé par le fichier d’exécution.",            \
        "None: every parameter has a source or was set by the run file."
#define M_README_ASSUMED_MORE                                                                      \
    "… et %zu autres, en tête de la feuille « %s ».", "… and %zu more, at the top of sheet "     \
                                                      "\"%s\"."
#define M_README_RANGE "%s (fourchette : %s à %s)", "%s (range: %s to %s)"
#define M_README_MISSING                                                                           \
    "Ce qui manque : indicateurs dont le calcul a échoué",                                         \
        "What is missing: indicators whose computation failed"
#define M_README_SHEETS "Ce que contient ce classeur", "What this workbook holds"
#define M_README_SIGNS "Signes dans les cellules sans valeur", "Signs in cells without a value"
#define M_README_ESTIMATE                                                                          \
    "estimation (en-tête de colonne), à lire comme un ordre de grandeur",                          \
        "estimate (in a column header), to be read as an order of magnitude"
#define M_README_RELIABILITY                                                                       \
    "Mots de fiabilité (coefficient de variation, c’est-à-dire l’erreur relative due au sondage)", \
        "Words of reliability (coefficient of variation: the relative error due to sampling)"
#define M_RELIABLE_GOOD "bonne", "good"
#define M_RELIABLE_FAIR "correcte", "fair"
#define M_RELIABLE_FRAGILE "fragile", "fragile"
#define M_RELIABLE_POOR "insuffisante", "insufficient"
#define M_CV_GOOD "5 %% au plus", "5%% at most"
#define M_CV_FAIR "de 5 à 10 %%", "5 to 10%%"
#define M_CV_FRAGILE                                                                               \
    "de 10 à 20 %% : à ne citer qu’avec précaution", "10 to 20%%: to be quoted with care"
#define M_CV_POOR "plus de 20 %% : à ne pas citer seul", "over 20%%: not to be quoted alone"
#define M_README_FUNCTIONS "Les huit fonctions d’un lieu", "The eight functions of a venue"
#define M_README_LINES "À citer avec tout chiffre", "To be quoted with any figure"

/* --- summary --- */
#define M_SUMMARY_SUBTITLE "Chiffres clés : %s", "Key figures: %s"
#define M_SUMMARY_FIGURE "Indicateur", "Indicator"
#define M_SUMMARY_VALUE "Valeur", "Value"
#define M_SUMMARY_LOW "Borne basse", "Low"
#define M_SUMMARY_HIGH "Borne haute", "High"
#define M_SUMMARY_UNIT "Unité", "Unit"
#define M_SUMMARY_THRESHOLD "Un seuil à faire varier", "A threshold to play with"
#define M_SUMMARY_MINUTES                                                                          \
    "Seuil de temps d’accès (cellule à modifier)", "Threshold of travel time (cell to change)"
#define M_SUMMARY_COMMUNES_BEYOND "Communes au-delà de ce seuil", "Communes beyond this threshold"
#define M_SUMMARY_CELLS_BEYOND "Carreaux au-delà de ce seuil", "Grid cells beyond this threshold"
#define M_SUMMARY_PEOPLE_BEYOND "Habitants au-delà de ce seuil", "Inhabitants beyond this threshold"
#define M_SUMMARY_SHARE_BEYOND "Part des habitants", "Share of inhabitants"
#define M_SUMMARY_THRESHOLD_NOTE                                                                   \
    "Temps au lieu ouvert le plus proche (feuille « %s »), hors d’atteinte et hors limite "  \
    "compris ; comparaison stricte.",                                                              \
        "Time to the nearest open venue (sheet \"%s\"), unreachable and beyond limit included; "   \
        "strict comparison."
#define M_SUMMARY_NOTE                                                                               \
    "Une fourchette de « borne basse » à « borne haute » couvre neuf tirages sur dix des "  \
    "paramètres et du sondage ; sans fourchette, le chiffre est calculé avec les seules valeurs " \
    "par défaut.",                                                                                   \
        "A range from \"low\" to \"high\" holds nine draws in ten of the parameters and of the "     \
        "sampling; without a range, the figure uses the default values alone."

/* --- quality --- */
#define M_SHEET_DUPLICATES "Doublons entre listes", "Duplicates across lists"
#define M_QUALITY_PLACEMENTS "Comment les lieux ont été localisés", "How venues were located"
#define M_QUALITY_PLACEMENT "Mode de localisation", "Placement"
#define M_QUALITY_COUNT "Lieux", "Venues"
#define M_QUALITY_SHARE "Part", "Share"

/* --- tables --- */
#define M_TABLE_NONE "(aucune ligne)", "(no row)"
#define M_TABLE_CUT                                                                                        \
    "Un classeur s’arrête à 1 048 576 lignes : les %zu premières lignes sur %zu ; toutes sont " \
    "dans tables/%s.csv.",                                                                                 \
        "A workbook ends at 1,048,576 rows: the first %zu rows of %zu; all are in tables/%s.csv."
#define M_FOOTER_PAGE "Page &P sur &N", "Page &P of &N"
#define M_KEYWORDS                                                                                 \
    "accessibilité; domicile-travail; kilomètres évités; tiers-lieux; zones blanches",             \
        "accessibility; avoided kilometres; commuting; third places; white zones"

#endif
