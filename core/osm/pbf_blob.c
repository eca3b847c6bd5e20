#include "osm/pbf_blob.h"

#include <string.h>
#include <zlib.h>

#include "base/arrays.h"
#include "osm/fileformat.pb-c.h"
#include "osm/messages.h"
#include "osm/osmformat.pb-c.h"

typedef unsigned long long ull;

/* A header of 64 KiB may hold 32 Ki fields of 2 bytes, some 40 bytes each once decoded. */
enum { PBF_HEADER_MEMORY = 4 * 1024 * 1024 };

static void *arena_alloc(void *context, size_t size)
{
    pbf_arena *a = context;
    size_t bytes = (size + 15) / 16 * 16;
    if (bytes < size || bytes > a->left) {
        a->exhausted = true;
        return NULL;
    }
    a->left -= bytes;
    void *taken = arena_take(a->memory, 1, bytes ? bytes : 16);
    a->out_of_memory = a->out_of_memory || !taken;
    return taken;
}

static void arena_keep(void *context, void *pointer)
{
    (void)context;
    (void)pointer; /* given back with the arena */
}

status pbf_arena_open(pbf_arena *a, error *err)
{
    *a = (pbf_arena){.left = PBF_MEMORY_LIMIT};
    a->allocator =
        (ProtobufCAllocator){.alloc = arena_alloc, .free = arena_keep, .allocator_data = a};
    return arena_new(&a->memory, err);
}

void pbf_arena_close(pbf_arena *a)
{
    arena_free(a->memory);
    a->memory = NULL;
}

status pbf_message_error(const pbf_frame *frame, const pbf_arena *a, error *err)
{
    if (a->out_of_memory)
        return memory_error(err, PBF_MEMORY_LIMIT - a->left);
    if (a->exhausted)
        return error_set(err, STATUS_INPUT, M_PBF_TOO_BIG, (ull)frame->offset);
    return error_set(err, STATUS_INPUT, M_PBF_MESSAGE, (ull)frame->offset);
}

static uint32_t big_endian(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

/* The header at `offset`; *next is where the following frame starts. *known: a type that we read.
 */
static status frame_read(const char *bytes, size_t size, size_t offset, pbf_arena *a,
                         pbf_frame *frame, bool *known, size_t *next, error *err)
{
    size_t left = size - offset;
    if (left < 4)
        return error_set(err, STATUS_INPUT, M_PBF_CUT, (ull)offset, 4ULL, (ull)left);
    uint32_t length = big_endian(bytes + offset);
    if (length > PBF_HEADER_LIMIT)
        return error_set(err, STATUS_INPUT, M_PBF_HEADER_SIZE, (ull)offset, (ull)length,
                         (unsigned)PBF_HEADER_LIMIT);
    left -= 4;
    if (left < length)
        return error_set(err, STATUS_INPUT, M_PBF_CUT, (ull)offset, (ull)length, (ull)left);

    frame->offset = offset;
    a->left = PBF_HEADER_MEMORY;
    const Osm__BlobHeader *header =
        osm__blob_header__unpack(&a->allocator, length, (const uint8_t *)bytes + offset + 4);
    if (!header)
        return pbf_message_error(frame, a, err);
    int32_t datasize = header->datasize;
    frame->header = strcmp(header->type, "OSMHeader") == 0;
    *known = frame->header || strcmp(header->type, "OSMData") == 0;

    left -= length;
    if (datasize < 0 || datasize > PBF_BLOB_LIMIT)
        return error_set(err, STATUS_INPUT, M_PBF_BLOB_SIZE, (ull)offset, (long long)datasize,
                         (unsigned)PBF_BLOB_LIMIT);
    if (left < (size_t)datasize)
        return error_set(err, STATUS_INPUT, M_PBF_CUT, (ull)offset, (ull)datasize, (ull)left);
    frame->blob_offset = offset + 4 + length;
    frame->blob_size = (uint32_t)datasize;
    *next = frame->blob_offset + frame->blob_size;
    return STATUS_OK;
}

status pbf_frames(const char *bytes, size_t size, pbf_frame **out, size_t *count, error *err)
{
    pbf_frame *frames = NULL;
    pbf_arena a;
    size_t used = 0, capacity = 0;
    if (size == 0)
        return error_set(err, STATUS_INPUT, M_PBF_EMPTY);
    status result = pbf_arena_open(&a, err);
    if (result)
        goto done;
    for (size_t offset = 0; offset < size;) {
        pbf_frame *grown = array_grown(frames, &capacity, used + 1, sizeof *frames);
        if (!grown) {
            result = memory_error(err, (used + 1) * sizeof *frames);
            goto done;
        }
        frames = grown;
        bool known = false;
        result = frame_read(bytes, size, offset, &a, &frames[used], &known, &offset, err);
        if (result)
            goto done;
        used += known;
        if (used == 0 || !frames[0].header) {
            result = error_set(err, STATUS_INPUT, M_PBF_NO_HEADER);
            goto done;
        }
    }
    *out = frames;
    *count = used;
    frames = NULL;
done:
    memory_free(frames);
    pbf_arena_close(&a);
    return result;
}

static const char *other_compression(const Osm__Blob *blob)
{
    return blob->has_lzma_data    ? "lzma"
           : blob->has_bzip2_data ? "bzip2"
           : blob->has_lz4_data   ? "lz4"
           : blob->has_zstd_data  ? "zstd"
                                  : NULL;
}

static status inflate_blob(const Osm__Blob *blob, const pbf_frame *frame, pbf_arena *a,
                           const uint8_t **content, size_t *size, error *err)
{
    if (!blob->has_raw_size)
        return error_set(err, STATUS_INPUT, M_PBF_NO_DATA, (ull)frame->offset);
    int32_t raw_size = blob->raw_size;
    if (raw_size < 0 || raw_size > PBF_BLOB_LIMIT)
        return error_set(err, STATUS_INPUT, M_PBF_RAW_SIZE, (ull)frame->offset, (long long)raw_size,
                         (unsigned)PBF_BLOB_LIMIT);
    uint8_t *raw = arena_alloc(a, (size_t)raw_size);
    if (!raw)
        return pbf_message_error(frame, a, err);
    uLongf written = (uLongf)raw_size;
    int code = uncompress(raw, &written, blob->zlib_data.data, (uLong)blob->zlib_data.len);
    if (code == Z_MEM_ERROR)
        return memory_error(err, (size_t)raw_size);
    if (code != Z_OK || written != (uLongf)raw_size)
        return error_set(err, STATUS_INPUT, M_PBF_ZLIB, (ull)frame->offset);
    *content = raw;
    *size = (size_t)raw_size;
    return STATUS_OK;
}

status pbf_blob_open(const char *bytes, const pbf_frame *frame, pbf_arena *a,
                     const uint8_t **content, size_t *size, error *err)
{
    const Osm__Blob *blob = osm__blob__unpack(&a->allocator, frame->blob_size,
                                              (const uint8_t *)bytes + frame->blob_offset);
    if (!blob)
        return pbf_message_error(frame, a, err);
    if (blob->has_zlib_data)
        return inflate_blob(blob, frame, a, content, size, err);
    const char *other = other_compression(blob);
    if (other)
        return error_set(err, STATUS_INPUT, M_PBF_COMPRESSION, (ull)frame->offset, other);
    if (!blob->has_raw)
        return error_set(err, STATUS_INPUT, M_PBF_NO_DATA, (ull)frame->offset);
    *content = blob->raw.data;
    *size = blob->raw.len;
    return STATUS_OK;
}

static status features_check(const Osm__HeaderBlock *header, const pbf_frame *frame, error *err)
{
    for (size_t i = 0; i < header->n_required_features; i++) {
        const char *feature = header->required_features[i];
        if (strcmp(feature, "OsmSchema-V0.6") != 0 && strcmp(feature, "DenseNodes") != 0)
            return error_set(err, STATUS_INPUT, M_PBF_FEATURE, (ull)frame->offset, feature);
    }
    return STATUS_OK;
}

status pbf_header_check(const char *bytes, const pbf_frame *frame, error *err)
{
    pbf_arena a;
    const uint8_t *content = NULL;
    size_t size = 0;
    const Osm__HeaderBlock *header = NULL;
    status result = pbf_arena_open(&a, err);
    if (result)
        goto done;
    result = pbf_blob_open(bytes, frame, &a, &content, &size, err);
    if (result)
        goto done;
    header = osm__header_block__unpack(&a.allocator, size, content);
    result = header ? features_check(header, frame, err) : pbf_message_error(frame, &a, err);
done:
    pbf_arena_close(&a);
    return result;
}
