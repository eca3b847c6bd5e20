#include "datasets/importers.h"
#include "datasets/support.h"

#define CODES "insee_com", CODE_HEADERS

static const wanted_column columns[] = {
    CODE_COLUMN(CODES),
    {.name = "group",
     .aliases = ALIASES("group", "groupe", "code_groupe", "zone", "id_scot", "code_scot", "SCOT",
                        "id_petr", "code_petr", "PETR", "id_pnr", "code_pnr", "PNR", "id_ti",
                        "id_crte", "id_territoire", "siren_groupement", "siren"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_OF("group_name", "group_name", "nom_groupe", "lib_groupe", "nom_zone", "lib_scot",
            "nom_scot", "lib_petr", "nom_petr", "lib_pnr", "nom_pnr", "lib_ti", "lib_crte",
            "lib_territoire", "raison_sociale"),
};

/* Also reads a perimeter: a file with codes alone has no group. */
static const wanted_column perimeter_columns[] = {
    CODE_COLUMN(CODES),
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
