/* What a process of its own costs: a worker's start, a question and its answer, large bodies. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/progress.h"
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

static const worker_job jobs[] = {{.name = "echo", .talk = talk_echo}};
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

static status time_talks(zygote *z, error *err)
{
    enum { TALKS = 300 };
    static double times_s[TALKS];
    status s = STATUS_OK;
    for (size_t i = 0; i < TALKS && s == STATUS_OK; i++) {
        double start_s = progress_clock_s();
        worker_talk *t = NULL;
        worker_answer a = {0};
        s = worker_talk_begin(z, "echo", &nothing, (worker_limits){0}, &t, err);
        if (s == STATUS_OK)
            s = worker_talk_ask(t, &nothing, 10.0, &a, err);
        worker_answer_clear(&a);
        worker_talk_close(t);
        times_s[i] = progress_clock_s() - start_s;
    }
    print_times("start, one question, end", times_s, TALKS);
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
    if (s == STATUS_OK)
        s = time_talks(z, &err);
    static const size_t sizes[] = {64, 4096, 32768, 65536, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && s == STATUS_OK; i++)
        s = time_asks(z, sizes[i], sizes[i] > 65536 ? 500 : 20000, &err);
    if (s != STATUS_OK)
        (void)fprintf(stderr, "%s\n", err.en);
    zygote_stop(z);
    return s == STATUS_OK ? 0 : 1;
}
