/* engine/travel/network_cache.h: networks built out of files, kept for the next runs. Private to
 * the room.
 *
 * One file a network, named by the digest of all that decides its bytes: the files it is made of,
 * the options, the version of the format and of the program; beside it, what was said while it was
 * built. Both are complete or absent; a damaged one is made again; two runs that make the same one
 * at the same time write the same bytes, and the last one stays. */
#ifndef ENGINE_NETWORK_CACHE_H
#define ENGINE_NETWORK_CACHE_H

#include "base/progress.h"
#include "engine/scenario/scenario.h"
#include "network/build/network_build.h"

/* The name of the network in the folder; `path` NULL: none. Digests the files. */
MUST_CHECK status network_cache_name(const char *folder, const network_request *r, arena *memory,
                                     const char **path, error *err);
/* *out NULL: it is not there. Damaged: told to `asides`, and not there. What was said while it was
 * built is added to the list, of the file `source`. */
MUST_CHECK status network_cache_find(const char *path, const char *source, const network_request *r,
                                     network **out, faults *asides, faults *faults_list);
/* Whether a run would have to make it again. */
MUST_CHECK status network_cache_look(const char *path, int threads, progress *progress,
                                     bool *damaged, error *err);
/* Builds it there and opens it; *out NULL: the folder cannot be written, told to `asides`. */
MUST_CHECK status network_cache_make(const char *folder, const char *path, const network_request *r,
                                     const network_outlook *outlook, network **out, faults *asides,
                                     faults *faults_list);

#endif
