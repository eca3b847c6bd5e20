/* A planner's first ten minutes: fetch, init, check, run; from a server on the loopback that serves
 * what the synthetic generator made, packed as INSEE and IGN pack it. */
#include <archive.h>
#include <archive_entry.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <xlsxwriter.h>

#include "base/files.h"
#include "base/text.h"
#include "tests/golden/run/program.h"
#include "tests/http/server.h"

#define HEADER                                                                                     \
    "id;default;role;importer;title_fr;title_en;producer;licence;vintage;geography;extent;"        \
    "address;file;archive;members;size;sha256;page\n"

typedef struct bench {
    char folder[64], served[256], data[256], catalogue[256], run_file[256], list[256];
    http_server *server;
} bench;
static bench b;
static said s;

static void put(const char *name, const char *text)
{
    char path[256];
    file_put(in_folder(path, b.folder, name), text);
}

/* An archive of one file, in the folder that is served. */
static void pack(const char *archive, bool seven, const char *member, const char *from)
{
    error err;
    file_view f;
    char path[512], source[512];
    (void)snprintf(path, sizeof path, "%s/%s", b.served, archive);
    (void)snprintf(source, sizeof source, "%s/%s", b.served, from);
    assert_int_equal(file_map(source, &f, &err), STATUS_OK);
    struct archive *a = archive_write_new();
    assert_int_equal(seven ? archive_write_set_format_7zip(a) : archive_write_set_format_zip(a),
                     ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, member);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)f.size);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, f.at, f.size), f.size);
    archive_entry_free(e);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    (void)archive_write_free(a);
    file_unmap(&f);
}

/* The list as a planner keeps it: a spreadsheet with a title of each column in plain French. */
static void write_list(const char *path)
{
    static const char *const rows[][6] = {
        {"Nom du lieu", "Type de lieu", "Code INSEE", "Nombre de postes", "Statut", "Contact"},
        {"La Ruche", "coworking", "96001", "12", "ouvert", "a@b.example"},
        {"Fab 96", "fablab", "96002", "", "en projet", "c@d.example"},
        {"Le Grand Café", "café associatif", "96003", "20", "ouvert", ""},
        {"La Piscine", "piscine", "96004", "5", "ouvert", ""},
    };
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Lieux");
    for (size_t r = 0; r < 5; r++) {
        for (size_t c = 0; c < 6; c++)
            (void)worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, rows[r][c], NULL);
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

/* @ stands for the server's address. */
static void write_catalogue(const char *path, const char *rows)
{
    text_buffer text = {0};
    text_add(&text, HEADER);
    for (const char *at = rows; *at != '\0'; at++) {
        if (*at == '@')
            text_add(&text, http_server_base(b.server));
        else
            text_add_n(&text, at, 1);
    }
    assert_false(text.failed);
    file_put(path, text.at);
    text_buffer_clear(&text);
}

static const char rows[] =
    "contours;yes;communes;communes-outlines;Contours;Outlines;IGN;LO 2.0;2024;2024;france;"
    "@/cut/5000/communes.7z;;7z;*.geojson;;unknown;\n"
    "cog;yes;names;insee-cog;Code officiel;Official code;Insee;LO 2.0;2024;2024;france;"
    "@/plain/cog_communes.csv;;;;;changes;\n"
    "appartenance;yes;membership;insee-membership;Appartenance;Membership;Insee;LO 2.0;2024;2024;"
    "france;@/redirect/appartenance.csv;;;;;changes;\n"
    "populations;yes;population;insee-population;Populations;Populations;Insee;LO 2.0;2021;2024;"
    "france;@/busy/1/populations.csv;;;;;changes;\n"
    "postes;yes;postcodes;laposte-postcodes;Codes postaux;Postcodes;La Poste;LO 2.0;;;france;"
    "@/no-ranges/code_postal.csv;;;;;changes;\n"
    "flux;yes;flows;insee-base-flux;Flux;Flows;Insee;LO 2.0;2021;2024;france;@/plain/flux.zip;;zip;"
    ";;unknown;\n"
    "mobpro;yes;detail;insee-fd-mobpro;Mobpro;Mobpro;Insee;LO 2.0;2021;2021;france;"
    "@/always-cut/700000/FD_MOBPRO_2021.csv;;;;;changes;\n"
    "fs;yes;venues;;France services;France services;ANCT;LO 2.0;2024;;france;"
    "@/slow/france_services.csv;;;;;changes;\n"
    "osm;yes;roads;;Routes;Roads;OpenStreetMap;ODbL;;;france;@/dated/routes.osm.pbf;;;;;changes;\n";

static int open_bench(void **state)
{
    (void)state;
    folder_new(b.folder);
    (void)in_folder(b.served, b.folder, "demo/data");
    (void)in_folder(b.data, b.folder, "bassin-data");
    (void)in_folder(b.catalogue, b.folder, "catalogue.csv");
    (void)in_folder(b.run_file, b.folder, "bassin.yaml");
    (void)in_folder(b.list, b.folder, "mes_lieux.xlsx");
    char demo[256];
    PROGRAM(&s, "demo", "--communes", "40", "-j", "2", "-o", in_folder(demo, b.folder, "demo"),
            "--lang", "en");
    if (s.code != 0)
        print_message("%s\n", s.text);
    pack("communes.7z", true, "ADMIN/2024/communes.geojson", "communes.geojson");
    pack("flux.zip", false, "base-flux-domicile-travail-2021.csv",
         "base-flux-domicile-travail-2021.csv");
    write_list(b.list);
    b.server = http_server_start(b.served);
    write_catalogue(b.catalogue, rows);
    return s.code;
}

static int close_bench(void **state)
{
    (void)state;
    http_server_stop(b.server);
    folder_drop(b.folder);
    return 0;
}

static void assert_said(const char *text)
{
    if (strstr(s.text, text) == NULL)
        fail_msg("not said: %s\n%s", text, s.text);
}

static void fetch_init_check_run(void **state)
{
    char results[256], path[256];
    (void)state;
    PROGRAM(&s, "fetch", "france", "--catalogue", b.catalogue, "-o", b.data, "--list", "--lang",
            "fr");
    assert_int_equal(s.code, 0);
    assert_said("à télécharger");
    assert_false(file_there(b.data)); /* a list writes nothing */

    PROGRAM(&s, "fetch", "france", "--catalogue", b.catalogue, "-o", b.data, "--lang", "fr");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    assert_said("9 téléchargés");
    assert_said("ensuite : bassin init france");
    assert_true(file_there(in_folder(path, b.data, "communes/ADMIN/2024/communes.geojson")));
    assert_true(file_there(in_folder(path, b.data, "FD_MOBPRO_2021.csv.provenance.json")));

    PROGRAM(&s, "init", "france", b.list, "--data", b.data, "-o", b.run_file, "--lang", "fr");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    assert_said("bassin check");
    file_view f;
    error err;
    assert_int_equal(file_map(b.run_file, &f, &err), STATUS_OK);
    char *text = strndup(f.at, f.size);
    file_unmap(&f);
    static const char *const written[] = {
        "communes: {file: bassin-data/communes/ADMIN/2024/communes.geojson, vintage: 2024}",
        "names: {file: bassin-data/cog_communes.csv, vintage: 2024}",
        "membership: {file: bassin-data/appartenance.csv, vintage: 2024}",
        "population: {file: bassin-data/populations.csv, vintage: 2024}",
        "  file: bassin-data/flux/base-flux-domicile-travail-2021.csv\n",
        "detail: {file: bassin-data/FD_MOBPRO_2021.csv, format: insee-fd-mobpro, vintage: 2021}",
        "- file: mes_lieux.xlsx\n",
        "name: \"Nom du lieu\"  # 4/4",
        "commune: \"Code INSEE\"  # 4/4",
        "piscine: XXX.AUTRE  # à préciser",
        "status: {column: Statut}",
        "# Colonnes laissées : Contact",
        "{file: bassin-data/france_services.csv, format: france-services",
        "network: bassin-data/routes.osm.pbf",
        "keep: france"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        if (strstr(text, written[i]) == NULL)
            fail_msg("not written: %s\n%s", written[i], text);
    }
    free(text);

    PROGRAM(&s, "check", b.run_file, "--lang", "en");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    PROGRAM(&s, "run", b.run_file, "-o", in_folder(results, b.folder, "results"), "-j", "2",
            "--lang", "en");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    static const char *const outputs[] = {"run.json", "results.gpkg", "workbook.xlsx",
                                          "report.html", "tables/places.csv"};
    for (size_t i = 0; i < 5; i++)
        assert_true(file_there(in_folder(path, results, outputs[i])));
}

/* What a second try finds, after the first one failed for a part. */
static void failures_have_their_exit_codes(void **state)
{
    char other[256], catalogue[256];
    (void)state;
    (void)in_folder(other, b.folder, "other");
    (void)in_folder(catalogue, b.folder, "other.csv");
    write_catalogue(catalogue,
                    "gone;yes;;;T;T;P;L;;;france;@/missing/a.csv;;;;;unknown;https://h.example/\n"
                    "good;yes;;;T;T;P;L;;;france;@/plain/cog_communes.csv;;;;;changes;\n");
    PROGRAM(&s, "fetch", "77", "--catalogue", catalogue, "-o", other, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_said("other.csv:2: ");
    assert_said("https://h.example/");
    assert_said("1 downloaded");
    assert_said("1 failed");
    write_catalogue(catalogue, "bad;yes;nothing;;T;T;P;L;;;mars;@/x.csv;;;;;unknown;\n");
    PROGRAM(&s, "fetch", "77", "--catalogue", catalogue, "-o", other, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_said("other.csv:2: unknown role 'nothing'");
    assert_said("other.csv:2: extent 'mars'");
    PROGRAM(&s, "fetch", "11", "--catalogue", b.catalogue, "-o", other, "--lang", "en");
    assert_int_equal(s.code, 64);
    assert_said("departement:11 (Aude) or region:11");
    PROGRAM(&s, "fetch", "--lang", "en");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "fetch", "77", "--catalogue", b.catalogue, "-o", "/proc/nowhere", "--lang", "en");
    assert_int_equal(s.code, 3);
    PROGRAM(&s, "init", "77", "--data", other, "-o", in_folder(catalogue, b.folder, "x.yaml"),
            "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_said("bassin fetch 77");
    PROGRAM(&s, "init", "77", "a.csv", "b.csv", "--lang", "en");
    assert_int_equal(s.code, 64);
}

static void ctrl_c_is_heard_and_the_next_fetch_goes_on(void **state)
{
    char folder[256], catalogue[256], part[256], big[512];
    struct timespec from, to;
    (void)state;
    (void)in_folder(folder, b.folder, "stopped");
    (void)in_folder(catalogue, b.folder, "stopped.csv");
    (void)snprintf(big, sizeof big, "%s/big.csv", b.served);
    FILE *out = fopen(big, "w");
    assert_non_null(out);
    for (int i = 0; i < 40000; i++)
        (void)fprintf(out, "%05d;some text\n", i);
    assert_int_equal(fclose(out), 0);
    write_catalogue(catalogue, "big;yes;;;T;T;P;L;;;france;@/slow/big.csv;;;;;changes;\n");
    (void)clock_gettime(CLOCK_MONOTONIC, &from);
    program_run(&s,
                (const char *const[]){"fetch", "77", "--catalogue", catalogue, "-o", folder,
                                      "--lang", "en", NULL},
                2000);
    (void)clock_gettime(CLOCK_MONOTONIC, &to);
    assert_int_equal(s.code, 130);
    assert_true(to.tv_sec - from.tv_sec <= 4);
    assert_said("interrupted on request");
    assert_true(file_there(in_folder(part, folder, "big.csv.part")));
    assert_false(file_there(in_folder(part, folder, "big.csv")));
    PROGRAM(&s, "fetch", "77", "--catalogue", catalogue, "-o", folder, "--list", "--lang", "en");
    assert_said("begun");
    /* the same file, from a folder that an office keeps */
    PROGRAM(&s, "fetch", "77", "--catalogue", catalogue, "-o", folder, "--mirror", b.served,
            "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_true(file_there(in_folder(part, folder, "big.csv")));
    assert_false(file_there(in_folder(part, folder, "big.csv.part")));
}

static void lists_are_for_programs_too(void **state)
{
    (void)state;
    PROGRAM(&s, "fetch", "departement:77", "--list", "--json");
    assert_int_equal(s.code, 0);
    assert_said("{\"state\":\"absent\",\"id\":\"osm-roads\",\"file\":"
                "\"ile-de-france-latest.osm.pbf\",\"address\":\"https://");
    put("note.txt", "-");
    PROGRAM(&s, "fetch", "departement:77", "--only", "ban-adresses", "--list", "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_said("adresses-77.csv.gz");
    PROGRAM(&s, "fetch", "departement:77", "--only", "ban-adreses", "--list", "--lang", "en");
    assert_int_equal(s.code, 64);
    assert_said("did you mean 'ban-adresses'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetch_init_check_run),
        cmocka_unit_test(failures_have_their_exit_codes),
        cmocka_unit_test(ctrl_c_is_heard_and_the_next_fetch_goes_on),
        cmocka_unit_test(lists_are_for_programs_too),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
