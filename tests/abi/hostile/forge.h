/* Answers in the place of its worker: what lies on the line is written as base/worker_wire.h has
 * it, with one lie. A file defines FORGE_HEAD and FORGE_BODY_WORDS before it includes this. */
#define HOSTILE_ROWS
#define HOSTILE_EACH_BLOCK
#define _GNU_SOURCE
#include "hostile.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Turn, status, bytes of the body. */
typedef struct forged {
    uint64_t turn, status, size;
    uint64_t body[1024];
} forged;
static void forge(forged *f, uint64_t turn);

static uint64_t calls;

static void each_block(void)
{
    calls++;
}

static int line(void)
{
    struct stat facts;
    for (int fd = 3; fd < 64; fd++) {
        if (fstat(fd, &facts) == 0 && S_ISSOCK(facts.st_mode))
            return fd;
    }
    return -1;
}

/* The sandbox was entered and prepare called before the first block. */
static void misbehave(const bassin_job *job, size_t row)
{
    static forged f;
    (void)job;
    (void)row;
    forge(&f, 2 + calls);
    struct iovec part = {&f, 3 * sizeof(uint64_t) + (f.size < sizeof f.body ? f.size : 0)};
    const struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    (void)sendmsg(line(), &message, 0);
}
