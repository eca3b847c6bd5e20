/* The table of venues: what each is and offers, and where it stands. */
#include <math.h>
#include <string.h>

#include "territory/messages.h"
#include "territory/venue_draft.h"

typedef enum venue_column {
    AT_ID,
    AT_NAME,
    AT_LIST,
    AT_KIND,
    AT_FAMILY,
    AT_IN_SCOPE,
    AT_FUNCTIONS,
    AT_STATUS = AT_FUNCTIONS + FUNCTION_COUNT,
    AT_CAPACITY,
    AT_PLACEMENT,
    AT_COMMUNE,
    AT_LON,
    AT_LAT,
    AT_X,
    AT_Y,
    AT_OPEN,
    AT_LEGAL_FORM,
    AT_OPENED,
    AT_DECLARED,
    AT_QUALITY,
    AT_SOURCES,
    AT_COUNT /* those of venue_facts.c follow */
} venue_column;

#define TEXT(name_of, titles)                                                                      \
    {                                                                                              \
        name_of, titles, "", COLUMN_TEXT, 0                                                        \
    }
#define NUMBER(name_of, titles, unit_of, decimals_of)                                              \
    {                                                                                              \
        name_of, titles, unit_of, COLUMN_F64, decimals_of                                          \
    }
#define FLAG(name_of, titles)                                                                      \
    {                                                                                              \
        name_of, titles, "1", COLUMN_U32, 0                                                        \
    }

static const column_spec specs[AT_COUNT] = {
    TEXT("id", M_COLUMN_CODE),
    TEXT("name", M_COLUMN_NAME),
    TEXT("list", M_COLUMN_LIST),
    TEXT("kind", M_COLUMN_KIND),
    TEXT("family", M_COLUMN_FAMILY),
    FLAG("in_scope", M_COLUMN_IN_SCOPE),
    NUMBER("function_a", M_FUNCTION_A, "1", 1),
    NUMBER("function_b", M_FUNCTION_B, "1", 1),
    NUMBER("function_c", M_FUNCTION_C, "1", 1),
    NUMBER("function_d", M_FUNCTION_D, "1", 1),
    NUMBER("function_e", M_FUNCTION_E, "1", 1),
    NUMBER("function_f", M_FUNCTION_F, "1", 1),
    NUMBER("function_g", M_FUNCTION_G, "1", 1),
    NUMBER("function_h", M_FUNCTION_H, "1", 1),
    TEXT("status", M_COLUMN_STATUS),
    NUMBER("capacity", M_COLUMN_CAPACITY, "1", -1),
    TEXT("placement", M_COLUMN_PLACEMENT),
    TEXT("code", M_COLUMN_COMMUNE),
    NUMBER("lon", M_COLUMN_LON, "deg", 6),
    NUMBER("lat", M_COLUMN_LAT, "deg", 6),
    NUMBER("x_m", M_COLUMN_X, "m", 1),
    NUMBER("y_m", M_COLUMN_Y, "m", 1),
    FLAG("open", M_COLUMN_OPEN),
    TEXT("legal_form", M_COLUMN_LEGAL_FORM),
    TEXT("opened", M_COLUMN_OPENED),
    FLAG("functions_declared", M_COLUMN_DECLARED),
    TEXT("quality", M_COLUMN_QUALITY),
    TEXT("sources", M_COLUMN_SOURCES),
};

bool venue_is_open(const venue_draft *v)
{
    return strcmp(v->status, "open") == 0 && !(v->facts.itinerant && v->list->itinerants_aside);
}

static status fill_texts(table_builder *b, const territory *t, const venue_draft *v, size_t row,
                         error *err)
{
    const struct {
        size_t at;
        const char *text;
    } texts[] = {
        {AT_ID, v->id},
        {AT_NAME, v->name},
        {AT_LIST, v->list->id},
        {AT_KIND, v->main->code},
        {AT_FAMILY, v->main->family},
        {AT_STATUS, v->status},
        {AT_PLACEMENT, placement_name(v->how)},
        {AT_COMMUNE, v->place == PLACE_NONE ? "" : t->code[v->place]},
        {AT_LEGAL_FORM, v->legal_form},
        {AT_OPENED, v->opened},
        {AT_QUALITY, quality_name(v->quality)},
        {AT_SOURCES, v->sources},
    };
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof texts / sizeof texts[0]; i++) {
        rc = venue_put_text(b, texts[i].at, row, texts[i].text, err);
    }
    return rc;
}

static void fill_numbers(table_builder *b, const venue_draft *v, size_t row)
{
    const struct {
        size_t at;
        double value;
    } numbers[] = {{AT_CAPACITY, v->capacity},
                   {AT_LON, v->lon},
                   {AT_LAT, v->lat},
                   {AT_X, v->x_m},
                   {AT_Y, v->y_m}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (isfinite(numbers[i].value)) {
            table_builder_f64(b, numbers[i].at, row, numbers[i].value);
        }
    }
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        table_builder_f64(b, AT_FUNCTIONS + f, row, v->function[f]);
    }
    if (v->in_scope < 2) {
        table_builder_u32(b, AT_IN_SCOPE, row, v->in_scope);
    }
    table_builder_u32(b, AT_OPEN, row, venue_is_open(v));
    table_builder_u32(b, AT_DECLARED, row, v->declared);
}

status venue_put_text(table_builder *b, size_t column_index, size_t row, const char *text,
                      error *err)
{
    return *text ? table_builder_text(b, column_index, row, text_slice_of(text, strlen(text)), err)
                 : STATUS_OK;
}

status venue_rows(table_builder *b, const venue_draft *all, size_t count, error *err)
{
    size_t first = 0;
    status rc = table_builder_rows(b, count, &first, err);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        uint32_t source = 0;
        const source_ref at = venue_source(&all[i]);
        if (at.file) {
            rc = table_builder_source(b, at.file, &source, err);
        }
        if (rc == STATUS_OK && at.file) {
            table_builder_from(b, i, source, at.line);
        }
    }
    return rc;
}

status venues_table(const territory *t, const venue_draft *all, size_t count, table **out,
                    error *err)
{
    table_builder *b = NULL;
    size_t index = 0;
    status rc = table_builder_new(&b, "venues", err);
    for (size_t c = 0; rc == STATUS_OK && c < AT_COUNT; c++) {
        rc = table_builder_column(b, &specs[c], &index, err);
    }
    for (size_t c = 0; rc == STATUS_OK && c < FACTS_COUNT; c++) {
        rc = table_builder_column(b, &venue_facts_columns[c], &index, err);
    }
    if (rc == STATUS_OK) {
        rc = venue_rows(b, all, count, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        rc = fill_texts(b, t, &all[i], i, err);
        fill_numbers(b, &all[i], i);
        if (rc == STATUS_OK) {
            rc = venue_facts_fill(b, AT_COUNT, i, &all[i].facts, err);
        }
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
    table_builder_free(b);
    return rc;
}
