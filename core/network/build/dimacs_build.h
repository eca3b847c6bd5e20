/* network/build/dimacs_build.h: from a DIMACS graph to the draft of a network.
 *
 * Times are the weights, in the file's own unit. Lengths are those of the straight lines between
 * the positions, in whole metres; without positions there are none. */
#ifndef NETWORK_DIMACS_BUILD_H
#define NETWORK_DIMACS_BUILD_H

#include "base/progress.h"
#include "network/graph/network.h"
#include "network/source/dimacs.h"

typedef struct dimacs_options {
    const char *path;
    const char *coordinates; /* .co; NULL: none */
    dimacs_unit coordinates_unit;
    uint32_t units_per_minute; /* of the weights: 60000 (ms), 600 (0.1 s), 60 (s) */
    int threads;               /* 0: as many as the machine gives; nothing depends on it */
} dimacs_options;

/* Reads the files. *out is cleared with road_draft_clear, also after a failure. `p` may be NULL. */
MUST_CHECK status dimacs_build(const dimacs_options *options, road_draft *out, progress *p,
                               faults *faults_list);
/* The same from a graph in memory, which is cleared. */
MUST_CHECK status dimacs_draft(dimacs_graph *g, const dimacs_options *options, road_draft *out,
                               progress *p, error *err);

#endif
