/* network/graph/network_check.h: what a network read from a file must be for code to stay inside
 * its arrays. For this floor only. */
#ifndef NETWORK_CHECK_H
#define NETWORK_CHECK_H

#include <stdatomic.h>

#include "network/graph/network.h"
#include "network/graph/network_layout.h"

const char *section_name(section_kind kind);
bool network_counts_good(const network_counts *c);
/* `count` texts of UTF-8, each with its NUL, and nothing more in `size` bytes. */
bool texts_good(const char *bytes, uint64_t size, uint64_t count);
/* Every index of a network whose arrays have the sizes that its counts say; its facts and its
 * hierarchy are not looked at. */
MUST_CHECK status network_check(const network *n, uint64_t word_bytes, int threads,
                                const atomic_int *cancel, error *err);

#endif
