#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "o",
     .aliases = ALIASES("CODGEO", "COMMUNE", "o", "origine", "ORI"),
     .title_fr = "Commune de résidence",
     .title_en = "Residence commune",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "j",
     .aliases = ALIASES("DCLT", "j", "destination", "DES"),
     .title_fr = "Commune de travail",
     .title_en = "Work commune",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "workers",
     .aliases = ALIASES("NBFLUX_C*", "NBFLUX*", "workers", "FLOW"),
     .title_fr = "Actifs ayant un emploi de 15 ans ou plus",
     .title_en = "Workers aged 15 and over",
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e8},
};

const importer importer_insee_base_flux = {
    .id = "insee-base-flux",
    .role = "flows",
    .title_fr = "Mobilités professionnelles : flux domicile-travail entre communes",
    .title_en = "Commuting: home-work flows between communes",
    .producer = "Insee, recensement de la population, exploitation complémentaire",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("NBFLUX_C*"),
    .generic = true,
    .separators = ";,",
};
