#include <string.h>

#include "base/hash.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

#define TEXT_COLUMN(canonical, ...)                                                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES("CODGEO", "COM", "code", "INSEE_COM", "code_commune", "geo_code"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_COLUMN("name", "LIBGEO", "nom", "name"),
    TEXT_COLUMN("departement", "DEP", "departement"),
    TEXT_COLUMN("region", "REG", "region"),
    TEXT_COLUMN("arrondissement", "ARR", "arrondissement"),
    TEXT_COLUMN("arrondissement_name", "LIBARR", "LIB_ARR"),
    TEXT_COLUMN("epci", "EPCI", "epci"),
    TEXT_COLUMN("epci_name", "LIBEPCI", "LIB_EPCI", "epci_name"),
    TEXT_COLUMN("bassin_vie", "BV2022", "BV2012", "BV", "bassin_vie"),
    TEXT_COLUMN("bassin_vie_name", "LIBBV2022", "LIBBV2012", "LIB_BV", "bassin_vie_name"),
    TEXT_COLUMN("zone_emploi", "ZE2020", "ZE2010", "ZE", "zone_emploi"),
    TEXT_COLUMN("zone_emploi_name", "LIBZE2020", "LIBZE2010", "LIB_ZE", "zone_emploi_name"),
    TEXT_COLUMN("aav", "AAV2020", "aav"),
    {.name = "density7",
     .aliases = ALIASES("density7", "DENS", "DENS7"),
     .unit = "{class}",
     .type = COLUMN_U32,
     .lowest = 1,
     .highest = 7},
};

/* The second sheet of the table d'appartenance names the zones: NIVGEO, CODGEO, LIBGEO. */
static const char names_sheet[] = "Zones_supra_communales";

typedef struct zone_level {
    const char *column, *name_column;
    const char *levels[3]; /* NIVGEO */
} zone_level;

static const zone_level zone_levels[] = {
    {"arrondissement", "arrondissement_name", {"ARR", NULL}},
    {"epci", "epci_name", {"EPCI", NULL}},
    {"bassin_vie", "bassin_vie_name", {"BV2022", "BV2012", NULL}},
    {"zone_emploi", "zone_emploi_name", {"ZE2020", "ZE2010", NULL}},
};
enum { ZONE_LEVELS = sizeof zone_levels / sizeof zone_levels[0] };

typedef struct zone_names {
    interner *codes; /* "<level number>:<code>" */
    const char **name;
    arena *memory;
} zone_names;

static text_slice zone_key(size_t level, const char *code, char *buffer, size_t size)
{
    const size_t length = strnlen(code, size - 2);
    buffer[0] = (char)('0' + level);
    memcpy(buffer + 1, code, length);
    return text_slice_of(buffer, length + 1);
}

static size_t level_of(const char *nivgeo)
{
    for (size_t i = 0; i < ZONE_LEVELS; i++) {
        for (size_t k = 0; zone_levels[i].levels[k]; k++) {
            if (strcmp(zone_levels[i].levels[k], nivgeo) == 0) {
                return i;
            }
        }
    }
    return ZONE_LEVELS;
}

static status read_names(zone_names *z, const table *cells, error *err)
{
    const column *level = text_column(cells, "NIVGEO");
    const column *code = text_column(cells, "CODGEO");
    const column *name = text_column(cells, "LIBGEO");
    z->name = arena_take(z->memory, cells->rows + 1, sizeof *z->name);
    if (!z->name) {
        return memory_error(err, cells->rows * sizeof *z->name);
    }
    for (size_t i = 0; level && code && name && i < cells->rows; i++) {
        char buffer[64];
        uint32_t index = 0;
        const size_t l = level_of(column_text(level, i));
        if (l == ZONE_LEVELS) {
            continue;
        }
        const text_slice key = zone_key(l, column_text(code, i), buffer, sizeof buffer);
        const status rc = interner_add(z->codes, key, &index, err);
        if (rc != STATUS_OK) {
            return rc;
        }
        z->name[index] = column_text(name, i);
    }
    return STATUS_OK;
}

static const char *zone_name(const zone_names *z, size_t level, const char *code)
{
    char buffer[64];
    const uint32_t index = interner_find(z->codes, zone_key(level, code, buffer, sizeof buffer));
    return index == INTERN_NONE ? "" : z->name[index];
}

static status add_names(const zone_names *z, imported *in, faults *faults_list)
{
    made_column made[ZONE_LEVELS];
    size_t made_count = 0;
    for (size_t l = 0; l < ZONE_LEVELS; l++) {
        const char **values = NULL;
        const column *codes = text_column(in->rows, zone_levels[l].column);
        if (!codes || table_find(in->rows, zone_levels[l].name_column)) {
            continue;
        }
        const status rc =
            take_array(z->memory, in->rows->rows, sizeof *values, &values, faults_list);
        if (rc != STATUS_OK) {
            return rc;
        }
        for (size_t i = 0; i < in->rows->rows; i++) {
            values[i] = zone_name(z, l, column_text(codes, i));
        }
        made[made_count++] = (made_column){zone_levels[l].name_column, (const char *const *)values};
    }
    return imported_replace(in, NULL, in->rows->rows, made, made_count, faults_list);
}

static bool is_workbook(const char *path)
{
    const size_t size = strlen(path);
    return size > 5 &&
           (strcmp(path + size - 5, ".xlsx") == 0 || strcmp(path + size - 4, ".ods") == 0);
}

/* Zone names are a comfort: without the sheet the zones keep their codes, and the reader is told.
 */
static status name_zones(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    layer *sheet = NULL;
    faults *aside = NULL;
    zone_names z = {0};
    if (!is_workbook(request->path)) {
        return STATUS_OK;
    }
    status rc = faults_new(&aside, &err);
    if (rc == STATUS_OK) {
        rc = arena_new(&z.memory, &err);
    }
    if (rc == STATUS_OK) {
        rc = interner_new(&z.codes, &err);
    }
    if (rc != STATUS_OK) {
        goto done;
    }
    const layer_options options = {.path = request->path, .name = names_sheet};
    if (layer_read(request->workers, &options, &sheet, aside) != STATUS_OK) {
        faults_note(faults_list, source_at(request->path, 0, 0), M_MEMBERSHIP_SHEET, names_sheet);
        goto done;
    }
    rc = read_names(&z, sheet->cells, &err);
    if (rc == STATUS_OK && add_names(&z, in, faults_list) != STATUS_OK) {
        rc = error_set(&err, STATUS_ENVIRONMENT, M_MEMBERSHIP_SHEET, names_sheet);
    }
done:
    layer_free(sheet);
    interner_free(z.codes);
    arena_free(z.memory);
    faults_free(aside);
    return fault_of(rc, &err, faults_list);
}

const importer importer_insee_membership = {
    .id = "insee-membership",
    .role = "membership",
    .title_fr = "Table d’appartenance géographique des communes",
    .title_en = "Membership of communes in zones",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
    .finish = name_zones,
};
