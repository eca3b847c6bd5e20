/* Records with their checksums: what is cut or damaged is not there. */
#include "engine/store/job_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/paths.h"
#include "engine/plan_messages.h"

enum { KEY_DIGITS = 64, BODY_CHECK_BYTES = 16, OWN_CHECK_BYTES = 8 };
static const char record_mark[8] = {'b', 'a', 's', 's', 'i', 'n', 'J', '1'};
static const char name_end[] = ".job";

/* As it lies in the file, in the order of bytes of the machine: the key names the machine's kind.
 */
typedef struct record_header {
    char mark[8];
    uint32_t kind, stage;
    uint64_t first, count, size;
    uint8_t body_check[BODY_CHECK_BYTES];
    uint8_t own_check[OWN_CHECK_BYTES]; /* of the key and of all that is above */
} record_header;
_Static_assert(sizeof(record_header) == 64, "as it lies in the file");

static void body_check(const void *bytes, size_t size, uint8_t out[BODY_CHECK_BYTES])
{
    uint8_t digest[SHA256_BYTES];
    sha256_bytes_of(bytes, size, digest);
    memcpy(out, digest, BODY_CHECK_BYTES);
}

/* A record belongs to its file: copied under another key, it is not there. */
static void own_check(const record_header *h, const char *key, uint8_t out[OWN_CHECK_BYTES])
{
    uint8_t bytes[KEY_DIGITS + offsetof(record_header, own_check)], digest[SHA256_BYTES];
    memcpy(bytes, key, KEY_DIGITS);
    memcpy(bytes + KEY_DIGITS, h, offsetof(record_header, own_check));
    sha256_bytes_of(bytes, sizeof bytes, digest);
    memcpy(out, digest, OWN_CHECK_BYTES);
}

/* --- reading --- */

static bool read_at(int fd, void *to, size_t size, uint64_t at)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t got = pread(fd, (char *)to + done, size - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static bool header_read(const job_file *f, uint64_t at, uint64_t file_size, job_record *out)
{
    record_header h;
    uint8_t check[OWN_CHECK_BYTES];
    if (file_size - at < sizeof h || !read_at(f->fd, &h, sizeof h, at) ||
        memcmp(h.mark, record_mark, sizeof h.mark) != 0)
        return false;
    own_check(&h, f->key.hex, check);
    if (memcmp(check, h.own_check, sizeof check) != 0 || h.size > file_size - at - sizeof h)
        return false;
    *out = (job_record){.kind = (job_record_kind)h.kind,
                        .stage = h.stage,
                        .first = h.first,
                        .count = h.count,
                        .size = h.size,
                        .at = at + sizeof h};
    memcpy(out->check, h.body_check, sizeof out->check);
    return true;
}

/* Every record up to the first header that cannot be believed. */
static status scan(job_file *f, error *err)
{
    struct stat facts;
    job_record next;
    size_t capacity = 0;
    f->end = f->size = 0;
    f->count = 0;
    if (fstat(f->fd, &facts) != 0 || !S_ISREG(facts.st_mode))
        return STATUS_OK;
    f->size = facts.st_size;
    while (header_read(f, (uint64_t)f->end, (uint64_t)f->size, &next)) {
        if (f->count == 0 && next.kind != JOB_RECORD_NAME)
            break;
        if (f->count == capacity) {
            capacity = capacity == 0 ? 16 : 2 * capacity;
            job_record *grown = memory_resize(f->records, capacity, sizeof *grown);
            if (grown == NULL)
                return memory_error(err, capacity * sizeof *grown);
            f->records = grown;
        }
        f->records[f->count++] = next;
        f->end = (off_t)(next.at + next.size);
    }
    return STATUS_OK;
}

/* *out NULL: the body is damaged. */
static status body_read(const job_file *f, const job_record *r, unsigned char **out, error *err)
{
    uint8_t check[BODY_CHECK_BYTES];
    *out = memory_new(r->size, 1);
    if (*out == NULL)
        return memory_error(err, r->size);
    bool whole = read_at(f->fd, *out, r->size, r->at);
    if (whole) {
        body_check(*out, r->size, check);
        whole = memcmp(check, r->check, sizeof check) == 0;
    }
    if (!whole) {
        memory_free(*out);
        *out = NULL;
    }
    return STATUS_OK;
}

status job_file_read(const job_file *f, job_record_kind kind, uint64_t stage, uint64_t first,
                     unsigned char **body, job_record *out, error *err)
{
    status s = STATUS_OK;
    *body = NULL;
    for (size_t i = f->count; s == STATUS_OK && *body == NULL && i-- > 0;) {
        const job_record *r = &f->records[i];
        if (r->kind != kind || r->stage != stage || r->first != first)
            continue;
        s = body_read(f, r, body, err);
        if (s == STATUS_OK && *body == NULL && f->store != NULL)
            job_store_damage(f->store);
        *out = *r;
    }
    return s;
}

/* --- opening --- */

static char *path_of(const job_store *s, const sha256_hex *key)
{
    const char *folder = job_store_folder(s);
    const size_t size = strlen(folder) + KEY_DIGITS + sizeof "/jobs/00/" + sizeof name_end;
    char *path = memory_new(size, 1);
    if (path != NULL)
        (void)snprintf(path, size, "%s/jobs/%.2s/%s%s", folder, key->hex, key->hex, name_end);
    return path;
}

static bool lock_taken(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* A file that cannot be opened is one that is not there. */
static status open_and_scan(job_file *f, error *err)
{
    const bool writes = job_store_writes(f->store);
    f->fd = open(f->path, (writes ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW);
    if (f->fd < 0 && writes && errno != ENOENT)
        f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    else
        f->writes = f->fd >= 0 && writes && lock_taken(f->fd);
    return f->fd >= 0 ? scan(f, err) : STATUS_OK;
}

status job_file_open(job_store *s, const sha256_hex *key, const char *plugin, job_file **out,
                     error *err)
{
    job_file *f = memory_new(1, sizeof *f);
    *out = NULL;
    if (f == NULL || pthread_mutex_init(&f->lock, NULL) != 0) {
        memory_free(f);
        return memory_error(err, sizeof *f);
    }
    f->store = s;
    f->plugin = plugin;
    f->key = *key;
    f->fd = -1;
    f->path = path_of(s, key);
    status result = f->path != NULL ? open_and_scan(f, err) : memory_error(err, KEY_DIGITS);
    if (result == STATUS_OK)
        *out = f;
    else
        job_file_close(f);
    return result;
}

void job_file_close(job_file *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        (void)close(f->fd);
    (void)pthread_mutex_destroy(&f->lock);
    memory_free(f->records);
    memory_free(f->path);
    memory_free(f);
}

void job_file_touch(const job_file *f)
{
    if (f->fd >= 0 && job_store_writes(f->store))
        (void)futimens(f->fd, NULL); /* a file of somebody else keeps its day */
}

/* --- writing --- */

static void stop_for(const job_file *f, const char *cause_fr, const char *cause_en)
{
    error err;
    (void)error_set(&err, STATUS_ENVIRONMENT, M_STORE_STOPPED, job_store_folder(f->store), cause_fr,
                    cause_en);
    job_store_stop(f->store, &err);
}

static void stop(const job_file *f, int cause)
{
    stop_for(f, SYSTEM_CAUSE(cause));
}

static bool write_at(int fd, const unsigned char *bytes, size_t size, off_t at)
{
    while (size > 0) {
        const ssize_t done = pwrite(fd, bytes, size, at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        size -= (size_t)done;
        at += done;
    }
    return true;
}

void job_body_begin(pack_writer *body)
{
    for (size_t i = 0; i < sizeof(record_header); i += sizeof(uint64_t))
        pack_u64(body, 0);
}

/* Header and body lie in one piece: one write. */
static bool record_write(const job_file *f, int fd, off_t at, const job_record *record,
                         const pack_writer *body)
{
    record_header h = {.kind = (uint32_t)record->kind,
                       .stage = (uint32_t)record->stage,
                       .first = record->first,
                       .count = record->count,
                       .size = body->size - sizeof h};
    memcpy(h.mark, record_mark, sizeof h.mark);
    body_check(body->at + sizeof h, h.size, h.body_check);
    own_check(&h, f->key.hex, h.own_check);
    memcpy(body->at, &h, sizeof h);
    return write_at(fd, body->at, body->size, at);
}

/* The first record. *end: where the next one goes. */
static bool name_write(const job_file *f, int fd, off_t *end)
{
    pack_writer body = {0};
    job_body_begin(&body);
    pack_text(&body, f->plugin);
    const bool done =
        !body.failed && record_write(f, fd, 0, &(job_record){.kind = JOB_RECORD_NAME}, &body);
    *end = (off_t)body.size;
    pack_writer_clear(&body);
    return done;
}

/* False: the store stops. */
static bool folder_of_file_make(const job_file *f)
{
    error err;
    char *folder = path_parent(f->path);
    const status made =
        folder != NULL ? folder_make(folder, &err) : memory_error(&err, strlen(f->path));
    memory_free(folder);
    if (made != STATUS_OK)
        stop_for(f, err.fr, err.en);
    return made == STATUS_OK;
}

/* Makes the file where it is not there. False: another process writes it, or the store stops. */
static bool ready_to_append(job_file *f)
{
    if (f->fd >= 0 && !f->writes)
        return false;
    if (f->fd < 0) {
        if (!folder_of_file_make(f))
            return false;
        f->fd = open(f->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (f->fd < 0) {
            stop(f, errno);
            return false;
        }
        f->writes = lock_taken(f->fd);
        if (!f->writes)
            return false;
        f->end = 0; /* what another process left meanwhile is not looked at */
        f->size = lseek(f->fd, 0, SEEK_END);
    }
    if (f->size > f->end && ftruncate(f->fd, f->end) != 0) {
        stop(f, errno);
        return false;
    }
    f->size = f->end;
    if (f->end == 0 && !name_write(f, f->fd, &f->end)) {
        stop(f, errno);
        return false;
    }
    return true;
}

void job_file_append(job_file *f, const job_record *record, pack_writer *body)
{
    (void)pthread_mutex_lock(&f->lock);
    if (job_store_writes(f->store) && ready_to_append(f)) {
        if (record_write(f, f->fd, f->end, record, body)) {
            f->end += (off_t)body->size;
        } else {
            stop(f, errno);
            (void)!ftruncate(f->fd, f->end); /* to give the room back; not needed to be right */
        }
        f->size = f->end;
    }
    (void)pthread_mutex_unlock(&f->lock);
}

/* Written beside, then renamed over what there is. */
static bool replace_with(const job_file *f, const char *beside, const job_record *record,
                         const pack_writer *body)
{
    off_t end = 0;
    const int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return false;
    const bool written = name_write(f, fd, &end) && record_write(f, fd, end, record, body);
    const int cause = errno;
    const bool closed = close(fd) == 0;
    if (written && closed && rename(beside, f->path) == 0)
        return true;
    const int last = written ? errno : cause;
    (void)unlink(beside);
    errno = last;
    return false;
}

void job_file_replace(job_file *f, const job_record *record, pack_writer *body)
{
    char suffix[PATH_SUFFIX_BYTES];
    text_buffer beside = {0};
    if (!job_store_writes(f->store) || (f->fd >= 0 && !f->writes))
        return; /* another process writes it */
    path_random_suffix(suffix);
    text_add_format(&beside, "%s.new-%s", f->path, suffix);
    if (beside.failed)
        stop(f, ENOMEM);
    else if (folder_of_file_make(f) && !replace_with(f, beside.at, record, body))
        stop(f, errno);
    text_buffer_clear(&beside);
}

/* --- a file on its own --- */

bool job_file_is_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == KEY_DIGITS &&
           strcmp(name + KEY_DIGITS, name_end) == 0;
}

static status record_look(const job_file *f, const job_record *r, bool bodies, job_file_facts *out,
                          error *err)
{
    unsigned char *body = NULL;
    status s = STATUS_OK;
    if (bodies || r->kind == JOB_RECORD_NAME) {
        s = body_read(f, r, &body, err);
        if (s != STATUS_OK || body == NULL) {
            out->damaged = true;
            return s;
        }
    }
    if (r->kind == JOB_RECORD_NAME) {
        pack_reader reader = {.at = body, .size = (size_t)r->size};
        const char *plugin = unpack_text(&reader);
        (void)snprintf(out->plugin, sizeof out->plugin, "%s", plugin != NULL ? plugin : "");
    }
    out->ranges += r->kind == JOB_RECORD_RANGE;
    out->result = out->result || r->kind == JOB_RECORD_RESULT;
    memory_free(body);
    return s;
}

status job_file_look(const char *path, bool bodies, job_file_facts *out, error *err)
{
    job_file f = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    *out = (job_file_facts){.plugin = ""};
    if (f.fd < 0) {
        out->damaged = true;
        return STATUS_OK;
    }
    memcpy(f.key.hex, path_name(path), KEY_DIGITS);
    status s = scan(&f, err);
    out->damaged = f.end != f.size || f.count == 0;
    for (size_t i = 0; s == STATUS_OK && i < f.count; i++)
        s = record_look(&f, &f.records[i], bodies, out, err);
    memory_free(f.records);
    (void)close(f.fd);
    return s;
}
