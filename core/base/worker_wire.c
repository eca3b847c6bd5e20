/* Messages with descriptors over a socket. */
#include "base/worker_wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

bool wire_send(int socket, const void *bytes, size_t size, const wire_fds *fds)
{
    control_space control;
    union {
        const void *read;
        void *any;
    } start = {.read = bytes};
    struct iovec part = {.iov_base = start.any, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    size_t count = fds == NULL ? 0 : fds->count;
    memset(&control, 0, sizeof control);
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), fds->at, count * sizeof(int));
    }
    ssize_t sent;
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
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
