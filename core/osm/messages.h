/* osm/messages.h: what this room says to people, in French and in English. */
#ifndef OSM_MESSAGES_H
#define OSM_MESSAGES_H

#define M_PBF_EMPTY "fichier OSM vide", "empty OSM file"
#define M_PBF_NO_HEADER                                                                            \
    "ce n’est pas un fichier OSM PBF : le premier bloc n’est pas « OSMHeader »",                   \
        "not an OSM PBF file: its first block is not \"OSMHeader\""
#define M_PBF_CUT                                                                                      \
    "fichier coupé à l’octet %llu : %llu octets attendus, %llu présents ; à télécharger de " \
    "nouveau",                                                                                         \
        "file cut short at byte %llu: %llu bytes expected, %llu present; download it again"
#define M_PBF_HEADER_SIZE                                                                             \
    "octet %llu : en-tête de bloc de %llu octets, limite %u ; fichier endommagé ou d’un autre " \
    "format",                                                                                         \
        "byte %llu: block header of %llu bytes, limit %u; the file is damaged or of another "         \
        "format"
#define M_PBF_BLOB_SIZE                                                                            \
    "octet %llu : bloc de %lld octets, limite %u ; fichier endommagé ou d’un autre format",        \
        "byte %llu: block of %lld bytes, limit %u; the file is damaged or of another format"
#define M_PBF_RAW_SIZE                                                                             \
    "octet %llu : bloc de %lld octets une fois décompressé, limite %u ; fichier endommagé",        \
        "byte %llu: block of %lld bytes once unpacked, limit %u; the file is damaged"
#define M_PBF_MESSAGE                                                                              \
    "octet %llu : bloc illisible ; fichier endommagé, à télécharger de nouveau",                   \
        "byte %llu: unreadable block; the file is damaged, download it again"
#define M_PBF_ZLIB                                                                                 \
    "octet %llu : décompression impossible ; fichier endommagé, à télécharger de nouveau",         \
        "byte %llu: cannot be unpacked; the file is damaged, download it again"
#define M_PBF_COMPRESSION                                                                          \
    "octet %llu : compression %s non lue ; convertir le fichier en PBF « zlib »",                  \
        "byte %llu: %s compression is not read; convert the file to PBF with zlib"
#define M_PBF_NO_DATA                                                                              \
    "octet %llu : bloc sans données ; fichier endommagé",                                          \
        "byte %llu: block without data; the file is damaged"
#define M_PBF_FEATURE                                                                              \
    "octet %llu : le fichier exige « %s », que bassin ne lit pas (il lit OsmSchema-V0.6 et "  \
    "DenseNodes)",                                                                                 \
        "byte %llu: the file requires \"%s\", which bassin does not read (it reads "               \
        "OsmSchema-V0.6 and DenseNodes)"
#define M_PBF_TOO_BIG                                                                              \
    "octet %llu : bloc démesuré une fois décodé ; fichier endommagé",                              \
        "byte %llu: oversized block once decoded; the file is damaged"
#define M_PBF_CONTENT                                                                              \
    "octet %llu : bloc incohérent (%s) ; fichier endommagé",                                       \
        "byte %llu: inconsistent block (%s); the file is damaged"
#define M_PBF_POSITION                                                                             \
    "octet %llu : le nœud %lld n’est pas sur la Terre (longitude %.7f, latitude %.7f)",            \
        "byte %llu: node %lld is not on Earth (longitude %.7f, latitude %.7f)"
#define M_OSM_RULE                                                                                 \
    "règle OSM « %s » non comprise ; attendu : clé=valeur+clé!=valeur|clé=valeur",                 \
        "OSM rule \"%s\" not understood; expected: key=value+key!=value|key=value"

#endif
