#include "datasets/importers.h"
#include "datasets/support.h"

#define DEGREES(canonical, ...)                                                                    \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "deg", .type = COLUMN_F64,     \
        .decimals = 6                                                                              \
    }

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("CODGEO", "code", "INSEE_COM", "insee", "com", "geo_code", "code_insee",
                        "code_commune", "codgeo", "DEPCOM"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_OF("name", "LIBGEO", "nom", "name", "NOM_COM", "NOM", "LIBELLE", "lib_geo", "libgeo",
            "nom_commune", "libelle"),
    DEGREES("lon", "LON", "lon", "longitude"),
    DEGREES("lat", "LAT", "lat", "latitude"),
    DEGREES("chef_lieu_lon", "cheflieu_x", "x_chf_lieu", "chef_lieu_lon"),
    DEGREES("chef_lieu_lat", "cheflieu_y", "y_chf_lieu", "chef_lieu_lat"),
    {.name = "population",
     .aliases = ALIASES("population", "PMUN*", "POPULATION"),
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .lowest = 0,
     .highest = 1e9},
    TEXT_OF("departement", "dep", "INSEE_DEP", "departement", "DEP"),
    TEXT_OF("region", "reg", "INSEE_REG", "region", "REG"),
    TEXT_OF("arrondissement", "arr", "arrondissement", "ARR"),
    TEXT_OF("epci", "epci", "SIREN_EPCI", "CODES_EPCI", "EPCI"),
    TEXT_OF("bassin_vie", "BV2022", "BV2012", "bassin_vie"),
    TEXT_OF("zone_emploi", "ZE2020", "zone_emploi"),
    TEXT_OF("aav", "aav", "AAV2020"),
    {.name = "density7",
     .aliases = ALIASES("density7", "DENS", "DENS7", "densite"),
     .unit = "{class}",
     .type = COLUMN_U32,
     .lowest = 1,
     .highest = 7},
};

const importer importer_communes_outlines = {
    .id = "communes-outlines",
    .role = "communes",
    .title_fr = "Communes : codes, contours ou chefs-lieux",
    .title_en = "Communes: codes, outlines or main towns",
    .producer = "IGN, Insee ou fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};
