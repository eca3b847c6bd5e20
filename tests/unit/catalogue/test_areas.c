/* What people type for a territory, and the départements it lies in. */
#include "tests/unit/base/support.h"

#include <stdio.h>
#include <stdlib.h>

#include "datasets/catalogue/areas.h"
#include "territory/french_names.h"

typedef struct bench {
    areas *known;
    arena *memory;
} bench;
static bench b;

static int open_bench(void **state)
{
    error err;
    faults *list = NULL;
    (void)state;
    if (faults_new(&list, &err) != STATUS_OK || arena_new(&b.memory, &err) != STATUS_OK)
        return -1;
    const status s =
        areas_read(BASSIN_SOURCE_DIR "/datasets/catalogue/departements.csv", &b.known, list);
    faults_free(list);
    return s == STATUS_OK ? 0 : -1;
}

static int close_bench(void **state)
{
    (void)state;
    areas_free(b.known);
    arena_free(b.memory);
    return 0;
}

static status read_word(const char *typed, territory_word *w, error *err)
{
    return territory_word_read(b.known, typed, b.memory, w, err);
}

/* The table agrees with the official geographic code that is compiled in. */
static void the_table_is_that_of_the_official_code(void **state)
{
    size_t count = 0;
    const french_departement *all = french_departements(&count);
    (void)state;
    assert_int_equal(b.known->count, count);
    for (size_t i = 0; i < count; i++) {
        const area *a = &b.known->at[i];
        assert_string_equal(a->departement, all[i].code);
        assert_string_equal(a->name, all[i].name);
        assert_string_equal(a->region, all[i].region);
        assert_string_equal(a->region_name, french_region_find(a->region)->name);
        assert_true(a->osm_area[0] != '\0');
    }
}

/* The régions of 2016 are unions of old ones: no road extract is cut by two of them. */
static void an_old_region_lies_in_one_new_region(void **state)
{
    size_t distinct = 0;
    (void)state;
    for (size_t i = 0; i < b.known->count; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(b.known->at[k].osm_area, b.known->at[i].osm_area) == 0) {
                assert_string_equal(b.known->at[k].region, b.known->at[i].region);
                first = false;
            }
        }
        distinct += first;
    }
    assert_int_equal(distinct, 27); /* 22 of the mainland, 5 overseas */
}

static void each_form_is_read(void **state)
{
    static const struct {
        const char *typed, *keep;
        size_t departements;
    } cases[] = {
        {"departement:77", "departement:77", 1},
        {"département:77", "departement:77", 1},
        {"Departement:Seine-et-Marne", "departement:77", 1},
        {"77", "departement:77", 1},
        {"2A", "departement:2A", 1},
        {"974", "departement:974", 1},
        {"seine et marne", "departement:77", 1},
        {"Côtes-d'Armor", "departement:22", 1},
        {"region:11", "region:11", 8},
        {"région:Île-de-France", "region:11", 8},
        {"ile de france", "region:11", 8},
        {"region:01", "region:01", 1},
        {"commune:77288", "commune:77288", 1},
        {"77288", "commune:77288", 1},
        {"2A004", "commune:2A004", 1},
        {"97411", "commune:97411", 1},
        {"metropole", "metropole", 96},
        {"Métropole", "metropole", 96},
        {"france", "france", 101},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error err;
        territory_word w;
        if (read_word(cases[i].typed, &w, &err) != STATUS_OK)
            fail_msg("%s: %s", cases[i].typed, err.en);
        assert_true(territory_word_is_whole(&w));
        assert_string_equal(w.keep, cases[i].keep);
        assert_int_equal(w.in_count, cases[i].departements);
    }
}

static void a_code_that_reads_two_ways_is_refused_with_both(void **state)
{
    static const struct {
        const char *typed, *first, *second;
    } cases[] = {{"11", "departement:11 (Aude)", "region:11 (Île-de-France)"},
                 {"76", "departement:76 (Seine-Maritime)", "region:76 (Occitanie)"},
                 {"01", "departement:01 (Ain)", "region:01 (Guadeloupe)"},
                 {"Guadeloupe", "departement:971", "region:01"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error err;
        territory_word w;
        assert_int_equal(read_word(cases[i].typed, &w, &err), STATUS_USAGE);
        assert_non_null(strstr(err.fr, cases[i].first));
        assert_non_null(strstr(err.en, cases[i].second));
    }
}

static void what_means_nothing_is_refused_with_a_hint(void **state)
{
    static const struct {
        const char *typed, *said;
    } cases[] = {{"departement:7", "unknown territory"},
                 {"departement:Seine-et-Marn", "did you mean 'Seine-et-Marne'?"},
                 {"canton:3", "wants departement:77"},
                 {"departement:", "wants departement:77"},
                 {"commune:1004", "01004?"},
                 {"1004", "unknown territory"},
                 {"96001", "unknown territory"},
                 {"", "unknown territory"},
                 {"123456", "unknown territory"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error err;
        territory_word w;
        if (read_word(cases[i].typed, &w, &err) != STATUS_USAGE)
            fail_msg("'%s' is not refused", cases[i].typed);
        if (strstr(err.en, cases[i].said) == NULL)
            fail_msg("'%s': %s", cases[i].typed, err.en);
    }
}

/* code, name, epci, epci_name */
static table *communes_of(const char *const (*rows)[4], size_t count)
{
    static const char *const names[] = {"code", "name", "epci", "epci_name"};
    error err;
    table_builder *t = NULL;
    table *made = NULL;
    size_t first = 0, index[4];
    assert_int_equal(table_builder_new(&t, "communes", &err), STATUS_OK);
    for (size_t c = 0; c < 4; c++) {
        const column_spec spec = {.name = names[c], .type = COLUMN_TEXT, .unit = ""};
        assert_int_equal(table_builder_column(t, &spec, &index[c], &err), STATUS_OK);
    }
    assert_int_equal(table_builder_rows(t, count, &first, &err), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < 4; c++)
            assert_int_equal(table_builder_text(t, index[c], i, slice(rows[i][c]), &err),
                             STATUS_OK);
    }
    assert_int_equal(table_build(t, &made, &err), STATUS_OK);
    table_builder_free(t);
    return made;
}

static void names_and_epci_are_found_among_communes(void **state)
{
    static const char *const rows[][4] = {
        {"77288", "Melun", "247700057", "CA Melun Val de Seine"},
        {"77305", "Montereau", "247700065", "CC du Pays de Montereau"},
        {"91228", "Évry-Courcouronnes", "247700057", "CA Melun Val de Seine"},
        {"01004", "Saint-Denis", "240100750", "CC A"},
        {"93066", "Saint-Denis", "200054781", "Métropole B"}};
    error err;
    territory_word w;
    table *communes = communes_of(rows, 5);
    (void)state;
    assert_int_equal(read_word("epci:247700057", &w, &err), STATUS_OK);
    assert_false(territory_word_is_whole(&w)); /* where it lies is not known yet */
    assert_string_equal(w.keep, "epci:247700057");
    assert_int_equal(territory_word_find(b.known, communes, b.memory, &w, &err), STATUS_OK);
    assert_int_equal(w.in_count, 2);
    assert_string_equal(w.in[0]->departement, "77");
    assert_string_equal(w.in[1]->departement, "91");

    assert_int_equal(read_word("évry courcouronnes", &w, &err), STATUS_OK);
    assert_null(w.keep);
    assert_int_equal(territory_word_find(b.known, communes, b.memory, &w, &err), STATUS_OK);
    assert_string_equal(w.keep, "commune:91228");
    assert_true(territory_word_is_whole(&w));

    assert_int_equal(read_word("CC du pays de Montereau", &w, &err), STATUS_OK);
    assert_int_equal(territory_word_find(b.known, communes, b.memory, &w, &err), STATUS_OK);
    assert_string_equal(w.keep, "epci:247700065");

    assert_int_equal(read_word("Saint-Denis", &w, &err), STATUS_OK);
    assert_int_equal(territory_word_find(b.known, communes, b.memory, &w, &err), STATUS_USAGE);
    assert_non_null(strstr(err.en, "commune:01004"));
    assert_non_null(strstr(err.en, "commune:93066"));

    assert_int_equal(read_word("Nulle part", &w, &err), STATUS_OK);
    assert_int_equal(territory_word_find(b.known, communes, b.memory, &w, &err), STATUS_OK);
    assert_null(w.keep); /* left unknown: another file may tell */
    table_free(communes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_that_of_the_official_code),
        cmocka_unit_test(an_old_region_lies_in_one_new_region),
        cmocka_unit_test(each_form_is_read),
        cmocka_unit_test(a_code_that_reads_two_ways_is_refused_with_both),
        cmocka_unit_test(what_means_nothing_is_refused_with_a_hint),
        cmocka_unit_test(names_and_epci_are_found_among_communes),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
