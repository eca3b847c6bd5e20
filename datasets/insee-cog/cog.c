#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("COM", "CODGEO", "code", "code_commune", "INSEE_COM", "geo_code"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name",
     .aliases = ALIASES("LIBELLE", "LIBGEO", "nom", "name", "NCCENR", "libelle"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "type", .aliases = ALIASES("TYPECOM", "type"), .unit = "", .type = COLUMN_TEXT},
    {.name = "departement",
     .aliases = ALIASES("DEP", "departement"),
     .unit = "",
     .type = COLUMN_TEXT},
    {.name = "region", .aliases = ALIASES("REG", "region"), .unit = "", .type = COLUMN_TEXT},
    {.name = "arrondissement",
     .aliases = ALIASES("ARR", "arrondissement"),
     .unit = "",
     .type = COLUMN_TEXT},
    {.name = "parent", .aliases = ALIASES("COMPARENT", "parent"), .unit = "", .type = COLUMN_TEXT},
};

/* Associated and delegated communes share codes with communes (quirk 18) and have neither region
 * nor département (quirk 19): only communes and municipal arrondissements are places. */
static status keep_communes(const import_request *request, imported *in, faults *faults_list)
{
    in->vintage = year_in_path(request->path);
    const column *type = text_column(in->rows, "type");
    if (!type) {
        return STATUS_OK;
    }
    uint8_t *keep = memory_new(in->rows->rows, sizeof *keep);
    if (!keep) {
        error err;
        return fault_of(memory_error(&err, in->rows->rows), &err, faults_list);
    }
    for (size_t i = 0; i < in->rows->rows; i++) {
        const char *text = column_text(type, i);
        keep[i] = !*text || strcmp(text, "COM") == 0 || strcmp(text, "ARM") == 0;
    }
    const status rc = imported_filter(in, keep, M_COG_OTHER_TYPES, faults_list);
    memory_free(keep);
    return rc;
}

const importer importer_insee_cog = {
    .id = "insee-cog",
    .role = "names",
    .title_fr = "Code officiel géographique",
    .title_en = "Official geographic code",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("TYPECOM", "typecom"),
    .generic = true,
    .finish = keep_communes,
};
