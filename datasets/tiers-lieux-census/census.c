#include <string.h>

#include "datasets/hours/columns.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/tiers-lieux-census/families.h"
#include "territory/codes.h"

#define TEXT_COLUMN(canonical, ...)                                                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }
#define DEGREES(canonical, header)                                                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(header), .unit = "deg", .type = COLUMN_F64,          \
        .decimals = -1, .required = true                                                           \
    }

/* Contact columns and the name of the managing body hold personal data: they are not read. */
static const wanted_column columns[] = {
    {.name = "id",
     .aliases = ALIASES("ID_UNIQUE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name", .aliases = ALIASES("NOM"), .unit = "", .type = COLUMN_TEXT, .required = true},
    DEGREES("lon", "LONGITUDE"),
    DEGREES("lat", "LATITUDE"),
    TEXT_COLUMN("commune", "Insee", "INSEE", "CODE_INSEE"),
    TEXT_COLUMN("address", "ADRESSE"),
    TEXT_COLUMN("postcode", "CODPOST"),
    TEXT_COLUMN("city", "VILLE"),
    TEXT_COLUMN("legal_form", "TYPE_STRUCTURE_GEST"),
    TEXT_COLUMN("opened", "DATE_OUV"),
    TEXT_COLUMN("kind", "kind", "ACTIVITES", "FAMILLES", "familles"),
    TEXT_COLUMN("functions", "functions", "fonctions"),
    TEXT_COLUMN("status", "statut_lieu"),
    HOURS_COLUMNS,
};

static const wanted_column theme_columns[] = {
    {.name = "id",
     .aliases = ALIASES("ID_UNIQUE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_COLUMN("kind", "activites_toutes", "ACTIVITES", "FAMILLES", "familles"),
    TEXT_COLUMN("status", "statut_lieu"),
    HOURS_COLUMNS,
};

/* A code that is none is left out, not refused: this file has points. */
static status drop_bad_codes(const import_request *request, imported *in, faults *faults_list)
{
    size_t dropped = 0;
    const size_t count = in->rows->rows;
    const column *commune = text_column(in->rows, "commune");
    if (!commune) {
        return STATUS_OK;
    }
    const char **values = memory_new(count, sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * sizeof *values), &err, faults_list);
    }
    for (size_t i = 0; i < count; i++) {
        const char *code = text_at(commune, i);
        const bool good = !*code || commune_code_form(code) == CODE_COMMUNE;
        values[i] = good ? code : "";
        dropped += !good;
    }
    const made_column made = {"commune", (const char *const *)values};
    status rc = STATUS_OK;
    if (dropped) {
        faults_warn(faults_list, source_at(request->path, 0, 0), M_CENSUS_CODES,
                    SHOWN(shown((double)dropped, 0)));
        rc = imported_replace(in, NULL, count, &made, 1, faults_list);
    }
    memory_free(values);
    return rc;
}

static status finish_identity(const import_request *request, imported *in, faults *faults_list)
{
    status rc = drop_bad_codes(request, in, faults_list);
    if (rc == STATUS_OK) {
        rc = census_status(request, in, faults_list);
    }
    return rc == STATUS_OK ? imported_hours(request, in, faults_list) : rc;
}

static status finish_theme(const import_request *request, imported *in, faults *faults_list)
{
    status rc = census_families(request, in, faults_list);
    if (rc == STATUS_OK) {
        rc = census_status(request, in, faults_list);
    }
    return rc == STATUS_OK ? imported_hours(request, in, faults_list) : rc;
}

const importer importer_tiers_lieux_census = {
    .id = "tiers-lieux-census",
    .role = "venues",
    .title_fr = "Recensement des tiers-lieux",
    .title_en = "Census of third places",
    .producer = "France Tiers-Lieux",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .finish = finish_identity,
};

const importer importer_tiers_lieux_themes = {
    .id = "tiers-lieux-themes",
    .role = "venue-themes",
    .title_fr = "Recensement des tiers-lieux : fichier thématique",
    .title_en = "Census of third places: thematic file",
    .producer = "France Tiers-Lieux",
    .licence = "Licence Ouverte 2.0",
    .columns = theme_columns,
    .column_count = sizeof theme_columns / sizeof theme_columns[0],
    .finish = finish_theme,
};
