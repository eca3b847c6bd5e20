/* The worker process: limits, one job, one reply. */
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
#include "base/worker_wire.h"

/* The sanitizers reserve terabytes of addresses for their own books. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ADDRESS_SPACE_IS_LIMITABLE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ADDRESS_SPACE_IS_LIMITABLE 0
#endif
#endif
#ifndef ADDRESS_SPACE_IS_LIMITABLE
#define ADDRESS_SPACE_IS_LIMITABLE 1
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

static void limit_memory(uint64_t bytes, const wire_fds *fds)
{
    uint64_t total = bytes + mapped_bytes();
    for (size_t i = 1; i < fds->count; i++) {
        struct stat facts;
        if (fstat(fds->at[i], &facts) == 0 && facts.st_size > 0)
            total += (uint64_t)facts.st_size;
    }
    struct rlimit limit = {.rlim_cur = total, .rlim_max = total};
    (void)setrlimit(RLIMIT_AS, &limit);
}
#else
static void limit_memory(uint64_t bytes, const wire_fds *fds)
{
    (void)bytes;
    (void)fds;
}
#endif

/* A limit above the one inherited is refused by the kernel, and the stricter one stays. */
static void apply_limits(const worker_limits *limits, const wire_fds *fds)
{
    struct rlimit no_core = {0};
    (void)setrlimit(RLIMIT_CORE, &no_core);
    if (limits->cpu_s > 0) { /* SIGXCPU, then SIGKILL for a job that outlives it */
        struct rlimit cpu = {.rlim_cur = limits->cpu_s, .rlim_max = (rlim_t)limits->cpu_s + 1};
        (void)setrlimit(RLIMIT_CPU, &cpu);
        (void)signal(SIGXCPU, SIG_DFL);
    }
    if (limits->memory_bytes > 0)
        limit_memory(limits->memory_bytes, fds);
}

static bool send_reply(int socket, status s, const error *err, const worker_reply *r)
{
    wire_reply head = {.kind = WIRE_REPLY, .status = (uint32_t)s};
    wire_fds fds = {.count = 0};
    shared_memory body = {.fd = -1};
    error ignored;
    memcpy(head.fr, err->fr, sizeof head.fr);
    memcpy(head.en, err->en, sizeof head.en);
    if (s == STATUS_OK && r->size > 0) {
        if (shared_memory_new(&body, "bassin-reply", r->size, &ignored) != STATUS_OK)
            return false;
        memcpy(body.at, r->bytes, r->size);
        head.size = r->size;
        fds.at[fds.count++] = body.fd;
    }
    for (size_t i = 0; s == STATUS_OK && i < r->fd_count; i++)
        fds.at[fds.count++] = r->fds[i];
    bool sent = wire_send(socket, &head, sizeof head, &fds);
    shared_memory_clear(&body);
    return sent;
}

/* The body is mapped before the limits: it is not the job's memory. _exit: what foreign code left
 * to run at exit is not wanted any more. */
void worker_serve(const worker_job *job, const wire_request *request, wire_fds *fds)
{
    error err = {.status = STATUS_OK};
    worker_reply reply = {0};
    shared_memory body = {.fd = -1};
    worker_message message = {.bytes = NULL};
    size_t next = 1;
    status s = STATUS_OK;
    if (request->size > 0 && fds->count > next)
        s = shared_memory_open(&body, fds->at[next++], &err);
    if (s == STATUS_OK && body.size != request->size)
        s = error_set(&err, STATUS_ENVIRONMENT, M_BASE_PACK_DAMAGED);
    message.bytes = body.at;
    message.size = body.size;
    for (; next < fds->count && message.fd_count < WORKER_MAX_FDS; next++)
        message.fds[message.fd_count++] = fds->at[next];
    if (s == STATUS_OK) {
        apply_limits(&request->limits, fds);
        s = job->run(&message, &reply, &err);
    }
    _exit(send_reply(fds->at[0], s, &err, &reply) ? 0 : EXIT_NO_REPLY);
}
