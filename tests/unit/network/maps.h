/* Small maps drawn in a test, written as OSM PBF and read back. */
#ifndef TEST_MAPS_H
#define TEST_MAPS_H

#include "network/source/osm_roads.h"
#include "network/source/pbf_write.h"
#include "network/build/road_build.h"

/* A list of faults; stops the test when memory is out. */
faults *map_faults(void);
/* The text of entry i, in English. */
const char *map_fault(const faults *list, size_t i);
/* Contents encoded, then parsed; the test fails when that fails. */
osm_roads *map_roads(const osm_contents *contents, osm_pbf_form form, int threads);
/* ... then built into a network. */
network *map_graph(const osm_contents *contents, road_build_facts *facts);
/* ... of roads read already. NULL when nothing is open. */
network *map_network(const osm_roads *roads, road_build_facts *facts, faults *list);
/* Index of a node in the graph by its OSM id; UINT32_MAX: absent. */
uint32_t map_node(const network *g, int64_t id);
/* Cost of the arc between two OSM nodes; ROAD_COST_NONE: none. */
road_cost map_arc(const network *g, int64_t from, int64_t to);

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
