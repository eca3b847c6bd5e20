/* Several travel modes, each with its source, through every output: the example that people copy,
 * run on the demonstration; and the networks that stay in the cache. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/text.h"
#include "table/archive.h"
#include "table/reader.h"
#include "tests/golden/run/program.h"

#define COMMUNES "24"
enum { COMMUNES_MAX = 64 };

typedef struct modes {
    char folder[64], data[256], results[256], cache[256], example[256];
    char code[COMMUNES_MAX][8];
    double lon[COMMUNES_MAX], lat[COMMUNES_MAX];
    size_t count;
} modes;

/* --- what the demonstration lacks: a layer of lines, a matrix --- */

static void communes_find(modes *m)
{
    char path[256];
    error err;
    file_view file = {0};
    assert_int_equal(file_map(in_folder(path, m->data, "communes.geojson"), &file, &err),
                     STATUS_OK);
    const char *at = file.at, *end = file.at + file.size;
    while (m->count < COMMUNES_MAX &&
           (at = memmem(at, (size_t)(end - at), "\"CODGEO\":\"", 10)) != NULL) {
        const char *lon = memmem(at, (size_t)(end - at), "\"LON\":", 6);
        const char *lat = memmem(at, (size_t)(end - at), "\"LAT\":", 6);
        assert_true(lon != NULL && lat != NULL);
        (void)snprintf(m->code[m->count], sizeof m->code[0], "%.5s", at + 10);
        m->lon[m->count] = strtod(lon + 6, NULL);
        m->lat[m->count++] = strtod(lat + 6, NULL);
        at += 10;
    }
    file_unmap(&file);
    assert_true(m->count > 20);
}

/* Paths from each commune to the next, one of them closed, and one whose end is 0.5 m short. */
static void lines_put(const modes *m)
{
    char path[256];
    text_buffer text = {0};
    text_add(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i + 1 < m->count; i++) {
        text_add_format(&text,
                        "%s{\"type\":\"Feature\",\"properties\":{\"nature\":\"Piste cyclable\","
                        "\"acces\":\"non\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
                        "[[%.7f,%.7f],[%.7f,%.7f]]}}",
                        i ? "," : "", m->lon[i], m->lat[i], m->lon[i + 1],
                        m->lat[i + 1] + (i == 3 ? 4.5e-6 : 0));
    }
    text_add(&text, "]}");
    file_put(in_folder(path, m->data, "pistes.geojson"), text.at);
    text_buffer_clear(&text);
}

/* Not symmetric; the last commune is not in it; one row in five has no distance. */
static void matrix_put(const modes *m)
{
    char path[256];
    text_buffer text = {0};
    text_add(&text, "from,to,minutes,km\n");
    for (size_t i = 0; i + 1 < m->count; i++) {
        for (size_t k = 0; k + 1 < m->count; k++) {
            text_add_format(&text, "%s,%s,%zu.25,", m->code[i], m->code[k],
                            i == k ? 3 : 10 + (i * 7 + k * 3) % 50);
            text_add_format(&text, k % 5 == 4 ? "\n" : "%zu\n", (size_t)(1 + (i + k) % 40));
        }
    }
    text_add(&text, "96001,ailleurs,1,1\n");
    file_put(in_folder(path, m->data, "minutes_tc.csv"), text.at);
    text_buffer_clear(&text);
}

static int make_modes(void **state)
{
    static said s;
    static modes m;
    folder_new(m.folder);
    (void)in_folder(m.data, m.folder, "data");
    (void)in_folder(m.results, m.folder, "three");
    (void)in_folder(m.cache, m.folder, "cache");
    (void)snprintf(m.example, sizeof m.example, "%s/examples/trois-modes.yaml", BASSIN_SOURCE_DIR);
    assert_int_equal(setenv("XDG_CACHE_HOME", m.cache, 1), 0);
    PROGRAM(&s, "demo", "--communes", COMMUNES, "-j", "1", "-o", m.folder, "--lang", "en");
    assert_int_equal(s.code, 0);
    communes_find(&m);
    lines_put(&m);
    matrix_put(&m);
    PROGRAM(&s, "run", m.example, "--data", m.data, "-o", m.results, "-j", "1", "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    *state = &m;
    return s.code;
}

static int drop_modes(void **state)
{
    const modes *m = *state;
    folder_drop(m->folder);
    return 0;
}

/* --- every output --- */

static bool holds(const char *folder, const char *name, const char *text)
{
    char path[256];
    error err;
    file_view file = {0};
    if (file_map(in_folder(path, folder, name), &file, &err) != STATUS_OK) {
        print_error("%s\n", err.en);
        return false;
    }
    const bool found = memmem(file.at, file.size, text, strlen(text)) != NULL;
    file_unmap(&file);
    return found;
}

static void tables_hold_the_columns_of_each_mode(void **state)
{
    const modes *m = *state;
    static const char *const places[] = {"minutes_nearest",    "minutes_nearest_bike",
                                         "minutes_a_bike",     "within_20_bike",
                                         "access_transit",     "minutes_nearest_transit",
                                         "km_nearest_transit", "venue_nearest_transit",
                                         "gap_a_transit",      "white_a_bike"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_true(holds(m->results, "tables/places.csv", places[i]));
    }
    assert_true(holds(m->results, "tables/territories.csv", "minutes_nearest_transit"));
    assert_true(holds(m->results, "tables/venues.csv", "population_20_bike"));
    assert_true(holds(m->results, "tables/totals.csv", "catchment,within_20_min_transit,"));
    assert_true(holds(m->results, "tables/totals.csv", "(by public transport)"));
    assert_true(holds(m->results, "tables/dictionary.csv", "minutes_nearest_transit"));
    assert_true(holds(m->results, "tables/catchments_bike.csv", ","));
    assert_true(holds(m->results, "tables/gaps_transit.csv", ","));
    assert_true(holds(m->results, "excel/places.csv", "minutes_nearest_transit") ||
                holds(m->results, "tables/datapackage.json", "minutes_nearest_transit"));
}

/* A commune that the matrix does not have is missing, not beyond the limit; a distance that it does
 * not give is missing beside a time that it gives. */
static void what_the_matrix_lacks_is_missing(void **state)
{
    const modes *m = *state;
    static const wanted_column columns[] = {
        {.name = "code", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
        {.name = "minutes_nearest_transit",
         .type = COLUMN_F64,
         .decimals = -1,
         .unit = "min",
         .required = true},
        {.name = "km_nearest_transit",
         .type = COLUMN_F64,
         .decimals = -1,
         .unit = "km",
         .required = true},
    };
    char path[256];
    error err;
    faults *list = NULL;
    table *t = NULL;
    size_t timed = 0, without_km = 0;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = in_folder(path, m->results, "tables/places.csv"),
                                  .columns = columns,
                                  .column_count = 3};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    const column *code = table_find(t, "code"), *minutes = &t->columns[1], *km = &t->columns[2];
    for (size_t row = 0; row < t->rows; row++) {
        const bool present = column_state(minutes, row) == VALUE_PRESENT;
        if (strcmp(column_text(code, row), m->code[m->count - 1]) == 0) {
            assert_int_equal(column_state(minutes, row), VALUE_MISSING);
            assert_int_equal(column_state(km, row), VALUE_MISSING);
        }
        timed += present;
        without_km += present && column_state(km, row) == VALUE_MISSING;
    }
    assert_true(timed > 10 && without_km > 0 && without_km < timed);
    table_free(t);
    faults_free(list);
}

static void maps_page_and_geopackage_show_each_mode(void **state)
{
    const modes *m = *state;
    char path[256];
    static const char *const maps[] = {"maps/02_temps_acces.png", "maps/02_temps_acces_bike.png",
                                       "maps/02_temps_acces_transit.svg",
                                       "maps/03_zones_blanches_bike.svg",
                                       "maps/04_nombre_fonctions_transit.png"};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        assert_true(file_there(in_folder(path, m->results, maps[i])));
    }
    assert_true(holds(m->results, "report.html", "nearest open venue (by bike)"));
    assert_true(holds(m->results, "report.html", "nearest open venue (by public transport)"));
    assert_true(holds(m->results, "results.gpkg", "minutes_nearest_bike"));
    assert_true(holds(m->results, "results.gpkg", "gaps_transit"));
}

/* One member of the workbook holds the text. */
static void the_workbook_shows_each_mode(void **state)
{
    const modes *m = *state;
    char path[256];
    error err;
    file_view file = {0};
    bool bike = false, transit = false;
    assert_int_equal(file_map(in_folder(path, m->results, "workbook.xlsx"), &file, &err),
                     STATUS_OK);
    for (int i = 1; i < 60; i++) {
        char member[64];
        unpacked text = {0};
        (void)snprintf(member, sizeof member, "xl/worksheets/sheet%d.xml", i);
        const unpack_limits limits = {.member = member};
        if (unpack(&text, file.at, file.size, &limits, &err) == STATUS_OK && text.at != NULL) {
            bike = bike || memmem(text.at, text.size, "by bike)", strlen("by bike)")) != NULL;
            transit = transit || memmem(text.at, text.size, "by public transport)",
                                        strlen("by public transport)")) != NULL;
        }
        unpacked_clear(&text);
    }
    file_unmap(&file);
    assert_true(bike && transit);
}

/* --- the manifest says what each mode was computed from --- */

static void the_manifest_says_the_sources(void **state)
{
    const modes *m = *state;
    static const char *const facts[] = {"\"source\": \"matrix\"",
                                        "\"venues_by_place\"",
                                        "\"rows_of_unknown_codes\": \"1\"",
                                        "\"line_ends_joined_apart\": \"1\"",
                                        "\"tolerance_m\": \"1\"",
                                        "\"profile\": \"bike\"",
                                        "travel-times"};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!holds(m->results, "run.json", facts[i])) {
            fail_msg("run.json does not say %s", facts[i]);
        }
    }
    assert_true(holds(m->results, "tables/balance.csv", "matrix,minutes_tc.csv,read"));
    assert_true(holds(m->results, "tables/rejects.csv", "ailleurs"));
    assert_true(holds(m->results, "tables/balance.csv", "roads,pistes.geojson,used"));
    assert_true(holds(m->results, "tables/sources.csv", "roads,routes.osm.pbf,"));
    assert_true(holds(m->results, "tables/sources.csv", "ODbL 1.0 (openstreetmap.org/copyright)"));
    assert_true(holds(m->results, "tables/sources.csv", "roads,pistes.geojson,"));
}

/* --- the cache --- */

/* The first .net of the cache. */
static bool kept_network(const modes *m, char path[512])
{
    char folder[256];
    DIR *all = opendir(in_folder(folder, m->cache, "bassin/networks"));
    bool found = false;
    for (struct dirent *one; all != NULL && (one = readdir(all)) != NULL;) {
        const size_t size = strlen(one->d_name);
        if (size > 4 && strcmp(one->d_name + size - 4, ".net") == 0) {
            (void)snprintf(path, 512, "%s/%.200s", folder, one->d_name);
            found = true;
        }
    }
    if (all != NULL) {
        (void)closedir(all);
    }
    return found;
}

static void run_again(const modes *m, said *s, const char *name, char out[256])
{
    PROGRAM(s, "run", m->example, "--data", m->data, "-o", in_folder(out, m->folder, name), "-j",
            "2", "--lang", "en");
    assert_int_equal(s->code, 0);
}

static void a_network_of_the_cache_gives_the_same_bytes(void **state)
{
    static said s;
    const modes *m = *state;
    char out[256], first[65], second[65], kept[512];
    assert_true(kept_network(m, kept));
    run_again(m, &s, "again", out);
    tree_digest(first, m->results);
    tree_digest(second, out);
    assert_string_equal(first, second);
    assert_null(strstr(s.text, "kept network damaged"));
}

static void a_damaged_network_is_built_again_and_said(void **state)
{
    static said s;
    const modes *m = *state;
    char out[256], first[65], second[65], kept[512];
    assert_true(kept_network(m, kept));
    FILE *file = fopen(kept, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 2000, SEEK_SET), 0);
    assert_int_equal(fwrite("damage", 1, 6, file), 6);
    assert_int_equal(fclose(file), 0);
    run_again(m, &s, "mended", out);
    assert_non_null(strstr(s.text, "kept network damaged, it is built again"));
    tree_digest(first, m->results);
    tree_digest(second, out);
    assert_string_equal(first, second); /* the results say nothing of it */
    run_again(m, &s, "whole", out);
    assert_null(strstr(s.text, "kept network damaged"));
}

/* As another run leaves it for a moment, between the network and what was said of it. */
static void a_network_without_its_messages_is_built_again(void **state)
{
    static said s;
    const modes *m = *state;
    char out[256], first[65], second[65], kept[512], notes[520];
    assert_true(kept_network(m, kept));
    (void)snprintf(notes, sizeof notes, "%s.notes", kept);
    assert_int_equal(unlink(notes), 0);
    run_again(m, &s, "unsaid", out);
    assert_null(strstr(s.text, "kept network damaged"));
    assert_true(file_there(notes));
    tree_digest(first, m->results);
    tree_digest(second, out);
    assert_string_equal(first, second);
}

static void a_cache_that_cannot_be_written_is_said(void **state)
{
    static said s;
    const modes *m = *state;
    char out[256], first[65], second[65];
    char nowhere[256];
    file_put(in_folder(nowhere, m->folder, "a-file"), "no folder\n");
    assert_int_equal(setenv("XDG_CACHE_HOME", nowhere, 1), 0);
    run_again(m, &s, "without", out);
    assert_int_equal(setenv("XDG_CACHE_HOME", m->cache, 1), 0);
    assert_non_null(strstr(s.text, "the cache folder cannot be written"));
    tree_digest(first, m->results);
    tree_digest(second, out);
    assert_string_equal(first, second);
}

/* --- a network that was built beforehand --- */

static void a_built_network_serves_its_own_mode(void **state)
{
    static said s;
    const modes *m = *state;
    char lines[256], net[256], run[256], out[256];
    static const char head[] = "bassin: 1\nterritory: {communes: {file: communes.geojson, code: "
                               "CODGEO, name: LIBGEO, point: [LON, LAT]}}\n"
                               "population: {file: populations.csv, code: COM, value: PMUN}\n"
                               "venues: [{file: france_services.csv, kind: ACT.FS}]\n"
                               "reports: {formats: [csv]}\n";
    text_buffer text = {0};
    (void)in_folder(lines, m->data, "pistes.geojson");
    (void)in_folder(net, m->data, "pistes.net");
    PROGRAM(&s, "network", lines, "-o", net, "--profile", "bike", "--class", "nature", "--speeds",
            "Piste cyclable=15", "--tolerance", "1m", "--lang", "en");
    if (s.code != 0) {
        print_message("%s\n", s.text);
    }
    assert_int_equal(s.code, 0);
    text_add_format(&text, "%stravel: [{mode: bike, network: pistes.net}]\n", head);
    file_put(in_folder(run, m->data, "bike.yaml"), text.at);
    PROGRAM(&s, "run", run, "-o", in_folder(out, m->folder, "bike"), "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_true(holds(out, "tables/places.csv", "minutes_nearest"));
    text_buffer_clear(&text);
    text_add_format(&text, "%stravel: [{mode: car, network: pistes.net}]\n", head);
    file_put(run, text.at);
    PROGRAM(&s, "run", run, "-o", out, "--lang", "en");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "pistes.net is built for mode bike and given to mode car"));
    text_buffer_clear(&text);
    /* options that say nothing of such a file, and bad ones */
    PROGRAM(&s, "network", lines, "-o", net, "--tolerance", "1 km");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "network", lines, "-o", net, "--speeds", "Piste");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "network", lines, "-o", net, "--speed", "vitesse");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "column speed named \"vitesse\": not in the layer"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_hold_the_columns_of_each_mode),
        cmocka_unit_test(what_the_matrix_lacks_is_missing),
        cmocka_unit_test(maps_page_and_geopackage_show_each_mode),
        cmocka_unit_test(the_workbook_shows_each_mode),
        cmocka_unit_test(the_manifest_says_the_sources),
        cmocka_unit_test(a_network_of_the_cache_gives_the_same_bytes),
        cmocka_unit_test(a_damaged_network_is_built_again_and_said),
        cmocka_unit_test(a_network_without_its_messages_is_built_again),
        cmocka_unit_test(a_cache_that_cannot_be_written_is_said),
        cmocka_unit_test(a_built_network_serves_its_own_mode),
    };
    return cmocka_run_group_tests(tests, make_modes, drop_modes);
}
