/* The same indicator in C and as a program, in the results of one run: equal on every row of every
 * table to the last digit, and what a built-in indicator says in another way. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gdal.h>
#include <ogr_api.h>

#define RESULTS BASSIN_BINARY_DIR "/two_functions/results/"
#define IN_C "two_functions_two"
#define IN_PYTHON "two_functions_py_two"
enum { COMMUNES = 60 };

typedef struct file {
    GDALDatasetH data;
    OGRLayerH layer;
} file;

/* name: tables/places.csv, or results.gpkg with one of its layers; NULL: the only one. */
static file file_open(const char *name, const char *layer)
{
    char path[512];
    (void)snprintf(path, sizeof path, RESULTS "%s", name);
    GDALAllRegister();
    file f = {.data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL)};
    assert_non_null(f.data);
    f.layer = layer ? GDALDatasetGetLayerByName(f.data, layer) : GDALDatasetGetLayer(f.data, 0);
    assert_non_null(f.layer);
    return f;
}

static int column_of(OGRFeatureH row, const char *name)
{
    const int column = OGR_F_GetFieldIndex(row, name);
    if (column < 0)
        fail_msg("no column %s", name);
    return column;
}

static const char *text_of(OGRFeatureH row, const char *name)
{
    return OGR_F_GetFieldAsString(row, column_of(row, name));
}

static double number_of(OGRFeatureH row, const char *name)
{
    return OGR_F_GetFieldAsDouble(row, column_of(row, name));
}

/* OGR gives one buffer a call for texts: the first is kept aside. */
static void assert_equal_on(OGRFeatureH row)
{
    char in_c[64];
    (void)snprintf(in_c, sizeof in_c, "%s", text_of(row, IN_C));
    assert_string_equal(in_c, text_of(row, IN_PYTHON));
    assert_true(in_c[0] != '\0');
}

static void places_are_equal_in(const char *name, const char *layer)
{
    const file f = file_open(name, layer);
    size_t rows = 0, yes = 0;
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(f.layer)) != NULL; OGR_F_Destroy(row)) {
        const double two = number_of(row, IN_C);
        assert_equal_on(row);
        assert_true(two == 0.0 || two == 1.0);
        yes += two == 1.0;
        rows++;
    }
    assert_int_equal(rows, COMMUNES);
    assert_true(yes > 0 && yes < rows);
    (void)GDALClose(f.data);
}

static void places_are_equal(void **state)
{
    (void)state;
    places_are_equal_in("tables/places.csv", NULL);
    places_are_equal_in("results.gpkg", "places");
}

static void territories_are_equal_in(const char *name, const char *layer)
{
    const file f = file_open(name, layer);
    size_t rows = 0, between = 0;
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(f.layer)) != NULL; OGR_F_Destroy(row)) {
        const double share = number_of(row, IN_C);
        assert_equal_on(row);
        between += share > 0.0 && share < 1.0;
        rows++;
    }
    assert_true(rows > 2 && between > 0);
    (void)GDALClose(f.data);
}

static void territories_are_equal(void **state)
{
    (void)state;
    territories_are_equal_in("tables/territories.csv", NULL);
    territories_are_equal_in("results.gpkg", "territories");
}

/* In percent; `printed` as in the file. No row of that indicator or two: a failure. */
static double total_of(const char *indicator, char printed[64])
{
    double value = 0.0;
    const file f = file_open("tables/totals.csv", NULL);
    size_t rows = 0;
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(f.layer)) != NULL; OGR_F_Destroy(row)) {
        if (strcmp(text_of(row, "indicator"), indicator) != 0)
            continue;
        assert_string_equal(text_of(row, "name"), "share");
        assert_string_equal(text_of(row, "unit"), "%");
        (void)snprintf(printed, 64, "%s", text_of(row, "value"));
        value = number_of(row, "value");
        rows++;
    }
    assert_int_equal(rows, 1);
    (void)GDALClose(f.data);
    return value;
}

/* The share again, from the rows of places and from the row of the whole territory. */
static void totals_are_equal_and_right(void **state)
{
    char in_c[64], in_python[64];
    double residents = 0.0, with = 0.0, whole = -1.0;
    (void)state;
    const double share = total_of("fr.lab.two_functions", in_c);
    (void)total_of("fr.lab.two_functions_py", in_python);
    assert_string_equal(in_c, in_python);

    const file places = file_open("tables/places.csv", NULL);
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(places.layer)) != NULL; OGR_F_Destroy(row)) {
        residents += number_of(row, "population");
        with += number_of(row, "population") * number_of(row, IN_C);
    }
    (void)GDALClose(places.data);
    assert_true(fabs(share - 100.0 * with / residents) < 1e-9);

    const file groups = file_open("tables/territories.csv", NULL);
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(groups.layer)) != NULL; OGR_F_Destroy(row)) {
        if (strcmp(text_of(row, "level"), "france") == 0)
            whole = number_of(row, IN_C);
    }
    (void)GDALClose(groups.data);
    assert_true(fabs(share - 100.0 * whole) < 0.05 + 1e-9); /* three decimals */
}

/* coverage counts the functions within its white-zone limit: the same 10 minutes in this run. Some
 * places reach a venue and yet not two functions. */
static void a_built_in_indicator_agrees(void **state)
{
    const file f = file_open("tables/places.csv", NULL);
    size_t one = 0;
    (void)state;
    for (OGRFeatureH row; (row = OGR_L_GetNextFeature(f.layer)) != NULL; OGR_F_Destroy(row)) {
        const double functions = number_of(row, "functions_within");
        assert_int_equal(functions >= 2.0, number_of(row, IN_C) == 1.0);
        one += functions == 1.0;
    }
    assert_true(one > 0);
    (void)GDALClose(f.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_equal),
        cmocka_unit_test(territories_are_equal),
        cmocka_unit_test(totals_are_equal_and_right),
        cmocka_unit_test(a_built_in_indicator_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
