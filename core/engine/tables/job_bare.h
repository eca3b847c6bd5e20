/* engine/tables/job_bare.h: the columns of a job that runs outside of a plan: worked cases
 * (job_tables.h), conformance. Names are the descriptor's own: no prefix, no mode. Private. */
#ifndef ENGINE_TABLES_JOB_BARE_H
#define ENGINE_TABLES_JOB_BARE_H

#include "engine/job/job.h"

/* All parameters of a plugin at their defaults, in its order. */
MUST_CHECK status job_bare_params(const bassin_plugin *is, arena *memory, plugin_param **out,
                                  error *err);
/* Makes job->outputs and job->tables in `memory`, out of what the job is, its parameters and what
 * it sees: these are set before. */
MUST_CHECK status job_bare_outputs(plugin_job *job, arena *memory, error *err);

#endif
