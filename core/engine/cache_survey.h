/* engine/cache_survey.h: what lies in the cache folder, and what of it may go.
 *
 * Only files that bassin made are seen: jobs/<2 digits>/<64 digits>.job (store/job_store.h),
 * networks/<64 digits>.net and its notes (travel/network_cache.h), and what an interrupted writing
 * left of them. Links are never followed. */
#ifndef ENGINE_CACHE_SURVEY_H
#define ENGINE_CACHE_SURVEY_H

#include "base/memory.h"
#include "base/progress.h"

typedef enum cache_kind {
    CACHE_JOB,
    CACHE_NETWORK,
    CACHE_LEFTOVER, /* of an interrupted writing */
} cache_kind;

typedef struct cache_entry {
    cache_kind kind;
    const char *path;   /* of a network: the .net */
    const char *plugin; /* of a job; "": cannot be read */
    uint64_t bytes;     /* on disk, with the notes of a network */
    int64_t used_s;     /* last use, seconds since 1970 */
    bool begun;         /* a job that is not finished */
    bool damaged;       /* a part of it is cut or damaged: it will be computed again */
} cache_entry;

typedef struct cache_survey {
    const char *folder; /* NULL: there is none */
    cache_entry *entries;
    size_t count, capacity;
    arena *memory;
} cache_survey;

/* `folder` NULL: the user's own. `shown`: every byte is read and checked; NULL: names, sizes and
 * days alone. A folder that is not there has nothing in it. */
MUST_CHECK status cache_survey_read(cache_survey *out, const char *folder, int threads,
                                    progress *shown, error *err);
void cache_survey_clear(cache_survey *s);

typedef struct cache_rule {
    bool all;
    int64_t before_s;   /* what was last used before goes; INT64_MIN: nothing for its age */
    uint64_t max_bytes; /* the oldest go until the rest is no more; UINT64_MAX: no bound */
    int64_t now_s;
} cache_rule;
typedef struct cache_pruned {
    size_t removed, held; /* held: another process writes it */
    uint64_t bytes;
} cache_pruned;
/* Removes what the rule says; a leftover goes once it is a day old. A file that cannot be removed
 * is STATUS_ENVIRONMENT, after the others. */
MUST_CHECK status cache_prune(const cache_survey *s, const cache_rule *rule, cache_pruned *out,
                              error *err);

#endif
