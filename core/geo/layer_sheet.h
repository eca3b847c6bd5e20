/* geo/layer_sheet.h: where the header of a sheet is, among titles, notes and long labels (quirk
 * 41). For this room only; inside the worker. */
#ifndef GEO_LAYER_SHEET_H
#define GEO_LAYER_SHEET_H

#include <gdal.h>

#include "base/error.h"

typedef struct sheet_shape {
    uint64_t header_row; /* 1-based line of the sheet; 0: the sheet is empty */
    int column_count;    /* of GDAL's layer */
    uint8_t *used;       /* whether a column has any value; owned */
} sheet_shape;

/* `wanted_row` 0: the first row that fills every used column with distinct texts; when the row
 * below it does so too with INSEE identifiers (CODGEO, LIBGEO...), that row. */
MUST_CHECK status sheet_shape_find(sheet_shape *out, OGRLayerH sheet, uint64_t wanted_row,
                                   error *err);
void sheet_shape_clear(sheet_shape *s);

#endif
