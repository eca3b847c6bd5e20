/* network/graph/node_order.h: nodes in the order of a Hilbert curve, so that neighbours on the
 * ground are neighbours in memory. For this floor only. */
#ifndef NETWORK_NODE_ORDER_H
#define NETWORK_NODE_ORDER_H

#include "base/error.h"

/* order[count]: nodes along the curve over their box, ties by number. */
MUST_CHECK status node_order(uint32_t *order, const int32_t *x, const int32_t *y, size_t count,
                             int threads, error *err);

#endif
