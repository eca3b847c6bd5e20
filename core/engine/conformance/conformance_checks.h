/* engine/conformance/conformance_checks.h: the tools of the checks. Private to conformance. */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_CHECKS_H
#define ENGINE_CONFORMANCE_CONFORMANCE_CHECKS_H

#include "engine/conformance/conformance.h"
#include "engine/conformance/conformance_world.h"
#include "engine/job/runner.h"

/* --- conformance_compare.c --- */

typedef enum likeness {
    SAME_BYTES,
    SAME_VALUES /* numbers within 1e-9 relative: sums cut otherwise */
} likeness;
/* False when two finished jobs on one world differ; `why` names output, row and both values. */
MUST_CHECK bool jobs_alike(const plugin_job *a, const plugin_job *b, likeness how, error *why);
/* What a job says of a world where nothing is known; `why` names output and row. 0 and a
 * text may be known (no venue, "insufficient"); any other value is made up. */
typedef enum knowledge { SAYS_NOTHING, SAYS_NONE, SAYS_SOMETHING } knowledge;
MUST_CHECK knowledge job_says_of_nothing(const plugin_job *job, error *why);
/* False when an output has no value in any row; `why` names it. */
MUST_CHECK bool job_fills_all(const plugin_job *job, error *why);

/* --- conformance_watch.c --- */

/* What a block wrote outside of its rows: the first time. */
typedef struct block_watch {
    bool strayed;
    error stray;
} block_watch;
/* Runs the plugin as usual, one block at a time (one thread), and looks at every row that is not
 * the block's own before and after; tells the watch of the job's trial. */
extern const runner_kind runner_watch;

#endif
