/* base/sandbox.h: what a process that runs foreign code may still do, and how it says what it died
 * of.
 *
 * A worker enters a level for good: seccomp (an allow-list; anything else stops the process), and
 * Landlock besides where the kernel has it. Its fatal signals leave a trace in shared memory: the
 * program then knows that a plugin called openat, or wrote into an input, and which one. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include "base/error.h"

typedef enum sandbox_level {
    /* dlopen: opens files to read and maps them; makes no socket, no process, no file. */
    SANDBOX_LOADING,
    /* Memory, clock, and its own line to the program; opens nothing, starts no thread. */
    SANDBOX_RUNNING,
    /* An interpreter: runs programs, reads files, writes under one folder alone (by Landlock;
     * anywhere its user may without it); no socket, no hold on other processes or the machine. What
     * is refused fails with EPERM, so that it can say so itself; it leaves no trace. */
    SANDBOX_PROGRAM,
} sandbox_level;

/* In shared memory, written by the worker as it dies. */
typedef struct sandbox_trace {
    _Atomic uint32_t written; /* 1: the rest is told */
    int32_t signal;
    int32_t code;           /* of the signal: si_code */
    int32_t syscall_number; /* of a refused call; else -1 */
    int32_t exit_code;      /* of a refused exit; else -1 */
    uint32_t stack_full;    /* 1: the fault lies where the stack would have grown */
    uint32_t out_of_memory; /* 1: the latest failure of a call was a refusal of memory */
    uint64_t address;       /* of a fault */
    char region[96];        /* that holds the address, see sandbox_region; "" none */
} sandbox_trace;

typedef struct sandbox_options {
    int line_fd;          /* the one descriptor to send and receive on; -1: none */
    sandbox_trace *trace; /* NULL: none, and fatal signals keep their handlers */
    /* Landlock: files and folders to read, NULL-terminated, besides the system's libraries. NULL:
     * these alone; for SANDBOX_PROGRAM everything. What does not exist is passed over. */
    const char *const *read_paths;
    const char *write_path; /* SANDBOX_PROGRAM: the one folder to write in; NULL: none */
} sandbox_options;

/* A stretch of memory that may only be read, and its name in a trace: "places.population". The text
 * is copied. At most SANDBOX_REGIONS; more are left unnamed. Before sandbox_enter. */
enum { SANDBOX_REGIONS = 256 };
void sandbox_region(const void *at, size_t size, const char *name);
/* Levels only narrow: LOADING, then RUNNING. After a trace the process leaves with the exit code
 * 128 + signal. STATUS_ENVIRONMENT when the kernel refuses: nothing foreign may run then.
 * [one thread, no other thread alive; once a level a process] */
MUST_CHECK status sandbox_enter(sandbox_level level, const sandbox_options *options, error *err);
/* Leaves the process with an exit code, past the ban on exit; in any process. */
_Noreturn void sandbox_leave(int exit_code);
/* "seccomp, Landlock ABI 4" or "seccomp": what this machine gives. */
const char *sandbox_means(void);
/* What the trace tells, as the end of a sentence about the plugin: "a appelé openat : un indicateur
 * n’ouvre pas de fichier". The trace is not trusted. False when nothing was written. */
bool sandbox_trace_say(const sandbox_trace *t, char *fr, char *en, size_t size);

#endif
