#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("code", "DCLT", "code_etranger", "codgeo", "CODGEO"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name", .aliases = ALIASES("name", "nom", "libelle"), .unit = "", .type = COLUMN_TEXT},
    {.name = "lon",
     .aliases = ALIASES("lon", "longitude", "x"),
     .title_fr = "Longitude",
     .title_en = "Longitude",
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = 6,
     .required = true},
    {.name = "lat",
     .aliases = ALIASES("lat", "latitude", "y"),
     .title_fr = "Latitude",
     .title_en = "Latitude",
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = 6,
     .required = true},
};

const importer importer_foreign_work_places = {
    .id = "foreign-work-places",
    .role = "foreign_places",
    .title_fr = "Lieux de travail à l’étranger",
    .title_en = "Work places abroad",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};
