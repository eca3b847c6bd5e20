/* network/source/road_filter.h: what is kept of a file: ways and tags that the rules of a profile
 * read; the rest is dropped where it is read. */
#ifndef NETWORK_ROAD_FILTER_H
#define NETWORK_ROAD_FILTER_H

#include "base/hash.h"
#include "network/source/pbf.h"

typedef struct road_filter road_filter;
/* `wanted` NULL: ways with a highway key and the tags that any profile reads. Immutable; [any
 * thread]. */
MUST_CHECK status road_filter_new(road_filter **out, const road_wanted *wanted, error *err);
void road_filter_free(road_filter *f); /* takes NULL */

/* Whether a tag of a node or way is kept. */
bool road_filter_key(const road_filter *f, text_slice key);
/* Whether this tag makes its way one to keep. */
bool road_filter_way(const road_filter *f, text_slice key, text_slice value);
/* What was wanted, as one number: a network is built of roads read for its profile alone. */
uint64_t road_wanted_hash(const road_wanted *wanted);

/* Whether a tag of a turn restriction is kept: restriction, restriction:*, except. */
bool road_filter_turn(text_slice key);

#endif
