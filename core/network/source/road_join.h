/* network/source/road_join.h: the parts of a file, joined in their order into osm_roads. */
#ifndef NETWORK_ROAD_JOIN_H
#define NETWORK_ROAD_JOIN_H

#include "network/source/osm_roads.h"
#include "network/source/road_part.h"

/* A file being read: its parts in order. */
typedef struct road_reading {
    size_t part_count;
    int threads;
    uint64_t wanted_hash;
    road_part *roads;     /* first pass */
    road_part *positions; /* second pass */
    int64_t *wanted;      /* ids of the nodes of the ways, ascending, distinct */
    size_t wanted_count;
} road_reading;
MUST_CHECK status road_reading_open(road_reading *r, size_t part_count, error *err);
void road_reading_close(road_reading *r);
static inline road_ids road_reading_ids(const road_reading *r)
{
    return (road_ids){.id = r->wanted, .count = r->wanted_count};
}

/* Of ways and restrictions with the same id, in any parts, keeps the first; after the first pass.
 */
MUST_CHECK status road_reading_distinct(road_reading *r, error *err);
/* Distinct ids of all way nodes, after that. */
MUST_CHECK status road_reading_wanted(road_reading *r, error *err);
/* After the second. */
MUST_CHECK status road_reading_join(const road_reading *r, osm_roads **out, error *err);

#endif
