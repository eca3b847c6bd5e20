#include "datasets/catalogue/download_part.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/files.h"
#include "datasets/catalogue/messages.h"

enum { HEAD_BYTES = 64 };
/* Left free on the disk, for the work of others. */
static const uint64_t SPARE_BYTES = UINT64_C(64) << 20;

char *part_path(const char *path, arena *memory)
{
    return arena_format(memory, "%s.part", path);
}

void part_forget(const char *path, bool with_bytes, arena *memory)
{
    const char *origin = arena_format(memory, "%s.part.json", path);
    const char *bytes = part_path(path, memory);
    if (origin) {
        (void)unlink(origin);
    }
    if (with_bytes && bytes) {
        (void)unlink(bytes);
    }
}

/* --- the companion --- */

static void read_text(const json_t *from, const char *name, char *out, size_t size)
{
    const char *text = json_string_value(json_object_get(from, name));
    const size_t length = text ? strlen(text) : 0;
    out[0] = '\0';
    if (length < size) {
        memcpy(out, text ? text : "", length + 1);
    }
}

/* A companion that cannot be read is none. */
static void origin_read(const char *path, part_origin *out)
{
    json_t *read = json_load_file(path, 0, NULL);
    *out = (part_origin){.total = 0};
    read_text(read, "address", out->address, sizeof out->address);
    read_text(read, "final_address", out->final_address, sizeof out->final_address);
    read_text(read, "etag", out->etag, sizeof out->etag);
    read_text(read, "last_modified", out->last_modified, sizeof out->last_modified);
    const json_int_t total = json_integer_value(json_object_get(read, "total"));
    out->total = total > 0 ? (uint64_t)total : 0;
    json_decref(read);
}

status part_remember(part *p, error *err)
{
    json_t *made =
        json_pack("{s:s, s:s, s:s, s:s, s:I}", "address", p->origin.address, "final_address",
                  p->origin.final_address, "etag", p->origin.etag, "last_modified",
                  p->origin.last_modified, "total", (json_int_t)p->origin.total);
    char *text = made ? json_dumps(made, JSON_INDENT(1)) : NULL;
    /* A validator that is no text is of no use; the download goes on without the companion. */
    status s = text ? file_write_atomic(p->origin_path, text, strlen(text), err) : STATUS_OK;
    free(text); /* jansson's own allocation */
    json_decref(made);
    return s;
}

/* --- the bytes --- */

/* Bytes without a validator can be gone on from only when a checksum will judge the whole. */
static bool can_go_on(const part *p, const download_request *request)
{
    const part_origin *o = &p->origin;
    return p->size > 0 && strcmp(o->address, request->address) == 0 &&
           (*o->etag || *o->last_modified || *request->sha256) &&
           (request->size == 0 || p->size <= request->size) &&
           (o->total == 0 || p->size <= o->total);
}

status part_open(part *p, const download_request *request, arena *memory, error *err)
{
    struct stat facts;
    *p = (part){.fd = -1,
                .path = part_path(request->path, memory),
                .origin_path = arena_format(memory, "%s.part.json", request->path)};
    if (!p->path || !p->origin_path) {
        return memory_error(err, strlen(request->path));
    }
    p->fd = open(p->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (p->fd < 0 || fstat(p->fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        const int cause = p->fd < 0 ? errno : EINVAL;
        return error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, p->path, SYSTEM_CAUSE(cause));
    }
    p->size = (uint64_t)facts.st_size;
    origin_read(p->origin_path, &p->origin);
    if (!can_go_on(p, request) && p->size > 0) {
        return part_restart(p, err);
    }
    if (lseek(p->fd, 0, SEEK_END) < 0) {
        return error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, p->path, SYSTEM_CAUSE(errno));
    }
    return STATUS_OK;
}

void part_close(part *p)
{
    if (p->fd >= 0) {
        (void)close(p->fd);
        p->fd = -1;
    }
}

status part_restart(part *p, error *err)
{
    if (ftruncate(p->fd, 0) != 0 || lseek(p->fd, 0, SEEK_SET) < 0) {
        return error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, p->path, SYSTEM_CAUSE(errno));
    }
    p->size = 0;
    p->origin = (part_origin){.total = 0};
    (void)unlink(p->origin_path);
    return STATUS_OK;
}

status part_write(part *p, const void *bytes, size_t size, error *err)
{
    const char *at = bytes;
    while (size > 0) {
        const ssize_t written = write(p->fd, at, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, p->path, SYSTEM_CAUSE(errno));
        }
        at += written;
        size -= (size_t)written;
        p->size += (uint64_t)written;
    }
    return STATUS_OK;
}

status part_room(const part *p, uint64_t more, error *err)
{
    struct statvfs disk;
    if (fstatvfs(p->fd, &disk) != 0) {
        return STATUS_OK; /* not known: the write will tell */
    }
    const double room = (double)disk.f_bavail * (double)disk.f_frsize - (double)SPARE_BYTES;
    if ((double)more <= room) {
        return STATUS_OK;
    }
    return error_set(err, STATUS_ENVIRONMENT, M_FETCH_ROOM, p->path, (double)more / 1e6,
                     room > 0 ? room / 1e6 : 0.0);
}

/* --- what they are --- */

typedef struct signature {
    const char *end;   /* of the name */
    const char *bytes; /* the file begins with */
    size_t size;
} signature;

/* A server that answers a page of its own in place of a file is the commonest dead link. */
static const signature signatures[] = {
    {".zip", "PK", 2},
    {".xlsx", "PK", 2},
    {".ods", "PK", 2},
    {".gz", "\x1f\x8b", 2},
    {".7z", "7z\xBC\xAF\x27\x1C", 6},
    {".parquet", "PAR1", 4},
    {".gpkg", "SQLite format 3", 15},
};

static bool name_ends(const char *path, const char *end)
{
    const size_t size = strlen(path);
    const size_t tail = strlen(end);
    return size > tail && strcmp(path + size - tail, end) == 0;
}

static bool is_page(const char *head, size_t size)
{
    size_t at = 0;
    while (at < size && strchr(" \t\r\n\xEF\xBB\xBF", head[at]) && head[at]) {
        at++;
    }
    static const char *const begins[] = {"<!DOCTYPE html", "<!doctype html", "<html", "<HTML"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        const size_t length = strlen(begins[i]);
        if (size - at >= length && memcmp(head + at, begins[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static status check_head(const part *p, const download_request *request, error *err)
{
    char head[HEAD_BYTES];
    const ssize_t got = pread(p->fd, head, sizeof head, 0);
    const size_t size = got > 0 ? (size_t)got : 0;
    if (!name_ends(request->path, ".html") && is_page(head, size)) {
        return error_set(err, STATUS_INPUT, M_FETCH_PAGE, request->address);
    }
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const signature *s = &signatures[i];
        if (name_ends(request->path, s->end) &&
            (size < s->size || memcmp(head, s->bytes, s->size) != 0)) {
            return error_set(err, STATUS_INPUT, M_FETCH_KIND, request->address, s->end);
        }
    }
    return STATUS_OK;
}

status part_verify(const part *p, const download_request *request, download_facts *out, error *err)
{
    sha256_hex digest;
    if (p->size == 0) {
        return error_set(err, STATUS_INPUT, M_FETCH_EMPTY, request->address);
    }
    if (request->size > 0 && p->size != request->size) {
        return error_set(err, STATUS_INPUT, M_FETCH_SIZE, request->address, p->size, request->size);
    }
    status s = check_head(p, request, err);
    if (s == STATUS_OK) {
        s = sha256_of_file_until(p->path, request->cancel, &digest, err);
    }
    if (s != STATUS_OK) {
        return s;
    }
    memcpy(out->sha256, digest.hex, sizeof out->sha256);
    out->bytes = p->size;
    if (*request->sha256 && strcmp(request->sha256, digest.hex) != 0) {
        return error_set(err, STATUS_INPUT, M_FETCH_SHA256, request->address, digest.hex,
                         request->sha256);
    }
    return STATUS_OK;
}
