/* network/source/pbf_join.h: the parts of all blobs, joined in the order of the file into
 * osm_roads. */
#ifndef NETWORK_PBF_JOIN_H
#define NETWORK_PBF_JOIN_H

#include "network/source/osm_roads.h"
#include "network/source/pbf_part.h"

/* The file being read. parts: one per data frame, in file order. */
typedef struct pbf_reading {
    const char *bytes;
    pbf_frame *frames; /* data frames */
    size_t frame_count;
    int threads;
    pbf_part *roads;     /* first pass */
    pbf_part *positions; /* second pass */
    int64_t *wanted;     /* ids of the nodes on highways, ascending, distinct */
    size_t wanted_count;
} pbf_reading;

/* Distinct ids of all way nodes. */
MUST_CHECK status pbf_wanted(pbf_reading *reading, error *err);
MUST_CHECK status pbf_join(const pbf_reading *reading, osm_roads **out, error *err);

#endif
