#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "geo/geos_work.h"
#include "geo/messages.h"
#include "geo/polygons_block.h"

typedef struct repair {
    const polygons *from;
    geos_work geos;
    GEOSMakeValidParams *how;
    polygons_builder *to;
    const char *const *codes;
    const char *file;
    faults *found;
} repair;

static bool row_is_finite(const polygons *p, size_t row)
{
    uint64_t first = p->point_start[p->ring_start[p->part_start[row]]];
    uint64_t end = p->point_start[p->ring_start[p->part_start[row + 1]]];
    for (uint64_t i = first; i < end; i++)
        if (!isfinite(p->x[i]) || !isfinite(p->y[i]))
            return false;
    return true;
}

static bool row_is_empty(const polygons *p, size_t row)
{
    return p->point_start[p->ring_start[p->part_start[row]]] ==
           p->point_start[p->ring_start[p->part_start[row + 1]]];
}

static status copy_ring(const polygons *p, uint64_t ring, polygons_builder *b, error *err)
{
    status s = polygons_builder_ring(b, err);
    for (uint64_t i = p->point_start[ring]; !s && i < p->point_start[ring + 1]; i++)
        s = polygons_builder_point(b, p->x[i], p->y[i], err);
    return s;
}

static status copy_parts(const polygons *p, size_t row, polygons_builder *b, error *err)
{
    status s = STATUS_OK;
    for (uint64_t part = p->part_start[row]; !s && part < p->part_start[row + 1]; part++) {
        s = polygons_builder_part(b, err);
        for (uint64_t k = p->ring_start[part]; !s && k < p->ring_start[part + 1]; k++)
            s = copy_ring(p, k, b, err);
    }
    return s;
}

/* True when valid; else `why` says what and where, in GEOS's words. */
static bool judge(repair *r, const GEOSGeometry *shape, size_t left_out, char *why, size_t size)
{
    char *reason = NULL;
    GEOSGeometry *where = NULL;
    double x = 0, y = 0;
    bool valid =
        GEOSisValidDetail_r(r->geos.handle, shape, 0, &reason, &where) == 1 && left_out == 0;
    if (!valid && where && GEOSGeomGetX_r(r->geos.handle, where, &x) == 1 &&
        GEOSGeomGetY_r(r->geos.handle, where, &y) == 1)
        snprintf(why, size, "%s (%.5f, %.5f)", reason ? reason : "invalid", x, y);
    else if (!valid)
        snprintf(why, size, "%s", reason ? reason : left_out ? "Too few points" : r->geos.said);
    if (where)
        GEOSGeom_destroy_r(r->geos.handle, where);
    if (reason)
        GEOSFree_r(r->geos.handle, reason);
    return valid;
}

static void warn_repaired(repair *r, size_t row, const char *why, double after)
{
    double before = polygons_area(r->from, row);
    char change[40] = "";
    if (before > 0) {
        double percent = 100 * (after - before) / before;
        change[0] = '+'; /* a fall has its own sign */
        (void)text_from_f64_fixed(percent, 4, change + (percent > 0), sizeof change - 1);
        faults_warn(r->found, source_at(r->file, 0, 0), M_GEO_OUTLINE_REPAIRED, r->codes[row], why,
                    change);
    } else {
        faults_warn(r->found, source_at(r->file, 0, 0), M_GEO_OUTLINE_REPAIRED_FROM_ZERO,
                    r->codes[row], why);
    }
}

static status mend(repair *r, size_t row, const GEOSGeometry *shape, const char *why, error *err)
{
    double area = 0;
    GEOSGeometry *mended = GEOSMakeValidWithParams_r(r->geos.handle, shape, r->how);
    if (!mended || GEOSArea_r(r->geos.handle, mended, &area) != 1 || !(area > 0)) {
        faults_refuse(r->found, source_at(r->file, 0, 0), M_GEO_OUTLINE_NO_AREA, r->codes[row],
                      why);
        if (mended)
            GEOSGeom_destroy_r(r->geos.handle, mended);
        return STATUS_OK;
    }
    warn_repaired(r, row, why, area);
    status s = geos_add_parts(&r->geos, mended, r->to, err);
    GEOSGeom_destroy_r(r->geos.handle, mended);
    return s;
}

static status repair_row(repair *r, size_t row, error *err)
{
    char why[200] = "";
    size_t left_out = 0;
    status s = polygons_builder_row(r->to, err);
    if (s)
        return s;
    if (row_is_empty(r->from, row)) {
        faults_warn(r->found, source_at(r->file, 0, 0), M_GEO_OUTLINE_NONE, r->codes[row]);
        return STATUS_OK;
    }
    if (!row_is_finite(r->from, row)) {
        faults_refuse(r->found, source_at(r->file, 0, 0), M_GEO_OUTLINE_NOT_FINITE, r->codes[row]);
        return STATUS_OK;
    }
    GEOSGeometry *shape = geos_of_row(&r->geos, r->from, row, &left_out);
    if (!shape) {
        s = geos_work_error(&r->geos, err);
        error_prefix(err, M_GEO_OF_OUTLINE, r->codes[row]);
        return s;
    }
    if (judge(r, shape, left_out, why, sizeof why))
        s = copy_parts(r->from, row, r->to, err);
    else
        s = mend(r, row, shape, why, err);
    GEOSGeom_destroy_r(r->geos.handle, shape);
    return s;
}

static status repair_begin(repair *r, error *err)
{
    status s = geos_work_init(&r->geos, err);
    if (s)
        return s;
    r->how = GEOSMakeValidParams_create_r(r->geos.handle);
    if (!r->how ||
        !GEOSMakeValidParams_setMethod_r(r->geos.handle, r->how, GEOS_MAKE_VALID_STRUCTURE) ||
        !GEOSMakeValidParams_setKeepCollapsed_r(r->geos.handle, r->how, 0))
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_GEOS_START);
    return polygons_builder_new(&r->to, err);
}

static void repair_end(repair *r)
{
    polygons_builder_free(r->to);
    if (r->how)
        GEOSMakeValidParams_destroy_r(r->geos.handle, r->how);
    geos_work_clear(&r->geos);
}

status polygons_repair(const polygons *p, const char *const *codes, const char *file,
                       polygons **out, faults *faults_list)
{
    *out = NULL;
    error err = {.status = STATUS_OK};
    repair r = {.from = p, .codes = codes, .file = file, .found = faults_list};
    size_t faults_before = faults_count(faults_list);
    status s = repair_begin(&r, &err);
    for (size_t row = 0; !s && row < p->rows; row++)
        s = repair_row(&r, row, &err);
    for (size_t i = faults_before; !s && i < faults_count(faults_list); i++)
        if (faults_at(faults_list, i)->severity == SEVERITY_FAULT) {
            s = STATUS_INPUT;
            goto done;
        }
    if (!s)
        s = polygons_build(r.to, out, &err);
    if (s)
        s = faults_add_error(faults_list, source_at(file, 0, 0), &err);
done:
    repair_end(&r);
    return s;
}

/* --- a point inside --- */

static status point_inside(geos_work *g, const polygons *p, size_t row, double *x, double *y,
                           error *err)
{
    status s = STATUS_OK;
    GEOSGeometry *shape = geos_of_row(g, p, row, NULL);
    GEOSGeometry *inside = shape ? GEOSPointOnSurface_r(g->handle, shape) : NULL;
    if (!inside)
        s = geos_work_error(g, err);
    else if (GEOSisEmpty_r(g->handle, inside))
        *x = *y = NAN;
    else if (GEOSGeomGetX_r(g->handle, inside, x) != 1 || GEOSGeomGetY_r(g->handle, inside, y) != 1)
        s = geos_work_error(g, err);
    if (inside)
        GEOSGeom_destroy_r(g->handle, inside);
    if (shape)
        GEOSGeom_destroy_r(g->handle, shape);
    return s;
}

status polygons_point_on_surface(const polygons *p, double *x, double *y, uint8_t *has, error *err)
{
    geos_work g;
    status s = geos_work_init(&g, err);
    for (size_t row = 0; !s && row < p->rows; row++) {
        x[row] = y[row] = NAN;
        if (!row_is_empty(p, row))
            s = point_inside(&g, p, row, &x[row], &y[row], err);
        has[row] = isfinite(x[row]) && isfinite(y[row]);
        if (!has[row])
            x[row] = y[row] = 0;
    }
    geos_work_clear(&g);
    return s;
}
