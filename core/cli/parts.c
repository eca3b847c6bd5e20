#include "cli/parts.h"

#include "datasets/importers.h"
#include "geo/layer.h"
#include "network/costs.h"
#ifdef BASSIN_HAS_GPKG
#include "reports/gpkg/gpkg.h"
#endif
#ifdef BASSIN_HAS_XLSX
#include "reports/xlsx/xlsx.h"
#endif
#ifdef BASSIN_HAS_HTML
#include "reports/html/html.h"
#endif
#ifdef BASSIN_HAS_MAPS
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
    jobs[count++] = road_file_job;
#ifdef BASSIN_HAS_XLSX
    jobs[count++] = xlsx_job;
#endif
    return count;
}
