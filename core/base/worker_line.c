/* The worker's side of its line to the program. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/worker_wire.h"

/* False when the body cannot be mapped. Takes the body's descriptor. */
static bool open_body(worker_line *l, wire_fds *fds, worker_message *asked)
{
    error ignored;
    size_t size = (size_t)l->parcel.head.size;
    *asked = (worker_message){.bytes = size == 0 ? NULL : l->parcel.body, .size = size};
    if (size <= WIRE_INLINE_BYTES)
        return true;
    if (shared_memory_open(&l->body, fds->at[0], &ignored) != STATUS_OK || l->body.size != size)
        return false;
    asked->bytes = l->body.at;
    memmove(fds->at, fds->at + 1, --fds->count * sizeof *fds->at);
    return true;
}

bool worker_line_receive(worker_line *l, worker_message *asked)
{
    wire_fds fds = {.count = 0};
    shared_memory_clear(&l->body);
    *asked = (worker_message){.bytes = NULL};
    if (wire_parcel_receive(l->socket, &l->parcel, &fds) <= 0)
        return false;
    l->turn = l->parcel.head.turn;
    l->unanswered = true;
    if (!open_body(l, &fds, asked)) {
        wire_fds_close(&fds);
        return false;
    }
    asked->fd_count = fds.count;
    memcpy(asked->fds, fds.at, fds.count * sizeof *fds.at);
    errno = 0; /* a trace tells what the answer to this question has left in it */
    return true;
}

status worker_line_answer(worker_line *l, status s, const worker_message *answer, const error *said,
                          error *err)
{
    wire_head head = {.turn = l->turn, .status = (uint64_t)s};
    wire_error texts = {.fr = ""};
    worker_message refusal = {.bytes = &texts, .size = sizeof texts};
    l->unanswered = false;
    if (s == STATUS_OK)
        return wire_parcel_send(l->socket, head, answer, err);
    memcpy(texts.fr, said->fr, sizeof texts.fr);
    memcpy(texts.en, said->en, sizeof texts.en);
    return wire_parcel_send(l->socket, head, &refusal, err);
}

int worker_line_fd(const worker_line *l)
{
    return l->socket;
}
