/* network/search/tables.h: costs from many nodes to many nodes; the same integers whatever the
 * method (docs/decisions/028). */
#ifndef NETWORK_TABLES_H
#define NETWORK_TABLES_H

#include "base/progress.h"
#include "network/graph/network.h"
#include "network/search/lanes_level.h"

#define TABLE_UNBOUNDED UINT32_MAX
enum { TABLE_BATCH = 16 }; /* to-nodes handed over together: a block of venues */

typedef enum table_method {
    METHOD_SEARCH = 0,    /* a search against the traffic from each to-node, cut at the limit */
    METHOD_CUT_SWEEP = 1, /* the sweep, of what lies within the limit of some to-node of a batch */
    METHOD_SWEEP = 2      /* one sweep down the part of the hierarchy that the from-nodes see */
} table_method;

typedef struct table_request {
    const network *network;
    const uint32_t *from, *to; /* nodes; NETWORK_NONE: a point off the network, reaches nothing */
    size_t from_count, to_count;
    uint32_t limit;     /* time units, inclusive; TABLE_UNBOUNDED: none */
    bool times_only;    /* columns of times in place of costs */
    lanes_level level;  /* LANES_BEST, unless a test asks for less */
    int threads;        /* 0: as many as the machine gives */
    progress *progress; /* may be NULL; its cancel flag ends the work within a second */
} table_request;

/* Any number of points up to 2^32 - 2 on each side; a node may stand there several times. Paths of
 * up to 2^32 - 2 time units are exact, what is farther counts as out of reach. */

/* Costs to one to-node. */
typedef struct cost_column {
    size_t to;             /* index in the request */
    size_t count;          /* entries */
    const uint32_t *from;  /* indices in the request, ascending, within the limit; NULL (without a
                              limit): every one, count = from_count */
    const road_cost *cost; /* ROAD_COST_NONE: no path; NULL when times_only */
    const uint32_t *time;  /* UINT32_MAX: no path; NULL otherwise */
} cost_column;
/* Takes up to TABLE_BATCH columns, ascending by `to`; borrowed until it returns. Each to-node comes
 * once, in batches along the curve: neighbours together, at whatever moment. [any thread] */
typedef status (*table_sink)(void *context, const cost_column *columns, size_t count, error *err);

/* The method for a request, by the rule of docs/decisions/028; *why says it in a few words
 * ("hierarchy, limit"), for the manifest. Any method may be asked for: without a hierarchy each of
 * them is METHOD_SEARCH, without a limit METHOD_CUT_SWEEP is METHOD_SWEEP; the same costs. */
table_method table_method_for(const table_request *r, const char **why);
/* What the request will take beside the network, bytes: a bound, stated before the work. With a
 * hierarchy it looks at what the points see of it (a tenth of a second for ten million nodes). */
uint64_t table_memory(const table_request *r, table_method method);
MUST_CHECK status table_run(const table_request *r, table_method method, table_sink sink,
                            void *context, error *err);

/* Costs of pairs, without the table: cost[i] from `from[i]` to `to[i]` (ROAD_COST_NONE: no path).
 * With the hierarchy when the network has one, else a search for each distinct to-node. */
typedef struct pairs_request {
    const network *network;
    const uint32_t *from, *to; /* NETWORK_NONE: no path */
    size_t count;
    int threads;
    lanes_level level;
    progress *progress;
} pairs_request;
uint64_t pairs_memory(const pairs_request *r);
MUST_CHECK status pairs_run(const pairs_request *r, road_cost *cost, error *err);

#endif
