/* engine/apart/job_wire.h: what a job sees, for workers that share memory with the program.
 * Private.
 *
 * Arrays that lie in sealed shared memory already (tables, costs: plugin_job.regions) travel as a
 * descriptor and an offset; every other array is copied once into an image. A worker maps all of
 * it read-only. The outputs of the base tables lie in one block that both sides may write, each
 * array against the end of its page and a page apart from the next: a worker that writes past an
 * output is stopped there. */
#ifndef ENGINE_JOB_WIRE_H
#define ENGINE_JOB_WIRE_H

#include "base/worker.h"
#include "engine/job/runner.h"

/* --- the program's side --- */

enum { JOB_WIRE_FDS = 12 }; /* the image, the outputs, then regions */
typedef struct job_wire {
    pack_writer bytes;
    shared_memory image;
    int fds[JOB_WIRE_FDS]; /* borrowed */
    size_t fd_count;
} job_wire;
/* After shared_outputs_lend. The job must outlive it. */
MUST_CHECK status job_wire_pack(const plugin_job *job, job_wire *out, error *err);
void job_wire_clear(job_wire *w);

/* --- the worker's side --- */

/* A job as the worker sees it. Everything dies with the process. */
typedef struct wired_job {
    plugin_job job;
    job_options options;
    plugin_param *params;
    size_t input_count, param_count, output_count, table_count, stage_count;
} wired_job;
/* Maps what the program shares and names it for the sandbox; before any foreign code. The
 * descriptors are those of job_wire, in order; they are closed. */
MUST_CHECK status job_wire_open(pack_reader *r, const int *fds, size_t fd_count, arena *memory,
                                wired_job *out, error *err);
/* Joins the descriptor of the library, once it is open. False: it is of another shape. */
MUST_CHECK bool job_wire_join(wired_job *w, const bassin_plugin *is);

#endif
