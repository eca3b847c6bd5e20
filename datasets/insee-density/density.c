#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES(CODE_HEADERS),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "density7",
     .aliases = ALIASES("DENS7", "DENS", "density7", "densite", "GRILLE_DENSITE", "niveau",
                        "niveau_densite", "Degré densité", "Degré de densité", "Code degré densité",
                        "Degré de densité de la commune"),
     .title_fr = "Niveau de densité",
     .title_en = "Density level",
     .unit = "{class}",
     .type = COLUMN_U32,
     .required = true,
     .lowest = 1,
     .highest = 7},
};

static status take_year(const import_request *request, imported *in, faults *faults_list)
{
    (void)faults_list;
    in->vintage = year_in_path(request->path);
    return STATUS_OK;
}

const importer importer_insee_density = {
    .id = "insee-density",
    .role = "density",
    .title_fr = "Grille communale de densité à 7 niveaux",
    .title_en = "Density grid of communes, 7 levels",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("LIBDENS", "Degré densité", "Libellé degré densité"),
    .generic = true,
    .finish = take_year,
};
