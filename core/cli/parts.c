#include "cli/parts.h"

#include "base/program.h"
#include "datasets/importers.h"
#include "engine/apart/plugin_worker.h"
#include "geo/layer.h"
#include "geo/parquet.h"
#include "network/source/road_file.h"
#ifdef BASSIN_HAS_GPKG
#include <sqlite3.h>

#include "reports/gpkg/gpkg.h"
#endif
#ifdef BASSIN_HAS_XLSX
#include <xlsxwriter.h>

#include "reports/xlsx/xlsx.h"
#endif
#ifdef BASSIN_HAS_HTML
#include "reports/html/html.h"
#endif
#ifdef BASSIN_HAS_MAPS
#include <cairo.h>
#include <pango/pango.h>

#include "reports/maps/maps.h"
#endif
#ifdef BASSIN_HAS_CSV
#include "reports/csv/csv.h"
#endif

const importer *const *parts_importers(void)
{
    return dataset_importers;
}

const report_writer *const *parts_writers(void)
{
    static const report_writer *const writers[] = {
#ifdef BASSIN_HAS_GPKG
        &gpkg_writer,
#endif
#ifdef BASSIN_HAS_XLSX
        &xlsx_writer,
#endif
#ifdef BASSIN_HAS_HTML
        &html_writer,
#endif
#ifdef BASSIN_HAS_MAPS
        &maps_writer,
#endif
#ifdef BASSIN_HAS_CSV
        &csv_writer,
#endif
        NULL,
    };
    return writers;
}

size_t parts_jobs(worker_job jobs[PARTS_JOBS_MAX])
{
    size_t count = 0;
    jobs[count++] = layer_job;
    jobs[count++] = parquet_job;
    jobs[count++] = road_file_job;
    jobs[count++] = program_job;
    jobs[count++] = plugin_worker_job;
#ifdef BASSIN_HAS_GPKG
    jobs[count++] = gpkg_job;
#endif
#ifdef BASSIN_HAS_XLSX
    jobs[count++] = xlsx_job;
#endif
    return count;
}

size_t parts_libraries(library_version libraries[PARTS_LIBRARIES_MAX])
{
    size_t count = 0;
    (void)libraries; /* a program without reports */
#ifdef BASSIN_HAS_GPKG
    libraries[count++] = (library_version){"sqlite", sqlite3_libversion()};
#endif
#ifdef BASSIN_HAS_XLSX
    libraries[count++] = (library_version){"libxlsxwriter", lxw_version()};
#endif
#ifdef BASSIN_HAS_MAPS
    libraries[count++] = (library_version){"cairo", cairo_version_string()};
    libraries[count++] = (library_version){"pango", pango_version_string()};
#endif
    return count;
}
