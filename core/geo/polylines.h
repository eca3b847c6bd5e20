/* geo/polylines.h: lines of a layer as flat arrays, one multiline per row.
 *
 * Row r has parts part_start[r] .. part_start[r+1]; part p has points point_start[p] ..
 * point_start[p+1], in the order in which they were drawn, at least one. Rows without geometry have
 * no part. Immutable; mapped by any process. */
#ifndef GEO_POLYLINES_H
#define GEO_POLYLINES_H

#include "base/error.h"
#include "base/memory.h"

typedef struct polylines {
    size_t rows, parts, points;
    const uint64_t *part_start;  /* rows + 1 */
    const uint64_t *point_start; /* parts + 1 */
    const double *x, *y;         /* degrees (lon, lat) or metres: the holder says which */
    shared_memory memory;        /* owns the arrays: one position-independent block */
} polylines;

typedef struct polylines_builder polylines_builder; /* [one thread] */
MUST_CHECK status polylines_builder_new(polylines_builder **out, error *err);
void polylines_builder_free(polylines_builder *b); /* takes NULL */
/* In this order: row, part, points... */
MUST_CHECK status polylines_builder_row(polylines_builder *b, error *err);
MUST_CHECK status polylines_builder_part(polylines_builder *b, error *err);
MUST_CHECK status polylines_builder_point(polylines_builder *b, double x, double y, error *err);
MUST_CHECK status polylines_build(const polylines_builder *b, polylines **out, error *err);
/* Takes fd on success. Nothing of the block is believed before it is judged. */
MUST_CHECK status polylines_open(polylines **out, int fd, error *err);
void polylines_free(polylines *l); /* takes NULL */

#endif
