/* The official tables, in the forms that they are published in: files made here, with the quirks of
 * the real ones. */
#include "../territory/files.h"

#include <math.h>
#include <xlsxwriter.h>

/* --- workbooks: rows of texts, NULL ends a row --- */

enum { CELLS_MAX = 16 };
typedef const char *sheet_row[CELLS_MAX];

static void write_sheet(lxw_workbook *book, const char *name, const sheet_row *rows, size_t count)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    for (size_t r = 0; r < count; r++) {
        for (size_t c = 0; c < CELLS_MAX && rows[r][c]; c++) {
            if (*rows[r][c]) {
                (void)worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, rows[r][c], NULL);
            }
        }
    }
}
#define SHEET(book, name, ...)                                                                     \
    write_sheet(book, name, (const sheet_row[]){__VA_ARGS__},                                      \
                sizeof((const sheet_row[]){__VA_ARGS__}) / sizeof(sheet_row))

static lxw_workbook *book_new(const fixture *f, const char *name, char path[160])
{
    (void)snprintf(path, 160, "%s/%s", f->folder, name);
    lxw_workbook *book = workbook_new(path);
    assert_non_null(book);
    return book;
}

static status import_path(fixture *f, const char *role, const char *path, imported *out)
{
    const import_request request = {
        .path = path, .role = role, .workers = f->workers, .where = source_at("run.yaml", 7, 1)};
    return import_file(dataset_importers, &request, out, f->list);
}

static imported import_book(fixture *f, const char *role, lxw_workbook *book, const char *path)
{
    imported out;
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    const status rc = import_path(f, role, path, &out);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return out;
}

static size_t row_of(const table *t, const char *code)
{
    for (size_t i = 0; i < t->rows; i++) {
        if (strcmp(text_of(t, "code", i), code) == 0) {
            return i;
        }
    }
    fail_msg("no row %s", code);
    return 0;
}

static value_state state_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_state(c, row);
}

/* --- membership --- */

#define TITLES                                                                                     \
    {"Liste des communes au 1er janvier 2022"}, {"Communes"}, {"Mise en ligne le 27/09/2022"},     \
    {                                                                                              \
        "@Insee       Source(s) : Insee, Code officiel géographique"                              \
    }

/* Quirk 41: four lines of title, long labels, then the header on line 6; ARM has one more column.
 */
static void the_membership_workbook_is_read_with_its_sheets(void **state)
{
    fixture *f = *state;
    char path[160];
    lxw_workbook *book = book_new(f, "table-appartenance-geo-communes-22.xlsx", path);
    SHEET(book, "COM", TITLES,
          {"Code géographique", "Libellé géographique", "Département", "Région", "Arrondissement",
           "Canton ville", "Intercommunalité - Métropole", "Zone d'emploi 2020",
           "Unité urbaine 2020", "Aire d'attraction des villes 2020", "Bassin de vie 2012"},
          {"CODGEO", "LIBGEO", "DEP", "REG", "ARR", "CV", "EPCI", "ZE2020", "UU2020", "AAV2020",
           "BV2012"},
          {"01001", "L'Abergement-Clémenciat", "01", "84", "012", "0108", "200069193", "8405",
           "01000", "524", "01093"},
          {"2A004", "Ajaccio", "2A", "94", "2A1", "2A98", "242010056", "9401", "2A601", "050",
           "2A004"});
    SHEET(book, "ARM", TITLES,
          {"Code géographique", "Libellé géographique", "Département", "Région", "Arrondissement",
           "Canton ville", "Intercommunalité - Métropole", "Zone d'emploi 2020",
           "Unité urbaine 2020", "Aire d'attraction des villes 2020", "Bassin de vie 2012",
           "Commune englobante"},
          {"CODGEO", "LIBGEO", "DEP", "REG", "ARR", "CV", "EPCI", "ZE2020", "UU2020", "AAV2020",
           "BV2012", "COM"},
          {"13202", "Marseille 2e Arrondissement", "13", "93", "133", "1398", "200054807", "9312",
           "00759", "003", "13055", "13055"});
    SHEET(book, "Zones_supra_communales", TITLES,
          {"Niveau géographique", "Code géographique", "Libellé géographique", "Nombre communes"},
          {"NIVGEO", "CODGEO", "LIBGEO", "NB_COM"}, {"EPCI", "200069193", "CC de la Dombes", "36"},
          {"BV2012", "01093", "Châtillon", "12"}, {"ZE2020", "8405", "Bourg-en-Bresse", "300"},
          {"AAV2020", "524", "Châtillon", "20"});
    imported in = import_book(f, "membership", book, path);
    assert_string_equal(in.by->id, "insee-membership");
    assert_int_equal(in.vintage, 2022);
    assert_int_equal(in.rows->rows, 3);
    const size_t one = row_of(in.rows, "01001");
    assert_string_equal(text_of(in.rows, "epci", one), "200069193");
    assert_string_equal(text_of(in.rows, "epci_name", one), "CC de la Dombes");
    assert_string_equal(text_of(in.rows, "bassin_vie_name", one), "Châtillon");
    assert_string_equal(text_of(in.rows, "zone_emploi_name", one), "Bourg-en-Bresse");
    assert_string_equal(text_of(in.rows, "aav_name", one), "Châtillon");
    assert_string_equal(text_of(in.rows, "canton", one), "0108");
    assert_string_equal(text_of(in.rows, "unite_urbaine", one), "01000");
    const size_t arrondissement = row_of(in.rows, "13202");
    assert_string_equal(text_of(in.rows, "epci", arrondissement), "200054807");
    assert_true(says(f->list, "1 municipal arrondissements"));
    imported_clear(&in);
}

/* The workbooks of one level list the zones first, the communes on the second sheet. */
static void the_sheet_of_the_communes_is_found(void **state)
{
    fixture *f = *state;
    char path[160];
    lxw_workbook *book = book_new(f, "BV2022_au_01-01-2025.xlsx", path);
    SHEET(
        book, "BV2022", {"Bassins de vie 2022"}, {"Zonage"}, {"Mise en ligne"}, {"@Insee"},
        {"Bassin de vie 2022", "Libellé du bassin de vie", "Type de bassin", "Nombre de communes"},
        {"BV2022", "LIBBV2022", "TYPE_BV", "NB_COM"}, {"01004", "Ambérieu-en-Bugey", "1", "44"});
    SHEET(book, "Composition_communale", {"Composition communale"}, {"Zonage"}, {"Mise en ligne"},
          {"@Insee"},
          {"Code géographique", "Libellé géographique", "Bassin de vie 2022",
           "Libellé du bassin de vie", "Département", "Région"},
          {"CODGEO", "LIBGEO", "BV2022", "LIBBV2022", "DEP", "REG"},
          {"01002", "L'Abergement-de-Varey", "01004", "Ambérieu-en-Bugey", "01", "84"});
    imported in = import_book(f, "membership", book, path);
    assert_int_equal(in.vintage, 2025);
    assert_int_equal(in.rows->rows, 1);
    assert_string_equal(text_of(in.rows, "bassin_vie", 0), "01004");
    assert_string_equal(text_of(in.rows, "bassin_vie_name", 0), "Ambérieu-en-Bugey");
    assert_true(says(f->list, "sheet read: \"Composition_communale\""));
    imported_clear(&in);
}

/* Quirk 42: header on line 1, numbers stored as text. */
static void the_groupings_of_the_dgcl_are_a_membership(void **state)
{
    fixture *f = *state;
    char path[160];
    lxw_workbook *book = book_new(f, "epcicom.xlsx", path);
    SHEET(book, "epcicom",
          {"dept", "siren", "raison_sociale", "nature_juridique", "nb_membres", "insee",
           "siren_membre", "nom_membre", "ptot_2024"},
          {"01", "200029999", "CC Rives de l'Ain", "CC", "14", "01004", "210100046",
           "Ambérieu-en-Bugey", "15000"});
    imported in = import_book(f, "membership", book, path);
    assert_string_equal(text_of(in.rows, "code", 0), "01004");
    assert_string_equal(text_of(in.rows, "epci", 0), "200029999");
    assert_string_equal(text_of(in.rows, "epci_name", 0), "CC Rives de l'Ain");
    imported_clear(&in);
}

/* --- population, density, names --- */

static void the_code_is_made_of_the_departement_and_the_commune(void **state)
{
    fixture *f = *state;
    char path[160];
    lxw_workbook *book = book_new(f, "ensemble.xlsx", path);
    SHEET(book, "Régions", {"Populations légales"}, {"Recensement"}, {"@Insee"},
          {"Code région", "Nom de la région", "Nombre de communes", "Population municipale"},
          {"84", "Auvergne-Rhône-Alpes", "4000", "8000000"});
    SHEET(book, "Communes", {"Populations légales"}, {"Recensement"}, {"@Insee"},
          {"Code région", "Nom de la région", "Code département", "Code arrondissement",
           "Code canton", "Code commune", "Nom de la commune", "Population municipale",
           "Population comptée à part", "Population totale"},
          {"84", "ARA", "01", "2", "08", "001", "L'Abergement-Clémenciat", "832", "16", "848"},
          {"94", "Corse", "2A", "1", "04", "004", "Ajaccio", "75000", "900", "75900"},
          {"84", "ARA", "1", "2", "08", "4", "Ambérieu-en-Bugey", "15000", "200", "15200"},
          {"1", "Guadeloupe", "971", "1", "01", "101", "Les Abymes", "53000", "400", "53400"});
    imported in = import_book(f, "population", book, path);
    assert_string_equal(in.by->id, "insee-population-ensemble");
    assert_int_equal(in.rows->rows, 4);
    assert_true(number_of(in.rows, "population", row_of(in.rows, "01001")) == 832);
    assert_true(number_of(in.rows, "population_total", row_of(in.rows, "2A004")) == 75900);
    assert_true(number_of(in.rows, "population_apart", row_of(in.rows, "01004")) == 200);
    assert_true(number_of(in.rows, "population", row_of(in.rows, "97101")) == 53000);
    assert_true(says(f->list, "1 codes completed with zeros"));
    imported_clear(&in);
}

/* Quirks 12 and 24: arrondissements alone, a canton of two blanks. */
static void the_population_file_keeps_its_three_counts(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "population", "donnees_communes.csv",
                              "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n"
                              "11;Île-de-France;75;1;  ;101;75101;Paris 1er;16000;300;16300\n");
    assert_string_equal(in.by->id, "insee-population");
    assert_string_equal(text_of(in.rows, "code", 0), "75101");
    assert_true(number_of(in.rows, "population", 0) == 16000);
    assert_true(number_of(in.rows, "population_total", 0) == 16300);
    imported_clear(&in);
}

static void the_density_grid_is_read_in_both_headers(void **state)
{
    fixture *f = *state;
    char path[160];
    imported in = import_good(f, "density", "grille_densite_7_niveaux_2023.csv",
                              "CODGEO;LIBGEO;DENS;LIBDENS;PMUN20\n01004;A;4;Petites villes;9\n");
    assert_int_equal(in.vintage, 2023);
    assert_int_equal(table_find(in.rows, "density7")->at.u32[0], 4);
    imported_clear(&in);
    lxw_workbook *book = book_new(f, "grille_densite_7_niveaux_detaille_2022.xlsx", path);
    SHEET(book, "Maille communale", {"Grille de densité"}, {"7 niveaux"}, {"2022"}, {"@Insee"},
          {"Code commune", "Libellé commune", "Degré densité", "Libellé degré densité",
           "Population \nmunicipale \n2019"},
          {"01004", "Ambérieu-en-Bugey", "4", "Petites villes", "14000"});
    in = import_book(f, "density", book, path);
    assert_int_equal(table_find(in.rows, "density7")->at.u32[0], 4);
    imported_clear(&in);
    imported bad;
    assert_int_equal(
        import_text(f, "density", NULL, "d.csv", "CODGEO;DENS\n01004;8\n", NULL, 0, &bad),
        STATUS_INPUT);
    /* the grids of 3 and of 4 levels have the same header */
    assert_int_equal(
        import_text(f, "density", NULL, "fichier_diffusion_2025.csv",
                    "CODGEO;LIBGEO;DENS;LIBDENS;PMUN22;P1;P2;P3\n01004;A;2;x;9;0;1;0\n", NULL, 0,
                    &bad),
        STATUS_INPUT);
    assert_true(says(f->list, "density grid of 3 levels"));
    char four[4096] = "CODGEO;DENS\n";
    for (int i = 1; i <= 150; i++) {
        const size_t used = strlen(four);
        (void)snprintf(four + used, sizeof four - used, "01%03d;%d\n", i, 1 + i % 4);
    }
    in = import_good(f, "density", "grille_2020.csv", four);
    assert_true(says(f->list, "no density level above 4"));
    imported_clear(&in);
}

static void names_are_read_in_both_cases(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "names", "communes2020.csv",
                              "typecom,com,reg,dep,ctcd,arr,tncc,ncc,nccenr,libelle,can,comparent\n"
                              "COM,01033,84,01,01D,012,0,VALSERHONE,Valserhône,Valserhône,0118,\n"
                              "COMD,01033,,,,,0,BELLEGARDE,Bellegarde,Bellegarde,,01033\n");
    assert_int_equal(in.vintage, 2020);
    assert_int_equal(in.rows->rows, 1);
    assert_int_equal(in.left_out, 1);
    assert_string_equal(text_of(in.rows, "name", 0), "Valserhône");
    imported_clear(&in);
}

/* --- incomes --- */

/* Quirks 25, 26 and 28: secrecy, "nd", decimal commas beside whole numbers. */
static void incomes_keep_what_is_secret_and_what_is_missing(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "context", "cc_filosofi_2020_COM.csv",
                              "CODGEO;NBMENFISC20;NBPERSMENFISC20;MED20;PIMP20;TP6020;D120;D920;"
                              "RD20;PACT20;PPEN20;PPSOC20\n"
                              "01001;331;842;24820;s;s;s;s;s;s;s;s\n"
                              "01004;6500;14000;20150;48,0;17,5;11000;35010;3,1;70,1;25,0;7,5\n"
                              "09304;nd;nd;nd;nd;nd;nd;nd;nd;nd;nd;nd\n");
    assert_string_equal(in.by->id, "insee-filosofi");
    assert_int_equal(in.vintage, 2020);
    assert_int_equal(in.facts.decimal_mark, ',');
    assert_true(number_of(in.rows, "median_income_eur", 0) == 24820);
    assert_int_equal(state_of(in.rows, "poverty_rate_percent", 0), VALUE_SECRET);
    assert_true(number_of(in.rows, "poverty_rate_percent", 1) == 17.5);
    assert_true(number_of(in.rows, "income_decile_1_eur", 1) == 11000);
    assert_true(number_of(in.rows, "income_decile_9_eur", 1) == 35010);
    assert_int_equal(state_of(in.rows, "median_income_eur", 2), VALUE_MISSING);
    assert_string_equal(table_find(in.rows, "median_income_eur")->unit, "EUR");
    imported_clear(&in);
}

/* --- facilities --- */

static const char facilities[] =
    "\"REG\";\"DEP\";\"DEPCOM\";\"DCIRIS\";\"AN\";\"TYPEQU\";\"LAMBERT_X\";\"LAMBERT_Y\";\"QUALITE_"
    "XY\"\n"
    "11;\"75\";\"75104\";\"75104_0110\";2019;\"D108\";652381.6;6862047.8;\"Acceptable\"\n"
    "11;\"75\";\"75104\";\"75104_0110\";2019;\"A101\";NA;NA;\"_U\"\n"
    "4;\"974\";\"97411\";\"97411_0101\";2019;\"B203\";338738.0;7691150.0;\"Bonne\"\n";

/* Quirks 27, 45 and 46: NA, quoted and bare cells in one line, one projection a département. */
static void facilities_are_placed_in_the_projection_of_their_departement(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "facilities", "bpe19.csv", facilities);
    assert_string_equal(in.by->id, "insee-bpe-points");
    assert_int_equal(in.rows->rows, 3);
    /* the town hall of Paris, and a place of Saint-Denis, Réunion (RGR92) */
    assert_true(fabs(number_of(in.rows, "lon", 0) - 2.352) < 0.002);
    assert_true(fabs(number_of(in.rows, "lat", 0) - 48.856) < 0.002);
    assert_int_equal(state_of(in.rows, "lon", 1), VALUE_MISSING);
    assert_true(fabs(number_of(in.rows, "lon", 2) - 55.45) < 0.02);
    assert_true(fabs(number_of(in.rows, "lat", 2) + 20.87) < 0.02);
    assert_string_equal(text_of(in.rows, "type", 0), "D108");
    assert_string_equal(text_of(in.rows, "quality", 2), "Bonne");
    assert_true(says(f->list, "1 facilities without coordinates"));
    imported_clear(&in);
}

static void facilities_are_counted_by_commune_with_or_without_a_point(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "context", "bpe19.csv", facilities);
    assert_string_equal(in.by->id, "insee-bpe-points-counted");
    assert_int_equal(in.rows->rows, 2);
    const size_t paris = row_of(in.rows, "75104");
    assert_true(number_of(in.rows, "facilities", paris) == 2);
    assert_true(number_of(in.rows, "facilities_a", paris) == 1);
    assert_true(number_of(in.rows, "facilities_b", paris) == 0);
    assert_true(number_of(in.rows, "facilities_d", paris) == 1);
    imported_clear(&in);
}

/* Two forms of the numbers; totals and départements are left out, and counted so. */
static void numbers_of_facilities_are_added_by_commune(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "context", "bpe21_ensemble.csv",
                              "AN;DEP;DEPCOM;TYPEQU;NB_EQUIP\n2021;01;01004;A101;2\n"
                              "2021;01;01004;B203;5\n2021;01;01005;F101;1\n");
    assert_true(number_of(in.rows, "facilities", row_of(in.rows, "01004")) == 7);
    assert_true(number_of(in.rows, "facilities_f", row_of(in.rows, "01005")) == 1);
    imported_clear(&in);
    in = import_good(f, "context", "DS_BPE.csv",
                     "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE\n"
                     "01004;COM;A;A101;FACILITIES;2024;2\n01004;COM;A;_T;FACILITIES;2024;2\n"
                     "01004;COM;_T;_T;FACILITIES;2024;2\n");
    assert_int_equal(in.rows->rows, 1);
    assert_true(number_of(in.rows, "facilities", 0) == 2);
    assert_int_equal(in.left_out, 2);
    assert_string_equal(in.left_out_en, "total, or another territory than a commune");
    imported_clear(&in);
}

/* Quirk 43: label columns, an empty cell is 0. */
static void a_crosstab_has_zeros_where_it_is_empty(void **state)
{
    fixture *f = *state;
    char path[160];
    imported in;
    lxw_workbook *book = book_new(f, "bpe2013_communes.xlsx", path);
    SHEET(book, "Bpe13", {"depcom", "Total de nb_equip", "Aéroport", "Boulangerie"},
          {"01001", "5", "", "2"}, {"01002", "1", "1", ""});
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    const char *const numbers[] = {"Boulangerie", "Aéroport"};
    const import_request request = {.path = path,
                                    .role = "context",
                                    .numbers = numbers,
                                    .number_count = 2,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    assert_int_equal(import_file(dataset_importers, &request, &in, f->list), STATUS_OK);
    assert_string_equal(in.by->id, "insee-bpe-crosstab");
    assert_true(number_of(in.rows, "facilities", 0) == 5);
    assert_true(number_of(in.rows, "context_boulangerie", 0) == 2);
    assert_true(number_of(in.rows, "context_boulangerie", 1) == 0);
    assert_true(number_of(in.rows, "context_aeroport", 0) == 0);
    assert_string_equal(table_find(in.rows, "context_aeroport")->title_fr, "Aéroport");
    imported_clear(&in);
}

/* --- zonings --- */

static void a_class_says_in_or_out(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "zoning", "frr_2025.csv",
                              "CODGEO;FRR\n01001;FRR\n01002;FRR+\n01004;Commune non classée\n"
                              "01005;0\n01006;\n01007;1\n");
    static const double wanted[] = {1, 1, 0, 0, 0, 1};
    assert_string_equal(in.by->id, "frr");
    assert_int_equal(in.vintage, 2025);
    for (size_t i = 0; i < 6; i++) {
        assert_true(number_of(in.rows, "member", i) == wanted[i]);
    }
    assert_string_equal(text_of(in.rows, "class", 1), "FRR+");
    assert_int_equal(state_of(in.rows, "class", 5), VALUE_MISSING);
    assert_true(says(f->list, "Commune non classée = 0 ; FRR = 1 ; FRR+ = 1"));
    imported_clear(&in);
    in = import_good(f, "zoning", "zrr_com2021.csv",
                     "CODGEO;LIBGEO;ZRR_SIMP\n01001;A;NC - Commune non classée\n"
                     "01002;B;P - Commune partiellement classée en ZRR\n01004;C;C - Classée\n");
    assert_string_equal(in.by->id, "zrr");
    assert_true(number_of(in.rows, "member", 0) == 0);
    assert_true(number_of(in.rows, "member", 1) == 1);
    assert_true(number_of(in.rows, "member", 2) == 1);
    imported_clear(&in);
}

static void programmes_and_lists_hold_members(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *name, *text, *id;
    } lists[] = {
        {"pvd.csv", "insee_com;lib_com;id_pvd\n01004;A;pvd-1\n", "anct-programme"},
        {"acv.csv", "insee_com,id_acv,lib_acv\n01004,acv-008,Ambérieu\n", "anct-programme"},
        {"ti.csv", "insee_com;lib_com;id_ti;lib_ti\n01004;A;ti-9;Plaine\n", "anct-programme"},
        {"mine.csv", "code\n01004\n", "zoning"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        imported in = import_good(f, "zoning", lists[i].name, lists[i].text);
        assert_string_equal(in.by->id, lists[i].id);
        assert_true(number_of(in.rows, "member", 0) == 1);
        imported_clear(&in);
    }
    imported group = import_good(f, "group", "ti.csv", lists[2].text);
    assert_string_equal(text_of(group.rows, "group", 0), "ti-9");
    assert_string_equal(text_of(group.rows, "group_name", 0), "Plaine");
    imported_clear(&group);
    group =
        import_good(f, "group", "scot.csv", "insee_com;id_scot;nom_scot\n01004;12;SCoT BUCOPA\n");
    assert_string_equal(text_of(group.rows, "group_name", 0), "SCoT BUCOPA");
    imported_clear(&group);
}

static void neighbourhoods_name_their_communes(void **state)
{
    fixture *f = *state;
    imported out;
    imported in = import_good(f, "zoning", "QP2024.csv",
                              "code_qp;lib_qp;insee_com\nQN05901M;Les Tilleuls;59350, 59512\n");
    assert_string_equal(in.by->id, "qpv");
    assert_int_equal(in.vintage, 2024);
    assert_string_equal(text_of(in.rows, "zone", 0), "QN05901M");
    imported_clear(&in);
    in = import_good(f, "zoning", "TAG_QPV2024_2025.csv",
                     "QP,LIB_QP,LIST_COM_2025\nQN05901M,Les Tilleuls,59350\n");
    assert_string_equal(text_of(in.rows, "code", 0), "59350");
    assert_int_equal(in.vintage, 2025);
    imported_clear(&in);
    assert_int_equal(import_text(f, "zoning", NULL, "q.csv",
                                 "code_qp;insee_com\nQN05901M;59350, 9512\n", NULL, 0, &out),
                     STATUS_INPUT);
}

/* --- other forms --- */

/* Quirk 7: labels in place of codes, in an encoding that was broken: the codes are right. */
static void flows_between_departements_keep_their_codes(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "flows_departement", "Flux_DomicileTravail_2016_Dep.csv",
                              "Origine,Destination,Flux Dom-Travail\r\n"
                              "01 - Ain,69 - Rh\x92\x82ne,44938\r\n"
                              "2A - Corse-du-Sud,01 - Ain,12\r\n");
    assert_int_equal(in.vintage, 2016);
    assert_int_equal(in.facts.encoding, ENCODING_LATIN1);
    assert_string_equal(text_of(in.rows, "j", 0), "69");
    assert_string_equal(text_of(in.rows, "o", 1), "2A");
    assert_string_equal(text_of(in.rows, "o_name", 1), "Corse-du-Sud");
    assert_true(number_of(in.rows, "workers", 0) == 44938);
    imported_clear(&in);
    imported bad;
    assert_int_equal(import_text(f, "flows_departement", NULL, "x.csv",
                                 "Origine,Destination,Flux Dom-Travail\nAin,69 - Rhône,1\n", NULL,
                                 0, &bad),
                     STATUS_INPUT);
    assert_true(says(f->list, "\"Ain\" is not a département"));
}

/* Quirk 32: a table without a header, with quoted apostrophes. */
static void places_abroad_have_no_header(void **state)
{
    fixture *f = *state;
    imported in = import_good(f, "foreign_places", "border.csv",
                              "AL000,LEIPZIG\nMO001,\"Monaco (l'hôpital)\"\nBE25F,TOURNAI\n");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(text_of(in.rows, "code", 0), "AL000");
    assert_string_equal(text_of(in.rows, "name", 1), "Monaco (l'hôpital)");
    imported_clear(&in);
}

/* Quirk 49: every year of the flows, the year told by the column. */
static void flows_of_every_year_tell_it(void **state)
{
    fixture *f = *state;
    for (int year = 6; year <= 25; year++) {
        char text[160];
        (void)snprintf(text, sizeof text,
                       "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C%02d_ACTOCC15P\n01004;a;01004;a;1.5\n",
                       year);
        imported in = import_good(f, "flows", "base-flux.csv", text);
        assert_int_equal(in.vintage, 2000 + year);
        imported_clear(&in);
    }
}

/* Quirk 51: the id of the grid changes with the year and the size. */
static void grids_are_told_by_their_id(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *id;
        double size_m;
    } grids[] = {
        {"IdINSPIRE,Ind\nCRS3035RES200mN2546400E3668600,24\n", "insee-grid-200m", 200},
        {"Idcar_200m,Ind,lcog_geo\nCRS3035RES200mN2546400E3668600,24,01004\n", "insee-grid-200m",
         200},
        {"idcar_200m,idcar_1km,ind,lcog_geo\nCRS3035RES200mN2546400E3668600,"
         "CRS3035RES1000mN2546000E3668000,24,01004\n",
         "insee-grid-200m", 200},
        {"idcar_1km,ind,lcog_geo\nCRS3035RES1000mN2546000E3668000,24,01004\n", "insee-grid-1km",
         1000},
    };
    for (size_t i = 0; i < sizeof grids / sizeof grids[0]; i++) {
        imported in = import_good(f, "cells", "grid.csv", grids[i].text);
        assert_string_equal(in.by->id, grids[i].id);
        assert_true(number_of(in.rows, "size_m", 0) == grids[i].size_m);
        imported_clear(&in);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(the_membership_workbook_is_read_with_its_sheets),
        TEST(the_sheet_of_the_communes_is_found),
        TEST(the_groupings_of_the_dgcl_are_a_membership),
        TEST(the_code_is_made_of_the_departement_and_the_commune),
        TEST(the_population_file_keeps_its_three_counts),
        TEST(the_density_grid_is_read_in_both_headers),
        TEST(names_are_read_in_both_cases),
        TEST(incomes_keep_what_is_secret_and_what_is_missing),
        TEST(facilities_are_placed_in_the_projection_of_their_departement),
        TEST(facilities_are_counted_by_commune_with_or_without_a_point),
        TEST(numbers_of_facilities_are_added_by_commune),
        TEST(a_crosstab_has_zeros_where_it_is_empty),
        TEST(a_class_says_in_or_out),
        TEST(programmes_and_lists_hold_members),
        TEST(neighbourhoods_name_their_communes),
        TEST(flows_between_departements_keep_their_codes),
        TEST(places_abroad_have_no_header),
        TEST(flows_of_every_year_tell_it),
        TEST(grids_are_told_by_their_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
