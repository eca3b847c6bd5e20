/* network/source/pbf_part.h: what one blob gives, before the blobs are joined in the order of the
 * file.
 *
 * First pass (roads): highway ways with the tags that a profile reads, turn restrictions, the
 * number of nodes. Second pass (positions): the nodes that those ways use. */
#ifndef NETWORK_PBF_PART_H
#define NETWORK_PBF_PART_H

#include "base/hash.h"
#include "osm/pbf_blob.h"

typedef struct part_way {
    int64_t id;
    size_t ref_end, tag_end; /* in the part's refs and tags */
} part_way;
typedef struct part_tag {
    uint32_t key, value;
} part_tag; /* the part's words */
typedef struct part_restriction {
    int64_t from, via, to;
    uint32_t kind;
} part_restriction;
typedef struct part_node {
    uint32_t index; /* in the ids wanted */
    uint32_t tag_count;
    double lon, lat;
} part_node;

typedef struct pbf_part {
    interner *words;
    part_way *ways;
    int64_t *refs;
    part_tag *tags; /* of ways (first pass) or of nodes (second pass) */
    part_restriction *restrictions;
    part_node *nodes;
    size_t way_count, ref_count, tag_count, restriction_count, node_count;
    size_t way_capacity, ref_capacity, tag_capacity, restriction_capacity, node_capacity;
    uint64_t nodes_seen, via_ways;
} pbf_part;
void pbf_part_clear(pbf_part *part);

/* [any thread] `bytes` is the whole file. */
MUST_CHECK status pbf_part_roads(pbf_part *part, const char *bytes, const pbf_frame *frame,
                                 error *err);
/* `wanted`: ascending node ids. */
MUST_CHECK status pbf_part_positions(pbf_part *part, const char *bytes, const pbf_frame *frame,
                                     const int64_t *wanted, size_t wanted_count, error *err);

#endif
