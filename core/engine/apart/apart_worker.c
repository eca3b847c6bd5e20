/* A worker that holds one foreign library. */
#include "engine/apart/apart_worker.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "base/paths.h"
#include "base/text.h"
#include "engine/plan_messages.h"

static double call_limit_s(const apart_worker *w)
{
    return w->limits.call_s > 0 ? w->limits.call_s : PLUGIN_CALL_S;
}

static uint64_t memory_limit(const apart_worker *w)
{
    return w->limits.memory_bytes > 0 ? w->limits.memory_bytes : PLUGIN_MEMORY_BYTES;
}

/* Before any foreign code: what this machine refuses is told by the worker itself. */
static status enter_sandbox(apart_worker *w, error *err)
{
    worker_answer nothing = {0};
    const apart_call enter = {.asked = APART_ENTER};
    status s = apart_worker_ask(w, &enter, -1, 0, &nothing, err);
    worker_answer_clear(&nothing);
    return s;
}

status apart_worker_begin(apart_worker *w, zygote *z, const char *path, int library,
                          plugin_limits limits, const worker_message *request, error *err)
{
    *w = (apart_worker){.limits = limits, .runs = request != NULL, .trace = {.fd = -1}};
    status s = shared_memory_new(&w->trace, "bassin-trace", sizeof(sandbox_trace), err);
    if (s == STATUS_OK)
        s = shared_memory_pin(&w->trace, err);
    if (s != STATUS_OK)
        return s;
    pack_writer bytes = {.at = NULL};
    pack_u64(&bytes, request != NULL);
    pack_text(&bytes, path);
    pack_text(&bytes, path_name(path));
    if (request != NULL)
        pack_bytes(&bytes, request->bytes, request->size);
    worker_message all = {.fds = {w->trace.fd, library}, .fd_count = 2};
    for (size_t i = 0; request != NULL && i < request->fd_count; i++)
        all.fds[all.fd_count++] = request->fds[i];
    all.bytes = bytes.at;
    all.size = bytes.size;
    s = bytes.failed
            ? memory_error(err, bytes.size)
            : worker_talk_begin(z, "plugin", &all, (worker_limits){.memory_bytes = memory_limit(w)},
                                &w->talk, err);
    pack_writer_clear(&bytes);
    (void)close(w->trace.fd); /* the mapping is enough: many lanes, few descriptors */
    w->trace.fd = -1;
    return s == STATUS_OK ? enter_sandbox(w, err) : s;
}

status apart_worker_ask(apart_worker *w, const apart_call *call, int fd, double limit_s,
                        worker_answer *out, error *err)
{
    const worker_message asked = {
        .bytes = call, .size = sizeof *call, .fds = {fd}, .fd_count = fd >= 0 ? 1 : 0};
    w->asked_limit_s = limit_s > 0 ? limit_s : call_limit_s(w);
    return worker_talk_ask(w->talk, &asked, w->asked_limit_s, out, err);
}

bool apart_worker_is_lost(const apart_worker *w)
{
    return w->talk != NULL && worker_talk_end(w->talk) != NULL;
}

static void say(char *fr, char *en, const char *format_fr, const char *format_en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
static void say(char *fr, char *en, const char *format_fr, const char *format_en, ...)
{
    va_list args;
    va_start(args, format_en);
    (void)vsnprintf(fr, APART_WORDS, format_fr, args);
    va_end(args);
    va_start(args, format_en);
    (void)vsnprintf(en, APART_WORDS, format_en, args);
    va_end(args);
}

void apart_worker_words(const apart_worker *w, char fr[APART_WORDS], char en[APART_WORDS])
{
    const worker_end *end = worker_talk_end(w->talk);
    if (end->timed_out && !w->runs)
        say(fr, en, M_APART_LOADING_TIME, w->asked_limit_s);
    else if (end->timed_out)
        say(fr, en, M_APART_TIME, w->asked_limit_s);
    else if (end->damaged)
        say(fr, en, M_APART_DAMAGE);
    else if (sandbox_trace_say(w->trace.at, fr, en, APART_WORDS) && !end->out_of_memory)
        return;
    else if (end->out_of_memory)
        say(fr, en, M_APART_MEMORY, (double)memory_limit(w) / 1048576.0);
    else if (end->signal != 0)
        say(fr, en, M_APART_SIGNAL, end->signal);
    else
        say(fr, en, M_APART_EXIT, end->exit_code);
}

void apart_worker_close(apart_worker *w)
{
    worker_talk_close(w->talk);
    shared_memory_clear(&w->trace);
    *w = (apart_worker){.trace = {.fd = -1}};
}
