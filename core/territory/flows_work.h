/* territory/flows_work.h: flows while they are built: base pairs, and cells of the detail. For this
 * room only. */
#ifndef TERRITORY_FLOWS_WORK_H
#define TERRITORY_FLOWS_WORK_H

#include "base/hash.h"
#include "territory/flows.h"

enum { CS_COUNT = 7, SHARE_CELLS = COMMUTE_MODE_COUNT * CS_COUNT };

/* One row of a file whose residence is a place. mode and cs are 0 in the base file. */
typedef struct flow_cell {
    uint32_t o;
    uint32_t work; /* interned work code; its rank by bytes once ranked */
    uint32_t j;    /* place, or WORK_OUTSIDE */
    uint32_t mode, cs;
    uint32_t row;
    double workers, variance; /* variance < 0: not told */
} flow_cell;

typedef struct flow_cells {
    flow_cell *at;
    size_t count;
    double read; /* persons in the file */
} flow_cells;

/* One row of the flows made. */
typedef struct flow_row {
    flow_cell cell;
    double crow_km;
    share_source shares;
} flow_row;

typedef struct flows_work {
    const territory *t;
    const flows_inputs *in;
    ledger *balance;
    faults *list;
    arena *scratch;
    interner *codes;      /* of work places */
    const char **by_rank; /* work code of each rank */
    code_index *foreign;  /* of the work places abroad; NULL: none given */
    flow_cells base, detail;
    flow_row *made;
    size_t made_count, made_capacity;
    size_t pairs_of[SHARES_ASSUMED + 1]; /* pairs by source of their shares */
} flows_work;

/* Order: residence, work code, mode, occupation, then what makes sums independent of the file's
 * order. */
int compare_flow_cells(const void *a, const void *b);
/* Base pairs take the shares of the detail; fills w->made. */
MUST_CHECK status flows_share(flows_work *w);
static inline bool same_pair(const flow_cell *a, const flow_cell *b)
{
    return a->o == b->o && a->work == b->work;
}

#endif
