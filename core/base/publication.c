/* Results that are complete or absent: a staging folder beside the final one, swapped in whole.
 *
 *   <final>.lock          held (flock) from begin to free; removed at the end
 *   <final>.new-<12 hex>  the staging folder; after an exchange, the old tree on its way out
 *   <final>.old-<12 hex>  the old tree, on a file system that cannot exchange
 *
 * A killed run leaves one of them; the next one to hold the lock puts things right. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/memory.h"
#include "base/messages.h"
#include "base/paths.h"

struct publication {
    arena *texts;
    const char *final; /* without slashes at the end, links resolved */
    const char *lock;
    const char *staging; /* NULL: none, or committed */
    int lock_fd;
};

static const char mark_new[] = ".new-", mark_old[] = ".old-";

/* What stands at the final path. */
typedef enum occupant {
    OCCUPANT_NONE,
    OCCUPANT_EMPTY,
    OCCUPANT_RESULTS,
    OCCUPANT_FOREIGN
} occupant;

static bool folder_is_empty(const char *path)
{
    DIR *list = opendir(path);
    if (list == NULL)
        return false;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(list)) != NULL;)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    (void)closedir(list);
    return empty;
}

static bool holds_manifest(const char *folder_path)
{
    struct stat facts;
    int folder = open(folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder < 0)
        return false;
    bool held =
        fstatat(folder, "run.json", &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(facts.st_mode);
    (void)close(folder);
    return held;
}

static occupant occupant_of(const char *path)
{
    struct stat facts;
    if (lstat(path, &facts) != 0)
        return errno == ENOENT ? OCCUPANT_NONE : OCCUPANT_FOREIGN;
    if (!S_ISDIR(facts.st_mode))
        return OCCUPANT_FOREIGN;
    if (holds_manifest(path))
        return OCCUPANT_RESULTS;
    return folder_is_empty(path) ? OCCUPANT_EMPTY : OCCUPANT_FOREIGN;
}

/* "out/", "./out", a link to a folder, ".": one name for one folder, whose parent exists. */
static status resolve_final(publication *p, const char *path, error *err)
{
    char real[PATH_MAX];
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    if (size == 0)
        return error_set(err, STATUS_INPUT, M_BASE_PATH_EMPTY);
    char *plain = arena_text_n(p->texts, path, size);
    if (plain == NULL)
        return memory_error(err, size);
    if (realpath(plain, real) != NULL) {
        p->final = arena_text(p->texts, real);
    } else {
        char *parent = path_parent(plain);
        if (parent == NULL)
            return memory_error(err, size);
        status s = folder_make(parent, err);
        if (s == STATUS_OK && realpath(parent, real) == NULL)
            s = error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_OPEN, parent, SYSTEM_CAUSE(errno));
        memory_free(parent);
        if (s != STATUS_OK)
            return s;
        const char *slash = strcmp(real, "/") == 0 ? "" : "/";
        p->final = arena_format(p->texts, "%s%s%s", real, slash, path_name(plain));
    }
    if (p->final == NULL)
        return memory_error(err, size);
    const char *name = path_name(p->final);
    if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return error_set(err, STATUS_INPUT, M_BASE_PATH_ROOT, path);
    return STATUS_OK;
}

/* Whoever frees the lock removes its file: a lock on a file that no longer has the name is nothing.
 */
static bool lock_still_named(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

static status take_lock(publication *p, error *err)
{
    for (;;) {
        int fd = open(p->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd < 0)
            return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_WRITE, p->lock,
                             SYSTEM_CAUSE(errno));
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            int cause = errno;
            (void)close(fd);
            if (cause == EWOULDBLOCK)
                return error_set(err, STATUS_BUSY, M_BASE_PUBLISH_BUSY, p->final);
            if (cause != EINTR)
                return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_WRITE, p->lock,
                                 SYSTEM_CAUSE(cause));
            continue;
        }
        if (lock_still_named(fd, p->lock)) {
            p->lock_fd = fd;
            return STATUS_OK;
        }
        (void)close(fd);
    }
}

/* What resists is left to the next run that holds the lock. */
static void remove_if_possible(const char *path)
{
    error ignored;
    status s = folder_remove(path, &ignored);
    (void)s;
}

/* A run killed between the two renames of swap_by_renames left the old results aside. */
static void put_back(publication *p, const char *aside)
{
    if (occupant_of(p->final) == OCCUPANT_NONE)
        (void)rename(aside, p->final);
    remove_if_possible(aside); /* gone already when it was put back */
}

/* What a killed run left; only names that this file makes. What resists is left to the next run. */
static void clean_leftovers(publication *p)
{
    const char *name = path_name(p->final);
    char *parent = path_parent(p->final);
    DIR *list = parent == NULL ? NULL : opendir(parent);
    if (list == NULL)
        goto done;
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        bool is_new = path_has_suffix(entry->d_name, name, mark_new);
        bool is_old = path_has_suffix(entry->d_name, name, mark_old);
        const char *path =
            is_new || is_old ? arena_format(p->texts, "%s/%s", parent, entry->d_name) : NULL;
        if (path != NULL && is_old)
            put_back(p, path);
        else if (path != NULL)
            remove_if_possible(path);
    }
    (void)closedir(list);
done:
    memory_free(parent);
}

static const char *name_beside(publication *p, const char *mark)
{
    char suffix[PATH_SUFFIX_BYTES];
    path_random_suffix(suffix);
    return arena_format(p->texts, "%s%s%s", p->final, mark, suffix);
}

static status make_staging(publication *p, error *err)
{
    const char *path = name_beside(p, mark_new);
    if (path == NULL)
        return memory_error(err, strlen(p->final));
    if (mkdir(path, 0777) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_FOLDER_MAKE, path, SYSTEM_CAUSE(errno));
    p->staging = path;
    return STATUS_OK;
}

static status publication_prepare(publication *p, const char *final_path, error *err)
{
    status s = resolve_final(p, final_path, err);
    if (s != STATUS_OK)
        return s;
    if (occupant_of(p->final) == OCCUPANT_FOREIGN)
        return error_set(err, STATUS_INPUT, M_BASE_PUBLISH_FOREIGN, final_path);
    p->lock = arena_format(p->texts, "%s.lock", p->final);
    if (p->lock == NULL)
        return memory_error(err, strlen(p->final));
    s = take_lock(p, err);
    if (s != STATUS_OK)
        return s;
    clean_leftovers(p);
    return make_staging(p, err);
}

status publication_begin(publication **out, const char *final_path, error *err)
{
    *out = NULL;
    publication *p = memory_new(1, sizeof *p);
    if (p == NULL)
        return memory_error(err, sizeof *p);
    p->lock_fd = -1;
    status s = arena_new(&p->texts, err);
    if (s == STATUS_OK)
        s = publication_prepare(p, final_path, err);
    if (s != STATUS_OK) {
        publication_free(p);
        return s;
    }
    *out = p;
    return STATUS_OK;
}

const char *publication_path(const publication *p)
{
    return p->staging;
}

/* For file systems without RENAME_EXCHANGE (some network shares): between the two renames the final
 * name is absent, never mixed; a kill there is put right by the next run. */
static bool swap_by_renames(publication *p)
{
    const char *aside = name_beside(p, mark_old);
    if (aside == NULL) {
        errno = ENOMEM;
        return false;
    }
    if (rename(p->final, aside) != 0)
        return false;
    if (rename(p->staging, p->final) != 0) {
        int cause = errno;
        (void)rename(aside, p->final);
        errno = cause;
        return false;
    }
    p->staging = aside; /* what is left to remove */
    return true;
}

static bool swap(publication *p, occupant there)
{
    if (there != OCCUPANT_RESULTS) /* a rename may replace an empty folder */
        return rename(p->staging, p->final) == 0;
    if (renameat2(AT_FDCWD, p->staging, AT_FDCWD, p->final, RENAME_EXCHANGE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP) && swap_by_renames(p);
}

status publication_commit(publication *p, error *err)
{
    status s = path_sync_tree(p->staging, err);
    if (s != STATUS_OK)
        return s;
    occupant there = occupant_of(p->final);
    if (there == OCCUPANT_FOREIGN)
        return error_set(err, STATUS_INPUT, M_BASE_PUBLISH_FOREIGN, p->final);
    if (!swap(p, there))
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_PUBLISH_SWAP, p->final,
                         SYSTEM_CAUSE(errno));
    const char *old = there == OCCUPANT_RESULTS ? p->staging : NULL;
    p->staging = NULL;
    s = path_sync_parent(p->final, err);
    if (s == STATUS_OK && old != NULL)
        remove_if_possible(old);
    return s;
}

void publication_free(publication *p)
{
    if (p == NULL)
        return;
    if (p->staging != NULL)
        remove_if_possible(p->staging);
    if (p->lock_fd >= 0) {
        (void)unlink(p->lock); /* while held: see lock_still_named */
        (void)close(p->lock_fd);
    }
    arena_free(p->texts);
    memory_free(p);
}
