/* Which row of a lost block is to blame: the block is run again, a row at a time, in a fresh
 * worker. What it leaves counts for nothing: the plugin has failed. */
#include <string.h>

#include "base/progress.h"
#include "engine/plan_messages.h"
#include "engine/apart/runner_apart.h"

/* The search may not take long after a call that took too long already: a row that does not come
 * back within the first is held for the one that hangs. */
#define ROW_LIMIT_S 1.0
#define SEARCH_LIMIT_S 1.5

/* Runs one row; true when its worker is lost. */
static bool row_is_lost(runner *r, apart_worker *w, size_t stage, block b, void *partial)
{
    worker_answer answer = {0};
    error ignored;
    if (partial != NULL)
        memset(partial, 0, r->state->partial_bytes[stage]);
    const apart_call call = apart_block_call(r, stage, b, partial);
    status s = apart_worker_ask(w, &call, -1, ROW_LIMIT_S, &answer, &ignored);
    worker_answer_clear(&answer);
    return s != STATUS_OK && apart_worker_is_lost(w) && ignored.status != STATUS_INTERRUPTED;
}

/* NO_INDEX: no row alone does it, or the time is over. */
static size_t find_row(runner *r, size_t stage, block b)
{
    const double until_s = progress_clock_s() + SEARCH_LIMIT_S;
    const size_t bytes = r->state->partial_bytes[stage];
    void *partial = bytes > 0 ? partial_slots_take(&r->slots) : NULL;
    apart_worker w = {.trace = {.fd = -1}};
    error ignored;
    size_t found = NO_INDEX;
    bool searching =
        (bytes == 0 || partial != NULL) && apart_lane_begin(r, &w, &ignored) == STATUS_OK;
    for (size_t row = b.begin; searching && found == NO_INDEX && row < b.end; row++) {
        if (row_is_lost(r, &w, stage, (block){.index = b.index, .begin = row, .end = row + 1},
                        partial))
            found = row;
        searching = progress_clock_s() < until_s && !apart_worker_is_lost(&w);
    }
    apart_worker_close(&w);
    partial_slots_give(&r->slots, partial);
    return found;
}

status apart_blame_block(runner *r, size_t stage, block b, apart_worker *lost, error *err)
{
    const plugin_job *job = r->state->job;
    const char *over = stage_over(job, stage);
    char fr[APART_WORDS], en[APART_WORDS], label[200];
    apart_worker_words(lost, fr, en);
    apart_worker_close(lost); /* its slot and its outputs are still */
    if (over == NULL)
        return error_set(err, STATUS_PLUGIN, M_APART_LOST_ONCE, stage + 1, fr, en);
    const size_t row = find_row(r, stage, b);
    if (row == NO_INDEX)
        return error_set(err, STATUS_PLUGIN, M_APART_LOST_BLOCK, stage + 1, b.index + 1, b.begin,
                         b.end - 1, fr, en);
    row_label(job, over, row, label, sizeof label);
    return error_set(err, STATUS_PLUGIN, M_APART_LOST_ROW, stage + 1, b.index + 1, b.begin,
                     b.end - 1, label, fr, en);
}
