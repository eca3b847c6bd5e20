/* The worker: writes results.gpkg at the path it was given. */
#include <cpl_conv.h>
#include <stdio.h>
#include <string.h>

#include "reports/gpkg/gpkg.h"
#include "reports/gpkg/layers.h"
#include "reports/gpkg/messages.h"

static status file_begin(gpkg_file *f, const gpkg_request *q, error *err)
{
    char time[64];
    gdal_session_begin(&f->gdal, FORMAT_GPKG);
    f->lang = q->lang;
    /* Otherwise the clock goes into the file. */
    (void)snprintf(time, sizeof time, "%.10sT00:00:00.000Z", q->date);
    CPLSetConfigOption("OGR_CURRENT_DATE", time);
    CPLSetConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    f->crs = OSRNewSpatialReference(NULL);
    if (!driver || !f->crs || OSRImportFromEPSG(f->crs, q->epsg) != OGRERR_NONE)
        return error_set(err, STATUS_ENVIRONMENT, M_GPKG_CREATE, gpkg_complaint(f));
    OSRSetAxisMappingStrategy(f->crs, OAMS_TRADITIONAL_GIS_ORDER);
    f->set = GDALCreate(driver, q->path, 0, 0, 0, GDT_Unknown, NULL);
    return f->set ? STATUS_OK
                  : error_set(err, STATUS_ENVIRONMENT, M_GPKG_CREATE, gpkg_complaint(f));
}

/* GDALClose says nothing of what it could not flush: its messages do. */
static status file_end(gpkg_file *f, error *err)
{
    if (f->set)
        GDALClose(f->set);
    f->set = NULL;
    if (f->crs)
        OSRDestroySpatialReference(f->crs);
    f->crs = NULL;
    return f->gdal.failure[0] ? error_set(err, STATUS_ENVIRONMENT, M_GPKG_CLOSE, gpkg_complaint(f))
                              : STATUS_OK;
}

static status layers_write(gpkg_file *f, const gpkg_request *q, const parcel_content *things,
                           error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; !s && i < q->layer_count; i++)
        s = gpkg_layer_write(f, &q->layers[i], things, err);
    if (!s)
        s = gpkg_run_write(f, q->pairs, q->pair_count, err);
    return s ? s : gpkg_styles_write(f, q, err);
}

static status file_write(const gpkg_request *q, const parcel_content *things, error *err)
{
    gpkg_file f = {.set = NULL};
    error late;
    status s = file_begin(&f, q, err);
    if (!s)
        s = layers_write(&f, q, things, err);
    status closed = file_end(&f, s ? &late : err);
    gdal_session_end(&f.gdal);
    s = s ? s : closed;
    return s ? s : gpkg_schema_write(q->path, q, things, err);
}

static status gpkg_run(const worker_message *message, worker_reply *reply, error *err)
{
    parcel_content things;
    gpkg_request q;
    arena *memory = NULL;
    status s = parcel_open(message, &things, err);
    if (!s)
        s = arena_new(&memory, err);
    if (!s)
        s = gpkg_request_unpack(&things.body, memory, &q, err);
    if (!s)
        s = file_write(&q, &things, err);
    if (!s)
        s = worker_reply_bytes(reply, "", 0, err);
    arena_free(memory);
    parcel_content_clear(&things);
    return s;
}

const worker_job gpkg_job = {.name = "gpkg", .run = gpkg_run};
