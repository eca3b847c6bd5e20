/* The areas of results.gpkg against the table of who is within which limit: the same, for every
 * commune, venue and limit, and 30 minutes hold 20. */
#include "tests/golden/run/program.h"

#include <ogr_api.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include "geo/projection.h"
#include "table/reader.h"

#define COMMUNES "60"
enum { EPSG = 2154, PLACES_MAX = 100 };

typedef struct demo {
    char folder[64], results[256];
} demo;

static int make_demo(void **state)
{
    static said s;
    static demo d;
    char run_file[256];
    folder_new(d.folder);
    (void)in_folder(run_file, d.folder, "data/run.yaml");
    (void)in_folder(d.results, d.folder, "listed");
    PROGRAM(&s, "demo", "--communes", COMMUNES, "-j", "1", "-o", d.folder, "--lang", "en");
    if (s.code == 0)
        PROGRAM(&s, "run", run_file, "-j", "2", "-o", d.results, "--param",
                "catchment.members=list");
    if (s.code != 0)
        print_message("%s\n", s.text);
    *state = &d;
    return s.code;
}

static int drop_demo(void **state)
{
    const demo *d = *state;
    folder_drop(d->folder);
    return 0;
}

static table *read_csv(const demo *d, const char *name, const wanted_column *columns, size_t count)
{
    char path[256];
    error err;
    faults *list = NULL;
    table *t = NULL;
    (void)in_folder(path, d->results, name);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = path, .columns = columns, .column_count = count};
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    faults_free(list);
    return t;
}

#define TEXT_OF(name_)                                                                             \
    {                                                                                              \
        .name = name_, .unit = "", .type = COLUMN_TEXT, .required = true                           \
    }
#define NUMBER_OF(name_, unit_)                                                                    \
    {                                                                                              \
        .name = name_, .unit = unit_, .type = COLUMN_F64, .decimals = -1, .required = true         \
    }

/* Codes and points of the communes, in the layers' own coordinates. */
typedef struct communes {
    table *rows;
    double x[PLACES_MAX], y[PLACES_MAX], nearest[PLACES_MAX];
} communes;

static communes communes_read(const demo *d)
{
    static const wanted_column columns[] = {TEXT_OF("code"), NUMBER_OF("lon", "deg"),
                                            NUMBER_OF("lat", "deg"),
                                            NUMBER_OF("minutes_nearest", "min")};
    error err;
    projection *p = NULL;
    communes c = {.rows = read_csv(d, "tables/places.csv", columns, 4)};
    assert_true(c.rows->rows > 20 && c.rows->rows <= PLACES_MAX);
    for (size_t i = 0; i < c.rows->rows; i++) {
        c.x[i] = c.rows->columns[1].at.f64[i];
        c.y[i] = c.rows->columns[2].at.f64[i];
        c.nearest[i] = column_state(&c.rows->columns[3], i) == VALUE_PRESENT
                           ? c.rows->columns[3].at.f64[i]
                           : 1e9;
    }
    assert_int_equal(projection_new(&p, 4326, EPSG, &err), STATUS_OK);
    assert_int_equal(projection_apply(p, c.x, c.y, c.rows->rows, NULL, &err), STATUS_OK);
    projection_free(p);
    return c;
}

/* The shortest limit within which a commune reaches a venue, by the table; 0: none. */
static double limit_listed(const table *members, const char *venue, const char *commune)
{
    for (size_t i = 0; i < members->rows; i++)
        if (strcmp(column_text(&members->columns[0], i), venue) == 0 &&
            strcmp(column_text(&members->columns[2], i), commune) == 0)
            return members->columns[1].at.f64[i];
    return 0;
}

static bool holds(OGRGeometryH area, double x, double y)
{
    OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(point, 0, x, y);
    const bool inside = OGR_G_Contains(area, point) == 1;
    OGR_G_DestroyGeometry(point);
    return inside;
}

static OGRLayerH layer_open(GDALDatasetH *file, const demo *d, const char *name)
{
    char path[256];
    GDALAllRegister();
    *file =
        GDALOpenEx(in_folder(path, d->results, "results.gpkg"), GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(*file);
    OGRLayerH layer = GDALDatasetGetLayerByName(*file, name);
    assert_non_null(layer);
    return layer;
}

static void a_commune_is_in_an_area_exactly_when_it_is_listed(void **state)
{
    static const wanted_column columns[] = {TEXT_OF("venue"), NUMBER_OF("limit_min", "min"),
                                            TEXT_OF("place")};
    const demo *d = *state;
    communes c = communes_read(d);
    table *members = read_csv(d, "tables/catchment_members.csv", columns, 3);
    GDALDatasetH file = NULL;
    OGRLayerH layer = layer_open(&file, d, "catchments");
    size_t inside = 0, areas = 0;
    for (OGRFeatureH f; (f = OGR_L_GetNextFeature(layer)) != NULL; OGR_F_Destroy(f), areas++) {
        OGRGeometryH area = OGR_F_GetGeometryRef(f);
        const char *venue = OGR_F_GetFieldAsString(f, OGR_F_GetFieldIndex(f, "venue"));
        const double limit = OGR_F_GetFieldAsDouble(f, OGR_F_GetFieldIndex(f, "limit_min"));
        assert_true(area == NULL || OGR_G_IsValid(area));
        for (size_t i = 0; i < c.rows->rows; i++) {
            const double listed = limit_listed(members, venue, column_text(&c.rows->columns[0], i));
            const bool in = area != NULL && holds(area, c.x[i], c.y[i]);
            assert_int_equal(in, listed > 0 && listed <= limit);
            inside += in;
        }
    }
    assert_true(areas > 10 && inside > 100);
    (void)GDALClose(file);
    table_free(members);
    table_free(c.rows);
}

static void the_areas_of_the_nearest_venue_are_nested_and_right(void **state)
{
    const demo *d = *state;
    communes c = communes_read(d);
    GDALDatasetH file = NULL;
    OGRLayerH layer = layer_open(&file, d, "reach");
    OGRGeometryH outer = NULL;
    for (OGRFeatureH f; (f = OGR_L_GetNextFeature(layer)) != NULL; OGR_F_Destroy(f)) {
        OGRGeometryH area = OGR_G_Clone(OGR_F_GetGeometryRef(f));
        const double limit = OGR_F_GetFieldAsDouble(f, OGR_F_GetFieldIndex(f, "limit_min"));
        assert_true(OGR_G_IsValid(area));
        assert_true(outer == NULL || OGR_G_Contains(outer, area));
        for (size_t i = 0; i < c.rows->rows; i++) /* tables have one decimal */
            if (c.nearest[i] < limit - 0.05 || c.nearest[i] > limit + 0.05)
                assert_int_equal(holds(area, c.x[i], c.y[i]), c.nearest[i] <= limit);
        OGR_G_DestroyGeometry(outer);
        outer = area;
    }
    assert_non_null(outer);
    OGR_G_DestroyGeometry(outer);
    (void)GDALClose(file);
    table_free(c.rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commune_is_in_an_area_exactly_when_it_is_listed),
        cmocka_unit_test(the_areas_of_the_nearest_venue_are_nested_and_right),
    };
    return cmocka_run_group_tests(tests, make_demo, drop_demo);
}
