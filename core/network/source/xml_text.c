#include "network/source/xml_text.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/memory.h"
#include "network/messages.h"

/* Of the unpacked text: OSM XML is packed 10 to 25 times, gzip stops at 1:1032 and bzip2 far above.
 * What is smaller than the floor does no harm. */
enum { RATIO_MAX = 200, FLOOR_MIB = 64 };
static const uint64_t TEXT_MAX = UINT64_C(4) << 40;

struct xml_text {
    const char *bytes;
    size_t size, at;
    struct archive *packed; /* NULL: plain text */
    uint64_t given, limit;
};

static bool starts(const char *bytes, size_t size, const char *with, size_t count)
{
    return size >= count && memcmp(bytes, with, count) == 0;
}

static bool is_packed(const char *bytes, size_t size)
{
    return starts(bytes, size, "\x1f\x8b\x08", 3) || starts(bytes, size, "BZh", 3) ||
           starts(bytes, size,
                  "\xfd"
                  "7zXZ",
                  5) ||
           starts(bytes, size, "\x28\xb5\x2f\xfd", 4);
}

bool xml_text_is(const char *bytes, size_t size)
{
    size_t at = starts(bytes, size, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (at < size &&
           (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t'))
        at++;
    return is_packed(bytes, size) || (at < size && bytes[at] == '<');
}

static status damaged(const xml_text *t, error *err)
{
    const char *why = t->packed ? archive_error_string(t->packed) : NULL;
    return error_set(err, STATUS_INPUT, M_XML_PACKED, why ? why : "archive");
}

static status unpacking_open(xml_text *t, error *err)
{
    struct archive_entry *entry = NULL;
    t->packed = archive_read_new();
    if (!t->packed)
        return memory_error(err, t->size);
    if (archive_read_support_filter_gzip(t->packed) < ARCHIVE_WARN ||
        archive_read_support_filter_bzip2(t->packed) < ARCHIVE_WARN ||
        archive_read_support_filter_xz(t->packed) < ARCHIVE_WARN ||
        archive_read_support_filter_zstd(t->packed) < ARCHIVE_WARN ||
        archive_read_support_format_raw(t->packed) != ARCHIVE_OK ||
        archive_read_open_memory(t->packed, t->bytes, t->size) != ARCHIVE_OK ||
        archive_read_next_header(t->packed, &entry) != ARCHIVE_OK)
        return damaged(t, err);
    return STATUS_OK;
}

status xml_text_open(xml_text **out, const char *bytes, size_t size, error *err)
{
    status result = STATUS_OK;
    xml_text *t = memory_new(1, sizeof *t);
    if (!t)
        return memory_error(err, sizeof *t);
    t->bytes = bytes;
    t->size = size;
    t->limit = size > TEXT_MAX / RATIO_MAX ? TEXT_MAX : (uint64_t)size * RATIO_MAX;
    if (t->limit < (uint64_t)FLOOR_MIB << 20)
        t->limit = (uint64_t)FLOOR_MIB << 20;
    if (is_packed(bytes, size))
        result = unpacking_open(t, err);
    if (result) {
        xml_text_close(t);
        return result;
    }
    *out = t;
    return STATUS_OK;
}

void xml_text_close(xml_text *t)
{
    if (!t)
        return;
    if (t->packed)
        (void)archive_read_free(t->packed);
    memory_free(t);
}

status xml_text_next(xml_text *t, char *buffer, size_t size, size_t *got, error *err)
{
    if (!t->packed) {
        *got = t->size - t->at < size ? t->size - t->at : size;
        if (*got > 0)
            memcpy(buffer, t->bytes + t->at, *got);
        t->at += *got;
        return STATUS_OK;
    }
    la_ssize_t read = archive_read_data(t->packed, buffer, size);
    if (read < 0)
        return damaged(t, err);
    *got = (size_t)read;
    t->given += *got;
    return t->given <= t->limit ? STATUS_OK
                                : error_set(err, STATUS_INPUT, M_XML_RATIO,
                                            (unsigned long long)t->limit >> 20, (int)RATIO_MAX);
}
