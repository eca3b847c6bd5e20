/* osm/features_part.h: what one blob gives of the features wanted. For this room only. */
#ifndef OSM_FEATURES_PART_H
#define OSM_FEATURES_PART_H

#include "osm/features.h"
#include "osm/pbf_blob.h"

typedef struct part_feature {
    osm_feature is;              /* texts in the part's memory */
    size_t ref_start, ref_count; /* of a way, in the part's refs */
} part_feature;

/* Where a wanted node is: the first mention in the file counts, whatever thread read it. */
typedef struct part_position {
    size_t index; /* in the ids wanted */
    double lon, lat;
} part_position;

typedef struct features_part {
    part_feature *items;
    int64_t *refs;
    part_position *positions; /* second pass */
    size_t count, ref_count, position_count, capacity, ref_capacity, position_capacity;
    int64_t first_node, last_node; /* the least and the greatest id of its nodes */
    bool has_nodes;
    size_t relations;
    arena *memory;
} features_part;
void features_part_clear(features_part *part);

/* [any thread] First pass. */
MUST_CHECK status features_part_find(features_part *part, const char *bytes, const pbf_frame *frame,
                                     const osm_query *query, error *err);
/* [any thread] Second pass: positions of the ids wanted (ascending, distinct) that the blob holds.
 */
MUST_CHECK status features_part_positions(features_part *part, const char *bytes,
                                          const pbf_frame *frame, const int64_t *wanted,
                                          size_t count, error *err);

#endif
