#include "network/graph/network_layout.h"

#include "base/blocks.h"
#include "base/hash.h"
#include "base/memory.h"

uint64_t file_aligned(uint64_t size)
{
    return (size + NETWORK_FILE_ALIGN - 1) / NETWORK_FILE_ALIGN * NETWORK_FILE_ALIGN;
}

uint64_t header_checksum(const file_header *h)
{
    file_header copy = *h;
    copy.checksum = 0;
    return hash_bytes(&copy, sizeof copy, NETWORK_FILE_ORDER);
}

typedef struct hashing {
    const char *bytes;
    uint64_t *hash;
} hashing;

static status hash_piece(void *context, block b, error *err)
{
    const hashing *h = context;
    (void)err;
    h->hash[b.index] = hash_bytes(h->bytes + b.begin, b.end - b.begin, b.index);
    return STATUS_OK;
}

status section_checksum(section_kind kind, const void *bytes, uint64_t size, int threads,
                        const atomic_int *cancel, uint64_t *out, error *err)
{
    const size_t pieces = blocks_count((size_t)size, CHECKSUM_PIECE);
    hashing h = {.bytes = bytes, .hash = memory_new(pieces, sizeof *h.hash)};
    if (!h.hash)
        return memory_error(err, pieces * sizeof *h.hash);
    status result = blocks_run((size_t)size, CHECKSUM_PIECE, threads, cancel, hash_piece, &h, err);
    *out = hash_bytes(h.hash, pieces * sizeof *h.hash, kind);
    memory_free(h.hash);
    return result;
}
