/* table/archive.h: the text inside a .gz or a .zip, told by its first bytes. Used by readers of
 * text: here and in geo. */
#ifndef TABLE_ARCHIVE_H
#define TABLE_ARCHIVE_H

#include <stdatomic.h>

#include "table/reader.h"

/* READER_MAX_RATIO holds once the text passes READER_RATIO_FLOOR_BYTES: official files are packed
 * 4 to 30 times, deflate stops at 1:1032, and what is smaller than the floor does no harm. */

typedef struct unpacked {
    const char *at; /* NULL when empty */
    size_t size;
    char *owned;  /* NULL when `at` borrows the packed bytes: it was no archive */
    char *member; /* the member's name in UTF-8, NULL outside a .zip; owned */
} unpacked;
void unpacked_clear(unpacked *u);

typedef struct unpack_limits {
    const char *member;       /* NULL: the only one */
    uint64_t max_bytes;       /* 0: the default limits */
    size_t prefix;            /* stop after so many bytes, without a fault; 0: the whole text */
    const atomic_int *cancel; /* non-zero ends the work: STATUS_INTERRUPTED; may be NULL */
} unpack_limits;
/* `err` says what is wrong; STATUS_INPUT for damaged or oversized archives. */
MUST_CHECK status unpack(unpacked *out, const char *bytes, size_t size, const unpack_limits *limits,
                         error *err);

#endif
