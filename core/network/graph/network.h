/* network/graph/network.h: a road network, immutable: made from a draft, written once as one file,
 * then mapped read-only by every process (docs/decisions/026).
 *
 * Nodes are numbered along a space-filling curve; arcs are kept by the node where they end, since
 * most searches run from a venue against the traffic. [any thread] once made. */
#ifndef NETWORK_NETWORK_H
#define NETWORK_NETWORK_H

#include "base/memory.h"
#include "base/progress.h"
#include "network/graph/hierarchy.h"
#include "network/graph/road_arcs.h"

#define NETWORK_NONE UINT32_MAX

/* Where nodes stand. */
typedef enum network_positions {
    POSITIONS_NONE = 0,    /* a DIMACS graph without coordinates: node ids alone */
    POSITIONS_DEGREES = 1, /* x, y: longitude and latitude in 1e-7 degrees (WGS 84) */
    POSITIONS_METRES = 2   /* x, y: metres in a plane */
} network_positions;

enum {
    NODE_MAIN = 1, /* of the largest strongly connected component */
    NODE_SPLIT = 2 /* one of several nodes of one junction, where turns are restricted */
};
/* A trip may begin and end at nodes of the main component that are not split. */
static inline bool node_takes_trips(uint8_t flags)
{
    return (flags & (NODE_MAIN | NODE_SPLIT)) == NODE_MAIN;
}

/* What the network was made of and how: "profile" "car", "ways_open" "1615"... Nothing of paths,
 * clock, host or threads. */
typedef struct network_fact {
    const char *key, *value;
} network_fact;

typedef struct network {
    uint32_t node_count, arc_count, way_count, word_count, fact_count;
    uint32_t units_per_minute; /* of times: 600 (0.1 s), 60 (s), 60000 (ms) */
    network_positions positions;
    bool lengths;           /* false: every length is 0, because nothing gives any */
    const int64_t *node_id; /* of the source; the nodes of a split junction share theirs */
    const int32_t *x, *y;   /* see positions; NULL without */
    const uint8_t *node_flags;
    road_arcs to;            /* the arcs that end in each node */
    const uint32_t *arc_way; /* parallel with to.link: a way, or NETWORK_NONE; NULL without ways */
    const int64_t *way_id;
    const uint32_t *way_name, *way_class; /* words: "Rue de la Paix", "residential"; word 0 is "" */
    const uint64_t *word_start;
    const char *word_bytes;
    const network_fact *facts;
    const road_hierarchy *hierarchy; /* NULL: not made */
    uint32_t component_count, main_size;
    struct network_store *store; /* owns all of the above */
} network;

static inline const char *network_word(const network *n, uint32_t word)
{
    return n->word_bytes + n->word_start[word];
}

/* Arrays of a hierarchy, each of memory_new. */
typedef struct hierarchy_arrays {
    uint32_t *position, *up_start, *down_start;
    road_link *up, *down;
} hierarchy_arrays;
/* Takes them: the network, which has none yet, answers with this hierarchy from now on. Before
 * others see the network. */
void network_take_hierarchy(network *n, const hierarchy_arrays *arrays);

/* --- making one --- */

typedef struct draft_arc {
    uint32_t from, to; /* nodes of the draft */
    uint32_t time, length_m;
    uint32_t way; /* NETWORK_NONE: none */
} draft_arc;

/* What a builder makes: nodes and arcs in any order (but the same one for the same file). All
 * memory is of memory_new, freed by road_draft_clear. */
typedef struct road_draft {
    size_t node_count, arc_count, way_count, word_count;
    size_t node_capacity, arc_capacity, way_capacity;
    int64_t *node_id;
    int32_t *x, *y;      /* NULL without positions */
    uint8_t *node_flags; /* NODE_SPLIT alone; NULL: none */
    draft_arc *arcs;
    int64_t *way_id;
    uint32_t *way_name, *way_class; /* words; word 0 is ""; NULL: no way has one */
    uint64_t *word_start;           /* word_count + 1; each text NUL-terminated */
    char *word_bytes;
    uint32_t units_per_minute;
    network_positions positions;
    bool lengths;
    arena *facts_memory;
    network_fact *facts;
    size_t fact_count, fact_capacity;
} road_draft;
void road_draft_clear(road_draft *d);
MUST_CHECK status road_draft_arc(road_draft *d, draft_arc arc, error *err);
MUST_CHECK status road_draft_fact(road_draft *d, error *err, const char *key, const char *format,
                                  ...) __attribute__((format(printf, 4, 5)));

/* Nodes along a Hilbert curve (without positions: in the order of the draft), arcs by the node
 * where they end, those of one node by the node where they begin, then time, length and way.
 * NODE_MAIN: the strongly connected component of most nodes, ties by the earliest node of the
 * draft. Takes what `d` holds, also when it fails. `p` may be NULL; its cancel flag ends the work
 * within a second. */
MUST_CHECK status network_make(network **out, road_draft *d, int threads, progress *p, error *err);
/* What a network of so many nodes and arcs, with positions and ways, takes in memory, and what the
 * making of one takes at its height, the draft included; words, names and facts come on top. */
uint64_t network_memory(uint64_t nodes, uint64_t arcs);
uint64_t network_make_memory(uint64_t nodes, uint64_t arcs);
void network_free(network *n); /* takes NULL */

/* Degrees of a node; only with POSITIONS_DEGREES. */
static inline double network_lon(const network *n, uint32_t node)
{
    return n->x[node] / 1e7;
}
static inline double network_lat(const network *n, uint32_t node)
{
    return n->y[node] / 1e7;
}

#endif
