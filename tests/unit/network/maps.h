/* Small maps drawn in a test, written as OSM PBF and read back. */
#ifndef TEST_MAPS_H
#define TEST_MAPS_H

#include "network/build/osm_build.h"
#include "network/source/osm_roads.h"
#include "network/source/pbf_write.h"

/* A list of faults; stops the test when memory is out. */
faults *map_faults(void);
/* The text of entry i, in English. */
const char *map_fault(const faults *list, size_t i);
/* A profile of datasets/reference: "car", "bike", "foot". */
#define MAP_PROFILE(name) BASSIN_SOURCE_DIR "/datasets/reference/profile_" name ".csv"
road_profile *map_profile(const char *path);

/* Bytes parsed, or a file read, with what the car's rules read. */
MUST_CHECK status map_parse(const char *bytes, size_t size, int threads, osm_roads **roads,
                            faults *list);
MUST_CHECK status map_read(const char *path, int threads, osm_roads **roads, faults *list);
/* Contents encoded, then parsed with what the car's rules read; the test fails when that fails. */
osm_roads *map_roads(const osm_contents *contents, osm_pbf_form form, int threads);
/* ... then built into a network for cars. */
network *map_graph(const osm_contents *contents, osm_build_facts *facts);
/* ... of roads read already. NULL when nothing is open. */
network *map_network(const osm_roads *roads, osm_build_facts *facts, faults *list);
/* Contents by the rules of any profile; `urban` may be NULL. */
network *map_graph_of(const osm_contents *contents, const road_profile *profile,
                      const polygons *urban, osm_build_facts *facts);
/* Index of a node in the graph by its OSM id; UINT32_MAX: absent. */
uint32_t map_node(const network *g, int64_t id);
/* Cost of the arc between two OSM nodes; ROAD_COST_NONE: none. */
road_cost map_arc(const network *g, int64_t from, int64_t to);
/* Text of a fact of the network, "" when it has none of that key. */
const char *map_fact(const network *g, const char *key);

/* A street grid: node ids 1 + row * columns + column, ways along rows then columns, all
 * residential, about 111 m apart in latitude. Freed with map_grid_clear. */
typedef struct map_grid {
    osm_node *nodes;
    osm_way *ways;
    int64_t *refs;
    osm_contents contents;
} map_grid;
map_grid map_grid_new(size_t columns, size_t rows);
void map_grid_clear(map_grid *g);

#endif
