#include "tests/golden/whole/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS = 24 };

static void become_program(const char *const *arguments, int out)
{
    char *argv[ARGUMENTS + 2] = {(char *)(uintptr_t)BASSIN_BINARY_DIR "/bin/bassin"};
    for (size_t i = 0; arguments[i] != NULL && i < ARGUMENTS; i++)
        argv[i + 1] = (char *)(uintptr_t)arguments[i];
    (void)setenv("LC_ALL", "en_GB.UTF-8", 1);
    (void)setenv("XDG_CACHE_HOME", BASSIN_BINARY_DIR "/cache", 0); /* nothing in the home */
    (void)setenv(
        "LSAN_OPTIONS",
        "suppressions=" BASSIN_SOURCE_DIR "/tests/golden/run/lsan.supp:print_suppressions=0", 1);
    /* a shell leaves SIGINT ignored in what it starts in the background */
    (void)signal(SIGINT, SIG_DFL);
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        _exit(126);
    (void)execv(argv[0], argv);
    _exit(127);
}

void process_start(process *p, const char *const *arguments)
{
    (void)snprintf(p->said, sizeof p->said, "/tmp/bassin-said-XXXXXX");
    const int out = mkstemp(p->said);
    assert_true(out >= 0);
    p->pid = fork();
    assert_true(p->pid >= 0);
    if (p->pid == 0)
        become_program(arguments, out);
    (void)close(out);
}

void process_signal(const process *p, int signal_number)
{
    assert_int_equal(kill(p->pid, signal_number), 0);
}

static double now(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

bool path_appears(const char *path, double seconds)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    for (const double end = now() + seconds; now() < end;) {
        if (access(path, F_OK) == 0)
            return true;
        (void)nanosleep(&pause, NULL);
    }
    return false;
}

static void read_said(const process *p, char *text, size_t size)
{
    FILE *in = fopen(p->said, "r");
    assert_non_null(in);
    text[fread(text, 1, size - 1, in)] = '\0';
    (void)fclose(in);
}

ending process_wait(process *p, char *text, size_t size)
{
    struct rusage used;
    int how = 0;
    const double begun = now();
    assert_true(wait4(p->pid, &how, 0, &used) == p->pid);
    const ending e = {.code = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how),
                      .peak_kib = used.ru_maxrss,
                      .seconds = now() - begun};
    if (text != NULL)
        read_said(p, text, size);
    (void)unlink(p->said);
    return e;
}

ending process_run(const char *const *arguments, char *text, size_t size)
{
    process p;
    process_start(&p, arguments);
    return process_wait(&p, text, size);
}
