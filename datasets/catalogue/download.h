/* datasets/catalogue/download.h: one file from an address to a verified part beside its final name.
 *
 * The bytes go to "<path>.part"; what is needed to go on later (validator, size) to
 * "<path>.part.json". Only a whole and verified part is handed back; the caller gives it its final
 * name. http and https only, redirects followed within them and never from https to http. This is
 * the only place of the program that opens sockets. */
#ifndef CATALOGUE_DOWNLOAD_H
#define CATALOGUE_DOWNLOAD_H

#include <stdatomic.h>

#include "base/hash.h"
#include "base/memory.h"

typedef struct download_rules {
    long connect_s;                      /* to reach the server */
    long stall_s;                        /* without a byte to speak of */
    unsigned attempts;                   /* without a new byte in between */
    double first_wait_s, longest_wait_s; /* between them, doubled each time */
    long redirects;
    uint64_t max_bytes;
} download_rules;
extern const download_rules download_usual_rules;

typedef struct download_request {
    const char *address; /* http(s)://..., or a local path for a mirror folder */
    const char *path;    /* final name */
    uint64_t size;       /* expected, 0: not known */
    const char *sha256;  /* expected, "": not known */
    const char *page;    /* of the producer, for messages; "" */
    download_rules rules;
    const atomic_int *cancel;
    void (*advance)(void *context, uint64_t done, uint64_t total); /* total 0: not known */
    void *context;
} download_request;

typedef struct download_facts {
    const char *final_address; /* of the arena */
    const char *etag, *last_modified;
    uint64_t bytes, resumed_from;
    unsigned attempts; /* requests made */
    bool unreachable;  /* on failure: the server could not be reached at all */
    char sha256[65];
} download_facts;

/* For the whole program, once. [main thread, no other] */
MUST_CHECK status download_begin(error *err);
void download_end(void);

/* STATUS_INPUT: refused (404, wrong checksum, no file but a page...); STATUS_BUSY: try again;
 * STATUS_ENVIRONMENT: the disk; STATUS_INTERRUPTED: the part stays, to go on from. */
MUST_CHECK status download_part(const download_request *request, arena *memory, download_facts *out,
                                error *err);
/* The same from a local file. */
MUST_CHECK status copy_part(const download_request *request, arena *memory, download_facts *out,
                            error *err);
/* "<path>.part" and its companion. NULL when out of memory. */
char *part_path(const char *path, arena *memory);
/* Removes the companion once the part has its final name, or both. */
void part_forget(const char *path, bool with_bytes, arena *memory);

#endif
