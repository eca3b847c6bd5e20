/* network/source/road_format.h: the formats of OSM files: what parts a file has, and what a pass
 * over it gives them. */
#ifndef NETWORK_ROAD_FORMAT_H
#define NETWORK_ROAD_FORMAT_H

#include "network/source/road_filter.h"
#include "network/source/road_join.h"
#include "osm/pbf_blob.h"

/* A file being read; its parts are first_part .. first_part + part_count - 1 of the reading. */
typedef struct road_source {
    const osm_text *text;
    bool xml;
    pbf_frame *frames; /* of PBF: one a part; freed by the caller */
    size_t first_part, part_count;
    uint64_t line, column; /* of XML: where the text is at fault; 0 else */
} road_source;

typedef enum road_pass { PASS_ROADS, PASS_POSITIONS } road_pass;

/* Finds the blobs of data, and judges the headers. */
MUST_CHECK status pbf_source_open(road_source *s, error *err);
MUST_CHECK status pbf_source_pass(const road_source *s, road_reading *r, const road_filter *filter,
                                  road_pass pass, error *err);

/* Whether the bytes are XML, plain or packed: one part. */
bool xml_source_is(const char *bytes, size_t size);
MUST_CHECK status xml_source_pass(road_source *s, road_reading *r, const road_filter *filter,
                                  road_pass pass, error *err);

#endif
