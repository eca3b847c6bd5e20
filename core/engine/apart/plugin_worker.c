/* The worker's side of a foreign plugin: opens the library in a sandbox, then makes one call at a
 * time. From dlopen on nothing here is trusted by the program. */
#include "engine/apart/plugin_worker.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/sandbox.h"
#include "engine/plan_messages.h"
#include "engine/apart/apart_talk.h"
#include "engine/apart/call_wire.h"
#include "engine/plugin/descriptor_wire.h"
#include "engine/apart/job_wire.h"
#include "engine/apart/partial_slots.h"

typedef struct plugin_worker {
    worker_line *line;
    arena *memory;
    const char *path, *name; /* of the library, in errors */
    bool runs;
    sandbox_options sandbox;
    int library, slots; /* slots -1: none */
    size_t stride;
    const bassin_plugin *is;
    wired_job wired;
    job_state state;
    void *plugin_plan;
    call_mark since;
    pack_writer answer;
} plugin_worker;

/* --- opening --- */

static status open_request(plugin_worker *w, const worker_message *request, error *err)
{
    pack_reader r = {.at = request->bytes, .size = request->size};
    status s = arena_new(&w->memory, err);
    if (s != STATUS_OK)
        return s;
    w->runs = unpack_u64(&r) != 0;
    w->path = arena_text(w->memory, unpack_text(&r));
    w->name = arena_text(w->memory, unpack_text(&r));
    if (r.failed || request->fd_count < 2 || w->path == NULL || w->name == NULL)
        return error_set(err, STATUS_ENVIRONMENT, M_APART_SHAPE);
    sandbox_trace *trace =
        mmap(NULL, sizeof *trace, PROT_READ | PROT_WRITE, MAP_SHARED, request->fds[0], 0);
    w->library = request->fds[1];
    w->sandbox = (sandbox_options){.line_fd = worker_line_fd(w->line),
                                   .trace = trace != MAP_FAILED ? trace : NULL};
    if (!w->runs)
        return STATUS_OK;
    pack_reader job = {.at = NULL};
    job.at = unpack_bytes(&r, &job.size);
    return job_wire_open(&job, request->fds + 2, request->fd_count - 2, w->memory, &w->wired, err);
}

/* The one symbol, of our major: its first three fields never move. */
static status find_descriptor(plugin_worker *w, void *handle, const bassin_plugin **out, error *err)
{
    *out = dlsym(handle, BASSIN_PLUGIN_SYMBOL);
    if (*out == NULL)
        return error_set(err, STATUS_INPUT, M_PLUGIN_NO_SYMBOL, w->path, BASSIN_PLUGIN_SYMBOL);
    if ((*out)->abi_major != BASSIN_ABI_MAJOR)
        return error_set(err, STATUS_INPUT, M_PLUGIN_ABI, w->name, (unsigned)(*out)->abi_major,
                         (unsigned)(*out)->abi_minor, (unsigned)BASSIN_ABI_MAJOR,
                         (unsigned)BASSIN_ABI_MINOR);
    return STATUS_OK;
}

static status open_library(plugin_worker *w, error *err)
{
    char file[32];
    error flaw = {.status = STATUS_OK};
    const bassin_plugin *raw = NULL;
    bassin_plugin *copy = NULL;
    (void)snprintf(file, sizeof file, "/proc/self/fd/%d", w->library);
    void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return error_set(err, STATUS_INPUT, M_PLUGIN_DLOPEN, w->path, dlerror());
    status s = find_descriptor(w, handle, &raw, err);
    if (s == STATUS_OK)
        s = descriptor_copy(raw, w->memory, &copy, &flaw, err);
    if (s == STATUS_OK && copy == NULL) {
        *err = flaw;
        error_prefix(err, M_JUDGE_CONTEXT, w->name);
        return STATUS_INPUT;
    }
    w->is = copy;
    return s;
}

static status join_job(plugin_worker *w, error *err)
{
    if (!job_wire_join(&w->wired, w->is))
        return error_set(err, STATUS_PLUGIN, M_APART_CHANGED);
    w->since.sets = arena_take(w->memory, w->is->tables.count, sizeof *w->since.sets);
    if (w->since.sets == NULL)
        return memory_error(err, w->is->tables.count * sizeof *w->since.sets);
    return job_state_begin(&w->state, &w->wired.job, &w->wired.options, err);
}

static status describe(plugin_worker *w, error *err)
{
    status s = open_library(w, err);
    if (s == STATUS_OK)
        descriptor_pack(&w->answer, w->is);
    return s;
}

/* --- calls --- */

static void mark(plugin_worker *w)
{
    const plugin_job *job = &w->wired.job;
    w->since.totals = job->total_count;
    for (size_t t = 0; t < w->is->tables.count; t++)
        w->since.sets[t] = job->tables[t].set_count;
}

static bassin_error fresh_error(void)
{
    return (bassin_error){.size = sizeof(bassin_error), .row = -1};
}

static status prepare(plugin_worker *w, error *err)
{
    plugin_call call;
    call_answer answer = {.code = BASSIN_OK, .told = fresh_error()};
    status s = open_library(w, err);
    if (s == STATUS_OK)
        s = join_job(w, err);
    if (s == STATUS_OK)
        s = sandbox_enter(SANDBOX_RUNNING, &w->sandbox, err);
    if (s != STATUS_OK)
        return s;
    call_begin(&call, &w->state, NULL);
    call.once = call.preparing = true;
    if (w->is->prepare != NULL)
        answer.code = w->is->prepare(&call.seen, &answer.told);
    w->plugin_plan = call.plugin_plan;
    for (size_t i = 0; i < w->is->stages.count; i++)
        pack_u64(&w->answer, w->state.partial_bytes[i]);
    call_pack(&w->answer, &call, &answer, &w->since);
    call_drop(&call);
    return STATUS_OK;
}

/* The slots of a call while it runs. */
typedef struct held_slots {
    void *before, *partial;
} held_slots;

static status hold(const plugin_worker *w, const apart_call *asked, held_slots *out, error *err)
{
    *out = (held_slots){.before = NULL};
    if (asked->before != NO_SLOT)
        out->before =
            partial_slot_map(w->slots, (uint32_t)asked->before, w->stride, asked->before_bytes);
    if (asked->partial != NO_SLOT)
        out->partial =
            partial_slot_map(w->slots, (uint32_t)asked->partial, w->stride, asked->partial_bytes);
    if ((asked->before != NO_SLOT && out->before == NULL) ||
        (asked->partial != NO_SLOT && out->partial == NULL))
        return error_set(err, STATUS_PLUGIN, M_APART_PARTIALS);
    return STATUS_OK;
}

static void let_go(const apart_call *asked, const held_slots *h)
{
    partial_slot_unmap(h->before, asked->before_bytes);
    partial_slot_unmap(h->partial, asked->partial_bytes);
}

static void run_block(plugin_worker *w, const apart_call *asked, const held_slots *h,
                      plugin_call *call, call_answer *answer)
{
    const bassin_block rows = {.size = sizeof rows,
                               .index = (uint32_t)asked->index,
                               .begin = asked->begin,
                               .end = asked->end};
    call->over = stage_over(&w->wired.job, asked->stage);
    call->begin = asked->begin;
    call->end = asked->end;
    answer->code = descriptor_stage(w->is, asked->stage)
                       ->run(&call->seen, &rows, h->before, h->partial, &answer->told);
}

static void run_finish(plugin_worker *w, const apart_call *asked, const held_slots *h,
                       plugin_call *call, call_answer *answer)
{
    call->once = true;
    mark(w);
    answer->code = descriptor_stage(w->is, asked->stage)
                       ->finish(&call->seen, h->before, h->partial, &answer->told);
}

static status make_call(plugin_worker *w, const apart_call *asked, error *err)
{
    plugin_call call;
    held_slots held;
    call_answer answer = {.code = BASSIN_OK, .told = fresh_error()};
    status s = hold(w, asked, &held, err);
    if (s != STATUS_OK)
        return s;
    call_begin(&call, &w->state, w->plugin_plan);
    if (asked->asked == APART_BLOCK)
        run_block(w, asked, &held, &call, &answer);
    else if (asked->asked == APART_FINISH)
        run_finish(w, asked, &held, &call, &answer);
    else
        descriptor_stage(w->is, asked->stage)->merge(&call.seen, held.before, held.partial);
    let_go(asked, &held);
    if (asked->asked != APART_MERGE) /* a merge says nothing: its lines would come in any order */
        call_pack(&w->answer, &call, &answer, &w->since);
    call_drop(&call);
    return STATUS_OK;
}

static status do_asked(plugin_worker *w, const worker_message *message, error *err)
{
    apart_call asked;
    if (message->size != sizeof asked)
        return error_set(err, STATUS_ENVIRONMENT, M_APART_SHAPE);
    memcpy(&asked, message->bytes, sizeof asked);
    switch (asked.asked) {
    case APART_ENTER: /* system libraries alone may be read: a plugin is one file */
        return sandbox_enter(SANDBOX_LOADING, &w->sandbox, err);
    case APART_DESCRIBE:
        return describe(w, err);
    case APART_PREPARE:
        return prepare(w, err);
    case APART_PARTIALS:
        w->slots = message->fds[0];
        w->stride = asked.stride;
        return STATUS_OK;
    default:
        return make_call(w, &asked, err);
    }
}

static status serve(const worker_message *request, worker_line *line, error *err)
{
    plugin_worker w = {.line = line, .slots = -1};
    worker_message asked;
    status s = open_request(&w, request, err);
    while (s == STATUS_OK && worker_line_receive(line, &asked)) {
        error said = {.status = STATUS_OK};
        w.answer.size = 0;
        w.answer.failed = false;
        status done = do_asked(&w, &asked, &said);
        if (done == STATUS_OK && w.answer.failed)
            done = error_set(&said, STATUS_PLUGIN, M_APART_LARGE);
        const worker_message answer = {.bytes = w.answer.at, .size = w.answer.size};
        s = worker_line_answer(line, done, &answer, &said, err);
    }
    return s;
}

const worker_job plugin_worker_job = {.name = "plugin", .talk = serve};
