#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "geo/layer_reading.h"
#include "geo/messages.h"

enum { CELL_BYTES = 64 };

/* GDAL prints dates with slashes; tables hold ISO 8601. */
static size_t date_text(OGRFeatureH feature, int field, OGRFieldType type, char *buffer)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0, size = 0;
    float second = 0;
    if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second,
                                    &zone))
        return 0;
    if (type == OFTDate)
        size = snprintf(buffer, CELL_BYTES, "%04d-%02d-%02d", year, month, day);
    else if (type == OFTTime)
        size = snprintf(buffer, CELL_BYTES, "%02d:%02d:%02d", hour, minute, (int)second);
    else
        size = snprintf(buffer, CELL_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour,
                        minute, (int)second);
    return size > 0 ? (size_t)size : 0;
}

/* A date cell of a sheet comes as 2024/01/02. */
static text_slice sheet_text(const char *text, char *buffer)
{
    size_t size = strlen(text);
    static const char shape[] = "dddd/dd/dd";
    bool date = size == sizeof shape - 1;
    for (size_t i = 0; date && i < size; i++)
        date = shape[i] == '/' ? text[i] == '/' : text[i] >= '0' && text[i] <= '9';
    if (!date)
        return text_slice_of(text, size);
    memcpy(buffer, text, size);
    buffer[4] = buffer[7] = '-';
    return text_slice_of(buffer, size);
}

/* The value exactly as it stands; .at NULL: not a finite number. */
static text_slice cell_text(const layer_reading *r, OGRFeatureH feature, int field, char *buffer)
{
    OGRFieldDefnH definition = OGR_F_GetFieldDefnRef(feature, field);
    OGRFieldType type = OGR_Fld_GetType(definition);
    if (type == OFTReal) {
        double value = OGR_F_GetFieldAsDouble(feature, field);
        if (!isfinite(value))
            return text_slice_of(NULL, 0);
        return text_slice_of(buffer, text_from_f64(value, buffer, CELL_BYTES));
    }
    if (type == OFTDate || type == OFTTime || type == OFTDateTime)
        return text_slice_of(buffer, date_text(feature, field, type, buffer));
    if (type == OFTBinary)
        return text_slice_of(buffer, 0);
    if (type == OFTInteger && OGR_Fld_GetSubType(definition) == OFSTBoolean) {
        const char *word = OGR_F_GetFieldAsInteger(feature, field) ? "true" : "false";
        return text_slice_of(word, strlen(word));
    }
    const char *text = OGR_F_GetFieldAsString(feature, field);
    if (r->gdal.format == FORMAT_XLSX)
        return sheet_text(text, buffer);
    return text_slice_of(text, strlen(text));
}

static status add_text(layer_reading *r, size_t column_index, size_t row, text_slice text,
                       uint64_t number, error *err)
{
    if (text_utf8_valid_prefix(text.at, text.size) < text.size) {
        faults_refuse(r->found, source_at(r->options->path, 0, 0), M_GEO_FEATURE_TEXT,
                      (unsigned long long)number, r->field_name[column_index]);
        return STATUS_OK;
    }
    return table_builder_text(r->cells, column_index, row, text, err);
}

static status add_cell(layer_reading *r, OGRFeatureH feature, size_t column_index, size_t row,
                       uint64_t number, error *err)
{
    char buffer[CELL_BYTES];
    int field = r->field[column_index];
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return STATUS_OK;
    text_slice text = cell_text(r, feature, field, buffer);
    if (!text.at) {
        faults_refuse(r->found, source_at(r->options->path, 0, 0), M_GEO_FEATURE_VALUE,
                      (unsigned long long)number, r->field_name[column_index]);
        return STATUS_OK;
    }
    if (text.size == 0)
        return STATUS_OK;
    if (!r->recode)
        return add_text(r, column_index, row, text, number, err);
    char *utf8 = CPLRecode(text.at, r->recode, CPL_ENC_UTF8);
    status s = add_text(r, column_index, row, text_slice_of(utf8, strlen(utf8)), number, err);
    CPLFree(utf8);
    return s;
}

status reading_add_cells(layer_reading *r, OGRFeatureH feature, uint64_t number, error *err)
{
    size_t row = 0;
    status s = table_builder_rows(r->cells, 1, &row, err);
    if (s)
        return s;
    table_builder_from(r->cells, row, r->file, number);
    for (size_t i = 0; !s && i < r->field_count; i++)
        s = add_cell(r, feature, i, row, number, err);
    return s;
}
