/* What people rely on when they write a run file. */
#include "run_file.h"

#define HEAD "bassin: 1\nterritory: {communes: {file: c.geojson, code: CODGEO}}\n"

static void loads_a_whole_run_file(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f,
                  "bassin: 1\n"
                  "title: Essai\n"
                  "data: entrees\n"
                  "territory:\n"
                  "  communes: {file: c.geojson, code: CODGEO, point: [LON, LAT], crs: EPSG:3857}\n"
                  "  names: {file: cog.csv, code: COM}\n"
                  "  membership: appartenance.xlsx\n"
                  "  density: {file: densite.csv, code: COM, value: DENS}\n"
                  "  keep: departement:01\n"
                  "  margin: 500 m\n"
                  "  vintage: 2024\n"
                  "  groups: [{name: SCoT, file: scot.csv, code: CODGEO, group: SCOT}]\n"
                  "population: {file: p.csv, code: COM, value: PMUN, arrondissements: keep}\n"
                  "flows: {file: f.csv, format: insee-base-flux, vintage: 2014, detail: d.csv, "
                  "intra: insee}\n"
                  "venues:\n"
                  "  - {file: lists/fabriques.geojson.gz, kind: ART.FABLAB, status: project}\n"
                  "  - {file: /abs/v.csv, list: lieux, id: id, kind: {column: type, map: {a: "
                  "ART.FABLAB, b: ART.CULT}}}\n"
                  "travel:\n"
                  "  - {mode: car, estimate: crow-fly, limit: 1 h 30}\n"
                  "indicators:\n"
                  "  catchment: {limits: [10 min, 20 min], method: e2sfca}\n"
                  "  coverage: {standard: {g: 20 min, c: 45 min}}\n"
                  "  avoided_km: {}\n"
                  "reports: {language: en, formats: [csv]}\n"
                  "seed: 7\ndate: 2024-02-29\nthreads: 3\nplugins: [fr.lab.indice, {id: indice.so, "
                  "memory: 8 GiB, time: "
                  "10 min}]\n",
                  NULL);
    assert_int_equal(f.result, STATUS_OK);
    const scenario *s = f.loaded;
    char path[160];
    (void)snprintf(path, sizeof path, "%s/entrees/c.geojson", f.folder);
    assert_string_equal(s->communes.path, path);
    assert_int_equal(s->communes.epsg, 3857);
    assert_int_equal(s->communes.binding_count, 3);
    assert_string_equal(s->communes.bindings[0].column, "code");
    assert_string_equal(s->communes.bindings[0].header, "CODGEO");
    assert_string_equal(s->communes.bindings[1].column, "lon");
    assert_string_equal(s->communes.bindings[2].header, "LAT");
    assert_string_equal(s->membership.file, "appartenance.xlsx");
    assert_string_equal(s->density.file, "densite.csv");
    assert_string_equal(s->density.bindings[1].column, "density7");
    assert_string_equal(s->density.bindings[1].header, "DENS");
    assert_string_equal(s->perimeter.keep, "departement:01"); /* never a number */
    assert_true(s->perimeter.margin_km == 0.5);
    assert_int_equal(s->pivot_vintage, 2024);
    assert_string_equal(s->groups[0].name, "SCoT");
    assert_int_equal(s->groups[0].input.binding_count, 2);
    assert_false(s->fold_arrondissements);
    assert_true(s->intra_insee);
    assert_int_equal(s->flows.vintage, 2014);
    assert_string_equal(s->detail.file, "d.csv");
    assert_int_equal(s->venue_list_count, 2);
    assert_string_equal(s->venues[0].list, "fabriques");
    assert_string_equal(s->venues[0].status, "project");
    assert_string_equal(s->venues[1].input.path, "/abs/v.csv");
    assert_string_equal(s->venues[1].kind_map[1].kind, "ART.CULT");
    assert_string_equal(s->venues[1].list, "lieux");
    assert_true(s->modes[0].limit_min == 90);
    assert_true(s->modes[0].circuity == 1.3);
    assert_true(s->modes[0].parking_min == 1);
    assert_int_equal(s->indicator_count, 3);
    assert_string_equal(s->indicators[0].settings[0].values[1], "20 min");
    assert_string_equal(s->indicators[1].settings[0].values[1], "c=45 min");
    assert_int_equal(s->indicators[2].setting_count, 0);
    assert_int_equal(s->language, LANGUAGE_EN);
    assert_int_equal(s->format_count, 1);
    assert_int_equal(s->seed, 7);
    assert_string_equal(s->date, "2024-02-29");
    assert_int_equal(s->threads, 3);
    assert_int_equal(s->plugin_count, 2);
    assert_string_equal(s->plugins[0].name, "fr.lab.indice");
    assert_true(s->plugins[0].memory_mib == 0 && s->plugins[0].time_s == 0);
    assert_string_equal(s->plugins[1].name, "indice.so");
    assert_true(s->plugins[1].memory_mib == 8192 && s->plugins[1].time_s == 600);
    run_file_clear(&f);
}

static void minimal_run_file_has_stated_defaults(void **state)
{
    (void)state;
    run_file f = {0};
    (void)unsetenv("SOURCE_DATE_EPOCH");
    run_file_load(&f, HEAD, NULL);
    assert_int_equal(f.result, STATUS_OK);
    assert_int_equal(f.loaded->mode_count, 1);
    assert_true(f.loaded->modes[0].limit_min == 60);
    assert_int_equal(f.loaded->modes[0].source, TRAVEL_ESTIMATE);
    assert_int_equal(f.loaded->format_count, 5);
    assert_int_equal(f.loaded->seed, 1);
    assert_null(f.loaded->date);
    assert_true(f.loaded->fold_arrondissements);
    assert_non_null(fault_about(f.list, 0, 0, "crow-fly")); /* the default is said */
    run_file_clear(&f);
}

static void date_comes_from_source_date_epoch(void **state)
{
    (void)state;
    run_file f = {0};
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1709164800", 1), 0);
    run_file_load(&f, HEAD, NULL);
    assert_string_equal(f.loaded->date, "2024-02-29");
    run_file_clear(&f);
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
}

static void every_fault_is_told_at_once_with_its_place(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f,
                  "bassin: 2\n"
                  "territoire: {}\n"
                  "population: {file: p.csv, valeur: PMUN}\n"
                  "threads: 99999999999\n"
                  "travel:\n"
                  "  - {mode: car, estimate: crow-fly, limit: 60}\n"
                  "date: 2023-02-29\n"
                  "reports: {formats: [gpkg, doc]}\n"
                  "flows: {file: /vsicurl/http://127.0.0.1:9/f.csv}\n"
                  "plugins: [../../../tmp/evil.so, {id: b, memory: 2}, {memory: 1 GiB}]\n",
                  NULL);
    assert_int_equal(f.result, STATUS_INPUT);
    assert_non_null(fault_about(f.list, 1, 9, "bassin out of range 1..1: 2"));
    assert_non_null(fault_about(f.list, 2, 1, "did you mean territory?"));
    assert_null(fault_about(f.list, 1, 1, "missing key territory")); /* it is there, in French */
    /* a key in other words is understood; a file that may not be read is not */
    assert_false(f.loaded->population.doubtful);
    assert_int_equal(f.loaded->population.binding_count, 1);
    assert_true(f.loaded->flows.doubtful);
    assert_non_null(fault_about(f.list, 3, 27, "did you mean value?"));
    assert_non_null(fault_about(f.list, 4, 10, "threads out of range 1..256"));
    assert_non_null(fault_about(f.list, 6, 44, "write for example"));
    assert_non_null(fault_about(f.list, 7, 7, "not a date"));
    assert_non_null(
        fault_about(f.list, 8, 27, "possible values: gpkg, xlsx, html, maps, csv, pdf"));
    assert_non_null(fault_about(f.list, 9, 15, "only local regular files"));
    assert_non_null(fault_about(f.list, 10, 11,
                                "a plugin is an id or a file inside a folder of the search path"));
    assert_non_null(fault_about(f.list, 10, 49, "\"2\" is not a size of memory"));
    assert_non_null(fault_about(f.list, 10, 54, "missing key id in plugins"));
    run_file_clear(&f);
}

static void faults_show_the_line_and_a_caret(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f, HEAD "sed: 3\n", NULL);
    const fault *one = fault_about(f.list, 3, 1, "did you mean seed?");
    assert_non_null(one);
    assert_string_equal(one->excerpt, "sed: 3\n^");
    run_file_clear(&f);
}

static void french_words_typed_as_keys_are_understood(void **state)
{
    static const char *const typed[][2] = {
        {"lieux: []", "venues"},           {"flux: f.csv", "flows"}, {"titre: x", "title"},
        {"indicateurs: {}", "indicators"}, {"graine: 1", "seed"},    {"Trajets: []", "travel"},
        {"rapports: {}", "reports"},       {"données: d", "data"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        run_file f = {0};
        char text[256], wanted[64];
        (void)snprintf(text, sizeof text, HEAD "%s\n", typed[i][0]);
        (void)snprintf(wanted, sizeof wanted, "did you mean %s?", typed[i][1]);
        run_file_load(&f, text, NULL);
        assert_int_equal(f.result, STATUS_INPUT);
        assert_non_null(fault_about(f.list, 3, 1, wanted));
        run_file_clear(&f);
    }
}

static void a_key_given_twice_is_refused(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f, HEAD "seed: 1\nseed: 2\n", NULL);
    assert_non_null(fault_about(f.list, 4, 1, "key \"seed\" given twice (already at 3:1)"));
    run_file_clear(&f);
}

static void what_this_version_does_not_do_is_refused(void **state)
{
    static const char *const keys[] = {"scenarios: {a: {open: [b]}}", "compare: {levels: [epci]}",
                                       "theme: dark.yaml"};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        run_file f = {0};
        char text[256];
        (void)snprintf(text, sizeof text, HEAD "%s\n", keys[i]);
        run_file_load(&f, text, NULL);
        assert_int_equal(f.result, STATUS_INPUT);
        assert_non_null(fault_about(f.list, 3, 1, "this version of bassin does not do it yet"));
        run_file_clear(&f);
    }
    run_file f = {0};
    run_file_load(&f,
                  HEAD "venues:\n  - {file: v.csv, kind: ART.FABLAB, address: [a, b, c, d]}\n"
                       "travel:\n  - {mode: bike, estimate: crow-fly}\n",
                  NULL);
    assert_non_null(fault_about(f.list, 4, 37, "wants one to three columns"));
    assert_non_null(fault_about(f.list, 6, 6, "the crow-fly estimate only holds for the car"));
    run_file_clear(&f);
}

/* Each mode with its source. */
static void travel_modes_say_what_they_are_computed_from(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f,
                  HEAD
                  "travel:\n"
                  "  - {mode: car, network: {file: bdtopo.gpkg, layer: troncon_de_route, speed: V,"
                  " direction: SENS, tolerance: 2 m, speeds: {Bretelle: 40, \"*\": 20 km/h}}}\n"
                  "  - {mode: bike, network: idf.osm.pbf, profile: velo.csv, urban: uu.gpkg}\n"
                  "  - {mode: foot, network: pieds.net}\n"
                  "  - {mode: transit, matrix: {file: t.csv, from: A, to: B, seconds: S},"
                  " parking: 2 min}\n"
                  "cache: reserve\n",
                  NULL);
    assert_int_equal(f.result, STATUS_OK);
    const scenario *s = f.loaded;
    char path[160];
    assert_int_equal(s->mode_count, 4);
    assert_int_equal(s->modes[0].source, TRAVEL_ROADS);
    const scenario_travel *car = &s->travel[0];
    assert_string_equal(car->network.member, "troncon_de_route");
    assert_int_equal(car->network.binding_count, 2);
    assert_string_equal(car->network.bindings[1].header, "SENS");
    assert_true(car->tolerance_m == 2);
    assert_int_equal(car->speed_count, 2);
    assert_string_equal(car->speeds[1].class_name, "*");
    assert_true(car->speeds[1].kmh == 20);
    assert_true(s->modes[0].parking_min == 1);
    (void)snprintf(path, sizeof path, "%s/velo.csv", f.folder);
    assert_string_equal(s->travel[1].profile, path);
    assert_null(car->profile);
    assert_true(s->travel[1].tolerance_m != s->travel[1].tolerance_m); /* not given */
    assert_true(s->modes[1].parking_min == 0);
    assert_int_equal(s->modes[3].source, TRAVEL_MATRIX);
    assert_string_equal(s->travel[3].matrix.bindings[2].column, "seconds");
    assert_true(s->modes[3].parking_min == 2); /* as typed */
    (void)snprintf(path, sizeof path, "%s/reserve", f.folder);
    assert_string_equal(s->cache, path);
    assert_false(s->no_cache);
    run_file_clear(&f);
    run_file none = {0};
    run_file_load(&none, HEAD "cache: no\n", NULL);
    assert_true(none.loaded->no_cache && none.loaded->cache == NULL);
    run_file_clear(&none);
}

static void travel_modes_that_contradict_themselves_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *mode, *words;
    } faulty[] = {
        {"{mode: car}", "give network (roads), matrix (times)"},
        {"{mode: car, network: a.osm.pbf, estimate: crow-fly}", "keep one of them"},
        {"{mode: bike, network: a.osm.pbf, matrix: m.csv}", "keep one of them"},
        {"{mode: foot, estimate: crow-fly}", "only holds for the car"},
        {"{mode: transit, network: a.osm.pbf}", "transit has no network"},
        {"{mode: car, network: a.csv}", "a network is a .net file"},
        {"{mode: car, network: a.net, urban: u.gpkg}", "a.net is built already: urban"},
        {"{mode: car, network: {file: a.net, speed: V}}", "a.net is no layer of lines: speed"},
        {"{mode: car, network: {file: a.osm.pbf, tolerance: 1 m}}",
         "is no layer of lines: tolerance"},
        {"{mode: car, network: {file: a.gpkg, vintage: 2024}}", "vintage has no meaning"},
        {"{mode: car, network: {file: a.gpkg, speeds: {Bretelle: vite}}}", "is no number of km/h"},
        {"{mode: car, network: {file: a.gpkg, speeds: 3}}", "wants a speed by class"},
        {"{mode: car, network: {file: a.gpkg, tolerance: 60 m}}", "out of range"},
        {"{mode: car, matrix: m.csv, profile: car}", "profile only holds for a network"},
        {"{mode: car, matrix: {from: A}}", "file"},
    };
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        run_file f = {0};
        char text[256];
        bool told = false;
        (void)snprintf(text, sizeof text, HEAD "travel:\n  - %s\n", faulty[i].mode);
        run_file_load(&f, text, NULL);
        assert_int_equal(f.result, STATUS_INPUT);
        for (size_t k = 0; k < faults_count(f.list); k++) {
            const fault *one = faults_at(f.list, k);
            told = told || (one->line == 4 && strstr(one->en, faulty[i].words) != NULL);
        }
        if (!told) {
            fail_msg("%s: %s", faulty[i].mode,
                     faults_count(f.list) > 0 ? faults_at(f.list, 0)->en : "nothing said");
        }
        run_file_clear(&f);
    }
}

/* One file or several, names or mappings; the columns of an address; the rule for duplicates. */
static void addresses_and_duplicates_are_read(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f,
                  HEAD
                  "venues:\n"
                  "  - {file: v.csv, kind: ART.FABLAB, address: [rue, cp, ville],"
                  " addresses: [ban-77.csv.gz, {file: ban-91.csv, encoding: latin-1}]}\n"
                  "  - {file: w.csv, kind: ART.FABLAB, address: rue, addresses: ban-77.csv.gz}\n"
                  "duplicates: {merge: no, distance: 0.2 km, likeness: 0.8}\n",
                  NULL);
    assert_int_equal(f.result, STATUS_OK);
    const scenario_venues *v = f.loaded->venues;
    assert_int_equal(v[0].address_count, 2);
    assert_string_equal(v[0].addresses[0].file, "ban-77.csv.gz");
    assert_string_equal(v[0].addresses[1].file, "ban-91.csv");
    assert_int_equal(v[0].addresses[1].encoding, ENCODING_LATIN1);
    assert_non_null(v[0].addresses[1].path);
    assert_int_equal(v[1].address_count, 1);
    assert_int_equal(v[0].input.binding_count, 3);
    assert_string_equal(v[0].input.bindings[2].column, "city");
    assert_string_equal(v[1].input.bindings[0].column, "address");
    assert_true(f.loaded->duplicates.keep);
    assert_true(f.loaded->duplicates.distance_km == 0.2);
    assert_true(f.loaded->duplicates.likeness == 0.8);
    run_file_clear(&f);
    run_file_load(&f, HEAD, NULL);
    assert_false(f.loaded->duplicates.keep);
    assert_true(f.loaded->duplicates.distance_km == DUPLICATE_DISTANCE_KM);
    assert_true(f.loaded->duplicates.likeness == DUPLICATE_LIKENESS);
    run_file_clear(&f);
}

static void pdf_and_audiences_are_noted_not_refused(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f, HEAD "reports: {formats: [pdf, html], audiences: [planner]}\n", NULL);
    assert_int_equal(f.result, STATUS_OK);
    assert_int_equal(f.loaded->format_count, 1);
    assert_non_null(fault_about(f.list, 0, 0, "prints no PDF"));
    assert_non_null(fault_about(f.list, 3, 33, "audiences"));
    run_file_clear(&f);
}

static void overrides_of_the_command_line_win(void **state)
{
    static const char *const params[] = {"coverage.standard=15 min",
                                         "catchment.limits=[5 min, 10 min]"};
    const scenario_overrides overrides = {.data_folder = "elsewhere",
                                          .params = params,
                                          .param_count = 2,
                                          .only = "coverage,catchment",
                                          .threads = 2,
                                          .language = LANGUAGE_EN};
    (void)state;
    run_file f = {0};
    run_file_load(
        &f,
        HEAD "indicators:\n  coverage: {standard: 20 min, white-zone: 30 min}\n  avoided_km: {}\n",
        &overrides);
    assert_int_equal(f.result, STATUS_OK);
    assert_string_equal(f.loaded->communes.path, "elsewhere/c.geojson");
    assert_int_equal(f.loaded->indicator_count, 3); /* the others stay: the cache may have them */
    assert_string_equal(f.loaded->indicators[0].plugin, "coverage");
    assert_int_equal(f.loaded->indicators[0].setting_count, 2);
    assert_string_equal(f.loaded->indicators[0].settings[1].values[0], "15 min");
    assert_string_equal(f.loaded->indicators[1].plugin, "avoided_km");
    assert_string_equal(f.loaded->indicators[2].plugin, "catchment");
    assert_int_equal(f.loaded->indicators[2].settings[0].value_count, 2);
    assert_int_equal(f.loaded->only_count, 2);
    assert_string_equal(f.loaded->only[1], "catchment");
    assert_false(f.loaded->all_indicators);
    assert_int_equal(f.loaded->threads, 2);
    assert_int_equal(f.loaded->language, LANGUAGE_EN);
    run_file_clear(&f);
}

/* Without `indicators:` all run; a setting given on the command line leaves it so. */
static void a_setting_does_not_narrow_the_indicators(void **state)
{
    static const char *const params[] = {"coverage.standard=15 min", "coverage.white-zone=40 min",
                                         "catchment.limits=[5 min, 10 min]"};
    const scenario_overrides overrides = {.params = params, .param_count = 3, .language = -1};
    (void)state;
    run_file f = {0};
    run_file_load(&f, HEAD, &overrides);
    assert_int_equal(f.result, STATUS_OK);
    assert_true(f.loaded->all_indicators);
    assert_int_equal(f.loaded->indicator_count, 2);
    assert_string_equal(f.loaded->indicators[0].plugin, "coverage");
    assert_int_equal(f.loaded->indicators[0].setting_count, 2);
    assert_string_equal(f.loaded->indicators[0].settings[0].values[0], "15 min");
    assert_string_equal(f.loaded->indicators[1].plugin, "catchment");
    run_file_clear(&f);
    run_file_load(&f, HEAD "indicators: {coverage: {}}\n", NULL);
    assert_int_equal(f.result, STATUS_OK);
    assert_false(f.loaded->all_indicators);
    run_file_clear(&f);
}

static void a_quantity_without_its_unit_is_shown_with_it(void **state)
{
    (void)state;
    run_file f = {0};
    run_file_load(&f, HEAD "travel: [{mode: car, estimate: crow-fly, limit: 75 km}]\n", NULL);
    assert_int_equal(f.result, STATUS_INPUT);
    assert_non_null(fault_about(f.list, 3, 49, "is not a duration"));
    assert_non_null(fault_about(f.list, 3, 49, "\"75 min\""));
    run_file_clear(&f);
}

static void a_bad_override_is_refused(void **state)
{
    static const char *const bad[] = {"coverage",   "=3",          "coverage=3",   ".x=3",
                                      "nobody.x=3", "coverage.x=", "coverage.x=[a"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const scenario_overrides overrides = {.params = &bad[i], .param_count = 1, .language = -1};
        run_file f = {0};
        run_file_load(&f, HEAD "indicators: {coverage: {}}\n", &overrides);
        assert_int_equal(f.result, STATUS_INPUT);
        assert_true(faults_count(f.list) > 0);
        run_file_clear(&f);
    }
}

static void hostile_yaml_is_refused_not_followed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "\n",
        "a: [\n",
        "bassin: 1\n---\nbassin: 1\n",
        "x: &a 1\ny: *a\n",
        "!!python/object: 1\n",
        "? [a, b]\n: 1\n",
        "bassin: \"\\0\"\n",
        "- 1\n- 2\n",
        "bassin: 1\n\tterritory: x\n",
        "caf\xe9: 1\n",
        "bassin: 1\nterritory: {communes: {file: [a]}}\n",
        "bassin: 1\nterritory: {communes: {file: a, code: {b: c}}, groups: {a: b}, keep: []}\n",
        ("bassin: 1\nterritory: {communes: {file: a}, margin: -3 km}\nvenues: [1, {file: "
         "}]\ntravel: {}\n"),
        "bassin: 1\nterritory: 3\nvenues: x\nindicators: []\nreports: []\nplugins: [{a: b}]\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        run_file f = {0};
        run_file_load(&f, texts[i], NULL);
        assert_int_equal(f.result, STATUS_INPUT);
        assert_true(faults_count(f.list) > 0);
        run_file_clear(&f);
    }
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    enum { DEPTH = 20000 };
    char *text = malloc(2 * DEPTH + 16);
    run_file f = {0};
    assert_non_null(text);
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    text[2 * DEPTH] = '\0';
    run_file_load(&f, text, NULL);
    assert_int_equal(f.result, STATUS_INPUT);
    run_file_clear(&f);
    text[13] = '\0'; /* thirteen '[' : unclosed too */
    run_file g = {0};
    run_file_load(&g, "a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}\n",
                  NULL);
    assert_int_equal(g.result, STATUS_INPUT);
    run_file_clear(&g);
    free(text);
}

static void an_absent_run_file_is_refused(void **state)
{
    (void)state;
    error err;
    faults *list = NULL;
    scenario *s = NULL;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_not_equal(scenario_load("/nonexistent/run.yaml", NULL, &s, list), STATUS_OK);
    assert_null(s);
    assert_true(faults_count(list) == 1);
    faults_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_a_whole_run_file),
        cmocka_unit_test(minimal_run_file_has_stated_defaults),
        cmocka_unit_test(date_comes_from_source_date_epoch),
        cmocka_unit_test(every_fault_is_told_at_once_with_its_place),
        cmocka_unit_test(faults_show_the_line_and_a_caret),
        cmocka_unit_test(french_words_typed_as_keys_are_understood),
        cmocka_unit_test(a_key_given_twice_is_refused),
        cmocka_unit_test(what_this_version_does_not_do_is_refused),
        cmocka_unit_test(travel_modes_say_what_they_are_computed_from),
        cmocka_unit_test(travel_modes_that_contradict_themselves_are_refused),
        cmocka_unit_test(addresses_and_duplicates_are_read),
        cmocka_unit_test(pdf_and_audiences_are_noted_not_refused),
        cmocka_unit_test(overrides_of_the_command_line_win),
        cmocka_unit_test(a_bad_override_is_refused),
        cmocka_unit_test(a_setting_does_not_narrow_the_indicators),
        cmocka_unit_test(a_quantity_without_its_unit_is_shown_with_it),
        cmocka_unit_test(hostile_yaml_is_refused_not_followed),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(an_absent_run_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
