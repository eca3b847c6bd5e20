#include <math.h>
#include <string.h>

#include "geo/projection.h"
#include "territory/importing.h"
#include "territory/messages.h"
#include "territory/support.h"

static bool wants(const importer *by, const char *name)
{
    for (size_t c = 0; c < by->column_count; c++) {
        if (strcmp(by->columns[c].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const column_spec degrees_lon = {
    .name = "lon", .unit = "deg", .type = COLUMN_F64, .decimals = 6};
static const column_spec degrees_lat = {
    .name = "lat", .unit = "deg", .type = COLUMN_F64, .decimals = 6};

static status replace_points(importing *r, imported *out, const char *const names[2],
                             const double *x, const double *y)
{
    error err;
    table *replaced = NULL;
    number_column columns[2] = {{degrees_lon, x}, {degrees_lat, y}};
    columns[0].spec.name = names[0];
    columns[1].spec.name = names[1];
    const status rc = table_with_numbers(out->rows, columns, 2, &replaced, &err);
    if (rc == STATUS_OK) {
        table_free(out->rows);
        out->rows = replaced;
    }
    return fault_of(rc, &err, r->list);
}

/* The point features of a layer stand for lon and lat when the file has no such columns. */
static status points_of_layer(importing *r, imported *out)
{
    static const char *const names[2] = {"lon", "lat"};
    if (!r->source || !r->source->lon || !wants(r->by, "lon") || table_find(out->rows, "lon")) {
        return STATUS_OK;
    }
    return replace_points(r, out, names, r->source->lon, r->source->lat);
}

static status convert_points(importing *r, imported *out, const char *const names[2])
{
    error err;
    double *x = NULL;
    double *y = NULL;
    size_t failed = 0;
    projection *p = NULL;
    if (!number_column_of(out->rows, names[0]) || !number_column_of(out->rows, names[1])) {
        return STATUS_OK;
    }
    status rc = take_array(r->memory, out->rows->rows, sizeof *x, &x, r->list);
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, out->rows->rows, sizeof *y, &y, r->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    column_numbers(out->rows, names[0], x);
    column_numbers(out->rows, names[1], y);
    rc = projection_new(&p, r->request->epsg, 4326, &err);
    if (rc == STATUS_OK) {
        rc = projection_apply(p, x, y, out->rows->rows, NULL, &err);
    }
    projection_free(p);
    if (rc != STATUS_OK) {
        return faults_add_error(r->list, r->request->where, &err);
    }
    const column *before = number_column_of(out->rows, names[0]);
    for (size_t i = 0; i < out->rows->rows; i++) {
        failed += column_state(before, i) == VALUE_PRESENT && !(isfinite(x[i]) && isfinite(y[i]));
    }
    if (failed) {
        faults_warn(r->list, source_at(r->request->path, 0, 0), M_TERRITORY_POINTS_FAILED,
                    SHOWN(shown((double)failed, 0)), r->request->epsg);
    }
    return replace_points(r, out, names, x, y);
}

/* Communes that stand nowhere on Earth: the run file leaves out their system. Venues are told one
 * by one where they are placed. */
static status check_degrees(importing *r, const imported *out, const char *name, double most)
{
    size_t first = 0, wrong = 0;
    const column *c = number_column_of(out->rows, name);
    for (size_t i = 0; c && i < out->rows->rows; i++) {
        const bool bad = column_state(c, i) == VALUE_PRESENT && !(fabs(c->at.f64[i]) <= most);
        first = bad && wrong == 0 ? i : first;
        wrong += bad;
    }
    if (wrong == 0) {
        return STATUS_OK;
    }
    const source_ref at = table_source(out->rows, first);
    const shown_number value = shown(c->at.f64[first], 0), others = shown((double)(wrong - 1), 0);
    if (r->request->role == NULL) { /* a file alone cannot say its system */
        faults_note(r->list, at, M_TERRITORY_NOT_DEGREES, SHOWN(value), name, SHOWN(others));
        return STATUS_OK;
    }
    return faults_refuse(r->list, at, M_TERRITORY_NOT_DEGREES, SHOWN(value), name, SHOWN(others));
}

static status check_communes(importing *r, const imported *out)
{
    static const char *const lon[] = {"lon", "chef_lieu_lon"}, *const lat[] = {"lat",
                                                                               "chef_lieu_lat"};
    status rc = STATUS_OK;
    for (size_t i = 0; i < 2; i++) {
        const status x = check_degrees(r, out, lon[i], 180), y = check_degrees(r, out, lat[i], 90);
        rc = rc != STATUS_OK ? rc : x != STATUS_OK ? x : y;
    }
    return rc;
}

status import_points(importing *r, imported *out)
{
    static const char *const own[2] = {"lon", "lat"};
    static const char *const chef_lieu[2] = {"chef_lieu_lon", "chef_lieu_lat"};
    const int32_t epsg = r->request->epsg;
    status rc = STATUS_OK;
    if (epsg != 0 && epsg != 4326) {
        rc = convert_points(r, out, own);
        if (rc == STATUS_OK) {
            rc = convert_points(r, out, chef_lieu);
        }
    }
    if (rc == STATUS_OK && strcmp(r->by->role, "communes") == 0) {
        rc = check_communes(r, out);
    }
    return rc == STATUS_OK ? points_of_layer(r, out) : rc;
}
