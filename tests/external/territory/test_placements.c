/* Published lists of venues: what their points are worth. */
#include "shared.h"

#define IDF "data/communes_idf_2018.geojson"
#define FRANCE "data/communes_2023_aav_chefslieux.csv.gz"
#define COG "data/cog2024_communes.csv.gz"
#define FABT "data/fabt_geom.geojson"
#define MANUPROX "data/manuprox_geom.geojson"
#define DESKS "data/liste-fs-20240801.csv"

typedef struct lists_placed {
    fixture f;
    imported communes, names, rows[3];
    territory *t;
    taxonomy *kinds;
    venues *made;
    const char *keep;
} lists_placed;

static void place_lists(lists_placed *p, imported communes)
{
    static const char *const files[] = {FABT, MANUPROX, DESKS};
    static const char *const ids[] = {"fabriques", "manufactures", "france-services"};
    static const char *const kinds[] = {"ACT.COWORK", "ART.MANUF", NULL};
    venue_list lists[3];
    p->communes = communes;
    p->names = import_ok(&p->f, "names", COG);
    const territory_inputs in = {.communes = &p->communes, .perimeter = {.keep = p->keep}};
    assert_int_equal(territory_build(&in, p->f.balance, &p->t, p->f.list), STATUS_OK);
    assert_int_equal(
        taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &p->kinds, p->f.list),
        STATUS_OK);
    for (size_t i = 0; i < 3; i++) {
        p->rows[i] = import_ok(&p->f, "venues", files[i]);
        lists[i] = (venue_list){.id = ids[i], .rows = &p->rows[i], .kind = kinds[i]};
    }
    const venues_inputs wanted = {.lists = lists, .list_count = 3, .names = &p->names};
    const status rc = venues_place(p->t, p->kinds, &wanted, p->f.balance, &p->made, p->f.list);
    print_faults(p->f.list);
    assert_int_equal(rc, STATUS_OK);
}

static void lists_clear(lists_placed *p)
{
    error err;
    assert_int_equal(ledger_check(p->f.balance, &err), STATUS_OK);
    venues_free(p->made);
    taxonomy_free(p->kinds);
    territory_free(p->t);
    imported_clear(&p->communes);
    imported_clear(&p->names);
    for (size_t i = 0; i < 3; i++) {
        imported_clear(&p->rows[i]);
    }
    fixture_close(&p->f);
}

static size_t count_of(const lists_placed *p, const char *list, const char *column_name,
                       const char *value)
{
    size_t count = 0;
    const column *id = table_find(p->made->placements, "id");
    const column *c = table_find(p->made->placements, column_name);
    assert_non_null(c);
    for (size_t i = 0; i < p->made->count; i++) {
        count += strncmp(column_text(id, i), list, strlen(list)) == 0 &&
                 strcmp(column_text(c, i), value) == 0;
    }
    return count;
}

/* Both label lists give communes, not points; the desks of France services have points of their
 * own, all in the commune that the list names. */
static void labels_are_geocoded_to_the_commune(void **state)
{
    (void)state;
    SKIP_WITHOUT(IDF);
    SKIP_WITHOUT(FABT);
    lists_placed p = {0};
    fixture_open(&p.f);
    place_lists(&p, import_ok(&p.f, "communes", IDF));
    assert_int_equal(p.rows[0].rows->rows, 382);
    assert_int_equal(p.rows[1].rows->rows, 111);
    assert_true(says(p.f.list, "the list \"fabriques\" is geocoded to the commune"));
    assert_true(says(p.f.list, "the list \"manufactures\" is geocoded to the commune"));
    assert_false(says(p.f.list, "the list \"france-services\" is geocoded"));
    assert_int_equal(count_of(&p, "fabriques", "quality", "commune"), 35);
    assert_int_equal(count_of(&p, "manufactures", "quality", "commune"), 10);
    assert_int_equal(count_of(&p, "france-services", "quality", "point"), 184);
    assert_int_equal(count_of(&p, "france-services", "placement", "coordinates"), 184);
    lists_clear(&p);
}

/* The list is judged whole: with one département kept, its few venues are known for what they are.
 */
static void a_perimeter_does_not_hide_what_a_list_is_worth(void **state)
{
    (void)state;
    SKIP_WITHOUT(IDF);
    SKIP_WITHOUT(MANUPROX);
    lists_placed p = {.keep = "departement:93"};
    fixture_open(&p.f);
    place_lists(&p, import_ok(&p.f, "communes", IDF));
    assert_int_equal(count_of(&p, "manufactures", "quality", "commune"), 1);
    assert_true(says(p.f.list, "the list \"manufactures\" is geocoded to the commune"));
    lists_clear(&p);
}

/* Quirk 38: Saint-Louis of Marie-Galante (97126), geocoded to Saint-Louis of La Réunion (97414):
 * told with its feature, even where the whole of it is outside the perimeter. */
static void marie_galante_is_not_in_la_reunion(void **state)
{
    static const column_binding chef_lieux[] = {
        {"code", "geo_code"}, {"lon", "cheflieu_x"}, {"lat", "cheflieu_y"}};
    (void)state;
    SKIP_WITHOUT(FRANCE);
    SKIP_WITHOUT(MANUPROX);
    lists_placed p = {0};
    imported communes;
    size_t homonyms = 0;
    fixture_open(&p.f);
    assert_int_equal(
        import(&p.f, "communes", shared_path(FRANCE), NULL, chef_lieux, 3, 3857, &communes),
        STATUS_OK);
    place_lists(&p, communes);
    for (size_t i = 0; i < faults_count(p.f.list); i++) {
        const fault *f = faults_at(p.f.list, i);
        if (strstr(f->en, "homonyms")) {
            homonyms++;
            assert_int_equal(f->line, 98);
            assert_non_null(strstr(f->en, "MARIE-GALANTE"));
            assert_non_null(strstr(f->en, "97414 Saint-Louis"));
            assert_non_null(strstr(f->en, "97126"));
        }
    }
    assert_int_equal(homonyms, 1);
    lists_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_geocoded_to_the_commune),
        cmocka_unit_test(a_perimeter_does_not_hide_what_a_list_is_worth),
        cmocka_unit_test(marie_galante_is_not_in_la_reunion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
