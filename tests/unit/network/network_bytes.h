/* Network files in memory, to be spoilt. */
#ifndef TEST_NETWORK_BYTES_H
#define TEST_NETWORK_BYTES_H

#include "network/graph/hierarchy.h"

/* A hierarchy in shape alone, not of any network: every node has an arc up and one down. */
typedef struct test_hierarchy {
    road_hierarchy hierarchy;
    uint32_t *position, *start;
    road_link *link;
} test_hierarchy;
test_hierarchy test_hierarchy_of(uint32_t nodes);
void test_hierarchy_clear(test_hierarchy *h);

/* A file of 12 nodes and 30 arcs, with ways, words, facts and a hierarchy; on a cache line, freed
 * with free(). */
char *network_bytes_small(size_t *size);
char *network_bytes_copy(const char *bytes, size_t size);

#endif
