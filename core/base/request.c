/* The program's side of a worker: sends a request, waits, and judges what comes back. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/worker_wire.h"

struct zygote {
    const worker_job *jobs;
    size_t job_count;
    bool in_process;
    pid_t pid;
    int control;
    const atomic_int *cancel; /* NULL: none */
};

static status system_refused(error *err, const char *what)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_SYSTEM, what, SYSTEM_CAUSE(errno));
}

static _Noreturn void zygote_child(pid_t parent, const int ends[2], const worker_job *jobs,
                                   size_t count)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before the line above */
        _exit(0);
    (void)close(ends[0]);
    zygote_serve(ends[1], jobs, count);
}

static status zygote_fork(zygote *z, error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return system_refused(err, "socketpair");
    pid_t parent = getpid();
    z->pid = fork();
    if (z->pid == 0)
        zygote_child(parent, ends, z->jobs, z->job_count);
    if (z->pid < 0) {
        status s = system_refused(err, "fork");
        (void)close(ends[0]);
        (void)close(ends[1]);
        return s;
    }
    (void)close(ends[1]);
    z->control = ends[0];
    return STATUS_OK;
}

status zygote_start(zygote **out, const worker_job *jobs, size_t count, bool in_process, error *err)
{
    *out = NULL;
    zygote *z = memory_new(1, sizeof *z);
    if (z == NULL)
        return memory_error(err, sizeof *z);
    *z = (zygote){.jobs = jobs, .job_count = count, .in_process = in_process, .control = -1};
    status s = in_process ? STATUS_OK : zygote_fork(z, err);
    if (s != STATUS_OK) {
        memory_free(z);
        return s;
    }
    *out = z;
    return STATUS_OK;
}

void zygote_stop(zygote *z)
{
    if (z == NULL)
        return;
    if (!z->in_process) {
        (void)close(z->control); /* the zygote sees the end and leaves */
        while (waitpid(z->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    memory_free(z);
}

void zygote_cancel_on(zygote *z, const atomic_int *cancel)
{
    z->cancel = cancel;
}

void worker_answer_clear(worker_answer *a)
{
    for (size_t i = 0; i < a->fd_count; i++)
        (void)close(a->fds[i]);
    memory_free(a->bytes);
    *a = (worker_answer){0};
}

static const worker_job *job_find(const zygote *z, const char *name)
{
    for (size_t i = 0; i < z->job_count; i++) {
        if (strcmp(z->jobs[i].name, name) == 0)
            return &z->jobs[i];
    }
    return NULL;
}

/* The job gets descriptors of its own, as a worker does. */
static status run_here(const worker_job *job, const worker_message *request, worker_answer *out,
                       error *err)
{
    worker_message own = *request;
    worker_reply reply = {0};
    status s = STATUS_OK;
    for (own.fd_count = 0; own.fd_count < request->fd_count; own.fd_count++) {
        int copy = fcntl(request->fds[own.fd_count], F_DUPFD_CLOEXEC, 3);
        if (copy < 0) {
            s = system_refused(err, "dup");
            while (own.fd_count > 0)
                (void)close(own.fds[--own.fd_count]);
            return s;
        }
        own.fds[own.fd_count] = copy;
    }
    s = job->run(&own, &reply, err);
    if (s != STATUS_OK) {
        worker_reply_clear(&reply);
        return s;
    }
    out->bytes = reply.bytes;
    out->size = reply.size;
    out->fd_count = reply.fd_count;
    memcpy(out->fds, reply.fds, reply.fd_count * sizeof *reply.fds);
    return STATUS_OK;
}

static status send_request(const zygote *z, size_t job, const worker_message *request,
                           worker_limits limits, int reply_socket, error *err)
{
    wire_request head = {.job = job, .limits = limits, .size = request->size};
    wire_fds fds = {.at = {reply_socket}, .count = 1};
    shared_memory body = {.fd = -1};
    status s = STATUS_OK;
    if (request->size > 0) {
        s = shared_memory_new(&body, "bassin-request", request->size, err);
        if (s != STATUS_OK)
            return s;
        memcpy(body.at, request->bytes, request->size);
        fds.at[fds.count++] = body.fd;
    }
    for (size_t i = 0; i < request->fd_count; i++)
        fds.at[fds.count++] = request->fds[i];
    if (!wire_send(z->control, &head, sizeof head, &fds))
        s = system_refused(err, "sendmsg");
    shared_memory_clear(&body);
    return s;
}

/* Reads rather than maps: a worker that ran foreign code still holds the memory. */
static bool read_body(int fd, uint64_t size, worker_answer *out)
{
    struct stat facts;
    if (size > WIRE_MAX_BODY_BYTES || fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) ||
        facts.st_size < 0 || (uint64_t)facts.st_size != size)
        return false;
    char *bytes = memory_new((size_t)size, 1);
    if (bytes == NULL)
        return false;
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(fd, bytes + done, (size_t)size - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            memory_free(bytes);
            return false;
        }
        done += (size_t)got;
    }
    out->bytes = bytes;
    out->size = (size_t)size;
    return true;
}

/* What is known of a request while it runs. */
typedef struct waiting {
    wire_reply head;
    wire_end end;
    bool replied, ended, damaged;
} waiting;

/* Takes the descriptors. */
static void keep_reply(waiting *w, const wire_reply *reply, wire_fds *fds, worker_answer *out)
{
    size_t first = reply->size > 0 ? 1 : 0;
    bool good = !w->replied && reply->status <= STATUS_INTERRUPTED && fds->count >= first &&
                fds->count - first <= WORKER_MAX_FDS &&
                (first == 0 || read_body(fds->at[0], reply->size, out));
    if (!good) {
        w->damaged = true;
        wire_fds_close(fds);
        return;
    }
    w->head = *reply;
    w->head.fr[ERROR_TEXT_BYTES - 1] = w->head.en[ERROR_TEXT_BYTES - 1] = '\0';
    w->replied = true;
    for (size_t i = first; i < fds->count; i++)
        out->fds[out->fd_count++] = fds->at[i];
    if (first == 1)
        (void)close(fds->at[0]);
}

/* False when nothing more will come. */
static bool take_answer(int socket, waiting *w, worker_answer *out)
{
    wire_answer answer;
    wire_fds fds = {.count = 0};
    ssize_t got = wire_receive(socket, &answer, sizeof answer, &fds);
    if (got == (ssize_t)sizeof(wire_reply) && answer.kind == WIRE_REPLY) {
        keep_reply(w, &answer.reply, &fds, out);
        return true;
    }
    wire_fds_close(&fds);
    if (got == (ssize_t)sizeof(wire_end) && answer.kind == WIRE_END) {
        w->end = answer.end;
        w->ended = true;
        return false;
    }
    w->damaged = w->damaged || got != 0;
    return got > 0;
}

enum { CANCEL_LOOK_MS = 50 };

/* False when cancelled. */
static bool wait_answer(const zygote *z, int socket)
{
    struct pollfd one = {.fd = socket, .events = POLLIN};
    while (z->cancel != NULL) {
        if (atomic_load(z->cancel) != 0)
            return false;
        if (poll(&one, 1, CANCEL_LOOK_MS) > 0)
            return true;
    }
    return true;
}

static const char *signal_text(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"},   {SIGABRT, "SIGABRT"},
                 {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},   {SIGKILL, "SIGKILL"},
                 {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}, {SIGSYS, "SIGSYS"},
                 {SIGTRAP, "SIGTRAP"}, {SIGALRM, "SIGALRM"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].number == number)
            return names[i].name;
    }
    return "?";
}

/* A worker that dies near its memory limit most likely died of it: libraries abort when an
 * allocation is refused, and the kernel does not say why. */
static bool near_memory_limit(const wire_end *end, const worker_limits *limits)
{
    return limits->memory_bytes > 0 && (double)end->peak_bytes > 0.8 * (double)limits->memory_bytes;
}

static status lost_by_signal(const char *job, const wire_end *end, const worker_limits *limits,
                             error *err)
{
    int number = end->signal;
    if (number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT)
        return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
    if (number == SIGXCPU ||
        (number == SIGKILL && limits->cpu_s > 0 && end->cpu_s >= limits->cpu_s))
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_CPU, job, (unsigned)limits->cpu_s);
    if (near_memory_limit(end, limits))
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_MEMORY, job, number, signal_text(number),
                         (double)limits->memory_bytes / 1048576.0);
    return error_set(err, STATUS_INPUT, M_BASE_WORKER_SIGNAL, job, number, signal_text(number));
}

static status judge(const char *job, const waiting *w, const worker_limits *limits, error *err)
{
    const wire_end *end = &w->end;
    if (!w->ended)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_ZYGOTE, job);
    if (end->fork_errno != 0) {
        errno = end->fork_errno;
        return system_refused(err, "fork");
    }
    if (end->timed_out != 0)
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_WALL, job, (unsigned)limits->wall_s);
    if (end->signal != 0)
        return lost_by_signal(job, end, limits, err);
    if (w->damaged)
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_REPLY, job);
    if (!w->replied || end->exit_code != 0)
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_EXIT, job, (int)end->exit_code);
    if (w->head.status == STATUS_OK)
        return STATUS_OK;
    if (w->head.fr[0] == '\0')
        return error_set(err, (status)w->head.status, M_BASE_WORKER_NO_TEXT);
    /* Set anew: the texts come from a process that may have run foreign code. */
    return error_set(err, (status)w->head.status, "%s%.0s", "%.0s%s", w->head.fr, w->head.en);
}

static status run_apart(const zygote *z, size_t job, const worker_message *request,
                        worker_limits limits, worker_answer *out, error *err)
{
    int ends[2];
    waiting w = {.replied = false};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return system_refused(err, "socketpair");
    status s = send_request(z, job, request, limits, ends[1], err);
    (void)close(ends[1]); /* else its end would never show */
    if (s != STATUS_OK)
        goto done;
    bool more = true;
    while (more && s == STATUS_OK) {
        if (wait_answer(z, ends[0]))
            more = take_answer(ends[0], &w, out);
        else
            s = error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
    }
    if (s == STATUS_OK)
        s = judge(z->jobs[job].name, &w, &limits, err);
done:
    (void)close(ends[0]);
    return s;
}

status zygote_run(zygote *z, const char *job, const worker_message *request, worker_limits limits,
                  worker_answer *out, error *err)
{
    *out = (worker_answer){0};
    const worker_job *found = job_find(z, job);
    if (found == NULL)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_JOB, job);
    if (request->fd_count > WORKER_MAX_FDS)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_FDS, (int)WORKER_MAX_FDS);
    status s = z->in_process ? run_here(found, request, out, err)
                             : run_apart(z, (size_t)(found - z->jobs), request, limits, out, err);
    if (s != STATUS_OK)
        worker_answer_clear(out);
    return s;
}
