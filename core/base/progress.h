/* base/progress.h: what a run says while it works: events on stderr, or JSON lines. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>

#include "base/error.h"

/* Passed down by the command; never global. Fields are read by any thread, set before threads
 * start. */
typedef struct progress {
    language lang;
    bool json;                /* one JSON object per event on stderr */
    bool terminal;            /* stderr is a terminal: draw a bar */
    atomic_int *cancel;       /* set by SIGINT or SIGTERM; never NULL */
    double started_s;         /* monotonic */
    struct progress_log *log; /* timings, bar and events; NULL: the names of the steps alone */
} progress;
/* What a command owns beside its `progress`: the current step, the timings, the pen. */
typedef struct progress_log progress_log;
MUST_CHECK status progress_log_new(progress_log **out, error *err);
void progress_log_free(progress_log *log); /* takes NULL */
double progress_clock_s(void);             /* monotonic seconds */
/* A step begins (ends the one before): "network", and a text for people. [main thread] */
void progress_step(progress *p, const char *id, const char *fr, const char *en);
/* What the step counts ("paires", "pairs"): the bar then tells how many, and how many a second.
 * Until the next step. [main thread] */
void progress_unit(progress *p, const char *fr, const char *en);
/* done of total within the step; cheap, may be called by any thread. */
void progress_advance(progress *p, size_t done, size_t total);
/* JSON alone: work that was found done. `whole`: all of it, else `done` of `total` blocks. */
void progress_found(progress *p, const char *id, const char *mode, bool whole, size_t done,
                    size_t total);
void progress_end(progress *p);
static inline bool progress_cancelled(const progress *p)
{
    return atomic_load(p->cancel) != 0;
}
/* Seconds, and peak memory of the process so far, per finished step, for the timing log and the
 * benchmark. Returns how many there are, which may be more than `capacity`. */
typedef struct progress_timing {
    char id[32];
    double seconds;
    size_t peak_kib;
} progress_timing;
size_t progress_timings(const progress *p, progress_timing *out, size_t capacity);

#endif
