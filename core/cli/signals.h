/* cli/signals.h: SIGINT and SIGTERM become a flag; a second one ends the program at once. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/error.h"

/* A thread waits for the signals, so that no handler needs a global. After the zygote was forked
 * and before any other thread: they inherit the blocked signals. */
typedef struct signal_watch {
    pthread_t thread;
    bool running;
    atomic_int cancel;
} signal_watch;
MUST_CHECK status signal_watch_start(signal_watch *w, error *err);
void signal_watch_stop(signal_watch *w);

#endif
