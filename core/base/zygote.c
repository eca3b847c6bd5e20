/* The zygote process: forks a worker a request, stops it at its wall limit or when its caller is
 * gone, and says how it ended. One thread, no input data, never OpenMP (RELIABILITY.md 3a). */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/worker_wire.h"

/* A running worker. */
typedef struct charge {
    pid_t pid;
    int socket;        /* the end socket */
    double deadline_s; /* 0: none */
    bool timed_out, killed;
} charge;

typedef struct zygote_state {
    const worker_job *jobs;
    size_t job_count;
    int control, children; /* children: signalfd of SIGCHLD */
    charge *charges;
    struct pollfd *polled; /* control, children, then one a charge */
    size_t count, capacity;
} zygote_state;

static bool reserve(zygote_state *z)
{
    if (z->count < z->capacity)
        return true;
    size_t wanted = z->capacity == 0 ? 16 : 2 * z->capacity;
    charge *charges = memory_resize(z->charges, wanted, sizeof *charges);
    if (charges == NULL)
        return false;
    z->charges = charges;
    struct pollfd *polled = memory_resize(z->polled, wanted + 2, sizeof *polled);
    if (polled == NULL)
        return false;
    z->polled = polled;
    z->capacity = wanted;
    return true;
}

static void charges_clear(zygote_state *z)
{
    memory_free(z->charges);
    memory_free(z->polled);
    z->charges = NULL;
    z->polled = NULL;
    z->count = z->capacity = 0;
}

/* What a worker must not hold: with the control socket the zygote would never see its end, with an
 * end socket it could feign a death. */
static void close_in_worker(zygote_state *z)
{
    sigset_t none;
    (void)close(z->control);
    (void)close(z->children);
    for (size_t i = 0; i < z->count; i++)
        (void)close(z->charges[i].socket);
    charges_clear(z);
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGQUIT, SIG_DFL);
    (void)signal(SIGHUP, SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void tell_end(int socket, const wire_end *end)
{
    bool told = wire_send(socket, end, sizeof *end, NULL);
    (void)told; /* a caller that is gone needs no answer */
    (void)close(socket);
}

static _Noreturn void become_worker(zygote_state *z, const wire_request *request, int line,
                                    int end_socket, pid_t zygote_pid)
{
    close_in_worker(z);
    (void)close(end_socket);
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != zygote_pid)
        _exit(1);
    worker_serve(&z->jobs[request->job], request, line);
}

/* Takes both descriptors. */
static void start_worker(zygote_state *z, const wire_request *request, int line, int end_socket)
{
    pid_t zygote_pid = getpid();
    errno = ENOMEM;
    pid_t pid = reserve(z) ? fork() : -1;
    if (pid == 0)
        become_worker(z, request, line, end_socket, zygote_pid);
    int fork_errno = errno;
    (void)close(line);
    if (pid > 0)
        (void)setpgid(pid, pid); /* whichever of both comes first */
    if (pid < 0) {
        tell_end(end_socket, &(wire_end){.fork_errno = fork_errno});
        return;
    }
    z->charges[z->count++] = (charge){
        .pid = pid, .socket = end_socket, .deadline_s = wire_deadline_s(request->limits.wall_s)};
}

/* False when the program is gone. */
static bool take_request(zygote_state *z)
{
    wire_request request;
    wire_fds fds = {.count = 0};
    ssize_t got = wire_receive(z->control, &request, sizeof request, &fds);
    if (got == 0)
        return false;
    if (got == (ssize_t)sizeof request && request.job < z->job_count && fds.count == 2)
        start_worker(z, &request, fds.at[0], fds.at[1]);
    else
        wire_fds_close(&fds); /* the caller sees its sockets end */
    return got > 0 || errno == EMSGSIZE;
}

/* Kills a worker and the processes that it has made: it is the head of their group, and keeps its
 * number until it is waited for. */
static void kill_group(const charge *c)
{
    (void)kill(-c->pid, SIGKILL);
}

static bool has_ended(const charge *c)
{
    siginfo_t told = {.si_pid = 0};
    return waitid(P_PID, (id_t)c->pid, &told, WEXITED | WNOHANG | WNOWAIT) == 0 && told.si_pid != 0;
}

/* Waits for a worker that has ended, and says how. */
static void bury(const charge *c)
{
    int how = 0;
    struct rusage used = {.ru_maxrss = 0};
    kill_group(c);
    (void)wait4(c->pid, &how, 0, &used);
    const wire_end end = {.exit_code = WIFEXITED(how) ? WEXITSTATUS(how) : 0,
                          .signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0,
                          .timed_out = c->timed_out,
                          .peak_bytes = (uint64_t)used.ru_maxrss * 1024,
                          .cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                                   1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec)};
    tell_end(c->socket, &end);
}

static void reap(zygote_state *z)
{
    for (size_t i = 0; i < z->count;) {
        if (!has_ended(&z->charges[i])) {
            i++;
            continue;
        }
        bury(&z->charges[i]);
        z->charges[i] = z->charges[--z->count];
    }
}

/* Kills what is over its time; milliseconds until the next deadline, -1 when there is none. */
static int enforce_deadlines(zygote_state *z)
{
    double now = progress_clock_s(), nearest = 0.0;
    for (size_t i = 0; i < z->count; i++) {
        charge *c = &z->charges[i];
        if (c->deadline_s <= 0.0 || c->timed_out)
            continue;
        if (now >= c->deadline_s) {
            c->timed_out = true;
            kill_group(c);
        } else if (nearest <= 0.0 || c->deadline_s < nearest) {
            nearest = c->deadline_s;
        }
    }
    if (nearest <= 0.0)
        return -1;
    double wait_ms = 1000.0 * (nearest - now) + 1.0;
    return wait_ms > 3600e3 ? 3600000 : (int)wait_ms;
}

/* A caller that writes no more to the end socket wants no more of the worker. */
static void kill_abandoned(zygote_state *z)
{
    for (size_t i = 0; i < z->count; i++) {
        charge *c = &z->charges[i];
        if (!c->killed && z->polled[2 + i].revents != 0) {
            c->killed = true;
            kill_group(c);
        }
    }
}

static void wait_for_events(zygote_state *z, int timeout_ms)
{
    z->polled[0] = (struct pollfd){.fd = z->control, .events = POLLIN};
    z->polled[1] = (struct pollfd){.fd = z->children, .events = POLLIN};
    for (size_t i = 0; i < z->count; i++) {
        const charge *c = &z->charges[i];
        z->polled[2 + i] = (struct pollfd){.fd = c->killed ? -1 : c->socket, .events = POLLRDHUP};
    }
    if (poll(z->polled, (nfds_t)(2 + z->count), timeout_ms) < 0) {
        for (size_t i = 0; i < 2 + z->count; i++)
            z->polled[i].revents = 0;
    }
}

static bool set_up(zygote_state *z)
{
    sigset_t child;
    (void)prctl(PR_SET_NAME, "bassin-zygote");
    (void)signal(SIGINT, SIG_IGN); /* the program decides when the service ends */
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGQUIT, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGCHLD, SIG_DFL);
    (void)sigemptyset(&child);
    (void)sigaddset(&child, SIGCHLD);
    if (sigprocmask(SIG_SETMASK, &child, NULL) != 0)
        return false;
    z->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    return z->children >= 0 && reserve(z);
}

void zygote_serve(int control, const worker_job *jobs, size_t count)
{
    zygote_state z = {.jobs = jobs, .job_count = count, .control = control, .children = -1};
    bool alive = set_up(&z);
    while (alive) {
        wait_for_events(&z, enforce_deadlines(&z));
        kill_abandoned(&z);
        if (z.polled[1].revents != 0) {
            struct signalfd_siginfo told[8];
            ssize_t drained = read(z.children, told, sizeof told);
            (void)drained; /* one signal may stand for several deaths: every worker is asked */
            reap(&z);
        }
        if (z.polled[0].revents != 0)
            alive = take_request(&z);
    }
    for (size_t i = 0; i < z.count; i++)
        kill_group(&z.charges[i]);
    charges_clear(&z);
    _exit(0);
}
