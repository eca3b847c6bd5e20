#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "mod",
     .aliases = ALIASES("MOD", "mod", "type_evenement"),
     .title_fr = "Type d’événement",
     .title_en = "Kind of event",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "date",
     .aliases = ALIASES("DATE_EFF", "date_eff", "date_effet"),
     .title_fr = "Date d’effet",
     .title_en = "Effective date",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "type_from",
     .aliases = ALIASES("TYPECOM_AV", "typecom_av"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "from",
     .aliases = ALIASES("COM_AV", "com_av"),
     .title_fr = "Code avant",
     .title_en = "Code before",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "type_to",
     .aliases = ALIASES("TYPECOM_AP", "typecom_ap"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "to",
     .aliases = ALIASES("COM_AP", "com_ap"),
     .title_fr = "Code après",
     .title_en = "Code after",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
};

/* Delegated and associated communes carry codes that are, or were, communes of their own: only
 * commune to commune tells where statistics go (METHODS.md section 7). */
static status keep_communes(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    const column *before = text_column(in->rows, "type_from");
    const column *after = text_column(in->rows, "type_to");
    uint8_t *keep = memory_new(in->rows->rows, sizeof *keep);
    if (!keep) {
        error err;
        return fault_of(memory_error(&err, in->rows->rows), &err, faults_list);
    }
    for (size_t i = 0; i < in->rows->rows; i++) {
        keep[i] = strcmp(text_at(before, i), "COM") == 0 && strcmp(text_at(after, i), "COM") == 0;
    }
    const status rc = imported_filter(in, keep, M_MOVEMENTS_OTHER_TYPES, faults_list);
    memory_free(keep);
    return rc;
}

const importer importer_insee_movements = {
    .id = "insee-cog-movements",
    .role = "movements",
    .title_fr = "Événements survenus aux communes depuis 1943",
    .title_en = "Events of communes since 1943",
    .producer = "Insee, code officiel géographique",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .finish = keep_communes,
};
