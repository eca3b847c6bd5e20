/* geo/layer_reply.h: what goes to the layer worker and what comes back. For this room only. */
#ifndef GEO_LAYER_REPLY_H
#define GEO_LAYER_REPLY_H

#include "geo/layer.h"

typedef struct layer_reply {
    geometry_kind kind;
    int32_t epsg;
    table *cells;            /* NULL: refused, `found` says why */
    polygons *outlines;      /* GEOMETRY_POLYGON only */
    polylines *lines;        /* GEOMETRY_LINE only */
    const double *lon, *lat; /* GEOMETRY_POINT only: a value a row of cells */
    const char *name;        /* of the layer that was read */
    const char *fields;
    const char *const *layers;
    size_t layer_count;
    uint64_t header_row;
    const faults *found;
} layer_reply;

void layer_request_pack(const layer_options *options, pack_writer *w);
/* Texts are borrowed from the message. */
MUST_CHECK status layer_request_unpack(const worker_message *m, layer_options *out, error *err);
MUST_CHECK status layer_reply_pack(const layer_reply *r, worker_reply *out, error *err);
/* Fills `out` from an answer that is not believed; takes its descriptors. */
MUST_CHECK status layer_reply_unpack(worker_answer *a, layer *out, faults *faults_list, error *err);

#endif
