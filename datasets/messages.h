/* datasets/messages.h: what importers tell people, in French and in English. */
#ifndef DATASETS_MESSAGES_H
#define DATASETS_MESSAGES_H

#define M_COG_OTHER_TYPES "commune associée ou déléguée", "associated or delegated commune"
#define M_MEMBERSHIP_SHEET                                                                         \
    "feuille « %s » absente ou illisible : les zones n’auront que leur code",                      \
        "sheet \"%s\" absent or unreadable: zones will have their code only"
#define M_MOBPRO_MODE                                                                              \
    "mode de transport « %s » inconnu ; admis : %s", "unknown transport mode \"%s\"; allowed: %s"
#define M_MOBPRO_TRANS_BEFORE                                                                      \
    "TRANS = %s n’existe pas avant le fichier 2017 (1 à 5)",                                       \
        "TRANS = %s does not exist before the 2017 file (1 to 5)"
#define M_MOBPRO_TRANS_YEAR                                                                           \
    "année du fichier détail inconnue (ni dans son nom, ni par vintage:) : TRANS est lu avec les " \
    "modalités de 2017 et après ; pour un fichier plus ancien, écrivez "                          \
    "format: insee-fd-mobpro-before-2017",                                                            \
        "year of the detail file unknown (neither in its name nor by vintage:): TRANS is read "       \
        "with "                                                                                       \
        "the codes of 2017 and later; for an older file write format: insee-fd-mobpro-before-2017"
#define M_MOBPRO_ORIGIN "commune de résidence absente", "no residence commune"
#define M_GRID_ID                                                                                  \
    "identifiant de carreau « %s » malformé ; attendu par exemple CRS3035RES200mN2546400E3668600", \
        "bad cell id \"%s\"; expected for example CRS3035RES200mN2546400E3668600"
#define M_VENUES_SPLIT                                                                             \
    "%zu lieux sont décrits dans %zu lignes : un lieu par identifiant, au même point",             \
        "%zu venues are described in %zu rows: one venue an id, at the same point"

#endif
