#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases =
         ALIASES("CODGEO", "code", "COM", "INSEE_COM", "code_commune", "code_insee", "geo_code"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "group",
     .aliases = ALIASES("group", "groupe", "code_groupe", "zone"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "group_name",
     .aliases = ALIASES("group_name", "nom_groupe", "lib_groupe", "nom_zone"),
     .unit = "",
     .type = COLUMN_TEXT},
};

/* Also reads a perimeter: a file with codes alone has no group. */
static const wanted_column perimeter_columns[] = {
    {.name = "code",
     .aliases =
         ALIASES("CODGEO", "code", "COM", "INSEE_COM", "code_commune", "code_insee", "geo_code"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
};

const importer importer_group = {
    .id = "group",
    .role = "group",
    .title_fr = "Groupement de communes de l’utilisateur",
    .title_en = "The user’s grouping of communes",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};

const importer importer_perimeter = {
    .id = "perimeter",
    .role = "perimeter",
    .title_fr = "Périmètre de l’utilisateur",
    .title_en = "The user’s perimeter",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = perimeter_columns,
    .column_count = sizeof perimeter_columns / sizeof perimeter_columns[0],
    .generic = true,
};
