/* engine/plugin/job_store.h: finished work of jobs on disk, found again by content. Private to the
 * engine.
 *
 * The key of a job is the digest of all that decides its bytes: the plugin, its parameters, the
 * seed, every array that it sees, the program, the level of the processor. One file a job:
 *   <folder>/jobs/<first two digits>/<key>.job
 * A file is a row of records, each with its length and its checksum: ranges of blocks as they
 * finish, then the whole result. A record that is cut or damaged is not there; what it held is
 * computed again. One process writes a file at a time, others read what is whole. */
#ifndef ENGINE_PLUGIN_JOB_STORE_H
#define ENGINE_PLUGIN_JOB_STORE_H

#include "engine/plugin/job.h"

typedef struct job_store job_store;
/* `folder` NULL: no store, *out NULL. `writes` false: only looks. */
MUST_CHECK status job_store_new(const char *folder, bool writes, job_store **out, error *err);
void job_store_free(job_store *s); /* takes NULL */

#endif
