/* Venues out of an OSM extract: nodes and ways that carry the tags of the taxonomy. */
#include <stdlib.h>
#include <string.h>

#include "datasets/hours/columns.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "territory/venues.h"

#define TEXT_COLUMN(canonical, ...)                                                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }

/* No contact tag (phone, email, website, contact:*) is asked of the reader. */
static const wanted_column columns[] = {
    {.name = "id", .aliases = ALIASES("@id"), .unit = "", .type = COLUMN_TEXT, .required = true},
    {.name = "rules",
     .aliases = ALIASES("@rules"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_COLUMN("name", "name"),
    TEXT_COLUMN("opening_hours", "opening_hours"),
    TEXT_COLUMN("wheelchair", "wheelchair"),
    TEXT_COLUMN("number", "addr:housenumber"),
    TEXT_COLUMN("street", "addr:street"),
    TEXT_COLUMN("postcode", "addr:postcode"),
    TEXT_COLUMN("city", "addr:city"),
    TEXT_COLUMN("siret", "ref:FR:SIRET"),
    TEXT_COLUMN("opened", "start_date"),
    TEXT_COLUMN("access", "access"),
    /* The point of the feature: no tag is called so. */
    {.name = "lon", .aliases = ALIASES("@lon"), .unit = "deg", .type = COLUMN_F64, .decimals = 7},
    {.name = "lat", .aliases = ALIASES("@lat"), .unit = "deg", .type = COLUMN_F64, .decimals = 7},
};

enum { FOLD_BYTES = 200 };

/* Which kind each rule belongs to: rules are numbered in the order of the taxonomy. */
typedef struct rule_kinds {
    const taxonomy *kinds;
    const kind **of;
    size_t count;
    arena *memory;
} rule_kinds;

static status number_rules(rule_kinds *r, faults *faults_list)
{
    size_t total = 0;
    for (size_t i = 0; i < r->kinds->count; i++) {
        for (const char *at = r->kinds->kinds[i].osm; *at;
             at += strcspn(at, "|"), at += *at == '|') {
            total++;
        }
    }
    const status rc = take_array(r->memory, total, sizeof *r->of, &r->of, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < r->kinds->count; i++) {
        const kind *k = &r->kinds->kinds[i];
        for (const char *at = k->osm; *at; at += strcspn(at, "|"), at += *at == '|') {
            r->of[r->count++] = k;
        }
    }
    return rc;
}

static bool name_holds(const kind *k, const char *name)
{
    char folded[FOLD_BYTES] = "";
    char word[FOLD_BYTES];
    (void)text_fold(text_slice_of(name, strnlen(name, FOLD_BYTES / 2)), folded, sizeof folded);
    for (const char *at = k->osm_name; *at;) {
        const size_t size = strcspn(at, "|");
        word[0] = '\0';
        (void)text_fold(text_slice_of(at, size), word, sizeof word);
        if (*word && strstr(folded, word)) {
            return true;
        }
        at += size + (at[size] == '|');
    }
    return false;
}

/* Of the kinds that the tags call for: the first whose words the name holds, else the first that
 * takes any name. NULL: none does. */
static const kind *kind_of(const rule_kinds *r, const char *rules, const char *name)
{
    const kind *named = NULL;
    const kind *any = NULL;
    while (*rules) {
        char *end = NULL;
        const size_t rule = strtoul(rules, &end, 10);
        const kind *k = rule < r->count ? r->of[rule] : NULL;
        if (k && !*k->osm_name && !any) {
            any = k;
        } else if (k && *k->osm_name && !named && name_holds(k, name)) {
            named = k;
        }
        rules = *end ? end + 1 : end;
    }
    return named ? named : any;
}

/* --- rows --- */

typedef struct features_made {
    const char **kind, **address;
    uint8_t *keep;
    size_t unnamed;
} features_made;

static status make_rows(const rule_kinds *r, const table *t, features_made *m, faults *faults_list)
{
    error err;
    for (size_t i = 0; i < t->rows; i++) {
        const char *name = text_at(text_column(t, "name"), i);
        const char *number = text_at(text_column(t, "number"), i);
        const char *street = text_at(text_column(t, "street"), i);
        const char *access = text_at(text_column(t, "access"), i);
        const kind *k = kind_of(r, text_at(text_column(t, "rules"), i), name);
        m->kind[i] = k ? k->code : "";
        m->address[i] =
            *number && *street ? arena_format(r->memory, "%s %s", number, street) : street;
        m->keep[i] = k && strcmp(access, "private") != 0 && strcmp(access, "no") != 0;
        m->unnamed += m->keep[i] && !*name;
        if (!m->address[i]) {
            return fault_of(memory_error(&err, 64), &err, faults_list);
        }
    }
    return STATUS_OK;
}

static status make_all(rule_kinds *r, const import_request *request, imported *in,
                       faults *faults_list)
{
    features_made m = {0};
    const size_t count = in->rows->rows;
    status rc = number_rules(r, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, count, sizeof *m.kind, &m.kind, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, count, sizeof *m.address, &m.address, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, count, sizeof *m.keep, &m.keep, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = make_rows(r, in->rows, &m, faults_list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    const made_column made[] = {{"kind", (const char *const *)m.kind},
                                {"address", (const char *const *)m.address}};
    rc = imported_replace(in, NULL, count, made, 2, faults_list);
    if (rc == STATUS_OK) {
        rc = imported_filter(in, m.keep, M_OSM_LEFT_OUT, faults_list);
    }
    if (m.unnamed) {
        faults_note(faults_list, source_at(request->path, 0, 0), M_OSM_UNNAMED,
                    SHOWN(shown((double)m.unnamed, 0)));
    }
    return rc;
}

static status describe(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    rule_kinds r = {.kinds = request->kinds};
    if (!r.kinds) {
        return faults_refuse(faults_list, request->where, M_OSM_NO_TAXONOMY);
    }
    status rc = fault_of(arena_new(&r.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = make_all(&r, request, in, faults_list);
    }
    arena_free(r.memory);
    return rc == STATUS_OK ? imported_hours(request, in, faults_list) : rc;
}

const importer importer_osm_venues = {
    .id = "osm-venues",
    .role = "venues",
    .title_fr = "Lieux d’OpenStreetMap",
    .title_en = "Venues of OpenStreetMap",
    .producer = "© les contributeurs d’OpenStreetMap",
    .licence = "ODbL 1.0 (openstreetmap.org/copyright)",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .osm = true,
    .finish = describe,
};
