/* reports/maps/messages.h: words on the sheets, French then English. */
#ifndef REPORTS_MAPS_MESSAGES_H
#define REPORTS_MAPS_MESSAGES_H

#define M_MAPS_PATH                                                                                \
    "le chemin de la carte «\u00a0%s\u00a0» est trop long", "the path of map \"%s\" is too long"
#define M_MAPS_CAIRO "la carte ne se dessine pas\u00a0: %s", "the map cannot be drawn: %s"
#define M_MAPS_SHEET "carte «\u00a0%s\u00a0»", "map \"%s\""

#define M_LEGEND_COUNT_COMMUNES "(n)\u00a0: nombre de communes", "(n): number of communes"
#define M_LEGEND_COUNT_CELLS "(n)\u00a0: nombre de carreaux", "(n): number of grid cells"
#define M_LEGEND_COUNT_VENUES "(n)\u00a0: nombre de lieux", "(n): number of venues"
#define M_LEGEND_VENUE "lieu ouvert", "open venue"
#define M_LEGEND_VENUE_FUNCTION                                                                    \
    "lieu ouvert offrant la fonction", "open venue offering the function"
#define M_LEGEND_FAMILIES "Lieux ouverts, par famille", "Open venues, by family"
#define M_LEGEND_LIMITS "Limites", "Boundaries"
#define M_LEGEND_FLOWS "Actifs occupés", "Employed residents"
#define M_LEGEND_FLOW_WAY "de la résidence vers le travail", "from home to work"
#define M_LEGEND_WORK_PLACE "commune de travail", "commune of work"
#define M_LEGEND_NEGATIVE "valeur négative", "negative value"
#define M_LEGEND_AREA "Surface proportionnelle à la valeur", "Area in proportion to the value"
#define M_LEGEND_BAND_COMMUNES                                                                     \
    "sous chaque carte : nombre de communes par classe",                                           \
        "under each map: number of communes by class"
#define M_LEGEND_BAND_CELLS                                                                        \
    "sous chaque carte : nombre de carreaux par classe",                                           \
        "under each map: number of grid cells by class"
#define M_LEGEND_ESTIMATE                                                                          \
    "e : estimation à vol d’oiseau ou sur des parts supposées",                                    \
        "e: estimate as the crow flies or on assumed shares"
#define M_LEGEND_EMPTY "sans habitant", "no inhabitant"
#define M_LEGEND_CONTEXT "hors du territoire étudié", "outside the territory"
#define M_NORTH "N", "N"
#define M_NOT_OFFERED "aucun lieu dans les listes", "no venue in the lists"

#endif
