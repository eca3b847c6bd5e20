#include <string.h>

#include "base/hash.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    CODE_COLUMN(CODE_HEADERS),
    TEXT_OF("name", "LIBGEO", "nom", "name", "nom_membre"),
    TEXT_OF("departement", "DEP", "departement", "dept"),
    TEXT_OF("region", "REG", "region"),
    TEXT_OF("arrondissement", "ARR", "arrondissement"),
    TEXT_OF("arrondissement_name", "LIBARR", "LIB_ARR"),
    TEXT_OF("canton", "CANOV", "CV", "CAN", "canton"),
    TEXT_OF("canton_name", "LIBCANOV", "LIBCV", "LIB_CV"),
    TEXT_OF("epci", "EPCI", "epci", "siren"),
    TEXT_OF("epci_name", "LIBEPCI", "LIB_EPCI", "epci_name", "raison_sociale"),
    TEXT_OF("epci_nature", "NATURE_EPCI", "nature_juridique"),
    TEXT_OF("bassin_vie", "BV2022", "BV2012", "BV", "bassin_vie"),
    TEXT_OF("bassin_vie_name", "LIBBV2022", "LIBBV2012", "LIB_BV", "bassin_vie_name"),
    TEXT_OF("zone_emploi", "ZE2020", "ZE2010", "ZE", "zone_emploi"),
    TEXT_OF("zone_emploi_name", "LIBZE2020", "LIBZE2010", "LIB_ZE", "zone_emploi_name"),
    TEXT_OF("unite_urbaine", "UU2020", "UU2010", "unite_urbaine"),
    TEXT_OF("unite_urbaine_name", "LIBUU2020", "LIBUU2010", "unite_urbaine_name"),
    TEXT_OF("aav", "AAV2020", "AU2010", "aav"),
    TEXT_OF("aav_name", "LIBAAV2020", "LIBAU2010", "aav_name"),
    TEXT_OF("aav_category", "CATEAAV2020", "CATAEU2010", "cate_aav"),
    {.name = "density7",
     .aliases = ALIASES("density7", "DENS", "DENS7"),
     .unit = "{class}",
     .type = COLUMN_U32,
     .lowest = 1,
     .highest = 7},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

/* Paris, Lyon and Marseille by arrondissement are a sheet of their own, with the same columns. */
static const char arrondissements_sheet[] = "ARM";

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
    {"canton", "canton_name", {"CANOV", "CV", NULL}},
    {"unite_urbaine", "unite_urbaine_name", {"UU2020", "UU2010", NULL}},
    {"aav", "aav_name", {"AAV2020", "AU2010", NULL}},
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

/* A sheet that not every file has: NULL, without a word, where it is absent. */
static status read_sheet(const import_request *request, const char *name, layer **out, error *err)
{
    faults *aside = NULL;
    const layer_options options = {.path = request->path, .name = name};
    status rc = faults_new(&aside, err);
    *out = NULL;
    if (rc == STATUS_OK && layer_read(request->workers, &options, out, aside) != STATUS_OK) {
        *out = NULL;
    }
    faults_free(aside);
    return rc;
}

/* Zone names are a comfort: without the sheet the zones keep their codes, and the reader is told.
 */
static status name_zones(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    layer *sheet = NULL;
    zone_names z = {0};
    status rc = arena_new(&z.memory, &err);
    if (rc == STATUS_OK) {
        rc = interner_new(&z.codes, &err);
    }
    if (rc == STATUS_OK) {
        rc = read_sheet(request, names_sheet, &sheet, &err);
    }
    if (rc == STATUS_OK && !sheet) {
        faults_note(faults_list, source_at(request->path, 0, 0), M_MEMBERSHIP_SHEET, names_sheet);
        goto done;
    }
    if (rc == STATUS_OK) {
        rc = read_names(&z, sheet->cells, &err);
    }
    if (rc == STATUS_OK && add_names(&z, in, faults_list) != STATUS_OK) {
        rc = error_set(&err, STATUS_ENVIRONMENT, M_MEMBERSHIP_SHEET, names_sheet);
    }
done:
    layer_free(sheet);
    interner_free(z.codes);
    arena_free(z.memory);
    return fault_of(rc, &err, faults_list);
}

/* The sheet ARM, when the sheet COM was read: an arrondissement has the zones of its commune. */
static status add_arrondissements(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    layer *sheet = NULL;
    table *more = NULL;
    status rc =
        fault_of(read_sheet(request, arrondissements_sheet, &sheet, &err), &err, faults_list);
    if (rc == STATUS_OK && sheet) {
        /* its column COM names the commune: the code is under CODGEO alone */
        wanted_column own[COLUMNS];
        memcpy(own, columns, sizeof own);
        own[0].aliases = ALIASES("CODGEO");
        rc = table_type(sheet->cells, own, COLUMNS, &more, faults_list);
    }
    if (rc == STATUS_OK && more) {
        rc = imported_append(in, more, faults_list);
        in->facts.rows += more->rows;
        faults_note(faults_list, source_at(request->path, 0, 0), M_MEMBERSHIP_ARRONDISSEMENTS,
                    arrondissements_sheet, more->rows);
    }
    table_free(more);
    layer_free(sheet);
    return rc;
}

/* Whether the columns bear names of zones already. */
static bool has_names(const table *t)
{
    for (size_t l = 0; l < ZONE_LEVELS; l++) {
        if (table_find(t, zone_levels[l].name_column)) {
            return true;
        }
    }
    return false;
}

static status finish(const import_request *request, imported *in, faults *faults_list)
{
    in->vintage = year_in_path(request->path);
    if (request->member || !layer_is_called_for(request->path) || in->outlines) {
        return STATUS_OK;
    }
    const status rc = add_arrondissements(request, in, faults_list);
    return rc == STATUS_OK && !has_names(in->rows) ? name_zones(request, in, faults_list) : rc;
}

const importer importer_insee_membership = {
    .id = "insee-membership",
    .role = "membership",
    .title_fr = "Table d’appartenance géographique des communes",
    .title_en = "Membership of communes in zones",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = COLUMNS,
    .marks = ALIASES("BV2022", "BV2012", "ZE2020", "ZE2010", "UU2020", "AAV2020", "NATURE_EPCI",
                     "siren_membre", "LIBEPCI"),
    .generic = true,
    .finish = finish,
};
