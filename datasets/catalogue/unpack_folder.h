/* datasets/catalogue/unpack_folder.h: a .zip or .7z into a folder of its own, safely.
 *
 * Nothing is written outside the folder: a member with an absolute name, "..", a link or a device
 * refuses the whole archive. The folder is complete or absent: members go to a folder beside it,
 * renamed at the end. */
#ifndef CATALOGUE_UNPACK_FOLDER_H
#define CATALOGUE_UNPACK_FOLDER_H

#include <stdatomic.h>

#include "base/hash.h"
#include "base/memory.h"

typedef struct unpack_rules {
    uint64_t max_bytes; /* of all members */
    uint64_t max_ratio; /* to the archive, past floor_bytes */
    uint64_t floor_bytes;
    size_t max_members;
} unpack_rules;
extern const unpack_rules unpack_usual_rules;

typedef struct unpack_request {
    const char *archive, *folder;
    const char *members; /* patterns "a|b" on the path inside or its last part, any case; "" all */
    unpack_rules rules;
    const atomic_int *cancel;
    void (*advance)(void *context, uint64_t done, uint64_t total);
    void *context;
} unpack_request;

typedef struct unpacked_member {
    const char *name; /* inside the folder */
    uint64_t bytes;
    char sha256[65];
    struct unpacked_member *next;
} unpacked_member;

typedef struct unpacked_list {
    unpacked_member *first, **last;
    size_t count, left; /* written; not asked for */
} unpacked_list;

/* Replaces an earlier folder. STATUS_INPUT for a dangerous or damaged archive, or one that holds
 * nothing that is asked for. */
MUST_CHECK status unpack_into_folder(const unpack_request *request, arena *memory,
                                     unpacked_list *out, error *err);
/* "dir/name" of "dir/name.zip". NULL when out of memory. */
char *unpack_folder_of(const char *archive, arena *memory);

#endif
