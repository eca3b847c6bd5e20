#include <cpl_conv.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

#include "base/text.h"
#include "geo/layer_reading.h"
#include "geo/messages.h"

/* --- the coordinate system --- */

static int32_t epsg_of_authority(OGRSpatialReferenceH crs)
{
    const char *who = OSRGetAuthorityName(crs, NULL), *code = OSRGetAuthorityCode(crs, NULL);
    int64_t number = 0;
    if (!who || !code)
        return 0;
    if (!strcmp(who, "OGC") && !strcmp(code, "CRS84"))
        return 4326;
    if (strcmp(who, "EPSG") || !text_to_i64(text_slice_of(code, strlen(code)), &number) ||
        number <= 0 || number > INT32_MAX)
        return 0;
    return (int32_t)number;
}

/* A .prj without a code: PROJ's best match, when it is surer than not. */
static int32_t epsg_of_match(OGRSpatialReferenceH crs)
{
    enum { SURE = 70 };
    int count = 0, *confidence = NULL;
    OGRSpatialReferenceH *match = OSRFindMatches(crs, NULL, &count, &confidence);
    int32_t epsg = match && count > 0 && confidence[0] >= SURE ? epsg_of_authority(match[0]) : 0;
    OSRFreeSRSArray(match);
    CPLFree(confidence);
    return epsg;
}

static status crs_open(layer_reading *r, OGRSpatialReferenceH crs, error *err)
{
    status s = STATUS_OK;
    OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL);
    if (!degrees)
        return memory_error(err, sizeof(void *));
    if (OSRImportFromEPSG(degrees, 4326) == OGRERR_NONE) {
        OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
        OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
        r->to_degrees = OCTNewCoordinateTransformation(crs, degrees);
    }
    if (!r->to_degrees)
        s = error_set(err, STATUS_INPUT, M_GEO_CRS_FILE, r->gdal.failure);
    OSRRelease(degrees);
    return s;
}

status reading_find_crs(layer_reading *r, error *err)
{
    OGRSpatialReferenceH of_layer = OGR_L_GetSpatialRef(r->from);
    if (!of_layer)
        return STATUS_OK;
    status s = STATUS_OK;
    OGRSpatialReferenceH crs = OSRClone(of_layer);
    if (!crs)
        return memory_error(err, sizeof(void *));
    r->epsg = epsg_of_authority(crs);
    if (!r->epsg)
        r->epsg = epsg_of_match(crs);
    if (r->epsg != 4326)
        s = crs_open(r, crs, err);
    OSRRelease(crs);
    return s;
}

/* --- kinds --- */

static bool is_empty(OGRGeometryH g)
{
    return !g || OGR_G_IsEmpty(g);
}

static geometry_kind kind_of(OGRGeometryH g);

/* A collection is what all its members are; several points are no place. */
static geometry_kind kind_of_members(OGRGeometryH g)
{
    geometry_kind kind = GEOMETRY_NONE;
    for (int i = 0; i < OGR_G_GetGeometryCount(g); i++) {
        OGRGeometryH member = OGR_G_GetGeometryRef(g, i);
        if (is_empty(member))
            continue;
        geometry_kind own = kind_of(member);
        if (kind != GEOMETRY_NONE && (own != kind || own == GEOMETRY_POINT))
            return GEOMETRY_OTHER;
        kind = own;
    }
    return kind;
}

static geometry_kind kind_of(OGRGeometryH g)
{
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(g))) {
    case wkbPoint:
        return GEOMETRY_POINT;
    case wkbPolygon:
        return GEOMETRY_POLYGON;
    case wkbLineString:
        return GEOMETRY_LINE;
    case wkbMultiPoint:
    case wkbMultiLineString:
    case wkbMultiPolygon:
    case wkbGeometryCollection:
        return kind_of_members(g);
    default:
        return GEOMETRY_OTHER;
    }
}

geometry_kind reading_kind(const layer_reading *r)
{
    const int kinds = (r->points > 0) + (r->areas > 0) + (r->paths > 0);
    if (r->others || kinds > 1)
        return GEOMETRY_OTHER;
    return r->areas    ? GEOMETRY_POLYGON
           : r->paths  ? GEOMETRY_LINE
           : r->points ? GEOMETRY_POINT
                       : GEOMETRY_NONE;
}

/* --- coordinates --- */

typedef enum coordinate_fault { SOUND, NOT_FINITE, NOT_DEGREES } coordinate_fault;

/* The first faulty vertex of a geometry of any depth. Judged before the transformation for what is
 * not finite, and after it for what is no longitude and latitude. */
static coordinate_fault judge(OGRGeometryH g, bool degrees, double *x, double *y)
{
    coordinate_fault found = SOUND;
    for (int i = 0; found == SOUND && i < OGR_G_GetGeometryCount(g); i++)
        found = judge(OGR_G_GetGeometryRef(g, i), degrees, x, y);
    if (found != SOUND || OGR_G_GetGeometryCount(g) > 0)
        return found;
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(g));
    int points = type == wkbPoint || type == wkbLineString ? OGR_G_GetPointCount(g) : 0;
    for (int i = 0; i < points; i++) {
        *x = OGR_G_GetX(g, i);
        *y = OGR_G_GetY(g, i);
        if (!isfinite(*x) || !isfinite(*y))
            return NOT_FINITE;
        if (degrees && (fabs(*x) > 180 || fabs(*y) > 90))
            return NOT_DEGREES;
    }
    return SOUND;
}

/* False: refused, and listed. */
static bool to_degrees(layer_reading *r, OGRGeometryH g, uint64_t number)
{
    double x = 0, y = 0;
    source_ref at = source_at(r->options->path, 0, 0);
    unsigned long long feature = number;
    if (judge(g, false, &x, &y) != SOUND) {
        faults_refuse(r->found, at, M_GEO_FEATURE_COORDINATE, feature);
        return false;
    }
    bool failed = r->to_degrees && OGR_G_Transform(g, r->to_degrees) != OGRERR_NONE;
    coordinate_fault after = judge(g, true, &x, &y);
    if (failed || after == NOT_FINITE)
        faults_refuse(r->found, at, M_GEO_FEATURE_TRANSFORM, feature);
    else if (after == NOT_DEGREES)
        faults_refuse(r->found, at, M_GEO_FEATURE_RANGE, feature, x, y);
    return !failed && after == SOUND;
}

/* --- rows --- */

static status reserve(layer_reading *r, error *err)
{
    if (r->rows < r->capacity)
        return STATUS_OK;
    size_t wanted = r->capacity ? 2 * r->capacity : 256;
    double *more = memory_resize(r->lon, wanted, sizeof *more);
    if (!more)
        return memory_error(err, wanted * sizeof *more);
    r->lon = more;
    more = memory_resize(r->lat, wanted, sizeof *more);
    if (!more)
        return memory_error(err, wanted * sizeof *more);
    r->lat = more;
    r->capacity = wanted;
    return STATUS_OK;
}

static status add_ring(layer_reading *r, OGRGeometryH ring, error *err)
{
    status s = polygons_builder_ring(r->outlines, err);
    int count = OGR_G_GetPointCount(ring);
    for (int i = 0; !s && i < count; i++)
        s = polygons_builder_point(r->outlines, OGR_G_GetX(ring, i), OGR_G_GetY(ring, i), err);
    return s;
}

static status add_areas(layer_reading *r, OGRGeometryH g, error *err)
{
    status s = STATUS_OK;
    if (is_empty(g))
        return s;
    bool polygon = OGR_GT_Flatten(OGR_G_GetGeometryType(g)) == wkbPolygon;
    if (polygon)
        s = polygons_builder_part(r->outlines, err);
    for (int i = 0; !s && i < OGR_G_GetGeometryCount(g); i++) {
        OGRGeometryH member = OGR_G_GetGeometryRef(g, i);
        s = polygon ? add_ring(r, member, err) : add_areas(r, member, err);
    }
    return s;
}

static status add_paths(layer_reading *r, OGRGeometryH g, error *err)
{
    status s = STATUS_OK;
    if (is_empty(g))
        return s;
    if (OGR_GT_Flatten(OGR_G_GetGeometryType(g)) != wkbLineString) {
        for (int i = 0; !s && i < OGR_G_GetGeometryCount(g); i++)
            s = add_paths(r, OGR_G_GetGeometryRef(g, i), err);
        return s;
    }
    s = polylines_builder_part(r->lines, err);
    for (int i = 0; !s && i < OGR_G_GetPointCount(g); i++)
        s = polylines_builder_point(r->lines, OGR_G_GetX(g, i), OGR_G_GetY(g, i), err);
    return s;
}

static void add_point(layer_reading *r, OGRGeometryH g)
{
    while (OGR_GT_Flatten(OGR_G_GetGeometryType(g)) != wkbPoint) {
        OGRGeometryH inner = NULL;
        for (int i = 0; i < OGR_G_GetGeometryCount(g); i++)
            if (!is_empty(OGR_G_GetGeometryRef(g, i)))
                inner = OGR_G_GetGeometryRef(g, i);
        if (!inner)
            return;
        g = inner;
    }
    r->lon[r->rows] = OGR_G_GetX(g, 0);
    r->lat[r->rows] = OGR_G_GetY(g, 0);
}

static status add_shape(layer_reading *r, OGRGeometryH g, uint64_t number, error *err)
{
    if (is_empty(g))
        return STATUS_OK;
    geometry_kind kind = kind_of(g);
    r->others += kind == GEOMETRY_OTHER;
    r->points += kind == GEOMETRY_POINT;
    r->areas += kind == GEOMETRY_POLYGON;
    r->paths += kind == GEOMETRY_LINE;
    if (kind == GEOMETRY_LINE) /* heights may be in another reference, or none */
        OGR_G_FlattenTo2D(g);
    if (!to_degrees(r, g, number))
        return STATUS_OK;
    if (kind == GEOMETRY_POINT)
        add_point(r, g);
    if (kind == GEOMETRY_LINE)
        return add_paths(r, g, err);
    return kind == GEOMETRY_POLYGON ? add_areas(r, g, err) : STATUS_OK;
}

status reading_add_geometry(layer_reading *r, OGRGeometryH shape, uint64_t number, error *err)
{
    status s = reserve(r, err);
    if (s)
        return s;
    r->lon[r->rows] = r->lat[r->rows] = NAN;
    s = polygons_builder_row(r->outlines, err);
    if (!s)
        s = polylines_builder_row(r->lines, err);
    if (s)
        return s;
    bool curved = shape && OGR_G_HasCurveGeometry(shape, FALSE);
    OGRGeometryH straight = curved ? OGR_G_GetLinearGeometry(shape, 0, NULL) : shape;
    s = add_shape(r, straight, number, err);
    if (curved)
        OGR_G_DestroyGeometry(straight);
    r->rows++;
    return s;
}

status reading_add_point(layer_reading *r, double lon, double lat, error *err)
{
    status s = reserve(r, err);
    if (s)
        return s;
    r->lon[r->rows] = lon;
    r->lat[r->rows] = lat;
    r->points++;
    r->rows++;
    return STATUS_OK;
}
