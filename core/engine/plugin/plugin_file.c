/* The file of a plugin, copied into sealed memory: nobody can change it between the digest and the
 * worker that opens it, its owner included. */
#include "engine/plugin/plugin_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/plan_messages.h"

enum { WRITABLE_BY_OTHERS = S_IWGRP | S_IWOTH };
/* A library past this is no indicator. */
#define LIBRARY_BYTES_MAX ((off_t)256 << 20)

static status no_file(const char *path, error *err)
{
    return error_set(err, STATUS_INPUT, M_PLUGIN_FILE, path, SYSTEM_CAUSE(errno));
}

/* Root, the user, and whoever owns the running program: nobody who could not change that anyway. */
static bool is_trusted(uid_t owner)
{
    struct stat program;
    return owner == 0 || owner == geteuid() ||
           (stat("/proc/self/exe", &program) == 0 && owner == program.st_uid);
}

/* The folder that the open file lies in, links resolved. */
static status judge_folder(const char *path, int fd, error *err)
{
    struct stat facts;
    char link[40], real[PATH_MAX];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t size = readlink(link, real, sizeof real - 1);
    if (size <= 0)
        return no_file(path, err);
    real[size] = '\0';
    char *slash = strrchr(real, '/');
    if (slash == NULL)
        return no_file(path, err);
    slash[slash == real] = '\0'; /* "/" stays "/" */
    if (stat(real, &facts) != 0)
        return error_set(err, STATUS_INPUT, M_PLUGIN_FOLDER_OPEN, real, SYSTEM_CAUSE(errno));
    if ((facts.st_mode & WRITABLE_BY_OTHERS) != 0)
        return error_set(err, STATUS_INPUT, M_PLUGIN_FOLDER_WRITABLE, real);
    if (!is_trusted(facts.st_uid))
        return error_set(err, STATUS_INPUT, M_PLUGIN_FOLDER_OWNER, real, (unsigned)facts.st_uid);
    return STATUS_OK;
}

static status judge(const char *path, int fd, size_t *size, error *err)
{
    struct stat facts;
    if (fstat(fd, &facts) != 0)
        return no_file(path, err);
    errno = facts.st_size > LIBRARY_BYTES_MAX ? EFBIG : EINVAL;
    if (!S_ISREG(facts.st_mode) || facts.st_size > LIBRARY_BYTES_MAX)
        return no_file(path, err);
    if ((facts.st_mode & WRITABLE_BY_OTHERS) != 0)
        return error_set(err, STATUS_INPUT, M_PLUGIN_FILE_WRITABLE, path);
    if (!is_trusted(facts.st_uid))
        return error_set(err, STATUS_INPUT, M_PLUGIN_FILE_OWNER, path, (unsigned)facts.st_uid);
    *size = (size_t)facts.st_size;
    return judge_folder(path, fd, err);
}

static bool read_all(int fd, unsigned char *to, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t got = read(fd, to + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = EIO; /* it was cut while it was read */
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static status copy_sealed(const char *path, int fd, size_t size, shared_memory *copy,
                          sha256_hex *digest, error *err)
{
    status s = shared_memory_new(copy, "bassin-plugin", size, err);
    if (s != STATUS_OK)
        return s;
    if (!read_all(fd, copy->at, size))
        return no_file(path, err);
    s = shared_memory_freeze(copy, err);
    if (s == STATUS_OK)
        *digest = sha256_of(copy->at, size);
    return s;
}

status plugin_file_read(const char *path, int *fd, sha256_hex *digest, error *err)
{
    shared_memory copy = {.fd = -1};
    size_t size = 0;
    *fd = -1;
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would hang */
    if (file < 0)
        return no_file(path, err);
    status s = judge(path, file, &size, err);
    if (s == STATUS_OK)
        s = copy_sealed(path, file, size, &copy, digest, err);
    (void)close(file);
    if (s == STATUS_OK) {
        *fd = copy.fd;
        copy.fd = -1;
    }
    shared_memory_clear(&copy);
    return s;
}
