/* engine/plan/plan.h: plugins judged, put in order, and run over blocks.
 *
 * Plugins are opened with dlopen; what they declare is checked as data: ABI major, ids, units,
 * types, parameters, inputs, outputs, cycles. Every fault of every plugin is reported before
 * anything runs. */
#ifndef ENGINE_PLAN_H
#define ENGINE_PLAN_H

#include "engine/plugin/plugin_open.h"
#include "engine/results/results.h"
#include "territory/vintage_table.h"
#include "engine/scenario/scenario.h"
#include "geo/versions.h"

/* Everything the indicators read, frozen. */
typedef struct run_data {
    const scenario *scenario;
    const territory *territory; /* of the places */
    /* Where the places are cells: the territory of their communes, the place of each venue (a cell)
     * and the costs of the communes, one a travel mode. NULL where the places are communes. */
    const territory *communes;
    const uint32_t *venue_cell;
    costs *const *commune_costs;
    const venues *venues;
    const table *place_context, *venue_context; /* territory/context.h; NULL: nothing given */
    const flows *flows;                         /* NULL: none given */
    costs *const *costs;                        /* of the places, one a travel mode */
    size_t cost_count;
    cost_engine *const *engines; /* that made the costs, one a travel mode; NULL: gone */
    /* first mode; row for row with flows; NULL without flows */
    const double *flow_minutes, *flow_km;
    const uint8_t *flow_state;
    const ledger *balance;
    const table *series;       /* engine/inputs/series.h; NULL: none given */
    const carry_log *vintages; /* what changed vintage; NULL: nothing could */
    const faults *notes;       /* warnings gathered while reading */
    const table *caution;      /* engine/inputs/caution.h; NULL: no département is of the list */
    const library_version *libraries; /* of the other rooms, for the manifest */
    size_t library_count;
} run_data;

typedef struct plan plan;
MUST_CHECK status plan_build(const run_data *data, const plugin_search *where, plan **out,
                             faults *faults_list);
/* The plugins and settings of the run file alone, before any input is read: unknown ones, those
 * that cannot be opened, parameters, units, ranges. Says nothing when all is well. */
MUST_CHECK status plan_judge_settings(const scenario *s, const plugin_search *where,
                                      faults *faults_list);
/* Where finished work is kept, for the next runs and for this one when it is interrupted. */
typedef struct plan_keeping {
    const char *folder; /* NULL: nowhere */
    bool tells_blocks;  /* --resume: what was found of each indicator */
    faults *asides;     /* told of this machine alone: no part of the results; NULL: to nobody */
} plan_keeping;
/* Before plan_run, which without it keeps nothing. Borrowed until the plan dies. */
void plan_keep(plan *p, const plan_keeping *keeping);
/* Runs all; a plugin that fails is recorded and the others go on: then STATUS_PLUGIN, with results.
 */
MUST_CHECK status plan_run(plan *p, int threads, progress *progress, faults *faults_list);
void plan_free(plan *p);

/* Results of a finished plan (kept rows, derived tables, manifest). `extra` facts: (key, value) of
 * costs. */
MUST_CHECK status results_build(const run_data *data, const plan *p, const imported *const *inputs,
                                const char *const *input_roles, size_t input_count,
                                const costs_facts *const *cost_facts, results **out, error *err);
void results_free(results *r);

#endif
