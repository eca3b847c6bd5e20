/* A small territory of four squares and lists of venues placed in it. */
#ifndef TEST_TERRITORY_PLACING_H
#define TEST_TERRITORY_PLACING_H

#include "files.h"

enum { LISTS_MOST = 3, ADDRESS_FILES_MOST = 2 };

/* Squares of 0.1 degree: 77001 (2.5), 77002 (2.6), 77003 (2.7) at 48.5 north; 29001 in Brittany, to
 * the west of Greenwich. */
#define SQUARE(code, name, x0, y0, x1, y1)                                                         \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\",\"nom\":\"" name                  \
    "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" x0 "," y0 "],[" x1 "," y0         \
    "],[" x1 "," y1 "],[" x0 "," y1 "],[" x0 "," y0 "]]]}}"
static const char four_squares[] = "{\"type\":\"FeatureCollection\",\"features\":[" SQUARE(
    "77001", "Achères", "2.5", "48.5", "2.6",
    "48.6") "," SQUARE("77002", "Barbizon", "2.6", "48.5", "2.7",
                       "48.6") "," SQUARE("77003", "Chailly", "2.7", "48.5", "2.8",
                                          "48.6") "," SQUARE("29001", "Plouzané", "-4.7", "48.3",
                                                             "-4.6", "48.4") "]}";

typedef struct placing {
    const char *lists[LISTS_MOST]; /* CSV */
    const char *names[LISTS_MOST]; /* of the lists; NULL: "a", "b", "c" */
    const char *kinds[LISTS_MOST]; /* NULL: ART.FABLAB */
    const char *official;          /* COG; NULL */
    const char *addresses[ADDRESS_FILES_MOST];
    const char *communes; /* NULL: the four squares */
    duplicate_rule duplicates;
} placing;

typedef struct placed {
    imported communes, official, rows[LISTS_MOST], addresses[ADDRESS_FILES_MOST];
    territory *t;
    taxonomy *kinds;
    venues *made;
    status rc;
} placed;

static inline placed place(fixture *f, const placing *p)
{
    static const char *const usual[] = {"a", "b", "c"};
    placed out = {0};
    venue_list lists[LISTS_MOST] = {{0}};
    const imported *addresses[ADDRESS_FILES_MOST] = {NULL};
    venues_inputs in = {.lists = lists, .addresses = addresses, .duplicates = p->duplicates};
    out.communes = p->communes ? import_good(f, "communes", "communes.csv", p->communes)
                               : import_good(f, "communes", "communes.geojson", four_squares);
    const territory_inputs places = {.communes = &out.communes};
    out.t = build(f, &places);
    assert_int_equal(taxonomy_read(TAXONOMY, &out.kinds, f->list), STATUS_OK);
    if (p->official) {
        out.official = import_good(f, "names", "cog.csv", p->official);
        in.names = &out.official;
    }
    for (size_t i = 0; i < ADDRESS_FILES_MOST && p->addresses[i]; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "ban-%zu.csv", i);
        out.addresses[i] = import_good(f, "addresses", name, p->addresses[i]);
        addresses[in.address_count++] = &out.addresses[i];
    }
    for (size_t i = 0; i < LISTS_MOST && p->lists[i]; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%s.csv", p->names[i] ? p->names[i] : usual[i]);
        out.rows[i] = import_good(f, "venues", name, p->lists[i]);
        lists[i] = (venue_list){.id = p->names[i] ? p->names[i] : usual[i],
                                .rows = &out.rows[i],
                                .kind = p->kinds[i] ? p->kinds[i] : "ART.FABLAB",
                                .by_address = in.address_count > 0};
        in.list_count++;
    }
    out.rc = venues_place(out.t, out.kinds, &in, f->balance, &out.made, f->list);
    if (out.rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(out.rc, STATUS_OK);
    return out;
}

static inline void placed_free(placed *p)
{
    venues_free(p->made);
    taxonomy_free(p->kinds);
    territory_free(p->t);
    imported_clear(&p->communes);
    imported_clear(&p->official);
    for (size_t i = 0; i < LISTS_MOST; i++) {
        imported_clear(&p->rows[i]);
    }
    for (size_t i = 0; i < ADDRESS_FILES_MOST; i++) {
        imported_clear(&p->addresses[i]);
    }
}

static inline size_t row_of(const placed *p, const char *id)
{
    for (size_t i = 0; i < p->made->count; i++) {
        if (strcmp(p->made->id[i], id) == 0) {
            return i;
        }
    }
    fail_msg("no venue %s", id);
    return 0;
}

/* A text of the ledger of placements, of one venue. */
static inline const char *ledger_text(const placed *p, const char *id, const char *name)
{
    return text_of(p->made->placements, name, row_of(p, id));
}

#define assert_placed(p, id, how, sure, changes)                                                   \
    do {                                                                                           \
        assert_string_equal(ledger_text(p, id, "placement"), how);                                 \
        assert_string_equal(ledger_text(p, id, "quality"), sure);                                  \
        assert_string_equal(ledger_text(p, id, "effect"), changes);                                \
    } while (0)

#define assert_doubt(p, id, words) assert_non_null(strstr(ledger_text(p, id, "doubts_en"), words))

#endif
