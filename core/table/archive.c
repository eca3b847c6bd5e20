#define ZLIB_CONST
#include "table/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#include "table/messages.h"

enum { UNPACK_CHUNK = 1 << 18, NAMES_SHOWN = 12 };
static const uint64_t DEFAULT_MAX_BYTES = UINT64_C(8) << 30;

void unpacked_clear(unpacked *u)
{
    memory_free(u->owned);
    memory_free(u->member);
    *u = (unpacked){0};
}

/* The text in the making. */
typedef struct sink {
    char *at;
    size_t size, capacity;
    uint64_t max_bytes, ratio_bytes, packed;
    size_t prefix;
    const atomic_int *cancel;
} sink;

static sink sink_of(size_t packed, const unpack_limits *limits)
{
    sink s = {.max_bytes = limits->max_bytes,
              .packed = packed,
              .prefix = limits->prefix,
              .cancel = limits->cancel};
    if (limits->max_bytes) {
        s.ratio_bytes = UINT64_MAX;
        return s;
    }
    s.max_bytes = DEFAULT_MAX_BYTES;
    if (__builtin_mul_overflow((uint64_t)packed, (uint64_t)READER_MAX_RATIO, &s.ratio_bytes))
        s.ratio_bytes = UINT64_MAX;
    if (s.ratio_bytes < READER_RATIO_FLOOR_BYTES)
        s.ratio_bytes = READER_RATIO_FLOOR_BYTES;
    return s;
}

static status sink_check(const sink *s, uint64_t size, error *err)
{
    if (s->cancel && atomic_load(s->cancel) != 0)
        return error_set(err, STATUS_INTERRUPTED, M_ARCHIVE_STOPPED);
    if (s->prefix)
        return STATUS_OK;
    if (size > s->max_bytes)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_TOO_LARGE, s->max_bytes);
    if (size > s->ratio_bytes)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_RATIO, s->packed, s->ratio_bytes,
                         (int)READER_MAX_RATIO);
    return STATUS_OK;
}

static status sink_reserve(sink *s, size_t capacity, error *err)
{
    if (capacity <= s->capacity)
        return STATUS_OK;
    char *grown = memory_resize(s->at, capacity, 1);
    if (!grown)
        return memory_error(err, capacity);
    s->at = grown;
    s->capacity = capacity;
    return STATUS_OK;
}

/* Room for one more chunk. */
static status sink_room(sink *s, error *err)
{
    if (s->capacity - s->size >= UNPACK_CHUNK)
        return STATUS_OK;
    size_t wanted = s->capacity + s->capacity / 2;
    if (wanted < s->size + UNPACK_CHUNK)
        wanted = s->size + UNPACK_CHUNK;
    return sink_reserve(s, wanted, err);
}

static bool sink_full(const sink *s)
{
    return s->prefix && s->size >= s->prefix;
}

/* --- gzip --- */

static bool is_gzip(const char *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0;
}

/* At the end of a member: another one, the end, or padding with NUL bytes (tape blocks). */
static status gzip_next(z_stream *z, const char *end, bool *done, error *err)
{
    const char *at = (const char *)z->next_in;
    size_t left = (size_t)(end - at);
    if (is_gzip(at, left))
        return inflateReset(z) == Z_OK ? STATUS_OK : memory_error(err, sizeof *z);
    *done = true;
    for (size_t i = 0; i < left; i++) {
        if (at[i])
            return error_set(err, STATUS_INPUT, M_ARCHIVE_TRAILING);
    }
    return STATUS_OK;
}

/* zlib counts input in 32 bits: larger files are fed in parts. */
static void gzip_feed(z_stream *z, const char **next, const char *end)
{
    size_t left = (size_t)(end - *next);
    size_t part = left > UINT32_MAX / 2 ? UINT32_MAX / 2 : left;
    if (z->avail_in || !part)
        return;
    z->next_in = (const Bytef *)*next;
    z->avail_in = (uInt)part;
    *next += part;
}

static status gzip_step(z_stream *z, sink *s, const char **next, const char *end, bool *done,
                        error *err)
{
    status result = sink_room(s, err);
    if (result != STATUS_OK)
        return result;
    gzip_feed(z, next, end);
    z->next_out = (Bytef *)s->at + s->size;
    z->avail_out = UNPACK_CHUNK;
    int code = inflate(z, Z_NO_FLUSH);
    s->size += UNPACK_CHUNK - z->avail_out;
    if (code == Z_MEM_ERROR)
        return memory_error(err, sizeof *z);
    bool starved =
        code == Z_BUF_ERROR || (code == Z_OK && !z->avail_in && *next == end && z->avail_out);
    if (starved || (code != Z_OK && code != Z_STREAM_END))
        return error_set(err, STATUS_INPUT, M_ARCHIVE_DAMAGED, z->msg ? z->msg : "gzip");
    if (code == Z_STREAM_END)
        result = gzip_next(z, end, done, err);
    return result == STATUS_OK ? sink_check(s, s->size, err) : result;
}

static status unpack_gzip(sink *s, const char *bytes, size_t size, error *err)
{
    z_stream z = {0};
    const char *next = bytes;
    bool done = false;
    status result = STATUS_OK;
    if (inflateInit2(&z, 15 + 16) != Z_OK)
        return memory_error(err, sizeof z);
    while (result == STATUS_OK && !done && !sink_full(s))
        result = gzip_step(&z, s, &next, bytes + size, &done, err);
    (void)inflateEnd(&z);
    return result;
}

/* --- zip --- */

static bool is_zip(const char *bytes, size_t size)
{
    return size >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0);
}

static status zip_error(struct archive *a, error *err)
{
    const char *text = archive_error_string(a);
    return error_set(err, STATUS_INPUT, M_ARCHIVE_DAMAGED, text ? text : "zip");
}

static status zip_open(struct archive **out, const char *bytes, size_t size, error *err)
{
    struct archive *a = archive_read_new();
    *out = a;
    if (!a)
        return memory_error(err, size);
    if (archive_read_support_format_zip(a) != ARCHIVE_OK ||
        archive_read_open_memory(a, bytes, size) != ARCHIVE_OK)
        return zip_error(a, err);
    return STATUS_OK;
}

static const char *entry_name(struct archive_entry *e)
{
    const char *name = archive_entry_pathname_utf8(e);
    if (!name)
        name = archive_entry_pathname(e);
    return name ? name : "?";
}

/* Folders, and what archivers of other systems leave behind, are no data. */
static bool is_data(struct archive_entry *e)
{
    const char *name = entry_name(e);
    const char *base = strrchr(name, '/');
    return archive_entry_filetype(e) == AE_IFREG && strncmp(name, "__MACOSX/", 9) != 0 &&
           (base ? base[1] : name[0]) != '.';
}

static bool is_wanted(struct archive_entry *e, const char *member)
{
    return member ? strcmp(entry_name(e), member) == 0 : is_data(e);
}

typedef struct zip_listing {
    text_buffer names;
    size_t data, wanted;
    bool workbook;
} zip_listing;

static void listing_add(zip_listing *l, struct archive_entry *e, const char *member)
{
    const char *name = entry_name(e);
    l->workbook |=
        strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "META-INF/manifest.xml") == 0;
    l->wanted += is_wanted(e, member);
    if (!is_data(e))
        return;
    if (l->data == NAMES_SHOWN)
        text_add(&l->names, ", …");
    if (l->data++ >= NAMES_SHOWN)
        return;
    text_add(&l->names, l->data == 1 ? "" : ", ");
    text_add(&l->names, name);
}

/* ARCHIVE_WARN: a name that does not fit the locale; the entry is sound. */
static status zip_next(struct archive *a, struct archive_entry **e, error *err)
{
    int code = archive_read_next_header(a, e);
    if (code == ARCHIVE_EOF)
        *e = NULL;
    else if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        return zip_error(a, err);
    return STATUS_OK;
}

static status zip_list(const char *bytes, size_t size, const char *member, zip_listing *out,
                       error *err)
{
    struct archive *a = NULL;
    struct archive_entry *e = NULL;
    status result = zip_open(&a, bytes, size, err);
    while (result == STATUS_OK) {
        result = zip_next(a, &e, err);
        if (result != STATUS_OK || !e)
            break;
        listing_add(out, e, member);
    }
    if (a)
        (void)archive_read_free(a);
    return result;
}

static status zip_judge(const zip_listing *l, const char *member, error *err)
{
    const char *names = l->names.at ? l->names.at : "";
    if (l->names.failed)
        return memory_error(err, l->names.capacity);
    if (l->workbook && !member)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_WORKBOOK);
    if (member && l->wanted != 1)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_NO_MEMBER, member, names);
    if (!l->data)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_EMPTY);
    if (!member && l->wanted > 1)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_SEVERAL, names);
    return STATUS_OK;
}

static status zip_data(struct archive *a, sink *s, error *err)
{
    while (!sink_full(s)) {
        status result = sink_room(s, err);
        if (result != STATUS_OK)
            return result;
        la_ssize_t got = archive_read_data(a, s->at + s->size, UNPACK_CHUNK);
        if (got == 0)
            return STATUS_OK;
        if (got < 0)
            return zip_error(a, err);
        s->size += (size_t)got;
        result = sink_check(s, s->size, err);
        if (result != STATUS_OK)
            return result;
    }
    return STATUS_OK;
}

static status zip_member(struct archive *a, struct archive_entry *e, sink *s, unpacked *out,
                         error *err)
{
    const char *name = entry_name(e);
    if (archive_entry_is_encrypted(e))
        return error_set(err, STATUS_INPUT, M_ARCHIVE_ENCRYPTED, name);
    out->member = memory_new(strlen(name) + 1, 1);
    if (!out->member)
        return memory_error(err, strlen(name));
    memcpy(out->member, name, strlen(name));
    /* The announced size can lie; it only refuses early. */
    if (archive_entry_size_is_set(e) && archive_entry_size(e) > 0) {
        status result = sink_check(s, (uint64_t)archive_entry_size(e), err);
        if (result != STATUS_OK)
            return result;
    }
    return zip_data(a, s, err);
}

static status unpack_zip(sink *s, const char *bytes, size_t size, const char *member, unpacked *out,
                         error *err)
{
    struct archive *a = NULL;
    struct archive_entry *e = NULL;
    zip_listing listing = {0};
    status result = zip_list(bytes, size, member, &listing, err);
    if (result == STATUS_OK)
        result = zip_judge(&listing, member, err);
    if (result == STATUS_OK)
        result = zip_open(&a, bytes, size, err);
    while (result == STATUS_OK) {
        result = zip_next(a, &e, err);
        if (result != STATUS_OK || !e)
            break;
        if (is_wanted(e, member)) {
            result = zip_member(a, e, s, out, err);
            break;
        }
    }
    if (a)
        (void)archive_read_free(a);
    text_buffer_clear(&listing.names);
    return result;
}

/* --- either --- */

status unpack(unpacked *out, const char *bytes, size_t size, const unpack_limits *limits,
              error *err)
{
    sink s = sink_of(size, limits);
    status result = STATUS_OK;
    *out = (unpacked){.at = bytes, .size = size};
    if (limits->member && !is_zip(bytes, size))
        return error_set(err, STATUS_INPUT, M_MEMBER_NOT_ARCHIVE, limits->member);
    if (is_zip(bytes, size))
        result = unpack_zip(&s, bytes, size, limits->member, out, err);
    else if (is_gzip(bytes, size))
        result = unpack_gzip(&s, bytes, size, err);
    else if (limits->max_bytes && size > limits->max_bytes && !limits->prefix)
        return error_set(err, STATUS_INPUT, M_ARCHIVE_TOO_LARGE, limits->max_bytes);
    else
        return STATUS_OK;
    out->at = out->owned = s.at;
    out->size = s.size;
    return result;
}
