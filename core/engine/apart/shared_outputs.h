/* engine/apart/shared_outputs.h: the outputs of a job's base tables in memory that workers write
 * to. Every array lies against the end of a page, and a page apart from the next, which a worker
 * cannot touch: writing past the last row stops it. Private. */
#ifndef ENGINE_SHARED_OUTPUTS_H
#define ENGINE_SHARED_OUTPUTS_H

#include "engine/job/job.h"

/* Gives the outputs memory to share, all rows missing: job->lent. A job keeps it until its columns
 * are cleared. */
MUST_CHECK status shared_outputs_lend(plugin_job *job, error *err);
/* [a worker] Takes the pages between the arrays away; whatever fails, the arrays are good. */
void shared_outputs_part(const plugin_job *job, size_t output_count);

#endif
