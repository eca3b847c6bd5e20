/* The quirks in the files where they were seen, by the numbers of shared/data/QUIRKS.md. Counts are
 * those of the files, taken with another program (Python's csv and json). */
#include "../territory/shared.h"

#include "engine/inputs/inspect.h"
#include "table/reader.h"

static fixture desk;

static int desk_open(void **state)
{
    desk = (fixture){0};
    fixture_open(&desk);
    *state = &desk;
    return 0;
}

static int desk_close(void **state)
{
    fixture_close(*state);
    return 0;
}

static const fault *told(const fixture *f, const char *sentence)
{
    for (size_t i = 0; i < faults_count(f->list); i++) {
        if (strstr(faults_at(f->list, i)->en, sentence)) {
            return faults_at(f->list, i);
        }
    }
    print_faults(f->list);
    fail_msg("not told: %s", sentence);
    return NULL;
}

static const char *text_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_text(c, row);
}

static size_t row_of(const table *t, const char *name, const char *text)
{
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(text_of(t, name, row), text) == 0) {
            return row;
        }
    }
    fail_msg("no %s %s", name, text);
    return 0;
}

static size_t in_state(const table *t, const char *name, value_state state)
{
    size_t count = 0;
    const column *c = table_find(t, name);
    assert_non_null(c);
    for (size_t row = 0; row < t->rows; row++) {
        count += column_state(c, row) == state;
    }
    return count;
}

static table *read_columns(fixture *f, const char *relative, const wanted_column *wanted,
                           size_t count, read_facts *facts)
{
    table *t = NULL;
    const read_options options = {
        .path = shared_path(relative), .columns = wanted, .column_count = count};
    const status rc = table_read(&options, &t, facts, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return t;
}

#define TEXT(header)                                                                               \
    {                                                                                              \
        .name = header, .unit = "", .type = COLUMN_TEXT, .required = true                          \
    }
#define NUMBER(header)                                                                             \
    {                                                                                              \
        .name = header, .unit = "", .type = COLUMN_F64, .required = true                           \
    }

/* --- text --- */

static void semicolons_and_double_blanks(void **state)
{
    static const char file[] = "data/tab_IDF_mobpro_over100_official.csv";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported in = import_ok(f, "flows", file);
    assert_int_equal(in.rows->rows, 7905);
    assert_int_equal(in.facts.separator, ';');
    assert_int_equal(in.vintage, 2014);
    imported_clear(&in);
    static const wanted_column names[] = {TEXT("L_DCLT")};
    table *t = read_columns(f, file, names, 1, NULL);
    assert_string_equal(text_of(t, "L_DCLT", 0), "Paris 2e  Arrondissement");
    table_free(t);
}

static void commas_crlf_and_delegated_communes(void **state)
{
    static const char file[] = "data/cog2024_communes.csv.gz";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported in = import_ok(f, "names", file);
    assert_int_equal(in.facts.separator, ',');
    assert_int_equal(in.facts.encoding, ENCODING_UTF8);
    assert_false(in.facts.bom);
    assert_int_equal(in.rows->rows, 34935 + 45);
    assert_int_equal(in.left_out, 2081 + 483);
    assert_int_equal(in_state(in.rows, "departement", VALUE_MISSING), 0);
    assert_string_equal(text_of(in.rows, "name", row_of(in.rows, "code", "01033")), "Valserhône");
    size_t corsica = 0;
    for (size_t r = 0; r < in.rows->rows; r++) {
        const char *code = text_of(in.rows, "code", r);
        corsica += strncmp(code, "2A", 2) == 0 || strncmp(code, "2B", 2) == 0;
    }
    assert_int_equal(corsica, 360);
    imported_clear(&in);
}

static void a_text_beyond_repair_is_told(void **state)
{
    static const char file[] = "data/Flux_DomicileTravail_2016_Dep.csv";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    read_facts facts;
    static const wanted_column columns[] = {TEXT("Origine"), TEXT("Destination"),
                                            NUMBER("Flux Dom-Travail")};
    table *t = read_columns(f, file, columns, 3, &facts);
    assert_int_equal(facts.encoding, ENCODING_LATIN1);
    const fault *latin = told(f, "read as ISO-8859-1");
    assert_true(latin->line > 1 && latin->excerpt);
    assert_true(told(f, "bytes 80 to 9F")->line > 1);
    table_free(t);
    imported out;
    const column_binding bound[] = {
        {"o", "Origine"}, {"j", "Destination"}, {"workers", "Flux Dom-Travail"}};
    assert_int_equal(import(f, "flows", shared_path(file), NULL, bound, 3, 0, &out), STATUS_INPUT);
    (void)told(f, "texts damaged by a wrong encoding");
    (void)told(f, "\"01 - Ain\" is not the code of a commune");
}

static void lost_zeros_refuse_the_file(void **state)
{
    static const char file[] = "data/Commune_1001-1004.csv";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported out;
    assert_int_equal(import(f, "detail", shared_path(file), NULL, NULL, 0, 0, &out), STATUS_INPUT);
    (void)told(f, "code 1001 is not 5 characters; leading zero lost by a spreadsheet?");
}

static void secrets_and_absent_values(void **state)
{
    static const char file[] = "data/cc_filosofi_2020_COM.csv.gz";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    read_facts facts;
    static const wanted_column columns[] = {TEXT("CODGEO"), NUMBER("MED20"), NUMBER("TP6020")};
    table *t = read_columns(f, file, columns, 3, &facts);
    assert_int_equal(t->rows, 34929);
    assert_int_equal(in_state(t, "MED20", VALUE_SECRET), 3591);
    assert_int_equal(in_state(t, "MED20", VALUE_MISSING), 9);
    assert_int_equal(in_state(t, "MED20", VALUE_PRESENT), 31329);
    assert_int_equal(facts.decimal_mark, ',');
    table_free(t);
}

static void signs_quotes_and_metres_of_the_bpe(void **state)
{
    static const char file[] = "data/bpe2019_94.csv.gz";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported out;
    static const wanted_column columns[] = {TEXT("DEPCOM"), NUMBER("LAMBERT_X"),
                                            NUMBER("LAMBERT_Y")};
    table *t = read_columns(f, file, columns, 3, NULL);
    assert_int_equal(t->rows, 47171);
    assert_string_equal(text_of(t, "DEPCOM", 0), "94033");
    assert_int_equal(in_state(t, "LAMBERT_X", VALUE_MISSING), 1842);
    table_free(t);
    const column_binding bound[] = {
        {"name", "TYPEQU"}, {"commune", "DEPCOM"}, {"lon", "LAMBERT_X"}, {"lat", "LAMBERT_Y"}};
    assert_int_equal(import(f, "venues", shared_path(file), "venues", bound, 4, 2154, &out),
                     STATUS_OK);
    const column *lon = table_find(out.rows, "lon"), *lat = table_find(out.rows, "lat");
    size_t inside = 0;
    for (size_t r = 0; r < out.rows->rows; r++) { /* Val-de-Marne, and two just over its border */
        inside += column_state(lon, r) == VALUE_PRESENT && lon->at.f64[r] > 2.28 &&
                  lon->at.f64[r] < 2.63 && lat->at.f64[r] > 48.68 && lat->at.f64[r] < 48.90;
    }
    assert_int_equal(inside, 47171 - 1842);
    imported_clear(&out);
}

/* --- codes --- */

static void paris_adds_up_from_its_arrondissements(void **state)
{
    static const char file[] = "data/cog2024_donnees_communes.csv.gz";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    double paris = 0;
    size_t mayotte = 0, whole = 0;
    imported in = import_ok(f, "population", file);
    assert_int_equal(in.rows->rows, 34970);
    for (size_t r = 0; r < in.rows->rows; r++) {
        const char *code = text_of(in.rows, "code", r);
        paris += strncmp(code, "751", 3) == 0 ? table_find(in.rows, "population")->at.f64[r] : 0;
        mayotte += strncmp(code, "976", 3) == 0;
        whole += strcmp(code, "75056") == 0;
    }
    assert_true(paris == 2133111); /* Insee, legal population of Paris in 2021 */
    assert_int_equal(mayotte, 0);
    assert_int_equal(whole, 0);
    imported_clear(&in);
}

/* Every worker of Île-de-France in 2014 is used, ignored or rejected, the codes that vanished by
 * 2023 among the rejected, each with its lines. */
static void vanished_codes_are_rejected_one_by_one(void **state)
{
    static const char *const vanished[] = {
        "77028", "77149", "77399", "77491", "78251",
        "78503", "78524", "91182", "91222", "95259"}; /* 95282 only since 2023 */
    SKIP_WITHOUT("data/communes_2023_aav_chefslieux.csv.gz");
    fixture *f = *state;
    error err;
    territory *t = NULL;
    flows *made = NULL;
    table *balance = NULL, *rejects = NULL;
    imported communes;
    assert_int_equal(import(f, "communes", shared_path("data/communes_2023_aav_chefslieux.csv.gz"),
                            NULL, NULL, 0, 3857, &communes),
                     STATUS_OK);
    imported base =
        import_ok(f, "flows", "data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz");
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0, 0, 0, 0, 1, 0, 0};
    static const double cs[7] = {0, 1, 0, 0, 0, 0, 0};
    const territory_inputs in = {.communes = &communes, .fold_arrondissements = true};
    assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_OK);
    const flows_inputs with = {.base = &base, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    assert_int_equal(flows_build(t, &with, f->balance, &made, f->list), STATUS_OK);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    assert_int_equal(ledger_tables(f->balance, &balance, &rejects, &err), STATUS_OK);
    for (size_t i = 0; i < sizeof vanished / sizeof vanished[0]; i++) {
        assert_true(territory_place(t, vanished[i]) == PLACE_NONE);
        const size_t row = row_of(rejects, "value", vanished[i]);
        assert_true(table_find(rejects, "line")->at.i64[row] > 1);
    }
    table_free(balance);
    table_free(rejects);
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
}

static void a_border_table_is_read_and_not_mistaken(void **state)
{
    static const char file[] = "data/insee_RP2021_mobpro_border_cities.csv";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported out;
    assert_int_equal(import(f, "venues", shared_path(file), NULL, NULL, 0, 0, &out), STATUS_INPUT);
    (void)told(f, "columns found: AL000, LEIPZIG");
    imported in = import_ok(f, "foreign_places", file);
    assert_string_equal(in.by->id, "insee-foreign-places");
    assert_int_equal(in.rows->rows, 4707);
    assert_string_equal(text_of(in.rows, "code", 0), "AL000");
    assert_string_equal(text_of(in.rows, "name", 0), "LEIPZIG");
    imported_clear(&in);
}

/* --- venues --- */

static void france_services_list(void **state)
{
    static const char file[] = "data/liste-fs-20240801.csv";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    size_t moving = 0, split = 0, arrondissements = 0;
    imported in = import_ok(f, "venues", file);
    assert_string_equal(in.by->id, "france-services");
    assert_int_equal(in.rows->rows, 2845);
    for (size_t r = 0; r < in.rows->rows; r++) {
        const char *code = text_of(in.rows, "commune", r);
        moving += strcmp(text_of(in.rows, "itinerant", r), "1") == 0;
        split += strchr(text_of(in.rows, "address", r), '\n') != NULL;
        arrondissements += strncmp(code, "751", 3) == 0 || strncmp(code, "693", 3) == 0 ||
                           strncmp(code, "132", 3) == 0;
    }
    assert_int_equal(moving, 29 + 134);
    assert_true(split <= 6); /* some of the six lie in columns that are not read */
    assert_int_equal(arrondissements, 29);
    const size_t last = in.rows->rows - 1;
    assert_true(table_source(in.rows, last).line >= 2846); /* lines count through the newlines */
    imported_clear(&in);
}

static void joined_and_empty_features(void **state)
{
    static const char file[] = "data/fabt_geom.geojson";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported in = import_ok(f, "venues", file);
    assert_string_equal(in.by->id, "anct-labels");
    assert_int_equal(in.rows->rows, 382);
    (void)told(f, "382 venues");
    const column *lon = table_find(in.rows, "lon");
    size_t without = 0;
    for (size_t r = 0; r < in.rows->rows; r++) {
        without += column_state(lon, r) != VALUE_PRESENT;
        assert_true(column_state(lon, r) != VALUE_PRESENT ||
                    (lon->at.f64[r] >= -180 && lon->at.f64[r] <= 180));
    }
    assert_true(without >= 1 && without < 30);
    imported_clear(&in);
    in = import_ok(f, "venues", "data/manuprox_geom.geojson");
    assert_int_equal(in.rows->rows, 111);
    /* The homonym: said to be in Réunion, whatever its name. */
    const size_t homonym = row_of(in.rows, "id", "manuprox-2-103");
    assert_string_equal(text_of(in.rows, "commune", homonym), "97414");
    imported_clear(&in);
}

static void letters_and_postcodes_as_numbers(void **state)
{
    static const char file[] = "data/cnfs_2022.json.gz";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    size_t zeros = 0;
    imported in = import_ok(f, "venues", file);
    assert_string_equal(in.by->id, "conseillers-numeriques");
    assert_int_equal(in.rows->rows, 1450);
    assert_string_equal(text_of(in.rows, "address", 0), "57 Rue René Nicod 01100 Oyonnax");
    for (size_t r = 0; r < in.rows->rows; r++) {
        const char *postcode = text_of(in.rows, "postcode", r);
        assert_int_equal(strlen(postcode), 5);
        zeros += postcode[0] == '0';
        assert_null(strstr(text_of(in.rows, "address", r), "<e9>"));
    }
    assert_int_equal(zeros, 113); /* one of them in the text alone */
    (void)told(f, "499 rows held letters written as their number");
    (void)told(f, "112 postcodes written as numbers, without their leading zero: completed");
    imported_clear(&in);
}

static void the_homonym_is_told(void **state)
{
    static const char communes[] = "data/communes_2023_aav_chefslieux.csv.gz";
    SKIP_WITHOUT(communes);
    fixture *f = *state;
    territory *t = NULL;
    taxonomy *kinds = NULL;
    venues *made = NULL;
    imported places;
    static const column_binding points[] = {
        {"code", "geo_code"}, {"lon", "cheflieu_x"}, {"lat", "cheflieu_y"}};
    assert_int_equal(import(f, "communes", shared_path(communes), NULL, points, 3, 3857, &places),
                     STATUS_OK);
    imported names = import_ok(f, "names", "data/cog2024_communes.csv.gz");
    imported rows = import_ok(f, "venues", "data/manuprox_geom.geojson");
    const territory_inputs in = {.communes = &places};
    const venue_list list = {.id = "manufactures", .rows = &rows, .kind = "ART.MANUF"};
    const venues_inputs wanted = {.lists = &list, .list_count = 1, .names = &names};
    assert_int_equal(territory_build(&in, f->balance, &t, f->list), STATUS_OK);
    assert_int_equal(
        taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &kinds, f->list),
        STATUS_OK);
    assert_int_equal(venues_place(t, kinds, &wanted, f->balance, &made, f->list), STATUS_OK);
    const fault *warning = told(f, "homonyms");
    assert_non_null(strstr(warning->en, "97414 Saint-Louis"));
    const size_t row = row_of(made->placements, "id", "manufactures:manuprox-2-103");
    assert_string_equal(text_of(made->placements, "effect", row), "elsewhere");
    assert_non_null(strstr(text_of(made->placements, "alternatives_en", row), "97126"));
    venues_free(made);
    taxonomy_free(kinds);
    territory_free(t);
    imported_clear(&places);
    imported_clear(&names);
    imported_clear(&rows);
}

/* --- workbooks and layers --- */

static void empty_cells_of_a_crosstab_are_zeros(void **state)
{
    static const char file[] = "data/bpe2013_communes.xlsx";
    static const char *const chosen[] = {"Aéroport"};
    SKIP_WITHOUT(file);
    fixture *f = *state;
    double airports = 0;
    size_t without = 0;
    imported in;
    const import_request request = {.path = shared_path(file),
                                    .role = "context",
                                    .numbers = chosen,
                                    .number_count = 1,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 1, 1)};
    assert_int_equal(import_file(dataset_importers, &request, &in, f->list), STATUS_OK);
    assert_int_equal(in.rows->rows, 35190);
    const column *c = table_find(in.rows, "context_aeroport");
    assert_non_null(c);
    assert_int_equal(in_state(in.rows, "context_aeroport", VALUE_PRESENT), 35190);
    for (size_t r = 0; r < in.rows->rows; r++) {
        airports += c->at.f64[r];
        without += c->at.f64[r] == 0;
    }
    assert_true(airports == 87);
    assert_int_equal(without, 35190 - 86);
    imported_clear(&in);
}

static void a_graph_without_its_problem_line(void **state)
{
    static const char file[] = "data/bremen_time.gr";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    inspection out;
    const run_environment environment = {.importers = dataset_importers, .workers = f->workers};
    assert_int_equal(inspect_file(shared_path(file), &environment, &out, f->list), STATUS_OK);
    assert_int_equal(out.form, INSPECTED_GRAPH);
    assert_int_equal(out.nodes, 40461);
    assert_int_equal(out.ways, 86475);
    (void)told(f, "counted from 0");
    inspection_clear(&out);
}

static void the_header_of_the_membership_table(void **state)
{
    static const char file[] = "data/table-appartenance-geo-communes-22.xlsx";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported in = import_ok(f, "membership", file);
    (void)told(f, "headers read from line 6");
    assert_int_equal(table_source(in.rows, 0).line, 7);
    assert_string_equal(text_of(in.rows, "code", 0), "01001");
    imported_clear(&in);
}

static void outlines_without_crs(void **state)
{
    static const char file[] = "data/communes_idf_2018.geojson";
    SKIP_WITHOUT(file);
    fixture *f = *state;
    imported in = import_ok(f, "communes", file);
    assert_non_null(in.outlines);
    (void)row_of(in.rows, "code", "75056"); /* one commune, not its arrondissements */
    for (size_t r = 0; r < in.rows->rows; r++) {
        assert_true(strncmp(text_of(in.rows, "code", r), "751", 3) != 0);
    }
    imported_clear(&in);
}

int main(void)
{
#define SEEN(numbers, test)                                                                        \
    {                                                                                              \
        .name = "quirks " numbers, .test_func = test, .setup_func = desk_open,                     \
        .teardown_func = desk_close                                                                \
    }
    const struct CMUnitTest tests[] = {
        SEEN("1, 34, 49", semicolons_and_double_blanks),
        SEEN("2, 5, 11, 18, 19", commas_crlf_and_delegated_communes),
        SEEN("7", a_text_beyond_repair_is_told),
        SEEN("9", lost_zeros_refuse_the_file),
        SEEN("25, 26, 28", secrets_and_absent_values),
        SEEN("27, 45, 46", signs_quotes_and_metres_of_the_bpe),
        SEEN("12, 22", paris_adds_up_from_its_arrondissements),
        SEEN("15, 29", vanished_codes_are_rejected_one_by_one),
        SEEN("32", a_border_table_is_read_and_not_mistaken),
        SEEN("14, 39, 40", france_services_list),
        SEEN("36, 37, 38", joined_and_empty_features),
        SEEN("8, 10", letters_and_postcodes_as_numbers),
        SEEN("38", the_homonym_is_told),
        SEEN("43", empty_cells_of_a_crosstab_are_zeros),
        SEEN("50", a_graph_without_its_problem_line),
        SEEN("41", the_header_of_the_membership_table),
        SEEN("13, 47", outlines_without_crs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
