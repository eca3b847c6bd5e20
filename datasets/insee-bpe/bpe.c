/* The permanent database of facilities: one importer for points, and three that give each commune
 * its number of facilities. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "geo/projection.h"
#include "territory/codes.h"
#include "territory/support.h"

#define NUMBER_OF(canonical, of_unit, places, ...)                                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = of_unit, .type = COLUMN_F64,   \
        .decimals = places                                                                         \
    }

static const wanted_column point_columns[] = {
    CODE_COLUMN("DEPCOM", "CODGEO", "COM"),
    {.name = "type",
     .aliases = ALIASES("TYPEQU", "FACILITY_TYPE"),
     .title_fr = "Type d’équipement",
     .title_en = "Type of facility",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    NUMBER_OF("x", "m", 1, "LAMBERT_X", "lambert_x"),
    NUMBER_OF("y", "m", 1, "LAMBERT_Y", "lambert_y"),
    NUMBER_OF("lon", "deg", 6, "LONGITUDE", "lon"),
    NUMBER_OF("lat", "deg", 6, "LATITUDE", "lat"),
    TEXT_OF("quality", "QUALITE_XY", "qualite_xy", "QP_XY"),
    TEXT_OF("year", "AN", "an"),
};
enum { POINT_COLUMNS = sizeof point_columns / sizeof point_columns[0] };

/* --- coordinates: each département has its legal projection --- */

typedef struct located {
    double *x, *y; /* metres in, degrees out */
    int32_t *epsg; /* 0: no coordinates */
    double *part_x, *part_y;
    size_t count;
} located;

static size_t take_part(const located *l, int32_t epsg)
{
    size_t used = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (l->epsg[i] == epsg) {
            l->part_x[used] = l->x[i];
            l->part_y[used++] = l->y[i];
        }
    }
    return used;
}

static void put_part(located *l, int32_t epsg)
{
    size_t used = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (l->epsg[i] == epsg) {
            l->x[i] = l->part_x[used];
            l->y[i] = l->part_y[used++];
            l->epsg[i] = 4326;
        }
    }
}

static status project_all(located *l, error *err)
{
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < l->count; i++) {
        const int32_t epsg = l->epsg[i];
        projection *p = NULL;
        if (epsg == 0 || epsg == 4326) {
            continue;
        }
        const size_t used = take_part(l, epsg);
        rc = projection_new(&p, epsg, 4326, err);
        if (rc == STATUS_OK) {
            rc = projection_apply(p, l->part_x, l->part_y, used, NULL, err);
        }
        if (rc == STATUS_OK) {
            put_part(l, epsg);
        }
        projection_free(p);
    }
    return rc;
}

static size_t fill_located(located *l, const table *t)
{
    size_t without = 0;
    const column *code = text_column(t, "code");
    column_numbers(t, "x", l->x);
    column_numbers(t, "y", l->y);
    for (size_t i = 0; i < l->count; i++) {
        char departement[DEPARTEMENT_CODE_BYTES];
        departement_of_commune(text_at(code, i), departement);
        const bool known = isfinite(l->x[i]) && isfinite(l->y[i]);
        l->epsg[i] = known ? projection_of_departement(departement) : 0;
        if (l->epsg[i] == 0) {
            l->x[i] = l->y[i] = (double)NAN;
            without++;
        }
    }
    return without;
}

static status replace_points(imported *in, const located *l, error *err)
{
    table *made = NULL;
    const number_column degrees[] = {
        {{.name = "lon", .unit = "deg", .type = COLUMN_F64, .decimals = 6}, l->x},
        {{.name = "lat", .unit = "deg", .type = COLUMN_F64, .decimals = 6}, l->y}};
    const status rc = table_with_numbers(in->rows, degrees, 2, &made, err);
    if (rc == STATUS_OK) {
        imported_take(in, made);
    }
    return rc;
}

static status locate(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    located l = {.count = in->rows->rows};
    if (table_find(in->rows, "lon") || !table_find(in->rows, "x") || !table_find(in->rows, "y")) {
        return STATUS_OK;
    }
    double *values = memory_new(l.count + 1, 4 * sizeof *values);
    l.epsg = memory_new(l.count + 1, sizeof *l.epsg);
    status rc = values && l.epsg ? STATUS_OK : memory_error(&err, l.count * 4 * sizeof *values);
    if (rc == STATUS_OK) {
        l.x = values;
        l.y = values + l.count;
        l.part_x = values + 2 * l.count;
        l.part_y = values + 3 * l.count;
        const size_t without = fill_located(&l, in->rows);
        if (without) {
            faults_note(faults_list, source_at(request->path, 0, 0), M_BPE_WITHOUT_POINT,
                        SHOWN(shown((double)without, 0)));
        }
        rc = project_all(&l, &err);
    }
    if (rc == STATUS_OK) {
        rc = replace_points(in, &l, &err);
    }
    memory_free(values);
    memory_free(l.epsg);
    return fault_of(rc, &err, faults_list);
}

/* --- numbers by commune --- */

enum { DOMAINS = 7 }; /* A to G, the first letter of a type */

static const struct {
    const char *name, *fr, *en;
} measures[1 + DOMAINS] = {
    {"facilities", "Équipements", "Facilities"},
    {"facilities_a", "Services pour les particuliers", "Services to households"},
    {"facilities_b", "Commerces", "Shops"},
    {"facilities_c", "Enseignement", "Education"},
    {"facilities_d", "Santé et action sociale", "Health and social care"},
    {"facilities_e", "Transports et déplacements", "Transport"},
    {"facilities_f", "Sports, loisirs et culture", "Sports, leisure and culture"},
    {"facilities_g", "Tourisme", "Tourism"},
};

typedef struct tally {
    interner *codes;
    double (*sums)[1 + DOMAINS]; /* a row of the file at most has a code of its own */
    size_t left_out;             /* totals and other geographies */
} tally;

/* Rows of totals ("_T") and of other territories are not facilities of a commune. */
static bool is_counted(const table *t, size_t row, const char *type)
{
    const char *object = text_at(text_column(t, "object"), row);
    const char *measure = text_at(text_column(t, "measure"), row);
    return type[0] >= 'A' && type[0] < 'A' + DOMAINS && (!*object || strcmp(object, "COM") == 0) &&
           (!*measure || strcmp(measure, "FACILITIES") == 0);
}

static status add_up(tally *y, const table *t, error *err)
{
    const column *code = text_column(t, "code");
    const column *type = text_column(t, "type");
    const column *count = number_column_of(t, "count");
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < t->rows; i++) {
        const char *commune = text_at(code, i);
        const char *kind = text_at(type, i);
        const bool known = !count || column_state(count, i) == VALUE_PRESENT;
        uint32_t index = 0;
        if (!known || !is_counted(t, i, kind)) {
            y->left_out++;
            continue;
        }
        rc = interner_add(y->codes, text_slice_of(commune, strlen(commune)), &index, err);
        if (rc == STATUS_OK) {
            const double number = count ? count->at.f64[i] : 1;
            y->sums[index][0] += number;
            y->sums[index][1 + kind[0] - 'A'] += number;
        }
    }
    return rc;
}

static status make_columns(table_builder *b, error *err)
{
    size_t index = 0;
    const column_spec code = {.name = "code", .unit = "", .type = COLUMN_TEXT};
    status rc = table_builder_column(b, &code, &index, err);
    for (size_t m = 0; rc == STATUS_OK && m < 1 + DOMAINS; m++) {
        const column_spec spec = {.name = measures[m].name,
                                  .title_fr = measures[m].fr,
                                  .title_en = measures[m].en,
                                  .unit = "1",
                                  .type = COLUMN_F64};
        rc = table_builder_column(b, &spec, &index, err);
    }
    return rc;
}

static status fill_rows(table_builder *b, const tally *y, const char *file, error *err)
{
    size_t first = 0;
    uint32_t source = 0;
    const uint32_t count = interner_count(y->codes);
    status rc = table_builder_rows(b, count, &first, err);
    if (rc == STATUS_OK) {
        rc = table_builder_source(b, file, &source, err);
    }
    for (uint32_t i = 0; rc == STATUS_OK && i < count; i++) {
        table_builder_from(b, i, source, 0);
        rc = table_builder_text(b, 0, i, interner_at(y->codes, i), err);
        for (size_t m = 0; m < 1 + DOMAINS; m++) {
            table_builder_f64(b, 1 + m, i, y->sums[i][m]);
        }
    }
    return rc;
}

static status make_tally(imported *in, tally *y, error *err)
{
    table_builder *b = NULL;
    table *made = NULL;
    const char *file = in->rows->source_file_count ? in->rows->source_files[0] : "";
    status rc = add_up(y, in->rows, err);
    if (rc == STATUS_OK) {
        rc = table_builder_new(&b, "context", err);
    }
    if (rc == STATUS_OK) {
        rc = make_columns(b, err);
    }
    if (rc == STATUS_OK) {
        rc = fill_rows(b, y, file, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &made, err);
    }
    table_builder_free(b);
    if (rc == STATUS_OK) {
        imported_take(in, made);
        in->left_out += y->left_out;
        in->left_out_fr = tr(LANGUAGE_FR, M_BPE_LEFT_OUT);
        in->left_out_en = tr(LANGUAGE_EN, M_BPE_LEFT_OUT);
    }
    return rc;
}

static status count_by_commune(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    tally y = {0};
    (void)request;
    status rc = interner_new(&y.codes, &err);
    if (rc == STATUS_OK) {
        y.sums = memory_new(in->rows->rows + 1, sizeof *y.sums);
        rc = y.sums ? STATUS_OK : memory_error(&err, in->rows->rows * sizeof *y.sums);
    }
    if (rc == STATUS_OK) {
        rc = make_tally(in, &y, &err);
    }
    interner_free(y.codes);
    memory_free(y.sums);
    return fault_of(rc, &err, faults_list);
}

/* --- the importers --- */

#define PRODUCED_BY                                                                                \
    .producer = "Insee, base permanente des équipements", .licence = "Licence Ouverte 2.0"

const importer importer_insee_bpe_points = {
    .id = "insee-bpe-points",
    .role = "facilities",
    .title_fr = "Base permanente des équipements : équipements géolocalisés",
    .title_en = "Permanent database of facilities: located facilities",
    PRODUCED_BY,
    .columns = point_columns,
    .column_count = POINT_COLUMNS,
    .marks = ALIASES("LAMBERT_X", "QUALITE_XY", "lambert_x"),
    .finish = locate,
};

const importer importer_insee_bpe_points_counted = {
    .id = "insee-bpe-points-counted",
    .role = "context",
    .title_fr = "Base permanente des équipements : équipements comptés par commune",
    .title_en = "Permanent database of facilities: counted by commune",
    PRODUCED_BY,
    .columns = point_columns,
    .column_count = POINT_COLUMNS,
    .marks = ALIASES("LAMBERT_X", "QUALITE_XY", "lambert_x"),
    .finish = count_by_commune,
};

static const wanted_column count_columns[] = {
    CODE_COLUMN("DEPCOM", "CODGEO", "COM", "GEO"),
    {.name = "type",
     .aliases = ALIASES("TYPEQU", "FACILITY_TYPE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "count",
     .aliases = ALIASES("NB_EQUIP", "OBS_VALUE"),
     .unit = "1",
     .type = COLUMN_F64,
     .required = true,
     .lowest = 0,
     .highest = 1e7},
    TEXT_OF("object", "GEO_OBJECT"),
    TEXT_OF("measure", "BPE_MEASURE"),
    TEXT_OF("year", "AN", "TIME_PERIOD"),
};

const importer importer_insee_bpe_counts = {
    .id = "insee-bpe-counts",
    .role = "context",
    .title_fr = "Base permanente des équipements : nombres par commune et par type",
    .title_en = "Permanent database of facilities: numbers by commune and type",
    PRODUCED_BY,
    .columns = count_columns,
    .column_count = sizeof count_columns / sizeof count_columns[0],
    .marks = ALIASES("NB_EQUIP", "BPE_MEASURE"),
    .finish = count_by_commune,
};

/* One row a commune, one column an equipment, by its label; an empty cell is 0 (quirk 43). */
static const wanted_column crosstab_columns[] = {
    CODE_COLUMN("depcom", "CODGEO", "COM"),
    {.name = "facilities",
     .aliases = ALIASES("Total de nb_equip", "Total"),
     .title_fr = "Équipements",
     .title_en = "Facilities",
     .unit = "1",
     .type = COLUMN_F64,
     .required = true,
     .lowest = 0,
     .highest = 1e7},
};

const importer importer_insee_bpe_crosstab = {
    .id = "insee-bpe-crosstab",
    .role = "context",
    .title_fr = "Base permanente des équipements : tableau croisé des communes et des équipements",
    .title_en = "Permanent database of facilities: communes by facilities crosstab",
    PRODUCED_BY,
    .columns = crosstab_columns,
    .column_count = sizeof crosstab_columns / sizeof crosstab_columns[0],
    .marks = ALIASES("Total de nb_equip"),
    .empty_is_zero = true,
};
