#include "cli/signals.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/messages.h"

enum { EXIT_INTERRUPTED = 130 };

/* SIGUSR1 is this file's own: it ends the wait. */
static void watched(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGUSR1);
}

static void *wait_for_signals(void *context)
{
    signal_watch *w = context;
    sigset_t set;
    int number = 0;
    watched(&set);
    while (sigwait(&set, &number) == 0 && number != SIGUSR1) {
        if (atomic_exchange(&w->cancel, 1) != 0) {
            _exit(EXIT_INTERRUPTED);
        }
    }
    return NULL;
}

status signal_watch_start(signal_watch *w, error *err)
{
    sigset_t set;
    atomic_init(&w->cancel, 0);
    watched(&set);
    int failed = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (failed == 0) {
        failed = pthread_create(&w->thread, NULL, wait_for_signals, w);
    }
    w->running = failed == 0;
    return failed == 0 ? STATUS_OK
                       : error_set(err, STATUS_ENVIRONMENT, M_CLI_THREAD, strerror(failed));
}

void signal_watch_stop(signal_watch *w)
{
    if (w->running) {
        (void)pthread_kill(w->thread, SIGUSR1);
        (void)pthread_join(w->thread, NULL);
        w->running = false;
    }
}
