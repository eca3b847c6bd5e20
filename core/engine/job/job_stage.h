/* engine/job/job_stage.h: one stage of a job. Private to the floor. */
#ifndef ENGINE_JOB_JOB_STAGE_H
#define ENGINE_JOB_JOB_STAGE_H

#include "engine/job/runner.h"

/* Runs a stage whose runner is open: blocks that the store has not, merge, finish, checks. */
MUST_CHECK status job_stage_run(job_state *s, size_t index, error *err);
/* Refuses what a stage may not leave behind; `last`: nothing of the plugin runs any more. */
MUST_CHECK status job_columns_check(const job_state *s, size_t stage, bool last, error *err);
/* What the next stage sees before it; frees the one before. NULL: nothing. */
void job_before_set(job_state *s, size_t stage, void *total);

#endif
