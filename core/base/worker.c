/* The worker process: limits, then the job, whose reply is one answer on the line. */
#include "base/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/sandbox_guards.h"
#include "base/worker_wire.h"

/* The sanitizers reserve terabytes of addresses for their own books. BASSIN_WITHOUT_...:
 * cmake/flags.cmake. */
#if SANITIZED || defined(BASSIN_WITHOUT_MEMORY_LIMIT)
#define ADDRESS_SPACE_IS_LIMITABLE 0
#else
#define ADDRESS_SPACE_IS_LIMITABLE 1
#endif
#ifdef BASSIN_WITHOUT_TIME_LIMIT
#define TIME_IS_LIMITED false
#else
#define TIME_IS_LIMITED true
#endif

enum { EXIT_NO_REPLY = 70 };

status worker_reply_bytes(worker_reply *r, const void *bytes, size_t size, error *err)
{
    void *copy = memory_new(size, 1);
    if (copy == NULL)
        return memory_error(err, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    memory_free(r->bytes);
    r->bytes = copy;
    r->size = size;
    return STATUS_OK;
}

status worker_reply_fd(worker_reply *r, int fd, error *err)
{
    if (r->fd_count == WORKER_MAX_FDS) {
        (void)close(fd);
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_FDS, (int)WORKER_MAX_FDS);
    }
    r->fds[r->fd_count++] = fd;
    return STATUS_OK;
}

void worker_reply_clear(worker_reply *r)
{
    for (size_t i = 0; i < r->fd_count; i++)
        (void)close(r->fds[i]);
    memory_free(r->bytes);
    *r = (worker_reply){0};
}

#if ADDRESS_SPACE_IS_LIMITABLE
/* Bytes mapped now: /proc/self/statm counts pages. 0 when unknown. */
static uint64_t mapped_bytes(void)
{
    unsigned long long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm == NULL)
        return 0;
    if (fscanf(statm, "%llu", &pages) != 1)
        pages = 0;
    (void)fclose(statm);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void limit_memory(uint64_t bytes, const worker_message *request)
{
    uint64_t total = bytes + mapped_bytes();
    for (size_t i = 0; i < request->fd_count; i++) {
        struct stat facts;
        if (fstat(request->fds[i], &facts) == 0 && facts.st_size > 0)
            total += (uint64_t)facts.st_size;
    }
    struct rlimit limit = {.rlim_cur = total, .rlim_max = total};
    (void)setrlimit(RLIMIT_AS, &limit);
}
#else
static void limit_memory(uint64_t bytes, const worker_message *request)
{
    (void)bytes;
    (void)request;
}
#endif

/* A limit above the one inherited is refused by the kernel, and the stricter one stays. */
static void apply_limits(const worker_limits *limits, const worker_message *request)
{
    struct rlimit no_core = {0};
    (void)setrlimit(RLIMIT_CORE, &no_core);
    if (TIME_IS_LIMITED &&
        limits->cpu_s > 0) { /* SIGXCPU, then SIGKILL for a job that outlives it */
        struct rlimit cpu = {.rlim_cur = limits->cpu_s, .rlim_max = (rlim_t)limits->cpu_s + 1};
        (void)setrlimit(RLIMIT_CPU, &cpu);
        (void)signal(SIGXCPU, SIG_DFL);
    }
    if (limits->memory_bytes > 0)
        limit_memory(limits->memory_bytes, request);
}

static status run_once(const worker_job *job, const worker_message *request, worker_line *line)
{
    error err = {.status = STATUS_OK};
    worker_reply reply = {0};
    status s = job->run(request, &reply, &err);
    worker_message answer = {.bytes = reply.bytes, .size = reply.size, .fd_count = reply.fd_count};
    memcpy(answer.fds, reply.fds, reply.fd_count * sizeof *reply.fds);
    s = worker_line_answer(line, s, &answer, &err, &err);
    worker_reply_clear(&reply);
    return s;
}

/* A job that fails by itself says why to whoever asks next. */
static status talk(const worker_job *job, const worker_message *request, worker_line *line)
{
    error err = {.status = STATUS_OK};
    worker_message asked;
    status s = job->talk(request, line, &err);
    if (s != STATUS_OK && (line->unanswered || worker_line_receive(line, &asked)))
        s = worker_line_answer(line, s, NULL, &err, &err);
    return s;
}

/* The request is mapped before the limits: it is not the job's memory. sandbox_leave: the job may
 * have entered a sandbox, and what foreign code left to run at exit is not wanted any more. */
void worker_serve(const worker_job *job, const wire_request *request, int socket)
{
    worker_line line = {.socket = socket, .body = {.fd = -1}};
    worker_message first;
    if (!worker_line_receive(&line, &first))
        sandbox_leave(EXIT_NO_REPLY);
    apply_limits(&request->limits, &first);
    if (job->talk != NULL)
        line.unanswered = false; /* a talk begins with no answer */
    status s = job->talk != NULL ? talk(job, &first, &line) : run_once(job, &first, &line);
    sandbox_leave(s == STATUS_OK ? 0 : EXIT_NO_REPLY);
}
