/* base/worker_wire.h: what passes between the program, its zygote and the workers; private to the
 * room.
 *
 * program --(control socket: wire_request + reply socket, body, descriptors)--> zygote
 * worker  --(reply socket: wire_reply + body, descriptors)--> program
 * zygote  --(reply socket: wire_end, once the worker is dead)--> program
 *
 * All sockets are SOCK_SEQPACKET: a message is whole or absent. Bodies travel as memfd. */
#ifndef BASE_WORKER_WIRE_H
#define BASE_WORKER_WIRE_H

#include <sys/types.h>

#include "base/error.h"
#include "base/worker.h"

enum { WIRE_MAX_FDS = WORKER_MAX_FDS + 2, WIRE_REPLY = 1, WIRE_END = 2 };
/* A reply body past this is refused: large data go as descriptors. */
#define WIRE_MAX_BODY_BYTES (UINT64_C(1) << 30)

typedef struct wire_request {
    uint64_t job; /* index */
    worker_limits limits;
    uint64_t size; /* of the body; 0: no body descriptor */
} wire_request;

typedef struct wire_reply {
    uint32_t kind;
    uint32_t status;
    uint64_t size; /* of the body; 0: no body descriptor */
    char fr[ERROR_TEXT_BYTES], en[ERROR_TEXT_BYTES];
} wire_reply;

typedef struct wire_end {
    uint32_t kind;
    int32_t exit_code; /* when signal is 0 */
    int32_t signal;
    int32_t fork_errno; /* no worker was made */
    uint64_t timed_out; /* killed by the zygote at wall_s */
    uint64_t peak_bytes;
    double cpu_s;
} wire_end;

typedef union wire_answer {
    uint32_t kind;
    wire_reply reply;
    wire_end end;
} wire_answer;

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

/* The life of the zygote process, on its end of the control socket. Never returns. */
_Noreturn void zygote_serve(int control, const worker_job *jobs, size_t count);
/* The life of a worker process. fds: reply socket, body when size > 0, the request's own. */
_Noreturn void worker_serve(const worker_job *job, const wire_request *request, wire_fds *fds);

/* What worker_reply_bytes and worker_reply_fd fill. */
struct worker_reply {
    void *bytes;
    size_t size;
    int fds[WORKER_MAX_FDS];
    size_t fd_count;
};
void worker_reply_clear(worker_reply *r);

#endif
