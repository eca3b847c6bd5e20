/* Messages with descriptors over a socket. */
#include "base/worker_wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/messages.h"
#include "base/progress.h"

void wire_fds_close(wire_fds *fds)
{
    for (size_t i = 0; i < fds->count; i++)
        (void)close(fds->at[i]);
    fds->count = 0;
}

typedef union control_space {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(WIRE_MAX_FDS * sizeof(int))];
} control_space;

/* sendmsg only reads what an iovec points to. */
static struct iovec part_of(const void *bytes, size_t size)
{
    union {
        const void *read;
        void *any;
    } start = {.read = bytes};
    return (struct iovec){.iov_base = start.any, .iov_len = size};
}

static bool send_parts(int socket, struct iovec *parts, size_t count, const wire_fds *fds)
{
    control_space control;
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    size_t fd_count = fds == NULL ? 0 : fds->count;
    if (fd_count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        memcpy(CMSG_DATA(header), fds->at, fd_count * sizeof(int));
    }
    ssize_t sent;
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent >= 0; /* a message of a sequence is sent whole */
}

bool wire_send(int socket, const void *bytes, size_t size, const wire_fds *fds)
{
    struct iovec part = part_of(bytes, size);
    return send_parts(socket, &part, 1, fds);
}

static void keep_fds(struct msghdr *message, wire_fds *fds)
{
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    for (; header != NULL; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        if (count > WIRE_MAX_FDS - fds->count)
            count = WIRE_MAX_FDS - fds->count; /* the control space holds no more */
        memcpy(fds->at + fds->count, CMSG_DATA(header), count * sizeof(int));
        fds->count += count;
    }
}

ssize_t wire_receive(int socket, void *bytes, size_t size, wire_fds *fds)
{
    control_space control;
    struct iovec part = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t got;
    fds->count = 0;
    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -1;
    keep_fds(&message, fds);
    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        wire_fds_close(fds);
        errno = EMSGSIZE;
        return -1;
    }
    return got;
}

status wire_parcel_send(int socket, wire_head head, const worker_message *message, error *err)
{
    head.size = message->size;
    struct iovec parts[] = {part_of(&head, sizeof head), part_of(message->bytes, message->size)};
    shared_memory body = {.fd = -1};
    wire_fds fds = {.count = 0};
    bool apart = message->size > WIRE_INLINE_BYTES;
    if (message->fd_count > WORKER_MAX_FDS)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_FDS, (int)WORKER_MAX_FDS);
    if (apart) {
        status s = shared_memory_new(&body, "bassin-parcel", message->size, err);
        if (s != STATUS_OK)
            return s;
        memcpy(body.at, message->bytes, message->size);
        fds.at[fds.count++] = body.fd;
    }
    for (size_t i = 0; i < message->fd_count; i++)
        fds.at[fds.count++] = message->fds[i];
    bool sent = send_parts(socket, parts, apart || message->size == 0 ? 1 : 2, &fds);
    int cause = errno;
    shared_memory_clear(&body);
    errno = cause; /* a caller may tell a lost worker by it */
    if (!sent)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_WORKER_SYSTEM, "sendmsg",
                         SYSTEM_CAUSE(cause));
    return STATUS_OK;
}

ssize_t wire_parcel_receive(int socket, wire_parcel *parcel, wire_fds *fds)
{
    const uint64_t bare = sizeof parcel->head;
    ssize_t got = wire_receive(socket, parcel, sizeof *parcel, fds);
    if (got <= 0)
        return got;
    uint64_t size = (uint64_t)got < bare ? UINT64_MAX : parcel->head.size;
    bool apart = size > WIRE_INLINE_BYTES;
    size_t own = apart ? 1 : 0; /* of the parcel itself */
    if (size <= WIRE_MAX_BODY_BYTES && (uint64_t)got == bare + (apart ? 0 : size) &&
        fds->count >= own && fds->count - own <= WORKER_MAX_FDS)
        return got;
    wire_fds_close(fds);
    errno = EMSGSIZE;
    return -1;
}

double wire_deadline_s(double limit_s)
{
#ifdef BASSIN_WITHOUT_TIME_LIMIT /* cmake/flags.cmake */
    (void)limit_s;
    return 0.0;
#else
    return limit_s > 0.0 ? progress_clock_s() + limit_s : 0.0;
#endif
}
