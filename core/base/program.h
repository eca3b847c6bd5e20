/* base/program.h: a program run apart and held: it writes in one folder, has no network, a limit of
 * time and memory, and nothing of it is left alive.
 *
 * A worker of the zygote forks a keeper, which starts the program in a process group of its own,
 * listens to what it says, and kills the whole group when the program has ended, when its time is
 * up, or when the worker is gone. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include "base/worker.h"

typedef struct program_request {
    const char *const *arguments;   /* NULL-terminated; the first is the path of the program */
    const char *const *environment; /* NULL-terminated, "NAME=value": all that it sees */
    const char *const *read_paths;  /* NULL-terminated: see sandbox_options */
    const char *folder;             /* where it starts, and the one that it may write in */
    double wall_s;                  /* killed after; 0: none */
    uint64_t memory_bytes;          /* of addresses, each process; 0: none */
    uint64_t file_bytes;            /* the longest file that it may write; 0: none */
} program_request;

enum { PROGRAM_SAID_BYTES = 1 << 16, PROGRAM_COMPLAINED_BYTES = 1 << 12 };
typedef struct program_end {
    int exit_code, signal; /* signal 0: it left by itself */
    bool timed_out;
    const char *said;       /* the beginning of its standard output, at most PROGRAM_SAID_BYTES */
    uint64_t said_lines;    /* all of them */
    const char *complained; /* the end of its standard error, at most PROGRAM_COMPLAINED_BYTES */
    void *owned;
} program_end;

/* The job that zygote_start must know. */
extern const worker_job program_job;
/* Runs it to its end, whatever that is: then STATUS_OK. A program that does not start is
 * STATUS_INPUT; STATUS_INTERRUPTED as zygote_cancel_on says. `z` NULL: from this process (tests).
 * On failure *out is empty. */
MUST_CHECK status program_execute(zygote *z, const program_request *request, program_end *out,
                                  error *err);
void program_end_clear(program_end *end);

#endif
