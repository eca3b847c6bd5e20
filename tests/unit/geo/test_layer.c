#include <archive.h>
#include <archive_entry.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/files.h"
#include "geo/layer.h"
#include "shapes.h"

typedef struct bench {
    zygote *z;
    char folder[64], path[160];
    faults *found;
    layer *got;
} bench;

static int bench_begin(void **state, bool in_process)
{
    error err;
    bench *b = memory_new(1, sizeof *b);
    /* Before GDAL and any thread, as the program does. */
    OK(zygote_start(&b->z, &layer_job, 1, in_process, &err));
    snprintf(b->folder, sizeof b->folder, "/tmp/bassin-layer-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    *state = b;
    return 0;
}

static int bench_open(void **state)
{
    return bench_begin(state, false);
}

/* The same answers without a worker; the sanitizers then see what the job leaves behind. */
static int bench_open_in_process(void **state)
{
    return bench_begin(state, true);
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
    snprintf(b->path, sizeof b->path, "%s/%s", b->folder, name);
    return b->path;
}

static status read_options(bench *b, const layer_options *options)
{
    error err;
    OK(faults_new(&b->found, &err));
    return layer_read(b->z, options, &b->got, b->found);
}

static status read_file(bench *b, const char *name)
{
    layer_options options = {.path = path_of(b, name)};
    return read_options(b, &options);
}

static void reads(bench *b, const char *name)
{
    if (read_file(b, name) == STATUS_OK)
        return;
    for (size_t i = 0; i < faults_count(b->found); i++)
        print_error("%s\n", faults_at(b->found, i)->en);
    fail();
}

static void clear(bench *b)
{
    layer_free(b->got);
    faults_free(b->found);
    b->got = NULL;
    b->found = NULL;
}

static void write_bytes(bench *b, const char *name, const char *bytes, size_t size)
{
    error err;
    OK(file_write_atomic(path_of(b, name), bytes, size, &err));
}

static void write_text(bench *b, const char *name, const char *text)
{
    write_bytes(b, name, text, strlen(text));
}

static const char *cell(const bench *b, const char *name, size_t row)
{
    const column *c = table_find(b->got->cells, name);
    assert_non_null(c);
    return column_text(c, row);
}

/* The file is refused, and the first fault says this. */
static void refuses(bench *b, const char *name, const char *word)
{
    assert_int_equal(read_file(b, name), STATUS_INPUT);
    assert_null(b->got);
    bool said = false;
    for (size_t i = 0; i < faults_count(b->found); i++)
        said |= strstr(faults_at(b->found, i)->en, word) != NULL;
    if (!said)
        fail_msg("%s: expected \"%s\", got: %s", name, word,
                 faults_count(b->found) ? faults_at(b->found, 0)->en : "nothing");
    clear(b);
}

static bool says(const bench *b, const char *word)
{
    for (size_t i = 0; i < faults_count(b->found); i++)
        if (strstr(faults_at(b->found, i)->en, word))
            return true;
    return false;
}

#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(properties, geometry)                                                              \
    "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"

/* --- GeoJSON --- */

static void test_values_stay_as_they_stand(void **state)
{
    bench *b = *state;
    write_text(b, "v.geojson",
               COLLECTION(FEATURE("{\"code\":\"01004\",\"n\":12,\"x\":0.1,\"day\":\"2024-01-02\","
                                  "\"yes\":true,\"none\":null,\"big\":123456789012}",
                                  "null") "," FEATURE("{\"code\":\"2A004\",\"n\":3,\"x\":3,"
                                                      "\"day\":\"\",\"yes\":false}",
                                                      "null")));
    reads(b, "v.geojson");
    assert_int_equal(b->got->kind, GEOMETRY_NONE);
    assert_int_equal(b->got->cells->rows, 2);
    assert_string_equal(cell(b, "code", 0), "01004");
    assert_string_equal(cell(b, "n", 0), "12");
    assert_string_equal(cell(b, "x", 0), "0.1");
    assert_string_equal(cell(b, "x", 1), "3");
    assert_string_equal(cell(b, "day", 0), "2024-01-02");
    assert_string_equal(cell(b, "yes", 0), "true");
    assert_string_equal(cell(b, "big", 0), "123456789012");
    assert_int_equal(column_state(table_find(b->got->cells, "none"), 0), VALUE_MISSING);
    source_ref at = table_source(b->got->cells, 1);
    assert_int_equal(at.line, 2);
    assert_non_null(strstr(at.file, "v.geojson"));
    assert_int_equal(strlen(b->got->sha256), 64);
    clear(b);
}

static void test_points_and_their_absence(void **state)
{
    bench *b = *state;
    write_text(
        b, "p.geojson",
        COLLECTION(FEATURE(
            "{\"id\":\"a\"}",
            "{\"type\":\"Point\",\"coordinates\":[2.35,48."
            "85,12]}") "," FEATURE("{\"id\":\"b\"}",
                                   "{\"ty"
                                   "pe\":"
                                   "\"Geo"
                                   "metry"
                                   "Colle"
                                   "ction"
                                   "\","
                                   "\"geo"
                                   "metri"
                                   "es\":"
                                   "[]}") "," FEATURE("{\"id\":\"c\"}",
                                                      "{\"type\":\"MultiPoint\",\"coordinates\":[["
                                                      "3,46.5]]}") "," FEATURE("{\"id\":"
                                                                               "\"d\"}",
                                                                               "null")));
    reads(b, "p.geojson");
    assert_int_equal(b->got->kind, GEOMETRY_POINT);
    assert_null(b->got->outlines);
    assert_true(b->got->lon[0] == 2.35 && b->got->lat[0] == 48.85);
    assert_true(isnan(b->got->lon[1]) && isnan(b->got->lat[1]));
    assert_true(b->got->lon[2] == 3 && b->got->lat[2] == 46.5);
    assert_true(isnan(b->got->lon[3]));
    assert_int_equal(b->got->epsg, 4326);
    clear(b);
}

#define BOX "[[0,0],[4,0],[4,4],[0,4],[0,0]]"
#define HOLE "[[1,1],[1,2],[2,2],[2,1],[1,1]]"

static void test_outlines_keep_holes_and_parts(void **state)
{
    bench *b = *state;
    write_text(b, "o.geojson",
               COLLECTION(FEATURE(
                   "{\"code\":\"1\"}",
                   "{\"type\":\"Polygon\",\"coordinates\":[" BOX "," HOLE
                   "]}") "," FEATURE("{\"code\":\"2\"}",
                                     "null") "," FEATURE("{\"code\":\"3\"}",
                                                         "{\"type\":\"MultiPolygon\","
                                                         "\"coordinates\":[[" BOX "],[[[10,0],"
                                                         "[11,0],[11,1],[10,0]]]]}")));
    reads(b, "o.geojson");
    const polygons *p = b->got->outlines;
    assert_int_equal(b->got->kind, GEOMETRY_POLYGON);
    assert_int_equal(p->rows, 3);
    assert_close(polygons_area(p, 0), 15, 1e-12);
    assert_int_equal(p->part_start[2] - p->part_start[1], 0);
    assert_close(polygons_area(p, 2), 16.5, 1e-12);
    clear(b);
}

static void test_a_mixture_of_kinds_is_said(void **state)
{
    bench *b = *state;
    write_text(b, "m.geojson",
               COLLECTION(FEATURE("{}", "{\"type\":\"Point\",\"coordinates\":[1,1]}") "," FEATURE(
                   "{}", "{\"type\":\"Polygon\",\"coordinates\":[" BOX "]}")));
    reads(b, "m.geojson");
    assert_int_equal(b->got->kind, GEOMETRY_OTHER);
    assert_true(b->got->outlines == NULL && b->got->lon == NULL);
    clear(b);
}

static void test_broken_json_is_refused_with_its_place(void **state)
{
    bench *b = *state;
    write_text(b, "nan.geojson",
               COLLECTION(FEATURE("{}", "{\"type\":\"Point\",\n\"coordinates\":[NaN,1]}")));
    assert_int_equal(read_file(b, "nan.geojson"), STATUS_INPUT);
    assert_int_equal(faults_at(b->found, 0)->line, 2);
    clear(b);
    refuses(b, "nan.geojson", "not finite");
    write_text(b, "cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[");
    refuses(b, "cut.geojson", "before its end");
    write_text(b, "other.geojson", "{\"a\":1}");
    refuses(b, "other.geojson", "cannot be read");
    write_text(b, "empty.geojson", "");
    refuses(b, "empty.geojson", "before its end");
}

static void test_metres_that_claim_to_be_degrees_are_refused(void **state)
{
    bench *b = *state;
    write_text(b, "metres.geojson",
               COLLECTION(FEATURE("{}", "{\"type\":\"Point\",\"coordinates\":[652000,6862000]}")));
    refuses(b, "metres.geojson", "coordinate system");
}

static void test_lambert_93_becomes_degrees(void **state)
{
    bench *b = *state;
    write_text(
        b, "l93.geojson",
        "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
        "\"urn:ogc:def:crs:EPSG::2154\"}},\"features\":[" FEATURE(
            "{}", "{\"type\":\"Point\",\"coordinates\":[700000,6600000]}") "]}");
    reads(b, "l93.geojson");
    assert_int_equal(b->got->epsg, 2154);
    assert_close(b->got->lon[0], 3, 1e-7);
    assert_close(b->got->lat[0], 46.5, 1e-7);
    clear(b);
}

static void test_files_that_are_not_there_or_not_ours(void **state)
{
    bench *b = *state;
    assert_int_equal(read_file(b, "absent.geojson"), STATUS_INPUT);
    clear(b);
    layer_options remote = {.path = "/vsicurl/http://example.org/a.geojson"};
    assert_int_equal(read_options(b, &remote), STATUS_INPUT);
    clear(b);
    write_text(b, "v.vrt", "<OGRVRTDataSource/>");
    refuses(b, "v.vrt", "unknown format");
    write_text(b, "vrt.gpkg", "<OGRVRTDataSource/>");
    refuses(b, "vrt.gpkg", "cannot be read");
}

static void test_names_that_call_for_this_reader(void **state)
{
    (void)state;
    assert_true(layer_is_called_for("a.GeoJSON"));
    assert_true(layer_is_called_for("a.json.gz"));
    assert_true(layer_is_called_for("a.gpkg"));
    assert_true(layer_is_called_for("a.xlsx"));
    assert_false(layer_is_called_for("a.csv"));
    assert_false(layer_is_called_for("a.csv.gz"));
    assert_false(layer_is_called_for("absent.zip"));
    assert_false(layer_is_called_for(".xlsx"));
}

/* --- files that GDAL writes for us --- */

static void gdal_write(const char *driver, const char *path, const char *encoding, int epsg)
{
    GDALAllRegister();
    GDALDatasetH set = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(set);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, epsg);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    char option[40];
    snprintf(option, sizeof option, "ENCODING=%s", encoding ? encoding : "");
    char *options[] = {encoding ? option : NULL, NULL};
    OGRLayerH to = GDALDatasetCreateLayer(set, "places", crs, wkbMultiPolygon, options);
    static const struct {
        const char *name;
        OGRFieldType type;
    } fields[] = {{"code", OFTString}, {"nom", OFTString}, {"pop", OFTInteger}, {"jour", OFTDate}};
    for (size_t i = 0; i < 4; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i].name, fields[i].type);
        assert_int_equal(OGR_L_CreateField(to, field, TRUE), OGRERR_NONE);
        OGR_Fld_Destroy(field);
    }
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
    OGR_F_SetFieldString(feature, 0, "01004");
    OGR_F_SetFieldString(feature, 1, "Ambérieu-en-Bugey");
    OGR_F_SetFieldInteger(feature, 2, 14000);
    OGR_F_SetFieldDateTime(feature, 3, 2024, 1, 2, 0, 0, 0, 0);
    char text[] = "MULTIPOLYGON(((700000 6600000,701000 6600000,701000 6601000,700000 6600000)))";
    char *wkt = text;
    OGRGeometryH shape = NULL;
    assert_int_equal(OGR_G_CreateFromWkt(&wkt, crs, &shape), OGRERR_NONE);
    OGR_F_SetGeometryDirectly(feature, shape);
    assert_int_equal(OGR_L_CreateFeature(to, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    OSRRelease(crs);
    GDALClose(set);
}

static void expect_amberieu(bench *b)
{
    assert_int_equal(b->got->kind, GEOMETRY_POLYGON);
    assert_int_equal(b->got->epsg, 2154);
    assert_string_equal(cell(b, "code", 0), "01004");
    assert_string_equal(cell(b, "nom", 0), "Ambérieu-en-Bugey");
    assert_string_equal(cell(b, "pop", 0), "14000");
    assert_string_equal(cell(b, "jour", 0), "2024-01-02");
    assert_close(b->got->outlines->x[0], 3, 0.02);
    assert_close(b->got->outlines->y[0], 46.5, 0.02);
}

static void test_geopackage(void **state)
{
    bench *b = *state;
    gdal_write("GPKG", path_of(b, "p.gpkg"), NULL, 2154);
    reads(b, "p.gpkg");
    expect_amberieu(b);
    clear(b);
    layer_options named = {.path = b->path, .name = "places"};
    OK(read_options(b, &named));
    clear(b);
    named.name = "nowhere";
    assert_int_equal(read_options(b, &named), STATUS_INPUT);
    assert_true(says(b, "places"));
    clear(b);
    assert_int_not_equal(access(path_of(b, "p.gpkg-wal"), F_OK), 0);
}

static void test_a_damaged_geopackage_gives_nothing(void **state)
{
    bench *b = *state;
    error err;
    gdal_write("GPKG", path_of(b, "d.gpkg"), NULL, 2154);
    file_view view;
    OK(file_map(b->path, &view, &err));
    char *bytes = memory_new(view.size, 1);
    size_t size = view.size;
    memcpy(bytes, view.at, size);
    file_unmap(&view);
    for (size_t page = 1; page < size / 4096; page++) {
        char kept[16];
        memcpy(kept, bytes + 4096 * page, sizeof kept);
        memset(bytes + 4096 * page, 0xee, sizeof kept);
        write_bytes(b, "damaged.gpkg", bytes, size);
        status s = read_file(b, "damaged.gpkg");
        /* Either the page is of no use to the layer, or nothing at all is given. */
        assert_true(s == STATUS_OK ? b->got->cells->rows == 1 : b->got == NULL);
        clear(b);
        memcpy(bytes + 4096 * page, kept, sizeof kept);
    }
    write_bytes(b, "cut.gpkg", bytes, 5000);
    refuses(b, "cut.gpkg", "GPKG");
    memory_free(bytes);
}

static void test_shapefile_with_its_companions(void **state)
{
    bench *b = *state;
    gdal_write("ESRI Shapefile", path_of(b, "s.shp"), "UTF-8", 2154);
    reads(b, "s.shp");
    expect_amberieu(b);
    clear(b);
    /* Without .cpg: the same bytes are found to be UTF-8. */
    assert_int_equal(unlink(path_of(b, "s.cpg")), 0);
    reads(b, "s.shp");
    expect_amberieu(b);
    assert_int_equal(faults_count(b->found), 0);
    clear(b);
}

static void test_dbf_without_encoding_is_windows_1252(void **state)
{
    bench *b = *state;
    gdal_write("ESRI Shapefile", path_of(b, "w.shp"), "CP1252", 2154);
    (void)unlink(path_of(b, "w.cpg"));
    reads(b, "w.shp");
    expect_amberieu(b);
    assert_true(says(b, "Windows-1252"));
    clear(b);
}

/* --- archives --- */

/* Files of the folder, packed under the folder "data/" of an archive. */
static void pack(bench *b, const char *name, int format, const char *const *members, size_t count)
{
    error err;
    struct archive *a = archive_write_new();
    archive_write_set_format(a, format);
    assert_int_equal(archive_write_open_filename(a, path_of(b, name)), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        char inside[80];
        file_view view;
        struct archive_entry *e = archive_entry_new();
        OK(file_map(path_of(b, members[i]), &view, &err));
        snprintf(inside, sizeof inside, "data/%s", members[i]);
        archive_entry_set_pathname(e, inside);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, (la_int64_t)view.size);
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, view.at, view.size), (la_ssize_t)view.size);
        archive_entry_free(e);
        file_unmap(&view);
    }
    archive_write_free(a);
}

static void test_archives(void **state)
{
    bench *b = *state;
    static const char *const shape[] = {"z.dbf", "z.shx", "z.prj", "z.cpg", "z.shp", "note.csv"};
    write_text(b, "note.csv", "a;b\n");
    write_text(b, "a.geojson", COLLECTION(FEATURE("{\"id\":\"a\"}", "null")));
    gdal_write("ESRI Shapefile", path_of(b, "z.shp"), "UTF-8", 2154);
    pack(b, "z.zip", ARCHIVE_FORMAT_ZIP, shape, 5);
    assert_true(layer_is_called_for(path_of(b, "z.zip")));
    reads(b, "z.zip");
    expect_amberieu(b);
    clear(b);
    pack(b, "table.zip", ARCHIVE_FORMAT_ZIP, shape + 5, 1);
    assert_false(layer_is_called_for(path_of(b, "table.zip")));
    refuses(b, "table.zip", "holds no .geojson");
    static const char *const two[] = {"a.geojson", "z.shp"};
    pack(b, "two.zip", ARCHIVE_FORMAT_ZIP, two, 2);
    refuses(b, "two.zip", "several");
    pack(b, "tar.zip", ARCHIVE_FORMAT_TAR_USTAR, two, 1);
    refuses(b, "tar.zip", "zip");
    write_text(b, "no.geojson.gz", "\x1f\x8b\x08 cut");
    refuses(b, "no.geojson.gz", "");
}

/* --- sheets --- */

static void write_sheet(const char *path, const char *const *rows, size_t count)
{
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "COM");
    for (size_t r = 0; r < count; r++) {
        const char *at = rows[r];
        for (lxw_col_t c = 0; *at; c++) {
            char text[80];
            size_t size = strcspn(at, "|");
            snprintf(text, sizeof text, "%.*s", (int)size, at);
            if (text[0] == '#')
                worksheet_write_number(sheet, (lxw_row_t)r, c, atof(text + 1), NULL);
            else if (text[0])
                worksheet_write_string(sheet, (lxw_row_t)r, c, text, NULL);
            at += size + (at[size] != 0);
        }
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void sheet_header_is(bench *b, const char *const *rows, size_t count, uint64_t first_row,
                            const char *first_name)
{
    write_sheet(path_of(b, "s.xlsx"), rows, count);
    reads(b, "s.xlsx");
    assert_string_equal(b->got->cells->columns[0].name, first_name);
    assert_int_equal(table_source(b->got->cells, 0).line, first_row);
    clear(b);
}

static void test_sheet_values_are_texts(void **state)
{
    bench *b = *state;
    static const char *const rows[] = {"code|n|x", "01004|#12|#0.1", "", "2A004|#123456789012|"};
    write_sheet(path_of(b, "v.xlsx"), rows, 4);
    reads(b, "v.xlsx");
    assert_int_equal(b->got->cells->rows, 2);
    assert_string_equal(cell(b, "code", 0), "01004");
    assert_string_equal(cell(b, "n", 0), "12");
    assert_string_equal(cell(b, "n", 1), "123456789012");
    assert_string_equal(cell(b, "x", 0), "0.1");
    assert_int_equal(column_state(table_find(b->got->cells, "x"), 1), VALUE_MISSING);
    assert_int_equal(table_source(b->got->cells, 1).line, 4);
    clear(b);
}

static void test_the_header_of_a_sheet_is_found(void **state)
{
    bench *b = *state;
    static const char *const plain[] = {"Nom du lieu|Type|Ville", "FAB|LAB|MELUN", "X|Y|Z"};
    sheet_header_is(b, plain, 3, 2, "Nom du lieu");
    static const char *const insee[] = {"Liste des communes",
                                        "France",
                                        "",
                                        "Code géographique|Libellé|Région",
                                        "CODGEO|LIBGEO|REG",
                                        "01001|L'Abergement|84"};
    sheet_header_is(b, insee, 6, 6, "CODGEO");
    static const char *const capitals[] = {"CODGEO|LIB|EPCI", "A|B|C"};
    sheet_header_is(b, capitals, 2, 2, "CODGEO");
    static const char *const ragged[] = {"Titre", "code|nom", "01001|a|note"};
    sheet_header_is(b, ragged, 3, 3, "code");
    static const char *const years[] = {"Titre", "code|2013|2019", "01001|#1|#2"};
    sheet_header_is(b, years, 3, 3, "code");
}

static void test_a_header_line_can_be_named(void **state)
{
    bench *b = *state;
    static const char *const rows[] = {"Titre", "code|nom", "01001|a|note"};
    write_sheet(path_of(b, "n.xlsx"), rows, 3);
    layer_options options = {.path = b->path, .header_row = 2};
    OK(read_options(b, &options));
    assert_int_equal(b->got->cells->rows, 1);
    assert_string_equal(cell(b, "code", 0), "01001");
    assert_string_equal(cell(b, "column_3", 0), "note");
    clear(b);
    options.header_row = 9;
    assert_int_equal(read_options(b, &options), STATUS_INPUT);
    clear(b);
}

static void test_lines_and_multilines_are_read_without_heights(void **state)
{
    bench *b = *state;
    write_text(
        b, "l.geojson",
        COLLECTION(FEATURE(
            "{\"NATURE\":\"Route\",\"x\":1}",
            "{\"type\":\"LineString\",\"coordinates\":"
            "[[2,48,31.5],[2.1,48.1,32],[2.2,48.2,33]]}") "," FEATURE("{\"NATURE\":null}",
                                                                      "null") "," FEATURE("{\"NATUR"
                                                                                          "E\":"
                                                                                          "\"Bac\""
                                                                                          "}",
                                                                                          "{\"type"
                                                                                          "\":"
                                                                                          "\"MultiL"
                                                                                          "ineStrin"
                                                                                          "g\","
                                                                                          "\"coordi"
                                                                                          "nates\":"
                                                                                          "[[[3,48]"
                                                                                          ",[3,49]]"
                                                                                          ",[[4,"
                                                                                          "48],[4,"
                                                                                          "49],[4,"
                                                                                          "50]]]"
                                                                                          "}")));
    reads(b, "l.geojson");
    const polylines *l = b->got->lines;
    assert_int_equal(b->got->kind, GEOMETRY_LINE);
    assert_int_equal(l->rows, 3);
    assert_int_equal(l->parts, 3);
    assert_int_equal(l->part_start[1], 1);
    assert_int_equal(l->part_start[2], 1); /* no geometry */
    assert_int_equal(l->point_start[1], 3);
    assert_int_equal(l->points, 8);
    assert_close(l->x[1], 2.1, 1e-12);
    assert_close(l->y[7], 50, 1e-12);
    assert_string_equal(cell(b, "NATURE", 2), "Bac");
    assert_string_equal(b->got->fields, "NATURE, x");
    clear(b);
}

static void test_only_the_wanted_columns_are_brought(void **state)
{
    bench *b = *state;
    write_text(b, "o.geojson",
               COLLECTION(FEATURE("{\"NATURE\":\"Route\",\"x\":1,\"sens\":\"Double sens\"}",
                                  "{\"type\":\"LineString\",\"coordinates\":[[2,48],[3,48]]}")));
    const layer_options options = {.path = path_of(b, "o.geojson"), .only = "nature|SENS|vitesse"};
    OK(read_options(b, &options));
    assert_int_equal(b->got->cells->column_count, 2);
    assert_string_equal(cell(b, "sens", 0), "Double sens");
    assert_string_equal(b->got->fields, "NATURE, x, sens");
    clear(b);
}

static void test_a_preferred_layer_is_taken_where_the_file_has_it(void **state)
{
    bench *b = *state;
    gdal_write("GPKG", path_of(b, "p.gpkg"), NULL, 2154);
    reads(b, "p.gpkg");
    char own[64];
    snprintf(own, sizeof own, "none|%s", b->got->name);
    clear(b);
    layer_options options = {.path = path_of(b, "p.gpkg"), .prefer = own};
    OK(read_options(b, &options));
    clear(b);
    options.prefer = "troncon_de_route";
    OK(read_options(b, &options)); /* else the first */
    clear(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_stay_as_they_stand),
        cmocka_unit_test(test_points_and_their_absence),
        cmocka_unit_test(test_outlines_keep_holes_and_parts),
        cmocka_unit_test(test_a_mixture_of_kinds_is_said),
        cmocka_unit_test(test_lines_and_multilines_are_read_without_heights),
        cmocka_unit_test(test_only_the_wanted_columns_are_brought),
        cmocka_unit_test(test_a_preferred_layer_is_taken_where_the_file_has_it),
        cmocka_unit_test(test_broken_json_is_refused_with_its_place),
        cmocka_unit_test(test_metres_that_claim_to_be_degrees_are_refused),
        cmocka_unit_test(test_lambert_93_becomes_degrees),
        cmocka_unit_test(test_files_that_are_not_there_or_not_ours),
        cmocka_unit_test(test_names_that_call_for_this_reader),
        cmocka_unit_test(test_geopackage),
        cmocka_unit_test(test_a_damaged_geopackage_gives_nothing),
        cmocka_unit_test(test_shapefile_with_its_companions),
        cmocka_unit_test(test_dbf_without_encoding_is_windows_1252),
        cmocka_unit_test(test_archives),
        cmocka_unit_test(test_sheet_values_are_texts),
        cmocka_unit_test(test_the_header_of_a_sheet_is_found),
        cmocka_unit_test(test_a_header_line_can_be_named),
    };
    int failed = cmocka_run_group_tests(tests, bench_open, bench_close);
    return failed + cmocka_run_group_tests(tests, bench_open_in_process, bench_close);
}
