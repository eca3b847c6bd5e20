/* network/graph/network_layout.h: what lies where in a network file. For this floor only. */
#ifndef NETWORK_LAYOUT_H
#define NETWORK_LAYOUT_H

#include <stdatomic.h>

#include "base/error.h"
#include "network/graph/road_arcs.h"

#define NETWORK_FILE_MAGIC "bassinNW"
enum {
    NETWORK_FILE_ORDER = 0x01020304, /* as the writer's machine lays it */
    NETWORK_FILE_ALIGN = 64,
    CHECKSUM_PIECE = 1 << 20
};

typedef enum section_kind {
    SECTION_COUNTS,
    SECTION_NODE_ID,
    SECTION_X,
    SECTION_Y,
    SECTION_FLAGS,
    SECTION_START,
    SECTION_LINK,
    SECTION_ARC_WAY,
    SECTION_WAY_ID,
    SECTION_WAY_NAME,
    SECTION_WAY_CLASS,
    SECTION_WORD_START,
    SECTION_WORD_BYTES,
    SECTION_FACTS, /* key, NUL, value, NUL, ... */
    SECTION_POSITION,
    SECTION_UP_START,
    SECTION_UP_LINK,
    SECTION_DOWN_START,
    SECTION_DOWN_LINK,
    SECTION_KINDS /* how many there are; every one is in every file, those without use empty */
} section_kind;

typedef struct network_counts {
    uint32_t node_count, arc_count, way_count, word_count, fact_count;
    uint32_t units_per_minute, positions, lengths, component_count, main_size;
    uint32_t hierarchy; /* 1: has one */
    uint32_t unused;
} network_counts;

typedef struct file_section {
    uint64_t offset, size; /* bytes; the next one begins on the cache line that follows */
    uint64_t checksum;
} file_section;

typedef struct file_header {
    char magic[8];
    uint32_t order, version;
    uint64_t size;     /* of the file */
    uint64_t checksum; /* of this header with 0 here */
    file_section section[SECTION_KINDS];
} file_header;

_Static_assert(sizeof(road_link) == 12 && sizeof(network_counts) == 48 &&
                   sizeof(file_header) == 32 + 24 * SECTION_KINDS,
               "as in files of version 1");

uint64_t file_aligned(uint64_t size);
uint64_t header_checksum(const file_header *h);
/* Of a section: the hash of the hashes of its pieces, so that threads share the work. */
MUST_CHECK status section_checksum(section_kind kind, const void *bytes, uint64_t size, int threads,
                                   const atomic_int *cancel, uint64_t *out, error *err);

#endif
