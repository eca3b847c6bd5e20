/* network/build/osm_tags.h: the tags of one object of osm_roads, as a profile looks them up. */
#ifndef NETWORK_OSM_TAGS_H
#define NETWORK_OSM_TAGS_H

#include "network/build/road_profile.h"
#include "network/source/osm_roads.h"

typedef struct tag_range {
    const osm_roads *roads;
    const uint32_t *key, *value;
    size_t count;
} tag_range;

const char *tag_range_value(const void *range, const char *key);
static inline road_tags tags_in(const tag_range *range)
{
    return (road_tags){.value = tag_range_value, .context = range};
}
static inline tag_range tags_of_way(const osm_roads *r, size_t way)
{
    const size_t begin = (size_t)r->way_tag_start[way], end = (size_t)r->way_tag_start[way + 1];
    return (tag_range){.roads = r,
                       .key = r->way_tag_key + begin,
                       .value = r->way_tag_value + begin,
                       .count = end - begin};
}
static inline tag_range tags_of_turn(const osm_roads *r, size_t turn)
{
    const size_t begin = (size_t)r->turn_tag_start[turn], end = (size_t)r->turn_tag_start[turn + 1];
    return (tag_range){.roads = r,
                       .key = r->turn_tag_key + begin,
                       .value = r->turn_tag_value + begin,
                       .count = end - begin};
}
/* The tags that begin at `*at` and belong to one node, which *node says; *at moves past them. */
static inline tag_range tags_of_next_node(const osm_roads *r, size_t *at, uint32_t *node)
{
    const size_t begin = *at, total = (size_t)r->counts.node_tags;
    *node = r->node_tag_node[begin];
    while (*at < total && r->node_tag_node[*at] == *node)
        ++*at;
    return (tag_range){.roads = r,
                       .key = r->node_tag_key + begin,
                       .value = r->node_tag_value + begin,
                       .count = *at - begin};
}

#endif
