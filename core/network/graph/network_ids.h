/* network/graph/network_ids.h: from ids of the source to nodes. Immutable; [any thread] once made.
 */
#ifndef NETWORK_IDS_H
#define NETWORK_IDS_H

#include "network/graph/network.h"

/* Four bytes a node, made when wanted; `n` must outlive it. */
typedef struct network_ids network_ids;
MUST_CHECK status network_ids_new(network_ids **out, const network *n, error *err);
void network_ids_free(network_ids *ids); /* takes NULL */
/* The nodes of an id, ascending, borrowed: several for a junction that is split, none (*count 0)
 * for an id that the network has not. */
const uint32_t *network_ids_find(const network_ids *ids, int64_t id, size_t *count);
/* The one of them where a trip may begin and end; NETWORK_NONE: none. */
uint32_t network_ids_trips(const network_ids *ids, int64_t id);

#endif
