/* Workbooks, archives, layers and grids. */
#include "quirks.h"

#include <archive.h>
#include <archive_entry.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <xlsxwriter.h>
#include <zlib.h>

#include "base/files.h"
#include "engine/inputs/inspect.h"

static const char *in_folder(const fixture *f, const char *name)
{
    static char path[160];
    (void)snprintf(path, sizeof path, "%s/%s", f->folder, name);
    return path;
}

static status import_path(fixture *f, const char *role, const char *name, int32_t epsg,
                          imported *out)
{
    const import_request request = {.path = in_folder(f, name),
                                    .role = role,
                                    .epsg = epsg,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    return import_file(dataset_importers, &request, out, f->list);
}

static imported good_path(fixture *f, const char *role, const char *name, int32_t epsg)
{
    imported out;
    if (import_path(f, role, name, epsg, &out) != STATUS_OK) {
        print_faults(f->list);
        fail_msg("%s is refused", name);
    }
    return out;
}

/* One sheet, cells by rows of four; NULL: an empty cell. */
static void write_sheet(const fixture *f, const char *name, const char *const (*rows)[4],
                        size_t count)
{
    lxw_workbook *book = workbook_new(in_folder(f, name));
    lxw_worksheet *sheet = workbook_add_worksheet(book, "COM");
    for (size_t r = 0; r < count; r++) {
        for (lxw_col_t c = 0; c < 4; c++) {
            if (rows[r][c]) {
                worksheet_write_string(sheet, (lxw_row_t)r, c, rows[r][c], NULL);
            }
        }
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static const char *const membership[][4] = {
    {"Table d'appartenance géographique des communes", NULL, NULL, NULL},
    {"Géographie au 01/01/2022", NULL, NULL, NULL},
    {"Source : Insee", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL},
    {"Code géographique", "Libellé géographique", "Département", "Région"},
    {"CODGEO", "LIBGEO", "DEP", "REG"},
    {"01001", "L'Abergement-Clémenciat", "01", "84"},
    {"2A004", "Ajaccio", "2A", "94"},
};

static void check_membership(imported *in)
{
    assert_int_equal(in->rows->rows, 2);
    assert_string_equal(text_of(in->rows, "code", 0), "01001");
    assert_string_equal(text_of(in->rows, "departement", 1), "2A");
    assert_int_equal(table_source(in->rows, 0).line, 7);
    imported_clear(in);
}

QUIRK(41)
{
    fixture *f = *state;
    write_sheet(f, "appartenance.xlsx", membership, 8);
    imported in = good_path(f, "membership", "appartenance.xlsx", 0);
    (void)told(f, "headers read from line 6");
    check_membership(&in);
}

QUIRK(42)
{
    fixture *f = *state;
    static const char *const rows[][4] = {{"COM", "Commune", "PMUN", "PTOT"},
                                          {"01004", "Ambérieu", "14204", "14600"},
                                          {"01007", "Ambronay", "2,5", NULL}};
    write_sheet(f, "population.xlsx", rows, 3);
    imported in = good_path(f, "population", "population.xlsx", 0);
    assert_true(number_of(in.rows, "population", 0) == 14204);
    assert_true(number_of(in.rows, "population", 1) == 2.5);
    assert_string_equal(text_of(in.rows, "code", 0), "01004");
    imported_clear(&in);
}

/* A cell left empty says none of that facility; in any other table it says nothing. */
QUIRK(43)
{
    fixture *f = *state;
    static const char *const crosstab[][4] = {
        {"depcom", "libcom", "Boulangerie", "Total de nb_equip"},
        {"01001", "L'Abergement-Clémenciat", "1", "12"},
        {"01002", "L'Abergement-de-Varey", NULL, "3"}};
    static const char *const plain[][4] = {{"COM", "Commune", "PMUN", NULL},
                                           {"01001", "L'Abergement-Clémenciat", "776", NULL},
                                           {"01002", "L'Abergement-de-Varey", NULL, NULL}};
    static const char *const chosen[] = {"Boulangerie"};
    imported in;
    write_sheet(f, "bpe2013.xlsx", crosstab, 3);
    const import_request request = {.path = in_folder(f, "bpe2013.xlsx"),
                                    .role = "context",
                                    .numbers = chosen,
                                    .number_count = 1,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    assert_int_equal(import_file(dataset_importers, &request, &in, f->list), STATUS_OK);
    assert_string_equal(in.by->id, "insee-bpe-crosstab");
    assert_int_equal(in.rows->rows, 2);
    assert_true(number_of(in.rows, "facilities", 1) == 3);
    assert_true(number_of(in.rows, "context_boulangerie", 0) == 1);
    assert_true(number_of(in.rows, "context_boulangerie", 1) == 0);
    imported_clear(&in);
    write_sheet(f, "population.xlsx", plain, 3);
    in = good_path(f, "population", "population.xlsx", 0);
    assert_int_equal(state_of(in.rows, "population", 1), VALUE_MISSING);
    imported_clear(&in);
}

static void zip_one(const fixture *f, const char *zip, const char *name)
{
    error err;
    file_view v;
    assert_int_equal(file_map(in_folder(f, name), &v, &err), STATUS_OK);
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, in_folder(f, zip)), ARCHIVE_OK);
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)v.size);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, v.at, v.size), v.size);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_entry_free(e);
    archive_write_free(a);
    file_unmap(&v);
}

QUIRK(44)
{
    fixture *f = *state;
    imported out;
    static const unsigned char biff[64] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    write_sheet(f, "table.xlsx", membership, 8);
    zip_one(f, "table.zip", "table.xlsx");
    imported in = good_path(f, "membership", "table.zip", 0);
    check_membership(&in);
    gzFile gz = gzopen(in_folder(f, "population2019.xls.gz"), "wb");
    assert_int_equal(gzwrite(gz, biff, sizeof biff), sizeof biff);
    assert_int_equal(gzclose(gz), Z_OK);
    assert_int_equal(import_path(f, "population", "population2019.xls.gz", 0, &out), STATUS_INPUT);
    (void)told(f, "old Excel workbook (.xls): save it as .xlsx or CSV");
}

/* A shapefile whose .prj names no registry: Lambert-93 in ESRI's own words. */
static void a_prj_of_its_own(fixture *f)
{
    static const char prj[] =
        "PROJCS[\"Lambert_Conformal_Conic\",GEOGCS[\"GCS_RGF_1993\",DATUM[\"D_RGF_1993\",SPHEROID["
        "\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\","
        "0.0174532925199433]],PROJECTION[\"Lambert_Conformal_Conic\"],PARAMETER[\"False_Easting\","
        "700000.0],PARAMETER[\"False_Northing\",6600000.0],PARAMETER[\"Central_Meridian\",3.0],"
        "PARAMETER[\"Standard_Parallel_1\",44.0],PARAMETER[\"Standard_Parallel_2\",49.0],PARAMETER["
        "\"Latitude_Of_Origin\",46.5],UNIT[\"Meter\",1.0]]";
    char path[160];
    GDALAllRegister();
    GDALDatasetH set = GDALCreate(GDALGetDriverByName("ESRI Shapefile"), in_folder(f, "v.shp"), 0,
                                  0, 0, GDT_Unknown, NULL);
    assert_non_null(set);
    OGRLayerH layer_made = GDALDatasetCreateLayer(set, "v", NULL, wkbPoint, NULL);
    OGRFieldDefnH field = OGR_Fld_Create("nom", OFTString);
    assert_int_equal(OGR_L_CreateField(layer_made, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer_made));
    OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(point, 0, 700000, 6600000);
    OGR_F_SetFieldString(feature, 0, "A");
    assert_int_equal(OGR_F_SetGeometryDirectly(feature, point), OGRERR_NONE);
    assert_int_equal(OGR_L_CreateFeature(layer_made, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    GDALClose(set);
    write_file(f, "v.prj", prj, path, sizeof path);
    imported in = good_path(f, "venues", "v.shp", 0);
    assert_true(fabs(number_of(in.rows, "lon", 0) - 3) < 1e-8);
    assert_true(fabs(number_of(in.rows, "lat", 0) - 46.5) < 1e-8);
    imported_clear(&in);
}

/* Main towns in Web Mercator, by a run file that says no system: told with their line, and what to
 * do. */
static void metres_without_a_system_are_refused(fixture *f)
{
    imported in;
    static const char text[] = "code,nom,lon,lat\n01002,B,4.9,46.1\n01001,A,547790.97,5804548.05\n";
    assert_int_equal(import_text(f, "communes", NULL, "m.csv", text, NULL, 0, &in), STATUS_INPUT);
    const fault *x = told(f, "547,791 in column \"lon\" is not in degrees");
    assert_int_equal(x->line, 3);
    assert_non_null(strstr(x->fr, "dites leur système, par exemple crs: EPSG:2154"));
    (void)told(f, "5,804,548 in column \"lat\" is not in degrees");
}

QUIRK(46)
{
    fixture *f = *state;
    /* Where each system has its false origin, by its own definition in the EPSG registry. */
    static const struct {
        int32_t epsg;
        const char *x, *y;
        double lon, lat;
    } points[] = {
        {4326, "2.35", "48.853", 2.35, 48.853}, {2154, "700000", "6600000", 3, 46.5},
        {3857, "20037508.342789", "0", 180, 0}, {3035, "4321000", "3210000", 10, 52},
        {32620, "500000", "0", -63, 0},
    };
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        char text[160], path[160];
        (void)snprintf(text, sizeof text, "id,nom,lon,lat\n1,A,%s,%s\n", points[i].x, points[i].y);
        write_file(f, "p.csv", text, path, sizeof path);
        imported in = good_path(f, "venues", "p.csv", points[i].epsg);
        const double east = number_of(in.rows, "lon", 0), north = number_of(in.rows, "lat", 0);
        if (fabs(east - points[i].lon) > 1e-8 || fabs(north - points[i].lat) > 1e-8) {
            fail_msg("EPSG:%d: %.7f %.7f", points[i].epsg, east, north);
        }
        imported_clear(&in);
    }
    a_prj_of_its_own(f);
    metres_without_a_system_are_refused(f);
}

QUIRK(47)
{
    fixture *f = *state;
    static const char body[] =
        "\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":1,\"nom\":\"A\"},\"geometry\":{"
        "\"type\":\"Point\",\"coordinates\":[2.35,48.853]}}]}";
    static const char *const heads[] = {
        "{\"type\":\"FeatureCollection\",",
        "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
        "\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},",
    };
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        (void)snprintf(text, sizeof text, "%s%s", heads[i], body);
        imported in = import_good(f, "venues", "v.geojson", text);
        assert_true(number_of(in.rows, "lon", 0) == 2.35);
        assert_true(number_of(in.rows, "lat", 0) == 48.853);
        imported_clear(&in);
    }
    assert_int_equal(faults_count(f->list), 0);
}

QUIRK(48)
{
    fixture *f = *state;
    imported communes = import_good(
        f, "communes", "c.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code\":\"14174\",\"nom\":\"Condé-en-Normandie\"},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[-0.60,48.80],[-0.50,48.80],[-0.50,48.90],[-0.60,48.90],[-0.60,48.85],"
        "[-0.59,48.86],[-0.61,48.86],[-0.60,48.85],[-0.60,48.80]]]}}]}");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    const fault *warning = told(f, "was repaired");
    assert_non_null(strstr(warning->en, "14174"));
    assert_true(number_of(t->places, "area_km2", 0) > 60);
    territory_free(t);
    imported_clear(&communes);
}

static inspection inspect_text(fixture *f, const char *name, const char *text)
{
    char path[160];
    inspection out;
    const run_environment environment = {.importers = dataset_importers, .workers = f->workers};
    write_file(f, name, text, path, sizeof path);
    const status rc = inspect_file(path, &environment, &out, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(out.form, INSPECTED_GRAPH);
    return out;
}

QUIRK(50)
{
    fixture *f = *state;
    inspection with = inspect_text(f, "with.gr", "c roads\np sp 3 2\na 1 2 172\na 2 3 5\n");
    assert_int_equal(with.nodes, 3);
    assert_int_equal(faults_count(f->list), 0);
    inspection without = inspect_text(f, "without.gr", "a 0 2 172\na 2 1 5\na 1 0 8\n");
    assert_int_equal(without.nodes, 3);
    assert_int_equal(without.rows, 3);
    const fault *note = told(f, "no line \"p sp\": nodes are counted from 0");
    assert_int_equal(note->severity, SEVERITY_NOTE);
    inspection_clear(&with);
    inspection_clear(&without);
}

QUIRK(51)
{
    fixture *f = *state;
    static const char *const headers[] = {"IdINSPIRE,Ind", "Idcar_200m,Ind", "idcar_200m,ind"};
    for (size_t i = 0; i < 3; i++) {
        char text[160];
        (void)snprintf(text, sizeof text, "%s\nCRS3035RES200mN2546400E3668600,24\n", headers[i]);
        imported in = import_good(f, "cells", "g.csv", text);
        assert_true(number_of(in.rows, "population", 0) == 24);
        assert_true(number_of(in.rows, "x", 0) == 3668700);
        assert_true(number_of(in.rows, "y", 0) == 2546500);
        assert_true(number_of(in.rows, "size_m", 0) == 200);
        imported_clear(&in);
    }
}
