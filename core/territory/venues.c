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
    const venues_inputs *in;
    ledger *balance;
    faults *list;
    arena *memory; /* of the venues made */
    venue_draft *all;
    size_t count; /* drafts, list after list */
    venue_placer *placer;
    addresses *addresses;
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

/* 14 digits, whatever blanks are between them; else none. */
static status identify_firm(venues_work *w, venue_draft *v)
{
    error err;
    char digits[15] = "";
    size_t count = 0;
    const char *text = text_at(text_column(v->list->rows->rows, "siret"), v->row);
    for (; *text && count < sizeof digits; text++) {
        if (*text >= '0' && *text <= '9') {
            digits[count] = *text;
            count++;
        } else if (*text != ' ') {
            count = sizeof digits;
        }
    }
    digits[count < sizeof digits ? count : 0] = '\0';
    v->siret = count == 14 ? arena_text(w->memory, digits) : "";
    v->sources = v->id;
    return v->siret ? STATUS_OK : fault_of(memory_error(&err, sizeof digits), &err, w->list);
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
        rc = identify_firm(w, v);
    }
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
    for (size_t i = 0; i < w->in->list_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(w->in->lists[i].id, w->in->lists[k].id) == 0) {
                rc = faults_refuse(w->list, w->in->lists[i].where, M_VENUES_LIST_TWICE,
                                   w->in->lists[i].id);
            }
        }
    }
    return rc;
}

static status account(const venues_work *w, const venue_list *list)
{
    error err;
    size_t entry = 0;
    size_t outside = 0;
    size_t duplicates = 0;
    const size_t rows = list->rows->rows->rows;
    const size_t read = rows + list->rows->left_out;
    for (size_t i = 0; i < w->count; i++) {
        outside += w->all[i].list == list && w->all[i].outside;
        duplicates += w->all[i].list == list && w->all[i].duplicate;
    }
    const size_t used = rows - outside - duplicates;
    status rc = ledger_open(w->balance, "venues", file_of(list->rows->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(w->balance, entry, read, (double)read);
        ledger_use(w->balance, entry, used, (double)used);
    }
    if (rc == STATUS_OK && outside) {
        rc = ledger_ignore(w->balance, entry, outside, (double)outside, &err, M_TERRITORY_OUTSIDE);
    }
    if (rc == STATUS_OK && duplicates) {
        rc = ledger_ignore(w->balance, entry, duplicates, (double)duplicates, &err,
                           M_VENUES_DUPLICATES);
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
    status rc = venue_placer_list(w->placer, list, w->addresses, w->list);
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
    return rc;
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

static void drop_ignored(venues_work *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        if (!w->all[i].outside && !w->all[i].duplicate) {
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

/* --- the arrays --- */

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
    const column *id = text_column(out->rows, "id");
    const column *name = text_column(out->rows, "name");
    const status rc = take_arrays(w, &a);
    for (size_t i = 0; rc == STATUS_OK && i < w->count; i++) {
        const venue_draft *v = &w->all[i];
        a.id[i] = column_text(id, i);
        a.name[i] = column_text(name, i);
        a.lon[i] = v->lon;
        a.lat[i] = v->lat;
        a.x_m[i] = v->x_m;
        a.y_m[i] = v->y_m;
        a.place[i] = v->place;
        a.open[i] = venue_is_open(v);
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
    for (size_t i = 0; i < w->in->list_count; i++) {
        total += w->in->lists[i].rows->rows->rows;
    }
    w->all = memory_new(total, sizeof *w->all);
    if (!w->all) {
        error err;
        return fault_of(memory_error(&err, total * sizeof *w->all), &err, w->list);
    }
    if (rc == STATUS_OK) {
        rc = venue_placer_new(&w->placer, w->t, w->list);
    }
    for (size_t i = 0; w->placer && rc != STATUS_ENVIRONMENT && i < w->in->list_count; i++) {
        const status one = read_list(w, &w->in->lists[i]);
        rc = rc == STATUS_OK ? one : rc;
    }
    if (rc == STATUS_OK) {
        qsort(w->all, w->count, sizeof *w->all, compare_venues);
        rc = refuse_repeated_ids(w);
    }
    return rc;
}

/* What shows among venues, and what is left of them. */
static status judge_all(venues_work *w)
{
    status rc = venues_doubt(w->placer, w->all, w->count, w->in, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < w->in->list_count; i++) {
        rc = account(w, &w->in->lists[i]);
    }
    if (rc == STATUS_OK) {
        venues_tell(w->placer, w->all, w->count, w->in, w->list);
        drop_ignored(w);
        rc = project_all(w);
    }
    return rc;
}

static status build_tables(const venues_work *w, venues *made)
{
    error err;
    table *rows = NULL;
    table *placements = NULL;
    status rc = venues_table(w->t, w->all, w->count, &rows, &err);
    made->rows = rows;
    if (rc == STATUS_OK) {
        rc = placements_table(w->t, w->all, w->count, &placements, &err);
        made->placements = placements;
    }
    return rc == STATUS_OK ? fill_venues(w, made) : fault_of(rc, &err, w->list);
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

status venues_place(const territory *t, const taxonomy *kinds, const venues_inputs *in,
                    ledger *balance, venues **out, faults *faults_list)
{
    error err;
    venues *made = NULL;
    venues_work w = {.t = t, .kinds = kinds, .in = in, .balance = balance, .list = faults_list};
    *out = NULL;
    status rc = fault_of(venues_new(&made, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        w.memory = made->memory;
        rc = addresses_build(in->addresses, in->address_count, &w.addresses, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = read_all(&w);
    }
    if (rc == STATUS_OK) {
        rc = judge_all(&w);
    }
    if (rc == STATUS_OK) {
        rc = build_tables(&w, made);
    }
    venue_placer_free(w.placer);
    addresses_free(w.addresses);
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
        table_free((table *)(uintptr_t)v->placements);
        arena_free(v->memory);
    }
}
