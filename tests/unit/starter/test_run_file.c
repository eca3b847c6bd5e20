/* The run file that init writes: read again by the engine, it says what was found; whatever the
 * names and headers hold. */
#include "tests/unit/base/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "datasets/importers.h"
#include "datasets/starter/starter.h"
#include "engine/scenario.h"

typedef struct bench {
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
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
