#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "postcode",
     .aliases = ALIASES("Code_postal", "code_postal", "postcode", "codePostal"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name",
     .aliases = ALIASES("Nom_de_la_commune", "Nom_commune", "nom_commune", "nomCommune", "name"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "code",
     .aliases = ALIASES("Code_commune_INSEE", "#Code_commune_INSEE", "code_commune_insee",
                        "code_insee", "codeCommune", "code"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
};

const importer importer_laposte_postcodes = {
    .id = "laposte-postcodes",
    .role = "postcodes",
    .title_fr = "Base officielle des codes postaux",
    .title_en = "Official list of postcodes",
    .producer = "La Poste",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};
