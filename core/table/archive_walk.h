/* table/archive_walk.h: the files of an archive (.tar, .tar.xz, .zip, .7z...), one after the other.
 * For looking into it; readers open one member with table/archive.h. */
#ifndef TABLE_ARCHIVE_WALK_H
#define TABLE_ARCHIVE_WALK_H

#include <stdint.h>

#include "base/error.h"

typedef struct archive_walk archive_walk;
MUST_CHECK status archive_walk_open(archive_walk **out, const char *path, error *err);
void archive_walk_close(archive_walk *w);
/* The next regular file: its name in UTF-8, borrowed until the next call; NULL at the end. */
MUST_CHECK status archive_walk_next(archive_walk *w, const char **name, error *err);
/* Writes the current file to `path`, which must not exist; at most `max_bytes`. */
MUST_CHECK status archive_walk_save(archive_walk *w, const char *path, uint64_t max_bytes,
                                    error *err);

#endif
