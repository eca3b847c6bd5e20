/* engine/inputs/shares.h: the assumed national shares for flows that have no detail file. Private
 * to the room. */
#ifndef ENGINE_SHARES_H
#define ENGINE_SHARES_H

#include "territory/flows.h"

typedef struct assumed_shares {
    double mode[COMMUTE_MODE_COUNT]; /* sum 1 */
    double cs[7];                    /* index 1..6, sum 1 */
    double weight;                   /* mean census weight */
} assumed_shares;

/* From the rows share_mode_*, share_cs*, w_flow of the table of factors (datasets/reference). */
MUST_CHECK status assumed_shares_read(const char *path, assumed_shares *out, faults *faults_list);

#endif
