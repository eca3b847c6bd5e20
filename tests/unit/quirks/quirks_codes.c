/* Codes of communes, and what the territory and the flows do with them. */
#include "quirks.h"

#include <math.h>

QUIRK(9)
{
    fixture *f = *state;
    refuses(f, "flows", "f.csv", "CODGEO,DCLT,NBFLUX\n1001,1001,5\n01004,01004,2\n1002,01004,5\n",
            "code 1001 is not 5 characters; leading zero lost by a spreadsheet?");
    assert_int_equal(told(f, "code 1001")->line, 2);
    assert_int_equal(told(f, "code 1002")->line, 4);
}

QUIRK(10)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "cnfs.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"id\":1,\"nom\":\"A\",\"code_postal\":1100},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.6,46.2]}},"
        "{\"type\":\"Feature\",\"properties\":{\"id\":2,\"nom\":\"B\",\"code_postal\":77000},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[2.6,48.5]}}]}");
    assert_string_equal(text_of(in.rows, "postcode", 0), "01100");
    assert_string_equal(text_of(in.rows, "postcode", 1), "77000");
    (void)told(f, "column \"postcode\": 1 codes lost their leading zero (\"1100\" read as "
                  "\"01100\")");
    imported_clear(&in);
    in = import_good(f, "membership", "m.csv", "CODGEO;LIBGEO;DEP;REG\n01004;A;1;84\n");
    assert_string_equal(text_of(in.rows, "departement", 0), "01");
    imported_clear(&in);
    in = import_good(f, "venues", "cnfs.json",
                     "[{\"id\":1,\"raison_sociale\":\"A\",\"nb_cnfs\":1,\"code_postal\":1100,"
                     "\"code_postal_bis\":\"01100\",\"code_département\":\"1\"},"
                     "{\"id\":2,\"raison_sociale\":\"B\",\"nb_cnfs\":1,\"code_postal\":1960},"
                     "{\"id\":3,\"raison_sociale\":\"C\",\"nb_cnfs\":1,\"code_postal\":77000}]");
    assert_string_equal(text_of(in.rows, "postcode", 0), "01100");
    assert_string_equal(text_of(in.rows, "postcode", 1), "01960");
    assert_string_equal(text_of(in.rows, "postcode", 2), "77000");
    (void)told(f, "2 postcodes written as numbers, without their leading zero: completed");
    imported_clear(&in);
    /* A commune is not guessed: four digits may be any of two errors. */
    refuses(f, "venues", "v.csv", "id,nom,code_commune\n1,A,1283\n", "code 1283");
}

QUIRK(11)
{
    fixture *f = *state;
    job j = run_job(f, "code,lon,lat\n2A004,8.74,41.93\n2B033,9.45,42.70\n",
                    "COM;PMUN\n2A004;71000\n2B033;48000\n", NULL, false);
    assert_string_equal(j.t->code[0], "2A004");
    assert_string_equal(text_of(j.t->places, "departement", 0), "2A");
    assert_string_equal(text_of(j.t->places, "departement", 1), "2B");
    assert_true(j.t->population[1] == 48000);
    job_clear(&j);
    refuses(f, "population", "p.csv", "COM;PMUN\n2A04;1\n", "\"2A04\" is not the code");
}

QUIRK(12)
{
    fixture *f = *state;
    job j = run_job(f, "code,lon,lat\n75056,2.35,48.86\n77001,2.5,48.5\n",
                    "COM;PMUN\n75101;10\n75102;20\n77001;5\n",
                    "CODGEO;DCLT;NBFLUX\n75101;77001;3\n77001;75102;4\n77001;75101;1\n", true);
    assert_int_equal(j.t->place_count, 2);
    assert_true(j.t->population[0] == 30);
    double to_paris = 0;
    for (size_t i = 0; i < j.made->count; i++) {
        to_paris += j.made->j[i] == 0 ? number_of(j.made->rows, "workers", i) : 0;
    }
    assert_true(fabs(to_paris - 5) < 1e-12);
    job_clear(&j);
}

QUIRK(13)
{
    fixture *f = *state;
    job j = run_job(f, "code,lon,lat\n75101,2.33,48.86\n75102,2.34,48.87\n", "COM;PMUN\n75056;30\n",
                    NULL, false);
    assert_true(isnan(j.t->population[0]) && isnan(j.t->population[1]));
    (void)told(f, "without population");
    job_clear(&j);
}

QUIRK(14)
{
    fixture *f = *state;
    placing p = place_venues(
        f,
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code\":\"13055\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[5.2,43.2],[5.6,"
        "43.2],[5.6,43.4],[5.2,43.4],[5.2,43.2]]]}}]}",
        "v.csv", "id,nom,code_commune\n1,Marseille 2e,13202\n", NULL);
    assert_int_equal(p.made->count, 1);
    assert_string_equal(text_of(p.made->rows, "code", 0), "13055");
    assert_string_equal(text_of(p.made->rows, "placement", 0), "commune");
    placing_clear(&p);
}

static const char cog[] = "TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT\n"
                          "COM,01033,84,01,Valserhône,\n"
                          "COMD,01033,,,Bellegarde-sur-Valserine,01033\n"
                          "COMD,01015,,,Arbignieu,01015\n"
                          "COMA,59355,,,Lomme,59350\n"
                          "ARM,75101,11,75,Paris 1er,75056\n";

QUIRK(18)
{
    imported in = import_good(*state, "names", "c.csv", cog);
    assert_int_equal(in.rows->rows, 2);
    assert_string_equal(text_of(in.rows, "name", row_of(in.rows, "code", "01033")), "Valserhône");
    assert_int_equal(in.left_out, 3);
    assert_non_null(in.left_out_en);
    imported_clear(&in);
}

QUIRK(19)
{
    fixture *f = *state;
    imported in = import_good(f, "names", "c.csv", cog);
    for (size_t r = 0; r < in.rows->rows; r++) {
        assert_int_equal(state_of(in.rows, "departement", r), VALUE_PRESENT);
    }
    assert_int_equal(faults_count(f->list), 0);
    imported_clear(&in);
}

QUIRK(21)
{
    fixture *f = *state;
    territory *t = NULL;
    imported communes = import_good(
        f, "communes", "c.csv", "code,cp,lon,lat\n77001,77630,2.5,48.5\n77001,77631,2.5,48.5\n");
    const territory_inputs in = {.communes = &communes};
    assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_INPUT);
    (void)told(f, "lines 2 and 3");
    imported_clear(&communes);
}

QUIRK(22)
{
    fixture *f = *state;
    job j = run_job(f, "code,lon,lat\n97411,55.4,-20.9\n97608,45.2,-12.8\n",
                    "COM;PMUN\n97411;150000\n", NULL, false);
    assert_int_equal(state_of(j.t->places, "population", 1), VALUE_MISSING);
    (void)told(f, "97608");
    job_clear(&j);
}

QUIRK(23)
{
    fixture *f = *state;
    placing p = place_venues(f, NULL, "v.csv",
                             "id,nom,code_commune\n1,A,97501\n2,B,77001\n3,C,97801\n", NULL);
    assert_int_equal(p.made->count, 1);
    assert_string_equal(p.made->id[0], "liste:2");
    assert_int_equal(counted(f, "venues", "ignored", "") + counted(f, "venues", "rejected", ""), 2);
    placing_clear(&p);
}

QUIRK(30)
{
    fixture *f = *state;
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0, 0, 0, 0, 1, 0, 0};
    static const double cs[7] = {0, 1, 0, 0, 0, 0, 0};
    flows *made = NULL;
    imported communes =
        import_good(f, "communes", "c.csv", "code,lon,lat\n77001,2.5,48.5\n77002,2.6,48.5\n");
    imported base = import_good(f, "flows", "b.csv", "CODGEO;DCLT;NBFLUX\n77001;77002;5\n");
    imported detail = import_good(f, "detail", "d.csv",
                                  "ORI;DES;MODE;CSP;FLOW\n77001;77002;VP;1;3.843533072555049\n"
                                  "77001;77002;TC;1;1.0\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    const flows_inputs with = {
        .base = &base, .detail = &detail, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    assert_int_equal(flows_build(t, &with, f->balance, &made, f->list), STATUS_OK);
    double total = 0;
    for (size_t i = 0; i < made->count; i++) {
        total += number_of(made->rows, "workers", i);
    }
    assert_true(fabs(total - 5) < 1e-12); /* the published total, the detail's shares */
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    imported_clear(&detail);
}

QUIRK(31)
{
    fixture *f = *state;
    job j = run_job(f, "code,lon,lat\n77001,2.5,48.5\n", NULL,
                    "CODGEO;DCLT;NBFLUX\n77001;BE25F;1\n77001;AL000;2\n77001;MO001;4\n"
                    "77001;SUA3F;8\n77001;99999;16\n77001;ZZZZZ;32\n77001;77001;64\n",
                    false);
    double total = 0, abroad = 0;
    for (size_t i = 0; i < j.made->count; i++) {
        total += number_of(j.made->rows, "workers", i);
        abroad += j.made->j[i] == WORK_OUTSIDE ? number_of(j.made->rows, "workers", i) : 0;
    }
    assert_true(fabs(total - 127) < 1e-9);
    assert_true(fabs(abroad - 63) < 1e-9);
    (void)told(f, "abroad");
    job_clear(&j);
    refuses(f, "flows", "g.csv", "CODGEO;DCLT;NBFLUX\nBE25F;77001;1\n",
            "\"BE25F\" is not the code");
}

QUIRK(32)
{
    fixture *f = *state;
    static const char text[] = "MO001,\"Monaco (MO001)\"\nIT001,\"Val d'Aoste\"\n";
    imported in = import_good(f, "foreign_places", "border.csv", text);
    assert_string_equal(in.by->id, "insee-foreign-places");
    assert_int_equal(in.rows->rows, 2); /* the first line is a place too */
    assert_string_equal(text_of(in.rows, "code", 0), "MO001");
    assert_string_equal(text_of(in.rows, "name", 0), "Monaco (MO001)");
    assert_string_equal(text_of(in.rows, "name", 1), "Val d'Aoste");
    imported_clear(&in);
    refuses(f, "venues", "border.csv", text, "columns found: MO001, Monaco (MO001)");
    refuses(f, "group", "border.csv", text, "columns found: MO001");
}

QUIRK(33)
{
    fixture *f = *state;
    refuses(f, "flows", "l.csv",
            "CODGEO;DCLT;NBFLUX\n01004;01004;1\nL'Abergement-Clémenciat (01001);01004;2\n",
            "\"L'Abergement-Clémenciat (01001)\" is not the code of a commune");
    assert_int_equal(told(f, "L'Abergement")->line, 3);
}

QUIRK(34)
{
    fixture *f = *state;
    placing p = place_venues(
        f,
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code\":\"75102\",\"nom\":\"Paris 2e  Arrondissement\"},\"geometry\":{\"type\":\"Point\","
        "\"coordinates\":[2.34,48.87]}}]}",
        "v.csv", "id,nom,code_postal,ville\n1,A,75002,Paris 2e Arrondissement\n",
        "Code_postal;Nom_de_la_commune;Code_commune_INSEE\n75002;Paris 2e  Arrondissement;75102\n"
        "75002;Paris 3e  Arrondissement;75103\n");
    assert_int_equal(p.made->count, 1);
    assert_string_equal(text_of(p.made->rows, "code", 0), "75102");
    placing_clear(&p);
}

QUIRK(35)
{
    fixture *f = *state;
    static const char paris[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code\":\"75106\",\"nom\":\"Paris 6e Arrondissement\"},\"geometry\":{\"type\":\"Point\","
        "\"coordinates\":[2.33,48.85]}}]}";
    placing p = place_venues(f, paris, "v.csv",
                             "id,nom,code_postal,ville\n1,A,75006,paris-6e-arrondissement\n"
                             "2,B,75006,paris-6e\n3,C,75006,lutece\n",
                             "Code_postal;Nom_de_la_commune;Code_commune_INSEE\n"
                             "75006;PARIS 6E ARRONDISSEMENT;75106\n75006;PARIS 7E;75107\n");
    assert_string_equal(text_of(p.made->rows, "code", row_of(p.made->rows, "id", "liste:1")),
                        "75106");
    /* What names no commune of the postcode is not placed by guess, and it is said. */
    static const char *const unplaced[] = {"liste:2", "liste:3"};
    for (size_t i = 0; i < 2; i++) {
        const size_t row = row_of(p.made->rows, "id", unplaced[i]);
        assert_string_equal(text_of(p.made->rows, "placement", row), "none");
        assert_string_equal(text_of(p.made->placements, "effect", row), "absent");
    }
    assert_int_equal(told(f, "\"B\": no usable")->line, 3);
    assert_int_equal(told(f, "\"C\": no usable")->line, 4);
    placing_clear(&p);
}
