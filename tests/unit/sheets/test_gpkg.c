/* The GeoPackage, opened again through GDAL as any GIS does. */
#include "bench.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <signal.h>
#include <stdlib.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "reports/gpkg/gpkg.h"

typedef struct opened {
    char folder[256], path[300];
    fake_results *f;
    const results *r;
    GDALDatasetH set;
} opened;

static opened write_and_open(const bench *b, const char *name, const fake_options *options)
{
    error err;
    opened o = {.f = fake_results_new(options)};
    o.r = fake_results_view(o.f);
    OK(bench_write(b, &gpkg_writer, o.r, name, o.folder, &err));
    (void)snprintf(o.path, sizeof o.path, "%s/results.gpkg", o.folder);
    GDALAllRegister();
    o.set = GDALOpenEx(o.path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(o.set);
    return o;
}

static void opened_close(opened *o)
{
    GDALClose(o->set);
    fake_results_free(o->f);
}

static void every_row_and_sum_is_there(void **state)
{
    opened o = write_and_open(*state, "rows", &(fake_options){.lang = LANGUAGE_FR});
    for (size_t i = 0; i < o.r->table_count; i++) {
        OGRLayerH l = GDALDatasetGetLayerByName(o.set, o.r->tables[i].name);
        assert_non_null(l);
        assert_int_equal(OGR_L_GetFeatureCount(l, TRUE), o.r->tables[i].rows->rows);
    }
    const table *places = results_find(o.r, "places")->rows;
    OGRLayerH l = GDALDatasetGetLayerByName(o.set, "places");
    double sum = 0, wanted = 0;
    for (size_t row = 0; row < places->rows; row++) {
        OGRFeatureH feature = OGR_L_GetNextFeature(l);
        int field = OGR_F_GetFieldIndex(feature, "population");
        sum += OGR_F_GetFieldAsDouble(feature, field);
        wanted += table_find(places, "population")->at.f64[row];
        assert_string_equal(OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "code")),
                            column_text(table_find(places, "code"), row));
        assert_string_equal(OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "name")),
                            column_text(table_find(places, "name"), row));
        OGR_F_Destroy(feature);
    }
    assert_true(sum == wanted);
    opened_close(&o);
}

static void outlines_are_valid_and_in_the_territorys_own_system(void **state)
{
    opened o = write_and_open(*state, "outlines", &(fake_options){.lang = LANGUAGE_FR});
    OGRLayerH l = GDALDatasetGetLayerByName(o.set, "places");
    assert_int_equal(wkbFlatten(OGR_L_GetGeomType(l)), wkbMultiPolygon);
    assert_string_equal(OSRGetAuthorityCode(OGR_L_GetSpatialRef(l), NULL), "2154");
    double area = 0, wanted = 0;
    for (OGRFeatureH feature = NULL; (feature = OGR_L_GetNextFeature(l)) != NULL;
         OGR_F_Destroy(feature)) {
        OGRGeometryH g = OGR_F_GetGeometryRef(feature);
        assert_true(g && OGR_G_IsValid(g));
        area += OGR_G_Area(g);
    }
    polygons *whole = NULL;
    error err;
    OK(topology_to_polygons(o.r->borders, &whole, &err));
    for (size_t row = 0; row < whole->rows; row++)
        wanted += polygons_area(whole, row);
    assert_true(fabs(area - wanted) < 1e-6 * wanted);
    polygons_free(whole);
    assert_int_equal(wkbFlatten(OGR_L_GetGeomType(GDALDatasetGetLayerByName(o.set, "venues"))),
                     wkbPoint);
    assert_int_equal(wkbFlatten(OGR_L_GetGeomType(GDALDatasetGetLayerByName(o.set, "flows"))),
                     wkbLineString);
    assert_int_equal(wkbFlatten(OGR_L_GetGeomType(GDALDatasetGetLayerByName(o.set, "gaps"))),
                     wkbMultiPolygon);
    assert_int_equal(OGR_L_GetGeomType(GDALDatasetGetLayerByName(o.set, "territories")), wkbNone);
    opened_close(&o);
}

static void points_stand_for_places_without_outlines(void **state)
{
    opened o =
        write_and_open(*state, "points", &(fake_options){.lang = LANGUAGE_EN, .no_outlines = true});
    OGRLayerH l = GDALDatasetGetLayerByName(o.set, "places");
    assert_int_equal(wkbFlatten(OGR_L_GetGeomType(l)), wkbPoint);
    assert_string_equal(OSRGetAuthorityCode(OGR_L_GetSpatialRef(l), NULL), "4326");
    OGRFeatureH feature = OGR_L_GetNextFeature(l);
    assert_true(fabs(OGR_G_GetX(OGR_F_GetGeometryRef(feature), 0) - o.r->place_lon[0]) < 1e-12);
    OGR_F_Destroy(feature);
    opened_close(&o);
}

static void a_value_that_is_not_there_is_null(void **state)
{
    opened o = write_and_open(*state, "nulls", &(fake_options){.lang = LANGUAGE_FR});
    OGRLayerH l = GDALDatasetGetLayerByName(o.set, "venues");
    OGRFeatureH feature = NULL;
    for (int i = 0; i <= 5; i++) {
        OGR_F_Destroy(feature);
        feature = OGR_L_GetNextFeature(l);
    }
    assert_true(OGR_F_IsFieldNull(feature, OGR_F_GetFieldIndex(feature, "net_km_p50")));
    assert_false(OGR_F_IsFieldNull(feature, OGR_F_GetFieldIndex(feature, "population_20")));
    OGR_F_Destroy(feature);
    /* The last venue has no place on the map, and is in the list all the same. */
    size_t without = 0;
    OGR_L_ResetReading(l);
    while ((feature = OGR_L_GetNextFeature(l)) != NULL) {
        without += OGR_F_GetGeometryRef(feature) == NULL;
        OGR_F_Destroy(feature);
    }
    assert_int_equal(without, 1);
    opened_close(&o);
}

static int count_of(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *from = NULL;
    int found = -1;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &from, NULL) == SQLITE_OK &&
        sqlite3_step(from) == SQLITE_ROW)
        found = sqlite3_column_int(from, 0);
    (void)sqlite3_finalize(from);
    (void)sqlite3_close(db);
    return found;
}

static void qgis_finds_its_styles(void **state)
{
    opened o = write_and_open(*state, "styles", &(fake_options){.lang = LANGUAGE_FR});
    assert_int_equal(count_of(o.path,
                              "SELECT count(*) FROM layer_styles WHERE f_table_name = 'places' AND "
                              "useAsDefault = 1 AND f_geometry_column = 'geom' "
                              "AND styleQML LIKE '%graduatedSymbol%minutes_nearest%'"),
                     1);
    assert_int_equal(count_of(o.path,
                              "SELECT count(*) FROM layer_styles WHERE f_table_name = 'venues' AND "
                              "useAsDefault = 1 AND styleQML LIKE '%categorizedSymbol%'"),
                     1);
    assert_int_equal(
        count_of(
            o.path,
            "SELECT count(*) FROM layer_styles WHERE f_table_name = 'flows' AND useAsDefault = 1"),
        1);
    /* One style for each mapped column: white zones by function, functions, supply. */
    assert_true(
        count_of(o.path, "SELECT count(*) FROM layer_styles WHERE f_table_name = 'places'") >= 10);
    /* At most one default a layer, and a style of no layer that is not there. */
    assert_int_equal(count_of(o.path, "SELECT max(n) FROM (SELECT sum(useAsDefault) AS n FROM "
                                      "layer_styles GROUP BY f_table_name)"),
                     1);
    assert_int_equal(count_of(o.path, "SELECT count(*) FROM layer_styles WHERE f_table_name NOT IN "
                                      "(SELECT table_name FROM gpkg_contents)"),
                     0);
    opened_close(&o);
}

static void fields_have_titles(void **state)
{
    opened o = write_and_open(*state, "titles", &(fake_options){.lang = LANGUAGE_FR});
    assert_int_equal(count_of(o.path,
                              "SELECT count(*) FROM gpkg_data_columns WHERE table_name = 'places' "
                              "AND column_name = 'minutes_nearest' "
                              "AND title = 'Temps au lieu le plus proche' AND description = 'min'"),
                     1);
    assert_int_equal(
        count_of(o.path,
                 "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'"),
        2);
    /* Where GDAL does not read them (before 3.7), QGIS finds them in the style. */
    assert_int_equal(
        count_of(
            o.path,
            "SELECT count(*) FROM layer_styles WHERE f_table_name = 'places' AND useAsDefault = 1 "
            "AND styleQML LIKE '%<alias field=\"minutes_nearest\" name=\"Temps au lieu le plus "
            "proche\"%'"),
        1);
    opened_close(&o);
}

static void the_run_is_in_the_file(void **state)
{
    opened o = write_and_open(*state, "run", &(fake_options){.lang = LANGUAGE_FR});
    assert_int_equal(
        count_of(o.path,
                 "SELECT count(*) FROM run WHERE key = 'fingerprint' AND value = '0123456789ab'"),
        1);
    assert_int_equal(count_of(o.path, "SELECT count(*) FROM run WHERE key = 'manifest'"), 1);
    assert_int_equal(count_of(o.path, "PRAGMA integrity_check"), 0); /* the text "ok" */
    opened_close(&o);
}

static void two_runs_give_the_same_bytes(void **state)
{
    error err;
    char first[256], second[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &gpkg_writer, fake_results_view(f), "one", first, &err));
    OK(bench_write(*state, &gpkg_writer, fake_results_view(f), "two", second, &err));
    sha256_hex a = bench_digest(first, "results.gpkg"), b = bench_digest(second, "results.gpkg");
    assert_string_equal(a.hex, b.hex);
    fake_results_free(f);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    error err;
    static const rlim_t lengths[] = {0, 4096, 65536, 200000};
    worker_job mine[1] = {gpkg_job};
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    struct rlimit before;
    bench here = {.folder = "/tmp/bassin-full-XXXXXX"};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_non_null(mkdtemp(here.folder));
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char folder[256], name[32];
        (void)snprintf(name, sizeof name, "full-%zu", i);
        const struct rlimit small = {.rlim_cur = lengths[i], .rlim_max = before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        status started = zygote_start(&here.z, mine, 1, false, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(started, STATUS_OK);
        assert_int_equal(bench_write(&here, &gpkg_writer, fake_results_view(f), name, folder, &err),
                         STATUS_ENVIRONMENT);
        zygote_stop(here.z);
    }
    OK(folder_remove(here.folder, &err));
    fake_results_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_and_sum_is_there),
        cmocka_unit_test(outlines_are_valid_and_in_the_territorys_own_system),
        cmocka_unit_test(points_stand_for_places_without_outlines),
        cmocka_unit_test(a_value_that_is_not_there_is_null),
        cmocka_unit_test(qgis_finds_its_styles),
        cmocka_unit_test(fields_have_titles),
        cmocka_unit_test(the_run_is_in_the_file),
        cmocka_unit_test(two_runs_give_the_same_bytes),
        cmocka_unit_test(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
