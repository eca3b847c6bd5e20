/* base/worker.h: work in a process that can be lost (RELIABILITY.md 3a).
 *
 * main() starts one zygote before threads, GDAL and any input. A request forks a worker from it,
 * which runs one named job under memory and time limits and replies with bytes and descriptors.
 * A crash, a hang or a kill of the worker is an error of the request, never of the program. */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include <stdatomic.h>

#include "base/error.h"

enum { WORKER_MAX_FDS = 16 };

typedef struct worker_message {
    const void *bytes;
    size_t size;
    int fds[WORKER_MAX_FDS];
    size_t fd_count;
} worker_message;

/* What a job fills. Bytes are copied by worker_reply_bytes (a second call replaces the first);
 * descriptors are taken, also when it fails. */
typedef struct worker_reply worker_reply;
MUST_CHECK status worker_reply_bytes(worker_reply *r, const void *bytes, size_t size, error *err);
MUST_CHECK status worker_reply_fd(worker_reply *r, int fd, error *err);

/* Runs in the worker: single thread at entry; may start threads. The request's bytes die with the
 * call; its descriptors belong to the job. */
typedef status (*worker_function)(const worker_message *request, worker_reply *reply, error *err);
/* The same for a worker that is asked several things, one after the other (worker_talk). */
typedef struct worker_line worker_line;
typedef status (*worker_talk_function)(const worker_message *request, worker_line *line,
                                       error *err);
typedef struct worker_job {
    const char *name;
    worker_function run; /* one of the two */
    worker_talk_function talk;
} worker_job;

typedef struct worker_limits {
    uint64_t memory_bytes; /* RLIMIT_AS over what is mapped at the start and the request's own
                              descriptors; 0: none. Not applied under ASan and TSan. */
    uint32_t cpu_s;        /* RLIMIT_CPU; 0: none */
    uint32_t wall_s;       /* killed after; 0: none; not applied in_process */
} worker_limits;

typedef struct zygote zygote;
/* `jobs` must outlive the zygote. in_process: no fork, jobs run in the caller (debugging, fuzzing).
 * [main thread, which must outlive the zygote: the kernel kills it when its parent thread ends] */
MUST_CHECK status zygote_start(zygote **out, const worker_job *jobs, size_t count, bool in_process,
                               error *err);
void zygote_stop(zygote *z); /* takes NULL; no request may be running */
/* From now on a request ends with STATUS_INTERRUPTED soon after `*cancel` is non-zero; its worker
 * is killed. Set before threads start; `cancel` must outlive the zygote. */
void zygote_cancel_on(zygote *z, const atomic_int *cancel);
/* Blocking; may be called by several threads. Reply bytes are malloc'd (worker_answer_clear). The
 * worker's own error comes back in err with its status; a lost worker is STATUS_INPUT with how it
 * ended ("signal 11", "memory limit of 2048 MiB", "time limit of 60 s"). The request's descriptors
 * stay the caller's. On failure *out is empty. */
typedef struct worker_answer {
    void *bytes;
    size_t size;
    int fds[WORKER_MAX_FDS];
    size_t fd_count;
} worker_answer;
MUST_CHECK status zygote_run(zygote *z, const char *job, const worker_message *request,
                             worker_limits limits, worker_answer *out, error *err);
void worker_answer_clear(worker_answer *a);

/* --- a worker that is asked several things --- */

/* How a worker ended. */
typedef struct worker_end {
    int signal;    /* 0: it left by itself */
    int exit_code; /* when signal is 0 */
    bool timed_out, out_of_memory;
    bool damaged; /* killed, for it sent what is no answer */
    uint64_t peak_bytes;
    double cpu_s;
} worker_end;

typedef struct worker_talk worker_talk;
/* Forks a worker for a job of the `talk` kind and hands it the request, which is not answered: a
 * job that fails by itself answers the next question with its error. Not with an in_process zygote.
 * The worker belongs to the caller's thread or threads, one at a time. limits.wall_s is for the
 * whole talk. The request's descriptors stay the caller's. */
MUST_CHECK status worker_talk_begin(zygote *z, const char *job, const worker_message *request,
                                    worker_limits limits, worker_talk **out, error *err);
/* Asks, and waits for the answer at most limit_s seconds (0: as long as it takes); past it the
 * worker is killed. The job's own error comes back in err with its status, and the talk goes on. A
 * lost worker is STATUS_INPUT, as for zygote_run, and so is one that sends what is no answer, which
 * is killed; STATUS_INTERRUPTED as zygote_cancel_on says; worker_talk_end tells how it ended. On
 * failure *out is empty. A worker that ran foreign code may answer before its call is over: what it
 * maps can change until it has ended. */
MUST_CHECK status worker_talk_ask(worker_talk *t, const worker_message *asked, double limit_s,
                                  worker_answer *out, error *err);
/* NULL while the worker lives, as far as the latest ask has told. */
const worker_end *worker_talk_end(const worker_talk *t);
/* Ends the worker, waits until it is dead: none of its memory changes any more. Takes NULL. */
void worker_talk_close(worker_talk *t);

/* The worker's side. Waits for what is asked; false when nobody will ask any more. Bytes live until
 * the next call; descriptors are the job's. */
MUST_CHECK bool worker_line_receive(worker_line *l, worker_message *asked);
/* Answers the latest question: bytes and descriptors (borrowed), or, when s is no STATUS_OK, the
 * texts of `said`. */
MUST_CHECK status worker_line_answer(worker_line *l, status s, const worker_message *answer,
                                     const error *said, error *err);
/* The descriptor of the line, all that a sandbox must leave open. */
int worker_line_fd(const worker_line *l);

/* Request and reply bodies: a small tagless record writer and reader (u64, f64, text, bytes). Items
 * start on 8 bytes, so that unpack_bytes of a whole array can be read where it lies. The reader
 * trusts nothing: past the end or out of shape it fails, and gives 0 and NULL from then on. */
typedef struct pack_writer {
    unsigned char *at;
    size_t size, capacity;
    bool failed;
} pack_writer;
void pack_u64(pack_writer *w, uint64_t v);
void pack_f64(pack_writer *w, double v);
void pack_text(pack_writer *w, const char *text); /* NULL is kept */
void pack_bytes(pack_writer *w, const void *bytes, size_t size);
void pack_writer_clear(pack_writer *w);
typedef struct pack_reader {
    const unsigned char *at;
    size_t size, offset;
    bool failed;
} pack_reader;
uint64_t unpack_u64(pack_reader *r);
double unpack_f64(pack_reader *r);
const char *unpack_text(pack_reader *r); /* borrowed from the message; NULL kept */
const void *unpack_bytes(pack_reader *r, size_t *size);

#endif
