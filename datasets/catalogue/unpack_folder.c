#include "datasets/catalogue/unpack_folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/files.h"
#include "base/paths.h"
#include "base/text.h"
#include "datasets/catalogue/messages.h"

enum { BLOCK_BYTES = 1 << 20, DEPTH_MAX = 16, MEMBER_NAME_MAX = 255, SHOWN_BYTES = 200 };

const unpack_rules unpack_usual_rules = {.max_bytes = UINT64_C(64) << 30,
                                         .max_ratio = 200,
                                         .floor_bytes = UINT64_C(64) << 20,
                                         .max_members = 20000};

char *unpack_folder_of(const char *archive, arena *memory)
{
    const char *dot = strrchr(archive, '.');
    const char *slash = strrchr(archive, '/');
    const bool has_end = dot && (!slash || dot > slash + 1);
    return has_end ? arena_text_n(memory, archive, (size_t)(dot - archive))
                   : arena_format(memory, "%s.unpacked", archive);
}

/* An archive on its way to a folder. */
typedef struct unpacking {
    const unpack_request *request;
    struct archive *a;
    const char *staging;
    arena *memory;
    unpacked_list *out;
    char *buffer;
    uint64_t packed, done, room;
    size_t seen;
    error *err;
} unpacking;

static status damaged(const unpacking *u)
{
    char shown[SHOWN_BYTES];
    const char *text = archive_error_string(u->a);
    text = text ? text : "?";
    (void)text_escape(text_slice_of(text, strnlen(text, 120)), shown, sizeof shown);
    return error_set(u->err, STATUS_INPUT, M_UNPACK_DAMAGED, u->request->archive, shown);
}

static status dangerous(const unpacking *u, const char *name)
{
    char shown[SHOWN_BYTES];
    (void)text_escape(text_slice_of(name, strnlen(name, 100)), shown, sizeof shown);
    return error_set(u->err, STATUS_INPUT, M_UNPACK_DANGEROUS, u->request->archive, shown);
}

/* --- names --- */

/* Neither "", ".", "..", nor too long. */
static bool part_is_plain(const char *part, size_t size)
{
    const bool dots = (size == 1 && part[0] == '.') || (size == 2 && memcmp(part, "..", 2) == 0);
    return size > 0 && size <= MEMBER_NAME_MAX && !dots;
}

static bool path_is_plain(const char *path)
{
    size_t depth = 0;
    if (path[0] == '/' || (path[0] && path[1] == ':')) {
        return false;
    }
    for (const char *at = path; *at; depth++) {
        const size_t size = strcspn(at, "/");
        if (!part_is_plain(at, size) || depth == DEPTH_MAX) {
            return false;
        }
        at += size + (at[size] == '/');
    }
    for (const char *c = path; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 127 || *c == '\\') {
            return false;
        }
    }
    return depth > 0;
}

/* In UTF-8; bytes that are not (archives of another age) become '_'. NULL: out of memory. */
static char *member_name(const unpacking *u, struct archive_entry *e)
{
    const char *name = archive_entry_pathname_utf8(e);
    if (!name) {
        name = archive_entry_pathname(e);
    }
    char *copy = arena_text(u->memory, name ? name : "");
    const size_t size = copy ? strlen(copy) : 0;
    for (size_t good = 0; copy && good < size; good++) {
        good += text_utf8_valid_prefix(copy + good, size - good);
        if (good < size) {
            copy[good] = '_';
        }
    }
    return copy;
}

/* What archivers of other systems leave behind is no data. */
static bool is_litter(const char *name)
{
    const char *last = strrchr(name, '/');
    last = last ? last + 1 : name;
    return strncmp(name, "__MACOSX/", 9) == 0 || last[0] == '.' || strcmp(last, "Thumbs.db") == 0;
}

static bool is_asked(const unpacking *u, const char *name)
{
    const char *last = strrchr(name, '/');
    const char *patterns = u->request->members;
    if (!*patterns) {
        return true;
    }
    for (const char *at = patterns; *at;) {
        const size_t size = strcspn(at, "|");
        const char *pattern = arena_text_n(u->memory, at, size);
        if (pattern && (fnmatch(pattern, name, FNM_CASEFOLD) == 0 ||
                        (last && fnmatch(pattern, last + 1, FNM_CASEFOLD) == 0))) {
            return true;
        }
        at += size + (at[size] == '|');
    }
    return false;
}

/* --- bytes --- */

static status check_growth(const unpacking *u, uint64_t more)
{
    const unpack_rules *r = &u->request->rules;
    const uint64_t whole = u->done + more;
    if (whole > r->max_bytes || (whole > r->floor_bytes && whole / r->max_ratio > u->packed)) {
        return error_set(u->err, STATUS_INPUT, M_UNPACK_TOO_LARGE, u->request->archive,
                         (double)r->max_bytes / 1e9, (unsigned long long)r->max_ratio);
    }
    if (whole > u->room) {
        return error_set(u->err, STATUS_ENVIRONMENT, M_FETCH_ROOM, u->staging, (double)whole / 1e6,
                         (double)u->room / 1e6);
    }
    return STATUS_OK;
}

static status write_block(const unpacking *u, int fd, const char *at, size_t size, const char *path)
{
    while (size > 0) {
        const ssize_t written = write(fd, at, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error_set(u->err, STATUS_ENVIRONMENT, M_FETCH_WRITE, path, SYSTEM_CAUSE(errno));
        }
        at += written;
        size -= (size_t)written;
    }
    return STATUS_OK;
}

static status write_data(unpacking *u, int fd, const char *path, uint64_t *bytes)
{
    const unpack_request *r = u->request;
    for (;;) {
        const la_ssize_t got = archive_read_data(u->a, u->buffer, BLOCK_BYTES);
        if (got < 0) {
            return damaged(u);
        }
        if (got == 0) {
            return STATUS_OK;
        }
        status s = check_growth(u, (uint64_t)got);
        if (s == STATUS_OK) {
            s = write_block(u, fd, u->buffer, (size_t)got, path);
        }
        if (s == STATUS_OK && atomic_load(r->cancel) != 0) {
            s = error_set(u->err, STATUS_INTERRUPTED, M_FETCH_STOPPED);
        }
        if (s != STATUS_OK) {
            return s;
        }
        *bytes += (uint64_t)got;
        u->done += (uint64_t)got;
        const la_int64_t read = archive_filter_bytes(u->a, -1);
        if (r->advance && read > 0) {
            r->advance(r->context, (uint64_t)read, u->packed);
        }
    }
}

static status make_parent(const unpacking *u, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *parent = slash ? arena_text_n(u->memory, path, (size_t)(slash - path)) : NULL;
    return parent ? folder_make(parent, u->err) : memory_error(u->err, strlen(path));
}

static status write_member(unpacking *u, const char *name)
{
    sha256_hex digest;
    unpacked_member *m = arena_take(u->memory, 1, sizeof *m);
    const char *path = arena_format(u->memory, "%s/%s", u->staging, name);
    if (!m || !path) {
        return memory_error(u->err, sizeof *m);
    }
    status s = make_parent(u, path);
    if (s != STATUS_OK) {
        return s;
    }
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        return errno == EEXIST ? dangerous(u, name)
                               : error_set(u->err, STATUS_ENVIRONMENT, M_FETCH_WRITE, path,
                                           SYSTEM_CAUSE(errno));
    }
    s = write_data(u, fd, path, &m->bytes);
    if (close(fd) != 0 && s == STATUS_OK) {
        s = error_set(u->err, STATUS_ENVIRONMENT, M_FETCH_WRITE, path, SYSTEM_CAUSE(errno));
    }
    if (s == STATUS_OK) {
        s = sha256_of_file_until(path, u->request->cancel, &digest, u->err);
    }
    if (s == STATUS_OK) {
        m->name = name;
        memcpy(m->sha256, digest.hex, sizeof m->sha256);
        *u->out->last = m;
        u->out->last = &m->next;
        u->out->count++;
    }
    return s;
}

/* --- members --- */

static status take_member(unpacking *u, struct archive_entry *e)
{
    char *name = member_name(u, e);
    if (!name) {
        return memory_error(u->err, 64);
    }
    const bool folder = archive_entry_filetype(e) == AE_IFDIR;
    const bool regular = archive_entry_filetype(e) == AE_IFREG && !archive_entry_symlink(e) &&
                         !archive_entry_hardlink(e);
    if (!path_is_plain(name) || (!folder && !regular)) {
        return dangerous(u, name);
    }
    if (++u->seen > u->request->rules.max_members) {
        return error_set(u->err, STATUS_INPUT, M_UNPACK_MEMBERS, u->request->archive,
                         u->request->rules.max_members);
    }
    if (folder || is_litter(name)) {
        return STATUS_OK;
    }
    if (archive_entry_is_encrypted(e)) {
        return error_set(u->err, STATUS_INPUT, M_UNPACK_ENCRYPTED, u->request->archive);
    }
    if (!is_asked(u, name)) {
        u->out->left++;
        return STATUS_OK;
    }
    return write_member(u, name);
}

static status take_members(unpacking *u)
{
    struct archive_entry *e = NULL;
    for (;;) {
        const int code = archive_read_next_header(u->a, &e);
        if (code == ARCHIVE_EOF) {
            break;
        }
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
            return damaged(u);
        }
        const status s = take_member(u, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    return u->out->count > 0 ? STATUS_OK
                             : error_set(u->err, STATUS_INPUT, M_UNPACK_NOTHING,
                                         u->request->archive, u->request->members);
}

static status open_archive(unpacking *u)
{
    struct stat facts;
    struct statvfs disk;
    u->a = archive_read_new();
    u->buffer = memory_new(BLOCK_BYTES, 1);
    if (!u->a || !u->buffer) {
        return memory_error(u->err, BLOCK_BYTES);
    }
    if (archive_read_support_format_zip(u->a) != ARCHIVE_OK ||
        archive_read_support_format_7zip(u->a) != ARCHIVE_OK ||
        archive_read_open_filename(u->a, u->request->archive, BLOCK_BYTES) != ARCHIVE_OK ||
        stat(u->request->archive, &facts) != 0) {
        return damaged(u);
    }
    u->packed = (uint64_t)facts.st_size;
    u->room =
        statvfs(u->staging, &disk) == 0 ? (uint64_t)disk.f_bavail * disk.f_frsize : UINT64_MAX;
    return STATUS_OK;
}

/* The old folder goes aside, the new one takes its name, the old one goes. */
static status publish(const unpacking *u)
{
    char suffix[PATH_SUFFIX_BYTES];
    const char *folder = u->request->folder;
    error ignored;
    path_random_suffix(suffix);
    const char *aside = arena_format(u->memory, "%s.old-%s", folder, suffix);
    if (!aside) {
        return memory_error(u->err, strlen(folder));
    }
    status s = path_sync_tree(u->staging, u->err);
    if (s != STATUS_OK) {
        return s;
    }
    const bool moved = rename(folder, aside) == 0;
    if (rename(u->staging, folder) != 0) {
        s = error_set(u->err, STATUS_ENVIRONMENT, M_FETCH_WRITE, folder, SYSTEM_CAUSE(errno));
        if (moved) {
            (void)rename(aside, folder);
        }
        return s;
    }
    if (moved && folder_remove(aside, &ignored) != STATUS_OK) {
        return STATUS_OK; /* the new one is there: what is left of the old one does no harm */
    }
    return path_sync_parent(folder, u->err);
}

static status unpack_all(unpacking *u)
{
    status s = folder_make(u->staging, u->err);
    if (s == STATUS_OK) {
        s = open_archive(u);
    }
    if (s == STATUS_OK) {
        s = take_members(u);
    }
    return s == STATUS_OK ? publish(u) : s;
}

/* libarchive turns the names of a .7z into the thread's encoding, and loses accents in "C": UTF-8
 * for this thread, while it reads. */
static status unpack_in_utf8(unpacking *u)
{
    const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    const locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    const status s = unpack_all(u);
    if (u->a) {
        (void)archive_read_free(u->a);
    }
    if (utf8) {
        (void)uselocale(before);
        freelocale(utf8);
    }
    return s;
}

status unpack_into_folder(const unpack_request *request, arena *memory, unpacked_list *out,
                          error *err)
{
    char suffix[PATH_SUFFIX_BYTES];
    error ignored;
    unpacking u = {.request = request, .memory = memory, .out = out, .err = err};
    *out = (unpacked_list){.count = 0};
    out->last = &out->first;
    path_random_suffix(suffix);
    u.staging = arena_format(memory, "%s.new-%s", request->folder, suffix);
    if (!u.staging) {
        return memory_error(err, strlen(request->folder));
    }
    const status s = unpack_in_utf8(&u);
    if (s != STATUS_OK && folder_remove(u.staging, &ignored) != STATUS_OK) {
        out->left = 0; /* what resists is named ".new-": no reader takes it */
    }
    memory_free(u.buffer);
    return s;
}
