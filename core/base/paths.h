/* base/paths.h: names beside a name, and making them safe on the disk; for what publishes files and
 * folders. */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/error.h"

enum { PATH_SUFFIX_DIGITS = 12, PATH_SUFFIX_BYTES = PATH_SUFFIX_DIGITS + 1 };

/* Twelve random hexadecimal digits: a name nobody else holds. */
void path_random_suffix(char out[PATH_SUFFIX_BYTES]);
/* Whether `name` is `base`, `mark`, then such a suffix and nothing more. */
bool path_has_suffix(const char *name, const char *base, const char *mark);

/* malloc'd: the folder that holds `path` ("." when it has no slash). NULL when out of memory. */
char *path_parent(const char *path);
/* Where the last component of `path` begins. */
const char *path_name(const char *path);

/* fsync of the folder that holds `path`: a rename in it then survives a power cut. */
MUST_CHECK status path_sync_parent(const char *path, error *err);
/* fsync of every file and folder of a tree, the root last. Links are left alone. */
MUST_CHECK status path_sync_tree(const char *path, error *err);

#endif
