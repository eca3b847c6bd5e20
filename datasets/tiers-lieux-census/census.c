#include "datasets/importers.h"
#include "datasets/support.h"

#define TEXT_COLUMN(canonical, ...)                                                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }

/* Contact columns hold personal data: they are not read. */
static const wanted_column columns[] = {
    {.name = "id",
     .aliases = ALIASES("ID_UNIQUE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name", .aliases = ALIASES("NOM"), .unit = "", .type = COLUMN_TEXT, .required = true},
    {.name = "lon",
     .aliases = ALIASES("LONGITUDE"),
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true},
    {.name = "lat",
     .aliases = ALIASES("LATITUDE"),
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true},
    TEXT_COLUMN("address", "ADRESSE"),
    TEXT_COLUMN("postcode", "CODPOST"),
    TEXT_COLUMN("city", "VILLE"),
    TEXT_COLUMN("legal_form", "TYPE_STRUCTURE_GEST"),
    TEXT_COLUMN("opened", "DATE_OUV"),
    TEXT_COLUMN("kind", "kind", "ACTIVITES", "FAMILLES"),
    TEXT_COLUMN("functions", "functions", "fonctions"),
};

const importer importer_tiers_lieux_census = {
    .id = "tiers-lieux-census",
    .role = "venues",
    .title_fr = "Recensement des tiers-lieux",
    .title_en = "Census of third places",
    .producer = "France Tiers-Lieux",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
};
