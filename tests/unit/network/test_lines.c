/* Networks out of layers of lines: what IGN's columns mean, where lines meet and where they do not,
 * and what is refused or told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gdal.h>
#include <gdal_utils.h>
#include <math.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "geo/layer.h"
#include "geo/projection.h"
#include "network/build/line_build.h"
#include "network/build/network_source.h"

#define OK(call) assert_int_equal(call, STATUS_OK)

typedef struct bench {
    zygote *z;
    char folder[64], path[160];
    faults *list;
    road_draft draft;
} bench;

static int bench_open(void **state)
{
    error err;
    bench *b = memory_new(1, sizeof *b);
    OK(zygote_start(&b->z, &layer_job, 1, false, &err));
    (void)snprintf(b->folder, sizeof b->folder, "/tmp/bassin-lines-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    *state = b;
    return 0;
}

static int bench_close(void **state)
{
    error err;
    bench *b = *state;
    zygote_stop(b->z);
    OK(folder_remove(b->folder, &err));
    memory_free(b);
    return 0;
}

static const char *path_of(bench *b, const char *name)
{
    (void)snprintf(b->path, sizeof b->path, "%s/%s", b->folder, name);
    return b->path;
}

static void write_text(bench *b, const char *name, const char *text)
{
    error err;
    OK(file_write_atomic(path_of(b, name), text, strlen(text), &err));
}

static status try(bench *b, const line_options *options)
{
    error err;
    OK(faults_new(&b->list, &err));
    return line_build(b->z, options, &b->draft, NULL, b->list);
}

static void builds(bench *b, const line_options *options)
{
    if (try(b, options) == STATUS_OK)
        return;
    for (size_t i = 0; i < faults_count(b->list); i++)
        print_error("%s\n", faults_at(b->list, i)->en);
    fail();
}

static void clear(bench *b)
{
    road_draft_clear(&b->draft);
    faults_free(b->list);
    b->list = NULL;
}

static bool is_said(const bench *b, const char *text)
{
    for (size_t i = 0; i < faults_count(b->list); i++)
        if (strstr(faults_at(b->list, i)->en, text))
            return true;
    return false;
}

static void says(const bench *b, const char *text)
{
    if (!is_said(b, text))
        fail_msg("not said: %s; first: %s", text,
                 faults_count(b->list) ? faults_at(b->list, 0)->en : "nothing");
}

static void refuses(bench *b, const line_options *options, const char *text)
{
    assert_int_equal(try(b, options), STATUS_INPUT);
    says(b, text);
    clear(b);
}

static const char *fact(const bench *b, const char *key)
{
    for (size_t i = 0; i < b->draft.fact_count; i++)
        if (strcmp(b->draft.facts[i].key, key) == 0)
            return b->draft.facts[i].value;
    fail_msg("no fact %s", key);
    return "";
}

/* The arc between two positions in degrees; NULL: none. */
static const draft_arc *arc_of(const bench *b, double x, double y, double to_x, double to_y)
{
    const road_draft *d = &b->draft;
    for (size_t i = 0; i < d->arc_count; i++) {
        const draft_arc *a = &d->arcs[i];
        if (labs(d->x[a->from] - lround(x * 1e7)) <= 1 &&
            labs(d->y[a->from] - lround(y * 1e7)) <= 1 &&
            labs(d->x[a->to] - lround(to_x * 1e7)) <= 1 &&
            labs(d->y[a->to] - lround(to_y * 1e7)) <= 1)
            return a;
    }
    return NULL;
}

/* --- features --- */

#define COLLECTION(...) "{\"type\":\"FeatureCollection\",\"features\":[" __VA_ARGS__ "]}"
#define ROAD(properties, points)                                                                   \
    "{\"type\":\"Feature\",\"properties\":{" properties                                            \
    "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[" points "]}}"
#define SPEED(kmh) "\"speed\":" #kmh

/* Columns of BD TOPO 3 (troncon_de_route) as its GeoPackage has them, and values of IGN's. */
#define BDTOPO(nature, kmh, sens, acces, etat)                                                     \
    "\"cleabs\":\"TRONROUT0000000000000001\",\"nature\":\"" nature                                 \
    "\",\"nom_collaboratif_gauche\":\"R DE LA PAIX\",\"etat_de_l_objet\":\"" etat                  \
    "\",\"sens_de_circulation\":\"" sens "\",\"acces_vehicule_leger\":\"" acces                    \
    "\",\"vitesse_moyenne_vl\":" #kmh

static const char bdtopo[] = COLLECTION(ROAD(
    BDTOPO("Route à 1 chaussée", 50, "Double sens", "Libre", "En service"),
    "[2,48,31.5],["
    "2.001,48,32],"
    "[2.002,48,"
    "33]") "," ROAD(BDTOPO("Route à 1 chaussée", 30, "Sens direct", "Libre", "En service"),
                    "[2.002,48,33],[2.003,48,34]") "," ROAD(BDTOPO("Type autoroutier", 110,
                                                                   "Sens inverse", "A péage",
                                                                   "En service"),
                                                            "[2.002,48,33],[2.002,48.001,"
                                                            "34]") "," ROAD(BDTOPO("Sentie"
                                                                                   "r",
                                                                                   0,
                                                                                   "Sans "
                                                                                   "objet",
                                                                                   "Physiqu"
                                                                                   "ement "
                                                                                   "impossi"
                                                                                   "ble",
                                                                                   "En "
                                                                                   "servic"
                                                                                   "e"),
                                                                            "[2,48,0],[2,"
                                                                            "48.001,0]") "," ROAD(BDTOPO("C"
                                                                                                         "h"
                                                                                                         "e"
                                                                                                         "m"
                                                                                                         "i"
                                                                                                         "n",
                                                                                                         0,
                                                                                                         "S"
                                                                                                         "a"
                                                                                                         "n"
                                                                                                         "s"
                                                                                                         " "
                                                                                                         "o"
                                                                                                         "b"
                                                                                                         "j"
                                                                                                         "e"
                                                                                                         "t",
                                                                                                         "L"
                                                                                                         "i"
                                                                                                         "b"
                                                                                                         "r"
                                                                                                         "e",
                                                                                                         "E"
                                                                                                         "n"
                                                                                                         " "
                                                                                                         "s"
                                                                                                         "e"
                                                                                                         "r"
                                                                                                         "v"
                                                                                                         "i"
                                                                                                         "c"
                                                                                                         "e"),
                                                                                                  "[2,48,0]"
                                                                                                  ",[2,47."
                                                                                                  "999,0]") "," ROAD(BDTOPO("Route à 1 chaussée",
                                                                                                                            50,
                                                                                                                            "Double sens",
                                                                                                                            "Restreint aux ayants droit",
                                                                                                                            "En service"),
                                                                                                                     "[2,48,0],[1.999,48,0]") "," ROAD(BDTOPO("Route à 2 chaussées",
                                                                                                                                                              70,
                                                                                                                                                              "Double sens",
                                                                                                                                                              "Libre",
                                                                                                                                                              "En projet"),
                                                                                                                                                       "[2,48,0],[1.998,48,0]"));

static void check_bdtopo(bench *b)
{
    const draft_arc *there = arc_of(b, 2, 48, 2.001, 48);
    const double m = 1000 * haversine_km(2, 48, 2.001, 48);
    assert_non_null(there);
    assert_int_equal(there->length_m, lround(m));
    assert_int_equal(there->time, lround(m / 50 * 36));
    assert_non_null(arc_of(b, 2.001, 48, 2, 48));
    assert_non_null(arc_of(b, 2.002, 48, 2.003, 48)); /* direct */
    assert_null(arc_of(b, 2.003, 48, 2.002, 48));
    assert_null(arc_of(b, 2.002, 48, 2.002, 48.001)); /* inverse */
    assert_non_null(arc_of(b, 2.002, 48.001, 2.002, 48));
    assert_int_equal(b->draft.arc_count, 6);
    assert_int_equal(b->draft.node_count, 5);
    assert_string_equal(fact(b, "ways_in_file"), "7");
    assert_string_equal(fact(b, "ways_open"), "3");
    assert_string_equal(fact(b, "ways_speed_zero"), "1");
    assert_string_equal(fact(b, "ways_no_access"), "2");
    assert_string_equal(fact(b, "ways_not_in_service"), "1");
    assert_string_equal(fact(b, "line_ends"), "6");
    assert_string_equal(fact(b, "line_ends_nodes"), "4");
    assert_string_equal(fact(b, "line_ends_dangling"), "3");
    assert_string_equal(fact(b, "tolerance_m"), "0.5");
    const road_draft *d = &b->draft;
    assert_string_equal(d->word_bytes + d->word_start[d->way_name[there->way]], "R DE LA PAIX");
    assert_string_equal(d->word_bytes + d->word_start[d->way_class[there->way]],
                        "Route à 1 chaussée");
    assert_int_equal(d->way_id[there->way], 1);
    for (size_t i = 0; i < faults_count(b->list); i++)
        assert_int_equal(faults_at(b->list, i)->severity, SEVERITY_NOTE);
    says(b, "6 ends of lines make 4 junctions and ends (tolerance of 0.5 m): 0 ends joined");
}

static void bdtopo_says_speed_direction_and_access(void **state)
{
    bench *b = *state;
    write_text(b, "t.geojson", bdtopo);
    builds(b, &(line_options){.path = path_of(b, "t.geojson"), .mode = "car", .tolerance_m = -1});
    check_bdtopo(b);
    assert_string_equal(fact(b, "column_speed"), "vitesse_moyenne_vl");
    clear(b);
}

/* In the projection and the container that IGN delivers, beside another layer. */
static void to_geopackage(bench *b, const char *source, const char *name_of_layer,
                          const char *target, bool update)
{
    char from[200], to[200], name[64];
    int failed = 0;
    (void)snprintf(from, sizeof from, "%s/%s", b->folder, source);
    (void)snprintf(to, sizeof to, "%s/%s", b->folder, target);
    (void)snprintf(name, sizeof name, "%s", name_of_layer);
    char f[] = "-f", gpkg[] = "GPKG", t[] = "-t_srs", epsg[] = "EPSG:2154", nln[] = "-nln",
         updates[] = "-update";
    char *args[] = {f, gpkg, t, epsg, nln, name, update ? updates : NULL, NULL};
    GDALAllRegister();
    GDALDatasetH in = GDALOpenEx(from, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(in);
    GDALVectorTranslateOptions *options = GDALVectorTranslateOptionsNew(args, NULL);
    GDALDatasetH old =
        update ? GDALOpenEx(to, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL) : NULL;
    GDALDatasetH out = GDALVectorTranslate(update ? NULL : to, old, 1, &in, options, &failed);
    assert_true(out && !failed);
    GDALVectorTranslateOptionsFree(options);
    GDALClose(out);
    GDALClose(in);
}

static void a_geopackage_in_lambert_93_gives_the_same(void **state)
{
    bench *b = *state;
    write_text(b, "t.geojson", bdtopo);
    write_text(b, "o.geojson", COLLECTION(ROAD("\"x\":1", "[3,48],[3,49]")));
    to_geopackage(b, "o.geojson", "cours_d_eau", "ign.gpkg", false);
    to_geopackage(b, "t.geojson", "troncon_de_route", "ign.gpkg", true);
    builds(b, &(line_options){.path = path_of(b, "ign.gpkg"), .mode = "car", .tolerance_m = -1});
    assert_string_equal(fact(b, "layer"), "troncon_de_route");
    check_bdtopo(b);
    clear(b);
    refuses(b, &(line_options){.path = path_of(b, "ign.gpkg"), .layer = "cours_d_eau"},
            "name the column of speeds");
    refuses(b, &(line_options){.path = path_of(b, "ign.gpkg"), .layer = "routes"},
            "cours_d_eau, troncon_de_route");
}

/* Columns of ROUTE 500 (TRONCON_ROUTE): no speed. */
#define ROUTE500(vocation, sens)                                                                   \
    "\"ID_RTE500\":1,\"VOCATION\":\"" vocation                                                     \
    "\",\"NB_CHAUSSE\":\"1 chaussée\",\"ETAT\":\"Revêtu\","                                      \
    "\"ACCES\":\"Libre\",\"SENS\":\"" sens "\",\"NUM_ROUTE\":\"D1\""

static const char route500[] =
    COLLECTION(ROAD(ROUTE500("Liaison principale", "Double sens"), "[2,48],[2.01,48]") "," ROAD(
        ROUTE500("Liaison régionale", "Sens unique"),
        "[2.01,48],[2.02,48]") "," ROAD(ROUTE500("Liaison locale", "Sens inverse"),
                                        "[2.02,48],[2.03,48]") "," ROAD(ROUTE500("Bac piéton",
                                                                                 "Double sens"),
                                                                        "[2.03,48],[2.04,48]"));

static void route_500_goes_by_its_classes(void **state)
{
    bench *b = *state;
    const double m = 1000 * haversine_km(2, 48, 2.01, 48);
    write_text(b, "TRONCON_ROUTE.geojson", route500);
    line_options options = {
        .path = path_of(b, "TRONCON_ROUTE.geojson"), .mode = "car", .tolerance_m = -1};
    builds(b, &options);
    assert_int_equal(arc_of(b, 2, 48, 2.01, 48)->time, lround(m / 65 * 36));
    assert_int_equal(arc_of(b, 2.01, 48, 2.02, 48)->time,
                     lround(1000 * haversine_km(2.01, 48, 2.02, 48) / 55 * 36));
    assert_null(arc_of(b, 2.02, 48, 2.01, 48));
    assert_non_null(arc_of(b, 2.03, 48, 2.02, 48));
    assert_int_equal(b->draft.arc_count, 4);
    says(b, "class \"Bac piéton\" without a speed, on 1 features (the first: 4)");
    assert_string_equal(fact(b, "ways_without_speed"), "1");
    clear(b);
    /* the user's own speeds, all other classes together */
    const line_class_speed speeds[] = {{"liaison principale", 80}, {"*", 20}};
    options.speeds = speeds;
    options.speed_count = 2;
    builds(b, &options);
    assert_int_equal(arc_of(b, 2, 48, 2.01, 48)->time, lround(m / 80 * 36));
    assert_int_equal(arc_of(b, 2.03, 48, 2.04, 48)->time,
                     lround(1000 * haversine_km(2.03, 48, 2.04, 48) / 20 * 36));
    clear(b);
}

static void a_pedestrian_wants_a_speed_and_goes_both_ways(void **state)
{
    bench *b = *state;
    const line_class_speed walk[] = {{"*", 4}};
    write_text(b, "t.geojson", bdtopo);
    line_options options = {.path = path_of(b, "t.geojson"), .mode = "foot", .tolerance_m = -1};
    refuses(b, &options, "no speed for mode foot");
    options.speeds = walk;
    options.speed_count = 1;
    builds(b, &options);
    assert_non_null(arc_of(b, 2.003, 48, 2.002, 48)); /* against the traffic */
    assert_non_null(arc_of(b, 2, 48, 2, 48.001));     /* the path */
    assert_int_equal(arc_of(b, 2, 48, 2.001, 48)->time,
                     lround(1000 * haversine_km(2, 48, 2.001, 48) / 4 * 36));
    clear(b);
}

/* --- where lines meet --- */

static void a_bridge_does_not_meet_what_passes_below(void **state)
{
    bench *b = *state;
    write_text(b, "x.geojson",
               COLLECTION(ROAD(SPEED(50), "[2,48],[2.001,48],[2.002,48]") "," ROAD(
                   SPEED(50), "[2.001,47.999],[2.001,48],[2.001,48.001]")));
    builds(b, &(line_options){.path = path_of(b, "x.geojson"), .tolerance_m = -1});
    assert_int_equal(b->draft.node_count, 6);
    clear(b);
    /* a line that ends there does meet the other one */
    write_text(b, "t.geojson",
               COLLECTION(ROAD(SPEED(50), "[2,48],[2.001,48],[2.002,48]") "," ROAD(
                   SPEED(50), "[2.001,47.999],[2.001,48]")));
    builds(b, &(line_options){.path = path_of(b, "t.geojson"), .tolerance_m = -1});
    assert_int_equal(b->draft.node_count, 4);
    assert_string_equal(fact(b, "line_ends_on_vertices"), "1");
    assert_string_equal(fact(b, "line_ends_dangling"), "3");
    clear(b);
}

static void ends_within_the_tolerance_are_one_node(void **state)
{
    bench *b = *state;
    /* 0.4 m of latitude is 3.6e-6 degrees */
    write_text(b, "a.geojson",
               COLLECTION(ROAD(SPEED(50), "[2,48],[2,48.001]") "," ROAD(
                   SPEED(50), "[2,48.0010036],[2,48.002]") "," ROAD(SPEED(50),
                                                                    "[2,48.0020300],[2,48.003]")));
    line_options options = {.path = path_of(b, "a.geojson"), .tolerance_m = -1};
    builds(b, &options);
    assert_int_equal(b->draft.node_count, 5);
    assert_string_equal(fact(b, "line_ends_joined_apart"), "1");
    assert_string_equal(fact(b, "joined_apart_max_m"), "0.40");
    assert_string_equal(fact(b, "line_ends_dangling_near"), "2");
    says(b, "4 ends of lines out of 6 are free, 2 of them within 5 m");
    clear(b);
    options.tolerance_m = 0; /* equal positions alone */
    builds(b, &options);
    assert_int_equal(b->draft.node_count, 6);
    assert_string_equal(fact(b, "line_ends_joined_apart"), "0");
    clear(b);
    options.tolerance_m = 4;
    builds(b, &options);
    assert_int_equal(b->draft.node_count, 4);
    clear(b);
    options.tolerance_m = 51;
    refuses(b, &options, "from 0 to 50");
}

/* Ends each 0.4 m from the next, over 8 m: joining them all would move an end by 8 m. */
static void a_chain_of_near_ends_is_not_drawn_together(void **state)
{
    bench *b = *state;
    text_buffer there = {0}, back = {0};
    text_add(&there, "{\"type\":\"FeatureCollection\",\"features\":[");
    text_add(&back, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < 20; i++) {
        const int k = 19 - i;
        text_add_format(&there, "%s" ROAD(SPEED(50), "[2,48.%07d],[2.%03d,48.1]"), i ? "," : "",
                        36 * i, i + 1);
        text_add_format(&back, "%s" ROAD(SPEED(50), "[2,48.%07d],[2.%03d,48.1]"), i ? "," : "",
                        36 * k, k + 1);
    }
    text_add(&there, "]}");
    text_add(&back, "]}");
    write_text(b, "c.geojson", there.at);
    builds(b, &(line_options){.path = path_of(b, "c.geojson"), .tolerance_m = 1});
    assert_int_equal(b->draft.node_count, 20 + 7); /* three by three along 8 m */
    assert_string_equal(fact(b, "joined_apart_max_m"), "0.80");
    road_draft first = b->draft;
    b->draft = (road_draft){0};
    clear(b);
    write_text(b, "d.geojson", back.at); /* the order of the features changes nothing */
    builds(b, &(line_options){.path = path_of(b, "d.geojson"), .tolerance_m = 1});
    assert_int_equal(b->draft.node_count, first.node_count);
    assert_memory_equal(b->draft.x, first.x, first.node_count * sizeof *first.x);
    assert_memory_equal(b->draft.y, first.y, first.node_count * sizeof *first.y);
    road_draft_clear(&first);
    clear(b);
    text_buffer_clear(&there);
    text_buffer_clear(&back);
}

/* Rounding each segment of 10 m at 50 km/h would lose 3 % of the time. */
static void the_times_of_a_line_add_up(void **state)
{
    bench *b = *state;
    text_buffer text = {0};
    double m = 0;
    uint64_t time = 0, length_m = 0;
    text_add(&text, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                    "\"properties\":{\"speed\":50},\"geometry\":{\"type\":\"LineString\","
                    "\"coordinates\":[[2,48]");
    for (int i = 1; i <= 100; i++) {
        text_add_format(&text, ",[2,48.%06d]", 90 * i);
        m += 1000 * haversine_km(2, 48 + 90e-6 * (i - 1), 2, 48 + 90e-6 * i);
    }
    text_add(&text, "]}}]}");
    write_text(b, "l.geojson", text.at);
    builds(b, &(line_options){.path = path_of(b, "l.geojson"), .tolerance_m = -1});
    assert_int_equal(b->draft.arc_count, 200);
    for (size_t i = 0; i < b->draft.arc_count; i++) {
        time += b->draft.arcs[i].time;
        length_m += b->draft.arcs[i].length_m;
    }
    assert_int_equal(time, 2 * (uint64_t)lround(m / 50 * 36));
    assert_int_equal(length_m, 2 * (uint64_t)lround(m));
    text_buffer_clear(&text);
    clear(b);
}

static void multilines_and_points_drawn_twice(void **state)
{
    bench *b = *state;
    write_text(
        b, "m.geojson",
        COLLECTION("{\"type\":\"Feature\",\"properties\":{\"speed\":50},\"geometry\":{\"type\":"
                   "\"MultiLineString\",\"coordinates\":[[[2,48],[2,48],[2.001,48],[2.001,48],"
                   "[2.002,48]],[[2.002,48],[2.003,48]],[[2.5,48],[2.5,48]]]}},"
                   "{\"type\":\"Feature\",\"properties\":{\"speed\":50},\"geometry\":null}," ROAD(
                       SPEED(50), "[3,48],[3,48]")));
    builds(b, &(line_options){.path = path_of(b, "m.geojson"), .tolerance_m = -1});
    assert_int_equal(b->draft.node_count, 4);
    assert_int_equal(b->draft.arc_count, 6);
    assert_string_equal(fact(b, "ways_open"), "1");
    assert_string_equal(fact(b, "ways_without_geometry"), "1");
    assert_string_equal(fact(b, "ways_short"), "2");
    clear(b);
}

/* --- what is refused, and what is told --- */

static void faults_name_the_feature(void **state)
{
    bench *b = *state;
    write_text(b, "b.geojson",
               COLLECTION(ROAD("\"v\":\"50\"", "[2,48],[2.1,48]") "," ROAD(
                   "\"v\":\"rapide\"", "[2.1,48],[2.2,48]") "," ROAD("\"v\":\"-3\"",
                                                                     "[2.1,48],[2.2,48]")));
    line_options options = {.path = path_of(b, "b.geojson"), .speed = "v", .tolerance_m = -1};
    assert_int_equal(try(b, &options), STATUS_INPUT);
    says(b, "feature 2, column v: \"rapide\" is no speed");
    says(b, "feature 3, column v: \"-3\" is no speed");
    clear(b);
    options.speed = "vitesse";
    refuses(b, &options, "column speed named \"vitesse\": not in the layer; columns: v");
    options.speed = NULL;
    refuses(b, &options, "no speed for mode car");
    write_text(b, "r.geojson", COLLECTION(ROAD(SPEED(50), "[2,48],[2000,48]")));
    refuses(b, &(line_options){.path = path_of(b, "r.geojson")}, "feature 1");
    write_text(b, "s.geojson",
               COLLECTION(ROAD("\"v\":\"50\"", "[2,48],[2.1,48]") "," ROAD("\"v\":\"0.0001\"",
                                                                           "[2.1,48],[2.2,48]")));
    refuses(b, &(line_options){.path = path_of(b, "s.geojson"), .speed = "v", .tolerance_m = -1},
            "feature 2: at 0.0001 km/h the line would last more than six years");
    write_text(
        b, "p.geojson",
        COLLECTION("{\"type\":\"Feature\",\"properties\":{\"speed\":50},\"geometry\":{\"type\":"
                   "\"Point\",\"coordinates\":[2,48]}}"));
    refuses(b, &(line_options){.path = path_of(b, "p.geojson")}, "does not hold lines");
    write_text(b, "z.geojson", COLLECTION(ROAD(SPEED(0), "[2,48],[2.1,48]")));
    refuses(b, &(line_options){.path = path_of(b, "z.geojson")},
            "no open line out of 1 (closed: speed zero 1");
}

/* As a run file takes them (engine/scenario_travel.c). */
static void a_layer_is_known_by_its_name_packed_or_not(void **state)
{
    static const char *const layers[] = {"r.gpkg", "r.SHP", "r.geojson.gz", "r.json.gz",
                                         "r.gpkg.gz"};
    static const char *const others[] = {"r.xlsx", "r.ODS", "r.txt", "r.zip"};
    bench *b = *state;
    network_source found = NETWORK_OF_OSM;
    error err;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        OK(faults_new(&b->list, &err));
        write_text(b, layers[i], "anything");
        OK(network_source_of(path_of(b, layers[i]), &found, b->list));
        assert_int_equal(found, NETWORK_OF_LINES);
        clear(b);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        OK(faults_new(&b->list, &err));
        write_text(b, others[i], "anything");
        assert_int_equal(network_source_of(path_of(b, others[i]), &found, b->list), STATUS_INPUT);
        says(b, "file not recognised");
        clear(b);
    }
}

static void unknown_words_are_counted_with_the_first_feature(void **state)
{
    bench *b = *state;
    write_text(
        b, "w.geojson",
        COLLECTION(
            ROAD("\"speed\":50,\"sens\":\"droite\",\"acces\":\"parfois\"", "[2,48],[2.1,48]") "," ROAD(
                "\"speed\":50,\"sens\":null,\"acces\":null",
                "[2.1,48],[2.2,48]") "," ROAD("\"speed\":50,\"sens\":\"droite\",\"acces\":"
                                              "\"non\"",
                                              "[2.2,48],[2.3,48]") "," ROAD("\"speed\":50,"
                                                                            "\"sens\":\"-"
                                                                            "1\",\"acces\":"
                                                                            "\"oui\"",
                                                                            "[2.3,48],[2.4,"
                                                                            "48]") "," ROAD("\"spee"
                                                                                            "d\":"
                                                                                            "50,"
                                                                                            "\"sens"
                                                                                            "\":\"-"
                                                                                            "1\","
                                                                                            "\"acce"
                                                                                            "s\":"
                                                                                            "\"non"
                                                                                            "\"",
                                                                                            "[2.3,"
                                                                                            "48],["
                                                                                            "2.4,"
                                                                                            "48"
                                                                                            "]")));
    builds(b, &(line_options){.path = path_of(b, "w.geojson"), .tolerance_m = -1});
    says(b, "direction \"droite\" not understood, on 2 features (the first: 1)");
    says(b, "column sens empty on 1 open features");
    says(b, "column acces: \"parfois\" not understood, on 1 features (the first: 1)");
    assert_string_equal(fact(b, "ways_no_access"), "1");
    assert_non_null(arc_of(b, 2.4, 48, 2.3, 48));
    assert_null(arc_of(b, 2.3, 48, 2.4, 48));
    clear(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bdtopo_says_speed_direction_and_access),
        cmocka_unit_test(a_geopackage_in_lambert_93_gives_the_same),
        cmocka_unit_test(route_500_goes_by_its_classes),
        cmocka_unit_test(a_pedestrian_wants_a_speed_and_goes_both_ways),
        cmocka_unit_test(a_bridge_does_not_meet_what_passes_below),
        cmocka_unit_test(ends_within_the_tolerance_are_one_node),
        cmocka_unit_test(a_chain_of_near_ends_is_not_drawn_together),
        cmocka_unit_test(the_times_of_a_line_add_up),
        cmocka_unit_test(multilines_and_points_drawn_twice),
        cmocka_unit_test(faults_name_the_feature),
        cmocka_unit_test(a_layer_is_known_by_its_name_packed_or_not),
        cmocka_unit_test(unknown_words_are_counted_with_the_first_feature),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
