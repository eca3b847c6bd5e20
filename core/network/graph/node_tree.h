/* network/graph/node_tree.h: the node nearest to a point, exact.
 *
 * Nodes follow a curve, so boxes over sixteen nodes in a row, sixteen such boxes, and so on make a
 * tree (a packed Hilbert R-tree: Kamel and Faloutsos 1994) without a copy of their positions: 1.7
 * bytes a node. Boxes of degrees are boxes of unit vectors, which know no pole and no date line. */
#ifndef NETWORK_NODE_TREE_H
#define NETWORK_NODE_TREE_H

#include "network/graph/network.h"

/* [any thread] once made; `n`, which must have positions, outlives it. */
typedef struct node_tree node_tree;
MUST_CHECK status node_tree_new(node_tree **out, const network *n, int threads, error *err);
void node_tree_free(node_tree *t);         /* takes NULL */
uint64_t node_tree_memory(uint64_t nodes); /* bytes */

/* The nearest node that takes trips (node_takes_trips), ties by id of the source, and its distance:
 * haversine_km times 1000 for x, y in degrees, Euclid's for x, y in metres of the plane.
 * NETWORK_NONE: no node takes trips. x, y: not NaN. */
uint32_t node_tree_nearest(const node_tree *t, double x, double y, double *m);

#endif
