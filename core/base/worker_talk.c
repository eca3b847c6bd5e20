/* The program's side of a worker: asks, waits, and judges what comes back. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/progress.h"
#include "base/worker_wire.h"

enum { CANCEL_LOOK_MS = 50 };

struct worker_talk {
    const zygote *z;
    const worker_job *job;
    worker_limits limits;
    int line, end_socket;
    uint64_t turn; /* of the latest parcel sent */
    bool ended;
    worker_loss loss; /* its end is true once `ended` */
    worker_end end;
    wire_parcel parcel;
};

static status system_refused(error *err, const char *what)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_SYSTEM, what, SYSTEM_CAUSE(errno));
}

static void close_both(const int ends[2])
{
    (void)close(ends[0]);
    (void)close(ends[1]);
}

/* Two pairs of sockets, the first end of each for the program; its end of the line never blocks. */
static status open_sockets(int line[2], int end[2], error *err)
{
    const int kind = SOCK_SEQPACKET | SOCK_CLOEXEC;
    if (socketpair(AF_UNIX, kind, 0, line) != 0)
        return system_refused(err, "socketpair");
    if (socketpair(AF_UNIX, kind, 0, end) == 0) {
        if (fcntl(line[0], F_SETFL, O_NONBLOCK) == 0)
            return STATUS_OK;
        close_both(end);
    }
    status s = system_refused(err, "socketpair");
    close_both(line);
    return s;
}

/* The request waits on the line for the worker, whose life begins once the zygote is told. */
static status send_request(worker_talk *t, const worker_message *request, int line, int end_socket,
                           error *err)
{
    const wire_request head = {.job = (uint64_t)(t->job - t->z->jobs), .limits = t->limits};
    const wire_fds fds = {.at = {line, end_socket}, .count = 2};
    status s = wire_parcel_send(t->line, (wire_head){.turn = t->turn}, request, err);
    if (s == STATUS_OK && !wire_send(t->z->control, &head, sizeof head, &fds))
        s = system_refused(err, "sendmsg");
    return s;
}

status worker_talk_open(const zygote *z, const worker_job *job, const worker_message *request,
                        worker_limits limits, worker_talk **out, error *err)
{
    int line[2], end[2];
    worker_talk *t = memory_new(1, sizeof *t);
    *out = NULL;
    if (t == NULL)
        return memory_error(err, sizeof *t);
    status s = open_sockets(line, end, err);
    if (s != STATUS_OK) {
        memory_free(t);
        return s;
    }
    *t = (worker_talk){.z = z, .job = job, .limits = limits, .line = line[0], .end_socket = end[0]};
    s = send_request(t, request, line[1], end[1], err);
    (void)close(line[1]); /* else the worker's end would never show */
    (void)close(end[1]);
    if (s == STATUS_OK) {
        *out = t;
        return STATUS_OK;
    }
    (void)close(t->line);
    (void)close(t->end_socket);
    memory_free(t);
    return s;
}

/* The zygote speaks once: the worker is dead, or the zygote is. */
static void take_end(worker_talk *t)
{
    wire_fds none = {.count = 0};
    wire_end *end = &t->loss.end;
    ssize_t got = wire_receive(t->end_socket, end, sizeof *end, &none);
    wire_fds_close(&none);
    t->ended = true;
    if (got != (ssize_t)sizeof *end) {
        *end = (wire_end){.signal = SIGKILL}; /* the kernel kills what the zygote leaves */
        t->loss.kind = LOSS_SERVICE;
    }
    t->end = (worker_end){.signal = end->signal,
                          .exit_code = end->exit_code,
                          .timed_out = end->timed_out != 0 || t->loss.kind == LOSS_TIME,
                          .damaged = t->loss.kind == LOSS_DAMAGE,
                          .out_of_memory = (end->signal != 0 || end->exit_code != 0) &&
                                           worker_near_memory_limit(end, &t->limits),
                          .peak_bytes = end->peak_bytes,
                          .cpu_s = end->cpu_s};
}

/* Has the worker killed, and waits for its death: nothing can resist it. A damaged answer of one
 * that has ended since is damage all the same. */
static void lose(worker_talk *t, loss kind)
{
    if (!t->ended || kind == LOSS_DAMAGE)
        t->loss.kind = kind;
    t->end.damaged = t->loss.kind == LOSS_DAMAGE;
    if (t->ended)
        return;
    (void)shutdown(t->end_socket, SHUT_WR);
    take_end(t);
}

static int next_look_ms(const worker_talk *t, double deadline_s)
{
    double wait_ms = t->z->cancel == NULL ? -1.0 : CANCEL_LOOK_MS;
    if (deadline_s > 0.0) {
        double left_ms = 1000.0 * (deadline_s - progress_clock_s()) + 1.0;
        left_ms = left_ms < 0.0 ? 0.0 : left_ms;
        wait_ms = wait_ms < 0.0 || left_ms < wait_ms ? left_ms : wait_ms;
    }
    return wait_ms > 3600e3 ? 3600000 : (int)wait_ms;
}

/* Until something comes on the line (when `line` is not -1), or the worker has ended, be it by
 * cancellation or at the deadline (0: none). */
static void wait_for(worker_talk *t, int line, double deadline_s)
{
    struct pollfd polled[] = {{.fd = t->end_socket, .events = POLLIN},
                              {.fd = line, .events = POLLIN}};
    while (!t->ended) {
        int ready = poll(polled, 2, next_look_ms(t, deadline_s));
        if (ready > 0 && polled[0].revents != 0)
            take_end(t);
        else if (ready > 0)
            return;
        else if (t->z->cancel != NULL && atomic_load(t->z->cancel) != 0)
            lose(t, LOSS_CANCELLED);
        else if (deadline_s > 0.0 && progress_clock_s() >= deadline_s)
            lose(t, LOSS_TIME);
    }
}

/* Reads rather than maps: a worker that ran foreign code still holds the memory. */
static bool read_body(int fd, uint64_t size, worker_answer *out)
{
    struct stat facts;
    if (size > WIRE_MAX_BODY_BYTES || fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) ||
        facts.st_size < 0 || (uint64_t)facts.st_size != size)
        return false;
    char *bytes = memory_new((size_t)size, 1);
    if (bytes == NULL)
        return false;
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(fd, bytes + done, (size_t)size - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            memory_free(bytes);
            return false;
        }
        done += (size_t)got;
    }
    out->bytes = bytes;
    out->size = (size_t)size;
    return true;
}

static status tell_loss(const worker_talk *t, error *err)
{
    return worker_loss_tell(t->job->name, &t->loss, &t->limits, err);
}

/* Set anew: the texts come from a process that may have run foreign code. */
static status error_of(const wire_parcel *parcel, error *err)
{
    wire_error texts;
    memcpy(&texts, parcel->body, sizeof texts);
    texts.fr[ERROR_TEXT_BYTES - 1] = texts.en[ERROR_TEXT_BYTES - 1] = '\0';
    status s = (status)parcel->head.status;
    if (texts.fr[0] == '\0')
        return error_set(err, s, M_BASE_WORKER_NO_TEXT);
    return error_set(err, s, "%s%.0s", "%.0s%s", texts.fr, texts.en);
}

static bool copy_body(const wire_parcel *parcel, worker_answer *out)
{
    size_t size = (size_t)parcel->head.size;
    if (size == 0)
        return true;
    out->bytes = memory_new(size, 1);
    if (out->bytes == NULL)
        return false;
    memcpy(out->bytes, parcel->body, size);
    out->size = size;
    return true;
}

/* Takes the descriptors. */
static status keep_answer(worker_talk *t, wire_fds *fds, worker_answer *out, error *err)
{
    const wire_head *head = &t->parcel.head;
    bool apart = head->size > WIRE_INLINE_BYTES;
    bool good = head->turn == t->turn && head->status <= STATUS_INTERRUPTED;
    if (good && head->status != STATUS_OK && head->size == sizeof(wire_error) && fds->count == 0)
        return error_of(&t->parcel, err);
    good = good && head->status == STATUS_OK &&
           (apart ? read_body(fds->at[0], head->size, out) : copy_body(&t->parcel, out));
    if (!good) {
        wire_fds_close(fds);
        lose(t, LOSS_DAMAGE);
        return tell_loss(t, err);
    }
    if (apart)
        (void)close(fds->at[0]);
    for (size_t i = apart ? 1 : 0; i < fds->count; i++)
        out->fds[out->fd_count++] = fds->at[i];
    return STATUS_OK;
}

/* What a worker said before it ended still lies on the line. */
status worker_talk_hear(worker_talk *t, double limit_s, worker_answer *out, error *err)
{
    double deadline_s = wire_deadline_s(limit_s);
    ssize_t got = 0;
    t->loss.limit_s = limit_s;
    do {
        wire_fds fds = {.count = 0};
        wait_for(t, t->line, deadline_s);
        if (t->loss.kind != LOSS_OWN)
            return tell_loss(t, err);
        got = wire_parcel_receive(t->line, &t->parcel, &fds);
        if (got > 0)
            return keep_answer(t, &fds, out, err);
    } while (got < 0 && errno == EAGAIN && !t->ended);
    /* A worker that lives on without its line is of no use. */
    lose(t, got < 0 && errno == EMSGSIZE ? LOSS_DAMAGE : LOSS_OWN);
    return tell_loss(t, err);
}

status worker_talk_wait_end(worker_talk *t, error *err)
{
    wait_for(t, -1, 0.0);
    bool good = t->loss.kind == LOSS_OWN && t->end.signal == 0 && t->end.exit_code == 0;
    return good ? STATUS_OK : tell_loss(t, err);
}

static bool line_is_cut(const worker_talk *t)
{
    struct pollfd line = {.fd = t->line};
    return poll(&line, 1, 0) > 0;
}

status worker_talk_ask(worker_talk *t, const worker_message *asked, double limit_s,
                       worker_answer *out, error *err)
{
    *out = (worker_answer){0};
    if (t->ended)
        return tell_loss(t, err);
    t->turn++;
    status s = wire_parcel_send(t->line, (wire_head){.turn = t->turn}, asked, err);
    if (s == STATUS_OK)
        return worker_talk_hear(t, limit_s, out, err);
    if (!line_is_cut(t))
        return s;
    lose(t, LOSS_OWN);
    return tell_loss(t, err);
}

const worker_end *worker_talk_end(const worker_talk *t)
{
    return t->ended ? &t->end : NULL;
}

void worker_talk_close(worker_talk *t)
{
    if (t == NULL)
        return;
    lose(t, LOSS_OWN);
    (void)close(t->line);
    (void)close(t->end_socket);
    memory_free(t);
}
