/* engine/apart/apart_worker.h: a worker that holds one foreign library, and how it was lost.
 * Private. */
#ifndef ENGINE_APART_WORKER_H
#define ENGINE_APART_WORKER_H

#include "base/memory.h"
#include "base/worker.h"
#include "engine/apart/apart_talk.h"
#include "engine/plugin/plugin_open.h"

typedef struct apart_worker {
    worker_talk *talk; /* NULL: none */
    shared_memory trace;
    plugin_limits limits;
    bool runs;            /* a job, rather than describes */
    double asked_limit_s; /* of the latest ask */
} apart_worker;

/* Begins a worker that has entered the sandbox, with no foreign code yet: errors are this
 * machine's. `request`: what follows the head of apart_talk.h, and the descriptors of a job; NULL:
 * the worker only describes. */
MUST_CHECK status apart_worker_begin(apart_worker *w, zygote *z, const char *path, int library,
                                     plugin_limits limits, const worker_message *request,
                                     error *err);
/* limit_s 0: that of a call. `fd` -1: none. apart_worker_is_lost tells whether it is a lost worker
 * that fails; the error of one that lives is the word of foreign code, its status too. */
MUST_CHECK status apart_worker_ask(apart_worker *w, const apart_call *call, int fd, double limit_s,
                                   worker_answer *out, error *err);
bool apart_worker_is_lost(const apart_worker *w);
/* How it was lost: "a dépassé sa limite de 2 048 Mio", "called openat ..."; after a dead worker. */
enum { APART_WORDS = 320 };
void apart_worker_words(const apart_worker *w, char fr[APART_WORDS], char en[APART_WORDS]);
void apart_worker_close(apart_worker *w); /* takes a zeroed one */

#endif
