#include "geo/layer_sheet.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { HEADER_WITHIN_ROWS = 60 }; /* official files have at most about ten lines above the header */

void sheet_shape_clear(sheet_shape *s)
{
    memory_free(s->used);
    s->used = NULL;
}

static const char *cell_text(OGRFeatureH row, int column)
{
    return OGR_F_IsFieldSetAndNotNull(row, column) ? OGR_F_GetFieldAsString(row, column) : "";
}

static int used_columns(const sheet_shape *s)
{
    int used = 0;
    for (int i = 0; i < s->column_count; i++)
        used += s->used[i];
    return used;
}

static void note_used(sheet_shape *s, OGRLayerH sheet)
{
    OGRFeatureH row;
    OGR_L_ResetReading(sheet);
    while ((row = OGR_L_GetNextFeature(sheet))) {
        for (int i = 0; i < s->column_count; i++)
            s->used[i] |= cell_text(row, i)[0] != 0;
        OGR_F_Destroy(row);
    }
}

/* A year may head a column; another number is data. */
static bool is_data_number(const char *text)
{
    double value;
    text_slice slice = text_slice_of(text, strlen(text));
    bool number = text_to_f64(slice, '.', &value) || text_to_f64(slice, ',', &value);
    bool year = slice.size == 4 && (text[0] == '1' || text[0] == '2');
    return number && !year;
}

static int words_in(const sheet_shape *s, OGRFeatureH row)
{
    int words = 0;
    for (int i = 0; i < s->column_count; i++)
        words += cell_text(row, i)[0] && !is_data_number(cell_text(row, i));
    return words;
}

/* Every used column is filled, no two alike, none with a number other than a year. */
static bool is_header(const sheet_shape *s, OGRFeatureH row)
{
    for (int i = 0; i < s->column_count; i++) {
        const char *text = cell_text(row, i);
        if (!s->used[i])
            continue;
        if (!text[0] || is_data_number(text))
            return false;
        for (int k = 0; k < i; k++)
            if (s->used[k] && !strcmp(cell_text(row, k), text))
                return false;
    }
    return true;
}

/* CODGEO, NATURE_EPCI, P21_POP: capitals, digits and underscores, a capital first. */
static bool is_identifier(const char *text)
{
    if (text[0] < 'A' || text[0] > 'Z')
        return false;
    for (; *text; text++)
        if (!(*text >= 'A' && *text <= 'Z') && !(*text >= '0' && *text <= '9') && *text != '_')
            return false;
    return true;
}

/* One that INSEE and its users put above codes; data in capitals (FAB, MELUN) have none of them. */
static bool is_code_column(const char *text)
{
    static const char *const known[] = {"COM", "DEP",  "REG",  "ARR",
                                        "ARM", "EPCI", "IRIS", "LIBGEO"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!strcmp(text, known[i]))
            return true;
    return !strncmp(text, "COD", 3);
}

static bool has_identifiers_only(const sheet_shape *s, OGRFeatureH row)
{
    bool code = false;
    for (int i = 0; i < s->column_count; i++) {
        if (s->used[i] && !is_identifier(cell_text(row, i)))
            return false;
        code |= s->used[i] && is_code_column(cell_text(row, i));
    }
    return code;
}

typedef struct header_search {
    uint64_t labels; /* the first row that can be a header */
    uint64_t
        identifiers;  /* the row below it, when it holds INSEE identifiers and the first does not */
    uint64_t fullest; /* else the first row with the most words */
    int most;
} header_search;

static void consider(header_search *h, const sheet_shape *s, OGRFeatureH row)
{
    uint64_t number = (uint64_t)OGR_F_GetFID(row);
    int words = words_in(s, row);
    if (words > h->most) {
        h->most = words;
        h->fullest = number;
    }
    if (!is_header(s, row))
        return;
    if (h->labels == 0)
        h->labels = number;
    if (h->labels == number && has_identifiers_only(s, row))
        h->identifiers = number;
    if (h->labels + 1 == number && !h->identifiers && has_identifiers_only(s, row))
        h->identifiers = number;
}

static uint64_t detect(const sheet_shape *s, OGRLayerH sheet)
{
    header_search h = {.most = 0};
    OGRFeatureH row;
    OGR_L_ResetReading(sheet);
    for (int i = 0; i < HEADER_WITHIN_ROWS && (row = OGR_L_GetNextFeature(sheet)); i++) {
        consider(&h, s, row);
        OGR_F_Destroy(row);
    }
    return h.identifiers ? h.identifiers : h.labels ? h.labels : h.fullest;
}

status sheet_shape_find(sheet_shape *out, OGRLayerH sheet, uint64_t wanted_row, error *err)
{
    *out = (sheet_shape){.column_count = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(sheet))};
    out->used = memory_new((size_t)out->column_count, 1);
    if (!out->used)
        return memory_error(err, (size_t)out->column_count);
    note_used(out, sheet);
    if (used_columns(out) > 0)
        out->header_row = wanted_row ? wanted_row : detect(out, sheet);
    OGR_L_ResetReading(sheet);
    return STATUS_OK;
}
