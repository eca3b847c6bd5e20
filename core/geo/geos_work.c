#include "geo/geos_work.h"

#include <stdio.h>

#include "geo/messages.h"

static void geos_says(const char *text, void *context)
{
    geos_work *g = context;
    snprintf(g->said, sizeof g->said, "%s", text);
}

status geos_work_init(geos_work *g, error *err)
{
    *g = (geos_work){.handle = GEOS_init_r()};
    if (!g->handle)
        return error_set(err, STATUS_ENVIRONMENT, M_GEO_GEOS_START);
    GEOSContext_setErrorMessageHandler_r(g->handle, geos_says, g);
    return STATUS_OK;
}

void geos_work_clear(geos_work *g)
{
    if (g->handle)
        GEOS_finish_r(g->handle);
    g->handle = NULL;
}

status geos_work_error(geos_work *g, error *err)
{
    status s = error_set(err, STATUS_INPUT, M_GEO_GEOS, g->said[0] ? g->said : "?");
    g->said[0] = 0;
    return s;
}

/* --- to GEOS --- */

static GEOSGeometry *ring_to_geos(geos_work *g, const polygons *p, uint64_t ring)
{
    uint64_t first = p->point_start[ring], count = p->point_start[ring + 1] - first;
    GEOSCoordSequence *points = GEOSCoordSeq_copyFromArrays_r(g->handle, p->x + first, p->y + first,
                                                              NULL, NULL, (unsigned)count);
    return points ? GEOSGeom_createLinearRing_r(g->handle, points) : NULL; /* takes points */
}

static void geos_destroy_all(geos_work *g, GEOSGeometry **shapes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        GEOSGeom_destroy_r(g->handle, shapes[i]);
}

static GEOSGeometry *part_to_geos(geos_work *g, const polygons *p, uint64_t part, size_t *left_out)
{
    uint64_t ring = p->ring_start[part], end = p->ring_start[part + 1];
    GEOSGeometry *shell = NULL, *polygon = NULL;
    size_t holes = 0;
    GEOSGeometry **hole = memory_new((size_t)(end - ring), sizeof(GEOSGeometry *));
    if (!hole)
        return NULL;
    shell = ring_to_geos(g, p, ring);
    if (!shell)
        goto done;
    for (uint64_t k = ring + 1; k < end; k++) {
        if (ring_is_short(p, k)) {
            *left_out += 1;
            continue;
        }
        hole[holes] = ring_to_geos(g, p, k);
        if (!hole[holes])
            goto done;
        holes++;
    }
    polygon = GEOSGeom_createPolygon_r(g->handle, shell, hole, (unsigned)holes);
    if (polygon) { /* it owns its rings now */
        shell = NULL;
        holes = 0;
    }
done:
    geos_destroy_all(g, hole, holes);
    if (shell)
        GEOSGeom_destroy_r(g->handle, shell);
    memory_free(hole);
    return polygon;
}

GEOSGeometry *geos_of_row(geos_work *g, const polygons *p, size_t row, size_t *left_out)
{
    uint64_t part = p->part_start[row], end = p->part_start[row + 1];
    size_t count = 0, short_rings = 0;
    GEOSGeometry *all = NULL;
    GEOSGeometry **parts = memory_new((size_t)(end - part), sizeof(GEOSGeometry *));
    if (!parts)
        return NULL;
    for (; part < end; part++) {
        uint64_t rings = p->ring_start[part + 1] - p->ring_start[part];
        if (rings == 0 || ring_is_short(p, p->ring_start[part])) {
            short_rings += (size_t)rings;
            continue;
        }
        parts[count] = part_to_geos(g, p, part, &short_rings);
        if (!parts[count])
            goto done;
        count++;
    }
    all = GEOSGeom_createCollection_r(g->handle, GEOS_MULTIPOLYGON, parts, (unsigned)count);
    if (all)
        count = 0;
done:
    geos_destroy_all(g, parts, count);
    memory_free(parts);
    if (left_out)
        *left_out = short_rings;
    return all;
}

/* --- from GEOS --- */

static status add_ring(geos_work *g, const GEOSGeometry *ring, polygons_builder *b, error *err)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(g->handle, ring);
    unsigned count = 0;
    if (!points || !GEOSCoordSeq_getSize_r(g->handle, points, &count))
        return geos_work_error(g, err);
    status s = polygons_builder_ring(b, err);
    for (unsigned i = 0; !s && i < count; i++) {
        double x = 0, y = 0;
        if (!GEOSCoordSeq_getXY_r(g->handle, points, i, &x, &y))
            return geos_work_error(g, err);
        s = polygons_builder_point(b, x, y, err);
    }
    return s;
}

static status add_polygon(geos_work *g, const GEOSGeometry *polygon, polygons_builder *b,
                          error *err)
{
    if (GEOSisEmpty_r(g->handle, polygon))
        return STATUS_OK;
    status s = polygons_builder_part(b, err);
    if (!s)
        s = add_ring(g, GEOSGetExteriorRing_r(g->handle, polygon), b, err);
    int holes = GEOSGetNumInteriorRings_r(g->handle, polygon);
    for (int i = 0; !s && i < holes; i++)
        s = add_ring(g, GEOSGetInteriorRingN_r(g->handle, polygon, i), b, err);
    return s;
}

status geos_add_parts(geos_work *g, const GEOSGeometry *shape, polygons_builder *b, error *err)
{
    int type = GEOSGeomTypeId_r(g->handle, shape);
    if (type == GEOS_POLYGON)
        return add_polygon(g, shape, b, err);
    if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION)
        return STATUS_OK;
    status s = STATUS_OK;
    int count = GEOSGetNumGeometries_r(g->handle, shape);
    for (int i = 0; !s && i < count; i++)
        s = geos_add_parts(g, GEOSGetGeometryN_r(g->handle, shape, i), b, err);
    return s;
}
