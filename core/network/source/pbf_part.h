/* network/source/pbf_part.h: the part of a network that one blob of an OSM PBF file holds. */
#ifndef NETWORK_PBF_PART_H
#define NETWORK_PBF_PART_H

#include "network/source/road_filter.h"
#include "network/source/road_part.h"
#include "osm/pbf_blob.h"

/* [any thread] `bytes` is the whole file. */
MUST_CHECK status pbf_part_roads(road_part *part, const road_filter *filter, const char *bytes,
                                 const pbf_frame *frame, error *err);
MUST_CHECK status pbf_part_positions(road_part *part, const road_filter *filter, const char *bytes,
                                     const pbf_frame *frame, road_ids wanted, error *err);

#endif
