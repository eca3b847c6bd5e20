#include "cli/explain_figure.h"

#include <stdio.h>
#include <string.h>

#include "cli/messages.h"
#include "table/reader.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 64 };
static const char minutes_prefix[] = "minutes_";

typedef struct figure_reading {
    const cli_options *options;
    faults *list;
    const char *row_code, *column;
    char venue_column[NAME_BYTES]; /* minutes_a -> venue_a */
} figure_reading;

/* A table of the folder; `rows` is the caller's. */
static status read_table(const figure_reading *r, const char *name, const wanted_column *columns,
                         size_t count, char path[PATH_BYTES], table **rows)
{
    (void)snprintf(path, PATH_BYTES, "%s/tables/%s.csv", r->options->argument, name);
    const read_options how = {.path = path, .columns = columns, .column_count = count};
    return table_read(&how, rows, NULL, r->list);
}

/* The first: with scenarios, that of the reference. */
static bool row_find(const table *t, const char *key, const char *wanted, size_t *row)
{
    const column *c = table_find(t, key);
    for (*row = 0; *row < t->rows; ++*row) {
        if (strcmp(column_text(c, *row), wanted) == 0) {
            return true;
        }
    }
    return false;
}

static bool point_of(const table *t, size_t row, double *lon, double *lat)
{
    const column *x = table_find(t, "lon"), *y = table_find(t, "lat");
    *lon = x->at.f64[row];
    *lat = y->at.f64[row];
    return column_state(x, row) == VALUE_PRESENT && column_state(y, row) == VALUE_PRESENT;
}

static status read_place(const figure_reading *r, explained_figure *out)
{
    const wanted_column columns[] = {
        {.name = "code", .type = COLUMN_TEXT, .required = true},
        {.name = "lon", .type = COLUMN_F64, .required = true},
        {.name = "lat", .type = COLUMN_F64, .required = true},
        {.name = r->column, .type = COLUMN_F64, .required = true},
        {.name = r->venue_column, .type = COLUMN_TEXT, .required = true}};
    char path[PATH_BYTES];
    table *rows = NULL;
    size_t row = 0;
    status result = read_table(r, "places", columns, 5, path, &rows);
    if (result != STATUS_OK) {
        return result;
    }
    if (!row_find(rows, "code", r->row_code, &row)) {
        result = faults_refuse(r->list, source_at(path, 0, 0), M_FIGURE_NO_ROW, r->row_code);
    } else if (column_state(table_find(rows, r->column), row) != VALUE_PRESENT ||
               !point_of(rows, row, &out->place_lon, &out->place_lat)) {
        result = faults_refuse(r->list, table_source(rows, row), M_FIGURE_NO_TIME, r->row_code,
                               r->column);
    } else {
        out->minutes = table_find(rows, r->column)->at.f64[row];
        (void)snprintf(out->venue, sizeof out->venue, "%s",
                       column_text(table_find(rows, r->venue_column), row));
    }
    table_free(rows);
    return result;
}

static status read_venue(const figure_reading *r, explained_figure *out)
{
    static const wanted_column columns[] = {{.name = "id", .type = COLUMN_TEXT, .required = true},
                                            {.name = "lon", .type = COLUMN_F64, .required = true},
                                            {.name = "lat", .type = COLUMN_F64, .required = true}};
    char path[PATH_BYTES];
    table *rows = NULL;
    size_t row = 0;
    status result = read_table(r, "venues", columns, 3, path, &rows);
    if (result == STATUS_OK && (!row_find(rows, "id", out->venue, &row) ||
                                !point_of(rows, row, &out->venue_lon, &out->venue_lat))) {
        result = faults_refuse(r->list, source_at(path, 0, 0), M_FIGURE_NO_ROW, out->venue);
    }
    table_free(rows);
    return result;
}

status explained_figure_read(const cli_options *o, explained_figure *out, faults *faults_list)
{
    const size_t prefix = strlen(minutes_prefix);
    figure_reading r = {.options = o, .list = faults_list};
    *out = (explained_figure){0};
    if (o->argument_count != 4 || strcmp(o->arguments[1], "places") != 0 ||
        strncmp(o->arguments[3], minutes_prefix, prefix) != 0) {
        error err;
        (void)error_set(&err, STATUS_USAGE, M_FIGURE_FORM);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    r.row_code = o->arguments[2];
    r.column = o->arguments[3];
    (void)snprintf(r.venue_column, sizeof r.venue_column, "venue_%s", r.column + prefix);
    status result = read_place(&r, out);
    return result == STATUS_OK ? read_venue(&r, out) : result;
}
