#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("1"),
     .title_fr = "Code du lieu de travail",
     .title_en = "Code of the work place",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name",
     .aliases = ALIASES("2"),
     .title_fr = "Nom",
     .title_en = "Name",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "lon", .aliases = ALIASES("3"), .unit = "deg", .type = COLUMN_F64, .decimals = 6},
    {.name = "lat", .aliases = ALIASES("4"), .unit = "deg", .type = COLUMN_F64, .decimals = 6},
};

const importer importer_foreign_places = {
    .id = "insee-foreign-places",
    .role = "foreign_places",
    .title_fr = "Lieux de travail à l’étranger : codes et noms",
    .title_en = "Work places abroad: codes and names",
    .producer = "Insee, recensement de la population",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .headerless = true,
};
