/* engine/store/job_store.h: finished work of jobs on disk, found again by content. Private to the
 * engine.
 *
 * The key of a job is the digest of all that decides its bytes (store/job_key.h). One file a job:
 *   <folder>/jobs/<first two digits>/<key>.job
 * A file is a row of records, each with its length and its checksums: ranges of blocks as they
 * finish; once the job is done, its result instead. A record that is cut or damaged is not there;
 * what it held is computed again. Nothing is synced: after a power cut, what is whole is believed
 * and nothing else. One process writes a file at a time, others read what is whole.
 *
 * A disk that is full or a folder that cannot be written stops the keeping, never the run. */
#ifndef ENGINE_STORE_JOB_STORE_H
#define ENGINE_STORE_JOB_STORE_H

#include "base/hash.h"
#include "engine/job/job.h"

typedef struct job_store job_store;
/* `folder` NULL: no store, *out NULL. `writes` false: only looks. `threads`: for digests. */
MUST_CHECK status job_store_new(const char *folder, bool writes, int threads, job_store **out,
                                error *err);
void job_store_free(job_store *s); /* takes NULL */
/* Digests end with STATUS_INTERRUPTED soon after `*cancel` is non-zero. `cancel` must outlive the
 * store. */
void job_store_cancel_on(job_store *s, const atomic_int *cancel);
const char *job_store_folder(const job_store *s);
/* [any thread] */
bool job_store_writes(job_store *s);
/* Why nothing more is kept; STATUS_OK: all is well. */
const error *job_store_trouble(const job_store *s);
/* The first cause stays, and nothing more is written. [any thread] */
void job_store_stop(job_store *s, const error *cause);
/* Something kept was damaged, and is computed again; how often that was so. [any thread] */
void job_store_damage(job_store *s);
size_t job_store_damaged(const job_store *s);

/* --- digests of arrays: a big one is digested once a run --- */

/* Arrays must stay as they are until the store dies. [one thread] */
MUST_CHECK status job_store_digest(job_store *s, const void *at, size_t bytes, sha256_hex *out,
                                   error *err);
/* The digest of the running program. */
MUST_CHECK status job_store_program(job_store *s, sha256_hex *out, error *err);

#endif
