/* Separators, encodings, signs in place of numbers. */
#include "quirks.h"

QUIRK(1)
{
    fixture *f = *state;
    imported in = import_good(f, "flows", "f.csv",
                              "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C14_ACTOCC15P\n"
                              "01004;Ambérieu, en Bugey;01007;Ambronay;1.5\n");
    assert_int_equal(in.facts.separator, ';');
    assert_string_equal(text_of(in.rows, "j", 0), "01007");
    imported_clear(&in);
}

QUIRK(2)
{
    fixture *f = *state;
    imported in = import_good(f, "names", "c.csv",
                              "TYPECOM,COM,REG,DEP,ARR,LIBELLE\nCOM,01004,84,01,011,\"A; B\"\n");
    assert_int_equal(in.facts.separator, ',');
    assert_string_equal(text_of(in.rows, "name", 0), "A; B");
    imported_clear(&in);
}

QUIRK(3)
{
    fixture *f = *state;
    imported latin =
        import_good(f, "names", "l.csv", "CODGEO;LIBGEO\r\n94028;Cr\xe9teil\r\n94081;Vitry\r\n");
    imported utf8 = import_good(f, "names", "u.csv", "CODGEO;LIBGEO\n94028;Créteil\n94081;Vitry\n");
    assert_int_equal(latin.facts.encoding, ENCODING_LATIN1);
    assert_true(latin.facts.crlf && !utf8.facts.crlf);
    assert_int_equal(latin.rows->rows, utf8.rows->rows);
    for (size_t r = 0; r < 2; r++) {
        assert_string_equal(text_of(latin.rows, "name", r), text_of(utf8.rows, "name", r));
        assert_string_equal(text_of(latin.rows, "code", r), text_of(utf8.rows, "code", r));
    }
    const fault *warning = told(f, "read as ISO-8859-1");
    assert_int_equal(warning->line, 2);
    assert_non_null(strstr(warning->excerpt, "Créteil"));
    imported_clear(&latin);
    imported_clear(&utf8);
}

QUIRK(4)
{
    fixture *f = *state;
    imported in =
        import_good(f, "names", "l.csv", "CODGEO;LIBGEO\n01001;L'Abergement-Cl\xe9menciat\n");
    assert_string_equal(text_of(in.rows, "name", 0), "L'Abergement-Clémenciat");
    assert_int_equal(told(f, "read as ISO-8859-1")->line, 2);
    imported_clear(&in);
}

QUIRK(5)
{
    fixture *f = *state;
    imported in = import_good(f, "names", "c.csv", "COM,LIBELLE\r\n01004,Ambérieu\r\n");
    assert_string_equal(text_of(in.rows, "name", 0), "Ambérieu");
    assert_int_equal(in.facts.encoding, ENCODING_UTF8);
    assert_int_equal(faults_count(f->list), 0);
    imported_clear(&in);
}

QUIRK(6)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "c.csv",
                              "\xef\xbb\xbfID_UNIQUE;NOM;LATITUDE;LONGITUDE\n7;Élan;48,5;2,5\n");
    assert_true(in.facts.bom);
    assert_string_equal(text_of(in.rows, "id", 0), "7");
    assert_true(number_of(in.rows, "lat", 0) == 48.5);
    imported_clear(&in);
}

QUIRK(7)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "l.csv",
                              "id,nom,lon,lat\n1,Ain,5,46\n2,Bouches-du-Rh\x92\x82ne,5,43\n");
    assert_int_equal(told(f, "read as ISO-8859-1")->line, 3);
    assert_int_equal(told(f, "bytes 80 to 9F")->line, 3);
    assert_int_equal(told(f, "1 texts damaged by a wrong encoding")->line, 3);
    imported_clear(&in);
    in = import_good(f, "venues", "t.csv", "id,nom,lon,lat\n1,Ain,5,46\n2,RhÃ´ne,5,43\n");
    (void)told(f, "RhÃ´ne");
    imported_clear(&in);
    /* Beside good UTF-8 there is no reading of it at all. */
    refuses(f, "venues", "m.csv", "id,nom,lon,lat\n1,Isère,5,46\n2,Rh\x92\x82ne,5,43\n", "0x92");
    assert_int_equal(told(f, "two encodings in one file")->line, 3);
}

QUIRK(8)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "v.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"id\":1,\"nom\":\"a <b> c\",\"adresse\":\"57 Rue "
        "Ren<e9> Nicod\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.6,46.2]}},"
        "{\"type\":\"Feature\",\"properties\":{\"id\":2,\"nom\":\"x<br>y\",\"adresse\":\"1 Rue\"},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.6,46.2]}}]}");
    assert_string_equal(text_of(in.rows, "address", 0), "57 Rue Ren<e9> Nicod");
    const fault *warning = told(f, "1 texts damaged by a wrong encoding");
    assert_non_null(strstr(warning->en, "column \"address\""));
    assert_non_null(strstr(warning->en, "Ren<e9> Nicod"));
    assert_int_equal(warning->line, 1);
    assert_int_equal(faults_count(f->list), 1); /* tags are no damage */
    imported_clear(&in);
    /* In the list that is known for it the letters are put back, whatever else stands between
     * angle brackets. */
    in = import_good(f, "venues", "cnfs.json",
                     "[{\"id\":1,\"raison_sociale\":\"CC\",\"nb_cnfs\":5,\"adresse\":\"57 RUE\","
                     "\"result_label\":\"57 Rue Ren<e9> Nicod <br> <a0>\"},"
                     "{\"id\":2,\"raison_sociale\":\"B\",\"nb_cnfs\":1,\"adresse\":\"1 Rue\"}]");
    assert_string_equal(in.by->id, "conseillers-numeriques");
    assert_string_equal(text_of(in.rows, "address", 0), "57 Rue René Nicod <br> <a0>");
    assert_string_equal(text_of(in.rows, "address", 1), "1 Rue");
    (void)told(f, "1 rows held letters written as their number");
    imported_clear(&in);
}

QUIRK(24)
{
    fixture *f = *state;
    imported in = import_good(f, "membership", "m.csv",
                              "CODGEO;LIBGEO;DEP;REG;ARR\n75056;Paris;75;11;  \n77001;A;77;11;2\n");
    assert_int_equal(state_of(in.rows, "arrondissement", 0), VALUE_MISSING);
    assert_string_equal(text_of(in.rows, "arrondissement", 1), "2");
    imported_clear(&in);
}

static void one_sign(fixture *f, const char *sign, value_state expected)
{
    char text[128];
    (void)snprintf(text, sizeof text, "COM;PMUN\n01004;12,5\n01007;%s\n", sign);
    imported in = import_good(f, "population", "p.csv", text);
    assert_int_equal(state_of(in.rows, "population", 1), expected);
    assert_true(table_find(in.rows, "population")->at.f64[1] == 0); /* never a number of its own */
    imported_clear(&in);
}

QUIRK(25)
{
    one_sign(*state, "s", VALUE_SECRET);
    refuses(*state, "population", "p.csv", "COM;PMUN\n01004;ss\n", "is not a number");
}

QUIRK(26)
{
    one_sign(*state, "nd", VALUE_MISSING);
}

QUIRK(27)
{
    fixture *f = *state;
    one_sign(f, "NA", VALUE_MISSING);
    imported in = import_good(f, "venues", "v.csv",
                              "id,nom,ville,code_commune,lon,lat\n1,A,NA,NA,2.5,NA\n"
                              "2,Na,Nantes,77001,2.5,48.5\n");
    assert_int_equal(state_of(in.rows, "lat", 0), VALUE_MISSING);
    assert_int_equal(state_of(in.rows, "city", 0), VALUE_MISSING);
    assert_int_equal(state_of(in.rows, "commune", 0), VALUE_MISSING);
    assert_string_equal(text_of(in.rows, "city", 1), "Nantes");
    assert_string_equal(text_of(in.rows, "name", 1), "Na");
    (void)told(f, "column \"city\": 1 values such as \"NA\" read as missing");
    imported_clear(&in);
}

QUIRK(28)
{
    fixture *f = *state;
    imported in = import_good(f, "population", "p.csv", "COM;PMUN\n01004;48,0\n01005;31\n");
    assert_true(number_of(in.rows, "population", 0) == 48);
    assert_true(number_of(in.rows, "population", 1) == 31);
    assert_int_equal(in.facts.decimal_mark, ',');
    imported_clear(&in);
    refuses(f, "population", "q.csv", "COM;PMUN\n01004;48,5\n01005;3.1\n", "one decimal mark");
}

QUIRK(29)
{
    fixture *f = *state;
    imported in = import_good(f, "flows", "f.csv",
                              "CODGEO;DCLT;NBFLUX_C14\n01004;01007;4.843533072555049\n"
                              "01004;01008;11481.093\n");
    assert_true(number_of(in.rows, "workers", 0) == 4.843533072555049);
    assert_true(number_of(in.rows, "workers", 1) == 11481.093);
    imported_clear(&in);
}

QUIRK(39)
{
    fixture *f = *state;
    imported in = import_good(f, "venues", "fs.csv",
                              "id_fs,lib_fs,insee_com,latitude,longitude,adresse\n"
                              "1,A,77001,48.5,2.5,\"Mairie\n2 place\nde l'église\"\n"
                              "2,B,77002,48.5,2.6,1 rue\n");
    assert_int_equal(in.rows->rows, 2);
    assert_string_equal(text_of(in.rows, "address", 0), "Mairie\n2 place\nde l'église");
    assert_int_equal(table_source(in.rows, 1).line, 5);
    imported_clear(&in);
}

QUIRK(45)
{
    fixture *f = *state;
    imported in = import_good(f, "population", "p.csv",
                              "\"REG\";\"COM\";\"PMUN\"\n11;\"94033\";3\n\"11\";94034;\"4\"\n");
    assert_string_equal(text_of(in.rows, "code", 0), "94033");
    assert_true(number_of(in.rows, "population", 1) == 4);
    imported_clear(&in);
}

QUIRK(49)
{
    fixture *f = *state;
    imported in =
        import_good(f, "flows", "MOBPRO_IDF2015.csv", "CODGEO;DCLT;NBFLUX_C14_X\n01004;01007;1\n");
    assert_int_equal(in.vintage, 2014); /* of the data, whatever the file's name */
    imported_clear(&in);
    /* Residence: ARM where there is one; work: DCFLT where it is abroad, else DCLT. */
    in = import_good(f, "detail", "FD_MOBPRO_2019.csv",
                     "COMMUNE;ARM;DCFLT;DCLT;TRANS;CS1;IPONDI\n75056;75103;99999;77001;5;3;2\n"
                     "77001;ZZZZZ;LU001;99999;5;3;1\n");
    const size_t paris = row_of(in.rows, "o", "75103"), seine = row_of(in.rows, "o", "77001");
    assert_string_equal(text_of(in.rows, "j", paris), "77001");
    assert_string_equal(text_of(in.rows, "j", seine), "LU001");
    imported_clear(&in);
}
