/* network/search/hierarchy_arcs.h: the arcs of contracted nodes, gathered round by round, then
 * numbered by position. */
#ifndef NETWORK_HIERARCHY_ARCS_H
#define NETWORK_HIERARCHY_ARCS_H

#include "network/search/hierarchy_build.h"
#include "network/search/hierarchy_core.h"

/* Nodes in the order in which they were contracted; links name nodes of the network. */
typedef struct gathered_arcs {
    uint32_t node_count; /* contracted so far */
    uint32_t *node;
    uint32_t *up_end, *down_end; /* of each contracted node's links: where they stop */
    road_link *up, *down;
    size_t up_count, down_count, up_capacity, down_capacity;
} gathered_arcs;

MUST_CHECK status gathered_new(gathered_arcs *out, uint32_t node_count, error *err);
void gathered_clear(gathered_arcs *g); /* takes a zeroed one */
/* The chosen nodes of a core, with their arcs to the nodes that stay. */
MUST_CHECK status gathered_add(gathered_arcs *g, const core *c, error *err);
/* All nodes are contracted: the hierarchy. Empties `g`. `cancel` may be NULL. */
MUST_CHECK status gathered_finish(gathered_arcs *g, const atomic_int *cancel, hierarchy_store **out,
                                  error *err);

#endif
