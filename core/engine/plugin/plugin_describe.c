/* A worker opens the library, and hands its descriptor back as bytes. */
#include "engine/plugin/plugin_describe.h"

#include "engine/plan_messages.h"
#include "engine/apart/apart_worker.h"
#include "engine/plugin/descriptor_wire.h"

static status ask(apart_worker *w, const char *path, worker_answer *answer, error *err)
{
    char fr[APART_WORDS], en[APART_WORDS];
    const apart_call describe = {.asked = APART_DESCRIBE};
    status s = apart_worker_ask(w, &describe, -1, PLUGIN_DESCRIBE_S, answer, err);
    const bool lost = apart_worker_is_lost(w);
    if (s == STATUS_OK || (lost && s != STATUS_INPUT)) /* the run is stopped, or no worker made */
        return s;
    err->status = STATUS_INPUT;
    if (!lost)
        return err->status;
    apart_worker_words(w, fr, en);
    return error_set(err, STATUS_INPUT, M_PLUGIN_LOST_LOADING, path, fr, en);
}

status plugin_describe(zygote *workers, const char *path, int file, arena *memory,
                       bassin_plugin **out, error *err)
{
    apart_worker w = {.trace = {.fd = -1}};
    worker_answer answer = {0};
    *out = NULL;
    status s = apart_worker_begin(&w, workers, path, file, (plugin_limits){0}, NULL, err);
    if (s == STATUS_OK)
        s = ask(&w, path, &answer, err);
    if (s == STATUS_OK) {
        pack_reader r = {.at = answer.bytes, .size = answer.size};
        s = descriptor_unpack(&r, memory, out, err);
    }
    if (s == STATUS_OK && *out == NULL)
        s = error_set(err, STATUS_INPUT, M_PLUGIN_UNREADABLE, path);
    worker_answer_clear(&answer);
    apart_worker_close(&w);
    return s;
}
