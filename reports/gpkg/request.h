/* reports/gpkg/request.h: what the program asks of the worker. Private to this room. */
#ifndef REPORTS_GPKG_REQUEST_H
#define REPORTS_GPKG_REQUEST_H

#include "engine/results/results.h"
#include "reports/parcel/parcel.h"

enum { GPKG_PLAIN = 0, GPKG_POINTS = 1, GPKG_OUTLINES = 2, GPKG_LINES = 3 };
#define GPKG_NO_SHAPE UINT64_MAX

/* One layer: rows of a table and a geometry a row. Coordinates are in the CRS of the file; a row
 * whose coordinates are not finite has no geometry. */
typedef struct gpkg_layer {
    const char *name, *title;
    uint64_t rows; /* number in the parcel */
    uint64_t geometry;
    uint64_t shape;          /* number in the parcel; GPKG_OUTLINES */
    const double *x, *y;     /* GPKG_POINTS; the first end of GPKG_LINES */
    const double *x_b, *y_b; /* the other end */
    size_t point_count;
} gpkg_layer;

typedef struct gpkg_style {
    const char *layer, *name, *qml, *description;
    bool is_default;
} gpkg_style;

typedef struct gpkg_pair {
    const char *key, *value;
} gpkg_pair;

typedef struct gpkg_request {
    const char *path, *date; /* date: ISO, of every time stamp in the file */
    int32_t epsg;
    language lang;
    const gpkg_layer *layers;
    size_t layer_count;
    const gpkg_style *styles;
    size_t style_count;
    const gpkg_pair *pairs; /* of the layer `run` */
    size_t pair_count;
} gpkg_request;

void gpkg_request_pack(const gpkg_request *q, pack_writer *w);
/* Texts and coordinates borrow the message; lists are in `memory`. */
MUST_CHECK status gpkg_request_unpack(pack_reader *r, arena *memory, gpkg_request *out, error *err);

#endif
