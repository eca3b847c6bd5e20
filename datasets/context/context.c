#include "datasets/importers.h"
#include "datasets/support.h"

/* The numbers are those that the run file names (`columns:`). */
static const wanted_column columns[] = {
    CODE_COLUMN("insee_com", CODE_HEADERS),
};

const importer importer_context = {
    .id = "context",
    .role = "context",
    .title_fr = "Tableau de l’utilisateur par commune",
    .title_en = "The user’s table by commune",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
    .others_are_data = true,
};
