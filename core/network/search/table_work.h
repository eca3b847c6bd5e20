/* network/search/table_work.h: what the methods of a table share: the order of the to-nodes, the
 * columns of a thread, and how they are handed over. Private to this room. */
#ifndef NETWORK_TABLE_WORK_H
#define NETWORK_TABLE_WORK_H

#include "network/search/node_set.h"
#include "network/search/tables.h"

typedef struct table_work {
    const table_request *request;
    const atomic_int *cancel; /* may be NULL */
    table_sink sink;
    void *context;
    node_set from, to;
    uint32_t *order; /* to-nodes along the curve, each TABLE_BATCH of them ascending */
    atomic_size_t done;
} table_work;

MUST_CHECK status table_work_make(table_work *out, const table_request *r, table_sink sink,
                                  void *context, error *err);
void table_work_clear(table_work *w);
uint64_t table_work_memory(const table_request *r);

/* TABLE_BATCH columns, each with room for every from-node. [one thread at a time] */
typedef struct table_columns {
    void *value;    /* column c from entry c * stride on: uint32_t times or road_cost costs */
    uint32_t *from; /* with a limit; likewise */
    size_t stride;
    size_t count[TABLE_BATCH]; /* entries */
    uint64_t *bits;            /* one for each from-node, all 0 */
} table_columns;
MUST_CHECK status table_columns_make(table_columns *out, const table_request *r, error *err);
void table_columns_clear(table_columns *c);
uint64_t table_columns_memory(const table_request *r);
static inline uint32_t *table_times(const table_columns *c, size_t column)
{
    return (uint32_t *)c->value + column * c->stride;
}
static inline road_cost *table_costs(const table_columns *c, size_t column)
{
    return (road_cost *)c->value + column * c->stride;
}

/* The from-entries of a node, to be listed. */
void table_from_add(const table_work *w, table_columns *c, uint32_t rank);
/* Those added, ascending, into `list`; none is left. */
size_t table_from_list(const table_work *w, table_columns *c, uint32_t *list);
/* Hands over the columns of the to-nodes order[first] .. order[first + columns - 1]. */
MUST_CHECK status table_hand_over(table_work *w, const table_columns *c, size_t first,
                                  size_t columns, error *err);

/* The methods. */
MUST_CHECK status table_by_search(table_work *w, error *err);
MUST_CHECK status table_by_sweep(table_work *w, bool cut, error *err);
/* Of one thread's search, a bound. */
uint64_t table_search_memory(const network *n, bool times_only);

#endif
