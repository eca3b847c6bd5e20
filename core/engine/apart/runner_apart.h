/* engine/apart/runner_apart.h: a foreign library's calls, made in workers. Private to
 * runner_apart*.c. */
#ifndef ENGINE_RUNNER_APART_H
#define ENGINE_RUNNER_APART_H

#include "base/sandbox.h"
#include "engine/apart/apart_talk.h"
#include "engine/apart/apart_worker.h"
#include "engine/apart/job_wire.h"
#include "engine/apart/partial_slots.h"

/* A thread's worker. */
typedef struct apart_lane {
    apart_worker worker; /* talk NULL: not begun, or lost */
} apart_lane;

struct runner {
    job_state *state;
    job_wire wire;
    partial_slots slots;
    apart_lane *lanes;
    int lane_count;
    bool prepared; /* lane 0 did, and partials are known */
};

/* A worker for the job that has prepared: the first one's prepare counts, those of the others must
 * say the same partials. */
MUST_CHECK status apart_lane_begin(runner *r, apart_worker *w, error *err);
/* The call of a block; what the answer holds is call_wire's. */
apart_call apart_block_call(const runner *r, size_t stage, block b, const void *partial);
/* The block was lost with its worker: says where, which row, and how. */
MUST_CHECK status apart_blame_block(runner *r, size_t stage, block b, apart_worker *lost,
                                    error *err);

#endif
