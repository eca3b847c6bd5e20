/* An array of JSON objects as rows: a column a key, in the order in which keys first come. Inside
 * the worker; json_scan has judged the text before (depth, encoding, finite numbers). */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geo/layer_reading.h"
#include "geo/layer_source.h"
#include "geo/messages.h"

enum { NUMBER_BYTES = 40 };

static bool is_known(const layer_reading *r, const char *key)
{
    for (size_t i = 0; i < r->field_count; i++)
        if (!strcmp(r->field_name[i], key))
            return true;
    return false;
}

/* The distinct keys of all objects: counted first (`add` false), then made columns. */
static status find_columns(layer_reading *r, json_t *rows, error *err)
{
    size_t index = 0, widest = 0;
    json_t *row = NULL, *value = NULL;
    const char *key = NULL;
    json_t *seen = json_object();
    status s = seen ? STATUS_OK : memory_error(err, 64);
    json_array_foreach(rows, index, row)
    {
        if (!s && !json_is_object(row))
            s = error_set(err, STATUS_INPUT, M_GEO_JSON_ELEMENT, index + 1);
        if (!s && json_object_update_missing(seen, row))
            s = memory_error(err, 64);
    }
    widest = json_object_size(seen);
    if (!s && widest == 0)
        s = error_set(err, STATUS_INPUT, M_GEO_JSON_EMPTY);
    if (!s)
        s = reading_reserve(r, widest < INT32_MAX ? (int)widest : INT32_MAX, err);
    json_object_foreach(seen, key, value)
    {
        if (!s && !is_known(r, key))
            s = reading_add_field(r, (int)r->field_count, key, err);
    }
    json_decref(seen);
    return s;
}

/* The value as it stands; lists and objects as JSON. *made must be freed. */
static text_slice text_of(const json_t *value, char *buffer, char **made)
{
    *made = NULL;
    if (json_is_string(value))
        return text_slice_of(json_string_value(value), json_string_length(value));
    if (json_is_integer(value)) {
        int size =
            snprintf(buffer, NUMBER_BYTES, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return text_slice_of(buffer, (size_t)size);
    }
    if (json_is_real(value))
        return text_slice_of(buffer, text_from_f64(json_real_value(value), buffer, NUMBER_BYTES));
    if (json_is_boolean(value))
        return json_is_true(value) ? text_slice_of("true", 4) : text_slice_of("false", 5);
    *made = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    return *made ? text_slice_of(*made, strlen(*made)) : text_slice_of(NULL, 0);
}

static status add_row(layer_reading *r, const json_t *object, uint64_t number, error *err)
{
    char buffer[NUMBER_BYTES];
    size_t row = 0;
    status s = table_builder_rows(r->cells, 1, &row, err);
    if (s)
        return s;
    table_builder_from(r->cells, row, r->file, number);
    for (size_t c = 0; !s && c < r->field_count; c++) {
        const json_t *value = json_object_get(object, r->field_name[c]);
        char *made = NULL;
        if (!value || json_is_null(value))
            continue;
        text_slice text = text_of(value, buffer, &made);
        if (!text.at)
            s = memory_error(err, 64);
        else if (text.size)
            s = table_builder_text(r->cells, c, row, text, err);
        free(made);
    }
    return s;
}

status reading_json_rows(layer_reading *r, error *err)
{
    size_t size = 0, index = 0;
    const char *text = layer_source_text(r->source, &size);
    json_error_t why;
    json_t *row = NULL, *rows = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why);
    if (!rows)
        return error_set(err, STATUS_INPUT, M_GEO_JSON_ROWS, why.text, why.line);
    status s = find_columns(r, rows, err);
    json_array_foreach(rows, index, row)
    {
        if (!s)
            s = add_row(r, row, index + 1, err);
    }
    json_decref(rows);
    return s;
}
