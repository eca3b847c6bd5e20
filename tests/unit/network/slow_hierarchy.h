/* The slow reference of contraction hierarchies: nodes in a given order, every shortcut kept. */
#ifndef TESTS_SLOW_HIERARCHY_H
#define TESTS_SLOW_HIERARCHY_H

#include "network/graph/hierarchy.h"
#include "slow_search.h"

enum { SLOW_HIERARCHY_NODES = 400 };

/* order[nodes]: the nodes from the first contracted to the last. `twice`: every arc also stands
 * there a second time, dearer. Aborts without memory. */
void slow_hierarchy_build(road_hierarchy *out, uint32_t nodes, const slow_arc *arcs, size_t count,
                          const uint32_t *order, int twice);
void slow_hierarchy_clear(road_hierarchy *h);

#endif
