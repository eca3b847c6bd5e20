/* Lists of venues as they are published, with their quirks, on files that the tests write. */
#include "../territory/files.h"

#include <math.h>

static const char *told(const imported *in, const char *name, size_t row)
{
    const column *c = table_find(in->rows, name);
    return c ? column_text(c, row) : "(no such column)";
}

static bool missing(const imported *in, const char *name, size_t row)
{
    const column *c = table_find(in->rows, name);
    return c && column_state(c, row) == VALUE_MISSING;
}

/* No text of the table holds it. */
static bool holds(const table *t, const char *secret)
{
    for (size_t c = 0; c < t->column_count; c++) {
        for (uint32_t w = 0; t->columns[c].type == COLUMN_TEXT && w < t->columns[c].words.count;
             w++) {
            if (strstr(words_at(&t->columns[c].words, w), secret)) {
                return true;
            }
        }
    }
    return false;
}

#define DESK_HEADER                                                                                \
    "\"id_fs\",\"insee_dep\",\"lib_fs\",\"adresse\",\"insee_com\",\"code_postal\",\"lib_com\","    \
    "\"latitude\",\"longitude\",\"mail\",\"telephone\",\"h_lundi\",\"h_mardi\",\"h_samedi\","      \
    "\"prise_rdv\",\"commentaire\",\"format_fs\",\"labellisation_fs\"\n"

/* Quirks 2, 14, 36 to 40: commas, arrondissements, no point, a line break within quotes, services
 * that move. */
static void desks_keep_their_hours_and_their_label(void **state)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "fs.csv",
        DESK_HEADER
        "\"1\",\"13\",\"Fixe\",\"1 rue A\n\n\n\",\"13202\",\"13002\",\"Marseille 2e\",43.3,5.37,"
        "\"a@b.fr\",\"04 00 00 00 00\",\"09:00 - 12:00 / 14:00 - 17:00\",,\"09:00 - 12:00\","
        "\"Oui\",\"Appeler Mme X\",\"Fixe\",\"Espace labellisé 01/02/2020\"\n"
        "\"2\",\"02\",\"Bus\",,\"02361\",\"02120\",\"Guise\",49.9,3.6,,,"
        "\"00:00 - 00:00 / 09:00 - 12:00\",\"sur rendez-vous\",,\"Non\",,\"Bus_équivalent\","
        "\"Espace labellisé 01/01/2020\"\n"
        "\"3\",\"978\",\"Sans point\",,\"97801\",\"97150\",\"Saint-Martin\",,,,,"
        "\"selon affluence 06 11 22 33 44\",,,\"Non\",,\"Itinérante\",\"Sorti 31/12/2023\"\n");
    assert_string_equal(in.by->id, "france-services");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(told(&in, "commune", 0), "13202");
    assert_string_equal(told(&in, "itinerant", 0), "0");
    assert_string_equal(told(&in, "itinerant", 1), "1");
    assert_string_equal(told(&in, "itinerant", 2), "1");
    assert_true(fabs(number_of(in.rows, "hours_week", 0) - 9) < 1e-9);
    assert_true(number_of(in.rows, "open_saturday", 0) == 1);
    assert_true(number_of(in.rows, "open_evening", 0) == 0);
    assert_true(number_of(in.rows, "by_appointment", 0) == 1);
    assert_true(fabs(number_of(in.rows, "hours_week", 1) - 3) < 1e-9);
    assert_true(number_of(in.rows, "by_appointment", 1) == 1);
    assert_true(missing(&in, "hours_week", 2) && missing(&in, "open_saturday", 2));
    assert_true(missing(&in, "lon", 2));
    assert_string_equal(told(&in, "label", 0), "France services");
    assert_string_equal(told(&in, "label_start", 0), "01/02/2020");
    assert_string_equal(told(&in, "label_state", 2), "sorti");
    assert_string_equal(told(&in, "label_end", 2), "31/12/2023");
    assert_true(says(f->list, "2 venues understood, 0 without hours"));
    assert_true(says(f->list, "left missing, of 1 venues: \"…\" (1)")); /* a telephone number */
    assert_true(says(f->list, "1 empty spans"));
    assert_false(holds(in.rows, "@") || holds(in.rows, "Mme X") || holds(in.rows, "04 00"));
    imported_clear(&in);
}

/* Quirks 8 and 10: letters as numbers, codes as numbers; and rows geocoded to nowhere. */
static void json_rows_are_repaired_and_completed(void **state)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "cnfs.json",
        "\n[{\"raison_sociale\":\"CC\",\"commune_insee\":\"Oyonnax\",\"nb_cnfs\":5,\"siret\":"
        "\"20004293500011\",\"code_département\":\"1\",\"adresse\":\"57 RUE NICOD\\n01100 "
        "OYONNAX\","
        "\"insee_com\":\"01283\",\"code_postal\":1100,\"latitude\":46.2629,\"longitude\":5.6527,"
        "\"code_postal_bis\":\"01100\",\"result_citycode\":\"01283\",\"result_label\":"
        "\"57 Rue Ren<e9> Nicod, <Ch<e2>telet> <a0> <zz>\",\"id\":1,"
        "\"date_de_validation_en_comité_de_sélection\":\"2021-05-19\"},\n"
        "{\"raison_sociale\":\"0\",\"commune_insee\":\"0\",\"nb_cnfs\":1,\"siret\":\"null\","
        "\"code_département\":\"1\",\"code_postal\":1960,\"latitude\":44.9687,\"longitude\":4.691,"
        "\"result_citycode\":\"07216\",\"result_label\":\"Nas 07270 "
        "Saint-Barth<e9>lemy\",\"id\":7},"
        "\n{\"raison_sociale\":\"Assoc\",\"nb_cnfs\":2,\"siret\":\"1\",\"code_département\":"
        "\"973\","
        "\"code_postal\":97313,\"insee_com\":\"97308\",\"latitude\":46.1,\"longitude\":5.1,"
        "\"result_citycode\":\"01337\",\"id\":9}]\n");
    assert_string_equal(in.by->id, "conseillers-numeriques");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(told(&in, "id", 0), "1");
    assert_string_equal(told(&in, "address", 0), "57 Rue René Nicod, <Châtelet> <a0> <zz>");
    assert_string_equal(told(&in, "postcode", 0), "01100");
    assert_string_equal(told(&in, "postcode", 1), "01960");
    assert_string_equal(told(&in, "postcode", 2), "97313");
    assert_string_equal(told(&in, "name", 1), "");
    assert_string_equal(told(&in, "siret", 1), "");
    assert_string_equal(told(&in, "functions", 0), "h:0.5");
    assert_string_equal(told(&in, "label_start", 0), "2021-05-19");
    assert_true(fabs(number_of(in.rows, "lon", 0) - 5.6527) < 1e-9);
    assert_true(missing(&in, "lon", 1) && missing(&in, "lat", 1)); /* Ain, not Ardèche */
    assert_true(missing(&in, "lon", 2));                           /* Guyane, not Ain */
    assert_int_equal(in.rows->source_row[1], 2);
    assert_true(says(f->list, "2 rows held letters written as their number"));
    assert_true(says(f->list, "2 postcodes written as numbers"));
    assert_true(says(f->list, "1 structures without a name"));
    assert_true(says(f->list, "2 points geocoded in another département"));
    imported_clear(&in);
}

static void json_that_is_no_list_of_objects_is_refused(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"[1, 2]", "element 1 of the JSON array is not an object"},
        {"[{\"id\": 1}, [2]]", "element 2 of the JSON array is not an object"},
        {"[]", "JSON array without objects"},
        {"[{\"id\": 1, \"id\": 2}]", "unreadable JSON array"},
        {"[{\"id\": 1}", ""}, /* at its line, by the scan that comes first */
        {"[{\"id\": 123456789012345678901234567890}]", "unreadable JSON array"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        imported out;
        assert_int_equal(import_text(f, "venues", NULL, "x.json", cases[i].text, NULL, 0, &out),
                         STATUS_INPUT);
        if (!says(f->list, cases[i].said)) {
            print_faults(f->list);
            fail_msg("not said: %s", cases[i].said);
        }
    }
}

/* A list of any kind may come as a JSON array; values that are no text stand as JSON. */
static void any_list_may_be_a_json_array(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "l.json",
                              "[{\"nom\":\"A\",\"lon\":2.5,\"lat\":48.0,\"label\":[\"x\",1]},"
                              "{\"nom\":\"B\",\"lon\":null,\"type\":\"ART.FABLAB\"}]");
    assert_string_equal(in.by->id, "venues");
    assert_string_equal(told(&in, "label", 0), "[\"x\",1]");
    assert_string_equal(told(&in, "kind", 1), "ART.FABLAB");
    assert_true(missing(&in, "lon", 1) && missing(&in, "kind", 0));
    assert_false(says(f->list, "GDAL"));
    imported_clear(&in);
}

/* Quirks 6 and 28: a BOM, decimal commas; contact columns never enter. */
#define IDENTITY                                                                                   \
    "\xef\xbb\xbfID_UNIQUE;NOM;ADRESSE;CODPOST;VILLE;REGION_TL;LATITUDE;LONGITUDE;INTERNET;EMAIL;" \
    "TELEPHONE;DESCRI_COU;DATE_OUV;NOM_STRC_GEST;TYPE_STRUCTURE_GEST;Insee;RS_FACEBOOK;FAMILLES\n" \
    "T1;Au café;7 Rue A;76000;Rouen;Normandie;49,438538;1,099506;https://secret.example;"         \
    "secret@example.org;+33900000000;Ouvert par Mme Secret;2019;Secret Dupont;Association;76540;"  \
    "fb.example/secret;\"Bureaux partagés / Coworking;tiers-lieu culturel / lieu "                \
    "intermédiaire\"\n"                                                                           \
    "T2;Le Lab;8 Rue B;76100;Rouen;Normandie;49,4;1,1;;;;;;;SCIC;1234;;\"FABLAB / Makerspace\"\n"  \
    "T3;Futur;9 Rue C;76100;Rouen;Normandie;49,41;1,12;;;;;;;SCIC;;;\n"

static const char *const secrets[] = {"secret", "Secret", "@", "+339"};

static void the_census_comes_without_its_contacts(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "bdftl-2026-01-fiche-identite.csv", IDENTITY);
    assert_string_equal(in.by->id, "tiers-lieux-census");
    assert_true(in.facts.bom);
    assert_true(fabs(number_of(in.rows, "lat", 0) - 49.438538) < 1e-9);
    assert_true(fabs(number_of(in.rows, "lon", 0) - 1.099506) < 1e-9);
    assert_string_equal(told(&in, "commune", 0), "76540");
    assert_string_equal(told(&in, "commune", 1), ""); /* malformed: left out, told */
    assert_true(says(f->list, "1 malformed commune codes left out"));
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        assert_false(holds(in.rows, secrets[i]));
    }
    imported_clear(&in);
}

static void themes_are_joined_on_the_id(void **state)
{
    fixture *f = *state;
    size_t matched = 0;
    imported in = import_good(f, "venues", "bdftl-2026-01-fiche-identite.csv", IDENTITY);
    imported theme = import_good(
        f, "venue-themes", "bdftl-2026-04-activites.csv",
        "ID_UNIQUE;NOM;Mail;statut_lieu;activites_toutes;Bureau / Coworking;Bar / café;"
        "Tiers-lieu nourricier\n"
        "T1;Au café;secret@example.org;en activité;\"Bureau / Coworking;Bar / café\";1;1;0\n"
        "T3;Futur;;en projet (pas encore ouvert);;0;0;1\n"
        "T9;Inconnu;;en activité;;0;0;0\n");
    assert_string_equal(theme.by->id, "tiers-lieux-themes");
    assert_string_equal(told(&theme, "kind", 0), "Bureaux partagés / Coworking");
    assert_string_equal(told(&theme, "kind", 1), "Tiers-lieu nourricier");
    assert_false(holds(theme.rows, "secret"));
    assert_true(says(f->list, "1 choices of the thematic file are none of the seven families"));
    assert_int_equal(imported_join(&in, &theme, &matched, f->list), STATUS_OK);
    assert_int_equal(matched, 2);
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(told(&in, "status", 0), "open");
    assert_string_equal(told(&in, "status", 1), "");
    assert_string_equal(told(&in, "status", 2), "project");
    assert_string_equal(told(&in, "kind", 2), "Tiers-lieu nourricier");
    assert_string_equal(told(&in, "name", 2), "Futur");
    assert_int_equal(in.rows->source_row[2], 4);
    imported_clear(&theme);
    theme = import_good(f, "venue-themes", "twice.csv",
                        "ID_UNIQUE;statut_lieu\nT1;en activité\nT1;en projet\n");
    assert_int_equal(imported_join(&in, &theme, &matched, f->list), STATUS_INPUT);
    imported_clear(&theme);
    imported_clear(&in);
}

/* Quirks 27, 36, 37, 47. */
static void labelled_features_are_split_and_cleaned(void **state)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "fabt.geojson",
        "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
        "\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"id_geo\":\"13055\",\"lib_geo\":\"Marseille\","
        "\"id_territoire\":\"fabt-51; fabt-52\",\"lib_territoire\":\"Friche ; Urban\"},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.37,43.3]}},"
        "{\"type\":\"Feature\",\"properties\":{\"id_geo\":\"97801\",\"lib_geo\":\"NA\","
        "\"id_territoire\":\"fabt-300\",\"lib_territoire\":\"Île\"},"
        "\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[]}}]}");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(told(&in, "id", 1), "fabt-52");
    assert_true(number_of(in.rows, "lon", 0) == number_of(in.rows, "lon", 1));
    assert_true(missing(&in, "lon", 2) && missing(&in, "city", 2));
    assert_string_equal(told(&in, "city", 0), "Marseille");
    imported_clear(&in);
}

static void generic_lists_tell_hours_and_labels(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "l.csv",
                              "nom;horaires;date_label;fin_label;etat_label;pmr;presence\n"
                              "A;Mo-Fr 09:00-12:00;2020-01-01;;relabellisé;oui;itinérant\n"
                              "B;du lundi au vendredi 9h-12h;;;;;\n"
                              "C;quand on veut;;;;;\nD;;;;;;\n");
    assert_true(fabs(number_of(in.rows, "hours_week", 0) - 15) < 1e-9);
    assert_true(fabs(number_of(in.rows, "hours_week", 1) - 15) < 1e-9);
    assert_true(missing(&in, "hours_week", 2) && missing(&in, "hours_week", 3));
    assert_true(says(f->list, "left missing, of 1 venues: \"quand on veut\" (1)"));
    assert_string_equal(told(&in, "itinerant", 0), "itinérant");
    imported_clear(&in);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(desks_keep_their_hours_and_their_label),
        TEST(json_rows_are_repaired_and_completed),
        TEST(json_that_is_no_list_of_objects_is_refused),
        TEST(any_list_may_be_a_json_array),
        TEST(the_census_comes_without_its_contacts),
        TEST(themes_are_joined_on_the_id),
        TEST(labelled_features_are_split_and_cleaned),
        TEST(generic_lists_tell_hours_and_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
