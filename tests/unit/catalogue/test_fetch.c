/* A territory's files, from the catalogue to a data folder: what is kept, what is replaced, what is
 * told. */
#include "tests/unit/base/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "datasets/catalogue/fetch.h"
#include "datasets/catalogue/found.h"
#include "datasets/importers.h"
#include "tests/http/server.h"

#define HEADER                                                                                     \
    "id;default;role;importer;title_fr;title_en;producer;licence;vintage;geography;extent;"        \
    "address;file;archive;members;size;sha256;page\n"
#define COMMUNES                                                                                   \
    "CODGEO;LIBGEO;DEP;REG;EPCI;LIBEPCI\n"                                                         \
    "77288;Melun;77;11;247700057;CA Melun\n91228;Évry;91;11;247700057;CA Melun\n"

typedef struct bench {
    http_server *server;
    areas *known;
    char served[256], folder[256], data[300];
} bench;
static bench b;

static void zip_make(const char *path, const char *name, const char *text)
{
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)strlen(text));
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, text, strlen(text)), strlen(text));
    archive_entry_free(e);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    (void)archive_write_free(a);
}

static int open_bench(void **state)
{
    error err;
    faults *list = NULL;
    (void)state;
    (void)folder_fresh(b.served);
    write_text(in_folder(b.served, "cog.csv"), COMMUNES);
    write_text(in_folder(b.served, "a.csv"), "code;n\n01001;1\n");
    write_text(in_folder(b.served, "dep-77.csv"), "code;n\n77001;1\n");
    write_text(in_folder(b.served, "dep-91.csv"), "code;n\n91001;1\n");
    zip_make(in_folder(b.served, "good.zip"), "inside/flux.csv", "CODGEO;DCLT;NBFLUX_C22\n");
    zip_make(in_folder(b.served, "evil.zip"), "../../evil.csv", "x\n");
    b.server = http_server_start(b.served);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(
        areas_read(BASSIN_SOURCE_DIR "/datasets/catalogue/departements.csv", &b.known, list),
        STATUS_OK);
    faults_free(list);
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    http_server_stop(b.server);
    areas_free(b.known);
    folder_clear(b.served);
    return 0;
}

static int open_folder(void **state)
{
    (void)state;
    (void)folder_fresh(b.folder);
    (void)snprintf(b.data, sizeof b.data, "%s/data", b.folder);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    folder_clear(b.folder);
    return 0;
}

/* One fetch, as the command does it. */
typedef struct job {
    fetch_options options;
    fetch_plan *plan;
    faults *list;
    catalogue *files;
    progress progress;
    atomic_int cancel;
    status status;
} job;

/* `rows`: id, how, file, the rest of the row ("sha256;page" columns are given by `end`). */
static void job_open(job *j, const char *territory, const char *rows)
{
    error err;
    text_buffer text = {0};
    *j = (job){.options = {.territory = territory}};
    text_add(&text, HEADER);
    for (const char *at = rows; *at != '\0'; at++) { /* @ stands for the server's address */
        if (*at == '@')
            text_add(&text, http_server_base(b.server));
        else
            text_add_n(&text, at, 1);
    }
    const char *path = in_folder(b.folder, "catalogue.csv");
    write_text(path, text.at);
    text_buffer_clear(&text);
    assert_int_equal(faults_new(&j->list, &err), STATUS_OK);
    const status s = catalogue_read(path, dataset_importers, &j->files, j->list);
    if (s != STATUS_OK)
        fail_msg("%s", faults_at(j->list, 0)->en);
    atomic_init(&j->cancel, 0);
    j->progress = (progress){.lang = LANGUAGE_EN, .json = true, .cancel = &j->cancel};
    j->options.folder = b.data;
    j->options.catalogue = j->files;
    j->options.areas = b.known;
    j->options.importers = dataset_importers;
    j->options.progress = &j->progress;
    j->options.rules = download_usual_rules;
    j->options.rules.first_wait_s = 0.05;
    j->options.rules.longest_wait_s = 0.1;
    j->options.rules.attempts = 2;
}

static void job_run(job *j)
{
    j->status = fetch_plan_make(&j->options, &j->plan, j->list);
    if (j->status == STATUS_OK)
        j->status = fetch_all(&j->options, j->plan, j->list);
}

static void job_close(job *j)
{
    fetch_plan_free(j->plan);
    catalogue_free(j->files);
    faults_free(j->list);
}

static bool told(const job *j, severity how, const char *text)
{
    for (size_t i = 0; i < faults_count(j->list); i++) {
        const fault *f = faults_at(j->list, i);
        if (f->severity == how && strstr(f->en, text) != NULL)
            return true;
    }
    return false;
}

static bool holds(const char *name, const char *text)
{
    char *found = read_text(in_folder(b.data, name));
    const bool same = found != NULL && (text == NULL || strcmp(found, text) == 0);
    free(found);
    return same;
}

#define ROW(id, address, sha)                                                                      \
    id ";yes;;;Titre;Title;Insee;Licence Ouverte 2.0;2022;2024;france;" address ";;;;;" sha ";\n"

static const char two_rows[] =
    ROW("a", "@/plain/a.csv", "changes") "zip;yes;;;Titre;Title;Insee;Licence Ouverte 2.0;2022;;"
                                         "france;@/redirect/good.zip;;zip;;;unknown;\n";

static void files_come_with_their_provenance(void **state)
{
    job j;
    struct stat facts;
    (void)state;
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_int_equal(j.plan->done, 2);
    assert_true(holds("a.csv", "code;n\n01001;1\n"));
    json_t *p = json_load_file(in_folder(b.data, "a.csv.provenance.json"), 0, NULL);
    assert_non_null(p);
    assert_string_equal(json_string_value(json_object_get(p, "id")), "a");
    assert_string_equal(json_string_value(json_object_get(p, "producer")), "Insee");
    assert_string_equal(json_string_value(json_object_get(p, "licence")), "Licence Ouverte 2.0");
    assert_string_equal(json_string_value(json_object_get(p, "vintage")), "2022");
    assert_int_equal(json_integer_value(json_object_get(p, "bytes")), 15);
    assert_string_equal(json_string_value(json_object_get(p, "sha256")),
                        sha256_of("code;n\n01001;1\n", 15).hex);
    assert_string_equal(json_string_value(json_object_get(p, "origin")), "address");
    assert_string_equal(json_string_value(json_object_get(p, "verified")), "none");
    const char *fetched = json_string_value(json_object_get(p, "fetched"));
    assert_int_equal(strlen(fetched), strlen("2026-03-01T08:00:00Z"));
    json_decref(p);
    p = json_load_file(in_folder(b.data, "good.zip.provenance.json"), 0, NULL);
    assert_non_null(strstr(json_string_value(json_object_get(p, "address")), "/redirect/good.zip"));
    assert_non_null(
        strstr(json_string_value(json_object_get(p, "final_address")), "/plain/good.zip"));
    assert_string_equal(json_string_value(json_object_get(p, "unpacked")), "good");
    const json_t *member = json_array_get(json_object_get(p, "members"), 0);
    assert_string_equal(json_string_value(json_object_get(member, "name")), "inside/flux.csv");
    json_decref(p);
    assert_true(holds("good/inside/flux.csv", "CODGEO;DCLT;NBFLUX_C22\n"));
    assert_int_not_equal(stat(in_folder(b.data, "a.csv.part"), &facts), 0);
    assert_int_not_equal(stat(in_folder(b.data, "a.csv.part.json"), &facts), 0);
    job_close(&j);
}

static void what_is_there_is_not_fetched_again(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    job_close(&j);
    const unsigned before = http_server_requests(b.server);
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_int_equal(j.plan->there, 2);
    assert_int_equal(j.plan->done, 0);
    assert_int_equal(http_server_requests(b.server), before);
    job_close(&j);
    /* the folder of an archive that someone deleted comes back, without a request */
    error err;
    assert_int_equal(folder_remove(in_folder(b.data, "good"), &err), STATUS_OK);
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(holds("good/inside/flux.csv", NULL));
    assert_int_equal(http_server_requests(b.server), before);
    job_close(&j);
}

static void a_file_changed_by_someone_is_left_alone(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    job_close(&j);
    write_text(in_folder(b.data, "a.csv"), "code;n\n01001;2\n");
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(told(&j, SEVERITY_WARNING, "left as it is"));
    assert_true(holds("a.csv", "code;n\n01001;2\n"));
    job_close(&j);
}

static void a_folder_of_somebody_is_not_unpacked_over(void **state)
{
    error err;
    job j;
    (void)state;
    assert_int_equal(folder_make(in_folder(b.data, "good"), &err), STATUS_OK);
    write_text(in_folder(b.data, "good/notes.txt"), "mine\n");
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(told(&j, SEVERITY_WARNING, "good.zip is not unpacked"));
    assert_true(holds("good/notes.txt", "mine\n"));
    assert_false(holds("good/inside/flux.csv", NULL));
    job_close(&j);
    assert_int_equal(folder_remove(in_folder(b.data, "good"), &err), STATUS_OK);
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(holds("good/inside/flux.csv", NULL));
    job_close(&j);
}

/* INSEE refuses some programs: what was downloaded by hand is taken over, and says so. */
static void a_file_put_by_hand_is_taken_over(void **state)
{
    error err;
    job j;
    (void)state;
    assert_int_equal(folder_make(b.data, &err), STATUS_OK);
    write_text(in_folder(b.data, "a.csv"), "mine\n");
    const unsigned before = http_server_requests(b.server);
    job_open(&j, "departement:77", ROW("a", "@/forbidden/a.csv", "changes"));
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_int_equal(http_server_requests(b.server), before);
    assert_true(holds("a.csv", "mine\n"));
    json_t *p = json_load_file(in_folder(b.data, "a.csv.provenance.json"), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(p, "origin")), "by_hand");
    json_decref(p);
    job_close(&j);
}

/* A catalogue with a checksum: another file is replaced, once the right one is there in full. */
static void a_file_that_is_not_the_catalogued_one_is_replaced(void **state)
{
    job j;
    error err;
    char row[512];
    (void)state;
    assert_int_equal(folder_make(b.data, &err), STATUS_OK);
    write_text(in_folder(b.data, "a.csv"), "an older edition\n");
    (void)snprintf(row, sizeof row, ROW("a", "@/plain/a.csv", "%s"),
                   "0000000000000000000000000000000000000000000000000000000000000000");
    job_open(&j, "departement:77", row);
    job_run(&j);
    assert_int_equal(j.status, STATUS_INPUT);
    assert_true(told(&j, SEVERITY_FAULT, "sha256"));
    assert_true(holds("a.csv", "an older edition\n")); /* the earlier one stays */
    job_close(&j);
    (void)snprintf(row, sizeof row, ROW("a", "@/plain/a.csv", "%s"),
                   sha256_of("code;n\n01001;1\n", 15).hex);
    job_open(&j, "departement:77", row);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(holds("a.csv", "code;n\n01001;1\n"));
    job_close(&j);
}

static void every_failure_is_told_and_the_others_come(void **state)
{
    job j;
    struct stat facts;
    (void)state;
    job_open(&j, "departement:77",
             ROW("gone", "@/missing/gone.csv", "changes") ROW(
                 "page", "@/page/a.csv",
                 "changes") "evil;yes;;;T;T;P;L;;;france;@/plain/evil.zip;;zip;;;unknown;\n"
                            "good;yes;;;T;T;P;L;;;france;@/plain/good.zip;;zip;;;unknown;\n" ROW(
                                "busy", "@/busy/99/cog.csv", "changes"));
    job_run(&j);
    assert_int_equal(j.status, STATUS_BUSY); /* the gravest: worth another try */
    assert_true(told(&j, SEVERITY_FAULT, "no longer there (404)"));
    assert_true(told(&j, SEVERITY_FAULT, "a web page in place"));
    assert_true(told(&j, SEVERITY_FAULT, "'../../evil.csv' would leave its folder"));
    assert_true(told(&j, SEVERITY_FAULT, "the server answers 503"));
    assert_int_equal(j.plan->failed, 4);
    assert_int_equal(j.plan->done, 1);
    assert_true(holds("good/inside/flux.csv", NULL));
    /* each fault stands at its line of the catalogue */
    size_t at_lines = 0;
    for (size_t i = 0; i < faults_count(j.list); i++)
        at_lines += faults_at(j.list, i)->line >= 2 && faults_at(j.list, i)->line <= 6;
    assert_int_equal(at_lines, 4);
    assert_int_not_equal(stat(in_folder(b.data, "evil"), &facts), 0);
    assert_int_not_equal(stat(in_folder(b.folder, "evil.csv"), &facts), 0);
    assert_int_not_equal(stat(in_folder(b.data, "gone.csv"), &facts), 0);
    job_close(&j);
}

static void a_lost_server_is_tried_once_more_only(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:77",
             ROW("a", "http://127.0.0.1:1/1.csv", "changes")
                 ROW("b", "http://127.0.0.1:1/2.csv", "changes")
                     ROW("c", "@/plain/a.csv", "changes"));
    j.options.rules.attempts = 3;
    j.options.rules.first_wait_s = 0.3;
    j.options.rules.longest_wait_s = 0.3;
    const double before = progress_clock_s();
    job_run(&j);
    assert_int_equal(j.status, STATUS_BUSY);
    assert_int_equal(j.plan->done, 1);
    assert_true(progress_clock_s() - before < 1.5); /* two waits, not four */
    job_close(&j);
}

static void a_mirror_folder_needs_no_server(void **state)
{
    job j;
    (void)state;
    const unsigned before = http_server_requests(b.server);
    job_open(&j, "departement:77",
             ROW("a", "https://nowhere.example/a.csv",
                 "changes") "zip;yes;;;T;T;P;L;;;france;https://nowhere.example/"
                            "good.zip;;zip;;;unknown;\n" ROW(
                                "absent", "https://nowhere.example/absent.csv", "changes"));
    j.options.mirror = b.served;
    job_run(&j);
    assert_int_equal(j.status, STATUS_INPUT);
    assert_true(told(&j, SEVERITY_FAULT, "not in the mirror folder"));
    assert_int_equal(j.plan->done, 2);
    assert_true(holds("a.csv", "code;n\n01001;1\n"));
    assert_true(holds("good/inside/flux.csv", NULL));
    json_t *p = json_load_file(in_folder(b.data, "a.csv.provenance.json"), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(p, "origin")), "mirror");
    assert_string_equal(json_string_value(json_object_get(p, "address")),
                        "https://nowhere.example/a.csv");
    assert_string_equal(json_string_value(json_object_get(p, "mirror")), b.served);
    json_decref(p);
    assert_int_equal(http_server_requests(b.server), before);
    job_close(&j);
}

static void a_mirror_address_takes_the_place_of_all(void **state)
{
    job j;
    char mirror[256];
    (void)state;
    (void)snprintf(mirror, sizeof mirror, "%s/plain/", http_server_base(b.server));
    job_open(&j, "departement:77", ROW("a", "https://nowhere.example/x/a.csv", "changes"));
    j.options.mirror = mirror;
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(holds("a.csv", "code;n\n01001;1\n"));
    job_close(&j);
    job_open(&j, "departement:77", two_rows);
    j.options.mirror = "ftp://example.org";
    job_run(&j);
    assert_int_equal(j.status, STATUS_USAGE);
    job_close(&j);
    job_open(&j, "departement:77", two_rows);
    j.options.mirror = "/no/such/folder";
    job_run(&j);
    assert_int_equal(j.status, STATUS_INPUT);
    job_close(&j);
}

static const char cut_rows[] =
    "members;yes;membership;insee-membership;T;T;Insee;L;2025;2025;france;@/plain/cog.csv;;;;;"
    "changes;\n"
    "dep;yes;;;T;T;P;L;;;france;@/plain/dep-{departement}.csv;;;;;changes;\n";

static void a_file_a_departement_comes_for_each(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:77", cut_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    assert_int_equal(j.plan->count, 2);
    assert_true(holds("dep-77.csv", NULL));
    assert_false(holds("dep-91.csv", NULL));
    job_close(&j);
}

/* Where an EPCI lies is known once the communes are there: in one and the same command. */
static void an_epci_is_found_in_the_communes_just_fetched(void **state)
{
    job j;
    (void)state;
    job_open(&j, "epci:247700057", cut_rows);
    j.status = fetch_plan_make(&j.options, &j.plan, j.list);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(j.plan->cut_waits); /* what --list says, before anything is there */
    assert_int_equal(j.plan->count, 1);
    j.status = fetch_all(&j.options, j.plan, j.list);
    assert_int_equal(j.status, STATUS_OK);
    assert_true(holds("dep-77.csv", NULL));
    assert_true(holds("dep-91.csv", NULL));
    job_close(&j);
    job_open(&j, "Évry", cut_rows); /* a name, now that the communes are there */
    assert_int_equal(fetch_plan_make(&j.options, &j.plan, j.list), STATUS_OK);
    assert_string_equal(j.plan->word.keep, "commune:91228");
    assert_false(j.plan->cut_waits);
    job_close(&j);
    job_open(&j, "Nulle part", cut_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_USAGE);
    assert_true(told(&j, SEVERITY_FAULT, "unknown territory 'Nulle part'"));
    job_close(&j);
}

static void the_mainland_s_files_are_left_out_overseas(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:974",
             "a;yes;;;T;T;P;L;;;metropole;@/plain/a.csv;;;;;changes;\n"
             "b;departement;;;T;T;P;L;;;france;@/plain/cog.csv;;;;;changes;\n"
             "c;no;;;T;T;P;L;;;france;@/plain/dep-77.csv;;;;;changes;\n"
             "d;region;;;T;T;P;L;;;france;@/plain/dep-91.csv;;;;;changes;\n");
    assert_int_equal(fetch_plan_make(&j.options, &j.plan, j.list), STATUS_OK);
    assert_int_equal(j.plan->count, 1);
    assert_string_equal(j.plan->items[0].entry->id, "b");
    assert_int_equal(j.plan->elsewhere, 1);
    fetch_plan_free(j.plan);
    j.options.only = "c,d";
    assert_int_equal(fetch_plan_make(&j.options, &j.plan, j.list), STATUS_OK);
    assert_int_equal(j.plan->count, 2);
    fetch_plan_free(j.plan);
    j.plan = NULL;
    j.options.only = "c,e";
    assert_int_equal(fetch_plan_make(&j.options, &j.plan, j.list), STATUS_USAGE);
    job_close(&j);
}

static void two_fetches_do_not_write_in_one_folder(void **state)
{
    error err;
    job j;
    (void)state;
    assert_int_equal(folder_make(b.data, &err), STATUS_OK);
    int fd = open(in_folder(b.data, ".bassin-fetch.lock"), O_RDWR | O_CREAT, 0666);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_BUSY);
    assert_true(told(&j, SEVERITY_FAULT, "another download is writing"));
    job_close(&j);
    (void)close(fd);
}

static void a_stop_ends_all_and_is_gone_on_from(void **state)
{
    job j;
    (void)state;
    job_open(&j, "departement:77", two_rows);
    atomic_store(&j.cancel, 1);
    job_run(&j);
    assert_int_equal(j.status, STATUS_INTERRUPTED);
    assert_int_equal(j.plan->done, 0);
    assert_int_equal(j.plan->failed, 1);
    job_close(&j);
    job_open(&j, "departement:77", two_rows);
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    job_close(&j);
}

/* What init will see: each file with its role, what it was in, and nothing of what is half done. */
static void the_folder_says_what_its_files_are(void **state)
{
    job j;
    found_files *found = NULL;
    (void)state;
    job_open(&j, "departement:77",
             "members;yes;membership;insee-membership;T;T;Insee;L;2025;2025;france;@/plain/cog.csv;"
             ";;;;changes;\n"
             "zip;yes;flows;insee-base-flux;T;T;Insee;L;2022;;france;@/plain/good.zip;;zip;;;"
             "unknown;\n");
    job_run(&j);
    assert_int_equal(j.status, STATUS_OK);
    write_text(in_folder(b.data, "half.csv.part"), "code;n\n");
    write_text(in_folder(b.data, "note.txt"), "rien;a;voir\n1;2;3\n");
    write_text(in_folder(b.data, "pop.csv"), "COM;PMUN\n01001;12\n");
    write_text(in_folder(b.data, "some.csv"), "code;rang\n01001;1\n"); /* no zoning: codes alone */
    assert_int_equal(found_scan(b.data, dataset_importers, NULL, &j.progress, &found, j.list),
                     STATUS_OK);
    assert_int_equal(found->count, 5);
    assert_string_equal(found->at[4].name, "some.csv");
    assert_string_equal(found->at[4].role, "");
    assert_string_equal(found->at[0].name, "cog.csv");
    assert_string_equal(found->at[0].role, "membership");
    assert_true(found->at[0].told);
    assert_int_equal(found->at[0].from->geography, 2025);
    assert_string_equal(found->at[1].name, "flux.csv");
    assert_string_equal(found->at[1].role, "flows");
    assert_string_equal(found->at[1].from->id, "zip"); /* of the archive it was in */
    assert_string_equal(found->at[2].name, "note.txt");
    assert_string_equal(found->at[2].role, "");
    assert_string_equal(found->at[3].role, "population");
    assert_false(found->at[3].told);
    assert_null(found->at[3].from);
    found_free(found);
    job_close(&j);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_with_their_provenance),
        TEST(what_is_there_is_not_fetched_again),
        TEST(a_file_changed_by_someone_is_left_alone),
        TEST(a_folder_of_somebody_is_not_unpacked_over),
        TEST(a_file_put_by_hand_is_taken_over),
        TEST(a_file_that_is_not_the_catalogued_one_is_replaced),
        TEST(every_failure_is_told_and_the_others_come),
        TEST(a_lost_server_is_tried_once_more_only),
        TEST(a_mirror_folder_needs_no_server),
        TEST(a_mirror_address_takes_the_place_of_all),
        TEST(a_file_a_departement_comes_for_each),
        TEST(an_epci_is_found_in_the_communes_just_fetched),
        TEST(the_mainland_s_files_are_left_out_overseas),
        TEST(two_fetches_do_not_write_in_one_folder),
        TEST(a_stop_ends_all_and_is_gone_on_from),
        TEST(the_folder_says_what_its_files_are),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
