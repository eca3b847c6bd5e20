#include <math.h>
#include <string.h>

#include "geo/locator.h"
#include "geo/projection.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { WGS84 = 4326, BORDER_STEP_M = 200 };

static size_t point_count(const polygons *p)
{
    return p->point_start[p->ring_start[p->part_start[p->rows]]];
}

/* Coordinates of every vertex in another CRS: arrays of the scratch. */
static status project_vertices(const polygons *p, int32_t epsg, arena *a, double **x, double **y,
                               faults *list)
{
    error err;
    projection *how = NULL;
    const size_t count = point_count(p);
    status rc = take_array(a, count, sizeof **x, x, list);
    if (rc == STATUS_OK) {
        rc = take_array(a, count, sizeof **y, y, list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    memcpy(*x, p->x, count * sizeof **x);
    memcpy(*y, p->y, count * sizeof **y);
    if (epsg != WGS84) {
        rc = projection_new(&how, WGS84, epsg, &err);
        if (rc == STATUS_OK) {
            rc = projection_apply(how, *x, *y, count, NULL, &err);
        }
    }
    projection_free(how);
    return fault_of(rc, &err, list);
}

static status copy_ring(polygons_builder *b, const polygons *p, size_t ring, const double *x,
                        const double *y, error *err)
{
    status rc = polygons_builder_ring(b, err);
    for (uint64_t i = p->point_start[ring]; rc == STATUS_OK && i < p->point_start[ring + 1]; i++) {
        rc = polygons_builder_point(b, x[i], y[i], err);
    }
    return rc;
}

static status copy_row(polygons_builder *b, const polygons *p, size_t row, const double *x,
                       const double *y, error *err)
{
    status rc = polygons_builder_row(b, err);
    for (uint64_t part = p->part_start[row]; rc == STATUS_OK && part < p->part_start[row + 1];
         part++) {
        rc = polygons_builder_part(b, err);
        for (uint64_t k = p->ring_start[part]; rc == STATUS_OK && k < p->ring_start[part + 1];
             k++) {
            rc = copy_ring(b, p, k, x, y, err);
        }
    }
    return rc;
}

static status with_vertices(const polygons *p, const double *x, const double *y, polygons **out,
                            error *err)
{
    polygons_builder *b = NULL;
    status rc = polygons_builder_new(&b, err);
    for (size_t row = 0; rc == STATUS_OK && row < p->rows; row++) {
        rc = copy_row(b, p, row, x, y, err);
    }
    if (rc == STATUS_OK) {
        rc = polygons_build(b, out, err);
    }
    polygons_builder_free(b);
    return rc;
}

static double ring_area(const double *x, const double *y, uint64_t begin, uint64_t end)
{
    double twice = 0;
    for (uint64_t i = begin; i + 1 < end; i++) {
        /* relative to the first vertex: metres in Lambert-93 are large numbers */
        twice +=
            (x[i] - x[begin]) * (y[i + 1] - y[begin]) - (x[i + 1] - x[begin]) * (y[i] - y[begin]);
    }
    return twice / 2;
}

static double row_area_km2(const polygons *p, size_t row, const double *x, const double *y)
{
    double area = 0;
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        for (uint64_t k = p->ring_start[part]; k < p->ring_start[part + 1]; k++) {
            const double ring = fabs(ring_area(x, y, p->point_start[k], p->point_start[k + 1]));
            area += k == p->ring_start[part] ? ring : -ring;
        }
    }
    return area / 1e6;
}

/* --- the projected CRS: one where all départements share it, else each place's own --- */

static int32_t crs_of(const draft *d, size_t row)
{
    const int32_t epsg = projection_of_departement(d->level[LEVEL_DEPARTEMENT][row]);
    return epsg ? epsg : WGS84;
}

static int32_t common_crs(const draft *d, const size_t *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (crs_of(d, rows[i]) != crs_of(d, rows[0])) {
            return WGS84;
        }
    }
    return count ? crs_of(d, rows[0]) : WGS84;
}

/* Points and areas of the places whose own CRS is `epsg`. */
static status shapes_in(const territory *t, const draft *d, const size_t *rows, int32_t epsg,
                        double *x_m, double *y_m, double *area_km2)
{
    error err;
    projection *how = NULL;
    double *x = NULL;
    double *y = NULL;
    status rc = projection_new(&how, WGS84, epsg, &err);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        if (crs_of(d, rows[i]) == epsg && isfinite(t->lon[i])) {
            x_m[i] = t->lon[i];
            y_m[i] = t->lat[i];
            rc = projection_apply(how, &x_m[i], &y_m[i], 1, NULL, &err);
        }
    }
    projection_free(how);
    if (rc != STATUS_OK || !t->outlines) {
        return fault_of(rc, &err, d->list);
    }
    rc = project_vertices(t->outlines, epsg, d->scratch, &x, &y, d->list);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        if (crs_of(d, rows[i]) == epsg &&
            t->outlines->part_start[i] < t->outlines->part_start[i + 1]) {
            area_km2[i] = row_area_km2(t->outlines, i, x, y);
        }
    }
    return rc;
}

/* A département outside the list of legal systems has no metres: its points and areas stay missing.
 */
static status shapes_by_crs(const territory *t, const draft *d, const size_t *rows, double *x_m,
                            double *y_m, double *area_km2)
{
    int32_t done[16];
    size_t done_count = 0;
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        const int32_t epsg = crs_of(d, rows[i]);
        bool seen = epsg == WGS84;
        for (size_t k = 0; k < done_count; k++) {
            seen = seen || done[k] == epsg;
        }
        if (!seen && done_count < sizeof done / sizeof done[0]) {
            done[done_count++] = epsg;
            rc = shapes_in(t, d, rows, epsg, x_m, y_m, area_km2);
        }
    }
    return rc;
}

/* --- distance to the edge of the data: the outer border, sampled every BORDER_STEP_M --- */

typedef struct border_points {
    double *lon, *lat;
    size_t count, capacity;
} border_points;

static status add_border_point(border_points *b, double lon, double lat, error *err)
{
    if (b->count == b->capacity) {
        const size_t capacity = b->capacity ? b->capacity * 2 : 4096;
        double *grown_lon = memory_resize(b->lon, capacity, sizeof *grown_lon);
        b->lon = grown_lon ? grown_lon : b->lon;
        double *grown_lat = memory_resize(b->lat, capacity, sizeof *grown_lat);
        b->lat = grown_lat ? grown_lat : b->lat;
        if (!grown_lon || !grown_lat) {
            return memory_error(err, capacity * sizeof *grown_lon);
        }
        b->capacity = capacity;
    }
    b->lon[b->count] = lon;
    b->lat[b->count] = lat;
    b->count++;
    return STATUS_OK;
}

static status add_segment(border_points *b, const double *lon, const double *lat, error *err)
{
    const double km = haversine_km(lon[0], lat[0], lon[1], lat[1]);
    const double wanted = ceil(km * 1000 / BORDER_STEP_M);
    const size_t steps = wanted > 1 ? (size_t)fmin(wanted, 100000) : 1;
    status rc = STATUS_OK;
    for (size_t k = 0; rc == STATUS_OK && k < steps; k++) {
        const double share = (double)k / (double)steps;
        rc = add_border_point(b, lon[0] + share * (lon[1] - lon[0]),
                              lat[0] + share * (lat[1] - lat[0]), err);
    }
    return rc;
}

static status collect_border(const topology *borders, const double *lon, const double *lat,
                             border_points *b, error *err)
{
    status rc = STATUS_OK;
    for (size_t a = 0; a < borders->arc_count; a++) {
        const bool outer = borders->left[a] == UINT32_MAX || borders->right[a] == UINT32_MAX;
        for (uint64_t i = borders->arc_start[a];
             outer && rc == STATUS_OK && i + 1 < borders->arc_start[a + 1]; i++) {
            rc = add_segment(b, lon + i, lat + i, err);
        }
    }
    return rc;
}

static status measure_border(const territory *t, const border_points *b, double *border_km,
                             error *err)
{
    nearest_index *index = NULL;
    const status rc = nearest_index_new(&index, b->lon, b->lat, NULL, b->count, err);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        double km = 0;
        if (isfinite(t->lon[i]) &&
            nearest_find(index, t->lon[i], t->lat[i], &km) != LOCATED_NOWHERE) {
            border_km[i] = km;
        }
    }
    nearest_index_free(index);
    return rc;
}

status border_distances(const territory *t, const topology *borders, arena *scratch,
                        double *border_km, faults *list)
{
    error err;
    projection *back = NULL;
    border_points b = {0};
    double *lon = NULL;
    double *lat = NULL;
    const size_t count = borders->arc_start[borders->arc_count];
    status rc = take_array(scratch, count, sizeof *lon, &lon, list);
    if (rc == STATUS_OK) {
        rc = take_array(scratch, count, sizeof *lat, &lat, list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    memcpy(lon, borders->x, count * sizeof *lon);
    memcpy(lat, borders->y, count * sizeof *lat);
    if (t->epsg != WGS84) {
        rc = projection_new(&back, t->epsg, WGS84, &err);
        if (rc == STATUS_OK) {
            rc = projection_apply(back, lon, lat, count, NULL, &err);
        }
    }
    if (rc == STATUS_OK) {
        rc = collect_border(borders, lon, lat, &b, &err);
    }
    if (rc == STATUS_OK && b.count) {
        rc = measure_border(t, &b, border_km, &err);
    }
    projection_free(back);
    memory_free(b.lon);
    memory_free(b.lat);
    return fault_of(rc, &err, list);
}

status borders_build(const polygons *outlines, int32_t epsg, arena *scratch, topology **out,
                     faults *list)
{
    error err;
    double *x = NULL;
    double *y = NULL;
    polygons *projected = NULL;
    status rc = project_vertices(outlines, epsg, scratch, &x, &y, list);
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = with_vertices(outlines, x, y, &projected, &err);
    if (rc == STATUS_OK) {
        rc = topology_build(projected, 0, out, &err);
    }
    polygons_free(projected);
    return fault_of(rc, &err, list);
}

static status build_borders(territory *t, const draft *d)
{
    error err;
    topology *borders = NULL;
    status rc = borders_build(t->outlines, t->epsg, d->scratch, &borders, d->list);
    t->borders = borders;
    if (rc == STATUS_OK) {
        rc = fault_of(
            topology_neighbours(borders, t->memory, &t->neighbour_start, &t->neighbour, &err), &err,
            d->list);
    }
    return rc;
}

status territory_shapes(territory *t, const draft *d, const size_t *rows, double *area_km2,
                        double *border_km)
{
    error err;
    double *x_m = NULL;
    double *y_m = NULL;
    polygons *outlines = NULL;
    t->epsg = common_crs(d, rows, t->place_count);
    status rc = take_array(t->memory, t->place_count, sizeof *x_m, &x_m, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(t->memory, t->place_count, sizeof *y_m, &y_m, d->list);
    }
    if (rc == STATUS_OK && d->outlines) {
        rc = polygons_select(d->outlines, rows, t->place_count, &outlines, &err);
        rc = fault_of(rc, &err, d->list);
        t->outlines = outlines;
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < t->place_count; i++) {
        x_m[i] = y_m[i] = area_km2[i] = border_km[i] = (double)NAN;
    }
    t->x_m = x_m;
    t->y_m = y_m;
    rc = shapes_by_crs(t, d, rows, x_m, y_m, area_km2);
    if (rc == STATUS_OK && outlines) {
        rc = build_borders(t, d);
        if (rc == STATUS_OK) {
            rc = border_distances(t, t->borders, d->scratch, border_km, d->list);
        }
    }
    return rc;
}
