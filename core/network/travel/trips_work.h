/* network/travel/trips_work.h: what the two kinds of trips share. Private to trips_*.c. */
#ifndef NETWORK_TRIPS_WORK_H
#define NETWORK_TRIPS_WORK_H

#include <stdatomic.h>

#include "base/ordered_output.h"
#include "network/travel/trip_rows.h"
#include "network/travel/trips.h"

enum { PAIRS_PER_PART = 1 << 14 };

struct trips {
    trips_request request;
    trips_plan plan;
    trip_rows rows;
    /* Points that have a node, as the search takes them. */
    uint32_t *from, *to;
    uint32_t *from_row, *to_row; /* their place in the list */
    size_t from_count, to_count;
    uint32_t *walk;         /* of each from-node, time units; NULL: no walks */
    uint32_t limit;         /* of the drive alone, the loosest; TABLE_UNBOUNDED: none */
    bool none;              /* no pair can be within the limit */
    progress quiet;         /* the caller's cancel flag, without its bar */
    ordered_output *output; /* while running; NULL without a file */
    atomic_ullong done;     /* pairs looked at */
    _Atomic uint64_t pairs, time;
};

int trips_threads(const trips *t);
static inline size_t trips_room(const trips *t)
{
    return t->request.room > 0 ? t->request.room : TRIPS_ROOM;
}
/* Of the rows that wait for their turn; beyond, they wait on the disk. Costs that were all there
 * before their rows leave nearly in order. */
size_t trips_rows_room(const trips *t);
/* The drive, both walks: within the limit? */
static inline bool trips_within(const trips *t, uint64_t time)
{
    return time <= t->request.limit;
}
/* Looked at between columns: millions of rows take a while to print. trips_run then says so. */
static inline bool trips_stopped(const trips *t)
{
    return t->request.progress && progress_cancelled(t->request.progress);
}
void trips_count(trips *t, uint64_t looked_at, uint64_t pairs, uint64_t time);

typedef struct trip_sums {
    uint64_t pairs, time;
} trip_sums;
/* The row of a trip between two of the request's nodes, if it is within the limit; returns where
 * the next row begins. */
char *trips_write(const trips *t, size_t from, size_t to, road_cost drive, char *at,
                  trip_sums *sums);
/* Gives a text (of memory_new, of which `size` bytes serve; taken) to the output. */
MUST_CHECK status trips_put(trips *t, size_t part, size_t parts, char *text, size_t size,
                            error *err);

MUST_CHECK status trips_table_prepare(trips *t, error *err);
MUST_CHECK status trips_table_run(trips *t, error *err);
size_t trips_table_parts(const trips *t);
/* Without a limit, into a file. */
static inline bool trips_is_dense(const trips *t)
{
    return t->request.path && t->limit == TABLE_UNBOUNDED;
}
MUST_CHECK status trips_dense_run(trips *t, const table_request *r, error *err);
size_t trips_dense_parts(const trips *t);
uint64_t trips_dense_memory(const trips *t);
MUST_CHECK status trips_pairs_prepare(trips *t, error *err);
MUST_CHECK status trips_pairs_run(trips *t, error *err);
size_t trips_pairs_parts(const trips *t);

#endif
