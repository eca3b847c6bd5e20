/* network/source/road_file.h: an OSM file (PBF or XML) read in a worker that can be lost: its
 * bytes are hostile. */
#ifndef NETWORK_ROAD_FILE_H
#define NETWORK_ROAD_FILE_H

#include "base/worker.h"
#include "network/source/osm_roads.h"

/* Through the job road_file_job of `z`; z NULL: in this process. `wanted` may be NULL. */
MUST_CHECK status road_file_load(zygote *z, const char *path, const road_wanted *wanted,
                                 int threads, osm_roads **out, faults *faults_list);
/* Several files as one (osm_roads_read_all). */
MUST_CHECK status road_files_load(zygote *z, const char *const *paths, size_t count,
                                  const road_wanted *wanted, int threads, osm_roads **out,
                                  faults *faults_list);

/* To hand to zygote_start. */
extern const worker_job road_file_job;

#endif
