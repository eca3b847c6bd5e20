/* `bassin check FILE...`: what people read of a data file, good or bad. */
#include "tests/golden/run/program.h"

#include <archive.h>
#include <archive_entry.h>

typedef struct bench {
    char folder[64];
    char path[256];
} bench;

static int bench_open(void **state)
{
    bench *b = calloc(1, sizeof *b);
    *state = b;
    folder_new(b->folder);
    return 0;
}

static int bench_close(void **state)
{
    bench *b = *state;
    folder_drop(b->folder);
    free(b);
    return 0;
}

static const char *put(bench *b, const char *name, const char *text)
{
    file_put(in_folder(b->path, b->folder, name), text);
    return b->path;
}

static said heard;

static void assert_says(const char *text)
{
    if (strstr(heard.text, text) == NULL) {
        fail_msg("says nothing of \"%s\": %s", text, heard.text);
    }
}

static const char flows[] = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C19_ACTOCC15P\r\n"
                            "01004;a;01004;a;1,5\r\n";

static void a_good_file_is_described(void **state)
{
    PROGRAM(&heard, "--lang", "fr", "check", put(*state, "flux.csv", flows));
    assert_int_equal(heard.code, 0);
    assert_says("flux domicile-travail entre communes (insee-base-flux)");
    assert_says("emploi               flux domicile-travail (flows)");
    assert_says("producteur           Insee");
    assert_says("millésime            2019");
    assert_says("séparateur « ; », UTF-8, fins de ligne CRLF, décimales « , »");
    assert_says("lignes               1\n");
    assert_says("colonnes non lues    LIBGEO, L_DCLT");
    assert_says("aucune faute");
}

static void every_fault_is_told_with_its_line(void **state)
{
    PROGRAM(&heard, "check",
            put(*state, "flux.csv",
                "CODGEO;DCLT;NBFLUX_C19_ACTOCC15P\n01004;01004;x\n01004;01005;-2\n"));
    assert_int_equal(heard.code, 1);
    assert_says("(insee-base-flux)");
    assert_says("flux.csv:2:13: “x” is not a number");
    assert_says("flux.csv:3:13: negative value -2");
    assert_says("2 faults");
}

static void an_unknown_file_is_told_with_the_nearest_reader(void **state)
{
    PROGRAM(&heard, "check", put(*state, "x.csv", "colour;size\nred;3\nblue;4\n"));
    assert_int_equal(heard.code, 1);
    assert_says("unknown: no reader of bassin knows these columns");
    assert_says("columns found        colour, size");
    assert_says("rows                 2\n");
    assert_says("file not recognised; columns found: colour, size");
}

/* Quirk 44: population2019.xls.gz held a workbook of before 2007. */
static void an_old_workbook_is_named(void **state)
{
    bench *b = *state;
    FILE *out = fopen(in_folder(b->path, b->folder, "population2019.xls"), "wb");
    assert_non_null(out);
    assert_int_equal(fwrite("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", 1, 12, out), 12);
    assert_int_equal(fclose(out), 0);
    PROGRAM(&heard, "check", b->path);
    assert_int_equal(heard.code, 1);
    assert_says("kind                 unreadable");
    assert_says("old Excel workbook (.xls): save it as .xlsx or CSV");
}

/* Several files, and JSON: one object a file; the outcome is that of the worst. */
static void several_files_are_all_told(void **state)
{
    bench *b = *state;
    char good[256], bad[256];
    (void)snprintf(good, sizeof good, "%s", put(b, "flux.csv", flows));
    (void)snprintf(bad, sizeof bad, "%s", put(b, "x.csv", "colour;size\nred;3\n"));
    PROGRAM(&heard, "check", "--json", bad, good);
    assert_int_equal(heard.code, 1);
    assert_says("\"kind\":\"unknown\"");
    assert_says("\"kind\":\"insee-base-flux\",\"role\":\"flows\"");
    assert_says("\"sound\":false}");
    assert_says("\"sound\":true}");
    PROGRAM(&heard, "check", good, good);
    assert_int_equal(heard.code, 0);
    PROGRAM(&heard, "check", "/nowhere/flux.csv");
    assert_int_not_equal(heard.code, 0);
}

/* The first offending bytes and their line, and how many. */
static void broken_encodings_are_shown_by_their_bytes(void **state)
{
    static const struct {
        const char *text, *says;
    } broken[] = {
        {"code;nom\n01004;Rh\x92\x82ne\n", "x.csv:2: warning: encoding broken before this file: "
                                           "first offending bytes 92 82, in \"Rh\\x92\\x82ne\""},
        {"code;nom\n01004;Cr\u00c3\u00a9teil\n", "first offending bytes C3 83 C2 A9"},
        {"code;nom\n01004;Cr\xef\xbf\xbdteil\n", "first offending bytes EF BF BD"},
        {"code;nom\n01004;Ren<e9> Nicod\n", "first offending bytes 3C 65 39 3E"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        PROGRAM(&heard, "check", put(*state, "x.csv", broken[i].text));
        assert_says(broken[i].says);
        assert_says("broken texts         1\n");
    }
    /* an apostrophe of Windows-1252 is no damage, nor are letters with accents */
    PROGRAM(&heard, "check",
            put(*state, "x.csv",
                "code;nom\n01004;L\x92\xe9t\xe9 \xe0 l\x92"
                "eau\n"));
    assert_null(strstr(heard.text, "broken"));
}

static void roads_are_counted(void **state)
{
    PROGRAM(&heard, "check",
            put(*state, "a.osm",
                "<?xml version='1.0'?>\n<osm version=\"0.6\">\n"
                "<node id=\"1\" lat=\"1\" lon=\"1\"/>\n"
                "<node id=\"2\" lat=\"1\" lon=\"2\"/>\n"
                "<way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/>"
                "<tag k=\"highway\" v=\"primary\"/></way>\n"
                "<way id=\"2\"><tag k=\"building\" v=\"yes\"/></way>\n</osm>\n"));
    assert_int_equal(heard.code, 0);
    assert_says("nodes                2\n");
    assert_says("ways                 2\n");
    assert_says("highways             1\n");
    PROGRAM(&heard, "check", put(*state, "b.osm", "<osm version=\"0.6\">\n<node id=\"1\"/>\n"));
    assert_int_equal(heard.code, 1);
    assert_says("b.osm:3:1: broken XML (no element found); the file is cut short");
    PROGRAM(&heard, "check", put(*state, "a.gr", "p sp 3 2\na 1 2 10\na 2 3 20\n"));
    assert_int_equal(heard.code, 0);
    assert_says("nodes                3\n");
    assert_says("arcs                 2\n");
    PROGRAM(&heard, "check", put(*state, "b.gr", "a 0 1 10\na 1 two 20\n"));
    assert_int_equal(heard.code, 1);
    assert_says("b.gr:2:5: a whole number is expected here");
    assert_says("nodes are counted from 0");
}

static void pack_add(struct archive *to, const char *name, const char *text)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)strlen(text));
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    assert_int_equal(archive_write_header(to, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(to, text, strlen(text)), (la_ssize_t)strlen(text));
    archive_entry_free(e);
}

static void files_of_an_archive_are_checked_one_by_one(void **state)
{
    bench *b = *state;
    struct archive *to = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(to), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(to, in_folder(b->path, b->folder, "pack.zip")),
                     ARCHIVE_OK);
    pack_add(to, "data/flux.csv", flows);
    pack_add(to, "data/bad.csv", "CODGEO;DCLT;NBFLUX_C19_ACTOCC15P\n1004;01004;1\n");
    assert_int_equal(archive_write_close(to), ARCHIVE_OK);
    archive_write_free(to);
    PROGRAM(&heard, "check", b->path);
    assert_int_equal(heard.code, 1);
    assert_says("archive of 2 files");
    assert_says("rows                 2\n");
    assert_says("pack.zip/data/bad.csv:2: code 1004 is not 5 characters");
}

/* --- the years that codes fit --- */

static const char movements[] = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"
                                "32,2016-01-01,COM,01001,COM,01001\n"
                                "32,2016-01-01,COM,01002,COM,01001\n"
                                "50,2019-06-01,COM,01006,COM,01007\n"
                                "41,2021-01-01,COM,01008,COM,01009\n";

/* The movements named on the same line, lying beside the file, or in --data. */
static void codes_tell_their_years(void **state)
{
    bench *b = *state;
    char mixed[256], elsewhere[256], folder[64];
    char file[256];
    (void)snprintf(file, sizeof file, "%s", put(b, "p.csv", "COM,PMUN\n01001,5\n01006,6\n"));
    PROGRAM(&heard, "check", file);
    assert_int_equal(heard.code, 0);
    assert_null(strstr(heard.text, "vintage by its codes"));
    (void)put(b, "movements.csv", movements);
    PROGRAM(&heard, "check", file);
    assert_int_equal(heard.code, 0);
    assert_says("vintage by its codes 2015-2019\n");
    PROGRAM(&heard, "check", "--json", file, b->path);
    assert_says("movements.csv\",\"vintage_by_codes\":\"2015-2019\"");
    folder_new(folder);
    file_put(in_folder(elsewhere, folder, "z.csv"), "CODGEO;FRR\n01001;FRR\n01009;FRR+\n");
    PROGRAM(&heard, "check", elsewhere);
    assert_null(strstr(heard.text, "vintage by its codes"));
    PROGRAM(&heard, "check", "--data", b->folder, elsewhere);
    assert_says("vintage by its codes 2021");
    PROGRAM(&heard, "check", "--lang", "fr", elsewhere, b->path);
    assert_says("millésime des codes  2021");
    folder_drop(folder);
    (void)snprintf(mixed, sizeof mixed, "%s",
                   put(b, "m.csv", "COM,PMUN\n01002,5\n01007,6\n01009,1\n"));
    PROGRAM(&heard, "check", mixed);
    assert_says("vintage by its codes none; the closest (codes at fault): 2021 (1), 2020 (2), "
                "2015 (2)\n");
    PROGRAM(&heard, "check", "--json", mixed);
    assert_says("\"vintage_nearest\":[{\"year\":2021,\"codes_at_fault\":1},");
}

/* --- a run with zonings and numbers --- */

static const char run_file[] = "bassin: 1\n"
                               "title: T\n"
                               "territory:\n"
                               "  communes: communes.csv\n"
                               "  zonings:\n"
                               "    - {name: FRR, file: frr.csv, year: 2024}\n"
                               "    - {name: QPV, file: qpv.geojson, year: 2024}\n"
                               "  context:\n"
                               "    - {file: filosofi.csv}\n"
                               "    - {file: crosstab.csv, columns: [Boulangerie]}\n"
                               "venues:\n"
                               "  - {file: lieux.csv, kind: ACT.COWORK}\n"
                               "travel:\n"
                               "  - {mode: car, estimate: crow-fly}\n"
                               "indicators: {supply: {}}\n"
                               "reports: {language: fr, formats: [csv]}\n";

static void put_inputs(bench *b)
{
    (void)put(b, "run.yaml", run_file);
    (void)put(b, "communes.csv",
              "CODGEO,LIBGEO,LON,LAT,population\n77001,A,2.05,48.05,100\n77002,B,2.15,48.05,50\n");
    (void)put(b, "frr.csv", "CODGEO;FRR\n77001;FRR+\n77002;Commune non classée\n");
    (void)put(
        b, "qpv.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code_qp\":\"QN07701M\",\"insee_com\":\"77002\"},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[2.1,48.0],[2.2,48.0],[2.2,48.1],[2.1,48.1],[2.1,48.0]]]}}]}");
    (void)put(b, "filosofi.csv", "CODGEO;NBMENFISC20;MED20\n77001;40;s\n77002;20;21500\n");
    (void)put(b, "crosstab.csv", "depcom;Total de nb_equip;Boulangerie\n77001;3;\n77002;4;2\n");
    (void)put(b, "lieux.csv", "id,nom,code_commune,lon,lat\n1,V,77002,2.15,48.05\n2,W,77001,,\n");
}

static const char *lines_of(bench *b, const char *name)
{
    static char text[16384];
    FILE *in = fopen(in_folder(b->path, b->folder, name), "rb");
    assert_non_null(in);
    const size_t size = fread(text, 1, sizeof text - 1, in);
    assert_int_equal(fclose(in), 0);
    text[size] = '\0';
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("no \"%s\" in %s", part, text);
    }
}

/* Each commune its zonings and numbers, each venue its zonings; the files stand in the balance and
 * among the sources, with their year. */
static void a_run_prints_zonings_and_numbers(void **state)
{
    bench *b = *state;
    char run[256], out[256];
    put_inputs(b);
    PROGRAM(&heard, "run", in_folder(run, b->folder, "run.yaml"), "-o",
            in_folder(out, b->folder, "results"));
    if (heard.code != 0) {
        fail_msg("%s", heard.text);
    }
    const char *places = lines_of(b, "results/tables/places.csv");
    assert_holds(places, ",zoning_frr,zoning_frr_class,zoning_qpv,median_income_eur,"
                         "fiscal_households,context_boulangerie,facilities\n");
    assert_holds(places, ",1,FRR+,0,,40,0,3\n");
    assert_holds(places, ",0,Commune non classée,1,21500,20,2,4\n");
    const char *lists = lines_of(b, "results/tables/venues.csv");
    assert_holds(lists, ",zoning_frr,zoning_qpv,zoning_qpv_zone\n");
    assert_holds(lists, ",0,1,QN07701M\n");
    assert_holds(lists, ",1,,\n"); /* placed by its commune: no answer */
    const char *sources = lines_of(b, "results/tables/sources.csv");
    assert_holds(sources, "zoning,qpv.geojson,");
    assert_holds(sources, "context,filosofi.csv,");
    assert_holds(lines_of(b, "results/tables/balance.csv"), "zoning,frr.csv,used,,,2,2.000");
}

/* A header that is not there, a name given twice: refused with what to do. */
static void a_run_refuses_what_it_cannot_join(void **state)
{
    bench *b = *state;
    char run[256];
    put_inputs(b);
    (void)put(b, "crosstab.csv", "depcom;Total de nb_equip;Boucherie\n77001;3;\n");
    PROGRAM(&heard, "check", in_folder(run, b->folder, "run.yaml"));
    assert_int_equal(heard.code, 1);
    assert_says(
        "missing column “Boulangerie”; columns found: depcom, Total de nb_equip, Boucherie");
    put_inputs(b);
    (void)put(b, "crosstab.csv", "CODGEO;MED20;Boulangerie\n77001;3;\n77002;4;1\n");
    PROGRAM(&heard, "check", in_folder(run, b->folder, "run.yaml"));
    assert_int_equal(heard.code, 1);
    assert_says("column \"median_income_eur\" is given twice");
}

/* INSEE's archives hold the table and the list of its variables: the second is no fault. */
static void a_list_of_variables_beside_the_table_is_no_fault(void **state)
{
    bench *b = *state;
    struct archive *to = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(to), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(to, in_folder(b->path, b->folder, "base.zip")),
                     ARCHIVE_OK);
    pack_add(to, "base-flux.csv", flows);
    pack_add(to, "meta_base-flux.csv", "COD_VAR;LIB_VAR\nCODGEO;Code\nDCLT;Commune\n");
    assert_int_equal(archive_write_close(to), ARCHIVE_OK);
    archive_write_free(to);
    PROGRAM(&heard, "check", b->path);
    assert_int_equal(heard.code, 0);
    assert_says("(insee-base-flux)");
    assert_says("archive of 2 files, of which 1 unknown");
    assert_says("meta_base-flux.csv:1: note: file not recognised");
    assert_says("a run reads one, named by member:");
}

static void the_only_file_of_an_archive_is_the_file(void **state)
{
    bench *b = *state;
    struct archive *to = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(to), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(to, in_folder(b->path, b->folder, "one.zip")),
                     ARCHIVE_OK);
    pack_add(to, "data/flux.csv", flows);
    assert_int_equal(archive_write_close(to), ARCHIVE_OK);
    archive_write_free(to);
    PROGRAM(&heard, "check", b->path);
    assert_int_equal(heard.code, 0);
    assert_says("in the archive       data/flux.csv");
    assert_says("rows                 1\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)
    const struct CMUnitTest tests[] = {
        TEST(a_good_file_is_described),
        TEST(every_fault_is_told_with_its_line),
        TEST(an_unknown_file_is_told_with_the_nearest_reader),
        TEST(an_old_workbook_is_named),
        TEST(several_files_are_all_told),
        TEST(broken_encodings_are_shown_by_their_bytes),
        TEST(roads_are_counted),
        TEST(a_list_of_variables_beside_the_table_is_no_fault),
        TEST(the_only_file_of_an_archive_is_the_file),
        TEST(a_run_prints_zonings_and_numbers),
        TEST(a_run_refuses_what_it_cannot_join),
        TEST(codes_tell_their_years),
        TEST(files_of_an_archive_are_checked_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
