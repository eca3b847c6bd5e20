/* Files and folders: whole reads by mapping, whole writes by rename, trees removed without
 * following a link. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/paths.h"
#include "base/text.h"

/* GDAL's virtual files and any URL: nothing is fetched, and nothing hidden is opened. */
static bool is_remote(const char *path)
{
    return strncmp(path, "/vsi", 4) == 0 || strstr(path, "://") != NULL;
}

/* O_NONBLOCK: opening a pipe must not wait for its writer before it is refused. */
static status open_regular(const char *path, int *fd, struct stat *facts, error *err)
{
    *fd = -1;
    if (is_remote(path))
        return error_set(err, STATUS_INPUT, M_BASE_FILE_REMOTE, path);
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (opened < 0) {
        bool ours = errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO;
        return error_set(err, ours ? STATUS_ENVIRONMENT : STATUS_INPUT, M_BASE_FILE_OPEN, path,
                         SYSTEM_CAUSE(errno));
    }
    if (fstat(opened, facts) != 0 || !S_ISREG(facts->st_mode)) {
        (void)close(opened);
        return error_set(err, STATUS_INPUT, M_BASE_FILE_REGULAR, path);
    }
    *fd = opened;
    return STATUS_OK;
}

status file_open(const char *path, int *fd, error *err)
{
    struct stat facts = {0};
    return open_regular(path, fd, &facts, err);
}

status file_map(const char *path, file_view *out, error *err)
{
    struct stat facts = {0};
    int fd = -1;
    *out = (file_view){.at = NULL};
    status s = open_regular(path, &fd, &facts, err);
    if (s != STATUS_OK)
        return s;
    size_t size = (size_t)facts.st_size;
    if (size > 0) {
        void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            s = error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_READ, path, SYSTEM_CAUSE(errno));
        else
            *out = (file_view){.at = at, .size = size};
    }
    (void)close(fd);
    return s;
}

void file_release(const char *from, size_t size)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = ((uintptr_t)from + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)from + size) / page * page;
    if (start < end)
        (void)madvise((void *)start, end - start, MADV_DONTNEED);
}

void file_unmap(file_view *f)
{
    if (f->at != NULL) {
        union {
            const char *read;
            void *any;
        } at = {.read = f->at};
        (void)munmap(at.any, f->size);
    }
    *f = (file_view){.at = NULL};
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* Every failure of the disk shows in one of these three, and each is final. */
static bool write_synced(int fd, const void *bytes, size_t size)
{
    bool good = write_all(fd, bytes, size) && fsync(fd) == 0;
    int cause = errno;
    if (close(fd) != 0 && good)
        return false;
    errno = cause;
    return good;
}

status file_write_atomic(const char *path, const void *bytes, size_t size, error *err)
{
    char suffix[PATH_SUFFIX_BYTES];
    text_buffer beside = {0};
    status s = STATUS_ENVIRONMENT;
    path_random_suffix(suffix);
    text_add(&beside, path);
    text_add(&beside, ".new-");
    text_add(&beside, suffix);
    if (beside.failed) {
        s = memory_error(err, strlen(path));
        goto done;
    }
    int fd = open(beside.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        (void)error_set(err, s, M_BASE_FILE_WRITE, path, SYSTEM_CAUSE(errno));
        goto done;
    }
    if (!write_synced(fd, bytes, size) || rename(beside.at, path) != 0) {
        (void)error_set(err, s, M_BASE_FILE_WRITE, path, SYSTEM_CAUSE(errno));
        (void)unlink(beside.at);
        goto done;
    }
    s = path_sync_parent(path, err);
done:
    text_buffer_clear(&beside);
    return s;
}

status file_publish(const char *from, const char *to, error *err)
{
    const int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool synced = fd >= 0 && fsync(fd) == 0;
    const int cause = errno;
    if (fd >= 0)
        (void)close(fd);
    if (!synced)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_SYNC, from, SYSTEM_CAUSE(cause));
    if (rename(from, to) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_WRITE, to, SYSTEM_CAUSE(errno));
    return path_sync_parent(to, err);
}

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

status folder_make(const char *path, error *err)
{
    if (path[0] == '\0')
        return error_set(err, STATUS_INPUT, M_BASE_PATH_EMPTY);
    size_t length = strlen(path);
    char *part = memory_new(length + 1, 1);
    if (part == NULL)
        return memory_error(err, length + 1);
    status s = STATUS_OK;
    for (size_t i = 1; i <= length && s == STATUS_OK; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0) {
            int cause = errno;
            if (!is_folder(part))
                s = error_set(err, STATUS_ENVIRONMENT, M_BASE_FOLDER_MAKE, path,
                              SYSTEM_CAUSE(cause));
        }
    }
    memory_free(part);
    return s;
}

static bool remove_entry(int folder, const char *name);

/* Takes the descriptor. */
static bool remove_entries(int folder)
{
    DIR *list = fdopendir(folder);
    if (list == NULL) {
        (void)close(folder);
        return false;
    }
    bool good = true;
    int cause = 0;
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!remove_entry(dirfd(list), entry->d_name)) {
            good = false;
            cause = errno;
        }
    }
    (void)closedir(list);
    errno = cause;
    return good;
}

static bool remove_entry(int folder, const char *name)
{
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    int inside = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inside < 0 || !remove_entries(inside))
        return false;
    return unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT;
}

status folder_remove(const char *path, error *err)
{
    if (path[0] == '\0')
        return error_set(err, STATUS_INPUT, M_BASE_PATH_EMPTY);
    if (!remove_entry(AT_FDCWD, path))
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_FOLDER_REMOVE, path, SYSTEM_CAUSE(errno));
    return STATUS_OK;
}
