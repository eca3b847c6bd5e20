/* geo/json_scan.h: whether a text is strict JSON that may be given to a third-party reader.
 *
 * GDAL accepts NaN, Infinity and 1e999, and recurses; this does neither: RFC 8259, UTF-8, at most
 * JSON_MAX_DEPTH levels, finite numbers. For this room only; no allocation, no recursion. */
#ifndef GEO_JSON_SCAN_H
#define GEO_JSON_SCAN_H

#include "base/error.h"

enum { JSON_MAX_DEPTH = 64 };

/* Refuses (STATUS_INPUT) with the line and column (in bytes) of the first fault. */
MUST_CHECK status json_scan(const char *bytes, size_t size, const char *file, faults *faults_list);

#endif
