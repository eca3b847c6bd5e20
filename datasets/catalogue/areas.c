#include "datasets/catalogue/areas.h"

#include <string.h>

#include "datasets/catalogue/messages.h"
#include "territory/codes.h"
#include "territory/support.h"

enum { FOLD_BYTES = 160, SIREN_DIGITS = 9, READINGS_MAX = 4, SUGGESTED_MAX = 160 };

#define TEXT(column_name, needed)                                                                  \
    {                                                                                              \
        .name = column_name, .unit = "", .type = COLUMN_TEXT, .required = needed                   \
    }
static const wanted_column wanted[] = {TEXT("departement", true), TEXT("name", true),
                                       TEXT("region", true), TEXT("region_name", true),
                                       TEXT("osm_area", true)};

/* --- the table --- */

static status fill_area(const table *t, size_t row, arena *memory, area *out, faults *list)
{
    static const char *const names[] = {"departement", "name", "region", "region_name", "osm_area"};
    const char **const into[] = {&out->departement, &out->name, &out->region, &out->region_name,
                                 &out->osm_area};
    status rc = STATUS_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        error err;
        const char *text = text_at(text_column(t, names[i]), row);
        *into[i] = arena_text(memory, text);
        if (!*into[i]) {
            return fault_of(memory_error(&err, strlen(text)), &err, list);
        }
        if (!*text && i < 4) {
            rc = faults_refuse(list, table_source(t, row), M_CATALOGUE_EMPTY, names[i]);
        }
    }
    const char *osm = out->osm_area;
    if (osm[strspn(osm, "abcdefghijklmnopqrstuvwxyz0123456789-")]) {
        rc = faults_refuse(list, table_source(t, row), M_CATALOGUE_OSM_AREA, osm);
    }
    return rc;
}

static status fill_areas(const table *t, areas *into, faults *list)
{
    area *at = NULL;
    status rc = take_array(into->memory, t->rows + 1, sizeof *at, &at, list);
    for (size_t i = 0; at && i < t->rows; i++) {
        const status one = fill_area(t, i, into->memory, &at[i], list);
        rc = rc == STATUS_OK ? one : rc;
    }
    into->at = at;
    into->count = t->rows;
    return rc;
}

status areas_read(const char *path, areas **out, faults *faults_list)
{
    error err;
    table *t = NULL;
    arena *memory = NULL;
    areas *made = NULL;
    code_index *once = NULL;
    *out = NULL;
    const read_options options = {
        .path = path, .columns = wanted, .column_count = sizeof wanted / sizeof *wanted};
    status rc = table_read(&options, &t, NULL, faults_list);
    if (rc == STATUS_OK) {
        rc = code_index_new(&once, t, "departement", faults_list);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(memory, 1, sizeof *made, &made, faults_list);
    }
    if (rc == STATUS_OK) {
        made->memory = memory;
        rc = fill_areas(t, made, faults_list);
    }
    code_index_free(once);
    table_free(t);
    if (rc == STATUS_OK) {
        *out = made;
    } else {
        arena_free(memory);
    }
    return rc;
}

void areas_free(areas *a)
{
    if (a) {
        arena_free(a->memory);
    }
}

/* --- what is typed --- */

static void fold(const char *text, char *buffer)
{
    buffer[0] = '\0';
    if (text_fold(text_slice_of(text, strlen(text)), buffer, FOLD_BYTES) >= FOLD_BYTES) {
        buffer[0] = '\0';
    }
}

static bool same_folded(const char *text, const char *folded)
{
    char own[FOLD_BYTES];
    fold(text, own);
    return *own && strcmp(own, folded) == 0;
}

static bool all_digits(const char *text, size_t count)
{
    return strlen(text) == count && strspn(text, "0123456789") == count;
}

/* One reading of a word. */
typedef struct reading {
    territory_level level;
    const char *code, *name;
} reading;

static size_t readings_of_areas(const areas *known, const char *typed, unsigned levels,
                                reading out[READINGS_MAX])
{
    char folded[FOLD_BYTES];
    size_t count = 0;
    fold(typed, folded);
    for (size_t i = 0; i < known->count && count < READINGS_MAX; i++) {
        const area *a = &known->at[i];
        if ((levels & TERRITORY_DEPARTEMENT) &&
            (strcmp(a->departement, typed) == 0 || same_folded(a->name, folded))) {
            out[count++] = (reading){TERRITORY_DEPARTEMENT, a->departement, a->name};
        }
    }
    for (size_t i = 0; i < known->count && count < READINGS_MAX; i++) {
        const area *a = &known->at[i];
        const bool first = i == 0 || strcmp(known->at[i - 1].region, a->region) != 0;
        bool seen = !first;
        for (size_t k = 0; k < count && !seen; k++) {
            seen = out[k].level == TERRITORY_REGION && strcmp(out[k].code, a->region) == 0;
        }
        if ((levels & TERRITORY_REGION) && !seen &&
            (strcmp(a->region, typed) == 0 || same_folded(a->region_name, folded))) {
            out[count++] = (reading){TERRITORY_REGION, a->region, a->region_name};
        }
    }
    return count;
}

static const char *level_word(territory_level level)
{
    switch (level) {
    case TERRITORY_COMMUNE:
        return "commune";
    case TERRITORY_EPCI:
        return "epci";
    case TERRITORY_DEPARTEMENT:
        return "departement";
    default:
        return "region";
    }
}

static status refuse_both(const char *typed, const reading *a, const reading *b, error *err)
{
    char shown[FOLD_BYTES];
    (void)text_escape(text_slice_of(typed, strnlen(typed, 60)), shown, sizeof shown);
    return error_set(err, STATUS_USAGE, M_TERRITORY_TWO_READINGS, shown, level_word(a->level),
                     a->code, a->name, level_word(b->level), b->code, b->name);
}

static bool area_is_in(const area *a, const territory_word *w)
{
    char own[DEPARTEMENT_CODE_BYTES];
    const bool overseas = strncmp(a->departement, "97", 2) == 0;
    switch (w->level) {
    case TERRITORY_FRANCE:
        return true;
    case TERRITORY_METROPOLE:
        return !overseas;
    case TERRITORY_REGION:
        return strcmp(a->region, w->code) == 0;
    case TERRITORY_DEPARTEMENT:
        return strcmp(a->departement, w->code) == 0;
    case TERRITORY_COMMUNE:
        departement_of_commune(w->code, own);
        return *w->code && strcmp(a->departement, own) == 0;
    default:
        return false;
    }
}

static bool in_already(const territory_word *w, const area *a)
{
    for (size_t i = 0; i < w->in_count; i++) {
        if (w->in[i] == a) {
            return true;
        }
    }
    return false;
}

static status settle(const areas *known, arena *memory, territory_word *w, error *err)
{
    const area **in = arena_take(memory, known->count + 1, sizeof *in);
    const bool whole = w->level == TERRITORY_FRANCE || w->level == TERRITORY_METROPOLE;
    w->keep = whole      ? w->level == TERRITORY_FRANCE ? "france" : "metropole"
              : *w->code ? arena_format(memory, "%s:%s", level_word(w->level), w->code)
                         : NULL;
    if (!in || (!whole && *w->code && !w->keep)) {
        return memory_error(err, known->count);
    }
    w->in = in;
    w->in_count = 0;
    for (size_t i = 0; i < known->count; i++) {
        if (area_is_in(&known->at[i], w)) {
            in[w->in_count++] = &known->at[i];
        }
    }
    return STATUS_OK;
}

/* "departement:Seine-et-Marne", "epci:200040251"... */
static status read_level(const areas *known, const char *typed, const char *colon,
                         territory_word *w, error *err)
{
    static const struct {
        const char *word;
        territory_level level;
    } levels[] = {{"departement", TERRITORY_DEPARTEMENT},
                  {"region", TERRITORY_REGION},
                  {"epci", TERRITORY_EPCI},
                  {"commune", TERRITORY_COMMUNE}};
    char word[40] = "";
    char folded[FOLD_BYTES];
    char shown[FOLD_BYTES];
    reading found[READINGS_MAX];
    const size_t size = (size_t)(colon - typed);
    const char *value = colon + 1;
    memcpy(word, typed, size < sizeof word ? size : sizeof word - 1);
    fold(word, folded);
    w->level = TERRITORY_UNKNOWN;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strcmp(levels[i].word, folded) == 0) {
            w->level = levels[i].level;
        }
    }
    (void)text_escape(text_slice_of(typed, strnlen(typed, 60)), shown, sizeof shown);
    if (w->level == TERRITORY_UNKNOWN || !*value) {
        return error_set(err, STATUS_USAGE, M_TERRITORY_FORM, shown);
    }
    w->name = value;
    if (w->level == TERRITORY_EPCI) {
        w->code = all_digits(value, SIREN_DIGITS) ? value : "";
        return STATUS_OK;
    }
    if (w->level == TERRITORY_COMMUNE) {
        const code_form form = commune_code_form(value);
        w->code = form == CODE_COMMUNE ? value : "";
        return form == CODE_ZERO_LOST
                   ? error_set(err, STATUS_USAGE, M_TERRITORY_ZERO_LOST, shown, value)
                   : STATUS_OK;
    }
    const size_t count = readings_of_areas(known, value, (unsigned)w->level, found);
    if (count == 0) {
        return territory_word_unknown(known, w, err);
    }
    w->code = found[0].code;
    w->name = found[0].name;
    return STATUS_OK;
}

/* "77", "Seine-et-Marne", "77288", "200040251", or a name to look for later. */
static status read_bare(const areas *known, const char *typed, territory_word *w, error *err)
{
    char folded[FOLD_BYTES];
    reading found[READINGS_MAX];
    fold(typed, folded);
    w->level = strcmp(folded, "france") == 0 ? TERRITORY_FRANCE
               : strcmp(folded, "metropole") == 0 || strcmp(folded, "france metropolitaine") == 0
                   ? TERRITORY_METROPOLE
                   : TERRITORY_UNKNOWN;
    if (w->level != TERRITORY_UNKNOWN) {
        w->name = w->level == TERRITORY_FRANCE ? "France" : "France métropolitaine";
        return STATUS_OK;
    }
    const size_t count =
        readings_of_areas(known, typed, TERRITORY_DEPARTEMENT | TERRITORY_REGION, found);
    if (count > 1) {
        return refuse_both(typed, &found[0], &found[1], err);
    }
    if (count == 1) {
        w->level = found[0].level;
        w->code = found[0].code;
        w->name = found[0].name;
    } else if (all_digits(typed, SIREN_DIGITS)) {
        w->level = TERRITORY_EPCI;
        w->code = typed;
    } else if (commune_code_form(typed) == CODE_COMMUNE) {
        w->level = TERRITORY_COMMUNE;
        w->code = typed;
    } else if (!*folded || typed[strspn(typed, "0123456789")] == '\0') {
        return territory_word_unknown(known, w, err);
    }
    return STATUS_OK;
}

status territory_word_read(const areas *known, const char *typed, arena *memory,
                           territory_word *out, error *err)
{
    const char *copy = arena_text(memory, typed);
    if (!copy) {
        return memory_error(err, strlen(typed));
    }
    *out = (territory_word){.code = "", .name = copy};
    const char *colon = strchr(copy, ':');
    status rc = colon ? read_level(known, copy, colon, out, err) : read_bare(known, copy, out, err);
    if (rc == STATUS_OK) {
        rc = settle(known, memory, out, err);
    }
    if (rc == STATUS_OK && out->level == TERRITORY_COMMUNE && *out->code && !out->in_count) {
        rc = territory_word_unknown(known, out, err); /* no such département */
    }
    return rc;
}

status territory_word_unknown(const areas *known, const territory_word *w, error *err)
{
    const char *names[2 * SUGGESTED_MAX];
    char shown[FOLD_BYTES];
    size_t count = 0;
    for (size_t i = 0; i < known->count && count + 2 <= 2 * SUGGESTED_MAX; i++) {
        names[count++] = known->at[i].name;
        names[count++] = known->at[i].region_name;
    }
    const char *near = text_suggest(w->name, names, count);
    (void)text_escape(text_slice_of(w->name, strnlen(w->name, 60)), shown, sizeof shown);
    return near ? error_set(err, STATUS_USAGE, M_TERRITORY_UNKNOWN_NEAR, shown, near)
                : error_set(err, STATUS_USAGE, M_TERRITORY_UNKNOWN, shown);
}

/* --- names and EPCI, found among communes --- */

typedef struct finder {
    const areas *known;
    const table *communes;
    arena *memory;
    territory_word *w;
    char folded[FOLD_BYTES];
    reading found[2];
    size_t count;
} finder;

static void found_add(finder *f, territory_level level, const char *code, const char *name)
{
    for (size_t i = 0; i < f->count; i++) {
        if (f->found[i].level == level && strcmp(f->found[i].code, code) == 0) {
            return;
        }
    }
    if (f->count < 2 && *code) {
        f->found[f->count++] = (reading){level, code, name};
    }
}

static void find_name(finder *f)
{
    const column *code = text_column(f->communes, "code");
    const column *name = text_column(f->communes, "name");
    const column *epci = text_column(f->communes, "epci");
    const column *epci_name = text_column(f->communes, "epci_name");
    const bool any = f->w->level == TERRITORY_UNKNOWN;
    for (size_t i = 0; code && i < f->communes->rows; i++) {
        if ((any || f->w->level == TERRITORY_COMMUNE) && same_folded(text_at(name, i), f->folded)) {
            found_add(f, TERRITORY_COMMUNE, column_text(code, i), text_at(name, i));
        }
        if ((any || f->w->level == TERRITORY_EPCI) &&
            same_folded(text_at(epci_name, i), f->folded)) {
            found_add(f, TERRITORY_EPCI, text_at(epci, i), text_at(epci_name, i));
        }
    }
}

static const area *area_of_commune(const areas *known, const char *code)
{
    char departement[DEPARTEMENT_CODE_BYTES];
    departement_of_commune(code, departement);
    for (size_t i = 0; i < known->count; i++) {
        if (strcmp(known->at[i].departement, departement) == 0) {
            return &known->at[i];
        }
    }
    return NULL;
}

/* The départements that its communes lie in. */
static void place_epci(const finder *f)
{
    const column *code = text_column(f->communes, "code");
    const column *epci = text_column(f->communes, "epci");
    for (size_t i = 0; code && epci && i < f->communes->rows; i++) {
        const area *a = strcmp(column_text(epci, i), f->w->code) == 0
                            ? area_of_commune(f->known, column_text(code, i))
                            : NULL;
        if (a && !in_already(f->w, a)) {
            f->w->in[f->w->in_count++] = a;
        }
    }
}

status territory_word_find(const areas *known, const table *communes, arena *memory,
                           territory_word *w, error *err)
{
    finder f = {.known = known, .communes = communes, .memory = memory, .w = w};
    fold(w->name, f.folded);
    if (!*w->code && !w->keep) {
        find_name(&f);
        if (f.count > 1) {
            return refuse_both(w->name, &f.found[0], &f.found[1], err);
        }
        if (f.count == 0) {
            return STATUS_OK;
        }
        w->level = f.found[0].level;
        w->code = arena_text(memory, f.found[0].code);
        w->name = arena_text(memory, f.found[0].name);
        if (!w->code || !w->name) {
            return memory_error(err, 64);
        }
    }
    const status rc = settle(known, memory, w, err);
    if (rc == STATUS_OK && w->level == TERRITORY_EPCI) {
        place_epci(&f);
    }
    return rc;
}

static bool any_area(const territory_word *w, bool overseas)
{
    for (size_t i = 0; i < w->in_count; i++) {
        if ((strncmp(w->in[i]->departement, "97", 2) == 0) == overseas) {
            return true;
        }
    }
    return false;
}

bool territory_word_overseas(const territory_word *w)
{
    return any_area(w, true);
}

bool territory_word_mainland(const territory_word *w)
{
    return any_area(w, false);
}
