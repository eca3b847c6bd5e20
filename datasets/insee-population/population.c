#include "datasets/importers.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases =
         ALIASES("COM", "CODGEO", "code", "code_commune", "INSEE_COM", "code_insee", "DEPCOM"),
     .title_fr = "Code de la commune",
     .title_en = "Commune code",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "population",
     .aliases = ALIASES("PMUN", "PMUN*", "population", "P23_POP", "P22_POP", "P21_POP", "P20_POP",
                        "P19_POP", "P18_POP", "pop", "Population municipale"),
     .title_fr = "Population municipale",
     .title_en = "Municipal population",
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e9},
};

const importer importer_insee_population = {
    .id = "insee-population",
    .role = "population",
    .title_fr = "Populations légales des communes",
    .title_en = "Legal population of communes",
    .producer = "Insee, recensement de la population",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
};
