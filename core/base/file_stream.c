#include "base/file_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/paths.h"

typedef enum stream_kind {
    STREAM_BORROWED, /* standard output: not closed */
    STREAM_DEVICE,   /* written where it stands */
    STREAM_UNNAMED,  /* O_TMPFILE */
    STREAM_NAMED     /* "<path>.new-<12 hex>" */
} stream_kind;

struct file_stream {
    stream_kind kind;
    int fd; /* -1: none */
    bool published;
    uint64_t size;
    arena *texts;
    const char *path, *beside;
};

static status cannot_write(error *err, const char *path, int cause)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_WRITE, path, SYSTEM_CAUSE(cause));
}

/* EISDIR: a kernel, EOPNOTSUPP: a file system, without nameless files. */
static bool lacks_unnamed(int cause)
{
    return cause == EOPNOTSUPP || cause == EISDIR || cause == EINVAL || cause == ENOSYS;
}

static int open_unnamed(const char *folder, int access)
{
    return open(folder, O_TMPFILE | O_CLOEXEC | access, 0666);
}

static bool stands_as_other(const char *path)
{
    struct stat facts;
    return strcmp(path, "-") == 0 || (stat(path, &facts) == 0 && !S_ISREG(facts.st_mode));
}

static status open_beside(file_stream *f, error *err)
{
    char *folder = path_parent(f->path);
    if (!folder)
        return memory_error(err, strlen(f->path));
    f->kind = STREAM_UNNAMED;
    f->fd = open_unnamed(folder, O_WRONLY);
    if (f->fd < 0 && lacks_unnamed(errno)) {
        f->kind = STREAM_NAMED;
        f->fd = open(f->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    }
    status result = f->fd < 0 ? cannot_write(err, f->path, errno) : STATUS_OK;
    memory_free(folder);
    return result;
}

static status stream_start(file_stream *f, const char *path, error *err)
{
    char suffix[PATH_SUFFIX_BYTES];
    path_random_suffix(suffix);
    status result = arena_new(&f->texts, err);
    if (result)
        return result;
    f->path = arena_text(f->texts, path);
    f->beside = arena_format(f->texts, "%s.new-%s", path, suffix);
    if (!f->path || !f->beside)
        return memory_error(err, strlen(path));
    if (strcmp(path, "-") == 0) {
        f->fd = STDOUT_FILENO;
        return STATUS_OK;
    }
    if (!stands_as_other(path))
        return open_beside(f, err);
    f->kind = STREAM_DEVICE;
    f->fd = open(path, O_WRONLY | O_CLOEXEC); /* a folder: EISDIR */
    return f->fd < 0 ? cannot_write(err, path, errno) : STATUS_OK;
}

status file_stream_open(file_stream **out, const char *path, error *err)
{
    *out = NULL;
    file_stream *f = memory_new(1, sizeof *f);
    if (!f)
        return memory_error(err, sizeof *f);
    f->fd = -1;
    status result = stream_start(f, path, err);
    if (result) {
        file_stream_free(f);
        return result;
    }
    *out = f;
    return STATUS_OK;
}

status file_stream_write(file_stream *f, const void *bytes, size_t size, error *err)
{
    const char *at = bytes;
    f->size += size;
    while (size > 0) {
        ssize_t written = write(f->fd, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return cannot_write(err, f->path, errno);
        at += written;
        size -= (size_t)written;
    }
    return STATUS_OK;
}

uint64_t file_stream_size(const file_stream *f)
{
    return f->size;
}

/* A name beside the final one, so that the rename that follows replaces an earlier file. */
static bool give_name(const file_stream *f)
{
    char self[64];
    (void)snprintf(self, sizeof self, "/proc/self/fd/%d", f->fd);
    return f->kind == STREAM_NAMED ||
           linkat(AT_FDCWD, self, AT_FDCWD, f->beside, AT_SYMLINK_FOLLOW) == 0;
}

status file_stream_publish(file_stream *f, error *err)
{
    if (f->kind == STREAM_BORROWED || f->kind == STREAM_DEVICE) {
        f->published = true;
        return STATUS_OK;
    }
    if (fsync(f->fd) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_SYNC, f->path, SYSTEM_CAUSE(errno));
    if (!give_name(f))
        return cannot_write(err, f->path, errno);
    f->kind = STREAM_NAMED; /* from here on there is a name to remove */
    if (rename(f->beside, f->path) != 0)
        return cannot_write(err, f->path, errno);
    f->published = true;
    return path_sync_parent(f->path, err);
}

void file_stream_free(file_stream *f)
{
    if (!f)
        return;
    if (f->kind == STREAM_NAMED && !f->published && f->fd >= 0)
        (void)unlink(f->beside);
    if (f->kind != STREAM_BORROWED && f->fd >= 0)
        (void)close(f->fd);
    arena_free(f->texts);
    memory_free(f);
}

status file_scratch(const char *path, int *fd, error *err)
{
    static const char elsewhere[] = "/tmp/bassin-";
    char suffix[PATH_SUFFIX_BYTES], name[sizeof elsewhere + PATH_SUFFIX_DIGITS];
    char *folder = stands_as_other(path) ? NULL : path_parent(path);
    *fd = open_unnamed(folder ? folder : "/tmp", O_RDWR);
    memory_free(folder);
    if (*fd >= 0)
        return STATUS_OK;
    path_random_suffix(suffix);
    (void)snprintf(name, sizeof name, "%s%s", elsewhere, suffix);
    *fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        return cannot_write(err, name, errno);
    (void)unlink(name);
    return STATUS_OK;
}
