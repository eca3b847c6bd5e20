/* engine/run_steps.h: the steps of run_scenario and what they hand on. Private to the room. */
#ifndef ENGINE_RUN_STEPS_H
#define ENGINE_RUN_STEPS_H

#include "base/files.h"
#include "engine/travel/costs_build.h"
#include "engine/inputs/inputs.h"
#include "engine/run.h"

/* Everything a run owns, in the order it is made. */
typedef struct run_state {
    const run_options *options;
    const run_environment *environment;
    faults *faults_list;
    scenario *scenario;
    publication *publication; /* NULL for a check */
    ledger *balance;
    inputs *inputs;
    carry_log *vintages; /* NULL: nothing says how to change the vintage of a file */
    territory *communes;
    territory *cells; /* NULL: the places are the communes */
    taxonomy *kinds;
    venues *venues;
    table *place_context, *venue_context; /* territory/context.h; NULL */
    flows *flows;                         /* NULL: none given */
    table *series;                        /* NULL: none given */
    network **networks;                   /* of each mode that goes by roads; NULL */
    faults *asides; /* told at the end, of this machine alone: no part of the results */
    run_costs *costs;
    table *caution; /* NULL: no travel is estimated */
    run_data data;
    plan *plan;
    results *results;
} run_state;

/* What the run file says, else every processor. */
int run_threads(const scenario *s);
/* Writes every format that was asked, and run.json, into the staging folder. */
MUST_CHECK status results_write(run_state *r);
/* Syncs, swaps in, and leaves the timings beside the folder. */
MUST_CHECK status results_publish(run_state *r);
/* Headline figures for the end of a run. */
void run_summarise(const results *r, run_summary *summary);

#endif
