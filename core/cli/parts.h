/* cli/parts.h: the importers, report writers and worker jobs that this program is made of. */
#ifndef CLI_PARTS_H
#define CLI_PARTS_H

#include "engine/run.h"

enum { PARTS_JOBS_MAX = 8, PARTS_LIBRARIES_MAX = 8 };

const importer *const *parts_importers(void);    /* NULL-terminated */
const report_writer *const *parts_writers(void); /* NULL-terminated */
size_t parts_jobs(worker_job jobs[PARTS_JOBS_MAX]);
/* Libraries that only the reports use, for the manifest. */
size_t parts_libraries(library_version libraries[PARTS_LIBRARIES_MAX]);

#endif
