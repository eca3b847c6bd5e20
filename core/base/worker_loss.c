/* How a worker was lost, in words. */
#include <errno.h>
#include <signal.h>

#include "base/messages.h"
#include "base/worker_wire.h"

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

bool worker_near_memory_limit(const wire_end *end, const worker_limits *limits)
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
    if (worker_near_memory_limit(end, limits))
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_MEMORY, job, number, signal_text(number),
                         (double)limits->memory_bytes / 1048576.0);
    return error_set(err, STATUS_INPUT, M_BASE_WORKER_SIGNAL, job, number, signal_text(number));
}

static status lost_by_itself(const char *job, const wire_end *end, const worker_limits *limits,
                             error *err)
{
    if (end->fork_errno != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_SYSTEM, "fork",
                         SYSTEM_CAUSE(end->fork_errno));
    if (end->timed_out != 0)
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_WALL, job, (double)limits->wall_s);
    if (end->signal != 0)
        return lost_by_signal(job, end, limits, err);
    return error_set(err, STATUS_INPUT, M_BASE_WORKER_EXIT, job, (int)end->exit_code);
}

status worker_loss_tell(const char *job, const worker_loss *l, const worker_limits *limits,
                        error *err)
{
    switch (l->kind) {
    case LOSS_TIME:
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_WALL, job, l->limit_s);
    case LOSS_DAMAGE:
        return error_set(err, STATUS_INPUT, M_BASE_WORKER_REPLY, job);
    case LOSS_CANCELLED:
        return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
    case LOSS_SERVICE:
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_ZYGOTE, job);
    case LOSS_OWN:
        break;
    }
    return lost_by_itself(job, &l->end, limits, err);
}
