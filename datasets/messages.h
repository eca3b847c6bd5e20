/* datasets/messages.h: what importers tell people, in French and in English. */
#ifndef DATASETS_MESSAGES_H
#define DATASETS_MESSAGES_H

#define M_COG_OTHER_TYPES "commune associée ou déléguée", "associated or delegated commune"
#define M_FLOWS_DEPARTEMENT                                                                        \
    "« %s » n’est pas un département ; attendu par exemple « 01 - Ain »",                          \
        "\"%s\" is not a département; expected for example \"01 - Ain\""
#define M_BPE_WITHOUT_POINT                                                                        \
    "%s%.0s équipements sans coordonnées : comptés dans leur commune, sans point",                 \
        "%.0s%s facilities without coordinates: counted in their commune, without a point"
#define M_BPE_LEFT_OUT                                                                             \
    "total, ou autre territoire qu’une commune", "total, or another territory than a commune"
#define M_POPULATION_CODE                                                                          \
    "département « %s » et commune « %s » ne font pas un code de commune",                         \
        "département \"%s\" and commune \"%s\" do not make the code of a commune"
#define M_POPULATION_PADDED                                                                        \
    "%s%.0s codes complétés par des zéros : le tableur en a fait des nombres",                     \
        "%.0s%s codes completed with zeros: the spreadsheet made numbers of them"
#define M_MEMBERSHIP_ARRONDISSEMENTS                                                               \
    "feuille « %s » lue à la suite : %zu arrondissements municipaux",                              \
        "sheet \"%s\" read along: %zu municipal arrondissements"
#define M_ZONING_CLASSES                                                                           \
    "classements lus (1 dedans, 0 dehors) : %s", "classes read (1 in, 0 out): %s"
#define M_DENSITY_THREE                                                                            \
    "grille de densité à 3 niveaux : bassin lit celle à 7 niveaux ; nommez sa feuille (layer:)",   \
        "density grid of 3 levels: bassin reads that of 7 levels; name its sheet (layer:)"
#define M_DENSITY_FOUR                                                                             \
    "aucun niveau de densité au-dessus de %u : est-ce la grille à 7 niveaux, ou celle à 4 ?",      \
        "no density level above %u: is it the grid of 7 levels, or that of 4?"
#define M_MOVEMENTS_OTHER_TYPES                                                                    \
    "commune associée ou déléguée, ou arrondissement municipal",                                   \
        "associated or delegated commune, or municipal arrondissement"
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
#define M_HOURS_KNOWN                                                                              \
    "horaires : compris pour %s%.0s lieux, absents pour %s%.0s",                                   \
        "opening hours: %.0s%s venues understood, %.0s%s without hours"
#define M_HOURS_BEYOND                                                                             \
    "horaires non compris, laissés manquants, de %s%.0s lieux : %s",                               \
        "opening hours not understood, left missing, of %.0s%s venues: %s"
#define M_HOURS_ODD                                                                                \
    "horaires : %s%.0s plages vides (00:00 - 00:00) ne disent rien, %s%.0s plages en recouvrent "  \
    "d’autres (leur réunion est comptée)",                                                         \
        "opening hours: %.0s%s empty spans (00:00 - 00:00) say nothing, %.0s%s spans overlap "     \
        "others (their union counts)"
#define M_TEXTS_REPAIRED                                                                            \
    "%s%.0s lignes contenaient des lettres écrites par leur numéro (« <e9> » pour « é ») : " \
    "réparées",                                                                                     \
        "%.0s%s rows held letters written as their number (\"<e9>\" for \"é\"): repaired"

#define M_CNFS_PADDED                                                                              \
    "%s%.0s codes postaux écrits en nombres, sans leur zéro de tête : complétés",                  \
        "%.0s%s postcodes written as numbers, without their leading zero: completed"
#define M_CNFS_UNNAMED                                                                             \
    "%s%.0s structures sans nom (« 0 » dans le fichier) : nom manquant",                           \
        "%.0s%s structures without a name (\"0\" in the file): the name is missing"
#define M_CNFS_ELSEWHERE                                                                             \
    "%s%.0s points géocodés dans un autre département que celui de la ligne : refusés (le lieu " \
    "est placé par sa commune, s’il en a une)",                                                      \
        "%.0s%s points geocoded in another département than the row's: refused (the venue is "      \
        "placed by its commune, if it has one)"
#define M_CENSUS_CODES                                                                             \
    "%s%.0s codes de commune malformés laissés de côté : ces lieux sont placés par leur point",    \
        "%.0s%s malformed commune codes left out: these venues are placed by their point"
#define M_CENSUS_CHOICES                                                                           \
    "%s%.0s choix du fichier thématique ne sont aucune des sept familles : ils ne disent pas le " \
    "type du lieu",                                                                                \
        "%.0s%s choices of the thematic file are none of the seven families: they do not tell "    \
        "the "                                                                                     \
        "kind of the venue"

#define M_OSM_LEFT_OUT                                                                             \
    "accès privé, ou aucun type de la taxonomie ne correspond au nom",                             \
        "private access, or no kind of the taxonomy fits the name"
#define M_OSM_UNNAMED                                                                              \
    "%s%.0s lieux d’OpenStreetMap sans nom", "%.0s%s venues of OpenStreetMap without a name"
#define M_OSM_NO_TAXONOMY                                                                          \
    "la taxonomie, qui dit quelles étiquettes OpenStreetMap lire, manque",                         \
        "the taxonomy, which tells what OpenStreetMap tags to read, is missing"

#define M_TIMES_UNITS                                                                              \
    "matrice de temps : lue en %s et en %s, convertie en minutes et en kilomètres",                \
        "matrix of times: read in %s and in %s, converted to minutes and kilometres"

#endif
