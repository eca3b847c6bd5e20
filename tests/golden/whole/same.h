/* Whether two files tell the same, but for the hashes of the inputs that they carry (and the
 * fingerprint made of them). */
#ifndef TESTS_GOLDEN_SAME_H
#define TESTS_GOLDEN_SAME_H

#include <stdbool.h>

/* Texts byte for byte; a workbook member by member; a GeoPackage row by row, every table. Runs of
 * 12 hexadecimal digits and more count as equal. */
bool same_but_hashes(const char *a, const char *b);

#endif
