/* territory/vintage_steps.h: what happens between two vintages, as steps in the direction of the
 * conversion. For this room only. */
#ifndef TERRITORY_VINTAGE_STEPS_H
#define TERRITORY_VINTAGE_STEPS_H

#include "territory/vintage.h"

/* From one code to another within a step. */
typedef struct step_edge {
    uint32_t from, to; /* codes of the steps */
    double ratio;      /* NaN: to be weighed, where `from` has several edges */
    bool known;        /* false: no population told the ratio */
    int64_t distance;  /* of the population file that told it: vintage_weights.c */
} step_edge;

/* Edges are sorted by from, to. All happen at once. */
typedef struct step {
    step_edge *edges;
    size_t count;
    int32_t before, after; /* years on each side, in the direction of the conversion */
    bool written_back;     /* its ratios are those of the way back in time */
} step;

typedef struct step_list {
    const char **code; /* sorted by bytes */
    size_t code_count;
    step *at;
    size_t count;
    size_t begin, end; /* those of the conversion: the others lie before and after it */
} step_list;

/* Arrays are taken from `memory`. */
MUST_CHECK status steps_build(const conversion_options *options, arena *memory, step_list *out,
                              faults *faults_list);
/* Ratios of the splits of a step, by population. */
MUST_CHECK status steps_weigh(const conversion_options *options, arena *memory, step_list *steps,
                              faults *faults_list);

#endif
