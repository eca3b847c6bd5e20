#include "geo/overlap.h"

#include "geo/geos_work.h"

enum { CORNERS = 4 };

struct overlap {
    const polygons *from;
    geos_work geos;
    GEOSGeometry **row; /* NULL until asked for */
};

status overlap_new(overlap **out, const polygons *p, error *err)
{
    overlap *o = memory_new(1, sizeof *o);
    *out = NULL;
    if (!o)
        return memory_error(err, sizeof *o);
    o->from = p;
    status s = geos_work_init(&o->geos, err);
    if (!s) {
        o->row = memory_new(p->rows, sizeof(GEOSGeometry *));
        s = o->row ? STATUS_OK : memory_error(err, p->rows * sizeof(GEOSGeometry *));
    }
    if (s) {
        overlap_free(o);
        return s;
    }
    *out = o;
    return STATUS_OK;
}

void overlap_free(overlap *o)
{
    if (!o)
        return;
    for (size_t i = 0; o->row && i < o->from->rows; i++)
        if (o->row[i])
            GEOSGeom_destroy_r(o->geos.handle, o->row[i]);
    geos_work_clear(&o->geos);
    memory_free(o->row);
    memory_free(o);
}

static GEOSGeometry *quadrilateral(overlap *o, const double *x, const double *y)
{
    double ring_x[CORNERS + 1], ring_y[CORNERS + 1];
    for (size_t i = 0; i <= CORNERS; i++) {
        ring_x[i] = x[i % CORNERS];
        ring_y[i] = y[i % CORNERS];
    }
    GEOSContextHandle_t g = o->geos.handle;
    GEOSCoordSequence *points =
        GEOSCoordSeq_copyFromArrays_r(g, ring_x, ring_y, NULL, NULL, CORNERS + 1);
    GEOSGeometry *ring = points ? GEOSGeom_createLinearRing_r(g, points) : NULL;
    return ring ? GEOSGeom_createPolygon_r(g, ring, NULL, 0) : NULL;
}

status overlap_area(overlap *o, const double *x, const double *y, size_t row, double *area,
                    error *err)
{
    GEOSContextHandle_t g = o->geos.handle;
    GEOSGeometry *common = NULL;
    status s = STATUS_OK;
    *area = 0;
    GEOSGeometry *shape = quadrilateral(o, x, y);
    if (!o->row[row])
        o->row[row] = geos_of_row(&o->geos, o->from, row, NULL);
    if (shape && o->row[row])
        common = GEOSIntersection_r(g, shape, o->row[row]);
    if (!common || !GEOSArea_r(g, common, area))
        s = geos_work_error(&o->geos, err);
    if (common)
        GEOSGeom_destroy_r(g, common);
    if (shape)
        GEOSGeom_destroy_r(g, shape);
    return s;
}
