/* engine/store/job_keep.h: what a job leaves, as bodies of records (store/job_file.h). Private to
 * the floor. */
#ifndef ENGINE_STORE_JOB_KEEP_H
#define ENGINE_STORE_JOB_KEEP_H

#include "engine/job/block_merge.h"
#include "engine/store/job_file.h"
#include "engine/job/runner.h"

/* --- ranges of blocks (job_ranges.c) --- */

/* A stage has at most so many ranges, and their partials at most so many bytes on disk. */
enum { JOB_RANGES_MAX = 64, JOB_RANGES_PARTIAL_BYTES = 64 << 20 };
#define JOB_NO_RANGES UINT8_MAX
/* Ranges are of 2^level blocks, by the data alone. JOB_NO_RANGES: even one range of all blocks has
 * partials beyond the bound. */
uint8_t job_range_level(size_t blocks, size_t partial_bytes);

/* Finished blocks of a stage, and what they left beside the rows of outputs. */
typedef struct job_range {
    size_t stage;
    block_range blocks;
    size_t begin, end; /* rows */
    call_said *said;   /* one a block; NULL where nothing is kept of them */
    size_t partial_bytes;
} job_range;
/* Keeps it; what goes wrong is the store's trouble. [any thread] */
void job_range_keep(job_file *f, const plugin_job *job, const job_range *r);
/* What it takes to put a range back. */
typedef struct kept_range {
    unsigned char *body; /* NULL: it is not there */
    block_node nodes[BLOCK_NODES_MAX];
} kept_range;
/* Looks the range up: stage, first block, count and rows are given. Where it is there, the rows of
 * the outputs and `said` are filled and r->blocks.nodes lie in `kept`, whose body the caller frees.
 */
MUST_CHECK status job_range_find(const job_file *f, plugin_job *job, job_range *r, kept_range *kept,
                                 error *err);

/* --- the whole job (job_result.c) --- */

/* Keeps what a finished job leaves, instead of its ranges. */
void job_result_keep(job_file *f, const plugin_job *job);
/* Fills the job as if it had run; *found false: it is not there, and the job is as before. */
MUST_CHECK status job_result_find(const job_file *f, plugin_job *job, bool *found, error *err);

#endif
