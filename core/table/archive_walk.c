#include "table/archive_walk.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "table/messages.h"

enum { WALK_CHUNK = 1 << 16, WALK_NAME_BYTES = 1024 };

struct archive_walk {
    struct archive *from;
    char name[WALK_NAME_BYTES];
};

static status damaged(archive_walk *w, error *err)
{
    const char *why = archive_error_string(w->from);
    return error_set(err, STATUS_INPUT, M_ARCHIVE_DAMAGED, why ? why : "archive");
}

status archive_walk_open(archive_walk **out, const char *path, error *err)
{
    *out = NULL;
    archive_walk *w = memory_new(1, sizeof *w);
    if (!w)
        return memory_error(err, sizeof *w);
    w->from = archive_read_new();
    status result = w->from ? STATUS_OK : memory_error(err, sizeof *w);
    if (result == STATUS_OK && (archive_read_support_filter_all(w->from) < ARCHIVE_WARN ||
                                archive_read_support_format_tar(w->from) != ARCHIVE_OK ||
                                archive_read_support_format_zip(w->from) != ARCHIVE_OK ||
                                archive_read_support_format_7zip(w->from) != ARCHIVE_OK ||
                                archive_read_open_filename(w->from, path, WALK_CHUNK)))
        result = damaged(w, err);
    if (result == STATUS_OK)
        *out = w;
    else
        archive_walk_close(w);
    return result;
}

void archive_walk_close(archive_walk *w)
{
    if (!w)
        return;
    if (w->from)
        archive_read_free(w->from);
    memory_free(w);
}

static bool is_file(struct archive_entry *e)
{
    return archive_entry_filetype(e) == AE_IFREG && !archive_entry_hardlink(e);
}

status archive_walk_next(archive_walk *w, const char **name, error *err)
{
    struct archive_entry *entry = NULL;
    int code = ARCHIVE_OK;
    *name = NULL;
    do {
        code = archive_read_next_header(w->from, &entry);
    } while ((code == ARCHIVE_OK || code == ARCHIVE_WARN) && !is_file(entry));
    if (code == ARCHIVE_EOF)
        return STATUS_OK;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        return damaged(w, err);
    const char *utf8 = archive_entry_pathname_utf8(entry);
    const char *shown = utf8 ? utf8 : archive_entry_pathname(entry);
    (void)text_escape(text_slice_of(shown ? shown : "?", shown ? strlen(shown) : 1), w->name,
                      sizeof w->name);
    *name = w->name;
    return STATUS_OK;
}

static status write_all(int fd, const char *at, size_t size, error *err)
{
    while (size) {
        const ssize_t written = write(fd, at, size);
        if (written < 0 && errno != EINTR)
            return error_set(err, STATUS_ENVIRONMENT, M_ARCHIVE_WRITE, SYSTEM_CAUSE(errno));
        at += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return STATUS_OK;
}

status archive_walk_save(archive_walk *w, const char *path, uint64_t max_bytes, error *err)
{
    uint64_t total = 0;
    status result = STATUS_OK;
    char *chunk = memory_new(WALK_CHUNK, 1);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (!chunk)
        result = memory_error(err, WALK_CHUNK);
    else if (fd < 0)
        result = error_set(err, STATUS_ENVIRONMENT, M_ARCHIVE_WRITE, SYSTEM_CAUSE(errno));
    while (result == STATUS_OK) {
        const la_ssize_t size = archive_read_data(w->from, chunk, WALK_CHUNK);
        if (size == 0)
            break;
        total += size > 0 ? (uint64_t)size : 0;
        if (size < 0)
            result = damaged(w, err);
        else if (total > max_bytes)
            result = error_set(err, STATUS_INPUT, M_ARCHIVE_TOO_LARGE, max_bytes);
        else
            result = write_all(fd, chunk, (size_t)size, err);
    }
    if (fd >= 0)
        (void)close(fd);
    memory_free(chunk);
    return result;
}
