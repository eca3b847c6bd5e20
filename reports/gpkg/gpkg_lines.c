#include "reports/gpkg/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/projection.h"
#include "reports/gpkg/messages.h"

enum { EPSG_DEGREES = 4326 };

static double degree(const column *c, size_t row)
{
    return column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : NAN;
}

/* In place, from degrees. Points without coordinates stay NaN; one that PROJ cannot place is
 * refused. */
static status to_crs(double *x, double *y, size_t count, int32_t epsg, error *err)
{
    projection *p = NULL;
    size_t failed = 0, unknown = 0;
    if (epsg == EPSG_DEGREES)
        return STATUS_OK;
    for (size_t i = 0; i < count; i++)
        unknown += !isfinite(x[i]) || !isfinite(y[i]);
    status s = projection_new(&p, EPSG_DEGREES, epsg, err);
    if (!s)
        s = projection_apply(p, x, y, count, &failed, err);
    if (!s && failed > unknown)
        s = error_set(err, STATUS_ENVIRONMENT, M_GPKG_POINTS, failed - unknown, (int)epsg);
    projection_free(p);
    return s;
}

static status ends_from_degrees(const results *r, const result_table *t, const column *const c[4],
                                double *const ends[4], error *err)
{
    for (size_t row = 0; row < t->rows->rows; row++) {
        for (size_t i = 0; i < 4; i++)
            ends[i][row] = degree(c[i], row);
    }
    status s = to_crs(ends[0], ends[1], t->rows->rows, r->epsg, err);
    return s ? s : to_crs(ends[2], ends[3], t->rows->rows, r->epsg, err);
}

/* --- by codes of places --- */

typedef struct coded {
    const char *code;
    size_t row;
} coded;

static int by_code(const void *a, const void *b)
{
    const coded *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static size_t row_of(const coded *codes, size_t count, const char *code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(codes[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && !strcmp(codes[low].code, code) ? codes[low].row : SIZE_MAX;
}

static void ends_from_codes(const results *r, const result_table *t, const coded *codes,
                            size_t count, double *const ends[4])
{
    const column *by[2] = {NULL, NULL};
    for (size_t c = 0, found = 0; c < t->rows->column_count && found < 2; c++) {
        if (t->rows->columns[c].type == COLUMN_TEXT)
            by[found++] = &t->rows->columns[c];
    }
    for (size_t row = 0; row < t->rows->rows; row++) {
        for (size_t i = 0; i < 2; i++) {
            size_t place = by[i] ? row_of(codes, count, column_text(by[i], row)) : SIZE_MAX;
            ends[2 * i][row] = place < count ? r->place_x_m[place] : NAN;
            ends[2 * i + 1][row] = place < count ? r->place_y_m[place] : NAN;
        }
    }
}

static status ends_by_places(const results *r, const result_table *t, double *const ends[4],
                             error *err)
{
    const result_table *places = results_find(r, "places");
    const column *code = places ? table_find(places->rows, "code") : NULL;
    size_t count = code && code->type == COLUMN_TEXT ? places->rows->rows : 0;
    coded *codes = memory_new(count, sizeof *codes);
    if (!codes)
        return memory_error(err, count * sizeof *codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = (coded){.code = column_text(code, i), .row = i};
    qsort(codes, count, sizeof *codes, by_code);
    ends_from_codes(r, t, codes, count, ends);
    memory_free(codes);
    return STATUS_OK;
}

status line_ends_find(const results *r, const result_table *t, arena *into, gpkg_layer *layer,
                      error *err)
{
    static const char *const names[4] = {"lon_a", "lat_a", "lon_b", "lat_b"};
    const column *c[4];
    double *ends[4];
    bool degrees = true;
    for (size_t i = 0; i < 4; i++) {
        c[i] = table_find(t->rows, names[i]);
        degrees = degrees && c[i] && c[i]->type == COLUMN_F64;
        ends[i] = arena_take(into, t->rows->rows + 1, sizeof(double));
        if (!ends[i])
            return memory_error(err, t->rows->rows * sizeof(double));
    }
    layer->x = ends[0];
    layer->y = ends[1];
    layer->x_b = ends[2];
    layer->y_b = ends[3];
    layer->point_count = t->rows->rows;
    return degrees ? ends_from_degrees(r, t, c, ends, err) : ends_by_places(r, t, ends, err);
}

/* --- outlines --- */

static status rings_copy(polygons_builder *b, const polygons *p, size_t part, const double *x,
                         const double *y, error *err)
{
    status s = polygons_builder_part(b, err);
    for (uint64_t k = p->ring_start[part]; !s && k < p->ring_start[part + 1]; k++) {
        s = polygons_builder_ring(b, err);
        for (uint64_t i = p->point_start[k]; !s && i < p->point_start[k + 1]; i++)
            s = polygons_builder_point(b, x[i], y[i], err);
    }
    return s;
}

static status outlines_copy(const polygons *p, const double *x, const double *y, polygons **out,
                            error *err)
{
    polygons_builder *b = NULL;
    status s = polygons_builder_new(&b, err);
    for (size_t row = 0; !s && row < p->rows; row++) {
        s = polygons_builder_row(b, err);
        for (uint64_t part = p->part_start[row]; !s && part < p->part_start[row + 1]; part++)
            s = rings_copy(b, p, (size_t)part, x, y, err);
    }
    if (!s)
        s = polygons_build(b, out, err);
    polygons_builder_free(b);
    return s;
}

status outlines_project(const polygons *degrees, int32_t epsg, polygons **out, error *err)
{
    size_t rings = (size_t)degrees->ring_start[degrees->part_start[degrees->rows]];
    size_t points = (size_t)degrees->point_start[rings];
    double *x = memory_new(points + 1, sizeof *x), *y = memory_new(points + 1, sizeof *y);
    status s = x && y ? STATUS_OK : memory_error(err, points * sizeof *x);
    if (!s) {
        memcpy(x, degrees->x, points * sizeof *x);
        memcpy(y, degrees->y, points * sizeof *y);
        s = to_crs(x, y, points, epsg, err);
    }
    if (!s)
        s = outlines_copy(degrees, x, y, out, err);
    memory_free(x);
    memory_free(y);
    return s;
}
