/* The keeper: one program, its two pipes, its time, its descendants. */
#include "base/program_keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/sandbox.h"

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

enum { EXIT_NOT_STARTED = 127, GRACE_MS = 1000 };

typedef struct keeper {
    const program_request *request;
    pid_t pid;   /* of the program, and of its process group */
    int signals; /* signalfd */
    int said_fd, complained_fd, start_fd;
    char *said, *complained; /* PROGRAM_SAID_BYTES, PROGRAM_COMPLAINED_BYTES */
    program_report report;
    bool ended, stopped; /* stopped: nobody waits for it any more */
} keeper;

/* --- the program's own process, before it is the program --- */

static void limit(const program_request *q)
{
    const struct rlimit memory = {.rlim_cur = q->memory_bytes, .rlim_max = q->memory_bytes};
    const struct rlimit file = {.rlim_cur = q->file_bytes, .rlim_max = q->file_bytes};
    if (q->memory_bytes > 0)
        (void)setrlimit(RLIMIT_AS, &memory);
    if (q->file_bytes > 0)
        (void)setrlimit(RLIMIT_FSIZE, &file);
}

static void give_up(int start_fd, const program_start *start)
{
    ssize_t told = write(start_fd, start, sizeof *start);
    (void)told;
    _exit(EXIT_NOT_STARTED);
}

/* Its own group, the three streams, and no other descriptor. */
static int take_streams(int said_fd, int complained_fd)
{
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || setpgid(0, 0) != 0)
        return errno;
    if (dup2(nothing, STDIN_FILENO) < 0 || dup2(said_fd, STDOUT_FILENO) < 0 ||
        dup2(complained_fd, STDERR_FILENO) < 0)
        return errno;
    (void)syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC); /* an older kernel: each has it */
    return 0;
}

static void default_signals(void)
{
    sigset_t none;
    for (int i = 1; i < 32; i++)
        (void)signal(i, SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* execve takes arrays that it does not change, and whose type says that it might. */
static char **unchanged(const char *const *list)
{
    union {
        const char *const *given;
        char **wanted;
    } both = {.given = list};
    return both.wanted;
}

static _Noreturn void become_program(const program_request *q, int said_fd, int complained_fd,
                                     int start_fd, pid_t keeper_pid)
{
    program_start start = {.refused = {.status = STATUS_OK}};
    const sandbox_options options = {
        .line_fd = -1, .read_paths = q->read_paths, .write_path = q->folder};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper_pid)
        _exit(EXIT_NOT_STARTED);
    default_signals();
    (void)umask(077);
    start.cause = take_streams(said_fd, complained_fd);
    if (start.cause == 0 && chdir(q->folder) != 0)
        start.cause = errno;
    if (start.cause == 0 && sandbox_enter(SANDBOX_PROGRAM, &options, &start.refused) != STATUS_OK)
        start.cause = EPERM;
    limit(q);
    if (start.cause == 0)
        (void)execve(q->arguments[0], unchanged(q->arguments), unchanged(q->environment));
    if (start.cause == 0)
        start.cause = errno;
    give_up(start_fd, &start);
    _exit(EXIT_NOT_STARTED);
}

/* --- the keeper --- */

static bool set_up(keeper *k, pid_t parent)
{
    sigset_t told;
    (void)prctl(PR_SET_NAME, "bassin-keeper");
    (void)setpgid(0, 0); /* a worker is killed with its group: the keeper has still to clear up */
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1); /* what the program leaves behind comes here */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(&told);
    (void)sigaddset(&told, SIGCHLD);
    (void)sigaddset(&told, SIGTERM);
    (void)sigaddset(&told, SIGINT);
    (void)sigaddset(&told, SIGHUP);
    (void)sigaddset(&told, SIGQUIT);
    if (sigprocmask(SIG_SETMASK, &told, NULL) != 0)
        return false;
    k->signals = signalfd(-1, &told, SFD_CLOEXEC | SFD_NONBLOCK);
    k->said = memory_new(PROGRAM_SAID_BYTES, 1);
    k->complained = memory_new(PROGRAM_COMPLAINED_BYTES, 1);
    return k->signals >= 0 && k->said != NULL && k->complained != NULL && getppid() == parent;
}

static bool start_program(keeper *k)
{
    int said[2], complained[2], start[2];
    const pid_t own = getpid();
    if (pipe2(said, O_CLOEXEC) != 0 || pipe2(complained, O_CLOEXEC) != 0 ||
        pipe2(start, O_CLOEXEC) != 0)
        return false;
    k->pid = fork();
    if (k->pid == 0)
        become_program(k->request, said[1], complained[1], start[1], own);
    (void)close(said[1]);
    (void)close(complained[1]);
    (void)close(start[1]);
    if (k->pid < 0)
        return false;
    (void)setpgid(k->pid, k->pid); /* whoever is first: a kill of the group must find it */
    k->said_fd = said[0];
    k->complained_fd = complained[0];
    k->start_fd = start[0];
    (void)fcntl(k->said_fd, F_SETFL, O_NONBLOCK);
    (void)fcntl(k->complained_fd, F_SETFL, O_NONBLOCK);
    return true;
}

/* The beginning is kept, the rest counted. Bytes heard; 0 at the end of the stream; -1 for nothing
 * now. */
static ssize_t hear_said(keeper *k)
{
    char part[4096];
    const ssize_t got = read(k->said_fd, part, sizeof part);
    if (got <= 0)
        return got;
    const size_t room = PROGRAM_SAID_BYTES - k->report.said;
    const size_t kept = (size_t)got < room ? (size_t)got : room;
    memcpy(k->said + k->report.said, part, kept);
    k->report.said += kept;
    for (ssize_t i = 0; i < got; i++)
        k->report.said_lines += part[i] == '\n';
    return got;
}

/* The end is kept. */
static ssize_t hear_complained(keeper *k)
{
    char part[2048];
    const ssize_t got = read(k->complained_fd, part, sizeof part);
    if (got <= 0)
        return got;
    const size_t size = (size_t)got;
    size_t lost = k->report.complained + size > PROGRAM_COMPLAINED_BYTES
                      ? k->report.complained + size - PROGRAM_COMPLAINED_BYTES
                      : 0;
    memmove(k->complained, k->complained + lost, k->report.complained - lost);
    k->report.complained -= lost;
    memcpy(k->complained + k->report.complained, part, size);
    k->report.complained += size;
    return got;
}

static void program_ended(keeper *k, int how)
{
    k->ended = true;
    k->report.exit_code = WIFEXITED(how) ? WEXITSTATUS(how) : 0;
    k->report.signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
}

/* Every child that has ended: the program, and what it left to the keeper. */
static void reap(keeper *k)
{
    int how = 0;
    for (pid_t pid = waitpid(-1, &how, WNOHANG); pid > 0; pid = waitpid(-1, &how, WNOHANG)) {
        if (pid == k->pid)
            program_ended(k, how);
    }
}

static void take_signals(keeper *k)
{
    struct signalfd_siginfo told;
    while (read(k->signals, &told, sizeof told) == (ssize_t)sizeof told) {
        if (told.ssi_signo != SIGCHLD)
            k->stopped = true;
    }
    reap(k);
}

static int left_ms(double deadline_s)
{
    const double left = 1000.0 * (deadline_s - progress_clock_s());
    return left <= 0.0 ? 0 : left > 60000.0 ? 60000 : (int)left + 1;
}

/* Until the program has ended, its time is up, or nobody waits. */
static void listen_to(keeper *k)
{
    const double wall_s = k->request->wall_s;
    const double deadline_s = progress_clock_s() + wall_s;
    struct pollfd polled[3] = {{.fd = k->signals, .events = POLLIN},
                               {.fd = k->said_fd, .events = POLLIN},
                               {.fd = k->complained_fd, .events = POLLIN}};
    while (!k->ended && !k->stopped) {
        const int got = poll(polled, 3, wall_s > 0.0 ? left_ms(deadline_s) : -1);
        if (wall_s > 0.0 && progress_clock_s() >= deadline_s) {
            k->report.timed_out = 1;
            return;
        }
        if (got <= 0)
            continue;
        if (polled[0].revents != 0)
            take_signals(k);
        if (polled[1].revents != 0 && hear_said(k) == 0)
            polled[1].fd = -1;
        if (polled[2].revents != 0 && hear_complained(k) == 0)
            polled[2].fd = -1;
    }
}

/* The group is killed until no child is left: none can leave it (base/sandbox.h). */
static void end_group(keeper *k)
{
    const double deadline_s = progress_clock_s() + GRACE_MS / 1000.0;
    int how = 0;
    pid_t pid = 0;
    while (pid >= 0 && left_ms(deadline_s) > 0) {
        (void)kill(-k->pid, SIGKILL);
        pid = waitpid(-1, &how, WNOHANG);
        if (pid == k->pid)
            program_ended(k, how);
        if (pid == 0)
            (void)poll(NULL, 0, 5);
    }
}

/* What was said before the end still lies in the pipes, which nobody fills any more. */
static void drain(keeper *k)
{
    while (hear_said(k) > 0)
        continue;
    while (hear_complained(k) > 0)
        continue;
}

static void read_start(keeper *k)
{
    program_start start;
    if (read(k->start_fd, &start, sizeof start) == (ssize_t)sizeof start)
        k->report.start = start;
}

static void write_all(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        const ssize_t written = write(fd, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        at += written;
        size -= (size_t)written;
    }
}

void program_keep(const program_request *request, int report, pid_t parent)
{
    keeper k = {.request = request};
    if (!set_up(&k, parent) || !start_program(&k)) {
        k.report.start.cause = errno != 0 ? errno : EIO;
    } else {
        listen_to(&k);
        end_group(&k);
        drain(&k);
        read_start(&k);
    }
    write_all(report, &k.report, sizeof k.report);
    write_all(report, k.said, k.report.said);
    write_all(report, k.complained, k.report.complained);
    _exit(0);
}
