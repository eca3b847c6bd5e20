/* Names beside a name, and fsync. */
#include "base/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/messages.h"

void path_random_suffix(char out[PATH_SUFFIX_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    uint64_t noise = 0;
    if (getrandom(&noise, sizeof noise, GRND_NONBLOCK) != (ssize_t)sizeof noise) {
        struct timespec now = {0};
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        noise = hash_bytes(&now, sizeof now, (uint64_t)getpid());
    }
    for (size_t i = 0; i < PATH_SUFFIX_DIGITS; i++, noise >>= 4)
        out[i] = digits[noise & 15];
    out[PATH_SUFFIX_DIGITS] = '\0';
}

bool path_has_suffix(const char *name, const char *base, const char *mark)
{
    size_t base_size = strlen(base), mark_size = strlen(mark);
    if (strlen(name) != base_size + mark_size + PATH_SUFFIX_DIGITS)
        return false;
    if (strncmp(name, base, base_size) != 0 || strncmp(name + base_size, mark, mark_size) != 0)
        return false;
    return strspn(name + base_size + mark_size, "0123456789abcdef") == PATH_SUFFIX_DIGITS;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

char *path_parent(const char *path)
{
    size_t size = (size_t)(path_name(path) - path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    char *parent = memory_new(size + 2, 1);
    if (parent == NULL)
        return NULL;
    memcpy(parent, size == 0 ? "." : path, size == 0 ? 1 : size);
    return parent;
}

/* Some file systems cannot sync a folder and say EINVAL: there is nothing more to do. */
static bool sync_folder(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL;
}

static status sync_failed(const char *path, error *err)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_SYNC, path, SYSTEM_CAUSE(errno));
}

status path_sync_parent(const char *path, error *err)
{
    char *parent = path_parent(path);
    if (parent == NULL)
        return memory_error(err, strlen(path));
    status s = STATUS_OK;
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || !sync_folder(fd))
        s = sync_failed(parent, err);
    if (fd >= 0)
        (void)close(fd);
    memory_free(parent);
    return s;
}

static bool sync_entry(int folder, const char *name);

/* Takes the descriptor. */
static bool sync_entries(int folder)
{
    DIR *list = fdopendir(folder);
    if (list == NULL) {
        (void)close(folder);
        return false;
    }
    bool good = true;
    errno = 0;
    for (struct dirent *entry; good && (entry = readdir(list)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            good = sync_entry(dirfd(list), entry->d_name);
    }
    good = good && errno == 0 && sync_folder(dirfd(list));
    int cause = errno;
    (void)closedir(list);
    errno = cause;
    return good;
}

static bool sync_entry(int folder, const char *name)
{
    struct stat facts;
    if (fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    if (S_ISDIR(facts.st_mode)) {
        int inside = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        return inside >= 0 && sync_entries(inside);
    }
    if (!S_ISREG(facts.st_mode))
        return true;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = fsync(fd) == 0;
    int cause = errno;
    (void)close(fd);
    errno = cause;
    return good;
}

status path_sync_tree(const char *path, error *err)
{
    int root = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (root < 0 || !sync_entries(root))
        return sync_failed(path, err);
    return STATUS_OK;
}
