/* base/worker_wire.h: what passes between the program, its zygote and the workers; private to the
 * room.
 *
 * program --(control socket: wire_request + the worker's end of its line + the end socket)-->
 * zygote program <--(line: parcels, with descriptors)--> worker zygote  --(end socket: wire_end,
 * once the worker is dead)--> program
 *
 * The worker never holds the end socket: it cannot feign its death. A program that stops writing to
 * the end socket (shutdown, or its own death) asks the zygote to kill the worker.
 *
 * All sockets are SOCK_SEQPACKET: a message is whole or absent. Small bodies travel in the parcel,
 * larger ones as memfd. */
#ifndef BASE_WORKER_WIRE_H
#define BASE_WORKER_WIRE_H

#include <sys/types.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/worker.h"

enum {
    WIRE_MAX_FDS = WORKER_MAX_FDS + 2,
    /* A socket holds 200 KiB unless told otherwise: two parcels always find their place. */
    WIRE_INLINE_BYTES = 32 << 10
};
/* A body past this is refused: large data go as descriptors. */
#define WIRE_MAX_BODY_BYTES (UINT64_C(1) << 30)

typedef struct wire_request {
    uint64_t job; /* index */
    worker_limits limits;
} wire_request;

typedef struct wire_end {
    int32_t exit_code; /* when signal is 0 */
    int32_t signal;
    int32_t fork_errno; /* no worker was made */
    int32_t timed_out;  /* killed by the zygote at wall_s */
    uint64_t peak_bytes;
    double cpu_s;
} wire_end;

/* What is asked, and what is answered. */
typedef struct wire_head {
    uint64_t turn;   /* of an answer: that of what was asked */
    uint64_t status; /* of an answer: when it is no STATUS_OK, the body is a wire_error */
    uint64_t size;   /* of the body; past WIRE_INLINE_BYTES it lies in the first descriptor */
} wire_head;
typedef struct wire_parcel {
    wire_head head;
    unsigned char body[WIRE_INLINE_BYTES]; /* on 8 bytes */
} wire_parcel;
typedef struct wire_error {
    char fr[ERROR_TEXT_BYTES], en[ERROR_TEXT_BYTES];
} wire_error;

/* Descriptors of one message. */
typedef struct wire_fds {
    int at[WIRE_MAX_FDS];
    size_t count;
} wire_fds;
void wire_fds_close(wire_fds *fds);

/* False with errno. Never raises SIGPIPE. */
MUST_CHECK bool wire_send(int socket, const void *bytes, size_t size, const wire_fds *fds);
/* Bytes received, 0 at the end, -1 with errno; a message or a descriptor list that does not fit is
 * EMSGSIZE, and its descriptors are closed. Descriptors are close-on-exec. */
MUST_CHECK ssize_t wire_receive(int socket, void *bytes, size_t size, wire_fds *fds);
/* Sends a head (its size is set here), bytes and descriptors; these stay the caller's. */
MUST_CHECK status wire_parcel_send(int socket, wire_head head, const worker_message *message,
                                   error *err);
/* As wire_receive, into a parcel whose size is that of what came: anything else is EMSGSIZE. */
MUST_CHECK ssize_t wire_parcel_receive(int socket, wire_parcel *parcel, wire_fds *fds);

/* When a limit of time ends, by progress_clock_s; 0: never, as for no limit. */
double wire_deadline_s(double limit_s);

/* The zygote as the program sees it. */
struct zygote {
    const worker_job *jobs;
    size_t job_count;
    bool in_process;
    pid_t pid;
    int control;
    const atomic_int *cancel; /* NULL: none */
};
/* The life of the zygote process, on its end of the control socket. Never returns. */
_Noreturn void zygote_serve(int control, const worker_job *jobs, size_t count);

/* The life of a worker process, on its end of the line. */
_Noreturn void worker_serve(const worker_job *job, const wire_request *request, int line);
struct worker_line {
    int socket;
    uint64_t turn;
    bool unanswered;
    wire_parcel parcel;
    shared_memory body; /* of what was asked, when it did not lie in the parcel */
};

/* What worker_reply_bytes and worker_reply_fd fill. */
struct worker_reply {
    void *bytes;
    size_t size;
    int fds[WORKER_MAX_FDS];
    size_t fd_count;
};
void worker_reply_clear(worker_reply *r);

/* A worker for either kind of job, with its request sent as the first parcel. */
MUST_CHECK status worker_talk_open(const zygote *z, const worker_job *job,
                                   const worker_message *request, worker_limits limits,
                                   worker_talk **out, error *err);
/* Waits for the answer to the latest parcel, as worker_talk_ask does. */
MUST_CHECK status worker_talk_hear(worker_talk *t, double limit_s, worker_answer *out, error *err);
/* Waits for the worker to leave by itself. STATUS_OK when its exit code is 0. */
MUST_CHECK status worker_talk_wait_end(worker_talk *t, error *err);

/* Why a worker is lost, when not by its own doing. */
typedef enum loss {
    LOSS_OWN,
    LOSS_TIME,   /* over the caller's limit_s */
    LOSS_DAMAGE, /* what it sent is no answer */
    LOSS_CANCELLED,
    LOSS_SERVICE, /* the zygote is gone */
} loss;
typedef struct worker_loss {
    loss kind;
    double limit_s; /* LOSS_TIME */
    wire_end end;
} worker_loss;
/* Says how a worker was lost; never STATUS_OK. */
MUST_CHECK status worker_loss_tell(const char *job, const worker_loss *l,
                                   const worker_limits *limits, error *err);
/* It died near its memory limit, and most likely of it: libraries abort when an allocation is
 * refused, and the kernel does not say why. */
bool worker_near_memory_limit(const wire_end *end, const worker_limits *limits);

#endif
