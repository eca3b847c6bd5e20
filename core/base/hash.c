/* Digests: SHA-256 by nettle; XXH64 (Yann Collet's published specification) for indexes and caches.
 */
#include "base/hash.h"

#include <nettle/sha2.h>
#include <string.h>

#include "base/files.h"
#include "base/messages.h"

_Static_assert(SHA256_BYTES == SHA256_DIGEST_SIZE, "as nettle gives it");

enum { DIGEST_PART = 1 << 22 };

void sha256_bytes_of(const void *bytes, size_t size, uint8_t out[SHA256_BYTES])
{
    struct sha256_ctx context;
    sha256_init(&context);
    if (size > 0)
        sha256_update(&context, size, bytes);
    sha256_digest(&context, SHA256_BYTES, out);
}

static sha256_hex hex_of(const uint8_t digest[SHA256_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    sha256_hex out = {""};
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        out.hex[2 * i] = digits[digest[i] >> 4];
        out.hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return out;
}

sha256_hex sha256_of(const void *bytes, size_t size)
{
    uint8_t digest[SHA256_BYTES];
    sha256_bytes_of(bytes, size, digest);
    return hex_of(digest);
}

sha256_hex sha256_of_mapped(const char *bytes, size_t size)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_BYTES];
    sha256_init(&context);
    for (size_t at = 0; at < size; at += DIGEST_PART) {
        size_t part = size - at < DIGEST_PART ? size - at : DIGEST_PART;
        sha256_update(&context, part, (const uint8_t *)bytes + at);
        file_release(bytes + at, part);
    }
    sha256_digest(&context, sizeof digest, digest);
    return hex_of(digest);
}

status sha256_of_file_until(const char *path, const atomic_int *cancel, sha256_hex *out, error *err)
{
    file_view f;
    struct sha256_ctx context;
    uint8_t digest[SHA256_BYTES];
    status s = file_map(path, &f, err);
    if (s != STATUS_OK)
        return s;
    sha256_init(&context);
    for (size_t at = 0; at < f.size && s == STATUS_OK; at += DIGEST_PART) {
        const size_t left = f.size - at;
        sha256_update(&context, left < DIGEST_PART ? left : DIGEST_PART,
                      (const uint8_t *)f.at + at);
        if (cancel != NULL && atomic_load(cancel) != 0)
            s = error_set(err, STATUS_INTERRUPTED, M_BASE_STOPPED);
    }
    sha256_digest(&context, sizeof digest, digest);
    *out = hex_of(digest);
    file_unmap(&f);
    return s;
}

status sha256_of_file(const char *path, sha256_hex *out, error *err)
{
    return sha256_of_file_until(path, NULL, out, err);
}

static const uint64_t P1 = UINT64_C(0x9E3779B185EBCA87), P2 = UINT64_C(0xC2B2AE3D27D4EB4F),
                      P3 = UINT64_C(0x165667B19E3779F9), P4 = UINT64_C(0x85EBCA77C2B2AE63),
                      P5 = UINT64_C(0x27D4EB2F165667C5);

static uint64_t rotate(uint64_t v, unsigned bits)
{
    return v << bits | v >> (64 - bits);
}

static uint64_t read_u64(const unsigned char *at)
{
    uint64_t v;
    memcpy(&v, at, sizeof v);
    return v;
}

static uint64_t read_u32(const unsigned char *at)
{
    uint32_t v;
    memcpy(&v, at, sizeof v);
    return v;
}

static uint64_t lane_round(uint64_t lane, uint64_t word)
{
    return rotate(lane + word * P2, 31) * P1;
}

static uint64_t lane_merge(uint64_t h, uint64_t lane)
{
    return (h ^ lane_round(0, lane)) * P1 + P4;
}

/* Takes 32 bytes a turn; leaves `*at` on what remains. */
static uint64_t lanes_hash(const unsigned char **at, const unsigned char *end, uint64_t seed)
{
    uint64_t lane[4] = {seed + P1 + P2, seed + P2, seed, seed - P1};
    const unsigned char *p = *at;
    for (; end - p >= 32; p += 32) {
        for (size_t i = 0; i < 4; i++)
            lane[i] = lane_round(lane[i], read_u64(p + 8 * i));
    }
    *at = p;
    uint64_t h =
        rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) + rotate(lane[3], 18);
    for (size_t i = 0; i < 4; i++)
        h = lane_merge(h, lane[i]);
    return h;
}

uint64_t hash_bytes(const void *bytes, size_t size, uint64_t seed)
{
    static const unsigned char nothing[1] = {0};
    const unsigned char *p = size > 0 ? bytes : nothing, *end = p + size;
    uint64_t h = size >= 32 ? lanes_hash(&p, end, seed) : seed + P5;
    h += size;
    for (; end - p >= 8; p += 8)
        h = rotate(h ^ lane_round(0, read_u64(p)), 27) * P1 + P4;
    if (end - p >= 4) {
        h = rotate(h ^ read_u32(p) * P1, 23) * P2 + P3;
        p += 4;
    }
    for (; p < end; p++)
        h = rotate(h ^ *p * P5, 11) * P1;
    h = (h ^ h >> 33) * P2;
    h = (h ^ h >> 29) * P3;
    return h ^ h >> 32;
}
