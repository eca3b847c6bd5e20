#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

/* The id column changes with the year: IdINSPIRE (2015), Idcar_200m (2017), idcar_200m (2019). */
static const wanted_column columns[] = {
    {.name = "id",
     .aliases = ALIASES("idcar_200m", "Idcar_200m", "IdINSPIRE", "idcar_1km", "Idcar_1km",
                        "id_inspire", "id"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "population",
     .aliases = ALIASES("ind", "Ind", "Ind_c", "population"),
     .title_fr = "Population",
     .title_en = "Population",
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e6},
    /* 1 where the figures of the square are imputed from a larger one: i_est_200 (2017, 2019),
     * I_est_cr (2015), i_est_1km in the 1 km file */
    {.name = "imputed",
     .aliases = ALIASES("i_est_200", "I_est_200", "I_est_cr", "i_est_1km", "I_est_1km", "imputed"),
     .unit = "1",
     .type = COLUMN_F64,
     .lowest = 0,
     .highest = 1e6},
    {.name = "commune",
     .aliases = ALIASES("lcog_geo", "Depcom", "depcom", "DEPCOM", "CODGEO", "commune"),
     .unit = "",
     .type = COLUMN_TEXT},
    /* only when the run file binds them: any grid with centres in EPSG:3035 metres */
    {.name = "x", .aliases = ALIASES("x_laea_3035"), .unit = "m", .type = COLUMN_F64},
    {.name = "y", .aliases = ALIASES("y_laea_3035"), .unit = "m", .type = COLUMN_F64},
};

typedef struct cell {
    double x, y, size_m, grid;
} cell;

/* Grids of INSEE's files: Europe, then Antilles, Guyane, Réunion, Mayotte and the older ones of
 * the Antilles. */
static bool is_grid(uint64_t epsg)
{
    static const uint64_t known[] = {3035, 5490, 2972, 2975, 4471, 32620};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i] == epsg) {
            return true;
        }
    }
    return false;
}

/* Digits up to the letter `end` (or the end of the text). */
static bool read_digits(const char **at, char end, uint64_t *value)
{
    const char *stop = end ? strchr(*at, end) : *at + strlen(*at);
    if (!stop || stop == *at || stop - *at > 9 ||
        !text_to_u64(text_slice_of(*at, (size_t)(stop - *at)), value)) {
        return false;
    }
    *at = end ? stop + 1 : stop;
    return true;
}

/* INSPIRE id: CRS<epsg>RES<size>mN<northing>E<easting> of the south-west corner, in metres of the
 * grid. */
static bool parse_id(const char *id, cell *out)
{
    static const char prefix[] = "CRS";
    uint64_t grid = 0;
    uint64_t size = 0;
    uint64_t north = 0;
    uint64_t east = 0;
    if (strncmp(id, prefix, sizeof prefix - 1) != 0) {
        return false;
    }
    const char *at = id + sizeof prefix - 1;
    if (!read_digits(&at, 'R', &grid) || !is_grid(grid) || *at++ != 'E' || *at++ != 'S' ||
        !read_digits(&at, 'm', &size) || *at++ != 'N' || !read_digits(&at, 'E', &north) ||
        !read_digits(&at, '\0', &east)) {
        return false;
    }
    if (size == 0 || size > 100000 || north % size != 0 || east % size != 0 || north > 11000000 ||
        east > 11000000) {
        return false;
    }
    *out = (cell){.x = (double)east + (double)size / 2,
                  .y = (double)north + (double)size / 2,
                  .size_m = (double)size,
                  .grid = (double)grid};
    return true;
}

static status refuse_repeated(const table *t, faults *faults_list)
{
    code_index *index = NULL;
    const status rc = code_index_new(&index, t, "id", faults_list);
    code_index_free(index);
    return rc;
}

enum { MADE_COUNT = 4 };

/* `values` holds MADE_COUNT times as many numbers as there are rows; NaN: not told by the id. */
static status add_made(imported *in, const double *values, size_t first, faults *faults_list)
{
    error err;
    table *replaced = NULL;
    const size_t rows = in->rows->rows;
    const number_column made[MADE_COUNT] = {
        {{.name = "x", .unit = "m", .type = COLUMN_F64, .decimals = 0}, values},
        {{.name = "y", .unit = "m", .type = COLUMN_F64, .decimals = 0}, values + rows},
        {{.name = "size_m", .unit = "m", .type = COLUMN_F64, .decimals = 0}, values + 2 * rows},
        {{.name = "grid", .unit = "1", .type = COLUMN_F64, .decimals = 0}, values + 3 * rows},
    };
    const status rc =
        table_with_numbers(in->rows, made + first, MADE_COUNT - first, &replaced, &err);
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = replaced;
    }
    return fault_of(rc, &err, faults_list);
}

/* Ids are required to be INSPIRE ids where the file has no columns of centres. */
static status parse_ids(imported *in, bool required, double *values, faults *faults_list)
{
    status rc = STATUS_OK;
    size_t bad = 0;
    const size_t rows = in->rows->rows;
    const column *id = text_column(in->rows, "id");
    for (size_t i = 0; i < rows; i++) {
        cell c = {.x = NAN, .y = NAN, .size_m = NAN, .grid = NAN};
        if (!parse_id(text_at(id, i), &c) && required && ++bad <= READER_MAX_FAULTS) {
            rc = faults_refuse(faults_list, table_source(in->rows, i), M_GRID_ID, text_at(id, i));
        }
        values[i] = c.x;
        values[rows + i] = c.y;
        values[2 * rows + i] = c.size_m;
        values[3 * rows + i] = c.grid;
    }
    return rc;
}

static status locate_cells(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    const size_t count = in->rows->rows;
    const bool centred = table_find(in->rows, "x") && table_find(in->rows, "y");
    double *values = memory_new(count, MADE_COUNT * sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * MADE_COUNT * sizeof *values), &err, faults_list);
    }
    status rc = parse_ids(in, !centred, values, faults_list);
    if (rc == STATUS_OK) {
        rc = refuse_repeated(in->rows, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = add_made(in, values, centred ? 2 : 0, faults_list);
    }
    memory_free(values);
    return rc;
}

#define GRID(of_id, size_fr, size_en, ...)                                                         \
    {                                                                                              \
        .id = of_id, .role = "cells", .title_fr = "Données carroyées Filosofi, " size_fr,          \
        .title_en = "Filosofi grid data, " size_en,                                                \
        .producer = "Insee-DGFiP-Cnaf-Cnav-CCMSA, Filosofi", .licence = "Licence Ouverte 2.0",     \
        .columns = columns, .column_count = sizeof columns / sizeof columns[0], .generic = true,   \
        .marks = ALIASES(__VA_ARGS__), .finish = locate_cells                                      \
    }

const importer importer_insee_grid_200m =
    GRID("insee-grid-200m", "carreaux de 200 m", "200 m cells", "idcar_200m", "Idcar_200m");
const importer importer_insee_grid_1km =
    GRID("insee-grid-1km", "carreaux de 1 km", "1 km cells", "idcar_1km", "Idcar_1km");
