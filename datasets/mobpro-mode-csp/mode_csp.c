#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "o",
     .aliases = ALIASES("ORI", "CODGEO", "o", "COMMUNE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "j",
     .aliases = ALIASES("DES", "DCLT", "j"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "mode",
     .aliases = ALIASES("MODE", "mode"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "cs",
     .aliases = ALIASES("CSP", "CS1", "cs"),
     .unit = "{class}",
     .type = COLUMN_U32,
     .required = true,
     .lowest = 1,
     .highest = 6},
    {.name = "workers",
     .aliases = ALIASES("FLOW", "workers", "NBFLUX*"),
     .title_fr = "Actifs ayant un emploi",
     .title_en = "Workers",
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e8},
    {.name = "variance",
     .aliases = ALIASES("variance", "VARIANCE"),
     .unit = "1",
     .type = COLUMN_F64,
     .decimals = -1,
     .lowest = 0,
     .highest = 1e12},
};

typedef struct mode_word {
    const char *text, *mode;
} mode_word;

static const mode_word modes[] = {
    {"VP", "car"},
    {"TC", "transit"},
    {"NM", "non_motorised"},
    {"DOMICILE", "home"},
    {"MP", "walk"},
    {"MARCHE", "walk"},
    {"VELO", "bicycle"},
    {"DR", "two_wheeler"},
    {"2R", "two_wheeler"},
    {"car", "car"},
    {"transit", "transit"},
    {"home", "home"},
    {"walk", "walk"},
    {"bicycle", "bicycle"},
    {"two_wheeler", "two_wheeler"},
    {"non_motorised", "non_motorised"},
};
static const char allowed[] = "VP, TC, NM, DOMICILE, MP, VELO, DR";

static const char *mode_of(const char *text)
{
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        if (strcmp(modes[i].text, text) == 0) {
            return modes[i].mode;
        }
    }
    return NULL;
}

static status name_modes(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    status rc = STATUS_OK;
    size_t bad = 0;
    const size_t count = in->rows->rows;
    const column *mode = text_column(in->rows, "mode");
    const char **values = memory_new(count, sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * sizeof *values), &err, faults_list);
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = mode_of(text_at(mode, i));
        if (!values[i] && ++bad <= READER_MAX_FAULTS) {
            rc = faults_refuse(faults_list, table_source(in->rows, i), M_MOBPRO_MODE,
                               text_at(mode, i), allowed);
        }
    }
    if (rc == STATUS_OK) {
        const made_column made[] = {{"mode", (const char *const *)values}};
        rc = imported_replace(in, NULL, count, made, 1, faults_list);
    }
    memory_free(values);
    return rc;
}

const importer importer_mobpro_mode_csp = {
    .id = "mobpro-mode-csp",
    .role = "detail",
    .title_fr = "Mobilités professionnelles par mode et catégorie socioprofessionnelle",
    .title_en = "Commuting by mode and occupation",
    .producer = "Insee, recensement de la population, fichier détail MOBPRO agrégé",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
    .separators = ";,",
    .finish = name_modes,
};
