/* network/travel/trip_ends.h: the points where trips begin or end, read from a list of theirs and
 * placed on a network.
 *
 * A list has a column `id` and one way of placing: `node` (an id of the network's source; no walk),
 * else `lon` and `lat` (degrees), or `x` and `y` (metres) for a network drawn in a plane. Points
 * are kept in the order of the file. */
#ifndef NETWORK_TRIP_ENDS_H
#define NETWORK_TRIP_ENDS_H

#include "base/text.h"
#include "network/graph/network.h"

typedef struct trip_ends {
    struct table *rows;
    size_t count;
    const uint32_t *word;  /* of each point's id */
    uint64_t *label_start; /* of each word: its text in CSV, quoted where needed */
    char *labels;
    size_t label_max;  /* bytes of the longest */
    uint32_t *node;    /* NETWORK_NONE: no node */
    uint32_t *walk_m;  /* to the node, whole metres; 0 without a node */
    uint32_t *walk;    /* the same, time units */
    bool walks;        /* placed by coordinates */
    size_t far, split; /* no node: out of the network's reach; a junction with forbidden turns */
    uint32_t walk_max_m;
    double walk_mean_m; /* of those placed */
} trip_ends;

typedef struct trip_ends_options {
    const char *path;
    const network *network;
    bool ids_repeat; /* pairs: the row is the trip, its id names the point */
    int threads;
} trip_ends_options;

/* Every fault at once, with line and column: a missing or repeated id, a coordinate out of range,
 * an id that the network does not have. The first points without a node are warned of by line.
 * `out` is cleared with trip_ends_clear, also after a failure. */
MUST_CHECK status trip_ends_read(const trip_ends_options *options, trip_ends *out,
                                 faults *faults_list);
void trip_ends_clear(trip_ends *e);

static inline text_slice trip_label(const trip_ends *e, size_t i)
{
    const uint64_t *start = &e->label_start[e->word[i]];
    return text_slice_of(e->labels + start[0], (size_t)(start[1] - start[0]));
}

#endif
