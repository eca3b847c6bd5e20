/* What the columns of people's own lists are taken for, and what is doubted. */
#include "tests/unit/base/support.h"

#include <stdio.h>
#include <stdlib.h>

#include "datasets/starter/columns.h"
#include "table/reader.h"

typedef struct bench {
    taxonomy *kinds;
    arena *memory;
    faults *list;
    char folder[256];
} bench;
static bench b;

static int open_bench(void **state)
{
    error err;
    (void)state;
    (void)folder_fresh(b.folder);
    if (faults_new(&b.list, &err) != STATUS_OK || arena_new(&b.memory, &err) != STATUS_OK)
        return -1;
    return taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &b.kinds, b.list) ==
                   STATUS_OK
               ? 0
               : -1;
}

static int close_bench(void **state)
{
    (void)state;
    taxonomy_free(b.kinds);
    faults_free(b.list);
    arena_free(b.memory);
    folder_clear(b.folder);
    return 0;
}

static void guess_columns(const char *text, venue_columns *out)
{
    error err;
    table *cells = NULL;
    const char *path = in_folder(b.folder, "list.csv");
    write_text(path, text);
    const read_options options = {.path = path};
    assert_int_equal(table_read(&options, &cells, NULL, b.list), STATUS_OK);
    assert_int_equal(venue_columns_guess(cells, b.kinds, false, b.memory, out, &err), STATUS_OK);
    for (size_t c = 0; c < out->count; c++) { /* headers outlive the cells */
        column_look *look = (column_look *)(uintptr_t)&out->looks[c];
        look->header = arena_text(b.memory, look->header);
        assert_non_null(look->header);
    }
    table_free(cells);
}

static void assert_guess(const venue_columns *v, field f, const char *header)
{
    const char *found = guessed_header(v, f);
    if (header == NULL ? found != NULL : found == NULL || strcmp(found, header) != 0)
        fail_msg("%s: %s, not %s", field_name(f), found != NULL ? found : "none",
                 header != NULL ? header : "none");
}

static void a_planner_s_spreadsheet_is_understood(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns(
        "N° dossier;Nom du lieu;Type de lieu;Adresse;Code postal;Commune;Code INSEE;Nombre de "
        "postes;Statut;Longitude;Latitude;Commentaire\n"
        "12;La Ruche;coworking;1 rue A;77000;Melun;77288;12;ouvert;2,66;48,54;rien\n"
        "13;Fab77;fablab;2 rue B;77300;Fontainebleau;77186;nd;projet;2,70;48,40;à voir\n"
        "14;Le Café;café associatif;3 rue C;77140;Nemours;77333;;ouvert;2,69;48,26;\n",
        &v);
    assert_guess(&v, FIELD_ID, "N° dossier");
    assert_guess(&v, FIELD_NAME, "Nom du lieu");
    assert_guess(&v, FIELD_KIND, "Type de lieu");
    assert_guess(&v, FIELD_ADDRESS, "Adresse");
    assert_guess(&v, FIELD_POSTCODE, "Code postal");
    assert_guess(&v, FIELD_CITY, "Commune");
    assert_guess(&v, FIELD_COMMUNE, "Code INSEE");
    assert_guess(&v, FIELD_CAPACITY, "Nombre de postes");
    assert_guess(&v, FIELD_STATUS, "Statut");
    assert_guess(&v, FIELD_LON, "Longitude");
    assert_guess(&v, FIELD_LAT, "Latitude");
    assert_guess(&v, FIELD_FUNCTIONS, NULL);
    assert_int_equal(v.guesses[FIELD_CAPACITY].doubt, DOUBT_NONE); /* "nd" is a sign, no text */
    assert_int_equal(v.guesses[FIELD_ID].doubt, DOUBT_NONE);
}

static void codes_are_told_from_names_by_their_values(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom,commune\nA,77288\nB,2A004\n", &v);
    assert_guess(&v, FIELD_COMMUNE, "commune");
    assert_guess(&v, FIELD_CITY, NULL);
    guess_columns("nom,commune\nA,Melun\nB,Ajaccio\n", &v);
    assert_guess(&v, FIELD_COMMUNE, NULL);
    assert_guess(&v, FIELD_CITY, "commune");
}

static void a_lost_zero_is_doubted(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom;code_insee;cp\nA;1004;1500\nB;77288;77000\n", &v);
    assert_guess(&v, FIELD_COMMUNE, "code_insee");
    assert_int_equal(v.guesses[FIELD_COMMUNE].doubt, DOUBT_ZERO_LOST);
    assert_guess(&v, FIELD_POSTCODE, "cp");
    assert_int_equal(v.guesses[FIELD_POSTCODE].doubt, DOUBT_ZERO_LOST);
}

static void swapped_coordinates_are_put_right(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom;lat;lon\nA;2.66;48.54\nB;2.70;48.40\n", &v);
    assert_true(v.swapped);
    assert_guess(&v, FIELD_LON, "lat");
    assert_guess(&v, FIELD_LAT, "lon");
    guess_columns("nom;lat;lon\nA;48.54;2.66\nB;48.40;2.70\n", &v);
    assert_false(v.swapped);
    assert_guess(&v, FIELD_LON, "lon");
}

static void coordinates_without_a_header_are_seen(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom;p1;p2\nA;48.54;2.66\nB;48.40;2.70\nC;43.2;5.4\n", &v);
    assert_guess(&v, FIELD_LON, "p2");
    assert_guess(&v, FIELD_LAT, "p1");
}

static void a_status_of_another_sense_is_the_legal_form(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom;statut;commune\nA;association;Melun\nB;SCIC;Meaux\n", &v);
    assert_guess(&v, FIELD_STATUS, NULL);
    assert_guess(&v, FIELD_LEGAL_FORM, "statut");
    guess_columns("nom;statut;commune\nA;ouvert;Melun\nB;en projet;Meaux\n", &v);
    assert_guess(&v, FIELD_STATUS, "statut");
}

static void ids_that_repeat_are_doubted(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("id;nom\n1;A\n1;B\n", &v);
    assert_int_equal(v.guesses[FIELD_ID].doubt, DOUBT_NOT_UNIQUE);
}

static void a_capacity_in_words_is_doubted(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("nom;fonctions;capacité\nA;a d;10\nB;e;7\nC;a g=0.5;8\nD;h;9 ou 10\n", &v);
    assert_guess(&v, FIELD_FUNCTIONS, "fonctions");
    assert_int_equal(v.guesses[FIELD_FUNCTIONS].doubt, DOUBT_NONE);
    assert_guess(&v, FIELD_CAPACITY, "capacité");
    assert_int_equal(v.guesses[FIELD_CAPACITY].doubt, DOUBT_NOT_NUMBERS);
}

static void a_name_is_found_without_its_header(void **state)
{
    venue_columns v;
    (void)state;
    guess_columns("colonne1;code_insee\nLa Ruche;77288\nFab77;77186\n", &v);
    assert_guess(&v, FIELD_NAME, "colonne1");
    assert_int_equal(v.guesses[FIELD_NAME].doubt, DOUBT_VALUES);
}

static void words_of_real_lists_find_their_kind(void **state)
{
    static const struct {
        const char *text, *kind;
        bool sure;
    } cases[] = {{"Fablab", "ART.FABLAB", true},
                 {"FAB LAB associatif", "ART.FABLAB", false},
                 {"Espace de coworking", "ACT.COWORK", true},
                 {"co-working", "ACT.COWORK", false},
                 {"Bureaux partagés (12 postes)", "ACT.COWORK", false},
                 {"ART.REPAIR", "ART.REPAIR", true},
                 {"France Services itinérante", "ACT.FS", false},
                 {"Médiathèque", "EDU.MEDIA", false},
                 {"Piscine", "XXX.AUTRE", false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool sure = false;
        const kind *k = kind_guess(b.kinds, slice(cases[i].text), &sure);
        assert_non_null(k);
        if (strcmp(k->code, cases[i].kind) != 0 || sure != cases[i].sure)
            fail_msg("%s: %s", cases[i].text, k->code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_planner_s_spreadsheet_is_understood),
        cmocka_unit_test(codes_are_told_from_names_by_their_values),
        cmocka_unit_test(a_lost_zero_is_doubted),
        cmocka_unit_test(swapped_coordinates_are_put_right),
        cmocka_unit_test(coordinates_without_a_header_are_seen),
        cmocka_unit_test(a_status_of_another_sense_is_the_legal_form),
        cmocka_unit_test(ids_that_repeat_are_doubted),
        cmocka_unit_test(a_capacity_in_words_is_doubted),
        cmocka_unit_test(a_name_is_found_without_its_header),
        cmocka_unit_test(words_of_real_lists_find_their_kind),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
