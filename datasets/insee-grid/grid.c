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
    {.name = "commune",
     .aliases = ALIASES("lcog_geo", "Depcom", "depcom", "DEPCOM", "CODGEO", "commune"),
     .unit = "",
     .type = COLUMN_TEXT},
    /* only when the run file binds them: any grid with centres in EPSG:3035 metres */
    {.name = "x", .aliases = ALIASES("x_laea_3035"), .unit = "m", .type = COLUMN_F64},
    {.name = "y", .aliases = ALIASES("y_laea_3035"), .unit = "m", .type = COLUMN_F64},
};

typedef struct cell {
    double x, y, size_m;
} cell;

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

/* INSPIRE id: CRS3035RES<size>mN<northing>E<easting> of the south-west corner, in metres
 * (EPSG:3035). */
static bool parse_id(const char *id, cell *out)
{
    static const char prefix[] = "CRS3035RES";
    uint64_t size = 0;
    uint64_t north = 0;
    uint64_t east = 0;
    if (strncmp(id, prefix, sizeof prefix - 1) != 0) {
        return false;
    }
    const char *at = id + sizeof prefix - 1;
    if (!read_digits(&at, 'm', &size) || *at++ != 'N' || !read_digits(&at, 'E', &north) ||
        !read_digits(&at, '\0', &east)) {
        return false;
    }
    if (size == 0 || size > 100000 || north % size != 0 || east % size != 0 || north > 6000000 ||
        east > 11000000) {
        return false;
    }
    *out = (cell){.x = (double)east + (double)size / 2,
                  .y = (double)north + (double)size / 2,
                  .size_m = (double)size};
    return true;
}

static status refuse_repeated(const table *t, faults *faults_list)
{
    code_index *index = NULL;
    const status rc = code_index_new(&index, t, "id", faults_list);
    code_index_free(index);
    return rc;
}

static status add_centres(imported *in, const double *x, const double *y, const double *size_m,
                          faults *faults_list)
{
    error err;
    table *replaced = NULL;
    const number_column made[] = {
        {{.name = "x", .unit = "m", .type = COLUMN_F64, .decimals = 0}, x},
        {{.name = "y", .unit = "m", .type = COLUMN_F64, .decimals = 0}, y},
        {{.name = "size_m", .unit = "m", .type = COLUMN_F64, .decimals = 0}, size_m},
    };
    const status rc = table_with_numbers(in->rows, made, 3, &replaced, &err);
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = replaced;
    }
    return fault_of(rc, &err, faults_list);
}

static status parse_ids(imported *in, double *x, double *y, double *size_m, faults *faults_list)
{
    status rc = STATUS_OK;
    size_t bad = 0;
    const column *id = text_column(in->rows, "id");
    for (size_t i = 0; i < in->rows->rows; i++) {
        cell c = {0};
        if (!parse_id(text_at(id, i), &c) && ++bad <= READER_MAX_FAULTS) {
            rc = faults_refuse(faults_list, table_source(in->rows, i), M_GRID_ID, text_at(id, i));
        }
        x[i] = c.x;
        y[i] = c.y;
        size_m[i] = c.size_m;
    }
    return rc;
}

static status locate_cells(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    const size_t count = in->rows->rows;
    if (table_find(in->rows, "x") && table_find(in->rows, "y")) {
        return refuse_repeated(in->rows, faults_list);
    }
    double *values = memory_new(count, 3 * sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * 3 * sizeof *values), &err, faults_list);
    }
    status rc = parse_ids(in, values, values + count, values + 2 * count, faults_list);
    if (rc == STATUS_OK) {
        rc = refuse_repeated(in->rows, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = add_centres(in, values, values + count, values + 2 * count, faults_list);
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
