/* tests/unit/house/tree.h: the source files of the tree, for tests that read them. */
#ifndef TEST_HOUSE_TREE_H
#define TEST_HOUSE_TREE_H

#include "base/error.h"

/* Calls `visit` with the path from the root ("core/base/text.c") and the whole text of every
 * regular file under `folder` whose name ends with one of `ends` (NULL-terminated). */
typedef void (*tree_visit)(void *context, const char *path, const char *text);
void tree_walk(const char *root, const char *folder, const char *const *ends, tree_visit visit,
               void *context);

#endif
