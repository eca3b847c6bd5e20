/* engine/run.h: the main path, from a run file to a results folder. */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/plan/plan.h"

/* What the composition root hands down. */
typedef struct run_environment {
    const importer *const *importers;    /* NULL-terminated */
    const report_writer *const *writers; /* NULL-terminated */
    plugin_search plugins;
    const char *reference_folder;     /* taxonomy.csv, factors.csv, fonts, scripts */
    const library_version *libraries; /* that only the composition root sees, for the manifest */
    size_t library_count;
    zygote *workers;
    progress *progress;
} run_environment;

/* What a finished run tells people: one line a headline figure, in the language of the messages. */
typedef struct run_summary {
    language language;
    text_buffer lines; /* caller frees: text_buffer_clear */
    bool published;
} run_summary;

typedef struct run_options {
    scenario_overrides overrides;
    const char *results_folder;
    bool strict;          /* rejected rows refuse the run */
    bool resume;          /* tells what the cache has of this run; without a cache, refused */
    run_summary *summary; /* filled after a run; may be NULL */
} run_options;

/* scenario_load -> inputs_read -> inputs_convert -> territory_build -> venues_place -> flows_build
 * -> costs_build -> plan_build -> plan_run -> results_write -> results_publish. Returns the status
 * whose exit code the program gives; everything to say is in `faults_list`. An earlier results
 * folder stays on failure. */
MUST_CHECK status run_scenario(const char *run_file, const run_options *options,
                               const run_environment *environment, faults *faults_list);
/* The same path up to the plan; writes nothing. */
MUST_CHECK status check_scenario(const char *run_file, const run_options *options,
                                 const run_environment *environment, faults *faults_list);

#endif
