/* osm/pbf_blob.h: the frame of an OSM PBF file: where its blobs are, and a blob unpacked.
 *
 * Every length is checked against its limit and against the file before anything is allocated. */
#ifndef OSM_PBF_BLOB_H
#define OSM_PBF_BLOB_H

#include <protobuf-c/protobuf-c.h>

#include "base/memory.h"

enum {
    PBF_HEADER_LIMIT = 64 * 1024,        /* BlobHeader, bytes */
    PBF_BLOB_LIMIT = 32 * 1024 * 1024,   /* Blob, and its content once unpacked, bytes */
    PBF_MEMORY_LIMIT = 512 * 1024 * 1024 /* what decoding one blob may take, bytes */
};

/* One blob: `offset` is that of its 4-byte length, for messages. */
typedef struct pbf_frame {
    uint64_t offset, blob_offset;
    uint32_t blob_size;
    bool header; /* OSMHeader; else OSMData */
} pbf_frame;

/* Every OSMHeader and OSMData blob in file order, other types skipped; caller frees with
 * memory_free. The first must be an OSMHeader. */
MUST_CHECK status pbf_frames(const char *bytes, size_t size, pbf_frame **out, size_t *count,
                             error *err);

/* Memory for one blob, given back in whole. */
typedef struct pbf_arena {
    arena *memory;
    size_t left;
    bool exhausted; /* the blob wants more than PBF_MEMORY_LIMIT */
    bool out_of_memory;
    ProtobufCAllocator allocator;
} pbf_arena;
MUST_CHECK status pbf_arena_open(pbf_arena *a, error *err);
void pbf_arena_close(pbf_arena *a);

/* The blob's content, unpacked; borrowed from the arena. */
MUST_CHECK status pbf_blob_open(const char *bytes, const pbf_frame *frame, pbf_arena *a,
                                const uint8_t **content, size_t *size, error *err);
/* A message that could not be decoded: damaged, or larger than PBF_MEMORY_LIMIT. */
status pbf_message_error(const pbf_frame *frame, const pbf_arena *a, error *err);
/* Refuses a header that requires anything but OsmSchema-V0.6 and DenseNodes. */
MUST_CHECK status pbf_header_check(const char *bytes, const pbf_frame *frame, error *err);

#endif
