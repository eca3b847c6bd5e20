/* What a process of its own costs: a worker's start, a question and its answer, large bodies, the
 * sandbox. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/sandbox.h"
#include "base/worker.h"

static status talk_echo(const worker_message *request, worker_line *line, error *err)
{
    (void)request;
    worker_message asked;
    status s = STATUS_OK;
    while (s == STATUS_OK && worker_line_receive(line, &asked))
        s = worker_line_answer(line, STATUS_OK, &asked, err, err);
    return s;
}

/* Answers with the seconds that each level took to enter. */
static status talk_sandboxed(const worker_message *request, worker_line *line, error *err)
{
    (void)request;
    worker_message asked;
    const sandbox_options options = {.line_fd = worker_line_fd(line)};
    double start_s = progress_clock_s(), took_s[2] = {0.0};
    status s = sandbox_enter(SANDBOX_LOADING, &options, err);
    took_s[0] = progress_clock_s() - start_s;
    if (s == STATUS_OK)
        s = sandbox_enter(SANDBOX_RUNNING, &options, err);
    took_s[1] = progress_clock_s() - start_s - took_s[0];
    if (s != STATUS_OK || !worker_line_receive(line, &asked))
        return s;
    worker_message answer = {.bytes = took_s, .size = sizeof took_s};
    return worker_line_answer(line, STATUS_OK, &answer, err, err);
}

static const worker_job jobs[] = {{.name = "echo", .talk = talk_echo},
                                  {.name = "sandbox", .talk = talk_sandboxed}};
static const worker_message nothing = {.bytes = NULL};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, double *times_s, size_t count)
{
    qsort(times_s, count, sizeof *times_s, by_size);
    (void)printf("%-34s median %8.1f us   99%% %8.1f us\n", what, 1e6 * times_s[count / 2],
                 1e6 * times_s[count * 99 / 100]);
}

enum { TALKS = 300 };

/* A worker from its start to its end, with one question between; what it answers, when asked for.
 */
static status talk_once(zygote *z, const char *job, double *took_s, double answered[2], error *err)
{
    worker_talk *t = NULL;
    worker_answer a = {0};
    double start_s = progress_clock_s();
    status s = worker_talk_begin(z, job, &nothing, (worker_limits){0}, &t, err);
    if (s == STATUS_OK)
        s = worker_talk_ask(t, &nothing, 10.0, &a, err);
    if (s == STATUS_OK && a.size == 2 * sizeof *answered)
        memcpy(answered, a.bytes, a.size);
    worker_answer_clear(&a);
    worker_talk_close(t);
    *took_s = progress_clock_s() - start_s;
    return s;
}

static status time_talks(zygote *z, const char *job, error *err)
{
    static double times_s[TALKS], levels_s[2][TALKS];
    double levels[2] = {0.0};
    char what[64];
    status s = STATUS_OK;
    for (size_t i = 0; i < TALKS && s == STATUS_OK; i++) {
        s = talk_once(z, job, &times_s[i], levels, err);
        levels_s[0][i] = levels[0];
        levels_s[1][i] = levels[1];
    }
    (void)snprintf(what, sizeof what, "%s: start, one question, end", job);
    print_times(what, times_s, TALKS);
    if (levels[0] > 0.0) {
        print_times("  entering LOADING", levels_s[0], TALKS);
        print_times("  entering RUNNING", levels_s[1], TALKS);
    }
    return s;
}

static status time_asks(zygote *z, size_t size, size_t asks, error *err)
{
    char what[64];
    worker_talk *t = NULL;
    double *times_s = memory_new(asks, sizeof *times_s);
    void *bytes = memory_new(size, 1);
    worker_message asked = {.bytes = bytes, .size = size};
    status s = times_s == NULL || bytes == NULL
                   ? memory_error(err, size)
                   : worker_talk_begin(z, "echo", &nothing, (worker_limits){0}, &t, err);
    for (size_t i = 0; i < asks && s == STATUS_OK; i++) {
        worker_answer a = {0};
        double start_s = progress_clock_s();
        s = worker_talk_ask(t, &asked, 10.0, &a, err);
        worker_answer_clear(&a);
        times_s[i] = progress_clock_s() - start_s;
    }
    (void)snprintf(what, sizeof what, "question and answer of %zu bytes", size);
    if (s == STATUS_OK)
        print_times(what, times_s, asks);
    worker_talk_close(t);
    memory_free(times_s);
    memory_free(bytes);
    return s;
}

int main(void)
{
    zygote *z = NULL;
    error err;
    status s = zygote_start(&z, jobs, sizeof jobs / sizeof *jobs, false, &err);
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs && s == STATUS_OK; i++)
        s = time_talks(z, jobs[i].name, &err);
    (void)printf("this machine: %s\n", sandbox_means());
    static const size_t sizes[] = {64, 4096, 32768, 65536, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && s == STATUS_OK; i++)
        s = time_asks(z, sizes[i], sizes[i] > 65536 ? 500 : 20000, &err);
    if (s != STATUS_OK)
        (void)fprintf(stderr, "%s\n", err.en);
    zygote_stop(z);
    return s == STATUS_OK ? 0 : 1;
}
