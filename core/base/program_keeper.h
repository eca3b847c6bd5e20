/* base/program_keeper.h: the process that starts a program and outlives it. Private to program*.c.
 */
#ifndef BASE_PROGRAM_KEEPER_H
#define BASE_PROGRAM_KEEPER_H

#include <sys/types.h>

#include "base/program.h"

/* How a program did not start: an errno, or the texts of a sandbox that was refused. */
typedef struct program_start {
    int cause; /* 0: it started */
    error refused;
} program_start;

/* What the keeper writes on its pipe: this, then the two texts. */
typedef struct program_report {
    program_start start;
    int exit_code, signal;
    int timed_out;
    uint64_t said_lines;
    size_t said, complained; /* bytes of the texts */
} program_report;

/* [the forked child alone] Runs the program, reports to the pipe, never returns. */
_Noreturn void program_keep(const program_request *request, int report, pid_t parent);

#endif
