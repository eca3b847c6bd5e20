#include "geo/gdal_session.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <dlfcn.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Exported by libgdal with C linkage, declared only in its C++ header. */
void RegisterOGRGeoJSON(void);
void RegisterOGRGeoPackage(void);
void RegisterOGRShape(void);
void RegisterOGRXLSX(void);
void RegisterOGRODS(void);

extern char **environ;

/* Built into GDAL where it was made with Arrow, a module of its own elsewhere, absent in Debian 12.
 * All drivers are then known, and only this one may open. */
static void enroll_parquet(void)
{
    void (*enroll)(void) = NULL;
    void *found = dlsym(RTLD_DEFAULT, "RegisterOGRParquet");
    memcpy(&enroll, &found, sizeof enroll);
    if (enroll) {
        enroll();
        return;
    }
    CPLSetConfigOption("GDAL_DRIVER_PATH", NULL);
    GDALAllRegister();
}

typedef struct gdal_driver {
    layer_format format;
    const char *name;
    void (*enroll)(void);
} gdal_driver;

static const gdal_driver drivers[] = {{FORMAT_GEOJSON, "GeoJSON", RegisterOGRGeoJSON},
                                      {FORMAT_GPKG, "GPKG", RegisterOGRGeoPackage},
                                      {FORMAT_SHAPE, "ESRI Shapefile", RegisterOGRShape},
                                      {FORMAT_XLSX, "XLSX", RegisterOGRXLSX},
                                      {FORMAT_ODS, "ODS", RegisterOGRODS},
                                      {FORMAT_PARQUET, "Parquet", enroll_parquet}};

static const gdal_driver *driver_of(layer_format format)
{
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
        if (drivers[i].format == format)
            return &drivers[i];
    return NULL;
}

const char *gdal_session_driver(const gdal_session *g)
{
    const gdal_driver *d = driver_of(g->format);
    return d ? d->name : "?";
}

static bool is_foreign_setting(const char *entry)
{
    static const char *const prefixes[] = {"GDAL_", "OGR_", "CPL_", "PROJ_", "OSR_"};
    static const char *const kept[] = {"GDAL_DATA=", "PROJ_DATA=", "PROJ_LIB="};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (!strncmp(entry, kept[i], strlen(kept[i])))
            return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (!strncmp(entry, prefixes[i], strlen(prefixes[i])))
            return true;
    return false;
}

/* A result must not depend on what GDAL finds in the environment: only where its data lie stays. */
static void environment_clean(void)
{
    char name[128];
    for (size_t i = 0; environ && environ[i];) {
        const char *equal = strchr(environ[i], '=');
        size_t size = equal ? (size_t)(equal - environ[i]) : sizeof name;
        if (!is_foreign_setting(environ[i]) || size >= sizeof name) {
            i++;
            continue;
        }
        memcpy(name, environ[i], size);
        name[size] = 0;
        if (unsetenv(name))
            i++;
    }
}

static void settings_fix(void)
{
    static const char *const fixed[][2] = {
        {"GDAL_CONFIG_FILE", "/dev/null"}, /* no gdalrc of the system or of the home folder */
        {"GDAL_DRIVER_PATH", "disable"},
        {"GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR"},
        {"GDAL_PAM_ENABLED", "NO"},
        {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}"},
        {"PROJ_NETWORK", "OFF"},
        {"OGR_GEOJSON_MAX_OBJ_SIZE", "200"}, /* MiB a feature */
        {"OGR_XLSX_HEADERS", "DISABLE"}, /* the header row is ours to find, and a code is text */
        {"OGR_XLSX_FIELD_TYPES", "STRING"},
        {"OGR_ODS_HEADERS", "DISABLE"},
        {"OGR_ODS_FIELD_TYPES", "STRING"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        CPLSetConfigOption(fixed[i][0], fixed[i][1]);
}

static void gdal_says(CPLErr kind, CPLErrorNum number, const char *text)
{
    gdal_session *g = CPLGetErrorHandlerUserData();
    (void)number;
    if (kind >= CE_Failure && !g->failure[0])
        snprintf(g->failure, sizeof g->failure, "%s", text);
    if (kind == CE_Warning) {
        if (g->warnings < GDAL_WARNINGS)
            snprintf(g->warning[g->warnings], sizeof g->warning[0], "%s", text);
        g->warnings++;
    }
}

void gdal_session_begin(gdal_session *g, layer_format format)
{
    *g = (gdal_session){.format = format};
    environment_clean();
    settings_fix();
    CPLPushErrorHandlerEx(gdal_says, g);
    const gdal_driver *d = driver_of(format);
    if (d)
        d->enroll();
    OSRSetPROJEnableNetwork(FALSE);
}

void gdal_session_end(gdal_session *g)
{
    (void)g;
    CPLPopErrorHandler();
}

GDALDatasetH gdal_session_open(gdal_session *g, const char *path, const char *encoding)
{
    const char *const allowed[] = {gdal_session_driver(g), NULL};
    char **options = NULL;
    if (g->format == FORMAT_GEOJSON)
        options = CSLSetNameValue(options, "DATE_AS_STRING", "YES");
    if (g->format == FORMAT_SHAPE && encoding)
        options = CSLSetNameValue(options, "ENCODING", encoding);
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                  allowed, (const char *const *)options, NULL);
    CSLDestroy(options);
    return set;
}
