/* network/build/line_work.h: one layer of lines on its way to a draft. Private to the room. */
#ifndef NETWORK_LINE_WORK_H
#define NETWORK_LINE_WORK_H

#include "base/hash.h"
#include "network/build/line_columns.h"
#include "network/build/line_join.h"

typedef struct line_work {
    const line_options *options;
    const layer *source;
    const progress *progress;
    line_columns columns;
    uint8_t *open;      /* by part */
    double *kmh;        /* by feature */
    uint8_t *direction; /* by feature */
    size_t reasons[LINE_REASONS];
    size_t vertices, segments_long;
    line_joined joined;
    interner *words;
    road_draft *draft;
    error *err;
} line_work;

/* Nodes and arcs of the open lines, whose ends are joined already (line_arcs.c). */
MUST_CHECK status line_work_arcs(line_work *b);
/* A way a feature, with its name and class (line_ways.c). */
MUST_CHECK status line_work_ways(line_work *b);
/* What was read, closed and joined, as facts of the draft (line_ways.c). */
MUST_CHECK status line_work_facts(line_work *b, double tolerance_m);

#endif
