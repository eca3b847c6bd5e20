/* base/files.h: reading files whole, and results that are complete or absent (RELIABILITY.md 3b).
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include "base/error.h"

/* A regular local file mapped read-only. Refuses folders, devices, pipes, and "/vsi..." or
 * "scheme://" paths with one sentence. An empty file has size 0 and at NULL. */
typedef struct file_view {
    const char *at;
    size_t size;
} file_view;
MUST_CHECK status file_map(const char *path, file_view *out, error *err);
void file_unmap(file_view *f);
/* The same file as a descriptor to send to a worker: its content without its name. */
MUST_CHECK status file_open(const char *path, int *fd, error *err);
/* [from, from + size) of a mapped file is not needed for now: its pages leave the process's memory,
 * and come back from the file when they are read again. */
void file_release(const char *from, size_t size);
MUST_CHECK status file_write_atomic(const char *path, const void *bytes, size_t size, error *err);
/* A file finished under another name of the same folder: synced, then renamed over `to`. */
MUST_CHECK status file_publish(const char *from, const char *to, error *err);
MUST_CHECK status folder_make(const char *path, error *err); /* with parents */
MUST_CHECK status folder_remove(const char *path,
                                error *err); /* the whole tree; never follows links */

/* A results folder in the making: written beside its final name, then swapped in whole. */
typedef struct publication publication;
/* Locks "<final>.lock" (STATUS_BUSY when held) and makes the empty staging folder "<final>.new-..."
 * . A final path that exists and is not a bassin results folder (no run.json) is refused. */
MUST_CHECK status publication_begin(publication **out, const char *final_path, error *err);
const char *publication_path(const publication *p); /* the staging folder */
/* Syncs every file and folder, then renames (first) or exchanges and removes the old tree. */
MUST_CHECK status publication_commit(publication *p, error *err);
/* Removes the staging folder unless committed; takes NULL. */
void publication_free(publication *p);

#endif
