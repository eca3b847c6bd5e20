/* datasets/catalogue/download_part.h: the bytes had so far, and how to go on from them. Private. */
#ifndef CATALOGUE_DOWNLOAD_PART_H
#define CATALOGUE_DOWNLOAD_PART_H

#include "datasets/catalogue/download.h"

enum { VALIDATOR_BYTES = 256, ADDRESS_BYTES = 2048 };

/* What the server said of the bytes in a part. */
typedef struct part_origin {
    char address[ADDRESS_BYTES], final_address[ADDRESS_BYTES];
    char etag[VALIDATOR_BYTES], last_modified[VALIDATOR_BYTES];
    uint64_t total; /* 0: not said */
} part_origin;

typedef struct part {
    const char *path, *origin_path; /* of the part, of its companion */
    int fd;
    uint64_t size;
    part_origin origin;
} part;

/* Opens the part of `path`, made when absent; bytes that cannot be gone on from are dropped. */
MUST_CHECK status part_open(part *p, const download_request *request, arena *memory, error *err);
void part_close(part *p);
/* Forgets the bytes. */
MUST_CHECK status part_restart(part *p, error *err);
/* Keeps where the bytes to come are from. */
MUST_CHECK status part_remember(part *p, error *err);
MUST_CHECK status part_write(part *p, const void *bytes, size_t size, error *err);
/* Enough room on the disk for `more` bytes? */
MUST_CHECK status part_room(const part *p, uint64_t more, error *err);
/* Size, checksum and first bytes are what they should be; fills out->sha256. */
MUST_CHECK status part_verify(const part *p, const download_request *request, download_facts *out,
                              error *err);

#endif
