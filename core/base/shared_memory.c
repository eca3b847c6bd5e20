/* Memory shared with worker processes: a memfd, filled by its maker, then sealed. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"

static const shared_memory shared_none = {.fd = -1};

static status refused(error *err, const char *what, size_t size)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_SHARED, what, size, SYSTEM_CAUSE(errno));
}

status shared_memory_new(shared_memory *out, const char *name, size_t size, error *err)
{
    shared_memory m = {.size = size, .writable = true};
    *out = shared_none;
    m.fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (m.fd < 0)
        return refused(err, name, size);
    if (size > INT64_MAX || ftruncate(m.fd, (off_t)size) != 0)
        goto failed;
    if (size > 0) {
        m.at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, m.fd, 0);
        if (m.at == MAP_FAILED)
            goto failed;
    }
    *out = m;
    return STATUS_OK;
failed:
    (void)refused(err, name, size);
    (void)close(m.fd);
    return STATUS_ENVIRONMENT;
}

/* A peer that could shrink the memory could kill its reader by SIGBUS: an unsealed memfd is sealed
 * here, anything that cannot be sealed is refused. */
static bool seal_size(int fd)
{
    int seals = fcntl(fd, F_GET_SEALS);
    if (seals < 0)
        return false;
    return (seals & F_SEAL_SHRINK) != 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0;
}

status shared_memory_open(shared_memory *out, int fd, error *err)
{
    struct stat facts;
    shared_memory m = {.fd = fd};
    *out = shared_none;
    if (!seal_size(fd))
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_SHARED_FOREIGN);
    if (fstat(fd, &facts) != 0)
        return refused(err, "fstat", 0);
    m.size = (size_t)facts.st_size;
    if (m.size > 0) {
        m.at = mmap(NULL, m.size, PROT_READ, MAP_SHARED, fd, 0);
        if (m.at == MAP_FAILED)
            return refused(err, "mmap", m.size);
    }
    *out = m;
    return STATUS_OK;
}

status shared_memory_pin(shared_memory *m, error *err)
{
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    return fcntl(m->fd, F_ADD_SEALS, seals) == 0 ? STATUS_OK : refused(err, "F_ADD_SEALS", m->size);
}

/* The kernel seals only what has no writable mapping. The address range is held by an empty mapping
 * meanwhile, so that pointers into the memory stay good. */
status shared_memory_freeze(shared_memory *m, error *err)
{
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (!m->writable)
        return STATUS_OK;
    if (m->size > 0 &&
        mmap(m->at, m->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
             0) == MAP_FAILED)
        return refused(err, "mmap", m->size);
    bool sealed = fcntl(m->fd, F_ADD_SEALS, seals) == 0;
    int seal_errno = errno;
    if (m->size > 0 &&
        mmap(m->at, m->size, PROT_READ, MAP_SHARED | MAP_FIXED, m->fd, 0) == MAP_FAILED)
        return refused(err, "mmap", m->size);
    m->writable = false;
    errno = seal_errno;
    return sealed ? STATUS_OK : refused(err, "F_ADD_SEALS", m->size);
}

void shared_memory_clear(shared_memory *m)
{
    if (m->at != NULL)
        (void)munmap(m->at, m->size);
    if (m->fd > 0) /* 0: zeroed storage, never a memfd of ours (descriptor 0 is always open) */
        (void)close(m->fd);
    *m = shared_none;
}
