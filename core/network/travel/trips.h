/* network/travel/trips.h: travel costs alone: a table of all from-points by all to-points, or pairs
 * of them row by row; written as CSV in a fixed order, summed, or both.
 *
 * Rows of a table: for each to-point in the order of its list, the from-points in the order of
 * theirs; those without a path, or beyond the limit, have no row. Pairs: one row each, in order,
 * with empty minutes and km where there is no path within the limit. The bytes do not depend on
 * threads, method or processor. */
#ifndef NETWORK_TRIPS_H
#define NETWORK_TRIPS_H

#include "network/search/tables.h"
#include "network/travel/trip_ends.h"

#define TRIPS_UNLIMITED UINT64_MAX
enum { TRIPS_ROOM = 256 << 20 };

typedef struct trips_request {
    const network *network;
    const trip_ends *from, *to;
    uint64_t limit;    /* time units, inclusive, on drive and walks; TRIPS_UNLIMITED: none */
    bool pairs;        /* row i of `from` to row i of `to`: as many in both */
    const char *path;  /* CSV to write, "-" for standard output; NULL: sums alone */
    int threads;       /* 0: as many as the machine gives */
    lanes_level level; /* LANES_BEST, unless a test asks for less */
    size_t room;       /* bytes of costs and rows that may wait for their turn; 0: TRIPS_ROOM */
    progress *progress;
} trips_request;

/* What will be done, said before it is. */
typedef struct trips_plan {
    table_method method;
    const char *why;    /* as table_method_for says */
    uint64_t memory;    /* bytes beside the network and the lists: a bound */
    uint64_t pairs_max; /* as many rows at most */
} trips_plan;

typedef struct trips_totals {
    uint64_t pairs;   /* with a path within the limit */
    uint64_t time;    /* their sum, time units */
    uint64_t without; /* the other pairs */
} trips_totals;

/* What a request needs before and while it runs. */
typedef struct trips trips;
MUST_CHECK status trips_new(trips **out, const trips_request *request, error *err);
void trips_free(trips *t); /* takes NULL */
const trips_plan *trips_planned(const trips *t);
/* Once. The file is complete or absent; an earlier one is intact after a failure. */
MUST_CHECK status trips_run(trips *t, trips_totals *out, error *err);

#endif
