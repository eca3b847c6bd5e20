/* network/source/road_format.h: the formats of OSM files; each gives the parts of a reading, with
 * both passes done. */
#ifndef NETWORK_ROAD_FORMAT_H
#define NETWORK_ROAD_FORMAT_H

#include "network/source/road_filter.h"
#include "network/source/road_join.h"

MUST_CHECK status pbf_roads_read(road_reading *r, const char *bytes, size_t size,
                                 const road_filter *filter, int threads, error *err);

/* Whether the bytes are XML, plain or packed. */
bool xml_roads_are(const char *bytes, size_t size);
/* *line, *column: where the text is at fault, 0 when it is not the text. */
MUST_CHECK status xml_roads_read(road_reading *r, const char *bytes, size_t size,
                                 const road_filter *filter, uint64_t *line, uint64_t *column,
                                 error *err);

#endif
