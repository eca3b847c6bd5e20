#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "o",
     .aliases = ALIASES("Origine", "DEP_RES", "Département de résidence"),
     .title_fr = "Département de résidence",
     .title_en = "Residence département",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "j",
     .aliases = ALIASES("Destination", "DEP_TRAV", "Département de travail"),
     .title_fr = "Département de travail",
     .title_en = "Work département",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "workers",
     .aliases = ALIASES("Flux Dom-Travail", "Flux", "NBFLUX_C*"),
     .title_fr = "Actifs ayant un emploi",
     .title_en = "Workers",
     .unit = "{worker}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e8},
};

/* "01 - Ain", "2A - Corse-du-Sud", "971 - Guadeloupe": the code before the dash. */
static bool cut_label(const char *label, text_slice *code, text_slice *name)
{
    const size_t size = strcspn(label, " ");
    if (size < 2 || size > 3 || strncmp(label + size, " - ", 3) != 0 || !label[size + 3]) {
        return false;
    }
    *code = text_slice_of(label, size);
    *name = text_slice_of(label + size + 3, strlen(label + size + 3));
    return true;
}

static status split_column(imported *in, const char *column_name, const char **codes,
                           const char **names, arena *memory, faults *faults_list)
{
    status rc = STATUS_OK;
    const column *c = text_column(in->rows, column_name);
    for (size_t i = 0; c && i < in->rows->rows; i++) {
        text_slice code;
        text_slice name;
        const char *label = column_text(c, i);
        if (!cut_label(label, &code, &name)) {
            rc = faults_refuse(faults_list, table_source(in->rows, i), M_FLOWS_DEPARTEMENT, label);
            continue;
        }
        codes[i] = arena_text_n(memory, code.at, code.size);
        names[i] = arena_text_n(memory, name.at, name.size);
        if (!codes[i] || !names[i]) {
            error err;
            return fault_of(memory_error(&err, name.size), &err, faults_list);
        }
    }
    return rc;
}

static status split_labels(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    arena *memory = NULL;
    const char **made[4] = {0};
    const size_t rows = in->rows->rows;
    status rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < 4; i++) {
        rc = take_array(memory, rows, sizeof *made[i], &made[i], faults_list);
    }
    if (rc == STATUS_OK) {
        rc = split_column(in, "o", made[0], made[1], memory, faults_list);
        const status other = split_column(in, "j", made[2], made[3], memory, faults_list);
        rc = rc == STATUS_OK ? other : rc;
    }
    if (rc == STATUS_OK) {
        const made_column columns_made[] = {{"o", (const char *const *)made[0]},
                                            {"o_name", (const char *const *)made[1]},
                                            {"j", (const char *const *)made[2]},
                                            {"j_name", (const char *const *)made[3]}};
        rc = imported_replace(in, NULL, rows, columns_made, 4, faults_list);
    }
    arena_free(memory);
    in->vintage = in->vintage ? in->vintage : year_in_path(request->path);
    return rc;
}

const importer importer_insee_flows_departement = {
    .id = "insee-flows-departement",
    .role = "flows_departement",
    .title_fr = "Mobilités professionnelles : flux entre départements",
    .title_en = "Commuting: flows between départements",
    .producer = "Insee, recensement de la population",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("Flux Dom-Travail"),
    .finish = split_labels,
};
