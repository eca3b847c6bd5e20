/* geo/messages.h: what this room tells people, in French and in English. */
#ifndef GEO_MESSAGES_H
#define GEO_MESSAGES_H

/* --- outlines --- */
#define M_GEO_OUTLINE_ORDER                                                                        \
    "contours : un point ou un anneau est donné avant sa ligne",                                   \
        "outlines: a point or a ring is given before its row"
#define M_GEO_OUTLINE_BLOCK                                                                        \
    "contours reçus : bloc incohérent (%s)", "outlines received: the block is inconsistent (%s)"
#define M_GEO_OUTLINE_ROW                                                                          \
    "contours : la ligne %zu est demandée, il y en a %zu", "outlines: row %zu wanted, there are "  \
                                                           "%zu"
#define M_GEO_OUTLINE_NONE                                                                         \
    "le contour de « %s » est vide : ce territoire n’aura ni surface ni voisins",                  \
        "the outline of \"%s\" is empty: this place will have neither area nor neighbours"
#define M_GEO_OUTLINE_NOT_FINITE                                                                   \
    "le contour de « %s » a une coordonnée qui n’est pas un nombre fini ; corrigez le fichier",    \
        "the outline of \"%s\" has a coordinate that is not a finite number; correct the file"
#define M_GEO_OUTLINE_NO_AREA                                                                      \
    "le contour de « %s » n’a pas de surface (%s) ; corrigez-le ou retirez-le du fichier",         \
        "the outline of \"%s\" has no area (%s); correct it or take it out of the file"
#define M_GEO_OUTLINE_REPAIRED                                                                     \
    "le contour de « %s » a été réparé (%s ; surface %s %%)",                                      \
        "the outline of \"%s\" was repaired (%s; area %s%%)"
#define M_GEO_OUTLINE_REPAIRED_FROM_ZERO                                                           \
    "le contour de « %s » a été réparé (%s ; il se croisait au point que sa surface était nulle)", \
        "the outline of \"%s\" was repaired (%s; it crossed itself so that its area was zero)"
#define M_GEO_GEOS                                                                                 \
    "GEOS n’a pas pu traiter le contour (%s)", "GEOS could not process the outline (%s)"
#define M_GEO_GEOS_START "GEOS ne démarre pas", "GEOS does not start"
#define M_GEO_OF_OUTLINE "contour de « %s »", "outline of \"%s\""

/* --- coordinate systems --- */
#define M_GEO_CRS_UNKNOWN                                                                          \
    "pas de conversion de EPSG:%d vers EPSG:%d (%s) ; vérifiez le système de coordonnées",         \
        "no conversion from EPSG:%d to EPSG:%d (%s); check the coordinate system"
#define M_GEO_PROJ_START "PROJ ne démarre pas", "PROJ does not start"

/* --- points --- */
#define M_GEO_POINT_NOT_FINITE                                                                     \
    "le point %zu n’a pas de coordonnées finies, ou sort de [-180, 180] x [-90, 90]",              \
        "point %zu has no finite coordinates, or is outside [-180, 180] x [-90, 90]"
#define M_GEO_TOO_MANY "trop d’éléments (%zu) : au plus %zu", "too many items (%zu): at most %zu"

/* --- shared borders --- */
#define M_GEO_VERTEX_NOT_FINITE                                                                    \
    "le sommet %zu n’est pas un nombre fini : réparez les contours d’abord",                       \
        "vertex %zu is not a finite number: repair the outlines first"
#define M_GEO_TOPOLOGY_GROUP                                                                       \
    "le territoire %u de la ligne %zu n’existe pas (%zu territoires)",                             \
        "territory %u of row %zu does not exist (%zu territories)"

/* --- layers --- */
#define M_GEO_FORMAT                                                                               \
    "format non reconnu ; attendu : .geojson, .json, .gpkg, .shp, .xlsx, .ods, ou un .gz ou .zip " \
    "qui contient l’un d’eux",                                                                     \
        "unknown format; expected: .geojson, .json, .gpkg, .shp, .xlsx, .ods, or a .gz or .zip "   \
        "that holds one"
#define M_GEO_ZIP_DAMAGED                                                                          \
    "archive .zip illisible (%s) : téléchargez-la de nouveau",                                     \
        "unreadable .zip archive (%s): download it again"
#define M_GEO_ZIP_NONE                                                                             \
    "l’archive ne contient aucun .geojson, .json, .gpkg, .shp, .xlsx ni .ods",                     \
        "the archive holds no .geojson, .json, .gpkg, .shp, .xlsx or .ods"
#define M_GEO_ZIP_SEVERAL                                                                          \
    "l’archive contient plusieurs fichiers possibles (%s) ; extrayez celui que vous voulez",       \
        "the archive holds several possible files (%s); extract the one you want"
#define M_GEO_JSON_UNEXPECTED                                                                      \
    "JSON non valide : caractère inattendu", "not valid JSON: unexpected character"
#define M_GEO_JSON_CUT                                                                             \
    "JSON non valide : le texte s’arrête avant la fin ; le fichier est-il coupé ?",                \
        "not valid JSON: the text stops before its end; is the file cut?"
#define M_GEO_JSON_STRING                                                                          \
    "JSON non valide : texte avec un échappement inconnu ou un caractère de contrôle",             \
        "not valid JSON: a text with an unknown escape or a control character"
#define M_GEO_JSON_UTF8                                                                            \
    "JSON non valide : le texte n’est pas en UTF-8", "not valid JSON: the text is not UTF-8"
#define M_GEO_JSON_DEPTH                                                                           \
    "plus de %u niveaux imbriqués : refusé", "more than %u nested levels: refused"
#define M_GEO_JSON_NOT_FINITE                                                                      \
    "JSON non valide : « %s » n’est pas un nombre fini", "not valid JSON: \"%s\" is not finite"
#define M_GEO_OPEN "lecture impossible (%s) : %s", "cannot be read (%s): %s"
#define M_GEO_READ                                                                                 \
    "lecture interrompue, rien n’en est gardé : %s", "reading failed, nothing of it is kept: %s"
#define M_GEO_GDAL_WARNS "%s", "%s"
#define M_GEO_LINES_BLOCK                                                                          \
    "lignes incohérentes (%s) : elles ne sont pas lues",                                           \
        "inconsistent lines (%s): they are not read"
#define M_GEO_LAYER_UNKNOWN                                                                        \
    "pas de couche ou de feuille « %s » ; le fichier a : %s",                                      \
        "no layer or sheet \"%s\"; the file has: %s"
#define M_GEO_LAYER_NONE "le fichier n’a aucune couche", "the file has no layer"
#define M_GEO_LAYER_FIRST                                                                          \
    "le fichier a plusieurs couches ou feuilles (%s) ; la première est lue",                       \
        "the file has several layers or sheets (%s); the first is read"
#define M_GEO_FEATURE_COORDINATE                                                                   \
    "objet %llu : une coordonnée n’est pas un nombre fini",                                        \
        "feature %llu: a coordinate is not a finite number"
#define M_GEO_FEATURE_RANGE                                                                          \
    "objet %llu : le point (%.6g, %.6g) n’est pas une longitude et une latitude ; le fichier est " \
    "sans doute dans un autre système de coordonnées (Lambert-93 ?) sans le dire",                   \
        "feature %llu: the point (%.6g, %.6g) is not a longitude and a latitude; the file is "       \
        "probably in another coordinate system (Lambert-93?) without saying so"
#define M_GEO_FEATURE_TRANSFORM                                                                    \
    "objet %llu : ses coordonnées ne peuvent être converties en longitude et latitude",            \
        "feature %llu: its coordinates cannot be converted to longitude and latitude"
#define M_GEO_FEATURE_VALUE                                                                        \
    "objet %llu, champ « %s » : la valeur n’est pas un nombre fini",                               \
        "feature %llu, field \"%s\": the value is not a finite number"
#define M_GEO_FEATURE_TEXT                                                                         \
    "objet %llu, champ « %s » : le texte n’est pas en UTF-8",                                      \
        "feature %llu, field \"%s\": the text is not UTF-8"
#define M_GEO_FIELDS "%d champs : au plus %d", "%d fields: at most %d"
#define M_GEO_FIELD_NAME                                                                           \
    "le nom de champ « %s » n’est pas en UTF-8", "the field name \"%s\" is not UTF-8"
#define M_GEO_FIELD_TWICE                                                                          \
    "l’en-tête « %s » figure plusieurs fois ; la colonne suivante est nommée « %s »",              \
        "the header \"%s\" appears several times; the next column is named \"%s\""
#define M_GEO_CRS_FILE                                                                             \
    "le système de coordonnées du fichier ne peut être converti en longitude et latitude : %s",    \
        "the file's coordinate system cannot be converted to longitude and latitude: %s"
#define M_GEO_DBF_ENCODING                                                                         \
    "le .dbf ne dit pas son encodage (pas de .cpg) et n’est pas en UTF-8 : lu comme Windows-1252", \
        "the .dbf does not say its encoding (no .cpg) and is not UTF-8: read as Windows-1252"
#define M_GEO_SHEET_EMPTY "la feuille est vide", "the sheet is empty"
#define M_GEO_SHEET_HEADER                                                                         \
    "la ligne d’en-têtes %u est vide ou absente de la feuille",                                    \
        "the header line %u is empty or not in the sheet"
#define M_GEO_SHEET_HEADER_FOUND                                                                   \
    "en-têtes lus à la ligne %llu de la feuille", "headers read from line %llu of the sheet"
/* --- Parquet --- */
#define M_PARQUET_NO_READER                                                                        \
    "lire un fichier Parquet demande la bibliothèque DuckDB, absente ici : prendre "              \
    "libduckdb-linux-*.zip (version 1.2 ou plus) sur https://duckdb.org/install, et poser "        \
    "libduckdb.so dans le dossier lib/bassin de l’installation, ou donner son chemin dans "      \
    "BASSIN_DUCKDB",                                                                               \
        "reading a Parquet file needs the DuckDB library, which is not here: take "                \
        "libduckdb-linux-*.zip (version 1.2 or later) from https://duckdb.org/install, and put "   \
        "libduckdb.so in the lib/bassin folder of the installation, or give its path in "          \
        "BASSIN_DUCKDB"
#define M_PARQUET_TOLD                                                                             \
    "BASSIN_DUCKDB : la bibliothèque « %s » ne se charge pas (%s)",                                \
        "BASSIN_DUCKDB: the library \"%s\" does not load (%s)"
#define M_PARQUET_OWN                                                                              \
    "la bibliothèque « %s » ne se charge pas (%s)", "the library \"%s\" does not load (%s)"
#define M_PARQUET_SYMBOLS                                                                          \
    "la bibliothèque « %s » n’est pas un DuckDB utilisable : il lui manque %s",                    \
        "the library \"%s\" is no usable DuckDB: it lacks %s"
#define M_PARQUET_SAYS "Parquet illisible (DuckDB : %s)", "unreadable Parquet (DuckDB: %s)"
#define M_PARQUET_NOT                                                                              \
    "ce n’est pas un fichier Parquet : il ne commence pas par « PAR1 »",                           \
        "this is no Parquet file: it does not begin with \"PAR1\""
#define M_PARQUET_CUT                                                                              \
    "fichier Parquet coupé : il ne finit pas par « PAR1 » ; le télécharger de nouveau",            \
        "Parquet file cut short: it does not end with \"PAR1\"; download it again"
#define M_PARQUET_ENCRYPTED "fichier Parquet chiffré", "encrypted Parquet file"
#define M_PARQUET_NESTED                                                                           \
    "la colonne « %s » n’est pas faite de valeurs simples (liste, structure, octets)",             \
        "column \"%s\" is not made of plain values (a list, a structure, bytes)"
#define M_PARQUET_COUNT                                                                            \
    "le fichier Parquet annonce %zu lignes, %zu ont été lues",                                     \
        "the Parquet file announces %zu rows, %zu were read"
#define M_PARQUET_GEOMETRY                                                                         \
    "les géométries de ce fichier Parquet ne sont pas lues ; les donner en GeoPackage ou en "    \
    "GeoJSON",                                                                                     \
        "the geometries of this Parquet file are not read; give them as GeoPackage or GeoJSON"
#define M_PARQUET_MEMBER                                                                           \
    "« %s » est demandé dans une archive, mais ce fichier n’est pas un .zip",                      \
        "\"%s\" is wanted inside an archive, but this file is not a .zip"
#define M_PARQUET_OPEN "ouverture impossible : %s%.0s", "cannot be opened: %.0s%s"
#define M_GEO_DESCRIPTOR                                                                           \
    "un descripteur de fichier ne peut être envoyé : %s", "a file descriptor cannot be sent: %s"
#define M_GEO_LAYER_REPLY                                                                          \
    "la réponse du lecteur est incohérente", "the reader's reply is inconsistent"

/* --- a JSON array of objects --- */
#define M_GEO_JSON_ROWS                                                                            \
    "tableau JSON illisible : %s (ligne %d)", "unreadable JSON array: %s (line %d)"
#define M_GEO_JSON_ELEMENT                                                                           \
    "l’élément %zu du tableau JSON n’est pas un objet : attendu [{\"colonne\": valeur, ...}, " \
    "...]",                                                                                          \
        "element %zu of the JSON array is not an object: expected [{\"column\": value, ...}, ...]"
#define M_GEO_JSON_EMPTY "tableau JSON sans objet", "JSON array without objects"

/* --- OSM PBF by tag --- */
#define M_GEO_OSM_ROLE                                                                             \
    "un extrait OpenStreetMap (.pbf) ne donne ici que des lieux, par leurs étiquettes",            \
        "an OpenStreetMap extract (.pbf) only gives venues here, by their tags"
#define M_GEO_OSM_RELATIONS                                                                        \
    "%zu relations OpenStreetMap portent ces étiquettes : elles ne sont pas lues (nœuds et "     \
    "chemins seulement)",                                                                          \
        "%zu OpenStreetMap relations carry these tags: they are not read (nodes and ways only)"
#define M_GEO_OSM_INCOMPLETE                                                                       \
    "%zu chemins ont des nœuds hors de l’extrait : placés au milieu de ceux qui y sont",           \
        "%zu ways have nodes outside the extract: placed amid those that are in it"

#endif
