/* The run file that init writes: read again by the engine, it says what was found; whatever the
 * names and headers hold. */
#include "tests/unit/base/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "datasets/importers.h"
#include "datasets/starter/starter.h"
#include "engine/scenario/scenario.h"
#include "geo/layer.h"
#include "geo/parquet.h"

typedef struct bench {
    worker_job jobs[2];
    zygote *workers;
    taxonomy *kinds;
    areas *known;
    faults *list;
    atomic_int cancel;
    progress progress;
    char folder[256];
} bench;
static bench b;

static int open_bench(void **state)
{
    error err;
    (void)state;
    b.jobs[0] = layer_job;
    b.jobs[1] = parquet_job;
    assert_int_equal(zygote_start(&b.workers, b.jobs, 2, false, &err), STATUS_OK);
    (void)folder_fresh(b.folder);
    atomic_init(&b.cancel, 0);
    b.progress = (progress){.lang = LANGUAGE_EN, .json = true, .cancel = &b.cancel};
    assert_int_equal(faults_new(&b.list, &err), STATUS_OK);
    assert_int_equal(
        taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &b.kinds, b.list),
        STATUS_OK);
    assert_int_equal(
        areas_read(BASSIN_SOURCE_DIR "/datasets/catalogue/departements.csv", &b.known, b.list),
        STATUS_OK);
    assert_int_equal(mkdir(in_folder(b.folder, "data"), 0777), 0);
    write_text(in_folder(b.folder, "data/communes.csv"),
               "code;nom;lon;lat;dep;reg;epci\n77288;Melun;2.66;48.54;77;11;247700057\n");
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    taxonomy_free(b.kinds);
    areas_free(b.known);
    zygote_stop(b.workers);
    faults_free(b.list);
    folder_clear(b.folder);
    return 0;
}

static status start(const char *typed, const char *own_list, const char *output, language lang,
                    starter_summary *summary)
{
    const starter_options o = {.territory = typed,
                               .data_folder = in_folder(b.folder, "data"),
                               .venues = own_list,
                               .output = output,
                               .language = lang,
                               .areas = b.known,
                               .kinds = b.kinds,
                               .importers = dataset_importers,
                               .workers = b.workers,
                               .progress = &b.progress};
    return starter_write(&o, summary, b.list);
}

static scenario *load(const char *path)
{
    error err;
    scenario *s = NULL;
    faults *list = NULL;
    const scenario_overrides none = {.language = -1};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    if (scenario_load(path, &none, &s, list) != STATUS_OK) {
        char *text = read_text(path);
        print_message("%s", text);
        free(text);
        fail_msg("%s:%d: %s", path, (int)faults_at(list, 0)->line, faults_at(list, 0)->en);
    }
    faults_free(list);
    return s;
}

static void what_was_found_is_what_the_engine_reads(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "one.yaml");
    write_text(in_folder(b.folder, "lieux.csv"),
               "id;nom;type;code_insee;postes\n1;A;fablab;77288;12\n2;B;autre chose;77288;\n");
    assert_int_equal(
        start("departement:77", in_folder(b.folder, "lieux.csv"), out, LANGUAGE_FR, &summary),
        STATUS_OK);
    assert_int_equal(summary.files_used, 1);
    assert_int_equal(summary.columns_guessed, 5);
    scenario *s = load(out);
    assert_string_equal(s->perimeter.keep, "departement:77");
    assert_string_equal(s->communes.file, "data/communes.csv");
    assert_int_equal(s->venue_list_count, 1);
    assert_string_equal(s->venues[0].input.file, "lieux.csv");
    assert_int_equal(s->venues[0].kind_map_count, 2);
    assert_string_equal(s->venues[0].kind_map[0].kind, "ART.FABLAB");
    assert_string_equal(s->venues[0].kind_map[1].value, "autre chose");
    assert_string_equal(s->venues[0].kind_map[1].kind, "XXX.AUTRE");
    assert_int_equal(s->language, LANGUAGE_FR);
    assert_true(s->modes[0].path == NULL); /* no roads: estimated, and said so in a comment */
    scenario_free(s);
}

/* Headers and names that YAML would read as something else, or that would end a comment. */
static void any_header_and_name_is_written_safely(void **state)
{
    static const char *const headers[] = {
        "nom: du \"lieu\"", "- nom", "# nom",         "nom\\du", "{nom}", "no",
        "nom, lieu",        "*nom",  "nom 'du' lieu", "%nom%",   "Nôm",   "nom\tx"};
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        starter_summary summary;
        text_buffer text = {0};
        char name[32];
        (void)snprintf(name, sizeof name, "two%zu.yaml", i);
        const char *out = in_folder(b.folder, name), *list = in_folder(b.folder, "l: # 'x.csv");
        text_add(&text, "\"");
        for (const char *c = headers[i]; *c != '\0'; c++) {
            if (*c == '"')
                text_add(&text, "\"");
            text_add_n(&text, c, 1);
        }
        text_add(&text, "\";code_insee;type\nLa Ruche;77288;x: # \"y\nLe Fab;77288;- z\n");
        /* the value with a quote inside an unquoted cell is not what is tried here */
        char *quote = strstr(text.at, "x: # \"y");
        quote[5] = '\'';
        write_text(list, text.at);
        text_buffer_clear(&text);
        if (start("77", list, out, LANGUAGE_EN, &summary) != STATUS_OK)
            fail_msg("%s: %s", headers[i], faults_at(b.list, faults_count(b.list) - 1)->en);
        scenario *s = load(out);
        bool found = false;
        for (size_t c = 0; c < s->venues[0].input.binding_count; c++)
            found = found || (strcmp(s->venues[0].input.bindings[c].column, "name") == 0 &&
                              strcmp(s->venues[0].input.bindings[c].header, headers[i]) == 0);
        if (!found)
            fail_msg("the header %s is not bound as it is", headers[i]);
        scenario_free(s);
    }
}

static void a_name_of_the_folder_s_communes_is_a_territory(void **state)
{
    starter_summary summary;
    (void)state;
    write_text(in_folder(b.folder, "data/app.csv"),
               "CODGEO;LIBGEO;DEP;REG;EPCI;LIBEPCI\n77288;Melun;77;11;247700057;CA Melun\n");
    const char *out = in_folder(b.folder, "three.yaml");
    assert_int_equal(start("CA Melun", NULL, out, LANGUAGE_FR, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_string_equal(s->perimeter.keep, "epci:247700057");
    assert_int_equal(s->venue_list_count, 0);
    scenario_free(s);
    assert_int_equal(
        start("Nulle Part", NULL, in_folder(b.folder, "four.yaml"), LANGUAGE_FR, &summary),
        STATUS_USAGE);
}

static void a_file_of_that_name_is_not_touched(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "mine.yaml");
    write_text(out, "bassin: 1\n");
    assert_int_equal(start("77", NULL, out, LANGUAGE_FR, &summary), STATUS_INPUT);
    char *text = read_text(out);
    assert_string_equal(text, "bassin: 1\n");
    free(text);
}

static void a_run_file_elsewhere_names_its_files_from_there(void **state)
{
    starter_summary summary;
    (void)state;
    assert_int_equal(mkdir(in_folder(b.folder, "runs"), 0777), 0);
    const char *out = in_folder(b.folder, "runs/here/run.yaml");
    assert_int_equal(start("77", NULL, out, LANGUAGE_FR, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_string_equal(s->communes.file, "../../data/communes.csv");
    struct stat facts;
    assert_int_equal(stat(s->communes.path, &facts), 0);
    scenario_free(s);
}

static void a_folder_without_communes_says_what_to_do(void **state)
{
    error err;
    starter_summary summary;
    faults *list = NULL;
    (void)state;
    assert_int_equal(mkdir(in_folder(b.folder, "empty"), 0777), 0);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const starter_options o = {.territory = "77",
                               .data_folder = in_folder(b.folder, "empty"),
                               .output = in_folder(b.folder, "five.yaml"),
                               .areas = b.known,
                               .kinds = b.kinds,
                               .importers = dataset_importers,
                               .progress = &b.progress};
    assert_int_equal(starter_write(&o, &summary, list), STATUS_INPUT);
    assert_non_null(strstr(faults_at(list, 0)->en, "bassin fetch 77"));
    faults_free(list);
}

/* The outlines here do not say their year: movements are offered, not switched on. */
static void commune_movements_are_offered(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "movements.yaml");
    write_text(in_folder(b.folder, "data/mvt.csv"),
               "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"
               "32,2016-01-01,COM,77028,COM,77433\n");
    assert_int_equal(start("departement:77", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_null(s->movements.file);
    scenario_free(s);
    char *text = read_text(out);
    assert_non_null(strstr(text, "  # movements: data/mvt.csv"));
    free(text);
}

/* What the catalogue would write beside a file. */
static void tell(const char *name, const char *vintage, const char *role, const char *by)
{
    text_buffer text = {0};
    char path[320];
    text_add_format(
        &text,
        "{\"id\": \"x\", \"title_fr\": \"T\", \"title_en\": \"T\", \"producer\": \"P\", "
        "\"licence\": \"L\", \"vintage\": \"%s\", \"role\": \"%s\", \"sha256\": \"x\", "
        "\"importer\": "
        "\"%s\"}\n",
        vintage, role, by);
    (void)snprintf(path, sizeof path, "%s.provenance.json", in_folder(b.folder, name));
    write_text(path, text.at);
    text_buffer_clear(&text);
}

/* Zonings of the law under their name, once each; facilities of two years are one source. */
static void zonings_and_numbers_of_the_folder_are_named(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "zonings.yaml");
    write_text(in_folder(b.folder, "data/frr_2024.csv"), "CODGEO;LIBGEO;FRR\n77288;Melun;FRR+\n");
    write_text(in_folder(b.folder, "data/pvd.csv"),
               "insee_com;lib_com;id_pvd\n77288;Melun;pvd-1\n");
    write_text(in_folder(b.folder, "data/bpe_old.csv"),
               "DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY\n77288;A203;672000;6830000;Bonne\n");
    tell("data/bpe_old.csv", "2019", "context", "insee-bpe-points-counted");
    write_text(in_folder(b.folder, "data/bpe_new.csv"),
               "DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY\n77288;A203;672000;6830000;Bonne\n");
    tell("data/bpe_new.csv", "2021", "context", "insee-bpe-points-counted");
    write_text(in_folder(b.folder, "data/fil.csv"), "CODGEO;NBMENFISC20;MED20\n77288;100;20000\n");
    assert_int_equal(start("departement:77", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_int_equal(s->zoning_count, 2);
    assert_string_equal(s->zonings[0].name, "FRR");
    assert_string_equal(s->zonings[0].input.file, "data/frr_2024.csv");
    assert_string_equal(s->zonings[0].input.format, "frr");
    assert_string_equal(s->zonings[1].name, "pvd");
    assert_int_equal(s->context_count, 2);
    assert_string_equal(s->contexts[0].input.file, "data/bpe_new.csv");
    assert_string_equal(s->contexts[0].input.format, "insee-bpe-points-counted");
    assert_string_equal(s->contexts[1].input.format, "insee-filosofi");
    scenario_free(s);
    char *text = read_text(out);
    assert_non_null(strstr(text, "bpe_old.csv (context: another one was preferred)"));
    free(text);
}

/* Cells are a choice of two, left to the reader. */
static void cells_are_offered_both_ways(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "cells.yaml");
    write_text(in_folder(b.folder, "data/cells.csv"),
               "idcar_200m,ind,lcog_geo\nCRS3035RES200mN2546400E3668600,12,77288\n");
    assert_int_equal(start("departement:77", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    char *text = read_text(out);
    char *line = strstr(text, "  # cells: {file: data/cells.csv, as: points}  # points | places\n");
    assert_non_null(line);
    line[2] = ' '; /* what the reader does */
    memmove(line + 2, line + 4, strlen(line + 4) + 1);
    write_text(in_folder(b.folder, "cells_on.yaml"), text);
    free(text);
    scenario *s = load(in_folder(b.folder, "cells_on.yaml"));
    assert_string_equal(s->cells.file, "data/cells.csv");
    assert_false(s->cells_are_places);
    scenario_free(s);
}

/* A column of addresses places nothing without the address base, and says how to get it. */
static void addresses_place_the_list_where_their_file_is(void **state)
{
    starter_summary summary;
    (void)state;
    const char *list = in_folder(b.folder, "adresses.csv");
    write_text(list, "id;nom;adresse;telephone\n1;A;3 rue des Lilas 77000 Melun;x\n"
                     "2;B;8 quai de Seine 77000 Melun;y\n");
    assert_int_equal(
        start("departement:77", list, in_folder(b.folder, "noban.yaml"), LANGUAGE_EN, &summary),
        STATUS_OK);
    char *text = read_text(in_folder(b.folder, "noban.yaml"));
    assert_non_null(strstr(text, "--only ban-adresses"));
    assert_non_null(strstr(text, "these venues will not be placed"));
    free(text);
    write_text(in_folder(b.folder, "data/adresses-77.csv"),
               "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat\n"
               "x;3;;Rue des Lilas;77000;77288;Melun;2.66;48.54\n");
    write_text(in_folder(b.folder, "data/lieux-dits-77.csv"),
               "id;nom_lieu_dit;code_postal;code_insee;nom_commune;lon;lat\n"
               "y;Le Mee;77000;77288;Melun;2.66;48.54\n");
    const char *out = in_folder(b.folder, "ban.yaml");
    assert_int_equal(start("departement:77", list, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_int_equal(s->venues[0].address_count, 2);
    assert_string_equal(s->venues[0].addresses[0].file, "data/adresses-77.csv");
    assert_string_equal(s->venues[0].addresses[1].file, "data/lieux-dits-77.csv");
    bool bound = false;
    for (size_t c = 0; c < s->venues[0].input.binding_count; c++)
        bound = bound || (strcmp(s->venues[0].input.bindings[c].column, "address") == 0 &&
                          strcmp(s->venues[0].input.bindings[c].header, "adresse") == 0);
    assert_true(bound);
    scenario_free(s);
    text = read_text(out);
    assert_null(strstr(text, "these venues will not be placed"));
    free(text);
}

/* The newest census of third places, with the thematic files of its own vintage. */
static void a_census_takes_the_themes_of_its_vintage(void **state)
{
    static const char identity[] = "ID_UNIQUE;NOM;ADRESSE;CODPOST;VILLE;LATITUDE;LONGITUDE\n"
                                   "1;A;1 rue X;77000;Melun;48,54;2,66\n";
    static const char theme[] = "ID_UNIQUE;activites_toutes\n1;Fablab\n";
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "census.yaml");
    write_text(in_folder(b.folder, "data/tl23.csv"), identity);
    tell("data/tl23.csv", "2023", "venues", "tiers-lieux-census");
    write_text(in_folder(b.folder, "data/tl26.csv"), identity);
    tell("data/tl26.csv", "2026", "venues", "tiers-lieux-census");
    write_text(in_folder(b.folder, "data/act23.csv"), theme);
    tell("data/act23.csv", "2023", "venue-themes", "tiers-lieux-themes");
    write_text(in_folder(b.folder, "data/act26.csv"), theme);
    tell("data/act26.csv", "2026", "venue-themes", "tiers-lieux-themes");
    assert_int_equal(start("departement:77", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_int_equal(s->venue_list_count, 1);
    assert_string_equal(s->venues[0].input.file, "data/tl26.csv");
    assert_int_equal(s->venues[0].theme_count, 1);
    assert_string_equal(s->venues[0].themes[0].input.file, "data/act26.csv");
    scenario_free(s);
    char *text = read_text(out);
    assert_non_null(strstr(text, "tl23.csv (venues: another one was preferred)"));
    assert_non_null(strstr(text, "act23.csv ("));
    free(text);
}

/* INSEE's workbooks of one level list the zones first, the communes on the second sheet. */
static void communes_on_a_second_sheet_are_found(void **state)
{
    static const char *const zones[] = {"EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"};
    static const char *const communes[][6] = {
        {"CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"},
        {"77288", "Melun", "247700057", "CA Melun", "77", "11"}};
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "sheets.yaml");
    assert_int_equal(unlink(in_folder(b.folder, "data/app.csv")), 0);
    lxw_workbook *book = workbook_new(in_folder(b.folder, "data/EPCI_au_01-01-2025.xlsx"));
    lxw_worksheet *first = workbook_add_worksheet(book, "EPCI");
    lxw_worksheet *second = workbook_add_worksheet(book, "Composition_communale");
    for (size_t c = 0; c < 4; c++) {
        (void)worksheet_write_string(first, 0, (lxw_col_t)c, zones[c], NULL);
        (void)worksheet_write_string(first, 1, (lxw_col_t)c, c == 3 ? "20" : "247700057", NULL);
    }
    for (size_t r = 0; r < 2; r++) {
        for (size_t c = 0; c < 6; c++)
            (void)worksheet_write_string(second, (lxw_row_t)r, (lxw_col_t)c, communes[r][c], NULL);
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(start("CA Melun", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_string_equal(s->membership.file, "data/EPCI_au_01-01-2025.xlsx");
    assert_string_equal(s->perimeter.keep, "epci:247700057");
    scenario_free(s);
}

/* A Parquet file that cannot be read is not called unknown: the cause, or the library to install,
 * stands beside its name, and no key names it. */
static void a_parquet_that_cannot_be_read_says_why(void **state)
{
    starter_summary summary;
    (void)state;
    const char *out = in_folder(b.folder, "parquet.yaml");
    write_text(in_folder(b.folder, "data/RP2022_mobpro.parquet"), "PAR1 is not all it takes PAR1");
    tell("data/RP2022_mobpro.parquet", "2022", "detail", "insee-fd-mobpro");
    assert_int_equal(start("departement:77", NULL, out, LANGUAGE_EN, &summary), STATUS_OK);
    scenario *s = load(out);
    assert_null(s->detail.file);
    scenario_free(s);
    char *text = read_text(out);
    char *named = strstr(text, "RP2022_mobpro.parquet");
    assert_non_null(named);
    assert_null(strstr(named, "nothing reads it"));
    assert_non_null(strstr(named, "cannot be"));
    assert_non_null(strstr(named, "DuckDB"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_found_is_what_the_engine_reads),
        cmocka_unit_test(any_header_and_name_is_written_safely),
        cmocka_unit_test(a_name_of_the_folder_s_communes_is_a_territory),
        cmocka_unit_test(a_file_of_that_name_is_not_touched),
        cmocka_unit_test(a_run_file_elsewhere_names_its_files_from_there),
        cmocka_unit_test(a_folder_without_communes_says_what_to_do),
        cmocka_unit_test(commune_movements_are_offered),
        cmocka_unit_test(zonings_and_numbers_of_the_folder_are_named),
        cmocka_unit_test(cells_are_offered_both_ways),
        cmocka_unit_test(addresses_place_the_list_where_their_file_is),
        cmocka_unit_test(a_census_takes_the_themes_of_its_vintage),
        cmocka_unit_test(communes_on_a_second_sheet_are_found),
        cmocka_unit_test(a_parquet_that_cannot_be_read_says_why),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
