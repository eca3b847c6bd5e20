/* What happens in the worker: one layer to one table and its geometries. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fcntl.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "geo/layer_reading.h"
#include "geo/layer_reply.h"
#include "geo/layer_sheet.h"
#include "geo/messages.h"

enum { LAYER_MAX_FIELDS = 4096, FIELDS_LINE = 400 };

static source_ref whole_file(const layer_reading *r)
{
    return source_at(r->options->path, 0, 0);
}

/* --- which layer --- */

static void layer_names(const layer_reading *r, text_buffer *names)
{
    enum { SHOWN = 12 };
    int count = GDALDatasetGetLayerCount(r->set);
    for (int i = 0; i < count && i < SHOWN; i++)
        text_add_format(names, "%s%s", i ? ", " : "",
                        OGR_L_GetName(GDALDatasetGetLayer(r->set, i)));
    if (count > SHOWN)
        text_add(names, ", …");
}

static bool is_utf8(const char *text)
{
    return text_utf8_valid_prefix(text, strlen(text)) == strlen(text);
}

/* Every name, for whoever looks for another layer than the first. */
static status keep_names(layer_reading *r, error *err)
{
    int count = r->set ? GDALDatasetGetLayerCount(r->set) : 0; /* rows of JSON or OSM: none */
    count = count < LAYERS_MAX ? count : LAYERS_MAX;
    r->layers = arena_take(r->names, (size_t)count + 1, sizeof *r->layers);
    for (int i = 0; r->layers && i < count; i++) {
        const char *name = OGR_L_GetName(GDALDatasetGetLayer(r->set, i));
        if (!is_utf8(name))
            continue;
        r->layers[r->layer_count] = arena_text(r->names, name);
        if (!r->layers[r->layer_count])
            return memory_error(err, strlen(name));
        r->layer_count++;
    }
    return r->layers ? STATUS_OK : memory_error(err, (size_t)count * sizeof *r->layers);
}

/* Whether `name` is one of "a|b|c", without regard to case. */
static bool is_listed(const char *list, const char *name)
{
    const size_t size = strlen(name);
    for (const char *at = list; at && *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == size && !strncasecmp(at, name, size))
            return true;
    return false;
}

static bool is_the_layer(const layer_reading *r, const char *name, bool preferred)
{
    if (r->options->name)
        return !strcmp(name, r->options->name);
    return !preferred || is_listed(r->options->prefer, name);
}

static status choose_layer(layer_reading *r)
{
    status s = STATUS_OK;
    bool preferred = false;
    text_buffer names = {.size = 0};
    int count = GDALDatasetGetLayerCount(r->set);
    for (int pass = r->options->prefer ? 0 : 1; pass < 2 && !r->from; pass++)
        for (int i = 0; i < count && !r->from; i++) {
            OGRLayerH candidate = GDALDatasetGetLayer(r->set, i);
            if (!is_the_layer(r, OGR_L_GetName(candidate), pass == 0))
                continue;
            r->from = candidate;
            preferred = pass == 0;
        }
    layer_names(r, &names);
    if (!r->from && count == 0)
        s = faults_refuse(r->found, whole_file(r), M_GEO_LAYER_NONE);
    else if (!r->from)
        s = faults_refuse(r->found, whole_file(r), M_GEO_LAYER_UNKNOWN, r->options->name, names.at);
    else if (!r->options->name && !preferred && count > 1)
        faults_note(r->found, whole_file(r), M_GEO_LAYER_FIRST, names.at);
    text_buffer_clear(&names);
    return s;
}

/* --- columns --- */

static bool name_is_taken(const layer_reading *r, const char *name)
{
    for (size_t i = 0; i < r->field_count; i++)
        if (!strcmp(r->field_name[i], name))
            return true;
    return false;
}

/* A second "nom" becomes "nom_2", with a warning. */
static const char *free_name(layer_reading *r, const char *name)
{
    const char *chosen = name;
    for (int n = 2; chosen && name_is_taken(r, chosen); n++)
        chosen = arena_format(r->names, "%s_%d", name, n);
    if (chosen && chosen != name)
        faults_warn(r->found, whole_file(r), M_GEO_FIELD_TWICE, name, chosen);
    return chosen;
}

status reading_add_field(layer_reading *r, int field, const char *name, error *err)
{
    if (!is_utf8(name))
        return error_set(err, STATUS_INPUT, M_GEO_FIELD_NAME, name);
    const char *own = arena_text(r->names, name);
    if (own)
        own = free_name(r, own);
    if (!own)
        return memory_error(err, strlen(name));
    size_t index = 0;
    column_spec spec = {.name = own,
                        .title_fr = "",
                        .title_en = "",
                        .unit = "",
                        .type = COLUMN_TEXT,
                        .decimals = -1};
    status s = table_builder_column(r->cells, &spec, &index, err);
    if (!s) {
        r->field[index] = field;
        r->field_name[index] = own;
        r->field_count = index + 1;
    }
    return s;
}

status reading_reserve(layer_reading *r, int count, error *err)
{
    if (count > LAYER_MAX_FIELDS)
        return error_set(err, STATUS_INPUT, M_GEO_FIELDS, count, (int)LAYER_MAX_FIELDS);
    r->field = arena_take(r->names, (size_t)count + 1, sizeof *r->field);
    r->field_name = arena_take(r->names, (size_t)count + 1, sizeof *r->field_name);
    return r->field && r->field_name ? STATUS_OK
                                     : memory_error(err, (size_t)count * sizeof(char *));
}

static status fields_of_layer(layer_reading *r, error *err)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(r->from);
    int count = OGR_FD_GetFieldCount(definition);
    status s = reading_reserve(r, count, err);
    for (int i = 0; !s && i < count; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        char *utf8 = r->recode ? CPLRecode(name, r->recode, CPL_ENC_UTF8) : NULL;
        const char *shown = utf8 ? utf8 : name;
        if (r->fields.size < FIELDS_LINE)
            text_add_format(&r->fields, "%s%s", i ? ", " : "", is_utf8(shown) ? shown : "?");
        if (!r->options->only || is_listed(r->options->only, shown))
            s = reading_add_field(r, i, shown, err);
        CPLFree(utf8);
    }
    return s;
}

static status fields_of_sheet(layer_reading *r, const sheet_shape *shape, OGRFeatureH header,
                              error *err)
{
    status s = reading_reserve(r, shape->column_count, err);
    for (int i = 0; !s && i < shape->column_count; i++) {
        char numbered[32];
        const char *name = OGR_F_GetFieldAsString(header, i);
        snprintf(numbered, sizeof numbered, "column_%d", i + 1);
        if (shape->used[i])
            s = reading_add_field(r, i, name[0] ? name : numbered, err);
    }
    return s;
}

/* --- rows --- */

static bool row_is_blank(const layer_reading *r, OGRFeatureH row)
{
    for (size_t i = 0; i < r->field_count; i++)
        if (OGR_F_IsFieldSetAndNotNull(row, r->field[i]) &&
            OGR_F_GetFieldAsString(row, r->field[i])[0])
            return false;
    return true;
}

static bool is_sheet(const layer_reading *r)
{
    return r->gdal.format == FORMAT_XLSX || r->gdal.format == FORMAT_ODS;
}

static status read_feature(layer_reading *r, OGRFeatureH feature, uint64_t number, error *err)
{
    status s = reading_add_cells(r, feature, number, err);
    if (!s)
        s = reading_add_geometry(r, OGR_F_GetGeometryRef(feature), number, err);
    return s;
}

static status read_features(layer_reading *r, error *err)
{
    enum { FAULTS_SHOWN = 50 };
    status s = fields_of_layer(r, err);
    OGRFeatureH feature;
    size_t known = faults_count(r->found);
    OGR_L_ResetReading(r->from);
    for (uint64_t number = 1; !s && faults_count(r->found) < known + FAULTS_SHOWN; number++) {
        feature = OGR_L_GetNextFeature(r->from);
        if (!feature)
            break;
        s = read_feature(r, feature, number, err);
        OGR_F_Destroy(feature);
    }
    return s;
}

static status read_sheet_rows(layer_reading *r, const sheet_shape *shape, error *err)
{
    status s = STATUS_OK;
    bool header = false;
    OGRFeatureH row;
    while (!s && (row = OGR_L_GetNextFeature(r->from))) {
        uint64_t number = (uint64_t)OGR_F_GetFID(row);
        if (number == shape->header_row) {
            header = true;
            s = fields_of_sheet(r, shape, row, err);
        } else if (header && !row_is_blank(r, row)) {
            s = read_feature(r, row, number, err);
        }
        OGR_F_Destroy(row);
    }
    if (!s && (!header || r->field_count == 0))
        s = error_set(err, STATUS_INPUT, M_GEO_SHEET_HEADER, (unsigned)shape->header_row);
    return s;
}

static status read_sheet(layer_reading *r, error *err)
{
    sheet_shape shape;
    status s = sheet_shape_find(&shape, r->from, r->options->header_row, err);
    if (!s && shape.header_row == 0)
        s = error_set(err, STATUS_INPUT, M_GEO_SHEET_EMPTY);
    if (!s && r->options->header_row == 0 && shape.header_row > 1)
        faults_note(r->found, whole_file(r), M_GEO_SHEET_HEADER_FOUND,
                    (unsigned long long)shape.header_row);
    r->header_row = shape.header_row;
    if (!s)
        s = read_sheet_rows(r, &shape, err);
    sheet_shape_clear(&shape);
    return s;
}

/* --- a .dbf that does not say its encoding --- */

static bool texts_are_utf8(OGRLayerH from)
{
    bool valid = true;
    OGRFeatureH feature;
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(from);
    int count = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < count; i++) {
        valid &= is_utf8(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    }
    while (valid && (feature = OGR_L_GetNextFeature(from))) {
        for (int i = 0; valid && i < count; i++) {
            valid = is_utf8(OGR_F_GetFieldAsString(feature, i));
        }
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(from);
    return valid;
}

/* Without a .cpg the bytes are read as they are: UTF-8 when they are that throughout, else
 * Windows-1252, which is what French offices write and holds all of ISO-8859-1's letters. */
static void judge_encoding(layer_reading *r)
{
    if (r->gdal.format != FORMAT_SHAPE || layer_source_states_encoding(r->source) ||
        texts_are_utf8(r->from))
        return;
    r->recode = "CP1252";
    faults_warn(r->found, whole_file(r), M_GEO_DBF_ENCODING);
}

/* --- the whole --- */

static status open_set(layer_reading *r)
{
    status s = layer_source_open(&r->source, r->options->path, r->found);
    if (s)
        return s;
    if (layer_source_holds_rows(r->source) || layer_source_format(r->source) == FORMAT_OSM)
        return STATUS_OK;
    gdal_session_begin(&r->gdal, layer_source_format(r->source));
    if (r->gdal.format == FORMAT_PARQUET && !GDALGetDriverByName("Parquet"))
        return faults_refuse(r->found, whole_file(r), M_PARQUET_NO_READER);
    const char *encoding = layer_source_states_encoding(r->source) ? NULL : "";
    r->set = gdal_session_open(&r->gdal, layer_source_path(r->source), encoding);
    if (!r->set || r->gdal.failure[0])
        return faults_refuse(r->found, whole_file(r), M_GEO_OPEN, gdal_session_driver(&r->gdal),
                             r->gdal.failure[0] ? r->gdal.failure : "?");
    return choose_layer(r);
}

static status begin(layer_reading *r, error *err)
{
    status s = arena_new(&r->names, err);
    if (!s)
        s = table_builder_new(&r->cells, "layer", err);
    if (!s)
        s = table_builder_source(r->cells, r->options->path, &r->file, err);
    if (!s)
        s = polygons_builder_new(&r->outlines, err);
    if (!s)
        s = polylines_builder_new(&r->lines, err);
    if (!s)
        s = keep_names(r, err);
    return s;
}

static status read_gdal(layer_reading *r, error *err)
{
    judge_encoding(r);
    status s = reading_find_crs(r, err);
    if (!s)
        s = is_sheet(r) ? read_sheet(r, err) : read_features(r, err);
    return s;
}

static status read_all(layer_reading *r)
{
    error err = {.status = STATUS_OK};
    status s = begin(r, &err);
    if (!s && layer_source_holds_rows(r->source))
        s = reading_json_rows(r, &err);
    else if (!s && layer_source_format(r->source) == FORMAT_OSM)
        s = reading_osm(r, &err);
    else if (!s)
        s = read_gdal(r, &err);
    if (s)
        return faults_add_error(r->found, whole_file(r), &err);
    /* GDAL ends a loop the same way for the last feature and for a damaged page. */
    if (r->gdal.failure[0])
        return faults_refuse(r->found, whole_file(r), M_GEO_READ, r->gdal.failure);
    return faults_status(r->found);
}

static void tell_warnings(layer_reading *r)
{
    for (size_t i = 0; i < r->gdal.warnings && i < GDAL_WARNINGS; i++)
        faults_warn(r->found, whole_file(r), M_GEO_GDAL_WARNS, r->gdal.warning[i]);
}

static void end(layer_reading *r)
{
    if (r->to_degrees)
        OCTDestroyCoordinateTransformation(r->to_degrees);
    if (r->set)
        GDALClose(r->set);
    if (r->source && r->gdal.format)
        gdal_session_end(&r->gdal);
    layer_source_close(r->source);
    table_builder_free(r->cells);
    polygons_builder_free(r->outlines);
    polylines_builder_free(r->lines);
    text_buffer_clear(&r->fields);
    memory_free(r->lon);
    memory_free(r->lat);
    arena_free(r->names);
}

static status build(layer_reading *r, layer_reply *reply, error *err)
{
    reply->kind = reading_kind(r);
    reply->epsg = r->epsg;
    reply->lon = r->lon;
    reply->lat = r->lat;
    reply->name = r->from ? OGR_L_GetName(r->from) : "";
    reply->layers = (const char *const *)r->layers;
    reply->layer_count = r->layer_count;
    reply->header_row = r->header_row;
    reply->fields = r->fields.at && !r->fields.failed ? r->fields.at : "";
    status s = table_build(r->cells, &reply->cells, err);
    if (!s && reply->kind == GEOMETRY_POLYGON)
        s = polygons_build(r->outlines, &reply->outlines, err);
    if (!s && reply->kind == GEOMETRY_LINE)
        s = polylines_build(r->lines, &reply->lines, err);
    return s;
}

static status layer_run(const worker_message *request, worker_reply *out, error *err)
{
    layer_options options;
    layer_reply reply = {.kind = GEOMETRY_NONE};
    status s = layer_request_unpack(request, &options, err);
    if (s)
        return s;
    layer_reading r = {.options = &options};
    s = faults_new(&r.found, err);
    if (s)
        return s;
    status refused = open_set(&r);
    if (!refused)
        refused = read_all(&r);
    tell_warnings(&r);
    if (!refused)
        s = build(&r, &reply, err);
    reply.found = r.found;
    if (!s)
        s = layer_reply_pack(&reply, out, err);
    table_free(reply.cells);
    polygons_free(reply.outlines);
    polylines_free(reply.lines);
    end(&r);
    faults_free(r.found);
    return s;
}

const worker_job layer_job = {.name = "layer", .run = layer_run};
