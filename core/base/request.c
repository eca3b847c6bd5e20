/* The zygote as the program sees it: its start and its end, and who is asked what. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/worker_wire.h"

static status system_refused(error *err, const char *what)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_SYSTEM, what, SYSTEM_CAUSE(errno));
}

/* Takes the program's view of the zygote. */
static _Noreturn void zygote_child(pid_t parent, const int ends[2], zygote *z)
{
    const worker_job *jobs = z->jobs;
    const size_t count = z->job_count;
    memory_free(z);
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
        zygote_child(parent, ends, z);
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

static const worker_job *zygote_job(const zygote *z, const char *name)
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

/* The one exchange of a talk: the request, its reply, and an end without fault. */
static status run_apart(const zygote *z, const worker_job *job, const worker_message *request,
                        worker_limits limits, worker_answer *out, error *err)
{
    worker_talk *t = NULL;
    status s = worker_talk_open(z, job, request, limits, &t, err);
    if (s == STATUS_OK)
        s = worker_talk_hear(t, 0.0, out, err);
    if (s == STATUS_OK)
        s = worker_talk_wait_end(t, err);
    worker_talk_close(t);
    return s;
}

status zygote_run(zygote *z, const char *job, const worker_message *request, worker_limits limits,
                  worker_answer *out, error *err)
{
    *out = (worker_answer){0};
    const worker_job *found = zygote_job(z, job);
    if (found == NULL || found->run == NULL)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_JOB, job);
    if (request->fd_count > WORKER_MAX_FDS)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_FDS, (int)WORKER_MAX_FDS);
    status s = z->in_process ? run_here(found, request, out, err)
                             : run_apart(z, found, request, limits, out, err);
    if (s != STATUS_OK)
        worker_answer_clear(out);
    return s;
}

status worker_talk_begin(zygote *z, const char *job, const worker_message *request,
                         worker_limits limits, worker_talk **out, error *err)
{
    *out = NULL;
    const worker_job *found = zygote_job(z, job);
    if (found == NULL || found->talk == NULL)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_JOB, job);
    if (z->in_process)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_APART, job);
    return worker_talk_open(z, found, request, limits, out, err);
}
