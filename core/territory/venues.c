#include "territory/venues.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "geo/projection.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { WGS84 = 4326, CRS_COUNT = 16 };

const char *placement_name(placement p)
{
    static const char *const names[] = {"coordinates", "address", "postcode", "commune", "none"};
    return names[p];
}

typedef struct venues_work {
    const territory *t;
    const taxonomy *kinds;
    const venue_list *lists;
    size_t list_count;
    ledger *balance;
    faults *list;
    arena *memory; /* of the venues made */
    venue_draft *all;
    size_t count; /* drafts, list after list */
    venue_placer *placer;
} venues_work;

/* --- texts --- */

/* Control, zero-width and bidirectional characters are not part of a name: dropped (line breaks and
 * tabs become a blank). */
static size_t dropped_bytes(const unsigned char *at)
{
    if (at[0] < 0x20 || at[0] == 0x7f) {
        return 1;
    }
    if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0) {
        return 2; /* C1 */
    }
    if (at[0] == 0xd8 && at[1] == 0x9c) {
        return 2; /* U+061C */
    }
    if (at[0] == 0xe2 && at[1] == 0x80 &&
        ((at[2] >= 0x8b && at[2] <= 0x8f) || (at[2] >= 0xaa && at[2] <= 0xae))) {
        return 3; /* U+200B-200F, U+202A-202E */
    }
    if (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa0 && at[2] <= 0xaf) {
        return 3; /* U+2060-206F */
    }
    return at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf ? 3 : 0; /* U+FEFF */
}

static char *clean_text(arena *a, const char *text, bool *changed)
{
    const text_slice trimmed = text_trimmed(text);
    char *out = arena_text_n(a, trimmed.at, trimmed.size);
    size_t used = 0;
    for (size_t i = 0; out && i < trimmed.size;) {
        const size_t drop = dropped_bytes((const unsigned char *)out + i);
        const bool blank = drop == 1 && strchr("\n\r\t", out[i]);
        if (drop == 0) {
            out[used++] = out[i++];
            continue;
        }
        *changed = *changed || !blank;
        if (blank && used && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
        i += drop;
    }
    if (out) {
        out[used] = '\0';
    }
    return out;
}

status venue_text(arena *memory, const venue_draft *v, const char *name, const char **out,
                  faults *list)
{
    error err;
    bool changed = false;
    const char *text = text_at(text_column(v->list->rows->rows, name), v->row);
    char *clean = clean_text(memory, text, &changed);
    if (!clean) {
        return fault_of(memory_error(&err, strlen(text)), &err, list);
    }
    if (changed) {
        faults_warn(list, venue_source(v), M_VENUES_NAME_CHANGED, clean);
    }
    *out = clean;
    return STATUS_OK;
}

static status clean_column(venues_work *w, const venue_draft *v, const char *name, const char **out)
{
    return venue_text(w->memory, v, name, out, w->list);
}

/* --- identity --- */

/* The id of a row that has none: from what it says, not from where it stands. */
static uint64_t hash_row(const venue_draft *v)
{
    static const char *const names[] = {"name",    "kind",     "commune",
                                        "address", "postcode", "functions"};
    const table *t = v->list->rows->rows;
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *text = text_at(text_column(t, names[i]), v->row);
        hash = hash_bytes(text, strlen(text) + 1, hash);
    }
    const column *point[2] = {number_column_of(t, "lon"), number_column_of(t, "lat")};
    for (size_t i = 0; i < 2; i++) {
        char text[40] = "";
        if (point[i] && column_state(point[i], v->row) == VALUE_PRESENT) {
            (void)text_from_f64(point[i]->at.f64[v->row], text, sizeof text);
        }
        hash = hash_bytes(text, strlen(text) + 1, hash);
    }
    return hash;
}

static status identify(venues_work *w, venue_draft *v, size_t *made)
{
    error err;
    const char *own = NULL;
    status rc = clean_column(w, v, "id", &own);
    if (rc != STATUS_OK) {
        return rc;
    }
    if (*own) {
        v->id = arena_format(w->memory, "%s:%s", v->list->id, own);
    } else {
        v->id = arena_format(w->memory, "%s:%016llx", v->list->id, (unsigned long long)hash_row(v));
        (*made)++;
    }
    return v->id ? STATUS_OK : fault_of(memory_error(&err, 32), &err, w->list);
}

static status describe(venues_work *w, venue_draft *v)
{
    const table *t = v->list->rows->rows;
    const column *capacity = number_column_of(t, "capacity");
    status rc = clean_column(w, v, "name", &v->name);
    if (rc == STATUS_OK) {
        rc = clean_column(w, v, "legal_form", &v->legal_form);
    }
    if (rc == STATUS_OK) {
        rc = clean_column(w, v, "opened", &v->opened);
    }
    if (rc == STATUS_OK) {
        rc = venue_facts_read(v, w->memory, w->list);
    }
    v->capacity = capacity && column_state(capacity, v->row) == VALUE_PRESENT
                      ? capacity->at.f64[v->row]
                      : (double)NAN;
    return rc;
}

static status read_venue(venues_work *w, venue_draft *v, size_t *made_ids, size_t *no_kinds)
{
    bool no_kind = false;
    status rc = identify(w, v, made_ids);
    if (rc == STATUS_OK) {
        rc = describe(w, v);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    const status classed = venue_class(v, w->kinds, &no_kind, w->list);
    *no_kinds += no_kind;
    rc = venue_place(w->placer, v, w->list);
    return rc == STATUS_OK ? classed : rc;
}

/* --- lists --- */

static status refuse_repeated_lists(const venues_work *w)
{
    status rc = STATUS_OK;
    for (size_t i = 0; i < w->list_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(w->lists[i].id, w->lists[k].id) == 0) {
                rc = faults_refuse(w->list, w->lists[i].where, M_VENUES_LIST_TWICE, w->lists[i].id);
            }
        }
    }
    return rc;
}

static status account(const venues_work *w, const venue_list *list, const venue_draft *first)
{
    error err;
    size_t entry = 0;
    size_t outside = 0;
    const size_t rows = list->rows->rows->rows;
    const size_t read = rows + list->rows->left_out;
    for (size_t i = 0; i < rows; i++) {
        outside += first[i].outside;
    }
    status rc = ledger_open(w->balance, "venues", file_of(list->rows->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(w->balance, entry, read, (double)read);
        ledger_use(w->balance, entry, rows - outside, (double)(rows - outside));
    }
    if (rc == STATUS_OK && outside) {
        rc = ledger_ignore(w->balance, entry, outside, (double)outside, &err, M_TERRITORY_OUTSIDE);
    }
    if (rc == STATUS_OK && list->rows->left_out) {
        rc = ledger_ignore(w->balance, entry, list->rows->left_out, (double)list->rows->left_out,
                           &err, list->rows->left_out_fr, list->rows->left_out_en);
    }
    return fault_of(rc, &err, w->list);
}

static status read_list(venues_work *w, const venue_list *list)
{
    size_t made_ids = 0;
    size_t no_kinds = 0;
    venue_draft *first = w->all + w->count;
    status rc = venue_placer_list(w->placer, list, w->list);
    for (size_t row = 0; rc != STATUS_ENVIRONMENT && row < list->rows->rows->rows; row++) {
        venue_draft *v = &w->all[w->count++];
        *v = (venue_draft){.list = list, .row = row};
        const status one = read_venue(w, v, &made_ids, &no_kinds);
        rc = rc == STATUS_OK ? one : rc;
    }
    const source_ref file = source_at(file_of(list->rows->rows), 0, 0);
    if (made_ids) {
        faults_warn(w->list, file, M_VENUES_ID_MADE, SHOWN(shown((double)made_ids, 0)), list->id);
    }
    if (no_kinds) {
        faults_warn(w->list, file, M_VENUES_KIND_NONE, SHOWN(shown((double)no_kinds, 0)), list->id);
    }
    return rc == STATUS_OK ? account(w, list, first) : rc;
}

static int compare_venues(const void *a, const void *b)
{
    const venue_draft *x = a;
    const venue_draft *y = b;
    const int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static status refuse_repeated_ids(const venues_work *w)
{
    status rc = STATUS_OK;
    for (size_t i = 1; i < w->count; i++) {
        const venue_draft *a = &w->all[i - 1];
        const venue_draft *b = &w->all[i];
        if (strcmp(a->id, b->id) == 0) {
            rc = faults_refuse(w->list, venue_source(b), M_VENUES_ID_TWICE, b->id, b->list->id,
                               (unsigned long long)venue_source(a).line,
                               (unsigned long long)venue_source(b).line);
        }
    }
    return rc;
}

static void drop_outside(venues_work *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        if (!w->all[i].outside) {
            w->all[kept++] = w->all[i];
        }
    }
    w->count = kept;
}

/* --- projected coordinates --- */

static int32_t crs_of(const territory *t, const venue_draft *v)
{
    if (!isfinite(v->lon) || v->place == PLACE_NONE) {
        return WGS84;
    }
    if (t->epsg != WGS84) {
        return t->epsg;
    }
    const column *departement = text_column(t->places, "departement");
    const int32_t epsg = projection_of_departement(text_at(departement, v->place));
    return epsg ? epsg : WGS84;
}

static status project_venue(const territory *t, venue_draft *v, projection **open, int32_t *epsgs,
                            error *err)
{
    size_t k = 0;
    const int32_t epsg = crs_of(t, v);
    v->x_m = v->y_m = (double)NAN;
    if (epsg == WGS84) {
        return STATUS_OK;
    }
    while (k < CRS_COUNT - 1 && epsgs[k] && epsgs[k] != epsg) {
        k++;
    }
    if (!epsgs[k]) {
        const status rc = projection_new(&open[k], WGS84, epsg, err);
        if (rc != STATUS_OK) {
            return rc;
        }
        epsgs[k] = epsg;
    }
    v->x_m = v->lon;
    v->y_m = v->lat;
    return projection_apply(open[k], &v->x_m, &v->y_m, 1, NULL, err);
}

static status project_all(const venues_work *w)
{
    error err;
    projection *open[CRS_COUNT] = {NULL};
    int32_t epsgs[CRS_COUNT] = {0};
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < w->count; i++) {
        rc = project_venue(w->t, &w->all[i], open, epsgs, &err);
    }
    for (size_t k = 0; k < CRS_COUNT; k++) {
        projection_free(open[k]);
    }
    return fault_of(rc, &err, w->list);
}

/* --- the table --- */

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
};

static bool is_open(const venue_draft *v)
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
    };
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof texts / sizeof texts[0]; i++) {
        if (*texts[i].text) {
            rc = table_builder_text(b, texts[i].at, row,
                                    text_slice_of(texts[i].text, strlen(texts[i].text)), err);
        }
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
    table_builder_u32(b, AT_OPEN, row, is_open(v));
    table_builder_u32(b, AT_DECLARED, row, v->declared);
}

static status fill_rows(const venues_work *w, table_builder *b, error *err)
{
    size_t first = 0;
    status rc = table_builder_rows(b, w->count, &first, err);
    for (size_t i = 0; rc == STATUS_OK && i < w->count; i++) {
        uint32_t source = 0;
        const source_ref at = venue_source(&w->all[i]);
        rc = fill_texts(b, w->t, &w->all[i], i, err);
        fill_numbers(b, &w->all[i], i);
        if (rc == STATUS_OK) {
            rc = venue_facts_fill(b, AT_COUNT, i, &w->all[i].facts, err);
        }
        if (rc == STATUS_OK && at.file) {
            rc = table_builder_source(b, at.file, &source, err);
        }
        if (rc == STATUS_OK && at.file) {
            table_builder_from(b, i, source, at.line);
        }
    }
    return rc;
}

static status build_table(const venues_work *w, table **out, error *err)
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
        rc = fill_rows(w, b, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
    table_builder_free(b);
    return rc;
}

typedef struct venue_arrays {
    const char **id, **name;
    double *lon, *lat, *x_m, *y_m;
    uint32_t *place;
    uint8_t *open, *in_scope;
    double (*function)[FUNCTION_COUNT];
} venue_arrays;

static status take_arrays(const venues_work *w, venue_arrays *a)
{
    const struct {
        void *out;
        size_t size;
    } arrays[] = {
        {&a->id, sizeof *a->id},
        {&a->name, sizeof *a->name},
        {&a->lon, sizeof *a->lon},
        {&a->lat, sizeof *a->lat},
        {&a->x_m, sizeof *a->x_m},
        {&a->y_m, sizeof *a->y_m},
        {&a->place, sizeof *a->place},
        {&a->open, sizeof *a->open},
        {&a->in_scope, sizeof *a->in_scope},
        {&a->function, sizeof *a->function},
    };
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof arrays / sizeof arrays[0]; i++) {
        rc = take_array(w->memory, w->count, arrays[i].size, arrays[i].out, w->list);
    }
    return rc;
}

static status fill_venues(const venues_work *w, venues *out)
{
    venue_arrays a = {0};
    const status rc = take_arrays(w, &a);
    for (size_t i = 0; rc == STATUS_OK && i < w->count; i++) {
        const venue_draft *v = &w->all[i];
        a.id[i] = column_text(&out->rows->columns[AT_ID], i);
        a.name[i] = column_text(&out->rows->columns[AT_NAME], i);
        a.lon[i] = v->lon;
        a.lat[i] = v->lat;
        a.x_m[i] = v->x_m;
        a.y_m[i] = v->y_m;
        a.place[i] = v->place;
        a.open[i] = is_open(v);
        a.in_scope[i] = v->in_scope == 1;
        memcpy(a.function[i], v->function, sizeof v->function);
    }
    out->count = w->count;
    out->id = (const char *const *)a.id;
    out->name = (const char *const *)a.name;
    out->lon = a.lon;
    out->lat = a.lat;
    out->x_m = a.x_m;
    out->y_m = a.y_m;
    out->place = a.place;
    out->open = a.open;
    out->in_scope = a.in_scope;
    out->function = (const double(*)[FUNCTION_COUNT])a.function;
    return rc;
}

static status read_all(venues_work *w)
{
    size_t total = 0;
    status rc = refuse_repeated_lists(w);
    for (size_t i = 0; i < w->list_count; i++) {
        total += w->lists[i].rows->rows->rows;
    }
    w->all = memory_new(total, sizeof *w->all);
    if (!w->all) {
        error err;
        return fault_of(memory_error(&err, total * sizeof *w->all), &err, w->list);
    }
    if (rc == STATUS_OK) {
        rc = venue_placer_new(&w->placer, w->t, w->list);
    }
    for (size_t i = 0; w->placer && rc != STATUS_ENVIRONMENT && i < w->list_count; i++) {
        const status one = read_list(w, &w->lists[i]);
        rc = rc == STATUS_OK ? one : rc;
    }
    if (rc == STATUS_OK) {
        qsort(w->all, w->count, sizeof *w->all, compare_venues);
        rc = refuse_repeated_ids(w);
    }
    if (rc == STATUS_OK) {
        drop_outside(w);
        rc = project_all(w);
    }
    return rc;
}

static status venues_new(venues **out, error *err)
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

status venues_place(const territory *t, const taxonomy *kinds, const venue_list *lists,
                    size_t list_count, ledger *balance, venues **out, faults *faults_list)
{
    error err;
    table *rows = NULL;
    venues *made = NULL;
    venues_work w = {.t = t,
                     .kinds = kinds,
                     .lists = lists,
                     .list_count = list_count,
                     .balance = balance,
                     .list = faults_list};
    *out = NULL;
    status rc = fault_of(venues_new(&made, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        w.memory = made->memory;
        rc = read_all(&w);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(build_table(&w, &rows, &err), &err, faults_list);
        if (rc == STATUS_OK) {
            made->rows = rows;
            rc = fill_venues(&w, made);
        }
    }
    venue_placer_free(w.placer);
    memory_free(w.all);
    if (rc != STATUS_OK) {
        venues_free(made);
        return rc;
    }
    *out = made;
    return STATUS_OK;
}

void venues_free(venues *v)
{
    if (v) {
        table_free((table *)(uintptr_t)v->rows);
        arena_free(v->memory);
    }
}
