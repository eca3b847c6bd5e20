#include <string.h>

#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venues.h"

#define TEXT(column_name, needed)                                                                  \
    {                                                                                              \
        .name = column_name, .unit = "", .type = COLUMN_TEXT, .required = needed                   \
    }
#define WEIGHT(column_name)                                                                        \
    {                                                                                              \
        .name = column_name, .unit = "1", .type = COLUMN_F64, .decimals = -1, .required = true,    \
        .lowest = 0, .highest = 1                                                                  \
    }

static const wanted_column wanted[] = {
    TEXT("code", true),
    TEXT("family", true),
    TEXT("label_fr", true),
    TEXT("gloss_en", true),
    TEXT("in_scope", true),
    TEXT("ftl_family", false),
    TEXT("osm", false),
    TEXT("osm_name", false),
    WEIGHT("a"),
    WEIGHT("b"),
    WEIGHT("c"),
    WEIGHT("d"),
    WEIGHT("e"),
    WEIGHT("f"),
    WEIGHT("g"),
    WEIGHT("h"),
};

static bool is_weight(double w)
{
    return w <= 0 || (w >= 0.5 && w <= 0.5) || w >= 1;
}

static uint32_t scope_of(const char *text)
{
    if (strcmp(text, "tiers_lieu") == 0) {
        return 1;
    }
    return strcmp(text, "autre_lieu") == 0 ? 0 : 2;
}

static status read_weights(const table *t, size_t row, kind *out, faults *list)
{
    status rc = STATUS_OK;
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        const char name[] = {(char)('a' + f), '\0'};
        const column *c = number_column_of(t, name);
        out->function[f] = column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : 0;
        if (!is_weight(out->function[f])) {
            char text[32];
            (void)text_from_f64(out->function[f], text, sizeof text);
            rc = faults_refuse(list, table_source(t, row), M_VENUES_TAXONOMY_WEIGHT, text);
        }
    }
    return rc;
}

static status fill_kinds(const table *t, taxonomy *into, kind *kinds, faults *list)
{
    error err;
    status rc = STATUS_OK;
    for (size_t i = 0; i < t->rows; i++) {
        kinds[i].code = arena_text(into->memory, text_at(text_column(t, "code"), i));
        kinds[i].family = arena_text(into->memory, text_at(text_column(t, "family"), i));
        kinds[i].label_fr = arena_text(into->memory, text_at(text_column(t, "label_fr"), i));
        kinds[i].label_en = arena_text(into->memory, text_at(text_column(t, "gloss_en"), i));
        kinds[i].ftl_family = arena_text(into->memory, text_at(text_column(t, "ftl_family"), i));
        kinds[i].in_scope = scope_of(text_at(text_column(t, "in_scope"), i));
        kinds[i].osm = arena_text(into->memory, text_at(text_column(t, "osm"), i));
        kinds[i].osm_name = arena_text(into->memory, text_at(text_column(t, "osm_name"), i));
        if (!kinds[i].osm || !kinds[i].osm_name || !kinds[i].code || !kinds[i].family ||
            !kinds[i].label_fr || !kinds[i].label_en || !kinds[i].ftl_family) {
            return fault_of(memory_error(&err, 64), &err, list);
        }
        const status one = read_weights(t, i, &kinds[i], list);
        rc = rc == STATUS_OK ? one : rc;
    }
    into->kinds = kinds;
    into->count = t->rows;
    return rc;
}

static status taxonomy_new(taxonomy **out, error *err)
{
    arena *memory = NULL;
    const status rc = arena_new(&memory, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    *out = arena_take(memory, 1, sizeof **out);
    if (!*out) {
        arena_free(memory);
        return memory_error(err, sizeof **out);
    }
    (*out)->memory = memory;
    return STATUS_OK;
}

status taxonomy_read(const char *path, taxonomy **out, faults *faults_list)
{
    error err;
    table *t = NULL;
    kind *kinds = NULL;
    taxonomy *made = NULL;
    code_index *index = NULL;
    *out = NULL;
    const read_options options = {
        .path = path, .columns = wanted, .column_count = sizeof wanted / sizeof wanted[0]};
    status rc = table_read(&options, &t, NULL, faults_list);
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, t, "code", faults_list); /* refuses a repeated code */
    }
    if (rc == STATUS_OK) {
        rc = fault_of(taxonomy_new(&made, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(made->memory, t->rows, sizeof *kinds, &kinds, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = fill_kinds(t, made, kinds, faults_list);
    }
    code_index_free(index);
    table_free(t);
    if (rc != STATUS_OK) {
        taxonomy_free(made);
        return rc;
    }
    *out = made;
    return STATUS_OK;
}

void taxonomy_free(taxonomy *t)
{
    if (t) {
        arena_free(t->memory);
    }
}

const kind *taxonomy_find(const taxonomy *t, const char *code)
{
    for (size_t i = 0; i < t->count; i++) {
        if (strcmp(t->kinds[i].code, code) == 0) {
            return &t->kinds[i];
        }
    }
    return NULL;
}

const char *function_title(size_t f, language lang)
{
    const char *const titles[FUNCTION_COUNT] = {tr(lang, M_FUNCTION_A), tr(lang, M_FUNCTION_B),
                                                tr(lang, M_FUNCTION_C), tr(lang, M_FUNCTION_D),
                                                tr(lang, M_FUNCTION_E), tr(lang, M_FUNCTION_F),
                                                tr(lang, M_FUNCTION_G), tr(lang, M_FUNCTION_H)};
    return f < FUNCTION_COUNT ? titles[f] : "";
}
