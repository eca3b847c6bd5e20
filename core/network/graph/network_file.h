/* network/graph/network_file.h: a network as one file (docs/decisions/026).
 *
 * Header, table of sections, sections: each on a cache line, with its checksum, in the byte order
 * of the machine, so that a file is used as it is mapped, by any number of processes. The same
 * network gives the same bytes. Nothing is written into a file once it is there. */
#ifndef NETWORK_FILE_H
#define NETWORK_FILE_H

#include "network/graph/network.h"

enum { NETWORK_FILE_VERSION = 1 };

/* Complete or absent: an earlier file of that name stays until the new one is synced. `h` (may be
 * NULL) is the hierarchy of `n`; n->hierarchy is not looked at. `p` may be NULL: its cancel flag
 * leaves no file. */
MUST_CHECK status network_save(const network *n, const road_hierarchy *h, const char *path,
                               int threads, progress *p, error *err);

/* Maps a file, then checks its checksums, every index and every text: STATUS_INPUT says what is
 * wrong and what to do, for a file of another program, another version, cut or damaged. */
MUST_CHECK status network_open(network **out, const char *path, int threads, progress *p,
                               error *err);
/* The same of bytes on a cache line, which must outlive the network. */
MUST_CHECK status network_parse(network **out, const char *bytes, size_t size, int threads,
                                progress *p, error *err);
/* Whether a file begins as a network does (its first bytes; at least 8). */
bool network_file_like(const char *bytes, size_t size);

#endif
