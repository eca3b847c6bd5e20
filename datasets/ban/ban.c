#include "datasets/importers.h"
#include "datasets/support.h"

#define TEXT(canonical, must, ...)                                                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT,       \
        .required = must                                                                           \
    }
#define DEGREES(canonical, ...)                                                                    \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "deg", .type = COLUMN_F64,     \
        .decimals = -1, .required = true                                                           \
    }

/* Where an address is, and where its names may be found. The rest of the file is not read. */
static const wanted_column columns[] = {
    TEXT("street", true, "nom_voie", "voie_nom"),
    TEXT("number", true, "numero"),
    TEXT("suffix", false, "rep", "suffixe"),
    TEXT("postcode", false, "code_postal"),
    TEXT("code", true, "code_insee", "commune_insee"),
    TEXT("city", true, "nom_commune", "commune_nom"),
    TEXT("old_code", false, "code_insee_ancienne_commune", "commune_deleguee_insee"),
    TEXT("old_city", false, "nom_ancienne_commune", "commune_deleguee_nom"),
    DEGREES("lon", "lon", "long"),
    DEGREES("lat", "lat"),
};

const importer importer_ban = {
    .id = "ban",
    .role = "addresses",
    .title_fr = "Base Adresse Nationale",
    .title_en = "National address base",
    .producer = "DINUM, ANCT, IGN",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};

/* Names of places without numbers, in a file of their own. */
static const wanted_column localities[] = {
    TEXT("street", true, "nom_lieu_dit"),
    TEXT("postcode", false, "code_postal"),
    TEXT("code", true, "code_insee"),
    TEXT("city", true, "nom_commune"),
    TEXT("old_code", false, "code_insee_ancienne_commune"),
    TEXT("old_city", false, "nom_ancienne_commune"),
    DEGREES("lon", "lon"),
    DEGREES("lat", "lat"),
};

const importer importer_ban_localities = {
    .id = "ban-localities",
    .role = "addresses",
    .title_fr = "Base Adresse Nationale, lieux-dits",
    .title_en = "National address base, localities",
    .producer = "DINUM, ANCT, IGN",
    .licence = "Licence Ouverte 2.0",
    .columns = localities,
    .column_count = sizeof localities / sizeof localities[0],
};
