/* The caller's and the worker's side of a program run apart. */
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/program_keeper.h"
#include "base/program_messages.h"

enum { LIST_MAX_TEXTS = 4096, KEEPER_GRACE_S = 10 };

/* --- the request as bytes --- */

static void pack_texts(pack_writer *w, const char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    pack_u64(w, count);
    for (size_t i = 0; i < count; i++)
        pack_text(w, list[i]);
}

/* NULL: damaged, or out of memory. The texts borrow the message. */
static const char *const *unpack_texts(pack_reader *r)
{
    const uint64_t count = unpack_u64(r);
    if (r->failed || count > LIST_MAX_TEXTS)
        return NULL;
    const char **list = memory_new((size_t)count + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++)
        list[i] = unpack_text(r);
    return list;
}

static void pack_request(pack_writer *w, const program_request *q)
{
    pack_texts(w, q->arguments);
    pack_texts(w, q->environment);
    pack_texts(w, q->read_paths);
    pack_text(w, q->folder);
    pack_f64(w, q->wall_s);
    pack_u64(w, q->memory_bytes);
    pack_u64(w, q->file_bytes);
}

typedef struct own_request {
    const char *const *lists[3];
    program_request request;
} own_request;

static bool unpack_request(const worker_message *message, own_request *own)
{
    pack_reader r = {.at = message->bytes, .size = message->size};
    bool good = true;
    for (size_t i = 0; i < 3; i++) {
        own->lists[i] = unpack_texts(&r);
        good = good && own->lists[i] != NULL;
    }
    own->request = (program_request){.arguments = own->lists[0],
                                     .environment = own->lists[1],
                                     .read_paths = own->lists[2],
                                     .folder = unpack_text(&r),
                                     .wall_s = unpack_f64(&r),
                                     .memory_bytes = unpack_u64(&r),
                                     .file_bytes = unpack_u64(&r)};
    return good && !r.failed && own->request.folder != NULL && own->lists[0][0] != NULL;
}

static void own_request_clear(own_request *own)
{
    for (size_t i = 0; i < 3; i++) {
        union {
            const char *const *read;
            void *any;
        } list = {.read = own->lists[i]};
        memory_free(list.any);
    }
}

/* --- the worker's side --- */

/* Everything until the end of the pipe. */
static bool read_report(int fd, unsigned char *to, size_t capacity, size_t *size)
{
    *size = 0;
    while (*size < capacity) {
        const ssize_t got = read(fd, to + *size, capacity - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        *size += (size_t)got;
    }
    return true;
}

static status keeper_failed(const program_request *q, int cause, error *err)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_PROGRAM_START, q->arguments[0],
                     SYSTEM_CAUSE(cause));
}

/* Runs the keeper and hands on what it reports. */
static status keep(const program_request *q, worker_reply *reply, error *err)
{
    const size_t capacity = sizeof(program_report) + PROGRAM_SAID_BYTES + PROGRAM_COMPLAINED_BYTES;
    unsigned char *bytes = memory_new(capacity, 1);
    int ends[2];
    size_t size = 0;
    if (bytes == NULL)
        return memory_error(err, capacity);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        memory_free(bytes);
        return keeper_failed(q, errno, err);
    }
    const pid_t own = getpid();
    const pid_t pid = fork();
    if (pid == 0)
        program_keep(q, ends[1], own);
    const int cause = errno;
    (void)close(ends[1]);
    status s = pid < 0 ? keeper_failed(q, cause, err) : STATUS_OK;
    if (s == STATUS_OK && !read_report(ends[0], bytes, capacity, &size))
        s = keeper_failed(q, errno, err);
    (void)close(ends[0]);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    if (s == STATUS_OK)
        s = worker_reply_bytes(reply, bytes, size, err);
    memory_free(bytes);
    return s;
}

static status program_serve(const worker_message *message, worker_reply *reply, error *err)
{
    own_request own = {.request = {.folder = NULL}};
    status s = STATUS_OK;
    if (!unpack_request(message, &own))
        s = error_set(err, STATUS_ENVIRONMENT, M_BASE_PROGRAM_LOST, "?");
    else
        s = keep(&own.request, reply, err);
    own_request_clear(&own);
    return s;
}

const worker_job program_job = {.name = "program", .run = program_serve};

/* --- the caller's side --- */

static status run_in(zygote *z, const worker_message *message, double wall_s, worker_answer *answer,
                     error *err)
{
    zygote *here = NULL;
    status s = STATUS_OK;
    if (z == NULL)
        s = zygote_start(&here, &program_job, 1, true, err);
    const worker_limits limits = {.wall_s =
                                      wall_s > 0.0 ? (uint32_t)ceil(wall_s) + KEEPER_GRACE_S : 0};
    if (s == STATUS_OK)
        s = zygote_run(z != NULL ? z : here, program_job.name, message, limits, answer, err);
    zygote_stop(here);
    return s;
}

/* The report comes from the keeper, which the program cannot reach; its sizes are judged all the
 * same. */
static status take_report(const program_request *q, worker_answer *answer, program_end *out,
                          error *err)
{
    program_report report;
    if (answer->size < sizeof report)
        return error_set(err, STATUS_INPUT, M_BASE_PROGRAM_LOST, q->arguments[0]);
    memcpy(&report, answer->bytes, sizeof report);
    const size_t texts = answer->size - sizeof report;
    if (report.said > texts || report.complained != texts - report.said)
        return error_set(err, STATUS_INPUT, M_BASE_PROGRAM_LOST, q->arguments[0]);
    if (report.start.refused.status != STATUS_OK) {
        *err = report.start.refused;
        return err->status;
    }
    if (report.start.cause != 0)
        return error_set(err, STATUS_INPUT, M_BASE_PROGRAM_START, q->arguments[0],
                         SYSTEM_CAUSE(report.start.cause));
    char *own = memory_new(texts + 2, 1);
    if (own == NULL)
        return memory_error(err, texts);
    const char *from = (const char *)answer->bytes + sizeof report;
    memcpy(own, from, report.said);
    memcpy(own + report.said + 1, from + report.said, report.complained);
    *out = (program_end){.exit_code = report.exit_code,
                         .signal = report.signal,
                         .timed_out = report.timed_out != 0,
                         .said = own,
                         .said_lines = report.said_lines,
                         .complained = own + report.said + 1,
                         .owned = own};
    return STATUS_OK;
}

status program_execute(zygote *z, const program_request *request, program_end *out, error *err)
{
    pack_writer w = {.at = NULL};
    worker_answer answer = {.bytes = NULL};
    *out = (program_end){.said = NULL};
    pack_request(&w, request);
    const worker_message message = {.bytes = w.at, .size = w.size};
    status s =
        w.failed ? memory_error(err, w.size) : run_in(z, &message, request->wall_s, &answer, err);
    pack_writer_clear(&w);
    if (s == STATUS_OK)
        s = take_report(request, &answer, out, err);
    worker_answer_clear(&answer);
    return s;
}

void program_end_clear(program_end *end)
{
    memory_free(end->owned);
    *end = (program_end){.said = NULL};
}
