/* The catalogue that ships, and every fault that an edited one can have. */
#include "tests/unit/base/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "datasets/catalogue/areas.h"
#include "datasets/importers.h"

#define HEADER                                                                                     \
    "id;default;role;importer;title_fr;title_en;producer;licence;vintage;geography;extent;"        \
    "address;file;archive;members;size;sha256;page\n"
#define GOOD                                                                                       \
    "cog;yes;names;insee-cog;Code officiel;Official code;Insee;LO 2.0;2025;2025;france;"           \
    "https://example.org/cog.csv;;;;;changes;\n"
#define SHIPPED BASSIN_SOURCE_DIR "/datasets/catalogue/catalogue.csv"

typedef struct outcome {
    status status;
    catalogue *files;
    faults *list;
    char folder[256], path[512];
} outcome;

static void read_text_as_catalogue(outcome *o, const char *text)
{
    error err;
    *o = (outcome){.files = NULL};
    assert_int_equal(faults_new(&o->list, &err), STATUS_OK);
    (void)folder_fresh(o->folder);
    (void)snprintf(o->path, sizeof o->path, "%s/c.csv", o->folder);
    write_text(o->path, text);
    o->status = catalogue_read(o->path, dataset_importers, &o->files, o->list);
}

static void outcome_clear(outcome *o)
{
    catalogue_free(o->files);
    faults_free(o->list);
    folder_clear(o->folder);
}

/* A fault on that line that says that. */
static bool told(const outcome *o, uint64_t line, const char *text)
{
    for (size_t i = 0; i < faults_count(o->list); i++) {
        const fault *f = faults_at(o->list, i);
        if (f->line == line && strstr(f->en, text) != NULL && f->file != NULL)
            return true;
    }
    return false;
}

static void the_shipped_catalogue_is_sound(void **state)
{
    error err;
    faults *list = NULL;
    catalogue *files = NULL;
    (void)state;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const status s = catalogue_read(SHIPPED, dataset_importers, &files, list);
    for (size_t i = 0; i < faults_count(list); i++)
        print_message("%d: %s\n", (int)faults_at(list, i)->line, faults_at(list, i)->en);
    assert_int_equal(s, STATUS_OK);
    assert_true(files->count > 40);
    catalogue_free(files);
    faults_free(list);
}

/* What a first run needs is fetched without asking, once each. */
static void a_departement_gets_one_file_of_each_role(void **state)
{
    static const char *const roles[] = {"communes", "names",    "membership", "population",
                                        "density",  "flows",    "detail",     "postcodes",
                                        "roads",    "movements"};
    error err;
    faults *list = NULL;
    catalogue *files = NULL;
    (void)state;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(catalogue_read(SHIPPED, dataset_importers, &files, list), STATUS_OK);
    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
        size_t count = 0;
        for (size_t i = 0; i < files->count; i++)
            count += strcmp(files->entries[i].role, roles[r]) == 0 &&
                     (files->entries[i].levels & TERRITORY_DEPARTEMENT) != 0;
        if (count != 1)
            fail_msg("%zu default files of role %s", count, roles[r]);
    }
    catalogue_free(files);
    faults_free(list);
}

/* What a reader exists for is not left unread. */
static void what_can_be_read_says_by_what(void **state)
{
    static const char *const rows[][3] = {
        {"insee-epci-2025", "membership", "insee-membership"},
        {"insee-bv2022-2025", "membership", "insee-membership"},
        {"insee-mouvements-2025", "movements", "insee-cog-movements"},
        {"insee-mobpro-2022", "detail", "insee-fd-mobpro"},
        {"insee-bpe-2024", "context", "insee-bpe-points-counted"},
        {"insee-bpe-communes", "context", "insee-bpe-counts"},
        {"insee-qpv-communes-2025", "zoning", "qpv"},
        {"anct-frr", "zoning", "frr"},
        {"anct-zrr-2021", "zoning", "zrr"},
        {"ban-adresses", "addresses", "ban"},
        {"tiers-lieux-activites-2023", "venue-themes", "tiers-lieux-themes"},
        {"tiers-lieux-2026", "venues", "tiers-lieux-census"},
        {"insee-passage-2003-2025", "", ""}, /* one column a year: no reader of that form */
        {"insee-densite-2025", "", ""}};     /* its first sheet is another grid */
    error err;
    faults *list = NULL;
    catalogue *files = NULL;
    (void)state;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(catalogue_read(SHIPPED, dataset_importers, &files, list), STATUS_OK);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const catalogue_entry *found = NULL;
        for (size_t i = 0; i < files->count; i++) {
            if (strcmp(files->entries[i].id, rows[r][0]) == 0)
                found = &files->entries[i];
        }
        if (found == NULL || strcmp(found->role, rows[r][1]) != 0 ||
            strcmp(found->importer, rows[r][2]) != 0)
            fail_msg("%s: not as wanted", rows[r][0]);
    }
    catalogue_free(files);
    faults_free(list);
}

static void a_good_row_is_read(void **state)
{
    outcome o;
    (void)state;
    read_text_as_catalogue(
        &o, HEADER GOOD
        "roads;commune|epci;roads;;Routes;Roads;OSM;ODbL;;;metropole;"
        "http://example.org/{osm_area}.osm.pbf;;;;~1000;changes;\n"
        "zip;no;;;T;T;P;L;;;france;https://example.org/x?id=1;x.zip;zip;*.csv|*.txt;1234;"
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;https://example.org/\n");
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.files->count, 3);
    const catalogue_entry *e = o.files->entries;
    assert_string_equal(e[0].file, "cog.csv");
    assert_int_equal(e[0].levels, TERRITORY_ANY);
    assert_int_equal(e[0].geography, 2025);
    assert_true(e[0].changes);
    assert_int_equal(e[1].levels, TERRITORY_COMMUNE | TERRITORY_EPCI);
    assert_int_equal(entry_cut(&e[1]), CUT_OSM_AREA);
    assert_string_equal(e[1].file, "{osm_area}.osm.pbf");
    assert_false(e[1].size_exact);
    assert_int_equal(e[1].extent, EXTENT_METROPOLE);
    assert_true(e[2].size_exact);
    assert_int_equal(e[2].size, 1234);
    assert_int_equal(e[2].archive, ARCHIVE_ZIP);
    assert_int_equal(e[2].levels, 0);
    outcome_clear(&o);
}

/* One row a fault, all told at once with their lines. */
static void every_fault_is_told_with_its_line(void **state)
{
    static const struct {
        const char *row, *said;
    } cases[] = {
        {"Bad_Id;yes;names;;a;a;a;a;;;france;https://h.org/1;;;;;unknown;", "id 'Bad_Id'"},
        {"b2;maybe;names;;a;a;a;a;;;france;https://h.org/2;;;;;unknown;", "default 'maybe'"},
        {"b3;yes;nothing;;a;a;a;a;;;france;https://h.org/3;;;;;unknown;", "role 'nothing'"},
        {"b4;yes;names;no-such;a;a;a;a;;;france;https://h.org/4;;;;;unknown;", "format 'no-such'"},
        {"b5;yes;names;insee-density;a;a;a;a;;;france;https://h.org/5;;;;;unknown;",
         "is of role density"},
        {"b6;yes;names;;a;a;a;a;;20x5;france;https://h.org/6;;;;;unknown;", "geography '20x5'"},
        {"b7;yes;names;;a;a;a;a;;;mars;https://h.org/7;;;;;unknown;", "extent 'mars'"},
        {"b8;yes;names;;a;a;a;a;;;france;ftp://h.org/8;;;;;unknown;", "address 'ftp://h.org/8'"},
        {"b9;yes;names;;a;a;a;a;;;france;https://h.org/{dep};;;;;unknown;", "{departement}"},
        {"c0;yes;names;;a;a;a;a;;;france;https://h.org/{region}/{departement};;;;;unknown;",
         "one of them only"},
        {"c1;yes;names;;a;a;a;a;;;france;https://h.org/1;../x;;;;unknown;", "file name '../x'"},
        {"c2;yes;names;;a;a;a;a;;;france;https://h.org/x?y;;;;;unknown;", "file name 'x?y'"},
        {"c3;yes;names;;a;a;a;a;;;france;https://h.org/{region};x.csv;;;;unknown;", "same {...}"},
        {"c4;yes;names;;a;a;a;a;;;france;https://h.org/q.csv;;zip;;;unknown;", "must end in .zip"},
        {"c5;yes;names;;a;a;a;a;;;france;https://h.org/r.csv;;rar;;;unknown;", "archive 'rar'"},
        {"c6;yes;names;;a;a;a;a;;;france;https://h.org/s.csv;;;x.*;;unknown;", "members only"},
        {"c7;yes;names;;a;a;a;a;;;france;https://h.org/t.csv;;;;2 Mo;unknown;", "size '2 Mo'"},
        {"c8;yes;names;;a;a;a;a;;;france;https://h.org/u.csv;;;;;abcd;", "sha256 'abcd'"},
        {"c9;yes;names;;;a;a;a;;;france;https://h.org/v.csv;;;;;unknown;", "'title_fr' is empty"},
        {"d0;yes;names;;a;a;a;;;;france;https://h.org/w.csv;;;;;unknown;", "'licence' is empty"},
        {"cog;yes;names;;a;a;a;a;;;france;https://h.org/x.csv;;;;;unknown;", "id 'cog' is taken"},
        {"d2;yes;names;;a;a;a;a;;;france;https://h.org/cog.csv;;;;;unknown;",
         "file 'cog.csv' is taken already, line 2"},
        {"d3;yes;names;;a;a;a;a;;;france;https://h.org/{region}.csv;;;;;"
         "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;",
         "one sha256 for several files"},
        {"d4;yes;names;;a;a;a;a;;;france;https://user@h.org/y.csv;;;;;unknown;", "address '"},
        {"d5;yes;names;;a;a;a;a;;;france;https://h.org/z.part;;;;;unknown;", "file name 'z.part'"},
    };
    text_buffer text = {0};
    outcome o;
    (void)state;
    text_add(&text, HEADER GOOD);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_add(&text, cases[i].row);
        text_add(&text, "\n");
    }
    assert_false(text.failed);
    read_text_as_catalogue(&o, text.at);
    assert_int_equal(o.status, STATUS_INPUT);
    assert_null(o.files);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!told(&o, i + 3, cases[i].said))
            fail_msg("line %zu: not said: %s", i + 3, cases[i].said);
    }
    text_buffer_clear(&text);
    outcome_clear(&o);
}

static void a_missing_column_is_told(void **state)
{
    outcome o;
    (void)state;
    read_text_as_catalogue(&o, "id;default\na;yes\n");
    assert_int_equal(o.status, STATUS_INPUT);
    assert_true(faults_count(o.list) > 0);
    outcome_clear(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_catalogue_is_sound),
        cmocka_unit_test(a_departement_gets_one_file_of_each_role),
        cmocka_unit_test(what_can_be_read_says_by_what),
        cmocka_unit_test(a_good_row_is_read),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(a_missing_column_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
