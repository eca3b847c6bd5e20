/* Venues out of an OpenStreetMap extract: the taxonomy's tags say what they are. */
#include "../territory/files.h"

#include <math.h>

#include "network/source/pbf_write.h"

static const osm_node nodes[] = {{1, 2.50, 48.50}, {2, 2.51, 48.50}, {3, 2.52, 48.50},
                                 {4, 2.53, 48.50}, {5, 2.54, 48.50}, {6, 2.55, 48.50},
                                 {7, 2.56, 48.50}, {8, 2.57, 48.50}, {9, 2.58, 48.50}};
#define TAGS(of, ...) static const osm_tag of[] = {__VA_ARGS__}
TAGS(fablab, {"leisure", "hackerspace"}, {"name", "Le Fab-Lab du coin"},
     {"opening_hours", "Tu-Sa 14:00-20:00"}, {"wheelchair", "limited"}, {"phone", "+33 6 secret"},
     {"email", "secret@example.org"}, {"contact:website", "https://secret.example"});
TAGS(hacker, {"leisure", "hackerspace"}, {"name", "Electrolab"}, {"opening_hours", "on verra"});
TAGS(desk, {"office", "coworking"}, {"addr:housenumber", "3"}, {"addr:street", "rue A"},
     {"addr:postcode", "77000"}, {"addr:city", "Melun"}, {"ref:FR:SIRET", "20004293500011"});
TAGS(tele, {"office", "coworking"}, {"name", "Télécentre de Brie"});
TAGS(books, {"amenity", "library"}, {"name", "Bibliothèque"}, {"access", "private"});
TAGS(hall, {"amenity", "community_centre"}, {"community_centre", "village_hall"},
     {"name", "Salle des fêtes"});
TAGS(third, {"amenity", "community_centre"}, {"community_centre", "village_hall"},
     {"name", "Tiers-Lieu de la Gare"});
TAGS(bike, {"repair", "assisted_self_service"}, {"name", "Vélo café"});
TAGS(arts, {"amenity", "arts_centre"}, {"name", "La Friche"});
#define AT(index, of)                                                                              \
    {                                                                                              \
        index, of, sizeof(of) / sizeof(of)[0]                                                      \
    }
static const osm_node_tags node_tags[] = {AT(0, fablab), AT(1, hacker), AT(2, desk),
                                          AT(3, tele),   AT(4, books),  AT(5, hall),
                                          AT(6, third),  AT(7, bike),   AT(8, arts)};
static const osm_contents map = {
    .nodes = nodes, .node_count = 9, .node_tags = node_tags, .node_tag_count = 9};

static void put_extract(const fixture *f, char *path, size_t size)
{
    error err;
    char *bytes = NULL;
    size_t written = 0;
    (void)snprintf(path, size, "%s/extract.osm.pbf", f->folder);
    assert_int_equal(osm_pbf_encode(&map, OSM_PBF_USUAL, &bytes, &written, &err), STATUS_OK);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, written, out), written);
    assert_int_equal(fclose(out), 0);
    memory_free(bytes);
}

static void tags_and_names_give_the_kind(void **state)
{
    static const struct {
        const char *id, *kind, *name;
    } expected[] = {{"node/1", "ART.FABLAB", "Le Fab-Lab du coin"},
                    {"node/2", "ART.HACK", "Electrolab"},
                    {"node/3", "ACT.COWORK", ""},
                    {"node/4", "ACT.TELE", "Télécentre de Brie"},
                    {"node/7", "ACT.COLLAB", "Tiers-Lieu de la Gare"},
                    {"node/8", "ART.REPAIR", "Vélo café"},
                    {"node/9", "ART.FRICHE", "La Friche"}};
    fixture *f = *state;
    char path[160];
    imported in;
    taxonomy *kinds = NULL;
    put_extract(f, path, sizeof path);
    assert_int_equal(taxonomy_read(TAXONOMY, &kinds, f->list), STATUS_OK);
    import_request request = {
        .path = path, .role = "venues", .workers = f->workers, .kinds = kinds, .threads = 2};
    const status rc = import_file(dataset_importers, &request, &in, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    assert_string_equal(in.by->id, "osm-venues");
    assert_non_null(strstr(in.by->licence, "ODbL"));
    assert_non_null(strstr(in.by->producer, "OpenStreetMap"));
    assert_int_equal(in.rows->rows, 7);
    assert_int_equal(in.left_out, 2); /* the private library, and the village hall */
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(text_of(in.rows, "id", i), expected[i].id);
        assert_string_equal(text_of(in.rows, "kind", i), expected[i].kind);
        assert_string_equal(text_of(in.rows, "name", i), expected[i].name);
    }
    assert_true(fabs(number_of(in.rows, "lon", 1) - 2.51) < 1e-9);
    assert_true(fabs(number_of(in.rows, "hours_week", 0) - 30) < 1e-9);
    assert_true(number_of(in.rows, "open_evening", 0) == 1);
    assert_string_equal(text_of(in.rows, "wheelchair", 0), "limited");
    assert_string_equal(text_of(in.rows, "address", 2), "3 rue A");
    assert_string_equal(text_of(in.rows, "city", 2), "Melun");
    assert_string_equal(text_of(in.rows, "siret", 2), "20004293500011");
    assert_true(says(f->list, "left missing, of 1 venues: \"on verra\" (1)"));
    assert_true(says(f->list, "1 venues of OpenStreetMap without a name"));
    for (size_t c = 0; c < in.rows->column_count; c++) {
        const column *k = &in.rows->columns[c];
        for (uint32_t w = 0; k->type == COLUMN_TEXT && w < k->words.count; w++) {
            assert_null(strstr(words_at(&k->words, w), "secret"));
        }
    }
    imported_clear(&in);
    taxonomy_free(kinds);
}

static void an_extract_only_gives_venues(void **state)
{
    fixture *f = *state;
    char path[160];
    imported in;
    taxonomy *kinds = NULL;
    put_extract(f, path, sizeof path);
    assert_int_equal(taxonomy_read(TAXONOMY, &kinds, f->list), STATUS_OK);
    import_request request = {
        .path = path, .role = "communes", .workers = f->workers, .kinds = kinds};
    assert_int_equal(import_file(dataset_importers, &request, &in, f->list), STATUS_INPUT);
    assert_true(says(f->list, "only gives venues here"));
    taxonomy_free(kinds);
}

/* The taxonomy is a table that users edit: a rule that makes no sense is refused by its words. */
static void a_bad_rule_of_the_taxonomy_is_told(void **state)
{
    fixture *f = *state;
    char path[160];
    char table_path[160];
    imported in;
    taxonomy *kinds = NULL;
    put_extract(f, path, sizeof path);
    write_file(f, "taxonomy.csv",
               "code;family;label_fr;gloss_en;in_scope;a;b;c;d;e;f;g;h;osm\n"
               "XXX.AUTRE;XXX;Autre;other;;0;0;0;0;0;0;0;0;library\n",
               table_path, sizeof table_path);
    assert_int_equal(taxonomy_read(table_path, &kinds, f->list), STATUS_OK);
    import_request request = {
        .path = path, .role = "venues", .workers = f->workers, .kinds = kinds};
    assert_int_equal(import_file(dataset_importers, &request, &in, f->list), STATUS_INPUT);
    assert_true(says(f->list, "OSM rule \"library\" not understood"));
    taxonomy_free(kinds);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(tags_and_names_give_the_kind),
        TEST(an_extract_only_gives_venues),
        TEST(a_bad_rule_of_the_taxonomy_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
