/* Each published form is recognised by its header and gives its canonical table. */
#include "../territory/files.h"

#include <math.h>

static void headers_choose_the_importer(void **state)
{
    fixture *f = *state;
    const struct {
        const char *role, *name, *text, *id;
    } forms[] = {
        {"flows", "a.csv", "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C14_ACTOCC15P\n01004;a;01004;a;1.5\n",
         "insee-base-flux"},
        {"detail", "b.csv", "ORI;ORILIB;DES;DESLIB;MODE;CSP;FLOW\n01004;a;01004;a;VP;1;1.5\n",
         "mobpro-mode-csp"},
        {"detail", "RP2021_mobpro.csv",
         "COMMUNE;ARM;DCLT;DCFLT;TRANS;CS1;IPONDI\n01004;ZZZZZ;01004;99999;5;3;2\n",
         "insee-fd-mobpro"},
        {"names", "c.csv", "TYPECOM,COM,REG,DEP,ARR,LIBELLE,COMPARENT\nCOM,01004,84,01,011,A,\n",
         "insee-cog"},
        {"population", "d.csv", "COM;Commune;PMUN\n01004;A;3\n", "insee-population"},
        {"membership", "e.csv", "CODGEO;LIBGEO;DEP;REG;EPCI\n01004;A;01;84;200\n",
         "insee-membership"},
        {"density", "f.csv", "CODGEO;LIBGEO;DENS\n01004;A;5\n", "insee-density"},
        {"cells", "g.csv",
         "Idcar_200m,Ind,lcog_geo\nCRS3035RES200mN2546400E3668600,24,2309623008\n",
         "insee-grid-200m"},
        {"cells", "h.csv", "IdINSPIRE,Ind\nCRS3035RES1000mN2546000E3668000,24\n",
         "insee-grid-200m"},
        {"postcodes", "i.csv",
         "#Code_commune_INSEE;Nom_de_la_commune;Code_postal\n01004;AMBERIEU;01500\n",
         "laposte-postcodes"},
        {"addresses", "q.csv",
         "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat\n"
         "1;;12;bis;Rue A;01500;01004;Ambérieu;0;0;5,3;45,9\n",
         "ban"},
        {"addresses", "r.csv",
         "id;nom_lieu_dit;code_postal;code_insee;nom_commune;x;y;lon;lat\n"
         "1;Les Prés;01500;01004;Ambérieu;0;0;5.3;45.9\n",
         "ban-localities"},
        {"venues", "j.csv",
         "id_fs,lib_fs,insee_com,latitude,longitude,format_fs\n1,A,01004,46,5,Itinérante\n",
         "france-services"},
        {"venues", "k.csv", "id_territoire;lib_territoire;id_geo\nfabt-1; fabt-2;A; B;01004\n",
         NULL},
        {"venues", "l.csv",
         "ID_UNIQUE;NOM;ADRESSE;CODPOST;VILLE;LATITUDE;LONGITUDE\n1;A;x;77000;M;48,5;2,5\n",
         "tiers-lieux-census"},
        {"venues", "m.csv", "id,nom,type,code_commune,lon,lat\n1,A,fablab,01004,5,46\n", "venues"},
        {"movements", "m2.csv",
         "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,LIBELLE_AP\n"
         "32,2016-01-01,COM,01002,B,COM,01001,A\n32,2016-01-01,COM,01002,B,COMD,01002,B\n",
         "insee-cog-movements"},
        {"passage", "p2.csv",
         "cod_from,cod_to,annee,typemodif,ratio,y0,y1\n"
         "01002,01001,01/01/2016,f,1,2015,2016\n",
         "insee-passage"},
        {"group", "n.csv", "CODGEO,groupe\n01004,S\n", "group"},
        {"perimeter", "o.csv", "code\n01004\n", "perimeter"},
        {"travel_times", "t1.csv", "from,to,minutes,km\n01004,01001,12.5,9\n", "travel-times"},
        {"travel_times", "t2.csv", "code départ;code arrivée;distance;temps\n01004;01001;9;12,5\n",
         "travel-times"},
        {"travel_times", "t3.csv",
         "from_id,to_id,travel_time_p25,travel_time_p50\n01004,list:1,10,12\n", "travel-times"},
        {"travel_times", "t4.csv", "origin,destination,duration,distance\n01004,01001,750,9000\n",
         "travel-times-seconds"},
        {"communes", "p.csv", "geo_code,name,cheflieu_x,cheflieu_y\n01004,A,5,46\n",
         "communes-outlines"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        imported out;
        const status rc =
            import_text(f, forms[i].role, NULL, forms[i].name, forms[i].text, NULL, 0, &out);
        if (!forms[i].id) {
            assert_int_equal(rc, STATUS_INPUT); /* a ragged row: `;` inside an unquoted field */
            continue;
        }
        if (rc != STATUS_OK) {
            print_faults(f->list);
        }
        assert_int_equal(rc, STATUS_OK);
        assert_string_equal(out.by->id, forms[i].id);
        assert_int_equal(out.rows->rows, 1);
        assert_int_equal(strlen(out.facts.sha256), 64);
        imported_clear(&out);
    }
}

static void times_are_minutes_and_kilometres(void **state)
{
    fixture *f = *state;
    imported times = import_good(f, "travel_times", "osrm.csv",
                                 "origin,destination,duration,distance\n"
                                 "01004,01001,750,9100\n01001,list:1,,\n");
    assert_true(number_of(times.rows, "minutes", 0) == 12.5);
    assert_true(number_of(times.rows, "km", 0) == 9.1);
    assert_int_equal(column_state(table_find(times.rows, "minutes"), 1), VALUE_MISSING);
    assert_int_equal(column_state(table_find(times.rows, "km"), 1), VALUE_MISSING);
    assert_string_equal(text_of(times.rows, "to", 1), "list:1");
    assert_true(says(f->list, "read in s and in m"));
    imported_clear(&times);
    times = import_good(f, "travel_times", "r5.csv",
                        "from_id,to_id,travel_time_p25,travel_time_p50\n01004,01001,10,12\n");
    assert_true(number_of(times.rows, "minutes", 0) == 12);
    assert_null(table_find(times.rows, "km"));
    imported_clear(&times);
    times = import_good(f, "travel_times", "insee.csv",
                        "code départ;code arrivée;distance;temps\n01004;2A004;9,25;12,5\n");
    assert_true(number_of(times.rows, "km", 0) == 9.25);
    assert_string_equal(text_of(times.rows, "to", 0), "2A004");
    imported_clear(&times);
    imported out;
    assert_int_equal(import_text(f, "travel_times", NULL, "neg.csv",
                                 "from,to,minutes\n01004,01001,-1\n", NULL, 0, &out),
                     STATUS_INPUT);
}

static void individual_records_become_cells_with_their_variance(void **state)
{
    fixture *f = *state;
    imported detail = import_good(f, "detail", "FD_MOBPRO_2019.csv",
                                  "COMMUNE;ARM;DCLT;DCFLT;TRANS;CS1;IPONDI\n"
                                  "75056;75101;01004;99999;6;3;2\n"
                                  "75056;75101;01004;99999;6;3;3.5\n"
                                  "01004;ZZZZZ;99999;BE25F;5;4;1\n"
                                  "01004;ZZZZZ;01004;99999;3;8;4\n");
    assert_int_equal(detail.vintage, 2019);
    assert_int_equal(detail.rows->rows, 3);
    size_t met = 0;
    for (size_t i = 0; i < 3; i++) {
        const double workers = number_of(detail.rows, "workers", i);
        const double variance = number_of(detail.rows, "variance", i);
        const char *mode = text_of(detail.rows, "mode", i);
        const char *j = text_of(detail.rows, "j", i);
        if (strcmp(text_of(detail.rows, "o", i), "75101") == 0) {
            assert_int_equal(table_find(detail.rows, "respondents")->at.u32[i], 2);
            met += workers == 5.5 && variance == 2 * 1 + 3.5 * 2.5 && strcmp(mode, "transit") == 0;
        } else if (strcmp(j, "BE25F") == 0) {
            met += workers == 1 && variance == 0 && strcmp(mode, "car") == 0;
        } else {
            met += workers == 4 && strcmp(mode, "bicycle") == 0 &&
                   table_find(detail.rows, "cs")->at.u32[i] == 0;
        }
    }
    assert_int_equal(met, 3);
    imported_clear(&detail);
}

static void transport_codes_follow_the_year_of_the_file(void **state)
{
    fixture *f = *state;
    imported out;
    static const char text[] = "COMMUNE;DCLT;TRANS;CS1;IPONDI\n01004;01004;3;3;2\n";
    imported detail = import_good(f, "detail", "FD_MOBPRO_2014.csv", text);
    assert_string_equal(text_of(detail.rows, "mode", 0), "two_wheeler");
    imported_clear(&detail);
    detail = import_good(f, "detail", "extrait.csv", text);
    assert_string_equal(text_of(detail.rows, "mode", 0), "bicycle");
    assert_true(says(f->list, "year of the detail file unknown"));
    imported_clear(&detail);
    assert_int_equal(
        import_text(f, "detail", "insee-fd-mobpro-before-2017", "x.csv", text, NULL, 0, &out),
        STATUS_OK);
    assert_string_equal(text_of(out.rows, "mode", 0), "two_wheeler");
    imported_clear(&out);
    assert_int_equal(import_text(f, "detail", "insee-fd-mobpro-before-2017", "y.csv",
                                 "COMMUNE;DCLT;TRANS;CS1;IPONDI\n01004;01004;6;3;2\n", NULL, 0,
                                 &out),
                     STATUS_INPUT);
    assert_true(says(f->list, "does not exist before the 2017 file"));
}

/* A grid of one's own: bound centres are taken as they are, whatever the ids. */
static void bound_centres_stand(void **state)
{
    fixture *f = *state;
    imported out;
    const column_binding bound[] = {{"x", "est"}, {"y", "nord"}};
    assert_int_equal(import_text(f, "cells", NULL, "g.csv",
                                 "id,ind,est,nord\nc1,5,3668700,2546500\n", bound, 2, &out),
                     STATUS_OK);
    assert_true(number_of(out.rows, "x", 0) == 3668700);
    imported_clear(&out);
}

static void joined_features_are_split(void **state)
{
    fixture *f = *state;
    imported labels =
        import_good(f, "venues", "fabt.geojson",
                    "{\"type\":\"FeatureCollection\",\"features\":["
                    "{\"type\":\"Feature\",\"properties\":{\"id_geo\":\"01004\",\"id_territoire\":"
                    "\"fabt-1; fabt-2\","
                    "\"lib_territoire\":\"Un; "
                    "Deux\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.3,45.9]}},"
                    "{\"type\":\"Feature\",\"properties\":{\"id_geo\":\"01004\",\"id_territoire\":"
                    "\"manuprox-1\","
                    "\"lib_territoire\":\"Bois &amp; Cie; "
                    "fer\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.4,45.8]}}"
                    "]}");
    assert_int_equal(labels.rows->rows, 3);
    assert_string_equal(text_of(labels.rows, "id", 1), "fabt-2");
    assert_string_equal(text_of(labels.rows, "name", 1), "Deux");
    assert_string_equal(text_of(labels.rows, "label", 1), "Fabrique de territoire");
    assert_string_equal(text_of(labels.rows, "name", 2), "Bois &amp; Cie; fer");
    assert_true(fabs(number_of(labels.rows, "lon", 1) - 5.3) < 1e-9);
    imported_clear(&labels);
}

static void bindings_win_and_must_be_there(void **state)
{
    fixture *f = *state;
    imported out;
    const column_binding good[] = {{"code", "INSEE"}, {"population", "Habitants"}};
    const column_binding absent[] = {{"code", "COM"}};
    const column_binding unknown[] = {{"code", "INSEE"}, {"colour", "Habitants"}};
    static const char text[] = "INSEE;Habitants;PMUN\n01004;7;9\n";
    assert_int_equal(import_text(f, "population", NULL, "p.csv", text, good, 2, &out), STATUS_OK);
    assert_true(number_of(out.rows, "population", 0) == 7);
    imported_clear(&out);
    assert_int_equal(import_text(f, "population", NULL, "p.csv", text, absent, 1, &out),
                     STATUS_INPUT);
    assert_true(says(
        f->list, "missing column \"COM\", wanted for \"code\"; columns found: INSEE, Habitants"));
    assert_int_equal(
        import_text(f, "population", "insee-population", "p.csv", text, unknown, 2, &out),
        STATUS_INPUT);
    assert_true(says(f->list, "no column \"colour\" to bind"));
}

/* "statut" is a legal form here: the run file says so, and it is no longer read as a status. */
static void a_bound_header_is_no_other_column_s(void **state)
{
    fixture *f = *state;
    imported out;
    const column_binding bound[] = {{"legal_form", "statut"}};
    static const char text[] = "nom;statut;code_commune\nA;SCIC;01004\n";
    assert_int_equal(import_text(f, "venues", NULL, "v.csv", text, bound, 1, &out), STATUS_OK);
    assert_string_equal(text_of(out.rows, "legal_form", 0), "SCIC");
    assert_null(table_find(out.rows, "status"));
    imported_clear(&out);
    assert_int_equal(import_text(f, "venues", NULL, "v.csv", text, NULL, 0, &out), STATUS_OK);
    assert_string_equal(text_of(out.rows, "status", 0), "SCIC");
    imported_clear(&out);
}

static void what_does_not_fit_is_told(void **state)
{
    fixture *f = *state;
    imported out;
    assert_int_equal(import_text(f, "flows", NULL, "p.csv", "a;b\n1;2\n", NULL, 0, &out),
                     STATUS_INPUT);
    assert_true(says(f->list, "columns found: a, b; the nearest format, \"insee-base-flux\""));
    assert_int_equal(
        import_text(f, "flows", "insee-base-fluxx", "p.csv", "a;b\n1;2\n", NULL, 0, &out),
        STATUS_INPUT);
    assert_true(says(f->list, "did you mean \"insee-base-flux\""));
    assert_int_equal(import_text(f, "population", NULL, "p.csv",
                                 "COM;PMUN\n1004;3\n1005;4\n010;1\n", NULL, 0, &out),
                     STATUS_INPUT);
    assert_true(says(f->list, "code 1004 is not 5 characters"));
    assert_true(says(f->list, "code 1005 is not 5 characters"));
    assert_true(says(f->list, "\"010\" is not the code of a commune"));
    assert_int_equal(import_text(f, "cells", NULL, "g.csv",
                                 "idcar_200m,ind\nCRS3035RES200mN2546400E36686OO,24\n", NULL, 0,
                                 &out),
                     STATUS_INPUT);
    assert_true(says(f->list, "bad cell id"));
    assert_int_equal(import_text(f, "detail", NULL, "d.csv",
                                 "ORI;DES;MODE;CSP;FLOW\n01004;01004;TGV;1;2\n", NULL, 0, &out),
                     STATUS_INPUT);
    assert_true(says(f->list, "unknown transport mode \"TGV\""));
}

static void associated_communes_are_left_out(void **state)
{
    fixture *f = *state;
    imported names = import_good(f, "names", "c.csv",
                                 "TYPECOM,COM,REG,DEP,LIBELLE\nCOM,01033,84,01,Valserhône\n"
                                 "COMD,01033,,,Bellegarde\nARM,75101,11,75,Paris 1er\n");
    assert_int_equal(names.rows->rows, 2);
    assert_int_equal(names.left_out, 1);
    assert_string_equal(text_of(names.rows, "name", 0), "Valserhône");
    imported_clear(&names);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(headers_choose_the_importer),
        TEST(times_are_minutes_and_kilometres),
        TEST(individual_records_become_cells_with_their_variance),
        TEST(transport_codes_follow_the_year_of_the_file),
        TEST(bound_centres_stand),
        TEST(joined_features_are_split),
        TEST(bindings_win_and_must_be_there),
        TEST(a_bound_header_is_no_other_column_s),
        TEST(what_does_not_fit_is_told),
        TEST(associated_communes_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
