/* The functions of a foreign library called in sandboxed workers, one a thread: it can be lost
 * without the program. What a call left is done again here, through the functions of the host. */
#include "engine/apart/runner_apart.h"

#include <string.h>

#include "engine/plan_messages.h"
#include "engine/apart/call_wire.h"
#include "engine/apart/shared_outputs.h"

/* --- workers --- */

/* A worker that is gone is its plugin's own failure, unless the run is stopped or this machine
 * makes no worker any more; so is all that one that lives may say, whatever status it gives. */
static status lost(const apart_worker *w, const char *step, error *err)
{
    char fr[APART_WORDS], en[APART_WORDS];
    const bool gone = apart_worker_is_lost(w);
    if (gone && err->status != STATUS_INPUT)
        return err->status;
    err->status = STATUS_PLUGIN;
    if (!gone) {
        error_prefix(err, M_RUN_STEP, step);
        return err->status;
    }
    apart_worker_words(w, fr, en);
    return error_set(err, STATUS_PLUGIN, M_APART_LOST, step, fr, en);
}

/* Does the call again here. The first error stays. */
static status replay(runner *r, const worker_answer *answer, size_t skip, plugin_call *call,
                     const char *step, call_said *said, error *err)
{
    job_state *s = r->state;
    call_answer told;
    pack_reader reader = {.at = answer->bytes, .size = answer->size, .offset = skip};
    error second = {.status = STATUS_OK};
    status result = call_replay(&reader, call, &told, err);
    if (result == STATUS_OK)
        result = call_judge(s, told.code, step, call->over, &told.told, err);
    else
        error_prefix(err, M_RUN_STEP, step);
    status ended = call_end(call, said, &second);
    if (result == STATUS_OK && ended != STATUS_OK) {
        *err = second;
        result = ended;
    }
    return result;
}

/* The sizes of the partials, which the host judges, or compares with those of the first worker. */
static status take_partials(runner *r, pack_reader *reader, plugin_call *call, error *err)
{
    job_state *s = r->state;
    bassin_error told = {.size = sizeof told, .row = -1};
    for (size_t i = 0; i < s->job->is->stages.count; i++) {
        const size_t bytes = (size_t)unpack_u64(reader);
        if (reader->failed)
            return error_set(err, STATUS_PLUGIN, M_APART_ANSWER);
        if (r->prepared && bytes != s->partial_bytes[i])
            return error_set(err, STATUS_PLUGIN, M_APART_PREPARES_OTHERWISE);
        if (r->prepared)
            continue;
        status judged = call_judge(s, plugin_host.partial(&call->seen, (uint32_t)i, bytes, &told),
                                   "prepare", NULL, &told, err);
        if (judged != STATUS_OK)
            return judged;
    }
    return STATUS_OK;
}

static status take_prepared(runner *r, const worker_answer *answer, error *err)
{
    plugin_call call;
    call_said said = {.lines = NULL};
    error second = {.status = STATUS_OK};
    pack_reader reader = {.at = answer->bytes, .size = answer->size};
    call_begin(&call, r->state, NULL);
    call.once = call.preparing = true;
    status s = take_partials(r, &reader, &call, err);
    if (s != STATUS_OK) {
        call_drop(&call);
        return s;
    }
    s = replay(r, answer, reader.offset, &call, "prepare", &said, err);
    if (r->prepared) /* said once already */
        return s;
    status logged = job_log(r->state->job, &said, &second);
    if (s == STATUS_OK && logged != STATUS_OK) {
        *err = second;
        s = logged;
    }
    return s;
}

/* The slots of partials, once their sizes are known. */
static status give_slots(runner *r, apart_worker *w, error *err)
{
    worker_answer nothing = {0};
    const apart_call call = {.asked = APART_PARTIALS, .stride = r->slots.stride};
    if (r->slots.fd < 0)
        return STATUS_OK;
    status s = apart_worker_ask(w, &call, r->slots.fd, 0, &nothing, err);
    worker_answer_clear(&nothing);
    return s == STATUS_OK ? s : lost(w, "prepare", err);
}

static size_t largest_partial(const job_state *s)
{
    size_t largest = 0;
    for (size_t i = 0; i < s->job->is->stages.count; i++)
        largest = s->partial_bytes[i] > largest ? s->partial_bytes[i] : largest;
    return largest;
}

status apart_lane_begin(runner *r, apart_worker *w, error *err)
{
    const loaded_plugin *loaded = r->state->job->loaded;
    const apart_call prepare = {.asked = APART_PREPARE, .before = NO_SLOT, .partial = NO_SLOT};
    worker_message request = {
        .bytes = r->wire.bytes.at, .size = r->wire.bytes.size, .fd_count = r->wire.fd_count};
    worker_answer answer = {0};
    memcpy(request.fds, r->wire.fds, r->wire.fd_count * sizeof *request.fds);
    status s = apart_worker_begin(w, r->state->options->workers, loaded->path, loaded->file,
                                  loaded->limits, &request, err);
    if (s != STATUS_OK)
        return s;
    s = apart_worker_ask(w, &prepare, -1, 0, &answer, err);
    s = s == STATUS_OK ? take_prepared(r, &answer, err) : lost(w, "prepare", err);
    worker_answer_clear(&answer);
    if (s == STATUS_OK && !r->prepared)
        s = partial_slots_init(&r->slots, largest_partial(r->state), err);
    return s == STATUS_OK ? give_slots(r, w, err) : s;
}

/* Most jobs are small: a lane has a worker from its first block on. */
static status lane_worker(runner *r, int lane, apart_worker **out, error *err)
{
    apart_worker *w = &r->lanes[lane].worker;
    *out = w;
    if (w->talk != NULL)
        return STATUS_OK;
    status s = apart_lane_begin(r, w, err);
    if (s != STATUS_OK)
        apart_worker_close(w); /* nothing is asked of one that has not prepared */
    return s;
}

/* --- the calls of a runner --- */

static status apart_lend(job_state *s, error *err)
{
    return shared_outputs_lend(s->job, err);
}

static status apart_open(job_state *s, int lanes, runner **out, error *err)
{
    runner *r = memory_new(1, sizeof *r);
    *out = r;
    if (r == NULL)
        return memory_error(err, sizeof *r);
    *r = (runner){.state = s, .wire = {.image = {.fd = -1}}, .slots = {.fd = -1}};
    r->lanes = memory_new((size_t)lanes, sizeof *r->lanes);
    if (r->lanes == NULL)
        return memory_error(err, (size_t)lanes * sizeof *r->lanes);
    r->lane_count = lanes;
    status result = job_wire_pack(s->job, &r->wire, err);
    if (result == STATUS_OK)
        result = apart_lane_begin(r, &r->lanes[0].worker, err);
    r->prepared = result == STATUS_OK;
    return result;
}

static void *apart_partial_new(runner *r, size_t stage)
{
    (void)stage;
    return partial_slots_take(&r->slots);
}

static void apart_partial_free(runner *r, size_t stage, void *partial)
{
    (void)stage;
    partial_slots_give(&r->slots, partial);
}

/* What a stage works on. */
static apart_call stage_call(const runner *r, apart_asked asked, size_t stage, const void *partial)
{
    const job_state *s = r->state;
    return (apart_call){.asked = asked,
                        .stage = stage,
                        .before = partial_slots_number(s->before),
                        .before_bytes = s->before != NULL ? s->partial_bytes[s->before_stage] : 0,
                        .partial = partial_slots_number(partial),
                        .partial_bytes = s->partial_bytes[stage]};
}

apart_call apart_block_call(const runner *r, size_t stage, block b, const void *partial)
{
    apart_call call = stage_call(r, APART_BLOCK, stage, partial);
    call.index = b.index;
    call.begin = b.begin;
    call.end = b.end;
    return call;
}

static status apart_block(runner *r, int lane, size_t stage, block b, void *partial,
                          call_said *said, error *err)
{
    apart_worker *w = NULL;
    worker_answer answer = {0};
    plugin_call call;
    char step[48];
    status s = lane_worker(r, lane, &w, err);
    if (s != STATUS_OK)
        return s;
    const apart_call asked = apart_block_call(r, stage, b, partial);
    (void)snprintf(step, sizeof step, "%zu (run)", stage + 1);
    s = apart_worker_ask(w, &asked, -1, 0, &answer, err);
    if (s != STATUS_OK && apart_worker_is_lost(w) && err->status == STATUS_INPUT)
        return apart_blame_block(r, stage, b, w, err);
    if (s != STATUS_OK)
        return lost(w, step, err);
    call_begin(&call, r->state, NULL);
    call.over = stage_over(r->state->job, stage);
    call.begin = b.begin;
    call.end = b.end;
    s = replay(r, &answer, 0, &call, step, said, err);
    worker_answer_clear(&answer);
    return s;
}

static status apart_merge(runner *r, int lane, size_t stage, void *into, const void *from,
                          error *err)
{
    apart_worker *w = NULL;
    worker_answer nothing = {0};
    char step[48];
    status s = lane_worker(r, lane, &w, err);
    if (s != STATUS_OK)
        return s;
    const size_t bytes = r->state->partial_bytes[stage];
    const apart_call asked = {.asked = APART_MERGE,
                              .stage = stage,
                              .before = partial_slots_number(into),
                              .before_bytes = bytes,
                              .partial = partial_slots_number(from),
                              .partial_bytes = bytes};
    (void)snprintf(step, sizeof step, "%zu (merge)", stage + 1);
    s = apart_worker_ask(w, &asked, -1, 0, &nothing, err);
    worker_answer_clear(&nothing);
    return s == STATUS_OK ? s : lost(w, step, err);
}

static status apart_finish(runner *r, size_t stage, void *total, call_said *said, error *err)
{
    apart_worker *w = NULL;
    worker_answer answer = {0};
    plugin_call call;
    char step[48];
    status s = lane_worker(r, 0, &w, err);
    if (s != STATUS_OK)
        return s;
    const apart_call asked = stage_call(r, APART_FINISH, stage, total);
    (void)snprintf(step, sizeof step, "%zu (finish)", stage + 1);
    s = apart_worker_ask(w, &asked, -1, 0, &answer, err);
    if (s != STATUS_OK)
        return lost(w, step, err);
    call_begin(&call, r->state, NULL);
    call.once = true;
    s = replay(r, &answer, 0, &call, step, said, err);
    worker_answer_clear(&answer);
    return s;
}

static void apart_close(runner *r)
{
    if (r == NULL)
        return;
    for (int i = 0; i < r->lane_count; i++)
        apart_worker_close(&r->lanes[i].worker);
    memory_free(r->lanes);
    partial_slots_clear(&r->slots);
    job_wire_clear(&r->wire);
    memory_free(r);
}

const runner_kind runner_apart = {
    .lend = apart_lend,
    .open = apart_open,
    .partial_new = apart_partial_new,
    .partial_free = apart_partial_free,
    .block = apart_block,
    .merge = apart_merge,
    .finish = apart_finish,
    .close = apart_close,
};
