/* Lists of venues through a whole run: hours, labels and presence reach the results; what the
 * census holds of people reaches none of its files. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/files.h"
#include "table/archive.h"
#include "tests/golden/run/program.h"

static const char *const secrets[] = {"durand-x", "Durand-x", "+33900000000"};
enum { SECRETS = sizeof secrets / sizeof secrets[0] };

#define IDENTITY                                                                                   \
    "\xef\xbb\xbfID_UNIQUE;NOM;ADRESSE;CODPOST;VILLE;LATITUDE;LONGITUDE;INTERNET;EMAIL;TELEPHONE;" \
    "DESCRI_COU;NOM_STRC_GEST;TYPE_STRUCTURE_GEST;Insee\n"                                         \
    "T1;Le Labo;1 rue A;;;;;https://durand-x.example;durand-x@example.org;+33900000000;"           \
    "Ouvert par Mme Durand-x;Durand-x Dupont;Association;#####\n"                                  \
    "T2;Le Futur;2 rue B;;;;;;durand-x@example.org;;;;SCIC;#####\n"
#define ACTIVITIES                                                                                 \
    "ID_UNIQUE;NOM;Mail;statut_lieu;activites_toutes;Tiers-lieu nourricier;horaires\n"             \
    "T1;Le Labo;durand-x@example.org;en activité;Bureau / Coworking;0;Mo-Sa 09:00-20:00\n"        \
    "T2;Le Futur;durand-x@example.org;en projet (pas encore ouvert);;1;\n"                         \
    "T9;Ailleurs;durand-x@example.org;en activité;;1;appeler le +33900000000\n"
#define DESKS                                                                                      \
    "id;nom;code_commune;itinerant;horaires;label;date_label;fin_label\n"                          \
    "1;Bus;#####;oui;mardi 14h-17h;France services;2020-01-01;\n"                                  \
    "2;Maison;#####;;lundi au vendredi 9h-12h;France services;2020-01-01;2022-12-31\n"
#define RUN                                                                                        \
    "bassin: 1\ndate: 2024-06-30\n"                                                                \
    "territory:\n  communes: {file: communes.geojson, code: CODGEO, name: LIBGEO, point: [LON, "   \
    "LAT]}\n"                                                                                      \
    "  names: {file: cog_communes.csv, code: COM}\n  vintage: 2024\n"                              \
    "population: {file: populations.csv, code: COM, value: PMUN}\n"                                \
    "venues:\n"                                                                                    \
    "  - file: bdftl-2026-01-fiche-identite.csv\n    list: recensement\n"                          \
    "    themes: [{file: bdftl-2026-04-activites.csv}]\n"                                          \
    "  - {file: guichets.csv, kind: ACT.FS, itinerants: aside}\n"                                  \
    "travel:\n  - {mode: car, network: routes.osm.pbf, limit: 60 min}\n"                           \
    "indicators:\n  supply: {}\n  catchment: {}\n"                                                 \
    "reports: {language: en, formats: [gpkg, xlsx, html, csv]}\n"

/* The code in the first row of the demonstration's postcodes. */
static void first_code(const char *folder, char code[6])
{
    char path[256];
    error err;
    file_view file;
    (void)in_folder(path, folder, "data/code_postal.csv");
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    char *text = strndup(file.at, file.size);
    const char *row = strchr(text, '\n');
    assert_non_null(row);
    const char *at = row + 1 + strspn(row + 1, "\"");
    memcpy(code, at, 5);
    code[5] = '\0';
    free(text);
    file_unmap(&file);
}

static bool holds(const char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

static void judge(const char *path, const char *bytes, size_t size)
{
    for (size_t i = 0; i < SECRETS; i++) {
        if (holds(bytes, size, secrets[i])) {
            fail_msg("%s holds \"%s\"", path, secrets[i]);
        }
    }
}

/* A workbook's texts lie packed, sheet by sheet: they are read out of it. */
static void judge_workbook(const char *path, file_view file)
{
    error err;
    char member[64] = "xl/sharedStrings.xml";
    size_t sheets = 0;
    bool named = false;
    for (bool more = true; more; sheets++) {
        unpacked text = {0};
        const unpack_limits limits = {.member = member};
        more = unpack(&text, file.at, file.size, &limits, &err) == STATUS_OK;
        named = named || (more && holds(text.at, text.size, "Le Labo"));
        if (more) {
            judge(path, text.at, text.size);
        }
        unpacked_clear(&text);
        more = more || sheets == 0;
        (void)snprintf(member, sizeof member, "xl/worksheets/sheet%zu.xml", sheets + 1);
    }
    assert_true(sheets > 5 && named);
}

static size_t judge_files(const char *folder)
{
    size_t files = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (const struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
        char path[256];
        struct stat facts;
        error err;
        file_view file;
        if (entry->d_name[0] == '.') {
            continue;
        }
        (void)in_folder(path, folder, entry->d_name);
        assert_int_equal(stat(path, &facts), 0);
        if (S_ISDIR(facts.st_mode)) {
            files += judge_files(path);
            continue;
        }
        assert_int_equal(file_map(path, &file, &err), STATUS_OK);
        judge(path, file.at, file.size);
        if (strstr(path, ".xlsx")) {
            judge_workbook(path, file);
        }
        file_unmap(&file);
        files++;
    }
    (void)closedir(open);
    return files;
}

/* Five signs stand for the code of a commune. */
static void put(const char *folder, const char *name, const char *form, const char *code)
{
    char path[256];
    char *text = strdup(form);
    assert_non_null(text);
    for (char *at = strstr(text, "#####"); at; at = strstr(at, "#####")) {
        memcpy(at, code, 5);
    }
    file_put(in_folder(path, folder, name), text);
    free(text);
}

static char *table_of(const char *folder, const char *name)
{
    char path[256];
    error err;
    file_view file;
    (void)in_folder(path, folder, name);
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    char *text = strndup(file.at, file.size);
    file_unmap(&file);
    assert_non_null(text);
    return text;
}

/* The value of a column in the row whose first cell is `key`; cells hold no comma here. */
static const char *value_of(char out[128], const char *text, const char *key, const char *name)
{
    size_t at = 0;
    const char *row = strstr(text, key);
    const char *header = text;
    while (strncmp(header, name, strlen(name)) != 0 ||
           (header[strlen(name)] != ',' && header[strlen(name)] != '\n')) {
        header += strcspn(header, ",\n");
        assert_true(*header == ',');
        header++;
        at++;
    }
    assert_non_null(row);
    for (; at > 0; at--) {
        row += strcspn(row, ",\n");
        assert_true(*row == ',');
        row++;
    }
    (void)snprintf(out, 128, "%.*s", (int)strcspn(row, ",\n"), row);
    return out;
}

static void lists_run_to_their_results(void **state)
{
    static said s;
    char folder[64], code[6], run_file[256], data[256], results[256], value[128];
    (void)state;
    folder_new(folder);
    PROGRAM(&s, "demo", "--communes", "24", "-j", "1", "-o", folder, "--lang", "en");
    assert_int_equal(s.code, 0);
    first_code(folder, code);
    (void)in_folder(data, folder, "data");
    put(data, "bdftl-2026-01-fiche-identite.csv", IDENTITY, code);
    put(data, "bdftl-2026-04-activites.csv", ACTIVITIES, code);
    put(data, "guichets.csv", DESKS, code);
    file_put(in_folder(run_file, folder, "data/lists.yaml"), RUN);
    (void)in_folder(results, folder, "lists");
    PROGRAM(&s, "run", run_file, "-o", results, "-j", "2", "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    judge("what the program said", s.text, strlen(s.text));
    assert_true(judge_files(results) >= 8);

    char *venues = table_of(results, "tables/venues.csv");
    const struct {
        const char *id, *column, *value;
    } expected[] = {
        {"recensement:T1", "kind", "ACT.COWORK"},  {"recensement:T1", "status", "open"},
        {"recensement:T1", "hours_week", "66.00"}, {"recensement:T1", "open_saturday", "1"},
        {"recensement:T1", "open_evening", "1"},   {"recensement:T1", "presence", "fixed"},
        {"recensement:T2", "kind", "AGR.NOURR"},   {"recensement:T2", "status", "project"},
        {"guichets:1", "presence", "itinerant"},   {"guichets:1", "hours_week", "3.00"},
        {"guichets:1", "label_state", "labelled"}, {"guichets:2", "label_state", "left"},
        {"guichets:2", "label_end", "2022-12-31"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_string_equal(value_of(value, venues, expected[i].id, expected[i].column),
                            expected[i].value);
    }
    free(venues);
    /* The bus is set aside: one coworking space and one desk are open. */
    char *totals = table_of(results, "tables/totals.csv");
    assert_non_null(strstr(totals, "supply,venues,2"));
    assert_non_null(strstr(totals, "supply,venues_itinerant,1"));
    assert_non_null(strstr(totals, "supply,venues_evening,1"));
    assert_non_null(strstr(totals, "supply,hours_week,81"));
    free(totals);
    char *balance = table_of(results, "tables/balance.csv");
    assert_non_null(strstr(balance, "no venue of that id in the list"));
    free(balance);
    folder_drop(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_run_to_their_results)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
