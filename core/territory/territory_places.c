#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

/* Column numbers of the places table, in its order. */
typedef enum place_column {
    AT_CODE,
    AT_NAME,
    AT_POPULATION,
    AT_POINT_CLASS,
    AT_LON,
    AT_LAT,
    AT_X,
    AT_Y,
    AT_AREA,
    AT_DENSITY,
    AT_DEPARTEMENT,
    AT_REGION,
    AT_EPCI,
    AT_BASSIN_VIE,
    AT_ZONE_EMPLOI,
    AT_ARRONDISSEMENT,
    AT_KEPT,
    AT_BORDER,
    AT_COUNT
} place_column;

#define TEXT(name_of, titles)                                                                      \
    {                                                                                              \
        name_of, titles, "", COLUMN_TEXT, 0                                                        \
    }
#define NUMBER(name_of, titles, unit_of, decimals_of)                                              \
    {                                                                                              \
        name_of, titles, unit_of, COLUMN_F64, decimals_of                                          \
    }
#define COUNT(name_of, titles, unit_of)                                                            \
    {                                                                                              \
        name_of, titles, unit_of, COLUMN_U32, 0                                                    \
    }

static const column_spec specs[AT_COUNT] = {
    TEXT("code", M_COLUMN_CODE),
    TEXT("name", M_COLUMN_NAME),
    NUMBER("population", M_COLUMN_POPULATION, "{person}", -1),
    TEXT("point_class", M_COLUMN_POINT_CLASS),
    NUMBER("lon", M_COLUMN_LON, "deg", 6),
    NUMBER("lat", M_COLUMN_LAT, "deg", 6),
    NUMBER("x_m", M_COLUMN_X, "m", 1),
    NUMBER("y_m", M_COLUMN_Y, "m", 1),
    NUMBER("area_km2", M_COLUMN_AREA, "km2", 3),
    COUNT("density7", M_COLUMN_DENSITY, "{class}"),
    TEXT("departement", M_COLUMN_DEPARTEMENT),
    TEXT("region", M_COLUMN_REGION),
    TEXT("epci", M_COLUMN_EPCI),
    TEXT("bassin_vie", M_COLUMN_BASSIN_VIE),
    TEXT("zone_emploi", M_COLUMN_ZONE_EMPLOI),
    TEXT("arrondissement", M_COLUMN_ARRONDISSEMENT),
    COUNT("kept", M_COLUMN_KEPT, "1"),
    NUMBER("border_km", M_COLUMN_BORDER, "km", 3),
};

static void set_number(table_builder *b, size_t index, size_t row, double value)
{
    if (isfinite(value)) {
        table_builder_f64(b, index, row, value);
    }
}

static status set_text(table_builder *b, size_t index, size_t row, const char *text, error *err)
{
    return *text ? table_builder_text(b, index, row, text_slice_of(text, strlen(text)), err)
                 : STATUS_OK;
}

static status fill_texts(table_builder *b, const draft *d, size_t row, size_t from, error *err)
{
    const struct {
        place_column at;
        const char *text;
    } texts[] = {
        {AT_CODE, d->code[from]},
        {AT_NAME, d->name[from]},
        {AT_POINT_CLASS, point_class_name((point_class)d->point[from])},
        {AT_DEPARTEMENT, d->level[LEVEL_DEPARTEMENT][from]},
        {AT_REGION, d->level[LEVEL_REGION][from]},
        {AT_EPCI, d->level[LEVEL_EPCI][from]},
        {AT_BASSIN_VIE, d->level[LEVEL_BASSIN_VIE][from]},
        {AT_ZONE_EMPLOI, d->level[LEVEL_ZONE_EMPLOI][from]},
        {AT_ARRONDISSEMENT, d->level[LEVEL_ARRONDISSEMENT][from]},
    };
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof texts / sizeof texts[0]; i++) {
        rc = set_text(b, texts[i].at, row, texts[i].text, err);
    }
    return rc;
}

static void fill_numbers(table_builder *b, const territory *t, size_t row, double area_km2,
                         double border_km)
{
    set_number(b, AT_POPULATION, row, t->population[row]);
    set_number(b, AT_LON, row, t->lon[row]);
    set_number(b, AT_LAT, row, t->lat[row]);
    set_number(b, AT_X, row, t->x_m[row]);
    set_number(b, AT_Y, row, t->y_m[row]);
    set_number(b, AT_AREA, row, area_km2);
    set_number(b, AT_BORDER, row, border_km);
    if (t->density[row]) {
        table_builder_u32(b, AT_DENSITY, row, t->density[row]);
    }
    table_builder_u32(b, AT_KEPT, row, t->kept[row]);
}

static status fill_rows(table_builder *b, const territory *t, const draft *d, const size_t *rows,
                        const double *area_km2, const double *border_km, error *err)
{
    uint32_t *sources = NULL;
    size_t first = 0;
    const table *from = d->in->communes->rows;
    status rc = table_builder_sources(b, from, d->scratch, &sources, err);
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, t->place_count, &first, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        rc = fill_texts(b, d, i, rows[i], err);
        fill_numbers(b, t, i, area_km2[i], border_km[i]);
        if (from->source_row) {
            const size_t row = d->row[rows[i]];
            table_builder_from(b, i, sources[from->source_file[row]], from->source_row[row]);
        }
    }
    return rc;
}

static status build_table(territory *t, const draft *d, const size_t *rows, const double *area_km2,
                          const double *border_km, error *err)
{
    table_builder *b = NULL;
    table *places = NULL;
    size_t index = 0;
    status rc = table_builder_new(&b, "places", err);
    for (size_t c = 0; rc == STATUS_OK && c < AT_COUNT; c++) {
        rc = table_builder_column(b, &specs[c], &index, err);
    }
    if (rc == STATUS_OK) {
        rc = fill_rows(b, t, d, rows, area_km2, border_km, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &places, err);
    }
    table_builder_free(b);
    t->places = places;
    return rc;
}

/* Codes and names are borrowed from the table. */
static status borrow_texts(territory *t, const draft *d)
{
    const char **code = NULL;
    const char **name = NULL;
    code_index *index = NULL;
    status rc = take_array(t->memory, t->place_count, sizeof *code, &code, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *name, &name, d->list);
    }
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, t->places, "code", d->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < t->place_count; i++) {
        code[i] = column_text(&t->places->columns[AT_CODE], i);
        name[i] = column_text(&t->places->columns[AT_NAME], i);
    }
    t->code = (const char *const *)code;
    t->name = (const char *const *)name;
    t->by_code = index;
    return STATUS_OK;
}

static status copy_numbers(territory *t, const draft *d, const size_t *rows)
{
    double *population = NULL;
    double *lon = NULL;
    double *lat = NULL;
    uint32_t *density = NULL;
    uint8_t *kept = NULL;
    status rc = take_array(t->memory, t->place_count, sizeof *population, &population, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *lon, &lon, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *lat, &lat, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *density, &density, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *kept, &kept, d->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        population[i] = d->population[rows[i]];
        lon[i] = d->lon[rows[i]];
        lat[i] = d->lat[rows[i]];
        density[i] = d->density[rows[i]];
        kept[i] = d->fate[rows[i]] == FATE_KEPT;
    }
    t->population = population;
    t->lon = lon;
    t->lat = lat;
    t->density = density;
    t->kept = kept;
    return rc;
}

status territory_places(territory *t, const draft *d, const size_t *rows, size_t count)
{
    error err;
    double *area_km2 = NULL;
    double *border_km = NULL;
    t->place_count = count;
    status rc = copy_numbers(t, d, rows);
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, count, sizeof *area_km2, &area_km2, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, count, sizeof *border_km, &border_km, d->list);
    }
    if (rc == STATUS_OK) {
        rc = territory_shapes(t, d, rows, area_km2, border_km);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(build_table(t, d, rows, area_km2, border_km, &err), &err, d->list);
    }
    return rc == STATUS_OK ? borrow_texts(t, d) : rc;
}

/* --- codes that exist without being places --- */

typedef struct code_list {
    const char **at;
    size_t count;
} code_list;

static size_t sort_distinct(const char **texts, size_t count)
{
    size_t distinct = 0;
    qsort(texts, count, sizeof *texts, compare_texts);
    for (size_t i = 0; i < count; i++) {
        if (distinct == 0 || strcmp(texts[distinct - 1], texts[i]) != 0) {
            texts[distinct++] = texts[i];
        }
    }
    return distinct;
}

static size_t rows_of(const imported *in)
{
    return in ? in->rows->rows : 0;
}

static void add_codes(const territory *t, code_list *list, const imported *in)
{
    const column *code = in ? text_column(in->rows, "code") : NULL;
    for (size_t row = 0; code && row < in->rows->rows; row++) {
        const char *text = column_text(code, row);
        if (*text && code_index_find(t->by_code, text) == ROW_NONE) {
            list->at[list->count++] = text;
        }
    }
}

static status keep_texts(territory *t, const draft *d, code_list list, const char *const **out,
                         size_t *count)
{
    error err;
    const char **kept = NULL;
    *count = sort_distinct(list.at, list.count);
    const status rc = take_array(t->memory, *count, sizeof *kept, &kept, d->list);
    for (size_t i = 0; rc == STATUS_OK && i < *count; i++) {
        kept[i] = arena_text(t->memory, list.at[i]);
        if (!kept[i]) {
            return fault_of(memory_error(&err, 8), &err, d->list);
        }
    }
    *out = (const char *const *)kept;
    return rc;
}

static status loaded_departements(territory *t, const draft *d)
{
    error err;
    code_list list = {0};
    status rc = take_array(d->scratch, d->count, sizeof *list.at, &list.at, d->list);
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        char code[DEPARTEMENT_CODE_BYTES];
        departement_of_commune(d->code[i], code);
        if (list.count && strcmp(list.at[list.count - 1], code) == 0) {
            continue;
        }
        list.at[list.count] = arena_text(d->scratch, code);
        if (!list.at[list.count++]) {
            return fault_of(memory_error(&err, sizeof code), &err, d->list);
        }
    }
    return rc == STATUS_OK ? keep_texts(t, d, list, &t->departements, &t->departement_count) : rc;
}

status territory_elsewhere(territory *t, const draft *d)
{
    code_list list = {0};
    const size_t most =
        d->count + rows_of(d->in->names) + rows_of(d->in->membership) + rows_of(d->in->population);
    status rc = take_array(d->scratch, most, sizeof *list.at, &list.at, d->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < d->count; i++) {
        if (d->fate[i] == FATE_DROPPED) {
            list.at[list.count++] = d->code[i];
        }
    }
    add_codes(t, &list, d->in->names);
    add_codes(t, &list, d->in->membership);
    add_codes(t, &list, d->in->population);
    rc = keep_texts(t, d, list, &t->elsewhere, &t->elsewhere_count);
    return rc == STATUS_OK ? loaded_departements(t, d) : rc;
}
