/* The program in the background: to hold, to interrupt, to measure. */
#ifndef TESTS_GOLDEN_PROCESS_H
#define TESTS_GOLDEN_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct process {
    pid_t pid;
    char said[64]; /* a file under /tmp that takes both outputs; removed by process_wait */
} process;

typedef struct ending {
    int code;       /* 128 + signal when it was killed */
    long peak_kib;  /* the largest resident set of the program or one of its workers */
    double seconds; /* from the call of process_wait */
} ending;

/* argv without the program's name, NULL-terminated. */
void process_start(process *p, const char *const *arguments);
void process_signal(const process *p, int signal_number);
/* Whether the path is there within the seconds. */
bool path_appears(const char *path, double seconds);
/* text: at least `size` bytes for what was said; NULL: not wanted. */
ending process_wait(process *p, char *text, size_t size);
/* Runs to the end. */
ending process_run(const char *const *arguments, char *text, size_t size);

#endif
