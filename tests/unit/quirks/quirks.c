#include "quirks.h"

void refuses(fixture *f, const char *role, const char *name, const char *text, const char *sentence)
{
    imported out;
    assert_int_equal(import_text(f, role, NULL, name, text, NULL, 0, &out), STATUS_INPUT);
    assert_null(out.rows);
    (void)told(f, sentence);
}

const fault *told(const fixture *f, const char *sentence)
{
    for (size_t i = 0; i < faults_count(f->list); i++) {
        if (strstr(faults_at(f->list, i)->en, sentence)) {
            return faults_at(f->list, i);
        }
    }
    print_faults(f->list);
    fail_msg("not told: %s", sentence);
    return NULL;
}

value_state state_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_state(c, row);
}

size_t row_of(const table *t, const char *name, const char *text)
{
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(text_of(t, name, row), text) == 0) {
            return row;
        }
    }
    fail_msg("no %s %s", name, text);
    return 0;
}

placing place_venues(fixture *f, const char *communes, const char *name, const char *text,
                     const char *postcodes)
{
    static const char two[] = "code,nom,lon,lat\n77001,Achères,2.5,48.5\n77002,Barbizon,2.6,48.5\n";
    placing p = {.communes = import_good(f, "communes", communes ? "c.geojson" : "c.csv",
                                         communes ? communes : two)};
    if (communes && communes[0] != '{') {
        fail_msg("communes are GeoJSON here");
    }
    p.rows = import_good(f, "venues", name, text);
    const territory_inputs in = {.communes = &p.communes};
    p.t = build(f, &in);
    assert_int_equal(taxonomy_read(TAXONOMY, &p.kinds, f->list), STATUS_OK);
    venue_list list = {.id = "liste", .rows = &p.rows, .kind = "ART.FABLAB"};
    if (postcodes) {
        p.postcodes = import_good(f, "postcodes", "p.csv", postcodes);
        list.postcodes = &p.postcodes;
    }
    const venues_inputs wanted = {.lists = &list, .list_count = 1};
    const status rc = venues_place(p.t, p.kinds, &wanted, f->balance, &p.made, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    error err;
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    return p;
}

void placing_clear(placing *p)
{
    venues_free(p->made);
    taxonomy_free(p->kinds);
    territory_free(p->t);
    imported_clear(&p->communes);
    imported_clear(&p->rows);
    imported_clear(&p->postcodes);
}
