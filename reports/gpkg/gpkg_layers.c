/* Features of one layer. Values are given to GDAL as values, never as text of a statement. */
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cpl_string.h>

#include "reports/gpkg/layers.h"
#include "reports/gpkg/messages.h"
#include "reports/parcel/published.h"

const char *gpkg_complaint(const gpkg_file *f)
{
    return f->gdal.failure[0] ? f->gdal.failure : "?";
}

static status refused(const gpkg_file *f, const char *layer_name, error *err)
{
    return error_set(err, STATUS_ENVIRONMENT, M_GPKG_LAYER, layer_name, gpkg_complaint(f));
}

/* --- geometry --- */

static OGRGeometryH ring_of(const polygons *p, uint64_t ring)
{
    OGRGeometryH g = OGR_G_CreateGeometry(wkbLinearRing);
    uint64_t begin = p->point_start[ring], end = p->point_start[ring + 1];
    if (g)
        OGR_G_SetPoints(g, (int)(end - begin), p->x + begin, sizeof(double), p->y + begin,
                        sizeof(double), NULL, 0);
    return g;
}

static OGRGeometryH outline_of(const polygons *p, uint64_t row)
{
    OGRGeometryH whole =
        p->part_start[row] < p->part_start[row + 1] ? OGR_G_CreateGeometry(wkbMultiPolygon) : NULL;
    for (uint64_t part = p->part_start[row]; whole && part < p->part_start[row + 1]; part++) {
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        for (uint64_t k = p->ring_start[part]; polygon && k < p->ring_start[part + 1]; k++)
            OGR_G_AddGeometryDirectly(polygon, ring_of(p, k));
        OGR_G_AddGeometryDirectly(whole, polygon);
    }
    return whole;
}

static OGRGeometryH points_of(const gpkg_layer *l, size_t row)
{
    bool line = l->geometry == GPKG_LINES;
    bool known = row < l->point_count && isfinite(l->x[row]) && isfinite(l->y[row]) &&
                 (!line || (isfinite(l->x_b[row]) && isfinite(l->y_b[row])));
    OGRGeometryH g = known ? OGR_G_CreateGeometry(line ? wkbLineString : wkbPoint) : NULL;
    if (g)
        OGR_G_AddPoint_2D(g, l->x[row], l->y[row]);
    if (g && line)
        OGR_G_AddPoint_2D(g, l->x_b[row], l->y_b[row]);
    return g;
}

static OGRwkbGeometryType type_of(uint64_t geometry)
{
    switch (geometry) {
    case GPKG_OUTLINES:
        return wkbMultiPolygon;
    case GPKG_POINTS:
        return wkbPoint;
    case GPKG_LINES:
        return wkbLineString;
    default:
        return wkbNone;
    }
}

/* --- fields --- */

static bool has_field(const table *t, const char *name)
{
    for (size_t c = 0; t && c < t->column_count; c++) {
        if (!strcasecmp(t->columns[c].name, name))
            return true;
    }
    return false;
}

static OGRLayerH layer_create(gpkg_file *f, const char *name, const char *title, uint64_t geometry,
                              const table *t)
{
    char **options = NULL;
    options = CSLSetNameValue(options, "FID", has_field(t, "fid") ? "row_id" : "fid");
    options = CSLSetNameValue(options, "GEOMETRY_NAME", has_field(t, "geom") ? "row_geom" : "geom");
    options = CSLSetNameValue(options, "IDENTIFIER", title);
    OGRLayerH made = GDALDatasetCreateLayer(f->set, name, geometry == GPKG_PLAIN ? NULL : f->crs,
                                            type_of(geometry), options);
    CSLDestroy(options);
    return made;
}

static bool field_create(OGRLayerH to, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    bool made = field && OGR_L_CreateField(to, field, FALSE) == OGRERR_NONE;
    if (field)
        OGR_Fld_Destroy(field);
    return made;
}

static void value_set(OGRFeatureH to, int field, const column *c, size_t row)
{
    double number;
    if (column_state(c, row) != VALUE_PRESENT)
        OGR_F_SetFieldNull(to, field);
    else if (c->type == COLUMN_TEXT)
        OGR_F_SetFieldString(to, field, column_text(c, row));
    else if (c->type == COLUMN_I64)
        OGR_F_SetFieldInteger64(to, field, c->at.i64[row]);
    else if (c->type == COLUMN_U32)
        OGR_F_SetFieldInteger64(to, field, c->at.u32[row]);
    else if (published_number(c, row, &number))
        OGR_F_SetFieldDouble(to, field, number);
    else
        OGR_F_SetFieldNull(to, field);
}

static bool feature_write(OGRLayerH to, const gpkg_layer *l, const table *t, const polygons *shape,
                          size_t row)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
    if (!feature)
        return false;
    for (size_t c = 0; c < t->column_count; c++)
        value_set(feature, (int)c, &t->columns[c], row);
    OGRGeometryH g = l->geometry == GPKG_OUTLINES ? outline_of(shape, row)
                     : l->geometry == GPKG_PLAIN  ? NULL
                                                  : points_of(l, row);
    bool done = !g || OGR_F_SetGeometryDirectly(feature, g) == OGRERR_NONE;
    done = done && OGR_L_CreateFeature(to, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return done;
}

static bool geometry_is_sound(const gpkg_layer *l, const table *t, const polygons *shape)
{
    if (l->geometry == GPKG_OUTLINES)
        return shape && shape->rows == t->rows;
    if (l->geometry == GPKG_PLAIN)
        return true;
    bool ends = l->geometry == GPKG_POINTS || (l->x_b && l->y_b) || t->rows == 0;
    return l->geometry <= GPKG_LINES && l->point_count == t->rows &&
           ((l->x && l->y) || t->rows == 0) && ends;
}

status gpkg_layer_write(gpkg_file *f, const gpkg_layer *l, const parcel_content *things, error *err)
{
    const table *t = parcel_table_at(things, l->rows);
    const polygons *shape = parcel_shape_at(things, l->shape);
    if (!t || !geometry_is_sound(l, t, shape))
        return error_set(err, STATUS_ENVIRONMENT, M_GPKG_REQUEST);
    OGRLayerH to = layer_create(f, l->name, l->title, l->geometry, t);
    if (!to)
        return refused(f, l->name, err);
    for (size_t c = 0; c < t->column_count; c++) {
        const column *k = &t->columns[c];
        OGRFieldType type = k->type == COLUMN_TEXT  ? OFTString
                            : k->type == COLUMN_F64 ? OFTReal
                                                    : OFTInteger64;
        if (!field_create(to, k->name, type))
            return refused(f, l->name, err);
    }
    bool done = GDALDatasetStartTransaction(f->set, FALSE) == OGRERR_NONE;
    for (size_t row = 0; done && row < t->rows; row++)
        done = feature_write(to, l, t, shape, row);
    done = done && GDALDatasetCommitTransaction(f->set) == OGRERR_NONE;
    return done && !f->gdal.failure[0] ? STATUS_OK : refused(f, l->name, err);
}

/* --- tables of this file's own --- */

typedef struct own_field {
    const char *name;
    OGRFieldType type;
} own_field;

static OGRLayerH own_create(gpkg_file *f, const char *name, const char *title, const char *id,
                            const own_field *fields, size_t count)
{
    char **options = CSLSetNameValue(CSLSetNameValue(NULL, "FID", id), "IDENTIFIER", title);
    OGRLayerH to = GDALDatasetCreateLayer(f->set, name, NULL, wkbNone, options);
    CSLDestroy(options);
    for (size_t i = 0; to && i < count; i++) {
        if (!field_create(to, fields[i].name, fields[i].type))
            return NULL;
    }
    return to;
}

status gpkg_run_write(gpkg_file *f, const gpkg_pair *pairs, size_t count, error *err)
{
    static const own_field fields[] = {{"key", OFTString}, {"value", OFTString}};
    OGRLayerH to = own_create(f, "run", tr(f->lang, M_RUN_TITLE), "fid", fields, 2);
    bool done = to != NULL;
    for (size_t i = 0; done && i < count; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
        OGR_F_SetFieldString(feature, 0, pairs[i].key);
        OGR_F_SetFieldString(feature, 1, pairs[i].value);
        done = OGR_L_CreateFeature(to, feature) == OGRERR_NONE;
        OGR_F_Destroy(feature);
    }
    return done ? STATUS_OK : refused(f, "run", err);
}

enum {
    S_CATALOG,
    S_SCHEMA,
    S_TABLE,
    S_GEOMETRY,
    S_NAME,
    S_QML,
    S_SLD,
    S_DEFAULT,
    S_DESCRIPTION,
    S_OWNER,
    S_UI,
    S_TIME,
    S_COUNT
};
/* As QGIS makes it. */
static const own_field style_fields[S_COUNT] = {{"f_table_catalog", OFTString},
                                                {"f_table_schema", OFTString},
                                                {"f_table_name", OFTString},
                                                {"f_geometry_column", OFTString},
                                                {"styleName", OFTString},
                                                {"styleQML", OFTString},
                                                {"styleSLD", OFTString},
                                                {"useAsDefault", OFTInteger},
                                                {"description", OFTString},
                                                {"owner", OFTString},
                                                {"ui", OFTString},
                                                {"update_time", OFTString}};

static bool style_write(OGRLayerH to, const gpkg_style *s, const char *geometry, const char *date)
{
    char time[64];
    const char *const texts[S_COUNT] = {[S_CATALOG] = "",     [S_SCHEMA] = "",
                                        [S_TABLE] = s->layer, [S_GEOMETRY] = geometry,
                                        [S_NAME] = s->name,   [S_QML] = s->qml,
                                        [S_SLD] = "",         [S_DESCRIPTION] = s->description,
                                        [S_OWNER] = "",       [S_TIME] = time};
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
    (void)snprintf(time, sizeof time, "%.10sT00:00:00.000Z", date);
    for (int i = 0; i < S_COUNT; i++) {
        if (texts[i])
            OGR_F_SetFieldString(feature, i, texts[i]);
    }
    OGR_F_SetFieldInteger(feature, S_DEFAULT, s->is_default);
    bool done = OGR_L_CreateFeature(to, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return done;
}

static const gpkg_layer *layer_named(const gpkg_request *q, const char *name)
{
    for (size_t i = 0; i < q->layer_count; i++) {
        if (!strcmp(q->layers[i].name, name) && q->layers[i].geometry != GPKG_PLAIN)
            return &q->layers[i];
    }
    return NULL;
}

status gpkg_styles_write(gpkg_file *f, const gpkg_request *q, error *err)
{
    OGRLayerH to = own_create(f, "layer_styles", "layer_styles", "id", style_fields, S_COUNT);
    bool done = to != NULL;
    for (size_t i = 0; done && i < q->style_count; i++) {
        if (!layer_named(q, q->styles[i].layer))
            continue;
        OGRLayerH styled = GDALDatasetGetLayerByName(f->set, q->styles[i].layer);
        done = styled && style_write(to, &q->styles[i], OGR_L_GetGeometryColumn(styled), q->date);
    }
    return done ? STATUS_OK : refused(f, "layer_styles", err);
}
