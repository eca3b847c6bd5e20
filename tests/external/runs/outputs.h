/* Looking into what a run wrote: zip members, GeoPackage rows, bytes of a file. */
#ifndef TESTS_EXTERNAL_RUNS_OUTPUTS_H
#define TESTS_EXTERNAL_RUNS_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

/* Occurrences of a text in a file; in the members of a zip whose name starts with `member`. */
size_t count_in_file(const char *path, const char *wanted);
size_t count_in_archive(const char *path, const char *member, const char *wanted);
/* Rows of the layer `venues`, and how many bear exactly that name. */
size_t gpkg_venues(const char *path, const char *name, size_t *named);
/* A control character other than a line end or a tab (or U+202E, U+200B and their like), which a
 * terminal would obey. */
bool has_control(const char *text);

#endif
