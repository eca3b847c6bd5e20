/* base/hash.h: SHA-256 (nettle) for provenance; a fast 64-bit hash and an index for text keys. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdatomic.h>

#include "base/error.h"
#include "base/text.h"

typedef struct sha256_hex {
    char hex[65];
} sha256_hex;
sha256_hex sha256_of(const void *bytes, size_t size);
enum { SHA256_BYTES = 32 };
void sha256_bytes_of(const void *bytes, size_t size, uint8_t out[SHA256_BYTES]);
/* The same of a mapped file (base/files.h), whose pages are given back as they are read. */
sha256_hex sha256_of_mapped(const char *bytes, size_t size);
MUST_CHECK status sha256_of_file(const char *path, sha256_hex *out, error *err);
/* The same in parts: STATUS_INTERRUPTED soon after `*cancel` (may be NULL) is non-zero. */
MUST_CHECK status sha256_of_file_until(const char *path, const atomic_int *cancel, sha256_hex *out,
                                       error *err);
uint64_t hash_bytes(const void *bytes, size_t size, uint64_t seed);

/* Text interning: the same text always gives the same index; indices count up from 0. */
typedef struct interner interner;
#define INTERN_NONE UINT32_MAX
MUST_CHECK status interner_new(interner **out, error *err);
void interner_free(interner *t);
MUST_CHECK status interner_add(interner *t, text_slice s, uint32_t *index, error *err);
uint32_t interner_find(const interner *t, text_slice s); /* INTERN_NONE when absent */
text_slice interner_at(const interner *t, uint32_t index);
uint32_t interner_count(const interner *t);

#endif
