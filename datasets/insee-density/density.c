#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("CODGEO", "codgeo", "code", "COM", "code_commune", "INSEE_COM"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "density7",
     .aliases = ALIASES("DENS", "DENS7", "density7", "densite", "GRILLE_DENSITE", "niveau"),
     .title_fr = "Niveau de densité",
     .title_en = "Density level",
     .unit = "{class}",
     .type = COLUMN_U32,
     .required = true,
     .lowest = 1,
     .highest = 7},
};

const importer importer_insee_density = {
    .id = "insee-density",
    .role = "density",
    .title_fr = "Grille communale de densité à 7 niveaux",
    .title_en = "Density grid of communes, 7 levels",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};
