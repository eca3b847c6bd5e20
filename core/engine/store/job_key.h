/* engine/store/job_key.h: what decides the bytes of a job, as one digest. Private to the engine.
 *
 * SHA-256 of a text that names everything a bound job sees: the program and the level of the
 * processor, the plugin by its digest, mode, parameters in force, seed, language, and the digest of
 * every array (plugin_job.seen: what plan_bind does not show does not count). Titles and names that
 * only messages use are left out. Two jobs of one key leave the same bytes. */
#ifndef ENGINE_STORE_JOB_KEY_H
#define ENGINE_STORE_JOB_KEY_H

#include "engine/store/job_store.h"

MUST_CHECK status job_key_of(const plugin_job *job, job_store *store, sha256_hex *out, error *err);
/* What of the processor and of the C library decides the bits of a double: "x86_64 avx512 glibc
 * 2.36". */
const char *job_cpu_level(char *buffer, size_t size);

#endif
